//! `madoguchi refresh`: signs timestamp and snapshot anew, and releases what was due. Needs the public folder and the
//! office folder beside it, nothing of the town's own folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp as Instant};
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{Common, Envelope, Extra, MetaFile, Metadata, Snapshot, Targets, Timestamp};
use madoguchi_bundle::path::quote;
use serde::Serialize;

use crate::error::{PublishError, at};
use crate::office::Office;
use crate::release::ChangedCollection;
use crate::repository::Repository;

/// A timestamp holds for a day: a server that stands still is noticed the next morning.
pub const TIMESTAMP_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// A snapshot holds for a week, and is signed anew when less than half of it is left.
pub const SNAPSHOT_LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long files stay that nothing current refers to: longer than any sync takes.
pub(crate) const GRACE: Duration = Duration::from_secs(2 * 60 * 60);

/// What a refresh did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refreshed {
    /// The snapshot's version now.
    pub version: u64,
    /// Until when phones hold this fresh.
    pub expires: Instant,
    /// Departments whose releases became public.
    pub released: Vec<String>,
    /// Releases that could not be made public, and why. They are tried again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
}

/// Refreshes the public folder.
pub fn refresh(public: &Path, now: Instant) -> Result<Refreshed, PublishError> {
    let repository = Repository::at(public)?;
    if repository.timestamp()?.is_none() {
        return Err(PublishError::Refused(format!(
            "{} holds no bundle yet: madoguchi publish makes one",
            public.display()
        )));
    }
    let _hold = repository.hold()?;
    let office = Office::of(&repository);
    let online = office.online_key()?;
    let mut released = BTreeMap::new();
    let mut done = Vec::new();
    let mut failed = Vec::new();
    for due in office.due()?.into_iter().filter(|due| due.at <= now) {
        // One release that cannot be read must not keep the town's timestamp from being signed.
        match release(&repository, &due.dir, &due.role) {
            Ok(version) => {
                released.extend(version.map(|version| (due.role.clone(), version)));
                done.push(due.dir);
            }
            Err(error) => failed.push(error.to_string()),
        }
    }
    let (version, expires) = seal(&repository, &online, &released, now)?;
    // Only now: until the seal they were public to nobody, and the next refresh would have tried again.
    for dir in done {
        fs::remove_dir_all(&dir).map_err(at(&dir))?;
    }
    repository.clear_away(GRACE)?;
    Ok(Refreshed { version, expires, released: released.into_keys().collect(), failed })
}

/// Makes one laid-down release public, unless something newer is.
fn release(repository: &Repository, dir: &Path, role: &str) -> Result<Option<u64>, PublishError> {
    let snapshot = repository.snapshot()?;
    let suffix = format!(".{}.json", quote(role));
    let files: Vec<_> = walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok).collect();
    let mut metadata = None;
    for file in files.iter().filter(|file| file.file_type().is_file()) {
        let bytes = fs::read(file.path()).map_err(at(file.path()))?;
        if let Ok(location) = file.path().strip_prefix(dir.join("targets")) {
            repository.add_target(&location.to_string_lossy().replace('\\', "/"), &bytes)?;
        } else if let Some(number) = file.file_name().to_string_lossy().strip_suffix(&suffix) {
            metadata = Some((format!("{number}{suffix}"), bytes));
        }
    }
    let Some((name, bytes)) = metadata else { return Ok(None) };
    let refused = |error| PublishError::Metadata { path: dir.join(&name), error };
    let targets: Targets = Envelope::parse(&bytes).and_then(|e| e.read()).map_err(refused)?;
    let public = repository.role(snapshot.as_ref(), role)?.map_or(0, |targets| targets.common.version);
    if targets.common.version <= public {
        return Ok(None);
    }
    repository.write_metadata(&name, &bytes)?;
    remember(repository, &targets)?;
    Ok(Some(targets.common.version))
}

/// Keeps the collections of a release for the patches of the next publication.
fn remember(repository: &Repository, targets: &Targets) -> Result<(), PublishError> {
    let office = Office::of(repository);
    for (path, target) in &targets.targets {
        let packed = target.hash().and_then(|hash| repository.read_target(path, hash));
        if let (Some(custom), Some(packed)) = (target.collection(), packed) {
            office.remember(path, &ChangedCollection { raw_sha256: custom.raw.sha256, packed })?;
        }
    }
    Ok(())
}

/// Signs snapshot and timestamp over what lies there, with the versions of `changed` roles: the moment at which a
/// publication becomes visible. Returns the snapshot's version and the timestamp's expiry.
pub(crate) fn seal(
    repository: &Repository,
    online: &SigningKey,
    changed: &BTreeMap<String, u64>,
    now: Instant,
) -> Result<(u64, Instant), PublishError> {
    let before = repository.snapshot()?;
    let superseded = before.clone();
    let mut meta = before.as_ref().map(|snapshot| snapshot.meta.clone()).unwrap_or_default();
    meta.extend(changed.iter().map(|(role, version)| (format!("{role}.json"), MetaFile::version(*version))));
    let current = before
        .as_ref()
        .filter(|snapshot| snapshot.meta == meta && snapshot.common.expires > now + SNAPSHOT_LIFE / 2);
    let timestamp = repository.timestamp()?;
    // Whoever signs with another key than before (after a rotation) cannot keep the old signature.
    let current = current.filter(|s| {
        repository.file_is_signed_by(&format!("{}.snapshot.json", s.common.version), &online.public().id())
    });
    let snapshot_version = match current {
        Some(snapshot) => snapshot.common.version,
        None => {
            let version = next_version(before.map(|snapshot| snapshot.common.version), now);
            let snapshot = Snapshot {
                common: Common::new("snapshot", version, now + SNAPSHOT_LIFE),
                meta,
                extra: Extra::new(),
            };
            write_signed(repository, &format!("{version}.snapshot.json"), &snapshot, online)?;
            version
        }
    };
    let version = next_version(timestamp.map(|timestamp| timestamp.common.version), now);
    let issued = Instant::from_second(now.as_second()).unwrap_or(now);
    let timestamp = Timestamp {
        common: Common::new("timestamp", version, now + TIMESTAMP_LIFE),
        meta: BTreeMap::from([("snapshot.json".into(), MetaFile::version(snapshot_version))]),
        issued: Some(issued),
        extra: Extra::new(),
    };
    write_signed(repository, "timestamp.json", &timestamp, online)?;
    // From now on a phone that has not begun yet begins with the new ones.
    if let Some(old) = superseded.filter(|old| old.common.version != snapshot_version) {
        repository.supersede(&format!("{}.snapshot.json", old.common.version));
        for role in changed.keys() {
            let version = old.meta.get(&format!("{role}.json")).map(|meta| meta.version);
            version.inspect(|version| repository.supersede(&format!("{version}.{}.json", quote(role))));
        }
    }
    Ok((snapshot_version, timestamp.common.expires))
}

/// The version after `before`: the time in milliseconds, or one more when that is not enough.
///
/// Versions only need to rise. Taken from the clock they rise even when the public folder was lost and made anew, and
/// a release that was signed ahead for a moment fits between those before and after it, whoever made them and where.
pub(crate) fn next_version(before: Option<u64>, now: Instant) -> u64 {
    let clock = u64::try_from(now.as_millisecond()).unwrap_or(0).max(1);
    before.map_or(clock, |before| clock.max(before.saturating_add(1)))
}

fn write_signed<M: Metadata>(
    repository: &Repository,
    name: &str,
    metadata: &M,
    key: &SigningKey,
) -> Result<(), PublishError> {
    let error = |error| PublishError::Metadata { path: name.into(), error };
    let bytes = Envelope::sign(metadata, &[key]).and_then(|envelope| envelope.to_bytes()).map_err(error)?;
    repository.write_metadata(name, &bytes)
}
