use serde::{Deserialize, Serialize};

use super::moment::Calendar;
use super::{ApiError, NoArgs};
use crate::api::moment::Moment;
use crate::edges::Net;
use crate::packs::{self, Maps};
use crate::settings::maps;
use crate::sync::{Progress, Reach, SyncResult};
use crate::{Error, OpenTown, Phone};

/// What a sync is doing.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncProgress {
    /// At what it is.
    pub kind: ProgressKind,
    /// The collection's path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// Bytes of it that are here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Bytes to fetch for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// At what a sync is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgressKind {
    /// Asks the town what is new.
    Checking,
    /// A collection is fetched.
    Begun,
    /// Some of it is here.
    Got,
    /// All of it is here.
    Fetched,
    /// Everything is being stored.
    Storing,
    /// Done.
    Done,
}

impl From<Progress> for SyncProgress {
    fn from(progress: Progress) -> Self {
        let (kind, collection, bytes, total) = match progress {
            Progress::Checking => (ProgressKind::Checking, None, None, None),
            Progress::Begun { collection, total } => {
                (ProgressKind::Begun, Some(collection), None, Some(total))
            }
            Progress::Got { collection, bytes, total } => {
                (ProgressKind::Got, Some(collection), Some(bytes), Some(total))
            }
            Progress::Fetched { collection } => (ProgressKind::Fetched, Some(collection), None, None),
            Progress::Storing => (ProgressKind::Storing, None, None, None),
            Progress::Done => (ProgressKind::Done, None, None, None),
        };
        SyncProgress { kind, collection, bytes, total }
    }
}

/// What is known of how current the content is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeState {
    /// The town's word that this is the current content still holds.
    Fresh,
    /// The last sync of this run found no network.
    Offline,
    /// The last sync of this run found a network, but not the town.
    Unreachable,
    /// The town's word no longer holds.
    Stale,
    /// Nothing has come yet, and nothing is known to stand in the way.
    Never,
}

/// How old the content is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Age {
    /// In a word.
    pub state: AgeState,
    /// In seconds; none before the first sync.
    pub age_s: Option<i64>,
    /// When the town signed it; none before the first sync.
    pub issued: Option<Moment>,
}

impl Age {
    pub(super) fn of(phone: &Phone, open: &OpenTown) -> Result<Self, Error> {
        let age = phone.age(open)?;
        let calendar = Calendar::of(phone, open)?;
        let state = match (age.issued_at(), phone.last_reach(&open.town.code)) {
            (_, Some(Reach::Offline)) => AgeState::Offline,
            (_, Some(Reach::Unreachable)) => AgeState::Unreachable,
            (None, _) => AgeState::Never,
            _ if age.is_fresh() => AgeState::Fresh,
            _ => AgeState::Stale,
        };
        Ok(Age { state, age_s: age.seconds(), issued: age.issued_at().map(|at| calendar.moment(at)) })
    }
}

pub(super) fn age(phone: &Phone, _: NoArgs) -> Result<Age, Error> {
    phone.with_town(None, |open| Age::of(phone, open))
}

/// What the device knows of its network.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Default, Deserialize)]
pub struct SyncQuery {
    /// Does it cost by the byte?
    pub metered: Option<bool>,
}

pub(super) async fn sync(
    phone: &Phone,
    net: &dyn Net,
    wanted: SyncQuery,
    on_progress: &mut dyn FnMut(SyncProgress),
) -> Result<SyncResult, ApiError> {
    let mut told = |progress: Progress| on_progress(progress.into());
    let mut result = crate::sync::sync(phone, net, None, &mut told).await?;
    // Not with joining itself, where their size is shown first. Who has not said otherwise gets them where they cost nothing.
    if result.reach == Reach::Ok && maps(phone)?.unwrap_or(Maps::Wifi).now(wanted.metered) {
        result.packs = Some(packs::fetch(phone, net, Some(&result.town), &mut told).await?);
    }
    Ok(result)
}
