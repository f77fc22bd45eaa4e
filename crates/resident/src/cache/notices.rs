use jiff::Timestamp;
use madoguchi_model::{Notice, NoticeText, fold, plain_text};
use rusqlite::{Connection, OptionalExtension};

use super::apply::Changed;
use super::{Result, order};
use crate::search::index_words;

/// After so many changes at once the index is worth putting in order: later searches read less.
const MANY: usize = 1000;

struct Row<'a> {
    record: &'a Changed<'a>,
    notice: Notice,
    /// Its number from before, when its place in time is the same.
    seq: Option<i64>,
}

/// Stores new and changed notices, and keeps the words that changed. Tells how many could not be read.
pub(super) fn put(
    connection: &Connection,
    path: &str,
    changed: &[Changed<'_>],
    now: Timestamp,
) -> Result<u64> {
    let mut rows = Vec::with_capacity(changed.len());
    for record in changed {
        let before = match &record.before {
            None => None,
            Some(line) => {
                connection
                    .prepare_cached(
                        "INSERT INTO notice_history (path, id, seen_at, line) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO NOTHING",
                    )?
                    .execute((path, &record.id, now.as_second(), line))?;
                remove(connection, path, &record.id)?
            }
        };
        let Ok(notice) = serde_json::from_str::<Notice>(record.line) else { continue };
        let same_time =
            |(seq, published_at)| (published_at == notice.published_at.as_second()).then_some(seq);
        rows.push(Row { record, seq: before.and_then(same_time), notice });
    }
    let unread = changed.len() - rows.len();
    insert(connection, path, rows)?;
    if changed.len() > MANY {
        connection.execute("INSERT INTO notices_words (notices_words) VALUES ('optimize')", [])?;
    }
    Ok(unread as u64)
}

fn insert(connection: &Connection, path: &str, rows: Vec<Row<'_>>) -> Result<()> {
    // What keeps its number goes first: a new numbering of all must know it.
    let (kept, mut new): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.seq.is_some());
    for row in kept {
        insert_one(connection, path, row.seq.unwrap_or_default(), &row)?;
    }
    new.sort_by_key(|row| row.notice.published_at.as_second());
    let published: Vec<i64> = new.iter().map(|row| row.notice.published_at.as_second()).collect();
    let numbers = match order::numbers_for(connection, &published)? {
        Some(numbers) => numbers,
        None => {
            order::renumber_for(connection, published.len())?;
            order::numbers_for(connection, &published)?.unwrap_or_default()
        }
    };
    for (row, seq) in new.iter().zip(numbers) {
        insert_one(connection, path, seq, row)?;
    }
    Ok(())
}

fn insert_one(connection: &Connection, path: &str, seq: i64, row: &Row<'_>) -> Result<()> {
    let notice = &row.notice;
    let folded = folded(notice);
    let segments: Vec<&str> = notice.segments.iter().map(|segment| segment.code()).collect();
    connection
        .prepare_cached(
            "INSERT INTO notices (seq, path, id, published_at, expires_at, urgent, segments, line, folded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            seq,
            path,
            &row.record.id,
            notice.published_at.as_second(),
            notice.expires_at.map_or(i64::MAX, Timestamp::as_second),
            notice.urgent,
            segments.join(" "),
            row.record.line,
            &folded,
        ))?;
    connection
        .prepare_cached("INSERT INTO notices_words (rowid, words) VALUES (?1, ?2)")?
        .execute((seq, index_words(&folded)))?;
    Ok(())
}

/// Removes a notice, and tells its number and time of publication.
pub(super) fn remove(connection: &Connection, path: &str, id: &str) -> Result<Option<(i64, i64)>> {
    let removed = connection
        .prepare_cached("DELETE FROM notices WHERE path = ?1 AND id = ?2 RETURNING seq, published_at")?
        .query_row((path, id), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((seq, _)) = removed {
        connection.prepare_cached("DELETE FROM notices_words WHERE rowid = ?1")?.execute([seq])?;
    }
    Ok(removed)
}

/// All words of a notice in all its languages, folded: what is searched.
pub(crate) fn folded(notice: &Notice) -> String {
    let mut text = String::new();
    for words in std::iter::once(&notice.text).chain(notice.translations.values()) {
        let NoticeText { title, summary, body } = words;
        for part in [title.as_str(), summary.as_deref().unwrap_or_default(), &plain_text(body)] {
            text.push_str(part);
            text.push('\n');
        }
    }
    fold(&text)
}
