//! Marks that say yes or no.

use super::{is_blank, text};

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// It is so.
    Yes,
    /// It is not, or nothing is said.
    No,
    /// Partly (△): not to be taken for a yes.
    Partly,
    /// Words that are neither.
    Words,
}

const YES: &[&str] = &[
    "1", "1.0", "○", "◯", "〇", "◎", "●", "⭕", "⚪", "有", "有り", "あり", "true", "✓", "✔", "☑", "はい",
    "yes", "可", "レ",
];
const NO: &[&str] = &[
    "0",
    "0.0",
    "無",
    "無し",
    "なし",
    "×",
    "✕",
    "✖",
    "✗",
    "x",
    "false",
    "いいえ",
    "no",
    "不可",
    "対象外",
    "☐",
];
const PARTLY: &[&str] = &["△", "▲", "一部"];

/// Reads a mark.
pub fn read(text: &str) -> Flag {
    if text == "1" {
        return Flag::Yes;
    }
    if is_blank(text) {
        return Flag::No;
    }
    let key = text::key(text);
    let among = |marks: &[&str]| marks.contains(&key.as_str());
    match () {
        () if among(YES) => Flag::Yes,
        () if among(NO) => Flag::No,
        () if among(PARTLY) => Flag::Partly,
        () => Flag::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_circles_that_look_alike_and_what_is_no_yes() {
        for yes in ["○", "◯", "〇", "1", "１", "1.0", "有", "あり", "TRUE", "✓", " ○ "] {
            assert_eq!(read(yes), Flag::Yes, "{yes}");
        }
        for no in ["", "-", "－", "ー", "0", "無", "×", "FALSE", "✕", "x"] {
            assert_eq!(read(no), Flag::No, "{no}");
        }
        assert_eq!(read("△"), Flag::Partly);
        assert_eq!(read("2階以上"), Flag::Words);
    }
}
