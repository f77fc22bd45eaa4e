use madoguchi_benefits::calendar;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::programs::{HouseholdFile, RuleText, TownRules, rules};

fn day(text: &str) -> i32 {
    calendar::parse(text).unwrap()
}

/// A town that gives something at three years, something beside which that cannot be had, something for a hundred days after a
/// birth, and something from 10 December on.
const OWN: &str = "source 「要綱」 「https://www.city.yaizu.lg.jp/」 checked 2026-11-26

program person 三歳の祝い : 円
  title ja 「三歳の祝い」
  requires ja 「3歳になった」: 生まれている and 年齢 ≥ 3歳 and 年齢 < 4歳
  amount = 1000円

program person 三歳の旅行
  title ja 「三歳の旅行」
  requires ja 「3歳になった」: 生まれている and 年齢 ≥ 3歳 and 年齢 < 4歳
  amount prose ja 「1回」
  excludes 三歳の祝い

program person 誕生の祝い
  title ja 「誕生の祝い」
  requires ja 「1歳まで」: 生まれている and 年齢 < 1歳
  amount prose ja 「1回」
  deadline 100日 after 誕生年月日 ja 「生まれて100日まで」

define person 冬の券が出る : 真偽
  from 2020-01-01: 年齢 < 0歳
  from 2026-12-10: 生まれている

program person 冬の券
  title ja 「冬の券」
  requires ja 「12月10日から」: 冬の券が出る
  amount prose ja 「10枚」
";

fn town() -> TownRules {
    let town = TownRules::compile("222127", &[RuleText { name: "own.rules".into(), text: OWN.into() }]);
    assert!(town.left_out.is_empty(), "{:?}", town.left_out);
    town
}

fn read(household: &Value) -> Household {
    HouseholdFile::read(&household.to_string()).unwrap().household
}

fn family(births: &[(&str, &str)]) -> Household {
    let mother = json!({"name": "母", "facts": {"誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居"}});
    let child = |(name, birth): &(&str, &str)| json!({"name": name, "facts": {"誕生年月日": birth, "親": ["母"], "住まい": "同居", "就学先": "幼稚園"}});
    let people: Vec<Value> = std::iter::once(mother).chain(births.iter().map(child)).collect();
    read(&json!({"household": {"都道府県": "静岡県", "市区町村": "焼津市"}, "people": people}))
}

/// Each as `kind program [people] day`, with an exclamation mark where it is urgent.
fn told(rules: &Rules, household: &Household, on: &str, received: &[&str]) -> Vec<String> {
    told_since(rules, household, on, received, None)
}

fn told_since(
    rules: &Rules,
    household: &Household,
    on: &str,
    received: &[&str],
    since: Option<&str>,
) -> Vec<String> {
    let received: Vec<String> = received.iter().map(|name| (*name).into()).collect();
    let known = since.map(|since| eligible(rules, household, day(since)).unwrap());
    let found = news(rules, household, day(on), &received, known.as_ref()).unwrap();
    let say = |news: News| {
        let kind = serde_json::to_value(news.kind).unwrap();
        let name = &rules.programs[news.program as usize].name;
        let day = news.day.map(|day| format!(" {}", calendar::format(day))).unwrap_or_default();
        let urgent = if news.urgent { "!" } else { "" };
        format!("{} {name} {:?}{day}{urgent}", kind.as_str().unwrap(), news.people)
    };
    found.into_iter().map(say).collect()
}

#[test]
fn a_last_day_is_told_a_month_ahead_and_urgent_in_its_last_week() {
    let newborn = family(&[("子", "2026-11-20")]);
    let told = |on: &str, received: &[&str]| {
        let mut told = told(rules(), &newborn, on, received);
        told.retain(|line| line.contains("児童手当"));
        told
    };
    assert_eq!(told("2026-11-26", &[]), ["deadline 児童手当 [] 2026-12-05"]);
    assert_eq!(told("2026-11-27", &[]), ["deadline 児童手当 [] 2026-12-05"]);
    for near in ["2026-11-28", "2026-12-05"] {
        assert_eq!(told(near, &[]), ["deadline 児童手当 [] 2026-12-05!"], "{near}");
    }
    assert_eq!(told("2026-12-06", &[]), [""; 0]);
    assert_eq!(told("2026-11-26", &["児童手当"]), [""; 0]);
    // A month ahead and no more: on 28 January it is 31 days.
    let town = town();
    let far = |on: &str| self::told(town.rules(), &newborn, on, &[]).join(" ").contains("誕生の祝い");
    assert_eq!((far("2027-01-28"), far("2027-01-29")), (false, true));
}

#[test]
fn what_opens_by_itself_is_told_with_its_day() {
    let town = town();
    let household = family(&[("花", "2023-12-05"), ("太郎", "2023-12-05"), ("次郎", "2024-01-20")]);
    let lines = told(town.rules(), &household, "2026-11-26", &[]);
    // What opens for two on one day is told once. For nurseries one is three at the end of the day before the birthday.
    for line in [
        "opens 幼児教育・保育の無償化 [1, 2] 2026-12-04",
        "opens 三歳の祝い [1, 2] 2026-12-05",
        "opens 冬の券 [0, 1, 2, 3] 2026-12-10",
    ] {
        assert!(lines.iter().any(|told| told == line), "{line}: {lines:#?}");
    }
    assert!(!lines.iter().any(|line| line.contains("2027-01")), "{lines:#?}");
    // The day before it is not there yet, on the day itself it is no more to come.
    assert!(told(town.rules(), &household, "2026-12-09", &[]).iter().any(|line| line.contains("冬の券")));
    assert!(!told(town.rules(), &household, "2026-12-10", &[]).iter().any(|line| line.contains("冬の券")));
    // 31 days ahead, not 32.
    assert!(told(town.rules(), &household, "2026-11-09", &[]).iter().any(|line| line.contains("冬の券")));
    assert!(!told(town.rules(), &household, "2026-11-08", &[]).iter().any(|line| line.contains("冬の券")));
}

#[test]
fn what_is_received_is_no_news_nor_what_cannot_be_had_beside_it() {
    let town = town();
    let household = family(&[("花", "2023-12-05")]);
    let about = |on: &str, received: &[&str], since: Option<&str>| {
        let lines = told_since(town.rules(), &household, on, received, since);
        lines.into_iter().filter(|line| line.contains("三歳の")).collect::<Vec<_>>()
    };
    let both = ["opens 三歳の祝い [1] 2026-12-05", "opens 三歳の旅行 [1] 2026-12-05"];
    // One of two that exclude each other may be chosen as long as none is received.
    assert_eq!(about("2026-11-26", &[], None), both);
    assert_eq!(about("2026-11-26", &["三歳の祝い"], None), [""; 0]);
    assert_eq!(about("2026-12-05", &["三歳の祝い"], Some("2026-12-04")), [""; 0]);
    assert_eq!(about("2026-12-05", &["三歳の旅行"], Some("2026-12-04")), [""; 0]);
}

#[test]
fn what_has_opened_is_told_where_somebody_has_looked_before() {
    let town = town();
    let household = family(&[("花", "2023-12-05")]);
    let opened = |since: Option<&str>| {
        let lines = told_since(town.rules(), &household, "2026-12-10", &[], since);
        lines.into_iter().filter(|line| line.starts_with("opened")).collect::<Vec<_>>()
    };
    assert_eq!(opened(None), [""; 0]);
    assert_eq!(opened(Some("2026-12-10")), [""; 0]);
    assert_eq!(opened(Some("2026-12-09")), ["opened 冬の券 [0, 1]"]);
    assert!(opened(Some("2026-12-04")).contains(&"opened 三歳の祝い [1]".into()));
}

#[test]
fn nobody_has_no_news() {
    let nobody = read(&json!({"household": {"都道府県": "静岡県", "市区町村": "焼津市"}}));
    assert_eq!(told(town().rules(), &nobody, "2026-11-26", &[]), [""; 0]);
    assert!(eligible(rules(), &nobody, day("2026-11-26")).unwrap().is_empty());
}

/// What answers the day by themselves, each day asked anew.
fn by_the_answers(rules: &Rules, household: &Household, on: i32) -> BTreeSet<(u32, Option<usize>)> {
    let answers = Evaluation::of(rules, on, household).unwrap().answers();
    let yes = |answer: &Answer| {
        let program = answer.program;
        let outcomes = answer.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Eligible);
        outcomes.map(|outcome| (program, outcome.person)).collect::<Vec<_>>()
    };
    answers.iter().flat_map(yes).collect()
}

fn opens_as_the_answers_do(rules: &Rules, household: &Household, on: i32) -> Result<(), TestCaseError> {
    let mut yes = by_the_answers(rules, household, on);
    let mut expected = BTreeSet::new();
    for day in on + 1..=on + OPENS_AHEAD {
        for one in by_the_answers(rules, household, day) {
            if yes.insert(one) {
                expected.insert((one.0, one.1, Some(day)));
            }
        }
    }
    let mut told = BTreeSet::new();
    for news in news(rules, household, on, &[], None).unwrap() {
        prop_assert!(news.kind != NewsKind::Opened);
        if news.kind == NewsKind::Opens {
            let whose = if news.people.is_empty() {
                vec![None]
            } else {
                news.people.iter().copied().map(Some).collect()
            };
            told.extend(whose.into_iter().map(|person| (news.program, person, news.day)));
        }
    }
    prop_assert_eq!(told, expected);
    Ok(())
}

#[test]
fn real_households_are_told_the_first_day_of_each() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/households");
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "json") {
            let file = HouseholdFile::read(&std::fs::read_to_string(file).unwrap()).unwrap();
            // Into a new school year.
            opens_as_the_answers_do(rules(), &file.household, day("2027-03-05")).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_first_day_is_that_of_the_answers(
        births in prop::collection::vec(14_000i32..20_900, 1..4),
        on in 20_600i32..21_000,
    ) {
        let town = town();
        let births: Vec<(String, String)> =
            births.iter().zip(1..).map(|(birth, n)| (format!("子{n}"), calendar::format(*birth))).collect();
        let births: Vec<(&str, &str)> = births.iter().map(|(n, b)| (n.as_str(), b.as_str())).collect();
        opens_as_the_answers_do(town.rules(), &family(&births), on)?;
    }
}
