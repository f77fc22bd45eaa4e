//! A household in a file: what is known, and on which day it is asked.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_benefits::{FactFault, FactProblem, Household, Person, Rules, Type, calendar};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// How large a household's file may be, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A household and the day on which it is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HouseholdFile {
    /// The day: its number from 1 January 1970.
    pub on: Option<i32>,
    /// What is known.
    pub household: Household,
}

/// Why a file is no household.
#[derive(Debug, thiserror::Error)]
pub enum HouseholdProblem {
    /// Larger than a household can be.
    #[error("{0} bytes are too many for a household ({MAX_BYTES} are allowed)")]
    TooLarge(usize),
    /// Not the JSON that was expected; the message names line and column.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// `on` is no day.
    #[error("on: {0:?} is no day such as 2026-11-26")]
    Day(String),
    /// One of the people has no name: by their place, from 1.
    #[error("person {0} has no name")]
    NoName(usize),
    /// Two people have one name, so that nobody could be meant by it.
    #[error("two people are called {0:?}")]
    SameName(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    on: Option<String>,
    #[serde(default)]
    household: BTreeMap<String, Json>,
    #[serde(default)]
    people: Vec<WrittenPerson>,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(rename = "expect")]
    _expect: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPerson {
    name: String,
    #[serde(default)]
    facts: BTreeMap<String, Json>,
}

impl HouseholdFile {
    /// Reads a file. A key that it does not know is refused: a slip of the hand must not lose somebody's facts.
    pub fn read(text: &str) -> Result<Self, HouseholdProblem> {
        if text.len() > MAX_BYTES {
            return Err(HouseholdProblem::TooLarge(text.len()));
        }
        let written: Written = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
        let on = match written.on {
            Some(day) => Some(calendar::parse(&day).ok_or(HouseholdProblem::Day(day))?),
            None => None,
        };
        let mut names = BTreeSet::new();
        for (person, number) in written.people.iter().zip(1..) {
            if person.name.trim().is_empty() {
                return Err(HouseholdProblem::NoName(number));
            }
            if !names.insert(person.name.as_str()) {
                return Err(HouseholdProblem::SameName(person.name.clone()));
            }
        }
        let people = written.people.into_iter();
        let people = people.map(|WrittenPerson { name, facts }| Person { name, facts }).collect();
        Ok(Self { on, household: Household { household: written.household, people } })
    }
}

/// A fact that cannot be taken, with the names of people and what would have been right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedProblem {
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// The fact.
    pub fact: String,
    /// What is wrong with it.
    pub what: FactFault,
    /// For a fact of words: those that there are.
    pub words: Vec<String>,
    /// What was expected: `yes-no`, `date`, `yen-a-month`, … ; `None` where no rule knows the fact.
    pub expected: Option<&'static str>,
}

/// Names people and expectations of what is wrong with a household's facts.
pub fn name_problems(rules: &Rules, household: &Household, problems: &[FactProblem]) -> Vec<NamedProblem> {
    let named = |problem: &FactProblem| {
        let ty = rules.type_of_name(&problem.fact);
        let words = match ty {
            Some(Type::Choice(choice) | Type::Set(choice)) => {
                rules.choices.get(usize::from(choice)).map(|choice| choice.words.clone()).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let person = problem.person.and_then(|person| household.people.get(person));
        NamedProblem {
            person: person.map(|person| person.name.clone()),
            fact: problem.fact.clone(),
            what: problem.what,
            words,
            expected: ty.map(kind),
        }
    };
    problems.iter().map(named).collect()
}

pub(super) fn kind(ty: Type) -> &'static str {
    use madoguchi_benefits::Unit;
    match ty {
        Type::Number(Unit::Plain) => "number",
        Type::Number(Unit::People) => "people",
        Type::Number(Unit::Years) => "years",
        Type::Number(Unit::Months) => "months",
        Type::Number(Unit::Days) => "days",
        Type::Number(Unit::Yen) => "yen",
        Type::Number(Unit::YenPerDay) => "yen-a-day",
        Type::Number(Unit::YenPerMonth) => "yen-a-month",
        Type::Number(Unit::YenPerYear) => "yen-a-year",
        Type::Date => "date",
        Type::Bool => "yes-no",
        Type::Choice(_) => "word",
        Type::Set(_) => "words",
        Type::Text => "text",
        Type::Person => "person",
        Type::Persons => "persons",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_benefits::Evaluation;
    use serde_json::json;

    #[test]
    fn a_household_and_its_day() {
        let text =
            json!({"on": "2026-11-26", "household": {"都道府県": "静岡県"}, "people": [{"name": "母"}]});
        let file = HouseholdFile::read(&text.to_string()).unwrap();
        assert_eq!(file.on.map(calendar::format).as_deref(), Some("2026-11-26"));
        assert_eq!(file.household.people[0].name, "母");
        assert_eq!(HouseholdFile::read("{}").unwrap(), HouseholdFile::default());
    }

    #[test]
    fn slips_of_the_hand_are_refused_and_named() {
        for (text, said) in [
            (r#"{"poeple": []}"#, "poeple"),
            (r#"{"people": [{"name": "母", "fact": {}}]}"#, "fact"),
            (r#"{"people": [{"facts": {}}]}"#, "name"),
            (r#"{"people": [{"name": " "}]}"#, "person 1"),
            (r#"{"people": [{"name": "母"}, {"name": "母"}]}"#, "母"),
            (r#"{"on": "2026-02-30"}"#, "2026-02-30"),
            ("{", "line 1"),
        ] {
            let problem = HouseholdFile::read(text).unwrap_err().to_string();
            assert!(problem.contains(said), "{text}: {problem}");
        }
        let large = " ".repeat(MAX_BYTES + 1);
        assert!(matches!(HouseholdFile::read(&large), Err(HouseholdProblem::TooLarge(_))));
    }

    #[test]
    fn what_is_wrong_names_the_person_the_fact_and_what_it_could_be() {
        let rules = crate::programs::rules();
        let text = json!({
            "household": {"給与収入": 1},
            "people": [{"name": "母", "facts": {"給与収入": "たくさん", "就学先": "小学", "年収": 1}}],
        });
        let household = HouseholdFile::read(&text.to_string()).unwrap().household;
        let problems = Evaluation::of(rules, 20_000, &household).unwrap_err();
        let named = name_problems(rules, &household, &problems);
        let of = |person: Option<&str>, fact: &str| {
            named.iter().find(|p| p.person.as_deref() == person && p.fact == fact).unwrap()
        };
        assert_eq!(of(None, "給与収入").what, FactFault::WrongScope);
        assert_eq!(of(Some("母"), "給与収入").expected, Some("yen-a-year"));
        assert!(of(Some("母"), "就学先").words.contains(&"小学校".to_owned()));
        assert_eq!(
            (of(Some("母"), "年収").what, of(Some("母"), "年収").expected),
            (FactFault::UnknownFact, None)
        );
    }
}
