//! Ways over a walking graph: as short as can be, out of the water, never where it is closed.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use madoguchi_hazard::Point;
use madoguchi_hazard::roads::{
    AVOID, Cost, Graph, Heading8, RoadsError, Route, Way, WayKind, build, build_crossing, distance_m,
};
use proptest::prelude::*;

/// A point of a grid of 6.6 m, on the lattice of the packs, in Japan.
fn at(x: i64, y: i64) -> Point {
    Point { x: (139 << 40) + ((x * 1000) << 16), y: (35 << 40) + ((y * 1000) << 16) }
}

fn way(points: &[(i64, i64)]) -> Way {
    named(points, None)
}

fn named(points: &[(i64, i64)], name: Option<&str>) -> Way {
    Way {
        points: points.iter().map(|(x, y)| at(*x, *y)).collect(),
        kind: WayKind::Road,
        name: name.map(str::to_owned),
    }
}

fn graph(ways: &[Way]) -> Graph {
    Graph::open(build(ways).unwrap()).unwrap()
}

fn free(_: Point, _: Point) -> Cost {
    Cost::Free
}

/// A zone: pieces whose middle lies in a box of the grid.
fn zone(min: (i64, i64), max: (i64, i64), cost: Cost) -> impl Fn(Point, Point) -> Cost {
    let (min, max) = (at(min.0, min.1), at(max.0, max.1));
    move |a, b| {
        let (x, y) = ((a.x + b.x) / 2, (a.y + b.y) / 2);
        let inside = (min.x..=max.x).contains(&x) && (min.y..=max.y).contains(&y);
        if inside { cost } else { Cost::Free }
    }
}

fn parts_add_up(route: &Route) {
    let sum: f64 = route.points.windows(2).map(|p| distance_m(p[0], p[1])).sum();
    assert!((sum - route.distance_m).abs() < 1e-3, "{sum} {}", route.distance_m);
    let legs: f64 = route.legs.iter().map(|leg| leg.distance_m).sum();
    assert!((legs - route.distance_m).abs() < 1e-3, "{legs} {}", route.distance_m);
    assert!(route.wet_m <= route.distance_m + 1e-6 && route.off_road_m <= route.distance_m + 1e-6);
}

fn metres(a: (i64, i64), b: (i64, i64)) -> f64 {
    distance_m(at(a.0, a.1), at(b.0, b.1))
}

#[test]
fn the_shorter_way_around_is_taken() {
    let graph = graph(&[way(&[(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), way(&[(4, 4), (8, 4)])]);
    let route = graph.route(at(1, 0), &[at(8, 4)], &free).unwrap().unwrap();
    parts_add_up(&route);
    assert_eq!(route.points, [at(1, 0), at(4, 0), at(4, 4), at(8, 4)]);
    assert_eq!(
        route.legs.iter().map(|l| l.heading).collect::<Vec<_>>(),
        [Heading8::E, Heading8::N, Heading8::E]
    );
    assert_eq!((route.goal, route.off_road_m, route.wet_m, route.steps_m), (0, 0.0, 0.0, 0.0));
}

#[test]
fn the_nearest_goal_is_that_with_the_shortest_way() {
    // The second goal is nearer as the crow flies.
    let graph = graph(&[way(&[(0, 0), (6, 0)]), way(&[(0, 0), (-9, 0), (-9, 3), (1, 3)])]);
    let goals = [at(6, 0), at(1, 3)];
    let route = graph.route(at(0, 0), &goals, &free).unwrap().unwrap();
    assert_eq!(route.goal, 0);
    let all = graph.routes(at(0, 0), &goals, &free).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].as_ref(), Some(&route));
    let second = all[1].as_ref().unwrap();
    parts_add_up(second);
    assert_eq!(second.goal, 1);
    assert!(second.distance_m > route.distance_m);
}

#[test]
fn both_on_one_street_need_no_corner() {
    let graph = graph(&[way(&[(0, 0), (10, 0)])]);
    for (from, to) in [((2, 0), (7, 0)), ((7, 0), (2, 0))] {
        let route = graph.route(at(from.0, from.1), &[at(to.0, to.1)], &free).unwrap().unwrap();
        assert_eq!(route.points, [at(from.0, from.1), at(to.0, to.1)]);
        assert!((route.distance_m - metres(from, to)).abs() < 1e-6);
    }
}

#[test]
fn off_the_road_is_counted_and_told() {
    let graph = graph(&[way(&[(0, 0), (20, 0)])]);
    let route = graph.route(at(2, 3), &[at(15, -2)], &free).unwrap().unwrap();
    parts_add_up(&route);
    let off = metres((2, 3), (2, 0)) + metres((15, -2), (15, 0));
    assert!((route.off_road_m - off).abs() < 0.01, "{} {off}", route.off_road_m);
    assert_eq!((route.points[0], *route.points.last().unwrap()), (at(2, 3), at(15, -2)));
    // Too far from any way.
    assert_eq!(graph.route(at(0, 400), &[at(2, 0)], &free).unwrap(), None);
    assert_eq!(graph.route(at(0, 0), &[at(2, 400)], &free).unwrap(), None);
}

#[test]
fn who_is_there_walks_nowhere() {
    let graph = graph(&[way(&[(0, 0), (20, 0)])]);
    for here in [at(3, 0), at(3, 5), at(0, 900)] {
        let route = graph.route(here, &[at(19, 0), here], &free).unwrap().unwrap();
        assert_eq!((route.goal, route.distance_m, route.legs.len()), (1, 0.0, 0));
        assert_eq!(route.points, [here]);
    }
    // Next door, and the street is farther than the door.
    let route = graph.route(at(3, 5), &[at(4, 5)], &free).unwrap().unwrap();
    assert_eq!(route.points, [at(3, 5), at(4, 5)]);
    assert_eq!(route.off_road_m, route.distance_m);
}

#[test]
fn no_way_is_no_route() {
    let graph = graph(&[way(&[(0, 0), (30, 0)]), way(&[(0, 60), (3, 60)])]);
    assert_eq!(graph.route(at(0, 0), &[at(2, 60)], &free).unwrap(), None);
    assert_eq!(graph.route(at(0, 0), &[], &free).unwrap(), None);
    assert_eq!(graph.routes(at(0, 0), &[at(2, 60), at(1, 0)], &free).unwrap()[0], None);
    let empty = Graph::open(build(&[]).unwrap()).unwrap();
    assert_eq!(empty.route(at(0, 0), &[at(1, 0)], &free).unwrap(), None);
    assert_eq!(empty.bounds(), None);
}

#[test]
fn an_island_of_ways_is_no_trap_and_an_island_is_one() {
    // A square's own paths, 20 m from the street and not joined to it.
    let street = way(&[(0, 0), (60, 0)]);
    let graph = graph(&[street, way(&[(5, 3), (8, 3), (8, 5)]), way(&[(0, 70), (40, 70)])]);
    let route = graph.route(at(6, 4), &[at(50, 0)], &free).unwrap().unwrap();
    parts_add_up(&route);
    assert!(route.off_road_m > metres((0, 0), (0, 3)) && route.off_road_m < 30.0);
    // Both on it: its own paths lead there.
    let route = graph.route(at(5, 3), &[at(8, 5)], &free).unwrap().unwrap();
    assert_eq!(route.off_road_m, 0.0);
    // 460 m away nobody jumps over.
    assert_eq!(graph.route(at(5, 70), &[at(50, 0)], &free).unwrap(), None);
    assert!(graph.route(at(5, 70), &[at(30, 70)], &free).unwrap().is_some());
}

/// A direct way of 40 steps and a detour of 60.
fn two_ways() -> Graph {
    graph(&[
        way(&[(0, 0), (5, 0), (10, 0), (15, 0), (20, 0), (25, 0), (30, 0), (35, 0), (40, 0)]),
        way(&[(0, 0), (0, 5), (0, 10), (5, 10), (20, 10), (40, 10), (40, 5), (40, 0)]),
    ])
}

#[test]
fn a_zone_across_the_direct_way_is_avoided() {
    let graph = two_ways();
    let wet = zone((15, -3), (25, 3), Cost::Worse(AVOID));
    let route = graph.route(at(0, 0), &[at(40, 0)], &wet).unwrap().unwrap();
    parts_add_up(&route);
    assert_eq!(route.wet_m, 0.0);
    assert!(route.points.contains(&at(20, 10)));
    assert!(graph.route(at(0, 0), &[at(40, 0)], &free).unwrap().unwrap().points.contains(&at(20, 0)));
}

#[test]
fn a_zone_across_all_ways_is_crossed_and_told() {
    let graph = two_ways();
    let wet = zone((15, -30), (25, 30), Cost::Worse(AVOID));
    let route = graph.route(at(0, 0), &[at(40, 0)], &wet).unwrap().unwrap();
    // Pieces are wet as a whole: the direct way has two of 5 steps in it.
    assert!((route.wet_m - metres((15, 0), (25, 0))).abs() < 0.01, "{}", route.wet_m);
    let closed = zone((15, -30), (25, 30), Cost::Closed);
    assert_eq!(graph.route(at(0, 0), &[at(40, 0)], &closed).unwrap(), None);
}

#[test]
fn a_closed_way_is_never_used() {
    let graph = two_ways();
    let closed = zone((15, -3), (25, 3), Cost::Closed);
    let route = graph.route(at(0, 0), &[at(40, 0)], &closed).unwrap().unwrap();
    assert!(route.points.contains(&at(20, 10)) && route.wet_m == 0.0);
    // From this side of what is closed, on the same street and the same edge.
    let route = graph.route(at(12, 0), &[at(28, 0)], &closed).unwrap().unwrap();
    assert!(route.points.contains(&at(20, 10)));
    let endless = zone((15, -3), (25, 3), Cost::Worse(f64::INFINITY));
    let same = graph.route(at(12, 0), &[at(28, 0)], &endless).unwrap().unwrap();
    assert_eq!(same, route);
}

#[test]
fn who_stands_in_the_water_gets_out_on_the_shortest_wet_way() {
    let graph = two_ways();
    // To the west it is nearer out of the water, to the east to the goal.
    let wet = zone((10, -30), (30, 5), Cost::Worse(AVOID));
    let route = graph.route(at(15, 0), &[at(40, 0)], &wet).unwrap().unwrap();
    parts_add_up(&route);
    assert!((route.wet_m - metres((10, 0), (15, 0))).abs() < 0.01, "{}", route.wet_m);
    assert!(route.points.contains(&at(5, 10)));
}

#[test]
fn a_dry_street_beside_a_wet_one_is_the_one_to_go_out_to() {
    // The wet street is 13 m off, the dry one 20 m.
    let graph = graph(&[
        way(&[(0, 0), (10, 0), (20, 0), (30, 0), (30, 5)]),
        way(&[(0, 5), (10, 5), (20, 5), (30, 5), (40, 5)]),
    ]);
    let wet = zone((-5, -2), (31, 1), Cost::Worse(AVOID));
    let route = graph.route(at(6, 2), &[at(40, 5)], &wet).unwrap().unwrap();
    assert_eq!(route.wet_m, 0.0);
    assert!(route.points.contains(&at(20, 5)));
}

#[test]
fn nobody_is_sent_across_the_fields_to_a_dry_street_that_is_far_or_behind_water() {
    // The dry street is 40 m farther than the wet one; then as near, with the water in between.
    for (far, zone_to) in [(10, 1), (5, 4)] {
        let graph = graph(&[
            way(&[(0, 0), (10, 0), (20, 0), (30, 0), (30, far)]),
            way(&[(0, far), (10, far), (20, far), (30, far), (40, far)]),
        ]);
        let wet = zone((-5, -2), (29, zone_to), Cost::Worse(AVOID));
        let route = graph.route(at(6, 2), &[at(40, far)], &wet).unwrap().unwrap();
        assert!(route.wet_m > 0.0 && route.points.contains(&at(20, 0)), "{route:?}");
    }
}

#[test]
fn a_long_straight_is_wet_only_where_it_is() {
    // 660 m without a point in between, 30 m of it in the zone.
    let graph = graph(&[way(&[(0, 0), (0, 100)])]);
    let wet = zone((-1, 50), (1, 55), Cost::Worse(AVOID));
    let route = graph.route(at(0, 0), &[at(0, 100)], &wet).unwrap().unwrap();
    assert!(route.wet_m > 0.0 && route.wet_m <= 50.0, "{}", route.wet_m);
}

#[test]
fn streets_are_named_and_stairs_counted() {
    let mut stairs = named(&[(20, 0), (20, 10)], None);
    stairs.kind = WayKind::Steps;
    let graph = graph(&[named(&[(0, 0), (10, 0), (20, 0)], Some("本町通り")), stairs]);
    let route = graph.route(at(0, 0), &[at(20, 10)], &free).unwrap().unwrap();
    let told: Vec<_> = route.legs.iter().map(|leg| (leg.name.as_deref(), leg.heading.code())).collect();
    assert_eq!(told, [(Some("本町通り"), "e"), (None, "n")]);
    assert!((route.steps_m - metres((20, 0), (20, 10))).abs() < 1e-6);
}

#[test]
fn lines_that_only_cross_are_joined_when_told() {
    let ways = [way(&[(0, 0), (40, 40)]), way(&[(0, 40), (40, 0)])];
    let far = (at(0, 0), [at(40, 0)]);
    // As the crow flies everything is too far apart for a jump.
    assert_eq!(graph(&ways).route(far.0, &far.1, &free).unwrap(), None);
    let joined = Graph::open(build_crossing(&ways).unwrap()).unwrap();
    let route = joined.route(far.0, &far.1, &free).unwrap().unwrap();
    assert_eq!(route.points, [at(0, 0), at(20, 20), at(40, 0)]);
}

#[test]
fn doubles_loops_and_ways_of_no_length_do_no_harm() {
    let mut ways = vec![way(&[(0, 0), (10, 0), (20, 0)])];
    for number in 0..3000 {
        ways.push(named(&[(20, 0), (10, 0)], Some(["a", "b"][number % 2])));
        ways.push(way(&[(5, 0), (5, 0), (5, 0)]));
        ways.push(way(&[(10, 0)]));
        ways.push(way(&[]));
    }
    // A loop at the end of a street, and lines that go there and back.
    ways.push(way(&[(20, 0), (24, 0), (24, 4), (20, 0)]));
    ways.push(way(&[(0, 0), (10, 0), (0, 0), (10, 0)]));
    let graph = graph(&ways);
    assert_eq!((graph.nodes(), graph.edges()), (3, 3));
    let route = graph.route(at(0, 0), &[at(24, 4)], &free).unwrap().unwrap();
    parts_add_up(&route);
    assert_eq!(*route.points.last().unwrap(), at(24, 4));
    let around = graph.route(at(24, 1), &[at(22, 2)], &free).unwrap().unwrap();
    parts_add_up(&around);
    assert!(!around.points.contains(&at(20, 0)), "the short way around the loop");
    let out = graph.route(at(24, 1), &[at(15, 0)], &free).unwrap().unwrap();
    assert!(out.points.contains(&at(24, 0)) && !out.points.contains(&at(24, 4)));
    // Of the doubles that with a name remains.
    assert_eq!(
        graph.route(at(10, 0), &[at(18, 0)], &free).unwrap().unwrap().legs[0].name.as_deref(),
        Some("a")
    );
}

#[test]
fn a_star_of_thousands_of_ways_is_built_and_walked() {
    let ways: Vec<Way> = (0..20_000).map(|i| way(&[(0, 0), (1 + i % 200, 1 + i / 200)])).collect();
    let graph = graph(&ways);
    assert_eq!(graph.nodes(), 20_001);
    assert!(graph.route(at(3, 90), &[at(7, 95)], &free).unwrap().is_some());
}

#[test]
fn limits_are_told() {
    let far = [way(&[(0, 0), (1, 0)]), Way { points: vec![Point::default(); 2], ..way(&[]) }];
    assert!(matches!(build(&far), Err(RoadsError::TooWide)));
    let long = named(&[(0, 0), (1, 0)], Some(&"長".repeat(400)));
    assert!(matches!(build(&[way(&[]), long]), Err(RoadsError::Name(1))));
    let many = [Way { points: vec![at(0, 0); 8_000_001], ..way(&[]) }];
    assert!(matches!(build(&many), Err(RoadsError::TooMany { what: "points of ways", .. })));
    let graph = two_ways();
    let goals = vec![at(0, 0); 1001];
    assert!(matches!(graph.route(at(0, 0), &goals, &free), Err(RoadsError::TooMany { .. })));
}

type Walks = Vec<((i64, i64), Vec<(i64, i64)>)>;

fn walks() -> impl Strategy<Value = Walks> {
    // Steps short enough to be pieces as they are.
    let step = (-4..=4i64, -4..=4i64);
    prop::collection::vec(((0..12i64, 0..12i64), prop::collection::vec(step, 1..12)), 1..14)
}

fn ways_of(walks: &Walks) -> Vec<Vec<(i64, i64)>> {
    walks
        .iter()
        .map(|(start, steps)| {
            let mut at = *start;
            let mut line = vec![at];
            for (x, y) in steps {
                at = (at.0 + x, at.1 + y);
                line.push(at);
            }
            line
        })
        .collect()
}

type Net = BTreeMap<(i64, i64), Vec<(i64, i64)>>;

fn net(lines: &[Vec<(i64, i64)>]) -> Net {
    let mut net = Net::new();
    for pair in lines.iter().flat_map(|line| line.windows(2)).filter(|pair| pair[0] != pair[1]) {
        net.entry(pair[0]).or_default().push(pair[1]);
        net.entry(pair[1]).or_default().push(pair[0]);
    }
    net
}

/// The least weights from a point, without any of the graph's devices.
fn plain(net: &Net, from: (i64, i64), cost: &dyn Fn(Point, Point) -> Cost) -> BTreeMap<(i64, i64), f64> {
    let mut done = BTreeMap::new();
    let mut open: Vec<(f64, (i64, i64))> = vec![(0.0, from)];
    while let Some(next) = (0..open.len()).min_by(|a, b| open[*a].0.total_cmp(&open[*b].0)) {
        let (weight, place) = open.swap_remove(next);
        if done.contains_key(&place) {
            continue;
        }
        done.insert(place, weight);
        for to in &net[&place] {
            let length = metres(place, *to);
            match cost(at(place.0, place.1), at(to.0, to.1)) {
                Cost::Free => open.push((weight + length, *to)),
                Cost::Worse(factor) => open.push((weight + length * factor, *to)),
                Cost::Closed => {}
            }
        }
    }
    done
}

/// Does a line pass over a point without having it?
fn is_passed(net: &Net, place: (i64, i64)) -> bool {
    let over = |a: (i64, i64), b: (i64, i64)| {
        let (ax, ay, bx, by) = (a.0 - place.0, a.1 - place.1, b.0 - place.0, b.1 - place.1);
        a != place && b != place && ax * by == ay * bx && ax * bx + ay * by <= 0
    };
    net.iter().any(|(a, ends)| ends.iter().any(|b| over(*a, *b)))
}

/// The points of the part with the most metres, when there is one such; without those that lie on another line too, where nothing
/// tells which of the two is meant.
fn main_part(net: &Net) -> Option<Vec<(i64, i64)>> {
    let mut parts: Vec<(f64, Vec<(i64, i64)>)> = Vec::new();
    for place in net.keys() {
        if parts.iter().any(|(_, part)| part.contains(place)) {
            continue;
        }
        let part: Vec<_> = plain(net, *place, &free).into_keys().collect();
        let mut segments: Vec<_> =
            part.iter().flat_map(|a| net[a].iter().map(move |b| (*a.min(b), *a.max(b)))).collect();
        segments.sort_unstable();
        segments.dedup();
        parts.push((segments.iter().map(|(a, b)| metres(*a, *b)).sum(), part));
    }
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let alone = parts.len() < 2 || parts[0].0 > parts[1].0 + 0.1;
    let part = parts.into_iter().next().filter(|_| alone)?.1;
    let part: Vec<_> = part.into_iter().filter(|place| !is_passed(net, *place)).collect();
    (!part.is_empty()).then_some(part)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_way_is_shorter(
        walks in walks(), from in any::<prop::sample::Index>(), to in prop::collection::vec(any::<prop::sample::Index>(), 1..5)
    ) {
        let lines = ways_of(&walks);
        let net = net(&lines);
        let Some(part) = main_part(&net) else { return Ok(()) };
        let graph = graph(&lines.iter().map(|line| way(line)).collect::<Vec<_>>());
        let from = part[from.index(part.len())];
        let to: Vec<_> = to.iter().map(|to| part[to.index(part.len())]).collect();
        let goals: Vec<Point> = to.iter().map(|to| at(to.0, to.1)).collect();
        let plain = plain(&net, from, &free);
        let least = to.iter().map(|to| plain[to]).fold(f64::INFINITY, f64::min);
        let route = graph.route(at(from.0, from.1), &goals, &free).unwrap().unwrap();
        parts_add_up(&route);
        prop_assert!((route.distance_m - least).abs() < 1e-6, "{} {}", route.distance_m, least);
        prop_assert_eq!(route.off_road_m, 0.0);
        let all = graph.routes(at(from.0, from.1), &goals, &free).unwrap();
        for (number, (found, to)) in all.iter().zip(&to).enumerate() {
            let found = found.as_ref().unwrap();
            parts_add_up(found);
            prop_assert_eq!(found.goal, number);
            prop_assert!((found.distance_m - plain[to]).abs() < 1e-6);
        }
    }

    #[test]
    fn no_way_is_drier(
        walks in walks(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
        corner in (0..12i64, 0..12i64), size in (1..8i64, 1..8i64), closed in any::<bool>(),
    ) {
        let lines = ways_of(&walks);
        let net = net(&lines);
        let Some(part) = main_part(&net) else { return Ok(()) };
        let graph = graph(&lines.iter().map(|line| way(line)).collect::<Vec<_>>());
        let (from, to) = (part[from.index(part.len())], part[to.index(part.len())]);
        let what = if closed { Cost::Closed } else { Cost::Worse(20.0) };
        let cost = zone(corner, (corner.0 + size.0, corner.1 + size.1), what);
        let plain = plain(&net, from, &cost);
        let Some(route) = graph.route(at(from.0, from.1), &[at(to.0, to.1)], &cost).unwrap() else {
            // Only where the plain search finds none either.
            prop_assert!(!plain.contains_key(&to));
            return Ok(());
        };
        parts_add_up(&route);
        if route.off_road_m == 0.0 {
            let weight = route.distance_m + route.wet_m * 19.0;
            prop_assert!(plain.get(&to).is_none_or(|least| weight <= least + 1e-6));
            if closed {
                // Every point of the grid on it is reached by open segments only.
                prop_assert!(plain.contains_key(&to) && route.wet_m == 0.0);
            }
        }
    }

    #[test]
    fn order_direction_and_division_of_ways_do_not_matter(
        walks in walks(), seed in prop::collection::vec((any::<u16>(), any::<bool>()), 200)
    ) {
        let lines = ways_of(&walks);
        let ways: Vec<Way> = lines.iter().map(|line| way(line)).collect();
        let mut pieces: Vec<(u16, Way)> = lines
            .iter()
            .flat_map(|line| line.windows(2))
            .zip(seed.iter().cycle())
            .map(|(pair, (rank, turned))| {
                let pair = if *turned { [pair[1], pair[0]] } else { [pair[0], pair[1]] };
                (*rank, way(&pair))
            })
            .collect();
        pieces.sort_by_key(|(rank, _)| *rank);
        let pieces: Vec<Way> = pieces.into_iter().map(|(_, way)| way).collect();
        prop_assert_eq!(build(&ways).unwrap(), build(&pieces).unwrap());
        prop_assert_eq!(build_crossing(&ways).unwrap(), build_crossing(&pieces).unwrap());
    }

    #[test]
    fn there_and_back_are_as_far(walks in walks(), ends in prop::array::uniform4(-3..20i64)) {
        let graph = graph(&ways_of(&walks).iter().map(|line| way(line)).collect::<Vec<_>>());
        let (from, to) = (at(ends[0], ends[1]), at(ends[2], ends[3]));
        let there = graph.route(from, &[to], &free).unwrap();
        let back = graph.route(to, &[from], &free).unwrap();
        prop_assert_eq!(there.is_some(), back.is_some());
        if let (Some(there), Some(back)) = (there, back) {
            parts_add_up(&there);
            let weight = |route: &Route| route.distance_m + route.off_road_m;
            prop_assert!((weight(&there) - weight(&back)).abs() < 1e-3);
        }
    }

    #[test]
    fn a_damaged_pack_is_an_error(place in any::<prop::sample::Index>(), flip in 1..=255u8, cut in any::<prop::sample::Index>()) {
        let bytes = build(&[named(&[(0, 0), (9, 3), (12, 8)], Some("大通り")), way(&[(9, 3), (0, 9)])]).unwrap();
        let mut flipped = bytes.clone();
        let place = place.index(bytes.len());
        flipped[place] ^= flip;
        prop_assert!(Graph::open(flipped).is_err());
        prop_assert!(Graph::open(&bytes[..cut.index(bytes.len())]).is_err());
        let longer = [&bytes[..], &[flip]].concat();
        prop_assert!(Graph::open(longer).is_err());
    }
}

mod real {
    //! The streets around 大手町 (OpenStreetMap), where they are at hand.

    use super::*;

    fn streets(inside: bool) -> Option<Vec<Way>> {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../shared/data/map/osm_otemachi/roads.geojson");
        let Ok(text) = std::fs::read(file) else {
            eprintln!("skipped: no shared data (map/osm_otemachi)");
            return None;
        };
        let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let ways = json["features"].as_array().unwrap().iter().filter_map(|feature| {
            let tags: BTreeMap<&str, String> = feature["properties"]
                .as_object()?
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str().map_or_else(|| v.to_string(), str::to_owned)))
                .collect();
            let tag = |key: &str| tags.get(key).map(String::as_str);
            let kind = WayKind::of_highway(tag("highway")?, tag, inside)?;
            let points = feature["geometry"]["coordinates"].as_array()?.iter();
            let points = points
                .map(|p| Point::of_degrees(p[1].as_f64().unwrap(), p[0].as_f64().unwrap()).unwrap())
                .collect();
            Some(Way { points, kind, name: tag("name").map(str::to_owned) })
        });
        Some(ways.collect())
    }

    /// Numbers without a pattern, the same ones every time.
    fn scatter(seed: u64) -> impl FnMut(f64, f64) -> f64 {
        let mut state = seed;
        move |from, to| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            from + (to - from) * ((state >> 11) as f64 / (1u64 << 53) as f64)
        }
    }

    #[test]
    fn two_hundred_walks_through_otemachi() {
        let Some(ways) = streets(false) else { return };
        let bytes = build(&ways).unwrap();
        let graph = Graph::open(&bytes[..]).unwrap();
        let bounds = graph.bounds().unwrap();
        eprintln!(
            "{} ways, {} bytes, {} nodes, {} edges, {:.0} m",
            ways.len(),
            bytes.len(),
            graph.nodes(),
            graph.edges(),
            graph.metres()
        );
        let mut random = scatter(5);
        let mut ratios = Vec::new();
        let mut asked = 0;
        while ratios.len() < 200 {
            asked += 1;
            assert!(asked < 400, "too many without a way");
            let mut point = || {
                let lat = random(bounds.min.lat(), bounds.max.lat());
                Point::of_degrees(lat, random(bounds.min.lon(), bounds.max.lon())).unwrap()
            };
            let (from, to) = (point(), point());
            let Some(route) = graph.route(from, &[to], &free).unwrap() else { continue };
            parts_add_up(&route);
            let straight = distance_m(from, to);
            assert!(route.distance_m >= straight - 0.01);
            assert!(route.legs.len() == 1 || route.legs.iter().all(|leg| leg.distance_m >= 15.0));
            if straight > 100.0 {
                ratios.push(route.distance_m / straight);
            }
        }
        ratios.sort_by(f64::total_cmp);
        eprintln!("{asked} asked; way / straight: median {:.2}, most {:.2}", ratios[100], ratios[199]);
        assert!(ratios[100] < 2.0 && ratios[190] < 3.0);
    }

    #[test]
    fn a_zone_drawn_across_the_streets_is_walked_around() {
        let Some(ways) = streets(false) else { return };
        let graph = Graph::open(build(&ways).unwrap()).unwrap();
        let (from, to) =
            (Point::of_degrees(35.6860, 139.7630).unwrap(), Point::of_degrees(35.6905, 139.7690).unwrap());
        let direct = graph.route(from, &[to], &free).unwrap().unwrap();
        let middle = direct.points[direct.points.len() / 2];
        let wet = |a: Point, b: Point| {
            let near = |p| distance_m(p, middle) < 60.0;
            if near(a) || near(b) { Cost::Worse(AVOID) } else { Cost::Free }
        };
        let around = graph.route(from, &[to], &wet).unwrap().unwrap();
        parts_add_up(&around);
        eprintln!("direct {:.0} m, around {:.0} m", direct.distance_m, around.distance_m);
        assert_eq!(around.wet_m, 0.0);
        assert!(around.points.iter().all(|p| distance_m(*p, middle) >= 60.0));
        assert!(around.distance_m > direct.distance_m);
    }
}
