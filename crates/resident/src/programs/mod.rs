//! Which benefits are a household's: the country's rules, and what a town adds, as rules and in words.
//!
//! [`for_town`], [`joined_as`], [`prose`] and [`list`] read a joined town's content; nothing else here reads a file, knows a town or
//! keeps anything: texts come in, answers go out.

mod compare;
mod explain;
mod file;
mod find;
mod joined;
mod news;
mod prefectures;
mod prose;
mod report;
mod shapes;
mod town;
mod words;

pub use compare::{Column, Comparison, Row, TownAnswer, TownColumn, TownOutcome, compare, taken_nowhere};
pub use explain::{ChangeReport, Explanation, Reason, Reasons, explain, reasons};
pub use file::{HouseholdFile, HouseholdProblem, MAX_BYTES, NamedProblem, name_problems};
pub use find::{Filed, ListPrograms, ShownTownProgram, TownProgramList, TownProgramRow, filed, list, show};
pub use joined::joined_as;
pub use madoguchi_programs::{LeftOut, RuleText, TownRules, rule_files, rules, shipped, with_town};
pub use news::{News, NewsKind, Theirs, eligible, news};
pub(crate) use prefectures::prefecture_of;
pub use prose::{Ask, ProseAnswer, ProseOutcome, RuledOut};
pub use report::{bound, report};
pub use shapes::{
    AmountReport, DeadlineReport, NoteCode, NoteReport, OpenReport, OutcomeReport, ProgramReport,
    QuestionReport, Report, RequirementReport,
};
pub(crate) use town::today;
pub use town::{ForTown, ask_about, day_number, for_town, for_town_in_use, is_shown, prose};
pub use words::{LANGUAGES, text, title};
