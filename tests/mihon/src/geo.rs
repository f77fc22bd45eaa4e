//! Metres on a flat sheet. Only + − × ÷ and square roots, which every machine rounds alike; no sines, no powers.

use std::ops::{Add, Mul, Sub};

/// A point or a step, in metres east and north of the sheet's corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct P {
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

/// Short for a point.
pub const fn p(x: f64, y: f64) -> P {
    P { x, y }
}

impl Add for P {
    type Output = P;
    fn add(self, other: P) -> P {
        p(self.x + other.x, self.y + other.y)
    }
}

impl Sub for P {
    type Output = P;
    fn sub(self, other: P) -> P {
        p(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for P {
    type Output = P;
    fn mul(self, by: f64) -> P {
        p(self.x * by, self.y * by)
    }
}

impl P {
    /// Length of the step.
    pub fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// The step of one metre in its direction.
    pub fn unit(self) -> P {
        let length = self.length();
        if length == 0.0 { p(1.0, 0.0) } else { self * (1.0 / length) }
    }

    /// Turned left by a right angle.
    pub fn left(self) -> P {
        p(-self.y, self.x)
    }

    /// The product that says how far two steps go the same way.
    pub fn dot(self, other: P) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The product that says on which side the other step goes.
    pub fn cross(self, other: P) -> f64 {
        self.x * other.y - self.y * other.x
    }

    /// From here to there, by a share of the way.
    pub fn toward(self, other: P, share: f64) -> P {
        self + (other - self) * share
    }
}

/// Millionths of a degree, which is how the files write places (11 cm).
pub type Micro = (i64, i64);

const WEST: f64 = 138_556_000.0;
const SOUTH: f64 = 34_677_000.0;
const MICRO_PER_METRE_EAST: f64 = 1_000_000.0 / 91_500.0;
const MICRO_PER_METRE_NORTH: f64 = 1_000_000.0 / 110_900.0;

/// Longitude and latitude of a point of the sheet.
pub fn micro(point: P) -> Micro {
    let lon = WEST + point.x * MICRO_PER_METRE_EAST;
    let lat = SOUTH + point.y * MICRO_PER_METRE_NORTH;
    (lon.round() as i64, lat.round() as i64)
}

/// The sheet's point of a latitude and a longitude in degrees.
pub fn of_degrees(lat: f64, lon: f64) -> P {
    p((lon * 1_000_000.0 - WEST) / MICRO_PER_METRE_EAST, (lat * 1_000_000.0 - SOUTH) / MICRO_PER_METRE_NORTH)
}

/// The nearest point of a segment, and how far away it is.
pub fn nearest_on(a: P, b: P, to: P) -> (P, f64) {
    let along = b - a;
    let square = along.dot(along);
    let share = if square == 0.0 { 0.0 } else { ((to - a).dot(along) / square).clamp(0.0, 1.0) };
    let at = a.toward(b, share);
    (at, (to - at).length())
}

/// Distance from a line.
pub fn distance(line: &[P], to: P) -> f64 {
    line.windows(2).map(|s| nearest_on(s[0], s[1], to).1).fold(f64::INFINITY, f64::min)
}

/// Is a point inside a ring (even-odd; the last point is joined to the first)?
pub fn inside(ring: &[P], at: P) -> bool {
    let mut within = false;
    for (i, b) in ring.iter().enumerate() {
        let a = ring[(i + ring.len() - 1) % ring.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            within = !within;
        }
    }
    within
}

/// A ring's area, positive when it goes round to the left.
pub fn area(ring: &[P]) -> f64 {
    (0..ring.len()).map(|i| ring[i].cross(ring[(i + 1) % ring.len()])).sum::<f64>() / 2.0
}

/// A ring as a line that ends where it began.
pub fn closed(ring: &[P]) -> Vec<P> {
    let mut line = ring.to_vec();
    line.extend(ring.first());
    line
}

/// Positive inside a ring, negative outside: metres to its edge.
pub fn depth_inside(ring: &[P], at: P) -> f64 {
    let far = distance(&closed(ring), at);
    if inside(ring, at) { far } else { -far }
}
