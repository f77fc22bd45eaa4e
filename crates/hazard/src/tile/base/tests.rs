use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::tile::Tile;
use crate::tile::mvt::{self, Position, Value, decode};
use crate::tile::pmtiles::Archive;

fn at(lat: f64, lon: f64) -> Point {
    Point::of_degrees(lat, lon).unwrap()
}

fn feature(shape: Shape, properties: &[(&str, &str)]) -> Feature {
    let properties = properties.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Feature { shape, properties }
}

fn layer(name: &str, features: Vec<Feature>) -> BaseLayer {
    BaseLayer { name: name.into(), features }
}

fn line(from: (f64, f64), to: (f64, f64)) -> Shape {
    Shape::Lines(vec![vec![at(from.0, from.1), at(to.0, to.1)]])
}

fn square(south: f64, west: f64, side: f64) -> Shape {
    let outer =
        vec![at(south, west), at(south, west + side), at(south + side, west + side), at(south + side, west)];
    Shape::Polygons(vec![Polygon { outer, holes: Vec::new() }])
}

/// The layers of the tile that holds a point.
fn tile_at(base: &Base, zoom: u8, lat: f64, lon: f64) -> Vec<mvt::Layer> {
    let (z, x, y) = Tile::of(at(lat, lon), zoom).unwrap().address();
    let tile = Archive::open(base.bytes.clone()).unwrap().tile(z, x, y).unwrap();
    decode(&tile.unwrap_or_default()).unwrap()
}

fn names(layers: &[mvt::Layer]) -> Vec<&str> {
    layers.iter().map(|layer| layer.name.as_str()).collect()
}

fn town() -> Vec<BaseLayer> {
    let road = |kind: &str, name: &str, lat: f64| {
        feature(line((lat, 138.30), (lat, 138.34)), &[("highway", kind), ("name", name)])
    };
    vec![
        layer(
            "roads",
            vec![
                road("footway", "", 34.8701),
                road("trunk", "国道150号", 34.8702),
                road("residential", "", 34.8703),
                road("motorway_link", "", 34.8704),
            ],
        ),
        layer(
            "water",
            vec![
                feature(
                    line((34.8705, 138.31), (34.88, 138.32)),
                    &[("waterway", "river"), ("name", "瀬戸川")],
                ),
                feature(square(34.86, 138.318, 0.02), &[("natural", "water")]),
                feature(square(34.8706, 138.3201, 0.00005), &[("natural", "water"), ("name", "池")]),
            ],
        ),
        layer("green", vec![feature(square(34.871, 138.3202, 0.002), &[("leisure", "park")])]),
        layer("buildings", vec![feature(square(34.8707, 138.3203, 0.0002), &[("height", "6.4")])]),
        layer("rail", vec![feature(line((34.8708, 138.30), (34.8708, 138.34)), &[])]),
        layer("border", vec![feature(square(34.80, 138.20, 0.2), &[])]),
        layer(
            "labels",
            vec![
                feature(
                    Shape::Points(vec![at(34.8709, 138.3205)]),
                    &[("name", "栄町一丁目"), ("kind", "block")],
                ),
                feature(
                    Shape::Points(vec![at(34.8709, 138.3206)]),
                    &[("name", "焼津駅"), ("kind", "station"), ("rank", "2")],
                ),
            ],
        ),
    ]
}

#[test]
fn a_town_is_drawn_finer_the_nearer_it_is() {
    let base =
        build(town(), &Options { attribution: vec!["a".into(), "b".into()], ..Options::default() }).unwrap();
    assert!(base.dropped.is_empty() && base.unfit.is_empty());
    let near = tile_at(&base, 16, 34.8708, 138.3202);
    assert_eq!(names(&near), ["water", "green", "buildings", "rail", "roads", "labels"]);
    let far = tile_at(&base, 8, 34.87, 138.32);
    assert_eq!(names(&far), ["water", "border", "roads"]);
    let kinds = |zoom: u8| {
        let layers = tile_at(&base, zoom, 34.8702, 138.3202);
        let roads = layers.into_iter().find(|layer| layer.name == "roads").unwrap();
        let kind = |feature: mvt::Feature| feature.properties[0].1.clone();
        roads.features.into_iter().map(kind).collect::<Vec<_>>()
    };
    let text = |text: &str| Value::Text(text.into());
    assert_eq!(kinds(8), [text("trunk"), text("motorway")]);
    assert_eq!(kinds(12), [text("residential"), text("trunk"), text("motorway")]);
    assert_eq!(kinds(14), [text("footway"), text("residential"), text("trunk"), text("motorway")]);
    let labels = near.iter().find(|layer| layer.name == "labels").unwrap();
    assert_eq!(
        labels.features[0].properties,
        [
            ("kind".to_owned(), text("station")),
            ("name".to_owned(), text("焼津駅")),
            ("rank".to_owned(), Value::Whole(2)),
        ]
    );
    // The pond is a tenth of a pixel at zoom 12 and some thirty at zoom 16.
    let pond = |zoom: u8| {
        let layers = tile_at(&base, zoom, 34.8706, 138.3201);
        let water = layers.into_iter().find(|layer| layer.name == "water").unwrap();
        water.features.iter().any(|feature| feature.properties.contains(&("name".to_owned(), text("池"))))
    };
    assert!(!pond(12) && pond(16));
    let archive = Archive::open(base.bytes.clone()).unwrap();
    assert_eq!((archive.header().min_zoom, archive.header().max_zoom), (8, 16));
    assert_eq!(archive.metadata().unwrap()["attribution"], "a | b");
    assert_eq!(archive.metadata().unwrap()["vector_layers"].as_array().unwrap().len(), 7);
}

#[test]
fn the_same_layers_give_the_same_bytes() {
    let options = Options::default();
    assert_eq!(build(town(), &options).unwrap(), build(town(), &options).unwrap());
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let unknown = build(vec![layer("roofs", vec![])], &Options::default()).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "the base map has no layer \"roofs\"; it has roads, water, green, buildings, rail, border and labels"
    );
    assert!(matches!(build(Vec::new(), &Options::default()), Err(BaseError::Empty)));
    let zooms = Options { min_zoom: 12, max_zoom: 11, ..Options::default() };
    assert!(matches!(build(town(), &zooms), Err(BaseError::Zooms(12, 11))));
    assert!(matches!(
        build(town(), &Options { max_zoom: 19, ..Options::default() }),
        Err(BaseError::Zooms(8, 19))
    ));
    let mut layers = town();
    let point = Shape::Points(vec![at(34.87, 138.32)]);
    layers.push(layer("buildings", vec![feature(point.clone(), &[])]));
    layers.push(layer("labels", vec![feature(point, &[("name", " ")])]));
    let base = build(layers, &Options::default()).unwrap();
    assert_eq!(base.unfit, BTreeMap::from([("buildings".to_owned(), 1), ("labels".to_owned(), 1)]));
}

#[test]
fn a_feature_around_the_earth_is_refused() {
    let earth = [at(-80.0, -180.0), at(-80.0, 180.0), at(80.0, 180.0), at(80.0, -180.0)];
    let all = Shape::Polygons(vec![Polygon { outer: earth.to_vec(), holes: Vec::new() }]);
    let options = Options { min_zoom: 9, ..Options::default() };
    let built = build(vec![layer("water", vec![feature(all, &[])])], &options);
    assert!(matches!(built, Err(BaseError::TooManyTiles(9))), "{:?}", built.map(|base| base.tiles));
}

#[test]
fn a_full_tile_loses_the_least_important_first() {
    // 900 houses, 400 paths and a road in one tile, with room for a part.
    let step = |index: usize| f64::from(u32::try_from(index).unwrap()) * 0.0001;
    let houses = (0..900).map(|index| {
        let side = if index == 77 { 0.00008 } else { 0.00004 };
        feature(square(34.8701 + step(index / 30), 138.3201 + step(index % 30), side), &[])
    });
    let paths = (0..400).map(|index| {
        let lat = 34.8701 + step(index) / 20.0;
        feature(line((lat, 138.3201), (lat, 138.3211)), &[("highway", "path"), ("name", &format!("{index}"))])
    });
    let road = feature(
        line((34.8702, 138.3201), (34.8702, 138.3211)),
        &[("highway", "primary"), ("name", "本通り")],
    );
    let layers = vec![layer("buildings", houses.collect()), layer("roads", paths.chain([road]).collect())];
    let options = Options { min_zoom: 14, max_zoom: 14, most_bytes: 45_000, ..Options::default() };
    let base = build(layers.clone(), &options).unwrap();
    let [Dropped { z: 14, features, .. }] = base.dropped.as_slice() else { panic!("{:?}", base.dropped) };
    assert!(features["buildings"] > 0 && !features.contains_key("roads"), "{features:?}");
    let options = Options { most_bytes: 12_000, ..options };
    let base = build(layers, &options).unwrap();
    assert_eq!(base.dropped[0].features["buildings"], 900);
    assert!(base.dropped[0].features["roads"] < 400);
    let layers = tile_at(&base, 14, 34.8702, 138.3202);
    let last = layers[0].features.last().unwrap();
    assert_eq!(last.properties[1].1, Value::Text("本通り".into()));
}

fn place() -> impl Strategy<Value = (f64, f64)> {
    (34.86f64..34.90, 138.30f64..138.34)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is drawn: no tile is longer than it may be, all can be read, and nothing reaches beyond the buffer.
    #[test]
    fn every_tile_is_bounded(
        rings in prop::collection::vec(prop::collection::vec(place(), 1..12), 1..30),
        layer_index in 0usize..6,
        most in 600usize..4000,
    ) {
        let name = ["roads", "water", "green", "buildings", "rail", "border"][layer_index];
        let features = rings.iter().enumerate().map(|(index, ring)| {
            let points: Vec<Point> = ring.iter().map(|(lat, lon)| at(*lat, *lon)).collect();
            let shape = if index % 2 == 0 || matches!(name, "green" | "buildings") {
                Shape::Polygons(vec![Polygon { outer: points, holes: Vec::new() }])
            } else {
                Shape::Lines(vec![points])
            };
            feature(shape, &[("name", &format!("{}", index % 5))])
        });
        let options = Options { min_zoom: 12, max_zoom: 14, most_bytes: most, ..Options::default() };
        let base = match build(vec![layer(name, features.collect())], &options) {
            Ok(base) => base,
            Err(BaseError::Empty) => return Ok(()),
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        let archive = Archive::open(base.bytes.clone()).unwrap();
        for zoom in 12..=14u8 {
            let (_, west, north) = Tile::of(base.bounds_corner(true), zoom).unwrap().address();
            let (_, east, south) = Tile::of(base.bounds_corner(false), zoom).unwrap().address();
            for x in west..=east {
                for y in north..=south {
                    let Some(tile) = archive.tile(zoom, x, y).unwrap() else { continue };
                    prop_assert!(tile.len() <= most, "{} > {most}", tile.len());
                    for feature in decode(&tile).unwrap().into_iter().flat_map(|layer| layer.features) {
                        for Position { x, y } in places(&feature.shape) {
                            prop_assert!((-64..=4160).contains(&x) && (-64..=4160).contains(&y));
                        }
                    }
                }
            }
        }
    }
}

fn places(shape: &mvt::Shape) -> Vec<Position> {
    match shape {
        mvt::Shape::Points(points) => points.clone(),
        mvt::Shape::Lines(lines) => lines.concat(),
        mvt::Shape::Polygons(polygons) => polygons.concat().concat(),
    }
}

impl Base {
    fn bounds_corner(&self, north_west: bool) -> Point {
        let Bounds { min, max } = self.bounds;
        if north_west { Point { x: min.x, y: max.y } } else { Point { x: max.x, y: min.y } }
    }
}
