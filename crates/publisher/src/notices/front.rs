//! The front matter of a Markdown file.
//!
//! `---`, then `key: value` lines, then `---`. A value may be a list: `[a, b]`, or lines `- a` after the key. Values may
//! stand in quotes; lines that begin with `#` are remarks. That is all: no nesting, no anchors, no types.

use std::collections::BTreeMap;

use super::entry::Value;
use super::field::Field;
use crate::report::Refusal;

/// A front matter and what follows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Front<'a> {
    pub(super) values: BTreeMap<Field, Value>,
    /// Keys that no one knows.
    pub(super) unknown: Vec<String>,
    /// The text below.
    pub(super) body: &'a str,
}

/// Reads a file's front matter; none when the file does not begin with one.
pub(super) fn parse(text: &str) -> Result<Option<Front<'_>>, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "---" {
        return Ok(None);
    }
    let mut front = Front { values: BTreeMap::new(), unknown: Vec::new(), body: "" };
    let mut offset = first.len();
    // The key to which lines that begin with "-" belong.
    let mut open: Option<(String, Field)> = None;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for (line, number) in lines.zip(2..) {
        offset += line.len();
        let line = line.trim();
        if line == "---" {
            front.body = text.get(offset..).unwrap_or("");
            return Ok(Some(front));
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(item) = line.strip_prefix("- ") {
            add_item(&mut front, &open, &seen, item, number)?;
            continue;
        }
        let Some((key, value)) = line.split_once([':', '：']) else {
            return Err(refuse(number, None, "「キー: 値」の形になっていない"));
        };
        let (key, value) = (key.trim(), value.trim());
        if let Some(first) = seen.insert(key.into(), number) {
            return Err(refuse(number, Some(key), format!("{first} 行目にもある")));
        }
        open = None;
        match Field::named(key).filter(|field| *field != Field::Body) {
            None => front.unknown.push(key.into()),
            Some(field) => {
                if let Some(other) = front.values.get(&field) {
                    let why = format!("{} 行目の「{}」と同じ意味", other.line, other.name);
                    return Err(refuse(number, Some(key), why));
                }
                if value.is_empty() {
                    open = Some((key.into(), field));
                }
                let (text, items) = read_value(value);
                front.values.insert(field, Value { name: key.into(), line: number, text, items });
            }
        }
    }
    Err(refuse(1, None, "見出し部分の終わりの --- がない"))
}

fn add_item(
    front: &mut Front<'_>,
    open: &Option<(String, Field)>,
    seen: &BTreeMap<String, u64>,
    item: &str,
    line: u64,
) -> Result<(), Refusal> {
    match open {
        Some((_, field)) => {
            if let Some(value) = front.values.get_mut(field) {
                let items = value.items.get_or_insert_default();
                items.push(unquoted(item).into());
                value.text = items.join(", ");
            }
            Ok(())
        }
        // Items of an unknown key go with it; an item without a key is a slip.
        None if !front.unknown.is_empty() && seen.len() > front.values.len() => Ok(()),
        None => Err(refuse(line, None, "この項目が属するキーがない")),
    }
}

fn read_value(value: &str) -> (String, Option<Vec<String>>) {
    match value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inside) => {
            let items: Vec<String> = inside.split(',').map(|item| unquoted(item).into()).collect();
            (items.join(", "), Some(items))
        }
        None => (unquoted(value).into(), None),
    }
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inside('"').or_else(|| inside('\'')).unwrap_or(text)
}

fn refuse(row: u64, key: Option<&str>, why: impl Into<String>) -> Refusal {
    Refusal { row, column: key.map(Into::into), why: why.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value<'a>(front: &'a Front<'_>, field: Field) -> &'a Value {
        &front.values[&field]
    }

    #[test]
    fn keys_values_lists_and_the_body() {
        let text = "\u{feff}---\r\ntitle: \"相談: 予約制\"\r\n# 覚え書き\r\nsegment: [防災, 'くらし']\r\nattachments:\r\n  - 地図 <a.pdf>\r\n  - b.pdf\r\n\
                    担当課：防災課\r\n---\r\n本文\r\n";
        let front = parse(text).unwrap().unwrap();
        assert_eq!(
            (value(&front, Field::Title).text.as_str(), value(&front, Field::Title).line),
            ("相談: 予約制", 2)
        );
        assert_eq!(value(&front, Field::Segment).list(), ["防災", "くらし"]);
        assert_eq!(value(&front, Field::Attachments).list(), ["地図 <a.pdf>", "b.pdf"]);
        assert_eq!(value(&front, Field::Department).text, "防災課");
        assert_eq!(front.body, "本文\r\n");
    }

    #[test]
    fn a_file_without_front_matter_has_none() {
        for text in ["", "# 題\n\n本文", "----\na: b\n---\n", " ---\n"] {
            assert_eq!(parse(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn an_unknown_key_is_named_and_its_items_go_with_it() {
        let front = parse("---\ntags:\n  - a\n  - b\ntitle: x\nbody: y\n---").unwrap().unwrap();
        assert_eq!(front.unknown, ["tags", "body"]);
        assert_eq!((front.values.len(), front.body), (1, ""));
    }

    #[test]
    fn what_is_malformed_is_named_by_its_line() {
        let line = |text: &str| parse(text).unwrap_err().row;
        assert_eq!(line("---\ntitle: a\nなにか\n---"), 3);
        assert_eq!(line("---\ntitle: a\ntitle: b\n---"), 3);
        assert_eq!(line("---\ntitle: a\n件名: b\n---"), 3);
        assert_eq!(line("---\ntitle: a\n"), 1);
        assert_eq!(line("---\n- a\n---"), 2);
        assert_eq!(line("---\ntitle: a\n- b\n---"), 3);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(lines in prop::collection::vec("(---|- |\\[|\\]|title|：|:|#|\"|'|\\PC{0,6}){0,5}", 0..12)) {
            let _ = parse(&lines.join("\n"));
            let _ = parse(&format!("---\n{}\n---\n", lines.join("\n")));
        }
    }
}
