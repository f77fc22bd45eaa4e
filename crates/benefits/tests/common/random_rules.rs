//! Rules from a row of bytes.

use super::random::Bytes;

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
