//! Boxes that lie wholly in a zone: who stands in one needs no ring.
//!
//! Most that ask stand well within what floods or outside of it. A node keeps, beside each zone's box, the largest box of whole cells of
//! its grid that no edge of the zone touches and that is inside: there the answer is told without the zone's points.

use super::node::Frame;
use crate::{Bounds, Point, Ring};

/// Sides as a node writes them: west, east, south, north.
pub type Sides = [u8; 4];
/// No cell is in it.
pub const NOWHERE: Sides = [u8::MAX, 0, u8::MAX, 0];

/// The largest box of cells in a polygon: an outer ring, then its holes.
pub fn inner(frame: &Frame, rings: &[Ring], bounds: &Bounds) -> Sides {
    let plan = Plan::new(frame, bounds);
    // Cells at the border of a box are touched by what the box is around.
    if plan.width < 3 || plan.height < 3 {
        return NOWHERE;
    }
    let cells = plan.inside(rings);
    let Some([west, east, south, north]) = largest(&cells, plan.width) else { return NOWHERE };
    let side = |corner: u8, cell: usize| corner + cell as u8;
    [side(plan.west, west), side(plan.west, east), side(plan.south, south), side(plan.south, north)]
}

/// The cells of a node's grid under a polygon, row by row from the south-west.
struct Plan<'f> {
    frame: &'f Frame,
    west: u8,
    south: u8,
    width: usize,
    height: usize,
}

/// What the edges of a polygon do with the cells.
struct Marks {
    /// May an edge touch the cell? Some that one only comes near to are marked too.
    touched: Vec<bool>,
    /// Do edges of the ring at hand cross the southern side of the cell's row, in this column, an odd number of times?
    crossed: Vec<bool>,
}

impl<'f> Plan<'f> {
    fn new(frame: &'f Frame, bounds: &Bounds) -> Self {
        let [west, east, south, north] = frame.cells(bounds);
        let cells = |from: u8, to: u8| usize::from(to.saturating_sub(from)) + 1;
        Plan { frame, west, south, width: cells(west, east), height: cells(south, north) }
    }

    /// Which cells are wholly inside the first ring and outside of the others.
    fn inside(&self, rings: &[Ring]) -> Vec<bool> {
        let none = vec![false; self.width * self.height];
        let mut marks = Marks { touched: none.clone(), crossed: none.clone() };
        let mut inside = none;
        for (number, ring) in rings.iter().enumerate() {
            let Some(bounds) = Bounds::around(ring) else { continue };
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                self.mark(&mut marks, *a, *b);
            }
            let columns = self.column(bounds.min.x)..=self.column(bounds.max.x);
            for row in self.row(bounds.min.y)..=self.row(bounds.max.y) {
                let mut within = false;
                for index in columns.clone().map(|column| row * self.width + column) {
                    within ^= marks.crossed.get_mut(index).is_some_and(std::mem::take);
                    if let Some(inside) = inside.get_mut(index) {
                        *inside = if number == 0 { within } else { *inside && !within };
                    }
                }
            }
        }
        inside.iter().zip(&marks.touched).map(|(inside, touched)| *inside && !touched).collect()
    }

    fn mark(&self, marks: &mut Marks, a: Point, b: Point) {
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        for row in self.row(low.y)..=self.row(high.y) {
            let (south, beyond) = (self.latitude(row), self.latitude(row + 1));
            // A step farther both ways, so that what passes between two rows or columns of points touches both.
            let [a, b] = [south - 1, beyond].map(|y| across(low, high, y.clamp(low.y, high.y)));
            let (west, east) = (self.column(a.0.min(b.0)), self.column(a.1.max(b.1)));
            let at = row * self.width;
            marks.touched.get_mut(at + west..=at + east).unwrap_or_default().fill(true);
            if (low.y..high.y).contains(&south) {
                let column = self.column(across(low, high, south).0);
                if let Some(odd) = marks.crossed.get_mut(at + column) {
                    *odd = !*odd;
                }
            }
        }
    }

    /// The southern side of a row.
    fn latitude(&self, row: usize) -> i64 {
        self.frame.corner_of(0, i64::from(self.south) + row as i64).y
    }

    fn column(&self, x: i64) -> usize {
        cell(self.frame.column(x), self.west, self.width)
    }

    fn row(&self, y: i64) -> usize {
        cell(self.frame.row(y), self.south, self.height)
    }
}

fn cell(of_frame: i64, first: u8, count: usize) -> usize {
    usize::try_from(of_frame - i64::from(first)).unwrap_or(0).min(count - 1)
}

/// Between which whole numbers a line is at a height: rounded down, and up.
fn across(low: Point, high: Point, y: i64) -> (i64, i64) {
    let rise = i128::from(high.y - low.y);
    if rise == 0 {
        return (low.x.min(high.x), low.x.max(high.x));
    }
    let run = i128::from(y - low.y) * i128::from(high.x - low.x);
    let (down, up) = (run.div_euclid(rise), -(-run).div_euclid(rise));
    // Between the ends' own.
    (low.x + down as i64, low.x + up as i64)
}

/// The largest box of cells that all are set: west, east, south, north. By the heights of columns that stand on each row.
fn largest(cells: &[bool], width: usize) -> Option<[usize; 4]> {
    let mut heights = vec![0usize; width];
    let mut best = None;
    let mut most = 0;
    for (north, row) in cells.chunks(width).enumerate() {
        for (height, set) in heights.iter_mut().zip(row) {
            *height = if *set { *height + 1 } else { 0 };
        }
        // Columns that rise, each with the westernmost place from where it is as high.
        let mut rising: Vec<(usize, usize)> = Vec::new();
        for (column, height) in heights.iter().copied().chain([0]).enumerate() {
            let mut west = column;
            while let Some((from, above)) = rising.pop_if(|(_, above)| *above >= height) {
                west = from;
                let area = above * (column - from);
                if area > most {
                    most = area;
                    best = Some([from, column - 1, north + 1 - above, north]);
                }
            }
            rising.push((west, height));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::locate::{Place, Ray};
    use super::*;

    fn place(ring: &Ring, at: Point) -> Place {
        let mut ray = Ray::default();
        let seen = |point: &Point| Point { x: point.x - at.x, y: point.y - at.y };
        ring.iter().zip(ring.iter().cycle().skip(1)).for_each(|(a, b)| ray.edge(seen(a), seen(b)));
        ray.place()
    }

    fn points() -> impl Strategy<Value = Ring> {
        proptest::collection::vec((-3000i64..3000, -3000i64..3000), 3..12)
            .prop_map(|points| points.into_iter().map(|(x, y)| Point { x, y }).collect())
    }

    #[test]
    fn a_square_is_full_but_for_its_border_and_a_hole_leaves_the_broader_side() {
        let square = |from: i64, to: i64| -> Ring {
            [(from, from), (to, from), (to, to), (from, to)].map(|(x, y)| Point { x, y }).to_vec()
        };
        let outer = square(0, 1023);
        let bounds = Bounds::around(&outer).unwrap();
        let frame = Frame::over(&bounds);
        assert_eq!(inner(&frame, std::slice::from_ref(&outer), &bounds), [1, 254, 1, 254]);
        let holed = inner(&frame, &[outer, square(200, 400)], &bounds);
        assert_eq!(holed, [101, 254, 1, 254]);
    }

    #[test]
    fn the_largest_box_is_found() {
        let cells = |rows: &[&str]| -> Vec<bool> { rows.concat().chars().map(|cell| cell == '#').collect() };
        assert_eq!(largest(&cells(&["....", "...."]), 4), None);
        assert_eq!(largest(&cells(&["#..#", ".###", ".###"]), 4), Some([1, 3, 1, 2]));
        assert_eq!(largest(&cells(&["####", "#..#", "#..#"]), 4), Some([0, 3, 0, 0]));
    }

    proptest! {
        /// Every point of the box, whatever the polygon.
        #[test]
        fn who_stands_in_the_box_stands_in_the_polygon(
            outer in points(), holes in proptest::collection::vec(points(), 0..3), dx in 0i64..40, dy in 0i64..40
        ) {
            let rings: Vec<Ring> = std::iter::once(outer).chain(holes).collect();
            let bounds = Bounds::around(rings.iter().flatten()).unwrap();
            // The grid of a node over more than this polygon.
            let around = Bounds {
                min: Point { x: bounds.min.x - dx * 100, y: bounds.min.y - dy * 100 },
                max: Point { x: bounds.max.x + dy * 100, y: bounds.max.y + dx * 100 },
            };
            let frame = Frame::over(&around);
            let sides = inner(&frame, &rings, &bounds);
            prop_assume!(sides != NOWHERE);
            let [west, east, south, north] = sides.map(i64::from);
            let (min, max) = (frame.corner_of(west, south), frame.corner_of(east + 1, north + 1));
            let steps = |from: i64, to: i64| {
                let by = ((to - from) / 23).max(1) as usize;
                (from..to).step_by(by).chain([to - 1]).collect::<Vec<_>>()
            };
            for x in steps(min.x, max.x) {
                for y in steps(min.y, max.y) {
                    let at = Point { x, y };
                    prop_assert_eq!(place(&rings[0], at), Place::Inside);
                    prop_assert!(rings[1..].iter().all(|hole| place(hole, at) == Place::Outside));
                }
            }
        }
    }
}
