//! The edges: what the phone is given from outside.

mod clock;
mod home;
mod keystore;
mod net;

pub use clock::{Clock, JAPAN, SystemClock};
pub use home::{FolderHome, Home};
pub use keystore::{Key, KeyError, KeyStore, MemoryKeys, NoKeys};
pub use net::{Answering, Head, Net, NetError, Receive, Request};
