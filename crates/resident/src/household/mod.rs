//! The household as the resident entered it: kept on this phone alone, sealed with a key that lies elsewhere (ADR 9).

mod check;
mod keeper;
mod known;
mod seal;

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_benefits::Household;
use serde::{Deserialize, Serialize};

use crate::edges::KeyError;
use crate::programs::for_town_in_use;
use crate::{Error, Phone};

pub(crate) use check::{names, numbered, problems_of, said, without_unknown};
pub(crate) use keeper::Keeper;
pub use known::{Known, look, whats_new};
pub(crate) use seal::{NotOpened, open_document, seal_document};

/// What is kept of a household.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The facts.
    pub household: Household,
    /// What the resident would rather not tell, and is not asked again.
    pub declined: Vec<Open>,
    /// Programs that they receive already.
    pub received: Vec<String>,
    /// Documents that are at hand, by program. Which programs somebody prepares for tells as much as their facts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: Ticked,
    /// What was theirs when the resident last looked; none before they first did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
}

/// Documents that are at hand, by program.
pub type Ticked = BTreeMap<String, BTreeSet<String>>;

/// A fact that is open.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Open {
    /// Its name in the rules.
    pub fact: String,
    /// Whose, by their place in the household; none: the household's.
    pub person: Option<usize>,
}

/// Why what is kept (a household, or a document of the resident's own) cannot be read, or will not be kept.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Locked {
    /// There is no key store here that can be used now: what is entered lasts until the app is closed.
    NoKey,
    /// One is kept, and the key that opens it is gone.
    KeyLost,
    /// One is kept, and its bytes are no longer what was written.
    Damaged,
}

/// What is known of the household on this phone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// What is kept; none when there is none, or none that can be read.
    pub kept: Option<Kept>,
    /// What stands in the way.
    pub locked: Option<Locked>,
}

/// A household was not kept.
#[derive(Debug, thiserror::Error)]
pub enum HouseholdError {
    /// Facts that cannot be taken as they are.
    #[error("{0}")]
    BadFact(String),
    /// More than a household can be.
    #[error("{0} bytes are too many for a household")]
    TooLarge(usize),
    /// What is kept and cannot be read is not written over: it is deleted first, by the resident.
    #[error("a household is kept that cannot be opened")]
    Locked(Locked),
    /// The key store gave a key before, and does not now.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It could not be sealed.
    #[error("the household could not be sealed")]
    Sealing,
    /// It could not be written as JSON.
    #[error("the household: {0}")]
    Json(#[from] serde_json::Error),
}

impl HouseholdError {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            HouseholdError::BadFact(_) => "bad-fact",
            HouseholdError::TooLarge(_) => "household-too-large",
            HouseholdError::Locked(Locked::Damaged) => "household-damaged",
            HouseholdError::Locked(_) => "household-key-lost",
            HouseholdError::Key(_) => "key-store",
            HouseholdError::Sealing | HouseholdError::Json(_) => "household",
        }
    }
}

/// What is kept. Nothing is changed, whatever state it is in.
pub fn state(phone: &Phone) -> Result<State, Error> {
    phone.keeper().state(phone.private())
}

/// Is one kept, readable or not? No key is asked for.
pub fn any(phone: &Phone) -> Result<bool, Error> {
    phone.keeper().any(phone.private())
}

/// Keeps a household, whole, in the place of the one before. Facts that the rules do not take are refused and named. What was ticked
/// off stays so: that is changed by [`tick`] alone. What their own answers open is no news to the resident.
pub fn save(phone: &Phone, mut kept: Kept) -> Result<State, Error> {
    let town = for_town_in_use(phone)?;
    check::check(town.rules(), &kept)?;
    let day = known::Day::of(phone, &town)?;
    phone.keeper().change(phone.private(), |before| {
        if let Some(before) = before {
            check::keep_unasked(town.rules(), &before.household, &mut kept.household);
            kept.documents.clone_from(&before.documents);
        }
        kept.known = Some(day.after_a_change(before, &kept.household));
        Ok(kept)
    })
}

/// Notes that a document for a program is at hand, or not. There need not be a household.
pub fn tick(phone: &Phone, program: &str, document: &str, ticked: bool) -> Result<State, Error> {
    phone.keeper().change(phone.private(), |before| {
        let mut kept = before.cloned().unwrap_or_default();
        if ticked {
            kept.documents.entry(program.to_owned()).or_default().insert(document.to_owned());
        } else if let Some(of) = kept.documents.get_mut(program) {
            of.remove(document);
            kept.documents.retain(|_, of| !of.is_empty());
        }
        check::ticks(&kept.documents)?;
        Ok(kept)
    })
}

/// Forgets the household, its key and what is left of it in the database.
pub fn delete(phone: &Phone) -> Result<State, Error> {
    phone.keeper().delete(phone.private())
}

#[cfg(test)]
mod known_tests;
#[cfg(test)]
mod tests;
