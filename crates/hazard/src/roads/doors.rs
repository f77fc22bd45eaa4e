//! Where a start or a goal comes to the ways.

use super::graph::Graph;
use super::metric::Plane;
use super::pieces::{Costs, Mark, Spent, between, off_road, piece_at};
use super::tree::Near;
use super::{Cost, MAX_OFF_ROAD_M};
use crate::Point;

/// So much farther than the nearest way one of the biggest part may be, so that an island of ways is no trap.
const ISLAND_M: f64 = 100.0;
/// So much farther than the nearest way a dry one may be, where the nearest is wet.
const SIDE_M: f64 = 30.0;

/// A place where a point comes to the ways, and the line between.
#[derive(Debug, Clone, Copy)]
pub(super) struct Door {
    pub edge: u32,
    pub mark: Mark,
    pub point: Point,
    pub off: Spent,
}

/// The doors of a point, each way's piece there not closed: on the nearest way; on the nearest of the biggest connected part (if it is
/// no more than [`ISLAND_M`] farther); and, where those are wet, on the nearest dry one of either part that a dry line leads to (if it
/// is no more than [`SIDE_M`] farther). None within [`MAX_OFF_ROAD_M`]: no door.
pub(super) fn doors(graph: &Graph, point: Point, costs: &Costs) -> Vec<Door> {
    let mut doors: Vec<Door> = Vec::new();
    let (mut main, mut dry) = (false, false);
    let mut nearest: Option<(f64, Option<u32>)> = None;
    for near in graph.tree.around(&graph.net, Plane::at(point)) {
        let farther = near.distance_m - nearest.map_or(near.distance_m, |(distance_m, _)| distance_m);
        if near.distance_m > MAX_OFF_ROAD_M || farther > ISLAND_M || main && (dry || farther > SIDE_M) {
            break;
        }
        let part = graph.part(near.edge);
        let is_main = graph.is_main(part);
        let first = nearest.is_none();
        let for_main = is_main && !main;
        let for_dry = !dry && farther <= SIDE_M && (is_main || nearest.is_some_and(|(_, own)| own == part));
        if !first && !for_main && !for_dry {
            continue;
        }
        let Some((cost, door)) = door(graph, point, &near, costs) else { continue };
        let is_dry = cost == Cost::Free && (first || for_main || door.off.wet_m == 0.0);
        if first || for_main || for_dry && is_dry {
            doors.push(door);
            dry |= is_dry;
            main |= is_main;
            nearest.get_or_insert((near.distance_m, part));
        }
    }
    doors
}

/// The door to a segment; none where it is closed.
fn door(graph: &Graph, point: Point, near: &Near, costs: &Costs) -> Option<(Cost, Door)> {
    let edge = graph.edge(near.edge)?;
    let mut line = graph.net.line(edge).skip(near.segment as usize).map(|spot| graph.net.corner.point(spot));
    let (a, b) = (line.next()?, line.next()?);
    let cost = piece_at(a, b, near.along, costs);
    if cost == Cost::Closed {
        return None;
    }
    let at = between(a, b, near.along);
    let off = off_road(point, at, costs);
    let mark = Mark { segment: near.segment, along: near.along };
    Some((cost, Door { edge: near.edge, mark, point: at, off }))
}
