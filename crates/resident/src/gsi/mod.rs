//! 地理院タイル: the country's own map (国土地理院), laid under the zones where the resident wishes it.
//!
//! It is the one thing that a phone asks of somebody else than a town. So nothing is asked before it was switched on, and
//! what came is kept, so that the same street is not asked for twice.

mod kept;
mod tile;

use crate::cache::CacheError;
use crate::{Error, Phone};

pub use tile::{GsiTile, tile};

/// 淡色地図: pale, so that what lies on it can be told apart (<https://maps.gsi.go.jp/development/ichiran.html>).
pub const PALE: &str = "https://cyberjapandata.gsi.go.jp/xyz/pale/";

/// The size of what is kept.
pub(crate) fn bytes(phone: &Phone) -> u64 {
    kept::Kept::open(phone.home()).and_then(|kept| kept.bytes()).unwrap_or_default()
}

/// Throws away what is kept.
pub(crate) fn forget(phone: &Phone) -> Result<(), Error> {
    Ok(phone.home().remove_gsi().map_err(CacheError::io)?)
}

#[cfg(test)]
#[cfg(feature = "native")]
mod tests;
