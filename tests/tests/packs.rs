//! Packs on their way: cut off, killed, changed by someone in between, damaged on the phone. What was there answers until
//! the next edition is there, whole.

use std::process::Stdio;
use std::time::{Duration, Instant};

use madoguchi_resident::cache::Cache;
use madoguchi_resident::edges::FolderHome;
use madoguchi_tests::{Answer, Liar, Phone, TestTown};
use serde_json::{Value, json};

const CODE: &str = "222127";
const MAPS: &str = "
[[hazard]]
file = \"flood.geojson\"
layer = \"river-flood\"
scenario = \"想定最大規模\"
class = { property = \"rank\", values = { 1 = \"0-0.5\", 2 = \"3-5\" } }
source = \"静岡県\"
survey_year = 2023

[[hazard]]
file = \"wave.geojson\"
layer = \"tsunami\"
class = { property = \"rank\", values = { 1 = \"0-0.5\", 2 = \"3-5\" } }
source = \"静岡県\"
survey_year = 2023
";
/// In the zone that is there in every edition.
const HERE: &str = "34.805,138.305";

/// A zone around [`HERE`], and very many others, elsewhere and new in each edition: no patch makes that small.
fn map(rank: u8, others: usize, edition: u64) -> String {
    let mut noise = edition;
    let mut next = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (noise >> 40) as f64 / (1u64 << 24) as f64
    };
    let zone = |rank: u8, corners: Vec<[f64; 2]>| {
        json!({"type": "Feature", "properties": {"rank": rank},
        "geometry": {"type": "Polygon", "coordinates": [corners]}})
    };
    let mut zones = vec![zone(
        rank,
        vec![[138.30, 34.80], [138.31, 34.80], [138.31, 34.81], [138.30, 34.81], [138.30, 34.80]],
    )];
    for _ in 0..others {
        let (x, y) = (138.32 + next() * 0.1, 34.82 + next() * 0.1);
        let mut aside = || 0.0002 + next() * 0.0002;
        let first = [x, y];
        zones.push(zone(
            1,
            vec![first, [x + aside(), y], [x + aside(), y + aside()], [x - aside(), y + aside()], first],
        ));
    }
    json!({"type": "FeatureCollection", "features": zones}).to_string()
}

fn publish(town: &TestTown, edition: u64) {
    let rank = if edition % 2 == 1 { 1 } else { 2 };
    town.write("flood.geojson", map(rank, 8_000, edition));
    // Versions are seconds.
    std::thread::sleep(Duration::from_millis(1100));
    town.publish(&[]);
}

/// What the flood layer says after edition `edition`.
fn class_of(edition: u64) -> &'static str {
    if edition % 2 == 1 { "0-0.5" } else { "3-5" }
}

/// A town with its first edition, and a phone that carries it.
fn carried() -> (TestTown, Phone) {
    let town = TestTown::new(CODE, "焼津市");
    let settings = std::fs::read_to_string(town.dir().join("town.toml")).unwrap();
    town.write("town.toml", format!("{settings}{MAPS}"));
    town.write("wave.geojson", map(2, 0, 0));
    publish(&town, 1);
    let phone = Phone::new();
    let joined = phone.join(&town.serve().url, &town.root());
    assert_eq!(joined["sync"]["packs"]["fetched"], 2, "{joined}");
    assert_eq!(flood(&phone), class_of(1));
    (town, phone)
}

fn layer(phone: &Phone, name: &str) -> Value {
    let answer = phone.run(&["hazard", "--at", HERE]);
    let layers = answer["layers"].as_array().unwrap();
    layers.iter().find(|layer| layer["layer"] == name).unwrap_or_else(|| panic!("{answer}")).clone()
}

fn flood(phone: &Phone) -> String {
    layer(phone, "river-flood")["class"].as_str().unwrap().into()
}

fn cache(phone: &Phone) -> Cache {
    Cache::open(&FolderHome::new(phone.home()), &CODE.parse().unwrap()).unwrap()
}

/// Bytes of files that are not whole yet.
fn begun(phone: &Phone) -> u64 {
    let sql = "SELECT ifnull(sum(octet_length(bytes)), 0) FROM downloads";
    cache(phone).connection().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().unsigned_abs()
}

/// A pack, or a patch that leads to one.
fn is_pack(path: &str) -> bool {
    path.starts_with("targets/packs/") || path.starts_with("targets/patches/")
}

/// The phone asks where it joined; joining again at another address with the same root moves it.
fn sync_at(phone: &Phone, town: &TestTown, url: &str) -> Value {
    phone.join(url, &town.root())["sync"]["packs"].clone()
}

/// The size of the pack that the phone asked this server for.
fn asked_for(town: &TestTown, liar: &Liar) -> u64 {
    let requests = liar.requests.lock().unwrap();
    let path = requests.iter().rfind(|path| is_pack(path)).expect("a pack was asked for");
    std::fs::metadata(town.public().join(path)).unwrap().len()
}

#[test]
fn a_pack_that_was_cut_off_goes_on_where_it_ended_and_the_one_before_answers_until_then() {
    let (town, phone) = carried();
    publish(&town, 2);
    let liar = Liar::serve(town.public(), |path, _| match is_pack(path) {
        true => Answer::CutAfter(20_000),
        false => Answer::True,
    });
    let mut got = 0;
    for time in 1..=3 {
        let packs = match time {
            1 => sync_at(&phone, &town, &liar.url),
            _ => phone.run(&["sync"])["packs"].clone(),
        };
        assert_eq!(
            (&packs["missing"], &packs["error"]["code"]),
            (&json!(1), &json!("unreachable")),
            "{packs}"
        );
        got += packs["bytes"].as_u64().unwrap();
        assert_eq!((got, begun(&phone)), (20_000 * time, 20_000 * time));
        assert_eq!(flood(&phone), class_of(1));
    }
    let length = asked_for(&town, &liar);
    assert!(length > 80_000, "{length}");
    let packs = sync_at(&phone, &town, &town.serve().url);
    assert_eq!((&packs["fetched"], &packs["requests"]), (&json!(1), &json!(1)));
    assert_eq!(packs["bytes"].as_u64().unwrap() + got, length, "no byte came twice");
    assert_eq!((flood(&phone).as_str(), begun(&phone)), (class_of(2), 0));
}

#[test]
fn a_phone_that_dies_in_the_middle_of_a_pack_goes_on_where_it_ended() {
    let (town, phone) = carried();
    publish(&town, 2);
    let liar = Liar::serve(town.public(), |path, _| match is_pack(path) {
        true => Answer::StallAfter(50_000),
        false => Answer::True,
    });
    let root = town.root();
    let words = ["join", &liar.url, "--root", root.to_str().unwrap()];
    let mut dying = phone.command(&words).stdout(Stdio::null()).spawn().unwrap();
    let started = Instant::now();
    // What came is kept in pieces of 16 KiB.
    while begun(&phone) < 48 * 1024 {
        assert!(started.elapsed() < Duration::from_secs(120), "{} bytes came", begun(&phone));
        std::thread::sleep(Duration::from_millis(50));
    }
    dying.kill().unwrap();
    dying.wait().unwrap();
    let had = begun(&phone);
    assert_eq!((flood(&phone).as_str(), had), (class_of(1), 48 * 1024));
    let packs = sync_at(&phone, &town, &town.serve().url);
    assert_eq!(packs["bytes"].as_u64().unwrap(), asked_for(&town, &liar) - had);
    assert_eq!(flood(&phone), class_of(2));
}

#[test]
fn a_pack_that_was_changed_on_its_way_is_refused() {
    let (town, phone) = carried();
    publish(&town, 2);
    let liar = Liar::serve(town.public(), |path, file| match (is_pack(path), file) {
        (true, Some(file)) => {
            let mut bytes = file.to_vec();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Answer::Bytes(bytes, "application/zstd")
        }
        _ => Answer::True,
    });
    let packs = sync_at(&phone, &town, &liar.url);
    assert_eq!((&packs["fetched"], &packs["error"]["code"]), (&json!(0), &json!("hash")), "{packs}");
    assert_eq!((flood(&phone).as_str(), begun(&phone)), (class_of(1), 0));
    assert_eq!(sync_at(&phone, &town, &town.serve().url)["fetched"], 1);
    assert_eq!(flood(&phone), class_of(2));
}

#[test]
fn killed_at_any_moment_a_phone_has_one_edition_or_the_other_whole() {
    let (town, phone) = carried();
    let server = town.serve();
    publish(&town, 2);
    sync_at(&phone, &town, &server.url);
    publish(&town, 3);
    let started = Instant::now();
    phone.run(&["sync"]);
    let whole = started.elapsed();
    let (mut edition, mut killed) = (3, 0);
    for moment in 1..=12u32 {
        if flood(&phone) == class_of(edition) {
            edition += 1;
            publish(&town, edition);
        }
        let mut dying = phone.command(&["sync"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * moment / 12);
        killed += usize::from(dying.try_wait().unwrap().is_none());
        let _ = dying.kill();
        dying.wait().unwrap();
        let said = layer(&phone, "river-flood");
        assert_eq!(said["state"], "inside", "moment {moment}: {said}");
        assert_eq!(layer(&phone, "tsunami")["class"], "3-5");
    }
    assert!(killed >= 6, "only {killed} of 12 were killed before their end");
    phone.run(&["sync"]);
    assert_eq!(flood(&phone), class_of(edition));
}

#[test]
fn a_pack_damaged_on_the_phone_is_told_hides_no_other_layer_and_comes_anew() {
    let (town, phone) = carried();
    let server = town.serve();
    sync_at(&phone, &town, &server.url);
    {
        let cache = cache(&phone);
        let flood = "SELECT number FROM packs WHERE path LIKE '%flood%'";
        let number: i64 = cache.connection().query_row(flood, [], |row| row.get(0)).unwrap();
        let read = "SELECT place, bytes FROM pack_pages WHERE place >> 20 = ?1";
        let mut statement = cache.connection().prepare(read).unwrap();
        let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let pages: Vec<(i64, Vec<u8>)> = rows.map(Result::unwrap).collect();
        assert!(pages.len() > 5);
        for (place, mut bytes) in pages {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            let write = "UPDATE pack_pages SET bytes = ?2 WHERE place = ?1";
            cache.connection().execute(write, (place, bytes)).unwrap();
        }
    }
    let answer = phone.run(&["hazard", "--at", HERE]);
    let states: Vec<&Value> =
        answer["layers"].as_array().unwrap().iter().map(|layer| &layer["state"]).collect();
    assert_eq!(states, ["damaged", "inside"], "{answer}");
    assert_eq!(layer(&phone, "river-flood")["state"], "missing");
    let packs = phone.run(&["sync"])["packs"].clone();
    assert_eq!((&packs["fetched"], &packs["ready"]), (&json!(1), &json!(2)));
    assert_eq!(
        (flood(&phone).as_str(), layer(&phone, "tsunami")["class"].as_str()),
        (class_of(1), Some("3-5"))
    );
}
