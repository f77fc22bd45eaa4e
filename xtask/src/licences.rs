//! The works that the app is made of and their licences, as the app shows them: `crates/resident/src/api/licences.tsv`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::step::{cargo, root};

fn list() -> PathBuf {
    root().join("crates/resident/src/api/licences.tsv")
}

/// Writes the list.
pub fn write() -> Result<(), String> {
    let list = list();
    std::fs::write(&list, current()?).map_err(|error| format!("{}: {error}", list.display()))
}

/// Is the list that is committed the one that the lock file gives?
pub fn check() -> Result<(), String> {
    let list = list();
    let written = std::fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    if written == current()? {
        return Ok(());
    }
    Err(format!("{} is not current: cargo xtask licences", list.display()))
}

/// Name, version and licence of every crate in the app for any of its platforms, ourselves first.
fn current() -> Result<String, String> {
    let mut tree = cargo();
    tree.args(["tree", "--locked", "--package", "madoguchi-app", "--target", "all"]);
    // What only runs while the app is built is not in it.
    tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}\t{l}"]);
    let output = tree.output().map_err(|error| format!("cargo tree: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo tree: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let told = String::from_utf8_lossy(&output.stdout);
    let mut ours = BTreeSet::new();
    let mut others = BTreeSet::new();
    for line in told.lines().filter(|line| !line.is_empty()) {
        // `serde v1.0.228\tMIT OR Apache-2.0 (*)`, and a folder in brackets behind the version of a crate of our own.
        let (package, licence) =
            line.trim_end_matches(" (*)").split_once('\t').ok_or_else(|| line.to_owned())?;
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let version = version.trim_start_matches('v');
        if licence.is_empty() {
            return Err(format!("{name} names no licence"));
        }
        if name.starts_with("madoguchi-") {
            ours.insert(format!("Madoguchi\t{version}\t{licence}\n"));
        } else {
            others.insert(format!("{name}\t{version}\t{licence}\n"));
        }
    }
    Ok(ours.into_iter().chain(others).collect())
}
