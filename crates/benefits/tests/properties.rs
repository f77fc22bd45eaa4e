//! What holds for any rules and any household: more knowledge never widens a value nor turns a verdict, people may be renamed
//! and reordered, and many households at once come to what each comes to alone.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::random::{Bytes, household, less_known, renamed};
use common::random_rules::{DEFINITIONS, rules};
use common::*;
use madoguchi_benefits::answer::{Outcome, Verdict, questions};
use madoguchi_benefits::value::Value;
use madoguchi_benefits::{Batch, Column, Evaluation, Household, Rules};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

/// Rules that are refused only because a random case holds for nothing are passed over.
fn compiled(bytes: &mut Bytes<'_>) -> Option<(String, Rules)> {
    let text = rules(bytes);
    match Rules::compile(&[file(&text)]) {
        Ok(rules) => Some((text, rules)),
        Err(problems) if problems.iter().all(|p| p.what.contains("this case never happens")) => None,
        Err(problems) => panic!("{text}\n{}", lines(&problems)),
    }
}

/// A household whose people stand in the order in which they were entered, no two of one key.
fn family(bytes: &mut Bytes<'_>, rules: &Rules, people: usize) -> Household {
    let mut household = household(bytes, rules, people);
    let mut keys: Vec<i64> = (0..people as i64).collect();
    for (number, person) in household.people.iter_mut().enumerate() {
        person.facts.insert("a0".into(), json!(number));
        let key = keys.swap_remove(bytes.below(keys.len()));
        person.facts.insert("pk".into(), json!(key));
    }
    household
}

fn names() -> impl Iterator<Item = (String, bool)> {
    (0..DEFINITIONS).flat_map(|i| [(format!("h{i}"), false), (format!("q{i}"), true)])
}

/// Every definition's value, for each person where it is a person's.
fn all(rules: &Rules, on: &str, household: &Household) -> BTreeMap<(String, Option<usize>), Value> {
    let mut evaluation = evaluate(rules, on, household);
    let mut found = BTreeMap::new();
    for (name, personal) in names() {
        let whose = if personal { (0..household.people.len()).map(Some).collect() } else { vec![None] };
        for person in whose {
            found.insert((name.clone(), person), evaluation.value_of(&name, person).unwrap());
        }
    }
    found
}

fn outcomes(rules: &Rules, on: &str, household: &Household) -> Vec<Outcome> {
    evaluate(rules, on, household).answers().into_iter().flat_map(|answer| answer.outcomes).collect()
}

/// Whether an answer with more known lies within the one with less.
fn narrower(more: &Outcome, less: &Outcome) -> Result<(), String> {
    if less.verdict != Verdict::Unknown && more.verdict != less.verdict {
        return Err(format!("{:?} became {:?}", less.verdict, more.verdict));
    }
    for (less, more) in less.requires.iter().zip(&more.requires) {
        if *less != Verdict::Unknown && more != less {
            return Err(format!("a requirement turned from {less:?} to {more:?}"));
        }
    }
    match (less.amount, more.amount) {
        (Some(less), Some(more)) if !Value::Number(less.yen).covers(&Value::Number(more.yen)) => {
            Err(format!("{:?} became {:?}", less.yen, more.yen))
        }
        _ => Ok(()),
    }
}

const DAYS: [&str; 6] = ["2019-06-01", "2020-04-01", "2024-02-29", "2024-04-01", "2026-11-26", "2029-04-01"];

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_knowledge_never_widens_and_never_turns(of_rules in bytes(400), of_household in bytes(200), less in bytes(200)) {
        let Some((text, rules)) = compiled(&mut Bytes(&of_rules)) else { return Ok(()) };
        let mut bytes = Bytes(&of_household);
        let (people, on) = (bytes.below(4), DAYS[bytes.below(6)]);
        let full = family(&mut bytes, &rules, people);
        let mut bytes = Bytes(&less);
        let some = less_known(&mut bytes, &rules, &full, &["a0"]);
        let few = less_known(&mut bytes, &rules, &some, &["a0"]);
        let values = [&full, &some, &few].map(|household| all(&rules, on, household));
        let answers = [&full, &some, &few].map(|household| outcomes(&rules, on, household));
        for (more, less) in [(0, 1), (1, 2), (0, 2)] {
            for (what, less_value) in &values[less] {
                prop_assert!(
                    less_value.covers(&values[more][what]),
                    "{:?} on {}: {:?} became {:?}\n{}\n{:#?}\n{:#?}",
                    what, on, less_value, values[more][what], text, few, full
                );
            }
            for (a, b) in answers[more].iter().zip(&answers[less]) {
                let held = narrower(a, b);
                prop_assert!(held.is_ok(), "{}\n{}\n{:#?}\n{:#?}", held.unwrap_err(), text, few, full);
            }
        }
        // Of what is all known nothing is asked.
        prop_assert!(answers[0].iter().all(|outcome| outcome.open.is_empty()), "{}\n{:#?}", text, full);
    }

    #[test]
    fn people_may_be_renamed_and_reordered(of_rules in bytes(400), of_household in bytes(200), order in bytes(8)) {
        let Some((text, rules)) = compiled(&mut Bytes(&of_rules)) else { return Ok(()) };
        let mut bytes = Bytes(&of_household);
        let (people, on) = (1 + bytes.below(4), DAYS[bytes.below(6)]);
        let mut household = family(&mut bytes, &rules, people);
        if bytes.below(2) == 0 {
            household = less_known(&mut bytes, &rules, &household, &["pk"]);
        }
        // Without what put them in the order in which they were entered.
        household.people.iter_mut().for_each(|person| drop(person.facts.remove("a0")));
        let mut order_of: Vec<usize> = (0..people).collect();
        let mut turn = Bytes(&order);
        for last in (1..people).rev() {
            order_of.swap(last, turn.below(last + 1));
        }
        let other = renamed(&household, &order_of);
        let (before, after) = (all(&rules, on, &household), all(&rules, on, &other));
        for ((name, person), value) in &before {
            let now = person.map(|p| order_of.iter().position(|q| *q == p).unwrap());
            prop_assert_eq!(&after[&(name.clone(), now)], value, "{} of {:?}\n{}\n{:#?}", name, person, text, household);
        }
        let verdicts = |household: &Household| evaluate(&rules, on, household).answers();
        for (a, b) in verdicts(&household).into_iter().zip(verdicts(&other)) {
            for outcome in a.outcomes {
                let now = outcome.person.map(|p| order_of.iter().position(|q| *q == p).unwrap());
                let same = b.outcomes.iter().find(|o| o.person == now).unwrap();
                prop_assert_eq!((outcome.verdict, outcome.amount), (same.verdict, same.amount));
                prop_assert_eq!(outcome.open.len(), same.open.len());
            }
        }
    }

    #[test]
    fn many_households_at_once_come_to_what_each_comes_to_alone(of_rules in bytes(400), of_households in bytes(600)) {
        let Some((text, rules)) = compiled(&mut Bytes(&of_rules)) else { return Ok(()) };
        let mut bytes = Bytes(&of_households);
        let (people, on) = (bytes.below(4), DAYS[bytes.below(6)]);
        let households: Vec<Household> = (0..1 + bytes.below(4))
            .map(|_| {
                let full = family(&mut bytes, &rules, people);
                less_known(&mut bytes, &rules, &full, &["a0"])
            })
            .collect();
        let mut alone: Vec<Evaluation<'_>> = households.iter().map(|h| evaluate(&rules, on, h)).collect();
        let mut batch = Batch::new(&rules, day(on), people, households.len());
        for fact in &rules.facts {
            let whose = if fact.per_person { (0..people).map(Some).collect() } else { vec![None] };
            for person in whose {
                let values = alone.iter_mut().map(|e| e.value_of(&fact.name, person).unwrap()).collect();
                prop_assert!(batch.set(&fact.name, person, Column::from_values(values)));
            }
        }
        for (name, personal) in names().chain([("P".into(), false), ("Q".into(), true)]) {
            let whose = if personal { (0..people).map(Some).collect() } else { vec![None] };
            for person in whose {
                let column = batch.values(&name, person).unwrap();
                for (row, evaluation) in alone.iter_mut().enumerate() {
                    let value = evaluation.value_of(&name, person).unwrap();
                    prop_assert_eq!(column.get(row), value, "{} of {:?} in {}\n{}\n{:#?}", name, person, row, text, households);
                }
            }
        }
    }

    #[test]
    fn every_question_about_an_answer_has_an_answer(of_rules in bytes(400), of_household in bytes(200)) {
        let Some((_, rules)) = compiled(&mut Bytes(&of_rules)) else { return Ok(()) };
        let mut bytes = Bytes(&of_household);
        let (people, on) = (bytes.below(4), DAYS[bytes.below(6)]);
        let full = family(&mut bytes, &rules, people);
        let household = less_known(&mut bytes, &rules, &full, &[]);
        let mut evaluation = evaluate(&rules, on, &household);
        let answers = evaluation.answers();
        for answer in &answers {
            let name = &rules.describe(answer.program).unwrap().name;
            for outcome in &answer.outcomes {
                let reasons = evaluation.reasons(name, outcome.person);
                prop_assert_eq!(reasons.len(), 3);
                for (step, verdict) in reasons.iter().zip(&outcome.requires) {
                    prop_assert_eq!(step.verdict, Some(*verdict));
                }
                // What would change an answer does change it.
                for change in evaluation.changes(name, outcome.person) {
                    let fact = &rules.facts[change.fact.fact as usize];
                    let value = match change.limit {
                        madoguchi_benefits::answer::Limit::AtMost(n) | madoguchi_benefits::answer::Limit::AtLeast(n) => json!(n),
                        madoguchi_benefits::answer::Limit::Opposite => {
                            let facts = change.fact.person.map_or(&household.household, |p| &household.people[p].facts);
                            json!(facts.get(&fact.name) != Some(&Json::Bool(true)))
                        }
                    };
                    let mut changed = household.clone();
                    let facts = match change.fact.person {
                        Some(p) => &mut changed.people[p].facts,
                        None => &mut changed.household,
                    };
                    facts.insert(fact.name.clone(), value);
                    // Only where people do not change places by it.
                    if fact.name != "pk" && fact.name != "a0" {
                        let then = evaluate(&rules, on, &changed).answer_of(name).unwrap();
                        let same = then.outcomes.iter().find(|o| o.person == outcome.person).unwrap();
                        prop_assert_eq!(same.verdict, Verdict::Eligible, "{} {:?}", fact.name, change.limit);
                    }
                }
            }
        }
        // Each question is about a fact that is open, and each program that is open asks something or lacks a figure.
        for question in questions(&answers, &BTreeSet::new()) {
            let name = &rules.facts[question.open.fact as usize].name;
            prop_assert!(!evaluation.value_of(name, question.open.person).unwrap().is_known());
        }
    }
}
