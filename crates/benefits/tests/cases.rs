//! Cases: what is left out or never reached is refused; what is open takes every case that is still possible.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value as Json, json};

/// Cases of a number `x`, a grade `g` and a truth `b`.
fn cases(branches: &str) -> String {
    let branches: String = branches.lines().map(|line| format!("    {}\n", line.trim())).collect();
    format!(
        "choice 級 = 一級 | 二級 | 三級\nfact household x : 数\nfact household y : 数\nfact household g : 級\nfact household b : 真偽\nfact household d : 日付\ndefine household v : 円\n  cases\n{branches}"
    )
}

#[track_caller]
fn never(branches: &str, line: u32, why: &str) {
    let problems = refused(&cases(branches));
    let wanted = format!("a.rules:{line}:");
    assert!(problems.starts_with(&wanted) && problems.contains(why), "{branches}\n{problems}");
}

const NEVER: &str = "this case never happens: the cases above it take all that it would";
const LEFT_OUT: &str = "these cases leave something out: add otherwise / それ以外";

#[test]
fn the_first_case_that_holds_is_taken() {
    let rules = sourced(&cases("x < 10 -> 1円\nx < 20 -> 2円\notherwise -> 3円"));
    let at = |x: Json| value(&rules, &facts(json!({"x": x})), "v");
    assert_eq!([at(json!(9)), at(json!(10)), at(json!(19.5)), at(json!(20))], ["1", "2", "2", "3"]);
    assert_eq!(
        [at(json!({"from": 5, "to": 15})), at(json!({"from": 12})), at(Json::Null)],
        ["1..2", "2..3", "1..3"]
    );
}

#[test]
fn in_japanese_with_arrows() {
    let rules = sourced(
        "事実 世帯 収入 : 円/年\n定義 世帯 手当額 : 円/月\n  場合\n    収入 ≦ 1,000,000円/年 → 10,000円/月\n    収入 ≦ 200万円/年 かつ 収入 ≠ 1,500,000円/年 → 5,000円/月\n    それ以外 → 0円/月\n",
    );
    let at = |x: i64| value(&rules, &facts(json!({"収入": x})), "手当額");
    assert_eq!(
        [at(1_000_000), at(1_000_001), at(1_500_000), at(2_000_000), at(2_000_001)],
        ["10000", "5000", "0", "5000", "0"]
    );
}

#[test]
fn a_missing_otherwise_is_refused() {
    let missing = |branches: &str| refused_with(&cases(branches), &format!("a.rules:9:3: {LEFT_OUT}"));
    missing("x < 10 -> 1円");
    missing("x < 10 -> 1円\nx > 10 -> 2円");
    missing("x ≤ 10 -> 1円\n10 < x and x < 20 -> 2円\nx > 20 -> 3円");
    missing("g = 「一級」 -> 1円\ng = 「二級」 -> 2円");
    missing("b -> 1円");
    missing("x < 10 -> 1円\ny ≥ 10 -> 2円");
    missing("d < 2024-04-01 -> 1円\nd ≥ 2024-04-01 -> 2円");
}

#[test]
fn cases_that_take_everything_need_no_otherwise() {
    for branches in [
        "x < 10 -> 1円\nx ≥ 10 -> 2円",
        "x ≤ 10 -> 1円\nx > 20 -> 3円\n10 < x and x ≤ 20 -> 2円",
        "x = 5 -> 1円\nx < 5 or x > 5 -> 2円",
        "10 > x -> 1円\n10 ≤ x -> 2円",
        "g = 「一級」 -> 1円\ng = 「二級」 -> 2円\n「三級」 = g -> 3円",
        "g in {「一級」, 「二級」} -> 1円\ng = 「三級」 -> 3円",
        "g = 「一級」 or g = 「三級」 -> 1円\ng in {「二級」} -> 3円",
        "floor(x, 10) × 2 < 10 -> 1円\nfloor(x, 10) × 2 ≥ 10 -> 2円",
        "b -> 9円\nx < 10 -> 1円\nx ≥ 10 -> 2円",
    ] {
        sourced(&cases(branches));
    }
}

#[test]
fn a_case_that_is_never_reached_is_refused() {
    never("x < 10 -> 1円\nx < 5 -> 2円\notherwise -> 3円", 11, NEVER);
    never("x ≤ 10 -> 1円\nx = 10 -> 2円\notherwise -> 3円", 11, NEVER);
    never("x < 10 -> 1円\nx > 5 -> 2円\nx = 7 -> 3円\notherwise -> 4円", 12, NEVER);
    never("x < 10 -> 1円\nx ≥ 10 and x < 20 -> 2円\nx > 2 and x < 15 -> 3円\notherwise -> 4円", 12, NEVER);
    never("g = 「一級」 -> 1円\ng in {「一級」} -> 2円\notherwise -> 3円", 11, NEVER);
    never("g ≠ 「一級」 -> 1円\nno -> 2円\notherwise -> 3円", 11, "this case never happens");
    // Not what only looks like it.
    sourced(&cases("x < 10 -> 1円\nx ≤ 10 -> 2円\notherwise -> 3円"));
    sourced(&cases("x < 10 -> 1円\ny < 5 -> 2円\notherwise -> 3円"));
    sourced(&cases(
        "floor(x, 10) < 10 -> 1円\nceil(x, 10) < 10 -> 2円\nfloor(x, 100) < 10 -> 3円\notherwise -> 4円",
    ));
}

#[test]
fn a_case_that_holds_for_nothing_is_refused_wherever_it_stands() {
    let nothing = "this case never happens";
    never("x > 5 and x < 3 -> 1円\notherwise -> 2円", 10, nothing);
    never("x > 5 and x ≤ 5 -> 1円\notherwise -> 2円", 10, nothing);
    never("y < 1 -> 0円\nx > 5 and x < 3 -> 1円\notherwise -> 2円", 11, nothing);
    never("g = 「一級」 and g = 「二級」 -> 1円\notherwise -> 2円", 10, nothing);
    never("g in {} -> 1円\notherwise -> 2円", 10, nothing);
    never("no -> 1円\notherwise -> 2円", 10, nothing);
    sourced(&cases("x ≥ 5 and x ≤ 5 -> 1円\notherwise -> 2円"));
}

#[test]
fn an_otherwise_after_everything_is_refused() {
    let everything = "this case never happens: the cases above it take everything";
    never("x < 10 -> 1円\nx ≥ 10 -> 2円\notherwise -> 3円", 12, everything);
    never("g in {「一級」, 「二級」, 「三級」} -> 1円\notherwise -> 3円", 11, everything);
}

#[test]
fn the_shape_of_cases() {
    refused_with(&cases("otherwise -> 1円\nx < 5 -> 2円"), "otherwise / それ以外 is the last branch");
    refused_with(&cases("x < 5 2円"), "expected -> here");
    refused_with(&cases("x -> 2円\notherwise -> 1円"), "this is 数, but 真偽 is expected here");
    refused_with(&cases("b -> 2円/月\notherwise -> 1円"), "this is 円/月, but 円 is expected here");
    refused_with(&cases(""), "below cases stand the branches: CONDITION -> VALUE");
    refused_with(&cases("otherwise -> 1円"), "below cases stand the branches: CONDITION -> VALUE");
}

#[test]
fn an_open_choice_takes_the_cases_of_the_words_that_are_left() {
    let rules = sourced(&cases("g = 「一級」 -> 10円\ng = 「二級」 -> 20円\ng = 「三級」 -> 40円"));
    let at = |g: Json| value(&rules, &facts(json!({"g": g})), "v");
    assert_eq!(at(Json::Null), "10..40");
    assert_eq!(at(json!({"any_of": ["一級", "二級"]})), "10..20");
    assert_eq!(at(json!({"any_of": ["二級"]})), "20");
}

#[test]
fn what_is_not_taken_is_not_asked() {
    // `y` is open, and no case that can hold needs it.
    let rules = sourced(&cases("x < 10 -> 1円\nx < 20 -> y as 円\notherwise -> 3円"));
    assert_eq!(value(&rules, &facts(json!({"x": 5})), "v"), "1");
    assert_eq!(value(&rules, &facts(json!({"x": 15})), "v"), "-∞..∞");
    assert_eq!(value(&rules, &facts(json!({"x": 25})), "v"), "3");
}
