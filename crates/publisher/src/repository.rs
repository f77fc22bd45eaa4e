//! The public folder as a TUF repository: reading what lies there, adding files so that no reader ever sees half a
//! change, and clearing away what nobody needs any more.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{Envelope, Metadata, Snapshot, Targets, Timestamp};
use madoguchi_bundle::path::{hashed, quote};

use crate::atomic;
use crate::error::{PublishError, at};
use crate::keys::beside;

/// A public folder, and the office folder beside it that is never served.
#[derive(Debug, Clone)]
pub struct Repository {
    public: PathBuf,
}

/// Holds the folder for one command at a time. Given back when dropped.
#[derive(Debug)]
pub struct Hold {
    _file: File,
}

impl Repository {
    /// The repository in `public`, wherever that leads: the office folder must lie beside the folder itself and not
    /// beside a link to it, and never in it.
    pub fn at(public: &Path) -> Result<Self, PublishError> {
        let resolved = crate::place::resolve(public).map_err(at(public))?;
        if resolved.file_name().is_none() {
            return Err(PublishError::Refused(format!("{}: a public folder needs a name", public.display())));
        }
        Ok(Repository { public: resolved })
    }

    /// The folder that is served.
    pub fn public(&self) -> &Path {
        &self.public
    }

    /// What belongs to the server and not to the public: the online key, releases that are due later, old versions
    /// for patches. It lies beside the public folder, so that serving the one never serves the other.
    pub fn office(&self) -> PathBuf {
        beside(&self.public, "office")
    }

    /// Waits until no other command works on this folder.
    pub fn hold(&self) -> Result<Hold, PublishError> {
        let office = self.office();
        atomic::create_private_folder(&office).map_err(at(&office))?;
        let path = office.join("lock");
        let file = File::create(&path).map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(Hold { _file: file })
    }

    fn metadata_path(&self, name: &str) -> PathBuf {
        self.public.join("metadata").join(name)
    }

    fn read<M: Metadata>(&self, name: &str) -> Result<Option<M>, PublishError> {
        let path = self.metadata_path(name);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(at(&path)(e)),
        };
        let read = Envelope::parse(&bytes).and_then(|envelope| envelope.read());
        read.map(Some).map_err(|error| PublishError::Metadata { path, error })
    }

    /// The current timestamp.
    pub fn timestamp(&self) -> Result<Option<Timestamp>, PublishError> {
        self.read("timestamp.json")
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Result<Option<Snapshot>, PublishError> {
        let Some(timestamp) = self.timestamp()? else { return Ok(None) };
        let version = timestamp.meta.get("snapshot.json").map_or(0, |meta| meta.version);
        self.read(&format!("{version}.snapshot.json"))
    }

    /// The current metadata of `targets` or of a department.
    pub fn role(&self, snapshot: Option<&Snapshot>, role: &str) -> Result<Option<Targets>, PublishError> {
        let Some(meta) = snapshot.and_then(|snapshot| snapshot.meta.get(&format!("{role}.json"))) else {
            return Ok(None);
        };
        self.read(&format!("{}.{}.json", meta.version, quote(role)))
    }

    /// Whether the current metadata of a role bears this key's signature.
    pub fn is_signed_by(&self, snapshot: Option<&Snapshot>, role: &str, key: &SigningKey) -> bool {
        self.is_signed_by_id(snapshot, role, &key.public().id())
    }

    /// The same, by the key's name.
    pub fn is_signed_by_id(&self, snapshot: Option<&Snapshot>, role: &str, keyid: &str) -> bool {
        let version = snapshot.and_then(|s| s.meta.get(&format!("{role}.json"))).map(|meta| meta.version);
        let name = version.map(|version| format!("{version}.{}.json", quote(role)));
        name.is_some_and(|name| self.file_is_signed_by(&name, keyid))
    }

    /// Whether a metadata file bears this key's signature.
    pub fn file_is_signed_by(&self, name: &str, keyid: &str) -> bool {
        let bytes = fs::read(self.metadata_path(name)).unwrap_or_default();
        Envelope::parse(&bytes).is_ok_and(|envelope| envelope.signatures.iter().any(|s| s.keyid == keyid))
    }

    /// Reads a target as it lies there.
    pub fn read_target(&self, path: &str, hash: &str) -> Option<Vec<u8>> {
        fs::read(self.public.join("targets").join(hashed(path, hash))).ok()
    }

    /// Whether a file of this size lies below `targets/`. Its name tells its content.
    pub fn has_target(&self, location: &str, length: u64) -> bool {
        let path = self.public.join("targets").join(location);
        fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == length)
    }

    /// Adds a file below `targets/`; nothing refers to it yet.
    pub fn add_target(&self, location: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path = self.public.join("targets").join(location);
        if self.has_target(location, bytes.len() as u64) {
            return Ok(());
        }
        atomic::write(&path, bytes).map_err(at(&path))
    }

    /// Writes a metadata file.
    pub fn write_metadata(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path = self.metadata_path(name);
        atomic::write(&path, bytes).map_err(at(&path))
    }

    /// Notes that a metadata file is superseded from now on: [`Repository::clear_away`] counts its grace from here,
    /// since a phone may have begun with it a moment ago, however old it is.
    pub fn supersede(&self, name: &str) {
        let file = File::options().write(true).open(self.metadata_path(name));
        if let Ok(file) = file {
            let _ = file.set_modified(SystemTime::now());
        }
    }

    /// The highest root that is public.
    pub fn newest_root(&self) -> u64 {
        files_below(&self.public.join("metadata"))
            .iter()
            .filter_map(|path| path.file_name()?.to_str()?.strip_suffix(".root.json")?.parse().ok())
            .max()
            .unwrap_or(0)
    }

    /// A public root as it lies there.
    pub fn root(&self, version: u64) -> Option<Vec<u8>> {
        fs::read(self.metadata_path(&format!("{version}.root.json"))).ok()
    }

    /// Removes what neither the current snapshot nor a phone in the middle of a sync needs: files to which no metadata
    /// of the last `grace` refers. Roots always stay, since a phone that slept for years follows their chain.
    pub fn clear_away(&self, grace: Duration) -> Result<usize, PublishError> {
        let Some(snapshot) = self.snapshot()? else { return Ok(0) };
        let cutoff = SystemTime::now().checked_sub(grace).unwrap_or(SystemTime::UNIX_EPOCH);
        let old = |path: &Path| {
            let modified = fs::metadata(path).and_then(|meta| meta.modified());
            modified.is_ok_and(|modified| modified < cutoff)
        };
        let mut keep: BTreeSet<String> = snapshot
            .meta
            .iter()
            .map(|(file, meta)| format!("{}.{}.json", meta.version, quote(file.trim_end_matches(".json"))))
            .collect();
        keep.insert(format!("{}.snapshot.json", snapshot.common.version));
        let mut needed = BTreeSet::new();
        let mut removed = 0;
        let metadata = self.public.join("metadata");
        for path in files_below(&metadata) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let versioned = name.starts_with(|c: char| c.is_ascii_digit());
            if versioned && !name.ends_with(".root.json") && !keep.contains(&name) && old(&path) {
                fs::remove_file(&path).map_err(at(&path))?;
                removed += 1;
            } else if let Ok(Some(targets)) = self.read::<Targets>(&name) {
                needed.extend(locations(&targets));
            }
        }
        // A release that waits may build on files that are public already.
        for path in files_below(&self.office().join("due")) {
            let bytes =
                if path.extension().is_some_and(|e| e == "json") { fs::read(&path).ok() } else { None };
            let read = bytes.and_then(|bytes| Envelope::parse(&bytes).ok()?.read::<Targets>().ok());
            needed.extend(read.iter().flat_map(locations));
        }
        let targets = self.public.join("targets");
        for path in files_below(&targets) {
            let location = path.strip_prefix(&targets).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if !needed.contains(&location) && old(&path) {
                fs::remove_file(&path).map_err(at(&path))?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

/// Where the files of a role lie, patches too.
fn locations(targets: &Targets) -> Vec<String> {
    let mut all = Vec::new();
    for (path, target) in &targets.targets {
        all.extend(target.hash().map(|hash| hashed(path, hash)));
        let patches = target.collection().map(|custom| custom.patches).unwrap_or_default();
        all.extend(patches.iter().map(|patch| madoguchi_bundle::path::patch(&patch.sha256)));
    }
    all
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(dir).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}
