//! The properties of all rules, held against the programs that ship: more knowledge never turns an answer, people have no
//! order, and answers change only on days that the rules name.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use common::random::{Bytes, household, less_known, renamed};
use common::*;
use madoguchi_benefits::answer::{Outcome, Verdict};
use madoguchi_benefits::value::{Days, Value};
use madoguchi_benefits::{Evaluation, Household, calendar};
use proptest::prelude::*;
use serde_json::json;

/// Every definition of the shipped rules, and whether it is a person's.
fn definitions() -> &'static [(String, bool)] {
    static NAMES: OnceLock<Vec<(String, bool)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = Vec::new();
        for line in shipped_files().iter().flat_map(|file| file.text.lines()) {
            for (head, personal) in [("define person ", true), ("define household ", false)] {
                if let Some(rest) = line.strip_prefix(head) {
                    names.push((rest.split([' ', ':']).next().unwrap().to_owned(), personal));
                }
            }
        }
        assert!(names.len() > 200, "{}", names.len());
        names
    })
}

type Values = BTreeMap<(&'static str, Option<usize>), Value>;

fn values(evaluation: &mut Evaluation<'_>) -> Values {
    let mut found = Values::new();
    for (name, personal) in definitions() {
        let whose = if *personal { (0..evaluation.people()).map(Some).collect() } else { vec![None] };
        for person in whose {
            found.insert((name.as_str(), person), evaluation.value_of(name, person).unwrap());
        }
    }
    found
}

/// Each program's outcomes by name and person.
fn outcomes(evaluation: &mut Evaluation<'_>) -> BTreeMap<(&'static str, Option<usize>), Outcome> {
    let rules = shipped();
    let answers = evaluation.answers();
    let of = |outcome: Outcome, program: u32| {
        ((rules.programs[program as usize].name.as_str(), outcome.person), outcome)
    };
    answers.into_iter().flat_map(|a| a.outcomes.into_iter().map(move |o| of(o, a.program))).collect()
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..most)
}

const DAYS: [&str; 5] = ["2024-05-01", "2024-10-01", "2025-03-31", "2026-11-26", "2027-04-01"];

/// A household that the documents argue about, or a random one.
fn some_household(bytes: &mut Bytes<'_>) -> Household {
    let documented = documented();
    let chosen = bytes.below(documented.len() * 3);
    if let Some((_, household)) = documented.get(chosen) {
        return household.clone();
    }
    let people = 1 + bytes.below(5);
    let mut random = household(bytes, shipped(), people);
    if chosen.is_multiple_of(2) {
        for (number, person) in random.people.iter_mut().enumerate() {
            person.facts.insert("収入の種類".into(), json!(["その他"]));
            person.facts.insert("その他の所得".into(), json!(bytes.below(200) * 50_000 + number));
        }
    }
    random
}

/// What goes by a place among people, directly or through others: of two with the same key one has to be the first.
fn by_place() -> &'static BTreeSet<String> {
    static NAMES: OnceLock<BTreeSet<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        // An item's name, and all that it says.
        let mut items: Vec<(String, String)> = Vec::new();
        for line in shipped_files().iter().flat_map(|file| file.text.lines()) {
            let words: Vec<&str> = line.split([' ', ':', '(']).filter(|word| !word.is_empty()).collect();
            match words.as_slice() {
                ["define" | "program", "person" | "household", name, ..] | ["define", name, ..]
                    if !line.starts_with(' ') =>
                {
                    items.push(((*name).to_owned(), line.to_owned()));
                }
                _ if line.starts_with(' ') => {
                    if let Some((_, text)) = items.last_mut() {
                        text.push_str(line);
                    }
                }
                _ => {}
            }
        }
        let mut found: BTreeSet<String> = BTreeSet::new();
        loop {
            let goes_by =
                |text: &str| text.contains("rank(") || found.iter().any(|name| text.contains(name.as_str()));
            let more: BTreeSet<String> =
                items.iter().filter(|(_, text)| goes_by(text)).map(|(name, _)| name.clone()).collect();
            if more.len() == found.len() {
                return found;
            }
            found = more;
        }
    })
}

/// Whether two of the household have the same key in some order.
fn alike(evaluation: &mut Evaluation<'_>) -> bool {
    ["手当の所得", "誕生年月日"].iter().any(|key| {
        let keys: Vec<Value> =
            (0..evaluation.people()).map(|p| evaluation.value_of(key, Some(p)).unwrap()).collect();
        keys.iter().enumerate().any(|(n, key)| keys[..n].contains(key))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_knowledge_never_widens_and_never_turns(of_household in bytes(700), less in bytes(700), on in 0usize..5) {
        let full = some_household(&mut Bytes(&of_household));
        let less = less_known(&mut Bytes(&less), shipped(), &full, &[]);
        let (mut more, mut few) = (evaluate(shipped(), DAYS[on], &full), evaluate(shipped(), DAYS[on], &less));
        let alike = alike(&mut more);
        let certain = |name: &str| !alike || !by_place().contains(name);
        let (with_more, with_less) = (values(&mut more), values(&mut few));
        for (what, value) in with_less.iter().filter(|(what, _)| certain(what.0)) {
            prop_assert!(
                value.covers(&with_more[what]),
                "{:?} on {}: {:?} became {:?}\n{}\n{}",
                what, DAYS[on], value, with_more[what], written(&less), written(&full)
            );
        }
        let (with_more, with_less) = (outcomes(&mut more), outcomes(&mut few));
        for (what, less_known) in with_less.iter().filter(|(what, _)| certain(what.0)) {
            let more_known = &with_more[what];
            prop_assert!(
                less_known.verdict == Verdict::Unknown || less_known.verdict == more_known.verdict,
                "{:?} on {}: {:?} became {:?}\n{}\n{}",
                what, DAYS[on], less_known.verdict, more_known.verdict, written(&less), written(&full)
            );
            if let (Some(a), Some(b)) = (less_known.amount, more_known.amount) {
                prop_assert!(Value::Number(a.yen).covers(&Value::Number(b.yen)), "{:?}: {:?} became {:?}", what, a, b);
            }
            // Whatever is open can be asked for, and is open.
            for open in &less_known.open {
                let fact = &shipped().facts[open.fact as usize];
                let (_, question, _) = shipped().asking(open.fact).unwrap();
                prop_assert!(!question.is_empty(), "{} has no question", fact.name);
                prop_assert!(!few.value_of(&fact.name, open.person).unwrap().is_known(), "{}", fact.name);
            }
        }
    }

    #[test]
    fn people_have_no_names_and_no_order(of_household in bytes(700), order in bytes(8), on in 0usize..5) {
        let before = some_household(&mut Bytes(&of_household));
        let mut order_of: Vec<usize> = (0..before.people.len()).collect();
        let mut turn = Bytes(&order);
        for last in (1..order_of.len()).rev() {
            order_of.swap(last, turn.below(last + 1));
        }
        let after = renamed(&before, &order_of);
        let (mut one, mut other) = (evaluate(shipped(), DAYS[on], &before), evaluate(shipped(), DAYS[on], &after));
        let alike = alike(&mut one);
        let now = |person: Option<usize>| person.map(|p| order_of.iter().position(|q| *q == p).unwrap());
        let (then, later) = (values(&mut one), values(&mut other));
        for (what, value) in then.iter().filter(|(what, _)| !alike || !by_place().contains(what.0)) {
            prop_assert_eq!(&later[&(what.0, now(what.1))], value, "{:?}\n{}", what, written(&before));
        }
        let (then, later) = (outcomes(&mut one), outcomes(&mut other));
        for (what, outcome) in then.iter().filter(|(what, _)| !alike || !by_place().contains(what.0)) {
            let same = &later[&(what.0, now(what.1))];
            prop_assert_eq!((outcome.verdict, outcome.amount), (same.verdict, same.amount), "{:?}", what);
            let asked = |outcome: &Outcome| outcome.open.iter().map(|open| open.fact).collect::<BTreeSet<_>>();
            prop_assert_eq!(asked(outcome), asked(same), "{:?}", what);
        }
    }
}

fn written(household: &Household) -> String {
    serde_json::to_string(household).unwrap()
}

/// Every date from which a figure, table or formula of the shipped rules holds or ends.
fn named_days() -> BTreeSet<i32> {
    let lines = shipped_files().iter().flat_map(|file| file.text.lines().map(str::trim));
    let dated = lines.filter_map(|line| line.strip_prefix("from ").or_else(|| line.strip_prefix("until ")));
    let days: BTreeSet<i32> = dated.filter_map(|rest| calendar::parse(rest.get(..10)?)).collect();
    assert!(days.len() > 10, "{days:?}");
    days
}

/// So many days as rules count: `98日`.
fn counted_days() -> BTreeSet<i32> {
    let texts =
        shipped_files().iter().flat_map(|file| file.text.split(|c: char| !c.is_ascii_digit() && c != '日'));
    texts.filter_map(|word| word.strip_suffix('日')?.parse().ok()).collect()
}

/// The days on which an answer may change for this household: those that the rules name, the first of each month, birthdays and
/// the days before them, the other dates of the household and days counted from them.
fn days_of_change(household: &Household, days: std::ops::RangeInclusive<i32>) -> BTreeSet<i32> {
    let mut expected = named_days();
    expected.extend(days.clone().filter(|day| calendar::civil(*day).2 == 1));
    let counted = counted_days();
    let facts = household.people.iter().map(|person| &person.facts).chain([&household.household]);
    for (name, fact) in facts.flatten() {
        let Some(date) = fact.as_str().and_then(calendar::parse) else { continue };
        expected.insert(date);
        if name == "誕生年月日" {
            let birthday = |day: &i32| calendar::age(date, *day) != calendar::age(date, *day - 1);
            expected.extend(days.clone().filter(birthday).flat_map(|day| [day, day - 1]));
        } else {
            expected.extend(counted.iter().map(|n| date + n));
        }
    }
    expected
}

type Told = BTreeMap<(&'static str, Option<usize>), (Verdict, Option<madoguchi_benefits::answer::Amount>)>;

fn told(evaluation: &mut Evaluation<'_>, today: i32) -> Told {
    evaluation.set_today(Days::exactly(today));
    outcomes(evaluation)
        .into_iter()
        .map(|(what, outcome)| (what, (outcome.verdict, outcome.amount)))
        .collect()
}

#[test]
fn answers_change_only_on_days_that_the_rules_or_the_household_name() {
    for (name, household) in documented() {
        let days = day("2025-01-15")..=day("2027-01-15");
        let mut evaluation = evaluate(shipped(), "2025-01-14", &household);
        let mut starts: Vec<i32> =
            days_of_change(&household, days.clone()).into_iter().filter(|d| days.contains(d)).collect();
        assert!(starts.len() < 120, "{name}: {} of 731 days", starts.len());
        starts.insert(0, *days.start());
        let ends = starts[1..].iter().copied().chain([*days.end() + 1]).map(|next| next - 1);
        let mut before = None;
        let mut changes = 0;
        for (first, last) in starts.iter().zip(ends) {
            // What is true on the first of such days is true until the next.
            let now = told(&mut evaluation, *first);
            if last > *first {
                let then = told(&mut evaluation, last);
                for (what, value) in &now {
                    let (from, to) = (calendar::format(*first), calendar::format(last));
                    assert_eq!(then[what], *value, "{name}: {what:?} changes between {from} and {to}");
                }
            }
            changes += usize::from(before.is_some_and(|before| before != now));
            before = Some(now);
        }
        assert!(changes > 0, "{name}: two years change something");
    }
}

#[test]
fn day_by_day_a_family_meets_nothing_else() {
    let household = household_of("both-parents-on-leave");
    let days = day("2026-04-01")..=day("2027-01-15");
    let expected = days_of_change(&household, days.clone());
    let mut evaluation = evaluate(shipped(), "2026-03-31", &household);
    let mut before = told(&mut evaluation, day("2026-03-31"));
    for today in days {
        let now = told(&mut evaluation, today);
        assert!(
            now == before || expected.contains(&today),
            "something changes on {}",
            calendar::format(today)
        );
        before = now;
    }
}
