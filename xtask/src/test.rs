//! `cargo xtask test`: everything that must hold before a change lands.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{self, cargo, cargo_run, say, there, tools};

/// Runs every check, the cheap ones first.
pub fn run() -> Result<(), String> {
    say("format");
    cargo_run(&["fmt", "--all", "--check"])?;
    say("lints");
    cargo_run(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    say("licences and sources");
    let deny = cargo_deny()?;
    // The list of known vulnerabilities lies on a host that closed networks do not reach.
    step::run(cargo_at(&deny).args(["check", "bans", "licenses", "sources"]))?;
    say("generated files");
    let bindings = [
        "test",
        "--locked",
        "--quiet",
        "--package",
        "madoguchi-resident",
        "--features",
        "bindings",
        "--lib",
        "api::bindings",
    ];
    cargo_run(&bindings)?;
    ui()?;
    say("tests");
    // The whole-system tests start these two.
    cargo_run(&["build", "--locked", "--package", "madoguchi-cli", "--package", "madoguchi-resident"])?;
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--locked"]);
    match python_tuf() {
        Ok(python) => {
            tests.env("MADOGUCHI_PYTHON_TUF", python);
        }
        // On a laptop without Python the rest is worth running; where changes land, nothing may be left out.
        Err(why) if std::env::var_os("CI").is_none() => {
            eprintln!("python-tuf is not at hand ({why}): its tests skip")
        }
        Err(why) => return Err(format!("python-tuf: {why}")),
    }
    step::run(&mut tests)
}

/// The UI: types, its own tests, and a build.
fn ui() -> Result<(), String> {
    if !step::there(Path::new("npm")) {
        let why = "npm is not installed (Node 20 or newer)";
        return if std::env::var_os("CI").is_some() {
            Err(why.into())
        } else {
            eprintln!("the UI is not checked: {why}");
            Ok(())
        };
    }
    say("UI");
    let npm = |words: &[&str]| {
        let mut command = Command::new("npm");
        command.current_dir(step::root().join("ui")).args(words);
        step::run(&mut command)
    };
    npm(&["ci", "--no-audit", "--no-fund"])?;
    for task in ["check", "test", "build"] {
        npm(&["run", task])?;
    }
    Ok(())
}

fn cargo_at(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(step::root());
    command
}

/// cargo-deny from the machine, or built into the tools.
fn cargo_deny() -> Result<PathBuf, String> {
    let own = tools().join("bin/cargo-deny");
    for at in [PathBuf::from("cargo-deny"), own.clone()] {
        if there(&at) {
            return Ok(at);
        }
    }
    say("building cargo-deny (once on a machine)");
    let mut install = cargo();
    install.args([
        "install",
        "--quiet",
        "cargo-deny",
        "--version",
        "^0.20",
        "--locked",
        "--no-default-features",
        "--root",
    ]);
    step::run(install.arg(tools()))?;
    Ok(own)
}

/// A Python with the reference implementation of TUF, to read our repositories with and to be read.
fn python_tuf() -> Result<PathBuf, String> {
    let venv = tools().join("python-tuf");
    let python = venv.join("bin/python");
    let works =
        || Command::new(&python).args(["-c", "import tuf.ngclient"]).status().is_ok_and(|s| s.success());
    if python.exists() && works() {
        return Ok(python);
    }
    say("installing python-tuf (once on a machine)");
    step::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    step::run(Command::new(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "tuf==7.0.0",
        "securesystemslib[crypto]==1.4.0",
    ]))?;
    if works() { Ok(python) } else { Err("installed, but cannot be imported".into()) }
}
