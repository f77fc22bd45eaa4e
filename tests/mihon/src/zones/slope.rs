//! 土砂災害警戒区域 (A33): slopes that may fall, valleys down which stones may run, ground that may slide.

use crate::curve::{curve, oval};
use crate::geo::{P, p};
use crate::geojson::{Feature, Shape, Value};
use crate::rng::{chance, noise};
use crate::skeleton::BLOCKS;
use crate::town::Town;

/// Where streams of stones start in the hills.
const STARTS: &[(f64, f64)] = &[
    (820.0, 4700.0),
    (560.0, 4560.0),
    (1900.0, 4560.0),
    (1980.0, 4080.0),
    (2900.0, 4560.0),
    (3060.0, 4880.0),
    (3260.0, 4180.0),
    (4300.0, 4620.0),
    (4600.0, 4780.0),
    (5700.0, 4700.0),
    (6500.0, 4560.0),
    (7500.0, 4560.0),
    (7880.0, 3600.0),
    (40.0, 3500.0),
];

/// A slow slide: middle, half length, half width, direction.
type Slide = (f64, f64, f64, f64, (f64, f64));

const SLIDES: &[Slide] = &[
    (430.0, 4760.0, 210.0, 120.0, (1.0, -0.8)),
    (3420.0, 5030.0, 190.0, 110.0, (0.3, -1.0)),
    (7620.0, 4300.0, 180.0, 105.0, (-0.4, -1.0)),
];

pub fn features(town: &Town) -> Vec<Feature> {
    let mut out = Vec::new();
    let mut count = 0;
    for (kind, warning, special, middle) in steep(town).into_iter().chain(stones(town)).chain(slides()) {
        count += 1;
        let Some(block) = town.block_of(middle) else { continue };
        let name = BLOCKS[block].name;
        let has_special = special.is_some();
        out.push(zone(kind, 1, count, name, has_special, warning));
        if let Some(ring) = special {
            out.push(zone(kind, 2, count, name, true, ring));
        }
    }
    out
}

fn zone(kind: i64, class: i64, number: i64, block: &str, special: bool, ring: Vec<P>) -> Feature {
    let letter = ["K", "D", "J"][(kind - 1) as usize];
    let properties: Vec<(&'static str, Value)> = vec![
        ("A33_001", kind.into()),
        ("A33_002", class.into()),
        ("A33_003", "99".into()),
        ("A33_004", Value::Text(format!("201-{letter}-{number:04}"))),
        ("A33_005", Value::Text(format!("{block}{number}"))),
        ("A33_006", Value::Text(format!("見本市{block}"))),
        ("A33_007", "2021-03-26".into()),
        ("A33_008", i64::from(!special).into()),
    ];
    Feature::new(Shape::Area(vec![vec![ring]]), properties)
}

type Found = (i64, Vec<P>, Option<Vec<P>>, P);

/// 急傾斜地: short bands along steep slopes near houses.
fn steep(town: &Town) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let near = crate::near::Near::new(town.ways.iter().map(|way| way.points.as_slice()), 150.0);
    for (i, j) in (0..58).flat_map(|i| (0..36).map(move |j| (i, j))) {
        let at = p(
            i as f64 * 140.0 + 60.0 * chance(640, i, j),
            2500.0 + j as f64 * 80.0 + 40.0 * chance(641, i, j),
        );
        let slope = town.ground.slope(at);
        let apart = out.iter().all(|(.., other)| (*other - at).length() > 270.0);
        if slope.length() < 0.14
            || near.distance(at) > 120.0
            || town.block_of(at).is_none()
            || !apart
            || keeps_clear(at)
        {
            continue;
        }
        let (long, wide) = (60.0 + 90.0 * chance(642, i, j), 24.0 + 16.0 * chance(643, i, j));
        let along = slope.unit().left();
        let rough = |ring: Vec<P>, middle: P| -> Vec<P> {
            ring.iter().map(|c| *c + (*c - middle) * (0.22 * noise(644, *c, 45.0))).collect()
        };
        let warning = rough(oval(at, along * long, wide, 16), at);
        let above = at + slope.unit() * (wide * 0.2);
        let special = (chance(645, i, j) < 0.7)
            .then(|| rough(oval(above, along * (long * 0.8), wide * 0.55, 16), above));
        out.push((1, warning, special, at));
    }
    out
}

/// The school to which everyone flees was built where no slope reaches it.
fn keeps_clear(at: P) -> bool {
    (at - p(3147.0, 2927.0)).length() < 260.0
}

/// 土石流: down a valley, narrow above and wide where it ends.
fn stones(town: &Town) -> Vec<Found> {
    STARTS
        .iter()
        .map(|(x, y)| {
            let mut line = vec![p(*x, *y)];
            let mut way = p(0.0, -1.0);
            while line.len() < 22 {
                let at = line[line.len() - 1];
                way = (way * 0.5 - town.ground.slope(at).unit() * 0.5).unit();
                let next = at + way * 22.0;
                // Stones come to rest where it is flat, but not at once.
                let flat = town.ground.slope(next).length() < 0.045 && line.len() > 9;
                if flat || town.water.to_flow(next) < 8.0 || town.block_of(next).is_none() {
                    break;
                }
                line.push(next);
            }
            let middle = line[line.len() / 2];
            let special = fan(&line[..line.len() * 3 / 5 + 1], 7.0, 17.0);
            (2, fan(&line, 14.0, 52.0), (line.len() > 7).then_some(special), middle)
        })
        .filter(|(_, warning, ..)| warning.len() > 6)
        .collect()
}

fn fan(line: &[P], narrow: f64, wide: f64) -> Vec<P> {
    let side = |i: usize, sign: f64| {
        let way = (line[(i + 1).min(line.len() - 1)] - line[i.saturating_sub(1)]).unit().left();
        let share = i as f64 / (line.len() - 1).max(1) as f64;
        line[i] + way * (sign * (narrow + (wide - narrow) * share * share))
    };
    let mut ring: Vec<P> = (0..line.len()).map(|i| side(i, 1.0)).collect();
    ring.extend((0..line.len()).rev().map(|i| side(i, -1.0)));
    crate::curve::simpler_ring(&ring, 1.0)
}

/// 地滑り: large and slow, never 特別警戒 here.
fn slides() -> Vec<Found> {
    SLIDES
        .iter()
        .map(|(x, y, long, wide, run)| {
            let middle = p(*x, *y);
            let ring = oval(middle, p(run.0, run.1).unit() * *long, *wide, 16);
            let ring: Vec<(f64, f64)> = ring
                .iter()
                .map(|at| *at + (*at - middle) * (0.2 * noise(650, *at, 120.0)))
                .chain([ring[0]])
                .map(|at| (at.x, at.y))
                .collect();
            let mut ring = curve(&ring, 40.0);
            ring.pop();
            (3, ring, None, middle)
        })
        .collect()
}
