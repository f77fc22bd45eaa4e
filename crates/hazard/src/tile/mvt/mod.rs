//! Vector tiles as [Mapbox's specification 2.1](https://github.com/mapbox/vector-tile-spec/tree/master/2.1) defines them.

mod read;
mod write;

pub use read::{Damaged, decode};
pub(crate) use write::geometry_length;
pub use write::{LayerWriter, Tags, encode};

/// A place in a tile, in units from its north-west corner; `y` grows to the south.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// To the east.
    pub x: i32,
    /// To the south.
    pub y: i32,
}

/// Places along a line, or around a ring (the last is joined to the first, which is not repeated).
pub type Path = Vec<Position>;

/// What a feature draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Places.
    Points(Vec<Position>),
    /// Lines of two places and more.
    Lines(Vec<Path>),
    /// Polygons: each an outer ring and its holes. Which way they turn does not matter; the writer turns them.
    Polygons(Vec<Vec<Path>>),
}

/// A property's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// Any number.
    Number(f64),
}

/// A shape with its properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// What it draws.
    pub shape: Shape,
    /// What is known of it.
    pub properties: Vec<(String, Value)>,
}

/// Features of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its name, once in a tile.
    pub name: String,
    /// Units along the tile's side.
    pub extent: u32,
    /// In the order in which they are drawn.
    pub features: Vec<Feature>,
}

/// Twice the area of a ring, positive where it turns clockwise as seen on the map (`y` downwards).
pub(crate) fn doubled_area(ring: &[Position]) -> i128 {
    let before = ring.last().into_iter().chain(ring);
    let product = |a: i32, b: i32| i128::from(i64::from(a) * i64::from(b));
    before.zip(ring).map(|(a, b)| product(a.x, b.y) - product(b.x, a.y)).sum()
}

/// The fields' numbers in the specification's protobuf.
mod field {
    pub const TILE_LAYER: u64 = 3;
    pub const LAYER_NAME: u64 = 1;
    pub const LAYER_FEATURE: u64 = 2;
    pub const LAYER_KEY: u64 = 3;
    pub const LAYER_VALUE: u64 = 4;
    pub const LAYER_EXTENT: u64 = 5;
    pub const LAYER_VERSION: u64 = 15;
    pub const FEATURE_TAGS: u64 = 2;
    pub const FEATURE_TYPE: u64 = 3;
    pub const FEATURE_GEOMETRY: u64 = 4;
    pub const VALUE_TEXT: u64 = 1;
    pub const VALUE_DOUBLE: u64 = 3;
    pub const VALUE_UINT: u64 = 5;

    pub const WIRE_VARINT: u64 = 0;
    pub const WIRE_64: u64 = 1;
    pub const WIRE_BYTES: u64 = 2;
    pub const WIRE_32: u64 = 5;

    pub const POINT: u64 = 1;
    pub const LINES: u64 = 2;
    pub const POLYGON: u64 = 3;

    pub const MOVE_TO: u64 = 1;
    pub const LINE_TO: u64 = 2;
    pub const CLOSE_PATH: u64 = 7;
}

#[cfg(test)]
mod tests;
