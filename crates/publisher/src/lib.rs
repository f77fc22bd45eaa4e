//! A town's files -> checked collections -> a signed bundle.
//!
//! Data flows one way: [`folder`] lists the files, [`table`] turns bytes into rows, [`dataset`] names what a table is
//! and makes records of it, [`notices`] does the same for texts, and what was refused or mended stands in a
//! [`report::FileReport`].

pub mod report;
pub mod settings;
