use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::Link;

/// A place that a resident may look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Stable name within the town.
    pub id: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Its reading in kana.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Finer kind in the town's words (公立幼稚園, すし, 防火水そう).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Building or floor (方書), or where in the building it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    /// Where it is; none when neither the town nor its address table knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Telephone, digits and hyphens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Link>,
    /// When it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<OpeningHours>,
    /// For [`PlaceKind::EMERGENCY_SITE`]: the dangers from which it is safe; for a shelter those in which it opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub valid_for: Vec<Hazard>,
    /// How many people it takes in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// For [`PlaceKind::OPEN_SHELTER`]: what the town said of it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ShelterStatus>,
    /// What it is, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Everything else that the town's file says of it, under the file's own column names, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<(String, String)>,
    /// The file it came from: index into the collection's sources.
    #[serde(default)]
    pub source: usize,
}

/// What a town's list of open shelters (避難所の開設状況) says of one. How many people it takes in is the place's `capacity`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelterStatus {
    /// Is it open? A list may name those that were closed again, too.
    pub open: bool,
    /// How many people are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// As of when that was so. It is never told without.
    pub as_of: Timestamp,
}

/// A point on the earth (WGS 84 / JGD2011, which differ by less than a metre), in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Latitude, north positive.
    pub lat: f64,
    /// Longitude, east positive.
    pub lon: f64,
    /// Looked up from the address and good to a town block only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
}

impl Position {
    /// Great-circle distance in metres (haversine on the mean earth radius 6,371,008.8 m; error below 0.6 %).
    pub fn distance_m(&self, other: &Position) -> f64 {
        let (lat1, lat2) = (self.lat.to_radians(), other.lat.to_radians());
        let dlat = lat2 - lat1;
        let dlon = (other.lon - self.lon).to_radians();
        let a = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
        2.0 * 6_371_008.8 * a.sqrt().min(1.0).asin()
    }
}

/// The kind of a place: one of the known codes below, or the name of a town's own layer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceKind(pub String);

impl PlaceKind {
    /// 指定緊急避難場所: where to flee to from one kind of hazard.
    pub const EMERGENCY_SITE: &'static str = "emergency-site";
    /// 指定避難所: where to stay afterwards.
    pub const SHELTER: &'static str = "shelter";
    /// 避難所の開設状況: a shelter of which the town says at some hour whether it is open. Designated or not.
    pub const OPEN_SHELTER: &'static str = "open-shelter";
    /// 公共施設.
    pub const PUBLIC_FACILITY: &'static str = "public-facility";
    /// 子育て施設.
    pub const CHILDCARE: &'static str = "childcare";
    /// AED.
    pub const AED: &'static str = "aed";
    /// 公衆無線LAN.
    pub const WIFI: &'static str = "wifi";
    /// 医療機関.
    pub const MEDICAL: &'static str = "medical";
    /// 介護サービス事業所.
    pub const CARE: &'static str = "care";
    /// 公衆トイレ.
    pub const TOILET: &'static str = "toilet";
    /// 観光施設.
    pub const TOURISM: &'static str = "tourism";

    /// The kinds that every town's app knows by name, with their Japanese names.
    pub const KNOWN: &'static [(&'static str, &'static str)] = &[
        (Self::EMERGENCY_SITE, "指定緊急避難場所"),
        (Self::SHELTER, "指定避難所"),
        (Self::OPEN_SHELTER, "避難所の開設状況"),
        (Self::PUBLIC_FACILITY, "公共施設"),
        (Self::CHILDCARE, "子育て施設"),
        (Self::AED, "AED"),
        (Self::WIFI, "公衆無線LAN"),
        (Self::MEDICAL, "医療機関"),
        (Self::CARE, "介護サービス事業所"),
        (Self::TOILET, "公衆トイレ"),
        (Self::TOURISM, "観光施設"),
    ];

    /// A kind by code.
    pub fn new(code: &str) -> Self {
        PlaceKind(code.into())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The eight dangers of the 指定緊急避難場所 (災害対策基本法施行令 20条の4), and others that alerts name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hazard {
    /// 洪水.
    Flood,
    /// 崖崩れ、土石流及び地滑り.
    Landslide,
    /// 高潮.
    StormSurge,
    /// 地震.
    Earthquake,
    /// 津波.
    Tsunami,
    /// 大規模な火事.
    Fire,
    /// 内水氾濫.
    InlandFlood,
    /// 火山現象.
    Volcano,
}

impl Hazard {
    /// All eight with the words of the standard's column heads, in its order.
    pub const ALL: &'static [(Hazard, &'static str)] = &[
        (Hazard::Flood, "洪水"),
        (Hazard::Landslide, "崖崩れ、土石流及び地滑り"),
        (Hazard::StormSurge, "高潮"),
        (Hazard::Earthquake, "地震"),
        (Hazard::Tsunami, "津波"),
        (Hazard::Fire, "大規模な火事"),
        (Hazard::InlandFlood, "内水氾濫"),
        (Hazard::Volcano, "火山現象"),
    ];
}

/// When a place is open: hours where the file has them, and always the town's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHours {
    /// By weekday, `mon` to `sun`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub week: BTreeMap<String, WeekHours>,
    /// What the columns cannot say (年末年始を除く).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// From and to on one weekday. `close` before `open` means past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekHours {
    /// Opens.
    #[serde(with = "hhmm")]
    pub open: Time,
    /// Closes.
    #[serde(with = "hhmm")]
    pub close: Time,
}

/// Times of day as `HH:MM`.
pub(crate) mod hhmm {
    use jiff::civil::Time;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &Time, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&format_args!("{:02}:{:02}", time.hour(), time.minute()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Time, D::Error> {
        let text = String::deserialize(input)?;
        text.split_once(':')
            .and_then(|(h, m)| Time::new(h.parse().ok()?, m.parse().ok()?, 0, 0).ok())
            .ok_or_else(|| D::Error::custom(format!("{text:?} is no time of day")))
    }
}
