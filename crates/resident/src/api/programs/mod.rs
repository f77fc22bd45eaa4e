//! Which benefits are the household's: the questions, the answers, the reasons, towns side by side.

mod amounts;
mod answers;
mod asked;
mod detail;
mod facts;
mod in_words;
mod in_words_shapes;
mod news;
mod rows;
mod shapes;
mod towns;

use jiff::civil::Date;
use madoguchi_benefits::Household;
use serde::Deserialize;

pub(super) use answers::programs;
pub(super) use detail::program;
pub(super) use facts::{HouseholdFacts, household_facts};
pub(super) use in_words::{town_program, town_programs};
pub use in_words_shapes::{InWordsDetail, InWordsList};
pub use news::{BenefitNews, BenefitsSeen};
pub(super) use news::{benefit_news, benefits_seen};
pub use shapes::{ProgramDetail, ProgramsAnswer, TownsCompared};
pub(super) use towns::compare_towns;

/// In which language.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Default, Deserialize)]
pub struct FactsQuery {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    #[serde(default)]
    pub lang: Option<String>,
}

/// For whom and when.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramsQuery {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    pub lang: Option<String>,
    /// The day; today when none is said.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub on: Option<Date>,
    /// Another household than the one that is kept.
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Household>"))]
    pub what_if: Option<Household>,
    /// Only programs for this that happens in life.
    pub event: Option<String>,
}

/// Which program, for whom and when.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramQuery {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    pub lang: Option<String>,
    /// Its name in the rules.
    pub program: String,
    /// The day; today when none is said.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub on: Option<Date>,
    /// Another household than the one that is kept.
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Household>"))]
    pub what_if: Option<Household>,
}

/// Which of the town's programs in words. Everything that is set must hold.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[derive(Debug, Default, Deserialize)]
pub struct TownProgramsQuery {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    pub lang: Option<String>,
    /// The code of a subject: filed under it or a part of it.
    pub segment: Option<String>,
    /// What happens in life.
    pub event: Option<String>,
    /// All of these words occur.
    pub search: Option<String>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Which of the town's programs in words, and when.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[derive(Debug, Deserialize)]
pub struct TownProgramQuery {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    pub lang: Option<String>,
    /// Its id in the town's content.
    pub id: String,
    /// The day; today when none is said.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub on: Option<Date>,
}

/// Which towns, and when.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[derive(Debug, Deserialize)]
pub struct TownsQuery {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    pub lang: Option<String>,
    /// The day; today when none is said.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub on: Option<Date>,
    /// Two or three.
    pub towns: Vec<NamedTown>,
}

/// A town by its names.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NamedTown {
    /// 都道府県
    pub prefecture: String,
    /// 市区町村
    pub municipality: String,
}
