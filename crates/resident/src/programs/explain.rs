//! Why a program's answer is what it is, and what would change it, with names and with the texts of one language.

use madoguchi_benefits::answer::{Limit, Step, StepKind, Verdict};
use madoguchi_benefits::{Evaluation, FactProblem, Household, Rules, Type, calendar};
use serde::Serialize;
use std::collections::BTreeSet;

use super::report::report;
use super::shapes::{ProgramReport, QuestionReport};
use super::words::text;

/// A program's answer with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The day: `2026-11-26`.
    pub on: String,
    /// The language of the texts.
    pub lang: String,
    /// The answer.
    #[serde(flatten)]
    pub program: ProgramReport,
    /// The questions that are open for it, what settles most first.
    pub questions: Vec<QuestionReport>,
    /// The reasons of each outcome, in the same order.
    pub reasons: Vec<Reasons>,
}

/// The reasons of one outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reasons {
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// One tree for each requirement; for whom it is or may be, then one for the amount where a number says it.
    pub because: Vec<Reason>,
    /// For whom it is not: single changes that would make it so.
    pub changes: Vec<ChangeReport>,
}

/// A step of the reasons: what has a name, and what holds or does not; what lies between is left out. What is not known has no `value` but what it may be; nothing at all where it may be anything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// What it is.
    pub kind: StepKind,
    /// Its name in the rules, where it has one.
    pub name: Option<String>,
    /// Its name for residents.
    pub label: Option<String>,
    /// Whose; `None`: the household's, or nobody's.
    pub person: Option<String>,
    /// For what holds or does not.
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
    pub below: Vec<Reason>,
}

/// A change of one fact that would make someone eligible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeReport {
    /// The fact.
    pub fact: String,
    /// Its name for residents.
    pub label: Option<String>,
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// `at-most`, `at-least`: the number; `opposite`: the other answer.
    pub change: &'static str,
    /// The number.
    pub limit: Option<String>,
    /// In what it counts.
    pub unit: Option<&'static str>,
}

/// Explains a program, by its name in the rules or its title; `None` where there is no such program.
pub fn explain(
    rules: &Rules,
    household: &Household,
    on: i32,
    lang: &str,
    program: &str,
) -> Result<Option<Explanation>, Vec<FactProblem>> {
    let told = report(rules, household, on, lang, &BTreeSet::new())?;
    let named = |p: &ProgramReport| p.program == program || p.title == program;
    let Some(found) = told.programs.into_iter().find(named) else { return Ok(None) };
    let reasons = reasons(rules, household, on, lang, &found)?;
    let questions = told.questions.into_iter().filter(|q| q.programs.contains(&found.program)).collect();
    Ok(Some(Explanation { on: told.on, lang: told.lang, program: found, questions, reasons }))
}

/// The reasons of each outcome of a program's answer, in the same order; the answer is this household's of this day.
pub fn reasons(
    rules: &Rules,
    household: &Household,
    on: i32,
    lang: &str,
    found: &ProgramReport,
) -> Result<Vec<Reasons>, Vec<FactProblem>> {
    let mut evaluation = Evaluation::of(rules, on, household)?;
    let teller = Teller { rules, household, lang };
    let per_person = found.outcomes.iter().any(|outcome| outcome.person.is_some());
    let reasons = found.outcomes.iter().enumerate().map(|(number, outcome)| {
        let person = per_person.then_some(number);
        let mut because = evaluation.reasons(&found.program, person);
        // What it would come to is no reason why it is not theirs.
        if outcome.verdict == Verdict::NotEligible {
            because.retain(|step| step.verdict.is_some());
        }
        let changes = evaluation.changes(&found.program, person);
        Reasons {
            person: teller.person(person),
            because: because.into_iter().map(|step| teller.step(step)).collect(),
            changes: changes.iter().filter_map(|change| teller.change(change)).collect(),
        }
    });
    Ok(reasons.collect())
}

struct Teller<'a> {
    rules: &'a Rules,
    household: &'a Household,
    lang: &'a str,
}

impl Teller<'_> {
    fn person(&self, person: Option<usize>) -> Option<String> {
        self.household.name_of(person)
    }

    fn step(&self, step: Step) -> Reason {
        let mut told = Reason {
            kind: step.kind,
            label: text(&step.label, self.lang).map(str::to_owned),
            person: self.person(step.person),
            verdict: step.verdict,
            value: None,
            low: None,
            high: None,
            words: Vec::new(),
            unit: step.unit,
            since: step.since,
            articles: once(step.articles),
            below: Vec::new(),
            name: step.name,
        };
        if let Some(value) = step.value {
            self.value(&mut told, value);
        }
        // A comparison keeps both its sides.
        let compares = matches!(told.kind, StepKind::Less | StepKind::AtMost | StepKind::Same)
            || (told.kind == StepKind::Formula && told.verdict.is_some());
        let mut below = step.below;
        if told.kind == StepKind::People {
            below.sort_by_key(|step| step.person);
        }
        for step in below {
            let part = self.step(step);
            match part.kind {
                _ if compares => told.below.push(part),
                StepKind::Formula if part.verdict.is_none() => told.below.extend(part.below),
                StepKind::Fixed if part.person.is_none() => {}
                _ => told.below.push(part),
            }
        }
        told
    }

    fn value(&self, told: &mut Reason, value: String) {
        let name = told.name.as_deref().unwrap_or_default();
        if self.rules.fact(name).is_some_and(|fact| self.rules.say(fact.ty, &fact.unknown) == value) {
            return;
        }
        match self.rules.type_of_name(name) {
            Some(Type::Set(choice)) => {
                let words = self.rules.choices.get(usize::from(choice)).map(|choice| choice.words.as_slice());
                told.words = members(&value, words.unwrap_or_default()).unwrap_or_default();
                return;
            }
            Some(Type::Choice(_)) if value.contains('|') => {
                told.words = value.split('|').map(str::to_owned).collect();
                return;
            }
            _ => {}
        }
        match value.split_once("..") {
            Some((low, high)) => {
                told.low = finite(low);
                told.high = finite(high);
            }
            None if value == "?" => {}
            None => told.value = Some(value),
        }
    }

    fn change(&self, change: &madoguchi_benefits::answer::Change) -> Option<ChangeReport> {
        let fact = self.rules.facts.get(change.fact.fact as usize)?;
        let label = self.rules.asking(change.fact.fact).map(|(label, ..)| label).unwrap_or_default();
        let (how, limit) = match change.limit {
            Limit::AtMost(n) => ("at-most", Some(n.to_string())),
            Limit::AtLeast(n) => ("at-least", Some(n.to_string())),
            Limit::Opposite => ("opposite", None),
        };
        Some(ChangeReport {
            fact: fact.name.clone(),
            label: text(&label, self.lang).map(str::to_owned),
            person: self.person(change.fact.person),
            change: how,
            unit: limit.as_ref().and(unit(fact.ty)),
            limit,
        })
    }
}

/// A set is told as the bits of what must and what may be in it; of a known one they are the same.
fn members(bits: &str, words: &[String]) -> Option<Vec<String>> {
    let (must, may) = bits.split_once("..")?;
    if must != may {
        return None;
    }
    let bits = must.bytes().rev().zip(words);
    Some(bits.filter(|(bit, _)| *bit == b'1').map(|(_, word)| word.clone()).collect())
}

/// A figure names its article again with every day from which it holds.
fn once(articles: Vec<String>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for article in articles {
        if !told.contains(&article) {
            told.push(article);
        }
    }
    told
}

/// A bound, unless it is none.
fn finite(bound: &str) -> Option<String> {
    let none = [calendar::format(calendar::FIRST), calendar::format(calendar::LAST)];
    (!bound.contains('∞') && !none.iter().any(|day| day == bound)).then(|| bound.to_owned())
}

fn unit(ty: Type) -> Option<&'static str> {
    match super::file::kind(ty) {
        kind @ ("people" | "years" | "months" | "days" | "date") => Some(kind),
        kind if kind.starts_with("yen") => Some(kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::{HouseholdFile, rules};
    use serde_json::json;

    fn of(program: &str, salary: serde_json::Value) -> Explanation {
        told(program, salary, json!(0))
    }

    fn told(program: &str, salary: serde_json::Value, maintenance: serde_json::Value) -> Explanation {
        let text = json!({
            "household": {"都道府県": "静岡県", "市区町村": "焼津市", "生活保護を受けている": false},
            "people": [
                {"name": "母", "facts": {
                    "誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居",
                    "障害や長い病気がある": false, "収入の種類": ["給与"], "給与収入": salary,
                    "養育費": maintenance, "扶養親族": ["子"], "医療費などの控除": 0,
                }},
                {"name": "子", "facts": {
                    "誕生年月日": "2018-05-01", "親": ["母"], "住まい": "同居", "障害や長い病気がある": false,
                    "収入の種類": [],
                }},
            ],
        });
        let household = HouseholdFile::read(&text.to_string()).unwrap().household;
        let day = calendar::parse("2026-11-26").unwrap();
        explain(rules(), &household, day, "ja", program).unwrap().unwrap()
    }

    fn find<'r>(reasons: &'r [Reason], name: &str) -> Option<&'r Reason> {
        reasons.iter().find_map(|reason| {
            if reason.name.as_deref() == Some(name) { Some(reason) } else { find(&reason.below, name) }
        })
    }

    #[test]
    fn the_reasons_hold_values_figures_and_articles() {
        let told = of("児童扶養手当", json!(1_810_000));
        let mother = &told.reasons[0];
        assert_eq!(mother.person.as_deref(), Some("母"));
        let income = find(&mother.because, "児童扶養手当の所得").unwrap();
        assert_eq!((income.value.as_deref(), income.unit), (Some("980000"), Some("yen-a-year")));
        let full = find(&mother.because, "児童扶養手当_全部支給").unwrap();
        assert_eq!((full.value.as_deref(), full.since.as_deref()), (Some("48050"), Some("2026-04-01")));
        // Sums without a name are not told: what they are made of is.
        let parts: Vec<_> = income.below.iter().map(|part| part.name.as_deref().unwrap()).collect();
        assert!(parts.contains(&"合計所得金額") && parts.contains(&"手当の諸控除"), "{parts:?}");
        assert!(mother.because.iter().any(|reason| !reason.articles.is_empty()));
    }

    #[test]
    fn what_is_not_known_has_no_value() {
        let told = told("児童扶養手当", json!(1_810_000), json!(null));
        let because = &told.reasons[0].because;
        let maintenance = find(because, "養育費").unwrap();
        assert_eq!((maintenance.value.as_deref(), maintenance.low.as_deref()), (None, None));
        let income = find(because, "児童扶養手当の所得").unwrap();
        assert_eq!((income.value.as_deref(), income.low.as_deref()), (None, Some("980000")));
        assert!(told.questions.iter().any(|q| q.fact == "養育費"));
    }

    #[test]
    fn too_much_income_names_the_limit_at_which_it_turns() {
        let told = of("児童扶養手当", json!(6_000_000));
        assert_eq!(told.program.outcomes[0].verdict, Verdict::NotEligible);
        assert!(told.reasons[0].because.iter().all(|reason| reason.verdict.is_some()));
        let change = told.reasons[0].changes.iter().find(|change| change.fact == "給与収入").unwrap();
        assert_eq!((change.change, change.unit), ("at-most", Some("yen-a-year")));
        // At that limit it is hers, one yen above it is not.
        let limit: i64 = change.limit.as_ref().unwrap().parse().unwrap();
        assert_eq!(of("児童扶養手当", json!(limit)).program.outcomes[0].verdict, Verdict::Eligible);
        assert_eq!(of("児童扶養手当", json!(limit + 1)).program.outcomes[0].verdict, Verdict::NotEligible);
    }

    #[test]
    fn a_set_is_its_words() {
        let words: Vec<String> = ["給与", "事業", "その他"].map(str::to_owned).into();
        assert_eq!(members("101..101", &words).unwrap(), ["給与", "その他"]);
        assert_eq!(members("0..0", &words).unwrap(), Vec::<String>::new());
        assert_eq!(members("0..111", &words), None);
    }

    #[test]
    fn a_program_is_found_by_its_title_too() {
        let rules = rules();
        let day = calendar::parse("2026-11-26").unwrap();
        let nobody = Household::default();
        assert!(explain(rules, &nobody, day, "en", "Child allowance").unwrap().is_some());
        assert_eq!(explain(rules, &nobody, day, "en", "子ども手当").unwrap(), None);
    }
}
