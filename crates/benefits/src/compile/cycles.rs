//! No definition may need itself, and chains of them may only be so deep.

use super::{Compiler, limits};
use crate::problem::Fault;
use crate::rules::{NodeId, Op};
use smallvec::{SmallVec, smallvec};

/// A definition or function, with its formulas.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unit {
    Definition(u32),
    Function(u32),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done(u32),
}

struct Walk<'a> {
    compiler: &'a Compiler,
    definitions: Vec<State>,
    functions: Vec<State>,
    path: Vec<Unit>,
    faults: Vec<Fault>,
}

impl Compiler {
    pub(super) fn refuse_circles(&mut self) {
        let mut walk = Walk {
            compiler: self,
            definitions: vec![State::New; self.rules.definitions.len()],
            functions: vec![State::New; self.rules.functions.len()],
            path: Vec::new(),
            faults: Vec::new(),
        };
        for id in 0..walk.definitions.len() as u32 {
            walk.depth(Unit::Definition(id));
        }
        for id in 0..walk.functions.len() as u32 {
            walk.depth(Unit::Function(id));
        }
        let faults = walk.faults;
        self.faults.extend(faults);
    }
}

impl Walk<'_> {
    fn state(&mut self, unit: Unit) -> Option<&mut State> {
        match unit {
            Unit::Definition(id) => self.definitions.get_mut(id as usize),
            Unit::Function(id) => self.functions.get_mut(id as usize),
        }
    }

    /// How many steps deep the formulas of a definition go, those of others included.
    fn depth(&mut self, unit: Unit) -> u32 {
        match self.state(unit) {
            Some(State::Done(depth)) => return *depth,
            Some(State::Open) => {
                self.circle(unit);
                return 0;
            }
            Some(state) => *state = State::Open,
            None => return 0,
        }
        self.path.push(unit);
        // The walk itself is as deep as the rules are.
        let mut depth = 0;
        if self.path.len() <= limits::DEPTH as usize {
            for root in self.roots(unit) {
                depth = depth.max(self.node(root, 0));
            }
        } else {
            depth = limits::DEPTH + 1;
        }
        self.path.pop();
        if depth > limits::DEPTH && !self.faults.iter().any(|fault| fault.what.contains("deep")) {
            let place = self.place(unit);
            let what = format!(
                "{} needs formulas that call each other more than {} deep",
                self.name(unit),
                limits::DEPTH
            );
            self.faults.push(Fault { place, what });
        }
        if let Some(state) = self.state(unit) {
            *state = State::Done(depth);
        }
        depth
    }

    fn node(&mut self, id: NodeId, above: u32) -> u32 {
        let Some(op) = self.compiler.rules.node(id).map(|node| node.op.clone()) else { return 0 };
        let mut below = 0;
        if above < limits::DEPTH {
            for next in parts(&op) {
                below = below.max(self.node(next, above + 1));
            }
        }
        let called = match op {
            Op::Definition(id, _) | Op::HouseholdDefinition(id) => self.depth(Unit::Definition(id)),
            Op::Call { function, .. } => self.depth(Unit::Function(function)),
            _ => 0,
        };
        1 + below.max(called)
    }

    fn roots(&self, unit: Unit) -> Vec<NodeId> {
        let rules = &self.compiler.rules;
        let variants = match unit {
            Unit::Definition(id) => rules.definitions.get(id as usize).map(|d| &d.variants),
            Unit::Function(id) => rules.functions.get(id as usize).map(|f| &f.variants),
        };
        variants.map(|variants| variants.iter().map(|(_, node)| *node).collect()).unwrap_or_default()
    }

    fn name(&self, unit: Unit) -> String {
        let rules = &self.compiler.rules;
        match unit {
            Unit::Definition(id) => rules.definitions.get(id as usize).map(|d| d.name.clone()),
            Unit::Function(id) => rules.functions.get(id as usize).map(|f| f.name.clone()),
        }
        .unwrap_or_default()
    }

    fn place(&self, unit: Unit) -> crate::problem::Place {
        let rules = &self.compiler.rules;
        match unit {
            Unit::Definition(id) => rules.definitions.get(id as usize).map(|d| d.place),
            Unit::Function(id) => rules.functions.get(id as usize).map(|f| f.place),
        }
        .unwrap_or_default()
    }

    fn circle(&mut self, unit: Unit) {
        let start = self.path.iter().position(|u| *u == unit).unwrap_or(0);
        let names: Vec<String> = self.path.iter().skip(start).chain([&unit]).map(|u| self.name(*u)).collect();
        let what = format!("this needs itself: {}", names.join(" → "));
        self.faults.push(Fault { place: self.place(unit), what });
    }
}

/// The steps that a step is made of.
pub(crate) fn parts(op: &Op) -> SmallVec<[NodeId; 4]> {
    match op {
        Op::Constant(_)
        | Op::Today
        | Op::Argument(_)
        | Op::Individual(_)
        | Op::Fact(..)
        | Op::HouseholdFact(_) => smallvec![],
        Op::Definition(..) | Op::HouseholdDefinition(_) | Op::Parameter(_) => smallvec![],
        Op::ParameterAt(_, a) | Op::Minus(a) | Op::Abs(a) | Op::Round(_, _, a) | Op::OneOf(a, _) => {
            smallvec![*a]
        }
        Op::TextIn(a, _) | Op::Not(a) | Op::Size(a) => smallvec![*a],
        Op::Lookup { keys, at, .. } | Op::Has { keys, at, .. } => keys.iter().chain(at).copied().collect(),
        Op::Call { arguments, .. } => arguments.iter().copied().collect(),
        Op::Add(a, b) | Op::Sub(a, b) | Op::Mul(a, b) | Op::Div(a, b) | Op::Min(a, b) | Op::Max(a, b) => {
            smallvec![*a, *b]
        }
        Op::Numbers(_, a, b) | Op::Dates(_, a, b) | Op::Same(a, b) | Op::Contains(a, b) => smallvec![*a, *b],
        Op::And(a, b) | Op::Or(a, b) => smallvec![*a, *b],
        Op::If(a, b, c) => smallvec![*a, *b, *c],
        Op::Cases(branches, otherwise) => {
            branches.iter().flat_map(|(c, v)| [*c, *v]).chain(*otherwise).collect()
        }
        Op::Days(_, a, b, c) => std::iter::once(*a).chain(*b).chain(*c).collect(),
        Op::Over { condition, value, .. } => condition.iter().chain(value).copied().collect(),
        Op::Rank { condition, by, .. } => condition.iter().copied().chain([*by]).collect(),
    }
}
