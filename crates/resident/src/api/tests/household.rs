use std::cell::RefCell;
use std::collections::BTreeSet;

use super::*;
use crate::edges::{Answering, MemoryKeys, Receive, Request};
use crate::gsi::GsiTile;
use crate::hazard::TileOf;

impl App {
    /// A phone that can keep a household.
    pub(super) fn keeping() -> Self {
        let App { folder, town, phone } = App::new();
        App { folder, town, phone: phone.with_keys(Box::new(MemoryKeys::default())) }
    }

    /// With a household kept.
    fn with(household: &Value) -> Self {
        let app = App::keeping();
        app.ok("save_household", json!({"household": household, "declined": [], "received": []}));
        app
    }
}

/// A mother alone with a child; `salary` is hers.
fn family(salary: Value) -> Value {
    json!({
        "household": {"都道府県": "静岡県", "市区町村": "焼津市", "生活保護を受けている": false},
        "people": [
            {"name": "母", "facts": {
                "誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居",
                "障害や長い病気がある": false, "収入の種類": ["給与"], "給与収入": salary,
                "養育費": 0, "扶養親族": ["子"], "医療費などの控除": 0,
            }},
            {"name": "子", "facts": {
                "誕生年月日": "2018-05-01", "親": ["母"], "住まい": "同居", "障害や長い病気がある": false,
                "収入の種類": [],
            }},
        ],
    })
}

fn rows(answer: &Value) -> Vec<&Value> {
    let groups = ["yours", "perhaps", "notYours"].map(|group| answer["groups"][group].as_array().unwrap());
    groups.into_iter().flatten().collect()
}

fn row<'a>(answer: &'a Value, program: &str) -> &'a Value {
    rows(answer).into_iter().find(|row| row["program"] == program).unwrap()
}

fn number(text: &Value) -> i64 {
    text.as_str().unwrap().parse().unwrap()
}

#[test]
fn everything_that_may_be_asked_says_what_it_is_and_why() {
    let app = App::new();
    for (lang, title) in [("ja", "住まい"), ("en", "Where this person lives"), ("fr", "住まい")] {
        let facts = app.ok("household_facts", json!({"lang": lang}))["facts"].clone();
        let facts = facts.as_array().unwrap();
        let fact = |name: &str| facts.iter().find(|fact| fact["fact"] == name).unwrap();
        for fact in facts {
            for text in ["label", "question", "why"] {
                assert!(fact[text].as_str().is_some_and(|text| !text.is_empty()), "{lang} {fact}");
            }
            let words = fact["words"].as_array().unwrap();
            assert_eq!(["choice", "set"].contains(&fact["kind"].as_str().unwrap()), !words.is_empty());
        }
        assert_eq!(fact("住まい")["label"], title);
        let salary = fact("給与収入");
        assert_eq!(
            (&salary["kind"], &salary["unit"], &salary["low"], &salary["high"], &salary["perPerson"]),
            (&json!("number"), &json!("yen-a-year"), &json!("0"), &json!("1000000000"), &json!(true))
        );
        assert_eq!(
            (&fact("誕生年月日")["kind"], &fact("誕生年月日")["low"]),
            (&json!("date"), &json!("1900-01-01"))
        );
        assert_eq!((&fact("配偶者")["kind"], &fact("親")["kind"]), (&json!("person"), &json!("persons")));
        let (prefectures, towns) = (fact("都道府県"), fact("市区町村"));
        assert_eq!(prefectures["choices"].as_array().unwrap().len(), 47);
        assert_eq!(towns["dependsOn"], "都道府県");
        assert_eq!(each(&towns["choicesBy"], "of"), each_text(&prefectures["choices"]));
        let of = |prefecture: &str| {
            let by = towns["choicesBy"].as_array().unwrap();
            each_text(&by.iter().find(|by| by["of"] == prefecture).unwrap()["choices"])
        };
        // Two towns of one name, each in its prefecture; 三重県 has no 川崎市.
        assert!(of("東京都").contains(&"府中市".into()) && of("広島県").contains(&"府中市".into()));
        assert!(of("静岡県").contains(&"焼津市".into()) && !of("三重県").contains(&"川崎市".into()));
    }
}

fn each_text(texts: &Value) -> Vec<String> {
    texts.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_word_to_choose_is_there_in_every_language() {
    let app = App::new();
    for lang in ["ja-easy", "en"] {
        let facts = app.ok("household_facts", json!({"lang": lang}))["facts"].clone();
        let words = facts.as_array().unwrap().iter().flat_map(|fact| fact["words"].as_array().unwrap());
        let same: BTreeSet<String> = words
            .filter(|word| lang == "en" && word["word"] == word["label"])
            .map(|word| word["word"].to_string())
            .collect();
        assert!(same.is_empty(), "{lang}: {same:?}");
    }
}

#[test]
fn a_household_is_kept_whole_and_deleted() {
    let app = App::keeping();
    let nothing = json!({"household": null, "declined": [], "received": [], "documents": {}, "locked": null});
    assert_eq!(app.ok("household", json!({})), nothing);
    let declined = json!([{"fact": "養育費", "person": 0}, {"fact": "生活保護を受けている", "person": null}]);
    let whole = json!({"household": family(json!(1)), "declined": declined, "received": ["児童手当"]});
    let mut kept = whole.clone();
    (kept["locked"], kept["documents"]) = (Value::Null, json!({}));
    assert_eq!(app.ok("save_household", whole.clone()), kept);
    // What is at hand is told one by one, and stays whatever is saved.
    kept["documents"] = json!({"児童手当": ["通帳"]});
    assert_eq!(
        app.ok("tick_document", json!({"program": "児童手当", "document": "通帳", "ticked": true})),
        kept
    );
    assert_eq!(app.ok("save_household", whole.clone()), kept);
    assert_eq!(
        app.code("tick_document", json!({"program": "", "document": "通帳", "ticked": true})),
        "bad-fact"
    );
    assert_eq!(app.ok("household", json!({})), kept);
    let mut bad = whole.clone();
    bad["household"]["people"][0]["facts"]["給与収入"] = json!("たくさん");
    let error = app.call("save_household", bad).unwrap_err();
    assert_eq!((error.code, error.message.as_str()), ("bad-fact", "母: 給与収入: wrong-kind"));
    assert_eq!(app.ok("household", json!({})), kept);
    assert_eq!(app.code("save_household", json!({"household": family(json!(1))})), "bad-arguments");
    // The content of towns can go; what is the resident's own stays.
    app.ok("forget_cache", json!({}));
    assert_eq!(app.ok("household", json!({})), kept);
    assert_eq!(app.ok("delete_household", json!({})), nothing);
}

#[test]
fn a_phone_without_a_key_store_says_that_it_keeps_nothing() {
    let app = App::new();
    assert_eq!(app.ok("household", json!({}))["locked"], "no-key");
    let saved =
        app.ok("save_household", json!({"household": family(json!(1)), "declined": [], "received": []}));
    assert_eq!(
        (&saved["locked"], &saved["household"]["people"][0]["name"]),
        (&json!("no-key"), &json!("母"))
    );
    assert_eq!(app.ok("programs", json!({"lang": "ja"}))["hasHousehold"], true);
}

#[test]
fn nothing_follows_from_nobody() {
    let app = App::keeping();
    for args in [json!({"lang": "ja"}), json!({"lang": "ja", "whatIf": {"household": {}, "people": []}})] {
        let answer = app.ok("programs", args);
        assert_eq!((&answer["hasHousehold"], &answer["on"]), (&json!(false), &json!("2026-11-21")));
        assert!(rows(&answer).len() > 50);
        assert!(answer["groups"]["yours"] == json!([]) && answer["groups"]["notYours"] == json!([]));
        assert!(rows(&answer).iter().all(|row| row["amount"].is_null() && row["gaps"] == false));
        assert_eq!((&answer["questions"], &answer["total"]["perYear"]["high"]), (&json!([]), &json!("0")));
    }
    let detail = app.ok("program", json!({"lang": "ja", "program": "児童手当"}));
    assert_eq!((&detail["row"]["verdict"], &detail["outcomes"]), (&json!("unknown"), &json!([])));
    assert!(!detail["documents"].as_array().unwrap().is_empty());
    let towns = json!([{"prefecture": "静岡県", "municipality": "焼津市"}, {"prefecture": "東京都", "municipality": "渋谷区"}]);
    assert_eq!(app.ok("compare_towns", json!({"towns": towns}))["rows"], json!([]));
}

#[test]
fn programs_are_grouped_summed_and_asked_about() {
    let app = App::with(&family(json!(1_810_000)));
    let answer = app.ok("programs", json!({"lang": "ja"}));
    let child = row(&answer, "児童手当");
    assert_eq!((&child["verdict"], &child["kind"]), (&json!("eligible"), &json!("手当")));
    assert_eq!(child["amount"], json!({"per": "month", "low": "10000", "high": "10000", "exact": true}));
    assert!(answer["groups"]["yours"].as_array().unwrap().contains(child));
    for row in rows(&answer) {
        // What is not sure counts from nothing.
        if row["verdict"] == "unknown"
            && row["people"].as_array().unwrap().iter().all(|p| p["verdict"] != "eligible")
        {
            assert!(row["amount"].is_null() || number(&row["amount"]["low"]) == 0, "{row}");
        }
        assert!(row["verdict"] != "not-eligible" || row["amount"].is_null(), "{row}");
    }
    let maintained = row(&answer, "児童扶養手当");
    let mother = &maintained["people"][0];
    assert_eq!(
        (&mother["person"], &mother["name"], &mother["verdict"]),
        (&json!(0), &json!("母"), &json!("eligible"))
    );
    // The total holds at least what is sure of these two, and no loan.
    let sure = 12 * (10_000 + number(&maintained["amount"]["low"]));
    assert!(number(&answer["total"]["perYear"]["low"]) >= sure);
    let loans: Vec<_> = rows(&answer).into_iter().filter(|row| row["loan"] == true).collect();
    assert!(!loans.is_empty() && loans.iter().all(|row| row["kind"] == "貸付"));
    let yours = answer["groups"]["yours"].as_array().unwrap();
    let first_loan = yours.iter().position(|row| row["loan"] == true).unwrap_or(yours.len());
    assert!(yours[first_loan..].iter().all(|row| row["loan"] == true));

    let questions = answer["questions"].as_array().unwrap();
    assert!((1..=20).contains(&questions.len()));
    for question in questions {
        let open = &question["open"];
        assert_eq!(question["shape"]["fact"], open["fact"]);
        assert_eq!(question["shape"]["perPerson"], json!(!open["person"].is_null()));
        let name = open["person"].as_u64().map_or("", |person| ["母", "子"][person as usize]);
        assert_eq!(question["name"], name);
        assert!(question["programs"][0]["title"].is_string() && question["yenPerYear"].is_string());
    }
}

#[test]
fn what_was_declined_is_not_asked_and_what_is_received_is_marked() {
    let app = App::with(&family(json!(1_810_000)));
    let first = app.ok("programs", json!({"lang": "ja"}))["questions"][0]["open"].clone();
    let wanted = json!({"household": family(json!(1_810_000)), "declined": [first], "received": ["児童手当", "昔の制度"]});
    app.ok("save_household", wanted);
    let answer = app.ok("programs", json!({"lang": "ja"}));
    assert!(answer["questions"].as_array().unwrap().iter().all(|question| question["open"] != first));
    let received: Vec<_> = rows(&answer).into_iter().filter(|row| row["received"] == true).collect();
    assert!(received.len() == 1 && received[0]["program"] == "児童手当");
}

#[test]
fn languages_days_and_events_are_what_was_asked_for() {
    let app = App::with(&family(json!(1_810_000)));
    let title = |lang: &str| row(&app.ok("programs", json!({"lang": lang})), "児童手当")["title"].clone();
    assert_eq!((title("ja"), title("fr")), (json!("児童手当"), json!("児童手当")));
    assert!(title("en").as_str().unwrap().is_ascii());
    let later = app.ok("programs", json!({"lang": "ja", "on": "2040-04-02"}));
    assert_eq!(
        (&later["on"], &row(&later, "児童手当")["verdict"]),
        (&json!("2040-04-02"), &json!("not-eligible"))
    );
    assert_eq!(app.code("programs", json!({"on": "2040-13-02"})), "bad-arguments");
    let all = app.ok("programs", json!({}));
    let birth = app.ok("programs", json!({"event": "出産"}));
    assert_eq!(all["events"], birth["events"]);
    assert!(each_text(&birth["events"]).contains(&"出産".into()));
    let shown: BTreeSet<_> = rows(&birth).iter().map(|row| row["program"].to_string()).collect();
    assert!(shown.contains("\"児童手当\"") && shown.len() < rows(&all).len());
    for program in &shown {
        let program: Value = serde_json::from_str(program).unwrap();
        assert!(
            each_text(&app.ok("program", json!({"program": program}))["events"]).contains(&"出産".into())
        );
    }
    let hang = |question: &Value| {
        question["programs"].as_array().unwrap().iter().all(|p| shown.contains(&p["program"].to_string()))
    };
    assert!(birth["questions"].as_array().unwrap().iter().all(hang));
    assert_eq!(rows(&app.ok("programs", json!({"event": "昼寝"}))).len(), 0);
}

#[test]
fn what_if_is_held_against_what_is_kept_and_keeps_nothing() {
    let app = App::with(&family(json!(1_810_000)));
    let kept = app.ok("household", json!({}));
    let mut baby = family(json!(1_810_000));
    baby["people"].as_array_mut().unwrap().push(
        json!({"name": "赤ちゃん", "facts": {"誕生年月日": "2026-11-01", "親": ["母"], "住まい": "同居"}}),
    );
    let answer = app.ok("programs", json!({"lang": "ja", "whatIf": baby}));
    let changes = answer["changes"].as_array().unwrap();
    let change = changes.iter().find(|change| change["program"] == "児童手当").unwrap();
    assert_eq!(
        (&change["from"]["amount"]["low"], &change["to"]["amount"]["low"]),
        (&json!("10000"), &json!("25000"))
    );
    assert!(changes.iter().all(|change| change["from"] != change["to"]));
    assert_eq!(app.ok("household", json!({})), kept);
    assert_eq!(app.ok("programs", json!({}))["changes"], json!([]));
    assert_eq!(app.ok("programs", json!({"whatIf": family(json!(1_810_000))}))["changes"], json!([]));
    // What it is asked about has to be a household too.
    assert_eq!(app.code("programs", json!({"whatIf": family(json!(-1))})), "bad-fact");
    let mut twins = family(json!(1));
    twins["people"][1]["name"] = "母".into();
    assert_eq!(app.code("programs", json!({"whatIf": twins})), "bad-fact");
    // A fact of other rules than these is not known, and no mistake.
    let mut old = family(json!(1_810_000));
    old["people"][0]["facts"]["昔の事実"] = json!(1);
    assert_eq!(app.ok("programs", json!({"whatIf": old}))["changes"], json!([]));
}

#[test]
fn a_program_tells_why_and_what_would_change_it() {
    let app = App::with(&family(json!(6_000_000)));
    let detail = app.ok("program", json!({"lang": "ja", "program": "児童扶養手当"}));
    let mother = &detail["outcomes"][0];
    assert_eq!(
        (&mother["name"], &mother["verdict"], &mother["amount"]),
        (&json!("母"), &json!("not-eligible"), &Value::Null)
    );
    let change =
        mother["changes"].as_array().unwrap().iter().find(|c| c["open"]["fact"] == "給与収入").unwrap();
    assert_eq!(
        (&change["open"]["person"], &change["name"], &change["limit"], &change["unit"]),
        (&json!(0), &json!("母"), &json!("at-most"), &json!("yen-a-year"))
    );
    // At the limit it is hers.
    let limit = family(json!(number(&change["value"])));
    let there = app.ok("program", json!({"lang": "ja", "program": "児童扶養手当", "whatIf": limit}));
    assert_eq!(there["outcomes"][0]["verdict"], "eligible");
    for outcome in detail["outcomes"].as_array().unwrap() {
        assert!(!outcome["requires"].as_array().unwrap().is_empty());
        for step in outcome["reasons"].as_array().unwrap() {
            assert!(step["label"].is_string() && step["below"].is_array() && step["kind"].is_string());
            let person = &step["person"];
            assert!(person.is_null() || person == &outcome["person"], "{step}");
        }
    }
    let sources = detail["sources"].as_array().unwrap();
    assert!(!sources.is_empty() && sources.iter().all(|source| source["text"].is_string()));
    assert!(!detail["paymentMonths"].as_array().unwrap().is_empty());
    // A question is asked for the outcome that it settles.
    let open =
        app.ok("program", json!({"lang": "ja", "program": "児童扶養手当", "whatIf": family(Value::Null)}));
    let questions = open["outcomes"][0]["questions"].as_array().unwrap();
    assert!(questions.iter().any(|question| question["open"] == json!({"fact": "給与収入", "person": 0})));
    assert!(questions.iter().all(|question| question["programs"].as_array().unwrap().len() == 1));
    assert_eq!(app.code("program", json!({"lang": "ja", "program": "昼寝手当"})), "no-program");
}

#[test]
fn towns_stand_side_by_side() {
    let app = App::with(&family(json!(1_810_000)));
    let town = |prefecture: &str, municipality: &str| json!({"prefecture": prefecture, "municipality": municipality});
    let towns = json!([town("静岡県", "焼津市"), town("東京都", "渋谷区"), town("三重県", "川崎市")]);
    let told = app.ok("compare_towns", json!({"lang": "en", "towns": towns}));
    let known =
        told["towns"].as_array().unwrap().iter().map(|town| town["known"].clone()).collect::<Vec<_>>();
    assert_eq!(known, [json!(true), json!(true), json!(false)]);
    let rows = told["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["cells"].as_array().unwrap().len() == 3));
    let row = |program: &str| rows.iter().find(|row| row["program"] == program).unwrap();
    assert_eq!(row("児童手当")["differs"], false);
    let tokyo = row("児童育成手当");
    assert_eq!(
        (&tokyo["differs"], &tokyo["cells"][0]["answer"]["verdict"]),
        (&json!(true), &json!("not-eligible"))
    );
    for bad in [json!([]), json!([town("静岡県", "焼津市")]), json!(vec![town("静岡県", "焼津市"); 4])]
    {
        assert_eq!(app.code("compare_towns", json!({"towns": bad})), "bad-arguments");
    }
}

/// Hears everything that leaves the phone.
struct Wire<'t> {
    town: &'t FakeTown,
    sent: RefCell<Vec<Request>>,
}

impl Net for Wire<'_> {
    fn get<'a>(&'a self, request: &'a Request, receiver: &'a mut dyn Receive) -> Answering<'a> {
        self.sent.borrow_mut().push(request.clone());
        self.town.get(request, receiver)
    }
}

/// What a resident says of themselves on their own phone.
struct Life {
    household: Value,
    /// Where they live, and what they call it.
    home: (f64, f64, &'static str),
    /// Who does what when it rains.
    plan: Value,
}

/// All that leaves the phone while a resident enters a household, their places and the family's plan, and asks everything
/// about them.
fn session(Life { household, home: (lat, lon, name), plan }: &Life) -> Vec<Request> {
    let mut app = App::keeping();
    super::own::publish(&mut app.town, 0);
    let mut sent = Vec::new();
    let mut ask = |app: &App, name: &str, args: Value| {
        let wire = Wire { town: &app.town, sent: RefCell::default() };
        let done = pollster::block_on(call(&app.phone, &wire, name, args, &mut |_| ()));
        sent.extend(wire.sent.into_inner());
        done.unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    ask(&app, "join", json!({"address": BASE}));
    ask(&app, "sync", json!({}));
    ask(&app, "attachment", json!({"notice": "a", "path": "files/koho/map.pdf"}));
    ask(&app, "household_facts", json!({"lang": "ja"}));
    let first = json!({"household": {}, "people": [{"name": household["people"][0]["name"]}]});
    ask(&app, "save_household", json!({"household": first, "declined": [], "received": []}));
    let declined = json!([{"fact": "養育費", "person": 0}]);
    ask(
        &app,
        "save_household",
        json!({"household": household, "declined": declined, "received": ["児童手当"]}),
    );
    ask(&app, "tick_document", json!({"program": "児童手当", "document": "通帳", "ticked": true}));
    ask(&app, "town_programs", json!({"lang": "ja"}));
    let answer = ask(&app, "programs", json!({"lang": "ja"}));
    for row in rows(&answer).into_iter().step_by(5) {
        ask(&app, "program", json!({"lang": "ja", "program": row["program"]}));
    }
    ask(&app, "benefit_news", json!({"lang": "ja"}));
    ask(&app, "benefits_seen", json!({"lang": "ja", "program": "児童手当"}));
    ask(&app, "programs", json!({"lang": "en", "whatIf": family(json!(9)), "event": "出産"}));
    let towns = json!([{"prefecture": "静岡県", "municipality": "焼津市"}, {"prefecture": "東京都", "municipality": "渋谷区"}]);
    ask(&app, "compare_towns", json!({"lang": "ja", "towns": towns}));

    ask(&app, "map", json!({}));
    let place =
        |id: Value| json!({"id": id, "role": "home", "name": name, "lat": lat, "lon": lon, "note": name});
    // One place before there is a map, one when there is.
    ask(&app, "save_my_place", place(Value::Null));
    ask(&app, "set_maps", json!({"maps": "never"}));
    let packs = ask(&app, "fetch_packs", json!({}));
    assert_eq!((&packs["fetched"], &packs["error"]), (&json!(1), &Value::Null));
    ask(&app, "save_my_place", place(Value::Null));
    ask(&app, "save_my_place", place(json!("p1")));
    let at = |more: Value| {
        let mut at = json!({"lat": lat, "lon": lon});
        at.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        at
    };
    ask(&app, "find_spot", json!({"q": name}));
    ask(&app, "hazard_at", at(json!({"hazard": "flood"})));
    for danger in ["flood", "landslide", "tsunami", "earthquake"] {
        ask(&app, "sites", at(json!({"hazard": danger, "limit": 3})));
    }
    ask(&app, "places", json!({"near": {"lat": lat, "lon": lon}}));
    ask(&app, "hazard_card", json!({"id": "p1"}));
    ask(&app, "save_timeline", json!({"rows": plan}));
    ask(&app, "timeline", json!({}));
    map_tile(&app.phone, &TileOf { source: "flood".into(), z: 12, x: 3621, y: 1628 }).unwrap();
    // The country's map was not switched on: whoever looks at it asks nobody.
    let wanted = GsiTile { z: 12, x: 3621, y: 1628 };
    let refused = pollster::block_on(gsi_tile(&app.phone, &app.town, wanted)).unwrap_err();
    assert_eq!(refused.code, "online-map-off");

    super::own::publish(&mut app.town, 1);
    ask(&app, "sync", json!({}));
    ask(&app, "fetch_packs", json!({}));
    ask(&app, "today", json!({}));
    ask(&app, "my_places", json!({}));
    ask(&app, "hazard_card", json!({"id": "p2"}));
    ask(&app, "set_maps", json!({"maps": "always"}));
    app.town.publish(&[(Notices, vec![notice("a", "断水は終わりました", 1)])]);
    ask(&app, "sync", json!({}));
    ask(&app, "today", json!({}));
    ask(&app, "delete_my_place", json!({"id": "p1"}));
    ask(&app, "forget_my_places", json!({}));
    ask(&app, "forget_timeline", json!({}));
    ask(&app, "delete_household", json!({}));
    ask(&app, "sync", json!({}));
    sent
}

#[test]
fn what_leaves_the_phone_is_the_same_whatever_the_household_the_places_and_the_plan() {
    let row = |level: u8, what: &str| json!({"id": what, "level": level, "who": what, "what": what});
    let one = Life {
        household: family(json!(1_810_000)),
        // Under water, in both editions of the map.
        home: (34.86, 138.32, "うち"),
        plan: json!([row(3, "祖母と出る")]),
    };
    let household = json!({
        "household": {"都道府県": "東京都", "市区町村": "渋谷区", "生活保護を受けている": true},
        "people": [
            {"name": "山田", "facts": {"誕生年月日": "1950-01-02", "配偶者": "鈴木", "障害や長い病気がある": true}},
            {"name": "鈴木", "facts": {"誕生年月日": "1955-03-04", "配偶者": "山田", "給与収入": 12_345_678}},
            {"name": "孫", "facts": {"誕生年月日": "2020-05-06"}},
        ],
    });
    // Far away, where nobody has looked.
    let other = Life {
        household,
        home: (35.66, 139.70, "渋谷のへや"),
        plan: json!([row(4, "逃げる"), row(5, "待つ")]),
    };
    let sent = session(&one);
    assert!(sent.len() > 14, "the sessions did use the network");
    assert!(sent.iter().any(|request| request.url.contains("packs/")), "a pack was asked for");
    assert_eq!(sent, session(&other));
}
