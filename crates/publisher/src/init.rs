//! `madoguchi init`: a town's folder, ready for its files.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp as Instant;
use madoguchi_bundle::key::SigningKey;
use madoguchi_model::TownCode;
use serde::Serialize;

use crate::atomic;
use crate::error::{PublishError, at};
use crate::keys::{KeyFolder, ONLINE, TARGETS, create_root_keys, root_keys_beside};
use crate::place::resolve;
use crate::root::{RootKeys, root, sign};
use crate::settings::Settings;

/// What `init` made.
#[derive(Debug, Serialize)]
pub struct Initialized {
    /// The town's folder.
    pub dir: PathBuf,
    /// Where the root keys lie: take them away from this machine.
    pub root_keys: PathBuf,
    /// The root that a resident's phone is given.
    pub root: PathBuf,
    /// The departments that got a key.
    pub departments: Vec<String>,
}

/// Makes a town's folder: `town.toml` unless there is one, keys, the first root. Files that lie there already stay.
pub fn init(
    dir: &Path,
    code: &TownCode,
    name: &str,
    root_keys: Option<&Path>,
    now: Instant,
) -> Result<Initialized, PublishError> {
    let keys = KeyFolder::of(dir);
    let root_keys = root_keys.map_or_else(|| root_keys_beside(dir), Path::to_path_buf);
    for taken in [dir.join("roots"), root_keys.join("1.json")] {
        if taken.exists() {
            return Err(PublishError::Refused(format!(
                "{} exists already: a town gets its keys once. To change a key: madoguchi key rotate",
                taken.display()
            )));
        }
    }
    if resolve(&root_keys).map_err(at(&root_keys))?.starts_with(resolve(dir).map_err(at(dir))?) {
        return Err(PublishError::Refused("the root keys must not lie in the town's folder".into()));
    }
    let toml = dir.join("town.toml");
    if !toml.exists() {
        atomic::write(&toml, first_settings(code, name)?.as_bytes()).map_err(at(&toml))?;
    }
    let settings = Settings::parse(&fs::read_to_string(&toml).map_err(at(&toml))?)?;
    if &settings.code != code {
        return Err(PublishError::Refused(format!(
            "town.toml says code {}, not {code}: which one is right?",
            settings.code
        )));
    }
    let signers = create_root_keys(&root_keys)?;
    let all = RootKeys {
        root: signers.iter().map(SigningKey::public).collect(),
        targets: keys.create(TARGETS)?.public(),
        online: keys.create(ONLINE)?.public(),
    };
    for department in &settings.departments {
        keys.create(&department.id)?;
    }
    let first = root(code, 1, &all, now);
    keys.store_root(1, &sign(&first, None, &signers)?)?;
    Ok(Initialized {
        dir: dir.into(),
        root_keys,
        root: dir.join("root.json"),
        departments: settings.departments.into_iter().map(|d| d.id).collect(),
    })
}

/// A `town.toml` to begin with: two departments, of which 防災課 may sign alerts.
fn first_settings(code: &TownCode, name: &str) -> Result<String, PublishError> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(PublishError::Refused("--name: the town's name, such as 焼津市".into()));
    }
    let name = toml::Value::String(name.trim().into());
    Ok(format!(
        r#"# この町のこと。書き方は docs/town-folder.md にあります。
code = "{code}"
name = {{ ja = {name} }}
default_department = "koho"

# 課。フォルダの名前を id と同じにすると、その中のファイルはその課のものになります。
[[department]]
id = "koho"
name = {{ ja = "広報課" }}

[[department]]
id = "bosai"
name = {{ ja = "防災課" }}
alerts = true
"#
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_files_gets_keys_and_keeps_its_files() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("yaizu");
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join("a.csv"), "name\n").unwrap();
        let code = "222127".parse().unwrap();
        let made = init(&dir, &code, "焼津市", None, Instant::UNIX_EPOCH).unwrap();
        assert_eq!(made.root_keys, temp.path().join("yaizu.root-keys"));
        assert_eq!(fs::read_to_string(dir.join("a.csv")).unwrap(), "name\n");
        assert_eq!(KeyFolder::of(&dir).root().unwrap().town.as_deref(), Some("222127"));
        assert!(!dir.join("keys/1.json").exists());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.join("keys/online.json")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let again = init(&dir, &code, "焼津市", None, Instant::UNIX_EPOCH).unwrap_err();
        assert!(again.to_string().contains("exists already"), "{again}");
    }

    #[test]
    fn root_keys_in_the_towns_folder_are_refused() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("town");
        let inside = dir.join("safe");
        let code = "222127".parse().unwrap();
        assert!(init(&dir, &code, "焼津市", Some(&inside), Instant::UNIX_EPOCH).is_err());
    }
}
