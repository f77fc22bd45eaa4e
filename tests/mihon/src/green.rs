//! Parks, woods, fields and the beach.

use crate::contour;
use crate::curve::simpler_ring;
use crate::geo::{P, inside, p};
use crate::geojson::{Feature, Shape};
use crate::plan::{GREENS, PATCHES};
use crate::rng::{chance, noise};
use crate::roads::within;
use crate::town::Town;

/// Draws all that is green.
pub fn features(town: &Town) -> Vec<Feature> {
    let plain = |shape, key, value: &str| Feature::new(shape, vec![(key, value.into())]);
    let named = |ring, key, value: &str, name: &str, english: &str| {
        let properties = vec![(key, value.into()), ("name", name.into()), ("name:en", english.into())];
        Feature::new(Shape::Area(vec![vec![ring]]), properties)
    };
    let mut out = vec![
        plain(Shape::Area(woods(town)), "landuse", "forest"),
        plain(Shape::Area(fields(town)), "landuse", "farmland"),
        named(plums(), "landuse", "orchard", "梅ヶ谷の梅林", "Umegaya Plum Grove"),
        plain(Shape::Area(banks(town)), "landuse", "grass"),
        named(strip(town, 2.0, 40.0, 5560.0, 7250.0), "natural", "beach", "浜町海岸", "Hamacho Beach"),
        named(strip(town, 62.0, 104.0, 6420.0, 7250.0), "natural", "wood", "松原", "Pine Wood"),
    ];
    for (plan, ring) in GREENS.iter().zip(&town.greens) {
        let mut properties = vec![(plan.tag.0, plan.tag.1.into())];
        if !plan.name.is_empty() {
            properties.extend([("name", plan.name.into()), ("name:en", plan.english.into())]);
        }
        out.push(Feature::new(Shape::Area(vec![vec![ring.clone()]]), properties));
    }
    out
}

/// Wood grows where nobody lives: high or steep, and beyond the streets.
fn woods(town: &Town) -> Vec<Vec<Vec<P>>> {
    let value = town.ground.mesh().map(|at, height| {
        let wild =
            (height - 46.0) / 24.0 + town.ground.slope(at).length() * 7.0 - 1.0 + 0.9 * noise(300, at, 260.0);
        let lived = PATCHES.iter().any(|patch| within(patch, at));
        let wild = if lived { wild.min(town.ground.slope(at).length() * 8.0 - 2.2) } else { wild };
        let clear = (town.water.to_flow(at) - 20.0) / 30.0;
        let border = crate::geo::depth_inside(&town.border, at) / 40.0 + 1.0;
        let valley = (town.ground.height(at) - 17.0) / 6.0;
        wild.min(clear).min(border).min(valley)
    });
    let rings = contour::rings(&value, 0.0, 13.0, 20000.0);
    contour::polygons(&rings)
}

/// Paddies in rows.
fn fields(town: &Town) -> Vec<Vec<Vec<P>>> {
    let mut out = Vec::new();
    for (number, patch) in PATCHES.iter().enumerate().filter(|(_, patch)| patch.kind == "track") {
        let run = p(patch.run.0, patch.run.1).unit();
        let (long, deep) = (150.0, 72.0);
        let (nu, nv) = ((patch.half.0 / long) as i64, (patch.half.1 / deep) as i64);
        for (i, j) in (-nu..=nu).flat_map(|i| (-nv..=nv).map(move |j| (i, j))) {
            let middle =
                p(patch.middle.0, patch.middle.1) + run * (i as f64 * long) + run.left() * (j as f64 * deep);
            let (a, s) = (run * (long / 2.0 - 5.0), run.left() * (deep / 2.0 - 4.0));
            let ring = vec![middle - a - s, middle + a - s, middle + a + s, middle - a + s];
            let free = ring.iter().chain([&middle]).all(|at| {
                inside(&town.blocks[patch.block], *at)
                    && town.can_build(*at, 40.0)
                    && !PATCHES.iter().any(|other| other.kind != "track" && within(other, *at))
            });
            if free && chance(400 + number as u64, i, j) < 0.8 {
                out.push(vec![ring]);
            }
        }
    }
    out
}

fn plums() -> Vec<P> {
    let ring = crate::curve::oval(p(823.0, 4780.0), p(150.0, 40.0), 85.0, 24);
    ring.iter().map(|at| *at + (*at - p(823.0, 4780.0)) * (0.18 * noise(310, *at, 70.0))).collect()
}

/// 河川敷: grass on both banks of the river, below the levee roads.
fn banks(town: &Town) -> Vec<Vec<Vec<P>>> {
    let river: Vec<P> = town.water.river.iter().copied().filter(|at| at.y < 3900.0 && at.y > 420.0).collect();
    let half = crate::water::Water::half;
    [1.0, -1.0]
        .into_iter()
        .map(|side| {
            let mut ring = crate::curve::beside(&river, |at| side * (half(at) + 1.0));
            ring.extend(crate::curve::beside(&river, |at| side * (half(at) + 27.0)).iter().rev());
            vec![simpler_ring(&ring, 1.5)]
        })
        .collect()
}

/// A strip along the coast between two distances from it.
fn strip(town: &Town, low: f64, high: f64, west: f64, east: f64) -> Vec<P> {
    let coast: Vec<P> = town.skeleton.coast().into_iter().filter(|at| at.x >= west && at.x <= east).collect();
    let wave = |at: &P, by: f64| *at + p(0.0, by + 6.0 * noise(320, *at, 120.0));
    let mut ring: Vec<P> = coast.iter().map(|at| *at + p(0.0, low)).collect();
    ring.extend(coast.iter().rev().map(|at| wave(at, high)));
    simpler_ring(&ring, 1.5)
}
