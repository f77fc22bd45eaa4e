//! A row or a file as named values, each knowing where it stands.

use std::collections::BTreeMap;

use madoguchi_model::Lang;

use super::field::Field;
use crate::report::Refusal;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Value {
    /// What the file calls it.
    pub(super) name: String,
    /// The line on which it stands.
    pub(super) line: u64,
    /// What is said.
    pub(super) text: String,
    /// Its items, when the file writes it as a list.
    pub(super) items: Option<Vec<String>>,
}

/// The body as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    Plain(String),
    Markdown(String),
}

/// A row of a table or a Markdown file, before anyone judged it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) values: BTreeMap<Field, Value>,
    pub(super) body: Body,
}

impl Value {
    /// A refusal that names this value.
    pub(super) fn refuse(&self, why: impl Into<String>) -> Refusal {
        Refusal { row: self.line, column: Some(self.name.clone()), why: why.into() }
    }

    /// The value as a list: as written, or parted at commas.
    pub(super) fn list(&self) -> Vec<String> {
        let parts: Vec<&str> = match &self.items {
            Some(items) => items.iter().map(String::as_str).collect(),
            None => self.text.split([',', '、', ';', '，', '；', '\n']).collect(),
        };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(String::from).collect()
    }

    /// The value shortened for a report.
    pub(super) fn shown(&self) -> String {
        shorten(&self.text)
    }
}

/// A text shortened for a report.
pub(super) fn shorten(text: &str) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let short: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { short + "…" } else { short }
}

impl Entry {
    /// The value of a field, if one is given that is not blank.
    pub(super) fn get(&self, field: Field) -> Option<&Value> {
        self.values.get(&field).filter(|value| !value.text.trim().is_empty())
    }

    /// The words of a field without the blanks around them.
    pub(super) fn words(&self, field: Field) -> Option<String> {
        self.get(field).map(|value| value.text.trim().into())
    }

    /// The value of a field without which there is no record.
    pub(super) fn need(&self, field: Field, what: &str) -> Result<&Value, Refusal> {
        self.get(field).ok_or_else(|| self.refuse(field, format!("{what}がない")))
    }

    /// A refusal that names a field, whether it is given or not.
    pub(super) fn refuse(&self, field: Field, why: impl Into<String>) -> Refusal {
        match self.values.get(&field) {
            Some(value) => value.refuse(why),
            None => Refusal { row: self.line, column: Some(field.key().into()), why: why.into() },
        }
    }

    /// The language in which it is written; Japanese unless said.
    pub(super) fn lang(&self) -> Result<Lang, Refusal> {
        match self.get(Field::Lang) {
            None => Ok(Lang::ja()),
            Some(value) => Lang::parse(&value.text).ok_or_else(|| {
                value.refuse(format!("言語「{}」を読めない（例 ja、en、やさしい日本語）", value.shown()))
            }),
        }
    }
}

/// Yes or no, in the ways in which towns write it.
pub(super) fn yes(text: &str) -> Option<bool> {
    match madoguchi_model::fold(text.trim()).as_str() {
        "true" | "yes" | "y" | "1" | "はい" | "有" | "あり" | "○" | "◯" | "〇" | "緊急" | "重要" | "訓練" => {
            Some(true)
        }
        "false" | "no" | "n" | "0" | "いいえ" | "無" | "なし" | "×" | "-" | "通常" | "本番" | "実" => {
            Some(false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value { name: "件名".into(), line: 3, text: text.into(), items: None }
    }

    #[test]
    fn a_missing_value_is_named_by_its_key_and_a_wrong_one_by_its_column() {
        let mut entry = Entry { line: 2, values: BTreeMap::new(), body: Body::Plain(String::new()) };
        let missing = entry.need(Field::Title, "題名").unwrap_err();
        assert_eq!(
            (missing.row, missing.column.as_deref(), missing.why.as_str()),
            (2, Some("title"), "題名がない")
        );
        entry.values.insert(Field::Title, value(" \u{3000}"));
        let blank = entry.need(Field::Title, "題名").unwrap_err();
        assert_eq!((blank.row, blank.column.as_deref()), (3, Some("件名")));
    }

    #[test]
    fn lists_are_parted_at_commas_unless_written_as_lists() {
        assert_eq!(value("川原町, 本町、浜町;;").list(), ["川原町", "本町", "浜町"]);
        let written = Value { items: Some(vec!["甲, 乙".into(), " ".into()]), ..value("") };
        assert_eq!(written.list(), ["甲, 乙"]);
    }

    #[test]
    fn yes_and_no_and_neither() {
        assert_eq!(
            (yes(" ＴＲＵＥ"), yes("○"), yes("いいえ"), yes("たぶん")),
            (Some(true), Some(true), Some(false), None)
        );
        assert_eq!((yes("◯"), yes("〇"), yes("×")), (Some(true), Some(true), Some(false)));
    }

    #[test]
    fn long_values_are_shortened_in_reports() {
        assert_eq!(shorten("あ\nい"), "あ い");
        assert_eq!(shorten(&"あ".repeat(41)).chars().count(), 41);
    }
}
