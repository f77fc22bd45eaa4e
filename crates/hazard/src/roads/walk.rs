//! From the steps of a search to a route.

use super::graph::Graph;
use super::legs::{Stride, legs};
use super::pieces::{Costs, Spent, Stretch, between, off_road};
use super::{Route, WayKind, metric};
use crate::Point;

/// A part of a way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Across the fields.
    Straight(Point, Point),
    /// Along an edge, against its direction or with it.
    Stretch { stretch: Stretch, turned: bool, spent: Spent },
}

/// The route that the steps make.
pub(super) fn route(graph: &Graph, costs: &Costs, goal: usize, steps: &[Step]) -> Route {
    let mut points: Vec<Point> = Vec::new();
    let mut strides = Vec::new();
    let (mut all, mut off, mut steps_m) = (Spent::default(), Spent::default(), 0.0);
    let mut step = |a: Point, b: Point, length_m: f64, name| {
        for point in [a, b] {
            if points.last() != Some(&point) {
                points.push(point);
            }
        }
        if length_m > 0.0 {
            strides.push(Stride { name, vector: metric::vector(a, b), length_m });
        }
    };
    for part in steps {
        match part {
            Step::Straight(a, b) => {
                let spent = off_road(*a, *b, costs);
                off.add(spent);
                all.add(spent);
                step(*a, *b, spent.length_m, None);
            }
            Step::Stretch { stretch, turned, spent } => {
                let street =
                    graph.edge(stretch.edge).and_then(|edge| graph.net.streets.get(edge.street as usize));
                let name = street.and_then(|street| street.name.as_deref());
                all.add(*spent);
                if street.is_some_and(|street| street.kind == WayKind::Steps) {
                    steps_m += spent.length_m;
                }
                let mut line: Vec<(Point, Point, f64)> = stretch
                    .parts(&graph.net)
                    .map(|(a, b, begin, end)| {
                        let metres = metric::distance_m(a, b) * (end - begin).max(0.0);
                        (between(a, b, begin), between(a, b, end), metres)
                    })
                    .collect();
                if *turned {
                    line.reverse();
                    line.iter_mut().for_each(|(a, b, _)| std::mem::swap(a, b));
                }
                for (a, b, length_m) in line {
                    step(a, b, length_m, name);
                }
            }
        }
    }
    Route {
        goal,
        points,
        distance_m: all.length_m,
        legs: legs(&strides),
        wet_m: all.wet_m,
        off_road_m: off.length_m,
        steps_m,
    }
}
