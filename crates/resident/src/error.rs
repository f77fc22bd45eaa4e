use madoguchi_model::TownCode;

use crate::cache::CacheError;
use crate::household::HouseholdError;
use crate::own::OwnError;
use crate::private::PrivateError;
use crate::towns::JoinError;

/// Why a resident's wish could not be met. [`Error::code`] is what a screen looks its sentence up by.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No town is joined yet.
    #[error("no town is joined yet")]
    NoTown,
    /// This town is not joined.
    #[error("town {0} is not joined")]
    UnknownTown(TownCode),
    /// Several towns are joined and none is in use.
    #[error("several towns are joined: say which")]
    WhichTown,
    /// The town has no such thing, or none any more.
    #[error("no {what} {id:?}")]
    NotFound {
        /// `notice`, `place`, `event`, `program`, `attachment`, `garbage-area`.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// The country's map was not switched on: nobody is asked for it.
    #[error("the online map is switched off")]
    OnlineMapOff,
    /// A town could not be joined.
    #[error(transparent)]
    Join(#[from] JoinError),
    /// The resident's own database.
    #[error(transparent)]
    Private(#[from] PrivateError),
    /// The household cannot be read or kept.
    #[error(transparent)]
    Household(#[from] HouseholdError),
    /// A document of the resident's own cannot be read or kept.
    #[error(transparent)]
    Own(#[from] OwnError),
    /// A town's content.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// What is trusted can no longer be read.
    #[error("what is trusted of the town cannot be read: {0}")]
    Trust(#[from] madoguchi_bundle::client::ClientError),
    /// A file of the town did not come, or not as signed.
    #[error(transparent)]
    Fetch(#[from] crate::sync::Trouble),
}

impl Error {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NoTown => "no-town",
            Error::UnknownTown(_) => "unknown-town",
            Error::WhichTown => "which-town",
            Error::NotFound { what, .. } => match *what {
                "notice" => "no-notice",
                "place" => "no-place",
                "event" => "no-event",
                "program" => "no-program",
                "garbage-area" => "no-garbage-area",
                "attachment" => "no-attachment",
                "my-place" => "no-my-place",
                "tile" => "no-tile",
                _ => "not-found",
            },
            Error::OnlineMapOff => "online-map-off",
            Error::Join(e) => e.code(),
            Error::Private(e) => e.code(),
            Error::Household(e) => e.code(),
            Error::Own(e) => e.code(),
            Error::Cache(e) => e.code(),
            Error::Trust(_) => "trust",
            Error::Fetch(e) => e.code(),
        }
    }
}
