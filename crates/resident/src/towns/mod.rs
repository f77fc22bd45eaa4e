//! Towns: join one, choose among several, leave one.

mod address;
mod by_address;
mod join;
mod manage;

pub(crate) use address::resolve;
pub use address::{AddressError, town_address};
pub use by_address::{JoinByAddress, join_by_address};
pub use join::{Join, JoinError, JoinState, Joined, join};
pub use manage::{leave, towns, use_town};
