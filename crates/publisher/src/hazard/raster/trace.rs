//! From pixels to polygons, exactly along the pixels' edges: every pixel's middle keeps its class.

/// A corner of pixels, in pixels from the north-west.
pub(super) type Corner = (u32, u32);

/// The rings around cells that hang together, the outer one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Traced {
    pub outer: Vec<Corner>,
    pub holes: Vec<Vec<Corner>>,
}

/// Directions in which an edge leads; the area lies on its right.
const EAST: u8 = 0;
const SOUTH: u8 = 1;
const WEST: u8 = 2;
const NORTH: u8 = 3;

/// A grid of classes; none is outside.
pub(super) struct Grid {
    pub width: u32,
    pub height: u32,
    pub cells: Vec<Option<u8>>,
}

impl Grid {
    fn at(&self, x: u32, y: u32) -> Option<u8> {
        if x >= self.width || y >= self.height {
            return None;
        }
        *self.cells.get(self.index(x, y))?
    }

    fn index(&self, x: u32, y: u32) -> usize {
        y as usize * self.width as usize + x as usize
    }

    /// Every group of neighbouring cells (by their sides) of one class, with its class, in the order of its first cell.
    pub fn trace(&self) -> Vec<(u8, Traced)> {
        let mut group: Vec<u32> = vec![0; self.cells.len()];
        let mut all = Vec::new();
        let mut number = 0;
        for y in 0..self.height {
            for x in 0..self.width {
                let free = group.get(self.index(x, y)) == Some(&0);
                if let Some(class) = self.at(x, y).filter(|_| free) {
                    number += 1;
                    let cells = self.fill(x, y, class, number, &mut group);
                    all.extend(self.rings(&cells, number, &group).map(|traced| (class, traced)));
                }
            }
        }
        all
    }

    /// The cells that hang together with one, marked in `group`.
    fn fill(&self, x: u32, y: u32, class: u8, number: u32, group: &mut [u32]) -> Vec<Corner> {
        let mut cells = Vec::new();
        let mut next = vec![(x, y)];
        while let Some((x, y)) = next.pop() {
            if self.at(x, y) != Some(class) {
                continue;
            }
            match group.get_mut(self.index(x, y)) {
                Some(mark) if *mark == 0 => *mark = number,
                _ => continue,
            }
            cells.push((x, y));
            next.extend([(x + 1, y), (x, y + 1)]);
            next.extend(x.checked_sub(1).map(|x| (x, y)));
            next.extend(y.checked_sub(1).map(|y| (x, y)));
        }
        cells
    }

    /// The rings of one group.
    fn rings(&self, cells: &[Corner], number: u32, group: &[u32]) -> Option<Traced> {
        let within = |x: Option<u32>, y: Option<u32>| {
            let (Some(x), Some(y)) = (x, y) else { return false };
            x < self.width && y < self.height && group.get(self.index(x, y)) == Some(&number)
        };
        // The edges that leave each corner, by direction.
        let mut leaving: std::collections::BTreeMap<Corner, u8> = std::collections::BTreeMap::new();
        let mut edge = |corner: Corner, direction: u8| *leaving.entry(corner).or_default() |= 1 << direction;
        for (x, y) in cells.iter().copied() {
            if !within(Some(x), y.checked_sub(1)) {
                edge((x, y), EAST);
            }
            if !within(Some(x + 1), Some(y)) {
                edge((x + 1, y), SOUTH);
            }
            if !within(Some(x), Some(y + 1)) {
                edge((x + 1, y + 1), WEST);
            }
            if !within(x.checked_sub(1), Some(y)) {
                edge((x, y + 1), NORTH);
            }
        }
        let mut outer = None;
        let mut holes = Vec::new();
        while let Some((start, edges)) = leaving.first_key_value().map(|(corner, edges)| (*corner, *edges)) {
            let ring = walk(start, edges.trailing_zeros() as u8, &mut leaving);
            // With y to the south, an outer ring has a positive area here.
            if area(&ring) > 0 { outer = Some(ring) } else { holes.push(ring) }
        }
        Some(Traced { outer: outer?, holes })
    }
}

/// Follows edges from a corner until they come back, taking each out. Where two ways lead on, to the right: cells that
/// touch only in a corner stay apart.
fn walk(start: Corner, first: u8, leaving: &mut std::collections::BTreeMap<Corner, u8>) -> Vec<Corner> {
    let mut ring = vec![start];
    let (mut corner, mut direction) = (start, first);
    loop {
        if let Some(edges) = leaving.get_mut(&corner) {
            *edges &= !(1 << direction);
            if *edges == 0 {
                leaving.remove(&corner);
            }
        }
        let (x, y) = corner;
        corner = match direction {
            EAST => (x + 1, y),
            SOUTH => (x, y + 1),
            WEST => (x.saturating_sub(1), y),
            _ => (x, y.saturating_sub(1)),
        };
        if corner == start {
            // The first corner is one only where the direction changes; a ring around cells always has four more.
            if direction == first && ring.len() > 4 {
                ring.remove(0);
            }
            return ring;
        }
        let edges = leaving.get(&corner).copied().unwrap_or(0);
        let turns = [(direction + 1) % 4, direction, (direction + 3) % 4];
        let Some(next) = turns.into_iter().find(|turn| edges & (1 << turn) != 0) else { return ring };
        if next != direction {
            ring.push(corner);
        }
        direction = next;
    }
}

fn area(ring: &[Corner]) -> i64 {
    let next = ring.iter().skip(1).chain(ring.first());
    ring.iter()
        .zip(next)
        .map(|((ax, ay), (bx, by))| i64::from(*ax) * i64::from(*by) - i64::from(*bx) * i64::from(*ay))
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid(rows: &[&str]) -> Grid {
        let class = |c: char| c.to_digit(10).map(|digit| digit as u8);
        Grid {
            width: rows[0].len() as u32,
            height: rows.len() as u32,
            cells: rows.iter().flat_map(|row| row.chars()).map(class).collect(),
        }
    }

    fn inside(ring: &[Corner], x: f64, y: f64) -> bool {
        let next = ring.iter().skip(1).chain(ring.first());
        let crossed = ring.iter().zip(next).filter(|((ax, ay), (_, by))| {
            let (ay, by) = (f64::from(*ay), f64::from(*by));
            (ay > y) != (by > y) && f64::from(*ax) > x
        });
        crossed.count() % 2 == 1
    }

    #[test]
    fn a_ring_with_a_hole_and_a_class_within() {
        let traced = grid(&["111.", "121.", "111."]).trace();
        assert_eq!(traced.len(), 2);
        assert_eq!(traced[0].1.outer, [(0, 0), (3, 0), (3, 3), (0, 3)]);
        assert_eq!(traced[0].1.holes.len(), 1);
        assert_eq!(traced[1], (2, Traced { outer: vec![(1, 1), (2, 1), (2, 2), (1, 2)], holes: Vec::new() }));
    }

    #[test]
    fn cells_that_touch_in_a_corner_stay_apart() {
        let traced = grid(&["1.", ".1"]).trace();
        assert_eq!(traced.len(), 2);
        assert!(traced.iter().all(|(_, traced)| traced.outer.len() == 4));
    }

    proptest! {
        #[test]
        fn every_pixel_is_in_the_polygon_of_its_class_and_in_no_other(
            width in 1u32..12, height in 1u32..12, seed in proptest::collection::vec(0u8..5, 144),
        ) {
            let cells = seed.iter().take((width * height) as usize).map(|class| class.checked_sub(2)).collect();
            let grid = Grid { width, height, cells };
            let traced = grid.trace();
            for y in 0..height {
                for x in 0..width {
                    let (px, py) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
                    let hits: Vec<u8> = traced
                        .iter()
                        .filter(|(_, traced)| {
                            inside(&traced.outer, px, py) && !traced.holes.iter().any(|hole| inside(hole, px, py))
                        })
                        .map(|(class, _)| *class)
                        .collect();
                    let expected: Vec<u8> = grid.at(x, y).into_iter().collect();
                    prop_assert_eq!(hits, expected);
                }
            }
            for (_, traced) in &traced {
                for ring in std::iter::once(&traced.outer).chain(&traced.holes) {
                    // Only corners.
                    let next = ring.iter().cycle().skip(1);
                    let turns = ring.iter().zip(next.clone()).zip(next.skip(1));
                    for ((a, b), c) in turns.take(ring.len()) {
                        prop_assert!((a.0 == b.0) != (b.0 == c.0), "{:?}", ring);
                    }
                }
            }
        }
    }
}
