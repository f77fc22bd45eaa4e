use madoguchi_hazard::pack::{Zone, build};
use madoguchi_hazard::{Point, Polygon};
use madoguchi_model::CollectionKind::{Hazards, Map, Places};

use super::*;
use crate::edges::MemoryKeys;

/// A deep square around 34.5, 138.5, in a surveyed one that is five times as wide.
fn flood(class: u8) -> Vec<u8> {
    let square = |half: f64| {
        let at = |lat: f64, lon: f64| Point::of_degrees(34.5 + lat * half, 138.5 + lon * half).unwrap();
        Polygon { outer: vec![at(-1., -1.), at(-1., 1.), at(1., 1.), at(1., -1.)], holes: Vec::new() }
    };
    build(2, vec![Zone { class, polygon: square(0.01) }], &[square(0.05)]).unwrap().bytes
}

fn publish(town: &mut FakeTown, class: u8) {
    let classes = json!([{"code": "0.5-3", "label": "0.5～3m", "min_m": 0.5, "max_m": 3.0},
        {"code": "3-5", "label": "3～5m", "min_m": 3.0, "max_m": 5.0}]);
    let layer = json!({"id": "flood", "layer": "river-flood", "scenario": "想定最大規模", "classes": classes,
        "survey_year": 2023, "pack": "packs/koho/flood.zst", "bytes": 999, "bounds": [34.4, 138.4, 34.6, 138.6]});
    let site = |id: &str, lat: f64| {
        json!({"id": id, "kind": "emergency-site", "name": id, "position": {"lat": lat, "lon": 138.5},
            "valid_for": ["earthquake", "flood"]})
    };
    town.packs.insert("packs/koho/flood.zst".into(), flood(class));
    town.publish(&[
        (Hazards, vec![layer]),
        (Map, vec![
            json!({"record": "block", "id": "b", "name": "川原町三丁目", "names": {"en": "Kawaramachi 3"}, "lat": 34.5, "lon": 138.5}),
            json!({"record": "border", "id": "t", "rings": [[[138.4, 34.4], [138.6, 34.4], [138.6, 34.6], [138.4, 34.6]]]}),
        ]),
        (Places, vec![site("川原公園", 34.501), site("緑ヶ丘小学校", 34.53)]),
    ]);
}

fn app() -> App {
    let App { folder, mut town, phone } = App::new();
    publish(&mut town, 0);
    let app = App { folder, town, phone: phone.with_keys(Box::new(MemoryKeys::default())) };
    assert_eq!(app.ok("join", json!({"address": BASE}))["state"], "joined");
    app
}

#[test]
fn packs_come_when_the_resident_has_said_so_and_their_size_is_told_before() {
    let app = app();
    let map = app.ok("map", Value::Null);
    assert!(map["missing_bytes"].as_u64().unwrap() > 100, "{map}");
    assert_eq!(
        (&map["layers"][0]["ready"], &map["wanted"], &map["base"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
    assert_eq!(map["town"]["bounds"], json!([34.4, 138.4, 34.6, 138.6]));
    // Told also without a layer of it.
    assert_eq!(map["dangers"], json!(["flood", "earthquake"]));
    let here = json!({"lat": 34.5, "lon": 138.5});
    assert_eq!(app.ok("hazard_at", here.clone())["layers"][0]["state"], "missing");

    // Nobody knows what the network costs, or it costs by the byte, or they are not wanted: no pack comes with a sync.
    for metered in [Value::Null, json!({"metered": true})] {
        assert!(app.ok("sync", metered).get("packs").is_none());
    }
    app.ok("set_maps", json!({"maps": "never"}));
    assert!(app.ok("sync", json!({"metered": false})).get("packs").is_none());
    app.ok("set_maps", json!({"maps": "wifi"}));
    assert!(app.ok("sync", json!({"metered": true})).get("packs").is_none());
    assert_eq!(app.ok("sync", json!({"metered": false}))["packs"]["fetched"], 1);
    let map = app.ok("map", Value::Null);
    assert_eq!((&map["missing_bytes"], &map["layers"][0]["ready"]), (&json!(0), &json!(true)));
    assert_eq!(
        (&map["newer"], app.ok("fetch_packs", Value::Null)["ready"].as_u64()),
        (&json!(false), Some(1))
    );
}

#[test]
fn who_has_said_nothing_gets_packs_where_they_cost_nothing() {
    let app = app();
    assert!(app.ok("map", Value::Null)["wanted"].is_null());
    assert_eq!(app.ok("sync", json!({"metered": false}))["packs"]["fetched"], 1);
}

#[test]
fn a_map_for_a_newer_app_is_told_and_its_size_is_not() {
    let mut app = app();
    let layer = json!({"id": "flood", "layer": "river-flood", "classes": [], "pack": "packs/koho/flood.zst", "bytes": 999,
        "format": madoguchi_hazard::pack::FORMAT + 1, "bounds": [34.4, 138.4, 34.6, 138.6]});
    app.town.publish(&[(Hazards, vec![layer])]);
    app.ok("sync", Value::Null);
    let map = app.ok("map", Value::Null);
    assert_eq!(
        (&map["newer"], &map["missing_bytes"], &map["layers"][0]["ready"]),
        (&json!(true), &json!(0), &json!(false))
    );
    assert_eq!(app.ok("hazard_at", json!({"lat": 34.5, "lon": 138.5}))["layers"][0]["state"], "newer");
}

#[test]
fn a_spot_is_found_and_told_what_can_happen_there() {
    let app = app();
    app.ok("fetch_packs", Value::Null);
    let found = app.ok("find_spot", json!({"q": "川原町3丁目"}));
    assert_eq!((&found[0]["kind"], &found[0]["name"]), (&json!("block"), &json!("川原町三丁目")));
    assert_eq!(app.ok("find_spot", json!({"q": "緑ヶ丘"}))[0]["kind"], "place");
    assert_eq!(app.ok("find_spot", json!({"q": " "})), json!([]));

    let told = app.ok("hazard_at", json!({"lat": 34.5, "lon": 138.5}));
    let layer = &told["layers"][0];
    assert_eq!(
        (&layer["state"], &layer["code"], &layer["max_m"]),
        (&json!("inside"), &json!("0.5-3"), &json!(3.0))
    );
    assert_eq!(layer["means"], json!({"code": "first-floor", "advice": "stay-upstairs-possible"}));
    assert_eq!(
        (&told["spot"]["block"]["name"], &told["spot"]["in_town"]),
        (&json!("川原町三丁目"), &json!(true))
    );
    // What the town has no map of is named, so that silence is not taken for safety.
    let missing = told["not_surveyed"].as_array().unwrap();
    assert!(missing.contains(&json!("tsunami")) && !missing.contains(&json!("river-flood")), "{told}");
    app.ok("set_settings", json!({"language": "en"}));
    let outside = app.ok("hazard_at", json!({"lat": 34.52, "lon": 138.5}));
    assert_eq!(outside["spot"]["block"]["name"], "Kawaramachi 3");
    let layer = &outside["layers"][0];
    assert_eq!((&layer["state"], &layer["edge"]["heading"]), (&json!("outside"), &json!("s")));

    let sites = app.ok("sites", json!({"lat": 34.5, "lon": 138.5, "hazard": "flood"}));
    assert_eq!(each(&sites["sites"], "name"), ["緑ヶ丘小学校", "川原公園"]);
    assert_eq!(sites["sites"][1]["inside"]["there"]["code"], "0.5-3");
    assert_eq!(sites["ways_known"], false);
}

#[test]
fn a_place_of_ones_own_has_a_card_and_says_when_its_danger_changed() {
    let mut app = app();
    app.ok("fetch_packs", Value::Null);
    let home = json!({"role": "home", "name": "うち", "lat": 34.5, "lon": 138.5});
    let kept = app.ok("save_my_place", home);
    assert_eq!((&kept["places"][0]["changed"], &kept["locked"]), (&json!(false), &Value::Null));
    let id = kept["places"][0]["id"].clone();
    assert_eq!(app.ok("find_spot", json!({"q": "うち"}))[0]["kind"], "saved");

    publish(&mut app.town, 1);
    app.ok("sync", Value::Null);
    // The pack that is here still says what it said.
    assert_eq!(app.ok("my_places", Value::Null)["places"][0]["changed"], false);
    app.ok("fetch_packs", Value::Null);
    assert_eq!(app.ok("my_places", Value::Null)["places"][0]["changed"], true);
    let card = app.ok("hazard_card", json!({ "id": id }));
    assert_eq!((&card["place"]["changed"], &card["at"]["layers"][0]["code"]), (&json!(true), &json!("3-5")));
    assert_eq!(card["sites"]["flood"]["sites"][0]["name"], "緑ヶ丘小学校");
    assert!(card["sites"].get("earthquake").is_some());
    // Once seen, it is no news.
    assert_eq!(app.ok("my_places", Value::Null)["places"][0]["changed"], false);

    assert_eq!(app.ok("delete_my_place", json!({ "id": id }))["places"], json!([]));
    assert_eq!(app.code("hazard_card", json!({ "id": id })), "no-my-place");
}

#[test]
fn the_plan_is_kept_whole() {
    let app = app();
    assert_eq!(app.ok("timeline", Value::Null), json!({"rows": [], "kept": false, "locked": null}));
    let row = json!({"id": "1", "level": 3, "who": "祖母", "what": "出かける"});
    let kept = app.ok("save_timeline", json!({"rows": [row]}));
    assert_eq!((&kept["rows"][0], &kept["kept"]), (&row, &json!(true)));
    assert_eq!(app.ok("timeline", Value::Null)["rows"][0], row);
    assert_eq!(app.ok("forget_timeline", Value::Null)["kept"], false);
}
