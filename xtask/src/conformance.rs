//! `cargo xtask conformance openfisca [--tests DIR] [--json]`: OpenFisca-Japan's tests on the rules of `tests/openfisca`.

use crate::step::{cargo, run as run_step};

/// Builds and runs the harness as the tests do (it takes a second either way); `rest` goes to it as it is.
pub fn run(rest: &[&str]) -> Result<(), String> {
    let mut words = vec!["run", "--locked", "--quiet", "--package", "madoguchi-tests"];
    words.extend(["--bin", "conformance", "--"]);
    words.extend(rest);
    run_step(cargo().args(&words))
}
