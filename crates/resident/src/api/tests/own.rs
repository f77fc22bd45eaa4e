use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use madoguchi_hazard::pack::{Zone, build};
use madoguchi_hazard::{Point, Polygon};
use madoguchi_model::CollectionKind::Hazards;

use super::*;
use crate::edges::{Key, KeyError, KeyStore, MemoryKeys};

const PACK: &str = "packs/koho/flood.zst";

/// The town with a map of floods: around 34.86, 138.32 it is as deep as `class` says.
pub(super) fn publish(town: &mut FakeTown, class: u8) {
    let at = |lat, lon| Point::of_degrees(lat, lon).unwrap();
    let around = |far: f64| Polygon {
        outer: vec![
            at(34.86 - far, 138.32 - far),
            at(34.86 - far, 138.32 + far),
            at(34.86 + far, 138.32 + far),
            at(34.86 + far, 138.32 - far),
        ],
        holes: Vec::new(),
    };
    let pack = build(2, vec![Zone { class, polygon: around(0.01) }], &[around(0.1)]).unwrap();
    town.packs.insert(PACK.into(), pack.bytes.clone());
    let classes = json!([{"code": "0-0.5", "label": "0.5m未満", "min_m": 0.0, "max_m": 0.5},
        {"code": "3-5", "label": "3.0m以上5.0m未満", "min_m": 3.0, "max_m": 5.0}]);
    let record = json!({"id": "flood", "layer": "river-flood", "classes": classes, "pack": PACK,
        "bytes": pack.bytes.len(), "bounds": [34.76, 138.22, 34.96, 138.42]});
    let mut all = collections();
    all.push((Hazards, vec![record]));
    town.publish(&all);
}

/// A phone that can keep documents, in a town with a map, which it fetches with every sync.
fn with_a_map() -> App {
    let mut app = App::keeping();
    publish(&mut app.town, 0);
    app.ok("join", json!({"address": BASE}));
    app.ok("set_maps", json!({"maps": "always"}));
    app
}

fn save(app: &App, role: &str, lat: f64) {
    app.ok("save_my_place", json!({"role": role, "name": role, "lat": lat, "lon": 138.32}));
}

fn bring_edition(app: &mut App, class: u8) {
    publish(&mut app.town, class);
    assert_eq!(app.ok("sync", json!({}))["packs"]["fetched"], 1);
}

fn changed(app: &App) -> Vec<String> {
    each(&app.ok("today", json!({}))["changed_places"], "id")
}

#[test]
fn a_map_that_changed_at_a_place_of_mine_is_told_until_its_card_was_opened() {
    let mut app = with_a_map();
    app.ok("sync", json!({}));
    save(&app, "home", 34.86);
    save(&app, "work", 34.90);
    assert!(changed(&app).is_empty());
    bring_edition(&mut app, 1);
    let told = json!([{"id": "p1", "name": "home", "role": "home"}]);
    // Who only looks at the first screen has not seen it yet.
    assert_eq!(app.ok("today", json!({}))["changed_places"], told);
    assert_eq!(app.ok("today", json!({}))["changed_places"], told);
    let card = app.ok("hazard_card", json!({"id": "p1"}));
    assert_eq!((&card["place"]["changed"], &card["at"]["layers"][0]["code"]), (&json!(true), &json!("3-5")));
    assert!(changed(&app).is_empty());
    assert_eq!(app.ok("hazard_card", json!({"id": "p1"}))["place"]["changed"], false);
}

#[test]
fn a_place_saved_before_there_was_a_map_is_looked_at_once_and_told_of_from_then_on() {
    let mut app = with_a_map();
    save(&app, "home", 34.86);
    assert!(changed(&app).is_empty());
    app.ok("sync", json!({}));
    // The first map is no change.
    assert!(changed(&app).is_empty());
    bring_edition(&mut app, 1);
    assert_eq!(changed(&app), ["p1"]);
}

#[test]
fn a_pack_that_is_gone_for_a_while_is_no_change_and_hides_none() {
    let mut app = with_a_map();
    app.ok("sync", json!({}));
    save(&app, "home", 34.86);
    let lose = |app: &App| app.phone.with_town(None, |open| Ok(open.cache.drop_pack(PACK)?)).unwrap();
    lose(&app);
    app.ok("hazard_card", json!({"id": "p1"}));
    assert!(changed(&app).is_empty());
    app.ok("sync", json!({}));
    assert!(changed(&app).is_empty());
    lose(&app);
    app.ok("hazard_card", json!({"id": "p1"}));
    bring_edition(&mut app, 1);
    assert_eq!(changed(&app), ["p1"]);
}

/// Counts how often a key is looked for: some systems ask the resident each time.
#[derive(Default)]
struct Counted {
    keys: MemoryKeys,
    asked: AtomicUsize,
}

impl KeyStore for Counted {
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError> {
        self.asked.fetch_add(1, SeqCst);
        self.keys.find(name)
    }
    fn make(&self, name: &str) -> Result<Key, KeyError> {
        self.keys.make(name)
    }
    fn forget(&self, name: &str) -> Result<(), KeyError> {
        self.keys.forget(name)
    }
}

#[test]
fn who_has_no_places_is_asked_for_no_key_on_the_first_screen() {
    let mut app = App::new();
    let keys = Arc::new(Counted::default());
    app.phone = app.phone.with_keys(Box::new(Arc::clone(&keys)));
    publish(&mut app.town, 0);
    app.ok("join", json!({"address": BASE}));
    app.ok("today", json!({}));
    assert_eq!(keys.asked.load(SeqCst), 0);
    save(&app, "home", 34.86);
    let before = keys.asked.load(SeqCst);
    app.ok("today", json!({}));
    assert!(keys.asked.load(SeqCst) > before);
}
