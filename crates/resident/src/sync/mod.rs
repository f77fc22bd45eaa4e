//! Sync: verify what the town has, fetch what changed, swap it in.
//!
//! The order in which things become lasting makes every moment a good one to die in:
//!
//! 1. Metadata that was verified is kept first. From then on nothing older is accepted, also when the content comes later.
//! 2. Each download is kept piece by piece under its hash, and goes on from there.
//! 3. What changed is found by comparing the trusted hashes with those of what is stored, never from what this run
//!    happened to see as new. So whatever a run left undone is what the next one finds.
//! 4. All changed collections are swapped in within one transaction, together with the age that is shown. So the age
//!    is always that of what is there.

mod content;
mod download;
mod metadata;
mod run;
mod trouble;
mod wire;

pub(crate) use content::obtain;
pub(crate) use download::{File, download};
pub(crate) use metadata::MetadataOf;
pub(crate) use run::sync_town;
pub use run::{Doubt, ErrorReport, Progress, Reach, SyncResult, sync};
pub use trouble::Trouble;
pub(crate) use wire::Wire;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
