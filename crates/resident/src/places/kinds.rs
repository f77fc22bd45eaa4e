use madoguchi_model::{Hazard, PlaceKind};
use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::cache::{CacheError, danger_number};
use crate::{Error, OpenTown};

/// A kind of place that the town has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindRow {
    /// Its code.
    pub id: String,
    /// Its Japanese name: the one that every town's app knows, or what the town calls its own layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many there are.
    pub count: u64,
}

/// The kinds of places that the town has.
pub fn kinds(open: &OpenTown) -> Result<Vec<KindRow>, Error> {
    let layers = open.about()?.map(|town| town.layers).unwrap_or_default();
    let own = |code: &str| layers.iter().find(|layer| layer.kind == code).map(|layer| layer.name.clone());
    let read = || -> Result<Vec<KindRow>, CacheError> {
        let mut statement = open.cache.connection().prepare_cached(
            "SELECT k.code, count(*) FROM places p JOIN place_kinds k ON k.number = p.kind GROUP BY k.code",
        )?;
        let rows = statement.query_map([], |row| {
            let id: String = row.get(0)?;
            Ok(KindRow {
                name: name(&id).map(String::from).or_else(|| own(&id)),
                id,
                count: row.get::<_, i64>(1)?.unsigned_abs(),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    Ok(read()?)
}

/// The dangers that the town has 指定緊急避難場所 against, in the order of the law's list.
pub fn fled_from(open: &OpenTown) -> Result<Vec<Hazard>, Error> {
    let read = || -> Result<Vec<Hazard>, CacheError> {
        let mut statement = open
            .cache
            .connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM sites_at WHERE danger0 <= ?1 AND danger1 >= ?1)")?;
        let mut dangers = Vec::new();
        for (danger, _) in Hazard::ALL {
            if statement.query_row([danger_number(*danger)], |row| row.get(0))? {
                dangers.push(*danger);
            }
        }
        Ok(dangers)
    };
    Ok(read()?)
}

/// The Japanese name of a kind that every town's app knows.
fn name(code: &str) -> Option<&'static str> {
    PlaceKind::KNOWN.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// The number under which the content knows a kind, given by code or by its Japanese name.
pub(super) fn number(open: &OpenTown, kind: &str) -> Result<Option<i64>, CacheError> {
    let code = PlaceKind::KNOWN.iter().find(|(_, name)| *name == kind).map_or(kind, |(code, _)| code);
    let mut statement =
        open.cache.connection().prepare_cached("SELECT number FROM place_kinds WHERE code = ?1")?;
    Ok(statement.query_row([code], |row| row.get(0)).optional()?)
}
