//! What the screens are told of a town's programs in words. The texts are the town's.

use madoguchi_benefits::answer::Verdict;
use madoguchi_model::{Block, Link, Segment, Source};
use serde::Serialize;

use super::shapes::NamedProgram;

/// The town's programs in words that may concern a household. None of them is ever told to be theirs.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Default, Serialize)]
pub struct InWords {
    /// Those that nothing rules out, in the town's order. What a rule answers is not among them, nor what is for businesses.
    pub rows: Vec<InWordsRow>,
    /// How many the town describes, whoever they are for.
    pub listed: usize,
}

/// A program in words.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct InWordsRow {
    /// Its id in the town's content.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Another name by which it goes.
    pub also: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The language of the texts.
    pub lang: String,
    /// Codes of what it is about.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub segments: Vec<Segment>,
    /// Is it for businesses and not for households?
    pub business: bool,
    /// What one receives, in the town's words.
    pub amount: Option<String>,
    /// Whom to ask: the office or its counter.
    pub ask: Option<String>,
    /// Whom of the household it may concern, where ages rule out somebody else of it.
    pub people: Vec<String>,
}

/// A list of the town's programs in words.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct InWordsList {
    /// In the town's order.
    pub rows: Vec<InWordsRow>,
    /// Are there more?
    pub more: bool,
    /// Codes of the subjects under which the town files any.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub segments: Vec<Segment>,
    /// Events of life under which it files any, in the words of rule files.
    pub events: Vec<&'static str>,
}

/// A program in words, in full.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InWordsDetail {
    /// As in a list.
    pub row: InWordsRow,
    /// `unknown`: perhaps theirs, ask; `not-eligible`: a bound of the data rules it out. Nothing else.
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Verdict"))]
    pub verdict: Verdict,
    /// What rules it out, for whom.
    pub out: Vec<RuledOutFor>,
    /// What it is.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<crate::api::shapes::Block>"))]
    pub body: Vec<Block>,
    /// For whom, with all conditions.
    pub target: Option<String>,
    /// What it costs.
    pub cost: Option<String>,
    /// How to apply.
    pub how: Option<String>,
    /// When to apply, in the town's words.
    pub when: Option<String>,
    /// The first day on which one may apply.
    pub apply_from: Option<String>,
    /// The last day on which one may apply.
    pub apply_to: Option<String>,
    /// Does that time lie ahead?
    pub ahead: bool,
    /// What to bring.
    pub documents: Vec<String>,
    /// Under which name its documents are ticked off.
    pub checklist: String,
    /// The department that published it.
    pub department: Option<String>,
    /// Where to go.
    pub counter: Option<String>,
    /// Who answers.
    pub contact: Option<String>,
    /// Their telephone; the town hall's where the data gives none.
    pub phone: Option<String>,
    /// Their mail address.
    pub email: Option<String>,
    /// Where to read on.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub link: Option<Link>,
    /// What else to read.
    pub links: Vec<TitledLink>,
    /// Forms, and where to apply online.
    pub forms: Vec<TitledLink>,
    /// The law or rule that it rests on.
    pub law: Option<String>,
    /// Everything else that the town's file says of it.
    pub details: Vec<(String, String)>,
    /// The day on which the town last changed it.
    pub updated: Option<String>,
    /// The file it comes from.
    #[cfg_attr(feature = "bindings", ts(as = "Option<crate::api::shapes::Source>"))]
    pub from: Option<Source>,
    /// A program of the rules that answers under the same title.
    pub rule: Option<NamedProgram>,
}

/// A bound of the data, and whom it rules out.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuledOutFor {
    /// Whom; none: everybody.
    pub name: Option<String>,
    /// By what.
    #[cfg_attr(feature = "bindings", ts(type = "\"age\" | \"area\" | \"closed\" | \"over\""))]
    pub by: &'static str,
    /// Of an age: which kind of bound.
    #[cfg_attr(feature = "bindings", ts(type = "\"at-least\" | \"over\" | \"at-most\" | \"under\" | null"))]
    pub bound: Option<&'static str>,
    /// Years of the age.
    pub years: Option<u16>,
    /// Months of the age, beyond the years.
    pub months: Option<u16>,
    /// Where one must live.
    pub areas: Vec<String>,
    /// The last day that it was, or could be asked for.
    pub to: Option<String>,
}

/// A link with its name; none where the town gives the address alone.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct TitledLink {
    /// Its name.
    pub title: Option<String>,
    /// Its address.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub href: Link,
}
