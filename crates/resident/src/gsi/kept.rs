use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use rusqlite_migration::{M, Migrations};

use super::GsiTile;
use crate::cache::CacheError;
use crate::edges::Home;

type Result<T> = std::result::Result<T, CacheError>;

/// Bytes of a row and of its place in the index, about.
const ROW: usize = 64;

/// `gsi.db`: the tiles that came. It can be thrown away at any time, and nothing waits for it: who cannot read or write it
/// goes on without.
pub(super) struct Kept {
    connection: Connection,
}

impl Kept {
    /// Opens it, making it when it is not there. A damaged one is removed, and an empty one takes its place.
    pub(super) fn open(home: &dyn Home) -> Result<Self> {
        match Self::try_open(home) {
            Err(error) if error.is_damage() && home.remove_gsi().is_ok() => Self::try_open(home),
            other => other,
        }
    }

    fn try_open(home: &dyn Home) -> Result<Self> {
        let mut connection = home.gsi()?;
        connection.busy_timeout(Duration::from_secs(2))?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "normal")?;
        connection.pragma_update_and_check(None, "journal_size_limit", 1 << 20, |_| Ok(()))?;
        // Another phone's thread may be making the same table at this moment: then the second try finds it.
        let migrations = Migrations::new(vec![M::up(include_str!("schema_1.sql"))]);
        match migrations.to_latest(&mut connection).or_else(|_| migrations.to_latest(&mut connection)) {
            Ok(()) => Ok(Kept { connection }),
            Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(err.into()),
            Err(other) => Err(CacheError::Sql(rusqlite::Error::ToSqlConversionFailure(Box::new(other)))),
        }
    }

    /// A tile, and when it came.
    pub(super) fn find(&self, GsiTile { z, x, y }: GsiTile) -> Result<Option<(Timestamp, Vec<u8>)>> {
        let sql = "SELECT fetched_at, png FROM tiles WHERE z = ?1 AND x = ?2 AND y = ?3";
        let found: Option<(i64, Vec<u8>)> = self
            .connection
            .query_row(sql, (z, x, y), |row| Ok((row.get("fetched_at")?, row.get("png")?)))
            .optional()?;
        Ok(found.and_then(|(at, png)| Some((Timestamp::from_second(at).ok()?, png))))
    }

    /// Keeps a tile. Where there is more than `room` bytes, the oldest go.
    pub(super) fn keep(
        &self,
        GsiTile { z, x, y }: GsiTile,
        at: Timestamp,
        png: &[u8],
        room: u64,
    ) -> Result<()> {
        // Its row takes room as well.
        let length = i64::try_from(png.len() + ROW).unwrap_or(i64::MAX);
        let writing = self.connection.unchecked_transaction()?;
        writing.execute(
            "INSERT INTO tiles (z, x, y, fetched_at, bytes, png) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (z, x, y) DO UPDATE
             SET fetched_at = excluded.fetched_at, bytes = excluded.bytes, png = excluded.png",
            (z, x, y, at.as_second(), length, png),
        )?;
        writing.execute(
            "DELETE FROM tiles WHERE rowid IN (SELECT rowid FROM
                 (SELECT rowid, SUM(bytes) OVER (ORDER BY fetched_at DESC, rowid DESC) AS upto FROM tiles)
                 WHERE upto > ?1)",
            [i64::try_from(room).unwrap_or(i64::MAX)],
        )?;
        Ok(writing.commit()?)
    }

    /// The size of the database.
    pub(super) fn bytes(&self) -> Result<u64> {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        Ok(self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}
