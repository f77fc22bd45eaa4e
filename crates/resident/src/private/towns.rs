use jiff::Timestamp;
use madoguchi_model::TownCode;
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;

use super::{Private, Result};

/// A town that the resident has joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinedTown {
    /// Its code.
    pub code: TownCode,
    /// Its name; empty until its content came for the first time.
    pub name: String,
    /// Where its bundle lies, with `/` at the end.
    pub url: String,
    /// SHA-256 of the root that was handed over when joining.
    #[serde(skip)]
    pub root_sha256: String,
    /// When it was joined.
    pub joined_at: Timestamp,
    /// Is it the one that commands mean when they name none?
    pub in_use: bool,
}

const COLUMNS: &str = "SELECT code, url, name, root_sha256, joined_at, in_use FROM towns";

impl Private {
    /// The towns that were joined, in order of joining.
    pub fn towns(&self) -> Result<Vec<JoinedTown>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} ORDER BY joined_at, code"))?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One of them.
    pub fn town(&self, code: &TownCode) -> Result<Option<JoinedTown>> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} WHERE code = ?1"))?;
        Ok(statement.query_row([code.as_str()], read).optional()?)
    }

    /// Adds a town with the root that it is trusted by. The first one is in use.
    pub fn add_town(&self, town: &JoinedTown, root: &[u8]) -> Result<()> {
        let writing = self.writing()?;
        writing.execute(
            "INSERT INTO towns (code, url, name, root_sha256, joined_at, in_use)
             VALUES (?1, ?2, ?3, ?4, ?5, NOT EXISTS (SELECT 1 FROM towns WHERE in_use = 1))",
            (town.code.as_str(), &town.url, &town.name, &town.root_sha256, town.joined_at.as_second()),
        )?;
        writing.execute(
            "INSERT INTO trust (town, name, bytes) VALUES (?1, 'root.json', ?2)",
            (town.code.as_str(), root),
        )?;
        Ok(writing.commit()?)
    }

    /// The town's bundle lies elsewhere now.
    pub fn set_town_url(&self, code: &TownCode, url: &str) -> Result<()> {
        self.connection.execute("UPDATE towns SET url = ?2 WHERE code = ?1", (code.as_str(), url))?;
        Ok(())
    }

    /// What the town calls itself.
    pub fn set_town_name(&self, code: &TownCode, name: &str) -> Result<()> {
        self.connection
            .execute("UPDATE towns SET name = ?2 WHERE code = ?1 AND name <> ?2", (code.as_str(), name))?;
        Ok(())
    }

    /// Makes a town the one in use. Tells whether it is joined.
    pub fn use_town(&self, code: &TownCode) -> Result<bool> {
        let writing = self.writing()?;
        writing.execute("UPDATE towns SET in_use = 0 WHERE code <> ?1", [code.as_str()])?;
        if writing.execute("UPDATE towns SET in_use = 1 WHERE code = ?1", [code.as_str()])? == 0 {
            return Ok(false);
        }
        writing.commit()?;
        Ok(true)
    }

    /// Forgets a town with its trust, marks and choices. Tells whether it was joined.
    pub fn remove_town(&self, code: &TownCode) -> Result<bool> {
        Ok(self.connection.execute("DELETE FROM towns WHERE code = ?1", [code.as_str()])? > 0)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<JoinedTown> {
    let code: String = row.get("code")?;
    Ok(JoinedTown {
        code: code.parse().map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?,
        url: row.get("url")?,
        name: row.get("name")?,
        root_sha256: row.get("root_sha256")?,
        joined_at: Timestamp::from_second(row.get("joined_at")?).unwrap_or_default(),
        in_use: row.get("in_use")?,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::edges::FolderHome;

    pub(crate) fn joined(code: &str) -> JoinedTown {
        JoinedTown {
            code: code.parse().unwrap(),
            name: String::new(),
            url: format!("https://example.jp/{code}/"),
            root_sha256: "r".into(),
            joined_at: Timestamp::UNIX_EPOCH,
            in_use: false,
        }
    }

    #[test]
    fn the_first_town_is_in_use_until_another_is_chosen() {
        let folder = tempfile::tempdir().unwrap();
        let private = Private::open(&FolderHome::new(folder.path())).unwrap();
        let (yaizu, inzai) = (joined("222127"), joined("122319"));
        private.add_town(&yaizu, b"root").unwrap();
        private.add_town(&inzai, b"root").unwrap();
        let in_use = || -> Vec<bool> {
            [&yaizu, &inzai].map(|t| private.town(&t.code).unwrap().unwrap().in_use).to_vec()
        };
        assert_eq!(in_use(), [true, false]);
        assert!(private.use_town(&inzai.code).unwrap());
        assert_eq!(in_use(), [false, true]);
        assert!(!private.use_town(&"131016".parse().unwrap()).unwrap());
        assert_eq!(in_use(), [false, true]);
        assert!(private.remove_town(&inzai.code).unwrap());
        assert_eq!(private.towns().unwrap().len(), 1);
    }
}
