//! What was noticed while an answer was worked out.

use super::Evaluation;

/// A gap in the rules' data that an answer ran into, or a row for "the rest" that it used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// A parameter (by number) has no figure for the day.
    NoFigure(u32),
    /// A table has no rows for the day.
    NoTable(u32),
    /// A definition has no formula for the day.
    NoFormula(u32),
    /// A function has no formula for the day.
    NoFunction(u32),
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

    /// Starts on a definition: its own notes are kept apart until it is done.
    pub(super) fn begin_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    pub(super) fn end_notes(&mut self, definition: usize, before: Vec<Note>) {
        let own = std::mem::replace(&mut self.notes, before);
        if !own.is_empty() {
            own.iter().for_each(|note| self.note(*note));
            self.noted.insert(definition, own.into());
        }
    }

    /// What was noticed when a definition was worked out.
    pub(super) fn note_again(&mut self, definition: usize) {
        if self.noted.is_empty() {
            return;
        }
        let notes = self.noted.get(&definition).cloned().unwrap_or_default();
        notes.iter().for_each(|note| self.note(*note));
    }

    /// Takes the notes so far.
    pub(crate) fn take_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }
}
