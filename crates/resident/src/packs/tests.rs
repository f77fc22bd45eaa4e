use madoguchi_model::CollectionKind;
use serde_json::json;

use super::*;
use crate::sync::testing::{FakeTown, Mode, phone_at};
use crate::{Phone, sync, towns};

const PATH: &str = "packs/koho/flood.zst";

/// A phone that joined a town with one pack.
fn joined() -> (tempfile::TempDir, FakeTown, Phone) {
    let folder = tempfile::tempdir().unwrap();
    let mut town = FakeTown::new();
    publish(&mut town, 1);
    let phone = phone_at(folder.path(), town.now);
    let wanted = towns::Join { url: crate::sync::testing::BASE.into(), root: town.root() };
    pollster::block_on(towns::join(&phone, &town, wanted, &mut |_| ())).unwrap();
    (folder, town, phone)
}

fn publish(town: &mut FakeTown, edition: u8) {
    // Noise, which no packing makes small.
    let mut noise = 1u64;
    let mut next = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 56) as u8
    };
    let raw: Vec<u8> = (0..60_000).map(|_| next()).collect();
    town.packs.insert(PATH.into(), [raw.as_slice(), &[edition]].concat());
    let record = json!({"id": "flood", "layer": "river-flood", "classes": [], "pack": PATH, "bytes": 60_001,
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
    pollster::block_on(sync::sync(&phone, &town, None, &mut |_| ())).unwrap();
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
    pollster::block_on(sync::sync(&phone, &town, None, &mut |_| ())).unwrap();
    // The pack itself and the patch to it: everything that is asked for now.
    let files = town.files.iter_mut().filter(|(path, _)| path.starts_with("targets/"));
    files.for_each(|(_, bytes)| bytes.iter_mut().for_each(|byte| *byte ^= 1));
    let report = get(&phone, &town);
    assert_eq!((report.fetched, report.missing), (0, 1));
    assert_eq!(report.error.unwrap().code, "hash");
    assert_eq!(stored(&phone).remove(0).0, 1);
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
    pollster::block_on(sync::sync(&phone, &town, None, &mut |_| ())).unwrap();
    assert!(stored(&phone).is_empty());
}

#[test]
fn what_costs_by_the_byte_waits_for_a_network_that_does_not() {
    assert!(Maps::Always.now(Some(true)) && Maps::Always.now(None));
    assert!(Maps::Wifi.now(Some(false)) && !Maps::Wifi.now(Some(true)) && !Maps::Wifi.now(None));
    assert!(!Maps::Never.now(Some(false)));
}
