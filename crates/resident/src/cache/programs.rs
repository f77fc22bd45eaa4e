use madoguchi_model::{ProgramText, TownProgram, fold, plain_text};
use rusqlite::{Connection, OptionalExtension};

use super::Result;
use super::apply::{Changed, put_numbered};
use crate::search::index_words;

/// Stores new and changed programs. Tells how many could not be read.
pub(super) fn put(connection: &Connection, path: &str, changed: &[Changed<'_>]) -> Result<u64> {
    put_numbered::<TownProgram>(connection, path, changed, remove, insert)
}

fn insert(
    connection: &Connection,
    path: &str,
    record: &Changed<'_>,
    program: &TownProgram,
    number: Option<i64>,
) -> Result<()> {
    let folded = folded(program);
    let segments: Vec<&str> = program.segments.iter().map(|segment| segment.code()).collect();
    let events: Vec<&str> = program.events.iter().map(|event| event.code()).collect();
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO programs (number, path, id, segments, events, line, folded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING number",
        )?
        .query_row(
            (number, path, &record.id, segments.join(" "), events.join(" "), record.line, &folded),
            |row| row.get(0),
        )?;
    connection
        .prepare_cached("INSERT INTO programs_words (rowid, words) VALUES (?1, ?2)")?
        .execute((number, index_words(&folded)))?;
    Ok(())
}

/// Removes a program, and tells its number.
pub(super) fn remove(connection: &Connection, path: &str, id: &str) -> Result<Option<i64>> {
    let number: Option<i64> = connection
        .prepare_cached("DELETE FROM programs WHERE path = ?1 AND id = ?2 RETURNING number")?
        .query_row((path, id), |row| row.get(0))
        .optional()?;
    if let Some(number) = number {
        connection.prepare_cached("DELETE FROM programs_words WHERE rowid = ?1")?.execute([number])?;
    }
    Ok(number)
}

/// All that a program may be looked for by, in every language it has, folded.
fn folded(program: &TownProgram) -> String {
    let mut text = String::new();
    let mut add = |part: &str| {
        text.push_str(part);
        text.push('\n');
    };
    for words in std::iter::once(&program.text).chain(program.translations.values()) {
        let ProgramText { title, also, summary, body, target, amount, cost, how, when, .. } = words;
        add(title);
        let ProgramText { documents, counter, contact, law, details, .. } = words;
        let parts = [also, summary, target, amount, cost, how, when, counter, contact, law];
        parts.into_iter().flatten().chain(documents).for_each(|part| add(part));
        add(&plain_text(body));
        details.iter().for_each(|(_, value)| add(value));
    }
    program.tags.iter().for_each(|tag| add(tag));
    program.events.iter().for_each(|event| add(event.name()));
    fold(&text)
}
