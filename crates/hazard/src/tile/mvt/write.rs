//! Writing a tile.

use std::collections::BTreeMap;

use super::{Layer, Path, Position, Shape, Value, doubled_area, field};
use crate::tile::varint;

/// The bytes of a tile. Layers without a feature that can be drawn are left out.
pub fn encode(layers: &[Layer]) -> Vec<u8> {
    let mut out = Vec::new();
    for layer in layers {
        let mut writer = LayerWriter::new(&layer.name, layer.extent);
        for feature in &layer.features {
            let properties = feature.properties.iter().map(|(key, value)| (key.as_str(), value));
            writer.add(&feature.shape, properties);
        }
        writer.finish(&mut out);
    }
    out
}

/// The bytes that a shape alone takes.
pub(crate) fn geometry_length(shape: &Shape) -> usize {
    let mut geometry = Geometry::default();
    geometry.draw(shape);
    geometry.bytes.len()
}

/// Writes a layer a feature at a time.
pub struct LayerWriter {
    name: String,
    extent: u32,
    keys: BTreeMap<String, u64>,
    key_bytes: Vec<u8>,
    values: BTreeMap<Vec<u8>, u64>,
    value_bytes: Vec<u8>,
    features: Vec<u8>,
    // Memory that is used again for each feature.
    geometry: Geometry,
}

/// Properties as a layer writes them: of use in that layer only.
#[derive(Debug, Clone)]
pub struct Tags(Vec<u8>);

impl LayerWriter {
    /// A layer without features.
    pub fn new(name: &str, extent: u32) -> Self {
        LayerWriter {
            name: name.to_owned(),
            extent,
            keys: BTreeMap::new(),
            key_bytes: Vec::new(),
            values: BTreeMap::new(),
            value_bytes: Vec::new(),
            features: Vec::new(),
            geometry: Geometry::default(),
        }
    }

    /// How this layer writes properties, for all features that have the same.
    pub fn tags<'v>(&mut self, properties: impl IntoIterator<Item = (&'v str, &'v Value)>) -> Tags {
        let mut tags = Vec::new();
        for (key, value) in properties {
            varint::put(&mut tags, self.key(key));
            varint::put(&mut tags, self.value(value));
        }
        Tags(tags)
    }

    /// Adds a feature; false when nothing of its shape can be drawn and it was left out.
    pub fn add<'v>(
        &mut self,
        shape: &Shape,
        properties: impl IntoIterator<Item = (&'v str, &'v Value)>,
    ) -> bool {
        let kind = self.geometry.draw(shape);
        if self.geometry.bytes.is_empty() {
            return false;
        }
        let tags = self.tags(properties);
        self.put_feature(kind, &tags);
        true
    }

    /// [`Self::add`] for one polygon, its outer ring and its holes, with tags of this layer.
    pub fn add_polygon(&mut self, rings: &[Path], tags: &Tags) -> bool {
        self.geometry.clear();
        self.geometry.polygon(rings);
        let drawn = !self.geometry.bytes.is_empty();
        if drawn {
            self.put_feature(field::POLYGON, tags);
        }
        drawn
    }

    fn put_feature(&mut self, kind: u64, Tags(tags): &Tags) {
        let (features, geometry) = (&mut self.features, &self.geometry.bytes);
        let tagged = if tags.is_empty() { 0 } else { bytes_length(tags) };
        // Two for the kind: its number and its field's are below 128.
        let length = tagged + 2 + bytes_length(geometry);
        varint::put(features, field::LAYER_FEATURE << 3 | field::WIRE_BYTES);
        varint::put(features, length as u64);
        if !tags.is_empty() {
            put_bytes(features, field::FEATURE_TAGS, tags);
        }
        put_number(features, field::FEATURE_TYPE, kind);
        put_bytes(features, field::FEATURE_GEOMETRY, geometry);
    }

    /// Appends the layer to a tile, unless it has no feature.
    pub fn finish(self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer =
            Vec::with_capacity(self.features.len() + self.key_bytes.len() + self.value_bytes.len() + 32);
        put_number(&mut layer, field::LAYER_VERSION, 2);
        put_bytes(&mut layer, field::LAYER_NAME, self.name.as_bytes());
        layer.extend_from_slice(&self.features);
        layer.extend_from_slice(&self.key_bytes);
        layer.extend_from_slice(&self.value_bytes);
        put_number(&mut layer, field::LAYER_EXTENT, u64::from(self.extent));
        put_bytes(tile, field::TILE_LAYER, &layer);
    }

    fn key(&mut self, key: &str) -> u64 {
        if let Some(index) = self.keys.get(key) {
            return *index;
        }
        let index = self.keys.len() as u64;
        put_bytes(&mut self.key_bytes, field::LAYER_KEY, key.as_bytes());
        self.keys.insert(key.to_owned(), index);
        index
    }

    fn value(&mut self, value: &Value) -> u64 {
        let mut bytes = Vec::new();
        match value {
            Value::Text(text) => put_bytes(&mut bytes, field::VALUE_TEXT, text.as_bytes()),
            Value::Whole(number) => put_number(&mut bytes, field::VALUE_UINT, *number),
            Value::Number(number) => {
                varint::put(&mut bytes, field::VALUE_DOUBLE << 3 | field::WIRE_64);
                bytes.extend_from_slice(&number.to_le_bytes());
            }
        }
        if let Some(index) = self.values.get(&bytes) {
            return *index;
        }
        let index = self.values.len() as u64;
        put_bytes(&mut self.value_bytes, field::LAYER_VALUE, &bytes);
        self.values.insert(bytes, index);
        index
    }
}

fn put_number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint::put(out, field << 3 | field::WIRE_VARINT);
    varint::put(out, value);
}

fn put_bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint::put(out, field << 3 | field::WIRE_BYTES);
    varint::put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// How many bytes [`put_bytes`] appends, where the field's number is below 16.
fn bytes_length(bytes: &[u8]) -> usize {
    1 + varint::length(bytes.len() as u64) + bytes.len()
}

/// The commands of a feature's shape: each place is told as the way from the one before.
#[derive(Default)]
struct Geometry {
    bytes: Vec<u8>,
    at: Position,
}

impl Geometry {
    fn clear(&mut self) {
        self.bytes.clear();
        self.at = Position::default();
    }

    /// Draws a shape instead of what was there, and gives its kind.
    fn draw(&mut self, shape: &Shape) -> u64 {
        self.clear();
        match shape {
            Shape::Points(points) => {
                self.points(points);
                field::POINT
            }
            Shape::Lines(lines) => {
                lines.iter().for_each(|line| self.line(line));
                field::LINES
            }
            Shape::Polygons(polygons) => {
                polygons.iter().for_each(|rings| self.polygon(rings));
                field::POLYGON
            }
        }
    }

    fn points(&mut self, points: &[Position]) {
        if !points.is_empty() {
            self.command(field::MOVE_TO, points.len());
            points.iter().for_each(|point| self.go(*point));
        }
    }

    fn line(&mut self, line: &[Position]) {
        let moves = |line: &[Position]| line.windows(2).filter(|pair| pair.first() != pair.last()).count();
        let (Some((first, rest)), count) = (line.split_first(), moves(line)) else { return };
        if count == 0 {
            return;
        }
        self.command(field::MOVE_TO, 1);
        self.go(*first);
        self.command(field::LINE_TO, count);
        for point in rest {
            // A step of no length is forbidden.
            if *point != self.at {
                self.go(*point);
            }
        }
    }

    fn polygon(&mut self, rings: &[Path]) {
        let Some((outer, holes)) = rings.split_first() else { return };
        if !self.ring(outer, true) {
            return;
        }
        for hole in holes {
            self.ring(hole, false);
        }
    }

    /// Writes a ring so that it turns the way asked for; false when it has no area.
    fn ring(&mut self, ring: &[Position], clockwise: bool) -> bool {
        let area = doubled_area(ring);
        if area == 0 {
            return false;
        }
        if (area > 0) == clockwise {
            self.path(ring.iter())
        } else {
            self.path(ring.iter().rev())
        }
        true
    }

    /// Writes a ring that has an area, in the order in which its places come; repeated ones once.
    fn path<'p>(&mut self, mut ring: impl Iterator<Item = &'p Position> + Clone) {
        let Some(first) = ring.next() else { return };
        let (mut last, mut count) = (first, 0);
        for place in ring.clone() {
            count += usize::from(place != last);
            last = place;
        }
        count -= usize::from(last == first && count > 0);
        self.command(field::MOVE_TO, 1);
        self.go(*first);
        self.command(field::LINE_TO, count);
        for place in ring {
            if *place != self.at && count > 0 {
                self.go(*place);
                count -= 1;
            }
        }
        self.command(field::CLOSE_PATH, 1);
    }

    fn command(&mut self, command: u64, count: usize) {
        varint::put(&mut self.bytes, (count as u64) << 3 | command);
    }

    fn go(&mut self, to: Position) {
        for way in [to.x.wrapping_sub(self.at.x), to.y.wrapping_sub(self.at.y)] {
            varint::put(&mut self.bytes, u64::from(((way << 1) ^ (way >> 31)) as u32));
        }
        self.at = to;
    }
}
