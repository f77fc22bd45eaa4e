//! What is open stays open: yes, no and unknown, choices and sets of which only some is known.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use serde_json::{Value as Json, json};

/// Yes, no and unknown, as facts and as they are told.
const TRUTHS: [(Json, &str); 3] = [(Json::Bool(true), "yes"), (Json::Bool(false), "no"), (Json::Null, "?")];

const TWO: &str =
    "fact household a : 真偽\nfact household b : 真偽\nfact household x : 数\nfact household y : 数\n";

fn table(formula: &str) -> Vec<Vec<String>> {
    let rules = sourced(&format!("{TWO}define household v : 真偽 = {formula}\n"));
    let of = |a: &Json, b: &Json| value(&rules, &facts(json!({"a": a, "b": b})), "v");
    TRUTHS.iter().map(|(a, _)| TRUTHS.iter().map(|(b, _)| of(a, b)).collect()).collect()
}

#[test]
fn kleenes_tables() {
    assert_eq!(table("a and b"), [["yes", "no", "?"], ["no", "no", "no"], ["?", "no", "?"]]);
    assert_eq!(table("a or b"), [["yes", "yes", "yes"], ["yes", "no", "?"], ["yes", "?", "?"]]);
    assert_eq!(table("not a"), [["no"; 3], ["yes"; 3], ["?"; 3]]);
    assert_eq!(table("a = b"), [["yes", "no", "?"], ["no", "yes", "?"], ["?", "?", "?"]]);
    assert_eq!(table("a ≠ b"), [["no", "yes", "?"], ["yes", "no", "?"], ["?", "?", "?"]]);
    assert_eq!(table("if a then b else no"), table("a and b"));
    assert_eq!(table("if a then yes else b"), table("a or b"));
    assert_eq!(table("not (not a or not b)"), table("a and b"));
}

#[test]
fn a_condition_that_is_open_gives_whatever_either_side_gives() {
    let rules = sourced(&format!("{TWO}define household v : 数 = if a then x else y\n"));
    let of = |facts_: Json| value(&rules, &facts(facts_), "v");
    assert_eq!(of(json!({"x": 3, "y": 5})), "3..5");
    assert_eq!(of(json!({"x": 4, "y": 4})), "4", "both sides agree: it does not matter");
    assert_eq!(of(json!({"a": false, "y": 5})), "5", "what is not taken is not needed");
    assert_eq!(of(json!({"a": true, "x": 5})), "5");
    assert_eq!(of(json!({"a": true, "y": 5})), "-∞..∞");
}

#[test]
fn what_is_settled_needs_nothing_more() {
    let rules = sourced(&format!(
        "{TWO}parameter p : 数\n  from 2099-01-01: 1\ndefine household v : 真偽 = a and x < p\ndefine household w : 真偽 = b or x < p\ndefine household z : 数 = if a then p else 1\n"
    ));
    let mut evaluation = evaluate(&rules, TODAY, &facts(json!({"a": false, "b": true})));
    for (name, told) in [("v", "no"), ("w", "yes"), ("z", "1")] {
        assert_eq!(say(&mut evaluation, name, None), told);
    }
    assert!(evaluation.notes().is_empty(), "the figure was not needed: {:?}", evaluation.describe_notes());
}

#[test]
fn numbers_within_bounds_are_compared_as_far_as_they_go() {
    let rules = sourced(&format!(
        "{TWO}define household lt : 真偽 = x < y\ndefine household le : 真偽 = x ≤ y\ndefine household eq : 真偽 = x = y\ndefine household ne : 真偽 = x ≠ y\ndefine household gt : 真偽 = x > y\ndefine household ge : 真偽 = x ≥ y\ndefine household among : 真偽 = x in {{1, 2, 3}}\n"
    ));
    let of = |x: Json, y: Json| {
        let h = facts(json!({"x": x, "y": y}));
        ["lt", "le", "eq", "ne", "gt", "ge"].map(|name| value(&rules, &h, name))
    };
    let range = |from: i32, to: i32| json!({"from": from, "to": to});
    assert_eq!(of(json!(1), json!(2)), ["yes", "yes", "no", "yes", "no", "no"]);
    assert_eq!(of(json!(2), json!(2)), ["no", "yes", "yes", "no", "no", "yes"]);
    assert_eq!(of(range(1, 2), json!(2)), ["?", "yes", "?", "?", "no", "?"]);
    assert_eq!(of(range(2, 3), json!(2)), ["no", "?", "?", "?", "?", "yes"]);
    assert_eq!(of(range(1, 2), range(2, 3)), ["?", "yes", "?", "?", "no", "?"]);
    assert_eq!(of(range(1, 2), range(3, 4)), ["yes", "yes", "no", "yes", "no", "no"]);
    assert_eq!(of(json!({"from": 5}), json!(4)), ["no", "no", "no", "yes", "yes", "yes"]);
    assert_eq!(of(Json::Null, json!(4)), ["?"; 6]);
    let among = |x: Json| value(&rules, &facts(json!({"x": x})), "among");
    assert_eq!(
        [among(json!(2)), among(json!(4)), among(range(1, 2)), among(range(4, 9))],
        ["yes", "no", "?", "no"]
    );
}

#[test]
fn dates_within_bounds_are_compared_as_far_as_they_go() {
    let rules = sourced(
        "fact household d : 日付\ndefine household lt : 真偽 = d < 2024-04-01\ndefine household le : 真偽 = d ≤ 2024-04-01\ndefine household eq : 真偽 = d = 2024-04-01\ndefine household ne : 真偽 = d ≠ 2024-04-01\ndefine household gt : 真偽 = d > 2024-04-01\ndefine household ge : 真偽 = d ≥ 2024-04-01\n",
    );
    let of = |d: Json| {
        ["lt", "le", "eq", "ne", "gt", "ge"].map(|name| value(&rules, &facts(json!({"d": d})), name))
    };
    assert_eq!(of(json!("2024-03-31")), ["yes", "yes", "no", "yes", "no", "no"]);
    assert_eq!(of(json!("2024-04-01")), ["no", "yes", "yes", "no", "no", "yes"]);
    assert_eq!(of(json!({"to": "2024-04-01"})), ["?", "yes", "?", "?", "no", "?"]);
    assert_eq!(of(json!({"from": "2024-04-02"})), ["no", "no", "no", "yes", "yes", "yes"]);
    assert_eq!(of(Json::Null), ["?"; 6]);
}

#[test]
fn a_choice_is_one_of_the_words_that_are_left() {
    let rules = sourced(
        "choice 級 = なし | 一級 | 二級\nfact household g : 級\nfact household h : 級\ndefine household eq : 真偽 = g = 「一級」\ndefine household ne : 真偽 = g ≠ 「一級」\ndefine household among : 真偽 = g in {「一級」, 「二級」}\ndefine household same : 真偽 = g = h\n",
    );
    let of = |g: Json| ["eq", "ne", "among"].map(|name| value(&rules, &facts(json!({"g": g})), name));
    assert_eq!(of(json!("一級")), ["yes", "no", "yes"]);
    assert_eq!(of(json!("なし")), ["no", "yes", "no"]);
    assert_eq!(of(json!({"any_of": ["一級", "二級"]})), ["?", "?", "yes"]);
    assert_eq!(of(json!({"any_of": ["なし", "二級"]})), ["no", "yes", "?"]);
    assert_eq!(of(Json::Null), ["?", "?", "?"]);
    let same = |g: Json, h: Json| value(&rules, &facts(json!({"g": g, "h": h})), "same");
    assert_eq!(same(json!("一級"), json!("一級")), "yes");
    assert_eq!(same(json!({"any_of": ["なし", "二級"]}), json!("一級")), "no");
    assert_eq!(same(json!({"any_of": ["なし", "二級"]}), json!({"any_of": ["なし", "二級"]})), "?");
    assert_eq!(value(&rules, &facts(json!({"g": {"any_of": ["なし", "二級"]}})), "g"), "なし|二級");
}

#[test]
fn sets_that_are_known_and_sets_that_are_not() {
    let rules = sourced(
        "choice 収入の種類 = 給与 | 年金\nfact household s : 集合 収入の種類\nfact household g : 収入の種類\ndefine household a : 真偽 = 「給与」 in s\ndefine household b : 真偽 = g in s\ndefine household n : 数 = size(s)\ndefine household 額面 : 円 = if 「給与」 in s then 給与 else 0円\nfact household 給与 : 円\n",
    );
    let of = |h: Json| ["a", "b", "n", "額面"].map(|name| value(&rules, &facts(h.clone()), name));
    assert_eq!(of(json!({"s": ["給与"], "g": "年金", "給与": 5})), ["yes", "no", "1", "5"]);
    assert_eq!(of(json!({"s": [], "g": "年金"})), ["no", "no", "0", "0"], "none of them is an answer too");
    assert_eq!(of(json!({"s": ["給与", "年金"]})), ["yes", "yes", "2", "-∞..∞"]);
    assert_eq!(of(json!({})), ["?", "?", "0..2", "-∞..∞"]);
}

#[test]
fn nobody_is_an_answer_and_unknown_is_another() {
    let rules = sourced(
        "fact person 配偶者 : 世帯員\nfact person 親 : 世帯員の集合\nfact household 世帯主 : 世帯員\ndefine person いる : 真偽 = any(c in people where c = 配偶者)\ndefine person いない人 : 真偽 = 配偶者 = nobody\ndefine person 主 : 真偽 = self = 世帯主\ndefine person 子の数 : 人数 = count(c in people where self in c.親)\ndefine person 親の数 : 人数 = size(親)\n",
    );
    let two = |facts: Json| {
        household(
            json!({"household": {"世帯主": "母"}, "people": [{"name": "母", "facts": facts}, {"name": "子", "facts": {"親": ["母"], "配偶者": ""}}]}),
        )
    };
    let of = |facts: Json, name: &str| values(&rules, &two(facts), name);
    assert_eq!(of(json!({"配偶者": ""}), "いる"), ["no", "no"]);
    assert_eq!(of(json!({"配偶者": ""}), "いない人"), ["yes", "yes"]);
    assert_eq!(of(json!({"配偶者": "子"}), "いる"), ["yes", "no"]);
    assert_eq!(of(json!({}), "いる"), ["?", "no"]);
    assert_eq!(of(json!({}), "いない人"), ["?", "yes"]);
    assert_eq!(of(json!({}), "主"), ["yes", "no"]);
    assert_eq!(of(json!({"親": []}), "子の数"), ["1", "0"]);
    assert_eq!(of(json!({}), "子の数"), ["1..2", "0..1"], "whose child the mother is was not said");
    assert_eq!(of(json!({"親": []}), "親の数"), ["0", "1"]);
}

#[test]
fn texts_are_equal_different_or_open() {
    let rules = sourced(
        "fact household 町 : 文字\ndefine household a : 真偽 = 町 = 「焼津市」\ndefine household b : 真偽 = 町 ≠ 「焼津市」\ndefine household c : 真偽 = 町 in {「焼津市」, 「藤枝市」}\ndefine household d : 真偽 = 「焼津市」 = 町\n",
    );
    let of = |町: Json| ["a", "b", "c", "d"].map(|name| value(&rules, &facts(json!({"町": 町})), name));
    assert_eq!(of(json!("焼津市")), ["yes", "no", "yes", "yes"]);
    assert_eq!(of(json!("川崎市")), ["no", "yes", "no", "no"]);
    assert_eq!(of(json!("焼津市 ")), ["no", "yes", "no", "no"]);
    assert_eq!(of(Json::Null), ["?"; 4]);
}
