//! An open pack: what holds at a point, and along a way.

use std::cell::Cell;

use super::head::{self, Head};
use super::locate::cross;
use super::node::Slot;
use super::pages::{KEPT, Pages};
use super::walk::root;
use super::{At, Header, PackError};
use crate::{Bounds, Point, Source};

/// A pack that is open. What it answers it reads from its source's bytes, of which it keeps 16 MiB at most.
pub struct Pack<S: Source> {
    pub(super) header: Header,
    pub(super) head: Head,
    pub(super) pages: Pages<S>,
    /// The memory of the last walk.
    pub(super) stack: Cell<Vec<Slot>>,
}

impl<S: Source> Pack<S> {
    /// Opens a pack: reads its first page and its checksums.
    pub fn open(source: S) -> Result<Self, PackError> {
        let (head, header, sums, end) = head::open(&source)?;
        Ok(Pack { header, head, pages: Pages::new(source, sums, end, KEPT), stack: Cell::default() })
    }

    /// What it says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the zones and the surveyed area span.
    pub fn bounds(&self) -> Bounds {
        self.head.bounds
    }

    /// What holds at a point.
    pub fn at(&self, point: Point) -> Result<At, PackError> {
        if !self.head.bounds.contains(point) {
            return Ok(At { surveyed: false, class: None });
        }
        let class = self.worst(self.head.zones, point)?;
        if class.is_some_and(|class| class >= self.header.classes) {
            return Err(PackError::Damaged { at: 0, what: "a class that it does not have" });
        }
        let surveyed = class.is_some() || self.worst(self.head.surveyed, point)?.is_some();
        Ok(At { surveyed, class })
    }

    fn worst(&self, tree: Option<u32>, point: Point) -> Result<Option<u8>, PackError> {
        let Some(tree) = tree else { return Ok(None) };
        let here = Bounds { min: point, max: point };
        let mut walk = self.walk();
        let mut worst = None;
        walk.stack.push(root(tree));
        while let Some(slot) = walk.next(0)? {
            if Some(slot.class) <= worst {
                continue;
            }
            if slot.node {
                self.open_node(&mut walk, slot.at, false, |node| node.meeting(&here))?;
            } else if self.holds(&mut walk, &slot, point)? {
                worst = Some(slot.class);
            }
        }
        self.rest(walk);
        Ok(worst)
    }

    /// The worst class that the straight way from a to b touches.
    pub fn along(&self, a: Point, b: Point) -> Result<Option<u8>, PackError> {
        let (Some(tree), true, true) = (self.head.zones, a.on_earth(), b.on_earth()) else {
            return Ok(None);
        };
        // A way that touches no edge of a zone lies in it as a whole or not at all.
        let mut worst = self.at(a)?.class;
        let Some(within) = Bounds::around([&a, &b]) else { return Ok(worst) };
        let mut walk = self.walk();
        walk.stack.push(root(tree));
        while let Some(slot) = walk.next(0)? {
            if Some(slot.class) <= worst {
                continue;
            }
            if slot.node {
                self.open_node(&mut walk, slot.at, false, |node| node.meeting(&within))?;
                continue;
            }
            let mut touched = false;
            self.edges(&mut walk, &slot, &within, &mut |c, d| touched |= cross(a, b, c, d))?;
            if touched {
                worst = Some(slot.class);
            }
        }
        self.rest(walk);
        Ok(worst)
    }
}
