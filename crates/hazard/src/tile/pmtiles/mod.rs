//! [PMTiles, version 3](https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): many tiles in one file.

mod directory;
mod gzip;
mod header;
mod hilbert;
mod of_pack;
mod read;
mod write;

pub use header::{Compression, Header, TileKind};
pub use hilbert::{MOST_ZOOM, tile_id};
pub use of_pack::{OfPackError, of_pack};
pub use read::{Archive, ArchiveError};
pub use write::{Meta, VectorLayer, WriteError, write};

/// The header and the compressed root directory together may not be longer.
const ROOT_WITHIN: usize = 16_384;
/// The longest tile that is read, compressed or not.
const MOST_TILE: usize = 8 << 20;
/// The longest directory that is read, compressed or not.
const MOST_DIRECTORY: usize = 2 << 20;
/// The longest metadata that are read, compressed or not.
const MOST_METADATA: usize = 2 << 20;

#[cfg(test)]
mod tests;
