use madoguchi_model::{Segment, TownCode};

use super::{Private, Result};

impl Private {
    /// The segments chosen for a town; none chosen means all are shown.
    pub fn segments(&self, town: &TownCode) -> Result<Vec<Segment>> {
        let mut statement = self.connection.prepare_cached("SELECT code FROM segments WHERE town = ?1")?;
        let rows = statement.query_map([town.as_str()], |row| row.get::<_, String>("code"))?;
        let codes = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Segment::ALL.iter().copied().filter(|s| codes.iter().any(|c| c == s.code())).collect())
    }

    /// Chooses.
    pub fn set_segments(&self, town: &TownCode, chosen: &[Segment]) -> Result<()> {
        let writing = self.writing()?;
        writing.execute("DELETE FROM segments WHERE town = ?1", [town.as_str()])?;
        for segment in chosen {
            writing.execute(
                "INSERT INTO segments (town, code) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                (town.as_str(), segment.code()),
            )?;
        }
        Ok(writing.commit()?)
    }
}
