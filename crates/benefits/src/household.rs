//! A household's facts as they are kept and exchanged: names and values in JSON, no more.

use crate::calendar;
use crate::evaluate::{Evaluation, MAX_PEOPLE, bit};
use crate::number::{Interval, Ratio};
use crate::rules::{Name, Rules, Type};
use crate::syntax::Scope;
use crate::value::{Days, Members, NOBODY, Truth, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What is known of a household. A fact that is absent or `null` is not known; any definition may be given like a fact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Household {
    /// What concerns all.
    #[serde(default)]
    pub household: BTreeMap<String, Json>,
    /// Who lives in it.
    #[serde(default)]
    pub people: Vec<Person>,
}

impl Household {
    /// A person's name; none for nobody, or for one who is not there.
    pub fn name_of(&self, person: Option<usize>) -> Option<String> {
        person.and_then(|person| self.people.get(person)).map(|person| person.name.clone())
    }
}

/// One of the household.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// How others refer to them; never leaves the phone and decides nothing.
    pub name: String,
    /// Facts by name.
    #[serde(default)]
    pub facts: BTreeMap<String, Json>,
}

/// A fact that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactProblem {
    /// Whose; `None`: the household's.
    pub person: Option<usize>,
    /// The fact.
    pub fact: String,
    /// What is wrong with it.
    pub what: FactFault,
}

/// What can be wrong with a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactFault {
    /// No rule knows it.
    UnknownFact,
    /// It is a person's and was given for the household, or the other way round.
    WrongScope,
    /// Not the kind of value that it is.
    WrongKind,
    /// Beyond what it can be.
    OutOfRange,
    /// Not one of the words.
    NoSuchWord,
    /// No such person in the household, or two of that name.
    NoSuchPerson,
    /// More people than a household may have.
    TooManyPeople,
}

impl<'r> Evaluation<'r> {
    /// A household on a day.
    pub fn of(rules: &'r Rules, today: i32, household: &Household) -> Result<Self, Vec<FactProblem>> {
        let mut evaluation = Self::new(rules, Days::exactly(today), household.people.len());
        evaluation.take(household)?;
        Ok(evaluation)
    }

    /// Takes another household's facts, on the same day.
    pub fn take(&mut self, household: &Household) -> Result<(), Vec<FactProblem>> {
        if household.people.len() > MAX_PEOPLE {
            return Err(vec![FactProblem {
                person: None,
                fact: String::new(),
                what: FactFault::TooManyPeople,
            }]);
        }
        self.clear(household.people.len());
        self.order = order(household);
        let mut taker = Taker { order: self.order.clone(), household, unlisted: Vec::new() };
        let mut problems = Vec::new();
        let own = household.household.iter().map(|(name, json)| (None, name, json));
        let theirs = household.people.iter().enumerate();
        let theirs =
            theirs.flat_map(|(p, person)| person.facts.iter().map(move |(name, json)| (Some(p), name, json)));
        for (person, name, json) in own.chain(theirs) {
            if let Err(what) = taker.fact(self, person, name, json) {
                problems.push(FactProblem { person, fact: name.clone(), what });
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

/// Where each person stands in the evaluation. The order in which people were entered must not decide anything, so they
/// stand in the order of their facts; whoever is alike in all of them keeps the order entered.
pub(crate) fn order(household: &Household) -> Vec<usize> {
    let key = |person: &Person| serde_json::to_string(&person.facts).unwrap_or_default();
    let mut sorted: Vec<(String, usize)> = household.people.iter().map(key).zip(0..).collect();
    sorted.sort();
    let mut places = vec![0; sorted.len()];
    for (place, (_, person)) in sorted.into_iter().enumerate() {
        if let Some(slot) = places.get_mut(person) {
            *slot = place;
        }
    }
    places
}

struct Taker<'h> {
    order: Vec<usize>,
    household: &'h Household,
    /// Texts that no rule names.
    unlisted: Vec<String>,
}

impl Taker<'_> {
    fn fact(
        &mut self,
        to: &mut Evaluation<'_>,
        person: Option<usize>,
        name: &str,
        json: &Json,
    ) -> Result<(), FactFault> {
        let rules = to.rules();
        let place = person.and_then(|p| self.order.get(p)).copied();
        match rules.names.get(name) {
            Some(Name::Fact(id)) => {
                let Some(fact) = rules.facts.get(*id as usize) else { return Err(FactFault::UnknownFact) };
                if fact.per_person != place.is_some() {
                    return Err(FactFault::WrongScope);
                }
                // Left open: not even the rules' default stands for it.
                let value = if json.is_null() { fact.unknown } else { self.value(rules, fact.ty, json)? };
                let value = within(fact.unknown, value).ok_or(FactFault::OutOfRange)?;
                to.set_fact(*id, place.unwrap_or(0), value);
            }
            Some(Name::Definition(id)) => {
                let Some(definition) = rules.definitions.get(*id as usize) else {
                    return Err(FactFault::UnknownFact);
                };
                if (definition.scope == Scope::Person) != place.is_some() {
                    return Err(FactFault::WrongScope);
                }
                if !json.is_null() {
                    let value = self.value(rules, definition.ty, json)?;
                    to.give(*id, place.unwrap_or(0), value);
                }
            }
            _ => return Err(FactFault::UnknownFact),
        }
        Ok(())
    }

    fn value(&mut self, rules: &Rules, ty: Type, json: &Json) -> Result<Value, FactFault> {
        match ty {
            Type::Number(_) => match json {
                Json::Object(bounds) => {
                    let low = bounds
                        .get("from")
                        .filter(|j| !j.is_null())
                        .map_or(Ok(Ratio::MINUS_INFINITE), number)?;
                    let high =
                        bounds.get("to").filter(|j| !j.is_null()).map_or(Ok(Ratio::INFINITE), number)?;
                    if low <= high {
                        Ok(Value::Number(Interval { low, high }))
                    } else {
                        Err(FactFault::OutOfRange)
                    }
                }
                _ => Ok(Value::Number(Interval::exactly(number(json)?))),
            },
            Type::Date => match json {
                Json::Object(bounds) => {
                    let first =
                        bounds.get("from").filter(|j| !j.is_null()).map_or(Ok(calendar::FIRST), day)?;
                    let last = bounds.get("to").filter(|j| !j.is_null()).map_or(Ok(calendar::LAST), day)?;
                    if first <= last {
                        Ok(Value::Date(Days { first, last }))
                    } else {
                        Err(FactFault::OutOfRange)
                    }
                }
                _ => Ok(Value::Date(Days::exactly(day(json)?))),
            },
            Type::Bool => Ok(Value::Bool(Truth::from(json.as_bool().ok_or(FactFault::WrongKind)?))),
            Type::Text => {
                let text = json.as_str().ok_or(FactFault::WrongKind)?;
                Ok(Value::Text(Some(rules.texts.find(text).unwrap_or_else(|| self.unlisted(rules, text)))))
            }
            Type::Choice(choice) => {
                let bits = match json {
                    Json::Object(any) => words(rules, choice, any.get("any_of").unwrap_or(&Json::Null))?,
                    Json::String(_) => words(rules, choice, &Json::Array(vec![json.clone()]))?,
                    _ => return Err(FactFault::WrongKind),
                };
                // It is one of the words, whichever.
                if bits == 0 { Err(FactFault::NoSuchWord) } else { Ok(Value::Choice(bits)) }
            }
            Type::Set(choice) => {
                let bits = words(rules, choice, json)?;
                Ok(Value::Set(Members { must: bits, may: bits }))
            }
            Type::Person => Ok(Value::Person(self.person(json)?)),
            Type::Persons => {
                let mut bits = 0;
                for name in json.as_array().ok_or(FactFault::WrongKind)? {
                    bits |= self.person(name)?;
                }
                Ok(Value::Set(Members { must: bits & !NOBODY, may: bits & !NOBODY }))
            }
        }
    }

    fn unlisted(&mut self, rules: &Rules, text: &str) -> u32 {
        let known = self.unlisted.iter().position(|t| t == text);
        let number = known.unwrap_or_else(|| {
            self.unlisted.push(text.to_owned());
            self.unlisted.len() - 1
        });
        u32::try_from(rules.texts.len() + number).unwrap_or(u32::MAX)
    }

    /// A person's bit; the empty name is nobody of the household.
    fn person(&self, json: &Json) -> Result<u64, FactFault> {
        let name = json.as_str().ok_or(FactFault::WrongKind)?;
        if name.is_empty() {
            return Ok(NOBODY);
        }
        let mut named =
            self.household.people.iter().zip(&self.order).filter(|(person, _)| person.name == name);
        match (named.next(), named.next()) {
            (Some((_, place)), None) => Ok(bit(*place)),
            _ => Err(FactFault::NoSuchPerson),
        }
    }
}

/// A value within what it can be: what was left open ends where the fact's own range does.
fn within(range: Value, value: Value) -> Option<Value> {
    match (range, value) {
        (Value::Number(range), Value::Number(n)) => {
            let beyond = |bound: Ratio| bound.is_finite() && !range.contains(bound);
            let low = n.low.max(range.low);
            let high = n.high.min(range.high);
            (!beyond(n.low) && !beyond(n.high) && low <= high)
                .then_some(Value::Number(Interval { low, high }))
        }
        (Value::Date(range), Value::Date(days)) => {
            let (first, last) = (days.first.max(range.first), days.last.min(range.last));
            (first <= last).then_some(Value::Date(Days { first, last }))
        }
        _ => Some(value),
    }
}

fn number(json: &Json) -> Result<Ratio, FactFault> {
    match json {
        Json::Number(n) => parse_number(&n.to_string()),
        Json::String(text) => parse_number(text),
        _ => Err(FactFault::WrongKind),
    }
}

/// A decimal number, exactly. Beyond 13 digits before the point no fact of a household lies.
fn parse_number(text: &str) -> Result<Ratio, FactFault> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = !whole.is_empty() && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    if !plain {
        return Err(FactFault::WrongKind);
    }
    if whole.len() > 13 {
        return Err(FactFault::OutOfRange);
    }
    let fraction = fraction.get(..fraction.len().min(9)).unwrap_or("");
    let n: i128 = format!("{whole}{fraction}").parse().map_err(|_| FactFault::WrongKind)?;
    let d = 10i128.checked_pow(u32::try_from(fraction.len()).unwrap_or(0)).unwrap_or(1);
    Ratio::new(n * sign, d).ok_or(FactFault::OutOfRange)
}

fn day(json: &Json) -> Result<i32, FactFault> {
    json.as_str()
        .ok_or(FactFault::WrongKind)
        .and_then(|text| calendar::parse(text).ok_or(FactFault::OutOfRange))
}

fn words(rules: &Rules, choice: u16, json: &Json) -> Result<u64, FactFault> {
    let choice = rules.choices.get(usize::from(choice)).ok_or(FactFault::WrongKind)?;
    let mut bits = 0;
    for word in json.as_array().ok_or(FactFault::WrongKind)? {
        let word = word.as_str().ok_or(FactFault::WrongKind)?;
        let number = choice.words.iter().position(|w| w == word).ok_or(FactFault::NoSuchWord)?;
        bits |= bit(number);
    }
    Ok(bits)
}
