//! The record of a polygon or of a hole.
//!
//! A single ring of at most 63 points is its piece alone. Else: a zero byte, flags, the bytes back to the tree of the outer ring (or
//! behind the next field its piece), the bytes back to the tree of holes.

use super::chunk;
use crate::Point;

const OUTER_TREE: u8 = 1;
const HOLES: u8 = 2;

/// The outer ring of a shape.
enum Outer<'b> {
    /// A piece that closes.
    Piece(&'b [u8]),
    /// Where the root of its tree stands.
    Tree(u32),
}

/// A shape as it is read.
pub struct Shape<'b> {
    outer: Outer<'b>,
    /// Where the root of its holes' tree stands.
    holes: Option<u32>,
}

impl<'b> Shape<'b> {
    /// Reads the shape at the start of some bytes, which stand at `here`.
    #[inline]
    fn read(bytes: &'b [u8], here: u32) -> Option<Self> {
        if *bytes.first()? != 0 {
            return Some(Shape { outer: Outer::Piece(bytes), holes: None });
        }
        let (&flags, mut rest) = bytes.get(1..)?.split_first()?;
        let mut back = || {
            let (back, behind) = rest.split_first_chunk::<4>()?;
            rest = behind;
            Some(here.checked_sub(u32::from_le_bytes(*back)).filter(|at| *at < here))
        };
        let tree = if flags & OUTER_TREE != 0 { Some(back()??) } else { None };
        let holes = if flags & HOLES != 0 { Some(back()??) } else { None };
        Some(Shape { outer: tree.map_or(Outer::Piece(rest), Outer::Tree), holes })
    }

    /// Hands over an outer ring that is a piece; where the tree of another stands, and that of the holes.
    #[inline(always)]
    pub fn open(
        bytes: &'b [u8],
        here: u32,
        piece: impl FnOnce(&'b [u8]) -> Option<()>,
    ) -> Option<(Option<u32>, Option<u32>)> {
        let shape = Shape::read(bytes, here)?;
        match shape.outer {
            Outer::Piece(bytes) => piece(bytes).map(|()| (None, shape.holes)),
            Outer::Tree(at) => Some((Some(at), shape.holes)),
        }
    }
}

/// The most bytes of a record with this piece in it.
pub fn most_bytes(piece: &[u8]) -> usize {
    10 + piece.len()
}

/// Writes the record of a shape that will stand at `here`.
pub fn write(outer: Result<&[u8], u32>, holes: Option<u32>, here: u32) -> Vec<u8> {
    if let (Ok(piece), None) = (outer, holes) {
        return piece.to_vec();
    }
    let flags = if outer.is_err() { OUTER_TREE } else { 0 } | if holes.is_some() { HOLES } else { 0 };
    let mut record = vec![0, flags];
    for at in outer.err().into_iter().chain(holes) {
        record.extend((here - at).to_le_bytes());
    }
    record.extend(outer.unwrap_or(&[]));
    record
}

/// Is a ring short enough for a piece of its own?
pub fn is_piece(ring: &[Point]) -> bool {
    ring.len() <= chunk::MOST
}
