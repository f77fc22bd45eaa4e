//! The search for the cheapest way (A*).

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use super::Route;
use super::doors::{Door, doors};
use super::graph::Graph;
use super::metric::OnGlobe;
use super::pieces::{Costs, Mark, Spent, Stretch, off_road};
use super::walk::{Step, route};
use crate::Point;

/// Which goals are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Nearest,
    All,
}

/// How a node (or goal) was reached at the least weight so far. `turned`: along the edge from its `b` to its `a`.
#[derive(Debug, Clone, Copy)]
enum Came {
    Never,
    /// From a door of the start.
    Start {
        door: u32,
        turned: bool,
    },
    /// Over a whole edge.
    Edge {
        edge: u32,
        turned: bool,
    },
    /// To a goal's door, from a node of its edge.
    Goal {
        door: u32,
        turned: bool,
    },
    /// To a goal's door from a door of the start on the same edge.
    Along {
        start: u32,
        door: u32,
    },
    /// To a goal across the fields.
    Straight,
}

/// A goal's door, seen from a node of its edge.
struct Exit {
    goal: usize,
    came: Came,
    weight: f64,
}

struct Goal {
    point: Point,
    doors: Vec<Door>,
    /// For the least that is still to go: where its doors are, and the weight behind them.
    seen: Vec<(OnGlobe, f64)>,
}

struct Search<'g> {
    graph: &'g Graph,
    costs: &'g Costs<'g>,
    which: Which,
    from: Point,
    start: Vec<Door>,
    goals: Vec<Goal>,
    exits: HashMap<u32, Vec<Exit>>,
    /// Of each node, then of each goal.
    reached: Vec<(f64, Came)>,
    /// What each edge takes, once it was asked for.
    edges: Vec<Option<Spent>>,
    /// The least that is still to go from each node, once it was asked for.
    ahead: Vec<Option<f64>>,
    heap: BinaryHeap<Reverse<Next>>,
}

/// The routes to the goals: of all, or only the nearest.
pub(super) fn search<'g>(
    graph: &'g Graph,
    from: Point,
    to: &[Point],
    costs: &'g Costs<'g>,
    which: Which,
) -> Vec<Option<Route>> {
    let goal = |point: &Point| {
        let doors = doors(graph, *point, costs);
        let seen = doors.iter().map(|door| (OnGlobe::of(door.point), door.off.weight)).collect();
        Goal { point: *point, doors, seen }
    };
    let nodes = graph.net.nodes.len();
    let mut search = Search {
        graph,
        costs,
        which,
        from,
        start: doors(graph, from, costs),
        goals: to.iter().map(goal).collect(),
        exits: HashMap::new(),
        reached: vec![(f64::INFINITY, Came::Never); nodes + to.len()],
        edges: vec![None; graph.net.edges.len()],
        ahead: vec![None; nodes],
        heap: BinaryHeap::new(),
    };
    search.begin();
    let mut routes: Vec<Option<Route>> = to.iter().map(|_| None).collect();
    let within_reach = search.within_reach();
    let mut left = if which == Which::Nearest { within_reach.min(1) } else { within_reach };
    while let Some(Reverse(next)) = search.heap.pop() {
        if left == 0 {
            break;
        }
        if search.reached.get(next.place).is_none_or(|(weight, _)| next.weight > *weight) {
            continue;
        }
        match next.place.checked_sub(nodes) {
            Some(goal) => {
                if let Some(found) = routes.get_mut(goal) {
                    *found = Some(route(graph, costs, goal, &search.path(goal)));
                }
                left -= 1;
            }
            None => search.spread(next.place as u32, next.weight),
        }
    }
    routes
}

impl Search<'_> {
    /// From the start's doors, and the ways that need no node.
    fn begin(&mut self) {
        let start = self.start.clone();
        for (number, door) in start.iter().enumerate() {
            let Some(edge) = self.graph.edge(door.edge).copied() else { continue };
            for (turned, node) in [(true, edge.a), (false, edge.b)] {
                let weight = door.off.weight + self.spent(to_node(door, turned)).weight;
                self.offer(node as usize, weight, Came::Start { door: number as u32, turned });
            }
        }
        for number in 0..self.goals.len() {
            self.begin_goal(number, &start);
        }
    }

    /// How many goals can be reached at all, were nothing closed: a search for others would look at every way in vain.
    fn within_reach(&self) -> usize {
        let starts: Vec<_> = self.start.iter().map(|door| self.graph.part(door.edge)).collect();
        let nodes = self.graph.net.nodes.len();
        let reached = |number: usize| self.reached.get(nodes + number).is_some_and(|(w, _)| w.is_finite());
        let near = |goal: &Goal| goal.doors.iter().any(|door| starts.contains(&self.graph.part(door.edge)));
        self.goals.iter().enumerate().filter(|(number, goal)| reached(*number) || near(goal)).count()
    }

    fn begin_goal(&mut self, number: usize, start: &[Door]) {
        let Some(goal) = self.goals.get(number) else { return };
        let (to, doors) = (goal.point, goal.doors.clone());
        let place = self.graph.net.nodes.len() + number;
        // Nobody walks to the street and back who can go straight.
        let off = |doors: &[Door]| doors.iter().map(|door| door.off.length_m).fold(f64::INFINITY, f64::min);
        let doors_off = if start.is_empty() || doors.is_empty() { 0.0 } else { off(start) + off(&doors) };
        let straight = off_road(self.from, to, self.costs);
        if straight.length_m <= doors_off {
            self.offer(place, straight.weight, Came::Straight);
        }
        for (index, door) in doors.iter().enumerate() {
            let index = index as u32;
            let Some(edge) = self.graph.edge(door.edge).copied() else { continue };
            for (turned, node) in [(false, edge.a), (true, edge.b)] {
                let weight = door.off.weight + self.spent(to_node(door, !turned)).weight;
                let came = Came::Goal { door: index, turned };
                self.exits.entry(node).or_default().push(Exit { goal: number, came, weight });
            }
            for (first, from) in start.iter().enumerate().filter(|(_, from)| from.edge == door.edge) {
                let (stretch, _) = along(from, door);
                let weight = from.off.weight + self.spent(stretch).weight + door.off.weight;
                self.offer(place, weight, Came::Along { start: first as u32, door: index });
            }
        }
    }

    /// Goes on from a node.
    fn spread(&mut self, node: u32, weight: f64) {
        let graph = self.graph;
        let nodes = graph.net.nodes.len();
        if let Some(exits) = self.exits.remove(&node) {
            for exit in &exits {
                self.offer(nodes + exit.goal, weight + exit.weight, exit.came);
            }
            self.exits.insert(node, exits);
        }
        for number in graph.meeting.at(node) {
            let Some(edge) = graph.edge(*number).filter(|edge| edge.a != edge.b) else { continue };
            let turned = edge.b == node;
            let other = if turned { edge.a } else { edge.b };
            let more = self.whole(*number);
            self.offer(other as usize, weight + more, Came::Edge { edge: *number, turned });
        }
    }

    fn offer(&mut self, place: usize, weight: f64, came: Came) {
        if self.reached.get(place).is_none_or(|(before, _)| weight >= *before) {
            return;
        }
        let least = weight + self.ahead(place);
        // Where no goal can be seen there is nothing to go on for.
        if least.is_infinite() {
            return;
        }
        if let Some(reached) = self.reached.get_mut(place) {
            *reached = (weight, came);
        }
        self.heap.push(Reverse(Next { least, weight, place }));
    }

    /// The least that is still to go to any goal: in a straight line, on the dry.
    fn ahead(&mut self, place: usize) -> f64 {
        let Some(known) = self.ahead.get_mut(place).filter(|_| self.which == Which::Nearest) else {
            return 0.0;
        };
        let spot = self.graph.net.nodes.get(place).copied();
        *known.get_or_insert_with(|| {
            let Some(here) = spot.map(|spot| OnGlobe::of(self.graph.net.corner.point(spot))) else {
                return 0.0;
            };
            let seen = self.goals.iter().flat_map(|goal| &goal.seen);
            // A little less, for the rounding of sums of metres.
            seen.map(|(door, off)| here.chord_m(door) * (1.0 - 1e-9) + off).fold(f64::INFINITY, f64::min)
        })
    }

    fn whole(&mut self, edge: u32) -> f64 {
        let (graph, costs) = (self.graph, self.costs);
        let Some(known) = self.edges.get_mut(edge as usize) else { return f64::INFINITY };
        known.get_or_insert_with(|| whole(edge).spent(&graph.net, costs)).weight
    }

    fn spent(&self, stretch: Stretch) -> Spent {
        stretch.spent(&self.graph.net, self.costs)
    }

    fn step(&self, stretch: Stretch, turned: bool) -> Step {
        Step::Stretch { stretch, turned, spent: self.spent(stretch) }
    }

    /// The steps to a goal that was reached.
    fn path(&self, goal: usize) -> Vec<Step> {
        let nodes = self.graph.net.nodes.len();
        let none = Vec::new();
        let (to, doors) = self.goals.get(goal).map_or((self.from, &none), |goal| (goal.point, &goal.doors));
        let mut steps = Vec::new();
        let mut place = nodes + goal;
        while let Some((_, came)) = self.reached.get(place) {
            match *came {
                Came::Never => break,
                Came::Straight => {
                    steps.push(Step::Straight(self.from, to));
                    break;
                }
                Came::Along { start, door } => {
                    let ends = self.start.get(start as usize).zip(doors.get(door as usize));
                    let Some((from, door)) = ends else { break };
                    let (stretch, turned) = along(from, door);
                    steps.push(Step::Straight(door.point, to));
                    steps.push(self.step(stretch, turned));
                    steps.push(Step::Straight(self.from, from.point));
                    break;
                }
                Came::Goal { door, turned } => {
                    let Some(door) = doors.get(door as usize) else { break };
                    let Some(edge) = self.graph.edge(door.edge) else { break };
                    steps.push(Step::Straight(door.point, to));
                    steps.push(self.step(to_node(door, !turned), turned));
                    place = if turned { edge.b } else { edge.a } as usize;
                }
                Came::Edge { edge: number, turned } => {
                    let Some(edge) = self.graph.edge(number) else { break };
                    let known = self.edges.get(number as usize).copied().flatten();
                    let spent = known.unwrap_or_else(|| self.spent(whole(number)));
                    steps.push(Step::Stretch { stretch: whole(number), turned, spent });
                    place = if turned { edge.b } else { edge.a } as usize;
                }
                Came::Start { door, turned } => {
                    let Some(door) = self.start.get(door as usize) else { break };
                    steps.push(self.step(to_node(door, turned), turned));
                    steps.push(Step::Straight(self.from, door.point));
                    break;
                }
            }
        }
        steps.reverse();
        steps
    }
}

fn whole(edge: u32) -> Stretch {
    Stretch { edge, from: Mark::BEGIN, to: Mark::END }
}

/// The stretch between a door and the first node of its edge, or the last one.
fn to_node(door: &Door, first: bool) -> Stretch {
    let (from, to) = if first { (Mark::BEGIN, door.mark) } else { (door.mark, Mark::END) };
    Stretch { edge: door.edge, from, to }
}

/// The stretch between two doors of one edge, and whether it is walked against its direction.
fn along(from: &Door, to: &Door) -> (Stretch, bool) {
    let turned = from.mark > to.mark;
    let (first, last) = if turned { (to.mark, from.mark) } else { (from.mark, to.mark) };
    (Stretch { edge: from.edge, from: first, to: last }, turned)
}

/// What to look at next: the least weight of a way over a place to a goal, and that to the place.
#[derive(Debug, Clone, Copy)]
struct Next {
    least: f64,
    weight: f64,
    place: usize,
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        let rest = self.weight.total_cmp(&other.weight).then(self.place.cmp(&other.place));
        self.least.total_cmp(&other.least).then(rest)
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Next {}
