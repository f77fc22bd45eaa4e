//! target.csv: how to throw things away.

use madoguchi_model::GarbageItem;

use crate::dataset::id::{self, Ids};
use crate::report::FileReport;
use crate::table::{Row, Table};
use crate::value::{head, is_blank};

/// Heads of things that are thrown away.
pub(super) const NAMES: &[&str] = &["品目", "品名", "品目名", "ごみの品目"];
/// Heads of kinds of garbage.
pub(super) const KINDS: &[&str] = &["分別区分", "分別", "ごみの種類", "区分", "種別", "classification"];
const NOTES: &[&str] = &["notice", "note", "出し方のポイント", "出し方", "注意事項", "ポイント", "備考"];
const KANA: &[&str] = &["furigana", "ふりがな", "フリガナ", "よみ", "品目_カナ", "五十音"];

/// Makes items of a table's rows.
pub(super) fn items(table: &Table, report: &mut FileReport, ids: &mut Ids) -> Vec<GarbageItem> {
    let heads: Vec<String> = table.header.iter().map(|name| head::fold(name)).collect();
    let columns = |own: &str, others: &[&str]| -> Vec<usize> {
        let names = std::iter::once(own).chain(others.iter().copied()).map(head::fold);
        names.filter_map(|name| heads.iter().position(|head| *head == name)).collect()
    };
    let (name, kind) = (columns("name", NAMES), columns("type", KINDS));
    let (notes, kana) = (columns("notice", NOTES), columns("furigana", KANA));
    let head = |columns: &[usize]| columns.first().and_then(|column| table.header.get(*column)).cloned();
    let first = |row: &Row, columns: &[usize]| -> Option<String> {
        columns.iter().map(|column| row.get(*column)).find(|text| !is_blank(text)).map(String::from)
    };
    let mut items = Vec::new();
    for row in &table.rows {
        let Some(name) = first(row, &name) else {
            report.refuse(row.line, head(&name).as_deref(), "品名がありません");
            continue;
        };
        let Some(kind) = first(row, &kind) else {
            report.refuse(row.line, head(&kind).as_deref(), "ごみの種類がありません");
            continue;
        };
        // The same head may stand for two fields of this list: each text once.
        let mut note: Vec<&str> =
            notes.iter().map(|column| row.get(*column)).filter(|text| !is_blank(text)).collect();
        note.dedup();
        let (id, _) = ids.give("garbage-item", &id::hash(&[&name, &kind]));
        report.kept += 1;
        items.push(GarbageItem {
            id,
            kana: first(row, &kana),
            note: (!note.is_empty()).then(|| note.join("\n")),
            name,
            kind,
        });
    }
    items
}
