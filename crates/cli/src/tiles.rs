use std::path::PathBuf;

use clap::Args;
use madoguchi_publisher::read::read_town;
use madoguchi_publisher::tiles::{Archive, write};

use crate::key::settings;
use crate::output::{Failure, say};

/// Write a town's hazard layers as PMTiles, for maps of others. Phones need none of it: they cut tiles from the packs.
#[derive(Args)]
pub struct Arguments {
    /// The town's folder.
    dir: PathBuf,
    /// Where the archives go: for each layer `ID.pmtiles` and, with its classes and its source, `ID.json`.
    #[arg(long)]
    out: PathBuf,
}

pub fn run(Arguments { dir, out }: &Arguments, json: bool) -> Result<(), Failure> {
    let settings = settings(dir)?;
    // Notices have no part in it: no web site is asked for its feed.
    let content = read_town(dir, &settings, None, &|_| Err("災害の地図だけを読みます".into()))?;
    let written = write(&content, out)?;
    say(json, &written, |written| {
        let line = |Archive { file, bytes, .. }: &Archive| format!("{file} {bytes}バイト\n");
        written.iter().map(line).collect()
    })
}
