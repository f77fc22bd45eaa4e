//! 内水浸水想定区域: hollows of the built-up town in which rain stands, within the area that was looked at.

use super::{Fields, banded};
use crate::contour::bands;
use crate::curve::curve;
use crate::geo::{P, p};
use crate::geojson::{Feature, Shape, Value};
use crate::rng::noise;
use crate::town::Town;

/// A hollow: middle, half length, half width, direction, depth.
type Hollow = (f64, f64, f64, f64, (f64, f64), f64);

#[rustfmt::skip]
const HOLLOWS: &[Hollow] = &[
    (2360.0, 2080.0, 260.0, 150.0, (1.0, 0.3), 0.9),
    (3560.0, 1760.0, 230.0, 110.0, (1.0, 0.15), 1.3),
    (4300.0, 1760.0, 190.0, 90.0, (1.0, 0.2), 0.8),
    (5180.0, 2180.0, 170.0, 110.0, (0.4, 1.0), 0.6),
    (5620.0, 1960.0, 150.0, 110.0, (1.0, 0.1), 1.5),
    (6880.0, 2330.0, 210.0, 140.0, (1.0, 0.1), 1.0),
    (3420.0, 860.0, 240.0, 130.0, (1.0, -0.1), 0.9),
    (5040.0, 760.0, 330.0, 220.0, (1.0, 0.3), 1.4),
    (6230.0, 1330.0, 180.0, 120.0, (1.0, 0.0), 0.45),
    (6960.0, 980.0, 160.0, 120.0, (0.3, 1.0), 0.5),
    (1900.0, 1020.0, 200.0, 110.0, (1.0, 0.0), 0.5),
];

pub fn files(town: &Town, fields: &Fields) -> Vec<(&'static str, Vec<Feature>)> {
    let grid = fields.height.map(|at, _| {
        let hollow = |(x, y, long, wide, run, deep): &Hollow| {
            let run = p(run.0, run.1).unit();
            let from = at - p(*x, *y);
            let (u, v) = (from.dot(run) / long, from.dot(run.left()) / wide);
            deep * (1.0 - u * u - v * v) + 0.16 * noise(630, at, 110.0)
        };
        let water = HOLLOWS.iter().map(hollow).fold(-3.0, f64::max);
        water.min((town.water.to_river(at) - 30.0) / 40.0)
    });
    let words = ["0.3m未満の区域", "0.3~0.5m未満の区域", "0.5~1.0m未満の区域", "1.0~3.0m未満の区域"];
    let mut features = banded(bands(&grid, &[0.0, 0.3, 0.5, 1.0], 1.6, 900.0), |k| depth(words[k]));
    // As such maps come: one ring drawn without lifting the pen, touching itself between two small hollows.
    features.push(Feature::new(Shape::Raw(touching(p(4730.0, 2440.0))), depth(words[0])));
    let area =
        Feature::new(Shape::Area(vec![vec![surveyed()]]), vec![("区域", "内水の調査をした区域".into())]);
    vec![("inland_flood.geojson", features), ("inland_surveyed.geojson", vec![area])]
}

fn depth(words: &str) -> Vec<(&'static str, Value)> {
    vec![("最大浸水深", words.into())]
}

/// Two hollows in one ring that meets itself at a point.
fn touching(at: P) -> Vec<P> {
    let step = |x: f64, y: f64| at + p(x, y);
    vec![
        at,
        step(26.0, 18.0),
        step(55.0, 16.0),
        step(66.0, -6.0),
        step(40.0, -26.0),
        step(14.0, -20.0),
        at,
        step(-24.0, -16.0),
        step(-52.0, -12.0),
        step(-60.0, 12.0),
        step(-34.0, 28.0),
        step(-10.0, 18.0),
    ]
}

/// Where rain water has drains, and was looked at: not the hills, nor the villages in the west.
fn surveyed() -> Vec<P> {
    let mut ring = curve(
        &[
            (1620.0, 2690.0),
            (1700.0, 2200.0),
            (1620.0, 1800.0),
            (1500.0, 1500.0),
            (1480.0, 800.0),
            (1760.0, 420.0),
            (2720.0, 330.0),
        ],
        90.0,
    );
    ring.extend(curve(
        &[
            (3420.0, 300.0),
            (4300.0, 330.0),
            (5200.0, 330.0),
            (6200.0, 420.0),
            (7300.0, 440.0),
            (7560.0, 800.0),
            (7460.0, 1500.0),
            (7700.0, 2000.0),
        ],
        90.0,
    ));
    ring.extend(curve(
        &[
            (7720.0, 2600.0),
            (7000.0, 2700.0),
            (6000.0, 2690.0),
            (5000.0, 2680.0),
            (3900.0, 2640.0),
            (2900.0, 2610.0),
            (2200.0, 2700.0),
        ],
        90.0,
    ));
    ring
}
