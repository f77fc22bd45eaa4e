//! Hazard packs: the zones of one layer, answered straight from the bytes of a file.

mod ask;
mod bits;
mod build;
mod cells;
mod chunk;
mod draw;
mod error;
mod head;
mod hilbert;
mod knots;
mod locate;
mod near;
mod node;
mod out;
mod overview;
mod pages;
mod shape;
#[cfg(test)]
mod tests;
mod tiling;
#[cfg(test)]
mod town_tests;
mod tree;
mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Bounds, Point, Polygon};

pub use ask::Pack;
pub use build::build;
pub use draw::Drawn;
pub use error::{BuildError, Flaw, PackError, Refused};
#[doc(hidden)]
pub use head::resum;

/// The version of the format that is written. All up to it are read: in the first, no piece stood in cells.
pub const FORMAT: u32 = 2;

/// The most points that a layer may have.
pub const MAX_POINTS: u64 = 20_000_000;
/// The most zones that a layer may have, surveyed areas counted with them.
pub const MAX_ZONES: usize = 2_000_000;
/// The most bytes that a pack may have.
pub const MAX_BYTES: u64 = 256 << 20;
/// The most classes that a layer may have.
pub const MAX_CLASSES: u8 = 64;
/// The most rings that a polygon may have.
pub const MAX_RINGS: usize = 1_000_000;

/// A polygon of a layer and its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Index of its class; the mildest is 0.
    pub class: u8,
    /// Where it holds.
    pub polygon: Polygon,
}

/// What a pack says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format's version.
    pub format: u32,
    /// How many classes the layer has.
    pub classes: u8,
    /// How many zones are in it.
    pub zones: u64,
    /// How many polygons tell what was surveyed.
    pub surveyed: u64,
    /// How many points the rings of both have.
    pub points: u64,
    /// Polygons whose drawing was mended, by the rule's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub repaired: BTreeMap<String, u64>,
}

/// A pack that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The pack.
    pub bytes: Vec<u8>,
    /// What the zones and the surveyed area span.
    pub bounds: Bounds,
    /// Polygons whose drawing was mended, by the rule's name.
    pub repaired: BTreeMap<&'static str, u64>,
    /// Rings that were left out.
    pub refused: Vec<Refused>,
}

/// What holds at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Was it looked at? Always where there is a zone; elsewhere when the point lies in the surveyed area.
    pub surveyed: bool,
    /// The worst class of the zones that hold the point.
    pub class: Option<u8>,
}

/// The nearest place where it is worse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// How far it is, in metres.
    pub distance_m: f64,
    /// The class of the zone there.
    pub class: u8,
    /// Where it is.
    pub at: Point,
}
