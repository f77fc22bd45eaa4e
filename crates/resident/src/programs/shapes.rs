//! The shapes in which answers are told: names, and the texts of one language.

use madoguchi_benefits::answer::{Per, SourceAnswer, Verdict};
use serde::Serialize;

/// What a household may receive on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The day: `2026-11-26`.
    pub on: String,
    /// The language of the texts; one that a text does not have is Japanese.
    pub lang: String,
    /// Whether the rules know the town; `None` where it is not told.
    pub town_known: Option<bool>,
    /// Every program, in the order of the rules.
    pub programs: Vec<ProgramReport>,
    /// What to ask next, what settles most first.
    pub questions: Vec<QuestionReport>,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProgramReport {
    /// Its name in the rules, which identifies it.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// What it is.
    pub summary: Option<String>,
    /// 手当, 給付, 貸付, 減免, 保険, 年金, サービス, 税.
    pub kind: Option<String>,
    /// The best of its outcomes.
    pub verdict: Verdict,
    /// One for the household, or one for each person as entered.
    pub outcomes: Vec<OutcomeReport>,
    /// The amount in words, where no number says it.
    pub prose: Option<String>,
    /// Months in which it is paid.
    pub payment_months: Vec<u8>,
    /// The next of them from the day on: `2026-12`.
    pub next_payments: Vec<String>,
    /// What to bring.
    pub documents: Vec<String>,
    /// Where to ask.
    pub counter: Option<String>,
    /// The form's address.
    pub apply: Option<String>,
    /// When in life it matters.
    pub events: Vec<String>,
    /// Law articles.
    pub articles: Vec<String>,
    /// Where it and the figures that it uses come from.
    pub sources: Vec<SourceAnswer>,
    /// What is not verified.
    pub unverified: Vec<String>,
    /// What the rules lack for this household.
    pub notes: Vec<NoteReport>,
}

/// A program's answer for the household or a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeReport {
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// Whether it is for them.
    pub verdict: Verdict,
    /// What whoever is eligible receives.
    pub amount: Option<AmountReport>,
    /// What is required.
    pub requires: Vec<RequirementReport>,
    /// Until when one must have asked; none for whom it is not.
    pub deadlines: Vec<DeadlineReport>,
    /// Facts that would settle it, what is needed first first.
    pub open: Vec<OpenReport>,
    /// Programs that they are eligible for and that exclude this one.
    pub excluded_by: Vec<String>,
}

/// Yen, exactly: `44080`, or `n/d` for a fraction; `None` where there is no bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AmountReport {
    /// For what time.
    pub per: Per,
    /// Not below this.
    pub low: Option<String>,
    /// Not above this.
    pub high: Option<String>,
}

/// Something required.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementReport {
    /// In words.
    pub text: String,
    /// Whether it is there.
    pub verdict: Verdict,
    /// Where the law says so.
    pub articles: Vec<String>,
}

/// A last day, or what is said of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineReport {
    /// In words.
    pub text: String,
    /// The day, where it follows from what is known: `2026-11-26`.
    pub day: Option<String>,
    /// Whether that day lies before the one that was asked for.
    pub passed: bool,
}

/// A fact that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenReport {
    /// Its name in the rules.
    pub fact: String,
    /// Whose; `None`: the household's.
    pub person: Option<String>,
}

/// What the rules lack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteReport {
    /// Which kind of gap.
    pub code: NoteCode,
    /// In words for whoever writes rules, with the name of the table or figure.
    pub text: String,
}

/// A kind of gap in the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteCode {
    /// A figure is not known for the day.
    NoFigure,
    /// A table has no rows for the day.
    NoTable,
    /// A definition or function has no formula for the day.
    NoFormula,
    /// A table has no row for this: a town that is not there, say.
    NoRow,
    /// A table's row for the rest was used.
    RestRow,
}

/// A question that would settle something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionReport {
    /// The fact.
    pub fact: String,
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// Its name for residents.
    pub label: Option<String>,
    /// What to ask.
    pub question: Option<String>,
    /// Why it is asked.
    pub why: Option<String>,
    /// The programs that hang on it, most yen first.
    pub programs: Vec<String>,
    /// How many yen a year hang on it.
    pub yen: String,
}
