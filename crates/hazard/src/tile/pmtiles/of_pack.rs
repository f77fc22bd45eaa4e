//! A hazard pack as an archive, for maps of others.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Meta, VectorLayer, WriteError, write};
use crate::pack::{Pack, PackError};
use crate::tile::{BUFFER, CLASS, Tile, ZONES, cut};
use crate::{Bounds, Source};

/// The most tiles that are made of a pack.
const MOST_TILES: usize = 1_000_000;

/// A pack that makes no archive.
#[derive(Debug, thiserror::Error)]
pub enum OfPackError {
    /// The pack cannot be read, or there are no such zooms.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The archive cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The zones cover more of the earth than a town does.
    #[error("the zones fill more than {MOST_TILES} tiles")]
    TooMany,
}

/// Every tile of a pack at these zooms (8 to 16 are enough for any map), as [`cut`] cuts them. `meta` gives the name and
/// whom to name; bounds and layers are filled in.
pub fn of_pack<S: Source>(
    pack: &Pack<S>,
    zooms: RangeInclusive<u8>,
    meta: &Meta,
) -> Result<Vec<u8>, OfPackError> {
    let bounds = pack.bounds();
    let mut tiles = Vec::new();
    let mut waiting = covering(bounds, *zooms.start())?;
    let mut zoom = *zooms.start();
    while zooms.contains(&zoom) {
        let mut next = Vec::new();
        for tile in waiting {
            if !has_zones(pack, tile.bounds(BUFFER))? {
                continue;
            }
            let (z, x, y) = tile.address();
            tiles.push((z, x, y, cut(pack, z, x, y)?));
            if zooms.contains(&(z + 1)) {
                for (x, y) in [(2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)]
                {
                    next.push(Tile::new(z + 1, x, y).map_err(PackError::from)?);
                }
            }
            if tiles.len().max(next.len()) > MOST_TILES {
                return Err(OfPackError::TooMany);
            }
        }
        waiting = next;
        zoom += 1;
    }
    let fields = BTreeMap::from([(CLASS.to_owned(), "Number".to_owned())]);
    let meta = Meta {
        bounds: [bounds.min.lat(), bounds.min.lon(), bounds.max.lat(), bounds.max.lon()],
        layers: vec![VectorLayer { name: ZONES.to_owned(), fields }],
        ..meta.clone()
    };
    Ok(write(tiles, &meta)?)
}

fn covering(bounds: Bounds, zoom: u8) -> Result<Vec<Tile>, OfPackError> {
    let corner = |x, y| Tile::of(crate::Point { x, y }, zoom).map_err(PackError::from);
    let (_, west, north) = corner(bounds.min.x, bounds.max.y)?.address();
    let (_, east, south) = corner(bounds.max.x, bounds.min.y)?.address();
    if u64::from(east - west + 1) * u64::from(south - north + 1) > MOST_TILES as u64 {
        return Err(OfPackError::TooMany);
    }
    let mut tiles = Vec::new();
    for x in west..=east {
        for y in north..=south {
            tiles.push(Tile::new(zoom, x, y).map_err(PackError::from)?);
        }
    }
    Ok(tiles)
}

fn has_zones<S: Source>(pack: &Pack<S>, within: Bounds) -> Result<bool, PackError> {
    let mut any = false;
    pack.shapes(within, &mut |_| any = true)?;
    Ok(any)
}
