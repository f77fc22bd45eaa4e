//! What became of each file: nothing is dropped silently.

use std::collections::BTreeMap;

use madoguchi_model::{
    Alert, Event, GarbageArea, GarbageItem, HazardLayer, MapRecord, Notice, Place, Source, TownProgram,
    TownRuleFile,
};
use serde::Serialize;

/// What became of one file of the town's folder.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FileReport {
    /// Path relative to the town's folder, with `/`.
    pub file: String,
    /// Which data set it was taken for (`emergency-site`, `aed`, `notices`, a layer's name …); none when not covered.
    pub dataset: Option<String>,
    /// How its text was encoded (`utf-8`, `utf-8-bom`, `cp932`, `utf-16le` …).
    pub encoding: Option<String>,
    /// Data rows (or articles) found. 0 when the file is not covered.
    pub rows: usize,
    /// Rows that became records.
    pub kept: usize,
    /// Values that were put right on the way (a wareki date, a full-width digit, a coordinate looked up …).
    pub mended: usize,
    /// The mended values by reason.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mended_by: BTreeMap<String, usize>,
    /// Rows that did not become records, each with its reason.
    pub refused: Vec<Refusal>,
    /// What a row is in this file.
    #[serde(skip_serializing_if = "Unit::is_row")]
    pub unit: Unit,
    /// What else the town's staff should know of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Why the file as a whole is not covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What a file is counted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Lines of a table, articles.
    #[default]
    Row,
    /// Features of a file of shapes.
    Feature,
    /// Tiles of a folder.
    Tile,
}

impl Unit {
    fn is_row(&self) -> bool {
        *self == Unit::Row
    }
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Line of the file on which the row begins, 1-based, as an editor shows it; of a file of shapes, the feature's number.
    pub row: u64,
    /// The column at fault, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is wrong with it, in words for the town's staff (Japanese).
    pub why: String,
}

impl FileReport {
    /// A report on a file about which nothing is known yet.
    pub fn new(file: &str) -> Self {
        FileReport { file: file.into(), ..Default::default() }
    }

    /// Counts one mended value.
    pub fn mend(&mut self, reason: &str) {
        self.mended += 1;
        *self.mended_by.entry(reason.into()).or_default() += 1;
    }

    /// Counts mended values.
    pub fn mend_many(&mut self, reason: &str, count: usize) {
        if count > 0 {
            self.mended += count;
            *self.mended_by.entry(reason.into()).or_default() += count;
        }
    }

    /// Names a row that was not taken.
    pub fn refuse(&mut self, row: u64, column: Option<&str>, why: impl Into<String>) {
        self.refused.push(Refusal { row, column: column.map(Into::into), why: why.into() });
    }
}

/// The records that one file became. Their `source` is 0; whoever joins files renumbers it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    /// Where they came from.
    pub source: Source,
    /// Alerts.
    pub alerts: Vec<Alert>,
    /// Notices, those dated ahead too.
    pub notices: Vec<Notice>,
    /// Places.
    pub places: Vec<Place>,
    /// Events.
    pub events: Vec<Event>,
    /// Garbage districts.
    pub garbage_areas: Vec<GarbageArea>,
    /// Garbage dictionary.
    pub garbage_items: Vec<GarbageItem>,
    /// Programs.
    pub programs: Vec<TownProgram>,
    /// Rule files and their tables.
    pub rules: Vec<TownRuleFile>,
    /// Files of the folder that notices refer to: target path (`files/koho/map.pdf`) -> path in the folder.
    pub attachments: BTreeMap<String, String>,
    /// The department that publishes them, where the file's place does not tell it.
    pub department: Option<String>,
    /// Layers of dangers.
    pub hazards: Vec<PackedLayer>,
    /// What the map is drawn from and found by.
    pub map: Vec<MapPart>,
}

/// A layer with its pack. Whoever joins files gives it its pack's path.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedLayer {
    /// The layer.
    pub layer: HazardLayer,
    /// Where it came from: one file may hold several layers, each with a title of its own.
    pub source: Source,
    /// The pack's bytes.
    pub pack: Vec<u8>,
}

/// A record of the map, with its pack if it has one.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPart {
    /// The record.
    pub record: MapRecord,
    /// Where it came from.
    pub source: Source,
    /// The pack's bytes.
    pub pack: Option<Vec<u8>>,
}
