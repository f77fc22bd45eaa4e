use std::collections::BTreeMap;
use std::io;

use madoguchi_hazard::{ReadError, Source};
use rusqlite::{Connection, OptionalExtension};

use super::{Cache, Result};

/// Bytes of a page: what is read at once, and what a pack's own checksums are over.
const PAGE: usize = 16 * 1024;

/// A pack that is to take the place of what is stored of it.
#[derive(Debug)]
pub struct NewPack<'a> {
    /// Its target path.
    pub path: &'a str,
    /// The hash of its bytes.
    pub raw_sha256: &'a str,
    /// Its bytes.
    pub raw: &'a [u8],
    /// The record that refers to it, as JSON.
    pub line: &'a str,
    /// The source that the record names, as JSON.
    pub source: &'a str,
}

/// A pack that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPack {
    number: i64,
    /// Its target path.
    pub path: String,
    /// The hash of its bytes.
    pub raw_sha256: String,
    /// How many there are.
    pub bytes: u64,
    /// The record that came with it, as JSON.
    pub line: String,
    /// The source that the record names, as JSON.
    pub source: String,
}

impl Cache {
    /// Every pack, by its path.
    pub fn packs(&self) -> Result<BTreeMap<String, StoredPack>> {
        let sql = "SELECT number, path, raw_sha256, raw_length, line, source FROM packs";
        let mut statement = self.connection.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(StoredPack {
                number: row.get("number")?,
                path: row.get("path")?,
                raw_sha256: row.get("raw_sha256")?,
                bytes: row.get::<_, i64>("raw_length")?.unsigned_abs(),
                line: row.get("line")?,
                source: row.get("source")?,
            })
        };
        let packs = statement.query_map([], read)?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(packs.into_iter().map(|pack| (pack.path.clone(), pack)).collect())
    }

    /// Stores a pack in the place of the one that is there, whole or not at all; its downloads have done their work.
    pub fn keep_pack(&self, new: &NewPack<'_>, downloads: &[&str]) -> Result<()> {
        let writing = self.writing()?;
        remove(&writing, new.path)?;
        writing.execute(
            "INSERT INTO packs (path, raw_sha256, raw_length, line, source) VALUES (?1, ?2, ?3, ?4, ?5)",
            (new.path, new.raw_sha256, new.raw.len() as i64, new.line, new.source),
        )?;
        let first = place(writing.last_insert_rowid(), 0);
        let mut put = writing.prepare_cached("INSERT INTO pack_pages (place, bytes) VALUES (?1, ?2)")?;
        for (place, page) in (first..).zip(new.raw.chunks(PAGE)) {
            put.execute((place, page))?;
        }
        drop(put);
        for sha256 in downloads {
            writing.execute("DELETE FROM downloads WHERE sha256 = ?1", [sha256])?;
        }
        Ok(writing.commit()?)
    }

    /// The record that is signed with a pack may change while its bytes stay: a name, a licence.
    pub fn renew_pack_line(&self, path: &str, line: &str, source: &str) -> Result<()> {
        let sql = "UPDATE packs SET line = ?2, source = ?3 WHERE path = ?1 AND (line, source) != (?2, ?3)";
        self.connection.execute(sql, (path, line, source))?;
        Ok(())
    }

    /// A pack's bytes, read a page at a time.
    pub fn read_pack(&self, pack: &StoredPack) -> PackPages<'_> {
        PackPages { connection: &self.connection, number: pack.number, length: pack.bytes }
    }

    /// A pack's bytes, all of them: what a patch is applied to.
    pub fn whole_pack(&self, pack: &StoredPack) -> Result<Vec<u8>> {
        let sql = "SELECT bytes FROM pack_pages WHERE place BETWEEN ?1 AND ?2 ORDER BY place";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((place(pack.number, 0), place(pack.number + 1, 0) - 1))?;
        let mut whole = Vec::new();
        while let Some(row) = rows.next()? {
            whole.extend_from_slice(row.get_ref("bytes")?.as_blob().unwrap_or_default());
        }
        Ok(whole)
    }

    /// Forgets a pack that cannot be read, so that it is fetched anew.
    pub fn drop_pack(&self, path: &str) -> Result<()> {
        let writing = self.writing()?;
        remove(&writing, path)?;
        Ok(writing.commit()?)
    }

    /// Forgets every pack; the room that they took is free for the next ones.
    pub fn remove_packs(&self) -> Result<()> {
        let writing = self.writing()?;
        writing.execute_batch("DELETE FROM packs; DELETE FROM pack_pages")?;
        Ok(writing.commit()?)
    }
}

/// Forgets the packs that the town no longer has.
pub(super) fn keep_listed(connection: &Connection, listed: &str) -> Result<()> {
    let sql = "SELECT path FROM packs WHERE path NOT IN (SELECT key FROM json_each(?1))";
    let mut statement = connection.prepare_cached(sql)?;
    let gone = statement.query_map([listed], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    gone.iter().try_for_each(|path| remove(connection, path))
}

fn remove(connection: &Connection, path: &str) -> Result<()> {
    let sql = "DELETE FROM packs WHERE path = ?1 RETURNING number";
    let number: Option<i64> = connection.query_row(sql, [path], |row| row.get(0)).optional()?;
    if let Some(number) = number {
        let sql = "DELETE FROM pack_pages WHERE place BETWEEN ?1 AND ?2";
        connection.execute(sql, (place(number, 0), place(number + 1, 0) - 1))?;
    }
    Ok(())
}

fn place(pack: i64, page: i64) -> i64 {
    (pack << 20) + page
}

/// The bytes of a stored pack.
#[derive(Debug)]
pub struct PackPages<'c> {
    connection: &'c Connection,
    number: i64,
    length: u64,
}

impl Source for PackPages<'_> {
    fn len(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> std::result::Result<(), ReadError> {
        let end = offset.saturating_add(into.len() as u64);
        if end > self.length {
            return Err(ReadError::Ends(end));
        }
        let sql = |error: rusqlite::Error| ReadError::Io(io::Error::other(error));
        let mut pages =
            self.connection.prepare_cached("SELECT bytes FROM pack_pages WHERE place = ?1").map_err(sql)?;
        let (mut page, mut from) = ((offset / PAGE as u64).cast_signed(), (offset % PAGE as u64) as usize);
        let mut rest = into;
        while !rest.is_empty() {
            let mut rows = pages.query([place(self.number, page)]).map_err(sql)?;
            let row = rows.next().map_err(sql)?.ok_or(ReadError::Ends(end))?;
            let bytes = row.get_ref(0).map_err(sql)?.as_blob().unwrap_or_default();
            let here = bytes.get(from..).filter(|here| !here.is_empty()).ok_or(ReadError::Ends(end))?;
            let (now, later) = rest.split_at_mut(here.len().min(rest.len()));
            now.iter_mut().zip(here).for_each(|(to, byte)| *to = *byte);
            (rest, page, from) = (later, page + 1, 0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cache;
    use super::*;

    fn new<'a>(path: &'a str, raw: &'a [u8]) -> NewPack<'a> {
        NewPack { path, raw_sha256: "x", raw, line: "{}", source: "{}" }
    }

    #[test]
    fn a_pack_reads_back_at_any_place_and_goes_whole() {
        let (_folder, cache) = cache();
        let raw: Vec<u8> = (0..50_000u32).map(|i| (i * 7 % 251) as u8).collect();
        cache.keep_pack(&new("packs/a/one.zst", b"old"), &[]).unwrap();
        cache.add_to_download("d", 0, b"x").unwrap();
        cache.keep_pack(&new("packs/a/one.zst", &raw), &["d"]).unwrap();
        cache.keep_pack(&new("packs/a/two.zst", b"second"), &[]).unwrap();
        assert_eq!(cache.download_length("d").unwrap(), 0);
        let packs = cache.packs().unwrap();
        let one = &packs["packs/a/one.zst"];
        assert_eq!(cache.whole_pack(one).unwrap(), raw);
        let pages = cache.read_pack(one);
        for (from, length) in [(0, 1), (16_383, 2), (16_384, 16_384), (49_999, 1), (0, 50_000), (50_000, 0)] {
            let mut into = vec![0; length];
            pages.read_at(from as u64, &mut into).unwrap();
            assert_eq!(into, raw[from..from + length], "{from} {length}");
        }
        assert!(pages.read_at(49_999, &mut [0; 2]).is_err());
        assert!(pages.read_at(u64::MAX, &mut [0; 2]).is_err());

        let writing = cache.writing().unwrap();
        keep_listed(&writing, r#"{"packs/a/two.zst": "h"}"#).unwrap();
        writing.commit().unwrap();
        assert_eq!(cache.packs().unwrap().keys().collect::<Vec<_>>(), ["packs/a/two.zst"]);
        let left: i64 =
            cache.connection.query_row("SELECT count(*) FROM pack_pages", [], |r| r.get(0)).unwrap();
        assert_eq!(left, 1);
    }

    #[test]
    fn a_page_that_is_gone_is_an_error_and_no_zeros() {
        let (_folder, cache) = cache();
        cache.keep_pack(&new("packs/a/one.zst", &[1; 40_000]), &[]).unwrap();
        let packs = cache.packs().unwrap();
        let pack = &packs["packs/a/one.zst"];
        cache.connection.execute("DELETE FROM pack_pages WHERE place = ?1", [place(pack.number, 1)]).unwrap();
        assert!(cache.read_pack(pack).read_at(0, &mut [0; 100]).is_ok());
        assert!(cache.read_pack(pack).read_at(16_300, &mut [0; 100]).is_err());
    }
}
