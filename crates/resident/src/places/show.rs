use madoguchi_model::{Place, Source};
use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::cache::CacheError;
use crate::notices::source;
use crate::{Error, OpenTown};

/// A place with where its entry comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownPlace {
    /// The place itself.
    #[serde(flatten)]
    pub place: Place,
    /// The file, for attribution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Source>,
}

/// Shows one place. Two departments may have used the same id: then the first path's.
pub fn show(open: &OpenTown, id: &str) -> Result<ShownPlace, Error> {
    let find = || -> Result<Option<(String, Place)>, CacheError> {
        let mut statement = open
            .cache
            .connection()
            .prepare_cached("SELECT path, line FROM places WHERE id = ?1 ORDER BY path LIMIT 1")?;
        let found = statement.query_row([id], |row| Ok((row.get("path")?, row.get("line")?))).optional()?;
        let read = |(path, line): (String, String)| Ok((path, serde_json::from_str(&line)?));
        found.map(read).transpose()
    };
    let (path, place) = find()?.ok_or_else(|| Error::NotFound { what: "place", id: id.into() })?;
    Ok(ShownPlace { from: source(open, &path, place.source)?, place })
}

/// Every place of a kind, whole, in the town's order: for kinds of which there are few.
pub(crate) fn of_kind(open: &OpenTown, code: &str) -> Result<Vec<Place>, Error> {
    let read = || -> Result<Vec<Place>, CacheError> {
        let mut statement = open.cache.connection().prepare_cached(
            "SELECT p.line FROM places p JOIN place_kinds k ON k.number = p.kind WHERE k.code = ?1 ORDER BY p.number",
        )?;
        let mut rows = statement.query([code])?;
        let mut places = Vec::new();
        while let Some(row) = rows.next()? {
            places.push(serde_json::from_str(row.get_ref("line")?.as_str().unwrap_or_default())?);
        }
        Ok(places)
    };
    Ok(read()?)
}
