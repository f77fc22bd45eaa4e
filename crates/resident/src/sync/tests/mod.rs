mod cuts;
mod joining;
mod refused;

use std::fs;

use jiff::{SignedDuration, Timestamp};
use madoguchi_model::CollectionKind::{Alerts, Notices, Places};
use serde_json::{Value, json};

use super::testing::*;
use super::*;
use crate::Phone;
use crate::notices::{ListNotices, list};
use crate::towns::{Join, JoinState, join};

struct Both {
    folder: tempfile::TempDir,
    town: FakeTown,
    phone: Option<Phone>,
}

fn place(id: &str, name: &str) -> Value {
    json!({"id": id, "kind": "aed", "name": name, "position": {"lat": 34.8, "lon": 138.3}})
}

fn noon() -> Timestamp {
    "2026-11-21T03:00:00Z".parse().unwrap()
}

/// A phone that joined a town of two notices and a place; the notices are long.
fn both() -> Both {
    let mut town = FakeTown::new();
    let notices = vec![notice("a", "断水のお知らせ", 300), notice("b", "図書館", 300)];
    town.publish(&[(Notices, notices), (Places, vec![place("p", "市役所")])]);
    let folder = tempfile::tempdir().unwrap();
    let phone = phone_at(folder.path(), noon());
    let wanted = Join { url: BASE.into(), root: town.root() };
    let joined = pollster::block_on(join(&phone, &town, wanted, &mut |_| ())).unwrap();
    assert_eq!((joined.state, joined.name.as_str()), (JoinState::Joined, "焼津市"));
    Both { folder, town, phone: Some(phone) }
}

impl Both {
    fn phone(&self) -> &Phone {
        self.phone.as_ref().unwrap()
    }

    fn sync(&self) -> SyncResult {
        self.town.requests.borrow_mut().clear();
        pollster::block_on(sync(self.phone(), &self.town, None, &mut |_| ())).unwrap()
    }

    fn at(&mut self, now: Timestamp) {
        self.phone = None;
        self.phone = Some(phone_at(self.folder.path(), now));
    }

    /// Everything that the resident sees.
    fn seen(&self) -> Vec<String> {
        seen(self.phone())
    }
}

fn seen(phone: &Phone) -> Vec<String> {
    phone
        .with_town(None, |open| {
            let wanted = ListNotices { limit: 100, all: true, ..Default::default() };
            let notices =
                list(phone, open, &wanted)?.rows.into_iter().map(|n| format!("{} {}", n.id, n.title));
            let wanted = crate::places::ListPlaces { limit: 100, ..Default::default() };
            let places =
                crate::places::list(open, &wanted)?.rows.into_iter().map(|p| format!("{} {}", p.id, p.name));
            let mut seen: Vec<String> = notices.chain(places).collect();
            seen.sort();
            Ok(seen)
        })
        .unwrap()
}

fn second(town: &mut FakeTown) {
    let notices = vec![notice("a", "断水のお知らせ (訂正)", 300), notice("c", "避難訓練", 400)];
    town.publish(&[(Notices, notices), (Places, vec![place("p", "市役所"), place("q", "公民館")])]);
}

const SECOND: [&str; 4] = ["a 断水のお知らせ (訂正)", "c 避難訓練", "p 市役所", "q 公民館"];

#[test]
fn when_nothing_changed_two_requests_say_so() {
    let both = both();
    assert_eq!(both.seen(), ["a 断水のお知らせ", "b 図書館", "p 市役所"]);
    let result = both.sync();
    assert_eq!((result.reach, result.fresh, result.requests), (Reach::Ok, true, 2));
    assert!(result.changed.is_empty() && result.error.is_none());
    assert_eq!(result.age_s, Some(3 * 3600));
    assert!(result.bytes > 0 && result.bytes < 1000);
}

#[test]
fn a_change_travels_as_a_patch() {
    let mut both = both();
    let notices = vec![notice("a", "断水は終わりました", 300), notice("b", "図書館", 300)];
    both.town.publish(&[(Notices, notices), (Places, vec![place("p", "市役所")])]);
    let result = both.sync();
    assert_eq!(result.changed, [("notices", 1)].into());
    assert!(both.town.requests.borrow().iter().any(|url| url.contains("/targets/patches/")));
    assert!(!both.town.requests.borrow().iter().any(|url| url.contains("koho.jsonl.zst")));
    // The collection itself has more than 20 kB.
    assert!(result.bytes < 5000, "{}", result.bytes);
    assert_eq!(both.seen(), ["a 断水は終わりました", "b 図書館", "p 市役所"]);
}

#[test]
fn a_patch_that_leads_nowhere_is_replaced_by_the_whole() {
    let mut both = both();
    second(&mut both.town);
    for (path, bytes) in &mut both.town.files {
        if path.starts_with("targets/patches/") {
            bytes.reverse();
        }
    }
    let result = both.sync();
    assert_eq!((result.error, result.changed.get("notices")), (None, Some(&3)));
    assert_eq!(both.seen(), SECOND);
}

#[test]
fn a_lost_or_damaged_cache_is_fetched_again() {
    let both = both();
    let file = both.folder.path().join("towns/222127/cache.db");
    fs::remove_file(&file).unwrap();
    assert_eq!(both.sync().changed.get("notices"), Some(&2));
    fs::write(&file, "<html>".repeat(5000)).unwrap();
    assert_eq!(both.sync().changed.get("notices"), Some(&2));
    assert_eq!(both.seen().len(), 3);
}

#[test]
fn what_a_town_publishes_no_more_is_gone() {
    let mut both = both();
    both.town.publish(&[(Notices, vec![notice("a", "断水のお知らせ", 300), notice("b", "図書館", 300)])]);
    let result = both.sync();
    assert_eq!(result.changed, [("places", 1)].into());
    assert_eq!(both.seen(), ["a 断水のお知らせ", "b 図書館"]);
}

#[test]
fn a_clock_that_jumped_makes_no_age_negative_and_nothing_fresh() {
    let mut both = both();
    both.at("2020-01-01T00:00:00Z".parse().unwrap());
    both.town.behave(Mode::Offline);
    assert_eq!(both.sync().age_s, Some(0));
    both.at("2026-11-30T00:00:00Z".parse().unwrap());
    both.town.behave(Mode::Good);
    let result = both.sync();
    assert_eq!((result.reach, result.fresh, result.error), (Reach::Ok, false, None));
    assert_eq!(result.age_s, Some(9 * 86_400));
    assert_eq!(both.seen().len(), 3);
}

#[test]
fn a_new_timestamp_alone_makes_the_content_younger() {
    let mut both = both();
    let version = both.town.version;
    both.town.now = noon();
    both.town.sign_timestamp(version);
    let result = both.sync();
    assert_eq!((result.age_s, result.requests, result.fresh), (Some(0), 2, true));
}

#[test]
fn alerts_say_whether_they_can_still_be_believed() {
    let mut both = both();
    let alert = json!({"id": "e", "level": 4, "issued_at": "2026-11-21T02:00:00Z", "title": "避難指示"});
    both.town.now = noon();
    both.town.publish(&[(Alerts, vec![alert])]);
    both.sync();
    let fresh = |both: &Both| {
        let running = both.phone().with_town(None, |open| crate::alerts::list(both.phone(), open)).unwrap();
        running.into_iter().map(|a| (a.alert.id, a.fresh)).collect::<Vec<_>>()
    };
    assert_eq!(fresh(&both), [("e".to_string(), true)]);
    both.at(noon() + SignedDuration::from_mins(59));
    assert_eq!(fresh(&both), [("e".to_string(), true)]);
    // The timestamp holds for a day, an alert's word for an hour.
    both.at(noon() + SignedDuration::from_mins(61));
    assert_eq!(fresh(&both), [("e".to_string(), false)]);
}

#[test]
fn progress_tells_how_far_it_is() {
    let mut both = both();
    second(&mut both.town);
    let mut events = Vec::new();
    pollster::block_on(sync(both.phone(), &both.town, None, &mut |p| events.push(p))).unwrap();
    assert_eq!(events.first(), Some(&Progress::Checking));
    assert_eq!(events[events.len() - 2..], [Progress::Storing, Progress::Done]);
    let begun = events.iter().filter(|p| matches!(p, Progress::Begun { .. })).count();
    let fetched = events.iter().filter(|p| matches!(p, Progress::Fetched { .. })).count();
    assert_eq!((begun, fetched), (2, 2));
}
