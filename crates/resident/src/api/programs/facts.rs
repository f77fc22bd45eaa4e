use std::collections::BTreeMap;
use std::sync::OnceLock;

use madoguchi_benefits::number::Ratio;
use madoguchi_benefits::value::Value;
use madoguchi_benefits::{Fact, Rules, Type, Unit, calendar};
use serde::Serialize;

use super::FactsQuery;
use super::asked::language;
use super::shapes::{ChoicesOf, FactKind, FactShape, Word};
use crate::programs::{bound, for_town_in_use, rules, shipped, text};
use crate::{Error, Phone};

/// What may be asked at all.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct HouseholdFacts {
    /// Every fact, in the order of the rules.
    pub facts: Vec<FactShape>,
}

pub(in crate::api) fn household_facts(phone: &Phone, wanted: FactsQuery) -> Result<HouseholdFacts, Error> {
    let town = for_town_in_use(phone)?;
    let (rules, lang) = (town.rules(), language(wanted.lang.as_deref()));
    Ok(HouseholdFacts { facts: rules.facts.iter().map(|fact| shape(rules, fact, lang)).collect() })
}

pub(super) fn shape(rules: &Rules, fact: &Fact, lang: &str) -> FactShape {
    let number = rules.facts.iter().position(|other| other.name == fact.name);
    let asking = number.and_then(|number| rules.asking(u32::try_from(number).ok()?)).unwrap_or_default();
    let told = |words| text(words, lang).unwrap_or_default().to_owned();
    let (low, high) = bounds(fact.unknown);
    let listed = (fact.ty == Type::Text).then(|| tables().get(&fact.name)).flatten();
    let (choices, depends_on, choices_by) = match listed {
        None => (Vec::new(), None, Vec::new()),
        Some(listed) => (listed.all.clone(), listed.depends_on.clone(), listed.by.clone()),
    };
    FactShape {
        fact: fact.name.clone(),
        per_person: fact.per_person,
        label: text(&asking.0, lang).unwrap_or(&fact.name).to_owned(),
        question: told(&asking.1),
        why: told(&asking.2),
        kind: kind(fact.ty),
        unit: unit(fact.ty),
        words: words(rules, fact.ty, lang),
        low,
        high,
        choices,
        depends_on,
        choices_by,
    }
}

fn kind(ty: Type) -> FactKind {
    match ty {
        Type::Bool => FactKind::Bool,
        Type::Number(_) => FactKind::Number,
        Type::Date => FactKind::Date,
        Type::Choice(_) => FactKind::Choice,
        Type::Set(_) => FactKind::Set,
        Type::Text => FactKind::Text,
        Type::Person => FactKind::Person,
        Type::Persons => FactKind::Persons,
    }
}

fn unit(ty: Type) -> Option<&'static str> {
    let Type::Number(unit) = ty else { return None };
    match unit {
        Unit::Plain => None,
        Unit::People => Some("people"),
        Unit::Years => Some("years"),
        Unit::Months => Some("months"),
        Unit::Days => Some("days"),
        Unit::Yen => Some("yen"),
        Unit::YenPerDay => Some("yen-a-day"),
        Unit::YenPerMonth => Some("yen-a-month"),
        Unit::YenPerYear => Some("yen-a-year"),
    }
}

fn bounds(unknown: Value) -> (Option<String>, Option<String>) {
    let number = |n: Ratio| bound(n);
    let day = |day: i32| (calendar::FIRST < day && day < calendar::LAST).then(|| calendar::format(day));
    match unknown {
        Value::Number(n) => (number(n.low), number(n.high)),
        Value::Date(days) => (day(days.first), day(days.last)),
        _ => (None, None),
    }
}

fn words(rules: &Rules, ty: Type, lang: &str) -> Vec<Word> {
    let (Type::Choice(choice) | Type::Set(choice)) = ty else { return Vec::new() };
    let words = rules.choices.get(usize::from(choice)).map(|choice| choice.words.as_slice());
    let label = |word: &String| label(word, lang).unwrap_or(word).to_owned();
    words.unwrap_or_default().iter().map(|word| Word { word: word.clone(), label: label(word) }).collect()
}

/// How a word of the rules is shown in other languages.
fn label(word: &str, lang: &str) -> Option<&'static str> {
    let column = match lang {
        "ja-easy" => 1,
        "en" => 2,
        _ => return None,
    };
    let line = include_str!("words.tsv").lines().find(|line| line.split('\t').next() == Some(word))?;
    line.split('\t').nth(column).filter(|label| !label.is_empty())
}

/// What tables list for a text.
struct Listed {
    all: Vec<String>,
    depends_on: Option<String>,
    by: Vec<ChoicesOf>,
}

/// The texts that the tables of the rules list, by the fact that their column is named after. Where the column before it
/// is a fact too, they depend on that one: a town lies in a prefecture, and two may have one name.
fn tables() -> &'static BTreeMap<String, Listed> {
    static TABLES: OnceLock<BTreeMap<String, Listed>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut found = BTreeMap::new();
        for (_, table) in shipped().iter().flat_map(|file| &file.tables) {
            list(table.trim_start_matches('\u{feff}'), &mut found);
        }
        found
    })
}

fn list(table: &str, found: &mut BTreeMap<String, Listed>) {
    let is_text = |name: &str| rules().fact(name).is_some_and(|fact| fact.ty == Type::Text);
    let mut lines = table.lines().map(|line| line.split(',').map(str::trim).collect::<Vec<_>>());
    let Some(head) = lines.next() else { return };
    let rows: Vec<Vec<&str>> = lines.collect();
    for (column, name) in head.iter().enumerate().filter(|(_, name)| is_text(name)) {
        let before = column.checked_sub(1).and_then(|before| Some((before, *head.get(before)?)));
        let before = before.filter(|(_, name)| is_text(name));
        let mut listed =
            Listed { all: Vec::new(), depends_on: before.map(|(_, name)| name.to_owned()), by: Vec::new() };
        for row in &rows {
            let Some(word) = row.get(column).filter(|word| !is_rest(word)) else { continue };
            once(&mut listed.all, word);
            let Some(of) = before.and_then(|(before, _)| row.get(before)) else { continue };
            match listed.by.iter_mut().find(|choices| choices.of == *of) {
                Some(choices) => once(&mut choices.choices, word),
                None => listed.by.push(ChoicesOf { of: (*of).to_owned(), choices: vec![(*word).to_owned()] }),
            }
        }
        // Of several tables the one that lists most.
        if found.get(*name).is_none_or(|other| other.all.len() < listed.all.len()) {
            found.insert((*name).to_owned(), listed);
        }
    }
}

/// The row for whatever is not listed.
fn is_rest(word: &str) -> bool {
    ["", "その他", "*", "-"].contains(&word)
}

fn once(words: &mut Vec<String>, word: &str) {
    if !words.iter().any(|other| other == word) {
        words.push(word.to_owned());
    }
}
