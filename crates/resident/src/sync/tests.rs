use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use madoguchi_model::CollectionKind::{Alerts, Notices, Places};
use serde_json::{Value, json};

use super::testing::*;
use super::*;
use crate::notices::{ListNotices, list};
use crate::private::JoinedTown;
use crate::towns::{Join, JoinState, join};
use crate::{Error, Phone};

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

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => copy_folder(&entry.path(), &to.join(entry.file_name())),
            false => _ = fs::copy(entry.path(), to.join(entry.file_name())).unwrap(),
        }
    }
}

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

/// At whatever moment the phone dies or the line breaks: the old whole state is there, and the next sync completes.
fn cut_everywhere(mode: fn(usize) -> Mode, with_patches: bool) {
    let mut both = both();
    let before = both.seen();
    both.phone = None;
    second(&mut both.town);
    if !with_patches {
        both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    }
    let whole: u64 = both
        .town
        .files
        .iter()
        .filter(|(p, _)| p.contains("koho.jsonl"))
        .map(|(_, b)| b.len() as u64)
        .max()
        .unwrap();
    for after in 0.. {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(both.folder.path(), folder.path());
        let town = both.town.copy();
        let phone = phone_at(folder.path(), noon());
        town.behave(mode(after));
        let first = run_or_die(sync(&phone, &town, None, &mut |_| ())).transpose().unwrap();
        if first.as_ref().is_some_and(|first| first.reach == Reach::Ok) {
            assert!(after > 10, "the test cuts nothing");
            assert_eq!(seen(&phone), SECOND);
            return;
        }
        drop(phone);
        let phone = phone_at(folder.path(), noon());
        assert_eq!(seen(&phone), before, "cut after {after} chunks");
        town.behave(Mode::Good);
        let result = pollster::block_on(sync(&phone, &town, None, &mut |_| ())).unwrap();
        assert_eq!((result.reach, result.fresh, result.error), (Reach::Ok, true, None), "after {after}");
        assert_eq!(seen(&phone), SECOND, "cut after {after} chunks");
        // What had come is not fetched again, but for the last piece.
        if let Some(first) = first {
            let again = whole + 16 * 1024 + 8000;
            assert!(first.bytes + result.bytes < again + whole / 2, "{} + {}", first.bytes, result.bytes);
        }
        let result = pollster::block_on(sync(&phone, &town, None, &mut |_| ())).unwrap();
        assert_eq!(result.requests, 2);
    }
}

#[test]
fn the_phone_may_die_at_any_moment_of_a_patch() {
    cut_everywhere(Mode::Dies, true);
}

#[test]
fn the_phone_may_die_at_any_moment_of_a_whole_download() {
    cut_everywhere(Mode::Dies, false);
}

#[test]
fn the_line_may_break_at_any_moment() {
    cut_everywhere(Mode::Breaks, false);
}

#[test]
fn a_broken_download_goes_on_where_it_ended() {
    let mut both = both();
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    both.town.behave(Mode::Breaks(30));
    let first = both.sync();
    assert_eq!((first.reach, first.error), (Reach::Unreachable, None));
    both.town.behave(Mode::Good);
    let rest = both.sync();
    let whole = both
        .town
        .files
        .iter()
        .filter(|(p, _)| p.starts_with("targets/notices"))
        .map(|(_, b)| b.len() as u64)
        .max()
        .unwrap();
    assert!(rest.bytes < whole, "{} of {whole}", rest.bytes);
    assert_eq!(both.seen(), SECOND);
}

#[test]
fn a_host_that_knows_no_ranges_is_asked_for_all_again() {
    let mut both = both();
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    both.town.behave(Mode::Breaks(30));
    both.sync();
    both.town.behave(Mode::IgnoresRange);
    assert_eq!(both.sync().error, None);
    assert_eq!(both.seen(), SECOND);
}

#[test]
fn no_network_and_no_answer_are_told_apart_and_nothing_is_lost() {
    let both = both();
    for (mode, reach) in [(Mode::Offline, Reach::Offline), (Mode::Refused, Reach::Unreachable)] {
        both.town.behave(mode);
        let result = both.sync();
        assert_eq!((result.reach, result.fresh, result.error), (reach, false, None));
        assert_eq!(result.age_s, Some(3 * 3600));
        assert_eq!(both.seen().len(), 3);
    }
}

#[test]
fn a_page_to_log_in_is_no_content() {
    let both = both();
    for mode in [Mode::Portal, Mode::Redirected] {
        both.town.behave(mode);
        let result = both.sync();
        assert_eq!(result.error.unwrap().code, "captive-portal", "{mode:?}");
        assert_eq!(both.seen().len(), 3);
    }
}

#[test]
fn older_content_is_refused_also_when_the_cache_was_lost() {
    let mut both = both();
    let old = both.town.copy();
    second(&mut both.town);
    both.sync();
    both.town = old;
    assert_eq!(both.sync().error.unwrap().code, "rollback");
    assert_eq!(both.seen(), SECOND);
    fs::remove_dir_all(both.folder.path().join("towns")).unwrap();
    assert_eq!(both.sync().error.unwrap().code, "rollback");
    assert!(both.seen().is_empty());
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
fn one_broken_file_keeps_the_others_not_away_and_the_age_where_it_was() {
    let mut both = both();
    both.town.now += SignedDuration::from_hours(1);
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    for (path, bytes) in &mut both.town.files {
        if path.starts_with("targets/notices/") {
            bytes[100] ^= 1;
        }
    }
    let result = both.sync();
    assert_eq!((result.reach, result.fresh, result.error.unwrap().code), (Reach::Ok, false, "hash"));
    assert_eq!(result.age_s, Some(3 * 3600));
    assert_eq!(both.seen(), ["a 断水のお知らせ", "b 図書館", "p 市役所", "q 公民館"]);
}

#[test]
fn a_file_that_is_larger_than_it_says_is_not_read_to_its_end() {
    let mut both = both();
    second(&mut both.town);
    both.town.files.retain(|path, _| !path.starts_with("targets/patches/"));
    for (path, bytes) in &mut both.town.files {
        if path.starts_with("targets/notices/") {
            bytes.extend(vec![0; 1_000_000]);
        }
    }
    let result = both.sync();
    assert_eq!(result.error.unwrap().code, "too-large");
    assert!(result.bytes < 200_000);
}

#[test]
fn content_of_another_town_is_refused_though_the_key_is_right() {
    let mut both = both();
    both.town.code = "122319".parse().unwrap();
    // The root stays the old one: only the content is the other town's.
    second(&mut both.town);
    let result = both.sync();
    assert_eq!(result.error.unwrap().code, "other-town");
    assert_eq!(both.seen(), ["a 断水のお知らせ", "b 図書館", "p 市役所"]);
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
    both.town.publish(&[(Alerts, vec![alert])]);
    both.sync();
    let fresh = |both: &Both| {
        let running = both.phone().with_town(None, |open| crate::alerts::list(both.phone(), open)).unwrap();
        running.into_iter().map(|a| (a.alert.id, a.fresh)).collect::<Vec<_>>()
    };
    assert_eq!(fresh(&both), [("e".to_string(), true)]);
    both.at(noon() + SignedDuration::from_hours(48));
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

#[test]
fn joining_again_is_harmless_and_another_root_is_refused() {
    let both = both();
    let again = |root: Vec<u8>, url: &str| {
        let wanted = Join { url: url.into(), root };
        pollster::block_on(join(both.phone(), &both.town, wanted, &mut |_| ()))
    };
    assert_eq!(again(both.town.root(), BASE).unwrap().state, JoinState::Again);
    // The same metadata signed as another file: valid, but not what was handed over first.
    let mut other: Value = serde_json::from_slice(&both.town.root()).unwrap();
    other["comment"] = "x".into();
    let refused = again(serde_json::to_vec(&other).unwrap(), BASE).unwrap_err();
    assert_eq!(refused.code(), "other-root");
    assert_eq!(again(both.town.root(), "https://example.jp/122319/").unwrap_err().code(), "other-town");
    assert_eq!(again(both.town.root(), "http://example.jp/").unwrap_err().code(), "insecure-address");
    assert_eq!(again(b"{}".to_vec(), BASE).unwrap_err().code(), "bad-root");
    assert_eq!(both.seen().len(), 3);
}

#[test]
fn a_town_out_of_reach_is_joined_and_a_false_one_is_not() {
    let mut town = FakeTown::new();
    town.publish(&[(Notices, vec![notice("a", "断水", 1)])]);
    let folder = tempfile::tempdir().unwrap();
    let phone = phone_at(folder.path(), noon());
    let attempt = |town: &FakeTown, root: Vec<u8>| {
        let wanted = Join { url: BASE.into(), root };
        pollster::block_on(join(&phone, town, wanted, &mut |_| ())).unwrap()
    };
    // Everything that is signed there is another key's.
    let mut forged = town.copy();
    let timestamp = forged.files.get_mut("metadata/timestamp.json").unwrap();
    *timestamp =
        String::from_utf8(timestamp.clone()).unwrap().replace("\"sig\":\"", "\"sig\":\"00").into_bytes();
    let refused = attempt(&forged, town.root());
    assert_eq!((refused.state, refused.sync.error.unwrap().code), (JoinState::Refused, "signature"));
    assert!(matches!(phone.town(None), Err(Error::NoTown)));

    town.behave(Mode::Refused);
    let joined = attempt(&town, town.root());
    assert_eq!((joined.state, joined.sync.reach), (JoinState::Joined, Reach::Unreachable));
    assert_eq!(joined.sync.age_s, None);
    let JoinedTown { in_use, .. } = phone.town(None).unwrap();
    assert!(in_use);
    town.behave(Mode::Good);
    pollster::block_on(sync(&phone, &town, None, &mut |_| ())).unwrap();
    assert_eq!(seen(&phone), ["a 断水"]);
}

#[test]
fn an_attachment_is_fetched_once_and_is_what_was_signed() {
    use crate::notices::{AttachmentWanted, attachment};
    let mut both = both();
    let map = b"<html>a map, though it looks like a page</html>".repeat(1000);
    both.town.attach("files/koho/map.html", &map);
    let mut with_map = notice("m", "地図", 1);
    with_map["attachments"] = json!([{"path": "files/koho/map.html", "title": "地図", "bytes": map.len(), "media_type": "text/html"}]);
    both.town.publish(&[(Notices, vec![with_map])]);
    both.sync();
    let get = |notice: &str, path: &str| {
        both.town.requests.borrow_mut().clear();
        both.phone().with_town(None, |open| {
            let wanted = AttachmentWanted { notice, path };
            pollster::block_on(attachment(both.phone(), open, &both.town, wanted, &mut |_| ()))
        })
    };
    let requests = || both.town.requests.borrow().len();
    both.town.behave(Mode::Breaks(20));
    assert_eq!(get("m", "files/koho/map.html").unwrap_err().code(), "unreachable");
    both.town.behave(Mode::Good);
    assert_eq!(get("m", "files/koho/map.html").unwrap(), map);
    assert_eq!(requests(), 1);
    assert_eq!(get("m", "files/koho/map.html").unwrap(), map);
    assert_eq!(requests(), 0);
    assert_eq!(get("m", "files/koho/other").unwrap_err().code(), "no-attachment");
    assert_eq!(get("x", "files/koho/map.html").unwrap_err().code(), "no-notice");
}
