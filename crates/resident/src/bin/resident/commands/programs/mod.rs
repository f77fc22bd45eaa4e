//! Which benefits are a household's. Asks no network, opens no store, keeps nothing.

mod args;
mod check;
mod compare;
mod explain;
mod input;
mod lint;
mod say;

pub use args::Programs;

use crate::args::TownArg;
use crate::{Answer, Failure};

pub fn programs(wanted: &Programs, towns: &[TownArg]) -> Result<Answer, Failure> {
    match wanted {
        Programs::Check(asked) => check::check(asked),
        Programs::Explain(wanted) => explain::explain(wanted),
        Programs::Compare(asked) => compare::compare(asked, towns),
        Programs::Lint { dir, alone } => lint::lint(dir, *alone),
    }
}
