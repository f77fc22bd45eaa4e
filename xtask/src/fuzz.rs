//! `cargo xtask fuzz [SECONDS]`: every fuzz target for a while.

use std::path::PathBuf;
use std::process::Command;

use crate::step::{cargo, root, run as run_step, say, there, tools};

/// The targets of `fuzz/fuzz_targets`.
const TARGETS: &[&str] =
    &["table", "verifier", "collection", "blocks", "rules", "hazard_pack", "hazard_tiles", "shapes"];

/// Builds the targets and runs each for `seconds`.
pub fn run(seconds: &str) -> Result<(), String> {
    let seconds: u32 = seconds.parse().map_err(|_| format!("{seconds:?} is no number of seconds"))?;
    let program = cargo_fuzz()?;
    for target in TARGETS {
        say(&format!("fuzz {target}, {seconds} s"));
        let mut command = Command::new(&program);
        // The sanitizer needs what stable keeps behind this switch.
        command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1").args(["fuzz", "run", target, "--"]);
        command.args([
            format!("-max_total_time={seconds}"),
            "-rss_limit_mb=4096".into(),
            "-timeout=20".into(),
        ]);
        run_step(&mut command)?;
    }
    Ok(())
}

fn cargo_fuzz() -> Result<PathBuf, String> {
    let own = tools().join("bin/cargo-fuzz");
    for at in [PathBuf::from("cargo-fuzz"), own.clone()] {
        if there(&at) {
            return Ok(at);
        }
    }
    say("building cargo-fuzz (once on a machine)");
    let mut install = cargo();
    install
        .args(["install", "--quiet", "cargo-fuzz", "--version", "^0.13", "--locked", "--root"])
        .arg(tools());
    run_step(&mut install)?;
    Ok(own)
}
