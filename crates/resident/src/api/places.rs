use madoguchi_model::{Hazard, Link, OpeningHours, Position, Source};
use serde::{Deserialize, Serialize};

use super::moment::Calendar;
use super::shelters::ShelterStatus;
use super::{ApiError, NoArgs};
use crate::places::{self, ListPlaces};
use crate::shelters::OpenShelters;
use crate::{Error, OpenTown, Phone};

const ROWS: u32 = 50;
const MOST_ROWS: u32 = 1000;
/// The days of a week, as opening hours name them.
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A kind of place that the town has.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct PlaceKind {
    /// Its code, or the name of the town's own layer.
    pub kind: String,
    /// Its Japanese name.
    pub name: String,
    /// How many there are.
    pub places: u64,
}

/// Which places. Everything that is set must hold.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Default, Deserialize)]
pub struct PlaceQuery {
    /// Of this kind.
    pub kind: Option<String>,
    /// Nearest to here first; what has no position is left out.
    pub near: Option<Point>,
    /// All of these words occur.
    pub search: Option<String>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// A point on the earth, in degrees.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Point {
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
}

/// Places.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct PlaceList {
    /// By distance where that was asked, else in the town's order.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<PlaceRow>"))]
    pub rows: Vec<places::PlaceRow>,
    /// Are there more?
    pub more: bool,
}

/// The shape of [`places::PlaceRow`].
#[cfg(feature = "bindings")]
#[derive(ts_rs::TS)]
#[allow(dead_code, missing_docs)]
pub struct PlaceRow {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub distance_m: Option<f64>,
    #[ts(optional)]
    pub approximate: Option<bool>,
    #[ts(optional)]
    pub category: Option<String>,
    #[ts(optional)]
    pub address: Option<String>,
    #[ts(optional)]
    pub valid_for: Option<Vec<super::shapes::Hazard>>,
}

/// Which place.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct ShowPlace {
    /// Its id.
    pub id: String,
}

/// A place. What the town did not say is absent.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The Japanese name of its kind.
    pub kind_name: String,
    /// Its name.
    pub name: String,
    /// Its reading in kana.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// Its name in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Finer kind in the town's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Building or floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<At>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Web page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub url: Option<Link>,
    /// When it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The dangers from which it is safe, or in which it opens.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<super::shapes::Hazard>"))]
    pub valid_for: Vec<Hazard>,
    /// How many people it takes in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Whether the town says that it is open as a shelter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ShelterStatus>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Everything else that the town says of it: names and values.
    pub details: Vec<(String, String)>,
    /// The file it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Source>"))]
    pub from: Option<Source>,
}

/// Where something is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Serialize)]
pub struct At {
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
    /// Good to a town block only?
    pub approximate: bool,
}

impl From<Position> for At {
    fn from(at: Position) -> Self {
        At { lat: at.lat, lon: at.lon, approximate: at.approximate }
    }
}

/// When a place is open.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Hours {
    /// From Monday on; a day without hours is absent.
    pub week: Vec<DayHours>,
    /// What hours cannot say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// From and to on one weekday; `close` before `open` means past midnight.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct DayHours {
    /// 1 Monday to 7 Sunday.
    pub weekday: u8,
    /// `HH:MM`.
    pub open: String,
    /// `HH:MM`.
    pub close: String,
}

impl From<OpeningHours> for Hours {
    fn from(hours: OpeningHours) -> Self {
        let time = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let day = |(weekday, name): (u8, &str)| {
            let day = hours.week.get(name)?;
            Some(DayHours { weekday, open: time(day.open), close: time(day.close) })
        };
        Hours { week: (1..).zip(WEEK).filter_map(day).collect(), note: hours.note }
    }
}

pub(super) fn kinds(phone: &Phone, _: NoArgs) -> Result<Vec<PlaceKind>, Error> {
    let kind = |row: places::KindRow| PlaceKind {
        name: row.name.unwrap_or_else(|| row.id.clone()),
        kind: row.id,
        places: row.count,
    };
    phone.with_town(None, |open| Ok(places::kinds(open)?.into_iter().map(kind).collect()))
}

pub(super) fn places(phone: &Phone, wanted: PlaceQuery) -> Result<PlaceList, ApiError> {
    let near = match wanted.near {
        Some(at) if at.lat.abs() > 90.0 || at.lon.abs() > 180.0 => {
            return Err(ApiError::bad_arguments("near is no point on the earth".into()));
        }
        near => near.map(|at| Position { lat: at.lat, lon: at.lon, approximate: false }),
    };
    let limit = wanted.limit.unwrap_or(ROWS).min(MOST_ROWS) as usize;
    let wanted = ListPlaces { kind: wanted.kind, near, search: wanted.search, limit };
    let list = phone.with_town(None, |open| places::list(open, &wanted))?;
    Ok(PlaceList { rows: list.rows, more: list.more })
}

pub(super) fn place(phone: &Phone, wanted: ShowPlace) -> Result<Place, Error> {
    let (shown, status, kind_name) = phone.with_town(None, |open| {
        let shown = places::show(open, &wanted.id)?;
        let status = status(phone, open, &shown.place)?;
        let kind = shown.place.kind.as_str();
        let row = places::kinds(open)?.into_iter().find(|row| row.id == kind);
        let name = row.and_then(|row| row.name).unwrap_or_else(|| kind.into());
        Ok((shown, status, name))
    })?;
    let place = shown.place;
    Ok(Place {
        kind_name,
        id: place.id,
        kind: place.kind.0,
        name: place.name,
        kana: place.kana,
        name_en: place.name_en,
        category: place.category,
        address: place.address,
        building: place.building,
        position: place.position.map(At::from),
        phone: place.phone,
        url: place.url,
        hours: place.hours.map(Hours::from),
        valid_for: place.valid_for,
        capacity: place.capacity,
        status,
        description: place.description,
        details: place.details,
        from: shown.from,
    })
}

/// What the town's list of open shelters says of a place that may be one.
fn status(
    phone: &Phone,
    open: &OpenTown,
    place: &madoguchi_model::Place,
) -> Result<Option<ShelterStatus>, Error> {
    use madoguchi_model::PlaceKind as Kind;
    if ![Kind::EMERGENCY_SITE, Kind::SHELTER, Kind::OPEN_SHELTER].contains(&place.kind.as_str()) {
        return Ok(None);
    }
    let calendar = Calendar::of(phone, open)?;
    let told = OpenShelters::read(open, calendar.now())?.of(&places::PlaceRow::of(place.clone(), None))?;
    Ok(told.map(|told| ShelterStatus::of(told, &calendar)))
}
