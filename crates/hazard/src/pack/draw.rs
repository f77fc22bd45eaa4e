//! The shapes of a pack, for a map.

use super::node::Slot;
use super::shape::Shape;
use super::walk::{Walk, root};
use super::{Pack, PackError, chunk};
use crate::{Bounds, Point, Ring, Source};

/// A zone, or in an overview what stands for some.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'r> {
    /// Its class.
    pub class: u8,
    /// Its outer ring and its holes.
    pub rings: &'r [Ring],
    /// What the outer ring spans.
    pub bounds: Bounds,
}

impl<S: Source> Pack<S> {
    /// The zones that meet a box, whole; the mildest first.
    pub fn shapes(&self, within: Bounds, each: &mut dyn FnMut(Drawn<'_>)) -> Result<(), PackError> {
        self.draw(self.head.zones, 0, within, each)
    }

    /// As [`Self::shapes`], as coarse as a map of this zoom (tiles of 4096 steps) does not show; what is too small for it is gathered in
    /// cells.
    pub fn coarse(&self, zoom: u8, within: Bounds, each: &mut dyn FnMut(Drawn<'_>)) -> Result<(), PackError> {
        let fitting = self.head.overviews.iter().find(|overview| overview.zoom >= zoom);
        let (tree, shift) = fitting.map_or((self.head.zones, 0), |fit| (Some(fit.root), fit.shift));
        self.draw(tree, shift, within, each)
    }

    fn draw(
        &self,
        tree: Option<u32>,
        shift: u8,
        within: Bounds,
        each: &mut dyn FnMut(Drawn<'_>),
    ) -> Result<(), PackError> {
        let Some(tree) = tree else { return Ok(()) };
        let scaled = |point: Point| Point { x: point.x >> shift, y: point.y >> shift };
        let within = Bounds { min: scaled(within.min.on_lattice()), max: scaled(within.max.on_lattice()) };
        let mut walk = self.walk();
        // A shape has eight bytes at least, and three points; in an overview there may be more than zones.
        let most = u64::from(self.pages.end() / 8).min(self.header.points);
        let mut found: Vec<Slot> = Vec::new();
        walk.stack.push(root(tree));
        while let Some(slot) = walk.next(0)? {
            if slot.node {
                self.open_node(&mut walk, slot.at, false, |node| node.meeting(&within))?;
            } else if found.len() as u64 >= most {
                return Err(PackError::Damaged { at: slot.at.into(), what: "more shapes than points" });
            } else {
                found.push(slot);
            }
        }
        found.sort_unstable_by_key(|slot| (u64::from(slot.class) << 32) | u64::from(slot.at));
        let mut rings = Rings { rings: Vec::new(), used: 0, left: 0 };
        for slot in found {
            rings.used = 0;
            rings.left = 2 * self.header.points;
            self.read_shape(&mut walk, &slot, &mut rings)?;
            let drawn = rings
                .finish(shift, slot.class)
                .ok_or(PackError::Damaged { at: slot.at.into(), what: "a shape of no sense" })?;
            if slot.class >= self.header.classes {
                return Err(PackError::Damaged { at: slot.at.into(), what: "a class that it does not have" });
            }
            let Bounds { min, max } = drawn.bounds;
            if (Bounds { min: scaled(min), max: scaled(max) }).meets(&within) {
                each(drawn);
            }
        }
        self.rest(walk);
        Ok(())
    }

    /// Reads all rings of a shape.
    fn read_shape(&self, walk: &mut Walk, shape: &Slot, rings: &mut Rings) -> Result<(), PackError> {
        walk.stack.push(*shape);
        while let Some(slot) = walk.next(0)? {
            if slot.node {
                self.open_node(walk, slot.at, false, |node| node.all())?;
                continue;
            }
            rings.begin();
            let piece = |piece: &[u8]| rings.append(piece, &slot);
            let (tree, holes) = self.pages.record(slot.at, |bytes| Shape::open(bytes, slot.at, piece))?;
            walk.stack.extend(holes.map(root));
            let Some(tree) = tree else { continue };
            let base = walk.stack.len();
            walk.stack.push(root(tree));
            while let Some(slot) = walk.next(base)? {
                if slot.node {
                    self.open_node(walk, slot.at, true, |node| node.all())?;
                } else {
                    self.pages.record(slot.at, |bytes| rings.append(bytes, &slot))?;
                }
            }
        }
        Ok(())
    }
}

/// Rings whose memory is used again.
struct Rings {
    rings: Vec<Ring>,
    used: usize,
    /// How many points may still come: with each ring's first once more, fewer than twice what the header says.
    left: u64,
}

impl Rings {
    fn begin(&mut self) {
        if self.rings.len() == self.used {
            self.rings.push(Vec::new());
        }
        if let Some(ring) = self.rings.get_mut(self.used) {
            ring.clear();
        }
        self.used += 1;
    }

    /// Appends a piece; the point where it joins the one before is not repeated.
    fn append(&mut self, piece: &[u8], slot: &Slot) -> Option<()> {
        let ring = self.rings.get_mut(self.used.checked_sub(1)?)?;
        let before = ring.len();
        chunk::each(piece, slot, |point| {
            if ring.last() != Some(&point) {
                ring.push(point);
            }
        })?;
        self.left = self.left.checked_sub((ring.len() - before) as u64)?;
        Some(())
    }

    /// The rings on the lattice; none when there is no outer one or a point is not on the earth.
    fn finish(&mut self, shift: u8, class: u8) -> Option<Drawn<'_>> {
        let rings = self.rings.get_mut(..self.used)?;
        let mut outer = None;
        let far = 1 << 50 >> shift;
        for ring in rings.iter_mut() {
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            let Bounds { min, max } = Bounds::around(ring.iter())?;
            if min.x.min(min.y) < -far || max.x.max(max.y) > far {
                return None;
            }
            let lifted = |point: Point| Point { x: point.x << shift, y: point.y << shift };
            let bounds = Bounds { min: lifted(min), max: lifted(max) };
            if !bounds.min.on_earth() || !bounds.max.on_earth() {
                return None;
            }
            ring.iter_mut().for_each(|point| *point = lifted(*point));
            outer.get_or_insert(bounds);
        }
        Some(Drawn { class, rings, bounds: outer? })
    }
}
