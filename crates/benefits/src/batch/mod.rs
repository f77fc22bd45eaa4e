//! Many households at once: the same steps on columns instead of single values.
//!
//! What this gives for a household is what [`crate::Evaluation`] gives for it (a property test holds them against each other);
//! where all is the same for all of them it is worked out once. Notes are not kept.

mod column;
mod people;
mod steps;

pub use column::Column;

use crate::evaluate::{MAX_PEOPLE, NOTHING, bit, during};
use crate::rules::{Name, NodeId, Op, Rules, Type};
use crate::table::Cells;
use crate::value::{Days, Truth, Value};
use foldhash::HashMap;
use smallvec::SmallVec;
use std::sync::Arc;

/// Households with the same number of people each, on the same day.
pub struct Batch<'r> {
    rules: &'r Rules,
    today: Days,
    people: usize,
    rows: usize,
    facts: Vec<Arc<Column>>,
    memory: Vec<Option<Arc<Column>>>,
}

type Frame<'a> = crate::evaluate::Frame<'a, Arc<Column>>;

impl<'r> Batch<'r> {
    /// So many households of so many people, of whom nothing is known yet beyond the rules' defaults.
    pub fn new(rules: &'r Rules, today: i32, people: usize, rows: usize) -> Self {
        let mut batch = Self {
            rules,
            today: Days::exactly(today),
            people: people.min(MAX_PEOPLE),
            rows,
            facts: Vec::new(),
            memory: Vec::new(),
        };
        batch.clear();
        batch
    }

    /// Starts anew with as many households.
    pub fn clear(&mut self) {
        let rules = self.rules;
        self.facts.clear();
        self.facts
            .resize(rules.fact_layout.of(self.people), Arc::new(Column::One(Value::Bool(Truth::Unknown))));
        for (fact, id) in rules.facts.iter().zip(0u32..) {
            let column = Arc::new(Column::One(fact.default.unwrap_or(fact.unknown)));
            for person in 0..if fact.per_person { self.people } else { 1 } {
                let index = rules.fact_layout.index(id, self.people, person);
                if let Some(slot) = index.and_then(|index| self.facts.get_mut(index)) {
                    *slot = Arc::clone(&column);
                }
            }
        }
        self.memory.clear();
        self.memory.resize(rules.definition_layout.of(self.people), None);
    }

    /// Sets a fact (or gives a definition) of the household, or of a person by place. False: there is none of that name.
    pub fn set(&mut self, name: &str, person: Option<usize>, column: Column) -> bool {
        let place = person.unwrap_or(0);
        let rules = self.rules;
        match rules.names.get(name) {
            Some(Name::Fact(id)) => {
                let Some(index) = rules.fact_layout.index(*id, self.people, place) else { return false };
                self.facts.get_mut(index).map(|slot| *slot = Arc::new(column)).is_some()
            }
            Some(Name::Definition(id)) => {
                let Some(index) = rules.definition_layout.index(*id, self.people, place) else {
                    return false;
                };
                self.memory.get_mut(index).map(|slot| *slot = Some(Arc::new(column))).is_some()
            }
            _ => false,
        }
    }

    /// A text's value, for columns of texts; a text that no rule names is like none of theirs.
    pub fn text(&self, text: &str) -> Value {
        Value::Text(Some(self.rules.texts.find(text).unwrap_or(u32::MAX)))
    }

    /// A choice's value, for columns of choices.
    pub fn word(&self, fact: &str, word: &str) -> Option<Value> {
        let Type::Choice(choice) = self.rules.fact(fact)?.ty else { return None };
        let words = &self.rules.choices.get(usize::from(choice))?.words;
        words.iter().position(|w| w == word).map(|number| Value::Choice(bit(number)))
    }

    /// What a definition, or a program's amount, comes to for each household.
    pub fn values(&mut self, name: &str, person: Option<usize>) -> Option<Arc<Column>> {
        let place = person.unwrap_or(0);
        match self.rules.names.get(name)? {
            Name::Definition(id) => Some(self.definition(*id, place)),
            Name::Program(id) => {
                let granted = self.rules.programs.get(*id as usize)?.granted?;
                Some(self.definition(granted, place))
            }
            _ => None,
        }
    }

    fn definition(&mut self, id: u32, person: usize) -> Arc<Column> {
        let rules = self.rules;
        let (Some(index), Some(definition)) =
            (rules.definition_layout.index(id, self.people, person), rules.definitions.get(id as usize))
        else {
            return one(NOTHING);
        };
        if let Some(Some(column)) = self.memory.get(index) {
            return Arc::clone(column);
        }
        let column = self.variants(&definition.variants, definition.ty, &Frame::of(person));
        if let Some(slot) = self.memory.get_mut(index) {
            *slot = Some(Arc::clone(&column));
        }
        column
    }

    fn variants(&mut self, variants: &[(i32, NodeId)], ty: Type, frame: &Frame<'_>) -> Arc<Column> {
        match during(variants, self.today) {
            Some([(_, node), ..]) => self.node(*node, frame),
            _ => one(self.rules.anything(ty)),
        }
    }

    fn node(&mut self, id: NodeId, frame: &Frame<'_>) -> Arc<Column> {
        let rules = self.rules;
        let Some(node) = rules.node(id) else { return one(Value::Bool(Truth::Unknown)) };
        match &node.op {
            Op::Constant(value) => one(*value),
            Op::Today => one(Value::Date(self.today)),
            Op::Argument(number) => match frame.argument(*number) {
                Some(argument) => Arc::clone(argument),
                None => one(rules.anything(node.ty)),
            },
            Op::Individual(level) => one(Value::Person(bit(frame.person(*level)))),
            Op::Fact(id, level) => self.fact(*id, frame.person(*level)),
            Op::HouseholdFact(id) => self.fact(*id, 0),
            Op::Definition(id, level) => self.definition(*id, frame.person(*level)),
            Op::HouseholdDefinition(id) => self.definition(*id, 0),
            Op::Parameter(id) => {
                let versions = rules.parameters.get(*id as usize).map_or(&[][..], |p| p.versions.as_slice());
                let now =
                    during(versions, self.today).and_then(|now| now.first()).and_then(|(_, value)| *value);
                one(now.unwrap_or_else(|| rules.anything(node.ty)))
            }
            Op::ParameterAt(..) | Op::Lookup { .. } | Op::Has { .. } => {
                self.row_by_row(&node.op, node.ty, frame)
            }
            Op::Call { function, arguments } => {
                let columns: SmallVec<[Arc<Column>; 4]> =
                    arguments.iter().map(|a| self.node(*a, frame)).collect();
                let Some(function) = rules.functions.get(*function as usize) else {
                    return one(rules.anything(node.ty));
                };
                self.variants(&function.variants, node.ty, &Frame::call(&columns))
            }
            Op::And(a, b) | Op::Or(a, b) => {
                let and = matches!(node.op, Op::And(..));
                let decides = if and { Truth::No } else { Truth::Yes };
                let a = self.node(*a, frame);
                if a.one_truth() == Some(decides) {
                    return a;
                }
                let b = self.node(*b, frame);
                match (a.one_truth(), b.one_truth()) {
                    (Some(Truth::Unknown), _) | (_, Some(Truth::Unknown)) => {}
                    (Some(_), _) => return b,
                    (_, Some(truth)) => return if truth == decides { b } else { a },
                    _ => {}
                }
                let f = if and { Truth::and } else { Truth::or };
                Arc::new(steps::logic(&a, &b, self.rows, f))
            }
            Op::Not(a) => {
                let a = self.node(*a, frame);
                Arc::new(steps::logic(&a, &Column::One(Value::Bool(Truth::Yes)), self.rows, |a, _| a.not()))
            }
            Op::If(condition, yes, no) => {
                let condition = self.node(*condition, frame);
                match condition.one_truth() {
                    Some(Truth::Yes) => self.node(*yes, frame),
                    Some(Truth::No) => self.node(*no, frame),
                    _ => {
                        let (yes, no) = (self.node(*yes, frame), self.node(*no, frame));
                        Arc::new(steps::choose(&condition, &yes, &no, self.rows))
                    }
                }
            }
            Op::Cases(branches, otherwise) => self.cases(branches, *otherwise, node.ty, frame),
            Op::Over { over, level, condition, value } => self.over(*over, *level, *condition, *value, frame),
            Op::Rank { level, condition, by, descending } => {
                self.rank(*level, *condition, *by, *descending, frame)
            }
            op => {
                let parts: SmallVec<[Arc<Column>; 4]> =
                    crate::compile::parts(op).iter().map(|part| self.node(*part, frame)).collect();
                let parts: SmallVec<[&Column; 4]> = parts.iter().map(|part| &**part).collect();
                Arc::new(steps::step(op, &parts, self.rows))
            }
        }
    }

    fn fact(&self, id: u32, person: usize) -> Arc<Column> {
        let index = self.rules.fact_layout.index(id, self.people, person);
        match index.and_then(|index| self.facts.get(index)) {
            Some(column) => Arc::clone(column),
            None => one(self.rules.facts.get(id as usize).map_or(NOTHING, |fact| fact.unknown)),
        }
    }

    /// The cases from the last to the first: each takes over where its condition holds.
    fn cases(
        &mut self,
        branches: &[(NodeId, NodeId)],
        otherwise: Option<NodeId>,
        ty: Type,
        frame: &Frame<'_>,
    ) -> Arc<Column> {
        let mut taken: Vec<(Arc<Column>, NodeId)> = Vec::new();
        let mut rest = otherwise;
        for (condition, value) in branches {
            let condition = self.node(*condition, frame);
            match condition.one_truth() {
                Some(Truth::No) => {}
                Some(Truth::Yes) => {
                    rest = Some(*value);
                    break;
                }
                _ => taken.push((condition, *value)),
            }
        }
        // Without a rest the cases leave nothing out: the last one that is open is it.
        let mut column = match (rest, taken.last()) {
            (Some(rest), _) => self.node(rest, frame),
            (None, Some((_, last))) => self.node(*last, frame),
            (None, None) => return one(self.rules.anything(ty)),
        };
        for (condition, value) in taken.iter().rev() {
            let value = self.node(*value, frame);
            column = Arc::new(steps::choose(condition, &value, &column, self.rows));
        }
        column
    }

    /// Look-ups: each combination of keys once.
    fn row_by_row(&mut self, op: &Op, ty: Type, frame: &Frame<'_>) -> Arc<Column> {
        let columns: SmallVec<[Arc<Column>; 4]> =
            crate::compile::parts(op).iter().map(|part| self.node(*part, frame)).collect();
        let once = columns.iter().all(|column| column.is_one());
        let mut known: HashMap<SmallVec<[Value; 4]>, Value> = HashMap::default();
        let row = |row: usize| {
            let keys: SmallVec<[Value; 4]> = columns.iter().map(|column| column.get(row)).collect();
            if let Some(value) = known.get(&keys) {
                return *value;
            }
            let value = self.look_up(op, &keys, ty);
            known.insert(keys, value);
            value
        };
        Arc::new(Column::made(self.rows, once, row))
    }

    fn look_up(&self, op: &Op, keys: &[Value], ty: Type) -> Value {
        let rules = self.rules;
        let day = |at: bool| match (at, keys.last()) {
            (true, Some(Value::Date(days))) => *days,
            (true, _) => Days::ANY,
            _ => self.today,
        };
        let cells = |table: u32, at: bool| -> &[(i32, Cells)] {
            let versions =
                rules.tables.get(table as usize).map_or(&[][..], |table| table.versions.as_slice());
            during(versions, day(at)).unwrap_or_default()
        };
        match op {
            Op::ParameterAt(id, _) => {
                let versions = rules.parameters.get(*id as usize).map_or(&[][..], |p| p.versions.as_slice());
                crate::evaluate::at(versions, day(true), |value| *value).unwrap_or_else(|| rules.anything(ty))
            }
            Op::Lookup { table, keys: wanted, at } => {
                let keys = keys.get(..wanted.len()).unwrap_or_default();
                let found = cells(*table, at.is_some())
                    .iter()
                    .map(|(_, cells)| Value::Number(cells.look_up(keys).value));
                found.reduce(Value::hull).unwrap_or_else(|| rules.anything(ty))
            }
            Op::Has { table, keys: wanted, at } => {
                let keys = keys.get(..wanted.len()).unwrap_or_default();
                let found = cells(*table, at.is_some()).iter().map(|(_, cells)| cells.has(keys));
                let before = rules.tables.get(*table as usize).and_then(|t| t.versions.first());
                let none = before.is_none_or(|(from, _)| day(at.is_some()).last < *from);
                let missing = if none { Truth::No } else { Truth::Unknown };
                Value::Bool(found.reduce(Truth::hull).unwrap_or(missing))
            }
            _ => NOTHING,
        }
    }
}

fn one(value: Value) -> Arc<Column> {
    Arc::new(Column::One(value))
}
