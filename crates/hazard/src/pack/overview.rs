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
    let mut rings = vec![snapped(outer, shift)?];
    rings.extend(holes.iter().filter_map(|hole| snapped(hole, shift)));
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

    /// The painted cells, those of a class that stand side by side as one.
    fn bars(self) -> Vec<Part> {
        let mut bars: Vec<(u8, i64, i64, i64)> = Vec::new();
        for ((row, column), class) in self.painted {
            match bars.last_mut() {
                Some((of, at, _, end)) if (*of, *at, *end) == (class, row, column) => *end += 1,
                _ => bars.push((class, row, column, column + 1)),
            }
        }
        let shift = self.shift;
        let part = |(class, row, from, to): (u8, i64, i64, i64)| {
            let corner = |x: i64, y: i64| Point { x, y };
            let ring = vec![corner(from, row), corner(to, row), corner(to, row + 1), corner(from, row + 1)];
            let on_earth = Bounds {
                min: corner(from << shift, row << shift),
                max: corner(to << shift, (row + 1) << shift),
            };
            let part = Part::new(class, vec![ring])?;
            (on_earth.min.on_earth() && on_earth.max.on_earth())
                .then(|| Part { place: place(&on_earth), ..part })
        };
        bars.into_iter().filter_map(part).collect()
    }
}

fn twice_area(ring: &[Point]) -> i128 {
    let Some(first) = ring.first() else { return 0 };
    let pairs = ring.iter().zip(ring.iter().skip(1));
    pairs.map(|(a, b)| turn(*first, *a, *b)).sum::<i128>().abs()
}

fn snapped(ring: &[Point], shift: u8) -> Option<Ring> {
    let snap = |steps: i64| (steps + (1 << shift >> 1)) >> shift;
    let mut kept: Ring = Vec::new();
    for point in ring {
        let point = Point { x: snap(point.x), y: snap(point.y) };
        if kept.last() == Some(&point) {
            continue;
        }
        // What lies between the last point and this is left out where it moves the edge by less than is seen; there and back is no area.
        while let [.., before, last] = kept.as_slice() {
            if turn(*before, *last, point).abs() > 1 {
                break;
            }
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
