//! `cargo xtask …`: the project's own steps, the same locally and in CI. No dependencies, so that it starts at once.

mod app;
mod bench;
mod conformance;
mod fuzz;
mod licences;
mod mihon;
mod python;
mod run;
mod step;
mod system;
mod targets;
mod test;
mod ui;

use std::process::ExitCode;

const HELP: &str = "cargo xtask …
  run              publish the sample town, serve it, join it, open the app on it (or print where a browser sees it)
  test             format, lints, licences, generated files, all tests
  bench NAME       sync | search | places | serve | app | benefits | ways | hazard: prints JSON
  conformance openfisca [--tests DIR] [--json]  another project's tests of benefits on our comparison rules
  screens [--out DIR]  draws every screen and state, with a contact sheet
  check-android    type-checks the whole app for a phone, without an SDK
  check-wasm       type-checks the core for a browser
  licences         lists the works that the app is made of, for the app to show
  mihon            draws the map and the hazards of the sample town into its folder
  fuzz [SECONDS]   every fuzz target for so many seconds (60)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => run::run(),
        ["test"] => test::run(),
        ["bench", name, rest @ ..] => bench::run(name, rest),
        ["conformance", "openfisca", rest @ ..] => conformance::run(rest),
        ["screens"] => app::screens("run/screens"),
        ["screens", "--out", folder] => app::screens(folder),
        ["check-android"] => targets::check_android(),
        ["check-wasm"] => targets::check_wasm(),
        ["licences"] => licences::write(),
        ["mihon"] => mihon::run(),
        ["fuzz"] => fuzz::run("60"),
        ["fuzz", seconds] => fuzz::run(seconds),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
