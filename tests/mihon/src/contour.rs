//! Rings around all that is at least so high on a mesh, and the bands between them.

use std::collections::BTreeMap;

use crate::curve::simpler_ring;
use crate::geo::{P, area, inside};
use crate::grid::{COLUMNS, Grid, ROWS};

/// An edge of the mesh: the crossing at its west or south end, and whether it goes north.
type Edge = (usize, usize, bool);

/// The rings between what is at least `level` and what is less, with the higher ground to their left; simplified by `by`
/// metres, without those smaller than `least` square metres.
pub fn rings(grid: &Grid, level: f64, by: f64, least: f64) -> Vec<Vec<P>> {
    let high = |i: usize, j: usize| {
        // Nothing is high at the rim, so that every ring closes.
        i > 0 && j > 0 && i < COLUMNS - 1 && j < ROWS - 1 && grid.get(i, j) >= level
    };
    let mut next: BTreeMap<Edge, Edge> = BTreeMap::new();
    for (i, j) in (0..COLUMNS - 1).flat_map(|i| (0..ROWS - 1).map(move |j| (i, j))) {
        let corners = [high(i, j), high(i + 1, j), high(i + 1, j + 1), high(i, j + 1)];
        // South, east, north, west.
        let edges = [(i, j, false), (i + 1, j, true), (i, j + 1, false), (i, j, true)];
        // With the higher ground to its left a line comes in where, around the cell, high turns low, and goes out where low
        // turns high.
        let ins: Vec<usize> = (0..4).filter(|k| corners[*k] && !corners[(*k + 1) % 4]).collect();
        let outs = (0..4).filter(|k| !corners[*k] && corners[(*k + 1) % 4]);
        let middle =
            (grid.get(i, j) + grid.get(i + 1, j) + grid.get(i + 1, j + 1) + grid.get(i, j + 1)) / 4.0;
        for out in outs {
            // Where two lines cross the cell, either the high corners join over its middle, or the low ones.
            let turns: [usize; 3] = if middle >= level { [3, 1, 2] } else { [1, 3, 2] };
            if let Some(from) = turns.iter().map(|turn| (out + turn) % 4).find(|k| ins.contains(k)) {
                next.insert(edges[from], edges[out]);
            }
        }
    }
    let mut out = Vec::new();
    while let Some((first, _)) = next.first_key_value().map(|(a, b)| (*a, *b)) {
        let mut ring = Vec::new();
        let mut at = first;
        while let Some(then) = next.remove(&at) {
            ring.push(place(grid, level, at));
            at = then;
        }
        let ring = simpler_ring(&ring, by);
        if ring.len() > 3 && area(&ring).abs() >= least {
            out.push(ring);
        }
    }
    out
}

fn place(grid: &Grid, level: f64, (i, j, north): Edge) -> P {
    let (k, l) = if north { (i, j + 1) } else { (i + 1, j) };
    let (a, b) = (grid.get(i, j), grid.get(k, l));
    // Away from the crossings themselves: two rings then never share one by chance.
    let share = if a == b { 0.5 } else { ((level - a) / (b - a)).clamp(0.03, 0.97) };
    Grid::place(i, j).toward(Grid::place(k, l), share)
}

/// Polygons of rings that lie in each other: every ring in an even number of others is an outer one.
pub fn polygons(rings: &[Vec<P>]) -> Vec<Vec<Vec<P>>> {
    let around: Vec<Vec<usize>> = rings
        .iter()
        .enumerate()
        .map(|(i, ring)| (0..rings.len()).filter(|j| *j != i && holds(&rings[*j], ring)).collect())
        .collect();
    let mut out = Vec::new();
    for (i, ring) in rings.iter().enumerate().filter(|(i, _)| around[*i].len().is_multiple_of(2)) {
        let mut polygon = vec![ring.clone()];
        for (j, hole) in rings.iter().enumerate() {
            if around[j].len() == around[i].len() + 1 && around[j].contains(&i) {
                polygon.push(hole.clone());
            }
        }
        out.push(polygon);
    }
    out
}

/// Does a ring lie in another? By most of its points: those on a shared edge may fall on either side.
fn holds(outer: &[P], inner: &[P]) -> bool {
    let count = inner.iter().filter(|at| inside(outer, **at)).count();
    count * 2 > inner.len()
}

/// Bands between levels: band k is what is at least level k and less than level k + 1. Neighbours share their edge to the
/// point.
pub fn bands(grid: &Grid, levels: &[f64], by: f64, least: f64) -> Vec<Vec<Vec<Vec<P>>>> {
    let all: Vec<Vec<Vec<P>>> = levels.iter().map(|level| rings(grid, *level, by, least)).collect();
    (0..levels.len())
        .map(|k| {
            let mut both = all[k].clone();
            both.extend(all.get(k + 1).into_iter().flatten().cloned());
            polygons(&both)
        })
        .collect()
}
