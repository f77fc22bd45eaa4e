//! Coarser drawings of the zones, for maps of whole towns and provinces.

use super::head::Overview;
use super::out::Out;
use super::tree::{self, Part};
use crate::{Point, Ring};

/// For these zooms; a step is a quarter of what a screen of 512 dots a tile shows.
const ZOOMS: [(u8, u8); 2] = [(9, 28), (12, 25)];
/// A layer of fewer points is drawn from its own shapes within a few milliseconds at any zoom.
const MANY: usize = 100_000;

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
        let repeated = kept.last() == Some(&point);
        // There and back is no area.
        let back = kept.len() > 1 && kept.get(kept.len() - 2) == Some(&point);
        match (repeated, back) {
            (true, _) => {}
            (false, true) => drop(kept.pop()),
            (false, false) => kept.push(point),
        }
    }
    while kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
    (kept.len() > 2).then_some(kept)
}
