//! Ways over the real streets around 大手町 (2 × 2 km, OpenStreetMap): on the dry, and with zones to keep out of.

use std::cell::Cell;
use std::collections::BTreeMap;

use madoguchi_hazard::pack::{self, Pack, Zone};
use madoguchi_hazard::roads::{AVOID, Cost, Graph, Way, WayKind, build, distance_m};
use madoguchi_hazard::{Point, Polygon};
use madoguchi_tests::shared;
use serde_json::{Value, json};

use crate::stats::{round, timed};

const ROUTES: usize = 200;

pub fn run() -> Value {
    let file = shared("map/osm_otemachi/roads.geojson").expect("the streets of 大手町");
    let ways = ways(&serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON"));
    let pack = build(&ways).expect("a pack");
    let (open, _) = timed(50, || Graph::open(&pack[..]).expect("a graph"));
    let graph = Graph::open(&pack[..]).expect("a graph");
    let pairs = pairs(&graph);
    // Every second stripe of 90 m is under water: hardly a way leads through without getting wet.
    let wet = |a: Point, _: Point| if (a.x >> 30) & 1 == 0 { Cost::Worse(AVOID) } else { Cost::Free };
    let free = |_: Point, _: Point| Cost::Free;
    let hazard = hazard(&graph);
    let touched = |a: Point, b: Point| match hazard.along(a, b).expect("the pack is whole") {
        Some(_) => Cost::Worse(AVOID),
        None => Cost::Free,
    };
    json!({
        "bench": "ways", "ways": ways.len(), "pack_bytes": pack.len(), "nodes": graph.nodes(), "edges": graph.edges(),
        "km": round(graph.metres() / 1000.0), "open": open, "limit_ms": 20,
        "dry": routes(&graph, &pairs, &free), "through_zones": routes(&graph, &pairs, &wet),
        "through_a_pack": routes(&graph, &pairs, &touched),
    })
}

fn ways(streets: &Value) -> Vec<Way> {
    let features = streets["features"].as_array().expect("features").iter();
    features
        .filter_map(|feature| {
            let tags: BTreeMap<&str, String> = feature["properties"]
                .as_object()?
                .iter()
                .map(|(key, value)| {
                    (key.as_str(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                })
                .collect();
            let tag = |key: &str| tags.get(key).map(String::as_str);
            let kind = WayKind::of_highway(tag("highway")?, tag, false)?;
            let line = feature["geometry"]["coordinates"].as_array()?.iter();
            let points = line
                .map(|p| Point::of_degrees(p[1].as_f64()?, p[0].as_f64()?).ok())
                .collect::<Option<_>>()?;
            Some(Way { points, kind, name: tag("name").map(str::to_owned) })
        })
        .collect()
}

/// Pairs of points anywhere in the piece that a way joins: the same ones every time.
fn pairs(graph: &Graph) -> Vec<(Point, Point)> {
    let bounds = graph.bounds().expect("ways");
    let mut state = 5u64;
    let mut random = |from: i64, to: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + ((to - from) as f64 * (state >> 11) as f64 / (1u64 << 53) as f64) as i64
    };
    let mut point = || Point { x: random(bounds.min.x, bounds.max.x), y: random(bounds.min.y, bounds.max.y) };
    let mut pairs = Vec::new();
    while pairs.len() < ROUTES {
        let pair = (point(), point());
        if graph.route(pair.0, &[pair.1], &|_, _| Cost::Free).expect("a search").is_some() {
            pairs.push(pair);
        }
    }
    pairs
}

/// A pack of 400 ponds with 400 corners each, one every 100 m, half of the ground.
fn hazard(graph: &Graph) -> Pack<Vec<u8>> {
    let bounds = graph.bounds().expect("ways");
    let step = 1 << 30;
    let mut zones = Vec::new();
    for x in (bounds.min.x..bounds.max.x).step_by(step) {
        for y in (bounds.min.y..bounds.max.y).step_by(step) {
            let corner = |i: u32| {
                let (sine, cosine) = (f64::from(i) / 400.0 * std::f64::consts::TAU).sin_cos();
                let radius = step as f64 * (0.4 + 0.01 * f64::from(i % 2));
                Point { x: x + (cosine * radius) as i64, y: y + (sine * radius) as i64 }
            };
            let polygon = Polygon { outer: (0..400).map(corner).collect(), holes: Vec::new() };
            zones.push(Zone { class: 0, polygon });
        }
    }
    Pack::open(pack::build(1, zones, &[]).expect("a pack").bytes).expect("a pack")
}

fn routes(graph: &Graph, pairs: &[(Point, Point)], cost: &dyn Fn(Point, Point) -> Cost) -> Value {
    let mut next = pairs.iter().cycle();
    let asked = Cell::new(0usize);
    let counted = |a: Point, b: Point| {
        asked.set(asked.get() + 1);
        cost(a, b)
    };
    let mut ratios = Vec::new();
    let (mut spent, _) = timed(pairs.len(), || {
        let (from, to) = *next.next().expect("endless");
        let route = graph.route(from, &[to], &counted).expect("a search").expect("a way");
        ratios.push(route.distance_m / distance_m(from, to).max(1.0));
        route
    });
    ratios.sort_by(f64::total_cmp);
    spent["way_to_straight"] = json!(round(ratios[ratios.len() / 2]));
    spent["pieces_asked_for"] = json!(asked.get() / pairs.len());
    spent
}
