//! How fast and how large, on real texts and all of Japan's places: `cargo test -p madoguchi-resident measure -- --ignored
//! --nocapture`. In a development build these are upper bounds.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use madoguchi_model::{CollectionKind, Position};
use serde_json::{Value, json};

use crate::cache::tests::open_with;
use crate::notices::{ListNotices, list};
use crate::places::{ListPlaces, list as list_places};
use crate::search::index_bytes;
use crate::sync::testing::phone_at;

fn shared(path: &str) -> Option<BufReader<std::fs::File>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let file = std::fs::File::open(folder.join(path)).ok();
    if file.is_none() {
        println!("skipped: no shared data");
    }
    file.map(BufReader::new)
}

/// The slowest of a few runs, warmed up.
fn slowest(mut act: impl FnMut()) -> Duration {
    act();
    let time = |_| {
        let start = Instant::now();
        act();
        start.elapsed()
    };
    (0..5).map(time).max().unwrap_or_default()
}

/// 50,000 bulletin articles of about 600 characters, put together from the lines of real ones.
fn notices(file: BufReader<std::fs::File>) -> Vec<Value> {
    let articles: Vec<Value> =
        file.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    let lines: Vec<&str> =
        articles.iter().flat_map(|a| a["body"].as_str().unwrap_or_default().lines()).collect();
    // A plain congruential sequence: the same texts each time.
    let mut state = 1u64;
    let mut pick = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    (0..50_000)
        .map(|i| {
            let (mut body, mut length) = (String::new(), 0);
            while length < 590 {
                let line = lines[pick(lines.len())];
                length += line.chars().count();
                body.push_str(line);
                body.push('\n');
            }
            let at = jiff::Timestamp::from_second(1_480_000_000 + pick(310_000_000) as i64).unwrap();
            json!({"id": format!("{i:05}"), "segments": ["living"], "published_at": at,
                "title": articles[pick(articles.len())]["title"],
                "body": [{"t": "paragraph", "text": [{"t": "text", "text": body}]}]})
        })
        .collect()
}

#[test]
#[ignore = "takes minutes"]
fn search_in_50_000_notices() {
    let Some(file) = shared("notices/koho_142123.jsonl") else { return };
    let records = notices(file);
    let start = Instant::now();
    let (folder, open) = open_with(&[(CollectionKind::Notices, records)]);
    println!("stored and indexed in {:?}", start.elapsed());
    let bytes = index_bytes(open.cache.connection()).unwrap();
    println!("index {:.2} times the text ({bytes:?})", bytes.index as f64 / bytes.text as f64);
    assert!(bytes.index * 2 <= bytes.text * 3);
    let phone = phone_at(folder.path(), "2026-11-21T03:00:00Z".parse().unwrap());
    phone.private().add_town(&open.town, b"root").unwrap();
    let queries = [
        "",
        "断水",
        "図書館",
        "時",
        "鰻",
        "防災訓練",
        "市民 会議",
        "8月20日",
        "10:00",
        "225-3027",
        "からして",
        "】21",
        "厚木中央公園",
        "ない言葉",
        "、",
        "・",
        "://",
        "@city.atsugi",
    ];
    for query in queries {
        let wanted = ListNotices { search: Some(query.into()), limit: 20, ..Default::default() };
        let mut hits = 0;
        let time = slowest(|| hits = list(&phone, &open, &wanted).unwrap().rows.len());
        println!("{query:　<8} {hits:>3} {time:?}");
    }
}

#[test]
#[ignore = "takes minutes"]
fn nearest_of_115_402_places() {
    let Some(file) = shared("shelters/gsi_emergency_japan.csv.gz") else { return };
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines().map(Result::unwrap).skip(1);
    let mut kinds = BTreeMap::new();
    let records: Vec<Value> = lines
        .enumerate()
        .filter_map(|(i, line)| {
            // No quoted cells before the address matter here: position is counted from the end.
            let mut cells = line.rsplit(',').skip(1);
            let (lon, lat): (f64, f64) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
            let name = line.split(',').nth(4)?;
            let kind = if i % 1000 == 0 { "rare" } else { "emergency-site" };
            *kinds.entry(kind).or_insert(0) += 1;
            Some(json!({"id": format!("{i:06}"), "kind": kind, "name": name, "position": {"lat": lat, "lon": lon}}))
        })
        .collect();
    println!("{} places, {kinds:?}", records.len());
    assert!(records.len() > 100_000);
    let start = Instant::now();
    let (_folder, open) = open_with(&[(CollectionKind::Places, records)]);
    println!("stored and indexed in {:?}", start.elapsed());
    let points =
        [("焼津", 34.867, 138.323), ("新宿", 35.69, 139.70), ("知床", 44.1, 145.2), ("海の上", 30.0, 160.0)];
    for (name, lat, lon) in points {
        for (kind, search) in [
            (None, None),
            (Some("emergency-site"), None),
            (Some("rare"), None),
            (None, Some("小学校")),
            (None, Some("もみじ台")),
        ] {
            let wanted = ListPlaces {
                kind: kind.map(Into::into),
                near: Some(Position { lat, lon, approximate: false }),
                search: search.map(Into::into),
                limit: 20,
            };
            let mut far = None;
            let time =
                slowest(|| far = list_places(&open, &wanted).unwrap().rows.last().and_then(|r| r.distance_m));
            println!("{name} {kind:?} {search:?}: {time:?}, the 20th at {far:?} m");
        }
    }
}
