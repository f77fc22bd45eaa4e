use jiff::Timestamp;
use madoguchi_model::CollectionKind;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::cache::tests::open_with;

/// Eleven metres north.
const STEP: f64 = 0.0001;

fn hour(hour: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + hour * 3600).unwrap()
}

fn spot(lat: f64, lon: f64) -> Position {
    Position { lat, lon, approximate: false }
}

fn known(id: &str, name: &str, steps: f64) -> Value {
    let kind = id.split_once(':').unwrap().0;
    json!({"id": id, "kind": kind, "name": name, "position": {"lat": 37.0 + steps * STEP, "lon": 137.0}})
}

/// An entry of the list, told at hour 0.
fn entry(own: &str, name: &str, steps: f64, people: Option<u32>) -> Value {
    let mut place = known(&format!("open-shelter:{own}"), name, steps);
    place["status"] = json!({"open": true, "people": people, "as_of": hour(0)});
    place
}

fn town(places: Vec<Value>) -> (tempfile::TempDir, OpenTown) {
    open_with(&[(CollectionKind::Places, places)])
}

fn row(open: &OpenTown, id: &str) -> PlaceRow {
    PlaceRow::of(places::show(open, id).unwrap().place, None)
}

fn told(places: &[Value], id: &str, now: i64) -> Option<Told> {
    let (_folder, open) = town(places.to_vec());
    OpenShelters::read(&open, hour(now)).unwrap().of(&row(&open, id)).unwrap()
}

#[test]
fn the_same_id_holds_within_five_hundred_metres_unless_it_is_a_running_number() {
    let is_told = |own: &str, apart: f64| {
        let id = format!("shelter:{own}");
        told(&[known(&id, "甲", 0.0), entry(own, "乙", apart, None)], &id, 1).is_some()
    };
    assert!(is_told("CC0000000504", 40.0) && !is_told("CC0000000504", 50.0));
    assert!(is_told("1722010", 40.0));
    assert!(!is_told("7", 40.0) && !is_told("0000000007", 40.0));
}

#[test]
fn the_same_name_holds_within_five_hundred_metres() {
    let is_told = |name: &str, apart: f64| {
        let places = [known("emergency-site:1", "山王小学校 体育館", 0.0), entry("2", name, apart, None)];
        told(&places, "emergency-site:1", 1).is_some()
    };
    assert!(is_told("山王小学校　体育館", 40.0) && is_told("山王小学校体育館", 40.0));
    assert!(!is_told("山王小学校体育館", 50.0) && !is_told("山王小学校", 40.0));
}

#[test]
fn without_a_position_name_and_address_must_agree() {
    let is_told = |address: Option<&str>| {
        let mut site = known("shelter:1", "公民館", 0.0);
        site["address"] = json!("七尾市本府中町ヲ３８");
        let mut entry = entry("2", "公民館", 0.0, None);
        entry.as_object_mut().unwrap().remove("position");
        entry["address"] = json!(address);
        told(&[site, entry], "shelter:1", 1).is_some()
    };
    assert!(is_told(Some("七尾市本府中町ヲ38")));
    assert!(!is_told(Some("七尾市佐味町ト2-3")) && !is_told(None));
}

#[test]
fn the_same_spot_holds_for_the_nearest_of_which_nothing_better_is_known() {
    let near = entry("NEW1", "寄合い処", 4.0, None);
    let hall = known("shelter:a", "会館", 0.0);
    assert!(told(&[hall.clone(), near.clone()], "shelter:a", 1).is_some());
    assert!(told(&[hall.clone(), entry("NEW1", "寄合い処", 5.0, None)], "shelter:a", 1).is_none());
    // The neighbour is nearer, or is meant by its name.
    for neighbour in [known("shelter:b", "体育館", 5.0), known("shelter:b", "寄合い処", 20.0)] {
        let places = [hall.clone(), neighbour, near.clone()];
        assert!(told(&places, "shelter:a", 1).is_none());
        assert!(told(&places, "shelter:b", 1).is_some());
    }
    // A place of another kind at the same spot is the same building.
    let places = [hall.clone(), known("emergency-site:b", "会館前広場", 4.0), near.clone()];
    assert!(told(&places, "shelter:a", 1).is_some() && told(&places, "emergency-site:b", 1).is_some());
    // What is good to a town block only is no spot.
    let mut vague = near;
    vague["position"]["approximate"] = json!(true);
    assert!(told(&[hall, vague], "shelter:a", 1).is_none());
}

#[test]
fn an_id_goes_before_a_name_and_the_newer_before_the_older() {
    let site = known("shelter:CC1", "甲", 0.0);
    let mut newer = entry("X9", "甲", 0.0, Some(2));
    newer["status"]["as_of"] = json!(hour(5));
    let people = |places: &[Value]| told(places, "shelter:CC1", 6).unwrap().people;
    assert_eq!(people(&[site.clone(), newer.clone(), entry("CC1", "乙", 1.0, Some(1))]), Some(1));
    assert_eq!(people(&[site, entry("Y8", "甲", 0.0, Some(3)), newer]), Some(2));
}

#[test]
fn crowding_has_four_words() {
    let of = |people, capacity| Crowding::of(Some(people), Some(capacity));
    assert_eq!([of(0, 10), of(6, 10), of(69, 100)], [Crowding::Room; 3]);
    assert_eq!([of(7, 10), of(99, 100), of(699, 999)].map(|c| c == Crowding::Filling), [true, true, false]);
    assert_eq!([of(10, 10), of(u32::MAX, 1)], [Crowding::Full; 2]);
    assert_eq!(of(3, 0), Crowding::Unknown);
    assert_eq!(Crowding::of(None, Some(5)), Crowding::Unknown);
    assert_eq!(Crowding::of(Some(5), None), Crowding::Unknown);
}

#[test]
fn what_is_older_than_a_day_is_told_and_counts_for_nothing() {
    let mut full = entry("CC1", "甲", 0.0, Some(90));
    full["capacity"] = json!(90);
    let places = [known("shelter:CC1", "甲", 0.0), full];
    let at = |now| told(&places, "shelter:CC1", now).unwrap();
    assert_eq!((at(24).current, at(24).crowding), (true, Crowding::Full));
    assert_eq!((at(25).current, at(25).crowding, at(25).people), (false, Crowding::Unknown, Some(90)));
    // A clock that is behind makes nothing old.
    assert!(at(-100).current);

    let (_folder, open) = town(places.to_vec());
    let near =
        |now| OpenShelters::read(&open, hour(now)).unwrap().nearest(spot(37.0, 137.0), 3).unwrap().len();
    assert_eq!((near(24), near(25)), (1, 0));
    let as_of = |now| OpenShelters::read(&open, hour(now)).unwrap().current_as_of();
    assert_eq!((as_of(24), as_of(25)), (Some(hour(0)), None));
}

#[test]
fn capacity_is_the_lists_else_the_designated_shelters() {
    let with = |id: &str, own: Option<u32>| {
        let mut site = known(id, "甲", 0.0);
        site["capacity"] = json!(40);
        let mut entry = entry("1", "甲", 0.0, Some(30));
        entry["capacity"] = json!(own);
        let told = told(&[site, entry], id, 1).unwrap();
        (told.capacity, told.crowding)
    };
    assert_eq!(with("shelter:1", Some(100)), (Some(100), Crowding::Room));
    assert_eq!(with("shelter:1", None), (Some(40), Crowding::Filling));
    assert_eq!(with("shelter:1", Some(0)), (Some(40), Crowding::Filling));
    // How many may stand on a square is another number.
    assert_eq!(with("emergency-site:1", None), (None, Crowding::Unknown));
}

#[test]
fn a_closed_one_is_told_as_closed_and_is_not_among_the_open() {
    let mut closed = entry("CC1", "甲", 0.0, Some(0));
    closed["status"]["open"] = json!(false);
    closed["capacity"] = json!(50);
    let (_folder, open) = town(vec![known("shelter:CC1", "甲", 0.0), closed]);
    let shelters = OpenShelters::read(&open, hour(1)).unwrap();
    let told = shelters.of(&row(&open, "shelter:CC1")).unwrap().unwrap();
    assert_eq!((told.open, told.crowding), (false, Crowding::Unknown));
    assert!(shelters.nearest(spot(37.0, 137.0), 3).unwrap().is_empty());
}

#[test]
fn the_open_ones_are_told_by_distance_as_what_they_are_designated() {
    let (_folder, open) = town(vec![
        known("shelter:CC1", "甲", 100.0),
        known("shelter:CC2", "乙", 1.0),
        entry("CC1", "甲小学校", 101.0, None),
        entry("NEW1", "寄合い処", 50.0, None),
        // The same one twice.
        entry("Z1", "甲", 102.0, None),
        json!({"id": "open-shelter:NEW2", "kind": "open-shelter", "name": "どこか",
            "status": {"open": true, "as_of": hour(0)}}),
    ]);
    let shelters = OpenShelters::read(&open, hour(1)).unwrap();
    let rows = shelters.nearest(spot(37.0, 137.0), 3).unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["open-shelter:NEW1", "shelter:CC1"]);
    assert!((1_100.0..1_120.0).contains(&rows[1].distance_m.unwrap()), "{rows:?}");
    assert!(shelters.of(&rows[0]).unwrap().is_some_and(|told| told.open));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever a list says, at most one place of a kind takes an entry for its own by the spot alone, and nobody but the open
    /// and current is among the open.
    #[test]
    fn a_spot_is_one_places(apart in prop::collection::vec(-6.0..6.0f64, 1..6), old in any::<bool>()) {
        let mut places: Vec<Value> = apart
            .iter()
            .enumerate()
            .map(|(n, steps)| known(&format!("shelter:{n}"), &format!("甲{n}"), *steps))
            .collect();
        places.push(entry("NEW1", "寄合い処", 0.0, None));
        let (_folder, open) = town(places);
        let shelters = OpenShelters::read(&open, hour(if old { 30 } else { 1 })).unwrap();
        let told = (0..apart.len())
            .filter(|n| shelters.of(&row(&open, &format!("shelter:{n}"))).unwrap().is_some())
            .count();
        prop_assert!(told <= 1, "{told}");
        prop_assert_eq!(shelters.nearest(spot(37.0, 137.0), 3).unwrap().is_empty(), old);
    }
}
