//! From rings to polygons: which hole belongs to which outer ring.

use madoguchi_hazard::{Bounds, Point, Polygon, Ring};

/// Where a record has more outer rings and holes than this squared, a hole counts as an area: rather too wet than too dry.
const MANY: usize = 20_000;

struct Outer {
    ring: Ring,
    bounds: Bounds,
    area: f64,
    holes: Vec<Ring>,
}

/// The polygons of a record. A clockwise ring is an outer one; any other belongs to the smallest outer ring around it,
/// and is one itself where there is none.
pub(super) fn polygons(rings: Vec<Ring>) -> Vec<Polygon> {
    let mut outers = Vec::new();
    let mut others = Vec::new();
    for mut ring in rings {
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        let area = area(&ring);
        let Some(bounds) = Bounds::around(&ring) else { continue };
        if area <= 0.0 {
            outers.push(Outer { ring, bounds, area: -area, holes: Vec::new() });
        } else {
            others.push((ring, bounds, area));
        }
    }
    let look = outers.len().saturating_mul(others.len()) <= MANY * MANY;
    let mut strays = Vec::new();
    for (ring, bounds, size) in others {
        let around = outers.iter_mut().filter(|outer| look && covers(outer, &bounds, size, &ring));
        match around.min_by(|a, b| a.area.total_cmp(&b.area)) {
            Some(outer) => outer.holes.push(ring),
            None => strays.push(ring),
        }
    }
    let polygon = |outer: Outer| Polygon { outer: outer.ring, holes: outer.holes };
    let strays = strays.into_iter().map(|outer| Polygon { outer, holes: Vec::new() });
    outers.into_iter().map(polygon).chain(strays).collect()
}

fn covers(outer: &Outer, bounds: &Bounds, size: f64, ring: &[Point]) -> bool {
    let within = outer.bounds.contains(bounds.min) && outer.bounds.contains(bounds.max) && outer.area >= size;
    // A hole may touch its outer ring in some points, not in all.
    within && ring.iter().any(|point| inside(&outer.ring, *point))
}

/// Strictly inside, even-odd; what lies on the ring may be told either way.
fn inside(ring: &[Point], point: Point) -> bool {
    let next = ring.iter().skip(1).chain(ring.first());
    let crossings = ring.iter().zip(next).filter(|(a, b)| {
        if (a.y > point.y) == (b.y > point.y) {
            return false;
        }
        let cross = i128::from(b.x - a.x) * i128::from(point.y - a.y)
            - i128::from(point.x - a.x) * i128::from(b.y - a.y);
        if b.y > a.y { cross > 0 } else { cross < 0 }
    });
    crossings.count() % 2 == 1
}

/// Twice the area, positive when counter-clockwise, about the first point so that no digits are lost.
fn area(ring: &[Point]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    let at = |point: &Point| ((point.x - first.x) as f64, (point.y - first.y) as f64);
    let next = ring.iter().skip(1).chain(ring.first());
    let sum = ring.iter().zip(next).map(|(a, b)| {
        let ((ax, ay), (bx, by)) = (at(a), at(b));
        ax * by - bx * ay
    });
    sum.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(i64, i64)]) -> Ring {
        points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    fn square(from: i64, to: i64, clockwise: bool) -> Ring {
        let mut ring = ring(&[(from, from), (from, to), (to, to), (to, from), (from, from)]);
        if !clockwise {
            ring.reverse();
        }
        ring
    }

    #[test]
    fn a_hole_goes_to_the_smallest_ring_around_it() {
        let rings = vec![
            square(0, 100, true),
            square(10, 90, false),
            square(20, 80, true),
            square(30, 70, false),
            square(200, 210, false),
        ];
        let made = polygons(rings);
        assert_eq!(made.len(), 3);
        assert_eq!(made[0].holes, [square(10, 90, false)[..4].to_vec()]);
        assert_eq!(made[1].holes.len(), 1);
        // A hole of nothing is an area.
        assert_eq!(made[2].holes.len(), 0);
        assert_eq!(made.iter().map(|polygon| polygon.outer.len()).sum::<usize>(), 12);
    }
}
