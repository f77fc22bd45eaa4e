//! The town's counter: hands the signed bundles of one or many towns to phones.
//!
//! It keeps nothing about who asks: no address is logged, no cookie set, and no answer depends on anything but
//! the file that was asked for. Every byte that it sends is signed elsewhere and verified on the phone, so that
//! what this crate must be is fast, frugal with bytes, and hard to knock over.
//!
//! A request first looks for a file of a town's public folder (`files`) and, if there is none, goes to an axum
//! router (`routes`), which knows everything that is not a file.

mod config;
mod connection;
mod event;
mod files;
mod headers;
mod health;
mod patience;
mod routes;
mod server;
#[cfg(test)]
mod tests;
mod tick;

pub use config::{Config, Limits, Log, ServeError, Tick, TownSite};
pub use event::{Counts, Event};
pub use server::{Server, serve};
