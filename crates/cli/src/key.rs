use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use jiff::Timestamp;
use madoguchi_publisher::rotate;
use madoguchi_publisher::settings::Settings;

use crate::output::{Failure, say};

/// Create, rotate and revoke keys.
#[derive(Subcommand)]
pub enum Command {
    /// Every key of the town and where it is.
    List {
        /// The town's folder.
        dir: PathBuf,
    },
    /// Give a role a new key: `online`, `targets`, or a department. A lost online key is recovered so.
    Rotate {
        /// The town's folder.
        dir: PathBuf,
        /// `online`, `targets`, or a department's id.
        role: String,
        /// The folder with the root keys; DIR.root-keys unless said. Not needed for a department.
        #[arg(long)]
        root_keys: Option<PathBuf>,
    },
    /// Replace the root keys themselves.
    RotateRoot {
        /// The town's folder.
        dir: PathBuf,
        /// The folder with the present root keys; DIR.root-keys unless said.
        #[arg(long)]
        root_keys: Option<PathBuf>,
        /// A new folder for the new ones.
        #[arg(long)]
        new_root_keys: PathBuf,
    },
    /// Sign the root with a new date (it holds for two years).
    Renew {
        /// The town's folder.
        dir: PathBuf,
        /// The folder with the root keys; DIR.root-keys unless said.
        #[arg(long)]
        root_keys: Option<PathBuf>,
    },
    /// Add a department to town.toml and make its key.
    AddDepartment {
        /// The town's folder.
        dir: PathBuf,
        /// Short ASCII name, such as kosodate.
        id: String,
        /// Its name, such as こども課.
        #[arg(long)]
        name: String,
        /// It may sign alerts.
        #[arg(long)]
        alerts: bool,
    },
    /// Take a department's right to sign away: from the next publication on nothing of it is accepted.
    Revoke {
        /// The town's folder.
        dir: PathBuf,
        /// The department's id.
        id: String,
    },
}

pub fn run(command: &Command, json: bool) -> Result<(), Failure> {
    let now = Timestamp::now();
    match command {
        Command::List { dir } => {
            let keys = rotate::list(dir, &settings(dir)?)?;
            say(json, &keys, |keys| {
                let line = |key: &rotate::KeyState| {
                    let short: String = key.keyid.chars().take(16).collect();
                    format!("{:<12} {:<10} {short}\n", key.role, key.state)
                };
                keys.iter().map(line).collect()
            })
        }
        Command::Rotate { dir, role, root_keys } => {
            rotate::rotate(dir, &settings(dir)?, role, root_keys.as_deref(), now)?;
            done(json, "rotated", &format!("{role} の鍵を新しくしました。つぎの publish から使われます。"))
        }
        Command::RotateRoot { dir, root_keys, new_root_keys } => {
            rotate::rotate_root(dir, &settings(dir)?, root_keys.as_deref(), new_root_keys, now)?;
            done(
                json,
                "rotated",
                "大もとの鍵を新しくしました。つぎの publish で配られます。古い鍵は処分できます。",
            )
        }
        Command::Renew { dir, root_keys } => {
            rotate::renew(dir, &settings(dir)?, root_keys.as_deref(), now)?;
            done(json, "renewed", "信頼の元の期限をのばしました。つぎの publish で配られます。")
        }
        Command::AddDepartment { dir, id, name, alerts } => {
            rotate::add_department(dir, id, name, *alerts)?;
            done(json, "added", &format!("{name}（{id}）を加えました。つぎの publish から配信できます。"))
        }
        Command::Revoke { dir, id } => {
            rotate::revoke(dir, &settings(dir)?, id)?;
            done(
                json,
                "revoked",
                &format!("{id} の鍵を無効にしました。publish すると、{id} の配信は消えます。"),
            )
        }
    }
}

fn done(json: bool, what: &str, words: &str) -> Result<(), Failure> {
    say(json, &serde_json::json!({"done": what}), |_| words.into())
}

/// Reads a town's `town.toml`.
pub fn settings(dir: &Path) -> Result<Settings, Failure> {
    let path = dir.join("town.toml");
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::new("file", format!("{}: {error}", path.display())))?;
    Settings::parse(&text).map_err(|error| Failure::new("town-toml", error))
}
