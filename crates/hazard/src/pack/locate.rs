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

/// Counts how often a ray from the origin to the east meets edges. Who asks for another point moves the edges.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ray {
    odd: bool,
    on: bool,
}

impl Ray {
    /// Takes edges of which it is known that the ray meets them an odd number of times or not.
    pub fn cross(&mut self, odd: bool) {
        self.odd ^= odd;
    }

    /// Takes an edge.
    #[inline]
    pub fn edge(&mut self, a: Point, b: Point) {
        // Most edges lie wholly on one side.
        if (a.y > 0 && b.y > 0) || (a.y < 0 && b.y < 0) {
            return;
        }
        self.near(a, b);
    }

    /// Takes an edge that touches the ray's line.
    #[inline]
    fn near(&mut self, a: Point, b: Point) {
        let (above_a, above_b) = (a.y > 0, b.y > 0);
        if above_a == above_b {
            // One end at the origin's height and the other there or below: the origin may be that end, or on a level edge.
            let level = a.y == b.y && a.x.min(b.x) <= 0 && a.x.max(b.x) >= 0;
            self.on |= level || a == Point::default() || b == Point::default();
        } else if a.x > 0 && b.x > 0 {
            self.odd = !self.odd;
        } else if a.x >= 0 || b.x >= 0 {
            let turn = i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y);
            self.on |= turn == 0;
            // Going up, a point on the left has the edge to its east; going down, one on the right.
            self.odd ^= (turn > 0) == above_b;
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
