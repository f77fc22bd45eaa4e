//! Coarser drawings of the zones, for maps of whole towns and provinces.
//!
//! A zone is drawn in whole steps of a zoom. Those that come to nothing so are not lost: their area is gathered, along the order in
//! which zones stand, and a cell of a step by a step is drawn for each cell's worth of it, so that what is wet stays wet by its share.

use std::collections::BTreeMap;

use super::head::{OVERVIEWS, Overview};
use super::hilbert::place;
use super::locate::turn;
use super::out::Out;
use super::tree::{self, Part};
use crate::{Bounds, Point, Ring};

/// The finest; each zoom below has steps twice as long.
const FINEST: u8 = 12;
/// Its steps are 2 to this power: seven tenths of a dot where a tile is 512 dots wide.
const SHIFT: u8 = 27;
/// A layer of fewer points is drawn from its own shapes within a few milliseconds at any zoom.
const MANY: usize = 40_000;
/// Zones of no more cells than this, both ways, are drawn as cells.
const FEW: i64 = 3;
/// Twice the area by which a ring may be off, in squares of a step.
const UNSEEN: i128 = 2;

/// Writes the overviews of zones that have many points, the coarsest first.
pub fn write(out: &mut Out, parts: &[Part]) -> Vec<Overview> {
    let points: usize = parts.iter().flat_map(|part| &part.rings).map(Vec::len).sum();
    if points < MANY {
        return Vec::new();
    }
    let mut ordered: Vec<&Part> = parts.iter().collect();
    ordered.sort_by_key(|part| (part.place, part.class));
    let all = (0..OVERVIEWS as u8).rev().filter_map(|down| {
        let (zoom, shift) = (FINEST - down, SHIFT + down);
        tree::shapes(out, coarser(&ordered, shift)).map(|root| Overview { zoom, shift, root })
    });
    all.collect()
}

/// The zones in steps of 2 to the power of `shift`.
fn coarser(parts: &[&Part], shift: u8) -> Vec<Part> {
    let mut drawn = Vec::new();
    let mut cells = Cells { shift, owed: BTreeMap::new(), painted: BTreeMap::new() };
    for part in parts {
        let whole = |from: i64, to: i64| (to >> shift) - (from >> shift) >= FEW;
        let (min, max) = (part.bounds.min, part.bounds.max);
        let large = whole(min.x, max.x) || whole(min.y, max.y);
        match large.then(|| in_steps(part, shift)).flatten() {
            Some(part) => drawn.push(part),
            None => cells.paint(part),
        }
    }
    drawn.extend(cells.bars());
    drawn
}

/// A zone in steps; none when nothing of it is left.
fn in_steps(part: &Part, shift: u8) -> Option<Part> {
    let (outer, holes) = part.rings.split_first()?;
    let mut rings = vec![snapped(outer, shift, UNSEEN).or_else(|| snapped(outer, shift, 1))?];
    rings.extend(holes.iter().filter_map(|hole| snapped(hole, shift, UNSEEN)));
    Part::new(part.class, rings).map(|coarse| Part { place: part.place, ..coarse })
}

/// Cells of a step by a step.
struct Cells {
    shift: u8,
    /// By class: twice the area that is still to be drawn.
    owed: BTreeMap<u8, i128>,
    /// By row and column: the worst class.
    painted: BTreeMap<(i64, i64), u8>,
}

impl Cells {
    /// Paints the cells under a zone's corners, as many as its area and what is owed come to.
    fn paint(&mut self, part: &Part) {
        let owed = self.owed.entry(part.class).or_default();
        let cell = 2i128 << (2 * self.shift);
        let areas = part.rings.iter().map(|ring| twice_area(ring));
        *owed += areas.enumerate().map(|(n, area)| if n == 0 { area } else { -area }).sum::<i128>().max(0);
        for point in part.rings.first().into_iter().flatten() {
            if *owed < cell {
                break;
            }
            let at = (point.y >> self.shift, point.x >> self.shift);
            if self.painted.get(&at).is_none_or(|painted| *painted < part.class) {
                self.painted.insert(at, part.class);
                *owed -= cell;
            }
        }
    }

    /// The painted cells: those of a class that stand side by side as one, and such rows of one breadth that stand on each other.
    fn bars(self) -> Vec<Part> {
        let mut rows: Vec<Bar> = Vec::new();
        for ((row, from), class) in self.painted {
            match rows.last_mut() {
                Some(bar) if (bar.class, bar.south, bar.to) == (class, row, from) => bar.to += 1,
                _ => rows.push(Bar { class, from, to: from + 1, south: row, north: row + 1 }),
            }
        }
        let mut bars: Vec<Bar> = Vec::new();
        let mut below: BTreeMap<(u8, i64, i64), usize> = BTreeMap::new();
        for bar in rows {
            let stands_on = below.get(&(bar.class, bar.from, bar.to)).and_then(|index| bars.get_mut(*index));
            match stands_on {
                Some(under) if under.north == bar.south => under.north = bar.north,
                _ => {
                    below.insert((bar.class, bar.from, bar.to), bars.len());
                    bars.push(bar);
                }
            }
        }
        bars.into_iter().filter_map(|bar| bar.part(self.shift)).collect()
    }
}

/// Cells of a class, from one column and row to before another.
struct Bar {
    class: u8,
    from: i64,
    to: i64,
    south: i64,
    north: i64,
}

impl Bar {
    fn part(&self, shift: u8) -> Option<Part> {
        let corner = |x: i64, y: i64| Point { x, y };
        let Bar { from, to, south, north, .. } = *self;
        let ring = vec![corner(from, south), corner(to, south), corner(to, north), corner(from, north)];
        let on_earth =
            Bounds { min: corner(from << shift, south << shift), max: corner(to << shift, north << shift) };
        let part = Part::new(self.class, vec![ring])?;
        (on_earth.min.on_earth() && on_earth.max.on_earth()).then(|| Part { place: place(&on_earth), ..part })
    }
}

fn twice_area(ring: &[Point]) -> i128 {
    let Some(first) = ring.first() else { return 0 };
    let pairs = ring.iter().zip(ring.iter().skip(1));
    pairs.map(|(a, b)| turn(*first, *a, *b)).sum::<i128>().abs()
}

fn snapped(ring: &[Point], shift: u8, unseen: i128) -> Option<Ring> {
    let snap = |steps: i64| (steps + (1 << shift >> 1)) >> shift;
    let mut kept: Ring = Vec::new();
    let mut lost = 0;
    for point in ring {
        let point = Point { x: snap(point.x), y: snap(point.y) };
        if kept.last() == Some(&point) {
            continue;
        }
        // What lies between the last point and this is left out where that changes the area by less than is seen, together with what
        // was left out before; there and back is no area.
        while let [.., before, last] = kept.as_slice() {
            let with = lost + turn(*before, *last, point);
            if with.abs() > unseen {
                break;
            }
            lost = with;
            kept.pop();
        }
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    }
    while kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
    (kept.len() > 2).then_some(kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bars_are_the_painted_cells_each_once(
            cells in proptest::collection::btree_map((-6i64..6, -6i64..6), 0u8..2, 0..90),
        ) {
            let bars = Cells { shift: 30, owed: BTreeMap::new(), painted: cells.clone() }.bars();
            let mut found = BTreeMap::new();
            for part in &bars {
                let Bounds { min, max } = part.bounds;
                for cell in (min.y..max.y).flat_map(|y| (min.x..max.x).map(move |x| (y, x))) {
                    prop_assert!(found.insert(cell, part.class).is_none(), "{:?} twice", cell);
                }
            }
            prop_assert_eq!(&found, &cells);
            prop_assert!(bars.len() <= cells.len());
        }
    }

    proptest! {
        #[test]
        fn the_area_of_a_ring_stays_true_to_a_step_by_a_step(
            points in proptest::collection::vec((-40i64..40, -40i64..40), 3..60),
        ) {
            let twice = |ring: &[Point]| {
                let Some(first) = ring.first() else { return 0 };
                ring.iter().zip(ring.iter().skip(1)).map(|(a, b)| turn(*first, *a, *b)).sum::<i128>()
            };
            let ring: Ring = points.into_iter().map(|(x, y)| Point { x, y }).collect();
            let drawn = snapped(&ring, 0, UNSEEN).unwrap_or_default();
            prop_assert!((twice(&drawn) - twice(&ring)).abs() <= UNSEEN);
        }
    }

    #[test]
    fn a_block_of_cells_is_one_bar() {
        let painted = (0..5).flat_map(|y| (0..7).map(move |x| ((y, x), 1))).collect();
        assert_eq!(Cells { shift: 30, owed: BTreeMap::new(), painted }.bars().len(), 1);
    }

    #[test]
    fn corners_that_nobody_sees_go_and_thin_zones_stay() {
        let ring =
            |points: &[(i64, i64)]| -> Ring { points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect() };
        let notched = ring(&[(0, 0), (10, 0), (10, 10), (6, 10), (5, 9), (4, 10), (0, 10)]);
        assert_eq!(snapped(&notched, 0, UNSEEN), Some(ring(&[(0, 0), (10, 0), (10, 10), (0, 10)])));
        let thin = Part::new(0, vec![ring(&[(0, 0), (2, 0), (1, 1)])]).unwrap();
        assert_eq!(snapped(&thin.rings[0], 0, UNSEEN), None);
        assert!(in_steps(&thin, 0).is_some());
    }
}
