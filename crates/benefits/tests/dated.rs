//! Figures, tables and formulas by the day: which holds when, and what is refused.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::json;

const NOTHING: &str = "-∞..∞";

#[test]
fn the_figure_of_the_day_holds_from_its_first_day_to_the_day_before_the_next() {
    let rules = sourced(
        "parameter p : 円/月\n  from 2024-11-01: 45,500円/月 source 「通知」\n  from 2025-04-01: 46,690円/月\n  until 2026-04-01\ndefine household x : 円/月 = p × 2\n",
    );
    for (on, result) in [
        ("2024-10-31", NOTHING),
        ("2024-11-01", "91000"),
        ("2025-03-31", "91000"),
        ("2025-04-01", "93380"),
        ("2026-03-31", "93380"),
        ("2026-04-01", NOTHING),
        ("2099-12-31", NOTHING),
    ] {
        let mut evaluation = evaluate(&rules, on, &nobody());
        assert_eq!(say(&mut evaluation, "x", None), result, "{on}");
        let notes = evaluation.describe_notes();
        assert_eq!(
            notes,
            if result == NOTHING { vec!["p has no figure for this day"] } else { vec![] },
            "{on}"
        );
    }
}

#[test]
fn a_figure_may_hold_since_ever_and_come_back_after_an_end() {
    let rules = sourced(
        "parameter p : 円 = 1円\n  from 2020-01-01: 2円\n  until 2021-01-01\n  from 2022-01-01: 3円\ndefine household x : 円 = p\n",
    );
    let at = |on: &str| value_on(&rules, on, &nobody(), "x");
    assert_eq!(["1900-01-01", "2020-01-01", "2021-06-01", "2022-01-01"].map(at), ["1", "2", NOTHING, "3"]);
}

#[test]
fn dates_that_overlap_or_run_backwards_are_refused() {
    let overlap = "dates go from the earliest to the latest; this one overlaps the one before";
    let parameter = |clauses: &str| format!("parameter p : 円\n{clauses}");
    let at = |line: u32, what: &str| format!("a.rules:{line}:3: {what}");
    for later in ["from 2024-04-01: 2円", "from 2024-03-31: 2円", "until 2024-04-01", "until 2020-01-01"] {
        refused_with(&parameter(&format!("  from 2024-04-01: 1円\n  {later}\n")), &at(4, overlap));
    }
    refused_with("define household x : 数\n  from 2024-04-01: 1\n  from 2023-04-01: 2\n", &at(4, overlap));
    refused_with(
        "define household x : 数 = 1\n  cases\n    yes -> 2\n    otherwise -> 3\n",
        "two values without a date overlap",
    );
    let block = |from: &str| format!("  from {from}\n    | a | v |\n    | 1 | 1 |\n");
    let table = |a: &str, b: &str| format!("table T(a: 数) : 円\n{}{}", block(a), block(b));
    sourced(&table("2024-04-01", "2024-04-02"));
    refused_with(&table("2024-04-01", "2024-04-01"), &at(6, overlap));
    refused_with(&table("2024-04-01", "2022-04-01"), &at(6, overlap));
    refused_with("parameter p : 円\n  from 2024-02-30: 1円\n", "there is no day 2024-02-30");
    refused_with("parameter p : 円\n  from 令和6年: 1円\n", "expected a date such as 2024-04-01");
    refused_with("parameter p : 円\n  from 1850-01-01: 1円\n", "there is no day 1850-01-01");
}

#[test]
fn dated_tables_change_on_their_day() {
    let rules = sourced(
        "table T(a: 数) : 円\n  from 2020-04-01\n    | a | v |\n    | 1 | 10 |\n  from 2024-04-01:\n    | a | v |\n    | 1 | 20 |\n    | 2 | 30 |\nfact household k : 数\ndefine household x : 円 = T(k)\ndefine household h : 真偽 = has(T(k))\n",
    );
    let at = |on: &str, k: i32| {
        let mut evaluation = evaluate(&rules, on, &facts(json!({"k": k})));
        let told = (say(&mut evaluation, "x", None), say(&mut evaluation, "h", None));
        (told.0, told.1, evaluation.describe_notes())
    };
    let known = |x: &str| (x.to_owned(), "yes".to_owned(), vec![]);
    let missing =
        |note: &str| (NOTHING.to_owned(), "no".to_owned(), vec![format!("the table T has no {note}")]);
    assert_eq!(at("2020-03-31", 1), missing("rows for this day"));
    assert_eq!(at("2020-04-01", 1), known("10"));
    assert_eq!(at("2024-03-31", 2), missing("row for this"));
    assert_eq!(at("2024-04-01", 2), known("30"));
    assert_eq!(at("2024-04-01", 1), known("20"));
}

#[test]
fn dated_formulas_change_on_their_day() {
    let text = "define household x : 数\n  from 2020-04-01: 1\n  from 2024-04-01:\n    cases\n      y > 5 -> 2\n      otherwise -> 3\ndefine f(a: 数) : 数\n  from 2020-04-01: a\n  from 2022-04-01: a × 2\nfact household y : 数\ndefine household z : 数 = f(10)\n";
    let rules = sourced(text);
    let six = facts(json!({"y": 6}));
    let at = |on: &str| [value_on(&rules, on, &six, "x"), value_on(&rules, on, &six, "z")];
    assert_eq!(at("2020-03-31"), [NOTHING, NOTHING]);
    assert_eq!(at("2020-04-01"), ["1", "10"]);
    assert_eq!(at("2022-04-01"), ["1", "20"]);
    assert_eq!(at("2024-04-01"), ["2", "20"]);
}

#[test]
fn a_formula_of_a_day_before_the_first_is_noted() {
    let rules = sourced(
        "define household x : 数\n  from 2024-04-01: 1\ndefine f(a: 数) : 数\n  from 2024-04-01: a\ndefine household y : 数 = f(1)\n",
    );
    let mut evaluation = evaluate(&rules, "2023-01-01", &nobody());
    assert_eq!([say(&mut evaluation, "x", None), say(&mut evaluation, "y", None)], [NOTHING, NOTHING]);
    assert_eq!(
        evaluation.describe_notes(),
        ["x has no formula for this day", "f( … ) has no formula for this day"]
    );
}

#[test]
fn the_figure_of_another_day() {
    let rules = sourced(
        "parameter p : 円\n  from 2020-04-01: 1円\n  from 2024-04-01: 2円\n  until 2025-04-01\ntable T(a: 数) : 円\n  from 2020-04-01\n    | a | v |\n    | 1 | 10 |\n  from 2024-04-01\n    | a | v |\n    | 1 | 20 |\nfact household d : 日付\n  range 2019-01-01 .. 2030-12-31\ndefine household x : 円 = p at d\ndefine household y : 円 = T(1) at d\ndefine household h : 真偽 = has(T(1) at d)\ndefine household z : 円 = p at add_years(2022-04-01, 2歳)\n",
    );
    let at = |d: serde_json::Value| {
        let h = facts(json!({"d": d}));
        [value(&rules, &h, "x"), value(&rules, &h, "y"), value(&rules, &h, "h")]
    };
    assert_eq!(at(json!("2020-04-01")), ["1", "10", "yes"]);
    assert_eq!(at(json!("2024-04-01")), ["2", "20", "yes"]);
    assert_eq!(at(json!("2025-04-01")), [NOTHING, "20", "yes"]);
    assert_eq!(at(json!("2020-03-31")), [NOTHING, NOTHING, "no"]);
    assert_eq!(at(json!({"from": "2021-01-01", "to": "2024-12-31"})), ["1..2", "10..20", "yes"]);
    assert_eq!(at(json!({"from": "2021-01-01", "to": "2025-12-31"})), [NOTHING, "10..20", "yes"]);
    assert_eq!(at(json!({"from": "2019-06-01", "to": "2024-12-31"})), [NOTHING, NOTHING, "?"]);
    assert_eq!(at(json!({"to": "2020-03-31"})), [NOTHING, NOTHING, "no"]);
    assert_eq!(at(json!(null)), [NOTHING, NOTHING, "?"]);
    assert_eq!(value(&rules, &nobody(), "z"), "2");
    let wrong = "at … asks a table or a parameter for the figure of another day";
    refused_with("define household a : 数 = 1\ndefine household x : 数 = a at today\n", wrong);
    refused_with("define household x : 数 = (1 + 2) at today\n", wrong);
    refused_with(
        "parameter p : 円 = 1円\ndefine household x : 円 = p at 5\n",
        "this is 数, but 日付 is expected here",
    );
    refused_with("define household x : 真偽 = has(5)\n", "has(…) asks for one look-up in a table");
    refused_with(
        "parameter p : 円 = 1円\ndefine household x : 真偽 = has(p)\n",
        "has(…) asks for one look-up in a table",
    );
}

#[test]
fn figures_may_be_of_any_type() {
    let rules = sourced(
        "choice 級 = 上 | 下\nparameter a : 級\n  from 2020-04-01: 「上」\n  from 2024-04-01: 「下」\nparameter b : 日付 = 2024-04-01\nparameter c : 真偽\n  from 2020-04-01: no\n  from 2024-04-01: yes\nparameter d : 数 = 0.0264029 × 2\nparameter e : 円/年 = -(1万円/年 + 5円/年)\ndefine household w : 真偽 = a = 「下」 and c and b ≤ today\ndefine household x : 数 = d\ndefine household y : 円/年 = e\n",
    );
    assert_eq!(
        [value(&rules, &nobody(), "w"), value_on(&rules, "2023-04-01", &nobody(), "w")],
        ["yes", "no"]
    );
    assert_eq!([value(&rules, &nobody(), "x"), value(&rules, &nobody(), "y")], ["264029/5000000", "-10005"]);
    refused_with("parameter p : 円 = today\n", "expected a fixed value here");
    refused_with(
        "fact household a : 円\nparameter p : 円 = a\n",
        "expected a fixed value here; a word of a choice stands in 「…」",
    );
    refused_with("parameter p : 円 = 1円 ÷ 0\n", "expected a fixed value here, not a formula");
    refused_with("parameter p : 円 = sum(c in people: 1円)\n", "expected a fixed value here");
    refused_with("choice 級 = 上 | 下\nparameter p : 級 = 上\n", "a word of a choice stands in 「…」");
}

#[test]
fn another_day_asks_everything_anew() {
    let rules = sourced(
        "parameter p : 円\n  from 2024-04-01: 1円\n  from 2025-04-01: 2円\ndefine household x : 円 = p\n",
    );
    let mut evaluation = evaluate(&rules, "2024-04-01", &nobody());
    let mut at = |on: &str| {
        evaluation.set_today(madoguchi_benefits::value::Days::exactly(day(on)));
        say(&mut evaluation, "x", None)
    };
    assert_eq!(["2024-04-01", "2025-04-01", "2024-12-31"].map(&mut at), ["1", "2", "1"]);
    // A day that is known only within bounds.
    evaluation
        .set_today(madoguchi_benefits::value::Days { first: day("2025-03-31"), last: day("2025-04-01") });
    assert_eq!(say(&mut evaluation, "x", None), "1..2");
    evaluation
        .set_today(madoguchi_benefits::value::Days { first: day("2024-03-31"), last: day("2025-04-01") });
    assert_eq!(say(&mut evaluation, "x", None), NOTHING);
}
