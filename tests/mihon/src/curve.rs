//! Lines that bend: through given points, beside others, with no more points than they need.

use crate::geo::{P, distance, nearest_on};

/// A curve through the points (Catmull–Rom), with a point about every `step` metres. The given points are among its points;
/// the second list says where.
pub fn through(points: &[P], step: f64) -> (Vec<P>, Vec<usize>) {
    let mut line = vec![points[0]];
    let mut at = vec![0];
    for i in 0..points.len() - 1 {
        let (a, b) = (points[i], points[i + 1]);
        let before = if i == 0 { a + (a - b) } else { points[i - 1] };
        let after = points.get(i + 2).copied().unwrap_or(b + (b - a));
        let count = ((b - a).length() / step).ceil().max(1.0);
        for k in 1..count as usize {
            let t = k as f64 / count;
            let (t2, t3) = (t * t, t * t * t);
            line.push(
                (a * 2.0
                    + (b - before) * t
                    + (before * 2.0 - a * 5.0 + b * 4.0 - after) * t2
                    + (a * 3.0 - before - b * 3.0 + after) * t3)
                    * 0.5,
            );
        }
        line.push(b);
        at.push(line.len() - 1);
    }
    (line, at)
}

/// Short for a curve whose given points need not be found again.
pub fn curve(points: &[(f64, f64)], step: f64) -> Vec<P> {
    let points: Vec<P> = points.iter().map(|(x, y)| P { x: *x, y: *y }).collect();
    through(&points, step).0
}

/// A line beside another, `by` metres to its left at each point; without the loops that tight bends would make.
pub fn beside(line: &[P], by: impl Fn(P) -> f64) -> Vec<P> {
    let mut out: Vec<P> = Vec::new();
    for (i, at) in line.iter().enumerate() {
        let before = line[i.saturating_sub(1)];
        let after = line[(i + 1).min(line.len() - 1)];
        let shifted = *at + (after - before).unit().left() * by(*at);
        if distance(line, shifted) >= by(*at).abs() - 1.0 {
            out.push(shifted);
        }
    }
    out
}

/// The line without the points that change it by less than `by` metres (Douglas and Peucker); `keep` says which must stay.
pub fn simpler(line: &[P], by: f64, keep: &dyn Fn(P) -> bool) -> Vec<P> {
    let mut stays = vec![false; line.len()];
    let mut from = 0;
    stays[0] = true;
    for i in 1..line.len() {
        if i == line.len() - 1 || keep(line[i]) {
            stays[i] = true;
            thin(line, from, i, by, &mut stays);
            from = i;
        }
    }
    line.iter().zip(stays).filter(|(_, stays)| *stays).map(|(point, _)| *point).collect()
}

fn thin(line: &[P], from: usize, to: usize, by: f64, stays: &mut [bool]) {
    let mut worst = (by, 0);
    for i in from + 1..to {
        let far = nearest_on(line[from], line[to], line[i]).1;
        if far > worst.0 {
            worst = (far, i);
        }
    }
    if worst.1 > 0 {
        stays[worst.1] = true;
        thin(line, from, worst.1, by, stays);
        thin(line, worst.1, to, by, stays);
    }
}

/// The same for a ring, which has no ends: it is opened at its first point and at the point farthest from that.
pub fn simpler_ring(ring: &[P], by: f64) -> Vec<P> {
    if ring.len() < 5 {
        return ring.to_vec();
    }
    let far = (0..ring.len())
        .max_by(|a, b| (ring[*a] - ring[0]).length().total_cmp(&(ring[*b] - ring[0]).length()))
        .unwrap_or(0);
    let mut half = simpler(&ring[..=far], by, &|_| false);
    let mut rest = ring[far..].to_vec();
    rest.push(ring[0]);
    half.pop();
    let other = simpler(&rest, by, &|_| false);
    half.extend(&other[..other.len() - 1]);
    half
}

/// Length of a line.
pub fn length(line: &[P]) -> f64 {
    line.windows(2).map(|s| (s[1] - s[0]).length()).sum()
}

/// A circle stretched along `along` (half its length) and across it (half its width), as a ring of `count` points.
pub fn oval(centre: P, along: P, across: f64, count: usize) -> Vec<P> {
    let side = along.unit().left() * across;
    // Points of a circle without sines: the middle of each side of a square, pushed out again and again.
    let mut circle =
        vec![P { x: 1.0, y: 0.0 }, P { x: 0.0, y: 1.0 }, P { x: -1.0, y: 0.0 }, P { x: 0.0, y: -1.0 }];
    while circle.len() < count {
        circle = (0..circle.len())
            .flat_map(|i| [circle[i], (circle[i] + circle[(i + 1) % circle.len()]).unit()])
            .collect();
    }
    circle.iter().map(|c| centre + along * c.x + side * c.y).collect()
}
