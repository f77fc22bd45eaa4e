//! A household's facts from JSON: what is taken, how, and what is refused for which reason.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::{Evaluation, FactFault, FactProblem, MAX_PEOPLE};
use serde_json::{Value as Json, json};

const RULES: &str = "choice 級 = なし | 一級 | 二級
fact household 収入 : 円/年
  range 0円/年 .. 10億円/年
fact household 町 : 文字
fact household 保護 : 真偽
fact household 災害の日 : 日付
  range 2000-01-01 .. 2030-12-31
fact household 世帯主 : 世帯員
fact person 手帳 : 級
fact person 手帳類 : 集合 級
fact person 親 : 世帯員の集合
fact person 配偶者 : 世帯員
define household 認定額 : 円/月 = monthly(収入)
define person 子の数 : 人数 = count(c in people where self in c.親)
define household 町は焼津市 : 真偽 = 町 = 「焼津市」
define person 一級 : 真偽 = 手帳 = 「一級」
";

fn faults(facts: Json) -> Vec<FactFault> {
    let rules = compile(RULES);
    match Evaluation::of(&rules, day(TODAY), &household(facts)).map(|_| ()) {
        Ok(()) => vec![],
        Err(problems) => problems.iter().map(|problem| problem.what).collect(),
    }
}

fn own(facts: Json) -> Vec<FactFault> {
    faults(json!({"household": facts}))
}

fn persons(facts: Json) -> Vec<FactFault> {
    faults(
        json!({"people": [{"name": "母", "facts": facts}, {"name": "子"}, {"name": "双子"}, {"name": "双子"}]}),
    )
}

fn known(name: &str, facts: Json) -> String {
    value(&compile(RULES), &household(json!({"household": facts})), name)
}

#[test]
fn numbers_are_exact_however_they_are_written() {
    for (written, taken) in [
        (json!(20_000_001), "20000001"),
        (json!("20000001"), "20000001"),
        (json!(0), "0"),
        (json!(1.5), "3/2"),
        (json!("0.1"), "1/10"),
        (json!(123_456.789), "123456789/1000"),
        (json!({"from": 1_000, "to": 2_000}), "1000..2000"),
        (json!({"from": 1_000, "to": 1_000}), "1000"),
    ] {
        assert_eq!(known("収入", json!({"収入": written})), taken);
    }
}

#[test]
fn what_is_left_open_ends_where_the_fact_does() {
    let whole = "0..1000000000";
    for (written, taken) in [
        (json!({}), whole),
        (json!({"収入": null}), whole),
        (json!({"収入": {}}), whole),
        (json!({"収入": {"from": null, "to": null}}), whole),
        (json!({"収入": {"to": 2_000_000}}), "0..2000000"),
        (json!({"収入": {"from": 2_000_000}}), "2000000..1000000000"),
    ] {
        assert_eq!(known("収入", written), taken);
    }
    assert_eq!(known("災害の日", json!({"災害の日": {"from": "2024-01-01"}})), "2024-01-01..2030-12-31");
    assert_eq!(known("災害の日", json!({"災害の日": {"to": "2024-01-01"}})), "2000-01-01..2024-01-01");
    assert_eq!(known("災害の日", json!({"災害の日": "2024-01-01"})), "2024-01-01");
    assert_eq!(known("認定額", json!({"収入": {"to": 1_200}})), "0..100");
}

#[test]
fn what_cannot_be_is_refused() {
    use FactFault::{OutOfRange, UnknownFact, WrongKind, WrongScope};
    for (facts, fault) in [
        (json!({"収入": -1}), OutOfRange),
        (json!({"収入": 1_000_000_001}), OutOfRange),
        (json!({"収入": {"from": -5, "to": 5}}), OutOfRange),
        (json!({"収入": {"from": 5, "to": 4}}), OutOfRange),
        (json!({"収入": "99999999999999999999"}), OutOfRange),
        (json!({"収入": 1e300}), WrongKind),
        (json!({"収入": "many"}), WrongKind),
        (json!({"収入": ""}), WrongKind),
        (json!({"収入": "1,000"}), WrongKind),
        (json!({"収入": true}), WrongKind),
        (json!({"収入": [1]}), WrongKind),
        (json!({"保護": 1}), WrongKind),
        (json!({"保護": "はい"}), WrongKind),
        (json!({"町": 5}), WrongKind),
        (json!({"災害の日": 20_240_101}), WrongKind),
        (json!({"災害の日": "2024-02-30"}), OutOfRange),
        (json!({"災害の日": "昨日"}), OutOfRange),
        (json!({"災害の日": "1999-12-31"}), OutOfRange),
        (json!({"災害の日": {"from": "2024-01-02", "to": "2024-01-01"}}), OutOfRange),
        (json!({"災害の日": {"from": "2031-01-01"}}), OutOfRange),
        (json!({"年収": 5}), UnknownFact),
        (json!({"級": "一級"}), UnknownFact),
        (json!({"手帳": "一級"}), WrongScope),
        (json!({"子の数": 1}), WrongScope),
    ] {
        assert_eq!(own(facts.clone()), [fault], "{facts}");
    }
}

#[test]
fn words_are_those_of_the_choice() {
    use FactFault::{NoSuchWord, WrongKind, WrongScope};
    for (facts, fault) in [
        (json!({"手帳": "三級"}), NoSuchWord),
        (json!({"手帳": {"any_of": ["一級", "三級"]}}), NoSuchWord),
        (json!({"手帳": {"any_of": []}}), NoSuchWord),
        (json!({"手帳": {}}), WrongKind),
        (json!({"手帳": 1}), WrongKind),
        (json!({"手帳": ["一級"]}), WrongKind),
        (json!({"手帳類": "一級"}), WrongKind),
        (json!({"手帳類": ["三級"]}), NoSuchWord),
        (json!({"手帳類": [1]}), WrongKind),
        (json!({"収入": 5}), WrongScope),
        (json!({"認定額": 5}), WrongScope),
    ] {
        assert_eq!(persons(facts.clone()), [fault], "{facts}");
    }
    assert_eq!(persons(json!({"手帳": {"any_of": ["一級", "二級"]}, "手帳類": []})), []);
}

#[test]
fn people_are_named_once_and_live_in_the_household() {
    use FactFault::{NoSuchPerson, WrongKind};
    for (facts, fault) in [
        (json!({"親": ["父"]}), NoSuchPerson),
        (json!({"親": ["双子"]}), NoSuchPerson),
        (json!({"親": "子"}), WrongKind),
        (json!({"配偶者": ["子"]}), WrongKind),
        (json!({"配偶者": "父"}), NoSuchPerson),
    ] {
        assert_eq!(persons(facts.clone()), [fault], "{facts}");
    }
    assert_eq!(persons(json!({"親": ["子"], "配偶者": ""})), []);
    assert_eq!(own(json!({"世帯主": "母"})), [FactFault::NoSuchPerson]);
}

#[test]
fn every_fault_is_told_with_whose_it_is() {
    let rules = compile(RULES);
    let facts = household(json!({
        "household": {"収入": -1, "年収": 1},
        "people": [{"name": "母", "facts": {"手帳": "三級"}}, {"name": "子", "facts": {"親": ["父"]}}],
    }));
    let problems = Evaluation::of(&rules, day(TODAY), &facts).map(|_| ()).unwrap_err();
    let told = |person, fact: &str, what| FactProblem { person, fact: fact.into(), what };
    assert_eq!(
        problems,
        [
            told(None, "収入", FactFault::OutOfRange),
            told(None, "年収", FactFault::UnknownFact),
            told(Some(0), "手帳", FactFault::NoSuchWord),
            told(Some(1), "親", FactFault::NoSuchPerson),
        ]
    );
    assert_eq!(
        serde_json::to_value(&problems[0]).unwrap(),
        json!({"person": null, "fact": "収入", "what": "out-of-range"})
    );
}

#[test]
fn a_household_has_32_people_at_most() {
    let rules = compile(RULES);
    let of = |n: usize| Evaluation::of(&rules, day(TODAY), &people(&vec![json!({}); n])).map(|e| e.people());
    assert_eq!(of(MAX_PEOPLE).unwrap(), 32);
    assert_eq!(of(MAX_PEOPLE + 1).unwrap_err()[0].what, FactFault::TooManyPeople);
    assert_eq!(of(0).unwrap(), 0);
}

#[test]
fn any_definition_may_be_given_like_a_fact() {
    assert_eq!(known("認定額", json!({"収入": 1_200, "認定額": 7})), "7");
    assert_eq!(known("認定額", json!({"認定額": {"from": 1, "to": 9}})), "1..9");
    assert_eq!(known("認定額", json!({"収入": 1_200, "認定額": null})), "100", "null is not given");
    let rules = compile(RULES);
    let family = household(
        json!({"people": [{"name": "母", "facts": {"子の数": 3}}, {"name": "子", "facts": {"親": ["母"]}}]}),
    );
    assert_eq!(values(&rules, &family, "子の数"), ["3", "0..1"]);
}

#[test]
fn what_was_given_outlives_another_day_but_not_another_household() {
    let rules = compile(RULES);
    let mut evaluation = evaluate(&rules, TODAY, &facts(json!({"認定額": 7})));
    evaluation.set_today(madoguchi_benefits::value::Days::exactly(day("2030-01-01")));
    assert_eq!(say(&mut evaluation, "認定額", None), "7");
    evaluation.take(&facts(json!({"収入": 24}))).unwrap();
    assert_eq!(say(&mut evaluation, "認定額", None), "2");
}

#[test]
fn texts_that_no_rule_names_are_known_and_are_not_what_rules_name() {
    assert_eq!(known("町は焼津市", json!({"町": "焼津市"})), "yes");
    assert_eq!(known("町は焼津市", json!({"町": "どこか"})), "no");
    assert_eq!(known("町は焼津市", json!({})), "?");
    let two = "fact household a : 文字\nfact household b : 文字\ndefine household 同じ : 真偽 = a = b\n";
    let rules = compile(two);
    let same = |a: &str, b: &str| value(&rules, &facts(json!({"a": a, "b": b})), "同じ");
    assert_eq!([same("甲", "甲"), same("甲", "乙")], ["yes", "no"]);
}

#[test]
fn defaults_stand_for_what_is_left_out_but_not_for_what_is_left_open() {
    let rules = compile(
        "choice 級 = なし | 一級\nfact household 収入 : 円/年\n  default 0円/年\nfact household 級 : 級\n  既定 「なし」\nfact household 保護 : 真偽\n  default no\ndefine household x : 真偽 = 級 = 「なし」\n",
    );
    let at = |name: &str, f: Json| value(&rules, &facts(f), name);
    assert_eq!(
        [at("収入", json!({})), at("収入", json!({"収入": null})), at("収入", json!({"収入": 5}))],
        ["0", "-∞..∞", "5"]
    );
    assert_eq!(
        [at("x", json!({})), at("x", json!({"級": null})), at("x", json!({"級": "一級"}))],
        ["yes", "?", "no"]
    );
    assert_eq!([at("保護", json!({})), at("保護", json!({"保護": null}))], ["no", "?"]);
}

#[test]
fn a_household_is_kept_as_json() {
    let text = r#"{"household":{"収入":20000001},"people":[{"name":"母","facts":{"配偶者":""}}]}"#;
    let household: madoguchi_benefits::Household = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&household).unwrap(), text);
}
