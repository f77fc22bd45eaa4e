//! Tiles of packs say what the packs say; real maps are read.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use madoguchi_hazard::pack::{Pack, Zone, build};
use madoguchi_hazard::tile::mvt::{self, decode};
use madoguchi_hazard::tile::pmtiles::{Archive, Compression, Meta, OfPackError, of_pack};
use madoguchi_hazard::tile::{MAX_ZOOM, Tile, base, cut};
use madoguchi_hazard::{Bounds, FileSource, Point, Polygon};
use proptest::prelude::*;

fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !found.exists() {
        eprintln!("skipped: no shared data ({path})");
        return None;
    }
    Some(found)
}

fn at(lat: f64, lon: f64) -> Point {
    Point::of_degrees(lat, lon).unwrap()
}

fn pack(zones: Vec<Zone>) -> Pack<Vec<u8>> {
    Pack::open(build(6, zones, &[]).unwrap().bytes).unwrap()
}

/// Even-odd, and the distance to the ring in units.
fn in_ring(ring: &[(f64, f64)], (x, y): (f64, f64)) -> (bool, f64) {
    let (mut odd, mut nearest) = (false, f64::INFINITY);
    for ((ax, ay), (bx, by)) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if (*ay > y) != (*by > y) && x < ax + (y - ay) * (bx - ax) / (by - ay) {
            odd = !odd;
        }
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let t = if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        nearest = nearest.min((ax + t * dx - x).hypot(ay + t * dy - y));
    }
    (odd, nearest)
}

/// The worst class that a decoded tile shows at a place.
fn class_in(tile: &[u8], place: (f64, f64)) -> Option<u8> {
    let layers = decode(tile).unwrap();
    let mut worst = None;
    for feature in layers.iter().flat_map(|layer| &layer.features) {
        let mvt::Value::Whole(class) = &feature.properties[0].1 else { panic!("{feature:?}") };
        let mvt::Shape::Polygons(polygons) = &feature.shape else { panic!("{feature:?}") };
        for rings in polygons {
            let inside = |ring: &mvt::Path| {
                let ring: Vec<_> =
                    ring.iter().map(|place| (f64::from(place.x), f64::from(place.y))).collect();
                in_ring(&ring, place).0
            };
            if inside(&rings[0]) && !rings[1..].iter().any(inside) {
                worst = worst.max(Some(u8::try_from(*class).unwrap()));
            }
        }
    }
    worst
}

/// Units from a point to the nearest edge of the zones, as a tile draws them.
fn to_an_edge(zones: &[Zone], tile: Tile, point: Point) -> f64 {
    let rings = zones.iter().flat_map(|zone| std::iter::once(&zone.polygon.outer).chain(&zone.polygon.holes));
    let distances = rings.map(|ring| {
        let ring: Vec<_> = ring.iter().map(|point| tile.place(*point)).collect();
        in_ring(&ring, tile.place(point)).1
    });
    distances.fold(f64::INFINITY, f64::min)
}

/// A polygon with corners around a middle (some far off, so that rings cross themselves too) and a hole.
fn zone() -> impl Strategy<Value = Zone> {
    let corner = (0.1f64..1.0, -0.3f64..0.3);
    let ring = prop::collection::vec(corner, 3..16);
    (0u8..6, (34.869f64..34.871, 138.319f64..138.321), 0.0001f64..0.002, ring.clone(), ring).prop_map(
        |(class, (lat, lon), size, outer, hole)| {
            let drawn = |corners: &[(f64, f64)], size: f64| -> Vec<Point> {
                let step = std::f64::consts::TAU / corners.len() as f64;
                let place = |(index, (reach, turn)): (usize, &(f64, f64))| {
                    let (sin, cos) = (step * (index as f64 + turn * 4.0)).sin_cos();
                    at(lat + size * reach * sin, lon + size * reach * cos)
                };
                corners.iter().enumerate().map(place).collect()
            };
            Zone {
                class,
                polygon: Polygon { outer: drawn(&outer, size), holes: vec![drawn(&hole, size / 3.0)] },
            }
        },
    )
}

proptest! {
    #[test]
    fn a_tile_tells_what_the_pack_tells(
        zones in prop::collection::vec(zone(), 1..6),
        points in prop::collection::vec((34.868f64..34.872, 138.318f64..138.322), 40),
    ) {
        let pack = pack(zones.clone());
        for (lat, lon) in points {
            let point = at(lat, lon);
            let tile = Tile::of(point, MAX_ZOOM).unwrap();
            if to_an_edge(&zones, tile, point) <= 1.0 {
                continue;
            }
            let (z, x, y) = tile.address();
            let shown = class_in(&cut(&pack, z, x, y).unwrap(), tile.place(point));
            prop_assert_eq!(shown, pack.at(point).unwrap().class, "{}, {}", lat, lon);
        }
    }
}

fn square(class: u8, south: f64, west: f64, side: f64) -> Zone {
    let outer =
        vec![at(south, west), at(south, west + side), at(south + side, west + side), at(south + side, west)];
    Zone { class, polygon: Polygon { outer, holes: Vec::new() } }
}

#[test]
fn the_worst_lies_on_top_and_nothing_from_elsewhere_is_in_a_tile() {
    let zones = vec![
        square(5, 34.8702, 138.3202, 0.001),
        square(1, 34.87, 138.32, 0.002),
        square(3, 34.9, 138.4, 0.1),
    ];
    let pack = pack(zones);
    let (z, x, y) = Tile::of(at(34.8705, 138.3205), 14).unwrap().address();
    let layers = decode(&cut(&pack, z, x, y).unwrap()).unwrap();
    assert_eq!(layers.len(), 1);
    assert_eq!((layers[0].name.as_str(), layers[0].extent), ("zones", 4096));
    let classes: Vec<_> = layers[0].features.iter().map(|feature| feature.properties.clone()).collect();
    let class = |class| vec![("class".to_owned(), mvt::Value::Whole(class))];
    assert_eq!(classes, [class(1), class(5)]);
    assert!(cut(&pack, 14, 0, 0).unwrap().is_empty());
    let within_three: Vec<_> = (0..=MAX_ZOOM)
        .filter(|zoom| {
            let (z, x, y) = Tile::of(at(34.95, 138.45), *zoom).unwrap().address();
            let tile = cut(&pack, z, x, y).unwrap();
            class_in(&tile, Tile::new(z, x, y).unwrap().place(at(34.95, 138.45))) == Some(3)
        })
        .collect();
    // From afar, a tenth of a degree is still two units wide.
    assert!(within_three.ends_with(&(4..=MAX_ZOOM).collect::<Vec<_>>()), "{within_three:?}");
}

#[test]
fn a_hole_that_reaches_out_of_the_tile_is_cut_though_its_zone_lies_in_it() {
    let zone = |outer_half: f64, hole: Zone| {
        let outer = square(2, 34.87 - outer_half, 138.32 - outer_half, 2.0 * outer_half).polygon.outer;
        pack(vec![Zone { class: 2, polygon: Polygon { outer, holes: vec![hole.polygon.outer] } }])
    };
    let (z, x, y) = Tile::of(at(34.87, 138.32), 17).unwrap().address();
    // The hole is larger than the tile: nothing is left of the zone, and nothing is drawn.
    let nothing = zone(0.0001, square(0, 34.84, 138.29, 0.06));
    assert_eq!(nothing.at(at(34.87, 138.32)).unwrap().class, None);
    assert!(cut(&nothing, z, x, y).unwrap().is_empty());
    // It begins in the zone and ends far off.
    let half = zone(0.0001, square(0, 34.86, 138.32, 0.06));
    let layers = decode(&cut(&half, z, x, y).unwrap()).unwrap();
    let mvt::Shape::Polygons(polygons) = &layers[0].features[0].shape else { panic!("{layers:?}") };
    let reach = polygons.iter().flatten().flatten().flat_map(|place| [place.x, place.y]);
    assert!(reach.clone().all(|place| (-64..=4096 + 64).contains(&place)), "{:?}", reach.max());
    assert_eq!(polygons[0].len(), 2);
}

#[test]
fn a_tile_within_a_hole_is_empty() {
    let outer = square(2, 34.8, 138.3, 0.1).polygon.outer;
    let hole = square(2, 34.82, 138.32, 0.06).polygon.outer;
    let pack = pack(vec![Zone { class: 2, polygon: Polygon { outer, holes: vec![hole] } }]);
    let (z, x, y) = Tile::of(at(34.85, 138.35), 15).unwrap().address();
    assert!(cut(&pack, z, x, y).unwrap().is_empty());
    let (z, x, y) = Tile::of(at(34.81, 138.35), 15).unwrap().address();
    assert!(!cut(&pack, z, x, y).unwrap().is_empty());
}

#[test]
fn tiles_that_do_not_exist_are_refused() {
    let pack = pack(vec![square(0, 34.87, 138.32, 0.01)]);
    for (z, x, y) in [(19, 0, 0), (255, 1, 1), (3, 8, 0), (3, 0, u32::MAX)] {
        let message = cut(&pack, z, x, y).unwrap_err().to_string();
        assert!(message.starts_with(&format!("there is no tile {z}/{x}/{y}")), "{message}");
    }
}

#[test]
fn a_pack_as_an_archive_has_the_same_tiles() {
    let pack = pack(vec![square(4, 34.87, 138.32, 0.01), square(2, 34.9, 138.40, 0.005)]);
    let meta = Meta { name: "洪水".into(), attribution: vec!["静岡県".into()], ..Meta::default() };
    let bytes = of_pack(&pack, 8..=14, &meta).unwrap();
    let archive = Archive::open(bytes.clone()).unwrap();
    assert_eq!((archive.header().min_zoom, archive.header().max_zoom), (8, 14));
    assert_eq!(archive.metadata().unwrap()["vector_layers"][0]["id"], "zones");
    let Bounds { min, max } = pack.bounds();
    for zoom in 8..=14 {
        let (_, west, south) = Tile::of(min, zoom).unwrap().address();
        let (_, east, north) = Tile::of(max, zoom).unwrap().address();
        for x in west..=east {
            for y in north..=south {
                let tile = archive.tile(zoom, x, y).unwrap().unwrap_or_default();
                assert_eq!(tile, cut(&pack, zoom, x, y).unwrap(), "{zoom}/{x}/{y}");
            }
        }
    }
    assert_eq!(bytes, of_pack(&pack, 8..=14, &meta).unwrap());
    let plain = Meta { compression: Compression::None, ..meta };
    assert!(Archive::open(of_pack(&pack, 8..=8, &plain).unwrap()).is_ok());
}

#[test]
fn zones_all_over_the_country_make_no_archive_of_house_sized_tiles() {
    let pack = pack(vec![square(0, 24.4, 123.7, 0.001), square(0, 45.0, 141.9, 0.001)]);
    assert!(matches!(of_pack(&pack, 16..=16, &Meta::default()), Err(OfPackError::TooMany)));
    let archive = Archive::open(of_pack(&pack, 8..=16, &Meta::default()).unwrap()).unwrap();
    let (z, x, y) = Tile::of(at(45.0005, 141.9005), 16).unwrap().address();
    assert!(archive.tile(z, x, y).unwrap().is_some());
}

#[test]
fn a_real_archive_is_read() {
    let Some(path) = shared("map/yaizu_derived.pmtiles") else { return };
    let archive = Archive::open(FileSource::new(File::open(path).unwrap()).unwrap()).unwrap();
    let header = archive.header();
    assert_eq!((header.min_zoom, header.max_zoom, header.addressed), (8, 15, 174));
    let layers = archive.metadata().unwrap()["vector_layers"].as_array().unwrap().len();
    let mut found = 0;
    let mut names = BTreeMap::new();
    for zoom in header.min_zoom..=header.max_zoom {
        let corner = |lat, lon| Tile::of(at(lat, lon), zoom).unwrap().address();
        let [south, west, north, east] = header.bounds;
        let ((_, left, top), (_, right, bottom)) = (corner(north, west), corner(south, east));
        for x in left..=right {
            for y in top..=bottom {
                let Some(tile) = archive.tile(zoom, x, y).unwrap() else { continue };
                found += 1;
                for layer in decode(&tile).unwrap() {
                    *names.entry(layer.name).or_insert(0) += layer.features.len();
                }
            }
        }
    }
    assert_eq!(found, 174);
    assert_eq!(names.len(), layers, "{names:?}");
}

/// A GeoJSON file's features; only what this test's files hold.
fn features(path: &Path) -> Vec<base::Feature> {
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let point = |place: &serde_json::Value| at(place[1].as_f64().unwrap(), place[0].as_f64().unwrap());
    let points = |line: &serde_json::Value| line.as_array().unwrap().iter().map(point).collect::<Vec<_>>();
    let polygon = |rings: &serde_json::Value| {
        let mut rings = rings.as_array().unwrap().iter().map(|ring| {
            let mut ring = points(ring);
            ring.pop();
            ring
        });
        Polygon { outer: rings.next().unwrap(), holes: rings.collect() }
    };
    let shape = |geometry: &serde_json::Value| {
        let coordinates = &geometry["coordinates"];
        match geometry["type"].as_str().unwrap() {
            "Point" => base::Shape::Points(vec![point(coordinates)]),
            "LineString" => base::Shape::Lines(vec![points(coordinates)]),
            "Polygon" => base::Shape::Polygons(vec![polygon(coordinates)]),
            "MultiPolygon" => {
                base::Shape::Polygons(coordinates.as_array().unwrap().iter().map(polygon).collect())
            }
            other => panic!("{other}"),
        }
    };
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    json["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| base::Feature {
            shape: shape(&feature["geometry"]),
            properties: feature["properties"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(k, v)| (k.clone(), text(v)))
                .collect(),
        })
        .collect()
}

/// Set `MADOGUCHI_BASE_MAP` to a path to keep the archive, for other programs to look at.
#[test]
fn a_real_quarter_becomes_a_map() {
    let Some(roads) = shared("map/osm_otemachi/roads.geojson") else { return };
    let Some(buildings) = shared("map/osm_otemachi/buildings.geojson") else { return };
    let Some(places) = shared("map/osm_otemachi/places.geojson") else { return };
    let layer = |name: &str, path: &Path| base::BaseLayer { name: name.into(), features: features(path) };
    let layers = vec![layer("roads", &roads), layer("buildings", &buildings), layer("labels", &places)];
    let options =
        base::Options { attribution: vec!["© OpenStreetMap contributors".into()], ..Default::default() };
    let made = base::build(layers.clone(), &options).unwrap();
    assert!(
        made.dropped.is_empty() && made.unfit.values().all(|count| *count < 10),
        "{:?} {:?}",
        made.dropped,
        made.unfit
    );
    if let Some(path) = std::env::var_os("MADOGUCHI_BASE_MAP") {
        std::fs::write(path, &made.bytes).unwrap();
    }
    let archive = Archive::open(made.bytes.clone()).unwrap();
    assert_eq!(archive.header().addressed, made.tiles);
    // 東京駅丸の内.
    let (z, x, y) = Tile::of(at(35.6825, 139.7650), 16).unwrap().address();
    let tile = archive.tile(z, x, y).unwrap().unwrap();
    let layers_there = decode(&tile).unwrap();
    let names: Vec<_> = layers_there.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["buildings", "roads", "labels"]);
    assert_eq!(made, base::build(layers, &options).unwrap());
}
