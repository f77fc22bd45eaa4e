//! Any bytes as a PMTiles archive, as a vector tile and as zones: an error or an answer, within bounds; what is written can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use madoguchi_hazard::pack::{Pack, Zone, build};
use madoguchi_hazard::tile::mvt::{Shape, decode, encode};
use madoguchi_hazard::tile::pmtiles::{Archive, Compression, Meta, write};
use madoguchi_hazard::tile::{BUFFER, EXTENT, MAX_ZOOM, Tile, cut};
use madoguchi_hazard::{Point, Polygon};

const CORNER: Point = Point { x: 138 << 40, y: 34 << 40 };

fn archive(bytes: &[u8]) {
    let Ok(archive) = Archive::open(bytes) else { return };
    let _ = archive.metadata();
    for (z, x, y) in [(0, 0, 0), (1, 1, 0), (8, 226, 101), (16, 57947, 25987), (26, 1, 1)] {
        let _ = archive.tile(z, x, y);
    }
}

fuzz_target!(|bytes: &[u8]| {
    archive(bytes);
    // An archive that made sense, changed: place, value.
    let tiles = (0..4u8).map(|x| (1, u32::from(x & 1), u32::from(x >> 1), vec![x; 3]));
    let meta = Meta { compression: Compression::None, ..Meta::default() };
    let mut changed = write(tiles, &meta).expect("an archive");
    for change in bytes.chunks_exact(2) {
        let at = usize::from(change[0]) % changed.len();
        changed[at] = change[1];
    }
    archive(&changed);
    if let Ok(layers) = decode(bytes) {
        decode(&encode(&layers)).expect("what was written is read");
    }
    // Rings of up to 256 corners, near each other or half the earth apart.
    let shift = 24 + u32::from(bytes.first().copied().unwrap_or(0)) % 24;
    let corner = |pair: &[u8]| Point {
        x: (CORNER.x + (i64::from(pair[0] as i8) << shift)).clamp(-180 << 40, 180 << 40),
        y: (CORNER.y + (i64::from(pair[1] as i8) << shift)).clamp(-90 << 40, 90 << 40),
    };
    let rings: Vec<Vec<Point>> =
        bytes.chunks(512).map(|part| part.chunks_exact(2).map(corner).collect()).collect();
    let zone = |(class, ring): (usize, &Vec<Point>)| Zone {
        class: (class % 4) as u8,
        polygon: Polygon { outer: ring.clone(), holes: rings.get(class + 1).cloned().into_iter().collect() },
    };
    let Ok(built) = build(4, rings.iter().enumerate().map(zone).collect(), &[]) else { return };
    let pack = Pack::open(built.bytes.as_slice()).expect("what was built opens");
    let reach = -(BUFFER as i32)..=(EXTENT + BUFFER) as i32;
    for z in [0, 7, 13, MAX_ZOOM] {
        let (z, x, y) = Tile::of(CORNER, z).expect("a tile").address();
        for layer in decode(&cut(&pack, z, x, y).expect("a tile")).expect("what was cut is read") {
            for feature in layer.features {
                let Shape::Polygons(polygons) = feature.shape else { panic!("no polygon") };
                for place in polygons.iter().flatten().flatten() {
                    assert!(reach.contains(&place.x) && reach.contains(&place.y), "{place:?}");
                }
            }
        }
    }
});
