//! Households from a row of bytes: fewer and smaller bytes make simpler ones, so that what fails can be made small.

use std::collections::BTreeMap;

use madoguchi_benefits::value::Value;
use madoguchi_benefits::{Household, Person, Rules, Type, calendar};
use serde_json::{Value as Json, json};

/// Bytes to choose by; zeros when they have run out.
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    pub fn next(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::from(self.next()) % n.max(1)
    }

    pub fn one<'b, T: ?Sized>(&mut self, of: &[&'b T]) -> &'b T {
        of[self.below(of.len())]
    }
}

/// A household of which everything is known, for any rules. Towns come in pairs that may not fit.
pub fn household(bytes: &mut Bytes<'_>, rules: &Rules, people: usize) -> Household {
    let names: Vec<String> = (0..people).map(|n| format!("p{n}")).collect();
    let mut household = Household::default();
    for fact in rules.facts.iter().filter(|fact| !fact.per_person) {
        household
            .household
            .insert(fact.name.clone(), any(bytes, rules, fact.ty, &fact.unknown, &fact.name, &names));
    }
    for name in &names {
        let mut person = Person { name: name.clone(), ..Person::default() };
        for fact in rules.facts.iter().filter(|fact| fact.per_person) {
            person
                .facts
                .insert(fact.name.clone(), any(bytes, rules, fact.ty, &fact.unknown, &fact.name, &names));
        }
        household.people.push(person);
    }
    household
}

fn any(bytes: &mut Bytes<'_>, rules: &Rules, ty: Type, range: &Value, name: &str, people: &[String]) -> Json {
    match (ty, range) {
        (Type::Number(_), Value::Number(range)) => {
            let bound = |ratio: madoguchi_benefits::number::Ratio, or: i64| ratio.as_whole().unwrap_or(or);
            let (low, high) = (bound(range.low, 0), bound(range.high, 20_000_001));
            let n = if high - low <= 255 {
                low + bytes.below((high - low + 1) as usize) as i64
            } else {
                let thousands = i64::from(bytes.next()) * i64::from(bytes.next());
                *[0, 1, thousands, thousands * 100, thousands * 1_000 + 1, 20_000_001]
                    .get(bytes.below(6))
                    .unwrap_or(&0)
            };
            json!(n.clamp(low, high))
        }
        (Type::Date, Value::Date(range)) => {
            let (first, last) = match name {
                "誕生年月日" | "pd" => ("1935-01-01", "2027-06-30"),
                _ => ("2022-01-01", "2027-12-31"),
            };
            let [first, last] = [first, last].map(|day| calendar::parse(day).unwrap_or(0));
            let (first, last) = (first.max(range.first), last.min(range.last));
            let day =
                first + (i32::from(bytes.next()) * 256 + i32::from(bytes.next())) % (last - first + 1).max(1);
            // Often a first of April or a leap day.
            let (year, ..) = calendar::civil(day);
            let special = [calendar::from_parts(year, 4, 1), calendar::from_parts(year, 2, 29)];
            let day = special.get(bytes.below(8)).copied().flatten().unwrap_or(day).clamp(first, last);
            json!(calendar::format(day))
        }
        (Type::Bool, _) => json!(bytes.below(2) == 1),
        (Type::Choice(choice), _) => {
            let words = &rules.choices[usize::from(choice)].words;
            json!(words[bytes.below(words.len())])
        }
        (Type::Set(choice), _) => {
            let chosen = bytes.next();
            let words = rules.choices[usize::from(choice)].words.iter().enumerate();
            json!(words.filter(|(n, _)| chosen >> (n % 8) & 1 == 1).map(|(_, word)| word).collect::<Vec<_>>())
        }
        (Type::Text, _) => match name {
            "都道府県" => json!(bytes.one(&["静岡県", "東京都", "三重県"])),
            "市区町村" => json!(bytes.one(&["焼津市", "八王子市", "川崎市"])),
            _ => json!(bytes.one(&["あ", "い", "う", "え"])),
        },
        (Type::Person, _) => {
            let chosen = bytes.below(people.len() + 1);
            json!(people.get(chosen).map_or("", String::as_str))
        }
        (Type::Persons, _) => {
            let chosen = bytes.next();
            let some = people.iter().enumerate().filter(|(n, _)| chosen >> (n % 8) & 1 == 1);
            json!(some.map(|(_, name)| name).collect::<Vec<_>>())
        }
        _ => Json::Null,
    }
}

/// The same household with less known: facts taken away, left open, or known only within bounds. Those in `kept` stay.
pub fn less_known(bytes: &mut Bytes<'_>, rules: &Rules, household: &Household, kept: &[&str]) -> Household {
    let mut less = household.clone();
    let all = less.people.iter_mut().map(|person| &mut person.facts).chain([&mut less.household]);
    for facts in all {
        let names: Vec<String> =
            facts.keys().filter(|name| !kept.contains(&name.as_str())).cloned().collect();
        for name in names {
            let Some(fact) = rules.fact(&name) else { continue };
            match bytes.below(6) {
                0..=2 => {}
                3 => {
                    facts.remove(&name);
                }
                4 => {
                    facts.insert(name, Json::Null);
                }
                _ => {
                    let wider =
                        facts.get(&name).and_then(|known| wider(bytes, rules, fact.ty, &fact.unknown, known));
                    if let Some(wider) = wider {
                        facts.insert(name, wider);
                    }
                }
            }
        }
    }
    less
}

fn wider(bytes: &mut Bytes<'_>, rules: &Rules, ty: Type, range: &Value, known: &Json) -> Option<Json> {
    let steps = [1, 3, 40, 2_000, 1_500_000];
    let (below, above) = (steps[bytes.below(5)], steps[bytes.below(5)]);
    match (ty, range, known) {
        (Type::Number(_), Value::Number(range), Json::Number(n)) => {
            let n = n.as_i64()?;
            let low = range.low.as_whole().map_or(n - below, |low| low.max(n - below));
            let high = range.high.as_whole().map_or(n + above, |high| high.min(n + above));
            Some(match bytes.below(3) {
                0 => json!({"from": low, "to": high}),
                1 => json!({"from": low}),
                _ => json!({"to": high}),
            })
        }
        (Type::Date, Value::Date(range), Json::String(day)) => {
            let day = calendar::parse(day)?;
            let first = (day - below.min(2_000) as i32).max(range.first);
            let last = (day + above.min(2_000) as i32).min(range.last);
            Some(match bytes.below(3) {
                0 => json!({"from": calendar::format(first), "to": calendar::format(last)}),
                1 => json!({"from": calendar::format(first)}),
                _ => json!({"to": calendar::format(last)}),
            })
        }
        (Type::Choice(choice), _, Json::String(word)) => {
            let words = &rules.choices[usize::from(choice)].words;
            Some(json!({"any_of": [word, words[bytes.below(words.len())]]}))
        }
        _ => None,
    }
}

/// The household with other names, its people in another order.
pub fn renamed(household: &Household, order: &[usize]) -> Household {
    let names: Vec<&str> = household.people.iter().map(|person| person.name.as_str()).collect();
    let new = |name: &str| match names.iter().position(|n| *n == name) {
        // So that the order of the names is another one too.
        Some(at) => format!("人{}", names.len() - at),
        None => name.to_owned(),
    };
    let value = |json: &Json| match json {
        Json::String(text) => json!(new(text)),
        Json::Array(all) => {
            all.iter().map(|item| item.as_str().map_or(item.clone(), |text| json!(new(text)))).collect()
        }
        other => other.clone(),
    };
    let facts = |facts: &BTreeMap<String, Json>| facts.iter().map(|(k, v)| (k.clone(), value(v))).collect();
    Household {
        household: facts(&household.household),
        people: order
            .iter()
            .map(|p| {
                let person = &household.people[*p];
                Person { name: new(&person.name), facts: facts(&person.facts) }
            })
            .collect(),
    }
}
