//! From zones to the bytes of a pack.

use std::collections::BTreeMap;

use super::error::{BuildError, Flaw, Refused};
use super::{Built, FORMAT, Header, MAX_CLASSES, MAX_POINTS, MAX_ZONES, Zone, plain};
use crate::{Bounds, Point, Polygon, Ring};

/// Builds the pack of a layer: the same zones in the same order give the same bytes.
pub fn build(classes: u8, zones: Vec<Zone>, surveyed: &[Polygon]) -> Result<Built, BuildError> {
    if classes == 0 || classes > MAX_CLASSES {
        return Err(BuildError::Classes(classes));
    }
    let count = zones.len() + surveyed.len();
    if count > MAX_ZONES {
        return Err(BuildError::TooMany { what: "zones", found: count as u64, most: MAX_ZONES as u64 });
    }
    let mut refused = Vec::new();
    let mut kept = Vec::new();
    for (index, zone) in zones.into_iter().enumerate() {
        if zone.class >= classes {
            return Err(BuildError::Class { zone: index, class: zone.class, classes });
        }
        kept.extend(clean(zone.polygon, index, &mut refused).map(|rings| (zone.class, rings)));
    }
    let zones = kept.len() as u64;
    for (index, polygon) in surveyed.iter().enumerate() {
        let index = count - surveyed.len() + index;
        kept.extend(clean(polygon.clone(), index, &mut refused).map(|rings| (plain::SURVEYED, rings)));
    }
    let points = kept.iter().flat_map(|(_, rings)| rings).map(|ring| ring.len() as u64).sum();
    if points > MAX_POINTS {
        return Err(BuildError::TooMany { what: "points", found: points, most: MAX_POINTS });
    }
    let bounds =
        Bounds::around(kept.iter().flat_map(|(_, rings)| rings).flatten()).ok_or(BuildError::Empty)?;
    let header = Header {
        format: FORMAT,
        classes,
        zones,
        surveyed: kept.len() as u64 - zones,
        points,
        repaired: BTreeMap::new(),
    };
    Ok(Built { bytes: plain::write(&header, &kept), bounds, repaired: BTreeMap::new(), refused })
}

/// The rings of a polygon without repeated points; none when its outer ring is none.
fn clean(polygon: Polygon, zone: usize, refused: &mut Vec<Refused>) -> Option<Vec<Ring>> {
    let mut kept = Vec::new();
    for (index, mut ring) in std::iter::once(polygon.outer).chain(polygon.holes).enumerate() {
        let at = ring.first().copied();
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        let flaw = match ring {
            _ if !ring.iter().all(on_earth) => Some(Flaw::OutOfRange),
            _ if ring.len() < 3 => Some(Flaw::FewPoints),
            _ => None,
        };
        match flaw {
            Some(why) => refused.push(Refused { zone, ring: index, why, at }),
            None => kept.push(ring),
        }
        if flaw.is_some() && index == 0 {
            return None;
        }
    }
    Some(kept)
}

fn on_earth(point: &Point) -> bool {
    (-180 << 40..=180 << 40).contains(&point.x) && (-90 << 40..=90 << 40).contains(&point.y)
}
