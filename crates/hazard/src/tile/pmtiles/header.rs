//! The first 127 bytes of an archive.

use std::ops::Range;

pub(super) const LENGTH: usize = 127;
const MAGIC: &[u8; 8] = b"PMTiles\x03";

/// How a part of an archive is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip.
    #[default]
    Gzip,
}

/// What an archive's tiles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TileKind {
    /// Vector tiles.
    #[default]
    Mvt,
    /// Pictures.
    Png,
    /// Of another kind: the specification's number.
    Other(u8),
}

/// Where things are in an archive, and what its tiles are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    pub(super) root: Section,
    pub(super) metadata: Section,
    pub(super) leaves: Section,
    pub(super) tiles: Section,
    /// How many tiles can be asked for; 0: unknown.
    pub addressed: u64,
    /// How many entries tell of tiles; 0: unknown.
    pub entries: u64,
    /// How many tiles differ; 0: unknown.
    pub contents: u64,
    /// Do the tiles lie in the order of their numbers?
    pub clustered: bool,
    pub(super) internal: u8,
    pub(super) tile_compression: u8,
    /// What the tiles are.
    pub kind: TileKind,
    /// The lowest zoom.
    pub min_zoom: u8,
    /// The highest zoom.
    pub max_zoom: u8,
    /// South, west, north and east of what the tiles cover, in degrees.
    pub bounds: [f64; 4],
    /// Zoom, latitude and longitude at which a map may begin.
    pub center: (u8, f64, f64),
}

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Section {
    pub offset: u64,
    pub length: u64,
}

impl Section {
    pub fn end(self) -> Option<u64> {
        self.offset.checked_add(self.length)
    }

    /// The place in the file of a piece of this part; none when it is not all in it.
    pub fn piece(self, offset: u64, length: u64) -> Option<Range<u64>> {
        let end = offset.checked_add(length).filter(|end| *end <= self.length)?;
        Some(self.offset.checked_add(offset)?..self.offset.checked_add(end)?)
    }
}

impl Compression {
    pub(super) fn code(self) -> u8 {
        match self {
            Compression::None => 1,
            Compression::Gzip => 2,
        }
    }

    /// `Err` holds the name of what cannot be read.
    pub(super) fn of(code: u8) -> Result<Self, &'static str> {
        match code {
            1 => Ok(Compression::None),
            2 => Ok(Compression::Gzip),
            3 => Err("brotli"),
            4 => Err("zstd"),
            _ => Err("unknown"),
        }
    }
}

impl TileKind {
    fn code(self) -> u8 {
        match self {
            TileKind::Mvt => 1,
            TileKind::Png => 2,
            TileKind::Other(code) => code,
        }
    }
}

impl Header {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(LENGTH);
        out.extend_from_slice(MAGIC);
        for section in [self.root, self.metadata, self.leaves, self.tiles] {
            out.extend_from_slice(&section.offset.to_le_bytes());
            out.extend_from_slice(&section.length.to_le_bytes());
        }
        for count in [self.addressed, self.entries, self.contents] {
            out.extend_from_slice(&count.to_le_bytes());
        }
        out.push(u8::from(self.clustered));
        out.extend_from_slice(&[self.internal, self.tile_compression, self.kind.code()]);
        out.extend_from_slice(&[self.min_zoom, self.max_zoom]);
        let [south, west, north, east] = self.bounds;
        for degrees in [west, south, east, north] {
            put_degrees(&mut out, degrees);
        }
        let (zoom, lat, lon) = self.center;
        out.push(zoom);
        put_degrees(&mut out, lon);
        put_degrees(&mut out, lat);
        out
    }

    /// None when the bytes do not begin an archive of this version.
    pub(super) fn parse(bytes: &[u8; LENGTH]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut number = || {
            let (eight, after) = rest.split_first_chunk::<8>()?;
            rest = after;
            Some(u64::from_le_bytes(*eight))
        };
        let mut section = || Some(Section { offset: number()?, length: number()? });
        let (root, metadata, leaves, tiles) = (section()?, section()?, section()?, section()?);
        let (addressed, entries, contents) = (number()?, number()?, number()?);
        let (small, rest) = rest.split_first_chunk::<6>()?;
        let [clustered, internal, tile_compression, kind, min_zoom, max_zoom] = *small;
        let (corners, rest) = rest.split_first_chunk::<16>()?;
        let (center_zoom, middle) = rest.split_first()?;
        let mut degrees = corners.iter().chain(middle).copied().collect::<Vec<u8>>().into_iter();
        let mut degrees = || {
            let four = [degrees.next()?, degrees.next()?, degrees.next()?, degrees.next()?];
            Some(f64::from(i32::from_le_bytes(four)) / 1e7)
        };
        let (west, south, east, north) = (degrees()?, degrees()?, degrees()?, degrees()?);
        let (lon, lat) = (degrees()?, degrees()?);
        Some(Header {
            root,
            metadata,
            leaves,
            tiles,
            addressed,
            entries,
            contents,
            clustered: clustered == 1,
            internal,
            tile_compression,
            kind: match kind {
                1 => TileKind::Mvt,
                2 => TileKind::Png,
                other => TileKind::Other(other),
            },
            min_zoom,
            max_zoom,
            bounds: [south, west, north, east],
            center: (*center_zoom, lat, lon),
        })
    }
}

fn put_degrees(out: &mut Vec<u8>, degrees: f64) {
    out.extend_from_slice(&((degrees * 1e7).round() as i32).to_le_bytes());
}
