//! Putting a tile together, with no more than fits.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{LayerKind, Look, Looks};
use crate::tile::mercator::EXTENT;
use crate::tile::mvt::{LayerWriter, Shape, Value, geometry_length};

/// A feature in a tile.
#[derive(Debug)]
pub(super) struct Piece {
    pub look: usize,
    pub shape: Shape,
    /// Length or area of the whole, in units: of features that weigh the same, the smaller goes first.
    pub size: f64,
}

pub(super) struct Filled {
    pub bytes: Vec<u8>,
    /// What found no room, by layer.
    pub dropped: BTreeMap<&'static str, u64>,
}

/// Where a feature comes in a tile: its layer, its order there, then the look that it shares or its own number.
type Place = (LayerKind, u8, usize, usize);

/// Bytes that a layer takes besides its features, at most.
const LAYER: usize = 64;
/// Bytes that a feature takes besides its shape and its properties, at most.
const FEATURE: usize = 24;
/// Bytes by which a shape grows, at most, when it follows another within a feature.
const JOINED: usize = 4;

pub(super) fn fill(pieces: Vec<Piece>, looks: &Looks, most: usize) -> Filled {
    let mut by_weight: Vec<(usize, &Piece, &Look)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(index, piece)| Some((index, piece, looks.get(piece.look)?)))
        .collect();
    by_weight.sort_by(|(i, a, a_look), (j, b, b_look)| {
        b_look.weight.cmp(&a_look.weight).then(b.size.total_cmp(&a.size)).then(i.cmp(j))
    });
    let mut left = most.saturating_sub(LAYER * LayerKind::ALL.len());
    let mut told = BTreeSet::new();
    let mut groups: BTreeMap<Place, Vec<(usize, &Piece)>> = BTreeMap::new();
    let mut dropped = BTreeMap::new();
    let mut full_for = 0;
    for (index, piece, look) in by_weight {
        let joins = look.layer.joins();
        let mut cost = geometry_length(&piece.shape) + JOINED;
        if !joins || !told.contains(&piece.look) {
            cost += FEATURE + properties_length(look);
        }
        if cost > left || look.weight < full_for {
            // What weighs less does not take the place that is left.
            full_for = full_for.max(look.weight);
            *dropped.entry(look.layer.name()).or_insert(0) += 1;
            continue;
        }
        left -= cost;
        told.insert(piece.look);
        let single = if joins { 0 } else { index };
        let first = if joins { piece.look } else { 0 };
        groups.entry((look.layer, look.order, first, single)).or_default().push((index, piece));
    }
    let mut layers: BTreeMap<LayerKind, LayerWriter> = BTreeMap::new();
    for ((layer, ..), mut group) in groups {
        group.sort_by_key(|(index, _)| *index);
        let Some(look) = group.first().and_then(|(_, piece)| looks.get(piece.look)) else { continue };
        let shape = joined(group.iter().map(|(_, piece)| &piece.shape));
        let writer = layers.entry(layer).or_insert_with(|| LayerWriter::new(layer.name(), EXTENT));
        if let Some(shape) = shape {
            writer.add(&shape, look.properties.iter().map(|(key, value)| (*key, value)));
        }
    }
    let mut bytes = Vec::new();
    for writer in layers.into_values() {
        writer.finish(&mut bytes);
    }
    Filled { bytes, dropped }
}

fn properties_length(look: &Look) -> usize {
    let value = |value: &Value| if let Value::Text(text) = value { text.len() } else { 9 };
    // Key and value with their heads, and a tag of two numbers.
    look.properties.iter().map(|(key, text)| key.len() + value(text) + 16).sum()
}

/// Shapes of one kind as one.
fn joined<'s>(shapes: impl Iterator<Item = &'s Shape>) -> Option<Shape> {
    shapes.cloned().reduce(|all, shape| match (all, shape) {
        (Shape::Lines(mut all), Shape::Lines(more)) => {
            all.extend(more);
            Shape::Lines(all)
        }
        // Layers whose features are joined draw lines only.
        (all, _) => all,
    })
}
