//! From ways to a pack: segments, the points where they meet, and what lies between in one piece.

use std::collections::BTreeMap;

use super::format::{self, Edge, Net, Street};
use super::spot::{Corner, Meeting, Spot, coarse};
use super::{MAX_NAME, MAX_SEGMENTS, RoadsError, Way, WayKind, crossings};

/// A straight line between two points of the curve, the smaller first, and the street that it belongs to.
pub(super) type Segment = (u64, u64, u32);

/// The pack of a walking graph. Ways are joined where they share a point (as in OSM: a bridge and the road below share none).
///
/// The same bytes for the same lines, in whatever order, direction and division they come.
pub fn build(ways: &[Way]) -> Result<Vec<u8>, RoadsError> {
    make(ways, false)
}

/// As [`build`], and ways are also joined where they cross or touch without sharing a point: for sources that draw lines and no
/// network (GSI). That joins a bridge to the road below too.
pub fn build_crossing(ways: &[Way]) -> Result<Vec<u8>, RoadsError> {
    make(ways, true)
}

fn make(ways: &[Way], crossing: bool) -> Result<Vec<u8>, RoadsError> {
    let count = ways.iter().map(|way| way.points.len()).sum();
    if count > MAX_SEGMENTS {
        return Err(RoadsError::TooMany { what: "points of ways", count, limit: MAX_SEGMENTS });
    }
    let corner = corner(ways);
    let mut streets: BTreeMap<_, u32> = BTreeMap::new();
    for (number, way) in ways.iter().enumerate() {
        if way.name.as_ref().is_some_and(|name| name.len() > MAX_NAME) {
            return Err(RoadsError::Name(number));
        }
        streets.insert(key(way), 0);
    }
    for (number, street) in streets.values_mut().enumerate() {
        *street = number as u32;
    }
    let mut segments = Vec::with_capacity(count);
    for way in ways {
        let street = streets.get(&key(way)).copied().unwrap_or_default();
        let mut before: Option<Spot> = None;
        for point in &way.points {
            let spot = corner.spot(*point).ok_or(RoadsError::TooWide)?;
            // A line of no length leads nowhere.
            if let Some(before) = before.filter(|before| *before != spot) {
                segments.push(segment(before, spot, street));
            }
            before = Some(spot);
        }
    }
    if crossing {
        segments = crossings::join(segments)?;
    }
    // Of lines drawn twice one remains, that of the first street.
    segments.sort_unstable();
    segments.dedup_by_key(|segment| (segment.0, segment.1));
    let count = segments.len();
    if count > MAX_SEGMENTS {
        return Err(RoadsError::TooMany { what: "segments of ways", count, limit: MAX_SEGMENTS });
    }
    let streets =
        streets.into_keys().map(|(_, kind, name)| Street { kind, name: name.map(Box::from) }).collect();
    let streets = used(streets, &mut segments);
    format::write(&Chains::of(&segments).net(corner, streets))
}

/// The streets of which something remains; the segments get their new numbers.
fn used(streets: Vec<Street>, segments: &mut [Segment]) -> Vec<Street> {
    let mut numbers: Vec<Option<u32>> = vec![None; streets.len()];
    for (.., street) in segments.iter() {
        if let Some(number) = numbers.get_mut(*street as usize) {
            *number = Some(0);
        }
    }
    for (new, number) in numbers.iter_mut().flatten().enumerate() {
        *number = new as u32;
    }
    for (.., street) in segments.iter_mut() {
        *street = numbers.get(*street as usize).copied().flatten().unwrap_or_default();
    }
    streets.into_iter().zip(numbers).filter_map(|(street, number)| number.map(|_| street)).collect()
}

/// Streets in order: those with a name first, then by kind.
fn key(way: &Way) -> (bool, WayKind, Option<&str>) {
    let name = way.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    (name.is_none(), way.kind, name)
}

/// The segment between two spots.
pub(super) fn segment(a: Spot, b: Spot, street: u32) -> Segment {
    let (a, b) = (a.order(), b.order());
    (a.min(b), a.max(b), street)
}

fn corner(ways: &[Way]) -> Corner {
    let least = |step: fn(&crate::Point) -> i64| {
        ways.iter().flat_map(|way| &way.points).map(step).min().map_or(0, coarse)
    };
    Corner { x: least(|point| point.x), y: least(|point| point.y) }
}

/// Segments, and what is known of their ends.
struct Chains<'s> {
    segments: &'s [Segment],
    points: Vec<u64>,
    ends: Vec<(u32, u32)>,
    meeting: Meeting,
    /// Segments that are part of an edge already.
    taken: Vec<bool>,
}

impl<'s> Chains<'s> {
    fn of(segments: &'s [Segment]) -> Self {
        let mut points: Vec<u64> = segments.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        points.sort_unstable();
        points.dedup();
        let number = |order: &u64| points.binary_search(order).unwrap_or_default() as u32;
        let ends: Vec<(u32, u32)> = segments.iter().map(|(a, b, _)| (number(a), number(b))).collect();
        let meeting = Meeting::of(points.len(), ends.iter().copied());
        Chains { segments, points, ends, meeting, taken: vec![false; segments.len()] }
    }

    fn street(&self, segment: u32) -> u32 {
        self.segments.get(segment as usize).map_or(0, |(_, _, street)| *street)
    }

    /// The two segments of a point where one street merely goes on.
    fn passes(&self, point: u32) -> Option<(u32, u32)> {
        match self.meeting.at(point) {
            [one, other] if self.street(*one) == self.street(*other) => Some((*one, *other)),
            _ => None,
        }
    }

    /// The free segments at a point, each with the point at its other end, in the order of those.
    fn free(&self, point: u32) -> Vec<(u32, u32)> {
        let mut free: Vec<(u32, u32)> = self
            .meeting
            .at(point)
            .iter()
            .filter(|segment| !self.is_taken(**segment))
            .map(|segment| (self.other(*segment, point), *segment))
            .collect();
        free.sort_unstable();
        free
    }

    fn other(&self, segment: u32, point: u32) -> u32 {
        self.ends.get(segment as usize).map_or(point, |(a, b)| if *a == point { *b } else { *a })
    }

    fn is_taken(&self, segment: u32) -> bool {
        self.taken.get(segment as usize).is_some_and(|taken| *taken)
    }

    fn take(&mut self, segment: u32) {
        if let Some(taken) = self.taken.get_mut(segment as usize) {
            *taken = true;
        }
    }

    /// The points of the edge that leaves a node by a segment, as far as the next node (or back to this one).
    fn follow(&mut self, node: u32, first: (u32, u32)) -> Vec<u32> {
        let (mut at, mut by) = first;
        let mut line = vec![node, at];
        self.take(by);
        while let Some((one, other)) = self.passes(at).filter(|_| at != node) {
            by = if one == by { other } else { one };
            at = self.other(by, at);
            line.push(at);
            self.take(by);
        }
        line
    }

    fn net(mut self, corner: Corner, streets: Vec<Street>) -> Net {
        let mut lines: Vec<(u32, u32, u32, Vec<u32>)> = Vec::new();
        let points = 0..self.points.len() as u32;
        // From every node; then what is left are rings without one, each from its first point.
        for rings in [false, true] {
            for point in points.clone() {
                if !rings && self.passes(point).is_some() {
                    continue;
                }
                for first in self.free(point) {
                    // A line that leads back here has taken two at once.
                    if self.is_taken(first.1) {
                        continue;
                    }
                    let street = self.street(first.1);
                    let mut line = self.follow(point, first);
                    let (from, to) = (point, line.pop().unwrap_or(point));
                    line.remove(0);
                    // One direction of the two, whichever end was come upon first.
                    let turned = from > to || from == to && line.iter().rev().lt(line.iter());
                    if turned {
                        line.reverse();
                    }
                    lines.push((from.min(to), from.max(to), street, line));
                }
            }
        }
        lines.sort_unstable();
        let mut nodes: Vec<u32> = lines.iter().flat_map(|(a, b, ..)| [*a, *b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let spot =
            |point: &u32| Spot::of_order(self.points.get(*point as usize).copied().unwrap_or_default());
        let node = |point: &u32| nodes.binary_search(point).unwrap_or_default() as u32;
        let mut net = Net { corner, streets, ..Net::default() };
        for (a, b, street, line) in &lines {
            let (first, inner) = (net.inner.len() as u32, line.len() as u32);
            net.edges.push(Edge { a: node(a), b: node(b), street: *street, first, inner });
            net.inner.extend(line.iter().map(spot));
        }
        net.nodes = nodes.iter().map(spot).collect();
        net
    }
}
