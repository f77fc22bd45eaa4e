use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use madoguchi_model::TownCode;
use madoguchi_publisher::init::init;

use crate::output::{Failure, say};

/// Make a town's folder: town.toml, the keys of the office and its departments, and the root keys beside it.
#[derive(Args)]
pub struct Arguments {
    /// The folder; files that lie there already stay.
    dir: PathBuf,
    /// The town's 全国地方公共団体コード, six digits.
    #[arg(long)]
    code: TownCode,
    /// The town's name, such as 焼津市.
    #[arg(long)]
    name: String,
    /// Where to put the root keys; DIR.root-keys unless said.
    #[arg(long)]
    root_keys: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, json: bool) -> Result<(), Failure> {
    let Arguments { dir, code, name, root_keys } = arguments;
    let made = init(dir, code, name, root_keys.as_deref(), Timestamp::now())?;
    say(json, &made, |made| {
        format!(
            "町のフォルダができました: {}\n\
             住民の電話にわたす信頼の元: {}\n\
             大もとの鍵: {}\n  この機械から外して、金庫などにしまってください。鍵を替えるときだけ使います。\n\
             つぎに: データのファイルをフォルダに置いて  madoguchi publish {} --out 公開フォルダ",
            made.dir.display(),
            made.root.display(),
            made.root_keys.display(),
            made.dir.display(),
        )
    })
}
