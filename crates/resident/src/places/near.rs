//! The nearest places, exactly: an R*Tree is walked nearest box first, until no box that is left can hold anything nearer
//! than what was found. A point in town and one far out at sea cost the same.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use madoguchi_model::{Hazard, Position};
use rusqlite::{Error as Sql, Row};

use super::boxes::{Boxed, root_depth};
use crate::cache::{CacheError, danger_number, place_of_site};
use crate::{Error, OpenTown};

/// A place by its number, and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) number: i64,
    pub(super) distance_m: f64,
}

/// Puts the nearest first; equally near ones in the town's order.
pub(super) fn sort(near: &mut [Near]) {
    near.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.number.cmp(&b.number)));
}

/// The `limit` nearest places of a kind (or of any) that `accept` likes, given a row with `lat`, `lon`, `folded` and
/// `line`.
pub(super) fn nearest(
    open: &OpenTown,
    at: Position,
    kind: Option<i64>,
    limit: usize,
    accept: &dyn Fn(&Row<'_>) -> rusqlite::Result<bool>,
) -> Result<Vec<Near>, Error> {
    let places = Tree { nodes: "SELECT data FROM places_at_node WHERE nodeno = ?1", place: |entry| entry };
    Ok(walk(open, at, &places, kind, limit, accept)?)
}

/// The `limit` nearest 指定緊急避難場所 that are meant for a danger.
pub(super) fn nearest_for(
    open: &OpenTown,
    at: Position,
    danger: Hazard,
    limit: usize,
) -> Result<Vec<Near>, CacheError> {
    let sites = Tree { nodes: "SELECT data FROM sites_at_node WHERE nodeno = ?1", place: place_of_site };
    walk(open, at, &sites, Some(danger_number(danger)), limit, &|_| Ok(true))
}

/// An R*Tree: where its nodes are, and which place an entry of a leaf stands for.
struct Tree {
    nodes: &'static str,
    place: fn(i64) -> i64,
}

/// `kind`: the value that is wanted in the third dimension.
fn walk(
    open: &OpenTown,
    at: Position,
    tree: &Tree,
    kind: Option<i64>,
    limit: usize,
    accept: &dyn Fn(&Row<'_>) -> rusqlite::Result<bool>,
) -> Result<Vec<Near>, CacheError> {
    let connection = open.cache.connection();
    let mut nodes = connection.prepare_cached(tree.nodes)?;
    let mut places =
        connection.prepare_cached("SELECT lat, lon, folded, line FROM places WHERE number = ?1")?;
    let mut found = Vec::new();
    let mut ahead = BinaryHeap::from([Reverse(Ahead { least_m: 0.0, what: What::Root })]);
    while let Some(Reverse(next)) = ahead.pop()
        && found.len() < limit
    {
        let (node, depth) = match next.what {
            What::Root => (1, None),
            What::Node { number, depth } => (number, Some(depth)),
            What::Leaf { number } => {
                let mut rows = places.query([number])?;
                if let Some(row) = rows.next()?
                    && accept(row)?
                {
                    let place = Position { lat: row.get("lat")?, lon: row.get("lon")?, approximate: false };
                    let least_m = at.distance_m(&place);
                    ahead.push(Reverse(Ahead { least_m, what: What::Place { number } }));
                }
                continue;
            }
            What::Place { number } => {
                found.push(Near { number, distance_m: next.least_m });
                continue;
            }
        };
        let mut rows = nodes.query([node])?;
        let Some(row) = rows.next()? else { return Err(CacheError::Damaged(Sql::QueryReturnedNoRows)) };
        let data = row.get_ref("data")?.as_blob().map_err(Sql::from)?;
        let depth = depth.unwrap_or_else(|| root_depth(data));
        for boxed in Boxed::all(data) {
            if kind.is_none_or(|kind| boxed.holds_kind(kind)) {
                let number = boxed.number;
                let what = match depth.checked_sub(1) {
                    Some(depth) => What::Node { number, depth },
                    None => What::Leaf { number: (tree.place)(number) },
                };
                ahead.push(Reverse(Ahead { least_m: boxed.least_m(at), what }));
            }
        }
    }
    Ok(found)
}

/// Something that lies ahead, not nearer than so many metres.
struct Ahead {
    least_m: f64,
    what: What,
}

/// In this order where the distance is the same: a box may still hold a place with a lower number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Root,
    Node { number: i64, depth: u16 },
    Leaf { number: i64 },
    Place { number: i64 },
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> Ordering {
        self.least_m.total_cmp(&other.least_m).then(self.what.cmp(&other.what))
    }
}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ahead {}

#[cfg(test)]
#[path = "near_tests.rs"]
mod tests;
