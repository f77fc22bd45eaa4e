//! What a household may receive: per program a verdict, an amount, the reasons, and what is still open.
//!
//! Answers hold numbers, not texts: [`Rules::describe`] tells what a program is, once, in every language it has.

mod change;
mod describe;
mod open;
mod reasons;

pub use change::{Change, Limit};
pub use describe::{Description, Requirement, SourceAnswer, Words};
pub use open::{Question, questions};
pub use reasons::{Step, StepKind};

use crate::evaluate::{Evaluation, Note};
use crate::number::Interval;
use crate::rules::{Program, Type};
use crate::syntax::Scope;
use crate::unit::Unit;
use crate::value::{Truth, Value};
use serde::Serialize;

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

/// For what time an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Once.
    Once,
    /// 円/日
    Day,
    /// 円/月
    Month,
    /// 円/年
    Year,
}

/// Yen between two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// For what time.
    pub per: Per,
    /// The bounds.
    pub yen: Interval,
}

impl Amount {
    /// Whether it is one number.
    pub fn is_exact(&self) -> bool {
        self.yen.known().is_some()
    }
}

/// A fact that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Open {
    /// Its number in [`crate::Rules::facts`].
    pub fact: u32,
    /// Whose, as entered; `None`: the household's.
    pub person: Option<usize>,
}

/// A program's answer for the household, or for one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The person, as entered; `None`: the household.
    pub person: Option<usize>,
    /// Whether it is for them.
    pub verdict: Verdict,
    /// What whoever is eligible receives.
    pub amount: Option<Amount>,
    /// Of each requirement, in the order of [`Description::requires`].
    pub requires: Vec<Verdict>,
    /// The last days to ask for it, in the order of [`Description::deadlines`], where they follow from what is known.
    pub deadlines: Vec<Option<i32>>,
    /// Facts that would settle it, what is needed first first.
    pub open: Vec<Open>,
    /// Programs (numbers in [`crate::Rules::programs`]) that they are eligible for and that exclude this one.
    pub excluded_by: Vec<u32>,
}

/// A program, with what it comes to for this household.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its number in [`crate::Rules::programs`].
    pub program: u32,
    /// The best verdict of its outcomes.
    pub verdict: Verdict,
    /// One for the household, or one for each person.
    pub outcomes: Vec<Outcome>,
    /// What the rules lack for this household (a figure for the day, a row for the town), and rows for "the rest" that were used.
    pub notes: Vec<Note>,
}

impl Evaluation<'_> {
    /// Every program's answer.
    pub fn answers(&mut self) -> Vec<Answer> {
        (0..self.rules().programs.len()).filter_map(|id| self.answer(u32::try_from(id).ok()?)).collect()
    }

    /// One program's answer by name.
    pub fn answer_of(&mut self, name: &str) -> Option<Answer> {
        let id = self.rules().program_number(name)?;
        self.answer(id)
    }

    /// Whether a program (its number in [`Rules::programs`](crate::Rules::programs)) is for the household, or for a person as entered,
    /// without what it comes to.
    pub fn verdict_of(&mut self, program: u32, person: Option<usize>) -> Option<Verdict> {
        let eligible = self.rules().programs.get(program as usize)?.eligible;
        let place = person.map_or(0, |p| self.place_of(p));
        Some(verdict(self.truth_of(eligible, place)))
    }

    fn answer(&mut self, id: u32) -> Option<Answer> {
        let program = self.rules().programs.get(id as usize)?;
        let before = self.take_notes();
        let outcomes: Vec<Outcome> = match program.scope {
            Scope::Household => vec![self.outcome(id, program, None)],
            Scope::Person => {
                (0..self.people()).map(|person| self.outcome(id, program, Some(person))).collect()
            }
        };
        let notes = self.take_notes();
        before.into_iter().chain(notes.iter().copied()).for_each(|note| self.note(note));
        let verdict = outcomes.iter().map(|o| o.verdict).min().unwrap_or(Verdict::NotEligible);
        Some(Answer { program: id, verdict, outcomes, notes })
    }

    fn outcome(&mut self, id: u32, program: &Program, person: Option<usize>) -> Outcome {
        let place = person.map_or(0, |p| self.place_of(p));
        let verdict = verdict(self.truth_of(program.eligible, place));
        let requires =
            program.requires.iter().map(|r| self::verdict(self.truth_of(r.definition, place))).collect();
        let mut outcome = Outcome {
            person,
            verdict,
            amount: None,
            requires,
            deadlines: vec![],
            open: vec![],
            excluded_by: vec![],
        };
        if verdict == Verdict::NotEligible {
            return outcome;
        }
        outcome.amount = program.amount.and_then(|id| {
            let ty = self.rules().definitions.get(id as usize)?.ty;
            match self.definition(id, place) {
                Value::Number(yen) => Some(Amount { per: per(ty), yen }),
                _ => None,
            }
        });
        outcome.deadlines = program.deadlines.iter().map(|d| self.day_of(d.day?, place)).collect();
        let exact = outcome.amount.as_ref().is_none_or(Amount::is_exact);
        if verdict == Verdict::Unknown || !exact {
            outcome.open = self.open_facts(program, place);
        }
        // What another program runs into is that one's to tell.
        let notes = self.take_notes();
        outcome.excluded_by = self.excluding(id, program, place);
        self.take_notes();
        notes.into_iter().for_each(|note| self.note(note));
        outcome
    }

    fn day_of(&mut self, definition: u32, place: usize) -> Option<i32> {
        match self.definition(definition, place) {
            Value::Date(days) => days.known(),
            _ => None,
        }
    }

    pub(crate) fn truth_of(&mut self, definition: u32, place: usize) -> Truth {
        match self.definition(definition, place) {
            Value::Bool(truth) => truth,
            _ => Truth::Unknown,
        }
    }

    /// Programs that are granted and that cannot be received beside this one.
    fn excluding(&mut self, own: u32, program: &Program, place: usize) -> Vec<u32> {
        let rules = self.rules();
        let mut found = Vec::new();
        for (other, id) in rules.programs.iter().zip(0u32..) {
            if !program.excludes.contains(&id) && !other.excludes.contains(&own) {
                continue;
            }
            let places = match (other.scope, program.scope) {
                (Scope::Person, Scope::Person) => place..place + 1,
                (Scope::Person, Scope::Household) => 0..self.people(),
                (Scope::Household, _) => 0..1,
            };
            if places.into_iter().any(|place| self.truth_of(other.eligible, place) == Truth::Yes) {
                found.push(id);
            }
        }
        found
    }

    /// Where a person stands, as entered.
    pub(crate) fn place_of(&self, entered: usize) -> usize {
        self.order.get(entered).copied().unwrap_or(entered)
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

fn per(ty: Type) -> Per {
    match ty {
        Type::Number(Unit::YenPerDay) => Per::Day,
        Type::Number(Unit::YenPerMonth) => Per::Month,
        Type::Number(Unit::YenPerYear) => Per::Year,
        _ => Per::Once,
    }
}
