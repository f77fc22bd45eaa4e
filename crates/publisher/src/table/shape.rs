//! Where the heads of a table stand, and which rows fit under them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Limits, Row, Table, TableError};
use crate::report::Refusal;

const UNNAMED: &str = "見出しのない列に番号を付けた";
const TWICE: &str = "同じ見出しの列を番号で区別した";
const SHORT: &str = "足りない列を空とみなした";
const TITLE: &str = "見出しの上の題名を読み飛ばした";

/// The first cells of the lines that LinkData writes above its tables.
const LINK_DATA: &[&str] = &[
    "#link",
    "#lang",
    "#attribution_name",
    "#attribution_url",
    "#license",
    "#file_name",
    "#download_from",
    "#property",
    "#object_type_xsd",
    "#property_context",
    "#namespace",
];

/// The character between the cells: of tab, comma and semicolon the one that the first line with any has most of.
pub(super) fn delimiter(text: &str) -> u8 {
    let (mut tabs, mut commas, mut semicolons) = (0, 0, 0);
    let mut quoted = false;
    for b in text.bytes().take(100_000) {
        match b {
            b'"' => quoted = !quoted,
            b'\t' if !quoted => tabs += 1,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            b'\n' if !quoted && tabs + commas + semicolons > 0 => break,
            _ => {}
        }
    }
    match () {
        () if tabs > commas && tabs >= semicolons => b'\t',
        () if semicolons > commas => b';',
        () => b',',
    }
}

/// Finds the heads among the rows and puts the others under them.
pub(super) fn table(encoding: &'static str, rows: Vec<Row>, limits: &Limits) -> Result<Table, TableError> {
    let mut table = Table {
        encoding,
        notes: Vec::new(),
        header: Vec::new(),
        rows: Vec::new(),
        refused: Vec::new(),
        mended: BTreeMap::new(),
    };
    let (heads, rows) = table.split_off_heads(rows);
    let heads = heads.ok_or(TableError::Empty)?;
    if rows.len() > limits.rows {
        return Err(TableError::Rows { limit: limits.rows });
    }
    table.name_columns(&heads, &rows);
    table.fit(rows);
    Ok(table)
}

impl Table {
    fn mend(&mut self, reason: &'static str) {
        *self.mended.entry(reason).or_default() += 1;
    }

    /// Passes over what stands above the heads, keeping it as notes.
    fn split_off_heads(&mut self, rows: Vec<Row>) -> (Option<Row>, Vec<Row>) {
        let mut property = None;
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next_if(is_note) {
            if row.get(0).eq_ignore_ascii_case("#property") {
                property = Some(row);
            } else {
                self.note(&row);
            }
        }
        let mut rows: Vec<Row> = rows.collect();
        if property.is_some() {
            return (property, rows);
        }
        // A title is one cell alone above a row of heads.
        let titles = rows.iter().take(4).take_while(|row| row.filled() == 1).count();
        let titles = if rows.get(titles).is_some_and(|row| row.filled() >= 3) { titles } else { 0 };
        let below = rows.split_off(titles);
        for title in &rows {
            self.note(title);
            self.mend(TITLE);
        }
        let mut below = below.into_iter();
        (below.next(), below.collect())
    }

    fn note(&mut self, row: &Row) {
        self.notes.push((row.get(0).trim_start_matches('#').trim().into(), row.get(1).into()));
    }

    /// Names the columns. A column without a head counts when something stands in it.
    fn name_columns(&mut self, heads: &Row, rows: &[Row]) {
        let in_use = |column: &usize| {
            !heads.get(*column).is_empty() || rows.iter().any(|row| !row.get(*column).is_empty())
        };
        let width = (0..heads.cells.len()).rev().find(in_use).map_or(0, |last| last + 1);
        let mut seen = BTreeSet::new();
        for column in 0..width {
            let mut head: String = heads.get(column).lines().collect();
            if head.is_empty() {
                head = format!("列{}", column + 1);
                if in_use(&column) {
                    self.mend(UNNAMED);
                }
            }
            if seen.contains(&head) {
                let numbered = (2..).map(|n| format!("{head}_{n}")).find(|name| !seen.contains(name));
                head = numbered.unwrap_or(head);
                self.mend(TWICE);
            }
            seen.insert(head.clone());
            self.header.push(head);
        }
    }

    /// Keeps the rows that have no more cells than there are heads.
    fn fit(&mut self, rows: Vec<Row>) {
        let width = self.header.len();
        for row in rows {
            let beyond = row.cells.iter().skip(width).filter(|cell| !cell.is_empty()).count();
            if beyond > 0 {
                let why = format!(
                    "見出し({width}列)より右に{beyond}個の値があります。コンマや引用符を確かめてください"
                );
                self.refused.push(Refusal { row: row.line, column: None, why });
                continue;
            }
            if row.cells.len() < width {
                self.mend(SHORT);
            }
            self.rows.push(row);
        }
    }
}

/// A line above the heads: LinkData's, or a remark after `#`.
fn is_note(row: &Row) -> bool {
    let first = row.get(0);
    let Some(remark) = first.strip_prefix('#') else { return false };
    let of_link_data = LINK_DATA.contains(&first.to_ascii_lowercase().as_str());
    of_link_data || (!remark.is_empty() && (remark.starts_with(' ') || row.filled() == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Table {
        Table::read(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn the_delimiter_is_that_of_the_heads() {
        assert_eq!(read("名称\t住所\n甲,乙\t丙\n").header, ["名称", "住所"]);
        assert_eq!(read("名称;住所\n甲,乙;丙\n").header, ["名称", "住所"]);
        assert_eq!(read("\"名称\t、\",住所\n甲;乙,丙\n").header.len(), 2);
        assert_eq!(read("# 出典\n名称\t住所\n").header, ["名称", "住所"]);
        assert_eq!(read("名称\n甲\n").header, ["名称"]);
    }

    #[test]
    fn the_lines_of_link_data_are_passed_over() {
        let text = "#LINK,,,\n#lang,ja,,\n#license,CC BY,,\n#property,緯度,経度,名称\n#object_type_xsd,float,float,string\n\
                    1,34.3,134.0,甲\n2,34.4,134.1,#2番\n";
        let table = read(text);
        assert_eq!(table.header, ["#property", "緯度", "経度", "名称"]);
        assert_eq!((table.rows.len(), table.rows.first().map(|row| row.line)), (2, Some(6)));
        assert!(table.notes.contains(&("license".into(), "CC BY".into())));
        assert_eq!(read("#,名称,住所\n1,甲,乙\n").header, ["#", "名称", "住所"]);
        assert_eq!(read("焼津市AED一覧,,\n\n名称,住所,電話\n甲,乙,丙\n").header, ["名称", "住所", "電話"]);
    }

    #[test]
    fn empty_columns_go_and_unnamed_ones_that_say_something_stay() {
        let table = read("名称,住所,,,\n甲,乙,,,\n丙,丁,,戊,\n");
        assert_eq!(table.header, ["名称", "住所", "列3", "列4"]);
        assert_eq!(table.mended.get(UNNAMED), Some(&1));
        assert_eq!(read("名称,住所,,\n甲,乙,,\n").header, ["名称", "住所"]);
    }

    #[test]
    fn heads_that_are_alike_are_told_apart() {
        let table = read("備考,備考,備考_2,備考\na,b,c,d\n");
        assert_eq!(table.header, ["備考", "備考_2", "備考_2_2", "備考_3"]);
        assert_eq!(table.mended.get(TWICE), Some(&3));
    }

    #[test]
    fn a_row_with_more_values_than_heads_is_named_and_one_with_fewer_is_kept() {
        let table = read("名称,住所,電話\n甲,1,2,3\n乙,1\n丙,1,2,,,\n");
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.refused.first().map(|refusal| refusal.row), Some(2));
        assert_eq!((table.len(), table.mended.get(SHORT)), (3, Some(&1)));
    }
}
