use std::collections::BTreeMap;

use super::{Private, Result};

impl Private {
    /// What the resident has set, by name.
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        let mut statement = self.connection.prepare_cached("SELECT name, value FROM settings")?;
        let rows = statement.query_map([], |row| Ok((row.get("name")?, row.get("value")?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Sets these, and leaves the others as they are.
    pub fn set_settings(&self, settings: &[(&str, String)]) -> Result<()> {
        let writing = self.writing()?;
        for (name, value) in settings {
            writing.execute(
                "INSERT INTO settings (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, value),
            )?;
        }
        Ok(writing.commit()?)
    }

    /// The size of the database.
    pub fn bytes(&self) -> Result<u64> {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        Ok(self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}
