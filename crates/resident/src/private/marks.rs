use madoguchi_model::TownCode;
use rusqlite::OptionalExtension;

use super::{Private, Result};

/// What the resident did with a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Read it.
    pub read: bool,
    /// Put it by.
    pub saved: bool,
}

impl Private {
    /// The mark on a notice.
    pub fn mark(&self, town: &TownCode, notice: &str) -> Result<Mark> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT read, saved FROM marks WHERE town = ?1 AND notice = ?2")?;
        let mark = statement.query_row((town.as_str(), notice), |row| {
            Ok(Mark { read: row.get("read")?, saved: row.get("saved")? })
        });
        Ok(mark.optional()?.unwrap_or_default())
    }

    /// Changes the mark on a notice, and tells the new one.
    pub fn change_mark(&self, town: &TownCode, notice: &str, change: impl FnOnce(&mut Mark)) -> Result<Mark> {
        let writing = self.writing()?;
        let mut mark = self.mark(town, notice)?;
        change(&mut mark);
        writing.execute(
            "INSERT INTO marks (town, notice, read, saved) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (town, notice) DO UPDATE SET read = excluded.read, saved = excluded.saved",
            (town.as_str(), notice, mark.read, mark.saved),
        )?;
        writing.commit()?;
        Ok(mark)
    }

    /// The notices that were read.
    pub fn read(&self, town: &TownCode) -> Result<Vec<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT notice FROM marks WHERE town = ?1 AND read = 1")?;
        let rows = statement.query_map([town.as_str()], |row| row.get("notice"))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The notices that were put by.
    pub fn saved(&self, town: &TownCode) -> Result<Vec<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT notice FROM marks WHERE town = ?1 AND saved = 1")?;
        let rows = statement.query_map([town.as_str()], |row| row.get("notice"))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
