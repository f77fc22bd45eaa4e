//! Over people of whom some only perhaps count: counting, summing, the highest and lowest, places in an order.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value as Json, json};

/// `a` says whether one counts, `n` how much.
const PEOPLE: &str = "fact person a : 真偽\nfact person n : 数\n  range 0 .. 1000\nfact person d : 日付\n";

fn of(ty: &str, formula: &str, people_: &[Json]) -> String {
    let rules = sourced(&format!("{PEOPLE}define household v : {ty} = {formula}\n"));
    value(&rules, &people(people_), "v")
}

fn yes(n: i32) -> Json {
    json!({"a": true, "n": n})
}

fn no(n: i32) -> Json {
    json!({"a": false, "n": n})
}

fn perhaps(n: i32) -> Json {
    json!({"n": n})
}

#[test]
fn counting() {
    let count = |people: &[Json]| of("人数", "count(c in people where c.a)", people);
    assert_eq!(count(&[]), "0");
    assert_eq!(count(&[yes(0), no(0), yes(0)]), "2");
    assert_eq!(count(&[yes(0), perhaps(0), no(0), perhaps(0)]), "1..3");
    assert_eq!(of("人数", "count(c in people)", &[perhaps(0), perhaps(0)]), "2");
    assert_eq!(
        of("人数", "数える(c ∈ 世帯員 のうち c.a かつ c.n > 5)", &[yes(6), yes(5), perhaps(9), perhaps(1)]),
        "1..2"
    );
}

#[test]
fn summing() {
    let sum = |people: &[Json]| of("数", "sum(c in people where c.a: c.n)", people);
    assert_eq!(sum(&[]), "0");
    assert_eq!(sum(&[yes(3), no(100), yes(4)]), "7");
    assert_eq!(sum(&[yes(3), perhaps(10), perhaps(20)]), "3..33");
    assert_eq!(sum(&[yes(3), json!({"a": true, "n": {"from": 1, "to": 5}})]), "4..8");
    assert_eq!(sum(&[yes(3), json!({"a": true})]), "3..1003");
    assert_eq!(sum(&[json!({})]), "0..1000");
    // What some have below nothing may also be left out.
    assert_eq!(of("数", "sum(c in people where c.a: 0 - c.n)", &[yes(3), perhaps(10)]), "-13..-3");
    assert_eq!(of("数", "合計(c in people: c.n)", &[yes(3), no(4)]), "7");
}

#[test]
fn whether_any_or_all() {
    let any = |people: &[Json]| of("真偽", "any(c in people where c.a)", people);
    assert_eq!(
        [any(&[]), any(&[no(0)]), any(&[no(0), perhaps(0)]), any(&[perhaps(0), yes(0)])],
        ["no", "no", "?", "yes"]
    );
    let all = |people: &[Json]| of("真偽", "all(c in people where c.a: c.n > 5)", people);
    assert_eq!(all(&[]), "yes", "of nobody all is true");
    assert_eq!(all(&[no(1)]), "yes");
    assert_eq!(all(&[yes(9), perhaps(9)]), "yes", "whether the second counts does not matter");
    assert_eq!(all(&[yes(9), perhaps(1)]), "?");
    assert_eq!(all(&[yes(1), perhaps(9)]), "no");
    assert_eq!(all(&[yes(9), json!({"a": true})]), "?");
    assert_eq!(of("真偽", "すべて(c in people: c.a)", &[yes(0), yes(0)]), "yes");
    assert_eq!(of("真偽", "いずれか(c in people)", &[]), "no");
    assert_eq!(of("真偽", "いずれか(c in people)", &[no(0)]), "yes");
}

#[test]
fn the_highest_and_the_lowest() {
    let max = |people: &[Json]| of("数", "max(c in people where c.a: c.n)", people);
    let min = |people: &[Json]| of("数", "min(c in people where c.a: c.n)", people);
    assert_eq!([max(&[]), min(&[]), max(&[no(5)]), min(&[no(5)])], ["0"; 4], "of nobody it is 0");
    assert_eq!([max(&[yes(3), yes(7), no(9)]), min(&[yes(3), yes(7), no(1)])], ["7", "3"]);
    assert_eq!([max(&[yes(3), perhaps(7)]), min(&[yes(3), perhaps(7)])], ["3..7", "3"]);
    assert_eq!([max(&[yes(7), perhaps(3)]), min(&[yes(7), perhaps(3)])], ["7", "3..7"]);
    assert_eq!([max(&[perhaps(3), perhaps(7)]), min(&[perhaps(3), perhaps(7)])], ["0..7", "0..7"]);
    let range = |from: i32, to: i32| json!({"a": true, "n": {"from": from, "to": to}});
    assert_eq!([max(&[range(1, 5), range(3, 4)]), min(&[range(1, 5), range(3, 4)])], ["3..5", "1..4"]);
    assert_eq!(
        [
            of("数", "最大(c in people: c.n)", &[yes(1), no(2)]),
            of("数", "最小(c in people: c.n)", &[yes(1), no(2)])
        ],
        ["2", "1"]
    );
}

/// Everyone's place by `n`, of those who count.
fn places(order: &str, people_: &[Json]) -> Vec<String> {
    let rules = sourced(&format!("{PEOPLE}define person v : 数 = rank(c in people where c.a by {order})\n"));
    values(&rules, &people(people_), "v")
}

#[test]
fn places_in_an_order() {
    assert_eq!(places("c.n", &[yes(5), yes(1), no(3), yes(2)]), ["3", "1", "0", "2"]);
    assert_eq!(places("c.n desc", &[yes(5), yes(1), no(3), yes(2)]), ["1", "3", "0", "2"]);
    assert_eq!(places("c.n 降順", &[yes(5), yes(6)]), ["2", "1"]);
    let born = |d: &str| json!({"a": true, "d": d});
    assert_eq!(places("c.d", &[born("2020-05-05"), born("2015-01-01"), born("2018-03-03")]), ["3", "1", "2"]);
    let rules = sourced(&format!("{PEOPLE}define person v : 数 = 順位(c ∈ 世帯員 の順 c.n)\n"));
    assert_eq!(values(&rules, &people(&[yes(5), perhaps(1)]), "v"), ["2", "1"]);
}

#[test]
fn places_among_people_who_only_perhaps_count() {
    assert_eq!(places("c.n", &[yes(5), perhaps(1), yes(9)]), ["1..2", "0..1", "2..3"]);
    assert_eq!(places("c.n", &[yes(5), perhaps(7)]), ["1", "0..2"], "who comes later does not matter");
    let open = json!({"a": true});
    assert_eq!(places("c.n", &[yes(5), open]), ["1..2", "1..2"]);
    let between = json!({"a": true, "n": {"from": 6, "to": 8}});
    assert_eq!(places("c.n", &[yes(5), between.clone(), yes(9), yes(7)]), ["1", "2..3", "4", "2..3"]);
}

#[test]
fn twins_have_different_places_and_together_the_same() {
    let rules = sourced(&format!(
        "{PEOPLE}define person 順 : 数 = rank(c in people by c.d)\ndefine household 計 : 数 = sum(c in people: if c.順 ≥ 3 then 30000 else 10000)\n"
    ));
    let born = |d: &str, a: bool| json!({"d": d, "a": a});
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        let all = [
            born("2010-01-01", true),
            born("2020-02-02", true),
            born("2020-02-02", false),
            born("2012-01-01", true),
        ];
        let entered: Vec<Json> = order.iter().map(|n: &usize| all[*n].clone()).collect();
        let mut places = values(&rules, &people(&entered), "順");
        let of_the_first = places[order.iter().position(|n| *n == 1).unwrap()].clone();
        places.sort();
        assert_eq!(places, ["1", "2", "3", "4"]);
        assert_eq!(of_the_first, "4", "the order in which they were entered decides nothing");
        assert_eq!(value(&rules, &people(&entered), "計"), "80000");
    }
}

#[test]
fn people_within_people() {
    let rules = sourced(
        "fact person 親 : 世帯員の集合\nfact person 年 : 数\ndefine person 兄姉の数 : 人数 = count(c in people where c ≠ self and c.年 > 年 and any(p in people where p in c.親 and p in 親))\ndefine household 家族の組 : 数 = sum(c in people: (count(d in people where d in c.親 or c in d.親)) as 数)\n",
    );
    let family = household(json!({"people": [
        {"name": "母", "facts": {"親": [], "年": 40}},
        {"name": "長女", "facts": {"親": ["母"], "年": 12}},
        {"name": "長男", "facts": {"親": ["母"], "年": 10}},
        {"name": "いとこ", "facts": {"親": [], "年": 15}},
    ]}));
    assert_eq!(values(&rules, &family, "兄姉の数"), ["0", "0", "1", "0"]);
    assert_eq!(value(&rules, &family, "家族の組"), "4");
}

#[test]
fn what_goes_over_people_says_so() {
    let wrong = |formula: &str, message: &str| {
        refused_with(&format!("{PEOPLE}define person v : 数 = {formula}\n"), message);
    };
    wrong("sum(c in people where c.a)", "after : a value for each of the people is missing");
    wrong("count(c in people where c.a: c.n)", "no value is expected after :");
    wrong("count(c)", "count( … ) goes over people: count(c in people where …)");
    wrong("count(c in 親)", "goes over people");
    wrong("sum(c in people: c.a)", "a number is expected here, but this is 真偽");
    wrong("sum(c in people where c.n: c.n)", "this is 数, but 真偽 is expected here");
    wrong("rank(c in people where c.a)", "expected by / の順 here");
    wrong("rank(c in people by c.a)", "people are put in order by a number or a date");
    wrong("rank(c of people by c.a)", "expected in / ∈ here");
    refused_with(
        &format!("{PEOPLE}define household v : 数 = rank(c in people by c.n)\n"),
        "a rank is of self, in a person's definition",
    );
    refused_with(
        &format!("{PEOPLE}define household v : 真偽 = all(c in people where c.a: c.n)\n"),
        "this is 数, but 真偽 is expected here",
    );
}

#[test]
fn a_household_of_nobody() {
    let rules = sourced(&format!(
        "{PEOPLE}define household 員数 : 人数 = count(c in people)\nprogram person 手当 : 円\n  title 「手当」\n  amount = 5円\n"
    ));
    assert_eq!(value(&rules, &nobody(), "員数"), "0");
    let answer = evaluate(&rules, TODAY, &nobody()).answer_of("手当").unwrap();
    assert!(answer.outcomes.is_empty());
    assert_eq!(answer.verdict, madoguchi_benefits::answer::Verdict::NotEligible);
}
