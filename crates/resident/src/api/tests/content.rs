//! What a town said, as the screens are told it.

use super::*;

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
