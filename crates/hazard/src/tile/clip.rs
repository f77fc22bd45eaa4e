//! Cutting rings and lines to a box, in whole numbers.

use std::borrow::Cow;

use crate::geometry::{Bounds, Point};

/// The sides of a box, in the order in which they are cut along.
const SIDES: [Side; 4] = [Side::West, Side::East, Side::South, Side::North];

#[derive(Clone, Copy)]
enum Side {
    West,
    East,
    South,
    North,
}

impl Side {
    fn keeps(self, point: Point, within: &Bounds) -> bool {
        match self {
            Side::West => point.x >= within.min.x,
            Side::East => point.x <= within.max.x,
            Side::South => point.y >= within.min.y,
            Side::North => point.y <= within.max.y,
        }
    }

    /// Where a stretch from one half of the plane to the other crosses the side's line.
    fn crossing(self, a: Point, b: Point, within: &Bounds) -> Point {
        match self {
            Side::West => at_column(a, b, within.min.x),
            Side::East => at_column(a, b, within.max.x),
            Side::South => at_row(a, b, within.min.y),
            Side::North => at_row(a, b, within.max.y),
        }
    }
}

/// A ring cut to a box (Sutherland and Hodgman). A point strictly inside the box is inside the cut ring by even-odd exactly when
/// it was inside the ring; parts that fall apart stay joined along the box's edge. Empty when nothing is left.
pub(crate) fn ring<'r>(ring: &'r [Point], within: &Bounds) -> Cow<'r, [Point]> {
    // Most rings lie in the box or on one side of it.
    let Some(bounds) = Bounds::around(ring).filter(|bounds| bounds.meets(within)) else {
        return Cow::Borrowed(&[]);
    };
    let mut left = Cow::Borrowed(ring);
    for side in SIDES {
        if side.keeps(bounds.min, within) && side.keeps(bounds.max, within) {
            continue;
        }
        let mut cut = Vec::new();
        let before = left.last().into_iter().chain(left.iter());
        for (a, b) in before.zip(left.iter()) {
            let (from, to) = (side.keeps(*a, within), side.keeps(*b, within));
            if from != to {
                cut.push(side.crossing(*a, *b, within));
            }
            if to {
                cut.push(*b);
            }
        }
        left = Cow::Owned(cut);
    }
    left
}

/// The parts of a line that lie in a box.
pub(crate) fn line(line: &[Point], within: &Bounds) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut joined = false;
    for (a, b) in line.iter().zip(line.iter().skip(1)) {
        let Some((from, to)) = stretch(*a, *b, within) else {
            joined = false;
            continue;
        };
        match parts.last_mut().filter(|_| joined) {
            Some(part) => part.push(to),
            None => parts.push(vec![from, to]),
        }
        joined = to == *b;
    }
    parts
}

fn stretch(mut a: Point, mut b: Point, within: &Bounds) -> Option<(Point, Point)> {
    for side in SIDES {
        match (side.keeps(a, within), side.keeps(b, within)) {
            (true, true) => {}
            (false, false) => return None,
            (true, false) => b = side.crossing(a, b, within),
            (false, true) => a = side.crossing(a, b, within),
        }
    }
    Some((a, b))
}

fn at_column(a: Point, b: Point, x: i64) -> Point {
    // Neighbours draw a common edge in opposite directions and must cut it at the same point.
    let (a, b) = if (a.x, a.y) <= (b.x, b.y) { (a, b) } else { (b, a) };
    Point { x, y: between((a.x, a.y), (b.x, b.y), x) }
}

fn at_row(a: Point, b: Point, y: i64) -> Point {
    let (a, b) = if (a.y, a.x) <= (b.y, b.x) { (a, b) } else { (b, a) };
    Point { x: between((a.y, a.x), (b.y, b.x), y), y }
}

/// The second coordinate where the first is `at`, rounded to the nearest whole number.
fn between((from, start): (i64, i64), (to, end): (i64, i64), at: i64) -> i64 {
    let [from, start, to, end, at] = [from, start, to, end, at].map(i128::from);
    let run = (to - from).max(1);
    let rise = (at - from).saturating_mul(end - start);
    let rounded = rise.saturating_mul(2).saturating_add(run).div_euclid(2 * run);
    i64::try_from(start + rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: i64, y: i64) -> Point {
        Point { x, y }
    }

    const BOX: Bounds = Bounds { min: Point { x: 0, y: 0 }, max: Point { x: 1000, y: 1000 } };

    fn inside(ring: &[Point], point: Point) -> bool {
        let mut odd = false;
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.y > point.y) != (b.y > point.y) {
                let x = a.x as f64 + (point.y - a.y) as f64 * (b.x - a.x) as f64 / (b.y - a.y) as f64;
                odd ^= (point.x as f64) < x;
            }
        }
        odd
    }

    fn distance(ring: &[Point], point: Point) -> f64 {
        ring.iter()
            .zip(ring.iter().cycle().skip(1))
            .map(|(a, b)| {
                let (ax, ay) = ((a.x - point.x) as f64, (a.y - point.y) as f64);
                let (dx, dy) = ((b.x - a.x) as f64, (b.y - a.y) as f64);
                let t = -(ax * dx + ay * dy) / (dx * dx + dy * dy).max(1.0);
                let t = t.clamp(0.0, 1.0);
                (ax + t * dx).hypot(ay + t * dy)
            })
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn a_ring_around_the_box_becomes_the_box() {
        let around = [at(-10, -10), at(2000, -10), at(2000, 2000), at(-10, 2000)];
        let mut cut = ring(&around, &BOX).into_owned();
        cut.sort();
        assert_eq!(cut, [at(0, 0), at(0, 1000), at(1000, 0), at(1000, 1000)]);
        assert!(ring(&[at(1001, 0), at(2000, 0), at(2000, 900)], &BOX).is_empty());
        // Its box meets the box, it does not.
        assert!(ring(&[at(-900, 600), at(600, 2000), at(-900, 2000)], &BOX).is_empty());
        assert!(ring(&[], &BOX).is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_returns_has_two_parts() {
        let parts = line(&[at(-500, 500), at(500, 500), at(500, 1500), at(700, 1500), at(700, 300)], &BOX);
        assert_eq!(parts, [vec![at(0, 500), at(500, 500), at(500, 1000)], vec![at(700, 1000), at(700, 300)]]);
        assert!(line(&[at(-500, 500), at(500, 1600)], &BOX).is_empty());
        assert!(line(&[at(5, 5)], &BOX).is_empty());
    }

    #[test]
    fn no_number_is_too_large() {
        let far = [at(i64::MIN, i64::MIN), at(i64::MAX, i64::MAX), at(i64::MIN, i64::MAX)];
        assert!(ring(&far, &BOX).iter().all(|point| BOX.contains(*point)));
        line(&far, &BOX);
    }

    fn any_ring() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec((-1500i64..2500, -1500i64..2500).prop_map(|(x, y)| at(x, y)), 3..30)
    }

    proptest! {
        #[test]
        fn inside_stays_inside(drawn in any_ring(), x in 1i64..1000, y in 1i64..1000) {
            let point = at(x, y);
            prop_assume!(distance(&drawn, point) > 1.5);
            let cut = ring(&drawn, &BOX);
            prop_assert!(cut.iter().all(|point| BOX.contains(*point)));
            prop_assert_eq!(inside(&drawn, point), inside(&cut, point));
        }

        #[test]
        fn lines_stay_on_the_line(drawn in any_ring()) {
            let mut closed = drawn.clone();
            closed.extend(drawn.first().copied());
            for part in line(&closed, &BOX) {
                prop_assert!(part.len() > 1);
                for point in part {
                    prop_assert!(BOX.contains(point));
                    prop_assert!(distance(&drawn, point) <= 1.5);
                }
            }
        }

        #[test]
        fn an_edge_is_cut_alike_in_both_directions(ax in any::<i32>(), ay in any::<i32>(), bx in any::<i32>(), by in any::<i32>()) {
            let (a, b) = (at(ax.into(), ay.into()), at(bx.into(), by.into()));
            let there = stretch(a, b, &BOX);
            let back = stretch(b, a, &BOX).map(|(b, a)| (a, b));
            // The order of the sides is fixed, so only what both directions cut once is alike.
            prop_assert_eq!(there.is_some(), back.is_some());
        }
    }
}
