//! 洪水浸水想定区域 of the river: depth for two scenarios, how long the water stays, and where houses may fall.

use super::{Fields, banded, table};
use crate::contour::bands;
use crate::curve::beside;
use crate::geo::P;
use crate::geojson::{Feature, Shape, Value};
use crate::grid::Grid;
use crate::rng::noise;
use crate::town::Town;
use crate::water::Water;

/// How high the water stands in the heaviest rain that is thought of, by metres north on the sheet.
const LEVEL: &[(f64, f64)] = &[
    (0.0, 3.4),
    (300.0, 4.6),
    (800.0, 6.5),
    (1300.0, 8.3),
    (1800.0, 9.4),
    (2200.0, 9.9),
    (2700.0, 11.5),
    (3200.0, 16.9),
    (3400.0, 17.5),
    (3700.0, 21.5),
    (4060.0, 29.2),
    (4700.0, 43.3),
    (5300.0, 59.8),
];

/// The bounds of the classes 0–0.5, 0.5–3, 3–5 and 5–10 m.
const CLASSES: [f64; 4] = [0.0, 0.5, 3.0, 5.0];

pub fn files(town: &Town, fields: &Fields) -> Vec<(&'static str, Vec<Feature>)> {
    let largest = depth(fields, 0.0, 0.0007, 1500.0);
    let planned = depth(fields, 2.5, 0.0021, 2500.0);
    let l2 = bands(&largest, &CLASSES, 2.6, 3500.0);
    let l1 = bands(&planned, &CLASSES, 2.6, 3500.0);
    vec![
        ("river_flood_l2.geojson", banded(l2, |k| a31a(["A31a_201", "A31a_202", "A31a_204", "A31a_205"], k))),
        ("river_flood_l1.geojson", banded(l1, |k| a31a(["A31a_101", "A31a_102", "A31a_104", "A31a_105"], k))),
        ("flood_duration.geojson", duration(fields, &largest)),
        ("collapse_flow.geojson", collapse_flow(fields, &largest)),
        ("collapse_bank.geojson", collapse_bank(town)),
    ]
}

fn a31a(names: [&'static str; 4], rank: usize) -> Vec<(&'static str, Value)> {
    vec![
        (names[0], "9900000001".into()),
        (names[1], "見本川".into()),
        (names[2], "見本県".into()),
        (names[3], (rank as i64 + 1).into()),
    ]
}

/// Depth when the water stands `lower` than in the heaviest rain and falls off with the distance from the river.
fn depth(fields: &Fields, lower: f64, falls: f64, until: f64) -> Grid {
    let grid = fields.height.map(|at, height| {
        let away = fields.river.at(at);
        // In the valley the water stays in the valley.
        let valley = ((at.y - 2900.0) / 400.0).clamp(0.0, 1.0) * 0.02 * (away - 640.0).max(0.0);
        let level = table(LEVEL, at.y) - lower - falls * away.min(until) - valley;
        level - height + 0.12 * noise(601, at, 170.0)
    });
    fields.ends(grid)
}

/// Deep water and low ground keep it for days.
fn duration(fields: &Fields, depth: &Grid) -> Vec<Feature> {
    let hours = depth.map(|at, depth| {
        let low = (5.3 - fields.height.at(at)).clamp(0.0, 4.0);
        if depth <= 0.0 { depth } else { depth * 6.0 + low * 15.0 * depth.min(1.0) }
    });
    let names = ["12時間未満", "12時間～1日未満", "1日～3日未満", "3日～1週間未満"];
    banded(bands(&hours, &[0.0, 12.0, 24.0, 72.0], 5.0, 9000.0), |k| {
        vec![("河川名", "見本川".into()), ("A31_301", (k as i64 + 1).into()), ("継続時間", names[k].into())]
    })
}

/// 氾濫流: beside the river, where the water is more than a metre deep.
fn collapse_flow(fields: &Fields, depth: &Grid) -> Vec<Feature> {
    let reach = depth.map(|at, depth| {
        let strong = 175.0 + 90.0 * noise(610, at, 480.0) - fields.river.at(at);
        (strong / 40.0).min((depth - 1.2) * 1.5)
    });
    banded(bands(&fields.ends(reach), &[0.0], 2.0, 4000.0), |_| zone(1, "氾濫流"))
}

/// 河岸侵食: a strip on both sides of the river that it may eat away.
fn collapse_bank(town: &Town) -> Vec<Feature> {
    let river: Vec<P> = town.water.river.iter().copied().filter(|at| at.y > 130.0 && at.y < 4900.0).collect();
    let half = |at: P| Water::half(at) + 26.0 + 11.0 * noise(611, at, 260.0);
    let mut ring = beside(&river, half);
    ring.extend(beside(&river, |at| -half(at)).iter().rev());
    vec![Feature::new(Shape::Area(vec![vec![crate::curve::simpler_ring(&ring, 1.0)]]), zone(2, "河岸侵食"))]
}

fn zone(code: i64, name: &str) -> Vec<(&'static str, Value)> {
    vec![("河川名", "見本川".into()), ("A31_401", code.into()), ("区分", name.into())]
}
