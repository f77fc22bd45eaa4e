use std::collections::BTreeMap;

use jiff::Timestamp as Instant;
use serde::{Deserialize, Serialize};

use super::{Common, Extra, Metadata};
use crate::encoding::{sha256, sha512};

/// Which snapshot is current. Small, signed often: the one file that is asked for each time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timestamp {
    /// Version, expiry …
    #[serde(flatten)]
    pub common: Common,
    /// `snapshot.json`, nothing else.
    pub meta: BTreeMap<String, MetaFile>,
    /// When it was signed: the age of everything that is shown is counted from here.
    #[serde(default, rename = "x-issued", skip_serializing_if = "Option::is_none")]
    pub issued: Option<Instant>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Which version of each targets file is current.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Version, expiry …
    #[serde(flatten)]
    pub common: Common,
    /// `targets.json` and one `<role>.json` a department.
    pub meta: BTreeMap<String, MetaFile>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What is said of another metadata file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetaFile {
    /// Its version.
    pub version: u64,
    /// Its size, when said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Its hashes, when said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hashes: Option<BTreeMap<String, String>>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

impl MetaFile {
    /// Only a version, which is all that the specification needs.
    pub fn version(version: u64) -> Self {
        MetaFile { version, length: None, hashes: None, extra: Extra::new() }
    }

    /// Whether `bytes` are what was announced.
    pub fn fits(&self, bytes: &[u8]) -> bool {
        self.length.is_none_or(|length| length == bytes.len() as u64)
            && self.hashes.as_ref().is_none_or(|hashes| hashes_fit(hashes, bytes))
    }
}

/// Whether all hashes of a known kind fit, and there is at least one.
pub(super) fn hashes_fit(hashes: &BTreeMap<String, String>, bytes: &[u8]) -> bool {
    let mut known = 0;
    for (algorithm, expected) in hashes {
        let actual = match algorithm.as_str() {
            "sha256" => sha256(bytes),
            "sha512" => sha512(bytes),
            _ => continue,
        };
        if !actual.eq_ignore_ascii_case(expected) {
            return false;
        }
        known += 1;
    }
    known > 0
}

impl Metadata for Timestamp {
    const TYPE: &'static str = "timestamp";
    fn common(&self) -> &Common {
        &self.common
    }
}

impl Metadata for Snapshot {
    const TYPE: &'static str = "snapshot";
    fn common(&self) -> &Common {
        &self.common
    }
}
