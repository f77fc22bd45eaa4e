//! A value at every crossing of a square mesh, and between them.

use crate::geo::{P, p};

/// Metres between the mesh's lines.
pub const STEP: f64 = 40.0;
const WEST: f64 = -480.0;
const SOUTH: f64 = -400.0;
/// Crossings from west to east.
pub const COLUMNS: usize = 228;
/// Crossings from south to north.
pub const ROWS: usize = 152;

/// Values on the mesh.
#[derive(Clone)]
pub struct Grid(pub Vec<f64>);

impl Grid {
    /// Asks for the value at each crossing.
    pub fn of(value: impl Fn(P) -> f64) -> Self {
        Grid((0..ROWS * COLUMNS).map(|i| value(Self::place(i % COLUMNS, i / COLUMNS))).collect())
    }

    /// Where a crossing is.
    pub fn place(column: usize, row: usize) -> P {
        p(WEST + column as f64 * STEP, SOUTH + row as f64 * STEP)
    }

    /// The value at a crossing.
    pub fn get(&self, column: usize, row: usize) -> f64 {
        self.0[row * COLUMNS + column]
    }

    /// The value at a point, straight between the crossings around it.
    pub fn at(&self, point: P) -> f64 {
        let u = ((point.x - WEST) / STEP).clamp(0.0, COLUMNS as f64 - 1.001);
        let v = ((point.y - SOUTH) / STEP).clamp(0.0, ROWS as f64 - 1.001);
        let (i, j) = (u.floor() as usize, v.floor() as usize);
        let (s, t) = (u - u.floor(), v - v.floor());
        let low = self.get(i, j) * (1.0 - s) + self.get(i + 1, j) * s;
        let high = self.get(i, j + 1) * (1.0 - s) + self.get(i + 1, j + 1) * s;
        low * (1.0 - t) + high * t
    }

    /// A grid made of this one, crossing by crossing.
    pub fn map(&self, value: impl Fn(P, f64) -> f64) -> Self {
        Grid((0..ROWS * COLUMNS).map(|i| value(Self::place(i % COLUMNS, i / COLUMNS), self.0[i])).collect())
    }
}
