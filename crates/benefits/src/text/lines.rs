//! Lines and how they are nested: what is indented deeper belongs to the line above.

use crate::problem::{Outcome, Place, fault};
use crate::text::tokens::{Spot, Token, tokens, usual};
use crate::text::words::Key;
use std::borrow::Cow;

/// A line, and the lines that belong to it.
#[derive(Clone, Debug)]
pub(crate) struct Line<'s> {
    pub place: Place,
    pub tokens: Vec<Spot<'s>>,
    /// A row of a table: `| a | b |`.
    pub cells: Option<Vec<&'s str>>,
    pub below: Vec<Line<'s>>,
}

/// How deep lines may be nested, and how many there may be.
const MAX_DEPTH: usize = 16;
const MAX_LINES: usize = 50_000;

impl<'s> Line<'s> {
    /// The keyword that the line begins with.
    pub fn key(&self) -> Option<Key> {
        match self.tokens.first().map(|spot| &spot.token) {
            Some(Token::Key(key)) => Some(*key),
            _ => None,
        }
    }

    /// The line's tokens and those of all that goes on below it.
    pub fn flat(&self) -> Cow<'_, [Spot<'s>]> {
        if self.below.is_empty() {
            return Cow::Borrowed(&self.tokens);
        }
        let mut all = self.tokens.clone();
        for line in &self.below {
            all.extend_from_slice(&line.flat());
        }
        Cow::Owned(all)
    }
}

/// The lines of a file.
pub(crate) fn lines(text: &str, file: u16) -> Outcome<Vec<Line<'_>>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Open lines with their depth of indentation, outermost first.
    let mut open: Vec<(usize, Line<'_>)> = Vec::new();
    let mut done: Vec<Line<'_>> = Vec::new();
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
        let cells = row(rest);
        let tokens = if cells.is_some() { Vec::new() } else { tokens(rest, place)? };
        while open.last().is_some_and(|(depth, _)| *depth >= indent) {
            close(&mut open, &mut done);
        }
        if open.is_empty() && indent > 0 {
            return fault(place, "this line is indented but belongs to nothing");
        }
        if open.len() >= MAX_DEPTH {
            return fault(place, "nested too deep");
        }
        open.push((indent, Line { place, tokens, cells, below: Vec::new() }));
    }
    while !open.is_empty() {
        close(&mut open, &mut done);
    }
    Ok(done)
}

fn close<'s>(open: &mut Vec<(usize, Line<'s>)>, done: &mut Vec<Line<'s>>) {
    if let Some((_, line)) = open.pop() {
        match open.last_mut() {
            Some((_, above)) => above.below.push(line),
            None => done.push(line),
        }
    }
}

/// The cells of a table's row, if the line is one.
fn row(line: &str) -> Option<Vec<&str>> {
    const BAR: [char; 2] = ['|', '｜'];
    let inner = line.strip_prefix(BAR)?;
    let inner = inner.split('#').next().unwrap_or_default().trim_end();
    let inner = inner.strip_suffix(BAR).unwrap_or(inner);
    Some(inner.split(BAR).map(str::trim).collect())
}
