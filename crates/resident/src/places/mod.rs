//! Places: look for one by word, by kind, or by what is near.

mod boxes;
mod kinds;
mod list;
mod meant;
mod near;
mod show;

pub use kinds::{KindRow, fled_from, kinds};
pub use list::{ListPlaces, PlaceList, PlaceRow, list};
pub(crate) use meant::nearest_meant;
pub(crate) use show::of_kind;
pub use show::{ShownPlace, show};
