//! The phone without a screen: stores, sync, search, and one module per thing a resident does.
//!
//! A [`Phone`] is made of its edges: where its files lie ([`edges::Home`]), a clock, and for what needs the network an
//! [`edges::Net`]. Nothing here opens a socket, starts a thread or needs a runtime.

pub mod alerts;
pub mod api;
pub mod cache;
pub mod edges;
mod error;
pub mod events;
pub mod garbage;
pub mod gsi;
pub mod hazard;
pub mod household;
#[cfg(test)]
mod measure;
#[cfg(feature = "native")]
pub mod native;
pub mod notices;
pub mod own;
pub mod packs;
mod phone;
pub mod places;
pub mod private;
pub mod programs;
pub mod search;
pub mod settings;
pub mod shelters;
pub mod storage;
pub mod sync;
pub mod towns;

pub use error::Error;
pub use phone::{Age, OpenTown, Phone};
