//! Tiles for a map: cut from a pack, written as vector tiles, gathered in PMTiles archives; and the base map below them.

pub mod base;
mod clip;
mod mercator;
pub mod mvt;
pub mod pmtiles;
mod simplify;
mod snap;
mod varint;

pub use mercator::{BUFFER, EXTENT, MAX_ZOOM, NoTile, Tile};

use crate::pack::{Pack, PackError};
use crate::{Bounds, Ring, Source};
use mercator::Near;
use mvt::{LayerWriter, Shape, Value};

/// The layer of a pack's tiles.
pub const ZONES: &str = "zones";
/// The property that holds a zone's class.
pub const CLASS: &str = "class";

/// A tile of a pack: a vector tile with the layer [`ZONES`], a feature for each zone with its [`CLASS`]; the mildest lie
/// below. Empty where there is no zone. Zones narrower than a unit may be missing, edges move by less than a unit.
pub fn cut<S: Source>(pack: &Pack<S>, z: u8, x: u32, y: u32) -> Result<Vec<u8>, PackError> {
    let tile = Tile::new(z, x, y)?;
    let within = tile.bounds(BUFFER);
    let mut out = Vec::new();
    if !pack.bounds().meets(&within) {
        return Ok(out);
    }
    let mut layer = LayerWriter::new(ZONES, EXTENT);
    let mut near = Near::default();
    pack.coarse(z, within, &mut |class, rings| {
        if let Some(polygon) = zone(tile, &within, rings, &mut near) {
            layer.add(&polygon, [(CLASS, &Value::Whole(class.into()))]);
        }
    })?;
    layer.finish(&mut out);
    Ok(out)
}

/// What a tile shows of a zone.
fn zone(tile: Tile, within: &Bounds, rings: &[Ring], near: &mut Near) -> Option<Shape> {
    let (outer, holes) = rings.split_first()?;
    let outer = clip::ring(outer, within);
    let mut cut = vec![snap::ring(outer.iter().map(|point| tile.position_near(*point, near)))];
    if cut.iter().any(Vec::is_empty) {
        return None;
    }
    for hole in holes {
        let hole = clip::ring(hole, within);
        if is_box(&hole, within) {
            return None;
        }
        let hole = snap::ring(hole.iter().map(|point| tile.position_near(*point, near)));
        if !hole.is_empty() {
            cut.push(hole);
        }
    }
    Some(Shape::Polygons(vec![cut]))
}

/// Is a cut ring the whole box? Then a tile within a hole would be drawn and wiped out again.
fn is_box(ring: &[crate::Point], within: &Bounds) -> bool {
    let corner = |point: &crate::Point| {
        (point.x == within.min.x || point.x == within.max.x)
            && (point.y == within.min.y || point.y == within.max.y)
    };
    ring.len() == 4 && ring.iter().all(corner) && Bounds::around(ring) == Some(*within)
}
