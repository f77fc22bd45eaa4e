//! The streets: drawn roads, roads along the river, and a mesh in every patch that bends with the ground; where they meet,
//! they share a node.

use crate::curve::{beside, curve, length, simpler};
use crate::geo::{P, distance, p};
use crate::near::Near;
use crate::network::{self, Line};
use crate::plan::{PATCHES, Patch, ROADS};
use crate::rng::{chance, noise};
use crate::town::Town;
use crate::water::{BROOK, Water, banks};

/// A bridge's name and its English name; empty: none.
pub type Bridge = (&'static str, &'static str);

/// A way as it is written.
#[derive(Debug, Clone)]
pub struct Way {
    /// OSM's `highway`.
    pub kind: &'static str,
    /// Its name; empty: none.
    pub name: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// Which bridge it is, where it is one.
    pub bridge: Option<Bridge>,
    /// Its points.
    pub points: Vec<P>,
}

/// Bridges with names: where, and which.
const BRIDGES: &[(f64, f64, &str, &str)] = &[
    (2497.0, 1520.0, "川原大橋", "Kawara-ohashi Bridge"),
    (4500.0, 1000.0, "見本大橋", "Mihon-ohashi Bridge"),
    (3920.0, 1400.0, "本町橋", "Honmachi Bridge"),
    (1580.0, 1870.0, "西橋", "Nishi Bridge"),
    (1440.0, 2700.0, "北野橋", "Kitano Bridge"),
    (1330.0, 3060.0, "せせらぎ橋", "Seseragi Bridge"),
    (4455.0, 1190.0, "汐見橋", "Shiomi Bridge"),
    (1410.0, 4060.0, "上見本橋", "Kami-mihon Bridge"),
];

/// Draws all ways.
pub fn ways(town: &Town) -> Vec<Way> {
    let mut lines: Vec<Line> = drawn(town);
    lines.extend(river_roads(town));
    let major = Near::new(lines.iter().map(|line| line.points.as_slice()), 32.0);
    for (i, patch) in PATCHES.iter().enumerate() {
        lines.extend(mesh(town, i as i64, patch, &major));
    }
    let (lines, nodes) = network::join(lines);
    let mut out = Vec::new();
    for line in lines {
        for (points, bridge) in at_bridges(town, &line) {
            let points = simpler(&points, 2.4, &|at| nodes.contains(at));
            out.push(Way { kind: line.kind, name: line.name, english: line.english, bridge, points });
        }
    }
    out
}

fn drawn(town: &Town) -> Vec<Line> {
    ROADS
        .iter()
        .map(|plan| {
            let points = if plan.chain.is_empty() {
                curve(plan.points, 35.0)
            } else {
                town.skeleton.chain(plan.chain).to_vec()
            };
            let points = with_banks(town, &points);
            // Chains end in the middle of the river where blocks meet, and roads do not; paths end where they like.
            let trim = if matches!(plan.kind, "footway" | "steps") { 0.0 } else { 85.0 };
            Line { kind: plan.kind, name: plan.name, english: plan.english, points, trim }
        })
        .collect()
}

/// Where it goes over water a road gets points, so that a bridge begins and ends there.
fn with_banks(town: &Town, line: &[P]) -> Vec<P> {
    let mut extra = banks(line, &town.water.river, &|at| Water::half(at) + 9.0);
    extra.extend(banks(line, &town.water.brook, &|_| BROOK + 5.0));
    network::with_points(line, &extra)
}

fn river_roads(town: &Town) -> Vec<Line> {
    let mut out = Vec::new();
    for side in [1.0, -1.0] {
        let river: Vec<P> =
            town.water.river.iter().copied().filter(|at| at.y < 4000.0 && at.y > 330.0).collect();
        out.push((
            beside(&river, |at| side * (Water::half(at) + 34.0)),
            "堤防道路",
            "Levee Road",
            "unclassified",
        ));
        let brook: Vec<P> =
            town.water.brook.iter().copied().filter(|at| at.y < 3950.0 && at.y > 1600.0).collect();
        out.push((beside(&brook, |_| side * 22.0), "", "", "residential"));
    }
    let dry = |at: P| town.water.to_river(at) > 26.0 && distance(&town.water.brook, at) > 18.0;
    let mut lines = Vec::new();
    for (line, name, english, kind) in out {
        for points in runs(&line, &|at, _| dry(at)) {
            lines.push(Line { kind, name, english, points, trim: 60.0 });
        }
    }
    lines
}

/// The pieces of a line on which every point is allowed; `allowed` also hears the way the line goes there.
fn runs(line: &[P], allowed: &dyn Fn(P, P) -> bool) -> Vec<Vec<P>> {
    let mut out = vec![Vec::new()];
    for (i, at) in line.iter().enumerate() {
        let way = line[(i + 1).min(line.len() - 1)] - line[i.saturating_sub(1)];
        if allowed(*at, way.unit()) {
            if let Some(last) = out.last_mut() {
                last.push(*at);
            }
        } else if out.last().is_some_and(|last| !last.is_empty()) {
            out.push(Vec::new());
        }
    }
    out.retain(|piece| piece.len() > 1 && length(piece) > 30.0);
    out
}

fn mesh(town: &Town, number: i64, patch: &Patch, major: &Near) -> Vec<Line> {
    let run = p(patch.run.0, patch.run.1).unit();
    let across = run.left();
    let middle = p(patch.middle.0, patch.middle.1);
    let seed = 1000 + number as u64;
    let flat = |u: f64, v: f64| middle + run * u + across * v;
    // A long street keeps to the height that it has on the whole.
    let own_height = |v: f64| {
        (-4..=4).map(|k| town.ground.height(flat(k as f64 * patch.half.0 / 4.0, v))).sum::<f64>() / 9.0
    };
    let place = |u: f64, v: f64, height: f64| {
        let at = flat(u, v);
        let bent = p(noise(seed, at, 430.0), noise(seed + 50, at, 430.0)) * patch.bend;
        let slope = town.ground.slope(at);
        let hilly = ((height - 14.0) / 14.0).clamp(0.0, 1.0);
        let up = (height - town.ground.height(at)) / slope.length().max(0.07);
        at + bent + slope.unit() * (up.clamp(-38.0, 38.0) * hilly * 0.8)
    };
    let field = patch.kind == "track";
    let allowed = |at: P, way: P| {
        let clear = |(a, b): &(P, P)| {
            crate::geo::nearest_on(*a, *b, at).1 > 30.0 || (*b - *a).unit().dot(way).abs() < 0.8
        };
        let flat = at - middle;
        let (u, v) = (flat.dot(run) / patch.half.0, flat.dot(across) / patch.half.1);
        // The edge of what is built is ragged.
        u * u * u * u + v * v * v * v < 1.0 + 0.55 * noise(seed + 7, at, 260.0)
            && town.about(patch.block, at)
            && town.can_build(at, 24.0)
            && (!field || !PATCHES.iter().any(|other| other.kind != "track" && within(other, at)))
            && major.around(at).iter().all(clear)
    };
    let (du, dv) = patch.apart;
    let (nu, nv) = ((patch.half.0 / dv).ceil() as i64, (patch.half.1 / du).ceil() as i64);
    let mut lines = Vec::new();
    let mut add = |line: &[P]| {
        for points in runs(line, &allowed) {
            lines.push(Line { kind: patch.kind, name: "", english: "", points, trim: 34.0 });
        }
    };
    let level = |j: i64| (j as f64 + 0.26 * (chance(seed, j, 3) - 0.5)) * du;
    let heights: Vec<f64> = (-nv..=nv + 1).map(|j| own_height(level(j))).collect();
    let height = |j: i64| heights[(j + nv) as usize];
    // A row in four has its own streets across; in the others they go on from row to row.
    let shifted = |j: i64| chance(seed, j, 4) < 0.36;
    for j in -nv..=nv {
        let steps = (2.0 * patch.half.0 / 12.0) as i64;
        let street: Vec<P> =
            (0..=steps).map(|k| place(-patch.half.0 + k as f64 * 12.0, level(j), height(j))).collect();
        add(&street);
    }
    for i in -nu..=nu {
        let mut street: Vec<P> = Vec::new();
        for j in -nv..nv {
            let own = shifted(j);
            if own || chance(seed, i * 1000 + j, 6) < 0.2 {
                add(&street);
                street.clear();
            }
            let jitter = if own {
                chance(seed, j, 5) + 0.2 * chance(seed, i * 1000 + j, 7)
            } else {
                0.25 * chance(seed, i, 8)
            };
            if chance(seed, i * 1000 + j, 6) >= 0.2 {
                let u = (i as f64 + jitter) * dv;
                let steps = ((level(j + 1) - level(j)) / 9.0).ceil() as i64;
                for k in i64::from(!street.is_empty())..=steps {
                    let share = k as f64 / steps as f64;
                    let tall = height(j) + (height(j + 1) - height(j)) * share;
                    street.push(place(u, level(j) + (level(j + 1) - level(j)) * share, tall));
                }
            }
            if own {
                add(&street);
                street.clear();
            }
        }
        add(&street);
    }
    lines
}

/// Is a point in a patch?
pub fn within(patch: &Patch, at: P) -> bool {
    let run = p(patch.run.0, patch.run.1).unit();
    let flat = at - p(patch.middle.0, patch.middle.1);
    let (u, v) = (flat.dot(run) / patch.half.0, flat.dot(run.left()) / patch.half.1);
    u * u * u * u + v * v * v * v < 1.0
}

/// A line cut where bridges begin and end.
fn at_bridges(town: &Town, line: &Line) -> Vec<(Vec<P>, Option<Bridge>)> {
    let over = |at: P| town.water.to_river(at) < 9.0 || distance(&town.water.brook, at) < BROOK + 5.0;
    let mut out: Vec<(Vec<P>, bool)> = Vec::new();
    for pair in line.points.windows(2) {
        let wet = over(pair[0].toward(pair[1], 0.5));
        match out.last_mut() {
            Some((points, was)) if *was == wet => points.push(pair[1]),
            _ => out.push((pair.to_vec(), wet)),
        }
    }
    let name = |points: &[P]| {
        let middle = points[0].toward(points[points.len() - 1], 0.5);
        BRIDGES
            .iter()
            .find(|(x, y, ..)| (p(*x, *y) - middle).length() < 110.0)
            .filter(|_| distance(&town.water.river, middle) < 40.0)
            .map_or(("", ""), |(_, _, name, english)| (*name, *english))
    };
    out.into_iter()
        .map(|(points, wet)| {
            let bridge = wet.then(|| name(&points));
            (points, bridge)
        })
        .collect()
}
