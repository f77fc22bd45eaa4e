//! `cargo xtask test`: everything that must hold before a change lands.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{self, cargo, cargo_run, root, say, there, tools};
use crate::{app, licences, python, system, targets, ui};

/// Runs every check, the cheap ones first.
pub fn run() -> Result<(), String> {
    say("format");
    cargo_run(&["fmt", "--all", "--check"])?;
    let window = can_build_window()?;
    screens()?;
    say("lints");
    cargo_run(&["clippy", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    if window {
        cargo_run(&[
            "clippy",
            "--package",
            "madoguchi-app",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ])?;
    }
    say("licences and sources");
    let deny = cargo_deny()?;
    // The list of known vulnerabilities lies on a host that closed networks do not reach.
    step::run(cargo_at(&deny).args(["check", "bans", "licenses", "sources"]))?;
    app::check_dependencies()?;
    say("generated files");
    licences::check()?;
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
    say("tests");
    if let Err(why) = system::ensure(&[&system::CLOCK]) {
        left_out("what needs another clock", &why)?;
    }
    // The whole-system tests start these two.
    cargo_run(&["build", "--locked", "--package", "madoguchi-cli", "--package", "madoguchi-resident"])?;
    let mut tests = cargo();
    tests.args(["test", "--locked"]);
    match python::tuf() {
        Ok(python) => {
            tests.env("MADOGUCHI_PYTHON_TUF", python);
        }
        Err(why) => left_out("python-tuf's tests", &why)?,
    }
    match python::shapely() {
        Ok(python) => {
            tests.env("MADOGUCHI_PYTHON_SHAPELY", python);
        }
        Err(why) => left_out("the comparison with shapely", &why)?,
    }
    step::run(&mut tests)?;
    if ui::can_build() {
        app::test_in_browser()?;
    }
    if window {
        app::test_window()?;
    }
    if std::env::var_os("CI").is_some() {
        targets::check_wasm()?;
        targets::check_android()?;
    }
    Ok(())
}

/// The screens by themselves: types, their own tests, and a build.
fn screens() -> Result<(), String> {
    if !ui::can_build() {
        return left_out("the screens", ui::WHO_BUILDS);
    }
    say("screens");
    let folder = root().join("ui");
    ui::install(&folder)?;
    for task in ["check", "test", "build"] {
        ui::npm(&folder, &["run", "--silent", task])?;
    }
    Ok(())
}

/// The window needs the screens, GTK, and a screen in memory.
fn can_build_window() -> Result<bool, String> {
    let needs = match ui::can_build() {
        true => system::ensure(&[&system::WINDOW, &system::SCREEN]),
        false => Err(ui::WHO_BUILDS.into()),
    };
    match needs {
        Ok(()) => Ok(true),
        Err(why) => left_out("the app's window", &why).map(|()| false),
    }
}

/// On a laptop that lacks something the rest is worth running; where changes land, nothing may be left out.
fn left_out(what: &str, why: &str) -> Result<(), String> {
    if std::env::var_os("CI").is_some() {
        return Err(format!("{what}: {why}"));
    }
    eprintln!("not tested: {what} ({why})");
    Ok(())
}

fn cargo_at(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
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
