//! Packs of a made town: what they say, what is refused, overviews, and what happens when they are damaged or forged.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::tests::{edges, open, ring};
use super::*;
use crate::Ring;

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

/// Built once for the many cases that only change its bytes.
static TOWN: LazyLock<Built> = LazyLock::new(town);

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
        pack.coarse(zoom, pack.bounds(), &mut |_| ())?;
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
        pack.coarse(zoom, pack.bounds(), &mut |zone| drawn.push((zone.class, zone.rings[0].clone())))
            .unwrap();
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
        pack.coarse(zoom, pack.bounds(), &mut |Drawn { class, rings, .. }| {
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
    pack.shapes(pack.bounds(), &mut |Drawn { class, rings, .. }| {
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
        let mut bytes = TOWN.bytes.clone();
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

/// A pack of no records with this header.
fn forged(header: &Header) -> Vec<u8> {
    let bounds = Bounds { min: Point::default(), max: Point::default() };
    head::finish(
        head::begin(header),
        header,
        &head::Head { zones: None, surveyed: None, overviews: vec![], bounds },
    )
}

/// As long as it says, and nothing in it.
struct Long(u64);

impl crate::Source for Long {
    fn len(&self) -> u64 {
        self.0
    }

    fn read_at(&self, _: u64, into: &mut [u8]) -> Result<(), crate::ReadError> {
        into.fill(0);
        Ok(())
    }
}

#[test]
fn what_is_too_long_or_counts_more_than_it_can_hold_is_refused_before_it_is_read() {
    assert!(matches!(Pack::open(Long(MAX_BYTES + 1)), Err(PackError::TooLong(_))));
    assert!(matches!(Pack::open(Long(MAX_BYTES)), Err(PackError::Format)));
    // More points than bits, and more zones than eight bytes each would hold.
    let header = Header { format: FORMAT, points: 10_000, classes: 1, ..Header::default() };
    assert!(Pack::open(forged(&header)).is_err());
    let header = Header { format: FORMAT, zones: 1 << 20, classes: 1, ..Header::default() };
    assert!(Pack::open(forged(&header)).is_err());
    let header = Header { format: FORMAT, zones: 1, points: 3, classes: 1, ..Header::default() };
    assert!(Pack::open(forged(&header)).is_ok());
    for format in [0, FORMAT + 1] {
        let header = Header { format, ..header.clone() };
        assert!(matches!(Pack::open(forged(&header)), Err(PackError::Format)));
    }
}
