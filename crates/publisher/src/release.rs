//! One role's next version: its collections and attachments as targets, with patches from earlier versions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp as Instant};
use madoguchi_bundle::compress::{compress, decompress};
use madoguchi_bundle::encoding::sha256;
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{
    Common, Delegations, Envelope, Extra, Patch, Raw, Target, TargetCustom, Targets,
};
use madoguchi_bundle::{limits, patch, path};
use madoguchi_hazard::pack::Pack;
use madoguchi_model::{CollectionKind, PlaceKind, is_pack_path};

use crate::content::Built;
use crate::error::{PublishError, at};
use crate::office::{Office, PATCH_VERSIONS};
use crate::refresh::next_version;
use crate::repository::Repository;

/// Department and town metadata: a year, renewed when less than half of it is left.
pub const ROLE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 365);

/// What a role is to publish.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Collections by target path.
    pub collections: BTreeMap<String, Built>,
    /// Packs by target path.
    pub packs: BTreeMap<String, Vec<u8>>,
    /// Attachments: target path -> bytes.
    pub attachments: BTreeMap<String, Vec<u8>>,
    /// Versions of collections that phones will have by then and that are not public yet.
    pub earlier: BTreeMap<String, Vec<u8>>,
    /// Only for the town's own role: its departments.
    pub delegations: Option<Delegations>,
}

/// A role's next version, not written yet.
#[derive(Debug, Clone)]
pub struct Release {
    /// `targets` or the department.
    pub role: String,
    /// The metadata.
    pub targets: Targets,
    /// The files it refers to that are new, by location below `targets/`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Collections that changed.
    pub changed: BTreeMap<String, ChangedCollection>,
    /// Is there anything new to sign?
    pub is_new: bool,
}

/// A collection that changed, as it is kept for later patches.
#[derive(Debug, Clone)]
pub struct ChangedCollection {
    /// The hash of its unpacked bytes.
    pub raw_sha256: String,
    /// Its packed bytes.
    pub packed: Vec<u8>,
}

/// What became of one collection.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CollectionChange {
    /// `notices`, `places` …
    pub collection: String,
    /// Whose.
    pub department: String,
    /// Records now.
    pub records: usize,
    /// Bytes unpacked.
    pub bytes: usize,
    /// Records that were not there before.
    pub added: usize,
    /// Records that are different now.
    pub changed: usize,
    /// Records that are gone.
    pub removed: usize,
}

/// What became of one pack.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PackChange {
    /// Its target path.
    pub path: String,
    /// Bytes unpacked; 0 when it is gone.
    pub bytes: u64,
    /// Bytes that a phone without it fetches.
    pub fetched: u64,
    /// Bytes of the smallest patch, for a phone that has an earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patch: Option<u64>,
    /// Is it another one than before?
    pub change: Change,
}

/// How something is different from what is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was not there.
    New,
    /// It is another one.
    Changed,
    /// It is the same.
    Same,
    /// It is not there any more.
    Gone,
}

/// Makes a role's next version from the one that is public.
pub fn next(
    repository: &Repository,
    role: &str,
    wanted: &Wanted,
    before: Option<&Targets>,
    now: Instant,
) -> Result<Release, PublishError> {
    let office = Office::of(repository);
    let mut targets = BTreeMap::new();
    let mut files = BTreeMap::new();
    let mut changed = BTreeMap::new();
    let collections = wanted.collections.iter().map(|(path, built)| (path, &built.raw));
    for (path, bytes) in collections.chain(&wanted.packs) {
        let raw = Raw { length: bytes.len() as u64, sha256: sha256(bytes) };
        let old = before.and_then(|before| before.targets.get(path));
        let lies_there = |old: &&Target| {
            let location = path::hashed(path, old.hash().unwrap_or_default());
            repository.has_target(&location, old.length)
                && old.collection().is_some_and(|custom| custom.raw == raw)
        };
        if let Some(old) = old.filter(lies_there) {
            targets.insert(path.clone(), old.clone());
            continue;
        }
        let packed = compress(bytes)?;
        if packed.len() as u64 > limits::COLLECTION_COMPRESSED {
            return Err(PublishError::Refused(format!(
                "{path} would have {} bytes, more than a phone fetches ({})",
                packed.len(),
                limits::COLLECTION_COMPRESSED
            )));
        }
        let mut earlier: Vec<Vec<u8>> =
            old.and_then(|old| unpacked(repository, path, old)).into_iter().collect();
        earlier.extend(wanted.earlier.get(path).cloned());
        earlier.extend(office.history_of(path)?);
        let raw_sha256 = raw.sha256.clone();
        let custom = TargetCustom { raw, patches: patches(&earlier, bytes, packed.len(), &mut files)? };
        let mut target = Target::of(&packed);
        target.custom = Some(serde_json::to_value(custom)?);
        files.insert(path::hashed(path, target.hash().unwrap_or_default()), packed.clone());
        targets.insert(path.clone(), target);
        changed.insert(path.clone(), ChangedCollection { raw_sha256, packed });
    }
    for (path, bytes) in &wanted.attachments {
        let target = Target::of(bytes);
        files.insert(path::hashed(path, target.hash().unwrap_or_default()), bytes.clone());
        targets.insert(path.clone(), target);
    }
    let same =
        before.is_some_and(|before| before.targets == targets && before.delegations == wanted.delegations);
    let soon = before.is_none_or(|before| before.common.expires < now + ROLE_LIFE / 2);
    let version = next_version(before.map(|before| before.common.version), now);
    let common = Common::new("targets", version, now + ROLE_LIFE);
    Ok(Release {
        role: role.into(),
        targets: Targets { common, targets, delegations: wanted.delegations.clone(), extra: Extra::new() },
        files,
        changed,
        is_new: !same || soon,
    })
}

/// Patches from the newest few of `earlier`, as long as they are worth it.
fn patches(
    earlier: &[Vec<u8>],
    new: &[u8],
    packed: usize,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<Vec<Patch>, PublishError> {
    let mut made = Vec::new();
    let mut seen = BTreeSet::new();
    for old in earlier {
        let from = sha256(old);
        if made.len() == PATCH_VERSIONS || old.as_slice() == new || !seen.insert(from.clone()) {
            continue;
        }
        let bytes = patch::make(old, new)?;
        if bytes.len() > packed / 2 {
            continue;
        }
        let hash = sha256(&bytes);
        let from = from.chars().take(16).collect();
        made.push(Patch { from, length: bytes.len() as u64, sha256: hash.clone() });
        files.insert(path::patch(&hash), bytes);
    }
    Ok(made)
}

fn unpacked(repository: &Repository, path: &str, target: &Target) -> Option<Vec<u8>> {
    decompress(&repository.read_target(path, target.hash()?)?, limits::COLLECTION).ok()
}

impl Release {
    /// What is different from what is public.
    pub fn changes(
        &self,
        repository: &Repository,
        before: Option<&Targets>,
        wanted: &Wanted,
    ) -> Vec<CollectionChange> {
        let none = BTreeMap::new();
        let gone = before.map_or(&none, |before| &before.targets);
        let paths: BTreeSet<&String> = wanted
            .collections
            .keys()
            .chain(gone.keys().filter(|p| CollectionKind::of_target_path(p).is_some()))
            .collect();
        paths
            .into_iter()
            .map(|path| {
                let (kind, department) = CollectionKind::of_target_path(path)
                    .map_or((path.as_str(), self.role.as_str()), |(kind, department)| {
                        (kind.name(), department)
                    });
                let raw = wanted.collections.get(path).map_or(&[][..], |built| &built.raw);
                let new = records(raw);
                let old =
                    gone.get(path).and_then(|target| unpacked(repository, path, target)).unwrap_or_default();
                let old = records(&old);
                CollectionChange {
                    collection: kind.into(),
                    department: department.into(),
                    records: new.len(),
                    bytes: raw.len(),
                    added: new.keys().filter(|id| !old.contains_key(*id)).count(),
                    changed: new.iter().filter(|(id, line)| old.get(*id).is_some_and(|o| o != *line)).count(),
                    removed: old.keys().filter(|id| !new.contains_key(*id)).count(),
                }
            })
            .collect()
    }

    /// What is different in the packs.
    pub fn pack_changes(&self, before: Option<&Targets>) -> Vec<PackChange> {
        let none = BTreeMap::new();
        let before = before.map_or(&none, |before| &before.targets);
        let paths: BTreeSet<&String> =
            self.targets.targets.keys().chain(before.keys()).filter(|path| is_pack_path(path)).collect();
        let change = |path: &String| {
            let (new, old) = (self.targets.targets.get(path), before.get(path));
            let custom = new.and_then(Target::collection);
            PackChange {
                path: path.clone(),
                bytes: custom.as_ref().map_or(0, |custom| custom.raw.length),
                fetched: new.map_or(0, |new| new.length),
                patch: custom.and_then(|custom| custom.patches.iter().map(|patch| patch.length).min()),
                change: match (new, old) {
                    (Some(_), None) => Change::New,
                    (None, _) => Change::Gone,
                    (Some(new), Some(old)) if new.hash() == old.hash() => Change::Same,
                    _ => Change::Changed,
                },
            }
        };
        paths.into_iter().map(change).collect()
    }

    /// Signs and writes everything but the snapshot, so that nobody sees it yet.
    pub fn write(&self, repository: &Repository, key: &SigningKey) -> Result<(), PublishError> {
        for (location, bytes) in &self.files {
            repository.add_target(location, bytes)?;
        }
        let office = Office::of(repository);
        for (path, collection) in &self.changed {
            office.remember(path, collection)?;
        }
        let (name, bytes) = self.signed(key)?;
        repository.write_metadata(&name, &bytes)
    }

    /// Lays the release down for later, with those files that are not public already.
    pub fn lay_down(
        &self,
        repository: &Repository,
        dir: &Path,
        key: &SigningKey,
    ) -> Result<(), PublishError> {
        let new = self
            .files
            .iter()
            .filter(|(location, bytes)| !repository.has_target(location, bytes.len() as u64));
        for (location, bytes) in new {
            let file = dir.join("targets").join(location);
            crate::atomic::write(&file, bytes).map_err(at(&file))?;
        }
        let (name, bytes) = self.signed(key)?;
        let file = dir.join(name);
        crate::atomic::write(&file, &bytes).map_err(at(&file))
    }

    fn signed(&self, key: &SigningKey) -> Result<(String, Vec<u8>), PublishError> {
        let name = format!("{}.{}.json", self.targets.common.version, path::quote(&self.role));
        let metadata = |error| PublishError::Metadata { path: name.clone().into(), error };
        let bytes = Envelope::sign(&self.targets, &[key]).and_then(|e| e.to_bytes()).map_err(metadata)?;
        if bytes.len() as u64 > limits::TARGETS {
            return Err(PublishError::Refused(format!(
                "{name} would be larger than a phone takes: too many attachments"
            )));
        }
        Ok((name, bytes))
    }
}

/// Refuses to lose more than a tenth of a collection or of a layer's zones, or a whole layer.
pub fn check_loss(
    repository: &Repository,
    before: Option<&Targets>,
    wanted: &Wanted,
) -> Result<(), PublishError> {
    let Some(before) = before else { return Ok(()) };
    for (path, target) in &before.targets {
        if is_pack_path(path) {
            check_pack(repository, path, target, wanted.packs.get(path))?;
        }
        let Some((kind, department)) = CollectionKind::of_target_path(path) else { continue };
        let Some(old) = unpacked(repository, path, target) else { continue };
        // Open shelters close again, all at once if all goes well: that is no loss, and waits for nobody's leave.
        let passing = format!("{}:", PlaceKind::OPEN_SHELTER);
        let mut old = records(&old);
        old.retain(|id, _| kind != CollectionKind::Places || !id.starts_with(&passing));
        let new = wanted.collections.get(path).map(|built| records(&built.raw)).unwrap_or_default();
        let lost: Vec<&String> = old.keys().filter(|id| !new.contains_key(*id)).collect();
        if lost.len() * 10 > old.len() {
            return Err(PublishError::Loss {
                collection: kind.name().into(),
                department: department.into(),
                lost: lost.len(),
                had: old.len(),
                examples: lost.iter().take(3).map(|id| id.as_str()).collect::<Vec<_>>().join(", "),
            });
        }
    }
    Ok(())
}

/// A pack must stay, and a layer keep nine tenths of its zones. What is no layer (ways, a base map) has no zones to lose.
fn check_pack(
    repository: &Repository,
    path: &str,
    target: &Target,
    new: Option<&Vec<u8>>,
) -> Result<(), PublishError> {
    let zones = |bytes: Vec<u8>| Pack::open(bytes).ok().map(|pack| pack.header().zones as usize);
    let had = unpacked(repository, path, target).and_then(zones);
    let has = new.cloned().and_then(zones);
    let (had, has) = match (had, new) {
        (had, None) => (had.unwrap_or(1).max(1), 0),
        (Some(had), Some(_)) => (had, has.unwrap_or(0)),
        (None, Some(_)) => return Ok(()),
    };
    let lost = had.saturating_sub(has);
    if lost * 10 <= had {
        return Ok(());
    }
    let name = path.trim_start_matches("packs/").trim_end_matches(".zst");
    let (department, name) = name.split_once('/').unwrap_or(("", name));
    Err(PublishError::Loss {
        collection: "packs".into(),
        department: department.into(),
        lost,
        had,
        examples: name.into(),
    })
}

/// A collection's records by id, as lines.
fn records(raw: &[u8]) -> BTreeMap<String, String> {
    #[derive(serde::Deserialize)]
    struct Named {
        #[serde(default, alias = "code")]
        id: String,
    }
    let text = String::from_utf8_lossy(raw);
    let lines = text.lines().skip(1).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            (serde_json::from_str::<Named>(line).map(|named| named.id).unwrap_or_default(), line.to_string())
        })
        .collect()
}

/// Reads the attachments of a department from the town's folder.
pub fn read_attachments(
    dir: &Path,
    attachments: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Vec<u8>>, PublishError> {
    let mut read = BTreeMap::new();
    for (target, file) in attachments {
        let path = dir.join(file);
        read.insert(target.clone(), fs::read(&path).map_err(at(&path))?);
    }
    Ok(read)
}
