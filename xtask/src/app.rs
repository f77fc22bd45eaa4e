//! The app as a resident meets it: in a browser on the real core, and in its window.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{self, built, cargo, cargo_run, root, say};
use crate::{system, ui};

/// Draws every screen and state into a folder.
pub fn screens(folder: &str) -> Result<(), String> {
    ui::build()?;
    binaries()?;
    let folder = std::path::absolute(folder).map_err(|error| format!("{folder}: {error}"))?;
    let mut draw = browser_tests("screens")?;
    step::run(draw.args(["--", "--out"]).arg(folder))
}

/// The screens in a browser: whole walks, keyboard, axe. `ui/dist` and the binaries are built.
pub fn test_in_browser() -> Result<(), String> {
    say("the screens in a browser, on the real core");
    step::run(&mut browser_tests("test")?)
}

/// The app's window, on a screen in memory.
pub fn test_window() -> Result<(), String> {
    say("the window");
    cargo_run(&["test", "--locked", "--package", "madoguchi-app"])?;
    cargo_run(&["build", "--locked", "--package", "madoguchi-app"])?;
    let mut test = cargo();
    test.args(["test", "--locked", "--package", "madoguchi-tests", "--test", "window", "--", "--ignored"]);
    // One window at a time: without a graphics card each draws on the processor, and a map takes all of it for a minute.
    test.args(["--test-threads", "1"]);
    step::run(test.env("MADOGUCHI_APP", built("debug", "madoguchi-app")))
}

/// The app takes neither a second cryptographic library nor the server of `resident serve-ui` along.
pub fn check_dependencies() -> Result<(), String> {
    say("what the app is made of");
    for name in ["aws-lc-rs", "aws-lc-sys", "openssl-sys", "tiny_http"] {
        let mut tree = cargo();
        tree.args(["tree", "--locked", "--package", "madoguchi-app", "--target", "all", "--invert", name]);
        let output = tree.output().map_err(|error| format!("cargo tree: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        match (output.status.success(), said.contains("nothing to print"), said.contains("did not match any"))
        {
            (true, true, _) | (false, _, true) => {}
            (true, false, _) => {
                return Err(format!(
                    "the app depends on {name}: {}",
                    String::from_utf8_lossy(&output.stdout)
                ));
            }
            (false, ..) => return Err(format!("cargo tree: {said}")),
        }
    }
    Ok(())
}

fn binaries() -> Result<(), String> {
    cargo_run(&["build", "--locked", "--package", "madoguchi-cli", "--package", "madoguchi-resident"])
}

/// A script of `tests/ui`, told where everything is.
fn browser_tests(script: &str) -> Result<Command, String> {
    system::ensure(&[&system::BROWSER, &system::CLOCK])?;
    let folder: PathBuf = root().join("tests/ui");
    ui::install(&folder)?;
    let mut npm = Command::new("npm");
    npm.current_dir(&folder).args(["run", "--silent", script]);
    npm.env("MADOGUCHI_BIN", built("debug", "madoguchi")).env("RESIDENT_BIN", built("debug", "resident"));
    npm.env("MADOGUCHI_DIST", root().join("ui/dist"));
    if std::env::var_os("CHROMIUM").is_none() {
        npm.env("CHROMIUM", system::chromium().map_or(Path::new("chromium"), Path::new));
    }
    Ok(npm)
}
