//! What can go wrong on the town's side, in words that name the file and what to do.

use std::path::{Path, PathBuf};

use madoguchi_bundle::compress::CompressError;
use madoguchi_bundle::key::KeyError;
use madoguchi_bundle::metadata::EnvelopeError;

use crate::settings::SettingsError;

/// Why a command of the town did not do what it was asked. Nothing that is public was changed.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file could not be read or written.
    #[error("{path}: {error}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// `town.toml` cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A key file cannot be used.
    #[error("{path}: {error}", path = path.display())]
    Key {
        /// Which.
        path: PathBuf,
        /// Why.
        error: KeyError,
    },
    /// Metadata that lies there cannot be read.
    #[error("{path}: {error}", path = path.display())]
    Metadata {
        /// Which.
        path: PathBuf,
        /// Why.
        error: EnvelopeError,
    },
    /// Content could not be packed.
    #[error(transparent)]
    Compress(#[from] CompressError),
    /// Something could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A collection would lose more than a tenth of what it has.
    #[error(
        "{collection} of {department} would lose {lost} of {had}: {examples}. If this is meant, publish with --allow-loss"
    )]
    Loss {
        /// Which collection.
        collection: String,
        /// Whose.
        department: String,
        /// How many records would go.
        lost: usize,
        /// Of how many.
        had: usize,
        /// Some of them.
        examples: String,
    },
    /// Asked for something that the town does not have or may not do; the text says what and what to do.
    #[error("{0}")]
    Refused(String),
}

impl PublishError {
    /// A short code for `{"error":{"code"}}`.
    pub fn code(&self) -> &'static str {
        match self {
            PublishError::File { .. } => "file",
            PublishError::Settings(_) => "town-toml",
            PublishError::Key { .. } => "key",
            PublishError::Metadata { .. } => "metadata",
            PublishError::Compress(_) | PublishError::Json(_) => "content",
            PublishError::Loss { .. } => "loss",
            PublishError::Refused(_) => "refused",
        }
    }
}

/// Names the file in an IO error.
pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> PublishError + '_ {
    move |error| PublishError::File { path: path.into(), error }
}
