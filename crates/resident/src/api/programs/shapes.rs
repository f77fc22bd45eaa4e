//! What is told of programs: numbers of people as they were entered, texts of one language, yen in digits.

use madoguchi_benefits::answer::{Per, StepKind, Verdict};
use serde::Serialize;

use super::in_words_shapes::InWords;
use crate::household::Open;

/// Something that residents are asked.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FactShape {
    /// Its name in the rules.
    pub fact: String,
    /// Is it asked for each person?
    pub per_person: bool,
    /// What it is called.
    pub label: String,
    /// What is asked.
    pub question: String,
    /// Why it is asked.
    pub why: String,
    /// What its answer is.
    pub kind: FactKind,
    /// In what a number counts: `yen-a-year`, `people`, …; none for a plain number and for what is no number.
    pub unit: Option<&'static str>,
    /// What can be chosen.
    pub words: Vec<Word>,
    /// Not below this number or day.
    pub low: Option<String>,
    /// Not above this.
    pub high: Option<String>,
    /// For a text: those that tables list; empty when any will do.
    pub choices: Vec<String>,
    /// For a text whose choices follow from another fact: which one.
    pub depends_on: Option<String>,
    /// The choices for each answer to that other fact, in the same order as its own.
    pub choices_by: Vec<ChoicesOf>,
}

/// The choices for an answer to another fact.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoicesOf {
    /// That answer.
    pub of: String,
    /// What can be chosen.
    pub choices: Vec<String>,
}

/// What an answer is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of the words.
    Choice,
    /// Some of the words, or none.
    Set,
    /// A text.
    Text,
    /// One of the household, or nobody of it.
    Person,
    /// Some of the household, or none.
    Persons,
}

/// A word to choose.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Word {
    /// As it is kept.
    pub word: String,
    /// As it is shown.
    pub label: String,
}

/// Yen between two bounds.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// For what time.
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Per"))]
    pub per: Per,
    /// Not below this; none: no bound is known.
    pub low: Option<String>,
    /// Not above this; none: no bound is known.
    pub high: Option<String>,
    /// Is it this one number?
    pub exact: bool,
}

/// A program by its name.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedProgram {
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
}

/// An answer in short.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The best for anybody.
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Verdict"))]
    pub verdict: Verdict,
    /// What it comes to for all together.
    pub amount: Option<Amount>,
}

/// A program with its answer.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramRow {
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// What it is.
    pub summary: Option<String>,
    /// 手当, 給付, 貸付, 減免, 年金, …
    pub kind: Option<String>,
    /// The best for anybody.
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Verdict"))]
    pub verdict: Verdict,
    /// What it comes to for all together; what is not sure counts from nothing.
    pub amount: Option<Amount>,
    /// The amount in words, where no number says it.
    pub prose: Option<String>,
    /// For whom; the household as a whole is one without a number.
    pub people: Vec<PersonAnswer>,
    /// The next last day to ask for it that has not passed.
    pub next_deadline: Option<Deadline>,
    /// Is something of it not verified?
    pub unverified: bool,
    /// Do the rules lack a figure or a row for this household?
    pub gaps: bool,
    /// Does the resident receive it already?
    pub received: bool,
    /// What they can have and that excludes this one.
    pub excluded_by: Vec<NamedProgram>,
    /// How many facts would settle it.
    pub open_count: usize,
    /// Is it to be paid back?
    pub loan: bool,
}

/// An answer for one person.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonAnswer {
    /// Their place in the household; none: the household's.
    pub person: Option<usize>,
    /// Their name; empty for the household.
    pub name: String,
    /// Is it for them?
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Verdict"))]
    pub verdict: Verdict,
    /// How much.
    pub amount: Option<Amount>,
}

/// A last day, or what is said of one.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Deadline {
    /// The day, where it follows from what is known.
    pub day: Option<String>,
    /// In words.
    pub text: String,
}

/// A question that would settle something.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// What to ask, and of whom.
    pub open: Open,
    /// Whose; empty for the household.
    pub name: String,
    /// How it is asked.
    pub shape: FactShape,
    /// What hangs on it, most yen first.
    pub programs: Vec<NamedProgram>,
    /// How many yen a year hang on it.
    pub yen_per_year: String,
}

/// All programs for a household.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramsAnswer {
    /// The day: `2026-11-26`.
    pub on: String,
    /// Was there a household to ask about?
    pub has_household: bool,
    /// The programs.
    pub groups: Groups,
    /// What they come to.
    pub total: Total,
    /// What to ask next, what settles most first.
    pub questions: Vec<Question>,
    /// What may happen in life, of all programs.
    pub events: Vec<String>,
    /// The town's programs in words that may concern the household.
    pub town: InWords,
    /// What is different from the household that is kept.
    pub changes: Vec<Changed>,
}

/// Programs by their answer.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Groups {
    /// For this household.
    pub yours: Vec<ProgramRow>,
    /// It depends on what is not known.
    pub perhaps: Vec<ProgramRow>,
    /// Not for this household.
    pub not_yours: Vec<ProgramRow>,
}

/// What programs come to. Loans are not in it; of programs that exclude each other only as many as can be had together.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// In a year; what is paid once counts once.
    pub per_year: Amount,
    /// Programs that it leaves out because no number for a year is known.
    pub uncertain: usize,
}

/// A program whose answer is another one.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// For the household that is kept.
    pub from: Cell,
    /// For the one that was asked about.
    pub to: Cell,
}

/// A program with its reasons.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProgramDetail {
    /// The answer.
    pub row: ProgramRow,
    /// One for the household, or one for each person.
    pub outcomes: Vec<Outcome>,
    /// What to bring.
    pub documents: Vec<String>,
    /// Where to ask.
    pub counter: Option<String>,
    /// The form's address.
    pub apply: Option<String>,
    /// Months in which it is paid.
    pub payment_months: Vec<u8>,
    /// Law articles.
    pub articles: Vec<String>,
    /// Where it and its figures come from.
    pub sources: Vec<RuleSource>,
    /// What is not verified.
    pub unverified: Vec<String>,
    /// What the rules lack for this household: `no-row: …`, for whoever writes rules.
    pub notes: Vec<String>,
    /// When in life it matters.
    pub events: Vec<String>,
}

/// Where a rule comes from.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct RuleSource {
    /// The law or page.
    pub text: String,
    /// Its address.
    pub url: Option<String>,
    /// The day on which it was compared.
    pub checked: Option<String>,
}

/// A program's answer for the household or a person, with its reasons.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Their place in the household; none: the household's.
    pub person: Option<usize>,
    /// Their name; empty for the household.
    pub name: String,
    /// Is it for them?
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Verdict"))]
    pub verdict: Verdict,
    /// How much.
    pub amount: Option<Amount>,
    /// What is required.
    pub requires: Vec<Required>,
    /// Why: a tree for each requirement, and one for the amount.
    pub reasons: Vec<Step>,
    /// Single changes that would make it theirs.
    pub changes: Vec<FactChange>,
    /// The last days to ask for it.
    pub deadlines: Vec<Deadline>,
    /// What would settle it.
    pub questions: Vec<Question>,
}

/// Something required.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Required {
    /// In words.
    pub text: String,
    /// Is it there?
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::Verdict"))]
    pub verdict: Verdict,
    /// Where the law says so.
    pub articles: Vec<String>,
}

/// A step of the reasons. What is not known has no value, but what it may be; nothing at all where it may be anything.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Step {
    /// What it is.
    #[cfg_attr(feature = "bindings", ts(as = "crate::api::shapes::StepKind"))]
    pub kind: StepKind,
    /// Its name in the rules, where it has one.
    pub name: Option<String>,
    /// Its name for residents.
    pub label: Option<String>,
    /// Whose, by their place in the household.
    pub person: Option<usize>,
    /// For what holds or does not.
    #[cfg_attr(feature = "bindings", ts(as = "Option<crate::api::shapes::Verdict>"))]
    pub verdict: Option<Verdict>,
    /// In words or digits.
    pub value: Option<String>,
    /// Not below this.
    pub low: Option<String>,
    /// Not above this.
    pub high: Option<String>,
    /// One of these words; for a set: these words.
    pub words: Vec<String>,
    /// `yen`, `yen-a-month`, `years`, `date`, … of a number.
    pub unit: Option<&'static str>,
    /// The day from which a figure holds.
    pub since: Option<String>,
    /// Where the law says so.
    pub articles: Vec<String>,
    /// What it is made of.
    pub below: Vec<Step>,
}

/// A change of one fact that would make it theirs.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// The fact, and whose.
    pub open: Open,
    /// Whose; empty for the household.
    pub name: String,
    /// What the fact is called.
    pub label: String,
    /// Up to the value, from it on, or the other answer.
    #[cfg_attr(feature = "bindings", ts(type = "\"at-most\" | \"at-least\" | \"opposite\""))]
    pub limit: &'static str,
    /// The number.
    pub value: Option<String>,
    /// In what it counts.
    pub unit: Option<&'static str>,
}

/// The same household in several towns.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct TownsCompared {
    /// As asked.
    pub towns: Vec<ComparedTown>,
    /// Every program.
    pub rows: Vec<ComparedRow>,
}

/// A town of a comparison.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct ComparedTown {
    /// 都道府県
    pub prefecture: String,
    /// 市区町村
    pub municipality: String,
    /// Do the rules know it?
    pub known: bool,
    /// Does the phone have all rules of its own? What is then not in them is not there.
    pub held: bool,
}

/// A program in each of the towns.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct ComparedRow {
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// What is required in every town that has it, where several do and are not all alike.
    pub requires: Vec<String>,
    /// The answers, in the order of the towns.
    pub cells: Vec<ComparedCell>,
    /// Are the towns not all alike, as far as the phone has their rules?
    pub differs: bool,
}

/// A program in one of the towns.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct ComparedCell {
    /// The answer; none where the town's rules have no such program, or the phone does not have the town's rules.
    pub answer: Option<Cell>,
    /// What is required there and not everywhere.
    pub requires: Vec<String>,
}
