//! ごみ: which day, and how to throw a thing away.

mod calendar;
mod chosen;
mod items;

pub use calendar::{AreaRow, CalendarDay, TypeRow, areas, calendar};
pub use chosen::{choose, chosen};
pub use items::items;
