//! The streets around 大手町 (OpenStreetMap), where they are at hand.

use std::collections::BTreeMap;

use super::*;

fn streets(inside: bool) -> Option<Vec<Way>> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/map/osm_otemachi/roads.geojson");
    let Ok(text) = std::fs::read(file) else {
        eprintln!("skipped: no shared data (map/osm_otemachi)");
        return None;
    };
    let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let ways = json["features"].as_array().unwrap().iter().filter_map(|feature| {
        let tags: BTreeMap<&str, String> = feature["properties"]
            .as_object()?
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str().map_or_else(|| v.to_string(), str::to_owned)))
            .collect();
        let tag = |key: &str| tags.get(key).map(String::as_str);
        let kind = WayKind::of_highway(tag("highway")?, tag, inside)?;
        let points = feature["geometry"]["coordinates"].as_array()?.iter();
        let points = points
            .map(|p| Point::of_degrees(p[1].as_f64().unwrap(), p[0].as_f64().unwrap()).unwrap())
            .collect();
        Some(Way { points, kind, name: tag("name").map(str::to_owned) })
    });
    Some(ways.collect())
}

/// Numbers without a pattern, the same ones every time.
fn scatter(seed: u64) -> impl FnMut(f64, f64) -> f64 {
    let mut state = seed;
    move |from, to| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + (to - from) * ((state >> 11) as f64 / (1u64 << 53) as f64)
    }
}

#[test]
fn two_hundred_walks_through_otemachi() {
    let Some(ways) = streets(false) else { return };
    let bytes = build(&ways).unwrap();
    let graph = Graph::open(&bytes[..]).unwrap();
    let bounds = graph.bounds().unwrap();
    eprintln!(
        "{} ways, {} bytes, {} nodes, {} edges, {:.0} m",
        ways.len(),
        bytes.len(),
        graph.nodes(),
        graph.edges(),
        graph.metres()
    );
    let mut random = scatter(5);
    let mut ratios = Vec::new();
    let mut asked = 0;
    while ratios.len() < 200 {
        asked += 1;
        assert!(asked < 400, "too many without a way");
        let mut point = || {
            let lat = random(bounds.min.lat(), bounds.max.lat());
            Point::of_degrees(lat, random(bounds.min.lon(), bounds.max.lon())).unwrap()
        };
        let (from, to) = (point(), point());
        let Some(route) = graph.route(from, &[to], &free).unwrap() else { continue };
        parts_add_up(&route);
        let straight = distance_m(from, to);
        assert!(route.distance_m >= straight - 0.01);
        assert!(route.legs.len() == 1 || route.legs.iter().all(|leg| leg.distance_m >= 15.0));
        if straight > 100.0 {
            ratios.push(route.distance_m / straight);
        }
    }
    ratios.sort_by(f64::total_cmp);
    eprintln!("{asked} asked; way / straight: median {:.2}, most {:.2}", ratios[100], ratios[199]);
    assert!(ratios[100] < 2.0 && ratios[190] < 3.0);
}

#[test]
fn a_zone_drawn_across_the_streets_is_walked_around() {
    let Some(ways) = streets(false) else { return };
    let graph = Graph::open(build(&ways).unwrap()).unwrap();
    let (from, to) =
        (Point::of_degrees(35.6860, 139.7630).unwrap(), Point::of_degrees(35.6905, 139.7690).unwrap());
    let direct = graph.route(from, &[to], &free).unwrap().unwrap();
    let middle = direct.points[direct.points.len() / 2];
    let wet = |a: Point, b: Point| {
        let near = |p| distance_m(p, middle) < 60.0;
        if near(a) || near(b) { Cost::Worse(AVOID) } else { Cost::Free }
    };
    let around = graph.route(from, &[to], &wet).unwrap().unwrap();
    parts_add_up(&around);
    eprintln!("direct {:.0} m, around {:.0} m", direct.distance_m, around.distance_m);
    assert_eq!(around.wet_m, 0.0);
    assert!(around.points.iter().all(|p| distance_m(*p, middle) >= 60.0));
    assert!(around.distance_m > direct.distance_m);
}
