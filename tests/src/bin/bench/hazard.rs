//! Hazard packs beside shapely's STRtree in the same run: 20,000 made polygons, and the inland flood of 焼津市.

use std::fs::File;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use madoguchi_hazard::pack::{Pack, Zone, build};
use madoguchi_hazard::{FileSource, Point, Polygon, Ring, Source, tile};
use madoguchi_tests::shared;
use serde_json::{Value, json};

use crate::stats::{round, timed};

const POINTS: usize = 20_000;

pub fn run() -> Value {
    let file = shared("hazard/yaizu_naisui_inundation.geojson").expect("焼津's inland flood");
    let text = std::fs::read(file).expect("a file");
    let packed = zstd::bulk::compress(&text, 19).expect("zstd").len();
    let yaizu = zones(&serde_json::from_slice(&text).expect("GeoJSON"));
    let mut real = layer(6, yaizu);
    real["geojson_zstd_19_bytes"] = json!(packed);
    json!({
        "bench": "hazard", "limit_us": 2.0, "limit_ratio": round(1.0 / 15.0), "limit_open_ms": 5, "limit_tile_ms": 10,
        "made_of_12": layer(4, made(12)), "made_of_50": layer(4, made(50)), "yaizu": real, "memory_kb": memory(),
    })
}

fn layer(classes: u8, zones: Vec<Zone>) -> Value {
    let started = Instant::now();
    let built = build(classes, zones.clone(), &[]).expect("a pack");
    let build_ms = started.elapsed().as_secs_f64() * 1000.0;
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(&built.bytes).expect("written");
    let source = || FileSource::new(File::open(file.path()).expect("a file")).expect("its length");
    let (open, _) = timed(50, || Pack::open(source()).expect("it opens"));
    let pack = Pack::open(source()).expect("it opens");
    let mut numbers = Numbers(3);
    let (min, max) = (built.bounds.min, built.bounds.max);
    let points: Vec<Point> = (0..POINTS)
        .map(|_| Point { x: min.x + numbers.below(max.x - min.x), y: min.y + numbers.below(max.y - min.y) })
        .collect();
    let cold = Instant::now();
    let ours: Vec<i64> =
        points.iter().map(|p| pack.at(*p).expect("an answer").class.map_or(-1, i64::from)).collect();
    let cold_us = cold.elapsed().as_secs_f64() * 1e6 / POINTS as f64;
    let warm_us = (0..7).map(|_| each(&points, |p| pack.at(p).is_ok())).fold(f64::INFINITY, f64::min);
    let few = &points[..2_000];
    let edge_us = each(few, |p| pack.nearest_edge(p, 50_000.0).is_ok());
    let along_us = each(few, |p| pack.along(p, Point { x: p.x + (1 << 30), y: p.y + (1 << 29) }).is_ok());
    json!({
        "polygons": zones.len(), "points_of_rings": pack.header().points, "bytes": built.bytes.len(), "build_ms": round(build_ms),
        "even_odd": pack.header().repaired.get("even-odd"), "open": open, "at_us_first": round(cold_us), "at_us": round(warm_us),
        "nearest_edge_us": round(edge_us), "along_100_m_us": round(along_us), "shapely": shapely(&zones, &points, &ours, warm_us),
        "tiles": tiles(&pack, &points),
    })
}

/// Microseconds for each.
fn each(points: &[Point], what: impl Fn(Point) -> bool) -> f64 {
    let started = Instant::now();
    assert!(points.iter().all(|point| std::hint::black_box(what(*point))));
    started.elapsed().as_secs_f64() * 1e6 / points.len() as f64
}

/// The slowest of up to 60 tiles at each zoom, in milliseconds.
fn tiles<S: Source>(pack: &Pack<S>, points: &[Point]) -> Value {
    let zooms = (0..=18).map(|z: u8| {
        let mut tiles: Vec<(u32, u32)> = points
            .iter()
            .map(|point| {
                let (count, lat) = (f64::from(1u32 << z), point.lat().to_radians());
                let y = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0 * count;
                (((point.lon() + 180.0) / 360.0 * count) as u32, y as u32)
            })
            .collect();
        tiles.sort_unstable();
        tiles.dedup();
        let step = tiles.len().div_ceil(60);
        let (mut slowest, mut most) = (0.0f64, 0);
        for (x, y) in tiles.into_iter().step_by(step) {
            let started = Instant::now();
            most = most.max(tile::cut(pack, z, x, y).expect("a tile").len());
            slowest = slowest.max(started.elapsed().as_secs_f64() * 1000.0);
        }
        (z.to_string(), json!({"slowest_ms": round(slowest), "largest_bytes": most}))
    });
    Value::Object(zooms.collect())
}

fn shapely(zones: &[Zone], points: &[Point], ours: &[i64], warm_us: f64) -> Value {
    let Some(python) = std::env::var_os("MADOGUCHI_PYTHON_SHAPELY") else {
        return json!("MADOGUCHI_PYTHON_SHAPELY names no Python with shapely");
    };
    let pair = |point: &Point| json!([point.lon(), point.lat()]);
    let ring = |ring: &Ring| ring.iter().map(pair).collect::<Vec<_>>();
    let rings = |zone: &Zone| {
        std::iter::once(&zone.polygon.outer).chain(&zone.polygon.holes).map(ring).collect::<Vec<_>>()
    };
    let asked = json!({
        "zones": zones.iter().map(|zone| json!([zone.class, rings(zone)])).collect::<Vec<_>>(),
        "points": points.iter().map(pair).collect::<Vec<_>>(), "runs": 5, "single": 3000,
    });
    let mut child = Command::new(python)
        .args(["-c", include_str!("../../../../crates/hazard/tests/shapely.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    child.stdin.take().expect("a pipe").write_all(asked.to_string().as_bytes()).expect("written");
    let answer: Value =
        serde_json::from_slice(&child.wait_with_output().expect("an end").stdout).expect("JSON");
    let theirs = answer["classes"].as_array().expect("classes");
    let wrong = theirs.iter().zip(ours).filter(|(theirs, ours)| theirs.as_i64() != Some(**ours)).count();
    let (once, single) = (&answer["at_once_us"], &answer["one_by_one_us"]);
    let ratio = |theirs: &Value| theirs.as_f64().map(|theirs| round(warm_us / theirs));
    json!({
        "at_once_us": once, "ratio_to_at_once": ratio(once), "one_by_one_us": single,
        "ratio_to_one_by_one": ratio(single), "wrong": wrong,
    })
}

fn zones(layer: &Value) -> Vec<Zone> {
    const DEPTHS: [&str; 6] = ["0.3m未満", "0.3~0.5m", "0.5~1.0m", "1.0~3.0m", "3.0~5.0m", "5.0~10.0m"];
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let ring = |ring: &Value| -> Ring {
        let degrees = |point: &Value, index: usize| point[index].as_f64().expect("degrees");
        let place = |point: &Value| Point::of_degrees(degrees(point, 1), degrees(point, 0)).expect("a place");
        list(ring).iter().map(place).collect()
    };
    let mut zones = Vec::new();
    for feature in list(&layer["features"]) {
        let depth = feature["properties"]["最大浸水深"].as_str().expect("a depth");
        let class = DEPTHS.iter().position(|known| depth.starts_with(known)).expect("a class") as u8;
        let all = &feature["geometry"]["coordinates"];
        let all = if feature["geometry"]["type"] == "Polygon" { vec![all.clone()] } else { list(all) };
        for polygon in all {
            let mut rings = list(&polygon).iter().map(ring).collect::<Vec<_>>().into_iter();
            let outer = rings.next().expect("a ring");
            zones.push(Zone { class, polygon: Polygon { outer, holes: rings.collect() } });
        }
    }
    zones
}

/// 20,000 stars of so many points over 30 × 30 km, some over others.
fn made(points: usize) -> Vec<Zone> {
    let mut numbers = Numbers(1);
    let mut share = || numbers.below(1 << 30) as f64 / f64::from(1 << 30);
    let zone = |number: usize| {
        let (lon, lat) = (138.2 + 0.3 * share(), 34.8 + 0.3 * share());
        let corner = |n: usize| {
            let (sin, cos) = (std::f64::consts::TAU * n as f64 / points as f64).sin_cos();
            let radius = 0.0015 * (0.4 + 0.6 * share());
            Point::of_degrees(lat + radius * sin, lon + radius * cos).expect("a place")
        };
        let outer = (0..points).map(corner).collect();
        Zone { class: (number % 4) as u8, polygon: Polygon { outer, holes: Vec::new() } }
    };
    (0..20_000).map(zone).collect()
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(self.0) * most as u128) >> 64) as i64
    }
}

/// The most memory that this process had, in kB.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
