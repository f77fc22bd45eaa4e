//! Which facts are missing for an answer, and which one settles most.

use super::{Answer, Open, Per, Verdict};
use crate::evaluate::{Evaluation, Frame, during};
use crate::number::Interval;
use crate::rules::{NodeId, Op, Program};
use crate::syntax::Over;
use crate::value::Truth;
use foldhash::HashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Evaluation<'_> {
    /// The unknown facts on which a program's verdict hangs, then those on which its amount hangs.
    pub(super) fn open_facts(&mut self, program: &Program, place: usize) -> Vec<Open> {
        let mut search = Search::default();
        for definition in program.requires.iter().map(|required| required.definition).chain(program.amount) {
            search.definition(self, definition, place);
        }
        let facts = &self.rules().facts;
        let open = |(fact, place): (u32, usize)| {
            let per_person = facts.get(fact as usize).is_some_and(|fact| fact.per_person);
            Open { fact, person: per_person.then(|| self.entered(place)) }
        };
        search.found.into_iter().map(open).collect()
    }

    /// What a definition hangs on, found once however many programs ask.
    fn open_of(&mut self, id: u32, place: usize) -> Arc<[(u32, usize)]> {
        if let Some(found) = self.open.get(&(id, place)) {
            return Arc::clone(found);
        }
        let mut search = Search::default();
        let (rules, today) = (self.rules(), self.today());
        if let Some(definition) = rules.definitions.get(id as usize) {
            let frame = Frame::of(place);
            // Only the formula of the day: another day's figures have no part in it.
            for (_, node) in during(&definition.variants, today).unwrap_or_default() {
                search.node(self, *node, &frame);
            }
        }
        let found: Arc<[(u32, usize)]> = search.found.into();
        self.open.insert((id, place), Arc::clone(&found));
        found
    }
}

/// Facts, each once, in the order in which they are needed.
#[derive(Default)]
struct Search {
    seen: HashSet<(u32, usize)>,
    found: Vec<(u32, usize)>,
}

impl Search {
    fn add(&mut self, fact: (u32, usize)) {
        if self.seen.insert(fact) {
            self.found.push(fact);
        }
    }

    fn definition(&mut self, of: &mut Evaluation<'_>, id: u32, place: usize) {
        if !of.definition(id, place).is_known() {
            of.open_of(id, place).iter().for_each(|fact| self.add(*fact));
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
        // A sum or product is settled just when its parts are: no need to work it out to see.
        let plain = matches!(node.op, Op::Add(..) | Op::Sub(..) | Op::Mul(..) | Op::Div(..) | Op::Minus(_));
        if !plain && of.node(id, frame).is_known() {
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
            Op::Mul(a, b)
                if of.number(*a, frame) == Interval::ZERO || of.number(*b, frame) == Interval::ZERO => {}
            op => {
                for part in crate::compile::parts(op) {
                    self.node(of, part, frame);
                }
            }
        }
    }

    fn fact(&mut self, of: &Evaluation<'_>, id: u32, place: usize) {
        if !of.fact(id, place).is_known() {
            self.add((id, place));
        }
    }
}

/// A question that would settle something.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What to ask, and of whom.
    pub open: Open,
    /// The programs that hang on it, most yen first.
    pub programs: Vec<u32>,
    /// Yen a year between the least and the most that these programs may come to; what has no bound counts as nothing.
    pub yen: i64,
}

/// The questions that are open, the one that settles most first: by how many programs hang on it, then by how many yen, then by
/// how early an answer needs it. `declined` are those that the resident would rather not answer.
pub fn questions(answers: &[Answer], declined: &BTreeSet<Open>) -> Vec<Question> {
    let mut by_fact: BTreeMap<Open, (Vec<(i64, u32)>, usize)> = BTreeMap::new();
    for answer in answers {
        for outcome in &answer.outcomes {
            let yen = span(outcome);
            for (rank, open) in outcome.open.iter().enumerate().filter(|(_, open)| !declined.contains(open)) {
                let (programs, first) = by_fact.entry(*open).or_insert((Vec::new(), usize::MAX));
                *first = (*first).min(rank);
                match programs.iter_mut().find(|(_, program)| *program == answer.program) {
                    Some((most, _)) => *most = (*most).max(yen),
                    None => programs.push((yen, answer.program)),
                }
            }
        }
    }
    let question = |(open, (mut programs, first)): (Open, (Vec<(i64, u32)>, usize))| {
        programs.sort_by_key(|(yen, program)| (std::cmp::Reverse(*yen), *program));
        let yen = programs.iter().map(|(yen, _)| *yen).fold(0i64, i64::saturating_add);
        (first, Question { open, programs: programs.into_iter().map(|(_, program)| program).collect(), yen })
    };
    let mut found: Vec<(usize, Question)> = by_fact.into_iter().map(question).collect();
    found.sort_by_key(|(first, q)| (std::cmp::Reverse((q.programs.len(), q.yen)), *first, q.open));
    found.into_iter().map(|(_, question)| question).collect()
}

/// How far apart the least and the most are, in yen a year.
fn span(outcome: &super::Outcome) -> i64 {
    let Some(amount) = outcome.amount else { return 0 };
    let whole =
        |n: crate::number::Ratio| n.is_finite().then(|| n.numerator().checked_div(n.denominator())).flatten();
    let Some(high) = whole(amount.yen.high) else { return 0 };
    let low = if outcome.verdict == Verdict::Eligible { whole(amount.yen.low).unwrap_or(0) } else { 0 };
    let a_year = match amount.per {
        Per::Month => 12,
        Per::Day => 365,
        Per::Once | Per::Year => 1,
    };
    high.saturating_sub(low).saturating_mul(a_year)
}
