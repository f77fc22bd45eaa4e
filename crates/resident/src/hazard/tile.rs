use madoguchi_hazard::pack::Pack;
use madoguchi_hazard::tile::cut;
use madoguchi_hazard::tile::pmtiles::Archive;
use madoguchi_model::{HazardLayer, MapRecord};

use super::layers::here;
use crate::{Error, OpenTown};

/// Which tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileOf {
    /// `base`, or a layer's id.
    pub source: String,
    /// Zoom.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
}

/// A tile of the map as MVT, not compressed; no bytes where there is nothing.
pub fn tile(open: &OpenTown, wanted: &TileOf) -> Result<Vec<u8>, Error> {
    let TileOf { source, z, x, y } = wanted;
    let none = || Error::NotFound { what: "tile", id: format!("{source}/{z}/{x}/{y}") };
    if source == "base" {
        let base = here::<MapRecord>(open)?.find(|(record, _)| matches!(record, MapRecord::Base { .. }));
        let (_, stored) = base.ok_or_else(none)?;
        let archive = Archive::open(open.cache.read_pack(&stored)).map_err(|_| none())?;
        return Ok(archive.tile(*z, *x, *y).map_err(|_| none())?.unwrap_or_default());
    }
    let (_, stored) = here::<HazardLayer>(open)?.find(|(layer, _)| layer.id == *source).ok_or_else(none)?;
    let pack = Pack::open(open.cache.read_pack(&stored)).map_err(|_| none())?;
    cut(&pack, *z, *x, *y).map_err(|_| none())
}
