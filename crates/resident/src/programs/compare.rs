//! The same household in several towns, side by side.

use madoguchi_benefits::answer::Verdict;
use madoguchi_benefits::{Evaluation, FactProblem, Household, Rules, calendar};
use serde::Serialize;
use serde_json::Value as Json;

use super::report::{PREFECTURE, TOWN, amount, notes, town_known};
use super::shapes::{AmountReport, NoteReport};
use super::words::text;

/// Every program in every town.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The day: `2026-11-26`.
    pub on: String,
    /// The language of the titles.
    pub lang: String,
    /// The towns, as asked.
    pub towns: Vec<TownColumn>,
    /// Every program, in the order of the rules.
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
    /// What the rules lack there.
    pub notes: Vec<NoteReport>,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// Whether the towns' answers are not all the same.
    pub differs: bool,
    /// The answer in each town.
    pub towns: Vec<TownAnswer>,
}

/// A program's answer in one town.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TownAnswer {
    /// The best of its outcomes.
    pub verdict: Verdict,
    /// One for the household, or one for each person.
    pub outcomes: Vec<TownOutcome>,
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

/// Answers all programs for a household in each of the towns (prefecture and town).
pub fn compare(
    rules: &Rules,
    household: &Household,
    on: i32,
    lang: &str,
    towns: &[(String, String)],
) -> Result<Comparison, Vec<FactProblem>> {
    let mut columns = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for (number, (prefecture, town)) in towns.iter().enumerate() {
        let mut there = household.clone();
        there.household.insert(PREFECTURE.into(), Json::String(prefecture.clone()));
        there.household.insert(TOWN.into(), Json::String(town.clone()));
        let mut evaluation = Evaluation::of(rules, on, &there)?;
        let answers = evaluation.answers();
        for answer in &answers {
            let name = |person: usize| household.people.get(person).map(|person| person.name.clone());
            let outcomes = answer.outcomes.iter().map(|outcome| TownOutcome {
                person: outcome.person.and_then(name),
                verdict: outcome.verdict,
                amount: outcome.amount.as_ref().map(amount),
            });
            let here = TownAnswer { verdict: answer.verdict, outcomes: outcomes.collect() };
            if number == 0 {
                let Some(of) = rules.describe(answer.program) else { continue };
                let title = text(&of.title, lang).unwrap_or(&of.name).to_owned();
                rows.push(Row { program: of.name.clone(), title, differs: false, towns: Vec::new() });
            }
            let program = rules.programs.get(answer.program as usize).map(|program| program.name.as_str());
            if let Some(row) = rows.iter_mut().find(|row| Some(row.program.as_str()) == program) {
                row.differs |= row.towns.first().is_some_and(|first| *first != here);
                row.towns.push(here);
            }
        }
        columns.push(TownColumn {
            prefecture: prefecture.clone(),
            town: town.clone(),
            known: town_known(&mut evaluation, &there),
            notes: notes(rules, evaluation.notes()),
        });
    }
    Ok(Comparison { on: calendar::format(on), lang: lang.to_owned(), towns: columns, programs: rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::{HouseholdFile, rules};
    use serde_json::json;

    #[test]
    fn towns_side_by_side() {
        let text = json!({
            "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
            "people": [
                {"name": "母", "facts": {"誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居"}},
                {"name": "子", "facts": {"誕生年月日": "2020-05-01", "親": ["母"], "住まい": "同居"}},
            ],
        });
        let household = HouseholdFile::read(&text.to_string()).unwrap().household;
        let town = |prefecture: &str, town: &str| (prefecture.to_owned(), town.to_owned());
        let towns = [town("静岡県", "焼津市"), town("東京都", "渋谷区"), town("三重県", "川崎市")];
        let day = calendar::parse("2026-11-26").unwrap();
        let told = compare(rules(), &household, day, "ja", &towns).unwrap();
        assert!(told.programs.iter().all(|row| row.towns.len() == 3));
        let row = |name: &str| told.programs.iter().find(|row| row.program == name).unwrap();
        // The country's own is the same everywhere; 東京都 has one of its own.
        assert!(!row("児童手当").differs);
        let tokyo = row("児童育成手当");
        assert!(tokyo.differs && tokyo.towns[0].verdict == Verdict::NotEligible);
        assert_ne!(tokyo.towns[1].verdict, Verdict::NotEligible);
        let known: Vec<_> = told.towns.iter().map(|town| town.known).collect();
        assert_eq!(known, [Some(true), Some(true), Some(false)]);
    }
}
