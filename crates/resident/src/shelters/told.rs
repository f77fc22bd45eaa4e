use jiff::Timestamp;
use madoguchi_model::Place;
use serde::Serialize;

/// What is older counts for nothing: it is told, with its age.
pub const OLD_AFTER_S: i64 = 24 * 3600;

/// From this share of the capacity on a shelter is filling.
const FILLING_PERCENT: u64 = 70;

/// What the town says of a shelter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Told {
    /// It is open.
    pub open: bool,
    /// How many people are in it.
    pub people: Option<u32>,
    /// How many it takes in, indoors.
    pub capacity: Option<u32>,
    /// How full it is; unknown where it is closed, where a number is missing, and where what is told is old.
    pub crowding: Crowding,
    /// As of when.
    pub as_of: Timestamp,
    /// Not older than a day. What is older is no reason to go there.
    pub current: bool,
}

/// How full a shelter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Crowding {
    /// Less than 70 of 100 places are taken.
    Room,
    /// From 70 of 100 on.
    Filling,
    /// All are taken, or more.
    Full,
    /// Nobody said.
    Unknown,
}

impl Crowding {
    /// Of so many places so many are taken.
    pub fn of(people: Option<u32>, capacity: Option<u32>) -> Self {
        let (Some(people), Some(capacity)) = (people, capacity.filter(|places| *places > 0)) else {
            return Crowding::Unknown;
        };
        match u64::from(people) * 100 / u64::from(capacity) {
            100.. => Crowding::Full,
            FILLING_PERCENT.. => Crowding::Filling,
            _ => Crowding::Room,
        }
    }
}

impl Told {
    /// What an entry says, as seen now; `capacity` is what is known besides of the place that it speaks of.
    pub(super) fn of(entry: &Place, capacity: Option<u32>, now: Timestamp) -> Option<Self> {
        let status = entry.status?;
        let current = is_current(status.as_of, now);
        let capacity = entry.capacity.filter(|places| *places > 0).or(capacity).filter(|places| *places > 0);
        let crowding = match status.open && current {
            true => Crowding::of(status.people, capacity),
            false => Crowding::Unknown,
        };
        Some(Told {
            open: status.open,
            people: status.people,
            capacity,
            crowding,
            as_of: status.as_of,
            current,
        })
    }
}

/// Is it not older than a day? A clock that is behind makes nothing old.
pub(super) fn is_current(as_of: Timestamp, now: Timestamp) -> bool {
    now.as_second() - as_of.as_second() <= OLD_AFTER_S
}
