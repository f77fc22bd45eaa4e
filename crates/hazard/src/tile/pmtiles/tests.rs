use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{ReadError, Source};

fn meta(compression: Compression) -> Meta {
    Meta { name: "見本".into(), bounds: [34.5, 138.0, 35.0, 138.5], compression, ..Meta::default() }
}

fn some_tiles() -> Vec<(u8, u32, u32, Vec<u8>)> {
    (0..8).map(|x| (3, x, x / 2, format!("tile {}", x / 3).into_bytes())).collect()
}

#[test]
fn tiles_come_back() {
    for compression in [Compression::None, Compression::Gzip] {
        let archive = Archive::open(write(some_tiles(), &meta(compression)).unwrap()).unwrap();
        for (z, x, y, tile) in some_tiles() {
            assert_eq!(archive.tile(z, x, y).unwrap(), Some(tile));
        }
        assert_eq!(archive.tile(3, 7, 7).unwrap(), None);
        assert_eq!(archive.tile(0, 0, 0).unwrap(), None);
        assert_eq!(archive.tile(14, 9, 9).unwrap(), None);
        assert!(matches!(archive.tile(3, 8, 0), Err(ArchiveError::NoTile(3, 8, 0))));
        let header = archive.header();
        assert_eq!((header.min_zoom, header.max_zoom, header.addressed, header.contents), (3, 3, 8, 3));
        assert_eq!(header.bounds, [34.5, 138.0, 35.0, 138.5]);
        assert!(header.clustered && header.kind == TileKind::Mvt);
        assert_eq!(archive.metadata().unwrap()["name"], "見本");
        assert!(archive.metadata().unwrap()["vector_layers"].is_array());
    }
}

#[test]
fn the_order_of_the_tiles_does_not_matter() {
    let mut turned = some_tiles();
    turned.reverse();
    let meta = meta(Compression::Gzip);
    assert_eq!(write(some_tiles(), &meta).unwrap(), write(turned, &meta).unwrap());
}

#[test]
fn many_tiles_have_leaves_and_alike_ones_are_kept_once() {
    // Lengths and repetition such that the root would be too long.
    let tile = |x: u32, y: u32| {
        let odd = u64::from(x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503));
        if x < 16 { b"sea".to_vec() } else { odd.to_string().repeat(1 + (odd % 7) as usize).into_bytes() }
    };
    let tiles = (0..256).flat_map(|x| (0..256).map(move |y| (8, x, y, tile(x, y))));
    let bytes = write(tiles, &meta(Compression::None)).unwrap();
    let archive = Archive::open(bytes.clone()).unwrap();
    assert!(archive.header.leaves.length > 0);
    assert!(archive.header.root.end().unwrap() <= ROOT_WITHIN as u64);
    assert_eq!(archive.header.addressed, 65_536);
    assert!(archive.header.entries < archive.header.addressed - 3_000, "runs are one entry");
    for (x, y) in [(0, 0), (3, 77), (16, 0), (255, 255), (100, 200), (255, 0)] {
        assert_eq!(archive.tile(8, x, y).unwrap(), Some(tile(x, y)));
    }
    // Clustered: the first entry begins the data.
    assert_eq!(
        directory::find(&archive.leaf(archive.root[0]).unwrap(), archive.root[0].id).unwrap().offset,
        0
    );
}

#[test]
fn no_tile_is_taken_twice_or_from_nowhere() {
    let meta = meta(Compression::Gzip);
    let twice = [(1, 0, 0, vec![1]), (1, 0, 0, vec![2])];
    assert!(matches!(write(twice, &meta), Err(WriteError::Twice(1, 0, 0))));
    assert!(matches!(write([(1, 2, 0, vec![1])], &meta), Err(WriteError::NoTile(1, 2, 0))));
    // An archive must have an entry, so none of it can be opened.
    let empty = write([(1, 1, 0, vec![])], &meta).unwrap();
    assert!(matches!(Archive::open(empty), Err(ArchiveError::Damaged("a directory without entries"))));
}

/// An archive of one tile whose header is changed before it is opened.
fn changed(change: impl FnOnce(&mut Header)) -> Result<Archive<Vec<u8>>, ArchiveError> {
    let mut bytes = write([(0, 0, 0, b"a tile".to_vec())], &meta(Compression::None)).unwrap();
    let mut header = Header::parse(bytes[..header::LENGTH].try_into().unwrap()).unwrap();
    change(&mut header);
    bytes[..header::LENGTH].copy_from_slice(&header.bytes());
    Archive::open(bytes)
}

#[test]
fn hostile_headers_are_refused() {
    assert!(changed(|_| {}).is_ok());
    let beyond =
        |archive| assert!(matches!(archive, Err(ArchiveError::Damaged("a part lies beyond the end"))));
    beyond(changed(|header| header.tiles.length += 1));
    beyond(changed(|header| header.leaves.offset = u64::MAX));
    beyond(changed(|header| header.root.length = u64::MAX));
    assert!(matches!(changed(|header| header.max_zoom = 0).map(|_| ()), Ok(())));
    assert!(matches!(changed(|header| header.min_zoom = 1), Err(ArchiveError::Damaged(_))));
    let zstd = changed(|header| header.tile_compression = 4);
    assert!(matches!(zstd, Err(ArchiveError::Compression { what: "tiles", compression: "zstd" })));
    assert!(matches!(Archive::open(b"PMTiles\x02".repeat(20)), Err(ArchiveError::Format)));
    assert!(matches!(Archive::open(Vec::new()), Err(ArchiveError::Format)));
}

/// An archive with these bytes as its root, its leaf and its tiles.
fn made_of(root: &[u8], leaf: &[u8], tiles: &[u8], compression: Compression) -> Archive<Vec<u8>> {
    let at = |offset: usize, length: usize| header::Section { offset: offset as u64, length: length as u64 };
    let header = Header {
        root: at(127, root.len()),
        leaves: at(127 + root.len(), leaf.len()),
        tiles: at(127 + root.len() + leaf.len(), tiles.len()),
        internal: 1,
        tile_compression: compression.code(),
        ..Header::default()
    };
    Archive::open([header.bytes(), root.to_vec(), leaf.to_vec(), tiles.to_vec()].concat()).unwrap()
}

#[test]
fn hostile_directories_end_in_an_error() {
    let entry = |id, offset, length, run| directory::Entry { id, offset, length, run };
    let encode = |entry| directory::encode(&[entry]);
    // A directory that is its own leaf.
    let own = encode(entry(0, 0, 5, 0));
    let endless = made_of(&own, &own, b"", Compression::None);
    assert!(matches!(endless.tile(0, 0, 0), Err(ArchiveError::Damaged("directories without end"))));
    let far = made_of(&encode(entry(0, 0, 6, 0)), &own, b"", Compression::None);
    assert!(matches!(far.tile(0, 0, 0), Err(ArchiveError::Damaged("a directory lies beyond its part"))));
    let far = made_of(&encode(entry(0, u64::MAX - 1, 5, 1)), b"", b"abcde", Compression::None);
    assert!(matches!(far.tile(0, 0, 0), Err(ArchiveError::Damaged("a tile lies beyond its part"))));
    // A few kilobytes that unpack to sixteen megabytes.
    let bomb = gzip::pack(&vec![0; 2 * MOST_TILE]).unwrap();
    let archive = made_of(&encode(entry(0, 0, bomb.len() as u32, 1)), b"", &bomb, Compression::Gzip);
    assert!(matches!(archive.tile(0, 0, 0), Err(ArchiveError::Damaged(_))));
    let long = vec![0; MOST_TILE + 1];
    let archive = made_of(&encode(entry(0, 0, long.len() as u32, 1)), b"", &long, Compression::None);
    assert!(matches!(archive.tile(0, 0, 0), Err(ArchiveError::TooLong { what: "a tile", .. })));
    // The same as a directory, and as metadata.
    let big = gzip::pack(&vec![0; 2 * MOST_DIRECTORY]).unwrap();
    let root = encode(entry(0, 0, big.len() as u32, 0));
    let mut header = made_of(&root, &big, b"", Compression::None).header;
    let file = |header: &Header| [header.bytes(), gzip::pack(&root).unwrap(), big.clone()].concat();
    let packed = gzip::pack(&root).unwrap().len() as u64;
    header.internal = Compression::Gzip.code();
    header.root.length = packed;
    header.leaves = header::Section { offset: 127 + packed, length: big.len() as u64 };
    header.metadata = header.leaves;
    header.tiles.offset = 127;
    let archive = Archive::open(file(&header)).unwrap();
    const BOMB: &str = "gzip is damaged, or longer than any map needs";
    assert!(matches!(archive.tile(0, 0, 0), Err(ArchiveError::Damaged(BOMB))));
    assert!(matches!(archive.metadata(), Err(ArchiveError::Damaged(BOMB))));
    for (bytes, why) in [
        (&[0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0][..], "a directory ends too early"),
        (&[0], "a directory without entries"),
        (&[2, 7, 0, 1, 1, 1, 1, 1, 0], "a directory names a tile twice"),
        (&[1, 7, 1, 0, 1], "a directory with an empty tile"),
        (&[1, 7, 1, 1, 0], "a directory without its first place"),
    ] {
        assert_eq!(directory::decode(bytes), Err(why));
    }
}

/// Counts the bytes that are read.
struct Counting<'b>(&'b [u8], std::cell::Cell<usize>);

impl Source for Counting<'_> {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), ReadError> {
        self.1.set(self.1.get() + into.len());
        self.0.read_at(offset, into)
    }
}

#[test]
fn only_what_is_needed_is_read() {
    let tiles = (0..64).flat_map(|x| (0..64).map(move |y| (6, x, y, vec![(x ^ y) as u8; 2000 + x as usize])));
    let bytes = write(tiles, &meta(Compression::None)).unwrap();
    let archive = Archive::open(Counting(&bytes, Default::default())).unwrap();
    archive.tile(6, 20, 30).unwrap().unwrap();
    archive.tile(6, 21, 30).unwrap().unwrap();
    assert!(archive.source.1.get() < ROOT_WITHIN * 2, "{} of {}", archive.source.1.get(), bytes.len());
}

proptest! {
    #[test]
    fn any_tiles_come_back(
        tiles in prop::collection::btree_map((0u8..6, 0u32..32, 0u32..32), prop::collection::vec(0u8..3, 1..4), 1..80),
    ) {
        let tiles: BTreeMap<_, _> =
            tiles.into_iter().map(|((z, x, y), tile)| ((z, x % (1 << z), y % (1 << z)), tile)).collect();
        let all = tiles.iter().map(|((z, x, y), tile)| (*z, *x, *y, tile.clone()));
        let archive = Archive::open(write(all, &meta(Compression::None)).unwrap()).unwrap();
        for z in 0..6u8 {
            for x in 0..1u32 << z {
                for y in 0..1u32 << z {
                    prop_assert_eq!(archive.tile(z, x, y).unwrap(), tiles.get(&(z, x, y)).cloned());
                }
            }
        }
    }

    #[test]
    fn a_changed_archive_is_read_or_refused(index in 0usize..400, byte in any::<u8>(), cut in 0usize..400) {
        let mut bytes = write(some_tiles(), &meta(Compression::Gzip)).unwrap();
        let length = bytes.len();
        bytes[index % length] = byte;
        bytes.truncate(length - if cut < 40 { cut } else { 0 });
        if let Ok(archive) = Archive::open(bytes) {
            let _ = archive.metadata();
            for (z, x, y, _) in some_tiles() {
                let _ = archive.tile(z, x, y);
            }
        }
    }
}
