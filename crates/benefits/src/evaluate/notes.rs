//! What was noticed while an answer was worked out.

use super::Evaluation;

/// A gap in the rules' data that an answer ran into, or a row for "the rest" that it used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// A parameter (by number) has no figure for the day.
    NoFigure(u32),
    /// A table has no rows for the day.
    NoTable(u32),
    /// A table has no row for the keys.
    NoRow(u32),
    /// A table's row for whatever is not listed was used.
    RestRow(u32),
}

/// How many different things an evaluation may notice.
const MAX_NOTES: usize = 100;

impl Evaluation<'_> {
    pub(crate) fn note(&mut self, note: Note) {
        if self.notes.len() < MAX_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
