use super::{Cache, Result};

/// Downloads that were cut off go on where they ended, also after the phone died.
impl Cache {
    /// How many bytes there are of a file, from its beginning.
    pub fn download_length(&self, sha256: &str) -> Result<u64> {
        let sql = "SELECT ifnull(sum(octet_length(bytes)), 0) FROM downloads WHERE sha256 = ?1";
        let length: i64 = self.connection.prepare_cached(sql)?.query_row([sha256], |row| row.get(0))?;
        Ok(length.unsigned_abs())
    }

    /// What there is of a file.
    pub fn download(&self, sha256: &str) -> Result<Vec<u8>> {
        let sql = "SELECT bytes FROM downloads WHERE sha256 = ?1 ORDER BY start";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([sha256])?;
        let mut whole = Vec::new();
        while let Some(row) = rows.next()? {
            whole.extend_from_slice(row.get_ref(0)?.as_blob().unwrap_or_default());
        }
        Ok(whole)
    }

    /// Adds a piece that begins where the last one ended.
    pub fn add_to_download(&self, sha256: &str, start: u64, bytes: &[u8]) -> Result<()> {
        let sql = "INSERT INTO downloads (sha256, start, bytes) VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute((sha256, start.cast_signed(), bytes))?;
        Ok(())
    }

    /// Begins anew.
    pub fn drop_download(&self, sha256: &str) -> Result<()> {
        self.connection.execute("DELETE FROM downloads WHERE sha256 = ?1", [sha256])?;
        Ok(())
    }

    /// Forgets what was begun and is wanted no more.
    pub fn keep_downloads(&self, wanted: &[String]) -> Result<()> {
        let wanted = serde_json::to_string(wanted)?;
        self.connection.execute(
            "DELETE FROM downloads WHERE sha256 NOT IN (SELECT value FROM json_each(?1))",
            [wanted],
        )?;
        Ok(())
    }

    /// An attachment that was fetched before.
    pub fn attachment(&self, path: &str, sha256: &str) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT bytes FROM attachments WHERE path = ?1 AND sha256 = ?2";
        let bytes = self.connection.query_row(sql, (path, sha256), |row| row.get(0));
        Ok(rusqlite::OptionalExtension::optional(bytes)?)
    }

    /// Keeps an attachment; its download is done.
    pub fn keep_attachment(&self, path: &str, sha256: &str, bytes: &[u8]) -> Result<()> {
        let writing = self.writing()?;
        writing.execute(
            "INSERT INTO attachments (path, sha256, bytes) VALUES (?1, ?2, ?3)
             ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes",
            (path, sha256, bytes),
        )?;
        writing.execute("DELETE FROM downloads WHERE sha256 = ?1", [sha256])?;
        Ok(writing.commit()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cache;

    #[test]
    fn pieces_are_put_together_and_what_is_not_wanted_goes() {
        let (_folder, cache) = cache();
        cache.add_to_download("a", 0, b"abc").unwrap();
        cache.add_to_download("a", 3, b"de").unwrap();
        cache.add_to_download("b", 0, b"x").unwrap();
        assert_eq!(
            (cache.download_length("a").unwrap(), cache.download("a").unwrap()),
            (5, b"abcde".to_vec())
        );
        cache.keep_downloads(&["a".into()]).unwrap();
        assert_eq!(cache.download_length("b").unwrap(), 0);
        cache.keep_attachment("files/a", "a", b"abcde").unwrap();
        assert_eq!(cache.download_length("a").unwrap(), 0);
        assert_eq!(cache.attachment("files/a", "a").unwrap().as_deref(), Some(b"abcde".as_slice()));
        assert_eq!(cache.attachment("files/a", "other").unwrap(), None);
    }
}
