use serde::Serialize;

use super::moment::{Calendar, Moment};
use crate::shelters::{self, Told};

/// What the town's list of open shelters says of one.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct ShelterStatus {
    /// It is open. Closed ones are told as closed; of what no list names nothing is told.
    pub open: bool,
    /// How many people are in it.
    pub people: Option<u32>,
    /// How many it takes in, indoors.
    pub capacity: Option<u32>,
    /// How full it is.
    #[cfg_attr(feature = "bindings", ts(as = "Crowding"))]
    pub crowding: shelters::Crowding,
    /// As of when. Nothing of this is told without.
    pub as_of: Moment,
    /// Not older than a day. What is older counts for nothing and is told as old.
    pub current: bool,
}

impl ShelterStatus {
    pub(super) fn of(told: Told, calendar: &Calendar) -> Self {
        ShelterStatus {
            open: told.open,
            people: told.people,
            capacity: told.capacity,
            crowding: told.crowding,
            as_of: calendar.moment(told.as_of),
            current: told.current,
        }
    }
}

/// The codes of [`shelters::Crowding`].
#[cfg(feature = "bindings")]
#[derive(ts_rs::TS)]
#[ts(rename_all = "kebab-case")]
#[allow(dead_code, missing_docs)]
pub enum Crowding {
    Room,
    Filling,
    Full,
    Unknown,
}
