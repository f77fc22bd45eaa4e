//! Packs: the large files of hazards and of the map. They come after everything else, when the resident wants them, and one
//! by one: each takes the place of the one before in a single step, which answers until then.

mod fetch;
mod listed;
mod room;

use serde::{Deserialize, Serialize};

pub use fetch::{PackReport, fetch};
pub use listed::{Listed, Newest, bytes_to_fetch, listed, newest};
pub(crate) use room::RESERVE;
pub use room::Room;

/// When packs are fetched.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Maps {
    /// With every sync.
    Always,
    /// Where it costs nothing by the byte.
    Wifi,
    /// Only when asked for.
    Never,
}

impl Maps {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Maps::Always => "always",
            Maps::Wifi => "wifi",
            Maps::Never => "never",
        }
    }

    /// Is now the time? `metered`: does this network cost by the byte, as far as the device knows?
    pub fn now(self, metered: Option<bool>) -> bool {
        match self {
            Maps::Always => true,
            Maps::Wifi => metered == Some(false),
            Maps::Never => false,
        }
    }
}

#[cfg(test)]
mod tests;
