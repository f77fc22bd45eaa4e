use jiff::Timestamp as Instant;

use super::{FetchError, StoreError};
use crate::metadata::EnvelopeError;

/// Why a refresh or a search ended. Nothing that caused it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// There is no trusted root to begin with.
    #[error("no trusted root")]
    NoRoot,
    /// A file did not come.
    #[error("{name}: {error}")]
    Fetch {
        /// The file.
        name: String,
        /// Why.
        error: FetchError,
    },
    /// A file came and was refused.
    #[error("{name}: {refusal}")]
    Refused {
        /// The file.
        name: String,
        /// Why.
        refusal: Refusal,
    },
    /// What is trusted could not be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No role that may speak of the target knows it.
    #[error("no target {0:?}")]
    NoTarget(String),
}

/// Why a file was refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not metadata, not signed by enough of the right keys, or of another kind.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// Older than what is known already.
    #[error("version {found} is older than {known}, which is known already")]
    Rollback {
        /// The version that came.
        found: u64,
        /// The version that is known.
        known: u64,
    },
    /// Not the version that was announced.
    #[error("version {found} where {expected} was announced")]
    Version {
        /// The version that came.
        found: u64,
        /// The version announced.
        expected: u64,
    },
    /// Not the size or hash that was announced.
    #[error("not the file that was announced")]
    Hash,
    /// A file that was listed before is listed no more.
    #[error("{0} was listed before and is missing now")]
    Missing(String),
    /// Its time is over.
    #[error("expired at {at}")]
    Expired {
        /// When.
        at: Instant,
    },
    /// A role name that would take the place of another.
    #[error("a delegated role may not be called {0:?}")]
    RoleName(String),
}

impl ClientError {
    pub(super) fn refused(name: &str, refusal: impl Into<Refusal>) -> Self {
        ClientError::Refused { name: name.into(), refusal: refusal.into() }
    }

    pub(super) fn fetch(name: &str, error: FetchError) -> Self {
        ClientError::Fetch { name: name.into(), error }
    }

    /// A short code for each kind of refusal, for messages: `signature`, `rollback`, `mixed`, `expired`, `format` …
    pub fn code(&self) -> &'static str {
        match self {
            ClientError::NoRoot => "no-root",
            ClientError::Fetch { error: FetchError::NotFound, .. } => "missing",
            ClientError::Fetch { error: FetchError::TooLarge { .. }, .. } => "too-large",
            ClientError::Fetch { .. } => "fetch",
            ClientError::Store(_) => "store",
            ClientError::NoTarget(_) => "no-target",
            ClientError::Refused { refusal, .. } => match refusal {
                Refusal::Envelope(EnvelopeError::Json(_) | EnvelopeError::NotWhole(_)) => "format",
                Refusal::Envelope(EnvelopeError::Kind { .. }) => "kind",
                Refusal::Envelope(_) => "signature",
                Refusal::Rollback { .. } => "rollback",
                Refusal::Version { .. } | Refusal::Hash | Refusal::Missing(_) => "mixed",
                Refusal::Expired { .. } => "expired",
                Refusal::RoleName(_) => "role-name",
            },
        }
    }
}
