//! Which benefits are a household's: the country's rules, which this crate contains, and those of a town.
//!
//! Nothing here reads a file, knows a town or keeps anything: texts come in, answers go out.

mod compare;
mod file;
mod report;
mod shipped;
mod words;

pub use compare::{Comparison, Row, TownAnswer, TownColumn, TownOutcome, compare};
pub use file::{HouseholdFile, HouseholdProblem, MAX_BYTES, NamedProblem, name_problems};
pub use report::{
    AmountReport, DeadlineReport, NoteCode, NoteReport, OpenReport, OutcomeReport, ProgramReport,
    QuestionReport, Report, RequirementReport, bound, report,
};
pub use shipped::{RuleText, rule_files, rules, shipped, with_town};
pub use words::{LANGUAGES, text};
