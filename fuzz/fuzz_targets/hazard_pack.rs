//! Any bytes as a pack, as a pack whose checksums fit, and as zones: an error or an answer, within bounds.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use madoguchi_hazard::pack::{Pack, Zone, build, resum};
use madoguchi_hazard::{Bounds, Point, Polygon};

const CORNER: Point = Point { x: 138 << 40, y: 34 << 40 };

/// Zones from bytes: class, number of points, then a byte for each coordinate.
fn zones(mut bytes: &[u8]) -> Vec<Zone> {
    let mut zones = Vec::new();
    while let [class, count, rest @ ..] = bytes {
        let used = rest.len().min(2 * usize::from(*count));
        let (points, after) = rest.split_at(used);
        let point = |pair: &[u8]| Point {
            x: CORNER.x + (i64::from(pair[0]) << 25),
            y: CORNER.y + (i64::from(pair[1]) << 25),
        };
        let outer: Vec<Point> = points.chunks_exact(2).map(point).collect();
        // Some of them are holes of the zone before.
        match zones.last_mut() {
            Some(Zone { polygon, .. }) if class & 1 == 1 => polygon.holes.push(outer),
            _ => zones.push(Zone { class: class >> 1 & 3, polygon: Polygon { outer, holes: Vec::new() } }),
        }
        bytes = after;
    }
    zones
}

fn sample() -> &'static [u8] {
    static SAMPLE: OnceLock<Vec<u8>> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let numbers: Vec<u8> = (0..6_000u32).map(|n| (n * 97 + n / 7 * 31) as u8).collect();
        let mut all = zones(&numbers);
        // Twenty small ones and one long ring with holes.
        let small: Vec<Vec<Point>> =
            all.iter().map(|zone| zone.polygon.outer.iter().take(5).copied().collect()).collect();
        if let Some(first) = all.first_mut() {
            first.polygon.holes = small;
        }
        build(4, all, &[]).map(|built| built.bytes).unwrap_or_default()
    })
}

fn ask(bytes: &[u8]) {
    let Ok(pack) = Pack::open(bytes) else { return };
    let bounds = pack.bounds();
    let middle = Point { x: bounds.min.x / 2 + bounds.max.x / 2, y: bounds.min.y / 2 + bounds.max.y / 2 };
    for point in
        [middle, bounds.min, bounds.max, CORNER, Point { x: CORNER.x + (77 << 25), y: CORNER.y + (99 << 25) }]
    {
        let _ = pack.at(point);
        let _ = pack.nearest_edge(point, 1e7);
        let _ = pack.along(point, middle);
    }
    let half = Bounds { min: bounds.min, max: middle };
    for zoom in [3, 11, 16] {
        let _ = pack.coarse(zoom, half, &mut |zone| assert!(!zone.rings.is_empty()));
    }
}

fuzz_target!(|bytes: &[u8]| {
    ask(bytes);
    ask(&resum(bytes.to_vec()));
    // Changes to a pack that made sense: place, place, value.
    let mut changed = sample().to_vec();
    for change in bytes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % changed.len().max(1);
        changed[at] = change[2];
    }
    ask(&resum(changed));
    let zones = zones(bytes);
    if let Ok(built) = build(4, zones.clone(), &[]) {
        let pack = Pack::open(built.bytes.as_slice()).expect("what was built opens");
        for point in zones.iter().flat_map(|zone| &zone.polygon.outer).take(50) {
            pack.at(*point).expect("an answer");
            pack.nearest_edge(*point, 1e5).expect("an answer");
        }
        let mut drawn = 0;
        pack.shapes(pack.bounds(), &mut |_| drawn += 1).expect("shapes");
        assert_eq!(drawn, pack.header().zones);
    }
});
