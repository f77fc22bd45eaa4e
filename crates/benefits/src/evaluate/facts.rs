//! A household's facts, and what was given in place of working it out.

use super::Evaluation;
use crate::rules::Definition;
use crate::syntax::Scope;
use crate::value::{Truth, Value};

impl Evaluation<'_> {
    pub(super) fn fact_index(&self, per_person: bool, slot: u32, person: usize) -> usize {
        if per_person {
            self.rules.household_facts as usize + slot as usize * self.people + person
        } else {
            slot as usize
        }
    }

    /// A fact by its number in [`Rules::facts`].
    pub(crate) fn fact(&self, id: u32, person: usize) -> Value {
        let Some(fact) = self.rules.facts.get(id as usize) else { return Value::Bool(Truth::Unknown) };
        self.facts.get(self.fact_index(fact.per_person, fact.slot, person)).copied().unwrap_or(fact.unknown)
    }

    /// Sets a fact. What was worked out before stays: see [`Self::forget`].
    pub(crate) fn set_fact(&mut self, id: u32, person: usize, value: Value) {
        let Some(fact) = self.rules.facts.get(id as usize) else { return };
        let index = self.fact_index(fact.per_person, fact.slot, person);
        if let Some(slot) = self.facts.get_mut(index) {
            *slot = value;
        }
    }

    pub(super) fn memory_index(&self, definition: &Definition, person: usize) -> usize {
        match definition.scope {
            Scope::Household => definition.slot as usize,
            Scope::Person => {
                self.rules.household_definitions as usize + definition.slot as usize * self.people + person
            }
        }
    }

    /// Gives a definition's value instead of having it worked out.
    pub(crate) fn give(&mut self, id: u32, person: usize, value: Value) {
        self.given.push((id, person, value));
        self.remember(id, person, value);
    }

    pub(super) fn remember(&mut self, id: u32, person: usize, value: Value) {
        let Some(definition) = self.rules.definitions.get(id as usize) else { return };
        let index = self.memory_index(definition, person);
        if let Some(slot) = self.memory.get_mut(index) {
            *slot = Some(value);
        }
    }
}
