use std::collections::BTreeMap;

use madoguchi_bundle::client::{Client, Expiry, MemoryStore, TargetInfo};
use madoguchi_bundle::metadata::Patch;
use madoguchi_hazard::pack;
use madoguchi_model::{CollectionKind, is_pack_path};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::cache::StoredPack;
use crate::notices::sources;
use crate::{Error, OpenTown, Phone};

/// A pack as the town lists it now.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its target path.
    pub path: String,
    /// The record that refers to it, as JSON.
    pub line: String,
    /// The source that the record names, as JSON.
    pub source: String,
    /// Its size unpacked, as the record says.
    pub bytes: u64,
    /// Can this app read it? Else a newer app is needed; what is stored answers until then.
    pub readable: bool,
    /// What is stored of it, this version or an earlier one.
    pub stored: Option<StoredPack>,
}

/// A pack of the bundle, with what the trusted metadata says.
#[derive(Debug)]
pub struct Newest {
    /// Its target.
    pub target: TargetInfo,
    /// The hash of its bytes unpacked.
    pub raw_sha256: String,
    /// Its size unpacked.
    pub raw_length: u64,
    /// The patches that lead to it.
    pub(super) patches: Vec<Patch>,
}

#[derive(Deserialize)]
struct Refers {
    pack: String,
    /// Of the map: what it is.
    #[serde(default)]
    record: Option<String>,
    #[serde(default)]
    format: Option<u32>,
    #[serde(default)]
    bytes: u64,
    #[serde(default)]
    source: usize,
}

/// The packs that the town's records refer to, in the order of their paths.
pub fn listed(open: &OpenTown) -> Result<Vec<Listed>, Error> {
    let mut stored = open.cache.packs()?;
    let (mut found, mut files) = (BTreeMap::new(), BTreeMap::new());
    for kind in [CollectionKind::Hazards, CollectionKind::Map] {
        for (path, line) in open.cache.records_by_path::<Box<RawValue>>(kind)? {
            // Of most records of a map, a border's thousand points among them, nothing but this is wanted.
            let Ok(refers) = serde_json::from_str::<Refers>(line.get()) else { continue };
            if !is_pack_path(&refers.pack) {
                continue;
            }
            let known = match refers.record.as_deref() {
                // Zones, and the area that they were surveyed in.
                None | Some("area") => pack::FORMAT,
                // Ways and base maps have had one format each.
                Some(_) => 1,
            };
            if !files.contains_key(&path) {
                files.insert(path.clone(), sources(open, &path)?);
            }
            let source =
                files.get(&path).and_then(|files| files.get(refers.source)).cloned().unwrap_or_default();
            let listed = Listed {
                line: line.get().to_owned(),
                source: serde_json::to_string(&source).map_err(crate::cache::CacheError::from)?,
                bytes: refers.bytes,
                readable: refers.format.unwrap_or(1) <= known,
                stored: stored.remove(&refers.pack),
                path: refers.pack,
            };
            found.entry(listed.path.clone()).or_insert(listed);
        }
    }
    Ok(found.into_values().collect())
}

/// What the trusted metadata on this phone says of packs; nothing is asked for.
pub fn newest(phone: &Phone, open: &OpenTown) -> Result<(BTreeMap<String, Newest>, bool), Error> {
    let mut client: Client<MemoryStore> =
        Client::open(phone.private().trust(&open.town.code)?, phone.clock(), Expiry::Lenient)?;
    client.load_stored_roles()?;
    let consistent = client.root().consistent_snapshot;
    let packs = client.targets().into_iter().filter(|target| is_pack_path(&target.path));
    let newest = packs.filter_map(|target| {
        let custom = target.target.collection()?;
        let (raw, patches) = (custom.raw, custom.patches);
        let (raw_sha256, raw_length) = (raw.sha256, raw.length);
        Some((target.path.clone(), Newest { raw_sha256, raw_length, patches, target }))
    });
    Ok((newest.collect(), consistent))
}

/// How many bytes would come over the wire for what is not here yet; patches may make it less.
pub fn bytes_to_fetch(listed: &[Listed], newest: &BTreeMap<String, Newest>) -> u64 {
    let missing = |listed: &&Listed| {
        let here = listed.stored.as_ref().map(|stored| &stored.raw_sha256);
        listed.readable && newest.get(&listed.path).is_some_and(|newest| here != Some(&newest.raw_sha256))
    };
    listed.iter().filter(missing).filter_map(|l| newest.get(&l.path)).map(|n| n.target.target.length).sum()
}
