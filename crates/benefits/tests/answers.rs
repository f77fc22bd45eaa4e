//! Answers: verdict, amount, what is still open and in which order to ask, what excludes what, and gaps that are told.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeSet;

use common::*;
use madoguchi_benefits::answer::{Answer, Open, Outcome, Per, Verdict, questions};
use madoguchi_benefits::{Household, Note, Rules};
use serde_json::{Value as Json, json};

use Verdict::{Eligible, NotEligible, Unknown};

fn program(name: &str, ty: &str, clauses: &str) -> String {
    let clauses: String = clauses.lines().map(|line| format!("  {line}\n")).collect();
    format!("program {name}{ty}\n  title 「{name}」\n{clauses}")
}

fn answer(rules: &Rules, household: &Household, name: &str) -> Answer {
    evaluate(rules, TODAY, household).answer_of(name).unwrap()
}

fn outcome(rules: &Rules, household: &Household, name: &str) -> Outcome {
    answer(rules, household, name).outcomes.remove(0)
}

/// The amount in words: `5000` or `0..5000`.
fn yen(outcome: &Outcome) -> String {
    outcome.amount.map_or("-".into(), |amount| match amount.yen.known() {
        Some(yen) => yen.to_string(),
        None => format!("{}..{}", amount.yen.low, amount.yen.high),
    })
}

/// The open facts by name, each with whose it is.
fn open(rules: &Rules, outcome: &Outcome) -> Vec<(String, Option<usize>)> {
    outcome.open.iter().map(|open| (rules.facts[open.fact as usize].name.clone(), open.person)).collect()
}

#[test]
fn all_that_is_required_must_hold() {
    let rules = sourced(&format!(
        "fact household a : 真偽\nfact household b : 真偽\n{}",
        program("household P", " : 円/月", "requires 「甲」: a\nrequires 「乙」: b\namount = 5,000円/月")
    ));
    let of = |a: Json, b: Json| {
        let outcome = outcome(&rules, &facts(json!({"a": a, "b": b})), "P");
        (outcome.verdict, outcome.requires.clone(), yen(&outcome))
    };
    assert_eq!(of(json!(true), json!(true)), (Eligible, vec![Eligible, Eligible], "5000".into()));
    assert_eq!(of(json!(true), json!(false)), (NotEligible, vec![Eligible, NotEligible], "-".into()));
    assert_eq!(of(json!(null), json!(false)), (NotEligible, vec![Unknown, NotEligible], "-".into()));
    assert_eq!(of(json!(null), json!(true)), (Unknown, vec![Unknown, Eligible], "5000".into()));
    // What requires nothing is for everyone.
    let open = sourced(&program("household P", "", "amount prose 「町で」"));
    let outcome = outcome(&open, &nobody(), "P");
    assert_eq!((outcome.verdict, outcome.amount), (Eligible, None));
    assert_eq!(answer(&rules, &nobody(), "P").verdict, Unknown);
    assert_eq!(evaluate(&rules, TODAY, &nobody()).answer_of("Q"), None);
}

#[test]
fn amounts_say_for_what_time_they_are() {
    for (ty, per, word) in [
        ("円", Per::Once, "once"),
        ("円/日", Per::Day, "day"),
        ("円/月", Per::Month, "month"),
        ("円/年", Per::Year, "year"),
    ] {
        let rules = sourced(&program("household P", &format!(" : {ty}"), &format!("amount = 5{ty}")));
        let amount = outcome(&rules, &nobody(), "P").amount.unwrap();
        assert_eq!((amount.per, amount.is_exact()), (per, true));
        assert_eq!(serde_json::to_value(amount.per).unwrap(), json!(word));
    }
    assert_eq!(
        serde_json::to_value([Eligible, Unknown, NotEligible]).unwrap(),
        json!(["eligible", "unknown", "not-eligible"])
    );
}

#[test]
fn the_amount_is_what_whoever_is_eligible_receives_also_while_that_is_open() {
    let rules = sourced(&format!(
        "fact household a : 真偽\nfact household n : 人数\n  range 0人 .. 4人\n{}define household 合わせて : 円/月 = P\n",
        program("household P", " : 円/月", "requires 「甲」: a\namount = 5,000円/月 × n")
    ));
    let of = |facts_: Json| {
        let household = facts(facts_);
        let outcome = outcome(&rules, &household, "P");
        (outcome.verdict, yen(&outcome), value(&rules, &household, "合わせて"))
    };
    assert_eq!(of(json!({"n": 2})), (Unknown, "10000".into(), "0..10000".into()));
    assert_eq!(of(json!({"a": true})), (Eligible, "0..20000".into(), "0..20000".into()));
    assert_eq!(of(json!({"a": false})), (NotEligible, "-".into(), "0".into()));
}

#[test]
fn each_person_has_an_outcome_and_the_program_the_best_of_them() {
    let rules = sourced(&format!(
        "fact person a : 真偽\nfact person n : 円\n{}",
        program("person P", " : 円", "requires 「甲」: a\namount = n")
    ));
    let of = |facts: &[Json]| {
        let answer = answer(&rules, &people(facts), "P");
        let outcomes: Vec<_> = answer.outcomes.iter().map(|o| (o.person, o.verdict, yen(o))).collect();
        (answer.verdict, outcomes)
    };
    let yes = |n: i32| json!({"a": true, "n": n});
    let (verdict, outcomes) = of(&[yes(9), json!({"a": false}), json!({"n": 3}), yes(1)]);
    assert_eq!(verdict, Eligible);
    assert_eq!(
        outcomes,
        [
            (Some(0), Eligible, "9".to_owned()),
            (Some(1), NotEligible, "-".to_owned()),
            (Some(2), Unknown, "3".to_owned()),
            (Some(3), Eligible, "1".to_owned()),
        ]
    );
    assert_eq!(of(&[json!({"a": false}), json!({})]).0, Unknown);
    assert_eq!(of(&[json!({"a": false})]).0, NotEligible);
}

#[test]
fn open_facts_come_in_the_order_in_which_an_answer_needs_them_and_only_if_it_does() {
    let rules = sourced(&format!(
        "fact household 甲 : 真偽\nfact household 乙 : 数\nfact household 丙 : 円\nfact household 丁 : 真偽\ndefine household 中 : 真偽 = 乙 > 5\n{}",
        program(
            "household P",
            " : 円",
            "requires 「一」: 甲 and 中\nrequires 「二」: 丁 or 甲\namount = if 丁 then 丙 else 5円"
        )
    ));
    let of = |facts_: Json| {
        let outcome = outcome(&rules, &facts(facts_), "P");
        open(&rules, &outcome).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(of(json!({})), ["甲", "乙", "丁", "丙"]);
    assert_eq!(of(json!({"甲": true})), ["乙", "丁", "丙"]);
    assert_eq!(
        of(json!({"甲": true, "乙": 9})),
        ["丁", "丙"],
        "the verdict is settled, the amount hangs on these"
    );
    assert_eq!(of(json!({"甲": true, "乙": 9, "丁": false})), [""; 0]);
    assert_eq!(
        of(json!({"甲": true, "乙": {"from": 6}, "丁": false})),
        [""; 0],
        "a range that is enough is not asked for"
    );
    assert_eq!(of(json!({"甲": false})), [""; 0], "what is refused anyway needs nothing");
    assert_eq!(of(json!({"甲": true, "乙": {"from": 1}, "丁": false})), ["乙"]);
}

#[test]
fn a_given_definition_is_not_asked_for_behind_it() {
    let rules = sourced(&format!(
        "fact household 乙 : 数\ndefine household 中 : 真偽 = 乙 > 5\n{}",
        program("household P", " : 円", "requires 「一」: 中\namount = 5円")
    ));
    let of = |facts_: Json| outcome(&rules, &facts(facts_), "P").open.len();
    assert_eq!([of(json!({})), of(json!({"中": true})), of(json!({"中": false}))], [1, 0, 0]);
}

#[test]
fn of_people_only_those_who_may_count_are_asked() {
    let rules = sourced(&format!(
        "fact person 子 : 真偽\nfact person 学年_ : 数\nfact person 年 : 数\n{}{}",
        program(
            "household P",
            " : 円",
            "requires 「一」: any(c in people where c.子 and c.学年_ > 3)\namount = 5円"
        ),
        program(
            "person Q",
            " : 円",
            "requires 「一」: rank(c in people where c.子 by c.年) = 1\namount = 5円"
        )
    ));
    let family =
        people(&[json!({"子": false}), json!({"子": true}), json!({"学年_": 1}), json!({"学年_": 9})]);
    let p = outcome(&rules, &family, "P");
    assert_eq!(open(&rules, &p), [("学年_".to_owned(), Some(1)), ("子".to_owned(), Some(3))]);
    let q = answer(
        &rules,
        &people(&[json!({"子": false}), json!({"子": true, "年": 5}), json!({"子": true})]),
        "Q",
    );
    assert_eq!(q.outcomes[0].verdict, NotEligible);
    assert_eq!(open(&rules, &q.outcomes[1]), [("年".to_owned(), Some(2))]);
}

#[test]
fn open_facts_name_people_as_they_were_entered() {
    let rules = sourced(&format!(
        "fact person a : 真偽\nfact person z : 数\n{}",
        program("household P", " : 円", "requires 「一」: all(c in people: c.a)\namount = 5円")
    ));
    for at in 0..3 {
        let mut all = vec![json!({"a": true, "z": 9}), json!({"a": true, "z": 1})];
        all.insert(at, json!({"z": 5}));
        assert_eq!(open(&rules, &outcome(&rules, &people(&all), "P")), [("a".to_owned(), Some(at))]);
    }
}

#[test]
fn programs_that_exclude_each_other_are_told_once_the_other_is_certain() {
    let rules = sourced(&format!(
        "fact household a : 真偽\nfact person b : 真偽\n{}{}{}{}",
        program("household P", " : 円", "requires 「一」: a\namount = 5円\nexcludes Q, R"),
        program("household Q", " : 円", "amount = 6円"),
        program("person R", " : 円", "requires 「一」: b\namount = 7円"),
        program("person S", " : 円", "amount = 8円\nexcludes R, P"),
    ));
    let number = |name: &str| rules.program_number(name).unwrap();
    let excluded = |household: &Household, name: &str| -> Vec<Vec<u32>> {
        answer(&rules, household, name).outcomes.into_iter().map(|outcome| outcome.excluded_by).collect()
    };
    let family = |a: Json, b: [Json; 2]| {
        household(
            json!({"household": {"a": a}, "people": [{"name": "x", "facts": {"b": b[0]}}, {"name": "y", "facts": {"b": b[1]}}]}),
        )
    };
    let both = family(json!(true), [json!(true), json!(false)]);
    assert_eq!(excluded(&both, "P"), [[number("Q"), number("R"), number("S")]]);
    assert_eq!(excluded(&both, "Q"), [[number("P")]], "whoever says it, it holds for both");
    // Of two people each has one's own.
    assert_eq!(excluded(&both, "R"), [vec![number("P"), number("S")], vec![]]);
    assert_eq!(excluded(&both, "S"), [vec![number("P"), number("R")], vec![number("P")]]);
    let open = family(json!(null), [json!(null), json!(false)]);
    assert_eq!(
        excluded(&open, "P"),
        [[number("Q"), number("S")]],
        "who may only perhaps receive it excludes nothing yet"
    );
    assert_eq!(excluded(&open, "Q"), [[0u32; 0]]);
    let neither = family(json!(false), [json!(false), json!(false)]);
    assert_eq!(excluded(&neither, "P"), [[0u32; 0]]);
    assert_eq!(excluded(&neither, "Q"), [[0u32; 0]]);
}

#[test]
fn deadlines_follow_from_what_is_known() {
    let rules = sourced(&format!(
        "fact household 出生日 : 日付\n{}",
        program(
            "household P",
            " : 円",
            "amount = 5円\ndeadline 15日 after 出生日 「15日以内」\ndeadline 2歳 after 出生日 「2年以内」\ndeadline 「毎年8月に届け出る」\ndeadline 3か月 の後 fiscal_year_end(出生日) 「3か月以内」"
        )
    ));
    let of = |facts_: Json| outcome(&rules, &facts(facts_), "P").deadlines;
    let on = |text: &str| Some(day(text));
    assert_eq!(
        of(json!({"出生日": "2026-10-31"})),
        [on("2026-11-15"), on("2028-10-31"), None, on("2027-06-30")]
    );
    assert_eq!(of(json!({})), [None; 4]);
    assert_eq!(rules.describe(0).unwrap().deadlines.len(), 4);
}

#[test]
fn every_program_that_meets_a_gap_says_so() {
    let rules = sourced(&format!(
        "parameter p : 円\n  from 2099-01-01: 5円\ntable T(a: 数) : 円\n  | a | v |\n  | 1 | 5 |\n  | その他 | 9 |\ndefine household 共に : 円 = p\nfact household k : 数\n{}{}{}{}",
        program("household P", " : 円", "amount = 共に"),
        program("household Q", " : 円", "amount = 共に + 0円"),
        program("household R", " : 円", "amount = T(k)"),
        program("household S", " : 円", "amount = 5円"),
    ));
    let mut evaluation = evaluate(&rules, TODAY, &facts(json!({"k": 2})));
    let answers = evaluation.answers();
    let notes: Vec<Vec<Note>> = answers.iter().map(|answer| answer.notes.clone()).collect();
    assert_eq!(notes, [vec![Note::NoFigure(0)], vec![Note::NoFigure(0)], vec![Note::RestRow(0)], vec![]]);
    assert_eq!(rules.say_note(notes[0][0]), "p has no figure for this day");
    assert_eq!(answers[0].outcomes[0].verdict, Eligible, "that it is theirs is certain, how much is not");
    assert_eq!((yen(&answers[0].outcomes[0]).as_str(), answers[0].outcomes[0].open.len()), ("-∞..∞", 0));
    assert_eq!(evaluation.notes().len(), 2, "the evaluation knows them all");
    // The same again, from memory.
    assert_eq!(evaluation.answers().iter().map(|answer| answer.notes.clone()).collect::<Vec<_>>(), notes);
}

/// Programs `P0`, `P1`, … with amount formulas, asked of nobody.
fn asked(facts_: &str, programs: &[(&str, &str, &str)]) -> (Rules, Vec<Answer>) {
    let all: String = programs
        .iter()
        .enumerate()
        .map(|(n, (ty, requires, amount))| {
            program(
                &format!("household P{n}"),
                &format!(" : {ty}"),
                &format!("requires 「条件」: {requires}\namount = {amount}"),
            )
        })
        .collect();
    let rules = sourced(&format!("{facts_}{all}"));
    let answers = evaluate(&rules, TODAY, &nobody()).answers();
    (rules, answers)
}

fn order(rules: &Rules, answers: &[Answer], declined: &BTreeSet<Open>) -> Vec<String> {
    questions(answers, declined).iter().map(|q| rules.facts[q.open.fact as usize].name.clone()).collect()
}

#[test]
fn the_question_that_settles_most_programs_comes_first() {
    let facts_ = "fact household 一つ : 真偽\nfact household 三つ : 真偽\nfact household 二つ : 真偽\n";
    let (rules, answers) = asked(
        facts_,
        &[("円", "一つ and 三つ", "900円"), ("円", "三つ and 二つ", "5円"), ("円", "二つ and 三つ", "5円")],
    );
    assert_eq!(order(&rules, &answers, &BTreeSet::new()), ["三つ", "二つ", "一つ"]);
    let all = questions(&answers, &BTreeSet::new());
    assert_eq!((all[0].programs.clone(), all[0].yen), (vec![0, 1, 2], 910), "most yen first");
    // What one would rather not answer is not asked again.
    assert_eq!(order(&rules, &answers, &[all[0].open].into()), ["二つ", "一つ"]);
}

#[test]
fn of_questions_for_as_many_programs_the_one_for_most_yen_comes_first() {
    let facts_ = "fact household 年に千 : 真偽\nfact household 月に千 : 真偽\nfact household 日に千 : 真偽\nfact household 一度 : 真偽\n";
    let (rules, answers) = asked(
        facts_,
        &[
            ("円/年", "年に千", "1,001円/年"),
            ("円/月", "月に千", "1,000円/月"),
            ("円/日", "日に千", "1,000円/日"),
            ("円", "一度", "1,000円"),
        ],
    );
    assert_eq!(order(&rules, &answers, &BTreeSet::new()), ["日に千", "月に千", "年に千", "一度"]);
    let yen: Vec<i64> = questions(&answers, &BTreeSet::new()).iter().map(|q| q.yen).collect();
    assert_eq!(yen, [365_000, 12_000, 1_001, 1_000]);
}

#[test]
fn of_questions_that_weigh_the_same_the_one_that_is_needed_first_comes_first() {
    let facts_ = "fact household 後 : 真偽\nfact household 先 : 真偽\n";
    let (rules, answers) = asked(facts_, &[("円", "先 and 後", "5円"), ("円", "先 and 後", "5円")]);
    assert_eq!(order(&rules, &answers, &BTreeSet::new()), ["先", "後"]);
}

#[test]
fn what_has_no_bound_weighs_nothing_and_what_is_settled_is_not_asked() {
    let facts_ = "fact household 無限 : 円\nfact household 有限 : 円\n  range 0円 .. 10円\nfact household 不要 : 真偽\n";
    let (rules, answers) =
        asked(facts_, &[("円", "yes", "無限"), ("円", "yes", "有限"), ("円", "no and 不要", "5円")]);
    assert_eq!(order(&rules, &answers, &BTreeSet::new()), ["有限", "無限"]);
    let all = questions(&answers, &BTreeSet::new());
    assert_eq!([all[0].yen, all[1].yen], [10, 0]);
    assert!(questions(&[], &BTreeSet::new()).is_empty());
}

#[test]
fn a_question_asked_of_each_person_counts_a_program_once() {
    let rules = sourced(&format!(
        "fact person a : 真偽\nfact household b : 真偽\n{}{}",
        program("person P", " : 円", "requires 「一」: a\namount = 5円"),
        program("household Q", " : 円", "requires 「一」: b\namount = 1円"),
    ));
    let answers = evaluate(&rules, TODAY, &people(&[json!({}), json!({}), json!({"a": true})])).answers();
    let asked: Vec<(String, Option<usize>, i64)> = questions(&answers, &BTreeSet::new())
        .into_iter()
        .map(|q| (rules.facts[q.open.fact as usize].name.clone(), q.open.person, q.yen))
        .collect();
    assert_eq!(
        asked,
        [("a".to_owned(), Some(0), 5), ("a".to_owned(), Some(1), 5), ("b".to_owned(), None, 1)]
    );
}
