//! Real hazard maps from the town's files to the phone in flight mode: what `resident hazard` says is what shapely says.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use madoguchi_tests::{Phone, TestTown, copy_folder, shared};
use serde_json::{Value, json};

const YAIZU: &str = "yaizu_naisui_inundation.geojson";
const FLOOD: &str = "numazu_kanogawa_flood_L2.geojson";
const SLOPES: &str = "numazu_A33_landslide.geojson";

/// The feature's class is what the resident is told; each feature is mended by GEOS first.
const ORACLE: &str = r#"
import json, shapely, sys
asked = json.load(sys.stdin)
features = json.load(open(asked["file"]))["features"]
shapes = [shapely.make_valid(shapely.geometry.shape(f["geometry"])) for f in features]
json.dump([[i for i, s in enumerate(shapes) if s.covers(shapely.Point(p))] for p in asked["points"]], sys.stdout)
"#;

/// A phone that has the town's content, and no town to ask any more.
fn carried(town: &TestTown) -> Phone {
    town.publish(&[]);
    let phone = Phone::new();
    let server = town.serve();
    let joined = phone.join(&server.url, &town.root());
    let packs = &joined["sync"]["packs"];
    assert!(packs["missing"] == 0 && packs["ready"].as_u64() > Some(0), "{packs}");
    assert_eq!(phone.run(&["sync"])["packs"]["requests"], 0);
    drop(server);
    phone
}

fn at(phone: &Phone, lat: f64, lon: f64) -> Value {
    phone.run(&["hazard", "--at", &format!("{lat},{lon}"), "--limit", "1"])
}

fn layer<'v>(answer: &'v Value, id: &str) -> &'v Value {
    let found = answer["layers"].as_array().expect("layers").iter().find(|layer| layer["layer"] == id);
    found.unwrap_or_else(|| panic!("no {id} in {answer}"))
}

/// Points that look random and are the same in every run: some anywhere in the box, most near corners of the zones.
fn points(file: &Path, count: usize) -> Vec<[f64; 2]> {
    let whole: Value = serde_json::from_slice(&fs::read(file).expect("a file")).expect("JSON");
    let mut corners = Vec::new();
    for feature in whole["features"].as_array().expect("features") {
        collect(&feature["geometry"]["coordinates"], &mut corners);
    }
    let mut number = 9u64;
    let mut next = |below: usize| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(number) * below as u128) >> 64) as usize
    };
    let mut points = Vec::new();
    while points.len() < count {
        let (a, b) = (corners[next(corners.len())], corners[next(corners.len())]);
        // Anywhere between two corners, or within some five metres of one.
        let share = next(1000) as f64 / 1000.0;
        let aside = || (share - 0.5) / 10_000.0;
        points.push(match points.len() % 3 {
            0 => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share],
            1 => [a[0] + aside(), a[1] - aside()],
            _ => [a[0] - aside(), a[1] - aside()],
        });
    }
    points
}

fn collect(value: &Value, into: &mut Vec<[f64; 2]>) {
    let list = value.as_array().expect("coordinates");
    match (list.first().and_then(Value::as_f64), list.get(1).and_then(Value::as_f64)) {
        (Some(lon), Some(lat)) => into.push([lon, lat]),
        _ => list.iter().for_each(|inner| collect(inner, into)),
    }
}

/// The features that hold each point, by shapely; none where it is not at hand.
fn oracle(file: &Path, points: &[[f64; 2]]) -> Option<Vec<Vec<usize>>> {
    let Some(python) = std::env::var_os("MADOGUCHI_PYTHON_SHAPELY").map(PathBuf::from) else {
        eprintln!("skipped: MADOGUCHI_PYTHON_SHAPELY names no Python with shapely");
        return None;
    };
    let mut child = Command::new(python)
        .args(["-c", ORACLE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python runs");
    let asked = json!({"file": file, "points": points}).to_string();
    child.stdin.take().expect("its input").write_all(asked.as_bytes()).expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    Some(serde_json::from_slice(&output.stdout).expect("its answer"))
}

#[test]
fn yaizu_in_flight_mode_is_as_deep_as_its_map_says() {
    let (Some(csvs), Some(map), Some(border)) = (
        shared("towns/yaizu_222127"),
        shared(&format!("hazard/{YAIZU}")),
        shared("map/boundary/N03_22212.geojson"),
    ) else {
        return;
    };
    let town = TestTown::new("222127", "焼津市");
    copy_folder(&csvs, &town.dir());
    town.write(YAIZU, fs::read(&map).expect("a map"));
    let mut settings = fs::read_to_string(town.dir().join("town.toml")).expect("town.toml");
    settings.push_str(&format!(
        "\n[[hazard]]\nfile = \"{YAIZU}\"\nlayer = \"inland-flood\"\nscenario = \"想定最大規模\"\nclass = {{ property = \"最大浸水深\" }}\n\
         source = \"焼津市\"\nsurvey_year = 2023\nlicense = \"CC BY 4.0\"\n\
         [[map]]\nfile = \"border.geojson\"\nlayer = \"border\"\n"
    ));
    town.write("border.geojson", fs::read(border).expect("a border"));
    town.write("town.toml", settings);
    let phone = carried(&town);

    // The border is a pack of its own: with it, a layer is no larger than without.
    let packs = town.publish(&["--check"])["packs"].clone();
    let bytes = |path: &str| {
        let pack = packs.as_array().expect("packs").iter().find(|pack| pack["path"] == path);
        pack.and_then(|pack| pack["bytes"].as_u64()).unwrap_or_else(|| panic!("{path} in {packs}"))
    };
    let geojson = zstd::bulk::compress(&fs::read(&map).expect("a map"), 19).expect("zstd").len() as u64;
    assert!(
        bytes("packs/koho/inland-flood-l2.zst") <= geojson && bytes("packs/koho/area.zst") > 10_000,
        "{packs}"
    );

    let deep = at(&phone, 34.87104, 138.316534);
    let told = layer(&deep, "inland-flood");
    assert_eq!((&told["min_m"], &told["max_m"], &told["class"]), (&json!(3.0), &json!(5.0), &json!("3-5")));
    assert_eq!((&told["survey_year"], &told["source"]), (&json!(2023), &json!("焼津市")));
    let dry = at(&phone, 34.8669, 138.3236);
    assert_eq!(layer(&dry, "inland-flood")["class"], Value::Null);
    assert_eq!(layer(&dry, "inland-flood")["surveyed"], true);
    // Over the border, some hundred metres from the zones: the town did not look there.
    assert_eq!(layer(&at(&phone, 34.8875, 138.2880), "inland-flood")["state"], "not-surveyed");
    // Far from everything that was looked at: not dry, unknown.
    assert_eq!(layer(&at(&phone, 35.9, 139.9), "inland-flood")["state"], "not-surveyed");

    let points = points(&map, 300);
    let Some(expected) = oracle(&map, &points) else { return };
    let depths = ["0-0.3", "0.3-0.5", "0.5-1", "1-3", "3-5", "5-10"];
    let mut wet = 0;
    for ([lon, lat], features) in points.iter().zip(expected) {
        let answer = at(&phone, *lat, *lon);
        let class = features.iter().max().map(|worst| json!(depths[*worst])).unwrap_or_default();
        assert_eq!(layer(&answer, "inland-flood")["class"], class, "{lat},{lon}");
        wet += usize::from(!features.is_empty());
    }
    assert!((80..250).contains(&wet), "{wet} of 300 points are wet: too few on one side to tell anything");
}

#[test]
fn numazu_knows_its_layers_by_their_attributes_alone() {
    let (Some(flood), Some(slopes)) =
        (shared(&format!("hazard/{FLOOD}")), shared(&format!("hazard/{SLOPES}")))
    else {
        return;
    };
    let town = TestTown::new("222038", "沼津市");
    town.write(FLOOD, fs::read(&flood).expect("a map"));
    town.write(SLOPES, fs::read(&slopes).expect("a map"));
    let phone = carried(&town);

    let points = points(&flood, 150);
    if let Some(expected) = oracle(&flood, &points) {
        let ranks = ["0-0.5", "0.5-3", "3-5", "5-10", "10-20", "20-"];
        let whole: Value = serde_json::from_slice(&fs::read(&flood).expect("a map")).expect("JSON");
        let rank =
            |feature: &usize| whole["features"][*feature]["properties"]["A31a_205"].as_u64().expect("a rank");
        for ([lon, lat], features) in points.iter().zip(expected) {
            let class = features
                .iter()
                .map(rank)
                .max()
                .map(|rank| json!(ranks[rank as usize - 1]))
                .unwrap_or_default();
            assert_eq!(layer(&at(&phone, *lat, *lon), "river-flood")["class"], class, "{lat},{lon}");
        }
    }
    let points = self::points(&slopes, 150);
    if let Some(expected) = oracle(&slopes, &points) {
        let whole: Value = serde_json::from_slice(&fs::read(&slopes).expect("a map")).expect("JSON");
        // A33_001: 1 急傾斜地の崩壊, 2 土石流, 3 地滑り. A33_002: 1 警戒区域, 2 特別警戒区域.
        let kinds = ["steep-slope", "debris-flow", "landslide"];
        for ([lon, lat], features) in points.iter().zip(expected) {
            let answer = at(&phone, *lat, *lon);
            for (number, kind) in (1u64..).zip(kinds) {
                let of = |name: &str, f: &usize| {
                    whole["features"][*f]["properties"][name].as_u64().expect("a code")
                };
                let zone =
                    features.iter().filter(|f| of("A33_001", f) == number).map(|f| of("A33_002", f)).max();
                let class =
                    zone.map(|zone| json!(if zone == 2 { "special" } else { "warning" })).unwrap_or_default();
                let layers = answer["layers"].as_array().expect("layers");
                match layers.iter().find(|layer| layer["layer"] == kind) {
                    Some(layer) => assert_eq!(layer["class"], class, "{kind} {lat},{lon}"),
                    // The file has none of this kind.
                    None => assert_eq!(class, Value::Null, "{kind} {lat},{lon}"),
                }
            }
        }
    }
}
