//! Where a point lies to a ring, in whole numbers.

use crate::Point;

/// Where a point lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Not in the ring.
    Outside,
    /// On it.
    On,
    /// Within.
    Inside,
}

/// Twice the area of the triangle a, b, c: positive when c is left of the way from a to b.
pub fn turn(a: Point, b: Point, c: Point) -> i128 {
    let product = |p: i64, q: i64| i128::from(p) * i128::from(q);
    product(b.x - a.x, c.y - a.y) - product(b.y - a.y, c.x - a.x)
}

/// Counts how often a ray from a point to the east meets edges.
#[derive(Debug, Clone, Copy)]
pub struct Ray {
    from: Point,
    odd: bool,
    on: bool,
}

impl Ray {
    /// No edge was met yet.
    pub fn new(from: Point) -> Self {
        Ray { from, odd: false, on: false }
    }

    /// Takes edges of which it is known that the ray meets them an odd number of times or not.
    pub fn cross(&mut self, odd: bool) {
        self.odd ^= odd;
    }

    /// Takes an edge.
    #[inline]
    pub fn edge(&mut self, a: Point, b: Point) {
        let point = self.from;
        let (above_a, above_b) = (a.y > point.y, b.y > point.y);
        if above_a != above_b {
            if a.x < point.x && b.x < point.x {
                return;
            }
            if a.x > point.x && b.x > point.x {
                self.odd = !self.odd;
                return;
            }
            let turn = turn(a, b, point);
            self.on |= turn == 0;
            // Going up, a point on the left has the edge to its east; going down, one on the right.
            self.odd ^= (turn > 0) == above_b;
        } else if a.y.max(b.y) == point.y {
            // Both below or at the point's height, and one at it: the point is on the edge when it is that end or on a level edge.
            let (west, east) = (a.x.min(b.x), a.x.max(b.x));
            let level = a.y == b.y;
            self.on |= (level && (west..=east).contains(&point.x)) || a == point || b == point;
        }
    }

    /// Where the point lies, after all edges.
    pub fn place(&self) -> Place {
        match (self.on, self.odd) {
            (true, _) => Place::On,
            (_, true) => Place::Inside,
            _ => Place::Outside,
        }
    }
}

/// Do two segments share a point?
pub fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let apart = |a: i64, b: i64, c: i64, d: i64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
    if apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y) {
        return false;
    }
    let side = |from: Point, to: Point, p: Point| turn(from, to, p).signum();
    side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0
}
