//! Random ways beside the plainest search there is: no way is shorter, and no device of the graph changes an answer.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

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
