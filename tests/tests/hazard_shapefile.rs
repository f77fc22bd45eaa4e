//! The same zones as GeoJSON and as a Shapefile, which is how 国土数値情報 comes: the same packs, byte for byte.

use std::fs;

use madoguchi_tests::{TestTown, shared};
use serde_json::{Value, json};

type Ring = Vec<[f64; 2]>;

/// The parts of a Shapefile (ESRI, Shapefile Technical Description, 1998): shapes, and their table with numbers as texts.
struct Shapefile {
    shp: Vec<u8>,
    dbf: Vec<u8>,
}

impl Shapefile {
    /// Polygons of the type 5 with the columns that are asked for.
    fn of(features: &[Value], columns: &[&str]) -> Self {
        let mut records = Vec::new();
        for (number, feature) in (1u32..).zip(features) {
            let rings: Vec<Vec<Ring>> =
                serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
            let content = polygon(&rings.concat());
            records.extend(number.to_be_bytes());
            records.extend((content.len() as u32 / 2).to_be_bytes());
            records.extend(content);
        }
        let mut shp = 9994u32.to_be_bytes().to_vec();
        shp.extend([0; 20]);
        shp.extend(((100 + records.len()) as u32 / 2).to_be_bytes());
        shp.extend(1000u32.to_le_bytes());
        shp.extend(5u32.to_le_bytes());
        shp.extend([0; 64]);
        shp.extend(records);
        Shapefile { shp, dbf: table(features, columns) }
    }
}

/// A geometry as a multipolygon whose outer rings go clockwise and whose holes go the other way, as the description says.
fn turned(geometry: &Value) -> Vec<Vec<Ring>> {
    let coordinates = geometry["coordinates"].clone();
    let polygons: Vec<Vec<Ring>> = match geometry["type"].as_str() {
        Some("Polygon") => vec![serde_json::from_value(coordinates).unwrap()],
        _ => serde_json::from_value(coordinates).unwrap(),
    };
    let turned = |(index, mut ring): (usize, Ring)| {
        let area: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
        if (area > 0.0) == (index == 0) {
            ring.reverse();
        }
        ring
    };
    polygons.into_iter().map(|polygon| polygon.into_iter().enumerate().map(turned).collect()).collect()
}

fn polygon(rings: &[Ring]) -> Vec<u8> {
    let points = || rings.iter().flatten();
    let side = |axis: usize, pick: fn(f64, f64) -> f64| points().map(|p| p[axis]).reduce(pick).unwrap();
    let mut bytes = 5u32.to_le_bytes().to_vec();
    for side in [side(0, f64::min), side(1, f64::min), side(0, f64::max), side(1, f64::max)] {
        bytes.extend(side.to_le_bytes());
    }
    bytes.extend((rings.len() as u32).to_le_bytes());
    bytes.extend((points().count() as u32).to_le_bytes());
    let mut start = 0u32;
    for ring in rings {
        bytes.extend(start.to_le_bytes());
        start += ring.len() as u32;
    }
    for number in points().flatten() {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

fn table(features: &[Value], columns: &[&str]) -> Vec<u8> {
    const WIDTH: usize = 60;
    let (head, row) = (32 + 32 * columns.len() + 1, 1 + WIDTH * columns.len());
    let mut bytes = vec![3, 126, 11, 27];
    bytes.extend((features.len() as u32).to_le_bytes());
    bytes.extend((head as u16).to_le_bytes());
    bytes.extend((row as u16).to_le_bytes());
    bytes.extend([0; 20]);
    for name in columns {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name.as_bytes());
        field[11] = b'C';
        field[16] = WIDTH as u8;
        bytes.extend(field);
    }
    bytes.push(0x0d);
    for feature in features {
        bytes.push(b' ');
        for name in columns {
            let value = &feature["properties"][*name];
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let mut cell = text.into_bytes();
            assert!(cell.len() <= WIDTH, "{name} is too long");
            cell.resize(WIDTH, b' ');
            bytes.extend(cell);
        }
    }
    bytes
}

const JGD2011: &str = "GEOGCS[\"GCS_JGD_2011\",DATUM[\"D_JGD_2011\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],\
    PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

#[test]
fn zones_of_a_shapefile_are_those_of_its_geojson() {
    let Some(file) = shared("hazard/numazu_A33_landslide.geojson") else { return };
    let mut whole: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let features = whole["features"].as_array_mut().unwrap();
    for feature in features.iter_mut() {
        feature["geometry"] = json!({"type": "MultiPolygon", "coordinates": turned(&feature["geometry"])});
    }
    let shape = Shapefile::of(features, &["A33_001", "A33_002"]);

    let as_geojson = TestTown::new("222038", "沼津市");
    as_geojson.write("slopes.geojson", whole.to_string());
    let as_shapes = TestTown::new("222038", "沼津市");
    as_shapes.write("slopes.shp", &shape.shp);
    as_shapes.write("slopes.dbf", &shape.dbf);
    as_shapes.write("slopes.prj", JGD2011);
    as_shapes.write("slopes.cpg", "UTF-8");
    let packs = |town: &TestTown, file: &str| {
        let toml = fs::read_to_string(town.dir().join("town.toml")).unwrap();
        town.write("town.toml", toml + &format!("\n[[file]]\npath = \"{file}\"\nlicense = \"CC BY 4.0\"\n"));
        let published = town.publish(&[]);
        let slopes = published["files"].as_array().unwrap().iter().find(|file| file["dataset"] == "ksj-a33");
        let counts = slopes.map(|file| (file["rows"].as_u64(), file["kept"].as_u64()));
        assert_eq!(counts, Some((Some(315), Some(315))), "{published}");
        let packs = published["packs"].as_array().unwrap().clone();
        let targets = town.public().join("targets/packs/koho");
        // A target's name begins with the hash of its bytes.
        let mut names: Vec<String> = fs::read_dir(targets)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert!(names.len() == packs.len() && names.len() >= 2, "{names:?}");
        names
    };
    assert_eq!(packs(&as_geojson, "slopes.geojson"), packs(&as_shapes, "slopes.shp"));
}
