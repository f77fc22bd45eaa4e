//! Names: each means one thing in all files, and what is not known is told with what may have been meant.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::{RuleFile, Rules};
use serde_json::json;

/// One item of each kind, named `x`.
const ITEMS: [(&str, &str); 7] = [
    ("fact", "fact household x : 円\n  question 「?」\n"),
    ("personal fact", "fact person x : 円\n  question 「?」\n"),
    ("parameter", "parameter x : 円 = 5円\n"),
    ("table", "table x(a: 数) : 円\n  | a | v |\n  | 1 | 1 |\n"),
    ("definition", "define household x : 円 = 5円\n"),
    ("function", "define x(a: 円) : 円 = a\n"),
    ("program", "program household x : 円\n  title 「x」\n  amount = 5円\n"),
];

#[test]
fn two_things_of_one_name_are_refused_whatever_they_are() {
    for (first, a) in ITEMS {
        for (second, b) in ITEMS {
            let problems = refused(&format!("{a}{b}"));
            assert!(
                problems.contains("x is already the name of something else"),
                "{first}, {second}: {problems}"
            );
        }
    }
    refused_with("choice a = b | c\nchoice a = d | e\n", "there are two choices a");
}

#[test]
fn names_are_unique_over_all_files() {
    let files: Vec<RuleFile> = ["甲.rules", "乙.rules"]
        .map(|name| RuleFile {
            name: name.into(),
            text: "define household x : 数 = 1\n".into(),
            tables: vec![],
        })
        .into();
    let problems = lines(&Rules::compile(&files).unwrap_err());
    assert_eq!(problems, "乙.rules:1:18: x is already the name of something else");
}

#[test]
fn files_and_items_may_stand_in_any_order() {
    let mut files: Vec<RuleFile> = [
        ("a", "define household x : 円 = T(y) + f(p)\n"),
        ("b", "table T(a: 級) : 円\n  | a | v |\n  | 上 | 1 |\n  | 下 | 2 |\n  source 「表」\n"),
        ("c", "choice 級 = 上 | 下\nfact household y : 級\n  question 「?」\n"),
        ("d", "define f(a: 円) : 円 = a × 2\nparameter p : 円 = 5円\n  source 「額」\n"),
    ]
    .map(|(name, text)| RuleFile { name: name.into(), text: text.into(), tables: vec![] })
    .into();
    for _ in 0..files.len() {
        files.rotate_left(1);
        assert_eq!(value(&compile_all(&files), &facts(json!({"y": "下"})), "x"), "12");
    }
}

#[test]
fn a_name_that_is_not_known_comes_with_the_one_that_is_like_it() {
    let with = |wrong: &str| {
        format!(
            "define household 児童扶養手当の額 : 数 = 1\ndefine household 年齢 : 数 = 2\ndefine household 学年 : 数 = 3\ndefine household x : 数 = {wrong}\n"
        )
    };
    refused_with(&with("児童扶養手等の額"), "there is no 児童扶養手等の額; did you mean 児童扶養手当の額?");
    refused_with(&with("児童扶養手当額"), "did you mean 児童扶養手当の額?");
    refused_with(&with("児童扶養手当のの額"), "did you mean 児童扶養手当の額?");
    refused_with(&with("年令"), "did you mean 年齢?");
    for stranger in ["まったく別の名", "児童手当", "w1"] {
        let problems = refused(&with(stranger));
        assert!(
            problems.contains(&format!("there is no {stranger}")) && !problems.contains("did you mean"),
            "{problems}"
        );
    }
}

#[test]
fn names_are_letters_and_digits_of_any_script() {
    for name in ["児童扶養手当_全部支給額", "x1", "_x", "Ωμέγα", "児童・扶養", "第1類", "ー長い", "가나다"]
    {
        let text = format!("define household {name} : 数 = 1\ndefine household 和 : 数 = {name} + {name}\n");
        assert_eq!(value(&compile(&text), &nobody(), "和"), "2", "{name}");
    }
    for name in ["1x", "「x」", "x y", "x-y", "x.y", "%"] {
        assert!(!problems(&format!("define household {name} : 数 = 1\n")).is_empty(), "{name}");
    }
    // Full-width letters and digits count as their usual forms: the same name.
    let text = "define household ｘ１ : 数 = 1\ndefine household 和 : 数 = x1\n";
    assert_eq!(value(&compile(text), &nobody(), "和"), "1");
    refused_with(
        "define household ｘ : 数 = 1\ndefine household x : 数 = 1\n",
        "x is already the name of something else",
    );
}

#[test]
fn whose_a_name_is_must_be_said() {
    let text = |scope: &str, formula: &str| {
        format!("fact person a : 数\ndefine person b : 数 = a\ndefine {scope} x : 数 = {formula}\n")
    };
    sourced(&text("person", "a + b + self.a + 自分.b"));
    refused_with(
        &text("household", "a"),
        "a is a person's: say whose, as in c.a, or in a person's definition",
    );
    refused_with(
        &text("household", "b"),
        "b is a person's: say whose, as in c.b, or in a person's definition",
    );
    refused_with(&text("household", "self.a"), "self is none of the people named here");
    refused_with(&text("household", "c.a"), "c is none of the people named here");
    refused_with(&text("household", "sum(c in people: a)"), "a is a person's: say whose");
    refused_with(&text("household", "sum(c in people: d.a)"), "d is none of the people named here");
    refused_with(&text("household", "sum(c in people: c.a) + c.a"), "c is none of the people named here");
    refused_with(
        "define household x : 真偽 = self = self\n",
        "self / 自分 is only known in a person's definition",
    );
    refused_with("define f(y: 数) : 数 = y + c.a\n", "c is none of the people named here");
    // In a function only its arguments and what is the household's.
    sourced("fact household h : 数\ndefine f(y: 数) : 数 = y + h\ndefine household x : 数 = f(1)\n");
    refused_with("fact person a : 数\ndefine f(y: 数) : 数 = y + a\n", "a is a person's");
}

#[test]
fn a_persons_own_is_meant_by_a_bare_name_also_among_others() {
    let rules = sourced("fact person a : 数\ndefine person 多い : 人数 = count(c in people where c.a > a)\n");
    assert_eq!(
        values(&rules, &people(&[json!({"a": 1}), json!({"a": 3}), json!({"a": 2})]), "多い"),
        ["2", "0", "1"]
    );
}

#[test]
fn names_for_people_hide_nothing() {
    let text = |inner: &str| {
        format!("fact person a : 数\ndefine household b : 数 = 1\ndefine household x : 人数 = {inner}\n")
    };
    refused_with(&text("count(b in people where b.a > 1)"), "b already names something else here");
    refused_with(
        &text("count(c in people where any(c in people where c.a > 1))"),
        "c already names something else here",
    );
    refused_with(&text("count(people in people where yes)"), "");
    sourced(&text("count(c in people where any(d in people where d.a > c.a))"));
    sourced(&text("count(c in people where c.a > 1) + count(c in people where c.a < 1)"));
}

#[test]
fn arguments_come_before_names_of_the_household() {
    let rules = sourced(
        "define household a : 数 = 1\ndefine f(a: 数, b: 数) : 数 = a × 10 + b\ndefine household x : 数 = f(2, a)\n",
    );
    assert_eq!(value(&rules, &nobody(), "x"), "21");
    refused_with("define f(a: 数) : 数 = a\ndefine household x : 数 = f(1, 2)\n", "f wants 1 values, not 2");
    refused_with(
        "define f(a: 数) : 数 = a\ndefine household x : 数 = f(1円)\n",
        "this is 円, but 数 is expected here",
    );
    refused_with("define f(a: 数) : 数 = a\ndefine household x : 数 = f\n", "f wants arguments: f( … )");
    refused_with(
        "define household y : 数 = 1\ndefine household x : 数 = y(1)\n",
        "y is neither a table nor a function",
    );
    refused_with(
        "define f(a: 数) : 数 = a\ndefine household x : 数 = f(1) at today\n",
        "at … asks a table or a parameter",
    );
}

#[test]
fn what_the_language_brings_cannot_be_named_anew_where_it_would_be_called() {
    for name in
        ["floor", "切捨て", "max", "最大", "年額", "学年", "date", "has", "ある", "rank", "順位", "count"]
    {
        refused_with(
            &format!("define {name}(x: 円) : 円 = x\n"),
            &format!("{name}( … ) is something that the language brings"),
        );
        refused_with(
            &format!("table {name}(a: 数) : 円\n  | a | v |\n  | 1 | 1 |\n"),
            &format!("{name}( … ) is something that the language brings"),
        );
        // As a value it hides nothing.
        sourced(&format!("define household {name} : 円 = 5円\n"));
    }
}

#[test]
fn programs_are_amounts_and_verdicts_for_other_rules() {
    let text = "program person 手当 : 円/月\n  title 「手当」\n  requires 「条件」: a > 0\n  amount = 5円/月\nfact person a : 数\n";
    let rules = sourced(&format!(
        "{text}define household 計 : 円/月 = sum(c in people: c.手当)\ndefine household 人数計 : 人数 = count(c in people where eligible(c.手当))\ndefine person 自 : 真偽 = 受けられる(手当)\n"
    ));
    let family = people(&[json!({"a": 1}), json!({"a": 0}), json!({})]);
    assert_eq!([value(&rules, &family, "計"), value(&rules, &family, "人数計")], ["5..10", "1..2"]);
    assert_eq!(values(&rules, &family, "自"), ["yes", "no", "?"]);
    refused_with(&format!("{text}define household x : 円/月 = 手当\n"), "手当 is a person's: say whose");
    refused_with(&format!("{text}define household x : 真偽 = eligible(c)\n"), "there is no program c");
    refused_with(
        &format!("{text}define household x : 真偽 = eligible(5)\n"),
        "eligible(…) asks for a program",
    );
    let prose =
        "program household 相談\n  title 「相談」\n  amount prose 「町で」\ndefine household x : 円 = 相談\n";
    refused_with(prose, "the program 相談 has no amount to reckon with");
}
