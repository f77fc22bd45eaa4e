//! 緊急情報: what holds now.

mod list;

pub use list::{RunningAlert, is_believed, list};
