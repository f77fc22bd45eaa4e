//! Metres on the ground.

use crate::Point;

/// The earth's mean radius in metres.
const EARTH_M: f64 = 6_371_008.8;

/// Metres along the great circle between two points (haversine).
pub fn distance_m(a: Point, b: Point) -> f64 {
    let (lat1, lat2) = (a.lat().to_radians(), b.lat().to_radians());
    let dlat = degrees(b.y - a.y).to_radians();
    let dlon = degrees(b.x - a.x).to_radians();
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_M * h.sqrt().min(1.0).asin()
}

/// Metres to the east and to the north from one point to another near by.
pub(super) fn vector(from: Point, to: Point) -> (f64, f64) {
    let middle = ((from.lat() + to.lat()) / 2.0).to_radians();
    let east = degrees(to.x - from.x).to_radians() * middle.cos() * EARTH_M;
    (east, degrees(to.y - from.y).to_radians() * EARTH_M)
}

fn degrees(steps: i64) -> f64 {
    steps as f64 / crate::geometry::STEPS_PER_DEGREE
}

/// A place on the globe, in metres from the earth's middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct OnGlobe([f64; 3]);

impl OnGlobe {
    pub(super) fn of(point: Point) -> Self {
        let (lat, lon) = (point.lat().to_radians(), point.lon().to_radians());
        OnGlobe([EARTH_M * lat.cos() * lon.cos(), EARTH_M * lat.cos() * lon.sin(), EARTH_M * lat.sin()])
    }

    /// Metres through the earth: never more than those along it, and cheap.
    pub(super) fn chord_m(&self, other: &Self) -> f64 {
        let [x, y, z] = self.0;
        let [u, v, w] = other.0;
        ((x - u).powi(2) + (y - v).powi(2) + (z - w).powi(2)).sqrt()
    }
}

/// The plane that touches the earth at a point, for looking around it: metres to the east and to the north.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    at: Point,
    east: f64,
    north: f64,
}

impl Plane {
    pub(super) fn at(at: Point) -> Self {
        let north = (1.0 / crate::geometry::STEPS_PER_DEGREE).to_radians() * EARTH_M;
        Plane { at, east: north * at.lat().to_radians().cos(), north }
    }

    pub(super) fn metres(&self, point: Point) -> (f64, f64) {
        ((point.x - self.at.x) as f64 * self.east, (point.y - self.at.y) as f64 * self.north)
    }

    /// How far a box is from the point.
    pub(super) fn box_m(&self, min: Point, max: Point) -> f64 {
        let (west, south) = self.metres(min);
        let (east, north) = self.metres(max);
        west.max(-east).max(0.0).hypot(south.max(-north).max(0.0))
    }

    /// How far a segment is from the point, and where on it (0 at its begin, 1 at its end) it is nearest.
    pub(super) fn segment(&self, a: Point, b: Point) -> (f64, f64) {
        let ((ax, ay), (bx, by)) = (self.metres(a), self.metres(b));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        ((ax + along * dx).hypot(ay + along * dy), along)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_ground() {
        let at = |lat, lon| Point::of_degrees(lat, lon).unwrap();
        let degree = EARTH_M.to_radians();
        assert!((distance_m(at(35.0, 139.0), at(36.0, 139.0)) - degree).abs() < 1e-3);
        assert!((distance_m(at(60.0, 10.0), at(60.0, 10.01)) - degree * 0.005).abs() < 1e-3);
        let (a, b) = (at(35.68, 139.76), at(35.69, 139.77));
        let (east, north) = vector(a, b);
        assert!((east.hypot(north) - distance_m(a, b)).abs() < 1e-3);
        let chord = OnGlobe::of(a).chord_m(&OnGlobe::of(b));
        assert!(chord <= distance_m(a, b) && chord > distance_m(a, b) - 1e-3);
        assert_eq!(distance_m(a, a), 0.0);
    }

    #[test]
    fn the_nearest_place_of_a_segment_is_on_it() {
        let at = |lat, lon| Point::of_degrees(lat, lon).unwrap();
        let plane = Plane::at(at(35.0, 139.0));
        let (a, b) = (at(35.001, 138.999), at(35.001, 139.003));
        let (far, along) = plane.segment(a, b);
        assert!((along - 0.25).abs() < 1e-9 && (far - 111.195).abs() < 0.01);
        assert_eq!(plane.segment(b, b).1, 0.0);
        assert!((plane.box_m(a, b) - far).abs() < 1e-9);
        assert_eq!(plane.box_m(at(34.0, 138.0), at(36.0, 140.0)), 0.0);
    }
}
