//! Writing an archive.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::directory::{self, Entry};
use super::header::{self, Compression, Header, Section, TileKind};
use super::{ROOT_WITHIN, gzip, tile_id};

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    /// What the map is called.
    pub name: String,
    /// Whom its sources want to be named, one after the other.
    pub attribution: Vec<String>,
    /// South, west, north and east of what the tiles cover, in degrees.
    pub bounds: [f64; 4],
    /// How tiles are compressed. Directories are always packed with gzip.
    pub compression: Compression,
    /// The layers of the tiles and their properties.
    pub layers: Vec<VectorLayer>,
}

/// A layer of vector tiles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VectorLayer {
    /// Its name.
    pub name: String,
    /// Its properties: what each is, as TileJSON says it (`String`, `Number`).
    pub fields: BTreeMap<String, String>,
}

/// Tiles that make no archive.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// No tile has this address.
    #[error("there is no tile {0}/{1}/{2}")]
    NoTile(u8, u32, u32),
    /// A tile was given twice.
    #[error("tile {0}/{1}/{2} is given twice")]
    Twice(u8, u32, u32),
    /// A tile is longer than any reader wants.
    #[error("tile {0}/{1}/{2} is too long")]
    TooLong(u8, u32, u32),
    /// What gzip says.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// An archive of vector tiles, in any order; empty tiles are left out. The same tiles give the same bytes; tiles alike are kept once.
pub fn write(
    tiles: impl IntoIterator<Item = (u8, u32, u32, Vec<u8>)>,
    meta: &Meta,
) -> Result<Vec<u8>, WriteError> {
    let mut sorted = BTreeMap::new();
    let mut zooms: Option<(u8, u8)> = None;
    for (z, x, y, tile) in tiles {
        if tile.is_empty() {
            continue;
        }
        let id = tile_id(z, x, y).ok_or(WriteError::NoTile(z, x, y))?;
        let tile = match meta.compression {
            Compression::None => tile,
            Compression::Gzip => gzip::pack(&tile)?,
        };
        let length = u32::try_from(tile.len()).map_err(|_| WriteError::TooLong(z, x, y))?;
        if sorted.insert(id, (length, tile)).is_some() {
            return Err(WriteError::Twice(z, x, y));
        }
        zooms = Some(zooms.map_or((z, z), |(min, max)| (min.min(z), max.max(z))));
    }
    let addressed = sorted.len() as u64;
    let (entries, data, contents) = lay_out(sorted);
    let (root, leaves) = directories(&entries)?;
    let metadata = gzip::pack(metadata(meta, zooms.unwrap_or_default()).to_string().as_bytes())?;
    let mut at = header::LENGTH as u64;
    let mut section = |length: usize| {
        let section = Section { offset: at, length: length as u64 };
        at += length as u64;
        section
    };
    let [south, west, north, east] = meta.bounds;
    let (min_zoom, max_zoom) = zooms.unwrap_or_default();
    let header = Header {
        root: section(root.len()),
        metadata: section(metadata.len()),
        leaves: section(leaves.len()),
        tiles: section(data.len()),
        addressed,
        entries: entries.len() as u64,
        contents,
        clustered: true,
        internal: Compression::Gzip.code(),
        tile_compression: meta.compression.code(),
        kind: TileKind::Mvt,
        min_zoom,
        max_zoom,
        bounds: meta.bounds,
        center: (max_zoom.min(13).max(min_zoom), (south + north) / 2.0, (west + east) / 2.0),
    };
    let mut out = header.bytes();
    [root, metadata, leaves, data].iter().for_each(|part| out.extend_from_slice(part));
    Ok(out)
}

/// Puts tiles one after the other; those that were there before are only named again.
fn lay_out(tiles: BTreeMap<u64, (u32, Vec<u8>)>) -> (Vec<Entry>, Vec<u8>, u64) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut data: Vec<u8> = Vec::new();
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let mut known: HashMap<u64, Vec<u64>> = HashMap::new();
    let mut contents = 0;
    for (id, (length, tile)) in tiles {
        let alike = known.entry(hasher.hash_one(&tile)).or_default();
        let same = |offset: &&u64| {
            usize::try_from(**offset)
                .ok()
                .and_then(|from| data.get(from..))
                .is_some_and(|data| data.starts_with(&tile))
        };
        let offset = match alike.iter().find(same) {
            Some(offset) => *offset,
            None => {
                let offset = data.len() as u64;
                alike.push(offset);
                data.extend_from_slice(&tile);
                contents += 1;
                offset
            }
        };
        match entries.last_mut() {
            Some(last)
                if last.offset == offset
                    && last.length == length
                    && last.id + u64::from(last.run) == id
                    && last.run < u32::MAX =>
            {
                last.run += 1;
            }
            _ => entries.push(Entry { id, offset, length, run: 1 }),
        }
    }
    (entries, data, contents)
}

/// The root directory, and the leaves where the root alone would be too long.
fn directories(entries: &[Entry]) -> Result<(Vec<u8>, Vec<u8>), WriteError> {
    let fits = |root: &Vec<u8>| root.len() <= ROOT_WITHIN - header::LENGTH;
    let root = gzip::pack(&directory::encode(entries))?;
    if fits(&root) {
        return Ok((root, Vec::new()));
    }
    let mut size = 4096;
    loop {
        let (mut root, mut leaves) = (Vec::new(), Vec::new());
        for part in entries.chunks(size) {
            let leaf = gzip::pack(&directory::encode(part))?;
            let length = leaf.len() as u32;
            let id = part.first().map_or(0, |entry| entry.id);
            root.push(Entry { id, offset: leaves.len() as u64, length, run: 0 });
            leaves.extend_from_slice(&leaf);
        }
        let root = gzip::pack(&directory::encode(&root))?;
        if fits(&root) {
            return Ok((root, leaves));
        }
        size *= 2;
    }
}

fn metadata(meta: &Meta, (min_zoom, max_zoom): (u8, u8)) -> serde_json::Value {
    let layers: Vec<serde_json::Value> = meta
        .layers
        .iter()
        .map(|layer| {
            serde_json::json!({
                "id": layer.name, "fields": layer.fields, "minzoom": min_zoom, "maxzoom": max_zoom,
            })
        })
        .collect();
    serde_json::json!({
        "name": meta.name,
        "attribution": meta.attribution.join(" | "),
        "vector_layers": layers,
    })
}
