//! Does an entry of the town's list speak of this place? By id, else by name, else by where it is.
//!
//! - The same id of its own, unless the two lie more than 500 m apart. A running number is no id: each file begins at 1.
//! - The same name (folded, without spaces) within 500 m; where one of the two has no position, at the same address.
//! - Within 50 m, both exactly placed, and nothing nearer or better meant (`OpenShelters::is_nearest`).

use madoguchi_model::{Place, fold};

use crate::places::PlaceRow;

/// An id or a name holds so far: what lies farther off is another place of that name.
pub(super) const NEAR_M: f64 = 500.0;
/// Without either, the same spot.
const SPOT_M: f64 = 50.0;

/// Why an entry is taken for a place's, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    Id,
    Name,
    Spot,
}

/// The best evidence that the entry speaks of the place, and how far apart they lie (0 where nobody knows).
pub(super) fn evidence(entry: &Place, place: &PlaceRow) -> Option<(Evidence, f64)> {
    let apart = entry.position.zip(place.position()).map(|(a, b)| a.distance_m(&b));
    let near = apart.is_none_or(|apart| apart <= NEAR_M);
    let id = own_id(&entry.id);
    if near && id == own_id(&place.id) && !is_running_number(id) {
        return Some((Evidence::Id, apart.unwrap_or_default()));
    }
    if near && key(&entry.name) == key(&place.name) {
        let address = |text: &Option<String>| text.as_deref().map(key).filter(|key| !key.is_empty());
        let at_home = || address(&entry.address).is_some_and(|own| address(&place.address) == Some(own));
        if apart.is_some() || at_home() {
            return Some((Evidence::Name, apart.unwrap_or_default()));
        }
    }
    let exact = !place.approximate && entry.position.is_some_and(|at| !at.approximate);
    apart.filter(|apart| exact && *apart <= SPOT_M).map(|apart| (Evidence::Spot, apart))
}

/// What the town's file calls it, without the kind before it and the file's name behind.
fn own_id(id: &str) -> &str {
    let own = id.split_once(':').map_or(id, |(_, own)| own);
    own.split_once('~').map_or(own, |(own, _)| own)
}

/// At most four digits after leading zeros.
fn is_running_number(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit()) && id.trim_start_matches('0').len() <= 4
}

fn key(text: &str) -> String {
    fold(text).split_whitespace().collect()
}
