use madoguchi_hazard::roads::Heading8;
use madoguchi_model::{Hazard, HazardKind};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::map::{ClassShown, position};
use super::moment::{Calendar, Moment};
use super::shelters::ShelterStatus;
use crate::Phone;
use crate::hazard::{self, SitesWanted};

const SITES: u32 = 4;
const MOST_SITES: u32 = 50;

/// From where, and from what.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Deserialize)]
pub struct SitesQuery {
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
    /// What one flees from.
    #[cfg_attr(feature = "bindings", ts(as = "super::shapes::Hazard"))]
    pub hazard: Hazard,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Where to go.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Sites {
    /// 指定緊急避難場所: to flee to. The shortest dry way first, what lies in a zone last; from a tsunami, what is reached first.
    pub sites: Vec<Site>,
    /// 指定避難所: to stay at afterwards. Those that the town says are open come first, be they designated or not.
    pub shelters: Vec<Site>,
    /// The hour of the town's newest list of open shelters, where it is not old.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub open_as_of: Option<Moment>,
    /// Is there a walking graph here? Without one distances are as the crow flies.
    pub ways_known: bool,
}

/// A place to go to.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Site {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
    /// As the crow flies.
    pub distance_m: f64,
    /// In which direction; none where one stands.
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Heading>"))]
    pub heading: Option<Heading8>,
    /// The way on foot.
    pub way: Option<Way>,
    /// It lies in a zone of this very danger.
    pub inside: Option<InsideOf>,
    /// What the town's list of open shelters says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub status: Option<ShelterStatus>,
}

/// In which zone a site lies.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct InsideOf {
    /// Of what.
    #[cfg_attr(feature = "bindings", ts(as = "super::shapes::HazardKind"))]
    pub layer: HazardKind,
    /// Which class.
    pub there: ClassShown,
}

/// A way on foot.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Way {
    /// Its length.
    pub distance_m: f64,
    /// At 80 m a minute.
    pub minutes: u32,
    /// Longitude and latitude.
    pub points: Vec<[f64; 2]>,
    /// In words.
    pub legs: Vec<Leg>,
    /// Metres through a zone that could not be avoided.
    pub wet_m: f64,
    /// Were all zones of this danger known? Else a way without wet metres is not to be called dry.
    pub zones_known: bool,
}

/// A part of a way.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Leg {
    /// The street's name.
    pub name: Option<String>,
    /// Its direction.
    #[cfg_attr(feature = "bindings", ts(as = "super::shapes::Heading"))]
    pub heading: Heading8,
    /// Its metres.
    pub distance_m: f64,
}

pub(super) fn sites(phone: &Phone, wanted: SitesQuery) -> Result<Sites, ApiError> {
    let at = position(wanted.lat, wanted.lon)?;
    let limit = wanted.limit.unwrap_or(SITES).min(MOST_SITES) as usize;
    Ok(phone.with_town(None, |open| {
        let calendar = Calendar::of(phone, open)?;
        let wanted = SitesWanted { at, danger: wanted.hazard, now: calendar.now(), limit };
        Ok(shown(hazard::sites(open, wanted)?, &calendar))
    })?)
}

pub(super) fn shown(found: hazard::SiteList, calendar: &Calendar) -> Sites {
    let site = |found| site(found, calendar);
    Sites {
        sites: found.sites.into_iter().filter_map(site).collect(),
        shelters: found.shelters.into_iter().filter_map(site).collect(),
        open_as_of: found.open_as_of.map(|at| calendar.moment(at)),
        ways_known: found.ways_known,
    }
}

fn site(site: hazard::Site, calendar: &Calendar) -> Option<Site> {
    let way = |way: hazard::Way| Way {
        distance_m: way.distance_m,
        minutes: way.minutes,
        points: way.points.iter().map(|at| [at.lon, at.lat]).collect(),
        wet_m: way.wet_m,
        zones_known: way.zones_known,
        legs: way
            .legs
            .into_iter()
            .map(|leg| Leg { name: leg.name, heading: leg.heading, distance_m: leg.distance_m })
            .collect(),
    };
    Some(Site {
        lat: site.place.lat?,
        lon: site.place.lon?,
        id: site.place.id,
        name: site.place.name,
        distance_m: site.distance_m,
        heading: site.heading,
        way: site.way.map(way),
        status: site.told.map(|told| ShelterStatus::of(told, calendar)),
        inside: site.inside.map(|(layer, class)| InsideOf { layer, there: class.into() }),
    })
}
