//! Web Mercator: from the lattice to the units of a tile and back.
//!
//! In `f64`, which resolves a thousandth of a unit at zoom 18; only the rounding to whole units is coarse. A point within
//! that thousandth of the middle between two units may fall to either.
//!
//! A tile of a town asks for tens of thousands of points: for those the logarithm is taken once a degree, and the points around
//! are computed from its series ([`Placing`]).

use std::f64::consts::PI;

use crate::geometry::{Bounds, Point, STEPS_PER_DEGREE};
use crate::tile::mvt::Position;

/// The highest zoom that tiles are cut for: a unit is 3 cm in Japan.
pub const MAX_ZOOM: u8 = 18;
/// Units along a tile's side.
pub const EXTENT: u32 = 4096;
/// Units around a tile that its shapes reach into, so that outlines do not show at its edges.
pub const BUFFER: u32 = 64;

/// No tile has this address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no tile {z}/{x}/{y}: zooms reach to {max}, columns and rows from 0 to 2^zoom - 1", max = MAX_ZOOM)]
pub struct NoTile {
    /// As asked for.
    pub z: u8,
    /// As asked for.
    pub x: u32,
    /// As asked for.
    pub y: u32,
}

/// A tile's address; columns from the west, rows from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    z: u8,
    x: u32,
    y: u32,
}

impl Tile {
    /// The tile with an address that exists.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, NoTile> {
        if z > MAX_ZOOM || x >> z != 0 || y >> z != 0 {
            return Err(NoTile { z, x, y });
        }
        Ok(Tile { z, x, y })
    }

    /// The tile that holds a point; poleward of 85°, the outermost.
    pub fn of(point: Point, z: u8) -> Result<Self, NoTile> {
        if z > MAX_ZOOM {
            return Err(NoTile { z, x: 0, y: 0 });
        }
        let last = (1u32 << z) - 1;
        let (east, south) = unit_square(point);
        let index = |part: f64| ((part * f64::from(1u32 << z)).floor().max(0.0) as u32).min(last);
        Ok(Tile { z, x: index(east), y: index(south) })
    }

    /// Its zoom, column and row.
    pub fn address(self) -> (u8, u32, u32) {
        (self.z, self.x, self.y)
    }

    /// The box of the lattice that it covers, with so many units around it.
    pub fn bounds(self, around: u32) -> Bounds {
        let around = f64::from(around) / f64::from(EXTENT);
        let side = f64::from(1u32 << self.z);
        let lon = |column: f64| steps((column / side - 0.5) * 360.0, 180.0);
        let lat = |row: f64| steps((PI * (1.0 - 2.0 * row / side)).sinh().atan().to_degrees(), 90.0);
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        Bounds {
            min: Point { x: lon(x - around), y: lat(y + 1.0 + around) },
            max: Point { x: lon(x + 1.0 + around), y: lat(y - around) },
        }
    }

    /// Where a point lies in it, in whole units from its north-west corner.
    pub fn position(self, point: Point) -> Position {
        Placing::on(self).position(point)
    }

    /// Where a point lies in it, in units from its north-west corner.
    pub fn place(self, point: Point) -> (f64, f64) {
        self.placed(unit_square(point))
    }

    /// Units around the world.
    fn units(self) -> f64 {
        f64::from(EXTENT) * f64::from(1u32 << self.z)
    }

    fn placed(self, (east, south): (f64, f64)) -> (f64, f64) {
        let side = f64::from(1u32 << self.z);
        let unit = f64::from(EXTENT);
        ((east * side - f64::from(self.x)) * unit, (south * side - f64::from(self.y)) * unit)
    }
}

fn steps(degrees: f64, limit: f64) -> i64 {
    (degrees.clamp(-limit, limit) * STEPS_PER_DEGREE).round() as i64
}

/// The nearest whole number, halves upwards. (`f64::round` is a call on processors that have no instruction for it.)
fn nearest(place: f64) -> i32 {
    const MIDDLE: u32 = 1 << 31;
    ((place + (f64::from(MIDDLE) + 0.5)) as u32).wrapping_sub(MIDDLE) as i32
}

/// A point in the square that Web Mercator makes of the world: from 0 in the west and north to 1 in the east and south. Points
/// beyond 85° lie outside it.
pub(crate) fn unit_square(point: Point) -> (f64, f64) {
    (east_of(point), south_of(point.lat()))
}

fn east_of(point: Point) -> f64 {
    point.lon() / 360.0 + 0.5
}

fn south_of(lat: f64) -> f64 {
    0.5 - lat.clamp(-89.9, 89.9).to_radians().tan().asinh() / (2.0 * PI)
}

/// Beyond, the series would be off by more than a thousandth of a unit.
const SERIES_UP_TO: f64 = 60.0;
/// Half a degree, in steps of the lattice.
const HALF_DEGREE: u64 = 1 << 39;

/// Where points lie in a tile, for many that lie close: `x` by a factor, `y` by the series of Web Mercator's around a whole degree of
/// latitude.
#[derive(Debug)]
pub(crate) struct Placing {
    tile: Tile,
    /// Units a step, and the units where `x` is 0.
    x: [f64; 2],
    /// The degree, in steps; none yet.
    degree: Option<i64>,
    /// Units for the powers of the steps from the degree.
    y: [f64; 6],
}

impl Placing {
    /// Places on a tile.
    pub(crate) fn on(tile: Tile) -> Self {
        let (zero, _) = tile.placed((0.5, 0.0));
        let step = tile.units() / (360.0 * STEPS_PER_DEGREE);
        Placing { tile, x: [step, zero], degree: None, y: [0.0; 6] }
    }

    /// Where a point lies, in whole units from the tile's north-west corner.
    #[inline]
    pub(crate) fn position(&mut self, point: Point) -> Position {
        let [step, zero] = self.x;
        let from = self.degree.map(|degree| point.y.saturating_sub(degree));
        let south = match from.filter(|from| from.unsigned_abs() <= HALF_DEGREE) {
            Some(from) => self.series(from),
            None => self.elsewhere(point),
        };
        Position { x: nearest(point.x as f64 * step + zero), y: nearest(south) }
    }

    #[inline]
    fn series(&self, from: i64) -> f64 {
        let from = from as f64;
        let [a, b, c, d, e, f] = self.y;
        ((((f * from + e) * from + d) * from + c) * from + b) * from + a
    }

    #[cold]
    fn elsewhere(&mut self, point: Point) -> f64 {
        let lat = point.lat();
        if !(-SERIES_UP_TO..=SERIES_UP_TO).contains(&lat) {
            return self.tile.placed((0.5, south_of(lat))).1;
        }
        let degree = lat.round();
        let steps = (degree * STEPS_PER_DEGREE) as i64;
        self.degree = Some(steps);
        self.y = self.around(degree);
        self.series(point.y - steps)
    }

    /// Taylor's series: the derivatives of asinh(tan φ), which is ∫ sec φ.
    fn around(&self, degree: f64) -> [f64; 6] {
        let (sin, cos) = degree.to_radians().sin_cos();
        let (tan, sec) = (sin / cos, 1.0 / cos);
        let square = tan * tan;
        let derivatives = [
            sec,
            sec * tan / 2.0,
            sec * (1.0 + 2.0 * square) / 6.0,
            sec * tan * (5.0 + 6.0 * square) / 24.0,
            sec * (5.0 + 28.0 * square + 24.0 * square * square) / 120.0,
        ];
        let step = (1.0 / STEPS_PER_DEGREE).to_radians();
        let mut power = -self.tile.units() / (2.0 * PI);
        let [a, b, c, d, e] = derivatives.map(|term| {
            power *= step;
            term * power
        });
        [self.tile.placed((0.5, south_of(degree))).1, a, b, c, d, e]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_addresses() {
        // 焼津駅, as every slippy map computes it.
        let point = Point::of_degrees(34.8703, 138.3178).unwrap();
        assert_eq!(Tile::of(point, 0).unwrap().address(), (0, 0, 0));
        assert_eq!(Tile::of(point, 14).unwrap().address(), (14, 14486, 6496));
    }

    #[test]
    fn addresses_beyond_the_world_are_none() {
        assert!(Tile::new(0, 0, 0).is_ok());
        assert!(Tile::new(18, (1 << 18) - 1, (1 << 18) - 1).is_ok());
        for (z, x, y) in [(0, 1, 0), (0, 0, 1), (18, 1 << 18, 0), (19, 0, 0), (255, 0, 0), (4, u32::MAX, 3)] {
            assert_eq!(Tile::new(z, x, y), Err(NoTile { z, x, y }));
        }
    }

    #[test]
    fn the_whole_world_with_a_border_stays_in_the_lattice() {
        let bounds = Tile::new(0, 0, 0).unwrap().bounds(BUFFER);
        assert_eq!(bounds.min.x, Point::of_degrees(0.0, -180.0).unwrap().x);
        assert_eq!(bounds.max.x, Point::of_degrees(0.0, 180.0).unwrap().x);
        assert!((85.0..=90.0).contains(&bounds.max.lat()));
    }

    proptest! {
        #[test]
        fn a_tile_holds_its_points(lat in -84.0f64..84.0, lon in -180.0f64..179.9, z in 0u8..=MAX_ZOOM) {
            let point = Point::of_degrees(lat, lon).unwrap();
            let tile = Tile::of(point, z).unwrap();
            let position = tile.position(point);
            prop_assert!((0..=EXTENT as i32).contains(&position.x) && (0..=EXTENT as i32).contains(&position.y));
            prop_assert!(tile.bounds(1).contains(point));
        }

        #[test]
        fn the_series_is_as_good_as_the_logarithm(
            lat in -90.0f64..90.0, near in -0.6f64..0.6, lon in -180.0f64..180.0, z in 0u8..=MAX_ZOOM,
        ) {
            let point = |lat: f64| Point::of_degrees(lat.clamp(-90.0, 90.0), lon).unwrap();
            let tile = Tile::of(point(lat), z).unwrap();
            let mut placing = Placing::on(tile);
            for point in [point(lat), point(lat + near), point(lat)] {
                let (x, y) = tile.place(point);
                let told = placing.position(point);
                let off = |told: i32, place: f64| (f64::from(told) - place.clamp(f64::from(i32::MIN), f64::from(i32::MAX))).abs();
                prop_assert!(off(told.x, x) < 0.502 && off(told.y, y) < 0.502, "{:?} {} {}", told, x, y);
            }
        }

        #[test]
        fn the_corners_of_its_box_are_its_corners(z in 0u8..=MAX_ZOOM, x in any::<u32>(), y in any::<u32>()) {
            let mask = (1u32 << z) - 1;
            let tile = Tile::new(z, x & mask, y & mask).unwrap();
            let bounds = tile.bounds(0);
            let corner = |x, y| tile.position(Point { x, y });
            let side = EXTENT as i32;
            prop_assert_eq!(corner(bounds.min.x, bounds.max.y), Position { x: 0, y: 0 });
            prop_assert_eq!(corner(bounds.max.x, bounds.min.y), Position { x: side, y: side });
        }
    }
}
