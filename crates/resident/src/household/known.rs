use std::collections::BTreeSet;

use madoguchi_benefits::Household;
use madoguchi_model::TownCode;
use serde::{Deserialize, Serialize};

use super::{HouseholdError, Kept, without_unknown};
use crate::programs::{ForTown, News, Theirs, eligible, for_town_in_use, news, today};
use crate::{Error, Phone};

/// What was theirs when the resident last looked, so that what opens later is told once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// By the rules of this town; none: by the country's alone.
    town: Option<TownCode>,
    /// What was theirs.
    theirs: BTreeSet<Theirs>,
}

/// By which rules and on which day it is looked.
pub(super) struct Day<'a> {
    of: &'a ForTown,
    town: Option<TownCode>,
    on: i32,
}

/// What is new for the household that is kept, by the rules of the town in use, with these rules. Nothing is written.
pub fn whats_new(phone: &Phone, of: &ForTown) -> Result<(Household, Vec<News>), Error> {
    let Some(kept) = super::state(phone)?.kept else { return Ok(Default::default()) };
    let day = Day::of(phone, of)?;
    let known = day.known(&kept);
    let household = without_unknown(of.rules(), kept.household.clone());
    let news = news(of.rules(), &household, day.on, &kept.received, known);
    // What the rules do not take was left out.
    Ok((household, news.unwrap_or_default()))
}

/// The resident has looked at a program's answer, or at all of them: nothing of it has opened any more.
pub fn look(phone: &Phone, program: Option<&str>) -> Result<(), Error> {
    let Some(kept) = super::state(phone)?.kept else { return Ok(()) };
    let of = for_town_in_use(phone)?;
    let day = Day::of(phone, &of)?;
    if kept.known == Some(day.after_a_look(&kept, program)) {
        return Ok(());
    }
    phone.keeper().change(phone.private(), |before| {
        // Deleted since: there is nothing to know.
        let mut kept =
            before.cloned().ok_or_else(|| HouseholdError::BadFact("there is no household".into()))?;
        kept.known = Some(day.after_a_look(&kept, program));
        Ok(kept)
    })?;
    Ok(())
}

impl<'a> Day<'a> {
    pub(super) fn of(phone: &Phone, of: &'a ForTown) -> Result<Self, Error> {
        Ok(Day { of, town: phone.town(None).ok().map(|town| town.code), on: today(phone)? })
    }

    /// What was known by the rules of this town. What another's open is not compared with it.
    fn known<'k>(&self, kept: &'k Kept) -> Option<&'k BTreeSet<Theirs>> {
        kept.known.as_ref().filter(|known| known.town == self.town).map(|known| &known.theirs)
    }

    fn theirs(&self, household: &Household) -> BTreeSet<Theirs> {
        let household = without_unknown(self.of.rules(), household.clone());
        eligible(self.of.rules(), &household, self.on).unwrap_or_default()
    }

    fn knows(&self, theirs: BTreeSet<Theirs>) -> Known {
        Known { town: self.town.clone(), theirs }
    }

    /// All that is theirs by the household as it is now is known, but for what was to be told before it was changed.
    pub(super) fn after_a_change(&self, before: Option<&Kept>, now: &Household) -> Known {
        let mut theirs = self.theirs(now);
        if let Some(before) = before
            && let Some(known) = self.known(before)
        {
            let opened = self.theirs(&before.household);
            theirs.retain(|one| known.contains(one) || !opened.contains(one));
        }
        self.knows(theirs)
    }

    fn after_a_look(&self, kept: &Kept, program: Option<&str>) -> Known {
        let mut theirs = self.theirs(&kept.household);
        if let (Some(program), Some(known)) = (program, self.known(kept)) {
            theirs.retain(|one| known.contains(one) || one.program == program);
        }
        self.knows(theirs)
    }
}
