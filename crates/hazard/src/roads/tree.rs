//! Which lines are near a point: boxes around the edges, around eight of those, and so on. The pack's order keeps neighbours
//! together, so that the boxes are small without sorting anything.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::format::Net;
use super::metric::Plane;
use super::spot::Spot;

const CHILDREN: usize = 8;

type Box2 = (Spot, Spot);

#[derive(Debug)]
pub(super) struct Tree {
    /// The boxes of the edges, then those around them, the last no more than eight.
    levels: Vec<Vec<Box2>>,
}

/// A segment, as near as the iterator says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    pub distance_m: f64,
    /// 0: a segment of an edge; else a box of the level below.
    level: usize,
    /// The edge.
    pub edge: u32,
    /// The segment of the edge.
    pub segment: u32,
    /// Where on it: 0 at its begin, 1 at its end.
    pub along: f64,
}

impl Tree {
    pub fn of(net: &Net) -> Self {
        let around = |boxes: &mut dyn Iterator<Item = Box2>| {
            boxes.reduce(|(min, max), (low, high)| {
                let min = Spot { x: min.x.min(low.x), y: min.y.min(low.y) };
                (min, Spot { x: max.x.max(high.x), y: max.y.max(high.y) })
            })
        };
        let edges: Vec<Box2> = net
            .edges
            .iter()
            .filter_map(|edge| around(&mut net.line(edge).map(|spot| (spot, spot))))
            .collect();
        let mut levels = vec![edges];
        while let Some(below) = levels.last().filter(|below| below.len() > CHILDREN) {
            levels.push(
                below.chunks(CHILDREN).filter_map(|chunk| around(&mut chunk.iter().copied())).collect(),
            );
        }
        Tree { levels }
    }

    /// All segments, the nearest first, found as they are asked for.
    pub fn around<'t>(&'t self, net: &'t Net, plane: Plane) -> impl Iterator<Item = Near> + 't {
        let mut heap = BinaryHeap::new();
        self.push(&mut heap, net, &plane, self.levels.len(), 0, CHILDREN);
        std::iter::from_fn(move || {
            loop {
                let Reverse(near): Reverse<Near> = heap.pop()?;
                let index = near.edge as usize;
                match near.level {
                    0 => return Some(near),
                    1 => push_segments(&mut heap, net, &plane, near.edge),
                    level => {
                        let first = index * CHILDREN;
                        self.push(&mut heap, net, &plane, level - 1, first, first + CHILDREN);
                    }
                }
            }
        })
    }

    fn push(
        &self,
        heap: &mut BinaryHeap<Reverse<Near>>,
        net: &Net,
        plane: &Plane,
        level: usize,
        from: usize,
        to: usize,
    ) {
        let Some(boxes) = level.checked_sub(1).and_then(|below| self.levels.get(below)) else { return };
        for (index, (min, max)) in boxes.iter().enumerate().take(to).skip(from) {
            let distance_m = plane.box_m(net.corner.point(*min), net.corner.point(*max));
            heap.push(Reverse(Near { distance_m, level, edge: index as u32, segment: 0, along: 0.0 }));
        }
    }
}

fn push_segments(heap: &mut BinaryHeap<Reverse<Near>>, net: &Net, plane: &Plane, edge: u32) {
    let Some(line) = net.edges.get(edge as usize).map(|edge| net.line(edge)) else { return };
    for (segment, (a, b)) in line.clone().zip(line.skip(1)).enumerate() {
        let (distance_m, along) = plane.segment(net.corner.point(a), net.corner.point(b));
        heap.push(Reverse(Near { distance_m, level: 0, edge, segment: segment as u32, along }));
    }
}

impl Ord for Near {
    fn cmp(&self, other: &Self) -> Ordering {
        let rest = |near: &Near| (near.level, near.edge, near.segment);
        self.distance_m.total_cmp(&other.distance_m).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Near {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Near {}
