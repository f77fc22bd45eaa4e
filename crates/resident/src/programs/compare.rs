//! The same household in several towns, side by side: each town by its own rules.

use std::collections::BTreeMap;

use madoguchi_benefits::answer::{Answer, Description, Verdict};
use madoguchi_benefits::{Evaluation, FactProblem, Household, Rules, calendar};
use serde::Serialize;
use serde_json::Value as Json;

use super::report::{PREFECTURE, TOWN, amount, notes, town_known};
use super::shapes::{AmountReport, NoteReport};
use super::words::{text, title};
use crate::household::{problems_of, without_unknown};

/// A town to compare, with the rules that hold there.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// 都道府県
    pub prefecture: String,
    /// 市区町村
    pub town: String,
    /// The country's, with the town's own where they are at hand.
    pub rules: &'a Rules,
    /// Are all rules of the town's own at hand? Only then does a program that is not in them not exist there.
    pub held: bool,
}

/// Every program in every town.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The day: `2026-11-26`.
    pub on: String,
    /// The language of the titles.
    pub lang: String,
    /// The towns, as asked.
    pub towns: Vec<TownColumn>,
    /// Every program: the country's in the order of the rules, then what the towns have of their own.
    pub programs: Vec<Row>,
}

/// A town.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TownColumn {
    /// 都道府県
    pub prefecture: String,
    /// 市区町村
    pub town: String,
    /// Whether the rules know it.
    pub known: Option<bool>,
    /// Whether all rules of its own are at hand.
    pub held: bool,
    /// What the rules lack there.
    pub notes: Vec<NoteReport>,
}

/// A program. Towns' own of one name are one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// Whether the towns are not alike in it. A town whose own rules are not at hand is not said to lack what they may have.
    pub differs: bool,
    /// The answer in each town; `None` where its rules have no such program.
    pub towns: Vec<Option<TownAnswer>>,
}

/// A program's answer in one town.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TownAnswer {
    /// The best of its outcomes.
    pub verdict: Verdict,
    /// One for the household, or one for each person.
    pub outcomes: Vec<TownOutcome>,
    /// What is required there, in words; empty in a row whose towns are all alike.
    pub requires: Vec<String>,
}

/// What it comes to for whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TownOutcome {
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// Whether it is for them.
    pub verdict: Verdict,
    /// How much.
    pub amount: Option<AmountReport>,
}

/// Answers all programs for a household in each of the towns. What the rules of one town do not ask for, or not so, is not told there.
pub fn compare(
    columns: &[Column<'_>],
    household: &Household,
    on: i32,
    lang: &str,
) -> Result<Comparison, Vec<FactProblem>> {
    let mut towns = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (number, column) in columns.iter().enumerate() {
        let mut there = without_unknown(column.rules, household.clone());
        there.household.insert(PREFECTURE.into(), Json::String(column.prefecture.clone()));
        there.household.insert(TOWN.into(), Json::String(column.town.clone()));
        let mut evaluation = Evaluation::of(column.rules, on, &there)?;
        for answer in &evaluation.answers() {
            let Some(of) = column.rules.describe(answer.program) else { continue };
            let place = *places.entry(of.name.clone()).or_insert_with(|| {
                let title = title(of, lang).to_owned();
                let towns = vec![None; columns.len()];
                rows.push(Row { program: of.name.clone(), title, differs: false, towns });
                rows.len() - 1
            });
            if let Some(cell) = rows.get_mut(place).and_then(|row| row.towns.get_mut(number)) {
                *cell = Some(told(answer, of, household, lang));
            }
        }
        towns.push(TownColumn {
            prefecture: column.prefecture.clone(),
            town: column.town.clone(),
            known: town_known(&mut evaluation, &there),
            held: column.held,
            notes: notes(column.rules, evaluation.notes()),
        });
    }
    rows.iter_mut().for_each(|row| row.settle(columns));
    Ok(Comparison { on: calendar::format(on), lang: lang.to_owned(), towns, programs: rows })
}

/// The facts that no column's rules take as they are: mistakes, wherever one lives.
pub fn taken_nowhere(columns: &[Column<'_>], household: &Household) -> Vec<FactProblem> {
    let mut columns = columns.iter();
    let Some(first) = columns.next() else { return Vec::new() };
    columns.fold(problems_of(first.rules, household), |problems, column| {
        let here = problems_of(column.rules, household);
        let here_too = |problem: &FactProblem| {
            here.iter().any(|p| (p.person, &p.fact) == (problem.person, &problem.fact))
        };
        problems.into_iter().filter(here_too).collect()
    })
}

fn told(answer: &Answer, of: &Description, household: &Household, lang: &str) -> TownAnswer {
    let outcomes = answer.outcomes.iter().map(|outcome| TownOutcome {
        person: household.name_of(outcome.person),
        verdict: outcome.verdict,
        amount: outcome.amount.as_ref().map(amount),
    });
    let requires = of.requires.iter().filter_map(|required| text(&required.text, lang)).map(str::to_owned);
    TownAnswer { verdict: answer.verdict, outcomes: outcomes.collect(), requires: requires.collect() }
}

impl Row {
    fn settle(&mut self, columns: &[Column<'_>]) {
        let mut answers = self.towns.iter().flatten();
        let first = answers.next();
        // A limit that does not touch this household yet is a difference too.
        let unlike = answers.any(|answer| Some(answer) != first);
        let lacking = self.towns.iter().zip(columns).any(|(answer, column)| answer.is_none() && column.held);
        self.differs = unlike || lacking;
        if !self.differs && self.towns.iter().all(Option::is_some) {
            self.towns.iter_mut().flatten().for_each(|answer| answer.requires.clear());
        }
    }

    /// What is required in every town that has it, where several do: said once, it leaves what is one town's own to be seen.
    pub fn required_everywhere(&self) -> Vec<&str> {
        let answers: Vec<&TownAnswer> = self.towns.iter().flatten().collect();
        let [first, others @ ..] = answers.as_slice() else { return Vec::new() };
        if others.is_empty() {
            return Vec::new();
        }
        let shared = first.requires.iter().filter(|line| others.iter().all(|a| a.requires.contains(line)));
        shared.map(String::as_str).collect()
    }

    /// What is required in one of its towns and not in all of them.
    pub fn required_there<'a>(&'a self, answer: &'a TownAnswer) -> impl Iterator<Item = &'a str> {
        let everywhere = self.required_everywhere();
        answer.requires.iter().map(String::as_str).filter(move |line| !everywhere.contains(line))
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
