//! Files of shapes: GeoJSON and Shapefile, read feature by feature within limits, in whatever order and encoding they
//! are written.

mod crs;
pub mod geojson;
mod input;
pub mod shapefile;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use madoguchi_hazard::{Point, Polygon};

pub use input::MAX_FILE;
pub use shapefile::is_part_of;

/// Points of one file; each feature, ring and empty list counts for one as well, so that nothing is free.
pub const MAX_POINTS: u64 = 20_000_000;
/// Properties of one feature.
pub const MAX_PROPERTIES: usize = 1_000;
/// Bytes of one text in a file.
pub const MAX_TEXT: usize = 1 << 20;

/// One feature of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feature {
    /// Its place in the file, from 1.
    pub number: u64,
    /// Its attributes as texts: numbers as they are written, `1.0` as `1`; what is null is not there.
    pub properties: Properties,
    /// Its points.
    pub points: Vec<Point>,
    /// Its lines.
    pub lines: Vec<Vec<Point>>,
    /// Its polygons, rings not closed.
    pub polygons: Vec<Polygon>,
    /// How many rings did not end where they began.
    pub unclosed: usize,
}

/// Attributes by name.
pub type Properties = BTreeMap<String, String>;

/// What a reader finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A feature.
    Feature(Feature),
    /// A feature that cannot be used.
    Refused(RefusedFeature),
}

/// A feature that cannot be used, and where in it the fault lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFeature {
    /// Its place in the file, from 1.
    pub number: u64,
    /// Which polygon, ring and point, in words.
    pub place: Option<String>,
    /// What is wrong, in Japanese.
    pub why: String,
}

/// What is known of a file once it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// How its texts were encoded.
    pub encoding: &'static str,
    /// How many features it has, refused ones too; up to the one after which no more were wanted.
    pub features: u64,
}

/// Why a file cannot be read as a whole. In Japanese, for the town's staff.
#[derive(Debug, thiserror::Error)]
pub enum GeoError {
    /// The system says why.
    #[error("読めません: {0}")]
    Io(#[from] std::io::Error),
    /// More bytes than are read.
    #[error("{bytes}バイトは大きすぎます（{MAX_FILE}バイトまで）")]
    TooLarge {
        /// How many.
        bytes: u64,
    },
    /// More points than are read.
    #[error("点が多すぎます（{MAX_POINTS}まで。{number}番めの地物のあたり）")]
    TooManyPoints {
        /// The feature at which it became too many.
        number: u64,
    },
    /// Not JSON, or cut off.
    #[error("GeoJSONとして読めません（{line}行{column}字めのあたり）: {why}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        why: String,
    },
    /// JSON, but no shapes.
    #[error("GeoJSONではありません")]
    NotGeoJson,
    /// A text that is too long.
    #[error("{MAX_TEXT}バイトを超える文があります")]
    LongText,
    /// Neither UTF-8 nor CP932 nor UTF-16.
    #[error("文字コードが分かりません（UTF-8かShift_JISで書いてください）")]
    Encoding,
    /// Not degrees of latitude and longitude.
    #[error("座標系「{0}」は読めません。緯度・経度（JGD2011、JGD2000、WGS84）で書き出してください")]
    Crs(String),
    /// A Shapefile that is damaged, or lacks a part.
    #[error("{0}")]
    Shapefile(String),
}

/// Is this file one whose shapes can be read?
pub fn is_shapes(file: &str) -> bool {
    let name = file.to_lowercase();
    name.ends_with(".geojson") || name.ends_with(".shp")
}

/// Does JSON begin as GeoJSON does?
pub fn is_geojson(bytes: &[u8]) -> bool {
    let head = bytes.get(..512).unwrap_or(bytes);
    let text: String = String::from_utf8_lossy(head).chars().filter(|c| !c.is_whitespace()).collect();
    text.contains("\"type\":\"FeatureCollection\"")
}

/// Takes what a reader finds, and says whether it wants more.
pub type Each<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// Reads a file of shapes, each feature in turn.
pub fn read(path: &Path, each: &mut Each<'_>) -> Result<FileFacts, GeoError> {
    let is_shp = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"));
    if is_shp { shapefile::read(path, each) } else { geojson::read(path, each) }
}

/// A point, or what is wrong with a latitude and longitude.
pub(crate) fn point(lat: f64, lon: f64) -> Result<Point, String> {
    Point::of_degrees(lat, lon).map_err(|_| {
        // A latitude of 138 is Japan's longitude.
        let swapped = (20.0..=46.0).contains(&lon) && (122.0..=154.0).contains(&lat);
        if swapped {
            format!("緯度と経度が逆です（{lon}, {lat}）。GeoJSONは経度、緯度の順に書きます")
        } else {
            format!("緯度・経度ではありません（{lon}, {lat}）")
        }
    })
}
