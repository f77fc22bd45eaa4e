use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Source;

/// The version of the collection format that this code writes; a phone refuses a higher one with a plain word.
pub const FORMAT: u32 = 1;

/// What a collection holds. A collection is JSON Lines: a [`CollectionHeader`], then one record a line, ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CollectionKind {
    /// One [`crate::Town`]; signed by the town's own role.
    Town,
    /// [`crate::Alert`]s; only departments with the right to.
    Alerts,
    /// [`crate::Notice`]s.
    Notices,
    /// [`crate::Place`]s.
    Places,
    /// [`crate::Event`]s.
    Events,
    /// [`crate::GarbageRecord`]s.
    Garbage,
    /// [`crate::TownProgram`]s.
    Programs,
    /// [`crate::TownRuleFile`]s.
    Rules,
    /// [`crate::HazardLayer`]s.
    Hazards,
    /// [`crate::MapRecord`]s.
    Map,
}

impl CollectionKind {
    /// Every kind.
    pub const ALL: &'static [CollectionKind] = &[
        CollectionKind::Town,
        CollectionKind::Alerts,
        CollectionKind::Notices,
        CollectionKind::Places,
        CollectionKind::Events,
        CollectionKind::Garbage,
        CollectionKind::Programs,
        CollectionKind::Rules,
        CollectionKind::Hazards,
        CollectionKind::Map,
    ];

    /// The name used in paths and reports.
    pub fn name(self) -> &'static str {
        match self {
            CollectionKind::Town => "town",
            CollectionKind::Alerts => "alerts",
            CollectionKind::Notices => "notices",
            CollectionKind::Places => "places",
            CollectionKind::Events => "events",
            CollectionKind::Garbage => "garbage",
            CollectionKind::Programs => "programs",
            CollectionKind::Rules => "rules",
            CollectionKind::Hazards => "hazards",
            CollectionKind::Map => "map",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The TUF target path of this collection as published by `department` (`notices/bosai.jsonl.zst`).
    pub fn target_path(self, department: &str) -> String {
        format!("{}/{department}.jsonl.zst", self.name())
    }

    /// Reads a target path back into kind and department.
    pub fn of_target_path(path: &str) -> Option<(Self, &str)> {
        let (kind, rest) = path.split_once('/')?;
        Some((Self::parse(kind)?, rest.strip_suffix(".jsonl.zst")?))
    }
}

impl fmt::Display for CollectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The first line of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionHeader {
    /// What the lines below hold.
    pub collection: CollectionKind,
    /// The format's version, [`FORMAT`].
    pub format: u32,
    /// Whose code the content belongs to; a collection of another town is refused even when a key was shared.
    pub town: crate::TownCode,
    /// The department that published it.
    pub department: String,
    /// The files that it was made of; records refer to them by index.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}
