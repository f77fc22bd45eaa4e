//! One file per thing to do: calls the library, and says what came of it.

mod alerts;
mod events;
mod garbage;
mod hazard;
mod join;
mod notices;
mod places;
mod programs;
mod segments;
#[cfg(feature = "serve-ui")]
mod serve_ui;
mod sync;
mod towns;

pub use alerts::alerts;
pub use events::events;
pub use garbage::garbage;
pub use hazard::hazard;
pub use join::join;
pub use notices::{attachment, mark, notice, notices};
pub use places::{place, places};
pub use programs::{Programs, programs, town as town_programs};
pub use segments::segments;
#[cfg(feature = "serve-ui")]
pub use serve_ui::serve_ui;
pub use sync::sync;
pub use towns::{leave, towns, use_town};
