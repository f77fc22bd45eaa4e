//! What a stretch of a way costs: its segments in pieces, each asked for once.

use super::Cost;
use super::format::Net;
use super::metric::distance_m;
use crate::Point;

/// A long straight is asked for in pieces no longer than this: one wet end does not make all of it wet.
const PIECE_M: f64 = 50.0;
/// What a metre off the road weighs: a way that leads there is taken first.
const OFF_ROAD: f64 = 2.0;

/// The caller's costs.
pub(super) type Costs<'c> = dyn Fn(Point, Point) -> Cost + 'c;

/// What walking a line takes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Spent {
    /// Metres, times what each weighs; without end where it is closed.
    pub weight: f64,
    pub length_m: f64,
    pub wet_m: f64,
}

impl Spent {
    pub fn add(&mut self, other: Spent) {
        self.weight += other.weight;
        self.length_m += other.length_m;
        self.wet_m += other.wet_m;
    }
}

/// A place on an edge.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Mark {
    pub segment: u32,
    /// Where on the segment, 0 at its begin, 1 at its end.
    pub along: f64,
}

impl Mark {
    pub const BEGIN: Mark = Mark { segment: 0, along: 0.0 };
    /// Behind the last segment of any edge.
    pub const END: Mark = Mark { segment: u32::MAX, along: 0.0 };
}

/// A part of an edge, from an earlier place to a later one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub edge: u32,
    pub from: Mark,
    pub to: Mark,
}

impl Stretch {
    /// Its straight parts: the segment that each is of, and from where to where on it.
    pub fn parts<'n>(&self, net: &'n Net) -> impl Iterator<Item = (Point, Point, f64, f64)> + 'n {
        let (from, to) = (self.from, self.to);
        let line = net.edges.get(self.edge as usize).map(|edge| net.line(edge));
        let line = line.into_iter().flatten().map(|spot| net.corner.point(spot));
        line.clone()
            .zip(line.skip(1))
            .enumerate()
            .map(|(number, ends)| (number as u32, ends))
            .filter(move |(number, _)| (from.segment..=to.segment).contains(number))
            .map(move |(number, (a, b))| {
                let begin = if number == from.segment { from.along } else { 0.0 };
                let end = if number == to.segment { to.along } else { 1.0 };
                (a, b, begin, end)
            })
    }

    pub fn spent(&self, net: &Net, costs: &Costs) -> Spent {
        let mut spent = Spent::default();
        for (a, b, begin, end) in self.parts(net) {
            spent.add(straight(a, b, begin, end, &|a, b| on_road(costs(a, b))));
            if spent.weight.is_infinite() {
                break;
            }
        }
        spent
    }
}

/// A straight line across the fields. It is never closed: who stands there must get away.
pub(super) fn off_road(from: Point, to: Point, costs: &Costs) -> Spent {
    straight(from, to, 0.0, 1.0, &|a, b| match costs(a, b) {
        Cost::Closed => (super::AVOID.max(OFF_ROAD), true),
        open => {
            let (weight, wet) = on_road(open);
            (if weight.is_finite() { weight.max(OFF_ROAD) } else { super::AVOID }, wet)
        }
    })
}

/// Is the piece of a segment around a place on it closed, or free?
pub(super) fn piece_at(a: Point, b: Point, along: f64, costs: &Costs) -> Cost {
    let count = count(distance_m(a, b));
    let piece = (along * count).floor().min(count - 1.0);
    let cost = costs(between(a, b, piece / count), between(a, b, (piece + 1.0) / count));
    match on_road(cost) {
        (weight, _) if weight.is_infinite() => Cost::Closed,
        (_, false) => Cost::Free,
        _ => cost,
    }
}

/// The point at a part of a line.
pub(super) fn between(a: Point, b: Point, along: f64) -> Point {
    // Both ends exactly, so that neighbours meet.
    let step = |a: i64, b: i64| match along {
        0.0 => a,
        1.0 => b,
        _ => a + ((b - a) as f64 * along).round() as i64,
    };
    Point { x: step(a.x, b.x), y: step(a.y, b.y) }
}

/// What a metre weighs, and whether it is wet.
fn on_road(cost: Cost) -> (f64, bool) {
    match cost {
        Cost::Free => (1.0, false),
        // No number is no reason.
        Cost::Worse(factor) => (factor.max(1.0), true),
        Cost::Closed => (f64::INFINITY, true),
    }
}

fn count(length_m: f64) -> f64 {
    (length_m / PIECE_M).ceil().max(1.0)
}

fn straight(a: Point, b: Point, begin: f64, end: f64, weigh: &dyn Fn(Point, Point) -> (f64, bool)) -> Spent {
    let length = distance_m(a, b);
    let mut spent = Spent::default();
    if length == 0.0 || begin >= end {
        return spent;
    }
    let count = count(length);
    let mut piece = (begin * count).floor().min(count - 1.0);
    while piece < count && piece / count < end {
        let (from, to) = (piece / count, (piece + 1.0) / count);
        let metres = (to.min(end) - from.max(begin)).max(0.0) * length;
        let (weight, wet) = weigh(between(a, b, from), between(a, b, to));
        // Where nothing of a closed piece is walked it closes nothing.
        if metres > 0.0 {
            spent.add(Spent {
                weight: weight * metres,
                length_m: metres,
                wet_m: if wet { metres } else { 0.0 },
            });
        }
        piece += 1.0;
    }
    spent
}
