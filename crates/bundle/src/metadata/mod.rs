//! The four kinds of metadata as types, shared by signer and verifier.

mod envelope;
mod root;
mod snapshot;
mod targets;

use std::collections::BTreeMap;

use jiff::Timestamp as Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use envelope::{Envelope, EnvelopeError};
pub use root::{Role, Root};
pub use snapshot::{MetaFile, Snapshot, Timestamp};
pub use targets::{DelegatedRole, Delegations, Patch, Raw, Target, TargetCustom, Targets};

/// The specification that is written, and whose major version is read.
pub const SPEC_VERSION: &str = "1.0.33";

/// What every kind of metadata has.
pub trait Metadata: for<'de> Deserialize<'de> + Serialize {
    /// Its `_type`.
    const TYPE: &'static str;
    /// What all kinds share.
    fn common(&self) -> &Common;
}

/// The fields that every kind of metadata has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Common {
    /// What kind it is.
    #[serde(rename = "_type")]
    pub kind: String,
    /// The specification it follows.
    pub spec_version: String,
    /// Counts up, from 1.
    pub version: u64,
    /// After this it is stale.
    pub expires: Instant,
}

impl Common {
    /// The common fields of a new piece of metadata.
    pub fn new(kind: &str, version: u64, expires: Instant) -> Self {
        // TUF writes whole seconds.
        let expires = Instant::from_second(expires.as_second()).unwrap_or(expires);
        Common { kind: kind.into(), spec_version: SPEC_VERSION.into(), version, expires }
    }
}

/// Fields that this code does not know; kept, since they are part of what is signed.
pub type Extra = BTreeMap<String, Value>;
