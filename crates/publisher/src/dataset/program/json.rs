//! Programs in JSON: which layout it is, told by its keys, and its items with their lines.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Draft, keep, navi, registry, table};
use crate::dataset::{self, SourceFacts, columns::Columns};
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;
use crate::table::{Limits, Table};

/// Layouts of programs in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// 子育て支援制度レジストリ.
    Registry,
    /// My制度ナビ.
    Navi,
    /// The columns of 支援制度情報 as keys.
    Rows,
}

impl Layout {
    fn of(item: &Map<String, Value>) -> Option<Self> {
        let has = |key: &str| item.contains_key(key);
        if has("institutionName") {
            return Some(Layout::Registry);
        }
        if has("title") && has("support_categories") && (has("competent_authorities") || has("myseidoflg")) {
            return Some(Layout::Navi);
        }
        (has("タイトル（制度名）") || (has("制度名") && has("対象者"))).then_some(Layout::Rows)
    }
}

/// Makes programs of a JSON file of the town's folder. None when its keys are not those of programs.
pub fn import(
    file: &str,
    bytes: &[u8],
    settings: &Settings,
    listed: Option<&SourceFacts>,
) -> Option<(FileReport, Records)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root: Value = serde_json::from_str(bare).ok()?;
    let items = items(&root);
    let layout = items.iter().find_map(|item| Layout::of(item.as_object()?))?;
    let lines = lines(bare, if root.is_array() { 1 } else { 2 });
    // Where the items do not lie as expected they are counted.
    let line = |at: usize| {
        let found = if lines.len() == items.len() { lines.get(at).copied() } else { None };
        found.unwrap_or(at as u64 + 1)
    };
    let mut report = FileReport::new(file);
    report.encoding = Some(if bare.len() == text.len() { "utf-8" } else { "utf-8-bom" }.into());
    report.rows = items.len();
    let table = Table {
        encoding: "utf-8",
        notes: Vec::new(),
        header: Vec::new(),
        rows: Vec::new(),
        refused: Vec::new(),
        mended: Default::default(),
    };
    let mut records =
        Records { source: dataset::source_of(file, &table, settings, listed), ..Records::default() };
    if layout == Layout::Rows {
        rows(&items, &line, settings, &mut report, &mut records);
        return Some((report, records));
    }
    let drafts = items.iter().enumerate().map(|(at, item)| {
        let row = line(at);
        let refused = |why: &str| Refusal { row, column: None, why: why.into() };
        let item = item.as_object().ok_or_else(|| refused("制度の項目ではありません"))?;
        let draft = Draft { row, ..Draft::default() };
        match layout {
            Layout::Registry => registry::draft(draft, item),
            _ => navi::draft(draft, item),
        }
    });
    keep(drafts.collect(), settings, &mut report, &mut records);
    Some((report, records))
}

/// The items: of the list that the file is, of every list that it holds, or the one that it is.
fn items(root: &Value) -> Vec<&Value> {
    match root {
        Value::Array(items) => items.iter().collect(),
        Value::Object(item) if Layout::of(item).is_some() => vec![root],
        Value::Object(members) => {
            let lists = members.values().filter_map(Value::as_array);
            lists.flatten().filter(|item| item.is_object()).collect()
        }
        _ => Vec::new(),
    }
}

/// The lines on which the objects begin that lie so many brackets deep.
fn lines(text: &str, depth: usize) -> Vec<u64> {
    let (mut line, mut open, mut quoted, mut escaped) = (1, Vec::new(), false, false);
    let mut found = Vec::new();
    for b in text.bytes() {
        match b {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                if b == b'{' && open.len() == depth && open.last() == Some(&b'[') {
                    found.push(line);
                }
                open.push(b);
            }
            b'}' | b']' => _ = open.pop(),
            _ => {}
        }
    }
    found
}

/// Items whose keys are the heads of a table.
fn rows(
    items: &[&Value],
    line: &dyn Fn(usize) -> u64,
    settings: &Settings,
    report: &mut FileReport,
    records: &mut Records,
) {
    let mut heads: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for item in items.iter().filter_map(|item| item.as_object()) {
        heads.extend(item.keys().map(String::as_str).filter(|key| seen.insert(*key)));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let write = |writer: &mut csv::Writer<Vec<u8>>| -> Option<()> {
        writer.write_record(&heads).ok()?;
        for item in items {
            let cells = heads.iter().map(|head| item.get(head).map(cell).unwrap_or_default());
            writer.write_record(cells).ok()?;
        }
        Some(())
    };
    let written = write(&mut writer).and_then(|()| writer.into_inner().ok());
    match written
        .ok_or_else(String::new)
        .and_then(|bytes| Table::read(&bytes, &Limits::default()).map_err(|error| error.to_string()))
    {
        Ok(mut table) => {
            if table.rows.len() == items.len() {
                table.rows.iter_mut().enumerate().for_each(|(at, row)| row.line = line(at));
            }
            let columns = Columns::of(&table);
            table::import(&table, &columns, settings, report, records);
        }
        Err(why) => report.why = Some(why),
    }
}

/// A value as a cell of a table.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

/// What stands under a path of keys (`contact.contactName`); nothing for what is absent or `null`.
pub(super) fn at<'v>(item: &'v Map<String, Value>, path: &str) -> &'v Value {
    let mut keys = path.split('.');
    let first = keys.next().and_then(|key| item.get(key)).unwrap_or(&Value::Null);
    keys.fold(first, |value, key| value.get(key).unwrap_or(&Value::Null))
}

/// A text under a path; numbers and yes or no as they are written.
pub(super) fn text(item: &Map<String, Value>, path: &str) -> Option<String> {
    match at(item, path) {
        Value::String(text) => super::filled(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What stands in an item beside the paths that a record holds and those that are for offices: path and text.
pub(super) fn rest(item: &Map<String, Value>, taken: &[&str]) -> Vec<(String, String)> {
    fn walk(path: &str, value: &Value, taken: &[&str], out: &mut Vec<(String, String)>) {
        if taken.contains(&path) {
            return;
        }
        match value {
            Value::Null | Value::Bool(false) => {}
            Value::Object(members) => {
                for (key, value) in members {
                    walk(&format!("{path}.{key}"), value, taken, out);
                }
            }
            Value::Array(values) if values.iter().any(Value::is_object) => {
                out.push((path.into(), value.to_string()));
            }
            Value::Bool(true) => out.push((path.into(), "はい".into())),
            value => out.push((path.into(), cell(value))),
        }
    }
    let mut out = Vec::new();
    for (key, value) in item {
        walk(key, value, taken, &mut out);
    }
    out.retain(|(_, text)| !crate::value::is_blank(text));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_with_their_lines() {
        let text = "{\n \"v\": {\"a\": [1]},\n \"items\": [\n  {\"a\": \"{[\\\"\"},\n  {\"b\": [{}]}\n ]\n}";
        let root: Value = serde_json::from_str(text).unwrap();
        assert_eq!((items(&root).len(), lines(text, 2)), (2, vec![4, 5]));
        let list = "[{},\n{}]";
        assert_eq!(lines(list, 1), [1, 2]);
    }

    #[test]
    fn what_no_field_holds_keeps_its_path() {
        let item = serde_json::json!({"a": {"b": 1, "c": null, "d": "x"}, "e": [], "f": true, "g": ["1", "2"], "h": false});
        let rest = rest(item.as_object().unwrap(), &["a.d"]);
        let rest: Vec<(&str, &str)> =
            rest.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(rest, [("a.b", "1"), ("f", "はい"), ("g", "1;2")]);
    }
}
