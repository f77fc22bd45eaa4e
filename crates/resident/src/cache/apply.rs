use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use madoguchi_bundle::collection::{self, Collection, CollectionError};
use madoguchi_model::{CollectionKind, Town, TownCode};
use rusqlite::Connection;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Cache, CacheError, Facts, Result, facts, notices, packs, places, programs, records};

/// Why a verified collection is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// It cannot be read, or is another town's.
    #[error("{path}: {error}")]
    Collection {
        /// Its path.
        path: String,
        /// Why.
        error: CollectionError,
    },
    /// It says that it is another one than its path does.
    #[error("{0}: not the collection that its path says")]
    Mixed(String),
}

impl ApplyError {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            ApplyError::Mixed(_) => "mixed",
            ApplyError::Collection { error, .. } => match error {
                CollectionError::OtherTown { .. } => "other-town",
                CollectionError::Format { .. } => "newer-format",
                CollectionError::TooLarge => "too-large",
                CollectionError::Encoding | CollectionError::Header(_) => "format",
            },
        }
    }
}

/// A verified collection that is to take the place of what is stored of it.
#[derive(Debug)]
pub struct Incoming<'a> {
    path: &'a str,
    kind: CollectionKind,
    raw: &'a [u8],
    raw_sha256: &'a str,
    packed: &'a [u8],
    content: Collection<'a>,
}

impl<'a> Incoming<'a> {
    /// Reads a verified collection: it must be `town`'s, and the one that its path says.
    pub fn read(
        town: &TownCode,
        path: &'a str,
        raw_sha256: &'a str,
        raw: &'a [u8],
        packed: &'a [u8],
    ) -> std::result::Result<Self, ApplyError> {
        let mixed = || ApplyError::Mixed(path.into());
        let refused = |error| ApplyError::Collection { path: path.into(), error };
        let (kind, department) = CollectionKind::of_target_path(path).ok_or_else(mixed)?;
        let content = collection::read(raw, town).map_err(refused)?;
        if content.header.collection != kind || content.header.department != department {
            return Err(mixed());
        }
        if kind == CollectionKind::Town {
            // The header is the publisher's, this is what a resident would read as the town's name.
            let code = |line: &&str| serde_json::from_str::<Town>(line).ok().map(|town| town.code);
            if let Some(found) = content.lines.iter().filter_map(code).find(|code| code != town) {
                return Err(refused(CollectionError::OtherTown { found, expected: town.clone() }));
            }
        }
        Ok(Incoming { path, kind, raw, raw_sha256, packed, content })
    }
}

/// One swap: from one whole state of a town to the next.
#[derive(Debug)]
pub struct Change<'a> {
    /// The collections that changed.
    pub incoming: &'a [Incoming<'a>],
    /// Every file that the town has now, with its hash. What is stored of others goes.
    pub listed: &'a BTreeMap<String, String>,
    /// The facts that hold afterwards; `generation` is still the one that the sync began with.
    pub facts: Facts,
    /// When it is done.
    pub now: Timestamp,
}

/// What a swap did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records added, changed or gone, by collection.
    pub changed: BTreeMap<CollectionKind, u64>,
    /// Records that this version cannot read. The others are there all the same.
    pub skipped: u64,
}

/// A record that is new or not what it was.
pub(super) struct Changed<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) line: &'a str,
    pub(super) before: Option<String>,
}

/// Stores records that keep their number when they change. Tells how many could not be read.
pub(super) fn put_numbered<T: DeserializeOwned>(
    connection: &Connection,
    path: &str,
    changed: &[Changed<'_>],
    remove: impl Fn(&Connection, &str, &str) -> Result<Option<i64>>,
    insert: impl Fn(&Connection, &str, &Changed<'_>, &T, Option<i64>) -> Result<()>,
) -> Result<u64> {
    let mut unread = 0;
    for record in changed {
        let number = match &record.before {
            Some(_) => remove(connection, path, &record.id)?,
            None => None,
        };
        match serde_json::from_str::<T>(record.line) {
            Ok(read) => insert(connection, path, record, &read, number)?,
            Err(_) => unread += 1,
        }
    }
    Ok(unread)
}

#[derive(Deserialize)]
struct Id<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

impl Cache {
    /// Swaps, in one transaction: afterwards all of it is there, or, killed on the way, nothing.
    pub fn apply(&self, change: &Change<'_>) -> Result<Applied> {
        let writing = self.writing()?;
        if self.facts()?.generation != change.facts.generation {
            return Err(CacheError::Busy);
        }
        let mut applied = Applied::default();
        for (path, kind) in stored_collections(&writing)? {
            if !change.listed.contains_key(&path) {
                let gone = remove_all(&writing, kind, &path)?;
                *applied.changed.entry(kind).or_default() += gone;
                writing.execute("DELETE FROM collections WHERE path = ?1", [&path])?;
            }
        }
        for incoming in change.incoming {
            swap(&writing, incoming, change.now, &mut applied)?;
        }
        let listed = serde_json::to_string(change.listed)?;
        writing.execute(
            "DELETE FROM attachments WHERE NOT EXISTS (
                 SELECT 1 FROM json_each(?1) AS listed
                 WHERE listed.key = attachments.path AND listed.value = attachments.sha256)",
            [&listed],
        )?;
        packs::keep_listed(&writing, &listed)?;
        // An attachment or a pack that someone is waiting for goes on; collections and patches have done their work.
        writing.execute(
            "DELETE FROM downloads WHERE sha256 NOT IN (
                 SELECT value FROM json_each(?1) WHERE key NOT LIKE '%.jsonl.zst')",
            [&listed],
        )?;
        facts::write(&writing, &Facts { generation: change.facts.generation + 1, ..change.facts })?;
        writing.commit()?;
        applied.changed.retain(|_, n| *n > 0);
        Ok(applied)
    }

    /// The hash of what is stored of each collection.
    pub fn collections(&self) -> Result<BTreeMap<String, String>> {
        let mut statement = self.connection.prepare_cached("SELECT path, raw_sha256 FROM collections")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A stored collection as it was published, packed, and its size unpacked.
    pub fn packed_collection(&self, path: &str) -> Result<(Vec<u8>, u64)> {
        let sql = "SELECT packed, raw_length FROM collections WHERE path = ?1";
        let length = |n: i64| n.unsigned_abs();
        Ok(self.connection.query_row(sql, [path], |row| Ok((row.get(0)?, length(row.get(1)?))))?)
    }
}

fn stored_collections(connection: &Connection) -> Result<Vec<(String, CollectionKind)>> {
    let mut statement = connection.prepare("SELECT path FROM collections")?;
    let paths =
        statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let kind = |path: String| CollectionKind::of_target_path(&path).map(|(kind, _)| kind).map(|k| (path, k));
    Ok(paths.into_iter().filter_map(kind).collect())
}

fn swap(connection: &Connection, new: &Incoming<'_>, now: Timestamp, applied: &mut Applied) -> Result<()> {
    let mut records: BTreeMap<Cow<'_, str>, (&str, Option<String>)> = BTreeMap::new();
    for line in &new.content.lines {
        let id = match new.kind {
            // There is one town in it, which is known by its code.
            CollectionKind::Town => Ok(Id { id: "town".into() }),
            _ => serde_json::from_str::<Id<'_>>(line),
        };
        match id {
            Ok(Id { id }) => _ = records.entry(id).or_insert((line, None)),
            Err(_) => applied.skipped += 1,
        }
    }
    let (mut gone, mut count) = (Vec::new(), 0);
    {
        let table = table(new.kind);
        let mut stored =
            connection.prepare_cached(&format!("SELECT id, line FROM {table} WHERE path = ?1"))?;
        let mut rows = stored.query([new.path])?;
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column).map(|value| value.as_str().unwrap_or_default());
            let (id, line) = (text("id")?, text("line")?);
            match records.get_mut(id) {
                Some((same, _)) if *same == line => _ = records.remove(id),
                Some((_, before)) => *before = Some(line.into()),
                None => gone.push(id.to_owned()),
            }
        }
    }
    for id in &gone {
        remove(connection, new.kind, new.path, id)?;
        count += 1;
    }
    let changed: Vec<Changed<'_>> =
        records.into_iter().map(|(id, (line, before))| Changed { id, line, before }).collect();
    count += changed.len() as u64;
    applied.skipped += match new.kind {
        CollectionKind::Notices => notices::put(connection, new.path, &changed, now)?,
        CollectionKind::Places => places::put(connection, new.path, &changed)?,
        CollectionKind::Programs => programs::put(connection, new.path, &changed)?,
        _ => records::put(connection, new.path, new.kind, &changed)?,
    };
    *applied.changed.entry(new.kind).or_default() += count;
    connection.execute(
        "INSERT INTO collections (path, raw_sha256, raw_length, packed, header) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (path) DO UPDATE SET raw_sha256 = excluded.raw_sha256, raw_length = excluded.raw_length,
             packed = excluded.packed, header = excluded.header",
        (
            new.path,
            new.raw_sha256,
            new.raw.len() as i64,
            new.packed,
            serde_json::to_string(&new.content.header)?,
        ),
    )?;
    Ok(())
}

fn table(kind: CollectionKind) -> &'static str {
    match kind {
        CollectionKind::Notices => "notices",
        CollectionKind::Places => "places",
        CollectionKind::Programs => "programs",
        _ => "records",
    }
}

fn remove(connection: &Connection, kind: CollectionKind, path: &str, id: &str) -> Result<()> {
    match kind {
        CollectionKind::Notices => notices::remove(connection, path, id).map(|_| ()),
        CollectionKind::Places => places::remove(connection, path, id).map(|_| ()),
        CollectionKind::Programs => programs::remove(connection, path, id).map(|_| ()),
        _ => records::remove(connection, path, id),
    }
}

fn remove_all(connection: &Connection, kind: CollectionKind, path: &str) -> Result<u64> {
    let sql = format!("SELECT id FROM {} WHERE path = ?1", table(kind));
    let ids: Vec<String> =
        connection.prepare(&sql)?.query_map([path], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for id in &ids {
        remove(connection, kind, path, id)?;
    }
    Ok(ids.len() as u64)
}

#[cfg(test)]
#[path = "apply_tests.rs"]
pub(crate) mod tests;
