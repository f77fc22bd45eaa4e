//! A household's facts, and what was given in place of working it out.

use super::{Evaluation, NOTHING};
use crate::value::Value;

impl Evaluation<'_> {
    /// A fact by its number in [`Rules::facts`].
    pub(crate) fn fact(&self, id: u32, person: usize) -> Value {
        let index = self.rules.fact_layout.index(id, self.people, person);
        if let Some(value) = index.and_then(|index| self.facts.get(index)) {
            return *value;
        }
        self.rules.facts.get(id as usize).map_or(NOTHING, |fact| fact.unknown)
    }

    /// Sets a fact. What was worked out before stays: see [`Self::forget`].
    pub(crate) fn set_fact(&mut self, id: u32, person: usize, value: Value) {
        let Some(index) = self.rules.fact_layout.index(id, self.people, person) else { return };
        if let Some(slot) = self.facts.get_mut(index) {
            *slot = value;
        }
    }

    /// Gives a definition's value instead of having it worked out.
    pub(crate) fn give(&mut self, id: u32, person: usize, value: Value) {
        self.given.push((id, person, value));
        self.remember(id, person, value);
    }

    pub(super) fn remember(&mut self, id: u32, person: usize, value: Value) {
        let Some(index) = self.rules.definition_layout.index(id, self.people, person) else { return };
        if let Some(slot) = self.memory.get_mut(index) {
            *slot = Some(value);
        }
    }
}
