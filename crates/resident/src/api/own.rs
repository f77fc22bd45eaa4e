use std::collections::BTreeMap;

use madoguchi_model::{Hazard, Lang, Position};
use serde::{Deserialize, Serialize};

use super::hazard::{HazardAt, told};
use super::moment::Calendar;
use super::sites::{Sites, shown as sites_shown};
use super::{ApiError, NoArgs};
use crate::hazard::{self, Said};
use crate::own::places::{self, MyPlace, PlaceRole, SaveMyPlace};
use crate::own::timeline::{self, Timeline, TimelineRow};
use crate::own::{Kept, Locked};
use crate::settings::settings;
use crate::{Error, OpenTown, Phone};

/// Sites that a card names for each danger.
const SITES: usize = 2;

/// The resident's places.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct MyPlaces {
    /// In their order.
    pub places: Vec<MyPlaceShown>,
    /// What stands in the way of keeping or reading them.
    pub locked: Option<Locked>,
}

/// A place of the resident's own.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct MyPlaceShown {
    /// Its id.
    pub id: String,
    /// What it is.
    pub role: PlaceRole,
    /// What the resident calls it; empty: by its role.
    pub name: String,
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
    /// What the resident noted.
    pub note: String,
    /// A layer says something else here than when the resident last looked.
    pub changed: bool,
}

/// Which place.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct MyPlaceQuery {
    /// Its id.
    pub id: String,
}

/// An order of places.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct OrderMyPlaces {
    /// Their ids.
    pub ids: Vec<String>,
}

/// Everything about a place on one screen.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct HazardCard {
    /// The place.
    pub place: MyPlaceShown,
    /// What can happen there.
    pub at: HazardAt,
    /// Where to go, by what one flees from.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, Sites>"))]
    pub sites: BTreeMap<String, Sites>,
}

/// The family's plan.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "Timeline"))]
#[derive(Debug, Serialize)]
pub struct TimelineShown {
    /// Its rows, in their order.
    pub rows: Vec<TimelineRow>,
    /// Was it ever kept?
    pub kept: bool,
    /// What stands in the way of keeping or reading it.
    pub locked: Option<Locked>,
}

/// The plan, whole.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct SaveTimeline {
    /// Its rows, in their order.
    pub rows: Vec<TimelineRow>,
}

pub(super) fn my_places(phone: &Phone, _: NoArgs) -> Result<MyPlaces, Error> {
    shown(phone, places::places(phone)?)
}

pub(super) fn save_my_place(phone: &Phone, wanted: SaveMyPlace) -> Result<MyPlaces, Error> {
    let replaced = wanted.id.clone();
    let kept = places::save(phone, wanted)?;
    let id = replaced.or_else(|| kept.document.last().map(|place| place.id.clone()));
    // What holds there now is what the resident sees while saving it.
    match id {
        Some(id) => shown(phone, look(phone, kept, &id)?),
        None => shown(phone, kept),
    }
}

pub(super) fn delete_my_place(phone: &Phone, wanted: MyPlaceQuery) -> Result<MyPlaces, Error> {
    shown(phone, places::delete(phone, &wanted.id)?)
}

pub(super) fn order_my_places(phone: &Phone, wanted: OrderMyPlaces) -> Result<MyPlaces, Error> {
    shown(phone, places::order(phone, &wanted.ids)?)
}

pub(super) fn forget_my_places(phone: &Phone, _: NoArgs) -> Result<MyPlaces, Error> {
    shown(phone, places::forget(phone)?)
}

pub(super) fn hazard_card(phone: &Phone, wanted: MyPlaceQuery) -> Result<HazardCard, ApiError> {
    let kept = places::places(phone)?;
    let none = || Error::NotFound { what: "my-place", id: wanted.id.clone() };
    let place = kept.document.iter().find(|place| place.id == wanted.id).cloned().ok_or_else(none)?;
    let at = Position { lat: place.lat, lon: place.lon, approximate: false };
    let language = Lang(settings(phone)?.language.tag().into());
    let (card, now) = phone.with_town(None, |open| {
        let told = told(open, at, Some(&language))?;
        // From what one may have to flee there, and from earthquakes everywhere.
        let mut dangers: Vec<Hazard> =
            told.layers.iter().filter_map(|layer| layer.layer.flee_from()).collect();
        dangers.push(Hazard::Earthquake);
        dangers.sort();
        dangers.dedup();
        let calendar = Calendar::of(phone, open)?;
        let around = hazard::Around::read(open, at, calendar.now())?;
        let mut sites = BTreeMap::new();
        for danger in dangers {
            let code = serde_json::to_value(danger).ok().and_then(|code| Some(code.as_str()?.to_owned()));
            sites.insert(code.unwrap_or_default(), sites_shown(around.sites(danger, SITES)?, &calendar));
        }
        let now = if is_of(open, &place) { Some(says(open, &place)?) } else { None };
        Ok(((told, sites), now))
    })?;
    let changed = !place.seen.is_empty() && now.as_ref().is_some_and(|now| differs(&place, now));
    if let Some(now) = now {
        note(phone, kept, &place, now)?;
    }
    let (at, sites) = card;
    Ok(HazardCard { place: one(place, changed), at, sites })
}

pub(super) fn timeline(phone: &Phone, _: NoArgs) -> Result<TimelineShown, Error> {
    Ok(plan(timeline::timeline(phone)?))
}

pub(super) fn save_timeline(phone: &Phone, wanted: SaveTimeline) -> Result<TimelineShown, Error> {
    Ok(plan(timeline::save(phone, wanted.rows)?))
}

pub(super) fn forget_timeline(phone: &Phone, _: NoArgs) -> Result<TimelineShown, Error> {
    Ok(plan(timeline::forget(phone)?))
}

fn plan(Kept { document: Timeline { rows, kept }, locked }: Kept<Timeline>) -> TimelineShown {
    TimelineShown { rows, kept, locked }
}

fn shown(phone: &Phone, kept: Kept<Vec<MyPlace>>) -> Result<MyPlaces, Error> {
    let changed = |places: Vec<MyPlace>| match phone.town(None) {
        Ok(_) => phone.with_town(None, |open| {
            places
                .into_iter()
                .map(|place| has_changed(open, &place).map(|changed| one(place, changed)))
                .collect()
        }),
        Err(Error::NoTown | Error::WhichTown) => {
            Ok(places.into_iter().map(|place| one(place, false)).collect())
        }
        Err(other) => Err(other),
    };
    Ok(MyPlaces { places: changed(kept.document)?, locked: kept.locked })
}

fn one(place: MyPlace, changed: bool) -> MyPlaceShown {
    let MyPlace { id, role, name, lat, lon, note, .. } = place;
    MyPlaceShown { id, role, name, lat, lon, note, changed }
}

/// What the layers that are here say of a place: their ids with the class's code, empty outside.
fn says(open: &OpenTown, place: &MyPlace) -> Result<Said, Error> {
    Ok(hazard::classes(open, &[position(place)])?.pop().unwrap_or_default())
}

fn position(place: &MyPlace) -> Position {
    Position { lat: place.lat, lon: place.lon, approximate: false }
}

/// Does a layer that was there when the resident last looked say something else now, or a new one say something at all?
fn has_changed(open: &OpenTown, place: &MyPlace) -> Result<bool, Error> {
    if !is_of(open, place) || place.seen.is_empty() {
        return Ok(false);
    }
    Ok(differs(place, &says(open, place)?))
}

fn is_of(open: &OpenTown, place: &MyPlace) -> bool {
    place.town.as_ref() == Some(&open.town.code)
}

fn differs(place: &MyPlace, now: &Said) -> bool {
    now.iter().any(|(id, code)| match (code, place.seen.get(id)) {
        (None, _) => false,
        (Some(code), Some(before)) => before != code,
        (Some(code), None) => !code.is_empty(),
    })
}

/// What is to be noted as seen: what the layers say now, and of one whose pack is not here what it said last.
fn to_note(place: &MyPlace, now: Said) -> BTreeMap<String, String> {
    let last = |id: &String| place.seen.get(id).cloned();
    now.into_iter().filter_map(|(id, code)| Some((id.clone(), code.or_else(|| last(&id))?))).collect()
}

/// Notes what holds at a place now as seen. Nothing is written where nothing is new.
fn look(phone: &Phone, kept: Kept<Vec<MyPlace>>, id: &str) -> Result<Kept<Vec<MyPlace>>, Error> {
    let Some(place) = kept.document.iter().find(|place| place.id == id) else { return Ok(kept) };
    let now = match phone.town(None) {
        Ok(town) if Some(&town.code) == place.town.as_ref() => {
            phone.with_town(None, |open| says(open, place))?
        }
        _ => return Ok(kept),
    };
    let place = place.clone();
    note(phone, kept, &place, now)
}

fn note(
    phone: &Phone,
    kept: Kept<Vec<MyPlace>>,
    place: &MyPlace,
    now: Said,
) -> Result<Kept<Vec<MyPlace>>, Error> {
    let seen = to_note(place, now);
    if seen == place.seen {
        return Ok(kept);
    }
    places::note_seen(phone, &place.id, seen)
}

/// A place of the resident's own where the map says something else than when they last looked.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct ChangedPlace {
    /// Its id, by which its card is opened.
    pub id: String,
    /// What the resident calls it; empty: by its role.
    pub name: String,
    /// What it is.
    pub role: PlaceRole,
}

/// The places where the map has changed. What was saved before there was a map is looked at once, silently: from then on
/// changes are told. Who has no places pays nothing, and no key is asked for.
pub(super) fn changed_places(phone: &Phone, open: &OpenTown) -> Result<Vec<ChangedPlace>, Error> {
    if !places::any(phone)? {
        return Ok(Vec::new());
    }
    let mine: Vec<MyPlace> =
        places::places(phone)?.document.into_iter().filter(|place| is_of(open, place)).collect();
    let at: Vec<Position> = mine.iter().map(position).collect();
    let mut changed = Vec::new();
    for (place, now) in mine.into_iter().zip(hazard::classes(open, &at)?) {
        if place.seen.is_empty() {
            let seen = to_note(&place, now);
            if !seen.is_empty() {
                // Where nothing can be written now, it is looked at again the next time: the first screen does without.
                let _ = places::note_seen(phone, &place.id, seen);
            }
        } else if differs(&place, &now) {
            changed.push(ChangedPlace { id: place.id, name: place.name, role: place.role });
        }
    }
    Ok(changed)
}
