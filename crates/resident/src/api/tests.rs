mod household;
mod in_words;
mod map;
mod neighbours;
mod news;
mod own;

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
fn a_town_is_trusted_on_first_use_or_by_its_fingerprint() {
    let app = App::new();
    let wrong = json!({"address": BASE, "fingerprint": "00"});
    assert_eq!(app.code("join", wrong), "other-fingerprint");
    let link = |root: &str| json!({"address": format!("madoguchi://join?url={BASE}&root={root}")});
    assert_eq!(app.code("join", link("00")), "other-fingerprint");
    assert_eq!(app.ok("towns", json!({})), json!({"towns": []}));
    let right = sha256(&app.town.root()).to_uppercase();
    let joined = app.ok("join", link(&right));
    assert_eq!((&joined["code"], &joined["name"]), (&json!("222127"), &json!("焼津市")));
    assert_eq!((&joined["sync"]["reach"], &joined["sync"]["fresh"]), (&json!("ok"), &json!(true)));
    assert_eq!(app.ok("join", json!({"address": BASE, "fingerprint": right}))["state"], "again");
    let town = &app.ok("towns", json!({}))["towns"][0];
    assert_eq!(
        (&town["confirmed"], &town["in_use"], &town["url"]),
        (&json!(false), &json!(true), &json!(BASE))
    );
}

#[test]
fn a_root_that_is_missing_too_large_or_none_is_refused() {
    let mut app = App::new();
    app.town.files.insert("root.json".into(), vec![b' '; 512 * 1024 + 1]);
    assert_eq!(app.code("join", json!({"address": BASE})), "too-large");
    app.town.files.insert("root.json".into(), b"{}".to_vec());
    assert_eq!(app.code("join", json!({"address": BASE})), "bad-root");
    app.town.files.remove("root.json");
    assert_eq!(app.code("join", json!({"address": BASE})), "missing");
    app.town.behave(Mode::Portal);
    assert_eq!(app.code("join", json!({"address": BASE})), "captive-portal");
    app.town.behave(Mode::Offline);
    assert_eq!(app.code("join", json!({"address": BASE})), "offline");
    assert_eq!(app.code("join", json!({"address": "http://machi.example.jp/"})), "insecure-address");
    assert_eq!(app.code("join", json!({"address": "見本市"})), "bad-address");
}

#[test]
fn what_is_not_the_towns_own_is_refused_and_leaves_nothing() {
    let mut app = App::new();
    let timestamp = app.town.files.get_mut("metadata/timestamp.json").unwrap();
    *timestamp =
        String::from_utf8(timestamp.clone()).unwrap().replace("\"sig\":\"", "\"sig\":\"00").into_bytes();
    assert_eq!(app.code("join", json!({"address": BASE})), "signature");
    assert_eq!(app.ok("towns", json!({})), json!({"towns": []}));
}

#[test]
fn towns_are_chosen_and_left() {
    let app = App::joined();
    for code in ["122319", "131016"] {
        let other = crate::private::testing::joined(code);
        app.phone.private().add_town(&other, b"root").unwrap();
    }
    let in_use = |towns: &Value| {
        let towns = towns["towns"].as_array().unwrap();
        towns
            .iter()
            .filter(|t| t["in_use"] == true)
            .map(|t| t["code"].as_str().unwrap().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(in_use(&app.ok("use_town", json!({"code": "131016"}))), ["131016"]);
    // Whoever joins a town wants to see that one.
    app.ok("join", json!({"address": BASE}));
    assert_eq!(in_use(&app.ok("towns", json!({}))), [app.town.code.as_str()]);
    app.ok("use_town", json!({"code": "131016"}));
    // Two are left and none of them was chosen: the first one is meant.
    let left = app.ok("leave_town", json!({"code": "131016"}));
    assert_eq!((in_use(&left).len(), left["towns"].as_array().unwrap().len()), (1, 2));
    assert_eq!(app.code("use_town", json!({"code": "131016"})), "unknown-town");
    assert_eq!(app.code("leave_town", json!({"code": "131016"})), "unknown-town");
}

#[test]
fn the_age_tells_offline_unreachable_and_old_apart() {
    let mut app = App::new();
    app.town.behave(Mode::Refused);
    let wanted = crate::towns::Join { url: BASE.into(), root: app.town.root() };
    pollster::block_on(crate::towns::join(&app.phone, &app.town, wanted, &mut |_| ())).unwrap();
    assert_eq!(app.ok("age", json!({})), json!({"state": "unreachable", "age_s": null, "issued": null}));
    for (mode, state) in [(Mode::Good, "fresh"), (Mode::Offline, "offline"), (Mode::Refused, "unreachable")] {
        app.town.behave(mode);
        app.ok("sync", json!({}));
        assert_eq!(app.ok("age", json!({}))["state"], state);
    }
    let age = app.ok("age", json!({}));
    assert_eq!(
        (&age["age_s"], &age["issued"]["hour"], &age["issued"]["minute"]),
        (&json!(1800), &json!(11), &json!(30))
    );
    // Another thread's phone knows it too; another run's does not.
    let folder = app.folder.path();
    let home = || Box::new(crate::edges::FolderHome::new(folder));
    app.phone = app.phone.beside(home(), Box::new(FixedClock(noon()))).unwrap();
    assert_eq!(app.ok("age", json!({}))["state"], "unreachable");
    app.phone = phone_at(folder, noon());
    assert_eq!(app.ok("age", json!({}))["state"], "fresh");
    app.phone = phone_at(folder, "2026-11-23T03:00:00Z".parse().unwrap());
    let age = app.ok("age", json!({}));
    assert_eq!((&age["state"], &age["issued"]["days_from_today"]), (&json!("stale"), &json!(-2)));
}

#[test]
fn a_sync_tells_how_far_it_is() {
    let app = App::joined();
    app.ok("forget_cache", json!({}));
    let mut events = Vec::new();
    let result =
        pollster::block_on(call(&app.phone, &app.town, "sync", json!({}), &mut |p| events.push(p))).unwrap();
    assert_eq!(result["changed"]["notices"], 3);
    let events = serde_json::to_value(&events).unwrap();
    let kinds = each(&events, "kind");
    assert_eq!((kinds[0].as_str(), kinds[kinds.len() - 1].as_str()), ("checking", "done"));
    let got = events.as_array().unwrap().iter().find(|e| e["kind"] == "got").unwrap();
    assert!(got["bytes"].is_u64() && got["total"].is_u64() && got["collection"].is_string());
}

#[test]
fn today_holds_what_counts_today() {
    let app = App::joined();
    app.ok("choose_garbage_area", json!({"id": "east"}));
    let today = app.ok("today", json!({}));
    assert_eq!((&today["town"]["name"], &today["now"]["date"]), (&json!("焼津市"), &json!("2026-11-21")));
    assert_eq!(each(&today["alerts"], "id"), ["x"]);
    let days = &today["garbage"]["days"];
    assert_eq!(
        (&days[0]["moment"]["days_from_today"], &days[0]["kinds"][0]["name"]),
        (&json!(0), &json!("燃やすごみ"))
    );
    assert_eq!((&days[1]["moment"]["weekday"], days.as_array().unwrap().len()), (&json!(7), 2));
    // The session of this morning is over; what began days ago is no longer soon.
    let soon: Vec<(String, String)> =
        each(&today["soon"], "kind").into_iter().zip(each(&today["soon"], "id")).collect();
    assert_eq!(soon, [("deadline".into(), "e".into()), ("event".into(), "e".into())]);
    assert_eq!(today["soon"][1]["moment"]["date"], "2026-11-29");
    assert_eq!(each(&today["new_notices"], "id"), ["a", "b", "c"]);
    assert_eq!((&today["unread"], &today["age"]["state"]), (&json!(3), &json!("fresh")));
}

#[test]
fn notices_are_listed_page_by_page_and_marked() {
    let app = App::joined();
    let first = app.ok("notices", json!({"limit": 2}));
    assert_eq!(
        (each(&first["rows"], "id"), &first["more"]),
        (vec!["a".to_string(), "b".into()], &json!(true))
    );
    let row = &first["rows"][0];
    assert_eq!(
        (&row["published"]["hour"], &row["published"]["days_from_today"], &row["expires"]),
        (&json!(10), &json!(0), &json!(null))
    );
    for args in [
        json!({"before": "b"}),
        json!({"before": "b", "search": "健診"}),
        json!({"segment": ["family", "senior"]}),
    ] {
        let next = app.ok("notices", args.clone());
        assert_eq!(
            (each(&next["rows"], "id"), &next["more"]),
            (vec!["c".to_string()], &json!(false)),
            "{args}"
        );
    }
    assert_eq!(app.code("notices", json!({"before": "gone"})), "no-notice");
    assert_eq!(each(&app.ok("notices", json!({"segment": "living"}))["rows"], "id"), ["a", "b"]);
    assert_eq!(
        app.ok("mark", json!({"id": "b", "as": "saved"})),
        json!({"id": "b", "read": false, "saved": true})
    );
    assert_eq!(app.ok("mark", json!({"id": "a", "as": "read"}))["read"], true);
    let ids = |args: Value| each(&app.ok("notices", args)["rows"], "id");
    assert_eq!(ids(json!({"saved": true})), ["b"]);
    assert!(ids(json!({"saved": true, "before": "b"})).is_empty());
    assert_eq!(ids(json!({"unread": true})), ["b", "c"]);
    assert_eq!(app.ok("mark", json!({"id": "a", "as": "unread"}))["read"], false);
    assert_eq!(app.ok("mark", json!({"id": "b", "as": "unsaved"}))["saved"], false);
    assert_eq!(app.code("mark", json!({"id": "z", "as": "read"})), "no-notice");
    app.ok("choose_segments", json!({"codes": ["family"]}));
    assert_eq!(
        (ids(json!({})), ids(json!({"hidden": true}))),
        (vec!["c".to_string()], vec!["a".to_string(), "b".into()])
    );
    assert_eq!(app.ok("notices", json!({}))["left_out"], 2);
}

#[test]
fn a_notice_speaks_the_language_that_was_asked_for_or_set() {
    let app = App::joined();
    let titled = |args: Value| {
        let notice = app.ok("notice", args)["notice"].clone();
        (notice["text"]["title"].as_str().unwrap().to_string(), notice["lang"].as_str().unwrap().to_string())
    };
    assert_eq!(titled(json!({"id": "a"})), ("断水のお知らせ".into(), "ja".into()));
    assert_eq!(titled(json!({"id": "a", "lang": "ja-easy"})), ("水が 出ません".into(), "ja-easy".into()));
    assert_eq!(titled(json!({"id": "a", "lang": "en"})).1, "ja");
    app.ok("set_settings", json!({"language": "ja-easy"}));
    assert_eq!(titled(json!({"id": "a"})).1, "ja-easy");
    assert_eq!(titled(json!({"id": "b"})).1, "ja");
    let shown = app.ok("notice", json!({"id": "a"}));
    assert_eq!(shown["notice"]["langs"], json!(["ja", "ja-easy"]));
    assert_eq!(shown["notice"]["corrections"][0]["at"]["hour"], 11);
    assert_eq!(
        (&shown["notice"]["attachments"][0]["path"], &shown["read"]),
        (&json!("files/koho/map.pdf"), &json!(false))
    );
    assert_eq!(shown.get("earlier"), None);
    assert_eq!(app.code("notice", json!({"id": "z"})), "no-notice");
}

#[test]
fn a_notice_that_changed_shows_its_words_from_before() {
    let mut app = App::joined();
    app.town.publish(&[(Notices, vec![notice("a", "断水は終わりました", 1)])]);
    app.ok("sync", json!({}));
    let earlier = app.ok("notice", json!({"id": "a"}))["earlier"].clone();
    assert_eq!(
        (&earlier["title"], &earlier["until"]["date"]),
        (&json!("断水のお知らせ"), &json!("2026-11-21"))
    );
    assert_eq!(earlier["body"][0]["t"], "paragraph");
}

#[test]
fn segments_tell_how_much_there_is_and_what_was_chosen() {
    let app = App::joined();
    let find = |rows: &Value, code: &str| {
        rows.as_array().unwrap().iter().find(|r| r["code"] == code).unwrap().clone()
    };
    let rows = app.ok("segments", json!({}));
    assert_eq!(find(&rows, "living"), json!({"code": "living", "chosen": false, "notices": 2}));
    assert_eq!(
        find(&rows, "living.tax"),
        json!({"code": "living.tax", "parent": "living", "chosen": false, "notices": 1})
    );
    let rows = app.ok("choose_segments", json!({"codes": ["living"]}));
    assert_eq!(find(&rows, "living")["chosen"], true);
    assert_eq!(app.ok("today", json!({}))["unread"], 2);
}

#[test]
fn alerts_hold_their_words_and_their_age() {
    let app = App::joined();
    let alert = app.ok("alerts", json!({}))[0].clone();
    assert_eq!(
        (&alert["level"], &alert["areas"], &alert["fresh"]),
        (&json!(4), &json!([{"name": "川原町"}]), &json!(true))
    );
    assert_eq!(
        (&alert["age_s"], &alert["issued"]["hour"], &alert["valid_until"]),
        (&json!(1800), &json!(11), &json!(null))
    );
    assert_eq!((&alert["text"]["title"], &alert["department"]), (&json!("避難指示"), &json!("防災課")));
    app.ok("set_settings", json!({"language": "en"}));
    assert_eq!(app.ok("alerts", json!({}))[0]["text"]["title"], "Evacuate");
}

#[test]
fn places_by_kind_by_word_and_by_distance() {
    let app = App::joined();
    let kinds = app.ok("kinds", json!({}));
    assert!(kinds.as_array().unwrap().contains(&json!({"kind": "aed", "name": "AED", "places": 2})));
    assert!(kinds.as_array().unwrap().contains(&json!({"kind": "消火栓", "name": "消火栓", "places": 1})));
    let near = app.ok("places", json!({"kind": "aed", "near": {"lat": 34.9, "lon": 138.3}, "limit": 1}));
    assert_eq!((each(&near["rows"], "id"), &near["more"]), (vec!["q".to_string()], &json!(true)));
    assert_eq!(near["rows"][0]["distance_m"], 0.0);
    assert_eq!(each(&app.ok("places", json!({"search": "市役所"}))["rows"], "id"), ["p"]);
    let place = app.ok("place", json!({"id": "p"}));
    assert_eq!((&place["kind_name"], &place["position"]["lat"]), (&json!("AED"), &json!(34.8)));
    assert_eq!(
        place["hours"]["week"],
        json!([{"weekday": 1, "open": "08:30", "close": "17:15"}, {"weekday": 7, "open": "09:00", "close": "12:00"}])
    );
    assert_eq!(app.code("place", json!({"id": "z"})), "no-place");
}

#[test]
fn events_stand_on_their_days() {
    let app = App::joined();
    let list = app.ok("events", json!({}));
    let days = list["days"].as_array().unwrap();
    let dates: Vec<&str> = days.iter().map(|day| day["moment"]["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2026-11-21", "2026-11-29"]);
    // What began on the 19th still runs today.
    assert_eq!(each(&days[0]["rows"], "session"), ["f-1", "e-2"]);
    assert_eq!(
        (&days[1]["rows"][0]["moment"]["hour"], &days[1]["rows"][0]["ends"]),
        (&json!(0), &json!(null))
    );
    assert_eq!((each(&list["undated"], "id"), &list["more"]), (vec!["g".to_string()], &json!(false)));
    let some = app.ok("events", json!({"from": "2026-11-19", "to": "2026-11-20", "limit": 1}));
    assert_eq!(
        (each(&some["days"][0]["rows"], "session"), &some["more"]),
        (vec!["f-1".to_string()], &json!(true))
    );
    let event = app.ok("event", json!({"id": "e"}));
    assert_eq!(
        (each(&event["sessions"], "id").len(), &event["apply_until"]["days_from_today"]),
        (3, &json!(4))
    );
    assert_eq!(app.code("event", json!({"id": "z"})), "no-event");
}

#[test]
fn garbage_days_follow_the_district() {
    let app = App::joined();
    assert_eq!(app.ok("garbage", json!({})), json!({"area": null, "days": []}));
    assert_eq!(app.code("choose_garbage_area", json!({"id": "north"})), "no-garbage-area");
    let areas = app.ok("choose_garbage_area", json!({"id": "east"}));
    assert_eq!(areas[0], json!({"id": "east", "name": "東部", "chosen": true}));
    let garbage = app.ok("garbage", json!({"days": 8}));
    assert_eq!(garbage["area"], json!({"id": "east", "name": "東部"}));
    let ahead: Vec<i64> = garbage["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["moment"]["days_from_today"].as_i64().unwrap())
        .collect();
    assert_eq!(ahead, [0, 1, 7]);
    assert_eq!(garbage["days"][0]["kinds"][0], json!({"name": "燃やすごみ", "color": "#ff0000"}));
    assert_eq!(each(&app.ok("garbage_item", json!({"search": "傘"})), "kind"), ["燃やさないごみ"]);
    assert_eq!(app.ok("garbage_item", json!({"search": "車"})), json!([]));
    app.ok("choose_garbage_area", json!({"id": null}));
    assert_eq!(each(&app.ok("garbage_areas", json!({})), "chosen"), ["false", "false"]);
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
fn a_file_of_a_notice_is_fetched_for_the_carrier() {
    let app = App::joined();
    let wanted = json!({"notice": "a", "path": "files/koho/map.pdf"});
    let file = json!({"file": "files/koho/map.pdf", "media_type": "application/pdf", "bytes": 4});
    assert_eq!(app.ok("attachment", wanted.clone()), file);
    let picture = json!({"notice": "b", "path": "files/koho/plan.png"});
    assert_eq!(app.ok("attachment", picture)["media_type"], "image/png");
    app.town.behave(Mode::Offline);
    assert_eq!(app.ok("attachment", wanted.clone()), file);
    let wanted: AttachmentQuery = serde_json::from_value(wanted).unwrap();
    let got = pollster::block_on(attachment_bytes(&app.phone, &app.town, &wanted)).unwrap();
    assert_eq!(got, AttachmentBytes { media_type: "application/pdf".into(), bytes: b"%PDF".to_vec() });
    // A file of the bundle that this notice does not name is none of its files.
    assert_eq!(app.code("attachment", json!({"notice": "b", "path": "files/koho/map.pdf"})), "no-attachment");
    assert_eq!(app.code("attachment", json!({"notice": "a", "path": "files/koho/x"})), "no-attachment");
    assert_eq!(app.code("attachment", json!({"notice": "z", "path": "files/koho/map.pdf"})), "no-notice");
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

#[test]
fn lists_speak_the_language_of_the_settings_where_the_town_does() {
    let app = App::joined();
    let row = |app: &App| {
        app.ok("notices", json!({}))["rows"].as_array().unwrap().iter().find(|r| r["id"] == "a").cloned()
    };
    assert_eq!(row(&app).unwrap()["lang"], "ja");
    app.ok("set_settings", json!({"language": "ja-easy"}));
    let easy = row(&app).unwrap();
    assert_eq!((&easy["title"], &easy["lang"]), (&json!("水が 出ません"), &json!("ja-easy")));
    assert_eq!(app.ok("today", json!({}))["new_notices"][0]["lang"].as_str().map(str::is_empty), Some(false));
}

#[test]
fn the_counter_tells_what_is_held_today_and_until_sunday() {
    let app = App::joined();
    let counter = app.ok("counter", json!({}));
    // Saturday: the course of today and the exhibition that runs; until Sunday the same two.
    assert_eq!((&counter["events_today"], &counter["events_week"]), (&json!(2), &json!(2)));
    app.ok("mark", json!({"id": "a", "as": "saved"}));
    assert_eq!(app.ok("today", json!({}))["saved"], 1);
}
