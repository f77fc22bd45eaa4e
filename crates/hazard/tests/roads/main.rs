//! Ways over a walking graph: as short as can be, out of the water, never where it is closed.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod plainly;
mod real;

use madoguchi_hazard::Point;
use madoguchi_hazard::roads::{
    AVOID, Cost, Graph, Heading8, RoadsError, Route, Way, WayKind, build, build_crossing, distance_m,
};

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
