//! `cargo xtask bench NAME`: figures as JSON, from a release build.

use crate::step::{built, cargo, cargo_run, run as run_step};
use crate::{python, system, ui};

/// Runs one benchmark of `tests/src/bin/bench`.
pub fn run(name: &str, rest: &[&str]) -> Result<(), String> {
    if !["sync", "search", "places", "serve", "app", "benefits", "ways", "hazard"].contains(&name) {
        return Err(format!(
            "no benchmark {name:?}: sync, search, places, serve, app, benefits, ways, hazard"
        ));
    }
    cargo_run(&[
        "build",
        "--release",
        "--locked",
        "--quiet",
        "--package",
        "madoguchi-cli",
        "--package",
        "madoguchi-resident",
    ])?;
    if name == "app" {
        system::ensure(&[&system::WINDOW, &system::SCREEN])?;
        ui::build()?;
        cargo_run(&["build", "--release", "--locked", "--quiet", "--package", "madoguchi-app"])?;
    }
    let mut words = vec![
        "run",
        "--release",
        "--locked",
        "--quiet",
        "--package",
        "madoguchi-tests",
        "--bin",
        "bench",
        "--",
        name,
    ];
    words.extend(rest);
    let mut bench = cargo();
    bench.args(&words).env("MADOGUCHI_APP", built("release", "madoguchi-app"));
    if name == "hazard" {
        bench.env("MADOGUCHI_PYTHON_SHAPELY", python::shapely()?);
    }
    run_step(&mut bench)
}
