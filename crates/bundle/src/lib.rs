//! TUF (The Update Framework, specification 1.0): sign, verify and read a town's bundle, and the format of what lies
//! in it. No sockets, no files and no clock of its own: a trait fetches, a trait stores, the time is handed in.
//!
//! - [`client`] is the verifier, with the specification's client workflow in full and the state *authentic but stale*.
//! - [`metadata`] are the types that both sides share; [`key`] holds the signature schemes.
//! - [`collection`], [`compress`] and [`patch`] are how content lies in the bundle and how a change travels.

pub mod canonical;
pub mod client;
pub mod collection;
pub mod compress;
pub mod encoding;
pub mod key;
pub mod limits;
pub mod metadata;
pub mod patch;
pub mod path;
