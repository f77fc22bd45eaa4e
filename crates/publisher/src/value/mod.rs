//! Reading cells: numbers, marks, coordinates, dates, times and telephones in the ways in which towns write them.
//!
//! A reader answers `None` for what it cannot read; what that means is for the caller to say. What it puts right on
//! the way it names, so that a report can count it.

pub mod coordinate;
pub mod date;
pub mod flag;
pub mod head;
pub mod number;
pub mod phone;
pub mod text;
pub mod time;
pub mod weekdays;

/// A value as it was read, and what had to be put right for it (Japanese, for the town's staff).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// What was put right, if anything.
    pub mended: Option<&'static str>,
}

impl<T> Read<T> {
    /// A value that stood there as it should.
    pub fn plain(value: T) -> Self {
        Read { value, mended: None }
    }

    /// A value that had to be put right.
    pub fn mended(value: T, why: &'static str) -> Self {
        Read { value, mended: Some(why) }
    }

    /// The same with another value.
    pub fn with<U>(self, value: U) -> Read<U> {
        Read { value, mended: self.mended }
    }
}

/// Nothing stands there, or only a mark that says so (`-`, `ー`, `－`).
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || text::is_dash(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_of_any_kind_says_nothing() {
        for blank in ["", " ", "　", "-", "－", "−", "ー", "―", " — "] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for filled in ["0", "なし", "-1", "ー階"] {
            assert!(!is_blank(filled), "{filled:?}");
        }
    }
}
