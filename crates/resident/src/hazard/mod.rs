//! What can happen at a point, and where to go: answered from the packs on this phone.

mod at;
mod blocks;
mod classes;
mod layers;
mod means;
mod sites;
mod tile;

use madoguchi_hazard::Point;
use madoguchi_model::Position;

pub use at::{EdgeAt, LayerAt, LayerState, at};
pub use blocks::{Blocks, NamedBlock, blocks};
pub use classes::{Said, classes};
pub use layers::{Layer, layers};
pub use means::{Advice, Meaning, advised, means};
pub use sites::{Around, Site, SiteList, SitesWanted, Way, WayLeg, sites};
pub use tile::{TileOf, tile};

/// Is it a place on the earth?
pub fn is_on_earth(at: Position) -> bool {
    point(at).is_some()
}

/// A position as packs know it; none where it is no place on the earth.
pub(crate) fn point(at: Position) -> Option<Point> {
    Point::of_degrees(at.lat, at.lon).ok()
}

#[cfg(test)]
mod tests;
