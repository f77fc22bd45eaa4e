//! From zones to the bytes of a pack.

use std::collections::BTreeMap;

use super::error::{BuildError, Flaw, Refused};
use super::head::{self, Head};
use super::hilbert::both;
use super::knots::touches_itself;
use super::out::Out;
use super::tree::{self, Part};
use super::{
    Built, FORMAT, Header, MAX_BYTES, MAX_CLASSES, MAX_POINTS, MAX_RINGS, MAX_ZONES, Zone, overview,
};
use crate::{Bounds, Point, Polygon, Ring};

/// The rule by which a ring that touches or crosses itself is taken.
const EVEN_ODD: &str = "even-odd";

/// Builds the pack of a layer: the same zones in the same order give the same bytes.
pub fn build(classes: u8, zones: Vec<Zone>, surveyed: &[Polygon]) -> Result<Built, BuildError> {
    if classes == 0 || classes > MAX_CLASSES {
        return Err(BuildError::Classes(classes));
    }
    let count = zones.len() + surveyed.len();
    limit("zones", count as u64, MAX_ZONES as u64)?;
    let mut refused = Vec::new();
    let mut knotted = 0;
    let mut kept = Vec::new();
    for (index, zone) in zones.into_iter().enumerate() {
        if zone.class >= classes {
            return Err(BuildError::Class { zone: index, class: zone.class, classes });
        }
        let rings = clean(zone.polygon, index, &mut refused)?;
        kept.extend(rings.and_then(|rings| Part::new(zone.class, rings)));
    }
    let mut areas = Vec::new();
    for (index, polygon) in (count - surveyed.len()..).zip(surveyed) {
        let rings = clean(polygon.clone(), index, &mut refused)?;
        areas.extend(rings.and_then(|rings| Part::new(0, rings)));
    }
    let all = || kept.iter().chain(&areas);
    let points = all().flat_map(|part| &part.rings).map(|ring| ring.len() as u64).sum();
    limit("points", points, MAX_POINTS)?;
    let bounds = all().map(|part| part.bounds).reduce(both).ok_or(BuildError::Empty)?;
    for part in all() {
        knotted += u64::from(part.rings.iter().any(|ring| touches_itself(ring)));
    }
    let repaired: BTreeMap<&'static str, u64> =
        [(EVEN_ODD, knotted)].into_iter().filter(|(_, n)| *n > 0).collect();
    let header = Header {
        format: FORMAT,
        classes,
        zones: kept.len() as u64,
        surveyed: areas.len() as u64,
        points,
        repaired: repaired.iter().map(|(rule, n)| ((*rule).to_owned(), *n)).collect(),
    };
    let mut out = Out::behind(head::begin(&header));
    let overviews = overview::write(&mut out, &kept);
    let head = Head {
        zones: tree::shapes(&mut out, kept),
        surveyed: tree::shapes(&mut out, areas),
        overviews,
        bounds,
    };
    let bytes = head::finish(out.finish(), &header, &head);
    limit("bytes", bytes.len() as u64, MAX_BYTES)?;
    Ok(Built { bytes, bounds, repaired, refused })
}

fn limit(what: &'static str, found: u64, most: u64) -> Result<(), BuildError> {
    if found > most { Err(BuildError::TooMany { what, found, most }) } else { Ok(()) }
}

/// The rings of a polygon without repeated points; none when its outer ring is none.
fn clean(polygon: Polygon, zone: usize, refused: &mut Vec<Refused>) -> Result<Option<Vec<Ring>>, BuildError> {
    limit("rings of a polygon", 1 + polygon.holes.len() as u64, MAX_RINGS as u64)?;
    let mut kept: Vec<Ring> = Vec::new();
    let outer = Bounds::around(&polygon.outer);
    for (index, mut ring) in std::iter::once(polygon.outer).chain(polygon.holes).enumerate() {
        let at = ring.first().copied();
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        let flaw = match ring {
            _ if !ring.iter().all(|point| Point::on_earth(*point)) => Some(Flaw::OutOfRange),
            _ if ring.len() < 3 => Some(Flaw::FewPoints),
            _ if !outer.zip(Bounds::around(&ring)).is_some_and(|(a, b)| a.meets(&b)) => {
                Some(Flaw::HoleOutside)
            }
            _ => None,
        };
        match flaw {
            Some(why) => refused.push(Refused { zone, ring: index, why, at }),
            None => kept.push(ring),
        }
        if flaw.is_some() && index == 0 {
            return Ok(None);
        }
    }
    Ok(Some(kept))
}
