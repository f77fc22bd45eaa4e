use madoguchi_model::CollectionKind::Programs;

use super::*;
use crate::edges::MemoryKeys;

fn program(id: &str, title: &str, more: Value) -> Value {
    let mut value = json!({"id": id, "segments": ["family"], "title": title});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    value
}

/// A phone that is joined to a town with programs in words, and can keep a household.
fn app() -> App {
    let App { folder, mut town, phone } = App::new();
    town.publish(&[(
        Programs,
        vec![
            program(
                "omutsu",
                "紙おむつの宅配",
                json!({
                    "events": ["birth"], "ages": {"under": {"years": 1}}, "amount": "無料", "contact": "こども課",
                    "phone": "054-626-1111", "documents": ["母子健康手帳"], "updated": "2026-10-01",
                    "links": [{"href": "https://www.city.yaizu.lg.jp/"}], "details": [["備考", "雨の日も届けます"]],
                    "translations": {"ja-easy": {"title": "かみおむつ"}},
                }),
            ),
            program("yachin", "家賃の補助", json!({"segments": ["living.housing"], "events": ["moving"]})),
            program("teate", "児童手当", json!({})),
            program("machi", "町だけ", json!({"areas": [{"code": "222127"}]})),
            program("ken", "町と県", json!({"areas": [{"code": "222127"}, {"code": "220001"}]})),
            program("mise", "店の改修", json!({"segments": ["living"], "business": true})),
            program("natsu", "夏の応援", json!({"applications": {"to": "2026-08-31"}})),
            program("asu", "あすから", json!({"published_at": "2026-11-22T00:00:00Z"})),
        ],
    )]);
    let app = App { folder, town, phone: phone.with_keys(Box::new(MemoryKeys::default())) };
    app.ok("join", json!({"address": BASE}));
    app
}

fn keep(app: &App, birth: &str, town: &str) {
    let household = json!({
        "household": {"都道府県": "静岡県", "市区町村": town},
        "people": [{"name": "母", "facts": {"誕生年月日": "1990-05-01"}}, {"name": "子", "facts": {"誕生年月日": birth}}],
    });
    app.ok("save_household", json!({"household": household, "declined": [], "received": []}));
}

fn maybe(app: &App, args: Value) -> Vec<String> {
    each(&app.ok("programs", args)["town"]["rows"], "id")
}

#[test]
fn what_nothing_rules_out_is_perhaps_theirs_and_never_more() {
    let app = app();
    keep(&app, "2026-05-01", "焼津市");
    let answer = app.ok("programs", json!({"lang": "ja"}));
    // What a rule answers, what is for businesses and what is over is not told twice, or at all.
    assert_eq!(each(&answer["town"]["rows"], "id"), ["ken", "machi", "omutsu", "yachin"]);
    let nappies = &answer["town"]["rows"][2];
    assert_eq!(
        (&nappies["ask"], &nappies["amount"], &nappies["people"]),
        (&json!("こども課"), &json!("無料"), &json!(["子"]))
    );
    // It has no verdict to be mistaken for one, and counts for nothing.
    assert!(nappies.get("verdict").is_none());
    assert_eq!((&answer["town"]["listed"], &answer["town"]["rows"][3]["people"]), (&json!(7), &json!([])));
    assert_eq!(maybe(&app, json!({"event": "引越し"})), ["yachin"]);
    assert_eq!(maybe(&app, json!({"event": "昼寝"})), [""; 0]);
    keep(&app, "2020-05-01", "焼津市");
    assert_eq!(maybe(&app, json!({})), ["ken", "machi", "yachin"]);
    assert_eq!(maybe(&app, json!({"on": "2020-06-01"})), ["ken", "machi", "natsu", "omutsu", "yachin"]);
}

#[test]
fn without_a_town_there_are_none() {
    let app = App::new();
    assert_eq!(app.ok("programs", json!({}))["town"], json!({"rows": [], "listed": 0}));
}

#[test]
fn a_list_needs_no_household() {
    let app = app();
    let ids = |args: Value| each(&app.ok("town_programs", args)["rows"], "id");
    let all = app.ok("town_programs", json!({}));
    assert_eq!(each(&all["rows"], "id"), ["ken", "machi", "mise", "natsu", "omutsu", "teate", "yachin"]);
    assert_eq!(all["segments"], json!(["family", "living", "living.housing"]));
    assert_eq!((&all["events"], &all["more"]), (&json!(["出産", "引越し"]), &json!(false)));
    assert_eq!(ids(json!({"search": "おむつ"})), ["omutsu"]);
    assert_eq!(ids(json!({"segment": "living"})), ["mise", "yachin"]);
    assert_eq!(
        (ids(json!({"event": "出産"})), ids(json!({"event": "birth"}))),
        (vec!["omutsu".into()], vec!["omutsu".into()])
    );
    let easy = app.ok("town_programs", json!({"search": "おむつ", "lang": "ja-easy"}));
    assert_eq!(
        (&easy["rows"][0]["title"], &easy["rows"][0]["lang"]),
        (&json!("かみおむつ"), &json!("ja-easy"))
    );
    assert_eq!((&easy["more"], &easy["rows"][0]["people"]), (&json!(false), &json!([])));
    assert_eq!(app.ok("town_programs", json!({"limit": 1}))["more"], true);
    for bad in [json!({"segment": "space"}), json!({"event": "昼寝"})] {
        assert_eq!(app.code("town_programs", bad), "bad-arguments");
    }
}

#[test]
fn one_in_full_says_whom_to_ask_and_what_rules_it_out() {
    let app = app();
    let nappies = || app.ok("town_program", json!({"id": "omutsu"}));
    let told = nappies();
    assert_eq!((&told["verdict"], &told["out"]), (&json!("unknown"), &json!([])));
    assert_eq!((&told["contact"], &told["phone"]), (&json!("こども課"), &json!("054-626-1111")));
    assert_eq!((&told["updated"], &told["documents"]), (&json!("2026-10-01"), &json!(["母子健康手帳"])));
    assert_eq!(told["links"], json!([{"title": null, "href": "https://www.city.yaizu.lg.jp/"}]));
    assert_eq!(
        (&told["details"], &told["checklist"]),
        (&json!([["備考", "雨の日も届けます"]]), &json!("222127/omutsu"))
    );
    keep(&app, "2026-05-01", "焼津市");
    let mother = json!({"name": "母", "by": "age", "bound": "under", "years": 1, "months": null, "areas": [], "to": null});
    assert_eq!((&nappies()["verdict"], &nappies()["out"]), (&json!("unknown"), &json!([mother])));
    keep(&app, "2020-05-01", "焼津市");
    assert_eq!(
        (&nappies()["verdict"], each(&nappies()["out"], "name")),
        (&json!("not-eligible"), vec!["母".into(), "子".into()])
    );
    let over = app.ok("town_program", json!({"id": "natsu"}));
    assert_eq!((&over["out"][0]["by"], &over["out"][0]["to"]), (&json!("closed"), &json!("2026-08-31")));
    // Who lives elsewhere is told where it is for; what the town does not name is not made up.
    keep(&app, "2026-05-01", "藤枝市");
    let areas = |id: &str| app.ok("town_program", json!({"id": id}))["out"][0]["areas"].clone();
    assert_eq!(areas("machi"), json!(["焼津市"]));
    assert_eq!(maybe(&app, json!({})), ["ken", "omutsu", "yachin"]);
    let household = json!({"household": {"都道府県": "東京都"}, "people": [{"name": "母", "facts": {}}]});
    app.ok("save_household", json!({"household": household, "declined": [], "received": []}));
    assert_eq!((areas("machi"), areas("ken")), (json!(["焼津市"]), json!([])));
    // Where a rule answers, that is the way on.
    let ruled = app.ok("town_program", json!({"id": "teate"}));
    assert_eq!(ruled["rule"], json!({"program": "児童手当", "title": "児童手当"}));
    assert_eq!(
        (
            &nappies()["rule"],
            app.ok("town_program", json!({"id": "omutsu", "lang": "ja-easy"}))["row"]["title"].clone()
        ),
        (&Value::Null, json!("かみおむつ"))
    );
    for id in ["asu", "nothing"] {
        assert_eq!(app.code("town_program", json!({"id": id})), "no-program");
    }
}
