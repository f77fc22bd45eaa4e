use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use madoguchi_publisher::refresh::refresh;

use crate::output::{Failure, say};

/// Sign timestamp and snapshot anew and release what was due. For cron, beside any static host.
#[derive(Args)]
pub struct Arguments {
    /// The public folder.
    public: PathBuf,
}

pub fn run(arguments: &Arguments, json: bool) -> Result<(), Failure> {
    let done = refresh(&arguments.public, Timestamp::now())?;
    say(json, &done, |done| {
        let released = if done.released.is_empty() {
            String::new()
        } else {
            format!("\n日時が来て公開したもの: {}", done.released.join("、"))
        };
        for why in &done.failed {
            eprintln!("madoguchi: {why}");
        }
        format!("署名しなおしました。{} まで新しいものとして届きます。{released}", done.expires)
    })
}
