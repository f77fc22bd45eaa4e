//! Where a household's facts and worked-out values lie: the household's first, then thing by thing each person's.

use crate::rules::{Definition, Fact, Rules};
use crate::syntax::Scope;

impl Rules {
    /// How many facts so many people have.
    pub(crate) fn facts_of(&self, people: usize) -> usize {
        self.household_facts as usize + self.person_facts as usize * people
    }

    pub(crate) fn fact_index(&self, fact: &Fact, people: usize, person: usize) -> usize {
        if fact.per_person {
            self.household_facts as usize + fact.slot as usize * people + person
        } else {
            fact.slot as usize
        }
    }

    /// How many values of definitions so many people have.
    pub(crate) fn memory_of(&self, people: usize) -> usize {
        self.household_definitions as usize + self.person_definitions as usize * people
    }

    pub(crate) fn memory_index(&self, definition: &Definition, people: usize, person: usize) -> usize {
        match definition.scope {
            Scope::Household => definition.slot as usize,
            Scope::Person => self.household_definitions as usize + definition.slot as usize * people + person,
        }
    }
}
