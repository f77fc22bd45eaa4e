//! What is wrong with a rule file, and where.

use serde::Serialize;
use std::fmt;

/// A place in a rule file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, PartialOrd, Ord)]
pub struct Place {
    /// The file's number in the order it was given.
    pub file: u16,
    /// From 1.
    pub line: u32,
    /// From 1, in bytes: characters are counted only for a problem.
    pub column: u32,
}

/// Something that keeps rules from being used, named with its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl fmt::Display for Problem {
    /// `child.rules:12:5: no such name: 年令`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.what)
    }
}

/// A problem while its file has only a number.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub place: Place,
    pub what: String,
}

pub(crate) type Outcome<T> = Result<T, Fault>;

/// A fault at a place.
pub(crate) fn fault<T>(place: Place, what: impl Into<String>) -> Outcome<T> {
    Err(Fault { place, what: what.into() })
}
