//! Parameters and tables: the law's figures.

use super::cursor::Cursor;
use super::{CsvText, expr, origin_clause, source};
use crate::problem::{Outcome, Place, fault};
use crate::syntax::{Grid, Origin, ParameterItem, TableItem};
use crate::text::lines::Line;
use crate::text::words::Key;

pub(super) fn parameter(mut head: Cursor<'_>, line: &Line<'_>, file: &Origin) -> Outcome<ParameterItem> {
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
        let flat = clause.flat();
        let mut cursor = Cursor::new(&flat, clause.place);
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
fn value_origin(cursor: &mut Cursor<'_>, origin: &mut Origin) -> Outcome<()> {
    loop {
        if cursor.take_key(Key::Source) {
            origin.sources.push(source(cursor)?);
        } else if cursor.take_key(Key::Article) {
            origin.articles.push(cursor.text("an article")?);
        } else if cursor.take_key(Key::Unverified) {
            origin.unverified.push(cursor.text("what is not verified")?);
        } else {
            return Ok(());
        }
    }
}

pub(super) fn arguments(
    head: &mut Cursor<'_>,
) -> Outcome<Vec<(crate::syntax::Named, crate::syntax::TypeWord)>> {
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

pub(super) fn table(
    mut head: Cursor<'_>,
    line: &Line<'_>,
    file: &Origin,
    csv: CsvText<'_>,
) -> Outcome<TableItem> {
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
        if let Some(cells) = &clause.cells {
            rows.push((clause.place, owned(cells)));
            continue;
        }
        if origin_clause(clause, &mut item.origin, &mut own)? {
            // Rows indented below the source are the table's all the same.
            rows.extend(
                clause
                    .below
                    .iter()
                    .filter_map(|line| line.cells.as_ref().map(|cells| (line.place, owned(cells)))),
            );
            continue;
        }
        let mut cursor = Cursor::new(&clause.tokens, clause.place);
        let key = clause.key();
        cursor.next();
        match key {
            Some(Key::From) => {
                let from = Some(cursor.date()?);
                cursor.take_sign(":");
                let mut dated = Vec::new();
                for below in &clause.below {
                    match (&below.cells, below.key()) {
                        (Some(cells), _) => dated.push((below.place, owned(cells))),
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

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn csv_rows(line: &Line<'_>, csv: CsvText<'_>) -> Outcome<Vec<(Place, Vec<String>)>> {
    let mut cursor = Cursor::new(&line.tokens, line.place);
    cursor.next();
    let name = cursor.text("a file's name")?;
    cursor.done()?;
    let Some(text) = csv(&name) else {
        return fault(line.place, format!("there is no file {name} beside this one"));
    };
    // These tables hold numbers and names: no quotes, no line breaks in cells.
    let rows = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    Ok(rows
        .map(|row| {
            (line.place, row.split(',').map(|cell| cell.trim().trim_matches('"').to_owned()).collect())
        })
        .collect())
}
