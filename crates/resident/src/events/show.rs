use madoguchi_model::{CollectionKind, Event, Source};
use rusqlite::OptionalExtension;

use crate::cache::CacheError;
use crate::notices::source;
use crate::{Error, OpenTown};

/// An event with where its entry comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownEvent {
    /// The event itself.
    pub event: Event,
    /// The file, for attribution.
    pub from: Option<Source>,
}

/// Shows one event. Two departments may have used the same id: then the first path's.
pub fn show(open: &OpenTown, id: &str) -> Result<ShownEvent, Error> {
    let find = || -> Result<Option<(String, Event)>, CacheError> {
        let mut statement = open.cache.connection().prepare_cached(
            "SELECT path, line FROM records WHERE kind = ?1 AND id = ?2 ORDER BY path LIMIT 1",
        )?;
        let kind = CollectionKind::Events.name();
        let row =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>("path")?, row.get::<_, String>("line")?));
        let found = statement.query_row([kind, id], row).optional()?;
        // What this version cannot read is not in the list either.
        Ok(found.and_then(|(path, line)| Some((path, serde_json::from_str(&line).ok()?))))
    };
    let (path, event) = find()?.ok_or_else(|| Error::NotFound { what: "event", id: id.into() })?;
    Ok(ShownEvent { from: source(open, &path, event.source)?, event })
}
