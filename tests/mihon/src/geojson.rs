//! Compact GeoJSON: one feature a line, so that a change to the drawing shows where it is.

use crate::geo::{Micro, P, area, micro};

/// A value of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

/// A shape in metres. Rings are not closed; the writer closes them.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One point.
    Point(P),
    /// One line.
    Line(Vec<P>),
    /// Polygons, each an outer ring and its holes.
    Area(Vec<Vec<Vec<P>>>),
    /// One ring exactly as drawn, however it crosses itself.
    Raw(Vec<P>),
}

/// A shape with what is known of it.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Names and values, in the order in which they are written.
    pub properties: Vec<(&'static str, Value)>,
    /// Where it is.
    pub shape: Shape,
}

impl Feature {
    /// A feature with these properties.
    pub fn new(shape: Shape, properties: Vec<(&'static str, Value)>) -> Self {
        Feature { properties, shape }
    }

    /// The text of a property.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| *known == name).and_then(|(_, value)| match value {
            Value::Text(text) => Some(text.as_str()),
            Value::Number(_) => None,
        })
    }

    /// Is a point in one of its polygons, and in none of that polygon's holes?
    pub fn holds(&self, at: P) -> bool {
        match &self.shape {
            Shape::Area(polygons) => polygons
                .iter()
                .any(|rings| rings.iter().filter(|ring| crate::geo::inside(ring, at)).count() % 2 == 1),
            Shape::Raw(ring) => crate::geo::inside(ring, at),
            _ => false,
        }
    }
}

/// The features as a file.
pub fn write(features: &[Feature]) -> String {
    let mut out = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (i, feature) in features.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        out.push_str("{\"type\":\"Feature\",\"properties\":{");
        for (k, (name, value)) in feature.properties.iter().enumerate() {
            let comma = if k == 0 { "" } else { "," };
            let value = match value {
                Value::Text(text) => quoted(text),
                Value::Number(number) => number.to_string(),
            };
            out.push_str(&format!("{comma}\"{name}\":{value}"));
        }
        out.push_str("},\"geometry\":");
        shape(&feature.shape, &mut out);
        out.push('}');
    }
    out.push_str("\n]}\n");
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn shape(shape: &Shape, out: &mut String) {
    match shape {
        Shape::Point(at) => {
            out.push_str(&format!("{{\"type\":\"Point\",\"coordinates\":{}}}", place(micro(*at))))
        }
        Shape::Line(line) => {
            out.push_str("{\"type\":\"LineString\",\"coordinates\":");
            places(&places_of(line), out);
            out.push('}');
        }
        Shape::Raw(ring) => {
            out.push_str("{\"type\":\"Polygon\",\"coordinates\":[");
            let mut ring: Vec<Micro> = ring.iter().map(|at| micro(*at)).collect();
            ring.push(ring[0]);
            places(&ring, out);
            out.push_str("]}");
        }
        Shape::Area(polygons) => {
            let one = polygons.len() == 1;
            let kind = if one { "Polygon" } else { "MultiPolygon" };
            out.push_str(&format!("{{\"type\":\"{kind}\",\"coordinates\":"));
            out.push_str(if one { "" } else { "[" });
            for (i, rings) in polygons.iter().enumerate() {
                out.push_str(if i == 0 { "[" } else { ",[" });
                for (k, ring) in rings.iter().enumerate() {
                    out.push_str(if k == 0 { "" } else { "," });
                    places(&round(ring, k == 0), out);
                }
                out.push(']');
            }
            out.push_str(if one { "}" } else { "]}" });
        }
    }
}

/// A ring on the files' lattice, closed; outer rings go left, holes right (RFC 7946).
fn round(ring: &[P], outer: bool) -> Vec<Micro> {
    let mut places = places_of(ring);
    if (area(ring) > 0.0) != outer {
        places.reverse();
    }
    if places.first() != places.last() {
        places.push(places[0]);
    }
    places
}

fn places_of(line: &[P]) -> Vec<Micro> {
    let mut places: Vec<Micro> = line.iter().map(|at| micro(*at)).collect();
    places.dedup();
    places
}

fn places(list: &[Micro], out: &mut String) {
    out.push('[');
    for (i, at) in list.iter().enumerate() {
        out.push_str(if i == 0 { "" } else { "," });
        out.push_str(&place(*at));
    }
    out.push(']');
}

fn place((lon, lat): Micro) -> String {
    format!("[{},{}]", degrees(lon), degrees(lat))
}

fn degrees(micro: i64) -> String {
    let text = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').into()
}
