//! Segments by place, to find those near a point.

use std::collections::BTreeMap;

use crate::geo::{P, nearest_on};

/// Segments sorted into squares.
pub struct Near {
    cell: f64,
    cells: BTreeMap<(i64, i64), Vec<(P, P)>>,
}

impl Near {
    /// Sorts the segments of lines, to be asked for what is within `reach` metres.
    pub fn new<'l>(lines: impl IntoIterator<Item = &'l [P]>, reach: f64) -> Self {
        let mut cells: BTreeMap<(i64, i64), Vec<(P, P)>> = BTreeMap::new();
        for line in lines {
            for pair in line.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let at = |v: f64| (v / reach).floor() as i64;
                for x in at(a.x.min(b.x)) - 1..=at(a.x.max(b.x)) + 1 {
                    for y in at(a.y.min(b.y)) - 1..=at(a.y.max(b.y)) + 1 {
                        cells.entry((x, y)).or_default().push((a, b));
                    }
                }
            }
        }
        Near { cell: reach, cells }
    }

    /// The segments that may be within reach of a point.
    pub fn around(&self, at: P) -> &[(P, P)] {
        let key = ((at.x / self.cell).floor() as i64, (at.y / self.cell).floor() as i64);
        self.cells.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Metres to the nearest of them; a great number when none is within reach.
    pub fn distance(&self, at: P) -> f64 {
        self.around(at).iter().map(|(a, b)| nearest_on(*a, *b, at).1).fold(f64::INFINITY, f64::min)
    }
}
