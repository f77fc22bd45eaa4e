//! Any bytes as a town's file of shapes, GeoJSON and Shapefile: an error or features, each of them counted, within bounds.
#![no_main]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use libfuzzer_sys::fuzz_target;
use madoguchi_publisher::geo::{Item, read};

fn folder() -> PathBuf {
    // One for each process: several may run at a time.
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = base.join(format!("madoguchi-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn all(path: &Path) {
    let mut items = 0;
    let told = read(path, &mut |item| {
        items += 1;
        if let Item::Feature(feature) = item {
            let rings = feature.polygons.iter().flat_map(|p| std::iter::once(&p.outer).chain(&p.holes));
            let points = rings.chain(&feature.lines).flatten().chain(&feature.points);
            assert!(points.into_iter().all(|point| point.on_earth()));
        }
        ControlFlow::Continue(())
    });
    if let Ok(facts) = told {
        assert!(items <= facts.features, "{items} of {}", facts.features);
    }
}

/// A collection around any bytes: the parser gets past its beginning.
fn geojson(folder: &Path, bytes: &[u8]) {
    let path = folder.join("a.geojson");
    std::fs::write(&path, bytes).expect("written");
    all(&path);
    let mut around = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":"#.to_vec();
    around.extend(bytes);
    around.extend(b"}}]}");
    std::fs::write(&path, around).expect("written");
    all(&path);
}

/// A polygon and its row, some of whose bytes are others: place, place, value.
fn shapefile(folder: &Path, bytes: &[u8]) {
    let mut shp = vec![0; 100];
    shp[..4].copy_from_slice(&9994u32.to_be_bytes());
    let mut record = 5u32.to_le_bytes().to_vec();
    record.extend([0; 32]);
    for number in [1u32, 5, 0] {
        record.extend(number.to_le_bytes());
    }
    for (x, y) in [(138.0f64, 35.0f64), (138.0, 36.0), (139.0, 36.0), (139.0, 35.0), (138.0, 35.0)] {
        record.extend(x.to_le_bytes().into_iter().chain(y.to_le_bytes()));
    }
    for number in 1..=2u32 {
        shp.extend(number.to_be_bytes());
        shp.extend((record.len() as u32 / 2).to_be_bytes());
        shp.extend(&record);
    }
    let mut dbf = vec![3, 126, 1, 1, 2, 0, 0, 0, 65, 0, 9, 0];
    dbf.resize(32, 0);
    dbf.extend(b"rank\0\0\0\0\0\0\0N\0\0\0\0\x08");
    dbf.resize(64, 0);
    dbf.extend(b"\x0D      3.0      4.0\x1A");
    let half = shp.len();
    let mut both = [shp, dbf].concat();
    for change in bytes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % both.len();
        both[at] = change[2];
    }
    let path = folder.join("a.shp");
    std::fs::write(&path, &both[..half]).expect("written");
    std::fs::write(folder.join("a.dbf"), &both[half..]).expect("written");
    all(&path);
    std::fs::write(&path, bytes).expect("written");
    all(&path);
}

fuzz_target!(|bytes: &[u8]| {
    let folder = folder();
    geojson(&folder, bytes);
    shapefile(&folder, bytes);
});
