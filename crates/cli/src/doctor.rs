use std::path::PathBuf;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use madoguchi_publisher::keys::KeyFolder;
use madoguchi_publisher::repository::Repository;
use madoguchi_publisher::rotate;
use serde::Serialize;

use crate::key::settings;
use crate::output::{Failure, say};

/// Look a town's folder and its public folder over, and say what wants attention.
#[derive(Args)]
pub struct Arguments {
    /// The town's folder.
    dir: PathBuf,
    /// Its public folder.
    #[arg(long)]
    public: Option<PathBuf>,
}

#[derive(Serialize)]
struct Finding {
    /// `ok` or `attention`.
    state: &'static str,
    what: String,
}

pub fn run(arguments: &Arguments, json: bool) -> Result<(), Failure> {
    let Arguments { dir, public } = arguments;
    let settings = settings(dir)?;
    let now = Timestamp::now();
    let mut findings = Vec::new();
    let mut find = |well: bool, what: String| {
        findings.push(Finding { state: if well { "ok" } else { "attention" }, what });
    };
    let root = KeyFolder::of(dir).root()?;
    let soon = now + SignedDuration::from_hours(24 * 90);
    find(
        root.common.expires > soon,
        format!("信頼の元の期限は {} です（madoguchi key renew）", root.common.expires),
    );
    for key in rotate::list(dir, &settings)? {
        if key.state != "elsewhere" {
            find(key.state == "here", format!("{} の鍵: {}", key.role, key.state));
        }
    }
    let beside = madoguchi_publisher::keys::root_keys_beside(dir);
    find(!beside.exists(), format!("大もとの鍵 {} は、この機械に置いたままにしません", beside.display()));
    if let Some(public) = public {
        match Repository::at(public)?.timestamp()? {
            Some(timestamp) => {
                let well = timestamp.common.expires > now;
                find(well, format!("配信の期限は {} です（madoguchi refresh）", timestamp.common.expires));
            }
            None => find(false, format!("{} には、まだ何も公開されていません", public.display())),
        }
    }
    say(json, &findings, |findings| {
        let mark = |finding: &Finding| if finding.state == "ok" { "○" } else { "！" };
        findings.iter().map(|finding| format!("{} {}\n", mark(finding), finding.what)).collect()
    })
}
