//! A town's programs in words, found by search, segment and life event.

use std::collections::BTreeSet;

use jiff::Timestamp;
use madoguchi_model::{Lang, LifeEvent, Segment, Source, TownProgram};
use rusqlite::OptionalExtension;
use serde::Serialize;

use super::town::{department, is_shown, shown};
use crate::cache::CacheError;
use crate::notices::source;
use crate::search::Query;
use crate::{Error, OpenTown};

/// Which programs are wanted. Everything that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct ListPrograms {
    /// Filed under one of these, or a part of them.
    pub segments: Vec<Segment>,
    /// When this happens in life.
    pub event: Option<LifeEvent>,
    /// All of these words occur.
    pub search: Option<String>,
    /// At most so many.
    pub limit: usize,
    /// Texts in this language, where the town has them in it.
    pub lang: Option<Lang>,
}

/// A program in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TownProgramRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Another name by which it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The language of these.
    pub lang: Lang,
    /// What it is about.
    pub segments: Vec<Segment>,
    /// When in life it matters.
    pub events: Vec<LifeEvent>,
    /// Is it for businesses and not for households?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub business: bool,
    /// What one receives, in the town's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
}

/// Under what a town files its programs: the subjects and events that occur.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filed {
    /// How many are public.
    pub count: usize,
    /// What they are about.
    pub segments: BTreeSet<Segment>,
    /// When in life they matter.
    pub events: BTreeSet<LifeEvent>,
}

/// A list of programs, in the town's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TownProgramList {
    /// The programs.
    pub rows: Vec<TownProgramRow>,
    /// Are there more than were asked for?
    pub more: bool,
}

/// A program with where its entry comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownTownProgram {
    /// The program itself.
    #[serde(flatten)]
    pub program: TownProgram,
    /// The department that published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The file, for attribution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Source>,
}

/// Lists the programs that are public at a moment.
pub fn list(open: &OpenTown, wanted: &ListPrograms, now: Timestamp) -> Result<TownProgramList, Error> {
    let query = wanted.search.as_deref().and_then(Query::parse);
    let mut found = TownProgramList::default();
    let mut take = |mut rows: rusqlite::Rows<'_>| -> Result<(), CacheError> {
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column).map(|value| value.as_str().unwrap_or_default());
            let (segments, events) = (text("segments")?, text("events")?);
            let filed = |wanted: &Segment| {
                segments.split(' ').any(|code| code.parse().is_ok_and(|s| wanted.covers(s)))
            };
            let meant = (wanted.segments.is_empty() || wanted.segments.iter().any(filed))
                && wanted.event.is_none_or(|event| events.split(' ').any(|code| code == event.code()))
                && match &query {
                    Some(query) => query.is_in(text("folded")?),
                    None => true,
                };
            if !meant {
                continue;
            }
            let program: TownProgram = serde_json::from_str(text("line")?)?;
            if !is_shown(&program, now) {
                continue;
            }
            if found.rows.len() >= wanted.limit {
                found.more = true;
                break;
            }
            found.rows.push(row_of(program, wanted.lang.as_ref()));
        }
        Ok(())
    };
    let connection = open.cache.connection();
    let sql = |from: &str| {
        format!("SELECT p.segments, p.events, p.line, p.folded FROM {from} ORDER BY p.path, p.number")
    };
    let outcome = match query.as_ref().and_then(Query::index_expression) {
        Some(expression) => {
            let from = "programs_words w JOIN programs p ON p.number = w.rowid WHERE programs_words MATCH ?1";
            connection
                .prepare_cached(&sql(from))
                .map_err(CacheError::from)
                .and_then(|mut statement| take(statement.query([expression])?))
        }
        None => connection
            .prepare_cached(&sql("programs p"))
            .map_err(CacheError::from)
            .and_then(|mut statement| take(statement.query([])?)),
    };
    outcome?;
    Ok(found)
}

fn row_of(program: TownProgram, lang: Option<&Lang>) -> TownProgramRow {
    let (text, lang) = program.text_in(lang.unwrap_or(&program.lang));
    TownProgramRow {
        title: text.title.clone(),
        also: text.also.clone(),
        summary: text.summary.clone(),
        amount: text.amount.clone(),
        lang: lang.clone(),
        id: program.id,
        segments: program.segments,
        events: program.events,
        business: program.business,
    }
}

/// Under what the programs are filed that are public at a moment.
pub fn filed(open: &OpenTown, now: Timestamp) -> Result<Filed, Error> {
    let mut found = Filed::default();
    for (_, program) in shown(open, now)? {
        found.count += 1;
        found.segments.extend(program.segments);
        found.events.extend(program.events);
    }
    Ok(found)
}

/// Shows one program. Two departments may have used the same id: then the first path's.
pub fn show(open: &OpenTown, id: &str) -> Result<ShownTownProgram, Error> {
    let find = || -> Result<Option<(String, TownProgram)>, CacheError> {
        let sql = "SELECT path, line FROM programs WHERE id = ?1 ORDER BY path LIMIT 1";
        let mut statement = open.cache.connection().prepare_cached(sql)?;
        let row =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>("path")?, row.get::<_, String>("line")?));
        let found = statement.query_row([id], row).optional()?;
        found.map(|(path, line)| Ok((path, serde_json::from_str(&line)?))).transpose()
    };
    let (path, program) = find()?.ok_or_else(|| Error::NotFound { what: "program", id: id.into() })?;
    Ok(ShownTownProgram {
        department: department(open.about()?.as_ref(), &path),
        from: source(open, &path, program.source)?,
        program,
    })
}

#[cfg(test)]
#[path = "town_tests.rs"]
mod tests;
