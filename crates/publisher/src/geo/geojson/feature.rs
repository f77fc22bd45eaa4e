//! One feature, one geometry: their parts in any order.

use std::fmt;

use madoguchi_hazard::{Point, Polygon, Ring};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Budget;
use super::coordinates::{Coordinates, Fault, ReadCoordinates};
use crate::geo::{Feature, Item, MAX_PROPERTIES, Properties, RefusedFeature};

/// Geometry collections inside of each other.
const DEEPEST: usize = 8;

/// The parts of a feature or of a geometry.
#[derive(Default)]
pub(super) struct Parts {
    kind: Option<String>,
    properties: Properties,
    coordinates: Option<Coordinates>,
    inner: Vec<Geometry>,
    fault: Option<Fault>,
    depth: usize,
}

/// A geometry, or several.
#[derive(Default)]
struct Geometry {
    kind: Option<String>,
    coordinates: Option<Coordinates>,
    inner: Vec<Geometry>,
    fault: Option<Fault>,
}

impl Parts {
    /// Takes the value of a key.
    pub fn take<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
        budget: &mut Budget,
    ) -> Result<(), A::Error> {
        match key {
            "type" => self.kind = map.next_value_seed(Scalar)?,
            "properties" => self.properties = map.next_value_seed(ReadProperties)?,
            "coordinates" => {
                let seed = ReadCoordinates { budget, fault: &mut self.fault };
                self.coordinates = Some(map.next_value_seed(seed)?);
            }
            "geometry" => {
                let geometry = map.next_value_seed(ReadGeometry { budget, depth: self.depth + 1 })?;
                self.inner = geometry.into_iter().collect();
            }
            "geometries" => {
                self.inner = map.next_value_seed(ReadGeometries { budget, depth: self.depth + 1 })?
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    /// A collection of features, whose list is missing or elsewhere.
    pub fn is_collection(&self) -> bool {
        self.kind.as_deref() == Some("FeatureCollection")
    }

    /// The feature that they make; none when they are no GeoJSON at all.
    pub fn into_item(self, number: u64) -> Option<Item> {
        let Parts { kind, properties, coordinates, inner, fault, .. } = self;
        let kind = kind?;
        let refused = |fault: Fault| {
            let place = place(&kind, &fault.at);
            Item::Refused(RefusedFeature { number, place, why: fault.why })
        };
        let mut feature = Feature { number, properties, ..Feature::default() };
        if kind == "Feature" {
            if inner.is_empty() {
                return Some(refused(Fault { at: Vec::new(), why: "形がありません".into() }));
            }
            for geometry in inner {
                let of = geometry.kind.clone().unwrap_or_default();
                if let Err(fault) = geometry.add_to(&mut feature) {
                    let place = self::place(&of, &fault.at);
                    return Some(Item::Refused(RefusedFeature { number, place, why: fault.why }));
                }
            }
            return Some(Item::Feature(feature));
        }
        if coordinates.is_none() && inner.is_empty() {
            return None;
        }
        let geometry = Geometry { kind: Some(kind.clone()), coordinates, inner, fault };
        Some(match geometry.add_to(&mut feature) {
            Ok(()) => Item::Feature(feature),
            Err(fault) => refused(fault),
        })
    }
}

impl Geometry {
    /// Adds its shapes to a feature.
    fn add_to(self, feature: &mut Feature) -> Result<(), Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let wrong = |why: &str| Err(Fault { at: Vec::new(), why: why.into() });
        let kind = self.kind.as_deref().unwrap_or_default();
        if kind == "GeometryCollection" {
            return self.inner.into_iter().try_for_each(|geometry| geometry.add_to(feature));
        }
        use Coordinates::{Lists, ListsOfLists, Nothing, Position, Positions};
        match (kind, self.coordinates) {
            (_, None | Some(Nothing)) => return wrong("座標がありません"),
            ("Point", Some(Position(point))) => feature.points.push(point),
            ("MultiPoint", Some(Positions(points))) => feature.points.extend(points),
            ("LineString", Some(Positions(line))) => feature.lines.push(line),
            ("MultiLineString", Some(Lists(lines))) => feature.lines.extend(lines),
            ("Polygon", Some(Lists(rings))) => polygon(rings, &[], feature)?,
            ("MultiPolygon", Some(ListsOfLists(polygons))) => {
                for (index, rings) in polygons.into_iter().enumerate() {
                    polygon(rings, &[index], feature)?;
                }
            }
            // `[[[]]]` and the like: empty where a polygon would be.
            ("MultiPolygon", Some(Lists(lists))) if lists.iter().all(Vec::is_empty) => {
                return wrong("多角形に点がありません");
            }
            (
                "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon",
                Some(_),
            ) => {
                return wrong("形の種類と、座標の入れ子の深さが合いません");
            }
            (kind, _) => {
                let kind: String = kind.chars().take(40).collect();
                return Err(Fault {
                    at: Vec::new(), why: format!("「{kind}」という形は知りません")
                });
            }
        }
        Ok(())
    }
}

/// Rings end where they begin; here they do not repeat that point.
fn polygon(rings: Vec<Vec<Point>>, at: &[usize], feature: &mut Feature) -> Result<(), Fault> {
    let mut open = Vec::with_capacity(rings.len());
    for (index, mut ring) in rings.into_iter().enumerate() {
        if ring.is_empty() {
            let at = at.iter().copied().chain([index]).collect();
            return Err(Fault { at, why: "輪に点がありません".into() });
        }
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        } else {
            feature.unclosed += 1;
        }
        open.push(ring);
    }
    let mut rings = open.into_iter();
    let Some(outer) = rings.next() else {
        return Err(Fault { at: at.to_vec(), why: "多角形に輪がありません".into() });
    };
    let holes: Vec<Ring> = rings.collect();
    feature.polygons.push(Polygon { outer, holes });
    Ok(())
}

/// Where a fault lies, in words.
fn place(kind: &str, at: &[usize]) -> Option<String> {
    let nth = |index: &usize, of: &str| format!("{}番めの{of}", index + 1);
    let names: &[&str] = match kind {
        "MultiPoint" | "LineString" => &["点"],
        "MultiLineString" => &["線", "点"],
        "Polygon" => &["輪", "点"],
        "MultiPolygon" => &["多角形", "輪", "点"],
        _ => &[],
    };
    let words: Vec<String> = at.iter().zip(names).map(|(index, of)| nth(index, of)).collect();
    (!words.is_empty()).then(|| words.join("、"))
}

/// Reads one feature of a list.
pub(super) struct ReadFeature<'a> {
    pub budget: &'a mut Budget,
    pub number: u64,
}

impl<'de> DeserializeSeed<'de> for ReadFeature<'_> {
    type Value = Item;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Item, D::Error> {
        let (budget, number) = (self.budget, self.number);
        budget.spend()?;
        let parts = input.deserialize_any(ReadParts { budget, depth: 0 })?;
        let none = || {
            let why = "地物ではありません".into();
            Item::Refused(RefusedFeature { number, place: None, why })
        };
        Ok(parts.and_then(|parts| parts.into_item(number)).unwrap_or_else(none))
    }
}

/// Reads a geometry, or null.
struct ReadGeometry<'a> {
    budget: &'a mut Budget,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ReadGeometry<'_> {
    type Value = Option<Geometry>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        if self.depth > DEEPEST {
            return Err(D::Error::custom("geometries nested too deeply"));
        }
        self.budget.spend()?;
        let parts = input.deserialize_any(ReadParts { budget: self.budget, depth: self.depth })?;
        Ok(parts.map(|parts| {
            let Parts { kind, coordinates, inner, fault, .. } = parts;
            Geometry { kind, coordinates, inner, fault }
        }))
    }
}

/// Reads the list of a geometry collection.
struct ReadGeometries<'a> {
    budget: &'a mut Budget,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ReadGeometries<'_> {
    type Value = Vec<Geometry>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ReadGeometries<'_> {
    type Value = Vec<Geometry>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of geometries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(geometry) =
            list.next_element_seed(ReadGeometry { budget: self.budget, depth: self.depth })?
        {
            all.extend(geometry);
        }
        Ok(all)
    }
}

/// Reads an object's parts; none for what is no object.
struct ReadParts<'a> {
    budget: &'a mut Budget,
    depth: usize,
}

impl<'de> Visitor<'de> for ReadParts<'_> {
    type Value = Option<Parts>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature or a geometry")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut parts = Parts { depth: self.depth, ..Parts::default() };
        while let Some(key) = map.next_key::<String>()? {
            parts.take(&key, &mut map, self.budget)?;
        }
        Ok(Some(parts))
    }
}

/// Reads properties: what is no text, number or boolean is left out.
struct ReadProperties;

impl<'de> DeserializeSeed<'de> for ReadProperties {
    type Value = Properties;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Properties, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ReadProperties {
    type Value = Properties;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties")
    }

    fn visit_unit<E: Error>(self) -> Result<Properties, E> {
        Ok(Properties::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
        let mut all = Properties::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(Scalar)?;
            if all.len() >= MAX_PROPERTIES {
                return Err(A::Error::custom(format!("more than {MAX_PROPERTIES} properties in a feature")));
            }
            if let Some(value) = value {
                all.insert(key, value);
            }
        }
        Ok(all)
    }
}

/// A text, number or boolean as text; none for anything else.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.into()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    /// `1.0` comes out as `1`: programs that know only one kind of number write codes so.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
