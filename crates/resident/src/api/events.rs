use std::collections::BTreeMap;

use jiff::civil::Date;
use madoguchi_model::{Block, Link, Segment, Source};
use serde::{Deserialize, Serialize};

use super::moment::{Calendar, Moment};
use super::places::At;
use crate::edges::JAPAN;
use crate::events::{self, ListEvents};
use crate::{Error, OpenTown, Phone};

const ROWS: u32 = 100;
const MOST_ROWS: u32 = 1000;

/// Which events. Everything that is set must hold.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Default, Deserialize)]
pub struct EventQuery {
    /// All of these words occur.
    pub search: Option<String>,
    /// On this day or later; without it today.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub from: Option<Date>,
    /// On this day or earlier.
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub to: Option<Date>,
    /// At most so many dates.
    pub limit: Option<u32>,
}

/// Events by day.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct EventList {
    /// Days on which something is held, soonest first.
    pub days: Vec<EventDay>,
    /// Are there more?
    pub more: bool,
    /// Events of which the town gives no date that can be read.
    pub undated: Vec<UndatedEvent>,
}

/// A day on which something is held.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct EventDay {
    /// The day.
    pub moment: Moment,
    /// What is held.
    pub rows: Vec<EventRow>,
}

/// One date of an event.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct EventRow {
    /// The event's id.
    pub id: String,
    /// The session's id.
    pub session: String,
    /// The event's title.
    pub title: String,
    /// Begins.
    pub moment: Moment,
    /// Ends.
    #[cfg_attr(feature = "bindings", ts(optional = false))]
    pub ends: Option<Moment>,
    /// No time of day was given.
    pub all_day: bool,
    /// It has ended, or its day has where the town gives no end.
    pub over: bool,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Codes of what it is about.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub segments: Vec<Segment>,
}

/// An event without a date.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct UndatedEvent {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When, in the town's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Codes of what it is about.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub segments: Vec<Segment>,
}

/// Which event.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct ShowEvent {
    /// Its id.
    pub id: String,
}

/// An event. What the town did not say is absent.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Codes of what it is about.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub segments: Vec<Segment>,
    /// The dates on which it is held.
    pub sessions: Vec<Session>,
    /// When, in the town's words, where no date could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The description.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<super::shapes::Block>"))]
    pub body: Vec<Block>,
    /// Name of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Address of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<At>,
    /// For whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<String>,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizer: Option<String>,
    /// The last day on which one may apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apply_until: Option<Moment>,
    /// Where to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub link: Option<Link>,
    /// Everything else that the town says of it: names and values.
    pub details: Vec<(String, String)>,
    /// The file it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Source>"))]
    pub from: Option<Source>,
}

/// One date of an event.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Session {
    /// Its id.
    pub id: String,
    /// Begins.
    pub starts: Moment,
    /// Ends.
    #[cfg_attr(feature = "bindings", ts(optional = false))]
    pub ends: Option<Moment>,
    /// No time of day was given.
    pub all_day: bool,
    /// It has ended, or its day has where the town gives no end.
    pub over: bool,
    /// How many places there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
}

pub(super) fn events(phone: &Phone, wanted: EventQuery) -> Result<EventList, Error> {
    phone.with_town(None, |open| by_day(phone, open, wanted))
}

fn by_day(phone: &Phone, open: &OpenTown, wanted: EventQuery) -> Result<EventList, Error> {
    let calendar = Calendar::of(phone, open)?;
    let from = wanted.from.unwrap_or_else(|| calendar.today());
    let dated = ListEvents { search: wanted.search.clone(), from: Some(from), to: wanted.to };
    let mut rows = Vec::new();
    for event in events::list(phone, open, &dated)? {
        for session in event.sessions {
            rows.push(EventRow {
                id: event.id.clone(),
                session: session.id,
                title: event.title.clone(),
                moment: calendar.moment(session.starts_at),
                ends: session.ends_at.map(|at| calendar.moment(at)),
                all_day: session.all_day,
                over: events::is_over_at(session.starts_at, session.ends_at) <= calendar.now(),
                place: event.place.clone(),
                segments: event.segments.clone(),
            });
        }
    }
    rows.sort_by(|a, b| (a.moment.at, &a.id, &a.session).cmp(&(b.moment.at, &b.id, &b.session)));
    let limit = wanted.limit.unwrap_or(ROWS).min(MOST_ROWS) as usize;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let mut days: BTreeMap<Date, Vec<EventRow>> = BTreeMap::new();
    for row in rows {
        // What began earlier and still runs stands on the first day that was asked for.
        days.entry(JAPAN.to_datetime(row.moment.at).date().max(from)).or_default().push(row);
    }
    let days = days.into_iter().map(|(date, rows)| EventDay { moment: calendar.day(date), rows }).collect();
    let all = ListEvents { search: wanted.search, from: None, to: None };
    let undated = events::list(phone, open, &all)?.into_iter().filter(|event| event.sessions.is_empty());
    let undated = undated.map(|event| UndatedEvent {
        id: event.id,
        title: event.title,
        when: event.when,
        place: event.place,
        segments: event.segments,
    });
    Ok(EventList { days, more, undated: undated.collect() })
}

pub(super) fn event(phone: &Phone, wanted: ShowEvent) -> Result<Event, Error> {
    phone.with_town(None, |open| {
        let shown = events::show(open, &wanted.id)?;
        let calendar = Calendar::of(phone, open)?;
        let event = shown.event;
        let session = |s: madoguchi_model::Session| Session {
            id: s.id,
            starts: calendar.moment(s.starts_at),
            ends: s.ends_at.map(|at| calendar.moment(at)),
            all_day: s.all_day,
            over: events::is_over_at(s.starts_at, s.ends_at) <= calendar.now(),
            capacity: s.capacity,
        };
        Ok(Event {
            id: event.id,
            title: event.title,
            segments: event.segments,
            sessions: event.sessions.into_iter().map(session).collect(),
            when: event.when,
            summary: event.summary,
            body: event.body,
            place: event.place,
            address: event.address,
            position: event.position.map(At::from),
            audience: event.audience,
            fee: event.fee,
            contact: event.contact,
            phone: event.phone,
            organizer: event.organizer,
            apply_until: event.apply_until.map(|date| calendar.day(date)),
            link: event.link,
            details: event.details,
            from: shown.from,
        })
    })
}
