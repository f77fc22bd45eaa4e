//! The order of tiles in an archive: zoom after zoom, each along a Hilbert curve, so that neighbours lie close.

/// The highest zoom whose tiles have a number.
pub const MOST_ZOOM: u8 = 26;

/// A tile's number; none where there is no such tile.
pub fn tile_id(z: u8, x: u32, y: u32) -> Option<u64> {
    if z > MOST_ZOOM || x >> z != 0 || y >> z != 0 {
        return None;
    }
    let before = ((1u64 << (2 * z)) - 1) / 3;
    let (mut x, mut y) = (x, y);
    let mut along = 0u64;
    for level in (0..z).rev() {
        let side = 1u32 << level;
        let (east, south) = ((x >> level) & 1, (y >> level) & 1);
        along += u64::from((3 * east) ^ south) << (2 * level);
        // Each quarter of the curve is turned so that it joins its neighbours.
        (x, y) = (x & (side - 1), y & (side - 1));
        if south == 0 {
            if east == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
    }
    Some(before + along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_specifications_own_examples() {
        let known = [
            (0, 0, 0, 0),
            (1, 0, 0, 1),
            (1, 0, 1, 2),
            (1, 1, 1, 3),
            (1, 1, 0, 4),
            (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ];
        for (z, x, y, id) in known {
            assert_eq!(tile_id(z, x, y), Some(id), "{z}/{x}/{y}");
        }
        assert_eq!(tile_id(3, 8, 0), None);
        assert_eq!(tile_id(27, 0, 0), None);
        assert_eq!(tile_id(255, 0, 0), None);
        assert!(tile_id(26, (1 << 26) - 1, (1 << 26) - 1).is_some());
    }

    #[test]
    fn the_curve_takes_a_step_at_a_time() {
        let z = 6;
        let tiles: BTreeMap<u64, (i64, i64)> = (0..64)
            .flat_map(|x| (0..64).map(move |y| (tile_id(z, x, y).unwrap(), (x.into(), y.into()))))
            .collect();
        assert_eq!(tiles.len(), 64 * 64);
        assert_eq!(*tiles.keys().next().unwrap(), (0..6).map(|z| 1u64 << (2 * z)).sum::<u64>());
        for (a, b) in tiles.values().zip(tiles.values().skip(1)) {
            assert_eq!((a.0 - b.0).abs() + (a.1 - b.1).abs(), 1);
        }
    }
}
