//! Is there room for what is to come? Asked before the first byte, so that a full phone is told and not met halfway.

use serde::Serialize;

use super::listed::Newest;
use crate::cache::Cache;
use crate::sync::Trouble;
use crate::{Error, Phone};

/// So much stays free: a phone that is full to the last byte does nothing well, and least of all in an emergency.
pub(crate) const RESERVE: u64 = 20 * 1024 * 1024;

/// The room that packs need.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Room {
    /// Bytes that have to be free for all that is still to come.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub needed: u64,
    /// Bytes that are; none where nobody can tell.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub free: Option<u64>,
}

/// Bytes that have to be free for these packs: each as it is sent and as it is kept, for the one before stays until it is
/// there; and the largest once more, for it goes through the database's log.
pub(super) fn needed(cache: &Cache, packs: &[&Newest]) -> Result<u64, Error> {
    let mut sum = RESERVE;
    for pack in packs {
        // What an earlier attempt left takes no more room than it has.
        let had = match pack.target.target.hash() {
            Some(hash) => cache.download_length(hash)?,
            None => 0,
        };
        sum =
            sum.saturating_add(pack.target.target.length.saturating_sub(had)).saturating_add(pack.raw_length);
    }
    let largest = packs.iter().map(|pack| pack.raw_length).max().unwrap_or_default();
    Ok(sum.saturating_add(largest))
}

/// Is there room for this one? Where nobody can tell, it is tried.
pub(super) fn check(phone: &Phone, cache: &Cache, pack: &Newest) -> Result<(), Error> {
    let needed = needed(cache, &[pack])?;
    match phone.home().free_bytes() {
        Some(free) if free < needed => Err(Trouble::NoRoom { needed, free }.into()),
        _ => Ok(()),
    }
}
