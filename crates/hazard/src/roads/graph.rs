//! A walking graph, opened.

use super::format::{self, Edge, Net};
use super::pieces::{Costs, Mark, Stretch};
use super::search::{self, Which};
use super::spot::Meeting;
use super::tree::Tree;
use super::{Cost, RoadsError, Route};
use crate::{Bounds, Point, Source};

/// A walking graph, read whole from its pack and checked.
#[derive(Debug)]
pub struct Graph {
    pub(super) net: Net,
    pub(super) meeting: Meeting,
    pub(super) tree: Tree,
    /// The connected part that each node is in.
    parts: Vec<u32>,
    /// The part with the most metres.
    main: u32,
    metres: f64,
}

impl Graph {
    /// Reads a pack.
    pub fn open<S: Source>(source: S) -> Result<Self, RoadsError> {
        let net = format::read(&source)?;
        let meeting = Meeting::of(net.nodes.len(), net.edges.iter().map(|edge| (edge.a, edge.b)));
        let tree = Tree::of(&net);
        let (parts, count) = parts(&net, &meeting);
        let mut metres = vec![0.0; count];
        for (number, edge) in net.edges.iter().enumerate() {
            let part = parts.get(edge.a as usize).and_then(|part| metres.get_mut(*part as usize));
            let whole = Stretch { edge: number as u32, from: Mark::BEGIN, to: Mark::END };
            if let Some(part) = part {
                *part += whole.parts(&net).map(|(a, b, ..)| super::distance_m(a, b)).sum::<f64>();
            }
        }
        let mut main = (0, 0.0);
        for (part, metres) in metres.iter().enumerate() {
            if *metres > main.1 {
                main = (part as u32, *metres);
            }
        }
        Ok(Graph { net, meeting, tree, parts, main: main.0, metres: metres.iter().sum() })
    }

    /// The way to the goal that is nearest by cost, or none where none can be reached.
    ///
    /// `cost` is asked for straight pieces no longer than 50 m, once for each edge that the search comes to. Start and goals are put on the nearest way that is
    /// not closed there; the rules are in `docs/hazard.md`.
    pub fn route(
        &self,
        from: Point,
        to: &[Point],
        cost: &dyn Fn(Point, Point) -> Cost,
    ) -> Result<Option<Route>, RoadsError> {
        let found = self.search(from, to, cost, Which::Nearest)?;
        Ok(found.into_iter().flatten().next())
    }

    /// The ways to every goal, in the order of the goals, found in one search; none where a goal cannot be reached.
    pub fn routes(
        &self,
        from: Point,
        to: &[Point],
        cost: &dyn Fn(Point, Point) -> Cost,
    ) -> Result<Vec<Option<Route>>, RoadsError> {
        self.search(from, to, cost, Which::All)
    }

    fn search(
        &self,
        from: Point,
        to: &[Point],
        costs: &Costs,
        which: Which,
    ) -> Result<Vec<Option<Route>>, RoadsError> {
        if to.len() > super::MAX_GOALS {
            let (count, limit) = (to.len(), super::MAX_GOALS);
            return Err(RoadsError::TooMany { what: "goals", count, limit });
        }
        Ok(search::search(self, from, to, costs, which))
    }

    /// The box around all ways; none where there are none.
    pub fn bounds(&self) -> Option<Bounds> {
        let spots = self.net.nodes.iter().chain(&self.net.inner);
        let points: Vec<Point> = spots.map(|spot| self.net.corner.point(*spot)).collect();
        Bounds::around(&points)
    }

    /// The metres of all ways together.
    pub fn metres(&self) -> f64 {
        self.metres
    }

    /// Nodes: where ways meet or end.
    pub fn nodes(&self) -> usize {
        self.net.nodes.len()
    }

    /// Edges: lines between nodes.
    pub fn edges(&self) -> usize {
        self.net.edges.len()
    }

    pub(super) fn edge(&self, number: u32) -> Option<&Edge> {
        self.net.edges.get(number as usize)
    }

    /// The connected part that an edge is in.
    pub(super) fn part(&self, edge: u32) -> Option<u32> {
        self.edge(edge).and_then(|edge| self.parts.get(edge.a as usize)).copied()
    }

    /// Is this part the biggest?
    pub(super) fn is_main(&self, part: Option<u32>) -> bool {
        part == Some(self.main)
    }
}

/// The number of the connected part of each node, and how many there are.
fn parts(net: &Net, meeting: &Meeting) -> (Vec<u32>, usize) {
    const NONE: u32 = u32::MAX;
    let mut parts = vec![NONE; net.nodes.len()];
    let mut count = 0;
    let mut open = Vec::new();
    for node in 0..net.nodes.len() as u32 {
        open.push(node);
        let mut new = false;
        while let Some(node) = open.pop() {
            let Some(part) = parts.get_mut(node as usize).filter(|part| **part == NONE) else { continue };
            *part = count;
            new = true;
            for edge in meeting.at(node).iter().filter_map(|edge| net.edges.get(*edge as usize)) {
                open.push(if edge.a == node { edge.b } else { edge.a });
            }
        }
        count += u32::from(new);
    }
    (parts, count as usize)
}
