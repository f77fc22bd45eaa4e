//! No definition may need itself, and formulas may only be so deep and take so long.

use super::{Compiler, limits};
use crate::evaluate::MAX_PEOPLE;
use crate::problem::Fault;
use crate::rules::{NodeId, Op};
use smallvec::SmallVec;

/// A definition or function, with its formulas.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unit {
    Definition(u32),
    Function(u32),
}

/// How far a formula goes.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Reach {
    /// Steps below each other, those of other definitions included.
    depth: u32,
    /// Steps that are taken for as many people as a household may have. Definitions are worked out once: they count one.
    steps: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done(Reach),
}

struct Walk<'a> {
    compiler: &'a Compiler,
    definitions: Vec<State>,
    functions: Vec<State>,
    /// What is known of each step: formulas may share some.
    nodes: Vec<Option<Reach>>,
    path: Vec<Unit>,
    faults: Vec<Fault>,
    too_deep: bool,
}

impl Compiler {
    pub(super) fn refuse_circles(&mut self) {
        let mut walk = Walk {
            compiler: self,
            definitions: vec![State::New; self.rules.definitions.len()],
            functions: vec![State::New; self.rules.functions.len()],
            nodes: vec![None; self.rules.nodes.len()],
            path: Vec::new(),
            faults: Vec::new(),
            too_deep: false,
        };
        for id in 0..walk.definitions.len() as u32 {
            walk.root(Unit::Definition(id));
        }
        for id in 0..walk.functions.len() as u32 {
            walk.root(Unit::Function(id));
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

    fn root(&mut self, unit: Unit) {
        let reach = self.unit(unit, 0);
        if reach.depth > limits::DEPTH {
            self.deep(unit);
        }
        if reach.steps > limits::STEPS {
            let what = format!("{} takes more than {} steps", self.name(unit), limits::STEPS);
            self.faults.push(Fault { place: self.place(unit), what });
        }
    }

    /// Told once: whatever calls a chain that is too deep is too deep itself.
    fn deep(&mut self, unit: Unit) {
        if std::mem::replace(&mut self.too_deep, true) {
            return;
        }
        let what = format!(
            "{} needs formulas that call each other more than {} deep",
            self.name(unit),
            limits::DEPTH
        );
        self.faults.push(Fault { place: self.place(unit), what });
    }

    /// `above`: the steps above it, so that the walk itself goes no deeper than rules may.
    fn unit(&mut self, unit: Unit, above: u32) -> Reach {
        match self.state(unit) {
            Some(State::Done(reach)) => return *reach,
            Some(State::Open) => {
                self.circle(unit);
                return Reach::default();
            }
            Some(state) => *state = State::Open,
            None => return Reach::default(),
        }
        self.path.push(unit);
        let mut reach = Reach::default();
        for root in self.roots(unit) {
            let variant = self.node(root, above);
            reach.depth = reach.depth.max(variant.depth);
            reach.steps = reach.steps.max(variant.steps);
        }
        self.path.pop();
        if let Some(state) = self.state(unit) {
            *state = State::Done(reach);
        }
        reach
    }

    fn node(&mut self, id: NodeId, above: u32) -> Reach {
        let compiler = self.compiler;
        let (Some(node), known) = (compiler.rules.node(id), self.nodes.get(id as usize).copied().flatten())
        else {
            return Reach::default();
        };
        if let Some(reach) = known {
            return reach;
        }
        if above > limits::DEPTH {
            if let Some(outermost) = self.path.first() {
                self.deep(*outermost);
            }
            return Reach::default();
        }
        let mut reach = Reach { depth: 0, steps: 1 };
        let times = match node.op {
            Op::Over { .. } | Op::Rank { .. } => MAX_PEOPLE as u64,
            _ => 1,
        };
        each_part(&node.op, |next| {
            let part = self.node(next, above + 1);
            reach.depth = reach.depth.max(part.depth);
            reach.steps = reach.steps.saturating_add(part.steps.saturating_mul(times));
        });
        match node.op {
            Op::Definition(id, _) | Op::HouseholdDefinition(id) => {
                reach.depth = reach.depth.max(self.unit(Unit::Definition(id), above + 1).depth);
            }
            Op::Call { function, .. } => {
                let called = self.unit(Unit::Function(function), above + 1);
                reach.depth = reach.depth.max(called.depth);
                reach.steps = reach.steps.saturating_add(called.steps);
            }
            _ => {}
        }
        reach.depth += 1;
        if let Some(known) = self.nodes.get_mut(id as usize) {
            *known = Some(reach);
        }
        reach
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
    let mut parts = SmallVec::new();
    each_part(op, |part| parts.push(part));
    parts
}

/// The same one after another: every step of all rules is asked when they are compiled.
fn each_part(op: &Op, mut tell: impl FnMut(NodeId)) {
    match op {
        Op::Constant(_)
        | Op::Today
        | Op::Argument(_)
        | Op::Individual(_)
        | Op::Fact(..)
        | Op::HouseholdFact(_) => {}
        Op::Definition(..) | Op::HouseholdDefinition(_) | Op::Parameter(_) => {}
        Op::ParameterAt(_, a) | Op::Minus(a) | Op::Abs(a) | Op::Round(_, _, a) | Op::OneOf(a, _) => tell(*a),
        Op::TextIn(a, _) | Op::Not(a) | Op::Size(a) => tell(*a),
        Op::Lookup { keys, at, .. } | Op::Has { keys, at, .. } => {
            keys.iter().copied().for_each(&mut tell);
            at.iter().copied().for_each(tell);
        }
        Op::Call { arguments, .. } => arguments.iter().copied().for_each(tell),
        Op::Add(a, b) | Op::Sub(a, b) | Op::Mul(a, b) | Op::Div(a, b) | Op::Min(a, b) | Op::Max(a, b) => {
            [*a, *b].into_iter().for_each(tell);
        }
        Op::Numbers(_, a, b) | Op::Dates(_, a, b) | Op::Same(a, b) | Op::Contains(a, b) => {
            [*a, *b].into_iter().for_each(tell);
        }
        Op::And(a, b) | Op::Or(a, b) => [*a, *b].into_iter().for_each(tell),
        Op::If(a, b, c) => [*a, *b, *c].into_iter().for_each(tell),
        Op::Cases(branches, otherwise) => {
            branches.iter().flat_map(|(c, v)| [*c, *v]).for_each(&mut tell);
            otherwise.iter().copied().for_each(tell);
        }
        Op::Days(_, a, b, c) => {
            tell(*a);
            b.iter().chain(c).copied().for_each(tell);
        }
        Op::Over { condition, value, .. } => condition.iter().chain(value).copied().for_each(tell),
        Op::Rank { condition, by, .. } => condition.iter().chain([by]).copied().for_each(tell),
    }
}
