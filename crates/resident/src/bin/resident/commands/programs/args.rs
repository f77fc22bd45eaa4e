use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use madoguchi_resident::programs::LANGUAGES;

#[derive(Debug, Subcommand)]
pub enum Programs {
    /// Answer every program for a household
    Check(Asked),
    /// Why a program's answer is what it is, and what would change it
    Explain(Explain),
    /// The same household in several towns: --town 静岡県/焼津市 --town 静岡県/藤枝市
    Compare(Asked),
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
