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

use std::borrow::Cow;

use crate::pack::{Drawn, Pack, PackError};
use crate::{Bounds, Source};
use mercator::Placing;
use mvt::{LayerWriter, Path, Tags, Value};

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
    let mut cutter = Cutter { rings: Vec::new(), placing: Placing::on(tile) };
    let mut tags: Option<(u8, Tags)> = None;
    pack.coarse(z, within, &mut |zone| {
        let Some(rings) = cutter.cut(&within, zone) else { return };
        // Zones come by class: most have the tags of the one before.
        if tags.as_ref().is_none_or(|(class, _)| *class != zone.class) {
            tags = Some((zone.class, layer.tags([(CLASS, &Value::Whole(zone.class.into()))])));
        }
        if let Some((_, tags)) = &tags {
            layer.add_polygon(rings, tags);
        }
    })?;
    layer.finish(&mut out);
    Ok(out)
}

/// What a tile shows of a zone; in memory that the next zone uses again.
struct Cutter {
    rings: Vec<Path>,
    placing: Placing,
}

impl Cutter {
    /// The outer ring and the holes; none when nothing can be seen.
    fn cut(&mut self, within: &Bounds, Drawn { rings, bounds, .. }: Drawn<'_>) -> Option<&[Path]> {
        if self.rings.len() < rings.len() {
            self.rings.resize_with(rings.len(), Path::new);
        }
        let inside = within.contains(bounds.min) && within.contains(bounds.max);
        let mut used = 0;
        for (index, ring) in rings.iter().enumerate() {
            // A hole may reach out of its ring.
            let cut =
                if inside && index == 0 { Cow::Borrowed(ring.as_slice()) } else { clip::ring(ring, within) };
            if index > 0 && is_box(&cut, within) {
                return None;
            }
            let path = self.rings.get_mut(used)?;
            snap::ring_into(path, cut.iter().map(|point| self.placing.position(*point)));
            match (path.is_empty(), index) {
                (true, 0) => return None,
                (true, _) => {}
                (false, _) => used += 1,
            }
        }
        self.rings.get(..used).filter(|rings| !rings.is_empty())
    }
}

/// Is a cut ring the whole box? Then a tile within a hole would be drawn and wiped out again.
fn is_box(ring: &[crate::Point], within: &Bounds) -> bool {
    let corner = |point: &crate::Point| {
        (point.x == within.min.x || point.x == within.max.x)
            && (point.y == within.min.y || point.y == within.max.y)
    };
    ring.len() == 4 && ring.iter().all(corner) && Bounds::around(ring) == Some(*within)
}
