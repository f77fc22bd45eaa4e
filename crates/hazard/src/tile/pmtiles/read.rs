//! Reading an archive a piece at a time.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::directory::{self, Entry};
use super::header::{self, Compression, Header};
use super::{MOST_DIRECTORY, MOST_METADATA, MOST_TILE, gzip, tile_id};
use crate::{ReadError, Source};

/// How many directories may lie between the header and a tile.
const MOST_LEVELS: usize = 4;

/// An archive that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The bytes are not there.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It does not begin as one.
    #[error("not a PMTiles archive of version 3")]
    Format,
    /// Compressed in a way that is not read.
    #[error("{what} with {compression} compression; only gzip and none are read")]
    Compression {
        /// What is compressed.
        what: &'static str,
        /// How.
        compression: &'static str,
    },
    /// No tile has this address.
    #[error("there is no tile {0}/{1}/{2}")]
    NoTile(u8, u32, u32),
    /// What is written makes no sense.
    #[error("the archive is damaged: {0}")]
    Damaged(&'static str),
    /// A part is longer than any map needs.
    #[error("{what} of more than {most} bytes")]
    TooLong {
        /// Which part.
        what: &'static str,
        /// The limit.
        most: usize,
    },
}

/// An archive that is open. It keeps the root directory and the last leaf in memory.
pub struct Archive<S: Source> {
    pub(super) source: S,
    pub(super) header: Header,
    internal: Compression,
    tiles: Compression,
    pub(super) root: Vec<Entry>,
    leaf: Mutex<Option<(u64, Arc<Vec<Entry>>)>>,
}

impl<S: Source> Archive<S> {
    /// Reads the header and the root directory.
    pub fn open(source: S) -> Result<Self, ArchiveError> {
        if source.len() < header::LENGTH as u64 {
            return Err(ArchiveError::Format);
        }
        let mut bytes = [0; header::LENGTH];
        source.read_at(0, &mut bytes)?;
        let header = Header::parse(&bytes).ok_or(ArchiveError::Format)?;
        for section in [header.root, header.metadata, header.leaves, header.tiles] {
            if section.end().is_none_or(|end| end > source.len()) {
                return Err(ArchiveError::Damaged("a part lies beyond the end"));
            }
        }
        if header.min_zoom > header.max_zoom {
            return Err(ArchiveError::Damaged("the lowest zoom is above the highest"));
        }
        let compression = |what, code| {
            Compression::of(code).map_err(|compression| ArchiveError::Compression { what, compression })
        };
        let internal = compression("directories", header.internal)?;
        let tiles = compression("tiles", header.tile_compression)?;
        let place = header.root.piece(0, header.root.length).unwrap_or_default();
        let root = directory_at(&source, internal, place)?;
        Ok(Archive { source, header, internal, tiles, root, leaf: Mutex::new(None) })
    }

    /// What the archive says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Its JSON metadata: `name`, `attribution`, `vector_layers` and more.
    pub fn metadata(&self) -> Result<serde_json::Value, ArchiveError> {
        let place = self.header.metadata.piece(0, self.header.metadata.length).unwrap_or_default();
        let bytes = unpacked(&self.source, self.internal, place, "metadata", MOST_METADATA)?;
        serde_json::from_slice(&bytes).map_err(|_| ArchiveError::Damaged("the metadata are no JSON"))
    }

    /// A tile, uncompressed; none where the archive has none.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, ArchiveError> {
        let id = tile_id(z, x, y).ok_or(ArchiveError::NoTile(z, x, y))?;
        let mut found = directory::find(&self.root, id);
        for _ in 0..MOST_LEVELS {
            let Some(entry) = found else { return Ok(None) };
            if entry.run > 0 {
                let place = self.header.tiles.piece(entry.offset, entry.length.into());
                let place = place.ok_or(ArchiveError::Damaged("a tile lies beyond its part"))?;
                return unpacked(&self.source, self.tiles, place, "a tile", MOST_TILE).map(Some);
            }
            found = directory::find(&self.leaf(entry)?, id);
        }
        Err(ArchiveError::Damaged("directories without end"))
    }

    pub(super) fn leaf(&self, entry: Entry) -> Result<Arc<Vec<Entry>>, ArchiveError> {
        let last = self.leaf.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, leaf)) = last.filter(|(offset, _)| *offset == entry.offset) {
            return Ok(leaf);
        }
        let place = self.header.leaves.piece(entry.offset, entry.length.into());
        let place = place.ok_or(ArchiveError::Damaged("a directory lies beyond its part"))?;
        let leaf = Arc::new(directory_at(&self.source, self.internal, place)?);
        *self.leaf.lock().unwrap_or_else(PoisonError::into_inner) = Some((entry.offset, leaf.clone()));
        Ok(leaf)
    }
}

fn directory_at<S: Source>(
    source: &S,
    compression: Compression,
    place: Range<u64>,
) -> Result<Vec<Entry>, ArchiveError> {
    let bytes = unpacked(source, compression, place, "a directory", MOST_DIRECTORY)?;
    directory::decode(&bytes).map_err(ArchiveError::Damaged)
}

fn unpacked<S: Source>(
    source: &S,
    compression: Compression,
    place: Range<u64>,
    what: &'static str,
    most: usize,
) -> Result<Vec<u8>, ArchiveError> {
    let length = usize::try_from(place.end - place.start).ok().filter(|length| *length <= most);
    let mut bytes = vec![0; length.ok_or(ArchiveError::TooLong { what, most })?];
    source.read_at(place.start, &mut bytes)?;
    match compression {
        Compression::None => Ok(bytes),
        Compression::Gzip => gzip::unpack(&bytes, most)
            .ok_or(ArchiveError::Damaged("gzip is damaged, or longer than any map needs")),
    }
}
