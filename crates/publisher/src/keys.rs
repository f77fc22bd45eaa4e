//! Where a town's keys lie: `keys/` in the town's folder for the office's daily work, root keys in a folder of their
//! own that belongs on a medium in a safe.

use std::fs;
use std::path::{Path, PathBuf};

use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::metadata::{Envelope, Root};

use crate::atomic;
use crate::error::{PublishError, at};

/// The role that signs the town's own file and names the departments.
pub const TARGETS: &str = "targets";
/// Signs snapshot and timestamp, on the server.
pub const ONLINE: &str = "online";
/// Root keys that `init` makes, and how many of them must sign.
pub const ROOT_KEYS: usize = 3;
/// How many root keys must sign.
pub const ROOT_THRESHOLD: u64 = 2;

/// The keys of a town's folder.
#[derive(Debug, Clone)]
pub struct KeyFolder {
    dir: PathBuf,
}

impl KeyFolder {
    /// The keys of the town folder `dir`.
    pub fn of(dir: &Path) -> Self {
        KeyFolder { dir: dir.into() }
    }

    /// The file of a role's key.
    pub fn path(&self, role: &str) -> PathBuf {
        self.dir.join("keys").join(format!("{role}.json"))
    }

    /// Is the role's key here?
    pub fn has(&self, role: &str) -> bool {
        self.path(role).is_file()
    }

    /// Reads a role's key.
    pub fn load(&self, role: &str) -> Result<SigningKey, PublishError> {
        load(&self.path(role))
    }

    /// Makes a role's key, in the place of what was there.
    pub fn create(&self, role: &str) -> Result<SigningKey, PublishError> {
        let path = self.path(role);
        let key = SigningKey::generate().map_err(|error| PublishError::Key { path: path.clone(), error })?;
        atomic::create_private_folder(&self.dir.join("keys")).map_err(at(&path))?;
        atomic::write_private(&path, &key.to_json()).map_err(at(&path))?;
        Ok(key)
    }

    /// Was the role's key taken away?
    pub fn is_revoked(&self, role: &str) -> bool {
        self.revoked_path(role).is_file()
    }

    /// Deletes a role's key and notes that this was meant.
    pub fn revoke(&self, role: &str) -> Result<(), PublishError> {
        let note = self.revoked_path(role);
        atomic::write(&note, b"").map_err(at(&note))?;
        remove_if_there(&self.path(role))
    }

    /// Takes the note back: the role has a key again.
    pub fn unrevoke(&self, role: &str) -> Result<(), PublishError> {
        remove_if_there(&self.revoked_path(role))
    }

    fn revoked_path(&self, role: &str) -> PathBuf {
        self.dir.join("keys").join(format!("{role}.revoked"))
    }

    /// Every root that the town has had, oldest first.
    pub fn roots(&self) -> Result<Vec<(u64, Vec<u8>)>, PublishError> {
        let mut roots = Vec::new();
        for version in 1.. {
            let path = self.root_path(version);
            match fs::read(&path) {
                Ok(bytes) => roots.push((version, bytes)),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => break,
                Err(e) => return Err(at(&path)(e)),
            }
        }
        if roots.is_empty() {
            let path = self.root_path(1);
            return Err(PublishError::Refused(format!(
                "{} is missing: is this a town's folder? madoguchi init makes one",
                path.display()
            )));
        }
        Ok(roots)
    }

    /// The newest root.
    pub fn root(&self) -> Result<Root, PublishError> {
        let roots = self.roots()?;
        let (version, bytes) = roots.last().cloned().unwrap_or_default();
        let path = self.root_path(version);
        let read = Envelope::parse(&bytes).and_then(|envelope| envelope.read());
        read.map_err(|error| PublishError::Metadata { path, error })
    }

    /// Keeps a new root: as the next of the chain, and as `root.json`, which a resident's phone is given.
    pub fn store_root(&self, version: u64, bytes: &[u8]) -> Result<(), PublishError> {
        for path in [self.root_path(version), self.dir.join("root.json")] {
            atomic::write(&path, bytes).map_err(at(&path))?;
        }
        Ok(())
    }

    fn root_path(&self, version: u64) -> PathBuf {
        self.dir.join("roots").join(format!("{version}.root.json"))
    }
}

fn remove_if_there(path: &Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(at(path)(e)),
        _ => Ok(()),
    }
}

/// Reads a key file.
pub fn load(path: &Path) -> Result<SigningKey, PublishError> {
    let bytes = fs::read(path).map_err(at(path))?;
    SigningKey::from_json(&bytes).map_err(|error| PublishError::Key { path: path.into(), error })
}

/// Where root keys lie unless said: beside the town's folder, never in it.
pub fn root_keys_beside(dir: &Path) -> PathBuf {
    beside(dir, "root-keys")
}

/// A folder beside `dir`, named after it.
pub(crate) fn beside(dir: &Path, what: &str) -> PathBuf {
    // `.` has no name of its own to stand beside.
    let real = crate::place::resolve(dir);
    let dir = real.as_deref().unwrap_or(dir);
    let mut name = dir.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{what}"));
    dir.with_file_name(name)
}

/// Makes the root keys of a town, each in a file of its own that only its owner may read.
pub(crate) fn create_root_keys(dir: &Path) -> Result<Vec<SigningKey>, PublishError> {
    atomic::create_private_folder(dir).map_err(at(dir))?;
    let create = |n: usize| {
        let path = dir.join(format!("{n}.json"));
        let key = SigningKey::generate().map_err(|error| PublishError::Key { path: path.clone(), error })?;
        atomic::write_private(&path, &key.to_json()).map_err(at(&path))?;
        Ok(key)
    };
    (1..=ROOT_KEYS).map(create).collect()
}

/// Reads every key of a root key folder, in the order of their names.
pub fn load_root_keys(dir: &Path) -> Result<Vec<SigningKey>, PublishError> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .map_err(at(dir))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(PublishError::Refused(format!("{} holds no keys", dir.display())));
    }
    paths.iter().map(|path| load(path)).collect()
}
