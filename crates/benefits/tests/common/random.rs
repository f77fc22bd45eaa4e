//! Rules and households from a row of bytes: fewer and smaller bytes make simpler ones, so that what fails can be made small.

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

/// What every random rule set begins with.
const HEAD: &str = "source 「条例」
choice 級 = 甲 | 乙 | 丙
fact person a0 : 数
fact household n0 : 数
  range 0 .. 20
fact household n1 : 数
  range -5 .. 5
fact household b0 : 真偽
fact household b1 : 真偽
fact household g0 : 級
fact household s0 : 集合 級
fact household t0 : 文字
fact household d0 : 日付
  range 2019-01-01 .. 2031-12-31
fact person pn : 数
  range 0 .. 30
fact person pk : 数
fact person pb : 真偽
fact person pg : 級
fact person pd : 日付
  range 1990-01-01 .. 2031-12-31
fact person 親 : 世帯員の集合
fact person 配偶者 : 世帯員
parameter p0 : 数
  from 2020-04-01: 3
  from 2024-04-01: 5
  until 2029-04-01
parameter p1 : 数 = 7
table T0(k: 数) : 数
  | k | v |
  | 0〜4 | 1 |
  | 5〜9 | 7 |
  | 10以上20未満 | 3 |
  | 20 | - |
table T1(k: 数) : 数
  | k | v |
  | 0〜2 | 4 |
  | 6〜8 | 2 |
  | 12超 | 9 |
  | その他 | 20 |
table T2(k: 数) : 数
  | k | v |
  | 0 | 10 |
  | 1 | 15 |
  | 以降 | 3 |
table T3(g: 級, k: 数) : 数
  | g ＼ k | 0〜3 | 4以上 |
  | 甲、乙 | 1 | 2 |
  | その他 | 3 | - |
table T4(t: 文字) : 数
  | t | v |
  | あ | 1 |
  | い | 2 |
  | その他 | 8 |
table T5(b: 真偽) : 数
  from 2021-01-01
    | b | v |
    | はい | 1 |
    | いいえ | 2 |
  from 2025-01-01
    | b | v |
    | はい | 5 |
";

/// The random definitions: `h0` to `h5` of the household, `q0` to `q5` of each person.
pub const DEFINITIONS: usize = 6;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Truth,
    Date,
}

const fn kind(index: usize) -> Kind {
    match index % 3 {
        0 => Kind::Number,
        1 => Kind::Truth,
        _ => Kind::Date,
    }
}

/// What an expression may name.
#[derive(Clone)]
struct Scope {
    /// `""` for a person's own, `"c0."` for people named on the way.
    people: Vec<String>,
    own: bool,
    /// How many definitions of the household and of people there are so far.
    household: usize,
    personal: usize,
    function: bool,
}

/// A random rule set.
pub fn rules(bytes: &mut Bytes<'_>) -> String {
    let mut text = HEAD.to_owned();
    let scope = |own: bool, household: usize, personal: usize| Scope {
        people: if own { vec![String::new()] } else { vec![] },
        own,
        household,
        personal,
        function: false,
    };
    let function = Scope { function: true, ..scope(false, 0, 0) };
    text.push_str(&format!("define f0(x: 数, y: 真偽) : 数 = {}\n", number(bytes, &function, 2)));
    for index in 0..DEFINITIONS {
        text.push_str(&define(
            bytes,
            &format!("household h{index}"),
            kind(index),
            &scope(false, index, index),
        ));
        text.push_str(&define(
            bytes,
            &format!("person q{index}"),
            kind(index),
            &scope(true, index + 1, index),
        ));
    }
    for (head, scope) in [("household P", scope(false, 6, 6)), ("person Q", scope(true, 6, 6))] {
        let (first, second) = (truth(bytes, &scope, 2), truth(bytes, &scope, 1));
        let amount = number(bytes, &scope, 2);
        text.push_str(&format!(
            "program {head} : 円\n  title 「制度」\n  requires 「一」: {first}\n  requires 「二」: {second}\n  amount = ({amount}) as 円\n"
        ));
    }
    text
}

fn define(bytes: &mut Bytes<'_>, head: &str, kind: Kind, scope: &Scope) -> String {
    let (ty, depth) = match kind {
        Kind::Number => ("数", 3),
        Kind::Truth => ("真偽", 3),
        Kind::Date => ("日付", 2),
    };
    let mut value = |depth: usize| match kind {
        // What is defined stays small, so that no chain of products leaves 64 bits.
        Kind::Number => format!("clamp({}, -1000, 1000)", number(bytes, scope, depth)),
        Kind::Truth => truth(bytes, scope, depth),
        Kind::Date => date(bytes, scope, depth),
    };
    let (a, b) = (value(depth), value(1));
    match bytes.below(4) {
        0 | 1 => format!("define {head} : {ty} = {a}\n"),
        2 => format!("define {head} : {ty}\n  from 2020-06-01: {b}\n  from 2025-06-01: {a}\n"),
        _ => {
            let condition = truth(bytes, scope, 1);
            format!("define {head} : {ty}\n  cases\n    {condition} -> {b}\n    otherwise -> {a}\n")
        }
    }
}

/// A definition of a kind that is there already.
fn defined(bytes: &mut Bytes<'_>, scope: &Scope, wanted: Kind) -> Option<String> {
    let mut names: Vec<String> =
        (0..scope.household).filter(|i| kind(*i) == wanted).map(|i| format!("h{i}")).collect();
    for person in &scope.people {
        names.extend((0..scope.personal).filter(|i| kind(*i) == wanted).map(|i| format!("{person}q{i}")));
    }
    if names.is_empty() { None } else { Some(names.swap_remove(bytes.below(names.len()))) }
}

fn of_person(bytes: &mut Bytes<'_>, scope: &Scope, fact: &str) -> Option<String> {
    if scope.people.is_empty() {
        return None;
    }
    let person = &scope.people[bytes.below(scope.people.len())];
    Some(format!("{person}{fact}"))
}

/// One more person named.
fn inner(scope: &Scope) -> (String, Scope) {
    let name = format!("c{}", scope.people.len());
    let mut inner = scope.clone();
    inner.people.push(format!("{name}."));
    (name, inner)
}

fn number(bytes: &mut Bytes<'_>, scope: &Scope, depth: usize) -> String {
    let leaf = |bytes: &mut Bytes<'_>| match bytes.below(8) {
        0 => bytes.below(10).to_string(),
        1 => "n0".into(),
        2 => "n1".into(),
        3 => of_person(bytes, scope, "pn").unwrap_or("n0".into()),
        4 => defined(bytes, scope, Kind::Number).unwrap_or("n1".into()),
        5 => "p0".into(),
        6 if scope.function => "x".into(),
        6 => "size(s0)".into(),
        _ => "p1".into(),
    };
    if depth == 0 {
        return leaf(bytes);
    }
    let depth = depth - 1;
    let n = |bytes: &mut Bytes<'_>| number(bytes, scope, depth);
    match bytes.below(20) {
        0 | 1 => leaf(bytes),
        2 => format!("({} + {})", n(bytes), n(bytes)),
        3 => format!("({} - {})", n(bytes), n(bytes)),
        4 => format!("({} × {})", n(bytes), bytes.below(7) as i32 - 3).replace("× -", "× -"),
        5 => format!("({} ÷ {})", n(bytes), 1 + bytes.below(4)),
        6 => format!("(clamp({}, -50, 50) × clamp({}, -50, 50))", n(bytes), n(bytes)),
        7 => format!("({} ÷ clamp(floor({}), -3, 9))", n(bytes), n(bytes)),
        8 => format!("{}({}, {})", bytes.one(&["min", "max"]), n(bytes), n(bytes)),
        9 => format!("{}({})", bytes.one(&["abs", "-"]), n(bytes)),
        10 => {
            let mode = bytes.one(&["floor", "ceil", "round", "round_down_half"]);
            format!("{mode}({}, {})", n(bytes), bytes.one(&["1", "10", "0.5", "4"]))
        }
        11 => format!("(if {} then {} else {})", truth(bytes, scope, depth), n(bytes), n(bytes)),
        12 => look_up(bytes, scope, depth),
        13 => format!("(p0 at {})", date(bytes, scope, 0)),
        14 | 15 => {
            let (a, b) = (date(bytes, scope, depth), date(bytes, scope, 0));
            match bytes.below(8) {
                0 => format!("(age({a}, {b}) as 数)"),
                1 => format!("(months_between({a}, {b}) as 数)"),
                2 => format!("(days_between({a}, {b}) as 数)"),
                3 => format!("school_year({a}, {b})"),
                4 => format!("year({a})"),
                5 => format!("month({a})"),
                6 => format!("day({a})"),
                _ => format!("fiscal_year({a})"),
            }
        }
        16 | 17 if scope.people.len() < 3 => {
            let (name, inner) = inner(scope);
            let condition = truth(bytes, &inner, depth.min(1));
            match bytes.below(4) {
                0 => format!("(count({name} in people where {condition}) as 数)"),
                way => {
                    let over = ["sum", "max", "min"][way - 1];
                    format!(
                        "{over}({name} in people where {condition}: {})",
                        number(bytes, &inner, depth.min(1))
                    )
                }
            }
        }
        18 if scope.own && scope.people.len() < 3 => {
            let (name, inner) = inner(scope);
            let condition = truth(bytes, &inner, depth.min(1));
            format!("rank({name} in people where {condition} by {name}.pk{})", bytes.one(&["", " desc"]))
        }
        _ if scope.function => "x".into(),
        _ => format!("f0({}, {})", n(bytes), truth(bytes, scope, 0)),
    }
}

fn look_up(bytes: &mut Bytes<'_>, scope: &Scope, depth: usize) -> String {
    // Keys in whole numbers: between 0〜4 and 5〜9 there is nothing else.
    let key = |bytes: &mut Bytes<'_>| format!("floor({})", number(bytes, scope, depth));
    match bytes.below(7) {
        0 => format!("T0({})", key(bytes)),
        1 => format!("T1({})", key(bytes)),
        2 => format!("T2({})", key(bytes)),
        3 => format!("T3(g0, {})", key(bytes)),
        4 => "T4(t0)".into(),
        5 => format!("T5({})", truth(bytes, scope, depth)),
        _ => format!("(T5({}) at {})", truth(bytes, scope, depth), date(bytes, scope, 0)),
    }
}

fn truth(bytes: &mut Bytes<'_>, scope: &Scope, depth: usize) -> String {
    let leaf = |bytes: &mut Bytes<'_>| match bytes.below(8) {
        0 => "b0".into(),
        1 => "b1".into(),
        2 => of_person(bytes, scope, "pb").unwrap_or("b0".into()),
        3 => defined(bytes, scope, Kind::Truth).unwrap_or("b1".into()),
        4 => format!("g0 {} 「{}」", bytes.one(&["=", "≠"]), bytes.one(&["甲", "乙"])),
        5 => format!("「{}」 in s0", bytes.one(&["甲", "丙"])),
        6 if scope.function => "y".into(),
        6 => of_person(bytes, scope, "pg").map_or("b0".into(), |pg| format!("{pg} in {{「甲」, 「丙」}}")),
        _ => format!("t0 {}", bytes.one(&["= 「あ」", "≠ 「い」", "in {「あ」, 「う」}"])),
    };
    if depth == 0 {
        return leaf(bytes);
    }
    let depth = depth - 1;
    let b = |bytes: &mut Bytes<'_>| truth(bytes, scope, depth);
    let n = |bytes: &mut Bytes<'_>| number(bytes, scope, depth);
    match bytes.below(14) {
        0 | 1 => leaf(bytes),
        2 => format!("({} and {})", b(bytes), b(bytes)),
        3 => format!("({} or {})", b(bytes), b(bytes)),
        4 => format!("(not {})", b(bytes)),
        5 => format!("(({}) = ({}))", b(bytes), b(bytes)),
        6 => format!("(if {} then {} else {})", b(bytes), b(bytes), b(bytes)),
        7 | 8 => format!("({} {} {})", n(bytes), bytes.one(&["<", "≤", "=", "≠", ">", "≥"]), n(bytes)),
        9 => format!("({} in {{1, 2, {}}})", n(bytes), n(bytes)),
        10 => {
            let (a, c) = (date(bytes, scope, depth), date(bytes, scope, 0));
            format!("({a} {} {c})", bytes.one(&["<", "≤", "=", "≠", ">", "≥"]))
        }
        11 => match look_up(bytes, scope, depth) {
            at if at.starts_with('(') => format!("has{at}"),
            plain => format!("has({plain})"),
        },
        _ if scope.people.len() < 3 && !scope.function => {
            let (name, inner) = inner(scope);
            let condition = match (bytes.below(5), scope.own) {
                (0, true) => format!("self in {name}.親"),
                (1, true) => format!("{name} in 親"),
                (2, true) => format!("{name} = 配偶者"),
                (3, true) => format!("{name} ≠ self and {}", truth(bytes, &inner, depth)),
                _ => truth(bytes, &inner, depth),
            };
            match bytes.below(2) {
                0 => format!("any({name} in people where {condition})"),
                _ => {
                    format!("all({name} in people where {condition}: {})", truth(bytes, &inner, depth.min(1)))
                }
            }
        }
        _ => leaf(bytes),
    }
}

fn date(bytes: &mut Bytes<'_>, scope: &Scope, depth: usize) -> String {
    let leaf = |bytes: &mut Bytes<'_>| match bytes.below(5) {
        0 => "today".into(),
        1 => "d0".into(),
        2 => of_person(bytes, scope, "pd").unwrap_or("d0".into()),
        3 => defined(bytes, scope, Kind::Date).unwrap_or("today".into()),
        _ => bytes.one(&["2024-02-29", "2024-04-01", "2025-03-31", "1999-12-31"]).to_string(),
    };
    if depth == 0 {
        return leaf(bytes);
    }
    let depth = depth - 1;
    let d = |bytes: &mut Bytes<'_>| date(bytes, scope, depth);
    let n = |bytes: &mut Bytes<'_>| number(bytes, scope, depth);
    match bytes.below(9) {
        0 | 1 => leaf(bytes),
        2 => format!("attains({}, {})", d(bytes), n(bytes)),
        3 => format!("fiscal_year_end({})", d(bytes)),
        4 => format!("add_months({}, {})", d(bytes), n(bytes)),
        5 => format!("add_days({}, {})", d(bytes), n(bytes)),
        6 => format!("add_years({}, {})", d(bytes), n(bytes)),
        7 => format!("date(year({}), {}, {})", d(bytes), n(bytes), n(bytes)),
        _ => format!("(if {} then {} else {})", truth(bytes, scope, depth), d(bytes), d(bytes)),
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
