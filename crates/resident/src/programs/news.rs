//! What is new for a household: last days that come near, programs that open by themselves, programs that have opened.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_benefits::answer::{Answer, Outcome, Verdict};
use madoguchi_benefits::value::Days;
use madoguchi_benefits::{Evaluation, FactProblem, Household, Rules, calendar};
use serde::{Deserialize, Serialize};

/// So many days ahead a last day is told, and one more for what opens: the same day of the next month.
const AHEAD: i32 = 30;
const OPENS_AHEAD: i32 = AHEAD + 1;
/// With no more days left than this there is no time to put it off.
const URGENT: i32 = 7;

/// What kind of news.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewsKind {
    /// It became theirs since they last looked.
    Opened,
    /// The last day to ask for it comes near.
    Deadline,
    /// It becomes theirs on a day that comes.
    Opens,
}

/// Something new about a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What kind.
    pub kind: NewsKind,
    /// The program's number in [`Rules::programs`].
    pub program: u32,
    /// For whom, as entered; nobody: for the household.
    pub people: Vec<usize>,
    /// The last day, or the first.
    pub day: Option<i32>,
    /// There is no time to put it off.
    pub urgent: bool,
}

impl News {
    /// The names of those whom it is for.
    pub fn names(&self, household: &Household) -> Vec<String> {
        self.people.iter().filter_map(|person| household.name_of(Some(*person))).collect()
    }
}

/// A program that is somebody's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Theirs {
    /// Its name in the rules.
    pub program: String,
    /// Whose; none: the household's.
    pub person: Option<String>,
}

/// What is theirs on a day: nothing is nobody's.
pub fn eligible(rules: &Rules, household: &Household, on: i32) -> Result<BTreeSet<Theirs>, Vec<FactProblem>> {
    if household.people.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut evaluation = Evaluation::of(rules, on, household)?;
    let mut theirs = BTreeSet::new();
    for (program, id) in rules.programs.iter().zip(0u32..) {
        let per_person = rules.describe(id).is_some_and(|described| described.per_person);
        let whose = if per_person { (0..household.people.len()).map(Some).collect() } else { vec![None] };
        for person in whose {
            if evaluation.verdict_of(id, person) == Some(Verdict::Eligible) {
                theirs.insert(Theirs { program: program.name.clone(), person: household.name_of(person) });
            }
        }
    }
    Ok(theirs)
}

/// What is new on a day, the most urgent first. Nothing is said of programs that are `received`, nor of those that cannot be had
/// beside one of them. `known`: what was theirs when they last looked; where nobody has looked, nothing has opened.
pub fn news(
    rules: &Rules,
    household: &Household,
    on: i32,
    received: &[String],
    known: Option<&BTreeSet<Theirs>>,
) -> Result<Vec<News>, Vec<FactProblem>> {
    if household.people.is_empty() {
        return Ok(Vec::new());
    }
    let mut evaluation = Evaluation::of(rules, on, household)?;
    let teller = Teller { rules, household, received };
    let mut found = Found::default();
    let mut waiting = Vec::new();
    for answer in evaluation.answers().iter().filter(|answer| !teller.is_received(answer.program)) {
        for outcome in &answer.outcomes {
            if outcome.verdict != Verdict::Eligible {
                waiting.push((answer.program, outcome.person));
            } else if !teller.is_excluded(outcome) {
                teller.yes(answer, outcome, on, known, &mut found);
            }
        }
    }
    // Each day is asked of the rules: a birthday is not the only thing that opens a program.
    for day in on + 1..=(on + OPENS_AHEAD).min(calendar::LAST) {
        if waiting.is_empty() {
            break;
        }
        evaluation.set_today(Days::exactly(day));
        waiting.retain(|(program, person)| {
            if evaluation.verdict_of(*program, *person) != Some(Verdict::Eligible) {
                return true;
            }
            if !teller.is_excluded_on_that_day(&mut evaluation, *program, *person) {
                found.add(NewsKind::Opens, *program, *person, Some(day));
            }
            false
        });
    }
    Ok(found.told(on))
}

struct Teller<'a> {
    rules: &'a Rules,
    household: &'a Household,
    received: &'a [String],
}

impl Teller<'_> {
    fn name(&self, program: u32) -> &str {
        self.rules.programs.get(program as usize).map_or("", |program| program.name.as_str())
    }

    fn is_received(&self, program: u32) -> bool {
        self.received.iter().any(|received| received == self.name(program))
    }

    /// One that they receive already excludes it.
    fn is_excluded(&self, outcome: &Outcome) -> bool {
        outcome.excluded_by.iter().any(|program| self.is_received(*program))
    }

    fn is_excluded_on_that_day(
        &self,
        evaluation: &mut Evaluation<'_>,
        program: u32,
        person: Option<usize>,
    ) -> bool {
        let answer = evaluation.answer_of(self.name(program));
        let mut outcomes = answer.iter().flat_map(|answer| &answer.outcomes);
        outcomes.any(|outcome| outcome.person == person && self.is_excluded(outcome))
    }

    /// What is new about something that is theirs. A last day says more than that it has opened.
    fn yes(
        &self,
        answer: &Answer,
        outcome: &Outcome,
        on: i32,
        known: Option<&BTreeSet<Theirs>>,
        found: &mut Found,
    ) {
        let ahead = outcome.deadlines.iter().flatten().filter(|day| (on..=on + AHEAD).contains(*day));
        if let Some(day) = ahead.min() {
            return found.add(NewsKind::Deadline, answer.program, outcome.person, Some(*day));
        }
        let theirs = Theirs {
            program: self.name(answer.program).to_owned(),
            person: self.household.name_of(outcome.person),
        };
        if known.is_some_and(|known| !known.contains(&theirs)) {
            found.add(NewsKind::Opened, answer.program, outcome.person, None);
        }
    }
}

/// News with all whom they are about.
#[derive(Default)]
struct Found(BTreeMap<(NewsKind, u32, Option<i32>), Vec<usize>>);

impl Found {
    fn add(&mut self, kind: NewsKind, program: u32, person: Option<usize>, day: Option<i32>) {
        self.0.entry((kind, program, day)).or_default().extend(person);
    }

    fn told(self, on: i32) -> Vec<News> {
        let mut told: Vec<News> = self
            .0
            .into_iter()
            .map(|((kind, program, day), people)| {
                let urgent = kind == NewsKind::Deadline && day.is_some_and(|day| day - on <= URGENT);
                News { kind, program, people, day, urgent }
            })
            .collect();
        told.sort_by_key(|news| (!news.urgent, news.kind, news.day, news.program));
        told
    }
}

#[cfg(test)]
#[path = "news_tests.rs"]
mod tests;
