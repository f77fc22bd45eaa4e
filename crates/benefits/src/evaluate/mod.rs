//! Working out formulas with what is known.
//!
//! Each step takes the sets of what its parts may be and gives a set that holds every possible result. So a missing fact never
//! needs a case of its own, and knowing more can only make a result narrower.

mod dated;
mod dates;
mod facts;
mod frame;
mod look_up;
mod notes;
mod over;
mod say;
mod strict;

pub(crate) use dated::{at, during};
pub(crate) use frame::Frame;
pub use notes::Note;
pub(crate) use over::{Gathering, Ranking};
pub(crate) use strict::strict;

/// Where rules are checked this stands nowhere: of no type in particular, and unknown.
pub(crate) const NOTHING: Value = Value::Bool(Truth::Unknown);

use crate::number::Interval;
use crate::rules::{NodeId, Op, Rules, Type};
use crate::value::{Days, Truth, Value};
use foldhash::HashMap;
use std::sync::Arc;

/// How many arguments a function may have.
pub(crate) const MAX_ARGUMENTS: usize = 8;

/// How many people a household may have.
pub const MAX_PEOPLE: usize = 32;

/// Facts by number, and whose.
pub(crate) type OpenFacts = Arc<[(u32, usize)]>;

/// One household's facts on a day, and what was worked out from them so far.
#[derive(Clone, Debug)]
pub struct Evaluation<'r> {
    rules: &'r Rules,
    today: Days,
    people: usize,
    /// Where each person stands, by the order in which they were entered.
    pub(crate) order: Vec<usize>,
    /// The household's, then each person's, fact by fact.
    facts: Vec<Value>,
    /// Every definition's value once it is known, laid out like the facts.
    memory: Vec<Option<Value>>,
    /// The parameters' values today.
    parameters: Vec<Option<Value>>,
    /// What was noticed on the way to what is being worked out now.
    notes: Vec<Note>,
    /// What was noticed on the way to a definition: whoever asks for it again is told as well.
    noted: HashMap<usize, Box<[Note]>>,
    /// On which unknown facts a definition hangs, where that was asked.
    pub(crate) open: HashMap<(u32, usize), OpenFacts>,
    /// Definitions that were given, with whose: they outlive what is forgotten.
    given: Vec<(u32, usize, Value)>,
}

impl<'r> Evaluation<'r> {
    /// A household of so many people of whom nothing is known yet beyond the rules' defaults.
    pub fn new(rules: &'r Rules, today: Days, people: usize) -> Self {
        let people = people.min(MAX_PEOPLE);
        let mut evaluation = Self {
            rules,
            today,
            people,
            order: Vec::new(),
            facts: Vec::new(),
            memory: Vec::new(),
            parameters: rules.parameters.iter().map(|p| at(&p.versions, today, |v| *v)).collect(),
            notes: Vec::new(),
            noted: HashMap::default(),
            open: HashMap::default(),
            given: Vec::new(),
        };
        evaluation.clear(people);
        evaluation
    }

    /// Starts anew with another household, on the same day.
    pub fn clear(&mut self, people: usize) {
        self.people = people.min(MAX_PEOPLE);
        self.order.clear();
        let rules = self.rules;
        self.facts.clear();
        self.facts.resize(rules.fact_layout.of(self.people), Value::Bool(Truth::Unknown));
        for (fact, id) in rules.facts.iter().zip(0u32..) {
            let value = fact.default.unwrap_or(fact.unknown);
            let copies = if fact.per_person { self.people } else { 1 };
            for person in 0..copies {
                self.set_fact(id, person, value);
            }
        }
        self.given.clear();
        self.forget();
    }

    /// Forgets what was worked out, not what was given.
    pub fn forget(&mut self) {
        self.memory.clear();
        self.memory.resize(self.rules.definition_layout.of(self.people), None);
        self.notes.clear();
        self.noted.clear();
        self.open.clear();
        for number in 0..self.given.len() {
            if let Some((id, person, value)) = self.given.get(number).copied() {
                self.remember(id, person, value);
            }
        }
    }

    /// Another day; what was worked out is forgotten.
    pub fn set_today(&mut self, today: Days) {
        self.today = today;
        self.parameters = self.rules.parameters.iter().map(|p| at(&p.versions, today, |v| *v)).collect();
        self.forget();
    }

    /// The rules that it follows.
    pub const fn rules(&self) -> &'r Rules {
        self.rules
    }

    /// The day.
    pub const fn today(&self) -> Days {
        self.today
    }

    /// How many people there are.
    pub const fn people(&self) -> usize {
        self.people
    }

    /// What was noticed on the way: rows that tables lack, figures that are not there.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// A definition's value for a person (any number for a household's).
    pub(crate) fn definition(&mut self, id: u32, person: usize) -> Value {
        let rules = self.rules;
        let Some(index) = rules.definition_layout.index(id, self.people, person) else { return NOTHING };
        if let Some(Some(value)) = self.memory.get(index) {
            let value = *value;
            self.note_again(index);
            return value;
        }
        let Some(definition) = rules.definitions.get(id as usize) else { return NOTHING };
        let frame = Frame::of(person);
        let before = self.begin_notes();
        let value = self.variants(&definition.variants, definition.ty, &frame, Note::NoFormula(id));
        self.end_notes(index, before);
        if let Some(slot) = self.memory.get_mut(index) {
            *slot = Some(value);
        }
        value
    }

    /// The formula of today; of each day that today may be.
    fn variants(&mut self, variants: &[(i32, NodeId)], ty: Type, frame: &Frame<'_>, none: Note) -> Value {
        if let [(i32::MIN, node)] = variants {
            return self.node(*node, frame);
        }
        let mut value: Option<Value> = None;
        let mut covered = false;
        for (number, (from, node)) in variants.iter().enumerate() {
            let until = variants.get(number + 1).map_or(i32::MAX, |next| next.0);
            if *from <= self.today.last && until > self.today.first {
                covered |= *from <= self.today.first;
                let this = self.node(*node, frame);
                value = Some(value.map_or(this, |v: Value| v.hull(this)));
            }
        }
        match value.filter(|_| covered) {
            Some(value) => value,
            None => {
                self.note(none);
                self.rules.anything(ty)
            }
        }
    }

    /// A number, by the short way where a step is arithmetic.
    pub(crate) fn number(&mut self, id: NodeId, frame: &Frame<'_>) -> Interval {
        let rules = self.rules;
        match rules.node(id).map(|node| &node.op) {
            Some(Op::Constant(Value::Number(n))) => *n,
            Some(
                op @ (Op::Add(..)
                | Op::Sub(..)
                | Op::Mul(..)
                | Op::Div(..)
                | Op::Min(..)
                | Op::Max(..)
                | Op::Round(..)),
            ) => self.arithmetic(op, frame),
            _ => match self.node(id, frame) {
                Value::Number(n) => n,
                _ => Interval::ANY,
            },
        }
    }

    fn arithmetic(&mut self, op: &Op, frame: &Frame<'_>) -> Interval {
        match op {
            Op::Add(a, b) => self.number(*a, frame).plus(self.number(*b, frame)),
            Op::Sub(a, b) => self.number(*a, frame).minus(self.number(*b, frame)),
            Op::Mul(a, b) => {
                let a = self.number(*a, frame);
                if a == Interval::ZERO { a } else { a.times(self.number(*b, frame)) }
            }
            Op::Div(a, b) => self.number(*a, frame).over(self.number(*b, frame)),
            Op::Minus(a) => self.number(*a, frame).negated(),
            Op::Min(a, b) => self.number(*a, frame).min(self.number(*b, frame)),
            Op::Max(a, b) => self.number(*a, frame).max(self.number(*b, frame)),
            Op::Abs(a) => self.number(*a, frame).abs(),
            Op::Round(mode, unit, a) => self.number(*a, frame).rounded(*mode, *unit),
            _ => Interval::ANY,
        }
    }

    /// Yes or no, by the short way where a step is logic.
    pub(crate) fn truth(&mut self, id: NodeId, frame: &Frame<'_>) -> Truth {
        let rules = self.rules;
        match rules.node(id).map(|node| &node.op) {
            Some(op @ (Op::And(..) | Op::Or(..) | Op::Not(_) | Op::Numbers(..) | Op::Dates(..))) => {
                self.logic(op, frame)
            }
            _ => match self.node(id, frame) {
                Value::Bool(t) => t,
                _ => Truth::Unknown,
            },
        }
    }

    fn logic(&mut self, op: &Op, frame: &Frame<'_>) -> Truth {
        match op {
            Op::And(a, b) => match self.truth(*a, frame) {
                Truth::No => Truth::No,
                a => a.and(self.truth(*b, frame)),
            },
            Op::Or(a, b) => match self.truth(*a, frame) {
                Truth::Yes => Truth::Yes,
                a => a.or(self.truth(*b, frame)),
            },
            Op::Not(a) => self.truth(*a, frame).not(),
            Op::Numbers(compare, a, b) => {
                let (a, b) = (self.number(*a, frame), self.number(*b, frame));
                strict::compared(*compare, (a.low, a.high), (b.low, b.high))
            }
            Op::Dates(compare, a, b) => {
                let (a, b) = (self.days(*a, frame), self.days(*b, frame));
                strict::compared(*compare, (a.first, a.last), (b.first, b.last))
            }
            _ => Truth::Unknown,
        }
    }

    fn days(&mut self, id: NodeId, frame: &Frame<'_>) -> Days {
        match self.node(id, frame) {
            Value::Date(d) => d,
            _ => Days::ANY,
        }
    }

    /// What a step comes to.
    pub(crate) fn node(&mut self, id: NodeId, frame: &Frame<'_>) -> Value {
        let rules = self.rules;
        let Some(node) = rules.node(id) else { return Value::Bool(Truth::Unknown) };
        match &node.op {
            Op::Constant(value) => *value,
            Op::Today => Value::Date(self.today),
            Op::Argument(number) => {
                frame.argument(*number).copied().unwrap_or_else(|| rules.anything(node.ty))
            }
            Op::Individual(level) => Value::Person(bit(frame.person(*level))),
            Op::Fact(id, level) => self.fact(*id, frame.person(*level)),
            Op::HouseholdFact(id) => self.fact(*id, 0),
            Op::Definition(id, level) => self.definition(*id, frame.person(*level)),
            Op::HouseholdDefinition(id) => self.definition(*id, 0),
            Op::Parameter(id) => {
                if let Some(Some(value)) = self.parameters.get(*id as usize) {
                    return *value;
                }
                self.note(Note::NoFigure(*id));
                rules.anything(node.ty)
            }
            Op::ParameterAt(id, day) => {
                let day = self.days(*day, frame);
                let found = rules.parameters.get(*id as usize).and_then(|p| at(&p.versions, day, |v| *v));
                found.unwrap_or_else(|| {
                    if day.known().is_some() {
                        self.note(Note::NoFigure(*id));
                    }
                    rules.anything(node.ty)
                })
            }
            Op::Lookup { table, keys, at } => self.look_up(*table, keys, *at, frame),
            Op::Has { table, keys, at } => self.has(*table, keys, *at, frame),
            Op::Call { function: number, arguments } => {
                let mut values = [Value::Bool(Truth::Unknown); MAX_ARGUMENTS];
                for (value, argument) in values.iter_mut().zip(arguments) {
                    *value = self.node(*argument, frame);
                }
                let Some(function) = rules.functions.get(*number as usize) else {
                    return rules.anything(node.ty);
                };
                let inner = Frame::call(&values);
                self.variants(&function.variants, node.ty, &inner, Note::NoFunction(*number))
            }
            Op::Add(..)
            | Op::Sub(..)
            | Op::Mul(..)
            | Op::Div(..)
            | Op::Minus(_)
            | Op::Min(..)
            | Op::Max(..) => Value::Number(self.arithmetic(&node.op, frame)),
            Op::Abs(_) | Op::Round(..) => Value::Number(self.arithmetic(&node.op, frame)),
            Op::Numbers(..) | Op::Dates(..) | Op::And(..) | Op::Or(..) | Op::Not(_) => {
                Value::Bool(self.logic(&node.op, frame))
            }
            Op::Same(a, b) => strict(&node.op, &[self.node(*a, frame), self.node(*b, frame)]),
            Op::OneOf(a, _) | Op::TextIn(a, _) | Op::Size(a) => strict(&node.op, &[self.node(*a, frame)]),
            Op::Contains(set, x) => strict(&node.op, &[self.node(*set, frame), self.node(*x, frame)]),
            Op::If(condition, a, b) => match self.truth(*condition, frame) {
                Truth::Yes => self.node(*a, frame),
                Truth::No => self.node(*b, frame),
                Truth::Unknown => self.node(*a, frame).hull(self.node(*b, frame)),
            },
            Op::Cases(branches, otherwise) => {
                let mut value: Option<Value> = None;
                let mut add = |this: Value| value = Some(value.map_or(this, |v| v.hull(this)));
                for (condition, then) in branches {
                    match self.truth(*condition, frame) {
                        Truth::No => continue,
                        Truth::Unknown => add(self.node(*then, frame)),
                        Truth::Yes => {
                            add(self.node(*then, frame));
                            return value.unwrap_or_else(|| rules.anything(node.ty));
                        }
                    }
                }
                if let Some(otherwise) = otherwise {
                    add(self.node(*otherwise, frame));
                }
                value.unwrap_or_else(|| rules.anything(node.ty))
            }
            Op::Days(function, a, b, c) => {
                let a = self.node(*a, frame);
                let b = b.map(|b| self.node(b, frame));
                let c = c.map(|c| self.node(c, frame));
                dates::date_function(*function, a, b, c)
            }
            Op::Over { over, level, condition, value } => self.over(*over, *level, *condition, *value, frame),
            Op::Rank { level, condition, by, descending } => {
                self.rank(*level, *condition, *by, *descending, frame)
            }
        }
    }
}

/// A person's bit.
#[inline]
pub(crate) fn bit(person: usize) -> u64 {
    u32::try_from(person).ok().and_then(|p| 1u64.checked_shl(p)).unwrap_or(0)
}

/// What a step without facts comes to, for values that are fixed.
pub(crate) fn constant(rules: &Rules, node: NodeId) -> Option<Value> {
    let value = Evaluation::new(rules, Days::ANY, 0).node(node, &Frame::NOBODY);
    value.is_known().then_some(value)
}
