//! What the resident writes down besides the household: places of their own, the family's plan. Each is one JSON document, sealed in
//! `private.db` with a key that lies elsewhere (ADR 9); where no key is to be had it lasts until the app is closed.

mod desk;
pub mod places;
pub mod timeline;

pub use crate::household::Locked;
pub(crate) use desk::Desk;

/// A document and what stands in its way.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept<T> {
    /// What is kept; empty when there is none, or none that can be read.
    pub document: T,
    /// What stands in the way.
    pub locked: Option<Locked>,
}

/// A document was not kept.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// A field that cannot be taken as it is.
    #[error("{0}")]
    Bad(String),
    /// What is kept and cannot be read is not written over: it is deleted first, by the resident.
    #[error("something is kept that cannot be opened")]
    Locked(Locked),
    /// It could not be sealed or written as JSON.
    #[error("it could not be sealed")]
    Sealing,
}

impl OwnError {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            OwnError::Bad(_) => "bad-arguments",
            OwnError::Locked(Locked::Damaged) => "own-damaged",
            OwnError::Locked(_) => "own-key-lost",
            OwnError::Sealing => "own",
        }
    }
}

#[cfg(test)]
mod tests;
