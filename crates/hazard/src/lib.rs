//! Hazard packs: what can happen at a point, exactly, from a file that is never loaded whole; tiles of it for a map; and
//! the walking graph of a town with ways that keep out of the water.
//!
//! `docs/hazard.md` describes the formats and the rules.

mod geometry;
pub mod pack;
pub mod roads;
mod source;
pub mod tile;

pub use geometry::{Bounds, OutOfRange, Point, Polygon, Ring};
pub use source::{FileSource, ReadError, Source};
