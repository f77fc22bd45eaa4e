//! ごみ: which day, and how to throw a thing away.

mod calendar;
mod items;

pub use calendar::{AreaRow, CalendarDay, TypeRow, areas, calendar};
pub use items::items;
