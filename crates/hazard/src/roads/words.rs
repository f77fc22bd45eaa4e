//! What a way is told with: codes and numbers. Sentences are made from them elsewhere.

use serde::{Deserialize, Serialize};

use super::metric;
use crate::Point;

/// Walking speed of 不動産の表示に関する公正競争規約, in metres a minute.
pub const WALKING: u32 = 80;
/// Walking speed of those who are slow: with small children, with a stick, in the rain.
pub const WALKING_SLOWLY: u32 = 50;

/// One of eight directions of the compass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Heading8 {
    /// North.
    N,
    /// North-east.
    NE,
    /// East.
    E,
    /// South-east.
    SE,
    /// South.
    S,
    /// South-west.
    SW,
    /// West.
    W,
    /// North-west.
    NW,
}

impl Heading8 {
    const ALL: [Self; 8] = [Self::N, Self::NE, Self::E, Self::SE, Self::S, Self::SW, Self::W, Self::NW];

    /// The heading of the straight line from one point to another; none between a point and itself.
    pub fn between(from: Point, to: Point) -> Option<Self> {
        Self::of_vector(metric::vector(from, to))
    }

    /// The heading of metres to the east and to the north.
    pub(super) fn of_vector((east, north): (f64, f64)) -> Option<Self> {
        if east == 0.0 && north == 0.0 {
            return None;
        }
        // Clockwise from north, an eighth of the circle around each heading.
        let eighth = (east.atan2(north).to_degrees() / 45.0).round().rem_euclid(8.0);
        Self::ALL.get(eighth as usize).copied()
    }

    /// Its code: `n`, `ne`, …
    pub fn code(self) -> &'static str {
        match self {
            Self::N => "n",
            Self::NE => "ne",
            Self::E => "e",
            Self::SE => "se",
            Self::S => "s",
            Self::SW => "sw",
            Self::W => "w",
            Self::NW => "nw",
        }
    }
}

/// Minutes for a distance, a minute that is begun counting as a whole one; a speed of nothing counts as one metre a minute.
pub fn minutes(distance_m: f64, metres_per_minute: u32) -> u32 {
    // A hair's breadth is no minute: sums of metres carry errors of rounding.
    (distance_m / f64::from(metres_per_minute.max(1)) - 1e-9).ceil().max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_those_of_the_compass() {
        let at = |lat, lon| Point::of_degrees(lat, lon).unwrap();
        let here = at(35.0, 139.0);
        let cases = [
            (1.0, 0.0, "n"),
            (1.0, 1.2, "ne"),
            (0.0, 1.0, "e"),
            (-1.0, 1.2, "se"),
            (-1.0, 0.0, "s"),
            (-1.0, -1.2, "sw"),
            (0.0, -1.0, "w"),
            (1.0, -1.2, "nw"),
        ];
        for (north, east, code) in cases {
            let to = at(35.0 + north * 0.001, 139.0 + east * 0.001);
            assert_eq!(Heading8::between(here, to).map(Heading8::code), Some(code));
        }
        assert_eq!(Heading8::between(here, here), None);
        // A degree of longitude is shorter than one of latitude: at 60° it is half.
        let far_north = Heading8::between(at(60.0, 10.0), at(60.001, 10.0005));
        assert_eq!(far_north, Some(Heading8::N));
        assert_eq!(serde_json::to_string(&Heading8::NW).unwrap(), "\"nw\"");
    }

    #[test]
    fn a_begun_minute_is_a_minute() {
        assert_eq!(minutes(0.0, WALKING), 0);
        assert_eq!(minutes(1.0, WALKING), 1);
        assert_eq!(minutes(80.0, WALKING), 1);
        assert_eq!(minutes(80.000_000_000_1, WALKING), 1);
        assert_eq!(minutes(80.1, WALKING), 2);
        assert_eq!(minutes(401.0, WALKING_SLOWLY), 9);
        assert_eq!(minutes(f64::INFINITY, WALKING), u32::MAX);
        assert_eq!(minutes(3.0, 0), 3);
    }
}
