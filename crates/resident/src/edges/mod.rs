//! The edges: what the phone is given from outside.

mod clock;
mod home;
mod keystore;
mod net;

pub(crate) use clock::japan;
pub use clock::{Clock, SystemClock};
pub use home::{FolderHome, Home};
pub use keystore::{Key, KeyError, KeyStore, MemoryKeys, NoKeys};
pub use net::{Answering, Head, Net, NetError, Receive, Request};
