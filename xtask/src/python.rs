//! Pythons with what our tests compare themselves with, each in a folder of its own, installed once on a machine.

use std::path::PathBuf;
use std::process::Command;

use crate::step::{run, say, tools};

/// With the reference implementation of TUF, to read our repositories with and to be read.
pub fn tuf() -> Result<PathBuf, String> {
    with("python-tuf", "tuf.ngclient", &["tuf==7.0.0", "securesystemslib[crypto]==1.4.0"])
}

/// With shapely (GEOS), to ask which polygons cover a point.
pub fn shapely() -> Result<PathBuf, String> {
    with("python-shapely", "shapely", &["shapely==2.2.0"])
}

fn with(folder: &str, module: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let venv = tools().join(folder);
    let python = venv.join("bin/python");
    let works = || {
        Command::new(&python).args(["-c", &format!("import {module}")]).status().is_ok_and(|s| s.success())
    };
    if python.exists() && works() {
        return Ok(python);
    }
    say(&format!("installing {folder} (once on a machine)"));
    run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    if works() { Ok(python) } else { Err("installed, but cannot be imported".into()) }
}
