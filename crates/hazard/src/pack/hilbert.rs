//! Places in an order in which neighbours stand together.

use crate::{Bounds, Point};

/// The place of a box's middle on a Hilbert curve over the whole earth: it does not change when other zones do.
pub fn place(bounds: &Bounds) -> u64 {
    let cell = |a: i64, b: i64| (((a + b) / 2 + (180 << 40)) >> 17).clamp(0, i64::from(u32::MAX)) as u32;
    curve(cell(bounds.min.x, bounds.max.x), cell(bounds.min.y, bounds.max.y))
}

fn curve(mut x: u32, mut y: u32) -> u64 {
    let mut place = 0;
    for bit in (0..32).rev() {
        let (right, upper) = ((x >> bit) & 1, (y >> bit) & 1);
        place = (place << 2) | u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    place
}

/// The smallest box around two.
pub fn both(a: Bounds, b: Bounds) -> Bounds {
    Bounds {
        min: Point { x: a.min.x.min(b.min.x), y: a.min.y.min(b.min.y) },
        max: Point { x: a.max.x.max(b.max.x), y: a.max.y.max(b.max.y) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_curve_are_steps_to_a_neighbour() {
        let mut cells: Vec<(u64, i64, i64)> = Vec::new();
        for x in 0..32u32 {
            for y in 0..32u32 {
                cells.push((curve(x, y), x.into(), y.into()));
            }
        }
        cells.sort_unstable();
        for pair in cells.windows(2) {
            assert_eq!((pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs(), 1, "{pair:?}");
        }
    }
}
