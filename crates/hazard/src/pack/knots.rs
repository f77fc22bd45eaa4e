//! Does a ring touch or cross itself? By a sweep over its edges (Shamos and Hoey), in whole numbers.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::locate::{cross, turn};
use crate::Point;

/// Does a ring of at least three points, none like the one before, touch or cross itself?
pub fn touches_itself(ring: &[Point]) -> bool {
    let mut points = ring.to_vec();
    points.sort_unstable();
    if points.iter().zip(points.iter().skip(1)).any(|(a, b)| a == b) {
        return true;
    }
    let ends = ring.iter().zip(ring.iter().cycle().skip(1));
    let edges: Vec<Edge> =
        ends.zip(0..).map(|((a, b), id)| Edge { left: *a.min(b), right: *a.max(b), id }).collect();
    let mut events: Vec<(Point, bool, usize)> = Vec::with_capacity(2 * edges.len());
    for (index, edge) in edges.iter().enumerate() {
        // At the same point, edges end before others begin.
        events.push((edge.left, true, index));
        events.push((edge.right, false, index));
    }
    events.sort_unstable();
    let mut swept: BTreeSet<Edge> = BTreeSet::new();
    for (_, begins, index) in events {
        let Some(edge) = edges.get(index) else { continue };
        if !begins {
            swept.remove(edge);
        }
        let below = swept.range(..*edge).next_back();
        let above = swept.range(*edge..).next();
        let knot = match (begins, below, above) {
            (true, below, above) => [below, above].into_iter().flatten().any(|other| meet(edge, other)),
            (false, Some(below), Some(above)) => meet(below, above),
            (false, ..) => false,
        };
        if knot {
            return true;
        }
        if begins {
            swept.insert(*edge);
        }
    }
    false
}

/// An edge from its western end (of two as far west: the southern) to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    left: Point,
    right: Point,
    id: usize,
}

/// Do two edges meet other than in the point where one follows the other?
fn meet(a: &Edge, b: &Edge) -> bool {
    let ends = |edge: &Edge| [(edge.left, edge.right), (edge.right, edge.left)];
    let pairs = ends(a).into_iter().flat_map(|a| ends(b).map(|b| (a, b)));
    let mut shared =
        pairs.filter(|(a, b)| a.0 == b.0).map(|((shared, one), (_, other))| (shared, one, other));
    let Some((shared, one, other)) = shared.next() else {
        return cross(a.left, a.right, b.left, b.right);
    };
    // From the shared point the same way, one edge lies on the other.
    let product = |p: i64, q: i64, r: i64, s: i64| i128::from(p - q) * i128::from(r - s);
    let ahead = product(one.x, shared.x, other.x, shared.x) + product(one.y, shared.y, other.y, shared.y);
    turn(shared, one, other) == 0 && ahead > 0
}

impl Ord for Edge {
    /// Which is farther south where both are over the same longitude. As long as none met another, the order is the same everywhere.
    fn cmp(&self, other: &Self) -> Ordering {
        if self.id == other.id {
            return Ordering::Equal;
        }
        let later = |first: &Edge, second: &Edge| {
            let side = turn(first.left, first.right, second.left);
            if side == 0 { turn(first.left, first.right, second.right).cmp(&0) } else { side.cmp(&0) }
        };
        // Left of the way from west to east is north.
        let order = if self.left <= other.left { later(self, other).reverse() } else { later(other, self) };
        order.then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ring(points: &[(i64, i64)]) -> Vec<Point> {
        let mut ring: Vec<Point> = points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        ring
    }

    /// Every edge against every other.
    fn plainly(ring: &[Point]) -> bool {
        let n = ring.len();
        let edge = |i: usize| (ring[i], ring[(i + 1) % n]);
        (0..n).any(|i| {
            (0..i).any(|j| {
                let ((a, b), (c, d)) = (edge(i), edge(j));
                let edges = [Edge { left: a, right: b, id: 0 }, Edge { left: c, right: d, id: 1 }];
                let adjacent = (j + 1) % n == i || (i + 1) % n == j;
                if adjacent && n > 2 { meet(&edges[0], &edges[1]) } else { cross(a, b, c, d) }
            })
        })
    }

    #[test]
    fn squares_do_not_and_bows_and_spikes_do() {
        for (points, knot) in [
            (&[(0, 0), (4, 0), (4, 4), (0, 4)][..], false),
            (&[(0, 0), (4, 4), (4, 0), (0, 4)], true),
            (&[(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], true),
            (&[(0, 0), (4, 0), (8, 0), (4, 0), (4, 4)], true),
            (&[(0, 0), (2, 2), (4, 0), (4, 4), (2, 2), (0, 4)], true),
            (&[(0, 0), (4, 0), (2, 0)], true),
        ] {
            assert_eq!(touches_itself(&ring(points)), knot, "{points:?}");
        }
    }

    proptest! {
        #[test]
        fn the_sweep_finds_what_comparing_all_finds(
            points in proptest::collection::vec((0i64..12, 0i64..12), 3..14)
        ) {
            let ring = ring(&points);
            prop_assume!(ring.len() >= 3);
            prop_assert_eq!(touches_itself(&ring), plainly(&ring));
        }
    }
}
