//! A piece whose points stand in cells: its box is cut into 256 rows and 256 columns, and of each point the cell is a byte and a byte.
//!
//! A ray passes one row. The rows of all points lie side by side, so the few edges that reach this row are found in one look; of
//! those, the columns tell most as crossed or not, and only of what ends in the ray's own cells are the points read.

use super::bits;
use super::locate::Ray;
use super::node::{FAN, Slot, gathered, indices};
use crate::Point;

/// Bits of a row and of a column.
const CELL: u8 = 8;
const WIDEST: u8 = 56;

/// A piece in cells, as it is read.
pub struct Cells<'b> {
    corner: Point,
    count: usize,
    /// Bits that are left of a point's place within its cell.
    lx: u8,
    ly: u8,
    /// Rows, columns, the bits that are left.
    body: &'b [u8],
}

impl<'b> Cells<'b> {
    /// Can a piece be written so?
    pub fn fit(slot: &Slot) -> bool {
        let fits = CELL..=WIDEST;
        fits.contains(&slot.ux) && fits.contains(&slot.uy)
    }

    /// How many bits of x and of y are left within a cell.
    pub fn left(slot: &Slot) -> (u8, u8) {
        (slot.ux.saturating_sub(CELL), slot.uy.saturating_sub(CELL))
    }

    /// The piece of so many points at the start of some bytes; none when it does not end there.
    #[inline(always)]
    pub fn read(body: &'b [u8], count: usize, slot: &Slot) -> Option<Self> {
        let (lx, ly) = Self::left(slot);
        let bits = usize::from(lx) + usize::from(ly) + 2 * usize::from(CELL);
        let whole = count > 0 && Self::fit(slot) && body.len() * 8 >= count * bits;
        whole.then_some(Cells { corner: slot.corner, count, lx, ly, body })
    }

    #[inline(always)]
    fn row(&self, index: usize) -> u8 {
        self.body.get(index).copied().unwrap_or(0)
    }

    #[inline(always)]
    fn column(&self, index: usize) -> u8 {
        self.body.get(self.count + index).copied().unwrap_or(0)
    }

    /// A point.
    #[inline(always)]
    pub fn point(&self, index: usize) -> Point {
        let left = self.body.get(2 * self.count..).unwrap_or(&[]);
        let (x, y) =
            bits::read_two(left, index * (usize::from(self.lx) + usize::from(self.ly)), self.lx, self.ly);
        Point {
            x: self.corner.x + (i64::from(self.column(index)) << self.lx) + x as i64,
            y: self.corner.y + (i64::from(self.row(index)) << self.ly) + y as i64,
        }
    }

    /// Sends a ray from the origin through the edges; the one from the last point to the first only of a ring.
    #[inline(always)]
    pub fn ray(&self, ring: bool, ray: &mut Ray) {
        let (column, row) = (-self.corner.x >> self.lx, -self.corner.y >> self.ly);
        let (Ok(row), true) = (u8::try_from(row), column <= u8::MAX.into()) else { return };
        for from in (0..self.count - 1).step_by(FAN) {
            for index in indices(self.reaching(row, from)) {
                self.edge(column, row, from + index, from + index + 1, ray);
            }
        }
        let (first, last) = (self.row(0), self.row(self.count - 1));
        if ring && first.min(last) <= row && row <= first.max(last) {
            self.edge(column, row, self.count - 1, 0, ray);
        }
    }

    /// Which of the 32 edges from one on reach a row: a bit for each, the first lowest.
    #[inline(always)]
    fn reaching(&self, row: u8, from: usize) -> u32 {
        let here = (self.count - 1 - from).min(FAN);
        // Read at full breadth, beyond their end: what is found there is taken away at last.
        let rows = |from: usize| self.body.get(from..)?.first_chunk::<FAN>();
        let hits = match (rows(from), rows(from + 1)) {
            (Some(starts), Some(ends)) => {
                let mut hits = [0u8; FAN];
                for (hit, (a, b)) in hits.iter_mut().zip(starts.iter().zip(ends)) {
                    *hit = u8::from(*a.min(b) <= row) & u8::from(*a.max(b) >= row);
                }
                gathered(&hits)
            }
            _ => self.one_by_one(row, from, here),
        };
        hits & (u32::MAX >> (FAN - here))
    }

    /// At the end of a page.
    #[cold]
    fn one_by_one(&self, row: u8, from: usize, here: usize) -> u32 {
        let reaches = |index: &usize| {
            let (a, b) = (self.row(from + index), self.row(from + index + 1));
            a.min(b) <= row && row <= a.max(b)
        };
        (0..here).filter(reaches).fold(0, |hits, index| hits | 1 << index)
    }

    /// Takes an edge that reaches the ray's row.
    #[inline(always)]
    fn edge(&self, column: i64, row: u8, a: usize, b: usize, ray: &mut Ray) {
        let (west, east) = {
            let (a, b) = (i64::from(self.column(a)), i64::from(self.column(b)));
            (a.min(b), a.max(b))
        };
        if east < column {
            return;
        }
        if west > column && self.row(a) != row && self.row(b) != row {
            ray.cross(true);
        } else {
            ray.edge(self.point(a), self.point(b));
        }
    }
}
