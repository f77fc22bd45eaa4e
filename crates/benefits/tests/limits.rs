//! Rules that would exhaust a phone, or never end, are refused; what is not refused can be worked out.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::{Rules, limits};

/// `x0` needs `x1` needs `x2` …, each with something added.
fn chain(length: usize, more: &str) -> String {
    let links: String =
        (0..length).map(|n| format!("define household x{n} : 数 = x{}{more}\n", n + 1)).collect();
    format!("{links}define household x{length} : 数 = 1\n")
}

fn functions(length: usize, body: impl Fn(usize) -> String) -> String {
    let links: String = (0..length).map(|n| format!("define f{n}(a: 数) : 数 = {}\n", body(n + 1))).collect();
    format!("{links}define f{length}(a: 数) : 数 = a\ndefine household x : 数 = f0(1)\n")
}

#[test]
fn circles_are_named_all_round() {
    let text =
        "define household 甲 : 数 = 乙 + 1\ndefine household 乙 : 数 = 丙\ndefine household 丙 : 数 = 甲\n";
    let problems = problems(text);
    assert_eq!(problems[0].what, "this needs itself: 甲 → 乙 → 丙 → 甲");
    assert_eq!((problems.len(), problems[0].line, problems[0].column), (1, 1, 18));
}

#[test]
fn a_definition_that_needs_itself_is_named() {
    refused_with("define household x : 数 = x + 1\n", "a.rules:2:18: this needs itself: x → x");
    refused_with("define f(a: 数) : 数 = f(a)\n", "this needs itself: f → f");
    // Through others of the household, and through only one of several dated formulas.
    refused_with(
        "define person 順番 : 数 = count(c in people where c.順番 > 1) as 数\n",
        "this needs itself: 順番 → 順番",
    );
    refused_with(
        "define household x : 数\n  from 2020-04-01: 1\n  from 2024-04-01: y\ndefine household y : 数 = x\n",
        "this needs itself: x → y → x",
    );
}

#[test]
fn programs_that_need_each_other_are_refused() {
    let program = |name: &str, other: &str| {
        format!(
            "program household {name} : 円\n  title 「{name}」\n  requires 「条件」: not eligible({other})\n  amount = 5円\n"
        )
    };
    let text = format!("{}{}", program("甲", "乙"), program("乙", "甲"));
    refused_with(&text, "this needs itself: 甲/要件1 → 乙/受けられる → 乙/要件1 → 甲/受けられる → 甲/要件1");
    // To exclude each other is no circle.
    let excluding = |name: &str, other: &str| {
        format!("program household {name} : 円\n  title 「{name}」\n  amount = 5円\n  excludes {other}\n")
    };
    sourced(&format!("{}{}", excluding("甲", "乙"), excluding("乙", "甲")));
}

#[test]
fn a_chain_of_ten_thousand_definitions_is_a_problem() {
    refused_with(&chain(10_000, ""), "x0 needs formulas that call each other more than 300 deep");
    refused_with(&functions(10_000, |n| format!("f{n}(a)")), "more than 300 deep");
}

#[test]
fn the_deepest_chain_that_is_taken_can_be_worked_out_on_a_thread_of_two_megabytes() {
    let deepest = (limits::DEPTH - 2) as usize / 2;
    assert_eq!(value(&sourced(&chain(deepest, " + 1")), &nobody(), "x0"), format!("{}", deepest + 1));
    refused_with(&chain(deepest + 1, " + 1"), "more than 300 deep");
    let calls = functions(limits::DEPTH as usize - 5, |n| format!("f{n}(a)"));
    assert_eq!(value(&sourced(&calls), &nobody(), "x"), "1");
    let branches: String = (0..97)
        .map(|n| format!("define household x{n} : 数 = if x{} > 5 then 1 else 2\n", n + 1))
        .chain(["define household x97 : 数 = 6\n".to_owned()])
        .collect();
    assert_eq!(value(&sourced(&branches), &nobody(), "x0"), "2");
}

#[test]
fn deep_formulas_of_deep_chains_do_not_exhaust_the_checker() {
    refused_with(&chain(250, &" + 1".repeat(100)), "more than 300 deep");
}

#[test]
fn expressions_are_only_so_deep() {
    let sum = |terms: usize| format!("define household x : 数 = 1{}\n", " + 1".repeat(terms));
    assert_eq!(value(&sourced(&sum(110)), &nobody(), "x"), "111");
    for terms in [120, 300, 990] {
        refused_with(&sum(terms), "this expression is nested too deep");
    }
    // So many that even to throw the formula away would go too deep, refused while it is read.
    for (operator, times) in [
        ("+ 1", 100_000),
        ("× 1", 2_000),
        ("or yes", 2_000),
        ("and yes", 2_000),
        ("as 数", 2_000),
        ("at today", 2_000),
    ] {
        let long = format!("define household x : 数 = 1{}\n", format!(" {operator}").repeat(times));
        refused_with(&long, "more than 1000 operators");
    }
    let nested = |open: &str, depth: usize| {
        format!("define household x : 数 = {}1{}\n", open.repeat(depth), ")".repeat(depth))
    };
    assert_eq!(value(&sourced(&nested("(", 99)), &nobody(), "x"), "1");
    refused_with(&nested("(", 100), "this expression is nested too deep");
    refused_with(&nested("(", 100_000), "this expression is nested too deep");
    refused_with(&nested("max(1, ", 1_000), "this expression is nested too deep");
    refused_with(&nested("(1 + ", 1_000), "this expression is nested too deep");
    let not = format!("define household x : 真偽 = {}yes\n", "not ".repeat(1_000));
    refused_with(&not, "this expression is nested too deep");
    let as_yen = format!("define household x : 円 = 1{}\n", " as 円".repeat(1_000));
    refused_with(&as_yen, "this expression is nested too deep");
    let either = format!("define household x : 真偽 = yes{}\n", " or no".repeat(1_000));
    refused_with(&either, "this expression is nested too deep");
}

#[test]
fn functions_that_double_the_work_at_each_step_are_refused() {
    assert_eq!(value(&sourced(&functions(15, |n| format!("f{n}(a) + f{n}(a)"))), &nobody(), "x"), "32768");
    refused_with(
        &functions(60, |n| format!("f{n}(a) + f{n}(a)")),
        &format!("takes more than {} steps", limits::STEPS),
    );
}

#[test]
fn people_within_people_within_people_are_refused_when_they_would_take_for_ever() {
    let nested = |depth: usize| {
        let open: String = (0..depth).map(|n| format!("any(c{n} in people where ")).collect();
        format!("fact person a : 真偽\ndefine household x : 真偽 = {open}c0.a{}\n", ")".repeat(depth))
    };
    sourced(&nested(4));
    refused_with(&nested(5), "steps");
    refused_with(&nested(7), "people are bound 6 deep at most");
}

#[test]
fn steps_that_formulas_share_are_walked_once() {
    // Each `in` asks for its left side as often as there are numbers.
    let nested = |depth: usize| {
        let mut x = "f".to_owned();
        for _ in 0..depth {
            x = format!("(if {x} in {{1, 2, 3, 4, 5, 6, 7, 8}} then 1 else 2)");
        }
        format!("fact household f : 数\ndefine household x : 数 = {x}\n")
    };
    sourced(&nested(5));
    refused_with(&nested(12), "steps");
}

#[test]
fn sizes_are_limited() {
    let facts: String = (0..=64).map(|n| format!("語{n} | ")).collect();
    refused_with(&format!("choice 多い = {facts}終\n"), "a choice has from 2 to 64 words");
    let lines = "\n".repeat(50_001);
    refused_with(&format!("{lines}fact household a : 数\n"), "a file may have 50000 lines");
    let many: Vec<_> = (0..=limits::FILES).map(|_| file("")).collect();
    let problems = Rules::compile(&many).unwrap_err();
    assert_eq!(problems[0].what, "the rules have 0 bytes in 2001 files; 8388608 bytes in 2000 are allowed");
    let long = file(&"#".repeat(limits::BYTES + 1));
    assert_eq!(Rules::compile(&[long]).unwrap_err().len(), 1);
}

#[test]
fn functions_have_eight_arguments_at_most() {
    let with = |n: usize| {
        let arguments = (0..n).map(|n| format!("a{n}: 数")).collect::<Vec<_>>().join(", ");
        format!("define f({arguments}) : 数 = a0\n")
    };
    sourced(&with(8));
    refused_with(&with(9), "a function has 8 arguments at most");
}

#[test]
fn more_steps_than_a_phone_should_hold_are_refused() {
    let line = "define household x : 数 = 1";
    let formulas: String = (0..2_100)
        .map(|n| format!("{}{}\n", line.replace('x', &format!("x{n}")), " + 1".repeat(100)))
        .collect();
    refused_with(&formulas, "the rules have more than 200000 steps");
}
