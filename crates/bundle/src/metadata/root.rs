use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Common, Extra, Metadata};
use crate::key::PublicKey;

/// Who may sign what: the top of trust.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Root {
    /// Version, expiry …
    #[serde(flatten)]
    pub common: Common,
    /// Do file names carry version and hash? Ours always do.
    #[serde(default)]
    pub consistent_snapshot: bool,
    /// Every key by its name.
    pub keys: BTreeMap<String, PublicKey>,
    /// `root`, `timestamp`, `snapshot`, `targets`.
    pub roles: BTreeMap<String, Role>,
    /// The town to which the bundle belongs.
    #[serde(default, rename = "x-madoguchi-town", skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Which keys, and how many of them, must sign.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The keys' names.
    pub keyids: Vec<String>,
    /// How many of them.
    pub threshold: u64,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Metadata for Root {
    const TYPE: &'static str = "root";
    fn common(&self) -> &Common {
        &self.common
    }
}

impl Root {
    /// A top-level role; one that is missing can never be met.
    pub fn role(&self, name: &str) -> Role {
        self.roles.get(name).cloned().unwrap_or_default()
    }
}
