use super::*;
use crate::cache::tests as support;
use crate::places::{ListPlaces, list};
use proptest::prelude::*;
use serde_json::json;

fn town_with(places: &[(f64, f64, u8)]) -> (tempfile::TempDir, OpenTown) {
    let records: Vec<_> = places
        .iter()
        .enumerate()
        .map(|(i, (lat, lon, kind))| {
            let name = if i % 3 == 0 { "公民館" } else { "学校" };
            json!({"id": format!("{i:04}"), "kind": format!("k{kind}"), "name": name,
                "position": {"lat": lat, "lon": lon}})
        })
        .collect();
    support::open_with(&[(madoguchi_model::CollectionKind::Places, records)])
}

fn asked(open: &OpenTown, at: Position, kind: Option<u8>, search: Option<&str>, limit: usize) -> Vec<String> {
    let wanted = ListPlaces {
        kind: kind.map(|k| format!("k{k}")),
        near: Some(at),
        search: search.map(Into::into),
        limit,
    };
    list(open, &wanted).unwrap().rows.into_iter().map(|row| row.id).collect()
}

fn brute(
    places: &[(f64, f64, u8)],
    at: Position,
    kind: Option<u8>,
    search: bool,
    limit: usize,
) -> Vec<String> {
    let mut all: Vec<(f64, usize)> = places
        .iter()
        .enumerate()
        .filter(|(i, p)| kind.is_none_or(|k| k == p.2) && (!search || i % 3 == 0))
        .map(|(i, p)| (at.distance_m(&Position { lat: p.0, lon: p.1, approximate: false }), i))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all.into_iter().take(limit).map(|(_, i)| format!("{i:04}")).collect()
}

fn position() -> impl Strategy<Value = (f64, f64)> {
    prop_oneof![
        (34.8..34.9f64, 138.2..138.4f64),
        (24.0..46.0f64, 123.0..146.0f64),
        (-90.0..90.0f64, -180.0..180.0f64),
        // Around the poles and the 180th meridian.
        (89.9..90.0f64, -180.0..180.0f64),
        (-1.0..1.0f64, 179.9..180.0f64),
        (-1.0..1.0f64, -180.0..-179.9f64),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_nearest_are_those_that_measuring_all_would_find(
        places in prop::collection::vec((position(), 0u8..3), 0..120),
        points in prop::collection::vec(position(), 1..5),
        limit in 1usize..30,
        kind in prop::option::of(0u8..4),
    ) {
        let places: Vec<(f64, f64, u8)> = places.into_iter().map(|((lat, lon), k)| (lat, lon, k)).collect();
        let (_folder, open) = town_with(&places);
        for (lat, lon) in points {
            let at = Position { lat, lon, approximate: false };
            prop_assert_eq!(asked(&open, at, kind, None, limit), brute(&places, at, kind, false, limit));
            prop_assert_eq!(asked(&open, at, kind, Some("民"), limit), brute(&places, at, kind, true, limit));
        }
    }
}

#[test]
fn boxes_find_the_same_as_measuring_when_there_are_many() {
    // More than are measured one by one, on a grid with equal distances.
    let places: Vec<(f64, f64, u8)> =
        (0..2500).map(|i| (34.8 + f64::from(i / 50) * 0.002, 138.2 + f64::from(i % 50) * 0.002, 0)).collect();
    let (_folder, open) = town_with(&places);
    for (lat, lon) in [(34.85, 138.25), (34.8, 138.2), (35.5, 139.0), (-34.0, -40.0)] {
        let at = Position { lat, lon, approximate: false };
        assert_eq!(asked(&open, at, Some(0), None, 20), brute(&places, at, Some(0), false, 20));
        assert_eq!(asked(&open, at, Some(0), Some("民"), 20), brute(&places, at, Some(0), true, 20));
    }
}

#[test]
fn places_without_a_position_are_found_by_word_only() {
    let records = vec![json!({"id": "a", "kind": "aed", "name": "倉庫"})];
    let (_folder, open) = support::open_with(&[(madoguchi_model::CollectionKind::Places, records)]);
    let at = Position { lat: 34.8, lon: 138.2, approximate: false };
    assert!(
        list(&open, &ListPlaces { near: Some(at), limit: 5, ..Default::default() }).unwrap().rows.is_empty()
    );
    let found =
        list(&open, &ListPlaces { search: Some("倉庫".into()), limit: 5, ..Default::default() }).unwrap();
    assert_eq!((found.rows.len(), found.rows[0].lat, found.more), (1, None, false));
}

#[test]
fn a_reading_is_found_in_either_kana_and_by_half_width() {
    let records = vec![json!({"id": "a", "kind": "shelter", "name": "焼津中央", "kana": "ﾔｲﾂﾞﾁｭｳｵｳ",
        "details": [["備考", "備蓄倉庫あり"]]})];
    let (_folder, open) = support::open_with(&[(madoguchi_model::CollectionKind::Places, records)]);
    for typed in ["やいづ", "ヤイヅ", "ﾔｲﾂﾞ", "備蓄", "焼津　中央"] {
        let wanted = ListPlaces { search: Some(typed.into()), limit: 5, ..Default::default() };
        assert_eq!(list(&open, &wanted).unwrap().rows.len(), 1, "{typed}");
    }
    // By code or by the name that people know.
    for kind in ["shelter", "指定避難所"] {
        let wanted = ListPlaces { kind: Some(kind.into()), limit: 5, ..Default::default() };
        assert_eq!(list(&open, &wanted).unwrap().rows.len(), 1, "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// So many that not all are measured one by one.
    #[test]
    fn among_many_the_nearest_are_the_nearest(
        places in proptest::collection::vec((position(), 0..2u8), 1300..1400),
        points in proptest::collection::vec(position(), 12),
        limit in 1..12usize,
    ) {
        let places: Vec<(f64, f64, u8)> = places.into_iter().map(|((lat, lon), kind)| (lat, lon, kind)).collect();
        let (_home, open) = town_with(&places);
        for (lat, lon) in points {
            let at = Position { lat, lon, approximate: false };
            for kind in [None, Some(1)] {
                prop_assert_eq!(asked(&open, at, kind, None, limit), brute(&places, at, kind, false, limit));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    #[test]
    fn the_nearest_that_are_meant_are_those_of_a_plain_scan(
        places in proptest::collection::vec(position(), 0..120), at in position(), rare in 1usize..60, count in 1usize..9,
    ) {
        use madoguchi_model::{Hazard, PlaceKind};
        let meant = |i: usize| i.is_multiple_of(rare);
        let records: Vec<_> = places
            .iter()
            .enumerate()
            .map(|(i, (lat, lon))| {
                let valid: &[&str] = if meant(i) { &["flood", "volcano"] } else { &["flood"] };
                // A word that only looks like it.
                json!({"id": format!("{i:04}"), "kind": PlaceKind::EMERGENCY_SITE, "name": "学校", "category": "volcano",
                    "position": {"lat": lat, "lon": lon}, "valid_for": valid})
            })
            .collect();
        let (_folder, open) = support::open_with(&[(madoguchi_model::CollectionKind::Places, records)]);
        let at = Position { lat: at.0, lon: at.1, approximate: false };
        let found = crate::places::nearest_meant(&open, at, Hazard::Volcano, count).unwrap();
        let all: Vec<_> = places.iter().map(|(lat, lon)| (*lat, *lon, 0)).collect();
        let plain = brute(&all, at, None, false, places.len());
        let plain: Vec<_> = plain.into_iter().filter(|id| meant(id.parse().unwrap())).take(count).collect();
        let dangers = [Hazard::Flood, Hazard::Volcano].into_iter().take(places.len().min(2));
        prop_assert_eq!(crate::places::fled_from(&open).unwrap(), if places.is_empty() { vec![] } else { dangers.collect() });
        prop_assert_eq!(found.into_iter().map(|row| row.id).collect::<Vec<_>>(), plain);
    }
}
