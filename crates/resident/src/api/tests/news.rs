use madoguchi_model::CollectionKind::Rules;

use super::*;
use crate::edges::MemoryKeys;

/// The town gives something to everybody who was born.
const OWN: &str = "source 「要綱」 「https://www.city.yaizu.lg.jp/」 checked 2026-11-26

program person 港の券
  title ja 「港の買い物券」 en 「Harbour vouchers」
  requires ja 「生まれている」: 生まれている
  amount prose ja 「10枚」
";

fn keep(app: &App, received: Value) {
    let household = json!({
        "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
        "people": [
            {"name": "母", "facts": {"誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居"}},
            {"name": "子", "facts": {"誕生年月日": "2026-11-15", "親": ["母"], "住まい": "同居"}},
        ],
    });
    app.ok("save_household", json!({"household": household, "declined": [], "received": received}));
}

/// What is new of these kinds, with its title.
fn news(app: &App, kinds: &[&str]) -> Vec<Value> {
    let rows = app.ok("benefit_news", json!({"lang": "en"}))["rows"].clone();
    let rows = rows.as_array().unwrap().iter();
    rows.filter(|row| kinds.contains(&row["kind"].as_str().unwrap())).cloned().collect()
}

fn app() -> App {
    let App { folder, town, phone } = App::new();
    let app = App { folder, town, phone: phone.with_keys(Box::new(MemoryKeys::default())) };
    app.ok("join", json!({"address": BASE}));
    app
}

#[test]
fn a_last_day_is_told_with_its_words_and_days() {
    let app = app();
    assert_eq!(app.ok("today", json!({}))["household"], false);
    keep(&app, json!([]));
    assert_eq!(app.ok("today", json!({}))["household"], true);
    let [row] = <[Value; 1]>::try_from(news(&app, &["deadline"])).unwrap();
    // On 21 November: fifteen days after a birth on the 15th.
    assert_eq!(
        (
            &row["program"],
            &row["people"],
            &row["day"]["date"],
            &row["day"]["days_from_today"],
            &row["urgent"]
        ),
        (&json!("児童手当"), &json!([]), &json!("2026-11-30"), &json!(9), &json!(false))
    );
    assert_eq!((&row["title"], &row["day"]["whole_day"]), (&json!("Child allowance"), &json!(true)));
    keep(&app, json!(["児童手当"]));
    assert_eq!(news(&app, &["deadline"]), [Value::Null; 0]);
}

#[test]
fn rules_that_come_with_a_sync_are_told_until_they_were_looked_at() {
    let mut app = app();
    keep(&app, json!([]));
    assert_eq!(news(&app, &["opened"]), [Value::Null; 0]);
    app.town.publish(&[(Rules, vec![json!({"id": "own.rules", "text": OWN})])]);
    app.ok("sync", json!({}));
    for _ in 0..2 {
        let [row] = <[Value; 1]>::try_from(news(&app, &["opened"])).unwrap();
        assert_eq!(
            (&row["title"], &row["people"], &row["day"]),
            (&json!("Harbour vouchers"), &json!(["母", "子"]), &Value::Null)
        );
    }
    let left = app.ok("benefits_seen", json!({"program": "児童手当"}));
    assert!(each(&left["rows"], "kind").contains(&"opened".into()));
    let left = app.ok("benefits_seen", json!({"lang": "en", "program": "港の券"}));
    assert!(!each(&left["rows"], "kind").contains(&"opened".into()));
    // Without the town its rules are not there, and not compared.
    app.ok("leave_town", json!({"code": "222127"}));
    assert_eq!(news(&app, &["opened"]), [Value::Null; 0]);
}

#[test]
fn without_a_household_there_is_no_news_and_no_error() {
    let nothing = json!({"rows": []});
    for app in [App::new(), App::joined(), app()] {
        assert_eq!(app.ok("benefit_news", json!({})), nothing);
        assert_eq!(app.ok("benefits_seen", json!({})), nothing);
    }
}
