//! The screens: built with npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::step::{root, run, say, there};

/// Node and its packages are named, not installed: what Debian ships is too old.
pub const WHO_BUILDS: &str = "npm is not installed (Node 20.19 or newer, https://nodejs.org)";

/// Can the screens be built here?
pub fn can_build() -> bool {
    there(Path::new("npm"))
}

/// Builds `ui/dist`, and says where it is.
pub fn build() -> Result<PathBuf, String> {
    let folder = root().join("ui");
    install(&folder)?;
    npm(&folder, &["run", "--silent", "build", "--", "--logLevel", "warn"])?;
    Ok(folder.join("dist"))
}

/// Runs npm in a folder.
pub fn npm(folder: &Path, words: &[&str]) -> Result<(), String> {
    run(Command::new("npm").current_dir(folder).args(words))
}

/// Installs a folder's packages as its lock says, unless that was done since the lock changed.
pub fn install(folder: &Path) -> Result<(), String> {
    let changed = |path: PathBuf| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let installed: Option<SystemTime> = changed(folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(folder.join("package-lock.json")) {
        return Ok(());
    }
    say(&format!("npm packages of {}", folder.file_name().unwrap_or_default().to_string_lossy()));
    npm(folder, &["ci", "--no-audit", "--no-fund"])
}
