use jiff::Timestamp;
use madoguchi_model::{Lang, Notice, Segment};
use rusqlite::Row;
use serde::Serialize;

use crate::cache::CacheError;
use crate::search::Query;
use crate::{Error, OpenTown, Phone};

/// Which notices are wanted. Everything that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct ListNotices {
    /// Filed under one of these, or a part of them. Empty: the resident's own choice holds.
    pub segments: Vec<Segment>,
    /// Not yet read.
    pub unread: bool,
    /// Put by; expired ones too.
    pub saved: bool,
    /// All of these words occur in it.
    pub search: Option<String>,
    /// Those that the resident's choice of segments leaves out.
    pub hidden: bool,
    /// Expired ones too.
    pub all: bool,
    /// At most so many.
    pub limit: usize,
    /// Older than the notice with this id.
    pub before: Option<String>,
    /// Titles in this language, where the town has them in it.
    pub lang: Option<Lang>,
}

/// A notice in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The language of both.
    pub lang: Lang,
    /// What it is about.
    pub segments: Vec<Segment>,
    /// Who speaks.
    pub department: String,
    /// When it became public.
    pub published_at: Timestamp,
    /// Until when it is current.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Does it want attention today?
    pub urgent: bool,
    /// Did the town take it back?
    pub withdrawn: bool,
    /// Has the resident read it?
    pub read: bool,
    /// Has the resident put it by?
    pub saved: bool,
}

/// A list of notices, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeList {
    /// The notices.
    pub rows: Vec<NoticeRow>,
    /// Are there more than were asked for?
    pub more: bool,
    /// How many of the newer ones the resident's choice of segments left out on the way.
    pub left_out: usize,
}

const COLUMNS: &str = "n.seq, n.id, n.expires_at, n.urgent, n.segments";

/// Lists notices, newest first.
///
/// The resident's choice of segments narrows the plain list only: who names a segment, searches, or looks at what was
/// put by, looks through everything. Urgent notices are never left out.
pub fn list(phone: &Phone, open: &OpenTown, wanted: &ListNotices) -> Result<NoticeList, Error> {
    let query = match &wanted.search {
        Some(typed) => Query::parse(typed),
        None => None,
    };
    let whole = !wanted.segments.is_empty() || wanted.saved || query.is_some();
    let chosen =
        if whole && !wanted.hidden { Vec::new() } else { phone.private().segments(&open.town.code)? };
    let now = phone.now_for(&open.town.code)?.as_second();
    let mut found = NoticeList::default();
    let mut check = |row: &Row<'_>| -> Result<bool, Error> {
        let sql = CacheError::from;
        let segments = row.get_ref("segments").map_err(sql)?.as_str().unwrap_or_default();
        let covered = |by: &[Segment]| {
            let filed = segments.split(' ').filter_map(|code| code.parse().ok());
            filed.into_iter().any(|filed: Segment| by.iter().any(|s| s.covers(filed)))
        };
        if !(wanted.all || wanted.saved || row.get::<_, i64>("expires_at").map_err(sql)? > now)
            || !(wanted.segments.is_empty() || covered(&wanted.segments))
        {
            return Ok(false);
        }
        let id = row.get_ref("id").map_err(sql)?.as_str().unwrap_or_default();
        if (wanted.unread || wanted.saved) && {
            let mark = phone.private().mark(&open.town.code, id)?;
            (wanted.unread && mark.read) || (wanted.saved && !mark.saved)
        } {
            return Ok(false);
        }
        if let Some(query) = &query
            && !query.is_in(row.get_ref("folded").map_err(sql)?.as_str().unwrap_or_default())
        {
            return Ok(false);
        }
        let shown = chosen.is_empty() || row.get("urgent").map_err(sql)? || covered(&chosen);
        found.left_out += usize::from(!shown && !wanted.hidden);
        if shown == wanted.hidden {
            return Ok(false);
        }
        if found.rows.len() >= wanted.limit {
            found.more = true;
            return Ok(true);
        }
        let seq: i64 = row.get("seq").map_err(sql)?;
        found.rows.push(read_row(phone, open, seq, wanted.lang.as_ref())?);
        Ok(false)
    };
    let connection = open.cache.connection();
    let before = match &wanted.before {
        Some(id) => number(open, id)?.ok_or_else(|| Error::NotFound { what: "notice", id: id.clone() })?,
        None => i64::MAX,
    };
    let (sql, argument) = candidates(phone, open, wanted, query.as_ref(), before)?;
    let mut statement = connection.prepare_cached(&sql).map_err(CacheError::from)?;
    let mut rows = match &argument {
        Some(argument) => statement.query([argument]),
        None => statement.query([]),
    }
    .map_err(CacheError::from)?;
    while let Some(row) = rows.next().map_err(CacheError::from)? {
        if check(row)? {
            break;
        }
    }
    Ok(found)
}

/// Where to look, newest first: what was put by, what the index knows, or everything.
fn candidates(
    phone: &Phone,
    open: &OpenTown,
    wanted: &ListNotices,
    query: Option<&Query>,
    before: i64,
) -> Result<(String, Option<String>), Error> {
    let columns = if query.is_some() { format!("{COLUMNS}, n.folded") } else { COLUMNS.into() };
    if wanted.saved {
        let saved = phone.private().saved(&open.town.code)?;
        let saved = serde_json::to_string(&saved).map_err(CacheError::from)?;
        let sql = format!(
            "SELECT {columns} FROM notices n WHERE n.id IN (SELECT value FROM json_each(?1))
                 AND n.seq < {before} ORDER BY n.seq DESC"
        );
        return Ok((sql, Some(saved)));
    }
    Ok(match query.and_then(Query::index_expression) {
        Some(expression) => {
            let sql = format!(
                "SELECT {columns} FROM notices_words w JOIN notices n ON n.seq = w.rowid
                 WHERE notices_words MATCH ?1 AND w.rowid < {before} ORDER BY w.rowid DESC"
            );
            (sql, Some(expression))
        }
        None => (format!("SELECT {columns} FROM notices n WHERE n.seq < {before} ORDER BY n.seq DESC"), None),
    })
}

/// The place of a notice in the order. Two departments may have used the same id: then the newer one's.
fn number(open: &OpenTown, id: &str) -> Result<Option<i64>, CacheError> {
    let sql = "SELECT max(seq) FROM notices WHERE id = ?1";
    Ok(open.cache.connection().prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

fn read_row(phone: &Phone, open: &OpenTown, seq: i64, lang: Option<&Lang>) -> Result<NoticeRow, Error> {
    let read = || -> Result<Notice, CacheError> {
        let sql = "SELECT line FROM notices WHERE seq = ?1";
        let line: String =
            open.cache.connection().prepare_cached(sql)?.query_row([seq], |row| row.get("line"))?;
        Ok(serde_json::from_str(&line)?)
    };
    let notice = read()?;
    let mark = phone.private().mark(&open.town.code, &notice.id)?;
    let (text, lang) = notice.text_in(lang.unwrap_or(&notice.lang));
    Ok(NoticeRow {
        title: text.title.clone(),
        summary: text.summary.clone(),
        lang: lang.clone(),
        id: notice.id,
        segments: notice.segments,
        department: notice.department,
        published_at: notice.published_at,
        expires_at: notice.expires_at,
        urgent: notice.urgent,
        withdrawn: notice.withdrawn.is_some(),
        read: mark.read,
        saved: mark.saved,
    })
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
