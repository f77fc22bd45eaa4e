//! A point that stands for an area and lies in it.

use madoguchi_hazard::{Point, Polygon};

/// A point inside of the largest of some polygons, near its middle.
pub(super) fn point(polygons: &[Polygon]) -> Option<Point> {
    let largest = polygons.iter().max_by(|a, b| area(&a.outer).abs().total_cmp(&area(&b.outer).abs()))?;
    let ys = largest.outer.iter().map(|point| point.lat());
    let (south, north) = ys.fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(y), high.max(y)));
    // The widest stretch inside, on a few lines across.
    let mut best: Option<(f64, f64, f64)> = None;
    for part in [0.5, 0.42, 0.58, 0.33, 0.67, 0.25, 0.75] {
        let y = south + (north - south) * part;
        let mut crossings: Vec<f64> = std::iter::once(&largest.outer)
            .chain(&largest.holes)
            .flat_map(|ring| crossings(ring, y))
            .collect();
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks(2) {
            if let [from, to] = pair
                && best.is_none_or(|(width, ..)| to - from > width * 1.25)
            {
                best = Some((to - from, (from + to) / 2.0, y));
            }
        }
    }
    let (_, x, y) = best?;
    Point::of_degrees(y, x).ok()
}

fn crossings(ring: &[Point], y: f64) -> Vec<f64> {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter()
        .zip(next)
        .filter(|(a, b)| (a.lat() > y) != (b.lat() > y))
        .map(|(a, b)| a.lon() + (y - a.lat()) / (b.lat() - a.lat()) * (b.lon() - a.lon()))
        .collect()
}

fn area(ring: &[Point]) -> f64 {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter().zip(next).map(|(a, b)| a.lon() * b.lat() - b.lon() * a.lat()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|(x, y)| Point::of_degrees(*y, *x).unwrap()).collect()
    }

    #[test]
    fn the_point_lies_in_the_area_and_not_in_its_hole() {
        // A U: the middle of its box is outside.
        let u = ring(&[(0., 0.), (3., 0.), (3., 3.), (2., 3.), (2., 1.), (1., 1.), (1., 3.), (0., 3.)]);
        let found = point(&[Polygon { outer: u, holes: Vec::new() }]).unwrap();
        assert!(!(1.0..2.0).contains(&found.lon()) || found.lat() < 1.0, "{found:?}");
        let square = ring(&[(0., 0.), (4., 0.), (4., 4.), (0., 4.)]);
        let hole = ring(&[(1., 1.), (3., 1.), (3., 3.), (1., 3.)]);
        let found = point(&[Polygon { outer: square, holes: vec![hole] }]).unwrap();
        assert!(!((1.0..3.0).contains(&found.lon()) && (1.0..3.0).contains(&found.lat())), "{found:?}");
        assert_eq!(point(&[]), None);
    }
}
