//! Writes the map and the hazards of `towns/mihon` into its folder: `cargo xtask mihon`.

use std::path::PathBuf;
use std::process::ExitCode;

use madoguchi_mihon::{files, geojson};

fn main() -> ExitCode {
    let town = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../towns/mihon"), PathBuf::from);
    for file in files() {
        let path = town.join(&file.path);
        let text = geojson::write(&file.features);
        let written =
            path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, &text));
        if let Err(error) = written {
            eprintln!("mihon: {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
        println!("{} {}", file.path, text.len());
    }
    ExitCode::SUCCESS
}
