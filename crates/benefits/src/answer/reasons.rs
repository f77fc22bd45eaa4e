//! How an answer came about, as a tree: what was asked, what it came to, the figure it was held against, and the article.

use super::describe::words;
use super::{Verdict, Words, verdict};
use crate::calendar;
use crate::evaluate::{Evaluation, Frame};
use crate::rules::{Compare, NodeId, Op, Type};
use crate::unit::Unit;
use crate::value::{Truth, Value};
use serde::Serialize;

/// What a step of the reasons is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// All below must hold.
    All,
    /// One below must hold.
    Any,
    /// What is below must not hold.
    Not,
    /// The first below is under the second.
    Less,
    /// The first below is not over the second.
    AtMost,
    /// Both below are the same.
    Same,
    /// One of the household's facts.
    Fact,
    /// Something that rules derive.
    Definition,
    /// A figure of the law.
    Figure,
    /// A row of a table.
    Table,
    /// Something over the people of the household.
    People,
    /// A fixed value.
    Fixed,
    /// Reckoned from what is below.
    Formula,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Its name in rules, where it has one.
    pub name: Option<String>,
    /// Its name for residents.
    pub label: Words,
    /// Whose, as entered.
    pub person: Option<usize>,
    /// For what holds or does not.
    pub verdict: Option<Verdict>,
    /// For what has a value: in words and digits.
    pub value: Option<String>,
    /// `yen`, `yen-a-month`, `years`, … of a number.
    pub unit: Option<&'static str>,
    /// The day from which a figure holds.
    pub since: Option<String>,
    /// Where the law says so.
    pub articles: Vec<String>,
    /// What it is made of.
    pub below: Vec<Step>,
}

/// How many definitions deep and how large each tree may be: beyond that nobody reads.
const MAX_DEPTH: u32 = 12;
const MAX_STEPS: usize = 300;

impl Evaluation<'_> {
    /// The reasons of a program, one tree for each requirement and one for the amount; `person` as entered.
    pub fn reasons(&mut self, program: &str, person: Option<usize>) -> Vec<Step> {
        let rules = self.rules();
        let Some(program) = rules.program(program) else { return Vec::new() };
        let place = person.map_or(0, |p| self.place_of(p));
        let mut teller = Teller { left: 0 };
        let mut trees = Vec::new();
        for required in &program.requires {
            teller.left = MAX_STEPS;
            let mut step = teller.definition(self, required.definition, place, 0);
            step.label = words(&required.text);
            step.articles.clone_from(&required.articles);
            trees.push(step);
        }
        if let Some(amount) = program.amount {
            teller.left = MAX_STEPS;
            trees.push(teller.definition(self, amount, place, 0));
        }
        trees
    }
}

struct Teller {
    left: usize,
}

fn step(kind: StepKind) -> Step {
    Step {
        kind,
        name: None,
        label: Words::new(),
        person: None,
        verdict: None,
        value: None,
        unit: None,
        since: None,
        articles: Vec::new(),
        below: Vec::new(),
    }
}

impl Teller {
    fn definition(&mut self, of: &mut Evaluation<'_>, id: u32, place: usize, depth: u32) -> Step {
        let rules = of.rules();
        let mut told = step(StepKind::Definition);
        let Some(definition) = rules.definitions.get(id as usize) else { return told };
        let value = of.definition(id, place);
        told.name = Some(definition.name.clone());
        told.label = words(&definition.label);
        told.person = (definition.scope == crate::syntax::Scope::Person).then(|| of.entered(place));
        told.articles.clone_from(&definition.origin.articles);
        fill(of, &mut told, definition.ty, value);
        let today = of.today();
        let variant = definition.variants.iter().rev().find(|(from, _)| *from <= today.first);
        if let (Some((_, node)), true) = (variant, depth < MAX_DEPTH) {
            let frame = Frame::of(place);
            told.below.extend(self.node(of, *node, &frame, depth + 1));
        }
        told
    }

    fn node(&mut self, of: &mut Evaluation<'_>, id: NodeId, frame: &Frame<'_>, depth: u32) -> Option<Step> {
        if depth >= MAX_DEPTH || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let rules = of.rules();
        let node = rules.node(id)?;
        let value = of.node(id, frame);
        let mut told = match &node.op {
            Op::Constant(_) | Op::Today => step(StepKind::Fixed),
            Op::Definition(definition, level) => {
                return Some(self.definition(of, *definition, frame.person(*level), depth));
            }
            Op::HouseholdDefinition(definition) => return Some(self.definition(of, *definition, 0, depth)),
            Op::Fact(fact, level) => self.fact(of, *fact, frame.person(*level)),
            Op::HouseholdFact(fact) => self.fact(of, *fact, 0),
            Op::Parameter(id) | Op::ParameterAt(id, _) => {
                let mut told = step(StepKind::Figure);
                if let Some(parameter) = rules.parameters.get(*id as usize) {
                    told.name = Some(parameter.name.clone());
                    told.articles.clone_from(&parameter.origin.articles);
                    told.articles.dedup();
                    let since = parameter.versions.iter().rev().find(|(from, _)| *from <= of.today().first);
                    told.since =
                        since.filter(|(from, _)| *from > i32::MIN).map(|(from, _)| calendar::format(*from));
                }
                told
            }
            Op::Lookup { table, keys, .. } => {
                let mut told = step(StepKind::Table);
                if let Some(table) = rules.tables.get(*table as usize) {
                    told.name = Some(table.name.clone());
                    told.articles.clone_from(&table.origin.articles);
                }
                told.below = keys.iter().filter_map(|key| self.node(of, *key, frame, depth)).collect();
                told
            }
            Op::Add(..) => self.chain(of, id, frame, depth, StepKind::Formula),
            Op::And(..) => self.chain(of, id, frame, depth, StepKind::All),
            Op::Or(..) => self.chain(of, id, frame, depth, StepKind::Any),
            Op::Not(a) => self.made(of, StepKind::Not, &[*a], frame, depth),
            Op::Numbers(compare, a, b) | Op::Dates(compare, a, b) => {
                let kind = match compare {
                    Compare::Less => StepKind::Less,
                    Compare::AtMost => StepKind::AtMost,
                    Compare::Same => StepKind::Same,
                };
                self.made(of, kind, &[*a, *b], frame, depth)
            }
            Op::Same(a, b) => self.made(of, StepKind::Same, &[*a, *b], frame, depth),
            Op::If(condition, yes, no) => match of.truth(*condition, frame) {
                Truth::Yes => return self.node(of, *yes, frame, depth),
                Truth::No => return self.node(of, *no, frame, depth),
                Truth::Unknown => self.made(of, StepKind::Formula, &[*condition, *yes, *no], frame, depth),
            },
            Op::Cases(branches, otherwise) => {
                // The case that was taken; the first that might be, when that is open.
                for (condition, then) in branches {
                    match of.truth(*condition, frame) {
                        Truth::No => {}
                        Truth::Yes => return self.node(of, *then, frame, depth),
                        Truth::Unknown => {
                            let mut told =
                                self.made(of, StepKind::Formula, &[*condition, *then], frame, depth);
                            fill(of, &mut told, node.ty, value);
                            return Some(told);
                        }
                    }
                }
                return otherwise.and_then(|otherwise| self.node(of, otherwise, frame, depth));
            }
            Op::Over { level, condition, value, .. } => {
                let mut told = step(StepKind::People);
                for person in 0..of.people() {
                    let frame = frame.with(*level, person);
                    let counts = condition.map_or(Truth::Yes, |c| of.truth(c, &frame));
                    if counts == Truth::No {
                        continue;
                    }
                    let shown = value.or(condition.filter(|_| counts == Truth::Unknown));
                    let mut one = shown
                        .and_then(|node| self.node(of, node, &frame, depth))
                        .unwrap_or_else(|| step(StepKind::Fixed));
                    one.person = Some(of.entered(person));
                    told.below.push(one);
                }
                told
            }
            op => {
                let parts = crate::compile::parts(op);
                self.made(of, StepKind::Formula, &parts, frame, depth)
            }
        };
        if told.value.is_none() && told.verdict.is_none() {
            fill(of, &mut told, node.ty, value);
        }
        Some(told)
    }

    fn made(
        &mut self,
        of: &mut Evaluation<'_>,
        kind: StepKind,
        parts: &[NodeId],
        frame: &Frame<'_>,
        depth: u32,
    ) -> Step {
        let mut told = step(kind);
        told.below = parts.iter().filter_map(|part| self.node(of, *part, frame, depth)).collect();
        told
    }

    /// `a and b and c` is one step with three below it; so is `a + b + c`.
    fn chain(
        &mut self,
        of: &mut Evaluation<'_>,
        id: NodeId,
        frame: &Frame<'_>,
        depth: u32,
        kind: StepKind,
    ) -> Step {
        let rules = of.rules();
        let mut told = step(kind);
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            match (rules.node(next).map(|node| &node.op), kind) {
                (Some(Op::And(a, b)), StepKind::All)
                | (Some(Op::Or(a, b)), StepKind::Any)
                | (Some(Op::Add(a, b)), StepKind::Formula) => open.extend([*b, *a]),
                _ => told.below.extend(self.node(of, next, frame, depth)),
            }
        }
        told
    }

    fn fact(&mut self, of: &Evaluation<'_>, id: u32, place: usize) -> Step {
        let mut told = step(StepKind::Fact);
        if let Some(fact) = of.rules().facts.get(id as usize) {
            told.name = Some(fact.name.clone());
            told.label = words(&fact.label);
            told.person = fact.per_person.then(|| of.entered(place));
        }
        told
    }
}

fn fill(of: &Evaluation<'_>, told: &mut Step, ty: Type, value: Value) {
    match (ty, value) {
        (Type::Bool, Value::Bool(truth)) => told.verdict = Some(verdict(truth)),
        (Type::Person | Type::Persons, _) => {}
        (ty, value) => told.value = Some(of.rules().say(ty, &value)),
    }
    told.unit = match ty {
        Type::Number(Unit::Yen) => Some("yen"),
        Type::Number(Unit::YenPerDay) => Some("yen-a-day"),
        Type::Number(Unit::YenPerMonth) => Some("yen-a-month"),
        Type::Number(Unit::YenPerYear) => Some("yen-a-year"),
        Type::Number(Unit::People) => Some("people"),
        Type::Number(Unit::Years) => Some("years"),
        Type::Number(Unit::Months) => Some("months"),
        Type::Number(Unit::Days) => Some("days"),
        Type::Date => Some("date"),
        _ => None,
    };
}
