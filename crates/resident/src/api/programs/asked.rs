use std::collections::BTreeSet;

use jiff::civil::Date;
use madoguchi_benefits::{FactFault, FactProblem, Household, Rules};

use crate::api::ApiError;
use crate::household::{self, Kept, numbered, problems_of, said, without_unknown};
use crate::programs::{ForTown, LANGUAGES, Report, day_number, for_town_in_use, report, today};
use crate::{Error, Phone};

/// What is asked: about whom, on which day, in which language.
pub(super) struct Asked {
    pub(super) town: ForTown,
    pub(super) lang: &'static str,
    /// The day's number from 1 January 1970.
    pub(super) on: i32,
    /// Nobody, when there is none.
    pub(super) household: Household,
    /// What is kept, whatever is asked about.
    pub(super) kept: Option<Kept>,
    pub(super) what_if: bool,
}

impl Asked {
    pub(super) fn new(
        phone: &Phone,
        lang: Option<&str>,
        on: Option<Date>,
        what_if: Option<Household>,
    ) -> Result<Self, ApiError> {
        let town = for_town_in_use(phone)?;
        let rules = town.rules();
        let mut kept = household::state(phone)?.kept;
        if let Some(kept) = &mut kept {
            kept.household = without_unknown(rules, std::mem::take(&mut kept.household));
        }
        let is_what_if = what_if.is_some();
        let household = match what_if {
            Some(household) => taken(rules, household)?,
            None => kept.as_ref().map(|kept| kept.household.clone()).unwrap_or_default(),
        };
        let on = day(phone, on)?;
        Ok(Asked { town, lang: language(lang), on, household, kept, what_if: is_what_if })
    }

    /// The country's rules with those of the town in use.
    pub(super) fn rules(&self) -> &Rules {
        self.town.rules()
    }

    /// Nothing follows from nobody: neither a yes nor a no.
    pub(super) fn is_nobody(&self) -> bool {
        self.household.people.is_empty()
    }

    /// Every program's answer for the household that is asked about.
    pub(super) fn report(&self) -> Result<Report, ApiError> {
        self.report_of(&self.household)
    }

    /// Every program's answer for this one.
    pub(super) fn report_of(&self, household: &Household) -> Result<Report, ApiError> {
        let declined = match &self.kept {
            Some(kept) => {
                let declined = kept.declined.iter();
                declined.filter_map(|open| numbered(self.rules(), household, open)).collect()
            }
            None => BTreeSet::new(),
        };
        report(self.rules(), household, self.on, self.lang, &declined)
            .map_err(|problems| bad_fact(self.rules(), household, &problems))
    }

    /// Is this program received already?
    pub(super) fn receives(&self, program: &str) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.received.iter().any(|received| received == program))
    }

    /// A person's place by their name: names are unique.
    pub(super) fn place(&self, name: Option<&str>) -> Option<usize> {
        let name = name?;
        self.household.people.iter().position(|person| person.name == name)
    }
}

/// A household as it was given; what rules of another version knew is left out.
fn taken(rules: &Rules, household: Household) -> Result<Household, ApiError> {
    let problems = problems_of(rules, &household);
    let (old, bad): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.what == FactFault::UnknownFact);
    if !bad.is_empty() {
        return Err(bad_fact(rules, &household, &bad));
    }
    household::names(&household).map_err(Error::from)?;
    Ok(if old.is_empty() { household } else { without_unknown(rules, household) })
}

fn bad_fact(rules: &Rules, household: &Household, problems: &[FactProblem]) -> ApiError {
    ApiError { code: "bad-fact", message: said(rules, household, problems) }
}

/// The languages that programs speak; any other falls back to Japanese.
pub(super) fn language(wanted: Option<&str>) -> &'static str {
    LANGUAGES.into_iter().find(|lang| Some(*lang) == wanted).unwrap_or("ja")
}

/// The number of the day that is asked about; without one of today.
pub(super) fn day(phone: &Phone, asked: Option<Date>) -> Result<i32, ApiError> {
    match asked {
        Some(day) => day_number(day).ok_or_else(|| ApiError::bad_arguments(format!("on: {day}"))),
        None => Ok(today(phone)?),
    }
}
