//! Ways that cross without sharing a point are given one.

use super::build::{Segment, segment};
use super::spot::Spot;
use super::{MAX_SEGMENTS, RoadsError};

/// Side of the cells in which segments meet: 2¹³ steps, 50 m.
const CELL: u32 = 13;
/// Pairs of segments that are looked at before giving up.
const MAX_PAIRS: usize = 200_000_000;
/// So near (in steps, 10 mm) an end lies on a line: it was there before it was put on the lattice.
const TOUCH: f64 = 1.5;

/// The segments, divided where they cross or touch another.
pub(super) fn join(mut segments: Vec<Segment>) -> Result<Vec<Segment>, RoadsError> {
    segments.sort_unstable();
    segments.dedup_by_key(|segment| (segment.0, segment.1));
    let mut cuts: Vec<(u32, Spot)> = Vec::new();
    let mut pairs = 0;
    for cell in cells(&segments)?.chunk_by(|one, other| one.0 == other.0) {
        pairs += cell.len() * cell.len() / 2;
        if pairs > MAX_PAIRS {
            return Err(RoadsError::TooMany {
                what: "pairs of ways that may cross",
                count: pairs,
                limit: MAX_PAIRS,
            });
        }
        for (number, (_, one)) in cell.iter().enumerate() {
            for (_, other) in cell.iter().skip(number + 1) {
                let line = |segment: u32| segments.get(segment as usize).map(Line::of);
                if let (Some(a), Some(b)) = (line(*one), line(*other)) {
                    cut(&a, &b, &mut |first, spot| cuts.push((if first { *one } else { *other }, spot)));
                }
            }
        }
        if cuts.len() > MAX_SEGMENTS {
            let count = cuts.len();
            return Err(RoadsError::TooMany { what: "crossings of ways", count, limit: MAX_SEGMENTS });
        }
    }
    Ok(divide(&segments, cuts))
}

/// Cells that each segment's box meets.
fn cells(segments: &[Segment]) -> Result<Vec<(u64, u32)>, RoadsError> {
    let limit = segments.len() * 8 + 1_000_000;
    let mut cells = Vec::new();
    for (number, line) in segments.iter().map(Line::of).enumerate() {
        let span = |a: u32, b: u32| a.min(b) >> CELL..=a.max(b) >> CELL;
        for x in span(line.a.x, line.b.x) {
            for y in span(line.a.y, line.b.y) {
                cells.push((Spot { x, y }.order(), number as u32));
            }
            if cells.len() > limit {
                return Err(RoadsError::TooMany { what: "cells of long ways", count: cells.len(), limit });
            }
        }
    }
    cells.sort_unstable();
    Ok(cells)
}

struct Line {
    a: Spot,
    b: Spot,
}

impl Line {
    fn of(segment: &Segment) -> Self {
        Line { a: Spot::of_order(segment.0), b: Spot::of_order(segment.1) }
    }

    /// Twice the area between the line and a spot: its sign tells the side.
    fn side(&self, spot: Spot) -> i64 {
        let ((dx, dy), (x, y)) = (minus(self.b, self.a), minus(spot, self.a));
        dx * y - dy * x
    }

    /// Does a spot lie on it, and not at its ends?
    fn touches(&self, spot: Spot) -> bool {
        let ((dx, dy), (x, y)) = (minus(self.b, self.a), minus(spot, self.a));
        let (along, length) = (dx * x + dy * y, dx * dx + dy * dy);
        spot != self.a
            && spot != self.b
            && (0..=length).contains(&along)
            && (self.side(spot) as f64).abs() <= TOUCH * (length as f64).sqrt()
    }
}

fn minus(a: Spot, b: Spot) -> (i64, i64) {
    (i64::from(a.x) - i64::from(b.x), i64::from(a.y) - i64::from(b.y))
}

/// Tells where two lines are to be cut: of the first line or not, and at which spot.
fn cut(one: &Line, other: &Line, tell: &mut dyn FnMut(bool, Spot)) {
    let mut touched = one.a == other.a || one.a == other.b || one.b == other.a || one.b == other.b;
    for (first, line, ends) in [(true, one, other), (false, other, one)] {
        for end in [ends.a, ends.b] {
            if line.touches(end) {
                tell(first, end);
                touched = true;
            }
        }
    }
    let (from, to) = (one.side(other.a), one.side(other.b));
    let crosses = |a: i64, b: i64| a.signum() * b.signum() < 0;
    if touched || !crosses(from, to) || !crosses(other.side(one.a), other.side(one.b)) {
        return;
    }
    let along = from as f64 / (from as f64 - to as f64);
    let between = |a: u32, b: u32| (f64::from(a) + along * (f64::from(b) - f64::from(a))).round() as u32;
    let at = Spot { x: between(other.a.x, other.b.x), y: between(other.a.y, other.b.y) };
    tell(true, at);
    tell(false, at);
}

fn divide(segments: &[Segment], mut cuts: Vec<(u32, Spot)>) -> Vec<Segment> {
    cuts.sort_unstable();
    cuts.dedup();
    let mut cuts = cuts.as_slice();
    let mut divided = Vec::with_capacity(segments.len() + cuts.len());
    for (number, whole) in segments.iter().enumerate() {
        let count = cuts.partition_point(|(segment, _)| *segment as usize <= number);
        let (own, rest) = cuts.split_at_checked(count).unwrap_or((cuts, &[]));
        cuts = rest;
        let line = Line::of(whole);
        let (dx, dy) = minus(line.b, line.a);
        let mut spots: Vec<(i64, Spot)> = own
            .iter()
            .map(|(_, spot)| {
                let (x, y) = minus(*spot, line.a);
                (dx * x + dy * y, *spot)
            })
            .collect();
        spots.sort_unstable();
        let mut at = line.a;
        for spot in spots.into_iter().map(|(_, spot)| spot).chain([line.b]) {
            if spot != at {
                divided.push(segment(at, spot, whole.2));
            }
            at = spot;
        }
    }
    divided
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: u32, y: u32) -> Spot {
        Spot { x, y }
    }

    #[test]
    fn lines_that_cross_or_touch_are_cut_and_others_not() {
        let cross = [segment(spot(0, 0), spot(1000, 1000), 0), segment(spot(0, 1000), spot(1000, 0), 1)];
        let joined = join(cross.to_vec()).unwrap();
        assert_eq!(joined.len(), 4);
        let middle = spot(500, 500).order();
        assert!(joined.iter().all(|s| s.0 == middle || s.1 == middle));

        // The end of one lies a step beside the other.
        let touch =
            [segment(spot(0, 0), spot(100_000, 0), 0), segment(spot(50_000, 1), spot(50_000, 900), 0)];
        assert_eq!(join(touch.to_vec()).unwrap().len(), 3);

        let apart =
            [segment(spot(0, 0), spot(100_000, 0), 0), segment(spot(50_000, 3), spot(50_000, 900), 0)];
        assert_eq!(join(apart.to_vec()).unwrap().len(), 2);

        let meeting = [segment(spot(0, 0), spot(100, 0), 0), segment(spot(100, 0), spot(100, 90), 0)];
        assert_eq!(join(meeting.to_vec()).unwrap().len(), 2);
    }

    #[test]
    fn lines_over_lines_share_their_middle() {
        let over = [segment(spot(0, 0), spot(300, 0), 0), segment(spot(100, 0), spot(200, 0), 1)];
        let mut joined = join(over.to_vec()).unwrap();
        joined.sort_unstable();
        joined.dedup_by_key(|s| (s.0, s.1));
        assert_eq!(joined.len(), 3);
    }

    #[test]
    fn a_line_around_the_earth_is_given_up() {
        let far = segment(spot(0, 0), spot(super::super::spot::MAX_SPAN, super::super::spot::MAX_SPAN), 0);
        assert!(matches!(join(vec![far]), Err(RoadsError::TooMany { .. })));
    }
}
