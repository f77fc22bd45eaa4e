//! One file per thing to do: calls the library, and says what came of it.

mod alerts;
mod events;
mod garbage;
mod join;
mod notices;
mod places;
mod segments;
mod sync;
mod towns;

pub use alerts::alerts;
pub use events::events;
pub use garbage::garbage;
pub use join::join;
pub use notices::{attachment, mark, notice, notices};
pub use places::{place, places};
pub use segments::segments;
pub use sync::sync;
pub use towns::{leave, towns, use_town};
