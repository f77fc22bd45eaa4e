//! 催し・相談: what is held when.

mod list;

pub use list::{EventRow, ListEvents, SessionRow, list};
