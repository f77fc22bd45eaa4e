//! Lines made into a network: where two cross or nearly touch, both get the same point, and loose ends are cut off.

use std::collections::{BTreeMap, BTreeSet};

use crate::geo::{Micro, P, micro, nearest_on};

/// A line before it is a way.
#[derive(Debug, Clone)]
pub struct Line {
    /// OSM's `highway`.
    pub kind: &'static str,
    /// Its name; empty: none.
    pub name: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// Its points.
    pub points: Vec<P>,
    /// A loose end up to so many metres long is cut off.
    pub trim: f64,
}

/// The nodes at which lines meet.
pub struct Nodes(BTreeSet<Micro>);

impl Nodes {
    /// Do lines meet at a point?
    pub fn contains(&self, at: P) -> bool {
        self.0.contains(&micro(at))
    }
}

const CELL: f64 = 120.0;
/// An end so near to a line ends on it.
const NEAR: f64 = 13.0;

/// Joins lines.
pub fn join(mut lines: Vec<Line>) -> (Vec<Line>, Nodes) {
    // Points first on one lattice, so that what is joined here stays joined when it is written.
    ends_onto_lines(&mut lines);
    let extra = crossings(&lines);
    for (line, extra) in lines.iter_mut().zip(&extra) {
        line.points = with_points(&line.points, extra);
    }
    let nodes = meetings(&lines);
    for line in &mut lines {
        cut_ends(line, &nodes);
    }
    lines.retain(|line| line.points.len() > 1);
    let lines = largest(lines);
    // What a cut has left alone is a node no longer.
    let nodes = Nodes(meetings(&lines));
    (lines, nodes)
}

type Cells = BTreeMap<(i64, i64), Vec<(usize, usize)>>;

fn cells(lines: &[Line]) -> Cells {
    let mut cells = Cells::new();
    for (i, line) in lines.iter().enumerate() {
        for (k, pair) in line.points.windows(2).enumerate() {
            let (a, b) = (cell(pair[0]), cell(pair[1]));
            for x in a.0.min(b.0)..=a.0.max(b.0) {
                for y in a.1.min(b.1)..=a.1.max(b.1) {
                    cells.entry((x, y)).or_default().push((i, k));
                }
            }
        }
    }
    cells
}

fn cell(at: P) -> (i64, i64) {
    ((at.x / CELL).floor() as i64, (at.y / CELL).floor() as i64)
}

fn ends_onto_lines(lines: &mut [Line]) {
    let cells = cells(lines);
    let found: Vec<(usize, bool, P)> = (0..lines.len())
        .flat_map(|i| [(i, true), (i, false)])
        .filter_map(|(i, first)| {
            let line = &lines[i];
            let end = if first { line.points[0] } else { line.points[line.points.len() - 1] };
            let (x, y) = cell(end);
            let mut best: Option<(P, f64)> = None;
            for (dx, dy) in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy))) {
                for (j, k) in cells.get(&(x + dx, y + dy)).into_iter().flatten() {
                    let other = &lines[*j].points;
                    let (at, far) = nearest_on(other[*k], other[*k + 1], end);
                    if *j != i && far < NEAR && best.is_none_or(|(_, least)| far < least) {
                        best = Some((at, far));
                    }
                }
            }
            best.map(|(at, _)| (i, first, at))
        })
        .collect();
    for (i, first, at) in found {
        let points = &mut lines[i].points;
        if first { points.insert(0, at) } else { points.push(at) }
    }
}

fn crossings(lines: &[Line]) -> Vec<Vec<P>> {
    let mut out = vec![Vec::new(); lines.len()];
    let mut seen = BTreeSet::new();
    for list in cells(lines).values() {
        for (n, one) in list.iter().enumerate() {
            for two in &list[n + 1..] {
                if one.0 == two.0 || !seen.insert((*one, *two)) {
                    continue;
                }
                let (a, b) = (&lines[one.0].points, &lines[two.0].points);
                if let Some(at) = crossing(a[one.1], a[one.1 + 1], b[two.1], b[two.1 + 1]) {
                    out[one.0].push(at);
                    out[two.0].push(at);
                }
            }
        }
    }
    out
}

/// Where two segments meet; an end that lies on the other counts.
fn crossing(a: P, b: P, c: P, d: P) -> Option<P> {
    for (end, from, to) in [(a, c, d), (b, c, d), (c, a, b), (d, a, b)] {
        if nearest_on(from, to, end).1 < 0.3 {
            return Some(end);
        }
    }
    let (r, s) = (b - a, d - c);
    let turn = r.cross(s);
    if turn.abs() < 1e-9 {
        return None;
    }
    let (t, u) = ((c - a).cross(s) / turn, (c - a).cross(r) / turn);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| a + r * t)
}

/// A line with further points, each put where it lies; one that is nearly there already is moved instead.
pub fn with_points(line: &[P], extra: &[P]) -> Vec<P> {
    let mut placed: Vec<(usize, f64, P)> = extra
        .iter()
        .filter_map(|at| {
            let (i, far) = line
                .windows(2)
                .enumerate()
                .map(|(i, s)| (i, nearest_on(s[0], s[1], *at).1))
                .min_by(|a, b| a.1.total_cmp(&b.1))?;
            (far < 1.0).then(|| (i, (*at - line[i]).length(), *at))
        })
        .collect();
    placed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut out: Vec<P> = Vec::new();
    let mut rest = placed.into_iter().peekable();
    let mut fixed = false;
    for (i, own) in line.iter().enumerate() {
        let end = i == 0 || i == line.len() - 1;
        if end || out.last().is_none_or(|last| !fixed || (*last - *own).length() > 0.6) {
            out.push(*own);
            fixed = false;
        }
        while let Some((_, _, at)) = rest.next_if(|(k, ..)| *k == i) {
            // The line's own point gives way, unless it is where the line begins.
            if !fixed && out.len() > 1 && out.last().is_some_and(|last| (*last - at).length() < 0.6) {
                out.pop();
            }
            if out.last().is_none_or(|last| micro(*last) != micro(at)) {
                out.push(at);
            }
            fixed = true;
        }
    }
    out
}

/// The lines that can be reached from each other, of the largest such set.
fn largest(lines: Vec<Line>) -> Vec<Line> {
    let mut leader: Vec<usize> = (0..lines.len()).collect();
    fn find(leader: &mut [usize], mut i: usize) -> usize {
        while leader[i] != i {
            leader[i] = leader[leader[i]];
            i = leader[i];
        }
        i
    }
    let mut owner: BTreeMap<Micro, usize> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        for at in &line.points {
            let other = *owner.entry(micro(*at)).or_insert(i);
            let (a, b) = (find(&mut leader, i), find(&mut leader, other));
            leader[a] = b;
        }
    }
    let leaders: Vec<usize> = (0..lines.len()).map(|i| find(&mut leader, i)).collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for i in &leaders {
        *counts.entry(*i).or_default() += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, count)| *count).map(|(i, _)| i);
    lines.into_iter().zip(leaders).filter(|(_, i)| Some(*i) == best).map(|(line, _)| line).collect()
}

/// Points that more than one line has.
fn meetings(lines: &[Line]) -> BTreeSet<Micro> {
    let mut owner: BTreeMap<Micro, usize> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for (i, line) in lines.iter().enumerate() {
        for at in &line.points {
            let at = micro(*at);
            if *owner.entry(at).or_insert(i) != i {
                shared.insert(at);
            }
        }
    }
    shared
}

fn cut_ends(line: &mut Line, nodes: &BTreeSet<Micro>) {
    let meets = |at: &P| nodes.contains(&micro(*at));
    let Some(first) = line.points.iter().position(meets) else {
        if line.trim > 0.0 {
            line.points.clear();
        }
        return;
    };
    let last = line.points.iter().rposition(meets).unwrap_or(first);
    if crate::curve::length(&line.points[last..]) < line.trim {
        line.points.truncate(last + 1);
    }
    if crate::curve::length(&line.points[..=first]) < line.trim {
        line.points.drain(..first);
    }
}
