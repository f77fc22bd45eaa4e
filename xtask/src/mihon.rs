//! `cargo xtask mihon`: the map and the hazards of the sample town, drawn anew.

use crate::step::{cargo, run as run_step};

/// Writes `towns/mihon/map` and `towns/mihon/hazard`.
pub fn run() -> Result<(), String> {
    run_step(cargo().args(["run", "--locked", "--quiet", "--package", "madoguchi-mihon"]))
}
