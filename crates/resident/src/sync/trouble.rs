use madoguchi_bundle::client::ClientError;

use crate::cache::ApplyError;
use crate::edges::NetError;

/// Why something of the town did not come, or was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The network, or what lies in between.
    #[error(transparent)]
    Net(#[from] NetError),
    /// Metadata that was refused.
    #[error(transparent)]
    Metadata(#[from] ClientError),
    /// A collection that was refused.
    #[error(transparent)]
    Content(#[from] ApplyError),
    /// A file that the town lists is not there.
    #[error("{0}: not there")]
    Missing(String),
    /// A file larger than it says, or than may be.
    #[error("{0}: too large")]
    TooLarge(String),
    /// There is no room for it on this phone.
    #[error("no room on this device: {needed} bytes are needed, {free} are free")]
    NoRoom {
        /// Bytes that have to be free.
        needed: u64,
        /// Bytes that are.
        free: u64,
    },
    /// A file that is not the one that was signed.
    #[error("{0}: not the file that was signed")]
    Hash(String),
}

impl Trouble {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            Trouble::Net(NetError::DeviceOffline) => "offline",
            Trouble::Net(NetError::Unreachable(_) | NetError::Stopped) => "unreachable",
            Trouble::Net(NetError::CaptivePortal(_)) => "captive-portal",
            Trouble::Net(NetError::TooLarge { .. }) | Trouble::TooLarge(_) => "too-large",
            Trouble::Net(NetError::NotFound) | Trouble::Missing(_) => "missing",
            Trouble::Metadata(e) => e.code(),
            Trouble::Content(e) => e.code(),
            Trouble::NoRoom { .. } => "no-room",
            Trouble::Hash(_) => "hash",
        }
    }

    /// Is it the network alone, which nobody here can help and which passes?
    pub fn is_reach(&self) -> bool {
        matches!(self, Trouble::Net(NetError::DeviceOffline | NetError::Unreachable(_) | NetError::Stopped))
    }

    /// Does it concern one file only, so that the others may still be fetched?
    pub(super) fn is_of(path: &str, error: NetError) -> Self {
        match error {
            NetError::NotFound => Trouble::Missing(path.into()),
            NetError::TooLarge { .. } => Trouble::TooLarge(path.into()),
            other => Trouble::Net(other),
        }
    }
}
