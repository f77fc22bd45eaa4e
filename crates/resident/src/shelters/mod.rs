//! Which shelters are open, how many people are in them, and as of when: what the town's list of the hour says, joined to the
//! places that one knows. What is old is told as old and counts for nothing.

mod matching;
mod told;

use std::cmp::Reverse;

use jiff::Timestamp;
use madoguchi_model::{Place, PlaceKind, Position};

pub use told::{Crowding, OLD_AFTER_S, Told};

use crate::places::{self, ListPlaces, PlaceRow};
use crate::{Error, OpenTown};
use matching::{Evidence, NEAR_M, evidence};

/// So many designated places around an entry are compared with it.
const AROUND: usize = 16;

/// What the town's lists say, as seen at some moment.
#[derive(Debug)]
pub struct OpenShelters<'a> {
    town: &'a OpenTown,
    now: Timestamp,
    entries: Vec<Place>,
}

impl<'a> OpenShelters<'a> {
    /// Reads them.
    pub fn read(town: &'a OpenTown, now: Timestamp) -> Result<Self, Error> {
        let mut entries = places::of_kind(town, PlaceKind::OPEN_SHELTER)?;
        entries.retain(|entry| entry.status.is_some());
        Ok(OpenShelters { town, now, entries })
    }

    /// The hour of the newest list that is not old; none where nothing can be said of today.
    pub fn current_as_of(&self) -> Option<Timestamp> {
        let newest = self.entries.iter().filter_map(as_of).max();
        newest.filter(|as_of| told::is_current(*as_of, self.now))
    }

    /// What is said of a place; of several entries by the best evidence, then the newest.
    pub fn of(&self, place: &PlaceRow) -> Result<Option<Told>, Error> {
        if place.kind.as_str() == PlaceKind::OPEN_SHELTER {
            let entry = self.entries.iter().find(|entry| entry.id == place.id);
            return Ok(entry.and_then(|entry| Told::of(entry, None, self.now)));
        }
        let mut found = Vec::new();
        for entry in &self.entries {
            let Some((kind, distance_m)) = evidence(entry, place) else { continue };
            if kind != Evidence::Spot || self.is_nearest(entry, place, distance_m)? {
                found.push(((kind, Reverse(as_of(entry))), entry));
            }
        }
        let Some((_, entry)) = found.into_iter().min_by(|(a, _), (b, _)| a.cmp(b)) else { return Ok(None) };
        let capacity = match entry.capacity.filter(|people| *people > 0) {
            // How many may stand on a place to flee to says nothing of how many may sleep there.
            None if place.kind.as_str() == PlaceKind::SHELTER => {
                places::show(self.town, &place.id)?.place.capacity
            }
            own => own,
        };
        Ok(Told::of(entry, capacity, self.now))
    }

    /// The nearest that are open now, each as the designated shelter that it is, else as the list names it.
    pub fn nearest(&self, at: Position, count: usize) -> Result<Vec<PlaceRow>, Error> {
        let open =
            |entry: &&Place| Told::of(entry, None, self.now).is_some_and(|told| told.open && told.current);
        let far = |entry: &Place| entry.position.map(|there| at.distance_m(&there));
        let mut near: Vec<(f64, &Place)> =
            self.entries.iter().filter(open).filter_map(|entry| Some((far(entry)?, entry))).collect();
        near.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut rows: Vec<PlaceRow> = Vec::new();
        for (distance_m, entry) in near {
            if rows.len() >= count {
                break;
            }
            let row = match self.designated(entry)? {
                Some(row) => {
                    let distance_m = row.position().map(|there| at.distance_m(&there));
                    PlaceRow { distance_m, ..row }
                }
                None => PlaceRow::of(entry.clone(), Some(distance_m)),
            };
            if rows.iter().all(|known| known.id != row.id) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// The designated shelter that an entry speaks of.
    fn designated(&self, entry: &Place) -> Result<Option<PlaceRow>, Error> {
        let mut best: Option<(Evidence, f64, PlaceRow)> = None;
        for row in self.around(entry, PlaceKind::SHELTER)? {
            let Some((kind, distance_m)) = evidence(entry, &row) else { continue };
            let better = best
                .as_ref()
                .is_none_or(|(known, far, _)| kind.cmp(known).then(distance_m.total_cmp(far)).is_lt());
            if better {
                best = Some((kind, distance_m, row));
            }
        }
        Ok(best.map(|(_, _, row)| row))
    }

    /// A spot alone is weak evidence: it holds for the nearest place of its kind, and where none is meant by id or name.
    fn is_nearest(&self, entry: &Place, place: &PlaceRow, distance_m: f64) -> Result<bool, Error> {
        for other in self.around(entry, place.kind.as_str())? {
            if other.id != place.id
                && let Some((kind, far)) = evidence(entry, &other)
                && (kind != Evidence::Spot || far < distance_m)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The designated places of a kind that an entry may speak of.
    fn around(&self, entry: &Place, kind: &str) -> Result<Vec<PlaceRow>, Error> {
        let Some(near) = entry.position else { return Ok(Vec::new()) };
        let wanted = ListPlaces { kind: Some(kind.into()), near: Some(near), search: None, limit: AROUND };
        let mut rows = places::list(self.town, &wanted)?.rows;
        rows.retain(|row| row.distance_m.is_some_and(|far| far <= NEAR_M));
        Ok(rows)
    }
}

fn as_of(entry: &Place) -> Option<Timestamp> {
    entry.status.map(|status| status.as_of)
}

#[cfg(test)]
mod tests;
