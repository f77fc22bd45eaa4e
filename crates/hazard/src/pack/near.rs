//! The nearest edge of a zone, by the best first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::f64::consts::PI;

use super::node::{Node, Slot, indices};
use super::shape::Shape;
use super::walk::root;
use super::{Edge, Pack, PackError, chunk};
use crate::geometry::STEPS_PER_DEGREE;
use crate::{Bounds, Point, Source};

/// The earth's mean radius (IUGG), in metres.
const RADIUS_M: f64 = 6_371_008.8;

/// Metres around a point, with degrees of longitude as broad everywhere as they are there: what is nearest by this is nearest to
/// within two thousandths in 50 km (in Japan).
struct Metres {
    from: Point,
    x: f64,
    y: f64,
}

impl Metres {
    fn around(from: Point) -> Self {
        let y = RADIUS_M * PI / 180.0 / STEPS_PER_DEGREE;
        Metres { from, x: y * from.lat().to_radians().cos(), y }
    }

    /// To a point, by the breadth of the degrees halfway: within 50 km true to a part in ten thousand.
    fn between(&self, to: Point) -> f64 {
        let halfway = ((self.from.lat() + to.lat()) / 2.0).to_radians().cos();
        let (x, y) = ((to.x - self.from.x) as f64, (to.y - self.from.y) as f64);
        (x * self.y * halfway).hypot(y * self.y)
    }

    /// To the nearest point of a box.
    fn to_box(&self, bounds: &Bounds) -> f64 {
        let gap = |from: i64, low: i64, high: i64| (low - from).max(from - high).max(0) as f64;
        let x = gap(self.from.x, bounds.min.x, bounds.max.x) * self.x;
        x.hypot(gap(self.from.y, bounds.min.y, bounds.max.y) * self.y)
    }

    /// To the nearest point of an edge, and that point.
    fn to_edge(&self, a: Point, b: Point) -> (f64, Point) {
        let (ax, ay) = ((a.x - self.from.x) as f64 * self.x, (a.y - self.from.y) as f64 * self.y);
        let (dx, dy) = ((b.x - a.x) as f64 * self.x, (b.y - a.y) as f64 * self.y);
        let length = dx * dx + dy * dy;
        let share = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        let part = |a: i64, b: i64| a + ((b - a) as f64 * share).round() as i64;
        ((ax + share * dx).hypot(ay + share * dy), Point { x: part(a.x, b.x), y: part(a.y, b.y) })
    }
}

/// Something that lies no nearer than `least` metres.
struct Candidate {
    least: f64,
    what: What,
    slot: Slot,
}

#[derive(Clone, Copy)]
enum What {
    /// A zone, or a node over some.
    Zones,
    /// A hole, or a node over some.
    Holes,
    /// A piece of a long ring, or a node over some.
    Ring,
}

impl Ord for Candidate {
    /// The nearest is the greatest; of two as near, the worse.
    fn cmp(&self, other: &Self) -> Ordering {
        let class = |candidate: &Candidate| (candidate.slot.class, candidate.slot.at);
        other.least.total_cmp(&self.least).then(class(self).cmp(&class(other)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate {}

impl<S: Source> Pack<S> {
    /// The nearest point of a zone that is worse than what holds at a point, not farther than `within_m` metres. Of two as near, the
    /// worse.
    pub fn nearest_edge(&self, point: Point, within_m: f64) -> Result<Option<Edge>, PackError> {
        let (Some(tree), true) = (self.head.zones, point.on_earth()) else { return Ok(None) };
        let here = self.at(point)?.class;
        let metres = Metres::around(point);
        let mut walk = self.walk();
        let mut best: Option<Edge> = None;
        let mut heap = BinaryHeap::new();
        heap.push(Candidate { least: 0.0, what: What::Zones, slot: root(tree) });
        while let Some(Candidate { least, what, slot }) = heap.pop() {
            if least > best.map_or(within_m, |best| best.distance_m) {
                break;
            }
            walk.burn()?;
            if heap.len() as u64 > self.header.points + 64 {
                return Err(PackError::Damaged { at: slot.at.into(), what: "more shapes than points" });
            }
            let class = slot.class;
            let mut edge = |a: Point, b: Point| {
                let (distance_m, at) = metres.to_edge(a, b);
                let better = best.map_or(distance_m <= within_m, |best| {
                    (best.distance_m, class) > (distance_m, best.class)
                });
                if better {
                    best = Some(Edge { distance_m, class, at });
                }
            };
            match what {
                _ if slot.node => self.pages.record(slot.at, |bytes| {
                    let ring = matches!(what, What::Ring);
                    let node = Node::read(bytes, slot.at).filter(|node| node.is_ring() == ring)?;
                    for index in indices(node.all()) {
                        let child = node.child(index)?;
                        // The pieces and the holes of a zone are of its class.
                        let class = if matches!(what, What::Zones) { child.class } else { class };
                        let child = Slot { class, ..child };
                        if here.is_none_or(|here| class > here) {
                            heap.push(Candidate {
                                least: metres.to_box(&node.bounds(index)?),
                                what,
                                slot: child,
                            });
                        }
                    }
                    Some(())
                })?,
                What::Ring => self.pages.record(slot.at, |bytes| chunk::edges(bytes, &slot, false, edge))?,
                What::Zones | What::Holes => {
                    let piece = |piece: &[u8]| chunk::edges(piece, &slot, true, &mut edge);
                    let (outer, holes) =
                        self.pages.record(slot.at, |bytes| Shape::open(bytes, slot.at, piece))?;
                    let of_class = |at: u32| Slot { class, ..root(at) };
                    heap.extend(outer.map(of_class).map(|slot| Candidate { least, what: What::Ring, slot }));
                    heap.extend(holes.map(of_class).map(|slot| Candidate { least, what: What::Holes, slot }));
                }
            }
        }
        self.rest(walk);
        let best = best.filter(|best| best.class < self.header.classes);
        Ok(best.map(|best| Edge { distance_m: metres.between(best.at), ..best }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_are_those_of_the_sphere() {
        for lat in [24.0f64, 34.87, 45.5] {
            for (north, east) in [(0.31, 0.38), (-0.31, 0.38), (0.44, 0.0), (0.0, 0.6), (0.001, 0.002)] {
                let (a, b) = ((lat, 138.3), (lat + north, 138.3 + east));
                // Haversine.
                let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
                let breadth = a.0.to_radians().cos() * b.0.to_radians().cos();
                let sphere = 2.0 * RADIUS_M * (half(a.0, b.0) + breadth * half(a.1, b.1)).sqrt().asin();
                let point = |(lat, lon): (f64, f64)| Point::of_degrees(lat, lon).unwrap();
                let metres = Metres::around(point(a));
                let told = metres.between(point(b));
                assert!((told / sphere - 1.0).abs() < 1e-4, "{told} {sphere}");
                let sought = metres.to_edge(point(b), point(b)).0;
                assert!((sought / sphere - 1.0).abs() < 2e-3, "{sought} {sphere}");
            }
        }
    }
}
