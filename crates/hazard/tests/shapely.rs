//! Real layers: the class of every point is the one that shapely (GEOS) finds, 20,000 anywhere and 5,000 on and beside edges.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use madoguchi_hazard::pack::{Pack, Zone, build};
use madoguchi_hazard::{Point, Polygon, Ring};
use serde_json::{Value, json};

fn python() -> Option<PathBuf> {
    let python = std::env::var_os("MADOGUCHI_PYTHON_SHAPELY").map(PathBuf::from);
    if python.is_none() {
        eprintln!("skipped: MADOGUCHI_PYTHON_SHAPELY names no Python with shapely");
    }
    python
}

fn layer(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/hazard").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).expect("GeoJSON")),
        Err(_) => {
            eprintln!("skipped: no shared data ({name})");
            None
        }
    }
}

fn zones(layer: &Value, class: impl Fn(&Value) -> u8) -> Vec<Zone> {
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let mut zones = Vec::new();
    for feature in list(&layer["features"]) {
        let all = &feature["geometry"]["coordinates"];
        let all = if feature["geometry"]["type"] == "Polygon" { vec![all.clone()] } else { list(all) };
        for polygon in all {
            let ring = |ring: &Value| -> Ring {
                let degrees = |point: &Value, index: usize| point[index].as_f64().expect("degrees");
                list(ring)
                    .iter()
                    .map(|point| Point::of_degrees(degrees(point, 1), degrees(point, 0)).expect("a place"))
                    .collect()
            };
            let mut rings = list(&polygon).iter().map(ring).collect::<Vec<_>>().into_iter();
            let outer = rings.next().expect("a ring");
            let polygon = Polygon { outer, holes: rings.collect() };
            zones.push(Zone { class: class(&feature["properties"]), polygon });
        }
    }
    zones
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(self.0) * most as u128) >> 64) as i64
    }
}

fn points(zones: &[Zone], pack: &Pack<Vec<u8>>) -> Vec<Point> {
    let mut numbers = Numbers(5);
    let (min, max) = (pack.bounds().min, pack.bounds().max);
    let mut points: Vec<Point> = (0..20_000)
        .map(|_| Point { x: min.x + numbers.below(max.x - min.x), y: min.y + numbers.below(max.y - min.y) })
        .collect();
    let rings = zones.iter().flat_map(|zone| std::iter::once(&zone.polygon.outer).chain(&zone.polygon.holes));
    let edges: Vec<(Point, Point)> =
        rings.flat_map(|ring| ring.iter().copied().zip(ring.iter().copied().skip(1))).collect();
    // A centimetre is some 100,000 steps.
    let mut beside = |most: i64| numbers.below(2 * most + 1) - most;
    for number in 0..5_000i64 {
        let (a, b) = edges[(beside(1 << 40) + (1 << 40)) as usize % edges.len()];
        let share = (beside(1 << 29) + (1 << 29)) as i128;
        let part = |a: i64, b: i64| a + ((i128::from(b - a) * share) >> 30) as i64;
        points.push(match number % 5 {
            0 => a,
            1 => Point { x: (a.x + b.x) >> 1, y: (a.y + b.y) >> 1 },
            2 => Point { x: part(a.x, b.x), y: part(a.y, b.y) },
            _ => Point { x: part(a.x, b.x) + beside(60_000), y: part(a.y, b.y) + beside(60_000) },
        });
    }
    points
}

fn ask(python: &Path, zones: &[Zone], points: &[Point]) -> Value {
    let pair = |point: &Point| json!([point.lon(), point.lat()]);
    let ring = |ring: &Ring| ring.iter().map(pair).collect::<Vec<_>>();
    let rings = |polygon: &Polygon| {
        std::iter::once(&polygon.outer).chain(&polygon.holes).map(ring).collect::<Vec<_>>()
    };
    let asked = json!({
        "zones": zones.iter().map(|zone| json!([zone.class, rings(&zone.polygon)])).collect::<Vec<_>>(),
        "points": points.iter().map(pair).collect::<Vec<_>>(),
    });
    let mut child = Command::new(python)
        .args(["-c", include_str!("shapely.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python");
    child.stdin.take().expect("a pipe").write_all(asked.to_string().as_bytes()).expect("written");
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "shapely failed");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn agree(name: &str, classes: u8, class: impl Fn(&Value) -> u8) {
    let (Some(python), Some(layer)) = (python(), layer(name)) else { return };
    let zones = zones(&layer, class);
    let built = build(classes, zones.clone(), &[]).expect("a pack");
    assert!(built.refused.is_empty(), "{:?}", built.refused);
    let pack = Pack::open(built.bytes).expect("it opens");
    let points = points(&zones, &pack);
    let theirs = ask(&python, &zones, &points);
    let mended = built.repaired.get("even-odd").copied().unwrap_or(0);
    assert_eq!(mended, theirs["invalid"].as_u64().expect("a number"), "polygons that GEOS calls invalid");
    let mut found: BTreeMap<i64, usize> = BTreeMap::new();
    for (point, theirs) in points.iter().zip(theirs["classes"].as_array().expect("classes")) {
        let ours = pack.at(*point).expect("an answer").class.map_or(-1, i64::from);
        assert_eq!(ours, theirs.as_i64().expect("a class"), "{} {}", point.lat(), point.lon());
        *found.entry(ours).or_default() += 1;
    }
    assert!(found.len() > 1, "{found:?}");
}

#[test]
fn inland_flood_of_yaizu() {
    const DEPTHS: [&str; 6] = ["0.3m未満", "0.3~0.5m", "0.5~1.0m", "1.0~3.0m", "3.0~5.0m", "5.0~10.0m"];
    agree("yaizu_naisui_inundation.geojson", 6, |properties| {
        let depth = properties["最大浸水深"].as_str().expect("a depth");
        DEPTHS.iter().position(|known| depth.starts_with(known)).expect("a known depth") as u8
    });
}

#[test]
fn landslides_of_numazu() {
    agree("numazu_A33_landslide.geojson", 2, |properties| {
        properties["A33_002"].as_u64().expect("1 or 2") as u8 - 1
    });
}

#[test]
fn river_flood_of_numazu() {
    for name in ["numazu_kanogawa_flood_L2.geojson", "numazu_kanogawa_flood_L2_tin.geojson"] {
        agree(name, 6, |properties| {
            let rank = properties["A31a_205"].as_u64().or(properties["rank"].as_u64());
            rank.expect("a rank") as u8 - 1
        });
    }
}
