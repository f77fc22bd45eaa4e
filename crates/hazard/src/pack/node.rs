//! A node of a tree: up to 32 boxes, each in four bytes on a grid over the node's own box, rounded outwards.
//!
//! ```text
//! kind  count  width  shift x  shift y  corner x (8)  corner y (8)
//! west × count  east × count  south × count  north × count
//! worst class × count, or in a ring: the rows of the grid where the pieces join × (count + 1)
//! bytes back to the child × count, each of `width` bytes
//! ```

use super::bits::width;
use crate::{Bounds, Point};

/// The most children of a node.
pub const FAN: usize = 32;
const HEAD: usize = 21;
const LEAF: u8 = 1;
const RING: u8 = 2;
/// No shift and no coordinate of a pack is beyond these.
const MOST_SHIFT: u8 = 48;
const FARTHEST: i64 = 1 << 50;

/// A child as its node describes it.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// The south-west corner of its box on the grid.
    pub corner: Point,
    /// Bits of the widest distance from the corner to the east.
    pub ux: u8,
    /// To the north.
    pub uy: u8,
    /// The worst class in it.
    pub class: u8,
    /// Is it a node? Else a shape, or a piece of a ring.
    pub node: bool,
    /// Where its bytes begin.
    pub at: u32,
}

impl Slot {
    /// The same where a point is the origin.
    pub fn seen_from(&self, point: Point) -> Slot {
        Slot { corner: Point { x: self.corner.x - point.x, y: self.corner.y - point.y }, ..*self }
    }
}

/// The grid of a node.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    corner: Point,
    sx: u8,
    sy: u8,
}

impl Frame {
    /// A grid of 256 by 256 over a box.
    pub fn over(bounds: &Bounds) -> Self {
        let shift = |from: i64, to: i64| width((to - from) as u64).saturating_sub(8);
        Frame {
            corner: bounds.min,
            sx: shift(bounds.min.x, bounds.max.x),
            sy: shift(bounds.min.y, bounds.max.y),
        }
    }

    fn column(&self, x: i64) -> i64 {
        (x - self.corner.x) >> self.sx
    }

    fn row(&self, y: i64) -> i64 {
        (y - self.corner.y) >> self.sy
    }

    fn cells(&self, bounds: &Bounds) -> [u8; 4] {
        let (min, max) = (bounds.min, bounds.max);
        [self.column(min.x), self.column(max.x), self.row(min.y), self.row(max.y)].map(|cell| cell as u8)
    }

    /// The slot of a child that is a shape or a piece.
    pub fn slot(&self, bounds: &Bounds) -> Slot {
        self.slot_of(self.cells(bounds))
    }

    fn slot_of(&self, [west, east, south, north]: [u8; 4]) -> Slot {
        let bits =
            |from: u8, to: u8, shift: u8| width(((u64::from(to.saturating_sub(from)) + 1) << shift) - 1);
        Slot {
            corner: Point {
                x: self.corner.x + (i64::from(west) << self.sx),
                y: self.corner.y + (i64::from(south) << self.sy),
            },
            ux: bits(west, east, self.sx),
            uy: bits(south, north, self.sy),
            class: 0,
            node: false,
            at: 0,
        }
    }
}

/// A child to be written.
#[derive(Debug, Clone, Copy)]
pub struct Child {
    /// Its box.
    pub bounds: Bounds,
    /// The worst class in it; in a ring nothing.
    pub class: u8,
    /// Where its bytes begin.
    pub at: u32,
}

/// Writes a node that will stand at `here`, behind its children; `joints` are the heights where the pieces of a ring join.
pub fn write(frame: &Frame, children: &[Child], leaf: bool, joints: Option<&[i64]>, here: u32) -> Vec<u8> {
    let back = |child: &Child| here - child.at;
    let bytes = width(u64::from(children.iter().map(back).max().unwrap_or(0))).div_ceil(8).max(1);
    let kind = if leaf { LEAF } else { 0 } | if joints.is_some() { RING } else { 0 };
    let mut node = vec![kind, children.len() as u8, bytes, frame.sx, frame.sy];
    node.extend(frame.corner.x.to_le_bytes());
    node.extend(frame.corner.y.to_le_bytes());
    for side in 0..4 {
        node.extend(children.iter().filter_map(|child| frame.cells(&child.bounds).get(side).copied()));
    }
    match joints {
        Some(joints) => node.extend(joints.iter().map(|y| frame.row(*y) as u8)),
        None => node.extend(children.iter().map(|child| child.class)),
    }
    for child in children {
        node.extend(back(child).to_le_bytes().iter().take(usize::from(bytes)));
    }
    node
}

/// The most bytes that a node of so many children takes.
pub fn most_bytes(children: usize) -> usize {
    HEAD + 9 * children + 1
}

/// A node as it is read.
pub struct Node<'b> {
    frame: Frame,
    here: u32,
    kind: u8,
    width: u8,
    count: usize,
    /// From the boxes to the end of the page.
    body: &'b [u8],
}

impl<'b> Node<'b> {
    /// Reads the node at the start of some bytes, which stand at `here`.
    #[inline(always)]
    pub fn read(bytes: &'b [u8], here: u32) -> Option<Self> {
        let (head, body) = bytes.split_first_chunk::<HEAD>()?;
        let [kind, count, width, sx, sy, x @ .., a, b, c, d, e, f, g, h] = *head;
        let corner = Point { x: i64::from_le_bytes(x), y: i64::from_le_bytes([a, b, c, d, e, f, g, h]) };
        let count = usize::from(count);
        let sane = (1..=FAN).contains(&count)
            && (1..=4).contains(&width)
            && sx.max(sy) <= MOST_SHIFT
            && kind <= LEAF | RING
            && (-FARTHEST..=FARTHEST).contains(&corner.x)
            && (-FARTHEST..=FARTHEST).contains(&corner.y);
        if !sane || body.len() < count * (5 + usize::from(width)) + usize::from(kind >> 1) {
            return None;
        }
        Some(Node { frame: Frame { corner, sx, sy }, here, kind, width, count, body })
    }

    /// Is it of a ring?
    #[inline]
    pub fn is_ring(&self) -> bool {
        self.kind & RING != 0
    }

    /// All children, a bit for each.
    pub fn all(&self) -> u32 {
        u32::MAX >> (FAN - self.count)
    }

    #[inline(always)]
    fn byte(&self, row: usize, index: usize) -> Option<u8> {
        self.body.get(row * self.count + index).copied()
    }

    /// A child; none when it would not stand before this node.
    #[inline(always)]
    pub fn child(&self, index: usize) -> Option<Slot> {
        let width = usize::from(self.width);
        let from = 5 * self.count + usize::from(self.kind >> 1) + index * width;
        let back = match self.body.get(from..).and_then(|rest| rest.first_chunk()) {
            Some(back) => u32::from_le_bytes(*back) & (u32::MAX >> (32 - 8 * width)),
            None => {
                let back = self.body.get(from..from + width)?.iter().rev();
                back.fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte))
            }
        };
        let at = self.here.checked_sub(back).filter(|at| *at < self.here)?;
        let class = if self.is_ring() { 0 } else { self.byte(4, index)? };
        if self.kind & LEAF == 0 {
            return Some(Slot { class, node: true, at, ux: 0, uy: 0, corner: Point::default() });
        }
        let cells = [self.byte(0, index)?, self.byte(1, index)?, self.byte(2, index)?, self.byte(3, index)?];
        Some(Slot { class, at, ..self.frame.slot_of(cells) })
    }

    /// The box of a child, rounded outwards.
    pub fn bounds(&self, index: usize) -> Option<Bounds> {
        let far = |corner: i64, cell: u8, shift: u8| corner + ((i64::from(cell) + 1) << shift) - 1;
        let near = |corner: i64, cell: u8, shift: u8| corner + (i64::from(cell) << shift);
        let Frame { corner, sx, sy } = self.frame;
        Some(Bounds {
            min: Point {
                x: near(corner.x, self.byte(0, index)?, sx),
                y: near(corner.y, self.byte(2, index)?, sy),
            },
            max: Point {
                x: far(corner.x, self.byte(1, index)?, sx),
                y: far(corner.y, self.byte(3, index)?, sy),
            },
        })
    }

    /// Which children's boxes meet a box: a bit for each, the first lowest.
    #[inline(always)]
    pub fn meeting(&self, within: &Bounds) -> u32 {
        let (west, east) = (self.frame.column(within.min.x), self.frame.column(within.max.x));
        let (south, north) = (self.frame.row(within.min.y), self.frame.row(within.max.y));
        self.in_cells(west, east, south, north)
    }

    #[inline(always)]
    fn in_cells(&self, west: i64, east: i64, south: i64, north: i64) -> u32 {
        if west > 255 || east < 0 || south > 255 || north < 0 {
            return 0;
        }
        let cell = |cell: i64| cell.clamp(0, 255) as u8;
        let (west, east, south, north) = (cell(west), cell(east), cell(south), cell(north));
        // Rows are read at their full breadth, beyond their end: what is found there is taken away at last.
        let row = |row: usize| self.body.get(row * self.count..)?.first_chunk::<FAN>();
        let hits = match (row(0), row(1), row(2), row(3)) {
            (Some(wests), Some(easts), Some(souths), Some(norths)) => {
                let mut hits = [0u8; FAN];
                let rows = wests.iter().zip(easts).zip(souths.iter().zip(norths));
                for (hit, ((w, e), (s, n))) in hits.iter_mut().zip(rows) {
                    *hit = u8::from(*w <= east)
                        & u8::from(*e >= west)
                        & u8::from(*s <= north)
                        & u8::from(*n >= south);
                }
                gathered(&hits)
            }
            _ => self.one_by_one(west, east, south, north),
        };
        hits & self.all()
    }

    /// At the end of a page.
    #[cold]
    fn one_by_one(&self, west: u8, east: u8, south: u8, north: u8) -> u32 {
        let meets = |index: &usize| {
            let sides = [0, 1, 2, 3].map(|row| self.byte(row, *index).unwrap_or(0));
            let [w, e, s, n] = sides;
            w <= east && e >= west && s <= north && n >= south
        };
        (0..self.count).filter(meets).fold(0, |hits, index| hits | 1 << index)
    }

    /// What a ray from a point to the east meets of a ring: is the number of crossings odd as far as the boxes tell, and which
    /// children must be looked into.
    pub fn ray(&self, from: Point) -> (bool, u32) {
        let (column, row) = (self.frame.column(from.x), self.frame.row(from.y));
        let (mut odd, mut open) = (false, 0);
        for index in indices(self.in_cells(column, i64::MAX, row, row)) {
            let joint = |index: usize| self.byte(4, index).map_or(row, i64::from);
            let (first, last) = (joint(index), joint(index + 1));
            let east = self.byte(0, index).is_some_and(|west| i64::from(west) > column);
            if east && first != row && last != row {
                odd ^= (first > row) != (last > row);
            } else {
                open |= 1 << index;
            }
        }
        (odd, open)
    }
}

/// The lowest bits of bytes, side by side.
#[inline(always)]
pub fn gathered(bytes: &[u8; FAN]) -> u32 {
    // Each product moves the lowest bits of eight bytes into its highest byte.
    let eight = |bytes: &[u8]| {
        let word = bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        (word.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
    };
    bytes.chunks_exact(8).rev().fold(0, |all, bytes| (all << 8) | eight(bytes))
}

/// The indices of children in a mask, the last first.
#[inline]
pub fn indices(mut mask: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let index = 31u32.checked_sub(mask.leading_zeros())?;
        mask &= !(1 << index);
        Some(index as usize)
    })
}
