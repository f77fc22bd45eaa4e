mod content;
mod household;
mod in_words;
mod map;
mod neighbours;
mod news;
mod own;
mod towns;

use madoguchi_bundle::encoding::sha256;
use madoguchi_model::CollectionKind::{self, Alerts, Events, Garbage, Notices, Places};
use serde_json::{Value, json};

use super::*;
use crate::sync::testing::*;

struct App {
    folder: tempfile::TempDir,
    town: FakeTown,
    phone: Phone,
}

fn noon() -> jiff::Timestamp {
    "2026-11-21T03:00:00Z".parse().unwrap()
}

/// A town with something of everything.
fn town() -> FakeTown {
    let mut town = FakeTown::new();
    town.attach("files/koho/map.pdf", b"%PDF");
    town.attach("files/koho/plan.png", b"\x89PNG");
    town.now = "2026-11-21T02:30:00Z".parse().unwrap();
    town.publish(&collections());
    town.files.insert("root.json".into(), town.root());
    town
}

fn collections() -> Vec<(CollectionKind, Vec<Value>)> {
    let mut easy = notice("a", "断水のお知らせ", 1);
    easy["published_at"] = "2026-11-21T01:30:00Z".into();
    easy["translations"] = json!({"ja-easy": {"title": "水が 出ません"}});
    easy["attachments"] =
        json!([{"path": "files/koho/map.pdf", "title": "地図", "bytes": 4, "media_type": "application/pdf"}]);
    easy["corrections"] = json!([{"at": "2026-11-21T02:00:00Z", "note": "時間を直しました"}]);
    let mut tax = notice("b", "税のお知らせ", 1);
    tax["segments"] = json!(["living.tax"]);
    tax["body"] = json!([{"t": "image", "path": "files/koho/plan.png", "alt": "図"}]);
    let mut family = notice("c", "健診", 2000);
    (family["segments"], family["published_at"]) = (json!(["family"]), "2026-11-19T00:00:00Z".into());
    let places = vec![
        json!({"id": "p", "kind": "aed", "name": "市役所", "position": {"lat": 34.8, "lon": 138.3},
            "hours": {"week": {"sun": {"open": "09:00", "close": "12:00"}, "mon": {"open": "08:30", "close": "17:15"}}}}),
        json!({"id": "q", "kind": "aed", "name": "公民館", "position": {"lat": 34.9, "lon": 138.3}}),
        json!({"id": "r", "kind": "消火栓", "name": "消火栓1"}),
    ];
    let events = vec![
        json!({"id": "e", "title": "講座", "place": "公民館", "apply_until": "2026-11-25", "sessions": [
            {"id": "e-1", "starts_at": "2026-11-20T01:00:00Z", "ends_at": "2026-11-20T02:00:00Z"},
            {"id": "e-2", "starts_at": "2026-11-21T01:00:00Z", "ends_at": "2026-11-21T02:00:00Z"},
            {"id": "e-3", "starts_at": "2026-11-28T15:30:00Z"}]}),
        json!({"id": "f", "title": "展示", "sessions": [
            {"id": "f-1", "starts_at": "2026-11-18T15:00:00Z", "ends_at": "2026-11-30T15:00:00Z", "all_day": true}]}),
        json!({"id": "g", "title": "花火", "when": "毎年8月"}),
    ];
    let days = |weekday: i8| json!({"weekdays": [{"weekday": weekday}]});
    let garbage = vec![
        json!({"record": "area", "id": "east", "name": "東部", "types": [
            {"name": "燃やすごみ", "days": days(6), "color": "#ff0000"}, {"name": "紙", "days": days(7)}]}),
        json!({"record": "area", "id": "west", "name": "西部", "types": []}),
        json!({"record": "item", "id": "i", "name": "傘", "kind": "燃やさないごみ"}),
    ];
    let alerts = vec![
        json!({"id": "x", "level": 4, "issued_at": "2026-11-21T02:00:00Z", "title": "避難指示",
        "areas": [{"name": "川原町"}], "department": "防災課", "translations": {"en": {"title": "Evacuate"}}}),
    ];
    vec![
        (Notices, vec![easy, tax, family]),
        (Places, places),
        (Events, events),
        (Garbage, garbage),
        (Alerts, alerts),
    ]
}

impl App {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let phone = phone_at(folder.path(), noon());
        App { folder, town: town(), phone }
    }

    fn joined() -> Self {
        let app = App::new();
        assert_eq!(app.ok("join", json!({"address": BASE}))["state"], "joined");
        app
    }

    fn call(&self, name: &str, args: Value) -> Result<Value, ApiError> {
        pollster::block_on(call(&self.phone, &self.town, name, args, &mut |_| ()))
    }

    fn ok(&self, name: &str, args: Value) -> Value {
        self.call(name, args).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn code(&self, name: &str, args: Value) -> &'static str {
        self.call(name, args).unwrap_err().code
    }
}

/// What `key` is in each of these.
fn each(rows: &Value, key: &str) -> Vec<String> {
    let text = |row: &Value| row[key].as_str().map_or_else(|| row[key].to_string(), String::from);
    rows.as_array().unwrap().iter().map(text).collect()
}

#[test]
fn a_name_or_arguments_that_make_no_sense_are_told() {
    let app = App::joined();
    assert_eq!(app.code("fly", json!({})), "unknown-command");
    for (name, args) in [
        ("notice", json!({})),
        ("notice", json!({"id": "a", "lang": "日本"})),
        ("notices", json!({"segment": "space"})),
        ("mark", json!({"id": "a", "as": "eaten"})),
        ("use_town", json!({"code": "222128"})),
        ("events", json!({"from": "yesterday"})),
        ("places", json!({"near": {"lat": 91, "lon": 0}})),
        ("hazard_at", json!({"lat": 91, "lon": 0})),
        ("sites", json!({"lat": 34, "lon": 138, "hazard": "boredom"})),
        ("set_maps", json!({"maps": "sometimes"})),
        ("save_my_place", json!({"role": "home", "name": "", "lat": 34, "lon": 181})),
        ("save_timeline", json!({"rows": [{"id": "", "level": 0, "who": "", "what": ""}]})),
        ("set_settings", json!({"text_size": 17})),
        ("choose_segments", json!({"codes": ["space"]})),
        ("towns", json!([1, 2])),
    ] {
        assert_eq!(app.code(name, args.clone()), "bad-arguments", "{name} {args}");
    }
}

#[test]
fn every_command_without_a_town_says_so_or_does_without() {
    let app = App::new();
    let alone = [
        "towns",
        "settings",
        "storage",
        "forget_cache",
        "about",
        "join",
        "use_town",
        "leave_town",
        "set_settings",
        "household_facts",
        "household",
        "save_household",
        "tick_document",
        "delete_household",
        "programs",
        "program",
        "benefit_news",
        "benefits_seen",
        "compare_towns",
        "my_places",
        "save_my_place",
        "delete_my_place",
        "order_my_places",
        "forget_my_places",
        "hazard_card",
        "timeline",
        "save_timeline",
        "forget_timeline",
    ];
    let all = json!({"id": "a", "as": "read", "codes": [], "search": "", "notice": "a", "path": "b",
        "q": "川原町", "maps": "wifi", "lat": 34.5, "lon": 138.5, "hazard": "flood"});
    for name in COMMANDS.iter().filter(|name| !alone.contains(name)) {
        assert_eq!(app.code(name, all.clone()), "no-town", "{name}");
    }
    assert_eq!(app.ok("towns", Value::Null), json!({"towns": []}));
}

#[test]
fn settings_are_kept_and_only_what_is_said_changes() {
    let app = App::new();
    let set = |args: Value| app.ok("set_settings", args);
    let all = |size: u8, theme: &str, online: bool| json!({"language": "ja", "text_size": size, "theme": theme, "online_map": online});
    assert_eq!(app.ok("settings", json!({})), all(100, "auto", false));
    assert_eq!(set(json!({"text_size": 200})), all(200, "auto", false));
    assert_eq!(set(json!({"theme": "dark"})), all(200, "dark", false));
    assert_eq!(set(json!({"online_map": true})), all(200, "dark", true));
}

#[test]
fn the_content_can_be_thrown_away_and_what_is_the_residents_own_stays() {
    let app = App::joined();
    app.ok("mark", json!({"id": "a", "as": "saved"}));
    let before = app.ok("storage", json!({}));
    assert!(before["private_bytes"].as_u64().unwrap() > 0);
    let after = app.ok("forget_cache", json!({}));
    assert!(
        after["cache_bytes"].as_u64().unwrap() < before["cache_bytes"].as_u64().unwrap(),
        "{before} {after}"
    );
    assert_eq!(app.ok("notices", json!({}))["rows"], json!([]));
    assert_eq!(app.ok("age", json!({}))["state"], "never");
    // Nothing here yet, and it is known why: that is what the resident is told.
    for (mode, state) in [(Mode::Offline, "offline"), (Mode::Refused, "unreachable"), (Mode::Good, "fresh")] {
        app.town.behave(mode);
        app.ok("sync", json!({}));
        assert_eq!(app.ok("age", json!({}))["state"], state);
    }
    assert_eq!(each(&app.ok("notices", json!({"saved": true}))["rows"], "id"), ["a"]);
}

#[test]
fn the_app_names_what_it_is_made_of() {
    let about = App::new().ok("about", json!({}));
    let names = each(&about["licences"], "name");
    for needed in ["Madoguchi", "rusqlite", "ring", "jiff", "serde", "zstd", "ureq"] {
        assert!(names.iter().any(|name| name == needed), "{needed}");
    }
    assert!(
        about["licences"]
            .as_array()
            .unwrap()
            .iter()
            .all(|l| l["licence"].as_str().is_some_and(|l| !l.is_empty()))
    );
    assert_eq!(about["version"], env!("CARGO_PKG_VERSION"));
}
