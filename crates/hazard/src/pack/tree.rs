//! Writes trees: of shapes, and of the pieces of a long ring.

use std::cmp::Reverse;

use super::hilbert::{both, place};
use super::node::{self, Child, FAN, Frame};
use super::out::Out;
use super::tiling::tiled;
use super::{chunk, shape};
use crate::{Bounds, Point, Ring};

/// Edges in a piece of a long ring.
const EDGES: usize = 32;

/// A polygon to be written.
pub struct Part {
    /// Its class.
    pub class: u8,
    /// Its outer ring and its holes.
    pub rings: Vec<Ring>,
    /// The box of its rings: holes should lie in the outer ring, but not all do.
    pub bounds: Bounds,
    /// Its place among the others.
    pub place: u64,
}

impl Part {
    /// A polygon of these rings; none without a point.
    pub fn new(class: u8, rings: Vec<Ring>) -> Option<Self> {
        let bounds = rings.iter().filter_map(Bounds::around).reduce(both)?;
        Some(Part { class, rings, bounds, place: place(&bounds) })
    }
}

/// Writes shapes and the tree over them; where its root stands, none without shapes.
pub fn shapes(out: &mut Out, parts: Vec<Part>) -> Option<u32> {
    let mut children = Vec::with_capacity(parts.len().div_ceil(FAN));
    for mut group in tiled(parts, |part| part.bounds) {
        let Some(bounds) = group.iter().map(|part| part.bounds).reduce(both) else { continue };
        // The worst first: who asks what holds at a point need not look at what is milder than what was found.
        group.sort_by_key(|part| Reverse(part.class));
        let frame = Frame::over(&bounds);
        let written: Vec<Child> = group.iter().map(|part| one(out, part, &frame)).collect();
        children.push(parent(out, &frame, bounds, &written, true));
    }
    while children.len() > 1 {
        let group = |mut group: Vec<Child>| {
            group.sort_by_key(|child| Reverse(child.class));
            let bounds = group.iter().map(|child| child.bounds).reduce(both)?;
            Some(parent(out, &Frame::over(&bounds), bounds, &group, false))
        };
        children = tiled(children, |child| child.bounds).into_iter().filter_map(group).collect();
    }
    children.first().map(|root| root.at)
}

fn parent(out: &mut Out, frame: &Frame, bounds: Bounds, children: &[Child], leaf: bool) -> Child {
    let here = out.place(node::most_bytes(children.len()));
    let at = out.put(&node::write(frame, children, leaf, None, here));
    Child { bounds, class: children.iter().map(|child| child.class).max().unwrap_or(0), at }
}

fn one(out: &mut Out, part: &Part, frame: &Frame) -> Child {
    let slot = frame.slot(&part.bounds);
    let (outer, holes) = part.rings.split_first().map_or((&[][..], &[][..]), |(o, h)| (o.as_slice(), h));
    let holes = holes.iter().filter_map(|hole| Part::new(0, vec![hole.clone()])).collect();
    let holes = shapes(out, holes);
    let piece = if shape::is_piece(outer) { Ok(chunk::write(outer, &slot)) } else { Err(ring(out, outer)) };
    let piece = piece.as_deref().map_err(|at| *at);
    let here = out.place(shape::most_bytes(piece.unwrap_or(&[])));
    let at = out.put(&shape::write(piece, holes, here));
    Child { bounds: part.bounds, class: part.class, at }
}

/// A piece of a ring, or a node over some, and the heights where it begins and ends.
struct Link {
    child: Child,
    from: i64,
    to: i64,
}

/// Writes a long ring; where the root of its tree stands.
fn ring(out: &mut Out, ring: &[Point]) -> u32 {
    let around: Vec<Point> = ring.iter().chain(ring.first()).copied().collect();
    let pieces: Vec<&[Point]> = (0..ring.len())
        .step_by(EDGES)
        .filter_map(|from| around.get(from..(from + EDGES + 1).min(around.len())))
        .collect();
    let mut links = Vec::with_capacity(pieces.len().div_ceil(FAN));
    for group in pieces.chunks(FAN) {
        let Some(bounds) = Bounds::around(group.iter().copied().flatten()) else { continue };
        let frame = Frame::over(&bounds);
        let written: Vec<Link> = group
            .iter()
            .filter_map(|piece| {
                let bounds = Bounds::around(*piece)?;
                let at = out.put(&chunk::write(piece, &frame.slot(&bounds)));
                let child = Child { bounds, class: 0, at };
                Some(Link { child, from: piece.first()?.y, to: piece.last()?.y })
            })
            .collect();
        links.extend(join(out, &written, true));
    }
    while links.len() > 1 {
        links = links.chunks(FAN).filter_map(|group| join(out, group, false)).collect();
    }
    links.first().map_or(0, |root| root.child.at)
}

fn join(out: &mut Out, links: &[Link], leaf: bool) -> Option<Link> {
    let bounds = links.iter().map(|link| link.child.bounds).reduce(both)?;
    let (from, to) = (links.first()?.from, links.last()?.to);
    let joints: Vec<i64> = std::iter::once(from).chain(links.iter().map(|link| link.to)).collect();
    let children: Vec<Child> = links.iter().map(|link| link.child).collect();
    let here = out.place(node::most_bytes(children.len()));
    let at = out.put(&node::write(&Frame::over(&bounds), &children, leaf, Some(&joints), here));
    Some(Link { child: Child { bounds, class: 0, at }, from, to })
}
