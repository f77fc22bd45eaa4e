//! My places: home, work, school, parents.

use madoguchi_model::{Position, TownCode};
use serde::{Deserialize, Serialize};

use super::{Kept, OwnError};
use crate::hazard::is_on_earth;
use crate::{Error, Phone};

const NAME: &str = "places";
/// More places than this nobody looks after.
const MOST: usize = 30;
/// Characters of a name or a note.
const MOST_CHARS: usize = 200;

/// What a place is to the resident.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceRole {
    /// Home.
    Home,
    /// Where they work.
    Work,
    /// School, nursery.
    School,
    /// The parents' home.
    Parents,
    /// Anything else.
    #[default]
    Other,
}

/// A place of the resident's own.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MyPlace {
    /// Its id, made here.
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
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub note: String,
    /// The town in use when it was saved: its layers are looked into for changes.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub town: Option<TownCode>,
    /// What the layers said when the resident last looked: layer id to class code, empty where outside.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    #[cfg_attr(feature = "bindings", ts(skip))]
    pub seen: std::collections::BTreeMap<String, String>,
}

/// A place to save: without an id a new one.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, Deserialize)]
pub struct SaveMyPlace {
    /// Which one it takes the place of.
    pub id: Option<String>,
    /// What it is.
    pub role: PlaceRole,
    /// What the resident calls it.
    pub name: String,
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
    /// What the resident noted.
    pub note: Option<String>,
}

/// Are there any, readable or not? No key is asked for.
pub fn any(phone: &Phone) -> Result<bool, Error> {
    phone.has_document(NAME)
}

/// The resident's places, in their order.
pub fn places(phone: &Phone) -> Result<Kept<Vec<MyPlace>>, Error> {
    phone.document(NAME)
}

/// Saves one: at the end, or in the place of the one that it replaces.
pub fn save(phone: &Phone, new: SaveMyPlace) -> Result<Kept<Vec<MyPlace>>, Error> {
    let mut places = places(phone)?.document;
    if !is_on_earth(Position { lat: new.lat, lon: new.lon, approximate: false }) {
        return Err(OwnError::Bad(format!("{}, {} is no point on the earth", new.lat, new.lon)).into());
    }
    let note = new.note.unwrap_or_default();
    for (what, text) in [("name", &new.name), ("note", &note)] {
        if text.chars().count() > MOST_CHARS {
            return Err(OwnError::Bad(format!("{what} is longer than {MOST_CHARS} characters")).into());
        }
    }
    let at = new.id.as_ref().and_then(|id| places.iter().position(|place| place.id == *id));
    let id = match (at, new.id) {
        (Some(_), Some(id)) => id,
        (None, Some(id)) => return Err(Error::NotFound { what: "my-place", id }),
        // One more than the highest that was ever given in this document.
        (_, None) => {
            let highest =
                places.iter().filter_map(|place| place.id.strip_prefix('p')?.parse::<u64>().ok()).max();
            format!("p{}", highest.unwrap_or_default() + 1)
        }
    };
    let town = phone.town(None).ok().map(|town| town.code);
    let place = MyPlace {
        id,
        role: new.role,
        name: new.name.trim().into(),
        lat: new.lat,
        lon: new.lon,
        note,
        town,
        seen: Default::default(),
    };
    if at.is_none() && places.len() >= MOST {
        return Err(OwnError::Bad(format!("more than {MOST} places")).into());
    }
    match at.and_then(|at| places.get_mut(at)) {
        Some(old) => *old = place,
        None => places.push(place),
    }
    phone.keep_document(NAME, places)
}

/// Forgets one.
pub fn delete(phone: &Phone, id: &str) -> Result<Kept<Vec<MyPlace>>, Error> {
    let mut places = places(phone)?.document;
    let before = places.len();
    places.retain(|place| place.id != id);
    if places.len() == before {
        return Err(Error::NotFound { what: "my-place", id: id.into() });
    }
    phone.keep_document(NAME, places)
}

/// Puts them in this order; what is not named stays behind what is.
pub fn order(phone: &Phone, ids: &[String]) -> Result<Kept<Vec<MyPlace>>, Error> {
    let mut places = places(phone)?.document;
    places.sort_by_key(|place| ids.iter().position(|id| *id == place.id).unwrap_or(usize::MAX));
    phone.keep_document(NAME, places)
}

/// Notes what a layer says at a place, so that a change is told once.
pub fn note_seen(
    phone: &Phone,
    id: &str,
    seen: std::collections::BTreeMap<String, String>,
) -> Result<Kept<Vec<MyPlace>>, Error> {
    let mut places = places(phone)?.document;
    let Some(place) = places.iter_mut().find(|place| place.id == id) else {
        return Err(Error::NotFound { what: "my-place", id: id.into() });
    };
    place.seen = seen;
    phone.keep_document(NAME, places)
}

/// Forgets all, also those that cannot be read.
pub fn forget(phone: &Phone) -> Result<Kept<Vec<MyPlace>>, Error> {
    phone.forget_document(NAME)?;
    places(phone)
}
