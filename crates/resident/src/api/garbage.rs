use serde::{Deserialize, Serialize};

use super::NoArgs;
use super::moment::{Calendar, Moment};
use crate::garbage::{self, TypeRow};
use crate::{Error, OpenTown, Phone};

/// So many days without a word about it.
const DAYS: u16 = 14;
/// A year's calendar at most.
const MOST_DAYS: u16 = 366;

/// A district, and whether it is the resident's.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct GarbageArea {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Did the resident choose it?
    pub chosen: bool,
}

/// The district to choose; none for none.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct ChooseGarbageArea {
    /// Its id.
    pub id: Option<String>,
}

/// For how many days.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Default, Deserialize)]
pub struct GarbageQuery {
    /// From today on.
    pub days: Option<u16>,
}

/// What is collected in the resident's district.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Garbage {
    /// The district; none when none is chosen.
    pub area: Option<ChosenArea>,
    /// Days on which something is collected, from today on.
    pub days: Vec<GarbageDay>,
}

/// The district that the resident chose.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct ChosenArea {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A day on which something is collected.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct GarbageDay {
    /// The day.
    pub moment: Moment,
    /// What is collected, in the town's order.
    pub kinds: Vec<TypeRow>,
}

/// What is to be thrown away.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct GarbageItemQuery {
    /// Words that name it; all things when there are none.
    pub search: String,
}

/// How to throw a thing away.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct GarbageItem {
    /// Its id.
    pub id: String,
    /// The thing.
    pub name: String,
    /// The kind of garbage it is.
    pub kind: String,
    /// What to heed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

pub(super) fn garbage_areas(phone: &Phone, _: NoArgs) -> Result<Vec<GarbageArea>, Error> {
    phone.with_town(None, |open| {
        let chosen = garbage::chosen(phone, open)?.map(|area| area.id);
        let area = |area: garbage::AreaRow| GarbageArea {
            chosen: chosen.as_ref() == Some(&area.id),
            id: area.id,
            name: area.name,
        };
        Ok(garbage::areas(open)?.into_iter().map(area).collect())
    })
}

pub(super) fn choose_garbage_area(
    phone: &Phone,
    wanted: ChooseGarbageArea,
) -> Result<Vec<GarbageArea>, Error> {
    phone.with_town(None, |open| garbage::choose(phone, open, wanted.id.as_deref()))?;
    garbage_areas(phone, NoArgs {})
}

pub(super) fn garbage(phone: &Phone, wanted: GarbageQuery) -> Result<Garbage, Error> {
    phone.with_town(None, |open| ahead(phone, open, wanted.days.unwrap_or(DAYS).min(MOST_DAYS)))
}

pub(super) fn ahead(phone: &Phone, open: &OpenTown, days: u16) -> Result<Garbage, Error> {
    let Some(area) = garbage::chosen(phone, open)? else {
        return Ok(Garbage { area: None, days: Vec::new() });
    };
    let calendar = Calendar::of(phone, open)?;
    let day = |day: garbage::CalendarDay| GarbageDay { moment: calendar.day(day.date), kinds: day.types };
    let days = garbage::calendar(open, &area.id, calendar.today(), days)?.into_iter().map(day).collect();
    Ok(Garbage { area: Some(ChosenArea { id: area.id, name: area.name }), days })
}

pub(super) fn garbage_item(phone: &Phone, wanted: GarbageItemQuery) -> Result<Vec<GarbageItem>, Error> {
    let item = |item: madoguchi_model::GarbageItem| GarbageItem {
        id: item.id,
        name: item.name,
        kind: item.kind,
        note: item.note,
    };
    phone.with_town(None, |open| Ok(garbage::items(open, &wanted.search)?.into_iter().map(item).collect()))
}
