//! A town's files -> checked collections -> a signed bundle.
//!
//! Data flows one way: [`folder`] lists the files, [`table`] turns bytes into rows, [`dataset`] names what a table is
//! and makes records of it, [`notices`] does the same for texts, and what was refused or mended stands in a
//! [`report::FileReport`].

mod atomic;
pub mod blocks;
pub mod content;
pub mod dataset;
pub mod error;
pub mod folder;
pub mod geo;
pub mod geocode;
pub mod hazard;
pub mod init;
pub mod keys;
pub mod map;
pub mod notices;
pub mod office;
pub mod open_shelters;
mod place;
pub mod publish;
pub mod read;
pub mod refresh;
pub mod release;
pub mod report;
pub mod repository;
pub mod root;
pub mod rotate;
pub mod settings;
pub mod table;
pub mod tiles;
pub mod value;
