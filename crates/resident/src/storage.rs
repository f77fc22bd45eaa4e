//! What the app takes up on the phone.

use serde::Serialize;

use crate::cache::{Cache, CacheError};
use crate::settings::settings;
use crate::{Error, Phone, gsi};

/// Sizes in bytes.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Storage {
    /// Content of all towns, and tiles of the country's map: can be thrown away and fetched again.
    pub cache_bytes: u64,
    /// What is the resident's own.
    pub private_bytes: u64,
}

/// How much there is.
pub fn storage(phone: &Phone) -> Result<Storage, Error> {
    let mut cache_bytes = 0;
    for town in phone.private().towns()? {
        cache_bytes += Cache::open(phone.home(), &town.code)?.bytes()?;
    }
    // Where it is off, there is none.
    if settings(phone)?.online_map {
        cache_bytes += gsi::bytes(phone);
    }
    Ok(Storage { cache_bytes, private_bytes: phone.private().bytes()? })
}

/// Throws away the content of all towns, and what was kept of the country's map. What is the resident's own stays; the next sync brings the content anew.
pub fn forget_cache(phone: &Phone) -> Result<Storage, Error> {
    for town in phone.private().towns()? {
        phone.home().remove_cache(&town.code).map_err(CacheError::io)?;
    }
    gsi::forget(phone)?;
    storage(phone)
}
