//! Lines and how they are nested: what is indented deeper belongs to the line above.

use crate::problem::{Outcome, Place, fault};
use crate::text::tokens::{Spot, Token, letter, tokens, usual};
use crate::text::words::Key;

/// A line, and the lines that belong to it.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t, 's> {
    pub place: Place,
    pub tokens: &'t [Spot<'s>],
    /// The line's tokens and those of all that goes on below it.
    pub flat: &'t [Spot<'s>],
    pub row: Option<Row<'s>>,
    pub below: Vec<Line<'t, 's>>,
}

/// How deep lines may be nested, and how many there may be.
const MAX_DEPTH: usize = 16;
const MAX_LINES: usize = 50_000;

impl Line<'_, '_> {
    /// The keyword that the line begins with.
    pub fn key(&self) -> Option<Key> {
        match self.tokens.first().map(|spot| &spot.token) {
            Some(Token::Key(key)) => Some(*key),
            _ => None,
        }
    }
}

/// A row of a table: `| a | b |`, or a line of a file of rows, `a,b`. Its cells are told apart when they are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'s> {
    pub place: Place,
    text: &'s str,
    commas: bool,
}

const BAR: [char; 2] = ['|', '｜'];

impl<'s> Row<'s> {
    /// If the line is one.
    fn of(line: &'s str, place: Place) -> Option<Self> {
        let inner = line.strip_prefix(BAR)?;
        let inner = inner.split('#').next().unwrap_or_default().trim_end();
        let text = inner.strip_suffix(BAR).unwrap_or(inner);
        Some(Self { place, text, commas: false })
    }

    /// The rows of a file. Such tables hold numbers and names: no quotes, no line breaks in cells.
    pub fn all(text: &'s str, place: Place) -> impl Iterator<Item = Self> {
        let lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
        lines.map(move |text| Self { place, text, commas: true })
    }

    /// Puts its cells in the place of those of another row.
    pub fn cells(&self, cells: &mut Vec<&'s str>) {
        cells.clear();
        if self.commas {
            // By bytes: a search for a character costs more to begin than cells are long.
            let cell = |bytes: &[u8]| bytes.len();
            let mut from = 0;
            for length in self.text.as_bytes().split(|b| *b == b',').map(cell) {
                let text = self.text.get(from..from + length).unwrap_or_default();
                cells.push(bare(text, |text| text.trim().trim_matches('"')));
                from += length + 1;
            }
        } else {
            cells.extend(self.text.split(BAR).map(|text| bare(text, str::trim)));
        }
    }
}

/// A cell without what may stand around it, which is mostly nothing.
fn bare<'s>(cell: &'s str, trim: impl Fn(&'s str) -> &'s str) -> &'s str {
    let plain = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || letter(c));
    if plain(cell.chars().next()) && plain(cell.chars().next_back()) { cell } else { trim(cell) }
}

/// The lines of a file as they follow each other, and their tokens.
pub(crate) struct Lines<'s> {
    tokens: Vec<Spot<'s>>,
    lines: Vec<Flat<'s>>,
}

struct Flat<'s> {
    place: Place,
    /// How many lines it is below.
    depth: usize,
    /// Where its tokens are among all.
    tokens: (usize, usize),
    row: Option<Row<'s>>,
}

impl<'s> Lines<'s> {
    pub fn of(text: &'s str, file: u16) -> Outcome<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut all = Self { tokens: Vec::with_capacity(text.len() / 8), lines: Vec::new() };
        // How far the lines are indented that the next one may be below, outermost first.
        let mut open: Vec<usize> = Vec::new();
        for (number, raw) in text.lines().enumerate() {
            let rest = raw.trim_start_matches([' ', '\u{3000}']);
            let spaces = raw.get(..raw.len() - rest.len()).unwrap_or_default();
            let indent = spaces.chars().map(|c| if c == ' ' { 1 } else { 2 }).sum();
            let place = Place {
                file,
                line: u32::try_from(number + 1).unwrap_or(u32::MAX),
                column: u32::try_from(spaces.len() + 1).unwrap_or(u32::MAX),
            };
            if number >= MAX_LINES {
                return fault(place, format!("a file may have {MAX_LINES} lines"));
            }
            if rest.starts_with('\t') {
                return fault(place, "a line is indented by spaces, not by tabs");
            }
            if rest.trim().is_empty() || usual(rest.chars().next().unwrap_or('#')) == '#' {
                continue;
            }
            let row = Row::of(rest, place);
            let from = all.tokens.len();
            if row.is_none() {
                tokens(rest, place, &mut all.tokens)?;
            }
            while open.last().is_some_and(|above| *above >= indent) {
                open.pop();
            }
            if open.is_empty() && indent > 0 {
                return fault(place, "this line is indented but belongs to nothing");
            }
            if open.len() >= MAX_DEPTH {
                return fault(place, "nested too deep");
            }
            all.lines.push(Flat { place, depth: open.len(), tokens: (from, all.tokens.len()), row });
            open.push(indent);
        }
        Ok(all)
    }

    /// The outermost lines, each with those below it.
    pub fn nested(&self) -> Vec<Line<'_, 's>> {
        self.below(0, &mut self.lines.as_slice(), &mut 0)
    }

    /// The next lines of a depth; `end` is where the tokens of the last one taken end.
    fn below<'t>(&'t self, depth: usize, rest: &mut &'t [Flat<'s>], end: &mut usize) -> Vec<Line<'t, 's>> {
        let mut lines = Vec::new();
        while let Some((line, behind)) = rest.split_first().filter(|(line, _)| line.depth == depth) {
            *rest = behind;
            let (from, to) = line.tokens;
            *end = to;
            let below = self.below(depth + 1, rest, end);
            lines.push(Line {
                place: line.place,
                tokens: self.tokens.get(from..to).unwrap_or_default(),
                flat: self.tokens.get(from..*end).unwrap_or_default(),
                row: line.row,
                below,
            });
        }
        lines
    }
}
