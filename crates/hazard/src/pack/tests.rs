//! Packs against plain comparison of everything with everything.

use proptest::prelude::*;

use super::*;
use crate::Ring;

type Pairs = Vec<(i64, i64)>;

pub fn ring(points: &[(i64, i64)], scale: i64, from: Point) -> Ring {
    points.iter().map(|(x, y)| Point { x: from.x + x * scale, y: from.y + y * scale }).collect()
}

pub fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)).take(ring.len())
}

/// Is a point on a segment? By the products themselves.
fn on(p: Point, (a, b): (Point, Point)) -> bool {
    let (ax, ay, bx, by) = (i128::from(a.x), i128::from(a.y), i128::from(b.x), i128::from(b.y));
    let (px, py) = (i128::from(p.x), i128::from(p.y));
    (bx - ax) * (py - ay) == (by - ay) * (px - ax)
        && (ax.min(bx)..=ax.max(bx)).contains(&px)
        && (ay.min(by)..=ay.max(by)).contains(&py)
}

/// Whether a point is inside a ring by even-odd, and whether it is on it.
fn plainly(p: Point, ring: &[Point]) -> (bool, bool) {
    let crossings = edges(ring).filter(|(a, b)| {
        let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
        let (dx, dy) = (i128::from(high.x - low.x), i128::from(high.y - low.y));
        // The edge is met to the east: low.x + dx · (p.y - low.y) / dy > p.x
        low.y <= p.y && p.y < high.y && dx * i128::from(p.y - low.y) > i128::from(p.x - low.x) * dy
    });
    (crossings.count() % 2 == 1, edges(ring).any(|edge| on(p, edge)))
}

fn holds(p: Point, polygon: &Polygon) -> bool {
    let (inside, on_it) = plainly(p, &polygon.outer);
    (inside || on_it)
        && !polygon.holes.iter().any(|hole| {
            let (inside, on_it) = plainly(p, hole);
            inside && !on_it
        })
}

fn worst(p: Point, zones: &[Zone]) -> Option<u8> {
    zones.iter().filter(|zone| holds(p, &zone.polygon)).map(|zone| zone.class).max()
}

pub fn open(built: &Built) -> Pack<&[u8]> {
    Pack::open(built.bytes.as_slice()).unwrap()
}

/// Zones on a small grid, so that edges and corners meet often, at some place and scale of the lattice.
fn zones() -> impl Strategy<Value = (Vec<Zone>, i64, Point)> {
    let points = |most: usize| proptest::collection::vec((0i64..24, 0i64..24), 3..most);
    let polygon = (points(12), proptest::collection::vec(points(6), 0..3));
    let scales = prop_oneof![Just(1i64), Just(1 << 20), Just((1 << 33) + 12_345)];
    let corner = (-160i64..150, -80i64..60).prop_map(|(x, y)| Point { x: (x << 40) + 77, y: (y << 40) - 5 });
    (proptest::collection::vec((0u8..4, polygon), 1..60), scales, corner).prop_map(|(all, scale, from)| {
        let zone = |(class, (outer, holes)): (u8, (Pairs, Vec<Pairs>))| {
            let holes = holes.iter().map(|hole| ring(hole, scale, from)).collect();
            Zone { class, polygon: Polygon { outer: ring(&outer, scale, from), holes } }
        };
        (all.into_iter().map(zone).collect(), scale, from)
    })
}

/// The zones without those rings that a pack refuses.
fn kept(zones: &[Zone], built: &Built) -> Vec<Zone> {
    let mut kept = zones.to_vec();
    for refused in built.refused.iter().rev() {
        match refused.ring {
            0 => drop(kept.remove(refused.zone)),
            ring => drop(kept[refused.zone].polygon.holes.remove(ring - 1)),
        }
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_pack_answers_what_comparing_all_answers((zones, scale, from) in zones(), ways in any::<u64>()) {
        let Ok(built) = build(4, zones.clone(), &[]) else { return Ok(()) };
        let zones = kept(&zones, &built);
        let pack = open(&built);
        prop_assert_eq!(pack.header().zones, zones.len() as u64);
        for x in -1..25 {
            for y in -1..25 {
                let p = Point { x: from.x + x * scale, y: from.y + y * scale };
                prop_assert_eq!(pack.at(p).unwrap().class, worst(p, &zones));
                if scale > 1 {
                    let p = Point { x: p.x + scale / 2, y: p.y + scale / 3 };
                    prop_assert_eq!(pack.at(p).unwrap().class, worst(p, &zones));
                }
            }
        }
        let mut number = ways;
        let mut random = || {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((number >> 33) % 30) as i64 - 3
        };
        for _ in 0..40 {
            let mut point = || Point { x: from.x + random() * scale, y: from.y + random() * scale };
            let (a, b) = (point(), point());
            let touched = zones.iter().filter(|zone| {
                let rings = std::iter::once(&zone.polygon.outer).chain(&zone.polygon.holes);
                holds(a, &zone.polygon) || rings.flat_map(|ring| edges(ring)).any(|(c, d)| meet(a, b, c, d))
            });
            prop_assert_eq!(pack.along(a, b).unwrap(), touched.map(|zone| zone.class).max());
            nearest(&pack, &zones, a)?;
        }
    }

    #[test]
    fn long_rings_are_answered_as_short_ones(
        radii in proptest::collection::vec(1i64 << 20..1 << 34, 65..1200),
        probes in proptest::collection::vec((-(1i64 << 34)..1 << 34, -(1i64 << 34)..1 << 34), 40),
        level in any::<bool>(),
    ) {
        let from = Point { x: 138 << 40, y: 34 << 40 };
        let turn = std::f64::consts::TAU / radii.len() as f64;
        let outer: Ring = radii.iter().enumerate().map(|(n, radius)| {
            let (sin, cos) = (turn * n as f64).sin_cos();
            // With heights in common, rays pass through corners and along edges.
            let y = (*radius as f64 * sin) as i64;
            let y = if level { y >> 30 << 30 } else { y };
            Point { x: from.x + (*radius as f64 * cos) as i64, y: from.y + y }
        }).collect();
        let zones = vec![Zone { class: 0, polygon: Polygon { outer: outer.clone(), holes: vec![] } }];
        let built = build(1, zones.clone(), &[]).unwrap();
        let pack = open(&built);
        let probes = probes.into_iter().map(|(x, y)| Point { x: from.x + x, y: from.y + y });
        let level = outer.iter().map(|p| Point { x: from.x, y: p.y });
        let halves = edges(&outer).map(|(a, b)| Point { x: (a.x + b.x) >> 1, y: (a.y + b.y) >> 1 });
        for p in probes.chain(outer.iter().copied()).chain(level).chain(halves) {
            prop_assert_eq!(pack.at(p).unwrap().class, worst(p, &zones), "{:?}", p);
        }
        let mut drawn = Vec::new();
        pack.shapes(pack.bounds(), &mut |zone| drawn.push((zone.class, zone.rings.to_vec()))).unwrap();
        let mut outer = outer;
        outer.dedup();
        while outer.first() == outer.last() { outer.pop(); }
        prop_assert_eq!(drawn, vec![(0, vec![outer])]);
    }
}

/// Do two segments meet? By the place where their lines do, in fractions.
fn meet(a: Point, b: Point, c: Point, d: Point) -> bool {
    let wide = |p: i64, q: i64| i128::from(p - q);
    let (rx, ry, sx, sy) = (wide(b.x, a.x), wide(b.y, a.y), wide(d.x, c.x), wide(d.y, c.y));
    let down = rx * sy - ry * sx;
    if down == 0 {
        return on(a, (c, d)) || on(b, (c, d)) || on(c, (a, b)) || on(d, (a, b));
    }
    let (qx, qy) = (wide(c.x, a.x), wide(c.y, a.y));
    let within = |up: i128| if down > 0 { (0..=down).contains(&up) } else { (down..=0).contains(&up) };
    within(qx * sy - qy * sx) && within(qx * ry - qy * rx)
}

/// The nearest edge of a worse zone is as near as the nearest of all.
fn nearest(pack: &Pack<&[u8]>, zones: &[Zone], p: Point) -> Result<(), TestCaseError> {
    let here = worst(p, zones);
    let (mx, my) = {
        let degree = 6_371_008.8f64.to_radians() / (1u64 << 40) as f64;
        (degree * p.lat().to_radians().cos(), degree)
    };
    let mut best = f64::INFINITY;
    for zone in zones.iter().filter(|zone| here.is_none_or(|here| zone.class > here)) {
        for (a, b) in
            std::iter::once(&zone.polygon.outer).chain(&zone.polygon.holes).flat_map(|ring| edges(ring))
        {
            let (ax, ay) = ((a.x - p.x) as f64 * mx, (a.y - p.y) as f64 * my);
            let (dx, dy) = ((b.x - a.x) as f64 * mx, (b.y - a.y) as f64 * my);
            let length = dx * dx + dy * dy;
            let t = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            best = best.min((ax + t * dx).hypot(ay + t * dy));
        }
    }
    let found = pack.nearest_edge(p, f64::INFINITY).unwrap();
    match found {
        None => prop_assert!(best.is_infinite()),
        Some(edge) => {
            let by_metric = ((edge.at.x - p.x) as f64 * mx).hypot((edge.at.y - p.y) as f64 * my);
            prop_assert!((by_metric - best).abs() <= best * 1e-9 + 1e-6, "{by_metric} {best}");
            prop_assert!(here.is_none_or(|here| edge.class > here));
            let beside = pack.nearest_edge(p, by_metric * 0.999).unwrap();
            prop_assert!(beside.is_none() || by_metric < 1e-3, "the place is rounded to the lattice");
        }
    }
    Ok(())
}
