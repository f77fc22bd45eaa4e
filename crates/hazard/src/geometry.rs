//! Points and polygons on a lattice so fine that no survey is finer, in whole numbers: no answer hangs on rounding.

/// Steps of the lattice in one degree: 2⁴⁰, so that a step is 0.1 µm on the ground.
pub const STEPS_PER_DEGREE: f64 = (1u64 << 40) as f64;

/// A point of the lattice. WGS 84 and JGD2011 are taken for one (they differ by less than a metre).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Point {
    /// Longitude, in steps.
    pub x: i64,
    /// Latitude, in steps.
    pub y: i64,
}

/// Not a place on the earth.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{lat}, {lon} is no latitude and longitude in degrees")]
pub struct OutOfRange {
    /// As given.
    pub lat: f64,
    /// As given.
    pub lon: f64,
}

impl Point {
    /// The lattice's point nearest to a latitude and longitude in degrees.
    pub fn of_degrees(lat: f64, lon: f64) -> Result<Self, OutOfRange> {
        // NaN is in no range.
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return Err(OutOfRange { lat, lon });
        }
        let steps = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() as i64;
        Ok(Point { x: steps(lon), y: steps(lat) })
    }

    /// Is it a place on the earth?
    pub fn on_earth(self) -> bool {
        (-180 << 40..=180 << 40).contains(&self.x) && (-90 << 40..=90 << 40).contains(&self.y)
    }

    /// The nearest point from which no difference is too large to be told.
    pub(crate) fn on_lattice(self) -> Self {
        let clamp = |steps: i64| steps.clamp(-1 << 50, 1 << 50);
        Point { x: clamp(self.x), y: clamp(self.y) }
    }

    /// Latitude in degrees.
    pub fn lat(self) -> f64 {
        self.y as f64 / STEPS_PER_DEGREE
    }

    /// Longitude in degrees.
    pub fn lon(self) -> f64 {
        self.x as f64 / STEPS_PER_DEGREE
    }
}

/// A ring of points; the last is joined to the first, which is not repeated.
pub type Ring = Vec<Point>;

/// A polygon as its source drew it: an outer ring and holes. A point belongs to it when it is inside the outer ring or on it
/// (even-odd), and not strictly inside a hole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polygon {
    /// The outer ring.
    pub outer: Ring,
    /// Its holes.
    pub holes: Vec<Ring>,
}

/// A box of the lattice, its edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Its south-west corner.
    pub min: Point,
    /// Its north-east corner.
    pub max: Point,
}

impl Bounds {
    /// The smallest box around points; none around none.
    pub fn around<'p>(points: impl IntoIterator<Item = &'p Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = *points.next()?;
        Some(points.fold(Bounds { min: first, max: first }, |bounds, point| Bounds {
            min: Point { x: bounds.min.x.min(point.x), y: bounds.min.y.min(point.y) },
            max: Point { x: bounds.max.x.max(point.x), y: bounds.max.y.max(point.y) },
        }))
    }

    /// South, west, north, east, in degrees.
    pub fn degrees(&self) -> [f64; 4] {
        [self.min.lat(), self.min.lon(), self.max.lat(), self.max.lon()]
    }

    /// Is a point in it?
    pub fn contains(&self, point: Point) -> bool {
        (self.min.x..=self.max.x).contains(&point.x) && (self.min.y..=self.max.y).contains(&point.y)
    }

    /// Do two boxes share a point?
    pub fn meets(&self, other: &Bounds) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }
}
