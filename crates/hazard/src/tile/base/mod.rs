//! The base map: roads, water, green, buildings, rails, borders and names, as vector tiles in a PMTiles archive.

mod fill;
mod project;
mod rules;
mod spread;

use std::collections::BTreeMap;

use super::MAX_ZOOM;
use super::pmtiles::{self, Compression, Meta, VectorLayer, WriteError};
use crate::{Bounds, Point, Polygon};
use rules::{LayerKind, Looks};

/// The most tiles of one zoom: a large prefecture at zoom 16.
pub const MOST_TILES: usize = 200_000;

/// Features of one layer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BaseLayer {
    /// `roads`, `water`, `green`, `buildings`, `rail`, `border` or `labels`.
    pub name: String,
    /// In the order of their source.
    pub features: Vec<Feature>,
}

/// A thing on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Where it is.
    pub shape: Shape,
    /// What is known of it: `name`, `kind`, `rank` (labels: 1 is told from afar, 6 only near by), and OpenStreetMap's
    /// `highway`, `waterway`, `landuse`, `leisure`, `natural` for whoever has no `kind`.
    pub properties: BTreeMap<String, String>,
}

/// Where a thing is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Places; for labels only.
    Points(Vec<Point>),
    /// Lines; for roads, water, rails and borders.
    Lines(Vec<Vec<Point>>),
    /// Areas; for water, green and buildings. Of roads, rails and borders the outlines are drawn.
    Polygons(Vec<Polygon>),
}

/// How the map is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// What it is called.
    pub name: String,
    /// Whom its sources want to be named.
    pub attribution: Vec<String>,
    /// The lowest zoom.
    pub min_zoom: u8,
    /// The highest zoom; it is drawn without simplification.
    pub max_zoom: u8,
    /// How tiles are compressed.
    pub compression: Compression,
    /// The most bytes of a tile, uncompressed.
    pub most_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            name: String::new(),
            attribution: Vec::new(),
            min_zoom: 8,
            max_zoom: 16,
            compression: Compression::Gzip,
            most_bytes: 500_000,
        }
    }
}

/// A map that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The archive.
    pub bytes: Vec<u8>,
    /// What its features span.
    pub bounds: Bounds,
    /// How many tiles it has.
    pub tiles: u64,
    /// The tiles that would have been too long.
    pub dropped: Vec<Dropped>,
    /// Features that their layer cannot draw (a point among buildings, a label without a name), by layer.
    pub unfit: BTreeMap<String, u64>,
}

/// What a tile had no room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The tile's zoom.
    pub z: u8,
    /// Its column.
    pub x: u32,
    /// Its row.
    pub y: u32,
    /// How many features of which layer were left out.
    pub features: BTreeMap<&'static str, u64>,
}

/// Layers that make no map.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// A layer that the map does not have.
    #[error("the base map has no layer {0:?}; it has {known}", known = rules::NAMES)]
    UnknownLayer(String),
    /// No such zooms.
    #[error("zooms {0} to {1}: the lowest comes first, and {MAX_ZOOM} is the highest")]
    Zooms(u8, u8),
    /// The features reach farther than a town does; one may have its place wrong.
    #[error("the layers fill more than {MOST_TILES} tiles at zoom {0}; is a feature far from the others?")]
    TooManyTiles(u8),
    /// Nothing can be drawn.
    #[error("no feature that could be drawn")]
    Empty,
    /// The archive cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Draws a base map. The same layers give the same bytes.
pub fn build(layers: Vec<BaseLayer>, options: &Options) -> Result<Base, BaseError> {
    let (min, max) = (options.min_zoom, options.max_zoom);
    if min > max || max > MAX_ZOOM {
        return Err(BaseError::Zooms(min, max));
    }
    let mut looks = Looks::default();
    let mut unfit = BTreeMap::new();
    let mut drawn = Vec::new();
    let mut bounds: Option<Bounds> = None;
    for layer in layers {
        let kind =
            LayerKind::parse(&layer.name).ok_or_else(|| BaseError::UnknownLayer(layer.name.clone()))?;
        for feature in layer.features {
            let look = looks.of(kind, &feature.properties);
            let part = project::Part::of(kind, &feature.shape);
            let (Some(look), Some(part)) = (look, part) else {
                *unfit.entry(layer.name.clone()).or_insert(0) += 1;
                continue;
            };
            bounds = around(bounds, &feature.shape);
            drawn.push((look, part));
        }
    }
    let bounds = bounds.ok_or(BaseError::Empty)?;
    let mut tiles = Vec::new();
    let mut dropped = Vec::new();
    for zoom in min..=max {
        let mut places: BTreeMap<(u32, u32), Vec<fill::Piece>> = BTreeMap::new();
        for (look, part) in &drawn {
            if looks.get(*look).is_some_and(|look| look.from_zoom <= zoom) {
                spread::spread(*look, part, zoom, zoom == max, &mut places)?;
            }
        }
        for ((x, y), pieces) in places {
            let tile = fill::fill(pieces, &looks, options.most_bytes);
            if !tile.dropped.is_empty() {
                dropped.push(Dropped { z: zoom, x, y, features: tile.dropped });
            }
            if !tile.bytes.is_empty() {
                tiles.push((zoom, x, y, tile.bytes));
            }
        }
    }
    if tiles.is_empty() {
        return Err(BaseError::Empty);
    }
    let count = tiles.len() as u64;
    let bytes = pmtiles::write(tiles, &meta(options, bounds))?;
    Ok(Base { bytes, bounds, tiles: count, dropped, unfit })
}

fn around(bounds: Option<Bounds>, shape: &Shape) -> Option<Bounds> {
    let corners: Vec<Point> = bounds.iter().flat_map(|bounds| [bounds.min, bounds.max]).collect();
    match shape {
        Shape::Points(points) => Bounds::around(corners.iter().chain(points)),
        Shape::Lines(lines) => Bounds::around(corners.iter().chain(lines.iter().flatten())),
        Shape::Polygons(polygons) => {
            Bounds::around(corners.iter().chain(polygons.iter().flat_map(|polygon| &polygon.outer)))
        }
    }
}

fn meta(options: &Options, bounds: Bounds) -> Meta {
    let layers = LayerKind::ALL.iter().map(|kind| VectorLayer {
        name: kind.name().to_owned(),
        fields: kind.fields().iter().map(|(name, of)| ((*name).to_owned(), (*of).to_owned())).collect(),
    });
    Meta {
        name: options.name.clone(),
        attribution: options.attribution.clone(),
        bounds: [bounds.min.lat(), bounds.min.lon(), bounds.max.lat(), bounds.max.lon()],
        compression: options.compression,
        layers: layers.collect(),
    }
}

#[cfg(test)]
mod tests;
