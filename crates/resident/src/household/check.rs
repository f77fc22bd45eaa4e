use std::collections::{BTreeMap, BTreeSet};

use madoguchi_benefits::answer;
use madoguchi_benefits::{Evaluation, FactFault, FactProblem, Household, Rules, calendar};

use super::{HouseholdError, Kept, Open, Ticked};
use crate::programs::name_problems;

/// Lists are no longer than this: there are not so many programs, nor so many facts.
const MOST: usize = 2000;
/// A name is no longer than this, in characters.
const LONGEST_NAME: usize = 100;
/// The name of a checklist, in characters: a town may name its programs at length.
const LONGEST_CHECKLIST: usize = 300;
/// A document to bring, in characters: towns describe some in a sentence or two.
const LONGEST_DOCUMENT: usize = 2000;

/// Whether a household can be kept: every fact one that the rules take, every name one that means somebody.
pub(super) fn check(rules: &Rules, kept: &Kept) -> Result<(), HouseholdError> {
    let bad = |why: String| Err(HouseholdError::BadFact(why));
    names(&kept.household)?;
    let problems = problems_of(rules, &kept.household);
    if !problems.is_empty() {
        return bad(said(rules, &kept.household, &problems));
    }
    if kept.declined.len() > MOST || kept.received.len() > MOST {
        return bad("lists are too long".into());
    }
    if let Some(open) = kept.declined.iter().find(|open| numbered(rules, &kept.household, open).is_none()) {
        return bad(format!("declined: {}: no such fact of {:?}", open.fact, open.person));
    }
    match kept.received.iter().find(|program| program.chars().count() > LONGEST_NAME) {
        Some(_) => bad("received: no program is called so".into()),
        None => Ok(()),
    }
}

/// What is ticked off has the size of what programs ask for.
pub(super) fn ticks(documents: &Ticked) -> Result<(), HouseholdError> {
    let count: usize = documents.values().map(BTreeSet::len).sum();
    let fits = |text: &String, most| (1..=most).contains(&text.chars().count());
    let all = documents.iter().all(|(program, of)| {
        fits(program, LONGEST_CHECKLIST) && of.iter().all(|document| fits(document, LONGEST_DOCUMENT))
    });
    if count > MOST || !all {
        return Err(HouseholdError::BadFact("documents: not such a list".into()));
    }
    Ok(())
}

/// Whoever is named is meant by it, so everybody has a name of their own.
pub(crate) fn names(household: &Household) -> Result<(), HouseholdError> {
    let mut seen = BTreeSet::new();
    for (person, number) in household.people.iter().zip(1..) {
        let name = person.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || !seen.insert(name) {
            return Err(HouseholdError::BadFact(format!("person {number}: needs a name of their own")));
        }
    }
    Ok(())
}

/// What the rules do not take, whatever the day.
pub(crate) fn problems_of(rules: &Rules, household: &Household) -> Vec<FactProblem> {
    Evaluation::of(rules, calendar::FIRST, household).err().unwrap_or_default()
}

/// Person and fact of each problem, and what is wrong.
pub(crate) fn said(rules: &Rules, household: &Household, problems: &[FactProblem]) -> String {
    let one = |problem: crate::programs::NamedProblem| {
        let what = serde_json::to_value(problem.what).unwrap_or_default();
        let what = what.as_str().unwrap_or_default().to_owned();
        let whose = problem.person.map(|name| format!("{name}: ")).unwrap_or_default();
        format!("{whose}{}: {what}", problem.fact)
    };
    name_problems(rules, household, problems).into_iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A household without facts that rules of another version knew: they are not known any more.
pub(crate) fn without_unknown(rules: &Rules, mut household: Household) -> Household {
    for problem in problems_of(rules, &household) {
        if problem.what == FactFault::TooManyPeople {
            continue;
        }
        let facts = match problem.person {
            None => Some(&mut household.household),
            Some(person) => household.people.get_mut(person).map(|person| &mut person.facts),
        };
        if let Some(facts) = facts {
            facts.remove(&problem.fact);
        }
    }
    household
}

/// An open fact by its number in the rules; none where there is no such fact or no such person.
pub(crate) fn numbered(rules: &Rules, household: &Household, open: &Open) -> Option<answer::Open> {
    let number = rules.facts.iter().position(|fact| fact.name == open.fact)?;
    let fact = rules.facts.get(number)?;
    let there = open.person.is_none_or(|person| person < household.people.len());
    (fact.per_person == open.person.is_some() && there)
        .then_some(answer::Open { fact: u32::try_from(number).ok()?, person: open.person })
}

/// Facts that only another town's rules ask for stay with whoever is still in the household: they count again when that town is
/// in use.
pub(super) fn keep_unasked(rules: &Rules, before: &Household, now: &mut Household) {
    let unasked = |name: &String| rules.type_of_name(name).is_none();
    let pick = |facts: &BTreeMap<String, serde_json::Value>| {
        facts
            .iter()
            .filter(|(name, _)| unasked(name))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect::<Vec<_>>()
    };
    now.household.extend(pick(&before.household));
    for person in &mut now.people {
        if let Some(same) = before.people.iter().find(|old| old.name == person.name) {
            person.facts.extend(pick(&same.facts));
        }
    }
}
