use madoguchi_bundle::client::MemoryStore;
use madoguchi_model::TownCode;

use super::{Private, PrivateError, Result};

impl Private {
    /// All that is trusted of a town.
    pub fn trust(&self, town: &TownCode) -> Result<MemoryStore> {
        let mut statement =
            self.connection.prepare_cached("SELECT name, bytes FROM trust WHERE town = ?1 ORDER BY name")?;
        let rows = statement.query_map([town.as_str()], |row| Ok((row.get("name")?, row.get("bytes")?)))?;
        Ok(MemoryStore(rows.collect::<rusqlite::Result<_>>()?))
    }

    /// Puts `after` in the place of `before`, whole or not at all.
    ///
    /// When what is stored is no longer `before`, another sync went first: what it knows may be newer, so nothing is
    /// written.
    pub fn set_trust(&self, town: &TownCode, before: &MemoryStore, after: &MemoryStore) -> Result<()> {
        if before == after {
            return Ok(());
        }
        let writing = self.writing()?;
        if &self.trust(town)? != before {
            return Err(PrivateError::Busy);
        }
        for name in before.0.keys().filter(|name| !after.0.contains_key(*name)) {
            writing.execute("DELETE FROM trust WHERE town = ?1 AND name = ?2", (town.as_str(), name))?;
        }
        for (name, bytes) in after.0.iter().filter(|(name, bytes)| before.0.get(*name) != Some(bytes)) {
            writing.execute(
                "INSERT INTO trust (town, name, bytes) VALUES (?1, ?2, ?3)
                 ON CONFLICT (town, name) DO UPDATE SET bytes = excluded.bytes",
                (town.as_str(), name, bytes),
            )?;
        }
        Ok(writing.commit()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::towns::tests::joined;
    use super::*;
    use crate::edges::FolderHome;

    #[test]
    fn trust_is_replaced_whole_and_never_over_someone_elses() {
        let folder = tempfile::tempdir().unwrap();
        let private = Private::open(&FolderHome::new(folder.path())).unwrap();
        let town = joined("222127");
        private.add_town(&town, b"root").unwrap();
        let first = private.trust(&town.code).unwrap();
        assert_eq!(first.0.get("root.json").map(Vec::as_slice), Some(b"root".as_slice()));

        let mut next = first.clone();
        next.0.insert("timestamp.json".into(), b"1".to_vec());
        private.set_trust(&town.code, &first, &next).unwrap();
        assert_eq!(private.trust(&town.code).unwrap(), next);

        let mut late = first.clone();
        late.0.insert("timestamp.json".into(), b"0".to_vec());
        assert!(matches!(private.set_trust(&town.code, &first, &late), Err(PrivateError::Busy)));
        assert_eq!(private.trust(&town.code).unwrap(), next);

        private.set_trust(&town.code, &next, &first).unwrap();
        assert_eq!(private.trust(&town.code).unwrap(), first);
    }
}
