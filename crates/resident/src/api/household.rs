use madoguchi_benefits::Household;
use serde::{Deserialize, Serialize};

use super::NoArgs;
use crate::household::{self, Kept, Locked, Open, State, Ticked, without_unknown};
use crate::programs::for_town_in_use;
use crate::{Error, Phone};

/// What this phone keeps of the household.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Default, Serialize)]
pub struct HouseholdState {
    /// Its facts; none when none are kept, or none that can be read.
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Household>"))]
    pub household: Option<Household>,
    /// What the resident would rather not tell.
    pub declined: Vec<Open>,
    /// Programs that they receive already.
    pub received: Vec<String>,
    /// Documents that are at hand, by program.
    pub documents: Ticked,
    /// What stands in the way of keeping or reading it.
    pub locked: Option<Locked>,
}

/// A household, whole.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct SaveHousehold {
    /// Its facts.
    #[cfg_attr(feature = "bindings", ts(as = "super::shapes::Household"))]
    pub household: Household,
    /// What the resident would rather not tell.
    pub declined: Vec<Open>,
    /// Programs that they receive already.
    pub received: Vec<String>,
}

/// A document of a program's.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct TickDocument {
    /// The program: its name in the rules, or what its checklist is called.
    pub program: String,
    /// The document, as it is shown.
    pub document: String,
    /// Is it at hand?
    pub ticked: bool,
}

pub(super) fn household(phone: &Phone, _: NoArgs) -> Result<HouseholdState, Error> {
    told(phone, household::state(phone)?)
}

pub(super) fn save_household(phone: &Phone, wanted: SaveHousehold) -> Result<HouseholdState, Error> {
    let SaveHousehold { household, declined, received } = wanted;
    let kept = household::save(phone, Kept { household, declined, received, ..Kept::default() })?;
    told(phone, kept)
}

pub(super) fn tick_document(phone: &Phone, wanted: TickDocument) -> Result<HouseholdState, Error> {
    told(phone, household::tick(phone, &wanted.program, &wanted.document, wanted.ticked)?)
}

pub(super) fn delete_household(phone: &Phone, _: NoArgs) -> Result<HouseholdState, Error> {
    told(phone, household::delete(phone)?)
}

fn told(phone: &Phone, State { kept, locked }: State) -> Result<HouseholdState, Error> {
    let Some(kept) = kept else {
        return Ok(HouseholdState { locked, ..HouseholdState::default() });
    };
    let Kept { household, mut declined, received, documents, known: _ } = kept;
    // What an earlier version of the rules knew, or another town's, is not shown here.
    let town = for_town_in_use(phone)?;
    let household = without_unknown(town.rules(), household);
    declined.retain(|open| household::numbered(town.rules(), &household, open).is_some());
    Ok(HouseholdState { household: Some(household), declined, received, documents, locked })
}
