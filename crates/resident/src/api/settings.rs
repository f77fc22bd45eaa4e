use serde::Serialize;

use super::NoArgs;
use crate::settings::{SetSettings, Settings};
use crate::storage::Storage;
use crate::{Error, Phone};

/// What this app is made of.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct About {
    /// Its version.
    pub version: &'static str,
    /// The works of others that are in it, and its own.
    pub licences: Vec<Licence>,
}

/// The licence of a work.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Licence {
    /// The work.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its licence as an SPDX expression.
    pub licence: &'static str,
}

pub(super) fn settings(phone: &Phone, _: NoArgs) -> Result<Settings, Error> {
    crate::settings::settings(phone)
}

pub(super) fn set_settings(phone: &Phone, wanted: SetSettings) -> Result<Settings, Error> {
    crate::settings::set_settings(phone, wanted)
}

pub(super) fn storage(phone: &Phone, _: NoArgs) -> Result<Storage, Error> {
    crate::storage::storage(phone)
}

pub(super) fn forget_cache(phone: &Phone, _: NoArgs) -> Result<Storage, Error> {
    crate::storage::forget_cache(phone)
}

pub(super) fn about(_: &Phone, _: NoArgs) -> Result<About, Error> {
    let licence = |line: &'static str| {
        let mut parts = line.split('\t');
        Some(Licence { name: parts.next()?, version: parts.next()?, licence: parts.next()? })
    };
    let licences = include_str!("licences.tsv").lines().filter_map(licence).collect();
    Ok(About { version: env!("CARGO_PKG_VERSION"), licences })
}
