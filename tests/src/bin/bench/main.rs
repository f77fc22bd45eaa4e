//! Benchmarks: JSON on stdout, each figure beside a limit or a peer measured in the same run.

mod app;
mod benefits;
mod empty;
mod hazard;
mod places;
mod search;
mod serve;
mod stats;
mod sync;
mod ways;

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let figures = match name.as_str() {
        "app" => app::run(),
        "benefits" => benefits::run(),
        "sync" => sync::run(),
        "search" => search::run(),
        "places" => places::run(),
        "serve" => serve::run(),
        "ways" => ways::run(),
        "hazard" => hazard::run(),
        other => {
            eprintln!("no benchmark {other:?}");
            std::process::exit(2);
        }
    };
    println!("{figures:#}");
}
