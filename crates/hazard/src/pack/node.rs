//! A node of a tree: up to sixteen boxes, each in four bytes on a grid over the node's own box, rounded outwards.
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
pub const FAN: usize = 16;
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
    bytes: usize,
    count: usize,
    boxes: &'b [u8],
    marks: &'b [u8],
    backs: &'b [u8],
}

impl<'b> Node<'b> {
    /// Reads the node at the start of some bytes, which stand at `here`.
    #[inline]
    pub fn read(bytes: &'b [u8], here: u32) -> Option<Self> {
        let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
        let [kind, count, width, sx, sy, corner @ ..] = head;
        let (x, y) = corner.split_at_checked(8)?;
        let corner =
            Point { x: i64::from_le_bytes(*x.first_chunk()?), y: i64::from_le_bytes(*y.first_chunk()?) };
        let count = usize::from(*count);
        let sane = (1..=FAN).contains(&count)
            && (1..=4).contains(width)
            && *sx.max(sy) <= MOST_SHIFT
            && *kind <= LEAF | RING
            && (-FARTHEST..=FARTHEST).contains(&corner.x)
            && (-FARTHEST..=FARTHEST).contains(&corner.y);
        if !sane {
            return None;
        }
        let width = usize::from(*width);
        let (boxes, rest) = rest.split_at_checked(4 * count)?;
        let (marks, rest) = rest.split_at_checked(count + usize::from(kind & RING != 0))?;
        let backs = rest.get(..count * width)?;
        let frame = Frame { corner, sx: *sx, sy: *sy };
        Some(Node { frame, here, kind: *kind, bytes: width, count, boxes, marks, backs })
    }

    /// Is it of a ring?
    pub fn is_ring(&self) -> bool {
        self.kind & RING != 0
    }

    /// All children, as [`Self::meeting`] tells them.
    pub fn all(&self) -> u128 {
        if self.count == FAN { u128::MAX } else { (1 << (8 * self.count)) - 1 }
    }

    fn side(&self, side: usize, index: usize) -> Option<u8> {
        self.boxes.get(side * self.count + index).copied()
    }

    /// A child; none when it would not stand before this node.
    pub fn child(&self, index: usize) -> Option<Slot> {
        let cells = [self.side(0, index)?, self.side(1, index)?, self.side(2, index)?, self.side(3, index)?];
        let back = self.backs.get(index * self.bytes..)?.iter().take(self.bytes).rev();
        let back = back.fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte));
        if back == 0 {
            return None;
        }
        let class = if self.is_ring() { 0 } else { *self.marks.get(index)? };
        let at = self.here.checked_sub(back)?;
        Some(Slot { class, node: self.kind & LEAF == 0, at, ..self.frame.slot_of(cells) })
    }

    /// The box of a child, rounded outwards.
    pub fn bounds(&self, index: usize) -> Option<Bounds> {
        let far = |corner: i64, cell: u8, shift: u8| corner + ((i64::from(cell) + 1) << shift) - 1;
        let near = |corner: i64, cell: u8, shift: u8| corner + (i64::from(cell) << shift);
        let Frame { corner, sx, sy } = self.frame;
        Some(Bounds {
            min: Point {
                x: near(corner.x, self.side(0, index)?, sx),
                y: near(corner.y, self.side(2, index)?, sy),
            },
            max: Point {
                x: far(corner.x, self.side(1, index)?, sx),
                y: far(corner.y, self.side(3, index)?, sy),
            },
        })
    }

    /// Which children's boxes meet a box: a byte of one for each, the first lowest.
    #[inline]
    pub fn meeting(&self, within: &Bounds) -> u128 {
        let (west, east) = (self.frame.column(within.min.x), self.frame.column(within.max.x));
        let (south, north) = (self.frame.row(within.min.y), self.frame.row(within.max.y));
        if west > 255 || east < 0 || south > 255 || north < 0 {
            return 0;
        }
        let cell = |cell: i64| cell.clamp(0, 255) as u8;
        let (west, east, south, north) = (cell(west), cell(east), cell(south), cell(north));
        let mut sides = [[0u8; FAN]; 4];
        if let Some(full) = self.boxes.first_chunk::<{ 4 * FAN }>() {
            for (side, from) in sides.iter_mut().zip(full.chunks_exact(FAN)) {
                side.copy_from_slice(from);
            }
        } else {
            for (side, from) in sides.iter_mut().zip(self.boxes.chunks_exact(self.count)) {
                for (to, from) in side.iter_mut().zip(from) {
                    *to = *from;
                }
            }
        }
        let [wests, easts, souths, norths] = sides;
        let mut hits = [0u8; FAN];
        let ranges = wests.iter().zip(easts.iter()).zip(souths.iter().zip(norths.iter()));
        for (hit, ((w, e), (s, n))) in hits.iter_mut().zip(ranges) {
            *hit =
                u8::from(*w <= east) & u8::from(*e >= west) & u8::from(*s <= north) & u8::from(*n >= south);
        }
        u128::from_le_bytes(hits) & self.all()
    }

    /// What a ray from a point to the east meets of a ring: is the number of crossings odd as far as the boxes tell, and which
    /// children must be looked into.
    pub fn ray(&self, from: Point) -> (bool, u128) {
        let (column, row) = (self.frame.column(from.x), self.frame.row(from.y));
        let (mut odd, mut open) = (false, 0u128);
        for index in 0..self.count {
            let sides = (self.side(0, index), self.side(1, index), self.side(2, index), self.side(3, index));
            let (Some(west), Some(east), Some(south), Some(north)) = sides else { continue };
            if row < i64::from(south) || row > i64::from(north) || column > i64::from(east) {
                continue;
            }
            let joint = |index: usize| self.marks.get(index).map_or(0, |mark| i64::from(*mark));
            let (first, last) = (joint(index), joint(index + 1));
            if i64::from(west) > column && first != row && last != row {
                odd ^= (first > row) != (last > row);
            } else {
                open |= 1 << (8 * index);
            }
        }
        (odd, open)
    }
}

/// The indices of children in a mask, the last first.
pub fn indices(mut mask: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if mask == 0 {
            return None;
        }
        let index = (127 - mask.leading_zeros()) / 8;
        mask &= !(0xff << (8 * index));
        Some(index as usize)
    })
}
