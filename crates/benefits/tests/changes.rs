//! What would change an answer: limits exact to the yen, none beyond what a fact can be, and nothing that would not help.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::answer::{Change, Limit, Verdict};
use madoguchi_benefits::{Household, Rules};
use serde_json::{Value as Json, json};

fn program(facts: &str, requires: &str) -> Rules {
    let requires: String = requires.lines().map(|line| format!("  requires 「条件」: {line}\n")).collect();
    sourced(&format!(
        "{facts}\nprogram household 手当 : 円/月\n  title 「手当」\n{requires}  amount = 5,000円/月\n"
    ))
}

fn changes(rules: &Rules, household: &Household) -> Vec<(String, Option<usize>, Limit)> {
    let mut evaluation = evaluate(rules, TODAY, household);
    let told = |change: Change| {
        let fact = rules.facts[change.fact.fact as usize].name.clone();
        (fact, change.fact.person, change.limit)
    };
    evaluation.changes("手当", None).into_iter().map(told).collect()
}

fn verdict(rules: &Rules, household: &Household) -> Verdict {
    evaluate(rules, TODAY, household).answer_of("手当").unwrap().verdict
}

/// At the limit it is yes, and one yen beyond it is not.
#[track_caller]
fn exact(rules: &Rules, of: &dyn Fn(i64) -> Household, now: i64) -> Limit {
    assert_eq!(verdict(rules, &of(now)), Verdict::NotEligible);
    let found = changes(rules, &of(now));
    assert_eq!(found.len(), 1, "{found:?}");
    let (at, beyond) = match found[0].2 {
        Limit::AtMost(n) => (n, n + 1),
        Limit::AtLeast(n) => (n, n - 1),
        Limit::Opposite => panic!("of a number"),
    };
    assert_eq!(verdict(rules, &of(at)), Verdict::Eligible);
    assert_eq!(verdict(rules, &of(beyond)), Verdict::NotEligible);
    found[0].2
}

const INCOME: &str = "fact household 収入 : 円/年\n  range 0円/年 .. 10億円/年";

fn income(yen: i64) -> Household {
    facts(json!({"収入": yen}))
}

#[test]
fn limits_are_exact_to_the_yen() {
    for (condition, now, limit) in [
        ("収入 ≤ 2,080,000円/年", 20_000_001, Limit::AtMost(2_080_000)),
        ("収入 < 2,080,000円/年", 2_080_000, Limit::AtMost(2_079_999)),
        ("収入 ≥ 1,000,000円/年", 0, Limit::AtLeast(1_000_000)),
        ("収入 > 1,000,000円/年", 1_000_000, Limit::AtLeast(1_000_001)),
        ("収入 × 40% ≤ 1,000,001円/年", 900_000_000, Limit::AtMost(2_500_002)),
        ("floor(収入, 4,000円/年) < 10,000円/年", 99_999, Limit::AtMost(11_999)),
        ("収入 = 0円/年", 1, Limit::AtMost(0)),
        ("収入 ≥ 10億円/年", 5, Limit::AtLeast(1_000_000_000)),
    ] {
        assert_eq!(exact(&program(INCOME, condition), &income, now), limit, "{condition}");
    }
}

#[test]
fn the_limit_beside_what_it_is_now_when_two_limits_hold() {
    let rules = program(INCOME, "収入 ≤ 1,000円/年 or 収入 ≥ 2,000円/年");
    // Below is tried first: to earn less is what rules mostly ask.
    assert_eq!(exact(&rules, &income, 1_500), Limit::AtMost(1_000));
}

#[test]
fn no_limit_lies_beyond_what_the_fact_can_be() {
    let hours = "fact household 時間 : 数\n  range 0 .. 24";
    let of = |n: i64| facts(json!({"時間": n}));
    let impossible = program(hours, "時間 ≥ 100");
    assert_eq!(changes(&impossible, &of(5)), []);
    let possible = program(hours, "時間 ≥ 24");
    assert_eq!(changes(&possible, &of(5)), [("時間".into(), None, Limit::AtLeast(24))]);
    let negative =
        program("fact household 所得 : 円/年\n  range -1000円/年 .. 1000円/年", "所得 ≤ -500円/年");
    assert_eq!(changes(&negative, &facts(json!({"所得": 0}))), [("所得".into(), None, Limit::AtMost(-500))]);
    let too_low = program("fact household 所得 : 円/年\n  range 100円/年 .. 1000円/年", "所得 ≤ 50円/年");
    assert_eq!(changes(&too_low, &facts(json!({"所得": 500}))), []);
}

#[test]
fn the_other_answer_to_a_question() {
    let rules = program("fact household 甲 : 真偽\nfact household 乙 : 真偽", "甲\nnot 乙");
    let at = |a: bool, b: bool| changes(&rules, &facts(json!({"甲": a, "乙": b})));
    assert_eq!(at(false, false), [("甲".into(), None, Limit::Opposite)]);
    assert_eq!(at(true, true), [("乙".into(), None, Limit::Opposite)]);
    assert_eq!(at(false, true), [], "one change alone does not help");
    assert_eq!(at(true, true).len(), 1);
}

#[test]
fn only_what_makes_it_certain_is_told() {
    let rules = program(&format!("{INCOME}\nfact household 甲 : 真偽"), "収入 ≤ 100円/年\n甲");
    let open = facts(json!({"収入": 500}));
    assert_eq!(verdict(&rules, &open), Verdict::NotEligible);
    assert_eq!(changes(&rules, &open), [], "with 甲 open a lower income is only perhaps enough");
    let known = facts(json!({"収入": 500, "甲": true}));
    assert_eq!(changes(&rules, &known), [("収入".into(), None, Limit::AtMost(100))]);
}

#[test]
fn nothing_is_told_where_the_answer_is_yes_or_open() {
    let rules = program(INCOME, "収入 ≤ 100円/年");
    assert_eq!(changes(&rules, &income(50)), []);
    assert_eq!(changes(&rules, &nobody()), []);
    assert_eq!(evaluate(&rules, TODAY, &income(500)).changes("無い制度", None), []);
    let open = facts(json!({"収入": {"from": 500, "to": 900}}));
    assert_eq!((verdict(&rules, &open), changes(&rules, &open)), (Verdict::NotEligible, vec![]));
}

#[test]
fn whose_fact_it_is_however_people_were_entered() {
    let rules = sourced(
        "fact person 所得 : 円/年\n  range 0円/年 .. 10億円/年\nprogram household 手当 : 円/月\n  title 「手当」\n  requires 「条件」: all(c in people: c.所得 ≤ 1,000円/年)\n  amount = 5,000円/月\n",
    );
    for incomes in [[9_999, 5, 7], [5, 9_999, 7], [7, 5, 9_999]] {
        let household = people(&incomes.map(|n| json!({"所得": n})));
        let rich = incomes.iter().position(|n| *n == 9_999);
        assert_eq!(changes(&rules, &household), [("所得".into(), rich, Limit::AtMost(1_000))]);
    }
    assert_eq!(changes(&rules, &people(&[json!({"所得": 5_000}), json!({"所得": 5_000})])), []);
}

#[test]
fn a_personal_program_is_changed_by_that_person() {
    let rules = sourced(
        "fact person 所得 : 円/年\nprogram person 手当 : 円/月\n  title 「手当」\n  requires 「条件」: 所得 ≤ 1,000円/年\n  amount = 5,000円/月\n",
    );
    let household = people(&[json!({"所得": 5}), json!({"所得": 2_000})]);
    let mut evaluation = evaluate(&rules, TODAY, &household);
    assert_eq!(evaluation.changes("手当", Some(0)), []);
    let found = evaluation.changes("手当", Some(1));
    assert_eq!((found[0].fact.person, found[0].limit), (Some(1), Limit::AtMost(1_000)));
    // Nothing of what was tried is left behind.
    assert_eq!(say(&mut evaluation, "所得", Some(1)), "2000");
    assert_eq!(evaluation.answer_of("手当").unwrap().outcomes[1].verdict, Verdict::NotEligible);
}

#[test]
fn a_limit_through_definitions_tables_and_functions() {
    let rules = program(
        &format!(
            "{INCOME}\ntable 控除(額面: 円/年) : 円/年\n  | 額面 | 控除 |\n  | 1,000,000以下 | 500,000 |\n  | 1,000,000超 | 600,000 |\ndefine 所得(x: 円/年) : 円/年 = max(0円/年, x - 控除(x))\ndefine household 判定 : 円/年 = 所得(収入)\nparameter 限度 : 円/年\n  from 2020-04-01: 450,000円/年"
        ),
        "判定 ≤ 限度",
    );
    // 1,000,001 to 1,050,000 yen are under the limit again; the search stops at a place where yes turns to no.
    assert_eq!(exact(&rules, &income, 3_000_000), Limit::AtMost(1_050_000));
}

#[test]
fn given_definitions_are_not_changed_behind_ones_back() {
    let rules = program(&format!("{INCOME}\ndefine household 判定 : 円/年 = 収入"), "判定 ≤ 100円/年");
    let given = facts(json!({"収入": 50, "判定": 500}));
    assert_eq!((verdict(&rules, &given), changes(&rules, &given)), (Verdict::NotEligible, vec![]));
}

#[test]
fn the_shipped_child_rearing_allowance_ends_at_a_yen() {
    let single = household_of("single-mother");
    let of = |salary: i64| {
        let mut household = single.clone();
        household.people[0].facts.insert("給与収入".into(), Json::from(salary));
        household
    };
    let rules = shipped();
    let verdict = |salary: i64| {
        evaluate(rules, TODAY, &of(salary)).answer_of("児童扶養手当").unwrap().outcomes[0].verdict
    };
    assert_eq!(verdict(9_000_000), Verdict::NotEligible);
    let found = evaluate(rules, TODAY, &of(9_000_000)).changes("児童扶養手当", Some(0));
    let salary = found.iter().find(|c| rules.facts[c.fact.fact as usize].name == "給与収入").unwrap();
    let Limit::AtMost(limit) = salary.limit else { panic!("{salary:?}") };
    assert_eq!((verdict(limit), verdict(limit + 1)), (Verdict::Eligible, Verdict::NotEligible));
}
