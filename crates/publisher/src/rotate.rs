//! `madoguchi key …`: what changes a key, and so who may speak for the town.

use std::fs;
use std::path::Path;

use jiff::Timestamp as Instant;
use madoguchi_bundle::key::{PublicKey, SigningKey};
use madoguchi_bundle::metadata::Root;
use serde::Serialize;

use crate::atomic;
use crate::error::{PublishError, at};
use crate::keys::{KeyFolder, ONLINE, TARGETS, create_root_keys, load_root_keys, root_keys_beside};
use crate::place::resolve;
use crate::root::{RootKeys, root, sign};
use crate::settings::Settings;

/// A key as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyState {
    /// `root`, `targets`, `online`, or a department.
    pub role: String,
    /// The key's name, as it stands in metadata.
    pub keyid: String,
    /// `here`, `elsewhere` (root keys), `missing`, `revoked`.
    pub state: &'static str,
}

/// Every key of the town and where it is.
pub fn list(dir: &Path, settings: &Settings) -> Result<Vec<KeyState>, PublishError> {
    let keys = KeyFolder::of(dir);
    let root = keys.root()?;
    let mut all: Vec<KeyState> = root
        .role("root")
        .keyids
        .into_iter()
        .map(|keyid| KeyState { role: "root".into(), keyid, state: "elsewhere" })
        .collect();
    let departments = settings.departments.iter().map(|department| department.id.as_str());
    for role in [TARGETS, ONLINE].into_iter().chain(departments) {
        let key = keys.has(role).then(|| keys.load(role)).transpose()?;
        let state = match (&key, keys.is_revoked(role)) {
            (Some(_), _) => "here",
            (None, true) => "revoked",
            (None, false) => "missing",
        };
        let keyid = key.map(|key| key.public().id()).unwrap_or_default();
        all.push(KeyState { role: role.into(), keyid, state });
    }
    Ok(all)
}

/// Gives a role a new key. For `targets` and `online` that is a new root, which the root keys must sign; a department's
/// new key is named by the town's next publication. A lost online key is recovered by the same step.
pub fn rotate(
    dir: &Path,
    settings: &Settings,
    role: &str,
    root_keys: Option<&Path>,
    now: Instant,
) -> Result<(), PublishError> {
    let keys = KeyFolder::of(dir);
    if settings.departments.iter().any(|department| department.id == role) {
        keys.create(role)?;
        return keys.unrevoke(role);
    }
    if ![TARGETS, ONLINE].contains(&role) {
        return Err(PublishError::Refused(format!("no role {role:?}: targets, online or a department's id")));
    }
    let before = keys.root()?;
    let key = SigningKey::generate().map_err(|error| PublishError::Key { path: keys.path(role), error })?;
    let mut named = named_keys(&before)?;
    match role {
        TARGETS => named.targets = key.public(),
        _ => named.online = key.public(),
    }
    // The root first: were the key written and the root not, nobody could sign what phones accept.
    next_root(dir, settings, &before, &named, root_keys, Vec::new(), now)?;
    atomic::write_private(&keys.path(role), &key.to_json()).map_err(at(&keys.path(role)))
}

/// Signs a root with the same keys and a new date.
pub fn renew(
    dir: &Path,
    settings: &Settings,
    root_keys: Option<&Path>,
    now: Instant,
) -> Result<(), PublishError> {
    let before = KeyFolder::of(dir).root()?;
    let named = named_keys(&before)?;
    next_root(dir, settings, &before, &named, root_keys, Vec::new(), now)
}

/// Replaces the root keys themselves: the old ones sign the new ones in.
pub fn rotate_root(
    dir: &Path,
    settings: &Settings,
    old: Option<&Path>,
    new: &Path,
    now: Instant,
) -> Result<(), PublishError> {
    let inside = resolve(new).map_err(at(new))?.starts_with(resolve(dir).map_err(at(dir))?);
    if new.join("1.json").exists() || inside {
        return Err(PublishError::Refused(format!(
            "{}: new root keys need a folder of their own, outside the town's folder",
            new.display()
        )));
    }
    let before = KeyFolder::of(dir).root()?;
    let mut named = named_keys(&before)?;
    let fresh = create_root_keys(new)?;
    named.root = fresh.iter().map(SigningKey::public).collect();
    next_root(dir, settings, &before, &named, old, fresh, now)
}

/// Takes a department's right to sign away: its key is deleted here, and from the next publication on nothing that it
/// signs, or signed, is accepted. `rotate` gives it a new key.
pub fn revoke(dir: &Path, settings: &Settings, department: &str) -> Result<(), PublishError> {
    if !settings.departments.iter().any(|d| d.id == department) {
        return Err(PublishError::Refused(format!(
            "town.toml has no department {department:?}. The keys targets and online are replaced: key rotate"
        )));
    }
    KeyFolder::of(dir).revoke(department)
}

/// Adds a department to `town.toml` and makes its key.
pub fn add_department(dir: &Path, id: &str, name: &str, alerts: bool) -> Result<(), PublishError> {
    let path = dir.join("town.toml");
    let mut text = fs::read_to_string(&path).map_err(at(&path))?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let quoted = |value: &str| toml::Value::String(value.into());
    text.push_str(&format!("\n[[department]]\nid = {}\nname = {{ ja = {} }}\n", quoted(id), quoted(name)));
    if alerts {
        text.push_str("alerts = true\n");
    }
    // Checked as a whole before it is kept: a bad id leaves the file as it was.
    Settings::parse(&text)?;
    KeyFolder::of(dir).create(id)?;
    atomic::write(&path, text.as_bytes()).map_err(at(&path))
}

/// The keys that a root names.
fn named_keys(root: &Root) -> Result<RootKeys, PublishError> {
    let all = |role: &str| -> Vec<PublicKey> {
        root.role(role).keyids.iter().filter_map(|id| root.keys.get(id).cloned()).collect()
    };
    let one = |role: &str| {
        let missing = || PublishError::Refused(format!("the root names no key for {role}"));
        all(role).into_iter().next().ok_or_else(missing)
    };
    Ok(RootKeys { root: all("root"), targets: one("targets")?, online: one("timestamp")? })
}

fn next_root(
    dir: &Path,
    settings: &Settings,
    before: &Root,
    named: &RootKeys,
    root_keys: Option<&Path>,
    fresh: Vec<SigningKey>,
    now: Instant,
) -> Result<(), PublishError> {
    let keys = KeyFolder::of(dir);
    let beside = root_keys_beside(dir);
    let mut signers = load_root_keys(root_keys.unwrap_or(&beside))?;
    signers.extend(fresh);
    let version = before.common.version + 1;
    let next = root(&settings.code, version, named, now);
    keys.store_root(version, &sign(&next, Some(before), &signers)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::init;

    fn town() -> (tempfile::TempDir, std::path::PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("town");
        init(&dir, &"222127".parse().unwrap(), "焼津市", None, Instant::UNIX_EPOCH).unwrap();
        (temp, dir)
    }

    fn settings(dir: &Path) -> Settings {
        Settings::parse(&fs::read_to_string(dir.join("town.toml")).unwrap()).unwrap()
    }

    #[test]
    fn without_enough_root_keys_nothing_is_rotated() {
        let (_temp, dir) = town();
        let safe = root_keys_beside(&dir);
        fs::remove_file(safe.join("1.json")).unwrap();
        fs::remove_file(safe.join("2.json")).unwrap();
        let before = fs::read(dir.join("keys/online.json")).unwrap();
        assert!(rotate(&dir, &settings(&dir), ONLINE, None, Instant::UNIX_EPOCH).is_err());
        assert_eq!(fs::read(dir.join("keys/online.json")).unwrap(), before);
        assert_eq!(KeyFolder::of(&dir).root().unwrap().common.version, 1);
    }

    #[test]
    fn two_of_three_root_keys_are_enough() {
        let (_temp, dir) = town();
        fs::remove_file(root_keys_beside(&dir).join("2.json")).unwrap();
        rotate(&dir, &settings(&dir), ONLINE, None, Instant::UNIX_EPOCH).unwrap();
        let root = KeyFolder::of(&dir).root().unwrap();
        let online = KeyFolder::of(&dir).load(ONLINE).unwrap().public().id();
        assert_eq!((root.common.version, &root.role("timestamp").keyids), (2, &vec![online]));
    }

    #[test]
    fn the_root_keys_themselves_are_replaced() {
        let (temp, dir) = town();
        let new = temp.path().join("new-safe");
        rotate_root(&dir, &settings(&dir), None, &new, Instant::UNIX_EPOCH).unwrap();
        renew(&dir, &settings(&dir), Some(&new), Instant::UNIX_EPOCH).unwrap();
        assert!(
            renew(&dir, &settings(&dir), None, Instant::UNIX_EPOCH).is_err(),
            "the old keys are worth nothing now"
        );
    }

    #[test]
    fn a_department_comes_and_its_key_goes() {
        let (_temp, dir) = town();
        add_department(&dir, "kosodate", "こども課", false).unwrap();
        assert!(add_department(&dir, "kosodate", "こども課", false).is_err());
        assert!(add_department(&dir, "Bad Id", "課", false).is_err());
        revoke(&dir, &settings(&dir), "kosodate").unwrap();
        let state = |role: &str| {
            let all = list(&dir, &settings(&dir)).unwrap();
            all.into_iter().find(|key| key.role == role).unwrap().state
        };
        assert_eq!((state("kosodate"), state("bosai"), state("root")), ("revoked", "here", "elsewhere"));
        rotate(&dir, &settings(&dir), "kosodate", None, Instant::UNIX_EPOCH).unwrap();
        assert_eq!(state("kosodate"), "here");
    }
}
