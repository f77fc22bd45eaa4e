//! 催し・相談: what is held when.

mod list;
mod show;

pub use list::{EventRow, ListEvents, SessionRow, is_over_at, list};
pub use show::{ShownEvent, show};
