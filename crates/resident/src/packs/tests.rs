use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use madoguchi_model::{CollectionKind, TownCode};
use rusqlite::Connection;
use serde_json::json;

use super::*;
use crate::edges::{FolderHome, Home};
use crate::sync::testing::{FakeTown, FixedClock, Mode, phone_at};
use crate::{Phone, sync, towns};

const PATH: &str = "packs/koho/flood.zst";

/// A phone that joined a town with one pack.
fn joined() -> (tempfile::TempDir, FakeTown, Phone) {
    let folder = tempfile::tempdir().unwrap();
    let mut town = FakeTown::new();
    publish(&mut town, 1);
    let phone = phone_at(folder.path(), town.now);
    join(&phone, &town);
    (folder, town, phone)
}

fn join(phone: &Phone, town: &FakeTown) {
    let wanted = towns::Join { url: crate::sync::testing::BASE.into(), root: town.root() };
    pollster::block_on(towns::join(phone, town, wanted, &mut |_| ())).unwrap();
}

fn bring_up_to_date(phone: &Phone, town: &FakeTown) {
    pollster::block_on(sync::sync(phone, town, None, &mut |_| ())).unwrap();
}

fn publish(town: &mut FakeTown, edition: u8) {
    publish_long(town, edition, 60_000);
}

fn publish_long(town: &mut FakeTown, edition: u8, length: usize) {
    // Noise, which no packing makes small.
    let mut noise = 1u64;
    let mut next = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 56) as u8
    };
    let raw: Vec<u8> = (0..length).map(|_| next()).collect();
    town.packs.insert(PATH.into(), [raw.as_slice(), &[edition]].concat());
    let record = json!({"id": "flood", "layer": "river-flood", "classes": [], "pack": PATH, "bytes": length + 1,
        "bounds": [0, 0, 1, 1], "scenario": format!("edition {edition}")});
    town.publish(&[(CollectionKind::Hazards, vec![record])]);
}

fn get(phone: &Phone, town: &FakeTown) -> PackReport {
    pollster::block_on(fetch(phone, town, None, &mut |_| ())).unwrap()
}

fn stored(phone: &Phone) -> Vec<(u8, String)> {
    phone
        .with_town(None, |open| {
            let packs = open.cache.packs()?;
            let read = |pack: &crate::cache::StoredPack| {
                Ok((*open.cache.whole_pack(pack)?.last().unwrap(), pack.line.clone()))
            };
            packs.values().map(read).collect()
        })
        .unwrap()
}

#[test]
fn a_pack_comes_when_asked_for_and_its_next_edition_by_patch() {
    let (_folder, mut town, phone) = joined();
    assert!(stored(&phone).is_empty());
    let first = get(&phone, &town);
    assert_eq!((first.fetched, first.ready, first.missing, first.error), (1, 1, 0, None));
    assert!(first.bytes > 50_000, "{}", first.bytes);
    assert_eq!(get(&phone, &town).requests, 0);

    publish(&mut town, 2);
    bring_up_to_date(&phone, &town);
    // The collection is the new one, the pack the one before: it keeps the words that were signed with it.
    let (edition, line) = stored(&phone).remove(0);
    assert!(edition == 1 && line.contains("edition 1"), "{line}");
    let second = get(&phone, &town);
    assert!(second.fetched == 1 && second.bytes < 1000, "{second:?}");
    let (edition, line) = stored(&phone).remove(0);
    assert!(edition == 2 && line.contains("edition 2"), "{line}");
}

#[test]
fn what_is_not_the_signed_pack_is_refused_and_the_one_before_stays() {
    let (_folder, mut town, phone) = joined();
    get(&phone, &town);
    publish(&mut town, 2);
    bring_up_to_date(&phone, &town);
    // The pack itself and the patch to it: everything that is asked for now.
    let files = town.files.iter_mut().filter(|(path, _)| path.starts_with("targets/"));
    files.for_each(|(_, bytes)| bytes.iter_mut().for_each(|byte| *byte ^= 1));
    let report = get(&phone, &town);
    assert_eq!((report.fetched, report.missing), (0, 1));
    assert_eq!(report.error.unwrap().code, "hash");
    assert_eq!(stored(&phone).remove(0).0, 1);
}

#[test]
fn a_pack_of_a_newer_format_is_not_asked_for_and_the_one_before_stays() {
    let (_folder, mut town, phone) = joined();
    get(&phone, &town);
    town.packs.insert(PATH.into(), b"of a format to come".to_vec());
    let record = json!({"id": "flood", "layer": "river-flood", "classes": [], "pack": PATH, "bytes": 19,
        "format": madoguchi_hazard::pack::FORMAT + 1, "bounds": [0, 0, 1, 1], "scenario": "edition 2"});
    town.publish(&[(CollectionKind::Hazards, vec![record])]);
    bring_up_to_date(&phone, &town);
    let report = get(&phone, &town);
    assert_eq!((report.requests, report.fetched, report.missing, report.newer), (0, 0, 1, 1));
    assert_eq!((report.error, report.room), (None, None));
    let (edition, line) = stored(&phone).remove(0);
    assert!(edition == 1 && line.contains("edition 1"), "{line}");
    let to_fetch = phone.with_town(None, |open| Ok(bytes_to_fetch(&listed(open)?, &newest(&phone, open)?.0)));
    assert_eq!(to_fetch.unwrap(), 0);
}

#[test]
fn a_town_out_of_reach_is_told_and_asked_once() {
    let (_folder, town, phone) = joined();
    town.behave(Mode::Offline);
    let report = get(&phone, &town);
    assert_eq!((report.missing, report.error.unwrap().code), (1, "offline"));
}

#[test]
fn a_pack_that_the_town_takes_away_goes() {
    let (_folder, mut town, phone) = joined();
    get(&phone, &town);
    town.packs.clear();
    town.publish(&[(CollectionKind::Hazards, Vec::new())]);
    bring_up_to_date(&phone, &town);
    assert!(stored(&phone).is_empty());
}

#[test]
fn what_costs_by_the_byte_waits_for_a_network_that_does_not() {
    assert!(Maps::Always.now(Some(true)) && Maps::Always.now(None));
    assert!(Maps::Wifi.now(Some(false)) && !Maps::Wifi.now(Some(true)) && !Maps::Wifi.now(None));
    assert!(!Maps::Never.now(Some(false)));
}

/// A home on a disk that can be filled.
#[derive(Clone)]
struct SmallHome {
    folder: FolderHome,
    free: Arc<AtomicU64>,
    pages: Arc<AtomicU64>,
}

impl Home for SmallHome {
    fn private(&self) -> rusqlite::Result<Connection> {
        self.folder.private()
    }
    fn cache(&self, town: &TownCode) -> rusqlite::Result<Connection> {
        let connection = self.folder.cache(town)?;
        connection
            .pragma_update_and_check(None, "max_page_count", self.pages.load(SeqCst) as i64, |_| Ok(()))?;
        Ok(connection)
    }
    fn set_cache_aside(&self, town: &TownCode) -> std::io::Result<()> {
        self.folder.set_cache_aside(town)
    }
    fn remove_cache(&self, town: &TownCode) -> std::io::Result<()> {
        self.folder.remove_cache(town)
    }
    fn gsi(&self) -> rusqlite::Result<Connection> {
        self.folder.gsi()
    }
    fn remove_gsi(&self) -> std::io::Result<()> {
        self.folder.remove_gsi()
    }
    fn free_bytes(&self) -> Option<u64> {
        Some(self.free.load(SeqCst))
    }
}

/// As [`joined`], with the first edition here, on a disk that can be filled.
fn on_a_small_disk() -> (tempfile::TempDir, FakeTown, Phone, SmallHome) {
    let folder = tempfile::tempdir().unwrap();
    let mut town = FakeTown::new();
    publish(&mut town, 1);
    let (free, pages) = (Arc::new(AtomicU64::new(1 << 40)), Arc::new(AtomicU64::new(1 << 30)));
    let home = SmallHome { folder: FolderHome::new(folder.path()), free, pages };
    let phone = Phone::open(Box::new(home.clone()), Box::new(FixedClock(town.now))).unwrap();
    join(&phone, &town);
    assert_eq!(get(&phone, &town).fetched, 1);
    (folder, town, phone, home)
}

#[test]
fn too_little_room_is_told_before_anything_is_asked_for() {
    let (_folder, mut town, phone, home) = on_a_small_disk();
    publish_long(&mut town, 2, 200_000);
    bring_up_to_date(&phone, &town);
    home.free.store(1_000_000, SeqCst);
    let report = get(&phone, &town);
    assert_eq!((report.requests, report.fetched, report.missing), (0, 0, 1));
    assert_eq!(report.error.unwrap().code, "no-room");
    let room = report.room.unwrap();
    assert_eq!(room.free, Some(1_000_000));
    // As it is sent (noise: no smaller than it is), as it is kept, once more in the log, and the reserve.
    let least = 3 * 200_001 + 20 * 1024 * 1024;
    assert!((least..least + 10_000).contains(&room.needed), "{room:?}");
    assert_eq!(stored(&phone).remove(0).0, 1);

    home.free.store(room.needed - 1, SeqCst);
    assert_eq!(get(&phone, &town).error.unwrap().code, "no-room");
    home.free.store(room.needed, SeqCst);
    let report = get(&phone, &town);
    assert_eq!((report.fetched, report.error, report.room), (1, None, None));
    assert_eq!(stored(&phone).remove(0).0, 2);
}

#[test]
fn a_small_pack_comes_where_there_is_no_room_for_a_large_one() {
    let (_folder, mut town, phone, home) = on_a_small_disk();
    let small = json!({"id": "a", "layer": "tsunami", "classes": [], "pack": "packs/koho/a.zst", "bytes": 5,
        "bounds": [0, 0, 1, 1]});
    let large = json!({"id": "b", "layer": "tsunami", "classes": [], "pack": "packs/koho/b.zst", "bytes": 3_000_000,
        "bounds": [0, 0, 1, 1]});
    town.packs.insert("packs/koho/a.zst".into(), b"small".to_vec());
    town.packs.insert("packs/koho/b.zst".into(), vec![0; 3_000_000]);
    town.publish(&[(CollectionKind::Hazards, vec![large, small])]);
    bring_up_to_date(&phone, &town);
    home.free.store(21 * 1024 * 1024, SeqCst);
    let report = get(&phone, &town);
    assert_eq!((report.fetched, report.missing, report.error.unwrap().code), (1, 1, "no-room"));
    assert!(report.room.unwrap().needed > 26_000_000);
}

#[test]
fn no_room_is_asked_for_what_only_a_newer_app_reads() {
    let (_folder, mut town, phone, home) = on_a_small_disk();
    let record = |id: &str, format: u32| {
        json!({"id": id, "layer": "tsunami", "classes": [], "pack": format!("packs/koho/{id}.zst"), "bytes": 3_000_000,
            "format": format, "bounds": [0, 0, 1, 1]})
    };
    let needed = |report: &PackReport| report.room.unwrap().needed;
    let mut publish = |records: Vec<serde_json::Value>| {
        for id in ["a", "b"] {
            town.packs.insert(format!("packs/koho/{id}.zst"), vec![0; 3_000_000]);
        }
        town.publish(&[(CollectionKind::Hazards, records)]);
        bring_up_to_date(&phone, &town);
        get(&phone, &town)
    };
    home.free.store(1_000_000, SeqCst);
    let both = publish(vec![record("a", 1), record("b", 1)]);
    let one = publish(vec![record("a", 1), record("b", madoguchi_hazard::pack::FORMAT + 1)]);
    assert_eq!((both.missing, both.newer, one.missing, one.newer), (2, 0, 2, 1));
    assert!(needed(&both) > needed(&one) + 3_000_000);
}

#[test]
fn a_way_of_a_newer_format_is_not_asked_for() {
    let (_folder, mut town, phone) = joined();
    let path = "packs/koho/roads.zst";
    let roads = |format: u32| json!({"record": "roads", "id": "r", "pack": path, "format": format, "bytes": 5, "bounds": [0, 0, 1, 1]});
    town.packs.clear();
    town.packs.insert(path.into(), b"roads".to_vec());
    for (format, fetched) in [(2, 0), (1, 1)] {
        town.publish(&[(CollectionKind::Map, vec![roads(format)])]);
        bring_up_to_date(&phone, &town);
        let report = get(&phone, &town);
        assert_eq!((report.fetched, report.newer), (fetched, 1 - fetched));
    }
}

#[test]
fn a_disk_that_is_full_in_the_middle_keeps_the_pack_that_was_there() {
    let (_folder, mut town, phone, home) = on_a_small_disk();
    publish_long(&mut town, 2, 200_000);
    bring_up_to_date(&phone, &town);
    let pages: i64 = phone
        .with_town(None, |open| {
            let count = open.cache.connection().query_row("PRAGMA page_count", [], |row| row.get(0));
            Ok(count.map_err(crate::cache::CacheError::from)?)
        })
        .unwrap();
    // Full at the first byte, ever later in the download, and while what came is put in its place.
    let (mut full, mut came) = (0, false);
    for more in (0..100).step_by(3) {
        home.pages.store(pages.unsigned_abs() + more, SeqCst);
        let report = get(&phone, &town);
        if report.fetched == 1 {
            came = true;
            break;
        }
        full += 1;
        assert_eq!((report.missing, report.error.unwrap().code), (1, "no-room"));
        assert!(report.room.is_some());
        let (edition, line) = stored(&phone).remove(0);
        assert!(edition == 1 && line.contains("edition 1"), "{line}");
    }
    assert!(full > 5 && came, "{full}");
    assert_eq!(stored(&phone).remove(0).0, 2);
}
