//! What lies in a town's folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{PublishError, at};

/// The largest file that is read: as much as a collection may have. All 115,402 sites of Japan are 20 MB, fifty thousand
/// notices 90 MB.
pub const MAX_FILE: u64 = madoguchi_bundle::limits::COLLECTION;

/// The paths of a town's files, relative with `/`, in one fixed order. Keys, settings, hidden files and READMEs are
/// no data; links to elsewhere are not followed, since what they show is not the town's folder.
pub fn files(dir: &Path) -> Result<Vec<String>, PublishError> {
    let mut found = Vec::new();
    let entries = walkdir::WalkDir::new(dir).min_depth(1).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        let own = entry.depth() == 1 && ["keys", "roots", "root.json", "town.toml"].contains(&name.as_ref());
        !own && !name.starts_with('.') && !name.to_lowercase().starts_with("readme")
    });
    for entry in entries {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or_else(|| dir.to_path_buf(), Path::to_path_buf);
            at(&path)(error.into())
        })?;
        if entry.file_type().is_file()
            && let Ok(relative) = entry.path().strip_prefix(dir)
        {
            let parts: Vec<String> =
                relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            found.push(parts.join("/"));
        }
    }
    found.sort();
    Ok(found)
}

/// Reads one file of the folder, unless it is too large.
pub fn read(dir: &Path, file: &str) -> Result<Vec<u8>, PublishError> {
    let path = dir.join(file);
    let size = fs::metadata(&path).map_err(at(&path))?.len();
    if size > MAX_FILE {
        return Err(PublishError::Refused(format!("{file}: {size} bytes, more than {MAX_FILE}")));
    }
    fs::read(&path).map_err(at(&path))
}

/// Size of a file that lies in the folder itself; none for what is missing, a link, or outside.
pub fn size_of(dir: &Path, file: &str) -> Option<u64> {
    let path = dir.join(file);
    let inside = fs::canonicalize(&path).ok()?.starts_with(fs::canonicalize(dir).ok()?);
    let meta = fs::symlink_metadata(&path).ok()?;
    (inside && meta.is_file()).then_some(meta.len())
}

/// Is this a folder within the town's folder, and no link?
pub fn is_folder(dir: &Path, folder: &str) -> bool {
    let path = dir.join(folder);
    let inside = || Some(fs::canonicalize(&path).ok()?.starts_with(fs::canonicalize(dir).ok()?));
    fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir()) && inside() == Some(true)
}

/// A path that `town.toml` names: relative to the folder, or absolute.
pub fn named(dir: &Path, file: &str) -> PathBuf {
    dir.join(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_hidden_files_are_no_data() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path();
        for file in [
            "b.csv",
            "a/c.md",
            "keys/online.json",
            "root.json",
            "town.toml",
            ".git/x",
            "README.md",
            "a/keys/d.csv",
        ] {
            let path = dir.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        assert_eq!(files(dir).unwrap(), ["a/c.md", "a/keys/d.csv", "b.csv"]);
        assert_eq!(
            (size_of(dir, "b.csv"), size_of(dir, "../etc"), size_of(dir, "nothing")),
            (Some(1), None, None)
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/etc/hostname", dir.join("link.csv")).unwrap();
            assert_eq!(size_of(dir, "link.csv"), None);
            assert!(!files(dir).unwrap().contains(&"link.csv".to_string()));
        }
    }
}
