//! The verifier: the specification's client workflow (§5), and what a phone needs beyond it.
//!
//! A [`Client`] holds what is trusted. [`Client::refresh`] brings root, timestamp, snapshot and the town's targets up
//! to date, [`Client::load_roles`] the departments', [`Client::find`] searches one target as the specification says.
//! Each file is stored as soon as it is verified, and nothing is stored before.

mod error;
mod refresh;
mod roles;
mod root;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp as Instant;

use crate::metadata::{Envelope, Metadata, Root, Snapshot, Target, Targets, Timestamp};

pub use error::{ClientError, Refusal};
pub use store::{MemoryStore, MetadataStore, StoreError};

/// Why a file did not come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It is not there.
    #[error("not found")]
    NotFound,
    /// It is larger than it may be.
    #[error("larger than {max} bytes")]
    TooLarge {
        /// The limit.
        max: u64,
    },
    /// It could not be asked for; whoever fetches knows more.
    #[error("{0}")]
    Failed(String),
}

/// Gets metadata files of one town.
pub trait MetadataFetch {
    /// Gets the file called `name` (`2.root.json`, percent-encoded where needed), at most `max` bytes.
    fn fetch(&mut self, name: &str, max: u64) -> impl Future<Output = Result<Vec<u8>, FetchError>>;
}

/// What happens to metadata whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// It is an error, as the specification says.
    Strict,
    /// It is *authentic but stale*: what is there stays readable with its age. Nothing stale takes the place of what
    /// was there, since a replayed old timestamp is how an attacker would hold a phone back.
    Lenient,
}

/// Metadata that is authentic and whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Whose.
    pub role: String,
    /// Since when.
    pub expired_at: Instant,
}

/// What a refresh brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// A newer timestamp than before came.
    pub newer: bool,
    /// A file came whose time is over, and was not taken because there is something already.
    pub refused_stale: Option<Stale>,
}

/// Who looks after one town's trust.
pub struct Client<S> {
    store: S,
    now: Instant,
    expiry: Expiry,
    root: Root,
    timestamp: Option<Timestamp>,
    snapshot: Option<Snapshot>,
    targets: Option<Targets>,
    roles: BTreeMap<String, Envelope>,
    stale: Vec<Stale>,
}

/// A target and the role that vouches for it.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetInfo {
    /// Its path.
    pub path: String,
    /// What is known of it.
    pub target: Target,
    /// `targets`, or the department.
    pub role: String,
}

impl TargetInfo {
    /// Where it lies below `targets/`, given whether the repository uses consistent snapshots.
    pub fn location(&self, consistent: bool) -> String {
        match self.target.hash() {
            Some(hash) if consistent => crate::path::hashed(&self.path, hash),
            _ => self.path.clone(),
        }
    }
}

impl<S: MetadataStore> Client<S> {
    /// Opens what is trusted: the root, which must be signed by its own keys, and whatever else the root still vouches
    /// for. No network is needed; what cannot be verified any more is left out.
    pub fn open(store: S, now: Instant, expiry: Expiry) -> Result<Self, ClientError> {
        let bytes = store.load("root.json")?.ok_or(ClientError::NoRoot)?;
        let root = root::self_signed(&bytes)?;
        let mut client = Client {
            store,
            now,
            expiry,
            root,
            timestamp: None,
            snapshot: None,
            targets: None,
            roles: BTreeMap::new(),
            stale: Vec::new(),
        };
        client.load_local()?;
        Ok(client)
    }

    /// Loads timestamp, snapshot and targets as far as the present root vouches for them.
    fn load_local(&mut self) -> Result<(), ClientError> {
        self.timestamp = self.local("timestamp")?;
        self.snapshot = self.local("snapshot")?;
        self.targets = match (&self.snapshot, self.local::<Targets>("targets")?) {
            (Some(snapshot), Some(targets)) => {
                let listed = snapshot.meta.get("targets.json").map(|meta| meta.version);
                (listed == Some(targets.common.version)).then_some(targets)
            }
            _ => None,
        };
        Ok(())
    }

    fn local<M: Metadata>(&self, role: &str) -> Result<Option<M>, ClientError> {
        let Some(bytes) = self.store.load(&format!("{role}.json"))? else { return Ok(None) };
        let Ok(envelope) = Envelope::parse(&bytes) else { return Ok(None) };
        let vouched = envelope.verify(&self.root.role(role), &self.root.keys).is_ok();
        Ok(vouched.then(|| envelope.read().ok()).flatten())
    }

    /// The root that is trusted.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The timestamp that is trusted, if there is one.
    pub fn timestamp(&self) -> Option<&Timestamp> {
        self.timestamp.as_ref()
    }

    /// What is authentic but stale among what is trusted, at the time handed in.
    pub fn stale(&self) -> Vec<Stale> {
        let top = [
            Some(("root", &self.root.common)),
            self.timestamp.as_ref().map(|m| ("timestamp", &m.common)),
            self.snapshot.as_ref().map(|m| ("snapshot", &m.common)),
            self.targets.as_ref().map(|m| ("targets", &m.common)),
        ];
        let mut stale: Vec<Stale> = top
            .into_iter()
            .flatten()
            .filter(|(_, common)| common.expires <= self.now)
            .map(|(role, common)| Stale { role: role.into(), expired_at: common.expires })
            .collect();
        stale.extend(self.stale.iter().cloned());
        stale
    }

    /// Whether the timestamp that is trusted is still within its time, as far as the clock can be believed: one that was
    /// set back must not make fresh again what had expired.
    pub fn is_fresh(&self) -> bool {
        let expires = self.timestamp.as_ref().map(|timestamp| timestamp.common.expires);
        expires.is_some_and(|expires| self.now < expires) && !self.clock_is_behind()
    }

    /// Is the clock behind what the town has signed already? Then one of the two dates is wrong. Nothing is refused for
    /// it: the next timestamp, or the next look at a clock that was put right, settles it.
    pub fn clock_is_behind(&self) -> bool {
        // Two machines never agree to the second; a day apart is no drift.
        let issued = self.timestamp.as_ref().and_then(|t| t.issued);
        issued.is_some_and(|issued| issued.as_second() - self.now.as_second() > 86_400)
    }

    /// Gives the store back.
    pub fn into_store(self) -> S {
        self.store
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.store
    }
}
