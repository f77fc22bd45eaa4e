//! Dates: age, school year, fiscal year, and days that are known only within bounds.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value as Json, json};

fn of(ty: &str, formula: &str) -> String {
    calculate(ty, formula)
}

fn with(ty: &str, formula: &str, d: Json) -> String {
    let rules = sourced(&format!("fact household d : 日付\ndefine household v : {ty} = {formula}\n"));
    value(&rules, &facts(json!({"d": d})), "v")
}

#[test]
fn one_becomes_a_year_older_on_the_birthday() {
    for (birth, on, age) in [
        ("2008-05-05", "2026-05-04", "17"),
        ("2008-05-05", "2026-05-05", "18"),
        ("2008-04-01", "2026-03-31", "17"),
        ("2008-04-01", "2026-04-01", "18"),
        ("2008-02-29", "2026-02-28", "17"),
        ("2008-02-29", "2026-03-01", "18"),
        ("2008-02-29", "2028-02-28", "19"),
        ("2008-02-29", "2028-02-29", "20"),
        ("2026-11-26", "2026-11-26", "0"),
        ("2027-01-01", "2026-11-26", "-1"),
    ] {
        assert_eq!(of("歳", &format!("age({birth}, {on})")), age, "born {birth}, on {on}");
        assert_eq!(of("歳", &format!("満年齢({birth}, {on})")), age);
    }
}

#[test]
fn an_age_is_attained_on_the_day_before_the_birthday() {
    for (birth, years, attained, end) in [
        ("2008-04-01", 18, "2026-03-31", "2026-03-31"),
        ("2008-04-02", 18, "2026-04-01", "2027-03-31"),
        ("2008-02-29", 18, "2026-02-28", "2026-03-31"),
        ("2008-02-29", 20, "2028-02-28", "2028-03-31"),
        ("2008-03-01", 18, "2026-02-28", "2026-03-31"),
        ("2008-03-01", 20, "2028-02-29", "2028-03-31"),
        ("2008-01-01", 65, "2072-12-31", "2073-03-31"),
        ("2008-01-01", 0, "2007-12-31", "2008-03-31"),
    ] {
        assert_eq!(of("日付", &format!("attains({birth}, {years}歳)")), attained, "{birth}");
        assert_eq!(of("日付", &format!("達する日({birth}, {years})")), attained);
        assert_eq!(of("日付", &format!("fiscal_year_end(attains({birth}, {years}歳))")), end);
    }
}

#[test]
fn who_is_born_on_1_april_goes_to_school_a_year_earlier() {
    for (birth, on, year) in [
        ("2020-04-01", "2026-04-01", "1"),
        ("2020-04-02", "2026-04-01", "0"),
        ("2020-04-02", "2027-03-31", "0"),
        ("2020-04-02", "2027-04-01", "1"),
        ("2010-05-05", "2026-11-26", "10"),
        ("2026-08-10", "2026-11-26", "-6"),
    ] {
        assert_eq!(of("数", &format!("school_year({birth}, {on})")), year, "born {birth}, on {on}");
        assert_eq!(of("数", &format!("学年({birth}, {on})")), year);
    }
}

#[test]
fn fiscal_years_begin_on_1_april() {
    for (day, year, end) in [
        ("2026-03-31", "2025", "2026-03-31"),
        ("2026-04-01", "2026", "2027-03-31"),
        ("2026-12-31", "2026", "2027-03-31"),
        ("2024-02-29", "2023", "2024-03-31"),
    ] {
        assert_eq!(of("数", &format!("fiscal_year({day})")), year);
        assert_eq!(of("数", &format!("年度({day})")), year);
        assert_eq!(of("日付", &format!("年度末({day})")), end);
    }
}

#[test]
fn days_months_and_years_are_added_and_counted() {
    for (ty, formula, result) in [
        ("日付", "add_days(2026-12-31, 1日)", "2027-01-01"),
        ("日付", "add_days(2026-03-01, -1)", "2026-02-28"),
        ("日付", "add_months(2026-01-31, 1か月)", "2026-02-28"),
        ("日付", "add_months(2024-01-31, 1)", "2024-02-29"),
        ("日付", "add_months(2026-01-15, -13)", "2024-12-15"),
        ("日付", "add_years(2024-02-29, 1歳)", "2025-02-28"),
        ("日付", "add_years(2024-02-29, 4)", "2028-02-29"),
        ("日付", "add_years(2026-04-01, 9999)", "2399-12-31"),
        ("日付", "add_days(2026-04-01, -9999999)", "1868-01-01"),
        ("日数", "days_between(2024-02-28, 2024-03-01)", "2"),
        ("日数", "日数差(2026-03-01, 2026-02-01)", "-28"),
        ("か月", "months_between(2026-01-15, 2026-02-14)", "0"),
        ("か月", "months_between(2026-01-15, 2026-02-15)", "1"),
        ("か月", "months_between(2024-01-31, 2024-02-29)", "1"),
        ("か月", "月数差(2026-02-15, 2026-01-15)", "-1"),
        ("数", "year(2026-11-26) × 10000 + month(2026-11-26) × 100 + day(2026-11-26)", "20261126"),
        ("日付", "date(2026, 11, 26)", "2026-11-26"),
        ("日付", "date(2026, 2, 29)", "2026-02-28"),
        ("日付", "date(2026, 2, 31)", "2026-02-28"),
        ("日付", "date(2026, 13, 1)", "1868-01-01..2399-12-31"),
        ("日付", "date(2026, 0 - 1, 1)", "1868-01-01..2399-12-31"),
    ] {
        assert_eq!(of(ty, formula), result, "{formula}");
    }
}

#[test]
fn today_is_the_day_that_is_asked_about() {
    let rules = sourced("define household v : 日付 = today\ndefine household w : 数 = month(基準日)\n");
    assert_eq!(
        [value_on(&rules, "2024-02-29", &nobody(), "v"), value_on(&rules, "2024-02-29", &nobody(), "w")],
        ["2024-02-29", "2"]
    );
}

#[test]
fn days_within_bounds() {
    let span = |from: &str, to: &str| json!({"from": from, "to": to});
    let year = span("2008-01-01", "2008-12-31");
    for (ty, formula, d, result) in [
        ("歳", "age(d, 2026-06-01)", year.clone(), "17..18"),
        ("歳", "age(d, 2026-12-31)", year.clone(), "18"),
        ("数", "school_year(d, 2026-06-01)", year.clone(), "12..13"),
        ("日付", "attains(d, 18)", year.clone(), "2025-12-31..2026-12-30"),
        ("日付", "fiscal_year_end(attains(d, 18))", year.clone(), "2026-03-31..2027-03-31"),
        ("数", "year(d)", year.clone(), "2008"),
        ("数", "month(d)", year.clone(), "1..12"),
        ("数", "day(d)", year.clone(), "1..31"),
        ("数", "month(d)", span("2008-03-05", "2008-05-01"), "3..5"),
        ("数", "month(d)", span("2008-11-05", "2009-02-01"), "1..12"),
        ("数", "day(d)", span("2008-03-05", "2008-03-09"), "5..9"),
        ("日数", "days_between(d, 2008-12-31)", year.clone(), "0..365"),
        ("か月", "months_between(d, 2008-12-31)", year.clone(), "0..11"),
        ("日付", "add_months(d, 1)", span("2008-01-29", "2008-01-31"), "2008-02-29"),
        ("日付", "date(year(d), 4, 1)", year.clone(), "2008-04-01"),
        ("日付", "date(2008, month(d), 1)", year.clone(), "1868-01-01..2399-12-31"),
        ("数", "fiscal_year(d)", year, "2007..2008"),
    ] {
        assert_eq!(with(ty, formula, d), result, "{formula}");
    }
    assert_eq!(with("真偽", "age(d, today) ≥ 0歳", json!({"to": TODAY})), "yes");
    assert_eq!(with("歳", "age(d, today)", Json::Null), "-374..158");
}

#[test]
fn what_dates_want() {
    let wrong = |formula: &str, message: &str| {
        refused_with(&format!("define household v : 数 = {formula}\n"), message)
    };
    wrong("age(today)", "this wants 2 values, not 1");
    wrong("age(5, today)", "this is 数, but 日付 is expected here");
    wrong("attains(today, 5円)", "this is 円, but 歳 is expected here");
    wrong("add_days(today, 5か月)", "this is か月, but 日数 is expected here");
    wrong("date(2026, 4)", "this wants 3 values, not 2");
    wrong("today + 1", "a number is expected here, but this is 日付");
    wrong("2026-02-30", "there is no day 2026-02-30");
    wrong("1867-12-31", "there is no day 1867-12-31");
    wrong("2400-01-01", "there is no day 2400-01-01");
}
