//! Packs of earlier formats, as the code of their time wrote them, are read.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used)]

use madoguchi_hazard::pack::{FORMAT, Pack, Zone, build};
use madoguchi_hazard::{Point, Polygon};

/// A lake of 300 points with an island of 40, zones of 50, 8 and 4 points, an area that was surveyed.
const FIRST: &[u8] = include_bytes!("packs/format-1.hazard");

#[test]
fn the_first_format_answers_as_what_is_written_today() {
    let old = Pack::open(FIRST).unwrap();
    assert_eq!((old.header().format, old.header().zones), (1, 4));
    let mut zones = Vec::new();
    old.shapes(old.bounds(), &mut |zone| {
        let (outer, holes) = zone.rings.split_first().unwrap();
        let polygon = Polygon { outer: outer.clone(), holes: holes.to_vec() };
        zones.push(Zone { class: zone.class, polygon });
    })
    .unwrap();
    let points = |zone: &Zone| -> Vec<usize> {
        std::iter::once(&zone.polygon.outer).chain(&zone.polygon.holes).map(Vec::len).collect()
    };
    let mut lengths: Vec<_> = zones.iter().map(points).collect();
    lengths.sort();
    assert_eq!(lengths, [vec![4], vec![8], vec![50], vec![300, 40]]);
    let corners: Vec<Point> = zones.iter().flat_map(|zone| zone.polygon.outer.clone()).collect();

    let built = build(3, zones, &[]).unwrap();
    let new = Pack::open(built.bytes.as_slice()).unwrap();
    assert_eq!(new.header().format, FORMAT);
    let unit = 1i64 << 28;
    let grid = (-90..90).flat_map(|x| (-50..50).map(move |y| (x, y)));
    let grid = grid.map(|(x, y)| Point { x: (138 << 40) + x * unit, y: (34 << 40) + y * unit });
    let mut found = [0; 4];
    for point in grid.chain(corners) {
        let class = old.at(point).unwrap().class;
        assert_eq!(class, new.at(point).unwrap().class, "{point:?}");
        found[class.map_or(3, usize::from)] += 1;
    }
    assert!(found.iter().all(|count| *count > 100), "{found:?}");
    // The square around everything was surveyed, what lies beyond it was not.
    let far = |units: i64| Point { x: (138 << 40) + units * unit, y: 34 << 40 };
    assert_eq!((old.at(far(100)).unwrap().surveyed, old.at(far(300)).unwrap().surveyed), (true, false));
}
