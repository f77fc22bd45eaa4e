use jiff::Timestamp;
use madoguchi_hazard::Point;
use madoguchi_hazard::roads::{AVOID, Cost, Graph, Heading8, Route, WALKING, minutes};
use madoguchi_model::{Hazard, HazardClass, HazardKind, MapRecord, PlaceKind, Position};

use super::at::Zones;
use super::layers::{Layer, here, layers};
use super::point;
use crate::places::{ListPlaces, PlaceRow, list, nearest_meant};
use crate::shelters::{OpenShelters, Told};
use crate::{Error, OpenTown};

/// From where, and from what.
#[derive(Debug, Clone, Copy)]
pub struct SitesWanted {
    /// Where one is.
    pub at: Position,
    /// What one flees from.
    pub danger: Hazard,
    /// What time it is: what the town told of open shelters grows old.
    pub now: Timestamp,
    /// At most so many.
    pub limit: usize,
}

/// 指定緊急避難場所 that are meant for the danger, and 指定避難所 for afterwards. Two things: never one list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SiteList {
    /// Where to flee to: the shortest dry way first, then those that lie in a zone themselves; from a tsunami, what is reached first.
    pub sites: Vec<Site>,
    /// Where to stay afterwards: those that the town says are open, be they designated or not, then others; the nearest first.
    pub shelters: Vec<Site>,
    /// The hour of the town's newest list of open shelters, where it is not old.
    pub open_as_of: Option<Timestamp>,
    /// Is there a walking graph here? Without one only straight distances are known.
    pub ways_known: bool,
}

/// A place to go to.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// The place.
    pub place: PlaceRow,
    /// As the crow flies.
    pub distance_m: f64,
    /// In which direction.
    pub heading: Option<Heading8>,
    /// The way on foot, where the graph knows one.
    pub way: Option<Way>,
    /// It lies in a zone of this very danger.
    pub inside: Option<(HazardKind, HazardClass)>,
    /// What the town says of it at some hour: whether it is open, and how full.
    pub told: Option<Told>,
}

/// A way on foot.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Its points, from the start to the site.
    pub points: Vec<Position>,
    /// Its length.
    pub distance_m: f64,
    /// At 80 m a minute (不動産の表示に関する公正競争規約施行規則), begun minutes counting.
    pub minutes: u32,
    /// Metres through a zone that could not be avoided.
    pub wet_m: f64,
    /// Were all zones of this danger known? Else a way without wet metres is not called dry.
    pub zones_known: bool,
    /// The same in words: streets, directions, metres.
    pub legs: Vec<WayLeg>,
}

/// A part of a way.
#[derive(Debug, Clone, PartialEq)]
pub struct WayLeg {
    /// The street's name.
    pub name: Option<String>,
    /// Its direction.
    pub heading: Heading8,
    /// Its metres.
    pub distance_m: f64,
}

/// So many sites are walked to: the ones nearest by air. One farther off by air is seldom nearer on foot.
const WALKED: usize = 8;
/// Shelters that are told.
const SHELTERS: usize = 3;

/// Where to go from a point, for one danger.
pub fn sites(open: &OpenTown, wanted: SitesWanted) -> Result<SiteList, Error> {
    Around::read(open, wanted.at, wanted.now)?.sites(wanted.danger, wanted.limit)
}

/// What sites around a point are looked for with, read once for however many dangers.
pub struct Around<'c> {
    open: &'c OpenTown,
    at: Position,
    layers: Vec<Layer>,
    told: OpenShelters<'c>,
    shelters: Vec<PlaceRow>,
    graph: Option<Graph>,
}

impl<'c> Around<'c> {
    /// Reads it. `now`: what the town told of open shelters grows old.
    pub fn read(open: &'c OpenTown, at: Position, now: Timestamp) -> Result<Self, Error> {
        let told = OpenShelters::read(open, now)?;
        let mut shelters = told.nearest(at, SHELTERS)?;
        let designated = ListPlaces {
            kind: Some(PlaceKind::SHELTER.into()),
            near: Some(at),
            limit: SHELTERS,
            ..ListPlaces::default()
        };
        for row in list(open, &designated)?.rows {
            if shelters.len() < SHELTERS && shelters.iter().all(|known| known.id != row.id) {
                shelters.push(row);
            }
        }
        Ok(Around { open, at, layers: layers(open)?, told, shelters, graph: graph(open)? })
    }

    /// Where to go when one flees from this.
    pub fn sites(&self, danger: Hazard, limit: usize) -> Result<SiteList, Error> {
        let Some(start) = point(self.at) else { return Ok(SiteList::default()) };
        let zones = Zones::of(self.open, &self.layers, danger);
        let enough = limit.max(WALKED) + WALKED;
        let sites = nearest_meant(self.open, self.at, danger, enough)?;
        let site = |place: PlaceRow| {
            let there = place.position().and_then(point);
            Site {
                distance_m: place.distance_m.unwrap_or_default(),
                heading: there.and_then(|there| Heading8::between(start, there)),
                inside: there.and_then(|there| zones.holding(there)),
                way: None,
                told: None,
                place,
            }
        };
        let tell = |mut site: Site| {
            site.told = self.told.of(&site.place)?;
            Ok::<Site, Error>(site)
        };
        let walk = |sites: Vec<Site>| match &self.graph {
            Some(graph) => walked(graph, start, sites, &zones),
            None => sites,
        };
        let sites = sites.into_iter().map(site);
        let sites = if danger == Hazard::Tsunami {
            // Towers stand in the wave's reach on purpose, and there is no time: what is reached first comes first.
            let mut sites = walk(sites.collect());
            sites.truncate(limit);
            sites
        } else {
            let (dry, wet) = sites.partition(|site| site.inside.is_none());
            dry_first(walk(dry), walk(wet), limit)
        };
        let shelters = self.shelters.iter().cloned().map(site).map(tell);
        Ok(SiteList {
            sites: sites.into_iter().map(tell).collect::<Result<_, _>>()?,
            shelters: shelters.collect::<Result<_, _>>()?,
            open_as_of: self.told.current_as_of(),
            ways_known: self.graph.is_some(),
        })
    }
}

/// The sites outside every zone, then the others. The nearest of those is told at any rate where it is nearer than the first: it is meant
/// for this danger all the same, and whoever cannot go far must know of it.
fn dry_first(mut dry: Vec<Site>, wet: Vec<Site>, limit: usize) -> Vec<Site> {
    let metres = |site: &Site| site.way.as_ref().map_or(site.distance_m, |way| way.distance_m);
    let nearer = match (dry.first(), wet.first()) {
        (Some(dry), Some(wet)) => metres(wet) < metres(dry),
        _ => false,
    };
    dry.truncate(if nearer { limit.saturating_sub(1).max(1) } else { limit });
    dry.extend(wet);
    dry.truncate(limit);
    dry
}

/// The walking graph, where one is here.
fn graph(open: &OpenTown) -> Result<Option<Graph>, Error> {
    let roads = here::<MapRecord>(open)?.find(|(record, _)| matches!(record, MapRecord::Roads { .. }));
    // A damaged one is fetched anew; until then the straight line is told.
    Ok(roads.and_then(|(_, stored)| Graph::open(open.cache.read_pack(&stored)).ok()))
}

fn walked(graph: &Graph, start: Point, sites: Vec<Site>, zones: &Zones<'_>) -> Vec<Site> {
    let goal = |site: &Site| site.place.position().and_then(point);
    let (mut near, far): (Vec<_>, Vec<_>) =
        sites.into_iter().enumerate().partition(|(at, site)| *at < WALKED && goal(site).is_some());
    let goals: Vec<Point> = near.iter().filter_map(|(_, site)| goal(site)).collect();
    let cost = |a: Point, b: Point| if zones.touch(a, b) { Cost::Worse(AVOID) } else { Cost::Free };
    let routes = graph.routes(start, &goals, &cost).unwrap_or_default();
    for ((_, site), route) in near.iter_mut().zip(routes) {
        site.way = route.map(|route| Way { zones_known: zones.known(), ..Way::from(route) });
    }
    // By what the way costs, so that a detour in the dry goes before a short way through water.
    let cost = |site: &Site| site.way.as_ref().map(|way| way.distance_m + way.wet_m * (AVOID - 1.0));
    near.sort_by(|(_, a), (_, b)| {
        let by_air = a.distance_m.total_cmp(&b.distance_m);
        match (cost(a), cost(b)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => by_air,
        }
    });
    near.into_iter().chain(far).map(|(_, site)| site).collect()
}

impl From<Route> for Way {
    fn from(route: Route) -> Self {
        let position = |point: &Point| Position { lat: point.lat(), lon: point.lon(), approximate: false };
        Way {
            points: route.points.iter().map(position).collect(),
            minutes: minutes(route.distance_m, WALKING),
            distance_m: route.distance_m,
            wet_m: route.wet_m,
            zones_known: false,
            legs: route
                .legs
                .into_iter()
                .map(|leg| WayLeg { name: leg.name, heading: leg.heading, distance_m: leg.distance_m })
                .collect(),
        }
    }
}
