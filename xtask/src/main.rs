//! `cargo xtask …`: the project's own steps, the same locally and in CI. No dependencies, so that it starts at once.

mod bench;
mod fuzz;
mod run;
mod step;
mod test;

use std::process::ExitCode;

const HELP: &str = "cargo xtask …
  run [--keep]     build, publish the sample town, serve it, join it as a resident, show what she sees
  test             format, lints, licences, all tests
  bench NAME       sync | search | places | serve: prints JSON
  fuzz [SECONDS]   every fuzz target for so many seconds (60)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => run::run(false),
        ["run", "--keep"] => run::run(true),
        ["test"] => test::run(),
        ["bench", name, rest @ ..] => bench::run(name, rest),
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
