//! Which benefits are a household's. Asks no network and keeps nothing; only `town` opens a phone's store.

mod args;
mod check;
mod compare;
mod explain;
mod input;
mod lint;
mod news;
mod say;
mod town;

pub use args::Programs;

use crate::args::TownArg;
use crate::{Answer, Failure};

pub use town::town;

pub fn programs(wanted: &Programs, towns: &[TownArg]) -> Result<Answer, Failure> {
    match wanted {
        Programs::Check(asked) => check::check(asked),
        Programs::Explain(wanted) => explain::explain(wanted),
        Programs::Compare(asked) => compare::compare(asked, towns),
        Programs::News(wanted) => news::news(wanted),
        Programs::Town(_) => Err(Failure::Other("misused", "--home DIR is missing".into())),
        Programs::Lint { dir, alone } => lint::lint(dir, *alone),
    }
}
