use std::ops::ControlFlow;

use madoguchi_hazard::Point;
use proptest::prelude::*;

use super::{read, read_within};
use crate::geo::{Feature, GeoError, Item, RefusedFeature};

fn items(bytes: &[u8]) -> Result<Vec<Item>, GeoError> {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("a.geojson");
    std::fs::write(&path, bytes).unwrap();
    let mut items = Vec::new();
    let facts = read(&path, &mut |item| {
        items.push(item);
        ControlFlow::Continue(())
    })?;
    assert_eq!(facts.features, items.len() as u64);
    Ok(items)
}

fn collection(features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

fn of(geometry: &str) -> Item {
    let feature = format!("{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{geometry}}}");
    items(collection(&feature).as_bytes()).unwrap().remove(0)
}

fn feature(item: Item) -> Feature {
    match item {
        Item::Feature(feature) => feature,
        Item::Refused(refused) => panic!("{refused:?}"),
    }
}

fn refused(item: Item) -> RefusedFeature {
    match item {
        Item::Refused(refused) => refused,
        Item::Feature(feature) => panic!("{feature:?}"),
    }
}

fn p(lon: f64, lat: f64) -> Point {
    Point::of_degrees(lat, lon).unwrap()
}

#[test]
fn every_geometry_is_read_with_keys_in_any_order_and_heights_left_out() {
    let square = "[[138,35,0],[139,35,0],[139,36,0],[138,35,0]]";
    let read = feature(of(&format!(
        "{{\"coordinates\":[[{square}],[{square},{square}]],\"type\":\"MultiPolygon\"}}"
    )));
    assert_eq!((read.polygons.len(), read.polygons[1].holes.len(), read.unclosed), (2, 1, 0));
    assert_eq!(read.polygons[0].outer, [p(138., 35.), p(139., 35.), p(139., 36.)]);
    let read = feature(of("{\"type\":\"GeometryCollection\",\"geometries\":[\
        {\"type\":\"Point\",\"coordinates\":[138,35]},{\"type\":\"MultiPoint\",\"coordinates\":[[138,35],[138,36]]},\
        {\"type\":\"LineString\",\"coordinates\":[[138,35],[138,36]]},\
        {\"type\":\"MultiLineString\",\"coordinates\":[[[138,35],[138,36]]]}]}"));
    assert_eq!((read.points.len(), read.lines.len()), (3, 2));
}

#[test]
fn a_file_may_be_one_feature_or_one_geometry_and_say_its_type_last() {
    let point = "\"coordinates\":[138.5,35]";
    for text in [
        format!("{{{point},\"type\":\"Point\"}}"),
        format!("{{\"geometry\":{{\"type\":\"Point\",{point}}},\"properties\":null,\"type\":\"Feature\"}}"),
    ] {
        assert_eq!(feature(items(text.as_bytes()).unwrap().remove(0)).points, [p(138.5, 35.)]);
    }
    for text in ["{}", "{\"type\":\"Topology\",\"objects\":{}}", "{\"a\":[1,2]}"] {
        assert!(matches!(items(text.as_bytes()), Err(GeoError::NotGeoJson)), "{text}");
    }
    assert_eq!(items(b"{\"type\":\"FeatureCollection\"}").unwrap(), []);
}

#[test]
fn properties_are_texts() {
    let text = collection(
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[138,35]},\
        \"properties\":{\"a\":1,\"b\":1.0,\"c\":null,\"d\":\"文\",\"e\":[1],\"f\":{\"g\":1},\"h\":true,\"i\":0.3}}",
    );
    let read = feature(items(text.as_bytes()).unwrap().remove(0)).properties;
    let read: Vec<String> = read.iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!(read, ["a=1", "b=1", "d=文", "h=true", "i=0.3"]);
}

#[test]
fn what_is_wrong_with_a_feature_is_named_with_its_place_and_the_others_are_kept() {
    let bad = |geometry: &str| {
        let refused = refused(of(geometry));
        format!("{} | {}", refused.place.unwrap_or_default(), refused.why)
    };
    assert!(bad("null").contains("形がありません"));
    let ring = "[[138,35],[139,35],[139,null],[138,35]]";
    let text = bad(&format!(
        "{{\"type\":\"MultiPolygon\",\"coordinates\":[[[[138,35],[139,35],[139,36],[138,35]],{ring}]]}}"
    ));
    assert!(text.starts_with("1番めの多角形、2番めの輪、3番めの点 | 座標が空"), "{text}");
    let text = bad("{\"type\":\"LineString\",\"coordinates\":[[138,35],[35,138]]}");
    assert!(text.starts_with("2番めの点 | 緯度と経度が逆"), "{text}");
    let text = bad("{\"type\":\"LineString\",\"coordinates\":[[-36000.5,12000.1],[35,138]]}");
    assert!(text.starts_with("1番めの点 | 緯度・経度ではありません（-36000.5, 12000.1）"), "{text}");
    for geometry in [
        "{\"type\":\"Point\",\"coordinates\":[138]}",
        "{\"type\":\"Point\",\"coordinates\":[\"138\",\"35\"]}",
        "{\"type\":\"Point\",\"coordinates\":[[138,35]]}",
        "{\"type\":\"Point\",\"coordinates\":{\"lat\":35}}",
        "{\"type\":\"Point\",\"coordinates\":[]}",
        "{\"type\":\"Point\"}",
        "{\"type\":\"Polygon\",\"coordinates\":[]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[138,35],[139]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[138,35],5]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[[[[138,35]]]]]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[138,35]]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[]]}",
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[]]]}",
        "{\"type\":\"Circle\",\"coordinates\":[138,35]}",
        "{\"coordinates\":[138,35]}",
    ] {
        refused(of(geometry));
    }
    let good =
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[138,35]}}";
    let read =
        items(collection(&format!("null,{good},{{\"type\":\"Feature\",\"geometry\":7}},{good}")).as_bytes());
    // A geometry that is a number is no JSON of this kind at all: the file says where.
    assert!(matches!(read, Err(GeoError::Json { line: 1, .. })), "{read:?}");
    let read = items(collection(&format!("null,{good},{{\"type\":\"Feature\"}},{good}")).as_bytes()).unwrap();
    let numbers: Vec<(u64, bool)> = read
        .into_iter()
        .map(|item| match item {
            Item::Feature(feature) => (feature.number, true),
            Item::Refused(refused) => (refused.number, false),
        })
        .collect();
    assert_eq!(numbers, [(1, false), (2, true), (3, false), (4, true)]);
}

#[test]
fn nan_and_a_cut_file_are_named_with_line_and_column() {
    let text = "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[NaN,35]}}]}";
    let Err(GeoError::Json { line, .. }) = items(text.as_bytes()) else { panic!() };
    assert_eq!(line, 2);
    for cut in 0..text.len() - 1 {
        assert!(items(&text.as_bytes()[..cut]).is_err());
    }
    assert!(items(collection("[1e999]").as_bytes()).is_err());
    assert!(items(b"\xE6\xB5").is_err());
}

#[test]
fn the_system_of_coordinates_may_stand_behind_the_features_and_metres_are_refused_by_name() {
    let with = |crs: &str| {
        let point = "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[138,35]},\"properties\":{}}";
        items(format!("{{\"type\":\"FeatureCollection\",\"features\":[{point}],\"crs\":{crs}}}").as_bytes())
    };
    let named = |name: &str| with(&format!("{{\"type\":\"name\",\"properties\":{{\"name\":\"{name}\"}}}}"));
    assert!(with("null").is_ok() && named("urn:ogc:def:crs:EPSG::6697").is_ok());
    let Err(error) = named("urn:ogc:def:crs:EPSG::6676") else { panic!() };
    assert!(error.to_string().contains("EPSG::6676"), "{error}");
    assert!(with("{\"type\":\"EPSG\",\"properties\":{\"code\":4326}}").is_ok());
    assert!(with("{\"type\":\"link\"}").is_err());
}

#[test]
fn rings_that_do_not_end_where_they_begin_are_closed_and_counted() {
    let read = feature(of("{\"type\":\"Polygon\",\"coordinates\":[[[138,35],[139,35],[139,36]]]}"));
    assert_eq!((read.polygons[0].outer.len(), read.unclosed), (3, 1));
}

#[test]
fn coordinates_are_read_to_the_last_digit() {
    for text in ["138.326432169771067", "34.831130290029499", "138.29999999999998"] {
        let geometry = format!("{{\"type\":\"Point\",\"coordinates\":[{text},34.831130290029499]}}");
        let lon: f64 = text.parse().unwrap();
        assert_eq!(feature(of(&geometry)).points, [p(lon, "34.831130290029499".parse().unwrap())]);
    }
}

/// Each way to write much in few bytes; reading stops at the budget, long before the file's end.
#[test]
fn more_points_than_may_be_are_an_error_that_names_the_feature() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("a.geojson");
    for (open, piece) in [
        (
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[",
            "[],",
        ),
        ("{\"type\":\"FeatureCollection\",\"features\":[", "{},"),
        ("{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"coordinates\":[", "[138,35],"),
        ("{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"coordinates\":[138,", "35,"),
        ("{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"coordinates\":[[138,35],", "7,"),
        ("{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"geometries\":[", "{},"),
    ] {
        std::fs::write(&path, format!("{open}{}", piece.repeat(10_000))).unwrap();
        let mut count = 0u64;
        let read = read_within(&path, 1_000, &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        });
        let Err(GeoError::TooManyPoints { number }) = read else { panic!("{read:?}") };
        assert_eq!(number, count + 1);
    }
    // Too large is told before anything is read; the file is a hole.
    std::fs::File::create(&path).unwrap().set_len(crate::geo::MAX_FILE + 1).unwrap();
    assert!(matches!(read(&path, &mut |_| ControlFlow::Continue(())), Err(GeoError::TooLarge { .. })));
}

#[test]
fn whoever_has_enough_reads_no_further() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("a.geojson");
    std::fs::write(&path, "{\"type\":\"FeatureCollection\",\"features\":[{},{},NaN").unwrap();
    assert_eq!(read(&path, &mut |_| ControlFlow::Break(())).unwrap().features, 1);
}

#[test]
fn nesting_without_an_end_is_an_error() {
    for open in ["[", "{\"type\":\"GeometryCollection\",\"geometries\":[", "{\"a\":"] {
        assert!(items(collection(&open.repeat(200_000)).as_bytes()).is_err());
    }
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    refused(of(&format!("{{\"type\":\"Polygon\",\"coordinates\":{deep}}}")));
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_string()),
        Just("138.5".to_string()),
        Just("35".to_string()),
        Just("\"Polygon\"".to_string()),
        Just("\"Feature\"".to_string()),
        Just("[138,35]".to_string()),
        Just("true".to_string()),
    ];
    leaf.prop_recursive(6, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(|all| format!("[{}]", all.join(","))),
            proptest::collection::vec(
                (
                    proptest::sample::select(vec![
                        "type",
                        "coordinates",
                        "geometry",
                        "geometries",
                        "features",
                        "properties",
                        "crs"
                    ]),
                    inner
                ),
                0..5
            )
            .prop_map(|all| {
                let parts: Vec<String> =
                    all.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
                format!("{{{}}}", parts.join(","))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_makes_it_panic(text in json()) {
        let _ = items(text.as_bytes());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = items(&bytes);
    }
}
