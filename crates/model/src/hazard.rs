use serde::{Deserialize, Serialize};

use crate::{Hazard, Translations};

/// What a hazard layer tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HazardKind {
    /// 洪水浸水想定区域: depth.
    RiverFlood,
    /// 浸水継続時間: how long the water stays.
    FloodDuration,
    /// 家屋倒壊等氾濫想定区域（氾濫流）.
    CollapseFlow,
    /// 家屋倒壊等氾濫想定区域（河岸侵食）.
    CollapseBank,
    /// 内水（雨水出水）浸水想定区域: depth.
    InlandFlood,
    /// 高潮浸水想定区域: depth.
    StormSurge,
    /// 津波浸水想定: depth.
    Tsunami,
    /// 土砂災害警戒区域（急傾斜地の崩壊）.
    SteepSlope,
    /// 土砂災害警戒区域（土石流）.
    DebrisFlow,
    /// 土砂災害警戒区域（地滑り）.
    Landslide,
    /// 浸水実績: where water stood before.
    FloodHistory,
}

impl HazardKind {
    /// Every kind with its code, in the order in which they are told.
    pub const ALL: &'static [(HazardKind, &'static str)] = &[
        (HazardKind::RiverFlood, "river-flood"),
        (HazardKind::FloodDuration, "flood-duration"),
        (HazardKind::CollapseFlow, "collapse-flow"),
        (HazardKind::CollapseBank, "collapse-bank"),
        (HazardKind::InlandFlood, "inland-flood"),
        (HazardKind::StormSurge, "storm-surge"),
        (HazardKind::Tsunami, "tsunami"),
        (HazardKind::SteepSlope, "steep-slope"),
        (HazardKind::DebrisFlow, "debris-flow"),
        (HazardKind::Landslide, "landslide"),
        (HazardKind::FloodHistory, "flood-history"),
    ];

    /// Its code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, code)| code)
    }

    /// The kind with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(kind, _)| *kind)
    }

    /// The danger whose 指定緊急避難場所 are meant for it; none for what is only remembered.
    pub fn flee_from(self) -> Option<Hazard> {
        match self {
            HazardKind::RiverFlood
            | HazardKind::FloodDuration
            | HazardKind::CollapseFlow
            | HazardKind::CollapseBank => Some(Hazard::Flood),
            HazardKind::InlandFlood => Some(Hazard::InlandFlood),
            HazardKind::StormSurge => Some(Hazard::StormSurge),
            HazardKind::Tsunami => Some(Hazard::Tsunami),
            HazardKind::SteepSlope | HazardKind::DebrisFlow | HazardKind::Landslide => {
                Some(Hazard::Landslide)
            }
            HazardKind::FloodHistory => None,
        }
    }
}

/// One class of a layer, from the mildest to the worst: the place in the list is its rank.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HazardClass {
    /// What it is called in answers: `3-5` and `20-` (metres), `72h-168h` (hours), `warning` 警戒区域, `special` 特別警戒区域,
    /// `zone` where a layer knows only inside and outside.
    pub code: String,
    /// The source's own words (`3.0~5.0m未満の区域`).
    pub label: String,
    /// Depth from, in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_m: Option<f64>,
    /// Depth below, in metres; none: no upper bound is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_m: Option<f64>,
    /// Water stays from, in hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_h: Option<f64>,
    /// Water stays less than, in hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_h: Option<f64>,
}

/// ハザード: a layer of zones. The zones themselves are a pack, a file of the bundle; collection `hazards`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HazardLayer {
    /// Stable id: kind, scenario and what tells it from others of the town (`river-flood-l2-mihongawa`).
    pub id: String,
    /// What it tells of.
    pub layer: HazardKind,
    /// For which rain, river or wave it was worked out (`想定最大規模`, `計画規模`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Its classes, mildest first. A zone refers to its class by index.
    pub classes: Vec<HazardClass>,
    /// The year of the survey, as the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey_year: Option<i16>,
    /// Who made it, when it is not the file's provider (`静岡県`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surveyor: Option<String>,
    /// The target path of its pack.
    pub pack: String,
    /// The version of the pack's format. An app that reads only earlier ones keeps the pack that it has.
    #[serde(default = "first_format")]
    pub format: u32,
    /// Where somebody looked: outside of all zones and within this, the layer says that there is none.
    #[serde(default, skip_serializing_if = "Surveyed::is_own")]
    pub surveyed: Surveyed,
    /// The pack's size unpacked, in bytes.
    pub bytes: u64,
    /// South, west, north, east: what the zones and the layer's own surveyed area span, in degrees.
    pub bounds: [f64; 4],
    /// Polygons whose drawing was mended, by the rule's name.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub repaired: std::collections::BTreeMap<String, u64>,
    /// Index into the sources of the collection.
    #[serde(default)]
    pub source: usize,
}

/// The area that a layer was surveyed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Surveyed {
    /// The one that its own pack holds.
    #[default]
    Own,
    /// The whole town: that of [`MapRecord::Area`], which all such layers share.
    Town,
}

impl Surveyed {
    fn is_own(&self) -> bool {
        *self == Surveyed::Own
    }
}

fn first_format() -> u32 {
    1
}

/// One line of the collection `map`: what the map is drawn from and found by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum MapRecord {
    /// The base map: PMTiles (version 3) of MVT tiles, its layers named `water`, `green`, `buildings`, `roads`, `rail`, `boundary`, `labels`.
    Base {
        /// Stable id.
        id: String,
        /// The target path of its pack.
        pack: String,
        /// Its size, in bytes.
        bytes: u64,
        /// South, west, north, east.
        bounds: [f64; 4],
        /// Smallest zoom.
        min_zoom: u8,
        /// Largest zoom.
        max_zoom: u8,
        /// Whom to name beside the map (`© OpenStreetMap contributors`).
        #[serde(default)]
        attribution: Vec<String>,
        /// Index into the sources of the collection.
        #[serde(default)]
        source: usize,
    },
    /// The walking graph.
    Roads {
        /// Stable id.
        id: String,
        /// The target path of its pack.
        pack: String,
        /// Its size, in bytes.
        bytes: u64,
        /// South, west, north, east.
        bounds: [f64; 4],
        /// Index into the sources of the collection.
        #[serde(default)]
        source: usize,
    },
    /// The town's area: a pack of a hazard layer without zones, its surveyed area within the town's border.
    Area {
        /// Stable id.
        id: String,
        /// The target path of its pack.
        pack: String,
        /// The version of the pack's format.
        format: u32,
        /// Its size, in bytes.
        bytes: u64,
        /// Index into the sources of the collection.
        #[serde(default)]
        source: usize,
    },
    /// The town's border, to be drawn: rings of longitude and latitude, outer ones and holes alike (even-odd).
    Border {
        /// Stable id.
        id: String,
        /// Rings, not closed.
        rings: Vec<Vec<[f64; 2]>>,
        /// Index into the sources of the collection.
        #[serde(default)]
        source: usize,
    },
    /// 町字: a block by name.
    Block {
        /// Stable id.
        id: String,
        /// Its name (川原町三丁目).
        name: String,
        /// In other languages and in kana.
        #[serde(default, skip_serializing_if = "Translations::is_empty")]
        names: Translations<String>,
        /// Latitude of a point in it.
        lat: f64,
        /// Longitude of that point.
        lon: f64,
        /// Index into the sources of the collection.
        #[serde(default)]
        source: usize,
    },
}

impl MapRecord {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            MapRecord::Base { id, .. }
            | MapRecord::Roads { id, .. }
            | MapRecord::Area { id, .. }
            | MapRecord::Border { id, .. }
            | MapRecord::Block { id, .. } => id,
        }
    }

    /// Which source it is of.
    pub fn source(&self) -> usize {
        match self {
            MapRecord::Base { source, .. }
            | MapRecord::Roads { source, .. }
            | MapRecord::Area { source, .. }
            | MapRecord::Border { source, .. }
            | MapRecord::Block { source, .. } => *source,
        }
    }

    /// The pack that it refers to.
    pub fn pack(&self) -> Option<&str> {
        match self {
            MapRecord::Base { pack, .. } | MapRecord::Roads { pack, .. } | MapRecord::Area { pack, .. } => {
                Some(pack)
            }
            MapRecord::Border { .. } | MapRecord::Block { .. } => None,
        }
    }
}

/// The target path of a pack that `department` publishes (`packs/bosai/river-flood-l2.zst`).
pub fn pack_path(department: &str, name: &str) -> String {
    format!("packs/{department}/{name}.zst")
}

/// Is this the target path of a pack?
pub fn is_pack_path(path: &str) -> bool {
    path.strip_prefix("packs/")
        .and_then(|rest| rest.strip_suffix(".zst"))
        .is_some_and(|rest| rest.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_one_code_the_one_that_json_writes() {
        for (kind, code) in HazardKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), *code);
            assert_eq!(HazardKind::parse(code), Some(*kind));
        }
    }
}
