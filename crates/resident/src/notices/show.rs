use jiff::Timestamp;
use madoguchi_model::{CollectionHeader, Notice, Source};
use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::cache::CacheError;
use crate::{Error, OpenTown, Phone};

/// A notice with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// The notice itself.
    #[serde(flatten)]
    pub notice: Notice,
    /// Has the resident read it?
    pub read: bool,
    /// Has the resident put it by?
    pub saved: bool,
    /// How it read before, oldest first: as far as this phone saw it change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
    /// Where it comes from, for attribution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Source>,
}

/// An earlier version of a notice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Earlier {
    /// When the phone got the version that followed.
    pub until: Timestamp,
    /// The notice as it was.
    pub notice: Notice,
}

/// Shows one notice. Looking does not mark it as read: that is said separately.
pub fn show(phone: &Phone, open: &OpenTown, id: &str) -> Result<Shown, Error> {
    let (path, notice) = find(open, id)?.ok_or_else(|| Error::NotFound { what: "notice", id: id.into() })?;
    let mark = phone.private().mark(&open.town.code, id)?;
    Ok(Shown {
        earlier: earlier(open, &path, id)?,
        from: source(open, &path, notice.source)?,
        notice,
        read: mark.read,
        saved: mark.saved,
    })
}

/// The notice with this id. Two departments may have used the same one: then the first path's.
pub(super) fn find(open: &OpenTown, id: &str) -> Result<Option<(String, Notice)>, CacheError> {
    let found: Option<(String, String)> = open
        .cache
        .connection()
        .prepare_cached("SELECT path, line FROM notices WHERE id = ?1 ORDER BY path LIMIT 1")?
        .query_row([id], |row| Ok((row.get("path")?, row.get("line")?)))
        .optional()?;
    found.map(|(path, line)| Ok((path, serde_json::from_str(&line)?))).transpose()
}

fn earlier(open: &OpenTown, path: &str, id: &str) -> Result<Vec<Earlier>, CacheError> {
    let mut statement = open.cache.connection().prepare_cached(
        "SELECT seen_at, line FROM notice_history WHERE path = ?1 AND id = ?2 ORDER BY seen_at",
    )?;
    let rows = statement.query_map([path, id], |row| Ok((row.get("seen_at")?, row.get("line")?)))?;
    let lines: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
    let read = |(until, line): (i64, String)| {
        Some(Earlier {
            until: Timestamp::from_second(until).ok()?,
            notice: serde_json::from_str(&line).ok()?,
        })
    };
    Ok(lines.into_iter().filter_map(read).collect())
}

/// The file that a record of a collection came from.
pub(crate) fn source(open: &OpenTown, path: &str, index: usize) -> Result<Option<Source>, CacheError> {
    Ok(sources(open, path)?.into_iter().nth(index))
}

/// The files that a collection was made of; records refer to them by index.
pub(crate) fn sources(open: &OpenTown, path: &str) -> Result<Vec<Source>, CacheError> {
    let header: Option<String> = open
        .cache
        .connection()
        .query_row("SELECT header FROM collections WHERE path = ?1", [path], |row| row.get(0))
        .optional()?;
    let Some(header) = header else { return Ok(Vec::new()) };
    let header: CollectionHeader = serde_json::from_str(&header)?;
    Ok(header.sources)
}

#[cfg(test)]
mod tests {
    use madoguchi_model::CollectionKind;
    use serde_json::json;

    use super::*;
    use crate::cache::tests::{open_with, swap_in};
    use crate::sync::testing::phone_at;

    #[test]
    fn a_notice_shows_how_it_read_before() {
        let notice = |title: &str| {
            let notice = json!({"id": "a", "segments": ["living"], "published_at": "2026-11-20T00:00:00Z", "title": title});
            [(CollectionKind::Notices, vec![notice])]
        };
        let (folder, open) = open_with(&notice("10時から"));
        let phone = phone_at(folder.path(), "2026-11-21T03:00:00Z".parse().unwrap());
        assert!(show(&phone, &open, "a").unwrap().earlier.is_empty());
        swap_in(&open.cache, &notice("11時から"));
        let shown = show(&phone, &open, "a").unwrap();
        assert_eq!((shown.notice.text.title.as_str(), shown.read), ("11時から", false));
        let earlier: Vec<&str> = shown.earlier.iter().map(|e| e.notice.text.title.as_str()).collect();
        assert_eq!(earlier, ["10時から"]);
        assert_eq!(show(&phone, &open, "b").unwrap_err().code(), "no-notice");
    }
}
