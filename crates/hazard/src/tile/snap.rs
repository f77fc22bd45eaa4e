//! Rings and lines in a tile's units, without the places that draw nothing.

use super::mvt::{Path, Position};

/// A ring without repeated places and without those on the straight way between their neighbours (there and back
/// included): the same area with fewer places. Empty when no area is left.
pub(crate) fn ring(places: impl IntoIterator<Item = Position>) -> Path {
    let mut path = Path::new();
    ring_into(&mut path, places);
    path
}

/// [`ring`] in memory that was used before.
pub(crate) fn ring_into(path: &mut Path, places: impl IntoIterator<Item = Position>) {
    path.clear();
    places.into_iter().for_each(|place| push(path, place, true));
    // The same once more where the end meets the start.
    let mut start = 0;
    loop {
        let rest = path.get(start..).unwrap_or_default();
        let ([first, second, _, ..], [.., before, last]) = (rest, rest) else { return path.clear() };
        if first == last || straight(*before, *last, *first) {
            path.pop();
        } else if straight(*last, *first, *second) {
            start += 1;
        } else {
            path.drain(..start);
            return;
        }
    }
}

/// A line without repeated places and without those that lie on the way between their neighbours. Empty when it is a point.
pub(crate) fn line(places: impl IntoIterator<Item = Position>) -> Path {
    let mut path = Path::new();
    places.into_iter().for_each(|place| push(&mut path, place, false));
    if path.len() < 2 { Path::new() } else { path }
}

/// Adds a place. A ring's spike (there and back) draws nothing and goes; a line's is drawn and stays.
fn push(path: &mut Path, place: Position, spikes_go: bool) {
    loop {
        match path.as_slice() {
            [.., last] if *last == place => return,
            [.., before, last]
                if straight(*before, *last, place) && (spikes_go || onward(*before, *last, place)) =>
            {
                path.pop();
            }
            _ => break,
        }
    }
    path.push(place);
}

fn straight(a: Position, b: Position, c: Position) -> bool {
    let ((abx, aby), (bcx, bcy)) = (way(a, b), way(b, c));
    i128::from(abx) * i128::from(bcy) == i128::from(aby) * i128::from(bcx)
}

fn onward(a: Position, b: Position, c: Position) -> bool {
    let ((abx, aby), (bcx, bcy)) = (way(a, b), way(b, c));
    i128::from(abx) * i128::from(bcx) + i128::from(aby) * i128::from(bcy) > 0
}

fn way(a: Position, b: Position) -> (i64, i64) {
    let side = |a: i32, b: i32| i64::from(b) - i64::from(a);
    (side(a.x, b.x), side(a.y, b.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tile::mvt::doubled_area;
    use proptest::prelude::*;

    fn path(places: &[(i32, i32)]) -> Path {
        places.iter().map(|(x, y)| Position { x: *x, y: *y }).collect()
    }

    #[test]
    fn a_ring_loses_what_draws_nothing() {
        let square = path(&[(0, 0), (9, 0), (9, 9), (0, 9)]);
        let same = [
            path(&[(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]),
            path(&[(0, 0), (4, 0), (4, 0), (9, 0), (9, 9), (0, 9), (0, 5)]),
            path(&[(0, 0), (9, 0), (9, 4), (9, 9), (9, 20), (9, 9), (0, 9)]),
        ];
        for ring_drawn in same {
            assert_eq!(ring(ring_drawn), square);
        }
        assert_eq!(ring(path(&[(4, 0), (9, 0), (9, 9), (0, 9), (0, 0)])).len(), 4);
        for nothing in [
            path(&[]),
            path(&[(1, 1)]),
            path(&[(1, 1), (2, 2), (1, 1)]),
            path(&[(0, 0), (5, 5), (9, 9), (3, 3)]),
        ] {
            assert!(ring(nothing).is_empty());
        }
    }

    #[test]
    fn a_line_keeps_its_turns() {
        assert_eq!(line(path(&[(0, 0), (0, 0), (3, 3), (5, 5), (5, 9)])), path(&[(0, 0), (5, 5), (5, 9)]));
        assert_eq!(line(path(&[(0, 0), (5, 0), (2, 0)])), path(&[(0, 0), (5, 0), (2, 0)]));
        assert!(line(path(&[(4, 4), (4, 4)])).is_empty());
    }

    proptest! {
        #[test]
        fn the_area_stays(places in prop::collection::vec((0i32..8, 0i32..8), 0..40)) {
            let drawn = path(&places);
            let snapped = ring(drawn.iter().copied());
            prop_assert_eq!(doubled_area(&drawn), doubled_area(&snapped));
            let corners = snapped.len();
            for index in 0..corners {
                let at = |ahead: usize| snapped[(index + ahead) % corners];
                prop_assert!(!straight(at(0), at(1), at(2)));
            }
        }
    }
}
