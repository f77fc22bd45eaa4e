//! Towns are joined, chosen, synced and left.

use super::*;

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
