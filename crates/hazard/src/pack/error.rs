//! What is wrong with zones or with a pack.

use crate::{Point, ReadError};

/// Zones that make no pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A layer needs at least one class and may have 64.
    #[error("a layer of {0} classes")]
    Classes(u8),
    /// A zone is of a class that the layer does not have.
    #[error("zone {zone} is of class {class}, but the layer has {classes}")]
    Class {
        /// Index of the zone.
        zone: usize,
        /// Its class.
        class: u8,
        /// How many there are.
        classes: u8,
    },
    /// There are more than a pack may hold.
    #[error("{found} {what}, but at most {most} are taken")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        found: u64,
        /// The limit.
        most: u64,
    },
    /// There is neither a zone nor a surveyed area.
    #[error("no zone and no surveyed area that could be used")]
    Empty,
}

/// A ring that was left out, and a whole polygon where it is the outer ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Index of the zone; of the surveyed area's polygon, counted after the last zone.
    pub zone: usize,
    /// Which ring of it: 0 is the outer one, 1 the first hole.
    pub ring: usize,
    /// Why.
    pub why: Flaw,
    /// Where: its first point.
    pub at: Option<Point>,
}

/// Why a ring cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is no area.
    #[error("a ring of fewer than three points")]
    FewPoints,
    /// It is a hole beside its polygon.
    #[error("a hole outside its polygon")]
    HoleOutside,
    /// It leaves the earth.
    #[error("a ring with a point beyond 180° or 90°")]
    OutOfRange,
}

/// A pack that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The bytes are not there.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is no hazard pack, or of a format that is not known.
    #[error("not a hazard pack of a format up to {}", super::FORMAT)]
    Format,
    /// No tile has the address that was asked for.
    #[error(transparent)]
    NoTile(#[from] crate::tile::NoTile),
    /// It is longer than a pack may be.
    #[error("a pack of {0} bytes")]
    TooLong(u64),
    /// A checksum does not fit, or what is written makes no sense.
    #[error("the pack is damaged at byte {at}: {what}")]
    Damaged {
        /// Where.
        at: u64,
        /// What.
        what: &'static str,
    },
}
