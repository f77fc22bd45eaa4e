//! `cache.db`: a town's public content. It can be thrown away and fetched again at any time.

mod apply;
mod downloads;
mod facts;
mod notices;
mod order;
mod packs;
mod places;
mod programs;
mod records;

use std::time::Duration;

use madoguchi_model::TownCode;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::edges::Home;

pub use apply::{Applied, ApplyError, Change, Incoming};
pub use facts::Facts;
pub use packs::{NewPack, PackPages, StoredPack};
pub(crate) use places::{danger_number, place_of_site};

/// A town's content cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// It is damaged. It has been moved aside or will be, and comes anew with the next sync.
    #[error("the town's content on this device is damaged: {0}")]
    Damaged(rusqlite::Error),
    /// There is no room for what was to be written. What was there before is still there.
    #[error("no room for the town's content on this device: {0}")]
    Full(rusqlite::Error),
    /// Anything else: not allowed to write, a disk that fails.
    #[error("the town's content on this device: {0}")]
    Sql(rusqlite::Error),
    /// A record that was stored can no longer be read.
    #[error("a stored record cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    /// Another sync went first.
    #[error("another sync of this town ended at the same moment")]
    Busy,
}

impl CacheError {
    /// A file that could not be moved or removed.
    pub(crate) fn io(error: std::io::Error) -> Self {
        CacheError::Sql(rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }

    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            CacheError::Damaged(_) | CacheError::Record(_) => "cache-damaged",
            CacheError::Full(_) => "no-room",
            CacheError::Sql(_) => "cache",
            CacheError::Busy => "busy",
        }
    }

    /// Is there nothing left but to fetch everything anew?
    pub fn is_damage(&self) -> bool {
        matches!(self, CacheError::Damaged(_) | CacheError::Record(_))
    }
}

impl From<rusqlite::Error> for CacheError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => CacheError::Damaged(error),
            Some(ErrorCode::DiskFull) => CacheError::Full(error),
            _ => CacheError::Sql(error),
        }
    }
}

type Result<T> = std::result::Result<T, CacheError>;

/// A town's content, open.
#[derive(Debug)]
pub struct Cache {
    connection: Connection,
}

impl Cache {
    /// Opens a town's content. What cannot be opened is moved aside, and an empty one takes its place.
    pub fn open(home: &dyn Home, town: &TownCode) -> Result<Self> {
        match Self::try_open(home, town) {
            Err(e) if e.is_damage() => {
                home.set_cache_aside(town).map_err(CacheError::io)?;
                Self::try_open(home, town)
            }
            other => other,
        }
    }

    fn try_open(home: &dyn Home, town: &TownCode) -> Result<Self> {
        let mut connection = home.cache(town)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // A notice with its text fills more than one page of the usual size.
        connection.pragma_update(None, "page_size", 8192)?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        // A lost second of downloads costs a request, not a resident's word.
        connection.pragma_update(None, "synchronous", "normal")?;
        // The log of a large pack is not left lying there.
        connection.pragma_update_and_check(None, "journal_size_limit", 1 << 20, |_| Ok(()))?;
        connection.set_prepared_statement_cache_capacity(64);
        // Another process may be making the same tables at this moment: then the second try finds them.
        let migrations = migrations();
        match migrations.to_latest(&mut connection).or_else(|_| migrations.to_latest(&mut connection)) {
            Ok(()) => Ok(Cache { connection }),
            Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(match err {
                // Tables of another make: as good as damaged.
                rusqlite::Error::SqlInputError { .. } => CacheError::Damaged(err),
                other => other.into(),
            }),
            // Written by a newer app: what is in it can be fetched again, so it need not be understood.
            Err(other) => Err(CacheError::Damaged(rusqlite::Error::ToSqlConversionFailure(Box::new(other)))),
        }
    }

    /// The database itself, for reading.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The size of the database.
    pub fn bytes(&self) -> Result<u64> {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        Ok(self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    fn writing(&self) -> Result<Transaction<'_>> {
        Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?)
    }
}

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![
        M::up(include_str!("schema_1.sql")),
        M::up(include_str!("schema_2.sql")),
        M::up(include_str!("schema_3.sql")),
        M::up(include_str!("schema_4.sql")),
    ])
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::edges::FolderHome;

    pub(crate) use super::apply::tests::{open_with, swap_in};

    pub(crate) fn town() -> TownCode {
        "222127".parse().unwrap()
    }

    /// A cache in a folder that lives as long as the test.
    pub(crate) fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&FolderHome::new(folder.path()), &town()).unwrap();
        (folder, cache)
    }

    #[test]
    fn the_schema_is_sound() {
        migrations().validate().unwrap();
    }

    #[test]
    fn a_cache_that_is_no_database_or_of_another_version_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let home = FolderHome::new(folder.path());
        let file = folder.path().join("towns/222127/cache.db");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();

        std::fs::write(&file, "<html>".repeat(1000)).unwrap();
        assert_eq!(Cache::open(&home, &town()).unwrap().facts().unwrap().generation, 0);
        assert!(file.with_extension("db.damaged").exists());

        home.cache(&town()).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert_eq!(Cache::open(&home, &town()).unwrap().facts().unwrap().generation, 0);

        home.cache(&town()).unwrap().pragma_update(None, "user_version", 0).unwrap();
        assert_eq!(Cache::open(&home, &town()).unwrap().facts().unwrap().generation, 0);
    }

    #[test]
    fn content_of_the_first_schema_stays_and_gets_room_for_programs_and_packs() {
        let folder = tempfile::tempdir().unwrap();
        let home = FolderHome::new(folder.path());
        let mut old = home.cache(&town()).unwrap();
        Migrations::new(vec![M::up(include_str!("schema_1.sql"))]).to_latest(&mut old).unwrap();
        old.execute("UPDATE facts SET generation = 7", []).unwrap();
        drop(old);
        let cache = Cache::open(&home, &town()).unwrap();
        assert_eq!(cache.facts().unwrap().generation, 7);
        assert_eq!(cache.connection.query_row("SELECT count(*) FROM programs", [], |row| row.get(0)), Ok(0));
        assert!(cache.packs().unwrap().is_empty());
    }

    #[test]
    fn sites_of_the_third_schema_are_found_by_danger() {
        let folder = tempfile::tempdir().unwrap();
        let home = FolderHome::new(folder.path());
        let mut old = home.cache(&town()).unwrap();
        migrations().to_version(&mut old, 3).unwrap();
        old.execute_batch("INSERT INTO place_kinds VALUES (5, 'shelter'), (6, 'emergency-site')").unwrap();
        let put = |number: i64, kind: i64, lat: Option<f64>, valid_for: serde_json::Value| {
            let line = serde_json::json!({"valid_for": valid_for}).to_string();
            let row = (number, kind, lat, line);
            old.execute("INSERT INTO places VALUES (?1, 'p', ?1, ?2, ?3, ?3, ?4, '')", row).unwrap();
        };
        let all: Vec<_> = madoguchi_model::Hazard::ALL.iter().map(|(danger, _)| danger).collect();
        put(1, 6, Some(34.8), serde_json::json!(all));
        put(2, 6, Some(34.9), serde_json::json!(["fire", "fire", "meteor"]));
        put(3, 5, Some(34.9), serde_json::json!(["fire"]));
        put(4, 6, None, serde_json::json!(["fire"]));
        drop(old);
        let cache = Cache::open(&home, &town()).unwrap();
        let mut stored = cache.connection.prepare("SELECT number, danger0 FROM sites_at").unwrap();
        let mut stored: Vec<(i64, f64)> = stored
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(|row| row.unwrap())
            .collect();
        stored.sort_by_key(|(number, _)| *number);
        // As new places are stored: numbers and all.
        let mut expected: Vec<(i64, f64)> =
            all.iter().map(|danger| (8 + danger_number(**danger), danger_number(**danger) as f64)).collect();
        expected.push((16 + danger_number(madoguchi_model::Hazard::Fire), 5.0));
        assert_eq!(stored, expected);
        assert!(stored.iter().all(|(site, _)| [1, 2].contains(&place_of_site(*site))));
    }
}
