use madoguchi_model::TownCode;
use rusqlite::OptionalExtension;

use super::{Private, Result};

impl Private {
    /// The id of the district that the resident chose in a town.
    pub fn garbage_area(&self, town: &TownCode) -> Result<Option<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT area FROM garbage_areas WHERE town = ?1")?;
        Ok(statement.query_row([town.as_str()], |row| row.get("area")).optional()?)
    }

    /// Chooses a district, or none.
    pub fn set_garbage_area(&self, town: &TownCode, area: Option<&str>) -> Result<()> {
        match area {
            Some(area) => self.connection.execute(
                "INSERT INTO garbage_areas (town, area) VALUES (?1, ?2)
                 ON CONFLICT (town) DO UPDATE SET area = excluded.area",
                (town.as_str(), area),
            )?,
            None => self.connection.execute("DELETE FROM garbage_areas WHERE town = ?1", [town.as_str()])?,
        };
        Ok(())
    }
}
