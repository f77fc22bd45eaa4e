//! The nearest of all 115,402 指定緊急避難場所 of Japan, beside a plain scan.

use std::io::Read;

use madoguchi_model::{PlaceKind, Position};
use madoguchi_resident::edges::{FolderHome, SystemClock};
use madoguchi_resident::places::{ListPlaces, list};
use madoguchi_tests::{Phone, TestTown, shared};
use serde_json::{Value, json};

use crate::stats::{round, timed};

pub fn run() -> Value {
    let file = shared("shelters/gsi_emergency_japan.csv.gz").expect("all sites of Japan");
    let mut csv = Vec::new();
    let packed = std::fs::read(file).expect("a file");
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut csv).expect("gzip");
    let town = TestTown::new("131016", "千代田区");
    town.write("131016_evacuation_space.csv", csv);
    let published = town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    let resident =
        madoguchi_resident::Phone::open(Box::new(FolderHome::new(phone.home())), Box::new(SystemClock))
            .expect("the phone opens");
    // A fixed walk over Japan: cities, islands, the sea.
    let points: Vec<(f64, f64)> = (0..500)
        .map(|i| (26.0 + f64::from(i * 37 % 500) * 0.038, 127.5 + f64::from(i * 61 % 500) * 0.035))
        .collect();
    let figures = resident.with_town(None, |open| {
        let all = list(open, &ListPlaces { limit: 200_000, ..ListPlaces::default() })?.rows;
        let all: Vec<Position> = all
            .iter()
            .filter_map(|p| Some(Position { lat: p.lat?, lon: p.lon?, approximate: false }))
            .collect();
        let wanted = |(lat, lon): (f64, f64)| ListPlaces {
            near: Some(Position { lat, lon, approximate: false }),
            kind: Some(PlaceKind::EMERGENCY_SITE.into()),
            limit: 10,
            ..ListPlaces::default()
        };
        let mut next = points.iter().cycle();
        let mut point = || *next.next().expect("endless");
        let (near, fast) = timed(500, || list(open, &wanted(point())).expect("a list"));
        let mut wrong = 0;
        let (scan, slow) = timed(20, || {
            let (lat, lon) = point();
            let here = Position { lat, lon, approximate: false };
            let mut distances: Vec<f64> = all.iter().map(|p| p.distance_m(&here)).collect();
            distances.sort_by(f64::total_cmp);
            let found = list(open, &wanted((lat, lon))).expect("a list");
            let tenth = found.rows.last().and_then(|p| p.distance_m);
            if tenth.is_none_or(|tenth| (tenth - distances[9]).abs() > 1.0) {
                wrong += 1;
            }
        });
        Ok(json!({"places": all.len(), "nearest_10": near, "limit_ms": 5, "plain_scan": scan,
            "ratio": round(fast / slow), "wrong": wrong}))
    });
    json!({"bench": "places", "imported": published["files"][0]["kept"], "near": figures.expect("the town")})
}
