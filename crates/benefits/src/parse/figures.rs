//! Parameters and tables: the law's figures.

use super::cursor::Cursor;
use super::{CsvText, expr, origin_clause, source};
use crate::problem::{Outcome, fault};
use crate::syntax::{Grid, Named, Origin, ParameterItem, TableItem, TypeWord};
use crate::text::lines::{Line, Row};
use crate::text::words::Key;
use std::sync::Arc;

pub(super) fn parameter<'s>(
    mut head: Cursor<'_, 's>,
    line: &Line<'_, 's>,
    file: &Origin,
) -> Outcome<ParameterItem<'s>> {
    let named = head.name("a name for the parameter")?;
    head.sign(":")?;
    let ty = head.type_word()?;
    let mut origin = file.clone();
    let mut own = false;
    let mut versions = Vec::new();
    if head.take_sign("=") {
        versions.push((line.place, None, Some(expr::expr(&mut head)?)));
    }
    head.done()?;
    for clause in &line.below {
        if origin_clause(clause, &mut origin, &mut own)? {
            continue;
        }
        let mut cursor = Cursor::new(clause.flat, clause.place);
        let key = clause.key();
        cursor.next();
        match key {
            Some(Key::From) => {
                let from = cursor.date()?;
                cursor.sign(":")?;
                versions.push((clause.place, Some(from), Some(expr::expr(&mut cursor)?)));
                value_origin(&mut cursor, &mut origin)?;
            }
            Some(Key::Until) => versions.push((clause.place, Some(cursor.date()?), None)),
            Some(Key::Title) => {
                cursor.texts("a label")?;
            }
            _ => return fault(clause.place, "a parameter has from, until, source, article and unverified"),
        }
        cursor.done()?;
    }
    if versions.is_empty() {
        return fault(named.place, format!("{} has no value: from DATE: VALUE", named.name));
    }
    Ok(ParameterItem { named, ty, versions, origin })
}

/// A source, article or remark behind a single value.
fn value_origin(cursor: &mut Cursor<'_, '_>, origin: &mut Origin) -> Outcome<()> {
    loop {
        if cursor.take_key(Key::Source) {
            Arc::make_mut(&mut origin.sources).push(source(cursor)?);
        } else if cursor.take_key(Key::Article) {
            origin.articles.push(cursor.text("an article")?.to_owned());
        } else if cursor.take_key(Key::Unverified) {
            origin.unverified.push(cursor.text("what is not verified")?.to_owned());
        } else {
            return Ok(());
        }
    }
}

pub(super) fn arguments<'s>(head: &mut Cursor<'_, 's>) -> Outcome<Vec<(Named<'s>, TypeWord<'s>)>> {
    let mut arguments = Vec::new();
    while !head.take_sign(")") {
        let named = head.name("a name")?;
        head.sign(":")?;
        arguments.push((named, head.type_word()?));
        if !head.take_sign(",") {
            head.sign(")")?;
            break;
        }
    }
    Ok(arguments)
}

pub(super) fn table<'s>(
    mut head: Cursor<'_, 's>,
    line: &Line<'_, 's>,
    file: &Origin,
    csv: CsvText<'_, 's>,
) -> Outcome<TableItem<'s>> {
    let named = head.name("a name for the table")?;
    head.sign("(")?;
    let keys = arguments(&mut head)?;
    head.sign(":")?;
    let ty = head.type_word()?;
    head.done()?;
    let mut item = TableItem { named, keys, ty, grids: vec![], column: None, origin: file.clone() };
    let mut own = false;
    let mut rows = Vec::new();
    for clause in &line.below {
        if let Some(row) = clause.row {
            rows.push(row);
            continue;
        }
        if origin_clause(clause, &mut item.origin, &mut own)? {
            // Rows indented below the source are the table's all the same.
            rows.extend(clause.below.iter().filter_map(|line| line.row));
            continue;
        }
        let mut cursor = Cursor::new(clause.tokens, clause.place);
        let key = clause.key();
        cursor.next();
        match key {
            Some(Key::From) => {
                let from = Some(cursor.date()?);
                cursor.take_sign(":");
                let mut dated = Vec::new();
                for below in &clause.below {
                    match (below.row, below.key()) {
                        (Some(row), _) => dated.push(row),
                        (None, Some(Key::Csv)) => dated.extend(csv_rows(below, csv)?),
                        _ if origin_clause(below, &mut item.origin, &mut own)? => {}
                        _ => return fault(below.place, "below from stand the rows: | … | … |"),
                    }
                }
                item.grids.push(Grid { place: clause.place, from, rows: dated });
            }
            Some(Key::Csv) => {
                rows.extend(csv_rows(clause, csv)?);
                continue;
            }
            Some(Key::Column) => item.column = Some(cursor.text("a column's head")?),
            _ => {
                return fault(
                    clause.place,
                    "a table has rows, from, csv, column, source, article and unverified",
                );
            }
        }
        cursor.done()?;
    }
    if !rows.is_empty() {
        item.grids.push(Grid { place: line.place, from: None, rows });
    }
    if item.grids.is_empty() {
        return fault(item.named.place, format!("the table {} has no rows", item.named.name));
    }
    Ok(item)
}

fn csv_rows<'s>(line: &Line<'_, '_>, csv: CsvText<'_, 's>) -> Outcome<impl Iterator<Item = Row<'s>>> {
    let mut cursor = Cursor::new(line.tokens, line.place);
    cursor.next();
    let name = cursor.text("a file's name")?;
    cursor.done()?;
    let Some(text) = csv(name) else {
        return fault(line.place, format!("there is no file {name} beside this one"));
    };
    Ok(Row::all(text, line.place))
}
