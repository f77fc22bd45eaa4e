use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_benefits::calendar;
use serde::Serialize;

use crate::edges::JAPAN;
use crate::{Error, OpenTown, Phone};

/// A moment with its calendar facts in Japan, so that a screen does no arithmetic with dates.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The moment, in UTC.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub at: Timestamp,
    /// Its day in Japan.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub date: Date,
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// 1 Monday to 7 Sunday.
    pub weekday: i8,
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// 0 today, 1 tomorrow, -1 yesterday.
    pub days_from_today: i64,
    /// The day is meant, and no time of it: hour and minute say nothing.
    pub whole_day: bool,
}

/// From where moments are seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    now: Timestamp,
}

impl Calendar {
    /// As the phone's clock shows, but never before what the town has signed already.
    pub(super) fn of(phone: &Phone, open: &OpenTown) -> Result<Self, Error> {
        Ok(Calendar { now: phone.now_for(&open.town.code)? })
    }

    /// The same for the town in use; by the phone's clock alone where there is none.
    pub(super) fn here(phone: &Phone) -> Result<Self, Error> {
        Ok(Calendar { now: phone.now_here()? })
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn today(&self) -> Date {
        JAPAN.to_datetime(self.now).date()
    }

    pub(super) fn moment(&self, at: Timestamp) -> Moment {
        let local = JAPAN.to_datetime(at);
        let date = local.date();
        Moment {
            at,
            date,
            year: date.year(),
            month: date.month(),
            day: date.day(),
            weekday: date.weekday().to_monday_one_offset(),
            hour: local.hour(),
            minute: local.minute(),
            days_from_today: date.duration_since(self.today()).as_secs() / 86_400,
            whole_day: false,
        }
    }

    /// A day in Japan; its moment is the beginning.
    pub(super) fn day(&self, date: Date) -> Moment {
        let begins = self.moment(JAPAN.to_timestamp(date.into()).unwrap_or_default());
        Moment { whole_day: true, ..begins }
    }

    /// The same for a day by its number from 1 January 1970.
    pub(super) fn numbered(&self, day: i32) -> Option<Moment> {
        calendar::format(day).parse().ok().map(|date| self.day(date))
    }

    /// When something became public. Towns date most of it by the day alone, which comes as midnight.
    pub(super) fn published(&self, at: Timestamp) -> Moment {
        let moment = self.moment(at);
        let midnight = JAPAN.to_datetime(at).time() == jiff::civil::Time::midnight();
        Moment { whole_day: midnight, ..moment }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_japan() {
        // 23:30 in Japan, still the day before yesterday's afternoon in Greenwich.
        let calendar = Calendar { now: "2026-11-21T14:30:00Z".parse().unwrap() };
        assert_eq!(calendar.today().to_string(), "2026-11-21");
        let next = calendar.moment("2026-11-21T15:00:00Z".parse().unwrap());
        assert_eq!((next.date.to_string().as_str(), next.hour, next.days_from_today), ("2026-11-22", 0, 1));
        assert_eq!((next.year, next.month, next.day, next.weekday), (2026, 11, 22, 7));
        assert!(calendar.published("2026-11-21T15:00:00Z".parse().unwrap()).whole_day);
        assert!(!calendar.published("2026-11-21T15:00:01Z".parse().unwrap()).whole_day);
        let day = calendar.day("2025-12-31".parse().unwrap());
        assert!(day.whole_day);
        assert_eq!((day.at.to_string().as_str(), day.days_from_today), ("2025-12-30T15:00:00Z", -325));
    }

    #[test]
    fn no_date_is_out_of_reach() {
        let calendar = Calendar { now: Timestamp::UNIX_EPOCH };
        assert!(calendar.moment(Timestamp::MAX).days_from_today > 0);
        assert!(calendar.moment(Timestamp::MIN).days_from_today < 0);
        assert!(calendar.day(Date::MIN).days_from_today <= 0);
    }
}
