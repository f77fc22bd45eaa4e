use madoguchi_hazard::pack::{Zone, build};
use madoguchi_hazard::roads::{self, Way as Street, WayKind};
use madoguchi_hazard::{Point, Polygon};
use madoguchi_model::{CollectionKind, Hazard, HazardKind};
use serde_json::{Value, json};

use super::*;
use crate::cache::NewPack;
use crate::cache::tests::open_with;
use crate::shelters::Crowding;
use crate::{Error, OpenTown};

fn spot(lat: f64, lon: f64) -> Position {
    Position { lat, lon, approximate: false }
}

fn wanted(danger: Hazard) -> SitesWanted {
    SitesWanted { at: spot(34.5, 138.5), danger, now: "2026-11-21T00:00:00Z".parse().unwrap(), limit: 5 }
}

fn square(south: f64, west: f64, north: f64, east: f64) -> Polygon {
    let at = |lat, lon| Point::of_degrees(lat, lon).unwrap();
    Polygon {
        outer: vec![at(south, west), at(south, east), at(north, east), at(north, west)],
        holes: Vec::new(),
    }
}

fn record(id: &str, layer: &str, classes: Value) -> Value {
    json!({"id": id, "layer": layer, "scenario": "想定最大規模", "classes": classes, "survey_year": 2023,
        "surveyor": "静岡県", "pack": format!("packs/koho/{id}.zst"), "bytes": 1, "bounds": [0, 0, 1, 1]})
}

fn depths() -> Value {
    json!([{"code": "0-0.5", "label": "0.5m未満", "min_m": 0.0, "max_m": 0.5},
        {"code": "3-5", "label": "3.0m以上5.0m未満", "min_m": 3.0, "max_m": 5.0}])
}

fn site(id: &str, kind: &str, lat: f64, lon: f64, valid: &[&str]) -> Value {
    json!({"id": id, "kind": kind, "name": id, "position": {"lat": lat, "lon": lon}, "valid_for": valid})
}

/// A town with a deep zone in the middle, a dry school beyond it, a school in the zone, and one for earthquakes only.
fn town() -> (tempfile::TempDir, OpenTown) {
    let (folder, open) = open_with(&[
        (
            CollectionKind::Hazards,
            vec![
                record("flood", "river-flood", depths()),
                record("wave", "tsunami", depths()),
                record("new", "lava-flow", json!([])),
            ],
        ),
        (
            CollectionKind::Map,
            vec![
                json!({"record": "block", "id": "b1", "name": "川原町三丁目", "lat": 34.5, "lon": 138.5}),
                json!({"record": "roads", "id": "r", "pack": "packs/koho/roads.zst", "bytes": 1, "bounds": [0, 0, 1, 1]}),
            ],
        ),
        (
            CollectionKind::Places,
            vec![
                site("緑ヶ丘", "emergency-site", 34.530, 138.500, &["flood", "earthquake"]),
                site("川原", "emergency-site", 34.501, 138.501, &["flood"]),
                site("広場", "emergency-site", 34.5001, 138.4999, &["earthquake"]),
                site("体育館", "shelter", 34.540, 138.500, &[]),
            ],
        ),
    ]);
    let zones = vec![
        Zone { class: 0, polygon: square(34.49, 138.49, 34.51, 138.51) },
        Zone { class: 1, polygon: square(34.495, 138.495, 34.505, 138.505) },
    ];
    let flood = build(2, zones, &[square(34.4, 138.4, 34.6, 138.6)]).unwrap();
    keep(&open, "flood", &record("flood", "river-flood", depths()), &flood.bytes);
    (folder, open)
}

fn keep(open: &OpenTown, id: &str, line: &Value, raw: &[u8]) {
    let (path, line) = (format!("packs/koho/{id}.zst"), line.to_string());
    let source = r#"{"file": "flood.geojson", "title": "洪水", "license": "CC BY 4.0"}"#;
    let new = NewPack { path: &path, raw_sha256: id, raw, line: &line, source };
    open.cache.keep_pack(&new, &[]).unwrap();
}

fn street(from: (f64, f64), to: (f64, f64), name: &str) -> Street {
    let at = |(lat, lon): (f64, f64)| Point::of_degrees(lat, lon).unwrap();
    let kind = WayKind::of_highway("residential", |_| None, false).unwrap();
    Street { points: vec![at(from), at(to)], kind, name: Some(name.into()) }
}

#[test]
fn a_point_is_told_what_each_layer_says_and_never_that_it_is_safe() {
    let (_folder, open) = town();
    let says = |lat, lon| at(&open, spot(lat, lon)).unwrap().remove(0);

    let inside = says(34.5, 138.5);
    let (rank, class) = inside.class.clone().unwrap();
    assert_eq!((inside.state, rank, class.code.as_str()), (LayerState::Inside, 1, "3-5"));
    assert_eq!((inside.survey_year, inside.surveyor.as_deref()), (Some(2023), Some("静岡県")));
    assert_eq!(inside.source.title.as_deref(), Some("洪水"));
    // Nothing is worse than the worst.
    assert_eq!(inside.edge, None);

    let shallow = says(34.5, 138.508);
    let edge = shallow.edge.unwrap();
    assert_eq!((shallow.class.unwrap().0, edge.class.code.as_str()), (0, "3-5"));
    assert!((250.0..300.0).contains(&edge.distance_m), "{}", edge.distance_m);
    assert_eq!(edge.heading.unwrap().code(), "w");

    let outside = says(34.52, 138.5);
    assert_eq!((outside.state, outside.class.is_none()), (LayerState::Outside, true));
    assert_eq!(outside.edge.unwrap().heading.unwrap().code(), "s");
    assert_eq!(says(34.7, 138.5).state, LayerState::NotSurveyed);

    // The second layer's pack is not here; a kind that this version does not know is left out.
    let all = at(&open, spot(34.5, 138.5)).unwrap();
    let states: Vec<_> = all.iter().map(|layer| (layer.layer, layer.state)).collect();
    let expected = [(HazardKind::RiverFlood, LayerState::Inside), (HazardKind::Tsunami, LayerState::Missing)];
    assert_eq!(states, expected);
}

#[test]
fn a_layer_surveyed_in_the_whole_town_knows_no_more_than_the_towns_area_that_is_here() {
    let mut flood = record("flood", "river-flood", depths());
    flood["surveyed"] = json!("town");
    let area =
        json!({"record": "area", "id": "area", "pack": "packs/koho/area.zst", "format": 2, "bytes": 1});
    let (_folder, open) = open_with(&[
        (CollectionKind::Hazards, vec![flood.clone()]),
        (CollectionKind::Map, vec![area.clone()]),
    ]);
    let zones = vec![Zone { class: 0, polygon: square(34.49, 138.49, 34.51, 138.51) }];
    keep(&open, "flood", &flood, &build(2, zones, &[]).unwrap().bytes);
    let state = |lat| at(&open, spot(lat, 138.5)).unwrap().remove(0).state;
    // Not "nobody has looked": where somebody looked is not known yet.
    assert_eq!((state(34.5), state(34.55)), (LayerState::Inside, LayerState::Missing));
    keep(&open, "area", &area, b"no pack at all");
    assert_eq!((state(34.5), state(34.55)), (LayerState::Inside, LayerState::Damaged));
    assert_eq!(state(34.55), LayerState::Missing, "a damaged one makes room for a new one");
    let town = build(1, Vec::new(), &[square(34.4, 138.4, 34.6, 138.6)]).unwrap();
    keep(&open, "area", &area, &town.bytes);
    assert_eq!(
        [34.5, 34.55, 34.7].map(state),
        [LayerState::Inside, LayerState::Outside, LayerState::NotSurveyed]
    );
}

#[test]
fn a_damaged_pack_says_so_and_makes_room_for_a_new_one() {
    let (_folder, open) = town();
    keep(&open, "wave", &record("wave", "tsunami", depths()), b"not a pack at all");
    let state = |open: &OpenTown| at(open, spot(34.5, 138.5)).unwrap().remove(1).state;
    assert_eq!((state(&open), state(&open)), (LayerState::Damaged, LayerState::Missing));
}

#[test]
fn a_pack_for_a_newer_app_is_told_so_only_where_none_is_here() {
    let newer = |id: &str, kind: &str| {
        let mut line = record(id, kind, depths());
        line["format"] = json!(madoguchi_hazard::pack::FORMAT + 1);
        line
    };
    let lines = vec![newer("flood", "river-flood"), newer("wave", "tsunami")];
    let (_folder, open) = open_with(&[(CollectionKind::Hazards, lines)]);
    let zones = vec![Zone { class: 1, polygon: square(34.4, 138.4, 34.6, 138.6) }];
    keep(&open, "flood", &record("flood", "river-flood", depths()), &build(2, zones, &[]).unwrap().bytes);
    let states =
        || -> Vec<_> { at(&open, spot(34.5, 138.5)).unwrap().into_iter().map(|layer| layer.state).collect() };
    assert_eq!(states(), [LayerState::Inside, LayerState::Newer]);
    // One that cannot be read is not thrown away where no sync could bring it again: a newer app reads it.
    keep(&open, "wave", &newer("wave", "tsunami"), b"MADOHAZ1 of a format to come");
    for _ in 0..2 {
        assert_eq!(states(), [LayerState::Inside, LayerState::Newer]);
    }
    assert_eq!(classes(&open, &[spot(34.5, 138.5)]).unwrap()[0]["wave"], None);
    assert!(open.cache.packs().unwrap().contains_key("packs/koho/wave.zst"));
}

#[test]
fn one_flees_to_what_is_meant_for_the_danger_and_does_not_lie_in_it() {
    let (_folder, open) = town();
    let from = |danger| sites(&open, wanted(danger)).unwrap();
    let names = |list: &SiteList| list.sites.iter().map(|site| site.place.name.clone()).collect::<Vec<_>>();

    let flood = from(Hazard::Flood);
    assert_eq!(names(&flood), ["緑ヶ丘", "川原"]);
    let inside = flood.sites[1].inside.as_ref().unwrap();
    assert_eq!((inside.0, inside.1.code.as_str()), (HazardKind::RiverFlood, "3-5"));
    assert!(!flood.ways_known && flood.sites[0].way.is_none());
    assert_eq!(flood.sites[0].heading.unwrap().code(), "n");
    // Where to stay afterwards is another thing.
    assert_eq!(flood.shelters[0].place.name, "体育館");

    let quake = from(Hazard::Earthquake);
    assert_eq!(names(&quake), ["広場", "緑ヶ丘"]);
    assert!(from(Hazard::Volcano).sites.is_empty());
}

#[test]
fn a_tower_in_the_wave_is_told_first_and_a_near_site_in_the_flood_is_told_at_all() {
    let schools = (0..6).map(|n| {
        site(
            &format!("学校{n}"),
            "emergency-site",
            34.53 + 0.001 * f64::from(n),
            138.5,
            &["tsunami", "flood"],
        )
    });
    let near = site("塔", "emergency-site", 34.5001, 138.5, &["tsunami", "flood"]);
    let far = site("浜の家", "emergency-site", 34.4951, 138.4951, &["flood"]);
    let layers = ["wave", "flood"]
        .map(|id| record(id, if id == "wave" { "tsunami" } else { "river-flood" }, depths()));
    let (_folder, open) = open_with(&[
        (CollectionKind::Hazards, layers.to_vec()),
        (CollectionKind::Places, schools.chain([near, far]).collect()),
    ]);
    let zones = vec![Zone { class: 1, polygon: square(34.495, 138.495, 34.505, 138.505) }];
    let pack = build(2, zones, &[]).unwrap();
    for layer in &layers {
        keep(&open, layer["id"].as_str().unwrap(), layer, &pack.bytes);
    }
    let names = |danger, limit| -> Vec<_> {
        let list = sites(&open, SitesWanted { limit, ..wanted(danger) }).unwrap();
        list.sites.into_iter().map(|site| (site.place.name, site.inside.is_some())).collect()
    };
    let dry = |n: u8| (format!("学校{n}"), false);
    let wet = |name: &str| (name.to_owned(), true);
    // No time to go round: the tower, though it stands in the wave, and that is said.
    assert_eq!(names(Hazard::Tsunami, 3), [wet("塔"), dry(0), dry(1)]);
    // Water rises slowly enough to walk out of it; who cannot must know of what is near.
    assert_eq!(names(Hazard::Flood, 3), [dry(0), dry(1), wet("塔")]);
    assert_eq!(names(Hazard::Flood, 1), [dry(0)]);
    assert_eq!(names(Hazard::Flood, 20).len(), 8);
}

#[test]
fn the_town_says_which_are_open_and_those_come_first_among_the_shelters() {
    let told = |people: u32, at: &str| json!({"open": true, "people": people, "as_of": at});
    let mut gym = site("体育館", "open-shelter", 34.540, 138.500, &[]);
    gym["id"] = json!("open-shelter:1");
    gym["status"] = told(9, "2026-11-20T21:00:00Z");
    let mut hall = site("寄合い処", "open-shelter", 34.502, 138.500, &[]);
    hall["status"] = told(3, "2026-11-20T21:00:00Z");
    hall["capacity"] = json!(10);
    let mut school = site("緑ヶ丘", "open-shelter", 34.530, 138.500, &[]);
    school["id"] = json!("open-shelter:2");
    school["status"] = told(3, "2026-11-19T21:00:00Z");
    let (_folder, open) = open_with(&[(
        CollectionKind::Places,
        vec![
            site("緑ヶ丘", "emergency-site", 34.530, 138.500, &["earthquake"]),
            site("体育館", "shelter", 34.540, 138.500, &[]),
            site("会館", "shelter", 34.5005, 138.500, &[]),
            gym,
            hall,
            school,
        ],
    )]);
    let list = sites(&open, wanted(Hazard::Earthquake)).unwrap();
    let shelters: Vec<_> = list.shelters.iter().map(|s| (s.place.name.as_str(), s.told.is_some())).collect();
    assert_eq!(shelters, [("寄合い処", true), ("体育館", true), ("会館", false)]);
    assert_eq!(list.shelters[0].told.unwrap().crowding, Crowding::Room);
    assert_eq!(list.shelters[1].place.kind.as_str(), "shelter");
    // Told a day and more ago.
    let old = list.sites[0].told.unwrap();
    assert!(old.open && !old.current && old.crowding == Crowding::Unknown);
    assert_eq!(list.open_as_of.unwrap().to_string(), "2026-11-20T21:00:00Z");
}

#[test]
fn a_way_leads_along_the_streets_and_says_where_it_is_wet() {
    let (_folder, open) = town();
    let streets = [
        street((34.5, 138.5), (34.515, 138.5), "中央通り"),
        street((34.515, 138.5), (34.53, 138.5), "中央通り"),
    ];
    let bytes = roads::build(&streets).unwrap();
    let line = json!({"record": "roads", "id": "r", "pack": "packs/koho/roads.zst", "bytes": 1, "bounds": [0, 0, 1, 1]});
    keep(&open, "roads", &line, &bytes);
    let list = sites(&open, wanted(Hazard::Flood)).unwrap();
    let way = list.sites[0].way.as_ref().unwrap();
    assert!(list.ways_known && (3_330.0..3_345.0).contains(&way.distance_m), "{}", way.distance_m);
    assert_eq!((way.minutes, way.legs.len()), (42, 1));
    assert_eq!(way.legs[0].name.as_deref(), Some("中央通り"));
    // From the middle to the zone's edge, to within a piece of the search.
    assert!((1_050.0..1_180.0).contains(&way.wet_m), "{}", way.wet_m);
    assert!(way.zones_known);

    // The same where it opens, and a page of it cannot be read: its start is one thing, its tree another.
    let many = (0..2_000).map(|n: u32| {
        let (lat, lon) = (34.4 + f64::from(n % 50) * 0.004, 138.4 + f64::from(n / 50) * 0.004);
        Zone { class: 0, polygon: square(lat, lon, lat + 0.001, lon + 0.001) }
    });
    let mut damaged = build(2, many.collect(), &[]).unwrap().bytes;
    let end = damaged.len() - 100;
    damaged[end] ^= 1;
    keep(&open, "flood", &record("flood", "river-flood", depths()), &damaged);
    let list = sites(&open, wanted(Hazard::Flood)).unwrap();
    assert!(list.sites.iter().filter_map(|site| site.way.as_ref()).all(|way| !way.zones_known));

    // Where a zone's pack is gone, a way may have no wet metres and is not called dry.
    open.cache.drop_pack("packs/koho/flood.zst").unwrap();
    let list = sites(&open, wanted(Hazard::Flood)).unwrap();
    let way = list.sites.iter().find_map(|site| site.way.as_ref()).unwrap();
    assert_eq!((way.wet_m, way.zones_known), (0.0, false));
}

#[test]
fn tiles_are_cut_where_there_is_a_pack() {
    let (_folder, open) = town();
    // The tile of zoom 10 around 34.5, 138.5, and its neighbour to the east.
    let wanted = |source: &str, x| TileOf { source: source.into(), z: 10, x, y: 407 };
    assert!(!tile(&open, &wanted("flood", 905)).unwrap().is_empty());
    assert!(tile(&open, &wanted("flood", 907)).unwrap().is_empty());
    for none in ["base", "wave", "nothing"] {
        assert!(matches!(tile(&open, &wanted(none, 905)), Err(Error::NotFound { .. })), "{none}");
    }
    assert!(tile(&open, &TileOf { z: 40, ..wanted("flood", 905) }).is_err());
}
