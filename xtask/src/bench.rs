//! `cargo xtask bench NAME`: figures as JSON, from a release build.

use crate::step::cargo_run;

/// Runs one benchmark of `tests/src/bin/bench`.
pub fn run(name: &str, rest: &[&str]) -> Result<(), String> {
    if !["sync", "search", "places", "serve"].contains(&name) {
        return Err(format!("no benchmark {name:?}: sync, search, places, serve"));
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
    cargo_run(&words)
}
