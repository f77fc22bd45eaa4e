//! The edges of a machine that has sockets.

mod net;
mod passphrase;

pub use net::{UreqNet, wait};
pub use passphrase::PassphraseKeys;
