use madoguchi_benefits::FactFault;
use madoguchi_programs::with_town;
use serde_json::json;

use super::*;
use crate::programs::{HouseholdFile, RuleText, rules};

/// A town's help with a child's doctor, until an age. It does not ask where the child lives.
fn doctor(until: u8, more: &str) -> Rules {
    let text = format!(
        "source 「条例」 「https://example.jp/」 checked 2026-11-26\n{more}\
         program person 子ども医療費助成 : 円/月\n  title ja 「子ども医療費助成」 en 「Doctor's fees」\n  \
         requires ja 「家族といっしょに住んでいる」 en 「Lives with the family」: 同居している\n  \
         requires ja 「{until}歳になるまで」 en 「Under {until}」: 年齢 < {until}歳\n  amount = 1,000円/月\n"
    );
    with_town("992011", &[RuleText { name: "a.rules".into(), text }]).unwrap()
}

fn household(birth: &str) -> Household {
    let text = json!({
        "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
        "people": [
            {"name": "母", "facts": {"誕生年月日": "1985-05-01", "配偶者": "", "親": [], "住まい": "同居"}},
            {"name": "子", "facts": {"誕生年月日": birth, "親": ["母"], "住まい": "同居"}},
        ],
    });
    HouseholdFile::read(&text.to_string()).unwrap().household
}

fn column<'a>(prefecture: &str, town: &str, rules: &'a Rules, held: bool) -> Column<'a> {
    Column { prefecture: prefecture.into(), town: town.into(), rules, held }
}

fn told(columns: &[Column<'_>], birth: &str, lang: &str) -> Comparison {
    compare(columns, &household(birth), calendar::parse("2026-11-26").unwrap(), lang).unwrap()
}

fn row<'a>(told: &'a Comparison, name: &str) -> &'a Row {
    told.programs.iter().find(|row| row.program == name).unwrap()
}

fn verdicts(row: &Row) -> Vec<Option<Verdict>> {
    row.towns.iter().map(|answer| answer.as_ref().map(|answer| answer.verdict)).collect()
}

#[test]
fn towns_side_by_side() {
    let places = [("静岡県", "焼津市"), ("東京都", "渋谷区"), ("三重県", "川崎市")];
    let columns = places.map(|(prefecture, town)| column(prefecture, town, rules(), false));
    let told = told(&columns, "2020-05-01", "ja");
    assert!(told.programs.iter().all(|row| row.towns.iter().flatten().count() == 3));
    // The country's own is the same everywhere, and says nothing of it; 東京都 has one of its own.
    let child = row(&told, "児童手当");
    assert!(!child.differs && child.towns.iter().flatten().all(|answer| answer.requires.is_empty()));
    let tokyo = row(&told, "児童育成手当");
    assert!(tokyo.differs && verdicts(tokyo)[0] == Some(Verdict::NotEligible));
    assert_ne!(verdicts(tokyo)[1], Some(Verdict::NotEligible));
    let known: Vec<_> = told.towns.iter().map(|town| town.known).collect();
    assert_eq!(known, [Some(true), Some(true), Some(false)]);
}

#[test]
fn each_town_is_answered_by_its_own_rules() {
    let (until_18, until_15) = (doctor(18, ""), doctor(15, ""));
    let columns = [
        column("静岡県", "焼津市", &until_18, true),
        column("静岡県", "藤枝市", &until_15, true),
        column("静岡県", "静岡市", rules(), false),
    ];
    let compared = told(&columns, "2010-05-01", "ja");
    let doctor = row(&compared, "子ども医療費助成");
    assert_eq!(verdicts(doctor), [Some(Verdict::Eligible), Some(Verdict::NotEligible), None]);
    assert!(doctor.differs);
    assert_eq!(doctor.towns[1].as_ref().unwrap().requires, ["家族といっしょに住んでいる", "15歳になるまで"]);
    // What both ask for is said once.
    assert_eq!(doctor.required_everywhere(), ["家族といっしょに住んでいる"]);
    let there = |n: usize| doctor.required_there(doctor.towns[n].as_ref().unwrap()).collect::<Vec<_>>();
    assert_eq!((there(0), there(1)), (vec!["18歳になるまで"], vec!["15歳になるまで"]));
    let english = told(&columns, "2010-05-01", "en");
    assert_eq!(row(&english, "子ども医療費助成").towns[0].as_ref().unwrap().requires[1], "Under 18");
    // For a child of 10 both pay the same; for how long is a difference.
    let young = told(&columns[..2], "2016-05-01", "ja");
    let doctor = row(&young, "子ども医療費助成");
    assert_eq!(verdicts(doctor), [Some(Verdict::Eligible); 2]);
    assert!(doctor.differs);
}

#[test]
fn what_is_not_at_hand_is_no_difference_and_what_is_not_there_is_one() {
    let own = doctor(18, "");
    let differs = |held: bool| {
        let columns = [column("静岡県", "焼津市", &own, true), column("静岡県", "静岡市", rules(), held)];
        let told = told(&columns, "2010-05-01", "ja");
        let row = row(&told, "子ども医療費助成").clone();
        assert_eq!(verdicts(&row), [Some(Verdict::Eligible), None]);
        // With whom one asks, one wants to know what it is that the other town has.
        assert_eq!(row.towns[0].as_ref().unwrap().requires.len(), 2);
        assert_eq!((row.required_everywhere(), told.towns[1].held), (Vec::new(), held));
        row.differs
    };
    assert_eq!((differs(false), differs(true)), (false, true));
    // Two towns with the same rules.
    let columns = [column("静岡県", "焼津市", &own, true), column("静岡県", "藤枝市", &own, true)];
    assert!(!row(&told(&columns, "2010-05-01", "ja"), "子ども医療費助成").differs);
}

#[test]
fn a_fact_counts_where_it_is_asked_for() {
    let asks = doctor(
        18,
        "fact person 市の会員 : 真偽\n  label ja 「会員」\n  question ja 「会員ですか」\n  why ja 「会費が変わります」\n",
    );
    let columns = [column("静岡県", "焼津市", rules(), false), column("静岡県", "藤枝市", &asks, true)];
    let mut household = household("2010-05-01");
    household.people[1].facts.insert("市の会員".into(), json!(true));
    household.people[1].facts.insert("市の会貝".into(), json!(true));
    household.people[0].facts.insert("誕生年月日".into(), json!(5));
    let wrong: Vec<_> = taken_nowhere(&columns, &household).into_iter().map(|p| (p.fact, p.what)).collect();
    let expected = [("誕生年月日", FactFault::WrongKind), ("市の会貝", FactFault::UnknownFact)];
    assert_eq!(wrong, expected.map(|(fact, what)| (fact.to_owned(), what)));
    assert!(compare(&columns, &household, calendar::parse("2026-11-26").unwrap(), "ja").is_ok());
}
