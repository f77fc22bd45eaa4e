//! Times tiles of the zones of a GeoJSON file: `hazard_tiles FILE PROPERTY [OUT.pmtiles]`. The values of the property, sorted,
//! are taken for the classes. Prints JSON.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use madoguchi_hazard::pack::{Pack, Zone, build};
use madoguchi_hazard::tile::pmtiles::{Meta, of_pack};
use madoguchi_hazard::tile::{MAX_ZOOM, Tile, cut};
use madoguchi_hazard::{Point, Polygon};
use serde_json::Value;

/// The best of these counts, against what else the machine does.
const REPEATED: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, property, rest @ ..] = arguments.as_slice() else { return Err("FILE PROPERTY [OUT]".into()) };
    let json: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    let features = json.get("features").and_then(Value::as_array).ok_or("no features")?;
    let text = |feature: &Value| {
        feature.pointer("/properties").and_then(|all| all.get(property)).map(Value::to_string)
    };
    let mut classes: Vec<_> = features.iter().filter_map(text).collect();
    classes.sort();
    classes.dedup();
    let mut zones = Vec::new();
    for feature in features {
        let class = text(feature)
            .and_then(|text| classes.binary_search(&text).ok())
            .ok_or("a feature without class")?;
        let class = u8::try_from(class)?;
        let coordinates = feature.pointer("/geometry/coordinates").ok_or("no coordinates")?;
        let one = feature.pointer("/geometry/type").and_then(Value::as_str) == Some("Polygon");
        let polygons =
            if one { vec![coordinates.clone()] } else { coordinates.as_array().cloned().unwrap_or_default() };
        for rings in &polygons {
            zones.extend(polygon(rings).map(|polygon| Zone { class, polygon }));
        }
    }
    let built = build(u8::try_from(classes.len())?, zones, &[])?;
    let pack = Pack::open(built.bytes.clone())?;
    let mut zooms = BTreeMap::new();
    for zoom in 0..=MAX_ZOOM {
        zooms.insert(zoom, times(&pack, zoom)?);
    }
    let mut told = serde_json::json!({
        "points": pack.header().points, "zones": pack.header().zones, "pack_bytes": built.bytes.len(), "zooms": zooms,
    });
    if let [out] = rest {
        let start = Instant::now();
        let bytes = of_pack(&pack, 8..=16, &Meta { name: file.clone(), ..Meta::default() })?;
        if let Some(told) = told.as_object_mut() {
            told.insert("pmtiles_bytes".into(), bytes.len().into());
            told.insert("pmtiles_ms".into(), (start.elapsed().as_secs_f64() * 1e3).into());
        }
        std::fs::write(out, bytes)?;
    }
    println!("{told:#}");
    Ok(())
}

fn polygon(rings: &Value) -> Option<Polygon> {
    let point = |place: &Value| Point::of_degrees(place.get(1)?.as_f64()?, place.get(0)?.as_f64()?).ok();
    let mut rings = rings.as_array()?.iter().map(|ring| {
        let mut ring: Vec<Point> = ring.as_array().into_iter().flatten().filter_map(point).collect();
        ring.pop();
        ring
    });
    Some(Polygon { outer: rings.next()?, holes: rings.collect() })
}

/// The slowest, the mean and the longest of some thousand tiles spread over the pack.
fn times<S: madoguchi_hazard::Source>(pack: &Pack<S>, zoom: u8) -> Result<Value, Box<dyn Error>> {
    let (_, west, south) = Tile::of(pack.bounds().min, zoom)?.address();
    let (_, east, north) = Tile::of(pack.bounds().max, zoom)?.address();
    let step = ((east - west + 1) / 40).max(1) as usize;
    let (mut slowest, mut all, mut longest, mut count) = (0.0f64, 0.0, 0, 0u32);
    for x in (west..=east).step_by(step) {
        for y in (north..=south).step_by(step) {
            let (mut tile, mut ms) = (Vec::new(), f64::INFINITY);
            for _ in 0..REPEATED {
                let start = Instant::now();
                tile = cut(pack, zoom, x, y)?;
                ms = ms.min(start.elapsed().as_secs_f64() * 1e3);
            }
            if !tile.is_empty() {
                (slowest, all, longest, count) =
                    (slowest.max(ms), all + ms, longest.max(tile.len()), count + 1);
            }
        }
    }
    Ok(
        serde_json::json!({ "tiles": count, "slowest_ms": slowest, "mean_ms": all / f64::from(count.max(1)), "longest_bytes": longest }),
    )
}
