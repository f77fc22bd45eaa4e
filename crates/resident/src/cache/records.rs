use madoguchi_model::CollectionKind;
use rusqlite::Connection;
use serde::de::DeserializeOwned;

use super::apply::Changed;
use super::{Cache, Result};

/// Stores new and changed records as they are.
pub(super) fn put(
    connection: &Connection,
    path: &str,
    kind: CollectionKind,
    changed: &[Changed<'_>],
) -> Result<u64> {
    for record in changed {
        connection
            .prepare_cached(
                "INSERT INTO records (path, id, kind, line) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (path, id) DO UPDATE SET line = excluded.line",
            )?
            .execute((path, &record.id, kind.name(), record.line))?;
    }
    Ok(0)
}

pub(super) fn remove(connection: &Connection, path: &str, id: &str) -> Result<()> {
    connection.prepare_cached("DELETE FROM records WHERE path = ?1 AND id = ?2")?.execute((path, id))?;
    Ok(())
}

impl Cache {
    /// Every record of a kind that this version can read, by path and id. A newer town's records of a shape unknown
    /// here are left out.
    pub fn records<T: DeserializeOwned>(&self, kind: CollectionKind) -> Result<Vec<T>> {
        let mut statement =
            self.connection.prepare_cached("SELECT line FROM records WHERE kind = ?1 ORDER BY path, id")?;
        let mut rows = statement.query([kind.name()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let line = row.get_ref("line")?.as_str().unwrap_or_default();
            records.extend(serde_json::from_str(line));
        }
        Ok(records)
    }

    /// The same, each with the path of its collection.
    pub fn records_by_path<T: DeserializeOwned>(&self, kind: CollectionKind) -> Result<Vec<(String, T)>> {
        let sql = "SELECT path, line FROM records WHERE kind = ?1 ORDER BY path, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kind.name()])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let line = row.get_ref("line")?.as_str().unwrap_or_default();
            if let Ok(record) = serde_json::from_str(line) {
                records.push((row.get("path")?, record));
            }
        }
        Ok(records)
    }
}
