//! Of a department's lists of open shelters only the newest is true; what it no longer names is no longer open.

use std::collections::BTreeSet;

use jiff::Timestamp;
use madoguchi_model::Place;

/// The rows of one list.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenList {
    /// The file, without folder and extension: tells ids apart where lists of one hour share them.
    pub name: String,
    /// Its shelters, each with a status.
    pub places: Vec<Place>,
}

impl OpenList {
    /// The newest hour of its rows that is not after `at`.
    fn newest(&self, at: Timestamp) -> Option<Timestamp> {
        self.places.iter().filter_map(as_of).filter(|as_of| *as_of <= at).max()
    }
}

fn as_of(place: &Place) -> Option<Timestamp> {
    place.status.map(|status| status.as_of)
}

/// What holds at `at`: the list with the newest hour not after it, and others of that same hour. A list dated ahead, be it
/// by a slip of the pen, puts nothing out of force.
pub fn holding(lists: &[OpenList], at: Timestamp, taken: &[Place]) -> Vec<Place> {
    let newest = lists.iter().filter_map(|list| list.newest(at)).max();
    let mut ids: BTreeSet<String> = taken.iter().map(|place| place.id.clone()).collect();
    let mut holding: Vec<Place> = Vec::new();
    for list in lists.iter().filter(|list| newest.is_some() && list.newest(at) == newest) {
        for place in list.places.iter().filter(|place| as_of(place).is_some_and(|as_of| as_of <= at)) {
            if holding.iter().any(|known| same(known, place)) {
                continue;
            }
            let mut place = place.clone();
            let own = place.id.clone();
            let mut n = 1;
            while !ids.insert(place.id.clone()) {
                place.id =
                    if n == 1 { format!("{own}~{}", list.name) } else { format!("{own}~{}-{n}", list.name) };
                n += 1;
            }
            holding.push(place);
        }
    }
    holding
}

/// The same shelter in two lists of one hour, which say the same of it.
fn same(a: &Place, b: &Place) -> bool {
    (&a.id, &a.name, a.position, a.status) == (&b.id, &b.name, b.position, b.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_model::{PlaceKind, ShelterStatus};
    use proptest::prelude::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    fn list(name: &str, rows: &[(&str, i64)]) -> OpenList {
        let place = |(id, hour): &(&str, i64)| {
            let mut place: Place =
                serde_json::from_str(r#"{"id":"","kind":"open-shelter","name":"x"}"#).unwrap();
            place.id = format!("{}:{id}", PlaceKind::OPEN_SHELTER);
            place.status = Some(ShelterStatus { open: true, people: None, as_of: at(*hour) });
            place
        };
        OpenList { name: name.into(), places: rows.iter().map(place).collect() }
    }

    fn ids(lists: &[OpenList], now: i64) -> Vec<String> {
        let found = holding(lists, at(now), &[]);
        found.iter().map(|place| place.id.trim_start_matches("open-shelter:").to_string()).collect()
    }

    #[test]
    fn the_newest_list_holds_and_one_dated_ahead_does_not() {
        let lists = [list("a", &[("1", 10), ("2", 10)]), list("b", &[("1", 20)]), list("c", &[("3", 90)])];
        assert_eq!(ids(&lists, 15), ["1", "2"]);
        assert_eq!(ids(&lists, 30), ["1"]);
        assert_eq!(ids(&lists, 90), ["3"]);
        assert!(ids(&lists, 5).is_empty() && ids(&[], 5).is_empty());
    }

    #[test]
    fn lists_of_one_hour_hold_together() {
        let mut lists = [list("north", &[("1", 10)]), list("south", &[("1", 10), ("2", 9)])];
        assert_eq!(ids(&lists, 15), ["1", "2"]);
        lists[1].places[0].name = "y".into();
        assert_eq!(ids(&lists, 15), ["1", "1~south", "2"]);
        let taken = lists[0].places.clone();
        assert_eq!(holding(&lists[..1], at(15), &taken)[0].id, "open-shelter:1~north");
    }

    proptest! {
        #[test]
        fn ids_stay_unique_and_nothing_is_of_the_future(
            rows in prop::collection::vec(prop::collection::vec((0u8..4, 0i64..6), 0..6), 0..5), now in 0i64..6,
        ) {
            let lists: Vec<OpenList> = rows.iter().enumerate().map(|(n, rows)| {
                let ids: Vec<String> = rows.iter().enumerate().map(|(i, (id, _))| format!("{id}-{i}")).collect();
                let rows: Vec<(&str, i64)> = ids.iter().zip(rows).map(|(id, (_, hour))| (id.as_str(), *hour)).collect();
                let mut list = list("x", &rows);
                list.places.iter_mut().for_each(|place| place.name = n.to_string());
                list
            }).collect();
            let found = holding(&lists, at(now), &[]);
            let unique: BTreeSet<&str> = found.iter().map(|place| place.id.as_str()).collect();
            prop_assert_eq!(unique.len(), found.len());
            prop_assert!(found.iter().all(|place| place.status.unwrap().as_of <= at(now)));
        }
    }
}
