//! What other answers get wrong, held against the shipped programs: an open income is no zero, a wrong town no town, and so on.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::Household;
use madoguchi_benefits::answer::{Answer, Verdict};
use serde_json::{Value as Json, json};

use Verdict::{Eligible, NotEligible, Unknown};

fn answer_on(on: &str, household: &Household, program: &str) -> Answer {
    evaluate(shipped(), on, household).answer_of(program).unwrap()
}

fn answer(household: &Household, program: &str) -> Answer {
    answer_on(TODAY, household, program)
}

fn yen(answer: &Answer, outcome: usize) -> String {
    answer.outcomes[outcome].amount.map_or("-".into(), |amount| match amount.yen.known() {
        Some(yen) => yen.to_string(),
        None => format!("{}..{}", amount.yen.low, amount.yen.high),
    })
}

fn asks(answer: &Answer, outcome: usize) -> Vec<&'static str> {
    answer.outcomes[outcome]
        .open
        .iter()
        .map(|open| shipped().facts[open.fact as usize].name.as_str())
        .collect()
}

fn set(household: &mut Household, person: &str, fact: &str, value: Json) {
    let found = household.people.iter_mut().find(|p| p.name == person).unwrap();
    found.facts.insert(fact.into(), value);
}

/// A single parent of whom everything is known but the income.
fn without_income() -> Household {
    let mut household = household_of("single-mother");
    for fact in ["収入の種類", "給与収入"] {
        household.people[0].facts.remove(fact);
    }
    household
}

#[test]
fn an_open_income_is_open_and_not_zero() {
    let open = answer(&without_income(), "児童扶養手当");
    assert_eq!(open.outcomes[0].verdict, Unknown);
    assert_eq!(asks(&open, 0)[0], "収入の種類");
    let rules = shipped();
    let mut none = without_income();
    set(&mut none, "母", "収入の種類", json!([]));
    assert_eq!(answer(&none, "児童扶養手当").outcomes[0].verdict, Eligible);
    let mut rich = without_income();
    set(&mut rich, "母", "収入の種類", json!(["給与"]));
    assert_eq!(answer(&rich, "児童扶養手当").outcomes[0].verdict, Unknown, "a salary, but how much?");
    set(&mut rich, "母", "給与収入", json!(20_000_001));
    assert_eq!(answer(&rich, "児童扶養手当").outcomes[0].verdict, NotEligible);
    // The income itself is open, neither 0 nor anything else.
    let mut evaluation = evaluate(rules, TODAY, &without_income());
    let income = say(&mut evaluation, "合計所得金額", Some(0));
    assert!(income.contains("..") && income != "0", "{income}");
    // And so is whatever hangs on it, for every documented household whose incomes are taken away.
    for (name, mut household) in documented() {
        for person in &mut household.people {
            for fact in ["収入の種類", "給与収入"] {
                person.facts.remove(fact);
            }
        }
        let mut evaluation = evaluate(rules, TODAY, &household);
        for person in 0..household.people.len() {
            let grown_up = evaluation.value_of("義務教育を終えた", Some(person));
            let told = say(&mut evaluation, "給与収入額", Some(person));
            let zero = grown_up
                == Some(madoguchi_benefits::value::Value::Bool(madoguchi_benefits::value::Truth::No));
            assert_eq!(told == "0", zero, "{name}: {}", household.people[person].name);
        }
    }
}

#[test]
fn an_income_that_one_would_rather_not_tell_is_open_too() {
    let mut household = household_of("single-mother");
    set(&mut household, "母", "給与収入", Json::Null);
    let open = answer(&household, "児童扶養手当");
    assert_eq!((open.outcomes[0].verdict, asks(&open, 0)[0]), (Unknown, "給与収入"));
}

#[test]
fn every_yen_of_a_high_income_counts() {
    let mut household = household_of("single-mother");
    let mut income = |yen: i64| {
        set(&mut household, "母", "給与収入", json!(yen));
        let mut evaluation = evaluate(shipped(), TODAY, &household);
        [say(&mut evaluation, "給与収入", Some(0)), say(&mut evaluation, "合計所得金額", Some(0))]
    };
    assert_eq!(income(20_000_001), ["20000001", "17900001"]);
    assert_eq!(income(20_000_002), ["20000002", "17900002"]);
    assert_eq!(income(16_777_217)[0], "16777217", "the first whole number that a 32-bit float does not have");
}

#[test]
fn a_child_counts_to_the_end_of_the_fiscal_year_of_the_22nd_birthday() {
    let mut household = household_of("three-children");
    let mut on = |day: &str, birthday: &str| {
        set(&mut household, "長男", "誕生年月日", json!(birthday));
        yen(&answer_on(day, &household, "児童手当"), 0)
    };
    // The second and the third child: 10,000 and 30,000 as long as the student counts.
    assert_eq!(on("2026-10-09", "2004-10-10"), "40000");
    assert_eq!(on("2026-10-10", "2004-10-10"), "40000", "on the 22nd birthday");
    assert_eq!(on("2027-03-31", "2004-10-10"), "40000");
    assert_eq!(on("2027-04-01", "2004-10-10"), "20000");
    // Born on 1 April, one attains 22 on 31 March, and that fiscal year ends on the same day.
    assert_eq!(on("2027-03-31", "2005-04-01"), "40000");
    assert_eq!(on("2027-04-01", "2005-04-01"), "20000");
    assert_eq!(on("2027-04-01", "2005-04-02"), "40000");
    assert_eq!(on("2028-03-31", "2005-04-02"), "40000");
}

#[test]
fn a_town_that_its_prefecture_does_not_have_is_no_town() {
    let mut household = household_of("single-mother");
    let mut grade = |prefecture: &str, town: &str| {
        household.household.insert("都道府県".into(), json!(prefecture));
        household.household.insert("市区町村".into(), json!(town));
        let mut evaluation = evaluate(shipped(), TODAY, &household);
        let grade = say(&mut evaluation, "級地", None);
        (grade, evaluation.describe_notes())
    };
    assert_eq!(grade("神奈川県", "川崎市"), ("1".into(), vec![]));
    assert_eq!(
        grade("三重県", "川崎市"),
        ("-∞..∞".into(), vec!["the table 生活保護級地 has no row for this".into()])
    );
    assert_eq!(grade("東京都", "府中市").0, "1");
    assert_ne!(grade("広島県", "府中市").0, "1", "two towns of one name");
    assert_eq!(grade("静岡県", "無い町").0, "-∞..∞");
    assert_eq!(grade("静岡", "焼津市").0, "-∞..∞");
}

#[test]
fn a_wrong_town_leaves_open_what_hangs_on_it() {
    let mut household = household_of("single-mother");
    household.household.insert("都道府県".into(), json!("三重県"));
    household.household.insert("市区町村".into(), json!("川崎市"));
    set(&mut household, "母", "給与収入", json!(1_000_000));
    let mut evaluation = evaluate(shipped(), TODAY, &household);
    let exempt =
        |evaluation: &mut madoguchi_benefits::Evaluation<'_>| say(evaluation, "均等割の非課税限度", Some(0));
    assert_eq!(exempt(&mut evaluation), "-∞..∞");
}

#[test]
fn two_earners_are_two() {
    // Each for himself within the limits, both together far beyond: each one's own income is held against each one's own line.
    let household = household_of("two-earners-disabled-child");
    let mut evaluation = evaluate(shipped(), TODAY, &household);
    let of = |evaluation: &mut madoguchi_benefits::Evaluation<'_>, name: &str| {
        [say(evaluation, name, Some(0)), say(evaluation, name, Some(1))]
    };
    let incomes = of(&mut evaluation, "合計所得金額");
    let salaries = of(&mut evaluation, "給与収入");
    assert_ne!(salaries[0], salaries[1]);
    assert_ne!(incomes[0], incomes[1], "neither is the sum or the higher of both");
    // A second income changes nothing for the first.
    let alone = |salary: Json| {
        let mut household = household.clone();
        let second = household.people[1].name.clone();
        set(&mut household, &second, "給与収入", salary);
        say(&mut evaluate(shipped(), TODAY, &household), "合計所得金額", Some(0))
    };
    assert_eq!(
        [alone(json!(0)), alone(json!(20_000_001)), alone(Json::Null)],
        [0; 3].map(|_| incomes[0].clone())
    );
}

#[test]
fn the_higher_of_two_incomes_decides_where_the_law_says_so_and_not_their_sum() {
    // Child allowance until September 2024: the parent with the higher income is held against the line.
    let parents = |a: i64, b: i64| {
        let parent = |name: &str, spouse: &str, salary: i64| {
            json!({"name": name, "facts": {
                "誕生年月日": "1985-05-05", "配偶者": spouse, "親": [], "住まい": "同居", "障害や長い病気がある": false,
                "収入の種類": ["給与"], "給与収入": salary, "扶養親族": [], "医療費などの控除": 0,
            }})
        };
        let child = json!({"name": "子", "facts": {
            "誕生年月日": "2018-05-05", "配偶者": "", "親": ["父", "母"], "住まい": "同居", "障害や長い病気がある": false,
            "収入の種類": [],
        }});
        household(
            json!({"household": {"生活保護を受けている": false}, "people": [parent("父", "母", a), parent("母", "父", b), child]}),
        )
    };
    let on = |a: i64, b: i64| yen(&answer_on("2024-05-01", &parents(a, b), "児童手当"), 0);
    assert_eq!(
        [on(7_000_000, 7_000_001), on(7_000_001, 7_000_000)],
        ["10000", "10000"],
        "14 million together"
    );
    assert_eq!([on(9_500_000, 0), on(0, 9_500_000)], ["5000", "5000"]);
    assert_eq!(answer_on("2024-05-01", &parents(14_000_000, 0), "児童手当").verdict, NotEligible);
    assert_eq!(
        yen(&answer_on("2024-10-01", &parents(14_000_000, 0), "児童手当"), 0),
        "10000",
        "no limit since October 2024"
    );
}

#[test]
fn a_parent_of_eighteen_is_a_parent_and_no_child() {
    let household = household_of("mother-of-18");
    let allowance = answer(&household, "児童手当");
    assert_eq!((allowance.verdict, yen(&allowance, 0).as_str()), (Eligible, "15000"), "for the baby alone");
    let single = answer(&household, "児童扶養手当");
    assert_eq!(single.outcomes.iter().map(|o| o.verdict).collect::<Vec<_>>(), [Eligible, NotEligible]);
    let mut evaluation = evaluate(shipped(), TODAY, &household);
    assert_eq!(
        [say(&mut evaluation, "児童手当の児童", Some(0)), say(&mut evaluation, "児童手当の児童", Some(1))],
        ["no", "yes"]
    );
    assert_eq!(say(&mut evaluation, "児童扶養手当の児童数", Some(0)), "1");
    // With her own mother in the house, both are somebody's children, and only the baby is hers.
    let mut three = household;
    let mut grandmother = three.people[0].clone();
    grandmother.name = "祖母".into();
    grandmother.facts.insert("誕生年月日".into(), json!("1985-05-05"));
    three.people.push(grandmother);
    set(&mut three, "母", "親", json!(["祖母"]));
    let mut evaluation = evaluate(shipped(), TODAY, &three);
    assert_eq!([0, 1, 2].map(|p| say(&mut evaluation, "児童手当の児童", Some(p))), ["yes", "yes", "no"]);
    assert_eq!([0, 2].map(|p| say(&mut evaluation, "子の数", Some(p))), ["1", "1"]);
}

#[test]
fn figures_of_a_day_before_the_first_are_open_and_noted() {
    let household = household_of("single-mother");
    for (on, known) in
        [("2024-04-01", true), ("2026-11-26", true), ("2010-04-01", false), ("2030-04-01", false)]
    {
        let answer = answer_on(on, &household, "児童扶養手当");
        let notes: Vec<String> = answer.notes.iter().map(|note| shipped().say_note(*note)).collect();
        let gap = notes.iter().any(|note| note.ends_with("for this day"));
        assert_eq!(gap, !known, "{on}: {notes:?}");
    }
    let late = answer_on("2027-04-01", &household, "児童扶養手当");
    assert!(
        !late.outcomes[0].amount.is_some_and(|amount| amount.is_exact()),
        "next year's figure is not made up"
    );
}

#[test]
fn the_official_example() {
    let answer = answer(&household_of("single-mother"), "児童扶養手当");
    assert_eq!((answer.outcomes[0].verdict, yen(&answer, 0).as_str()), (Eligible, "44080"));
}

#[test]
fn what_is_not_verified_gives_no_figure() {
    for (name, household) in documented() {
        let answer = answer(&household, "生活保護");
        assert_ne!(answer.verdict, Eligible, "{name}");
        assert!(answer.outcomes[0].amount.is_none());
        let mut evaluation = evaluate(shipped(), TODAY, &household);
        assert_eq!(say(&mut evaluation, "最低生活費", None), "-∞..∞");
    }
    let rules = shipped();
    let description = rules.describe(rules.program_number("生活保護").unwrap()).unwrap();
    assert!(!description.unverified.is_empty());
}
