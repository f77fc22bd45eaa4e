//! Which facts are missing for an answer, and which one settles most.

use super::{Answer, Open, Verdict};
use crate::evaluate::{Evaluation, Frame};
use crate::rules::{NodeId, Op, Program};
use crate::syntax::Over;
use crate::value::Truth;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

impl Evaluation<'_> {
    /// The unknown facts on which a program's verdict hangs; when that is settled, those on which its amount hangs.
    pub(super) fn open_facts(&mut self, program: &Program, place: usize) -> Vec<Open> {
        let mut search = Search { seen: BTreeSet::new(), found: Vec::new() };
        for required in &program.requires {
            search.definition(self, required.definition, place);
        }
        if let Some(amount) = program.amount {
            search.definition(self, amount, place);
        }
        search.found
    }
}

struct Search {
    /// Definitions that were gone through, with whose.
    seen: BTreeSet<(u32, usize)>,
    found: Vec<Open>,
}

impl Search {
    fn definition(&mut self, of: &mut Evaluation<'_>, id: u32, place: usize) {
        if of.definition(id, place).is_known() || !self.seen.insert((id, place)) {
            return;
        }
        let Some(definition) = of.rules().definitions.get(id as usize) else { return };
        let frame = Frame::of(place);
        for (_, node) in &definition.variants {
            self.node(of, *node, &frame);
        }
    }

    /// Goes down to facts through whatever is not settled; what is, needs nothing.
    fn node(&mut self, of: &mut Evaluation<'_>, id: NodeId, frame: &Frame<'_>) {
        let rules = of.rules();
        let Some(node) = rules.node(id) else { return };
        match &node.op {
            Op::Fact(fact, level) => return self.fact(of, *fact, frame.person(*level)),
            Op::HouseholdFact(fact) => return self.fact(of, *fact, 0),
            Op::Definition(definition, level) => {
                return self.definition(of, *definition, frame.person(*level));
            }
            Op::HouseholdDefinition(definition) => return self.definition(of, *definition, 0),
            Op::Constant(_) | Op::Today | Op::Parameter(_) | Op::Argument(_) | Op::Individual(_) => return,
            _ => {}
        }
        if of.node(id, frame).is_known() {
            return;
        }
        match &node.op {
            Op::If(condition, yes, no) => {
                self.node(of, *condition, frame);
                match of.truth(*condition, frame) {
                    Truth::Yes => self.node(of, *yes, frame),
                    Truth::No => self.node(of, *no, frame),
                    Truth::Unknown => {
                        self.node(of, *yes, frame);
                        self.node(of, *no, frame);
                    }
                }
            }
            Op::Cases(branches, otherwise) => {
                for (condition, value) in branches {
                    self.node(of, *condition, frame);
                    match of.truth(*condition, frame) {
                        Truth::No => {}
                        Truth::Unknown => self.node(of, *value, frame),
                        Truth::Yes => return self.node(of, *value, frame),
                    }
                }
                if let Some(otherwise) = otherwise {
                    self.node(of, *otherwise, frame);
                }
            }
            Op::Over { over, level, condition, value } => {
                for person in 0..of.people() {
                    let frame = frame.with(*level, person);
                    let counts = condition.map_or(Truth::Yes, |c| of.truth(c, &frame));
                    if let Some(condition) = condition {
                        self.node(of, *condition, &frame);
                    }
                    if let (false, Some(value), true) = (counts == Truth::No, value, *over != Over::Count) {
                        self.node(of, *value, &frame);
                    }
                }
            }
            Op::Rank { level, condition, by, .. } => {
                for person in 0..of.people() {
                    let frame = frame.with(*level, person);
                    if let Some(condition) = condition {
                        self.node(of, *condition, &frame);
                    }
                    if condition.is_none_or(|c| of.truth(c, &frame) != Truth::No) {
                        self.node(of, *by, &frame);
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

    fn fact(&mut self, of: &Evaluation<'_>, id: u32, place: usize) {
        if of.fact(id, place).is_known() {
            return;
        }
        let Some(fact) = of.rules().facts.get(id as usize) else { return };
        let person = fact.per_person.then(|| of.entered(place));
        let open = Open { person, fact: fact.name.clone() };
        if !self.found.contains(&open) {
            self.found.push(open);
        }
    }
}

/// A question that would settle something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// What to ask, and of whom.
    pub open: Open,
    /// The programs that hang on it, most yen first.
    pub programs: Vec<String>,
    /// Yen a year between the least and the most that these programs may come to; unbounded ones count as nothing.
    pub yen: i64,
}

/// The questions that are open, the one that settles most first: by how many programs hang on it, then by how many yen.
/// `declined` are those that the resident would rather not answer.
pub fn questions(answers: &[Answer], declined: &BTreeSet<Open>) -> Vec<Question> {
    let mut by_fact: BTreeMap<Open, (Vec<(i64, String)>, usize)> = BTreeMap::new();
    for answer in answers {
        for outcome in &answer.outcomes {
            let yen = span(outcome.amount.as_ref(), outcome.verdict);
            for (rank, open) in outcome.open.iter().enumerate() {
                let (programs, first) = by_fact.entry(open.clone()).or_insert((Vec::new(), usize::MAX));
                // What an answer needs first is asked first: later facts may turn out not to matter.
                *first = (*first).min(rank);
                match programs.iter_mut().find(|(_, name)| *name == answer.program) {
                    Some((most, _)) => *most = (*most).max(yen),
                    None => programs.push((yen, answer.program.clone())),
                }
            }
        }
    }
    let mut found: Vec<(usize, Question)> = by_fact
        .into_iter()
        .filter(|(open, _)| !declined.contains(open))
        .map(|(open, (mut programs, first))| {
            programs.sort_by(|a, b| b.cmp(a));
            let yen = programs.iter().map(|(yen, _)| *yen).fold(0i64, i64::saturating_add);
            (first, Question { open, programs: programs.into_iter().map(|(_, name)| name).collect(), yen })
        })
        .collect();
    found.sort_by(|(a_first, a), (b_first, b)| {
        (b.programs.len(), b.yen)
            .cmp(&(a.programs.len(), a.yen))
            .then(a_first.cmp(b_first))
            .then(a.open.cmp(&b.open))
    });
    found.into_iter().map(|(_, question)| question).collect()
}

/// How far apart the least and the most are, in yen a year.
fn span(amount: Option<&super::Amount>, verdict: Verdict) -> i64 {
    let Some(amount) = amount else { return 0 };
    let whole = |text: &Option<String>| text.as_ref().and_then(|t| t.split('/').next()?.parse::<i64>().ok());
    let Some(high) = whole(&amount.high) else { return 0 };
    let low = if verdict == Verdict::Eligible { whole(&amount.low).unwrap_or(0) } else { 0 };
    let a_year = match amount.per {
        "month" => 12,
        "day" => 365,
        _ => 1,
    };
    high.saturating_sub(low).saturating_mul(a_year)
}
