//! The nearest of all 115,402 指定緊急避難場所 of Japan, beside a plain scan.

use std::io::Read;

use madoguchi_model::Hazard;
use madoguchi_model::{PlaceKind, Position};
use madoguchi_resident::OpenTown;
use madoguchi_resident::edges::{FolderHome, SystemClock};
use madoguchi_resident::hazard::{SitesWanted, sites};
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
            "ratio": round(fast / slow), "wrong": wrong, "nearest_valid": valid(open)?}))
    });
    json!({"bench": "places", "imported": published["files"][0]["kept"], "near": figures.expect("the town")})
}

/// The nearest that is meant for a danger, asked as the app asks, at 10,000 points in all; each against a plain scan.
fn valid(open: &OpenTown) -> Result<Value, madoguchi_resident::Error> {
    let wanted =
        ListPlaces { kind: Some(PlaceKind::EMERGENCY_SITE.into()), limit: 200_000, ..ListPlaces::default() };
    let rows = list(open, &wanted)?.rows;
    let all: Vec<(Position, Vec<Hazard>)> = rows
        .into_iter()
        .filter_map(|p| Some((Position { lat: p.lat?, lon: p.lon?, approximate: false }, p.valid_for)))
        .collect();
    // Around sites, where people live, and one in ten anywhere between them.
    let points: Vec<Position> = (0..10_000usize)
        .map(|i| {
            let (a, b) = (&all[i * 7919 % all.len()].0, &all[i * 104_729 % all.len()].0);
            let part = if i % 10 == 0 { 0.5 } else { 0.0 };
            let between = |a: f64, b: f64| a + (b - a) * part + 0.003;
            Position { lat: between(a.lat, b.lat), lon: between(a.lon, b.lon), approximate: false }
        })
        .collect();
    let now = jiff::Timestamp::now();
    let by_danger = Hazard::ALL.iter().enumerate().map(|(turn, (danger, _))| {
        let here: Vec<&Position> = points.iter().skip(turn).step_by(Hazard::ALL.len()).collect();
        let (mut next, mut found) = (here.iter(), Vec::new());
        let (times, _) = timed(here.len(), || {
            let Some(at) = next.next() else { return };
            let list = sites(open, SitesWanted { at: **at, danger: *danger, now, limit: 1 }).expect("sites");
            found.push(list.sites.first().map(|site| site.distance_m));
        });
        let meant: Vec<&Position> =
            all.iter().filter(|(_, valid)| valid.contains(danger)).map(|(at, _)| at).collect();
        let plain = |at: &Position| meant.iter().map(|p| p.distance_m(at)).min_by(f64::total_cmp);
        let wrong = here.iter().zip(&found).filter(|(at, found)| match (plain(at), found) {
            (Some(plain), Some(found)) => (plain - found).abs() > 0.1,
            (plain, found) => plain.is_some() != found.is_some(),
        });
        let wrong = wrong.count();
        (
            json!(danger).as_str().unwrap_or_default().to_owned(),
            json!({"sites": meant.len(), "points": here.len(), "time": times, "limit_ms": 1, "wrong": wrong}),
        )
    });
    Ok(Value::Object(by_danger.collect()))
}
