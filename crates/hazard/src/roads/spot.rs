//! Where the points of a pack of ways lie: on a lattice of 2⁻²⁴ degree (6.6 mm), counted from the pack's south-west corner.

use crate::Point;

/// Bits of [`Point`]'s lattice that this one does not keep.
const SHIFT: u32 = 16;
/// Steps in one degree.
pub(super) const PER_DEGREE: i64 = 1 << 24;
/// How far a point may be from the corner: 60 degrees.
pub(super) const MAX_SPAN: u32 = 60 << 24;

/// A point, from the corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    pub x: u32,
    pub y: u32,
}

/// The corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Corner {
    pub x: i64,
    pub y: i64,
}

/// The step nearest to one of the finer lattice.
pub(super) fn coarse(step: i64) -> i64 {
    step.saturating_add(1 << (SHIFT - 1)) >> SHIFT
}

impl Corner {
    /// A point's place from here; none when it is too far off.
    pub(super) fn spot(self, point: Point) -> Option<Spot> {
        let offset = |step: i64, from: i64| {
            u32::try_from(coarse(step) - from).ok().filter(|offset| *offset <= MAX_SPAN)
        };
        Some(Spot { x: offset(point.x, self.x)?, y: offset(point.y, self.y)? })
    }

    pub(super) fn point(self, spot: Spot) -> Point {
        Point { x: (self.x + i64::from(spot.x)) << SHIFT, y: (self.y + i64::from(spot.y)) << SHIFT }
    }
}

impl Spot {
    /// Its number on the curve that keeps neighbours together (Morton): bits of x and y by turns.
    pub(super) fn order(self) -> u64 {
        spread(self.x) | spread(self.y) << 1
    }

    pub(super) fn of_order(order: u64) -> Self {
        Spot { x: gather(order), y: gather(order >> 1) }
    }
}

fn spread(bits: u32) -> u64 {
    let mut bits = u64::from(bits);
    for (shift, mask) in STAGES {
        bits = (bits | bits << shift) & mask;
    }
    bits
}

fn gather(bits: u64) -> u32 {
    let mut bits = bits & 0x5555_5555_5555_5555;
    for (shift, mask) in [
        (1, 0x3333_3333_3333_3333),
        (2, 0x0f0f_0f0f_0f0f_0f0f),
        (4, 0x00ff_00ff_00ff_00ff),
        (8, 0x0000_ffff_0000_ffff),
        (16, 0x0000_0000_ffff_ffff_u64),
    ] {
        bits = (bits | bits >> shift) & mask;
    }
    bits as u32
}

const STAGES: [(u32, u64); 5] = [
    (16, 0x0000_ffff_0000_ffff),
    (8, 0x00ff_00ff_00ff_00ff),
    (4, 0x0f0f_0f0f_0f0f_0f0f),
    (2, 0x3333_3333_3333_3333),
    (1, 0x5555_5555_5555_5555),
];

/// What meets at each point, in one list: the numbers of lines by the number of the point.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    starts: Vec<u32>,
    lines: Vec<u32>,
}

impl Meeting {
    /// Of lines with two ends each. One that ends where it began meets its point twice.
    pub(super) fn of(points: usize, ends: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; points + 1];
        let mut total = 0;
        for end in ends.clone().flat_map(|(a, b)| [a, b]) {
            if let Some(count) = starts.get_mut(end as usize) {
                *count += 1;
                total += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        // Filled from behind, so that each start moves down to where its lines begin.
        let mut lines = vec![0u32; total];
        for (number, (a, b)) in ends.enumerate() {
            for end in [a, b] {
                if let Some(start) = starts.get_mut(end as usize).filter(|_| (end as usize) < points) {
                    *start -= 1;
                    if let Some(line) = lines.get_mut(*start as usize) {
                        *line = number as u32;
                    }
                }
            }
        }
        Meeting { starts, lines }
    }

    /// The lines at a point.
    pub(super) fn at(&self, point: u32) -> &[u32] {
        let start = |point: usize| self.starts.get(point).map(|start| *start as usize);
        let point = point as usize;
        start(point).zip(start(point + 1)).and_then(|(from, to)| self.lines.get(from..to)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_curve_gives_the_spot_back(x in 0..=u32::MAX, y in 0..=u32::MAX) {
            prop_assert_eq!(Spot::of_order(Spot { x, y }.order()), Spot { x, y });
        }

        #[test]
        fn a_point_is_kept_to_a_centimetre(lat in 20.0..46.0f64, lon in 122.0..154.0f64) {
            let corner = Corner { x: 122 * PER_DEGREE, y: 20 * PER_DEGREE };
            let point = Point::of_degrees(lat, lon).unwrap();
            let kept = corner.point(corner.spot(point).unwrap());
            prop_assert!(crate::roads::distance_m(point, kept) < 0.005);
        }
    }

    #[test]
    fn lines_are_found_at_their_ends() {
        let meeting = Meeting::of(4, [(0, 1), (1, 2), (1, 1)].into_iter());
        assert_eq!(meeting.at(0), [0]);
        let mut at_one = meeting.at(1).to_vec();
        at_one.sort_unstable();
        assert_eq!(at_one, [0, 1, 2, 2]);
        assert_eq!(meeting.at(2), [1]);
        assert!(meeting.at(3).is_empty() && meeting.at(4).is_empty() && meeting.at(9).is_empty());
    }

    #[test]
    fn far_points_have_no_spot() {
        let corner = Corner::default();
        assert!(corner.spot(Point { x: -1 << 20, y: 0 }).is_none());
        assert!(corner.spot(Point::of_degrees(0.0, 61.0).unwrap()).is_none());
        assert!(corner.spot(Point { x: i64::MAX, y: i64::MIN }).is_none());
    }
}
