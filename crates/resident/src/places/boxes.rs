//! The boxes of SQLite's R*Tree, as its nodes hold them (the shadow tables `places_at_node` and `sites_at_node`; the format is part of SQLite's
//! file format and does not change): two bytes of depth in the root, two bytes with the number of entries, then entries of
//! a 64-bit number and pairs of 32-bit floats, all big-endian. The pairs here: latitude, longitude, and the
//! kind or the danger.

use madoguchi_model::Position;

/// Mean radius of the earth, as in [`Position::distance_m`].
const EARTH_M: f64 = 6_371_008.8;
/// What sines and arcs lose: a box counts as nearer by so much, and is looked into.
const SLACK_M: f64 = 1.0;
/// Deeper is no tree (SQLite's own limit).
const DEPTH_MAX: u16 = 40;
const HEAD: usize = 4;
const ENTRY: usize = 8 + 6 * 4;

/// An entry of a node: a box, and the number of the node or of the place in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Boxed {
    pub(super) number: i64,
    lat: (f64, f64),
    lon: (f64, f64),
    kind: (f64, f64),
}

/// So many nodes lie between the root and the places.
pub(super) fn root_depth(data: &[u8]) -> u16 {
    data.first_chunk().map_or(0, |depth| u16::from_be_bytes(*depth).min(DEPTH_MAX))
}

impl Boxed {
    /// Every entry of a node. What is cut off is none.
    pub(super) fn all(data: &[u8]) -> impl Iterator<Item = Boxed> {
        let (head, entries) = data.split_at_checked(HEAD).unwrap_or_default();
        let count = head.last_chunk().map_or(0, |count| u16::from_be_bytes(*count));
        entries.chunks_exact(ENTRY).take(count.into()).filter_map(Boxed::read)
    }

    fn read(entry: &[u8]) -> Option<Boxed> {
        let (number, sides) = entry.split_first_chunk()?;
        let mut sides =
            sides.chunks_exact(4).filter_map(|side| Some(f32::from_be_bytes(*side.first_chunk()?)));
        let mut pair = || Some((f64::from(sides.next()?), f64::from(sides.next()?)));
        Some(Boxed { number: i64::from_be_bytes(*number), lat: pair()?, lon: pair()?, kind: pair()? })
    }

    /// May it hold places of this kind, or for this danger?
    pub(super) fn holds_kind(&self, kind: i64) -> bool {
        (self.kind.0..=self.kind.1).contains(&(kind as f64))
    }

    /// Nothing in it is nearer to `at` than this.
    pub(super) fn least_m(&self, at: Position) -> f64 {
        let lon = (at.lon + 540.0).rem_euclid(360.0) - 180.0;
        let angle = if (self.lon.0..=self.lon.1).contains(&lon) {
            (self.lat.0 - at.lat).max(at.lat - self.lat.1).max(0.0).to_radians()
        } else {
            // Along any parallel one comes nearer by going towards the point: what is nearest lies on a side.
            self.angle_to_side(at.lat, self.lon.0 - lon).min(self.angle_to_side(at.lat, self.lon.1 - lon))
        };
        (angle * EARTH_M - SLACK_M).max(0.0)
    }

    /// The angle from latitude `from` to this box's latitudes on the meridian `away` degrees from there. The cosine of the
    /// angle to latitude t on it is `a sin t + b cos t`, greatest where tan t is a / b, and falling from there both ways.
    fn angle_to_side(&self, from: f64, away: f64) -> f64 {
        let (a, b) = (from.to_radians().sin(), from.to_radians().cos() * away.to_radians().cos());
        let ends = (self.lat.0.to_radians(), self.lat.1.to_radians());
        let greatest = if (ends.0..=ends.1).contains(&a.atan2(b)) {
            a.hypot(b)
        } else {
            let at = |t: f64| a * t.sin() + b * t.cos();
            at(ends.0).max(at(ends.1))
        };
        greatest.clamp(-1.0, 1.0).acos()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(lat: (f64, f64), lon: (f64, f64)) -> Boxed {
        Boxed { number: 1, lat, lon, kind: (0.0, 0.0) }
    }

    proptest! {
        #[test]
        fn nothing_in_a_box_is_nearer_than_it_says(
            at in (-90.0..=90.0f64, -180.0..=180.0f64),
            south in (-90.0..=90.0f64, 0.0..=1.0f64),
            west in (-180.0..=180.0f64, 0.0..=1.0f64),
            inside in prop::collection::vec((0.0..=1.0f64, 0.0..=1.0f64), 20),
        ) {
            let at = Position { lat: at.0, lon: at.1, approximate: false };
            let north = south.0 + (90.0 - south.0) * south.1;
            let east = west.0 + (180.0 - west.0) * west.1;
            let least = boxed((south.0, north), (west.0, east)).least_m(at);
            for (up, right) in inside {
                let (lat, lon) = (south.0 + (north - south.0) * up, west.0 + (east - west.0) * right);
                let place = Position { lat, lon, approximate: false };
                prop_assert!(least <= at.distance_m(&place), "{least} > {}", at.distance_m(&place));
            }
        }

        #[test]
        fn a_box_of_one_point_is_as_far_as_the_point(
            at in (-90.0..=90.0f64, -180.0..=180.0f64), place in (-90.0..=90.0f64, -180.0..=180.0f64),
        ) {
            let at = Position { lat: at.0, lon: at.1, approximate: false };
            let far = at.distance_m(&Position { lat: place.0, lon: place.1, approximate: false });
            let least = boxed((place.0, place.0), (place.1, place.1)).least_m(at);
            prop_assert!((far - least).abs() < 3.0, "{far} {least}");
        }

        #[test]
        fn no_bytes_are_too_strange(data in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(root_depth(&data) <= DEPTH_MAX);
            prop_assert!(Boxed::all(&data).count() <= data.len() / ENTRY);
        }
    }

    #[test]
    fn it_reaches_over_the_180th_meridian() {
        let at = Position { lat: 0.0, lon: 179.9, approximate: false };
        assert!(boxed((-1.0, 1.0), (-180.0, -179.9)).least_m(at) < 12_000.0);
    }
}
