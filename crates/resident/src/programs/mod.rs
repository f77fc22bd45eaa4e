//! Which benefits are a household's: the country's rules, and those of a town.
//!
//! Nothing here reads a file, knows a town or keeps anything: texts come in, answers go out.

mod compare;
mod explain;
mod file;
mod report;
mod shapes;
mod words;

pub use compare::{Comparison, Row, TownAnswer, TownColumn, TownOutcome, compare};
pub use explain::{ChangeReport, Explanation, Reason, Reasons, explain};
pub use file::{HouseholdFile, HouseholdProblem, MAX_BYTES, NamedProblem, name_problems};
pub use madoguchi_programs::{LeftOut, RuleText, TownRules, rule_files, rules, shipped, with_town};
pub use report::{bound, report};
pub use shapes::{
    AmountReport, DeadlineReport, NoteCode, NoteReport, OpenReport, OutcomeReport, ProgramReport,
    QuestionReport, Report, RequirementReport,
};
pub use words::{LANGUAGES, text};
