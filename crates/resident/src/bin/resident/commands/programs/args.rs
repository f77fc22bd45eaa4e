use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use madoguchi_model::{LifeEvent, Segment};
use madoguchi_resident::programs::LANGUAGES;

use crate::args::segment;

#[derive(Debug, Subcommand)]
pub enum Programs {
    /// Answer every program for a household
    Check(Asked),
    /// Why a program's answer is what it is, and what would change it
    Explain(Explain),
    /// The same household in several towns: --town 静岡県/焼津市=DIR --town 静岡県/藤枝市; DIR has the town's own rule files
    Compare(Asked),
    /// What is new: last days that come near, programs that open by themselves, programs that have opened
    News(News),
    /// What a joined town has of its own: found by words, segment or life event, answered for a household
    Town(Town),
    /// Check a folder of rule files
    Lint {
        /// The folder: rule files (*.rules) and their tables (*.csv)
        dir: PathBuf,
        /// Without the country's rules beside them
        #[arg(long)]
        alone: bool,
    },
}

#[derive(Debug, Args)]
pub struct Asked {
    /// What is known of the household (docs/households/README.md)
    #[arg(long, value_name = "FILE.json")]
    pub household: PathBuf,
    /// On this day; without it on the file's own day, or today
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
    /// Language of the texts
    #[arg(long, value_parser = LANGUAGES, default_value = LANGUAGES[0])]
    pub lang: String,
    /// With the rule files of this folder beside the country's; one of the same name takes the place of the country's
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// With nothing but the rule files of that folder
    #[arg(long, requires = "rules")]
    pub alone: bool,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The program's name or title
    pub program: String,
    #[command(flatten)]
    pub asked: Asked,
    /// Only this person's answer
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
}

#[derive(Debug, Args)]
pub struct News {
    #[command(flatten)]
    pub asked: Asked,
    /// Since this day: what was theirs then has not opened; without it nothing has
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Received already, by its name; may be given several times
    #[arg(long = "received", value_name = "PROGRAM")]
    pub received: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Town {
    /// All of these words occur
    #[arg(long, value_name = "Q")]
    pub search: Option<String>,
    /// Filed under this segment, by code or Japanese name; may be given several times
    #[arg(long = "segment", value_name = "S", value_parser = segment)]
    pub segments: Vec<Segment>,
    /// For this that happens in life: 出産, 離職, 病気, 障害, 死亡, 災害, 進学, 離婚, 介護, 引越し
    #[arg(long, value_name = "EVENT", value_parser = event)]
    pub event: Option<LifeEvent>,
    /// At most so many of those in words
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub limit: usize,
    /// Answered for this household (docs/households/README.md)
    #[arg(long, value_name = "FILE.json")]
    pub household: Option<PathBuf>,
    /// On this day; without it on the file's own day, or today
    #[arg(long, value_name = "DATE", requires = "household")]
    pub on: Option<Date>,
    /// Language of the texts
    #[arg(long, value_parser = LANGUAGES, default_value = LANGUAGES[0])]
    pub lang: String,
}

fn event(text: &str) -> Result<LifeEvent, String> {
    LifeEvent::parse(text).ok_or_else(|| format!("{text:?} is no life event"))
}
