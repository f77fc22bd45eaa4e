//! The office folder beside the public one: the online key, old versions for patches, and releases dated ahead.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp as Instant;
use madoguchi_bundle::compress::decompress;
use madoguchi_bundle::key::SigningKey;
use madoguchi_bundle::limits;

use crate::atomic;
use crate::error::{PublishError, at};
use crate::keys;
use crate::release::ChangedCollection;

/// Earlier versions from which a patch is made: a phone that looks in once in a while still pays little, and the list
/// of patches, which every phone pays for, stays short.
pub const PATCH_VERSIONS: usize = 4;

/// An office folder.
#[derive(Debug, Clone)]
pub struct Office {
    dir: PathBuf,
}

/// A department's release that becomes public later: signed already, since its key is not there when the time comes.
#[derive(Debug, Clone)]
pub struct Due {
    /// When.
    pub at: Instant,
    /// Whose.
    pub role: String,
    /// Where it lies: `<version>.<role>.json` and `targets/`.
    pub dir: PathBuf,
}

impl Office {
    /// The office of a repository.
    pub fn of(repository: &crate::repository::Repository) -> Self {
        Office { dir: repository.office() }
    }

    /// Keeps the online key, with which the server signs while everybody sleeps.
    pub fn keep_online_key(&self, key: &SigningKey) -> Result<(), PublishError> {
        let path = self.dir.join("online.json");
        atomic::create_private_folder(&self.dir).map_err(at(&self.dir))?;
        atomic::write_private(&path, &key.to_json()).map_err(at(&path))
    }

    /// The online key.
    pub fn online_key(&self) -> Result<SigningKey, PublishError> {
        keys::load(&self.dir.join("online.json"))
    }

    /// Keeps a version of a collection for later patches, and drops the oldest.
    pub fn remember(&self, target: &str, collection: &ChangedCollection) -> Result<(), PublishError> {
        let dir = self.history(target);
        let mut known = self.earlier(target)?;
        let hash = &collection.raw_sha256;
        if known
            .iter()
            .any(|(_, path)| path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(hash)))
        {
            return Ok(());
        }
        let number = known.last().map_or(0, |(number, _)| number + 1);
        let path = dir.join(format!("{number:06}-{hash}.zst"));
        atomic::write(&path, &collection.packed).map_err(at(&path))?;
        known.push((number, path));
        for (_, old) in known.iter().rev().skip(PATCH_VERSIONS) {
            fs::remove_file(old).map_err(at(old))?;
        }
        Ok(())
    }

    /// Earlier versions of a collection, newest first.
    pub fn history_of(&self, target: &str) -> Result<Vec<Vec<u8>>, PublishError> {
        let mut versions = Vec::new();
        for (_, path) in self.earlier(target)?.into_iter().rev() {
            let packed = fs::read(&path).map_err(at(&path))?;
            versions.push(decompress(&packed, limits::COLLECTION)?);
        }
        Ok(versions)
    }

    fn history(&self, target: &str) -> PathBuf {
        self.dir.join("history").join(target.replace('/', "-"))
    }

    fn earlier(&self, target: &str) -> Result<Vec<(u64, PathBuf)>, PublishError> {
        let mut found: Vec<(u64, PathBuf)> = entries(&self.history(target))?
            .into_iter()
            .filter_map(|path| {
                let stem = path.file_stem()?.to_str()?;
                Some((stem.split_once('-')?.0.parse().ok()?, path.clone()))
            })
            .collect();
        found.sort();
        Ok(found)
    }

    /// Begins to lay a role's releases down anew, beside those that wait.
    pub fn begin_due(&self, role: &str) -> Result<(), PublishError> {
        remove_folder(&self.dir.join("due-new").join(role))
    }

    /// Where a release for `at` is laid down.
    pub fn new_due_dir(&self, role: &str, at: Instant) -> PathBuf {
        self.dir.join("due-new").join(role).join(at.as_second().to_string())
    }

    /// Puts what was laid down anew in the place of what waited.
    pub fn finish_due(&self, role: &str) -> Result<(), PublishError> {
        let (new, old) = (self.dir.join("due-new").join(role), self.dir.join("due").join(role));
        remove_folder(&old)?;
        if !new.exists() {
            return Ok(());
        }
        let due = self.dir.join("due");
        fs::create_dir_all(&due).map_err(at(&due))?;
        fs::rename(&new, &old).map_err(at(&new))
    }

    /// Every release that waits, earliest first.
    pub fn due(&self) -> Result<Vec<Due>, PublishError> {
        let mut all = Vec::new();
        for role_dir in entries(&self.dir.join("due"))? {
            for dir in entries(&role_dir)? {
                let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let when = name.parse().ok().and_then(|second| Instant::from_second(second).ok());
                let role = role_dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
                all.extend(when.map(|at| Due { at, role, dir }));
            }
        }
        all.sort_by(|a, b| (a.at, &a.role).cmp(&(b.at, &b.role)));
        Ok(all)
    }
}

fn remove_folder(dir: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(dir) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(at(dir)(e)),
        _ => Ok(()),
    }
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, PublishError> {
    match fs::read_dir(dir) {
        Ok(entries) => Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(at(dir)(e)),
    }
}
