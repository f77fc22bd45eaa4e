//! Packs against plain comparison of everything with everything, and damaged packs.

use proptest::prelude::*;

use super::*;
use crate::Ring;

type Pairs = Vec<(i64, i64)>;

fn ring(points: &[(i64, i64)], scale: i64, from: Point) -> Ring {
    points.iter().map(|(x, y)| Point { x: from.x + x * scale, y: from.y + y * scale }).collect()
}

fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
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

fn open(built: &Built) -> Pack<&[u8]> {
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
        pack.shapes(pack.bounds(), &mut |class, rings| drawn.push((class, rings.to_vec()))).unwrap();
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

const STEP: i64 = 1 << 30;

/// Squares in rows, three long rings among them with holes, and an area around all.
fn town() -> Built {
    let from = Point { x: 138 << 40, y: 34 << 40 };
    let square = |x: i64, y: i64, side: i64| {
        ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)], STEP, from)
    };
    let mut zones = Vec::new();
    for n in 0..300 {
        let holes = if n % 10 == 0 { vec![square(n % 20 * 10 + 2, n / 20 * 10 + 2, 3)] } else { Vec::new() };
        zones.push(Zone {
            class: (n % 3) as u8,
            polygon: Polygon { outer: square(n % 20 * 10, n / 20 * 10, 8), holes },
        });
    }
    for row in 0..3 {
        let steps = 0..400i64;
        let outer: Ring = steps
            .clone()
            .map(|n| Point { x: from.x + n * STEP / 2, y: from.y + (row * 50 + n % 2) * STEP })
            .chain(
                steps
                    .rev()
                    .map(|n| Point { x: from.x + n * STEP / 2, y: from.y + (row * 50 + 20 + n % 3) * STEP }),
            )
            .collect();
        let holes = (0..40).map(|n| square(n * 5, row * 50 + 5, 3)).collect();
        zones.push(Zone { class: 3, polygon: Polygon { outer, holes } });
    }
    build(4, zones, &[Polygon { outer: square(-5, -5, 220), holes: vec![] }]).unwrap()
}

fn ask_everything<S: crate::Source>(pack: &Pack<S>) -> Result<Vec<At>, PackError> {
    let from = Point { x: 138 << 40, y: 34 << 40 };
    let mut answers = Vec::new();
    for x in (-10..220).step_by(7) {
        for y in (-10..180).step_by(7) {
            let p = Point { x: from.x + x * STEP, y: from.y + y * STEP };
            answers.push(pack.at(p)?);
            if (x + y) % 5 == 0 {
                pack.nearest_edge(p, 1e6)?;
                pack.along(p, Point { x: p.x + 9 * STEP, y: p.y + 4 * STEP })?;
            }
        }
    }
    for zoom in [5, 12, 15] {
        pack.coarse(zoom, pack.bounds(), &mut |_, _| ())?;
    }
    Ok(answers)
}

#[test]
fn surveyed_is_inside_a_zone_or_the_area_and_nowhere_else() {
    let built = town();
    let pack = open(&built);
    let at = |x: i64, y: i64| pack.at(Point { x: (138 << 40) + x * STEP, y: (34 << 40) + y * STEP }).unwrap();
    assert_eq!(at(-3, -3), At { surveyed: true, class: None });
    assert_eq!(at(-5, -5), At { surveyed: true, class: None }, "the area's own edge");
    assert_eq!(at(-6, -3), At { surveyed: false, class: None });
    assert_eq!(at(35, 45), At { surveyed: true, class: Some(2) });
    assert_eq!(at(1, 4), At { surveyed: true, class: Some(3) }, "the worst of two");
    assert_eq!(at(1, 6), At { surveyed: true, class: Some(0) }, "in a hole of the worse");
    assert_eq!(at(1, 5), At { surveyed: true, class: Some(3) }, "on the hole's edge");
}

#[test]
fn the_same_zones_give_the_same_bytes_and_a_pack_says_what_it_is() {
    let built = town();
    assert_eq!(built, town());
    let header = open(&built).header().clone();
    assert_eq!((header.zones, header.surveyed, header.classes), (303, 1, 4));
    assert_eq!(header.points, 300 * 4 + 30 * 4 + 3 * (800 + 40 * 4) + 4);
    assert!(header.repaired.is_empty() && built.refused.is_empty());
}

#[test]
fn rings_that_touch_themselves_are_counted_and_rings_of_no_area_refused() {
    let from = Point { x: 1 << 40, y: 1 << 40 };
    let zone = |outer: &[(i64, i64)], holes: &[&[(i64, i64)]]| Zone {
        class: 0,
        polygon: Polygon {
            outer: ring(outer, 1000, from),
            holes: holes.iter().map(|h| ring(h, 1000, from)).collect(),
        },
    };
    let far = Polygon { outer: vec![Point { x: 181 << 40, y: 0 }, Point::default(), from], holes: vec![] };
    let bow = zone(&[(0, 0), (8, 8), (8, 0), (0, 8)], &[]);
    let flat = zone(&[(0, 0), (8, 8), (0, 0), (0, 0)], &[]);
    let holed = zone(
        &[(0, 0), (9, 0), (9, 9), (0, 9)],
        &[&[(1, 1), (2, 2)], &[(3, 3), (4, 3), (4, 4)], &[(13, 3), (14, 3), (14, 4)]],
    );
    let built = build(1, vec![bow, flat, holed], &[far]).unwrap();
    assert_eq!(built.repaired, BTreeMap::from([("even-odd", 1)]));
    let refused: Vec<_> = built.refused.iter().map(|r| (r.zone, r.ring, r.why)).collect();
    assert_eq!(
        refused,
        [
            (1, 0, Flaw::FewPoints),
            (2, 1, Flaw::FewPoints),
            (2, 3, Flaw::HoleOutside),
            (3, 0, Flaw::OutOfRange)
        ]
    );
    assert_eq!(open(&built).header().zones, 2);
}

#[test]
fn what_is_beyond_the_limits_is_no_pack() {
    let square = |class| Zone {
        class,
        polygon: Polygon { outer: ring(&[(0, 0), (1, 0), (1, 1)], 9, Point::default()), holes: vec![] },
    };
    assert_eq!(build(0, vec![], &[]), Err(BuildError::Classes(0)));
    assert_eq!(build(65, vec![], &[]), Err(BuildError::Classes(65)));
    assert_eq!(build(2, vec![], &[]), Err(BuildError::Empty));
    assert_eq!(
        build(2, vec![square(0), square(2)], &[]),
        Err(BuildError::Class { zone: 1, class: 2, classes: 2 })
    );
    let many = vec![Polygon::default(); MAX_ZONES + 1];
    assert!(matches!(build(2, vec![], &many), Err(BuildError::TooMany { what: "zones", .. })));
    let holes = vec![Ring::new(); MAX_RINGS];
    let holed = Polygon { holes, ..square(0).polygon };
    assert!(matches!(
        build(2, vec![], &[holed]),
        Err(BuildError::TooMany { what: "rings of a polygon", .. })
    ));
}

#[test]
fn a_layer_of_many_points_has_overviews_true_to_a_step() {
    let from = Point { x: 138 << 40, y: 34 << 40 };
    let radius = (1i64 << 38) as f64;
    let circle: Ring = (0..60_000)
        .map(|n| (std::f64::consts::TAU * f64::from(n) / 60_000.0).sin_cos())
        .map(|(sin, cos)| Point { x: from.x + (cos * radius) as i64, y: from.y + (sin * radius) as i64 })
        .collect();
    let speck = ring(&[(0, 0), (9, 0), (9, 9)], 1000, from);
    let zone = |class, outer: Ring| Zone { class, polygon: Polygon { outer, holes: vec![] } };
    let built = build(2, vec![zone(1, circle), zone(0, speck)], &[]).unwrap();
    let pack = open(&built);
    let drawn = |zoom: u8| {
        let mut drawn = Vec::new();
        pack.coarse(zoom, pack.bounds(), &mut |class, rings| drawn.push((class, rings[0].clone()))).unwrap();
        drawn
    };
    let exact: Vec<(u8, usize)> = drawn(13).iter().map(|(class, ring)| (*class, ring.len())).collect();
    assert_eq!(exact, [(0, 3), (1, 60_000)]);
    let mut before = 60_000;
    for (zoom, shift) in [(12, 27), (11, 28), (10, 29), (7, 32), (0, 32)] {
        let drawn = drawn(zoom);
        assert_eq!((drawn.len(), drawn[0].0), (1, 1), "the speck is too small for zoom {zoom}");
        let ring = &drawn[0].1;
        assert!(ring.len() <= before && ring.len() > 20, "{} points at zoom {zoom}", ring.len());
        before = ring.len();
        for (a, b) in edges(ring) {
            let middle = Point { x: (a.x + b.x) / 2 - from.x, y: (a.y + b.y) / 2 - from.y };
            let off = (middle.x as f64).hypot(middle.y as f64) - radius;
            assert!(off.abs() < 1.5 * (1i64 << shift) as f64, "zoom {zoom}: {off}");
        }
    }
    assert!(before < 1_000);
}

#[test]
fn small_zones_keep_their_share_of_the_area_in_overviews() {
    let from = Point { x: 138 << 40, y: 34 << 40 };
    // Triangles of a few metres, of a whole they cover an eighth; the worse ones in the east.
    let side = 1i64 << 27;
    let zones = (0..20_000i64).map(|n| {
        let (x, y) = (n % 200 * side, n / 200 * side);
        let outer = ring(&[(x, y), (x + side / 2, y), (x, y + side / 2)], 1, from);
        Zone { class: u8::from(n % 200 >= 100), polygon: Polygon { outer, holes: vec![] } }
    });
    let built = build(2, zones.collect(), &[]).unwrap();
    let pack = open(&built);
    for zoom in 7..=12 {
        let mut areas = [0f64; 2];
        pack.coarse(zoom, pack.bounds(), &mut |class, rings| {
            let doubled: f64 =
                edges(&rings[0]).map(|(a, b)| ((b.x - a.x) as f64) * ((a.y + b.y - 2 * from.y) as f64)).sum();
            areas[usize::from(class)] += doubled.abs() / 2.0;
            let middle = (rings[0][0].x + rings[0][2].x) / 2 - from.x;
            assert!(
                (middle > 100 * side - (1 << (40 - zoom))) == (class == 1)
                    || (middle - 100 * side).abs() < 2 << (39 - zoom)
            );
        })
        .unwrap();
        let exact = 10_000.0 * (side as f64 / 2.0).powi(2) / 2.0;
        for area in areas {
            // All but what is owed at last.
            let cell = ((1i64 << (39 - zoom)) as f64).powi(2);
            assert!(area <= exact && area > exact - cell, "zoom {zoom}: {}", area / exact);
        }
    }
}

#[test]
fn shapes_may_ask_the_pack_while_they_are_drawn() {
    let built = town();
    let pack = open(&built);
    let mut last = 0;
    pack.shapes(pack.bounds(), &mut |class, rings| {
        assert!(class >= last);
        last = class;
        assert!(pack.at(rings[0][0]).unwrap().class >= Some(class));
    })
    .unwrap();
}

#[test]
fn a_changed_byte_or_a_missing_end_is_noticed() {
    let built = town();
    let all = ask_everything(&open(&built)).unwrap();
    for at in
        (0..built.bytes.len()).step_by(97).chain(0..200).chain(built.bytes.len() - 20..built.bytes.len())
    {
        let mut bytes = built.bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        let answers = Pack::open(bytes.as_slice()).and_then(|pack| ask_everything(&pack));
        assert!(matches!(answers, Err(PackError::Damaged { .. } | PackError::Format)), "byte {at}");
    }
    for length in (0..built.bytes.len()).step_by(211) {
        assert!(Pack::open(&built.bytes[..length]).is_err(), "{length} bytes");
    }
    assert_eq!(ask_everything(&open(&built)).unwrap(), all);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_forged_pack_ends_in_an_answer_or_an_error(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        head in proptest::collection::vec((0usize..100, any::<u8>()), 0..2),
    ) {
        let mut bytes = town().bytes;
        let most = bytes.len();
        for (at, value) in changes.iter().map(|(at, value)| (at.index(most), value)).chain(head.iter().map(|(at, v)| (*at, v))) {
            bytes[at] = *value;
        }
        let bytes = resum(bytes);
        if let Ok(pack) = Pack::open(bytes.as_slice()) {
            let _ = ask_everything(&pack);
        }
    }
}
