use jiff::ToSpan;
use serde::Serialize;

use super::NoArgs;
use super::moment::Calendar;
use crate::events::{self, ListEvents};
use crate::{Error, OpenTown, Phone};

/// What can be done at the town hall from here.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Counter {
    /// The town's name; empty until its content came.
    pub name: String,
    /// Telephone of the town hall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The town's own web site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How many events are held today.
    pub events_today: usize,
    /// How many events are held from today until Sunday.
    pub events_week: usize,
}

pub(super) fn counter(phone: &Phone, _: NoArgs) -> Result<Counter, Error> {
    phone.with_town(None, |open| of(phone, open))
}

fn of(phone: &Phone, open: &OpenTown) -> Result<Counter, Error> {
    let today = Calendar::of(phone, open)?.today();
    let sunday = today.saturating_add((7 - i64::from(today.weekday().to_monday_one_offset())).days());
    let until = |last| -> Result<usize, Error> {
        let wanted = ListEvents { search: None, from: Some(today), to: Some(last) };
        let held = events::list(phone, open, &wanted)?;
        Ok(held.iter().filter(|event| !event.sessions.is_empty()).count())
    };
    let about = open.about()?;
    Ok(Counter {
        name: open.town.name.clone(),
        phone: about.as_ref().and_then(|town| town.phone.clone()),
        url: about.and_then(|town| town.url),
        events_today: until(today)?,
        events_week: until(sunday)?,
    })
}
