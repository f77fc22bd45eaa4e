//! The edges of a machine that has sockets.

mod net;

pub use net::{UreqNet, wait};
