use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::snapshot::hashes_fit;
use super::{Common, Extra, Metadata, Role};
use crate::encoding::sha256;
use crate::key::PublicKey;
use crate::path;

/// What files there are, and who else may say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Targets {
    /// Version, expiry …
    #[serde(flatten)]
    pub common: Common,
    /// Files by path.
    pub targets: BTreeMap<String, Target>,
    /// Departments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegations: Option<Delegations>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Its size.
    pub length: u64,
    /// Its hashes by algorithm.
    pub hashes: BTreeMap<String, String>,
    /// What we say of it beyond the specification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom: Option<serde_json::Value>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What a collection's entry says beyond the specification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetCustom {
    /// The collection unpacked.
    pub raw: Raw,
    /// Ways to it from earlier versions, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
}

/// A file unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raw {
    /// Its size.
    pub length: u64,
    /// Its hash.
    pub sha256: String,
}

/// A patch from an earlier version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// First 16 hex digits of the SHA-256 of the earlier version unpacked.
    pub from: String,
    /// Its size.
    pub length: u64,
    /// Its hash; it lies under `targets/patches/<sha256>.zst`.
    pub sha256: String,
}

/// Who else may sign which paths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delegations {
    /// Their keys.
    pub keys: BTreeMap<String, PublicKey>,
    /// Their roles, in order of priority.
    pub roles: Vec<DelegatedRole>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One delegated role: a department.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DelegatedRole {
    /// Its name.
    pub name: String,
    /// Its keys' names.
    pub keyids: Vec<String>,
    /// How many must sign.
    pub threshold: u64,
    /// Does the search end with it?
    pub terminating: bool,
    /// Path patterns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paths: Option<Vec<String>>,
    /// Or the first hex digits of the path's SHA-256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_hash_prefixes: Option<Vec<String>>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

impl DelegatedRole {
    /// Whether this role may speak of `target`.
    pub fn covers(&self, target: &str) -> bool {
        match (&self.paths, &self.path_hash_prefixes) {
            (Some(patterns), None) => patterns.iter().any(|pattern| path::matches(pattern, target)),
            (None, Some(prefixes)) => {
                let hash = sha256(target.as_bytes());
                prefixes.iter().any(|prefix| hash.starts_with(prefix.as_str()))
            }
            // The specification wants exactly one of the two.
            _ => false,
        }
    }

    /// Keys and threshold.
    pub fn role(&self) -> Role {
        Role { keyids: self.keyids.clone(), threshold: self.threshold, extra: Extra::new() }
    }
}

impl Target {
    /// A file's entry.
    pub fn of(bytes: &[u8]) -> Self {
        Target {
            length: bytes.len() as u64,
            hashes: BTreeMap::from([("sha256".into(), sha256(bytes))]),
            custom: None,
            extra: Extra::new(),
        }
    }

    /// Whether `bytes` are the file.
    pub fn fits(&self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && hashes_fit(&self.hashes, bytes)
    }

    /// The hash under which the file lies: SHA-256 when there is one.
    pub fn hash(&self) -> Option<&str> {
        self.hashes.get("sha256").or_else(|| self.hashes.values().next()).map(String::as_str)
    }

    /// What we say of a collection.
    pub fn collection(&self) -> Option<TargetCustom> {
        TargetCustom::deserialize(self.custom.as_ref()?).ok()
    }
}

impl Metadata for Targets {
    const TYPE: &'static str = "targets";
    fn common(&self) -> &Common {
        &self.common
    }
}
