//! `private.db`: what is the resident's own. One per phone. A damaged one is an explained state and is never
//! written over.

mod documents;
mod garbage;
mod household;
mod marks;
mod segments;
mod settings;
mod sync_state;
mod towns;
mod trust;

use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::edges::Home;

pub(crate) use household::Sealed;
pub use marks::Mark;
pub use sync_state::SyncState;
pub use towns::JoinedTown;
#[cfg(test)]
pub(crate) use towns::tests as testing;

/// The resident's own database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// It is no database any more.
    #[error("the resident's own database is damaged: {0}")]
    Damaged(rusqlite::Error),
    /// A newer version of the app wrote it.
    #[error("a newer version of this app wrote the resident's own database")]
    Newer,
    /// Anything else: no room, not allowed to write.
    #[error("the resident's own database: {0}")]
    Sql(rusqlite::Error),
    /// Another sync went first.
    #[error("another sync of this town ended at the same moment")]
    Busy,
}

impl PrivateError {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            PrivateError::Damaged(_) => "private-damaged",
            PrivateError::Newer => "private-newer",
            PrivateError::Sql(_) => "private",
            PrivateError::Busy => "busy",
        }
    }
}

impl From<rusqlite::Error> for PrivateError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => PrivateError::Damaged(error),
            _ => PrivateError::Sql(error),
        }
    }
}

impl From<rusqlite_migration::Error> for PrivateError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::MigrationDefinition(_) => PrivateError::Newer,
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => PrivateError::Sql(rusqlite::Error::ToSqlConversionFailure(Box::new(other))),
        }
    }
}

type Result<T> = std::result::Result<T, PrivateError>;

/// The resident's own database, open.
#[derive(Debug)]
pub struct Private {
    connection: Connection,
}

impl Private {
    /// Opens it, and brings an older one up to date.
    pub fn open(home: &dyn Home) -> Result<Self> {
        let mut connection = home.private()?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is replaced or deleted is overwritten.
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        // Where there is no write-ahead log (a browser), SQLite stays with what it has.
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        // Another process may be making the same tables at this moment: then the second try finds them.
        let migrations = migrations();
        migrations.to_latest(&mut connection).or_else(|_| migrations.to_latest(&mut connection))?;
        Ok(Private { connection })
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
mod tests {
    use super::*;
    use crate::edges::FolderHome;

    #[test]
    fn the_schema_is_sound() {
        migrations().validate().unwrap();
    }

    #[test]
    fn a_database_of_the_first_version_keeps_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let home = FolderHome::new(folder.path());
        Migrations::new(vec![M::up(include_str!("schema_1.sql"))])
            .to_latest(&mut home.private().unwrap())
            .unwrap();
        let old = "INSERT INTO towns (code, url, name, root_sha256, joined_at, in_use) VALUES ('222127', 'u', '', '', 0, 1)";
        home.private().unwrap().execute(old, []).unwrap();
        let private = Private::open(&home).unwrap();
        let town = private.towns().unwrap().remove(0).code;
        private.set_garbage_area(&town, Some("east")).unwrap();
        assert_eq!(private.garbage_area(&town).unwrap().as_deref(), Some("east"));
        private.set_settings(&[("theme", "dark".into())]).unwrap();
        assert_eq!(private.settings().unwrap()["theme"], "dark");
        private.remove_town(&town).unwrap();
        assert_eq!(private.garbage_area(&town).unwrap(), None);
    }

    #[test]
    fn a_damaged_database_is_explained_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("private.db");
        std::fs::write(&file, "not a database, but someone's years of notes ".repeat(100)).unwrap();
        let before = std::fs::read(&file).unwrap();
        let error = Private::open(&FolderHome::new(folder.path())).unwrap_err();
        assert_eq!(error.code(), "private-damaged");
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[test]
    fn a_newer_database_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let home = FolderHome::new(folder.path());
        drop(Private::open(&home).unwrap());
        home.private().unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert_eq!(Private::open(&home).unwrap_err().code(), "private-newer");
    }
}
