//! Coarser drawings of the zones, for maps of whole towns and provinces.

use super::head::Overview;
use super::locate::turn;
use super::out::Out;
use super::tree::{self, Part};
use crate::{Point, Ring};

/// For zooms up to the first, in steps of 2 to the power of the second: seven tenths of a dot where a tile is 512 dots wide.
const ZOOMS: [(u8, u8); 3] = [(8, 31), (10, 29), (12, 27)];
/// A layer of fewer points is drawn from its own shapes within a few milliseconds at any zoom.
const MANY: usize = 40_000;

/// Writes the overviews of zones that have many points, the coarsest first.
pub fn write(out: &mut Out, parts: &[Part]) -> Vec<Overview> {
    let points: usize = parts.iter().flat_map(|part| &part.rings).map(Vec::len).sum();
    if points < MANY {
        return Vec::new();
    }
    let all = ZOOMS.into_iter().filter_map(|(zoom, shift)| {
        let coarse: Vec<Part> = parts.iter().filter_map(|part| coarser(part, shift)).collect();
        tree::shapes(out, coarse).map(|root| Overview { zoom, shift, root })
    });
    all.collect()
}

/// A polygon in steps of 2 to the power of `shift`; none when it is smaller than a step.
fn coarser(part: &Part, shift: u8) -> Option<Part> {
    let (outer, holes) = part.rings.split_first()?;
    let mut rings = vec![snapped(outer, shift)?];
    rings.extend(holes.iter().filter_map(|hole| snapped(hole, shift)));
    Part::new(part.class, rings).map(|coarse| Part { place: part.place, ..coarse })
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
