//! Numbers: exact to the yen, rounded only where a rule says so, and as bounds where facts are open.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value as Json, json};

fn of(formula: &str, x: Json) -> String {
    let rules = sourced(&format!("fact household x : 数\ndefine household v : 数 = {formula}\n"));
    value(&rules, &facts(json!({"x": x})), "v")
}

fn range(from: Json, to: Json) -> Json {
    json!({"from": from, "to": to})
}

#[test]
fn twenty_million_and_one_stays() {
    assert_eq!(of("x", json!(20_000_001)), "20000001");
    assert_eq!(of("x × 40% ÷ 40%", json!(20_000_001)), "20000001");
    assert_eq!(of("x ÷ 3 × 3", json!(20_000_001)), "20000001");
    assert_eq!(of("(x + 0.1) - 0.1", json!(20_000_001)), "20000001");
    assert_eq!(of("x ÷ 7 + x ÷ 7 × 6", json!(16_777_217)), "16777217");
    assert_eq!(of("x + 9007199254740992", json!(1)), "9007199254740993");
}

#[test]
fn tenths_are_tenths() {
    assert_eq!(of("x + 0.2", json!(0.1)), "3/10");
    assert_eq!(of("x × 3 - 0.3", json!("0.1")), "0");
    let rules = sourced("define household v : 真偽 = 0.1 + 0.2 = 0.3\n");
    assert_eq!(value(&rules, &nobody(), "v"), "yes");
}

#[test]
fn every_rounding_of_every_side_of_a_half() {
    let modes = ["floor", "ceil", "round", "round_down_half"];
    for (x, rounded) in [
        ("2.4", ["2", "3", "2", "2"]),
        ("2.5", ["2", "3", "3", "2"]),
        ("2.6", ["2", "3", "3", "3"]),
        ("2", ["2", "2", "2", "2"]),
        ("0", ["0", "0", "0", "0"]),
        ("-2.4", ["-3", "-2", "-2", "-2"]),
        ("-2.5", ["-3", "-2", "-2", "-3"]),
        ("-2.6", ["-3", "-2", "-3", "-3"]),
        ("2.500000001", ["2", "3", "3", "3"]),
    ] {
        assert_eq!(modes.map(|mode| of(&format!("{mode}(x)"), json!(x))), rounded, "{x}");
    }
    let japanese = ["切捨て", "切上げ", "四捨五入", "五捨五超入"];
    assert_eq!(japanese.map(|mode| of(&format!("{mode}(x)"), json!("2.5"))), ["2", "3", "3", "2"]);
}

#[test]
fn rounding_to_a_unit() {
    for (formula, x, result) in [
        ("floor(x, 10)", "12349", "12340"),
        ("ceil(x, 10)", "12341", "12350"),
        ("round(x, 10)", "12345", "12350"),
        ("round_down_half(x, 10)", "12345", "12340"),
        ("floor(x, 4000)", "1811999", "1808000"),
        ("floor(x, 0.5)", "2.7", "5/2"),
        ("round(x, 100)", "12350", "12400"),
        ("floor(x, 10)", "-1", "-10"),
        ("floor(x, 1000)", "999", "0"),
    ] {
        assert_eq!(of(formula, json!(x)), result, "{formula} of {x}");
    }
}

#[test]
fn bounds_go_through_every_operation() {
    let x = || range(json!(-3), json!(5));
    for (formula, result) in [
        ("x + 2", "-1..7"),
        ("2 - x", "-3..5"),
        ("x × 2", "-6..10"),
        ("x × -2", "-10..6"),
        ("x × x", "-15..25"),
        ("x ÷ 2", "-3/2..5/2"),
        ("10 ÷ (x + 5)", "1..5"),
        ("10 ÷ x", "-∞..∞"),
        ("min(x, 1)", "-3..1"),
        ("max(x, 1)", "1..5"),
        ("max(x, 9)", "9"),
        ("clamp(x, 0, 2)", "0..2"),
        ("abs(x)", "0..5"),
        ("abs(x - 9)", "4..12"),
        ("-x", "-5..3"),
        ("floor(x ÷ 2)", "-2..2"),
        ("ceil(x ÷ 2)", "-1..3"),
        ("x × 0", "0"),
        ("if x > 5 then 1 else 2", "2"),
        ("if x > 4 then 1 else 2", "1..2"),
    ] {
        assert_eq!(of(formula, x()), result, "{formula}");
    }
    for (formula, result) in [
        ("x + 2", "3..∞"),
        ("2 - x", "-∞..1"),
        ("x × -2", "-∞..-2"),
        ("10 ÷ x", "0..10"),
        ("min(x, 7)", "1..7"),
        ("x - x", "-∞..∞"),
        ("floor(x)", "1..∞"),
        ("abs(x)", "1..∞"),
    ] {
        assert_eq!(of(formula, json!({"from": 1})), result, "{formula}");
    }
}

#[test]
fn what_is_divided_by_nothing_is_unknown() {
    assert_eq!(of("5 ÷ x", json!(0)), "-∞..∞");
    assert_eq!(of("0 ÷ x", json!(0)), "-∞..∞");
    assert_eq!(of("if x = 0 then 0 else 5 ÷ x", json!(0)), "0");
}

#[test]
fn what_grows_too_large_is_unknown_and_not_wrong() {
    let large = "9999999999999";
    assert_eq!(of("x × x × x", json!(large)), "-∞..∞");
    assert_eq!(of("x × 1000000 + 1", json!("9223372036854")), "9223372036854000001");
    assert_eq!(of("if x × x > 0 then 1 else 2", json!(large)), "1..2");
    // Too fine for 64 bits: between two whole numbers, still near.
    let fine = of("x ÷ 999983 ÷ 999979 ÷ 999961 × 999983 × 999979 × 999961", json!(7));
    let (low, high) = fine.split_once("..").unwrap_or((&fine, &fine));
    let number = |text: &str| if text.ends_with('∞') { None } else { text.parse::<i64>().ok() };
    assert!(number(low).is_none_or(|n| n <= 7) && number(high).is_none_or(|n| n >= 7), "{fine}");
}

#[test]
fn rounding_of_what_is_too_fine_holds_the_true_value() {
    // 1/(p·q·r) is above 0, so rounded up it is 1.
    for (formula, truth) in
        [("ceil(x ÷ 999983 ÷ 999979 ÷ 999961)", 1i64), ("floor(0 - x ÷ 999983 ÷ 999979 ÷ 999961)", -1)]
    {
        let result = of(formula, json!(1));
        let (low, high) = result.split_once("..").unwrap_or((&result, &result));
        let within = |bound: &str, above: bool| {
            bound.ends_with('∞')
                || bound.parse::<i64>().is_ok_and(|n| if above { n >= truth } else { n <= truth })
        };
        assert!(within(low, false) && within(high, true), "{formula} = {result}");
    }
}

#[test]
fn the_allowance_of_the_official_example() {
    // Salary 1,810,000, child support 300,000, one dependant: 44,080 yen in fiscal 2026.
    let rules = sourced(
        "fact household 所得 : 円/年\nparameter 全部 : 円/月 = 48,050円/月\nparameter 率 : 数 = 0.0264029\nparameter 線 : 円/年 = 1,070,000円/年\ndefine household 月額 : 円/月 = 全部 - round((((所得 - 線) as 数) × 率) as 円/月 + 10円/月, 10円/月)\n",
    );
    assert_eq!(value(&rules, &facts(json!({"所得": 1_220_000})), "月額"), "44080");
    assert_eq!(value(&rules, &facts(json!({"所得": 1_070_000})), "月額"), "48040");
    assert_eq!(
        value(&rules, &facts(json!({"所得": {"from": 1_070_000, "to": 1_220_000}})), "月額"),
        "44080..48040"
    );
}
