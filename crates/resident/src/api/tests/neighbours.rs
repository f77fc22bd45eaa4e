use madoguchi_model::CollectionKind::Rules;

use super::*;
use crate::cache::tests::swap_in;

/// A town's help with a child's doctor. It does not ask where the child lives.
fn doctor(until: u8) -> Value {
    let text = format!(
        "source 「条例」 「https://example.jp/」 checked 2026-11-26\n\
         fact person 医療証がある : 真偽\n  label ja 「医療証」\n  question ja 「医療証がありますか」\n  why ja 「いるからです。」\n\
         program person 子ども医療費助成 : 円/月\n  title ja 「子ども医療費助成」 en 「Doctor's fees」\n  \
         requires ja 「医療証がある」: 医療証がある\n  \
         requires ja 「{until}歳になるまで」 en 「Under {until}」: 年齢 < {until}歳\n  amount = 1,000円/月\n"
    );
    json!({"id": "a.rules", "text": text})
}

/// Joins a town, and puts its rules where a sync puts them.
fn join(app: &App, code: &str, name: &str, rules: Vec<Value>) {
    let town = crate::private::JoinedTown { name: name.into(), ..crate::private::testing::joined(code) };
    app.phone.private().add_town(&town, b"root").unwrap();
    let put = |open: &crate::OpenTown| {
        swap_in(&open.cache, &[(Rules, rules)]);
        Ok(())
    };
    app.phone.with_town(Some(&town.code), put).unwrap();
}

fn towns(names: &[&str]) -> Value {
    json!(names.iter().map(|name| json!({"prefecture": "静岡県", "municipality": name})).collect::<Vec<_>>())
}

fn doctors(app: &App, names: &[&str]) -> (Value, Value) {
    let told = app.ok("compare_towns", json!({"lang": "ja", "towns": towns(names)}));
    let row = |row: &&Value| row["program"] == "子ども医療費助成";
    let found = told["rows"].as_array().unwrap().iter().find(row).cloned();
    (told["towns"].clone(), found.unwrap_or_default())
}

#[test]
fn joined_towns_are_compared_by_their_own_rules() {
    let app = App::keeping();
    join(&app, "222127", "焼津市", vec![doctor(18)]);
    join(&app, "222143", "藤枝市", vec![doctor(15)]);
    app.ok("use_town", json!({"code": "222127"}));
    let child = json!({"誕生年月日": "2010-05-01", "医療証がある": true});
    let household = json!({"household": {"都道府県": "静岡県", "市区町村": "焼津市"}, "people": [{"name": "子", "facts": child}]});
    app.ok("save_household", json!({"household": household, "declined": [], "received": []}));

    let (compared, row) = doctors(&app, &["焼津市", "藤枝市", "静岡市"]);
    assert_eq!(each(&compared, "held"), ["true", "true", "false"]);
    let cells = row["cells"].as_array().unwrap();
    let verdict = |n: usize| cells[n]["answer"]["verdict"].clone();
    assert_eq!([verdict(0), verdict(1)], [json!("eligible"), json!("not-eligible")]);
    assert_eq!((&cells[2]["answer"], &cells[2]["requires"]), (&Value::Null, &json!([])));
    assert_eq!((&row["differs"], &row["requires"]), (&json!(true), &json!(["医療証がある"])));
    assert_eq!(
        (&cells[0]["requires"], &cells[1]["requires"]),
        (&json!(["18歳になるまで"]), &json!(["15歳になるまで"]))
    );

    // The town in use lends its rules and its silence to no other: what the resident told for them counts there.
    app.ok("use_town", json!({"code": "222143"}));
    assert_eq!(doctors(&app, &["焼津市", "静岡市"]).1["cells"][0]["answer"]["verdict"], "eligible");
    assert_eq!(doctors(&app, &["静岡市", "島田市"]).1, Value::Null);
}

#[test]
fn a_town_whose_rules_are_not_all_here_is_not_said_to_lack_any() {
    let app = App::keeping();
    app.ok(
        "save_household",
        json!({"household": {"household": {}, "people": [{"name": "子"}]}, "declined": [], "received": []}),
    );
    join(&app, "222127", "焼津市", vec![doctor(18)]);
    join(&app, "222143", "藤枝市", vec![]);
    join(&app, "221007", "静岡市", vec![json!({"id": "a.rules", "text": "program"})]);
    let (compared, row) = doctors(&app, &["焼津市", "藤枝市", "静岡市"]);
    assert_eq!(each(&compared, "held"), ["true", "false", "false"]);
    assert_eq!(row["differs"], false);
    // One that is a ward of a joined city has that city's.
    let other = json!({"id": "a.rules", "text": doctor(18)["text"].as_str().unwrap().replace("子ども医療費助成", "別の助成")});
    join(&app, "221309", "浜松市", vec![other]);
    let (compared, row) = doctors(&app, &["焼津市", "浜松市中央区"]);
    assert_eq!(
        (each(&compared, "held"), &row["differs"]),
        (vec!["true".into(), "true".into()], &json!(true))
    );
}
