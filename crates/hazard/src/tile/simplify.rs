//! Fewer points where nobody sees the difference (Douglas and Peucker).

use crate::geometry::Point;

/// A line with only the points that it needs to stay within `tolerance` of where it was.
pub(crate) fn line(points: &[Point], tolerance: f64) -> Vec<Point> {
    let mut kept = vec![false; points.len()];
    for end in [kept.len().checked_sub(1), Some(0)].into_iter().flatten() {
        if let Some(kept) = kept.get_mut(end) {
            *kept = true;
        }
    }
    keep(points, &mut kept, tolerance);
    points.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(point, _)| *point).collect()
}

/// A ring likewise. It is taken apart at the point with the smallest coordinates and the one farthest from that, so that it
/// does not matter where its source began it.
pub(crate) fn ring(points: &[Point], tolerance: f64) -> Vec<Point> {
    let Some((start, first)) = points.iter().enumerate().min_by_key(|(_, point)| **point) else {
        return Vec::new();
    };
    let (before, after) = points.split_at_checked(start).unwrap_or_default();
    let mut turned: Vec<Point> = after.iter().chain(before).copied().collect();
    turned.push(*first);
    let farthest = turned
        .iter()
        .enumerate()
        .max_by(|(_, a), (_, b)| square_distance(*first, **a).total_cmp(&square_distance(*first, **b)));
    let middle = farthest.map_or(0, |(index, _)| index);
    let mut simple = line(turned.get(..=middle).unwrap_or_default(), tolerance);
    let back = line(turned.get(middle..).unwrap_or_default(), tolerance);
    // The middle and the start are in both.
    simple.extend(back.into_iter().skip(1));
    simple.pop();
    simple
}

fn keep(points: &[Point], kept: &mut [bool], tolerance: f64) {
    let mut open = vec![(0, points.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        let (Some(a), Some(b)) = (points.get(from), points.get(to)) else { continue };
        let between = points.get(from + 1..to).unwrap_or_default();
        let mut farthest = (tolerance * tolerance, None);
        for (index, point) in between.iter().enumerate() {
            let distance = square_distance_to(*point, *a, *b);
            if distance > farthest.0 {
                farthest = (distance, Some(from + 1 + index));
            }
        }
        if let Some(index) = farthest.1 {
            if let Some(kept) = kept.get_mut(index) {
                *kept = true;
            }
            open.extend([(from, index), (index, to)]);
        }
    }
}

fn square_distance(a: Point, b: Point) -> f64 {
    let (x, y) = (b.x.saturating_sub(a.x) as f64, b.y.saturating_sub(a.y) as f64);
    x * x + y * y
}

/// Square of the distance from a point to the stretch between two.
fn square_distance_to(point: Point, a: Point, b: Point) -> f64 {
    let side = |from: i64, to: i64| to.saturating_sub(from) as f64;
    let (dx, dy) = (side(a.x, b.x), side(a.y, b.y));
    let (px, py) = (side(a.x, point.x), side(a.y, point.y));
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (px - along * dx, py - along * dy);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(places: &[(i64, i64)]) -> Vec<Point> {
        places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    #[test]
    fn what_is_straight_enough_goes() {
        let bent = points(&[(0, 0), (50, 3), (100, 0), (100, 100)]);
        assert_eq!(line(&bent, 4.0), points(&[(0, 0), (100, 0), (100, 100)]));
        assert_eq!(line(&bent, 2.0), bent);
        assert_eq!(line(&points(&[(7, 7)]), 1.0), points(&[(7, 7)]));
        assert!(line(&[], 1.0).is_empty() && ring(&[], 1.0).is_empty());
    }

    #[test]
    fn a_ring_is_the_same_wherever_it_begins() {
        let square = points(&[(0, 0), (50, 1), (100, 0), (101, 50), (100, 100), (0, 100), (1, 50)]);
        let simple = ring(&square, 2.0);
        assert_eq!(simple, points(&[(0, 0), (100, 0), (100, 100), (0, 100)]));
        for turn in 0..square.len() {
            let mut turned = square.clone();
            turned.rotate_left(turn);
            assert_eq!(ring(&turned, 2.0), simple);
        }
    }

    proptest! {
        #[test]
        fn no_point_moves_farther_than_the_tolerance(
            places in prop::collection::vec((0i64..1000, 0i64..1000), 1..60), tolerance in 0.0f64..80.0,
        ) {
            let drawn = points(&places);
            let simple = line(&drawn, tolerance);
            prop_assert_eq!(simple.first(), drawn.first());
            prop_assert_eq!(simple.last(), drawn.last());
            for point in &drawn {
                let near = simple.windows(2).map(|pair| square_distance_to(*point, pair[0], pair[1]))
                    .chain(simple.iter().map(|kept| square_distance(*kept, *point)))
                    .fold(f64::INFINITY, f64::min);
                prop_assert!(near <= tolerance * tolerance + 1e-6);
            }
        }
    }
}
