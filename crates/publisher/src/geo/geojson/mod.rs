//! GeoJSON (RFC 7946 and what was written before it), read as a stream: memory holds one feature at a time, whatever
//! the order of keys. A feature that is wrong is named and the others are kept.

mod coordinates;
mod feature;

use std::fmt;
use std::io::BufReader;
use std::path::Path;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::input::{self, is_long_text};
use super::{Each, FileFacts, GeoError, MAX_POINTS, crs::is_degrees};
use feature::{Parts, ReadFeature};

/// How many points may still come.
pub(crate) struct Budget {
    points: u64,
    numbers: u64,
}

/// What the parser is told when the budget is spent; [`read`] makes an error of its own of it.
const SPENT: &str = "too many points";

/// What the parser is told when no more is wanted.
const ENOUGH: &str = "enough";

impl Budget {
    fn new(points: u64) -> Self {
        Budget { points, numbers: points.saturating_mul(4) }
    }

    fn spend<E: Error>(&mut self) -> Result<(), E> {
        self.points = self.points.checked_sub(1).ok_or_else(|| E::custom(SPENT))?;
        Ok(())
    }

    /// Numbers beyond those that a point needs.
    fn spend_digits<E: Error>(&mut self) -> Result<(), E> {
        self.numbers = self.numbers.checked_sub(1).ok_or_else(|| E::custom(SPENT))?;
        Ok(())
    }
}

/// What is known so far.
struct Reading<'e, 'a> {
    each: &'e mut Each<'a>,
    budget: Budget,
    features: u64,
    crs: Option<String>,
    is_geojson: bool,
    enough: bool,
}

/// Reads a file, each feature in turn. Whoever collects them throws them away when this is an error: the file's end may
/// say that it is in metres.
pub fn read(path: &Path, each: &mut Each<'_>) -> Result<FileFacts, GeoError> {
    read_within(path, MAX_POINTS, each)
}

fn read_within(path: &Path, points: u64, each: &mut Each<'_>) -> Result<FileFacts, GeoError> {
    let (text, encoding) = input::open(path)?;
    let mut reading = Reading {
        each,
        budget: Budget::new(points),
        features: 0,
        crs: None,
        is_geojson: false,
        enough: false,
    };
    let mut parser = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, text));
    let done = parser.deserialize_any(Top { reading: &mut reading }).and_then(|()| parser.end());
    if reading.enough {
        return Ok(FileFacts { encoding, features: reading.features });
    }
    if let Err(error) = done {
        let why = error.to_string();
        return Err(match why.as_str() {
            why if why.starts_with(SPENT) => GeoError::TooManyPoints { number: reading.features + 1 },
            why if is_long_text(why) => GeoError::LongText,
            _ if error.is_io() => GeoError::Io(std::io::Error::from(error)),
            _ => GeoError::Json { line: error.line(), column: error.column(), why },
        });
    }
    if let Some(name) = reading.crs.filter(|name| !is_degrees(name)) {
        return Err(GeoError::Crs(name));
    }
    if !reading.is_geojson {
        return Err(GeoError::NotGeoJson);
    }
    Ok(FileFacts { encoding, features: reading.features })
}

/// The file itself: a FeatureCollection, a Feature or a geometry.
struct Top<'r, 'e, 'a> {
    reading: &'r mut Reading<'e, 'a>,
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GeoJSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reading = self.reading;
        let mut own = Parts::default();
        let mut collection = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    collection = true;
                    map.next_value_seed(Features { reading })?;
                }
                "crs" => reading.crs = map.next_value_seed(Crs)?.or(reading.crs.take()),
                key => own.take(key, &mut map, &mut reading.budget)?,
            }
        }
        if collection || own.is_collection() {
            reading.is_geojson = true;
        } else if let Some(item) = own.into_item(1) {
            reading.is_geojson = true;
            reading.features = 1;
            let _ = (reading.each)(item);
        }
        Ok(())
    }
}

/// The list of features.
struct Features<'r, 'e, 'a> {
    reading: &'r mut Reading<'e, 'a>,
}

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            let number = self.reading.features + 1;
            let seed = ReadFeature { budget: &mut self.reading.budget, number };
            let Some(item) = list.next_element_seed(seed)? else { return Ok(()) };
            self.reading.features = number;
            if (self.reading.each)(item).is_break() {
                self.reading.enough = true;
                return Err(A::Error::custom(ENOUGH));
            }
        }
    }
}

/// `{"type": "name", "properties": {"name": "…"}}`, `{"type": "EPSG", "properties": {"code": 4326}}`, or null.
struct Crs;

impl<'de> DeserializeSeed<'de> for Crs {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Crs {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a coordinate system")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Some(name.into()))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<Self::Value, E> {
        Ok(Some(code.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "properties" | "name" | "code" | "href" => {
                    found = map.next_value_seed(Crs)?.or(found);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        // A system that is there and has no name is none that we know.
        Ok(found.or(Some("crs".into())))
    }
}

#[cfg(test)]
mod tests;
