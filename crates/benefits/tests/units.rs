//! Units and types: which go together and what comes of them, and the message for those that do not.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::json;

/// One value of each unit and type, by the name of its type.
const VALUES: &str = "
define household 数_ : 数 = 12
define household 人_ : 人数 = 3人
define household 歳_ : 歳 = 18歳
define household 月_ : か月 = 6か月
define household 日_ : 日数 = 14日
define household 円_ : 円 = 1,200円
define household 円日_ : 円/日 = 100円/日
define household 円月_ : 円/月 = 1,000円/月
define household 円年_ : 円/年 = 24,000円/年
define household 日付_ : 日付 = 2024-04-01
define household 真偽_ : 真偽 = yes
define household 文字_ : 文字 = 「焼津市」
";

const NUMBERS: [(&str, &str); 9] = [
    ("数_", "数"),
    ("人_", "人数"),
    ("歳_", "歳"),
    ("月_", "か月"),
    ("日_", "日数"),
    ("円_", "円"),
    ("円日_", "円/日"),
    ("円月_", "円/月"),
    ("円年_", "円/年"),
];

fn formula(ty: &str, formula: &str) -> String {
    format!("{VALUES}define household x : {ty} = {formula}\n")
}

#[track_caller]
fn comes_to(ty: &str, text: &str, result: &str) {
    assert_eq!(value(&sourced(&formula(ty, text)), &nobody(), "x"), result, "{text}");
}

#[track_caller]
fn does_not(text: &str, message: &str) {
    refused_with(&formula("数", text), message);
}

#[test]
fn sums_comparisons_and_extremes_want_the_same_unit_on_both_sides() {
    for (a, unit) in NUMBERS {
        for (b, other) in NUMBERS {
            for operator in ["+", "-"] {
                let text = formula(unit, &format!("{a} {operator} {b}"));
                if unit == other {
                    sourced(&text);
                } else {
                    refused_with(&text, &format!("{unit} and {other} do not go together"));
                }
            }
            for operator in ["<", "≤", ">", "≥", "=", "≠"] {
                let text = formula("真偽", &format!("{a} {operator} {b}"));
                if unit == other {
                    sourced(&text);
                } else {
                    refused_with(&text, &format!("{unit} and {other} do not go together"));
                }
            }
            for extreme in ["min", "max"] {
                let text = formula(unit, &format!("{extreme}({a}, {b})"));
                assert_eq!(
                    madoguchi_benefits::Rules::compile(&[file(&text)]).is_ok(),
                    unit == other,
                    "{extreme}({a}, {b})"
                );
            }
        }
    }
}

#[test]
fn every_product_and_quotient_is_one_that_makes_sense() {
    let product = |a: &str, b: &str| match (a, b) {
        ("数" | "人数", other) | (other, "数" | "人数") => Some(other.to_owned()),
        ("円/月", "か月") | ("か月", "円/月") | ("円/日", "日数") | ("日数", "円/日") => {
            Some("円".into())
        }
        _ => None,
    };
    let quotient = |a: &str, b: &str| match (a, b) {
        (a, b) if a == b => Some("数".to_owned()),
        (a, "数" | "人数") => Some(a.into()),
        ("円", "か月") => Some("円/月".into()),
        ("円", "日数") => Some("円/日".into()),
        ("円", "円/月") => Some("か月".into()),
        ("円", "円/日") => Some("日数".into()),
        _ => None,
    };
    for (a, unit) in NUMBERS {
        for (b, other) in NUMBERS {
            for (sign, result) in [('×', product(unit, other)), ('÷', quotient(unit, other))] {
                let expression = format!("{a} {sign} {b}");
                match result {
                    Some(result) => {
                        sourced(&formula(&result, &expression));
                    }
                    None => does_not(&expression, &format!("{unit} {sign} {other} has no meaning")),
                }
            }
        }
    }
}

#[test]
fn what_products_and_quotients_come_to() {
    comes_to("円", "円月_ × 月_", "6000");
    comes_to("円", "円日_ × 日_", "1400");
    comes_to("円/月", "円月_ × 人_", "3000");
    comes_to("円/月", "円_ ÷ 月_", "200");
    comes_to("か月", "円_ ÷ 円月_", "6/5");
    comes_to("数", "円_ ÷ 円_", "1");
    comes_to("円", "円_ ÷ 7", "1200/7");
    comes_to("円", "円_ × 40%", "480");
    comes_to("円", "円_ × 0.0264029", "792087/25000");
    comes_to("円/年", "yearly(円月_)", "12000");
    comes_to("円/月", "monthly(円年_)", "2000");
    comes_to("円/年", "年額(月額(円年_))", "24000");
}

#[test]
fn zero_fits_every_unit_and_nothing_else_does() {
    for (a, unit) in NUMBERS {
        sourced(&formula("真偽", &format!("{a} > 0")));
        sourced(&formula("真偽", &format!("0 < {a}")));
        sourced(&formula(unit, &format!("max(0, {a})")));
        sourced(&formula(unit, "0"));
        sourced(&formula(unit, &format!("if 真偽_ then {a} else 0")));
        sourced(&formula(unit, &format!("if 真偽_ then 0 else {a}")));
    }
    does_not("円_ > 0円/月", "円 and 円/月 do not go together");
    does_not("円_ > 1", "円 and 数 do not go together");
    refused_with(&formula("円", "5"), "this is 数, but 円 is expected here");
    refused_with(&formula("真偽", "0"), "this is 数, but 真偽 is expected here");
    refused_with(&formula("日付", "0"), "this is 数, but 日付 is expected here");
}

#[test]
fn a_plain_number_is_given_a_unit_and_a_unit_is_taken_away_but_never_changed() {
    comes_to("円/月", "(円年_ as 数) as 円/月", "24000");
    comes_to("円/月", "12 as 円/月", "12");
    comes_to("円", "円_ として 円", "1200");
    for (a, unit) in NUMBERS.into_iter().skip(1) {
        for (_, other) in NUMBERS.into_iter().skip(1) {
            let text = formula(other, &format!("{a} as {other}"));
            if unit == other {
                sourced(&text);
            } else {
                refused_with(&text, "as … gives a plain number a unit, or takes a number's unit away");
            }
        }
    }
    does_not("真偽_ as 数", "as … gives a plain number a unit");
    does_not("日付_ as 数", "as … gives a plain number a unit");
}

#[test]
fn yearly_and_monthly_turn_only_what_they_say() {
    for wrong in ["円_", "円年_", "円日_", "数_", "真偽_"] {
        does_not(&format!("yearly({wrong})"), "yearly(…) takes 円/月, monthly(…) takes 円/年");
    }
    for wrong in ["円_", "円月_", "人_"] {
        does_not(&format!("monthly({wrong})"), "yearly(…) takes 円/月, monthly(…) takes 円/年");
    }
}

#[test]
fn rounding_is_to_a_fixed_number_of_the_same_unit() {
    comes_to("円/月", "floor(円月_ ÷ 7, 10円/月)", "140");
    comes_to("円/月", "floor(円月_ ÷ 7, 10)", "140");
    comes_to("円/月", "floor(円月_ ÷ 7)", "142");
    does_not("floor(円月_, 10円)", "円/月 and 円 do not go together");
    for step in ["0", "数_", "today", "-10"] {
        refused_with(&formula("円", &format!("floor(円_, {step})")), "");
    }
    does_not("floor(円_, 0円)", "the unit to round to is a number above 0, such as 10円/月");
    does_not("floor(円_, 数_)", "expected a fixed value here; a word of a choice stands in 「…」");
    does_not("floor(円_, 1, 2)", "rounding wants a value and, if not 1, the unit to round to");
    does_not("floor(真偽_)", "a number is expected here, but this is 真偽");
}

#[test]
fn things_that_are_no_numbers_do_not_reckon() {
    for (a, ty) in [("日付_", "日付"), ("真偽_", "真偽"), ("文字_", "文字")] {
        for operator in ["+", "-", "×", "÷"] {
            does_not(&format!("{a} {operator} 数_"), &format!("a number is expected here, but this is {ty}"));
            does_not(&format!("数_ {operator} {a}"), &format!("a number is expected here, but this is {ty}"));
        }
        does_not(&format!("-{a}"), "a number is expected here");
        does_not(&format!("abs({a})"), "a number is expected here");
    }
    does_not("if 数_ then 1 else 2", "this is 数, but 真偽 is expected here");
    does_not("if 真偽_ then 1 else yes", "数 and 真偽 do not go together");
    does_not("if 真偽_ then 1円 else 1円/月", "円 and 円/月 do not go together");
    does_not("not 数_", "this is 数, but 真偽 is expected here");
    does_not("数_ and 真偽_", "this is 数, but 真偽 is expected here");
    does_not("真偽_ or 文字_", "this is 文字, but 真偽 is expected here");
    does_not("真偽_ < 真偽_", "真偽 has no order: only = and ≠");
    does_not("文字_ ≥ 文字_", "文字 has no order: only = and ≠");
    does_not("日付_ = 数_", "日付 and 数 do not go together");
}

#[test]
fn literals_in_every_unit_and_spelling() {
    for (literal, ty, result) in [
        ("48,050円/月", "円/月", "48050"),
        ("１２，３４５円", "円", "12345"),
        ("380万円/年", "円/年", "3800000"),
        ("10億円", "円", "1000000000"),
        ("1.5万円", "円", "15000"),
        ("5000yen/day", "yen/day", "5000"),
        ("5000yen/month", "yen/month", "5000"),
        ("5000yen/year", "円/年", "5000"),
        ("3人", "人数", "3"),
        ("3people", "headcount", "3"),
        ("18歳", "years", "18"),
        ("18years", "歳", "18"),
        ("6か月", "months", "6"),
        ("6ヶ月", "月数", "6"),
        ("6カ月", "か月", "6"),
        ("6ヵ月", "か月", "6"),
        ("6months", "か月", "6"),
        ("14日", "days", "14"),
        ("14days", "日数", "14"),
        ("40%", "number", "2/5"),
        ("４０％", "割合", "2/5"),
        ("0.0264029", "数", "264029/10000000"),
        ("-2", "数", "-2"),
        ("9,223,372,036,854,775,807", "数", "9223372036854775807"),
    ] {
        assert_eq!(calculate(ty, literal), result, "{literal}");
    }
    refused_with("define household x : 数 = 9223372036854775808\n", "this number is too long");
    refused_with("define household x : 円 = 999,999,999,999億円\n", "this number is too long");
    refused_with("define household x : 数 = 0.00000000000000000001\n", "this number is too long");
    refused_with("define household x : 数 = 5メートル\n", "nothing more is expected on this line");
}

#[test]
fn groups_of_three_belong_to_a_number_and_two_values_stay_two() {
    comes_to("数", "max(1, 200)", "200");
    comes_to("数", "max(1,20)", "20");
    comes_to("数", "max(1,2000)", "2000");
    comes_to("円", "max(15,000円, 円_)", "15000");
    // `1,200` is one number; that there were meant to be two is told instead of guessed.
    does_not("max(1,200)", "min and max want at least two values");
    does_not("min(5)", "min and max want at least two values");
    does_not("max()", "min and max want at least two values");
    does_not("clamp(1, 2)", "this wants 3 values, not 2");
    does_not("abs()", "this wants 1 values, not 0");
}

#[test]
fn types_are_named_in_english_and_japanese() {
    for (ty, written, said) in [
        ("真偽", "yes", "yes"),
        ("bool", "はい", "yes"),
        ("bool", "false", "no"),
        ("日付", "2024-02-29", "2024-02-29"),
        ("date", "２０２４－０２－２９", "2024-02-29"),
        ("文字", "「町」", "町"),
        ("text", "\"町\"", "町"),
        ("{無, 有}", "「有」", "有"),
        ("{無 | 有}", "「無」", "無"),
    ] {
        assert_eq!(calculate(ty, written), said);
    }
    refused_with("fact household x : 円/時\n", "yen are counted per 日, 月 or 年");
    refused_with("fact household x : 等級\n", "there is no type 等級: 円/月, 歳, 真偽, … or a choice");
    refused_with("fact household x : \n", "expected a type such as 円/月, 歳, 真偽 or {無, 有}");
    refused_with("fact household x : {無}\n", "a choice has from 2 to 64 words");
    refused_with("fact household x : {無, 有, 無}\n", "無 is twice in this choice");
    refused_with(
        "fact household x : {無, もし}\n",
        "expected a word; one that the language uses itself stands in 「…」",
    );
    sourced("fact household x : {「はい」, 「もし」}\n");
    refused_with("choice 甲 = a | b\nfact household x : set 甲\n", "nothing more is expected on this line");
    refused_with("fact household x : 集合 甲\n", "there is no type 甲");
    sourced("choice 甲 = a | b\nfact household x : set of 甲\nfact household y : 集合 甲\n");
}

#[test]
fn choices_are_told_apart_by_their_type() {
    let two = "choice 身体 = なし | 一級 | 二級\nchoice 精神 = なし | 一級\nfact household a : 身体\nfact household b : 精神\nfact household s : 集合 身体\n";
    let rules = sourced(&format!(
        "{two}define household x : 真偽 = a = 「一級」 and b = 「一級」\ndefine household y : 真偽 = 「二級」 in s\ndefine household z : 真偽 = a in {{「一級」, 「二級」}}\n"
    ));
    let h = facts(json!({"a": "一級", "b": "一級", "s": ["二級"]}));
    assert_eq!([value(&rules, &h, "x"), value(&rules, &h, "y"), value(&rules, &h, "z")], ["yes"; 3]);
    let wrong = |text: &str, message: &str| {
        refused_with(&format!("{two}define household x : 真偽 = {text}\n"), message)
    };
    wrong("b = 「二級」", "「二級」 is not one of 精神");
    wrong("a = b", "身体 and 精神 do not go together");
    wrong("a in {「三級」}", "「三級」 is not one of 身体");
    wrong("「三級」 in s", "「三級」 is not one of 身体");
    wrong("a in {1}", "expected words in 「…」, or numbers");
    wrong("s = s", "sets are not compared; ask with in");
    wrong("a in b", "after in stands a set: { … } or a fact that is one");
    wrong("a < 「一級」", "身体 has no order: only = and ≠");
    wrong("a = 一級", "there is no 一級");
}
