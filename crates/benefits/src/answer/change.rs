//! What would change an answer: the limit of a number at which it turns, found by asking the rules themselves.

use super::Open;
use crate::evaluate::{Evaluation, Frame, during};
use crate::number::{Interval, Ratio};
use crate::rules::{NodeId, Op, Program, Type};
use crate::value::{Truth, Value};
use std::collections::BTreeSet;

/// A change of one fact that would make someone eligible.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The fact, and whose.
    pub fact: Open,
    /// What it would have to be.
    pub limit: Limit,
}

/// Up to where, or from where on, the answer is yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// This or less.
    AtMost(i64),
    /// This or more.
    AtLeast(i64),
    /// The other answer to a yes-or-no fact.
    Opposite,
}

/// How many facts are tried: an answer that hangs on more is not told in one sentence.
const MAX_TRIED: usize = 24;
/// Numbers are tried up to this; no household's yen lie beyond it.
const FAR: i64 = 1_000_000_000;

impl Evaluation<'_> {
    /// For a program that is not for `person` (as entered; `None`: the household): changes of one known fact that would make it so.
    pub fn changes(&mut self, program: &str, person: Option<usize>) -> Vec<Change> {
        let rules = self.rules();
        let Some(program) = rules.program(program) else { return Vec::new() };
        let place = person.map_or(0, |p| self.place_of(p));
        if self.truth_of(program.eligible, place) != Truth::No {
            return Vec::new();
        }
        let mut used = Used { seen: BTreeSet::new(), facts: Vec::new() };
        for required in &program.requires {
            if self.truth_of(required.definition, place) == Truth::No {
                used.definition(self, required.definition, place);
            }
        }
        let mut found = Vec::new();
        for (id, of) in used.facts.into_iter().take(MAX_TRIED) {
            let Some(fact) = rules.facts.get(id as usize) else { continue };
            let value = self.fact(id, of);
            let limit = match (fact.ty, value) {
                (Type::Number(_), Value::Number(n)) => {
                    n.known().and_then(|n| n.as_whole()).and_then(|n| self.limit(program, place, id, of, n))
                }
                (Type::Bool, Value::Bool(truth)) if truth != Truth::Unknown => {
                    self.with(program, place, id, of, Value::Bool(truth.not())).then_some(Limit::Opposite)
                }
                _ => None,
            };
            if let Some(limit) = limit {
                let person = fact.per_person.then(|| self.entered(of));
                found.push(Change { fact: Open { person, fact: id }, limit });
            }
        }
        found
    }

    /// Whether the program would be for them with another value of a fact.
    fn with(&self, program: &Program, place: usize, fact: u32, of: usize, value: Value) -> bool {
        let mut other = self.clone();
        other.forget();
        other.set_fact(fact, of, value);
        other.truth_of(program.eligible, place) == Truth::Yes
    }

    fn limit(&self, program: &Program, place: usize, fact: u32, of: usize, now: i64) -> Option<Limit> {
        let yes =
            |n: i64| self.with(program, place, fact, of, Value::Number(Interval::exactly(Ratio::whole(n))));
        // No further than the fact can be.
        let Value::Number(range) = self.rules().facts.get(fact as usize)?.unknown else { return None };
        let low = if range.low.is_finite() { range.low.as_whole()? } else { now.min(0) };
        let high = if range.high.is_finite() { range.high.as_whole()?.min(FAR) } else { FAR };
        if yes(low) {
            // Yes at the bottom, no now: between them lies the last yes.
            let (mut good, mut bad) = (low, now);
            while bad - good > 1 {
                let middle = good + (bad - good) / 2;
                if yes(middle) { good = middle } else { bad = middle }
            }
            return Some(Limit::AtMost(good));
        }
        if now < high && yes(high) {
            let (mut bad, mut good) = (now, high);
            while good - bad > 1 {
                let middle = bad + (good - bad) / 2;
                if yes(middle) { good = middle } else { bad = middle }
            }
            return Some(Limit::AtLeast(good));
        }
        None
    }
}

/// The known facts that a result was made of.
struct Used {
    seen: BTreeSet<(u32, usize)>,
    facts: Vec<(u32, usize)>,
}

impl Used {
    fn definition(&mut self, of: &mut Evaluation<'_>, id: u32, place: usize) {
        if !self.seen.insert((id, place)) {
            return;
        }
        let Some(definition) = of.rules().definitions.get(id as usize) else { return };
        let frame = Frame::of(place);
        for (_, node) in during(&definition.variants, of.today()).unwrap_or_default() {
            self.node(of, *node, &frame);
        }
    }

    fn node(&mut self, of: &mut Evaluation<'_>, id: NodeId, frame: &Frame<'_>) {
        let rules = of.rules();
        let Some(node) = rules.node(id) else { return };
        let mut fact = |id: u32, place: usize| {
            if of.fact(id, place).is_known() && !self.facts.contains(&(id, place)) {
                self.facts.push((id, place));
            }
        };
        match &node.op {
            Op::Fact(id, level) => fact(*id, frame.person(*level)),
            Op::HouseholdFact(id) => fact(*id, 0),
            Op::Definition(id, level) => self.definition(of, *id, frame.person(*level)),
            Op::HouseholdDefinition(id) => self.definition(of, *id, 0),
            Op::Over { level, condition, value, .. } => {
                for person in 0..of.people() {
                    let frame = frame.with(*level, person);
                    for part in condition.iter().chain(value) {
                        self.node(of, *part, &frame);
                    }
                }
            }
            op => {
                for part in crate::compile::parts(op) {
                    self.node(of, part, frame);
                }
            }
        }
    }
}
