use jiff::ToSpan;
use madoguchi_model::{Lang, TownCode};
use serde::Serialize;

use super::alerts::{RunningAlert, running};
use super::garbage::{Garbage, ahead};
use super::moment::{Calendar, Moment};
use super::notice::wanted_language;
use super::notices::{NoticeRow, rows};
use super::own::{ChangedPlace, changed_places};
use super::sync::Age;
use super::{ApiError, NoArgs};
use crate::events::{self, ListEvents};
use crate::household;
use crate::notices::{self, ListNotices};
use crate::{Error, OpenTown, Phone};

const GARBAGE_DAYS: u16 = 7;
/// So far ahead is soon.
const SOON_DAYS: i64 = 14;
/// What is shown is to be read at a glance.
const SOON_ROWS: usize = 6;
const NEW_NOTICES: usize = 5;

/// What counts today.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Today {
    /// The town.
    pub town: TownName,
    /// The present moment.
    pub now: Moment,
    /// How old the content is.
    pub age: Age,
    /// Alerts that hold now.
    pub alerts: Vec<RunningAlert>,
    /// What is collected in the next days.
    pub garbage: Garbage,
    /// Places of the resident's own where the map of hazards has changed.
    pub changed_places: Vec<ChangedPlace>,
    /// Is a household kept, readable or not? What is new for it is asked by itself: the first screen does not wait for the rules.
    pub household: bool,
    /// What comes soon.
    pub soon: Vec<Soon>,
    /// The newest notices that were not read.
    pub new_notices: Vec<NoticeRow>,
    /// How many notices were not read.
    pub unread: u64,
    /// How many were put by.
    pub saved: u64,
}

/// A town by its name.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct TownName {
    /// Its code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: TownCode,
    /// Its name; empty until its content came.
    pub name: String,
}

/// Something that comes soon.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Soon {
    /// What it is.
    pub kind: SoonKind,
    /// The event's id.
    pub id: String,
    /// The event's title.
    pub title: String,
    /// When.
    pub moment: Moment,
    /// No time of day was given.
    pub all_day: bool,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// What comes soon.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SoonKind {
    /// Something is held.
    Event,
    /// The last day on which one may apply.
    Deadline,
}

pub(super) fn today(phone: &Phone, _: NoArgs) -> Result<Today, ApiError> {
    let lang = wanted_language(phone, None)?;
    Ok(phone.with_town(None, |open| of(phone, open, &lang))?)
}

fn of(phone: &Phone, open: &OpenTown, lang: &Lang) -> Result<Today, Error> {
    let calendar = Calendar::of(phone, open)?;
    let wanted =
        ListNotices { unread: true, limit: NEW_NOTICES, lang: Some(lang.clone()), ..Default::default() };
    let counts = notices::count(phone, open)?;
    Ok(Today {
        town: TownName { code: open.town.code.clone(), name: open.town.name.clone() },
        now: calendar.moment(calendar.now()),
        age: Age::of(phone, open)?,
        alerts: running(phone, open, lang)?,
        garbage: ahead(phone, open, GARBAGE_DAYS)?,
        changed_places: changed_places(phone, open)?,
        household: household::any(phone)?,
        soon: soon(phone, open, &calendar)?,
        new_notices: rows(phone, open, notices::list(phone, open, &wanted)?.rows)?,
        unread: counts.unread,
        saved: counts.saved,
    })
}

/// The next date of each event, and the last day to apply for one, of the next days.
fn soon(phone: &Phone, open: &OpenTown, calendar: &Calendar) -> Result<Vec<Soon>, Error> {
    let today = calendar.today();
    let last = today.saturating_add(SOON_DAYS.days());
    let mut soon = Vec::new();
    for event in events::list(phone, open, &ListEvents::default())? {
        let about = |kind, moment, all_day| Soon {
            kind,
            id: event.id.clone(),
            title: event.title.clone(),
            moment,
            all_day,
            place: event.place.clone(),
        };
        let starts = event.sessions.iter().map(|s| (calendar.moment(s.starts_at), s.all_day));
        // A whole day began at midnight and is still to be seen.
        let ahead = |(at, all_day): &(Moment, bool)| {
            (today..=last).contains(&at.date) && (*all_day || at.at >= calendar.now())
        };
        if let Some((at, all_day)) = starts.filter(ahead).min_by_key(|(at, _)| at.at) {
            soon.push(about(SoonKind::Event, at, all_day));
        }
        if let Some(date) = event.apply_until.filter(|date| (today..=last).contains(date)) {
            soon.push(about(SoonKind::Deadline, calendar.day(date), true));
        }
    }
    soon.sort_by(|a, b| (a.moment.at, &a.id).cmp(&(b.moment.at, &b.id)));
    soon.truncate(SOON_ROWS);
    Ok(soon)
}
