//! Walks down the trees of a pack.

use super::locate::{Place, Ray};
use super::node::{Node, Slot, indices};
use super::shape::Shape;
use super::{Pack, PackError, chunk};
use crate::{Bounds, Point, Source};

/// More than this is on no stack of a tree of nodes over what a pack may hold.
const DEEPEST: usize = 4096;

/// What is still to be looked at.
pub struct Walk {
    /// The next one last.
    pub stack: Vec<Slot>,
    /// How many records may still be read: in a pack that makes sense, none is read twice.
    fuel: u64,
}

impl Walk {
    /// Nothing to look at, in a pack of so many bytes.
    pub fn new(stack: Vec<Slot>, bytes: u32) -> Self {
        Walk { stack, fuel: u64::from(bytes) + 16 }
    }

    /// The next one, of those above `base`.
    #[inline]
    pub fn next(&mut self, base: usize) -> Result<Option<Slot>, PackError> {
        if self.stack.len() <= base {
            return Ok(None);
        }
        self.burn()?;
        Ok(self.stack.pop())
    }

    /// Counts a record.
    pub fn burn(&mut self) -> Result<(), PackError> {
        self.fuel =
            self.fuel.checked_sub(1).ok_or(PackError::Damaged { at: 0, what: "it goes in circles" })?;
        Ok(())
    }
}

/// The root of a tree.
pub fn root(at: u32) -> Slot {
    Slot { corner: Point::default(), ux: 0, uy: 0, class: u8::MAX, node: true, at }
}

impl<S: Source> Pack<S> {
    /// A walk that has nothing to look at yet. [`Self::rest`] keeps its memory for the next.
    pub(super) fn walk(&self) -> Walk {
        let mut stack = self.stack.take();
        stack.clear();
        Walk::new(stack, self.pages.end())
    }

    pub(super) fn rest(&self, walk: Walk) {
        self.stack.set(walk.stack);
    }

    /// Puts those children of a node on the stack that `pick` chooses, so that they come off in their order.
    #[inline(always)]
    pub(super) fn open_node(
        &self,
        walk: &mut Walk,
        at: u32,
        ring: bool,
        pick: impl FnOnce(&Node<'_>) -> u32,
    ) -> Result<(), PackError> {
        self.pages.record(at, |bytes| {
            let node = Node::read(bytes, at).filter(|node| node.is_ring() == ring)?;
            for index in indices(pick(&node)) {
                walk.stack.push(node.child(index)?);
            }
            (walk.stack.len() <= DEEPEST).then_some(())
        })
    }

    /// Does a shape hold a point?
    #[inline(always)]
    pub(super) fn holds(&self, walk: &mut Walk, shape: &Slot, point: Point) -> Result<bool, PackError> {
        let (place, holes) = self.place(walk, shape, point)?;
        match (place, holes) {
            (Place::Outside, _) => Ok(false),
            (_, None) => Ok(true),
            (_, Some(holes)) => Ok(!self.in_hole(walk, holes, point)?),
        }
    }

    /// Where a point lies to a shape's outer ring, and the tree of its holes.
    #[inline]
    fn place(&self, walk: &mut Walk, shape: &Slot, point: Point) -> Result<(Place, Option<u32>), PackError> {
        let mut ray = Ray::default();
        let moved = shape.seen_from(point);
        let piece = |piece: &[u8]| chunk::ray(piece, &moved, true, &mut ray);
        let (tree, holes) = self.pages.record(shape.at, |bytes| Shape::open(bytes, shape.at, piece))?;
        if let Some(tree) = tree {
            self.ray(walk, tree, point, &mut ray)?;
        }
        Ok((ray.place(), holes))
    }

    /// Sends a ray through a long ring.
    fn ray(&self, walk: &mut Walk, tree: u32, point: Point, ray: &mut Ray) -> Result<(), PackError> {
        let base = walk.stack.len();
        walk.stack.push(root(tree));
        while let Some(slot) = walk.next(base)? {
            if slot.node {
                self.open_node(walk, slot.at, true, |node| {
                    let (odd, open) = node.ray(point);
                    ray.cross(odd);
                    open
                })?;
            } else {
                let moved = slot.seen_from(point);
                self.pages.record(slot.at, |bytes| chunk::ray(bytes, &moved, false, ray))?;
            }
        }
        Ok(())
    }

    /// Is a point strictly inside one of the holes?
    fn in_hole(&self, walk: &mut Walk, tree: u32, point: Point) -> Result<bool, PackError> {
        let here = Bounds { min: point, max: point };
        let base = walk.stack.len();
        walk.stack.push(root(tree));
        while let Some(slot) = walk.next(base)? {
            if slot.node {
                self.open_node(walk, slot.at, false, |node| node.meeting(&here))?;
            } else if self.place(walk, &slot, point)?.0 == Place::Inside {
                walk.stack.truncate(base);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Hands over the edges of a shape and its holes, at least those whose boxes meet a box.
    pub(super) fn edges(
        &self,
        walk: &mut Walk,
        shape: &Slot,
        within: &Bounds,
        edge: &mut dyn FnMut(Point, Point),
    ) -> Result<(), PackError> {
        let base = walk.stack.len();
        walk.stack.push(*shape);
        while let Some(slot) = walk.next(base)? {
            if slot.node {
                self.open_node(walk, slot.at, false, |node| node.meeting(within))?;
                continue;
            }
            let piece = |piece: &[u8]| chunk::edges(piece, &slot, true, &mut *edge);
            let (tree, holes) = self.pages.record(slot.at, |bytes| Shape::open(bytes, slot.at, piece))?;
            walk.stack.extend(holes.map(root));
            let Some(tree) = tree else { continue };
            let base = walk.stack.len();
            walk.stack.push(root(tree));
            while let Some(slot) = walk.next(base)? {
                if slot.node {
                    self.open_node(walk, slot.at, true, |node| node.meeting(within))?;
                } else {
                    self.pages.record(slot.at, |bytes| chunk::edges(bytes, &slot, false, &mut *edge))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::head::{self, Head};
    use super::super::node::{self, Child, Frame};
    use super::super::out::Out;
    use super::super::{FORMAT, Header};
    use super::*;

    /// A pack in which each of `depth` nodes has the one before as its child 32 times.
    fn tangled(depth: u32) -> Vec<u8> {
        let bounds = Bounds { min: Point::default(), max: Point { x: 1 << 40, y: 1 << 40 } };
        let frame = Frame::over(&bounds);
        let header = Header { format: FORMAT, classes: 1, zones: 1, points: 9, ..Header::default() };
        let mut out = Out::behind(head::begin(&header));
        let mut at = out.put(&[3]);
        for _ in 0..depth {
            let here = out.place(node::most_bytes(node::FAN));
            at = out.put(&node::write(
                &frame,
                &[Child { bounds, class: 0, at }; node::FAN],
                false,
                None,
                here,
            ));
        }
        let head = Head { zones: Some(at), surveyed: None, overviews: Vec::new(), bounds };
        head::finish(out.finish(), &header, &head)
    }

    #[test]
    fn who_goes_in_circles_is_stopped_and_so_is_who_goes_too_deep() {
        for depth in [30, 1000] {
            let pack = Pack::open(tangled(depth)).unwrap();
            let point = Point { x: 5, y: 5 };
            assert!(matches!(pack.at(point), Err(PackError::Damaged { .. })));
            assert!(matches!(pack.nearest_edge(point, 1e9), Err(PackError::Damaged { .. })));
        }
        let mut walk = Walk::new(Vec::new(), 100);
        assert!((0..116).all(|_| walk.burn().is_ok()) && walk.burn().is_err());
    }
}
