//! What a household may receive: per program a verdict, an amount, the reasons, and what is still open.

mod change;
mod open;
mod reasons;

pub use change::{Change, Limit};
pub use open::{Question, questions};
pub use reasons::{Step, StepKind};

use crate::calendar;
use crate::evaluate::Evaluation;
use crate::number::Interval;
use crate::rules::{Program, Rules, Type, Unit};
use crate::syntax::{Origin, Scope, Texts};
use crate::value::{Truth, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// A text by language (`ja`, `ja-easy`, `en`).
pub type Words = BTreeMap<String, String>;

/// Whether a program is for someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All that is required is there.
    Eligible,
    /// It depends on facts that are not known.
    Unknown,
    /// Something that is required is not there.
    NotEligible,
}

/// Bounds of an amount in a unit; one that is missing has no bound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Amount {
    /// Yen, `day`, `month`, `year` or `once`.
    pub per: &'static str,
    /// Not less: a number, or a fraction such as `1/3`.
    pub low: Option<String>,
    /// Not more.
    pub high: Option<String>,
}

impl Amount {
    /// Whether it is one number.
    pub fn is_exact(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }
}

/// Something that is required, and whether it is there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// In words.
    pub text: Words,
    /// Whether it is there.
    pub verdict: Verdict,
    /// Where the law says so.
    pub articles: Vec<String>,
}

/// A program's answer for the household, or for one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The person, as entered; `None`: the household.
    pub person: Option<usize>,
    /// For whom it is.
    pub verdict: Verdict,
    /// What whoever is eligible receives.
    pub amount: Option<Amount>,
    /// Each requirement.
    pub reasons: Vec<Reason>,
    /// Days until which one must have asked for it.
    pub deadlines: Vec<DeadlineAnswer>,
    /// Facts that would settle it, most telling first.
    pub open: Vec<Open>,
    /// Programs that the household is eligible for and that exclude this one.
    pub excluded_by: Vec<String>,
}

/// A fact that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Open {
    /// Whose; `None`: the household's.
    pub person: Option<usize>,
    /// Its name in rules.
    pub fact: String,
}

/// Until when one must have asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeadlineAnswer {
    /// In words.
    pub text: Words,
    /// The day, where it follows from what is known: `2026-12-11`.
    pub day: Option<String>,
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceAnswer {
    /// The law or page.
    pub text: String,
    /// Its address.
    pub url: Option<String>,
    /// The day on which it was compared.
    pub checked: Option<String>,
}

/// A program, with what it comes to for this household.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Its name in rules.
    pub program: String,
    /// How residents call it.
    pub title: Words,
    /// What it is.
    pub summary: Words,
    /// 手当, 給付, 貸付, 減免, 保険, 年金, サービス, 税.
    pub kind: Option<String>,
    /// The best verdict of its outcomes.
    pub verdict: Verdict,
    /// One for the household, or one for each person.
    pub outcomes: Vec<Outcome>,
    /// The amount in words, where no number says it.
    pub prose: Words,
    /// Months in which it is paid.
    pub payment_months: Vec<u8>,
    /// What to bring.
    pub documents: Vec<Words>,
    /// Where to ask.
    pub counter: Words,
    /// The form's address.
    pub apply: Option<String>,
    /// When in life it matters.
    pub events: Vec<String>,
    /// Law articles.
    pub articles: Vec<String>,
    /// Where it comes from.
    pub sources: Vec<SourceAnswer>,
    /// What is not verified: of the program itself and of every figure that it uses.
    pub unverified: Vec<String>,
    /// What the rules lack for this household: a figure for the day, a row for the town.
    pub gaps: Vec<String>,
}

impl Evaluation<'_> {
    /// Every program's answer.
    pub fn answers(&mut self) -> Vec<Answer> {
        (0..self.rules().programs.len()).filter_map(|id| self.answer(u32::try_from(id).ok()?)).collect()
    }

    /// One program's answer by name.
    pub fn answer_of(&mut self, name: &str) -> Option<Answer> {
        let id = self.rules().programs.iter().position(|program| program.name == name)?;
        self.answer(u32::try_from(id).ok()?)
    }

    fn answer(&mut self, id: u32) -> Option<Answer> {
        let rules = self.rules();
        let program = rules.programs.get(id as usize)?;
        let people: Vec<Option<usize>> = match program.scope {
            Scope::Household => vec![None],
            Scope::Person => (0..self.people()).map(Some).collect(),
        };
        let before = self.notes().len();
        let outcomes: Vec<Outcome> = people.into_iter().map(|person| self.outcome(program, person)).collect();
        let gaps = self.describe_notes().split_off(before.min(self.notes().len()));
        let verdict = outcomes.iter().map(|o| o.verdict).min().unwrap_or(Verdict::NotEligible);
        Some(Answer {
            program: program.name.clone(),
            title: words(&program.title),
            summary: words(&program.summary),
            kind: program.kind.clone(),
            verdict,
            outcomes,
            prose: words(&program.prose),
            payment_months: program.payment.clone(),
            documents: program.documents.iter().map(words).collect(),
            counter: words(&program.counter),
            apply: program.apply.clone(),
            events: program.events.clone(),
            articles: program.origin.articles.clone(),
            sources: sources(&program.origin),
            unverified: program.origin.unverified.clone(),
            gaps,
        })
    }

    fn outcome(&mut self, program: &Program, person: Option<usize>) -> Outcome {
        let place = person.map_or(0, |p| self.order.get(p).copied().unwrap_or(p));
        let verdict = verdict(self.truth_of(program.eligible, place));
        let reasons = program
            .requires
            .iter()
            .map(|required| Reason {
                text: words(&required.text),
                verdict: self::verdict(self.truth_of(required.definition, place)),
                articles: required.articles.clone(),
            })
            .collect();
        let amount = program.amount.filter(|_| verdict != Verdict::NotEligible);
        let amount = amount.and_then(|id| {
            let ty = self.rules().definitions.get(id as usize)?.ty;
            match self.definition(id, place) {
                Value::Number(n) => Some(self::amount(ty, n)),
                _ => None,
            }
        });
        let mut deadlines = Vec::new();
        for deadline in program.deadlines.iter().filter(|_| verdict != Verdict::NotEligible) {
            let day = deadline.day.and_then(|id| match self.definition(id, place) {
                Value::Date(days) => days.known().map(calendar::format),
                _ => None,
            });
            deadlines.push(DeadlineAnswer { text: words(&deadline.text), day });
        }
        let settled = verdict == Verdict::NotEligible
            || (verdict == Verdict::Eligible && amount.as_ref().is_none_or(Amount::is_exact));
        let open = if settled { Vec::new() } else { self.open_facts(program, place) };
        let excluded_by =
            if verdict == Verdict::NotEligible { Vec::new() } else { self.excluding(program, place) };
        Outcome { person, verdict, amount, reasons, deadlines, open, excluded_by }
    }

    pub(crate) fn truth_of(&mut self, definition: u32, place: usize) -> Truth {
        match self.definition(definition, place) {
            Value::Bool(truth) => truth,
            _ => Truth::Unknown,
        }
    }

    /// Programs that are granted and that cannot be received beside this one.
    fn excluding(&mut self, program: &Program, place: usize) -> Vec<String> {
        let rules = self.rules();
        let own =
            rules.programs.iter().position(|p| p.name == program.name).and_then(|id| u32::try_from(id).ok());
        let others = rules.programs.iter().zip(0u32..).filter(|(other, id)| {
            program.excludes.contains(id) || own.is_some_and(|own| other.excludes.contains(&own))
        });
        let mut found = Vec::new();
        for (other, _) in others {
            let places: Vec<usize> = match (other.scope, program.scope) {
                (Scope::Person, Scope::Person) => vec![place],
                (Scope::Person, Scope::Household) => (0..self.people()).collect(),
                (Scope::Household, _) => vec![0],
            };
            if places.into_iter().any(|place| self.truth_of(other.eligible, place) == Truth::Yes) {
                found.push(other.name.clone());
            }
        }
        found
    }

    /// The person as entered, of a place in the evaluation.
    pub(crate) fn entered(&self, place: usize) -> usize {
        self.order.iter().position(|p| *p == place).unwrap_or(place)
    }
}

pub(crate) fn verdict(truth: Truth) -> Verdict {
    match truth {
        Truth::Yes => Verdict::Eligible,
        Truth::No => Verdict::NotEligible,
        Truth::Unknown => Verdict::Unknown,
    }
}

pub(crate) fn amount(ty: Type, n: Interval) -> Amount {
    let per = match ty {
        Type::Number(Unit::YenPerDay) => "day",
        Type::Number(Unit::YenPerMonth) => "month",
        Type::Number(Unit::YenPerYear) => "year",
        _ => "once",
    };
    let bound = |n: crate::number::Ratio| n.is_finite().then(|| n.to_string());
    Amount { per, low: bound(n.low), high: bound(n.high) }
}

/// Texts with the tags of the app's languages.
pub(crate) fn words(texts: &Texts) -> Words {
    texts
        .iter()
        .map(|(lang, text)| (if lang == "easy" { "ja-easy".to_owned() } else { lang.clone() }, text.clone()))
        .collect()
}

pub(crate) fn sources(origin: &Origin) -> Vec<SourceAnswer> {
    origin
        .sources
        .iter()
        .map(|s| SourceAnswer {
            text: s.text.clone(),
            url: s.url.clone(),
            checked: s.checked.map(calendar::format),
        })
        .collect()
}

impl Rules {
    /// What residents are asked for a fact: label, question, why it is asked.
    pub fn asking(&self, fact: &str) -> Option<(Words, Words, Words)> {
        let fact = self.fact(fact)?;
        Some((words(&fact.label), words(&fact.question), words(&fact.why)))
    }
}
