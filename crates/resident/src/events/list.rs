use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_model::{CollectionKind, Event, Segment, Session, fold, plain_text};
use serde::Serialize;

use crate::edges::JAPAN;
use crate::search::Query;
use crate::{Error, OpenTown, Phone};

/// Which events are wanted. Everything that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct ListEvents {
    /// All of these words occur.
    pub search: Option<String>,
    /// With a session on this day or later.
    pub from: Option<Date>,
    /// With a session on this day or earlier.
    pub to: Option<Date>,
}

/// An event in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What it is about.
    pub segments: Vec<Segment>,
    /// Its dates, as far as they were asked for.
    pub sessions: Vec<SessionRow>,
    /// When, in the town's words, where no date could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Until when one may apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apply_until: Option<Date>,
}

/// One date of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// Begins.
    pub starts_at: Timestamp,
    /// Ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// No time of day was given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub all_day: bool,
    /// How many places there are.
    pub capacity: Option<u32>,
    /// How many are left: the counter knows, the published content does not.
    pub left: Option<u32>,
}

/// Lists events: what comes soonest first, then those without a date, then what is over, latest first.
pub fn list(phone: &Phone, open: &OpenTown, wanted: &ListEvents) -> Result<Vec<EventRow>, Error> {
    let query = wanted.search.as_deref().and_then(Query::parse);
    let now = phone.now_for(&open.town.code)?;
    let events: Vec<Event> = open.cache.records(CollectionKind::Events)?;
    let mut rows: Vec<EventRow> = events
        .into_iter()
        .filter(|event| query.as_ref().is_none_or(|query| query.is_in(&folded(event))))
        .filter_map(|event| row(event, wanted))
        .collect();
    rows.sort_by_cached_key(|row| {
        let next = row.sessions.iter().filter(|s| ends(s) > now).map(|s| s.starts_at.as_second()).min();
        let last = row.sessions.iter().map(|s| s.starts_at.as_second()).max();
        let order = match (next, last) {
            (Some(next), _) => (0, next),
            (None, None) => (1, 0),
            (None, Some(last)) => (2, -last),
        };
        (order, row.id.clone())
    });
    Ok(rows)
}

fn ends(session: &SessionRow) -> Timestamp {
    is_over_at(session.starts_at, session.ends_at)
}

/// When a session is over: at its end, or with its day.
pub fn is_over_at(starts_at: Timestamp, ends_at: Option<Timestamp>) -> Timestamp {
    ends_at.unwrap_or_else(|| {
        let next_day = day(starts_at).tomorrow().ok();
        let midnight = next_day.and_then(|day| JAPAN.to_timestamp(day.into()).ok());
        midnight.unwrap_or(starts_at)
    })
}

fn day(at: Timestamp) -> Date {
    JAPAN.to_datetime(at).date()
}

fn row(event: Event, wanted: &ListEvents) -> Option<EventRow> {
    let within = |session: &Session| {
        let first = day(session.starts_at);
        // Midnight at the end belongs to the day before.
        let last =
            session.ends_at.map_or(first, |end| day(end - jiff::SignedDuration::from_nanos(1))).max(first);
        wanted.from.is_none_or(|from| last >= from) && wanted.to.is_none_or(|to| first <= to)
    };
    let dated = wanted.from.is_some() || wanted.to.is_some();
    let sessions: Vec<SessionRow> = event
        .sessions
        .into_iter()
        .filter(within)
        .map(|s| SessionRow {
            id: s.id,
            starts_at: s.starts_at,
            ends_at: s.ends_at,
            all_day: s.all_day,
            capacity: s.capacity,
            left: None,
        })
        .collect();
    (!dated || !sessions.is_empty()).then_some(EventRow {
        id: event.id,
        title: event.title,
        summary: event.summary,
        segments: event.segments,
        sessions,
        when: event.when,
        place: event.place,
        apply_until: event.apply_until,
    })
}

/// All that an event may be looked for by.
fn folded(event: &Event) -> String {
    let mut text = plain_text(&event.body);
    let parts =
        [&event.when, &event.summary, &event.place, &event.address, &event.audience, &event.organizer];
    for part in parts.into_iter().flatten().chain([&event.title]).chain(event.details.iter().map(|(_, v)| v))
    {
        text.push('\n');
        text.push_str(part);
    }
    fold(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn event(id: &str, days: &[Date]) -> Event {
        let sessions: Vec<serde_json::Value> = days
            .iter()
            .enumerate()
            .map(|(i, day)| {
                let at = JAPAN.to_timestamp(day.at(10, 0, 0, 0)).unwrap();
                serde_json::json!({"id": format!("{id}-{i}"), "starts_at": at})
            })
            .collect();
        serde_json::from_value(serde_json::json!({"id": id, "title": "講座", "sessions": sessions})).unwrap()
    }

    #[test]
    fn only_the_sessions_of_the_days_that_were_asked_for() {
        let days = [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)];
        let wanted = ListEvents { from: Some(days[1]), to: Some(days[1]), search: None };
        let row = row(event("a", &days), &wanted).unwrap();
        assert_eq!(row.sessions.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["a-1"]);
        assert!(super::row(event("b", &days[..1]), &wanted).is_none());
        assert!(super::row(event("c", &[]), &wanted).is_none());
        assert!(super::row(event("c", &[]), &ListEvents::default()).is_some());
    }

    #[test]
    fn a_session_without_an_end_is_over_with_its_day_in_japan() {
        let row = row(event("a", &[date(2026, 11, 21)]), &ListEvents::default()).unwrap();
        assert_eq!(ends(&row.sessions[0]).to_string(), "2026-11-21T15:00:00Z");
    }
}
