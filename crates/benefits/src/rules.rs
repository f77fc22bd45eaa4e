//! Checked and compiled rules: what evaluation runs on.

use crate::answer::Description;
use crate::layout::Layout;
use crate::number::{Ratio, Rounding};
use crate::problem::Place;
use crate::syntax::{DateFn, Origin, Over, Scope, Texts};
use crate::unit::Unit;
use crate::value::Value;
use foldhash::HashMap;
use std::sync::{Arc, OnceLock};

/// What a value can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Type {
    /// A number and its unit.
    Number(Unit),
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// A word of [`Rules::choices`].
    Choice(u16),
    /// Words of a choice.
    Set(u16),
    /// A text.
    Text,
    /// One of the household, or nobody of it.
    Person,
    /// Some of the household.
    Persons,
}

pub(crate) type NodeId = u32;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Compare {
    Less,
    AtMost,
    Same,
}

/// One step of a formula. People are found by how deep they are bound: a person's own definition binds `self` first.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Op {
    Constant(Value),
    Today,
    Argument(u16),
    Individual(u8),
    Fact(u32, u8),
    HouseholdFact(u32),
    Definition(u32, u8),
    HouseholdDefinition(u32),
    Parameter(u32),
    ParameterAt(u32, NodeId),
    Lookup {
        table: u32,
        keys: Box<[NodeId]>,
        at: Option<NodeId>,
    },
    Has {
        table: u32,
        keys: Box<[NodeId]>,
        at: Option<NodeId>,
    },
    Call {
        function: u32,
        arguments: Box<[NodeId]>,
    },
    Add(NodeId, NodeId),
    Sub(NodeId, NodeId),
    Mul(NodeId, NodeId),
    Div(NodeId, NodeId),
    Minus(NodeId),
    Min(NodeId, NodeId),
    Max(NodeId, NodeId),
    Abs(NodeId),
    Round(Rounding, Ratio, NodeId),
    Numbers(Compare, NodeId, NodeId),
    Dates(Compare, NodeId, NodeId),
    /// Two choices, texts, people or truths.
    Same(NodeId, NodeId),
    OneOf(NodeId, u64),
    TextIn(NodeId, Box<[u32]>),
    Contains(NodeId, NodeId),
    /// The number of members that a set has.
    Size(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Not(NodeId),
    If(NodeId, NodeId, NodeId),
    Cases(Box<[(NodeId, NodeId)]>, Option<NodeId>),
    Days(DateFn, NodeId, Option<NodeId>, Option<NodeId>),
    Over {
        over: Over,
        level: u8,
        condition: Option<NodeId>,
        value: Option<NodeId>,
    },
    Rank {
        level: u8,
        condition: Option<NodeId>,
        by: NodeId,
        descending: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub op: Op,
    pub ty: Type,
    pub place: Place,
}

/// A choice and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name; empty for one written out at a fact.
    pub name: String,
    /// In the order written.
    pub words: Vec<String>,
}

/// Something that the resident knows.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name in rules.
    pub name: String,
    /// Whose it is.
    pub per_person: bool,
    /// What it can be.
    pub ty: Type,
    /// What it can be at all: the bounds of numbers and dates, every word of a choice.
    pub unknown: Value,
    /// What a left-out fact counts as; `None`: it is unknown. Programs for residents never have one.
    pub default: Option<Value>,
    pub(crate) label: Texts,
    pub(crate) question: Texts,
    pub(crate) why: Texts,
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub name: String,
    pub ty: Type,
    /// By the day from which they hold; `None` is none at all.
    pub versions: Vec<(i32, Option<Value>)>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub name: String,
    pub ty: Type,
    pub keys: Vec<(String, Type)>,
    /// By the day from which they hold.
    pub versions: Vec<(i32, crate::table::Cells)>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub name: String,
    pub scope: Scope,
    pub ty: Type,
    /// By the day from which they hold.
    pub variants: Vec<(i32, NodeId)>,
    pub label: Texts,
    pub origin: Origin,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub name: String,
    pub arguments: Vec<(String, Type)>,
    pub ty: Type,
    pub variants: Vec<(i32, NodeId)>,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub(crate) struct Required {
    pub text: Texts,
    /// The hidden definition that holds the condition.
    pub definition: u32,
    pub articles: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    /// The hidden definition of the day, where the rule says it.
    pub day: Option<u32>,
    pub text: Texts,
}

/// A benefit.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its name in rules, which identifies it.
    pub name: String,
    pub(crate) scope: Scope,
    pub(crate) title: Texts,
    pub(crate) summary: Texts,
    pub(crate) kind: Option<String>,
    pub(crate) requires: Vec<Required>,
    /// The hidden definition: all that is required.
    pub(crate) eligible: u32,
    /// The hidden definition: the amount for whoever is eligible.
    pub(crate) amount: Option<u32>,
    /// The hidden definition: the amount, 0 for whoever is not eligible.
    pub(crate) granted: Option<u32>,
    pub(crate) prose: Texts,
    pub(crate) payment: Vec<u8>,
    pub(crate) excludes: Vec<u32>,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) documents: Vec<Texts>,
    pub(crate) counter: Texts,
    pub(crate) apply: Option<String>,
    pub(crate) events: Vec<String>,
    pub(crate) origin: Origin,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Name {
    Fact(u32),
    Parameter(u32),
    Table(u32),
    Definition(u32),
    Function(u32),
    Program(u32),
}

/// The texts that rules and facts name, by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextList {
    numbers: HashMap<Arc<str>, u32>,
    words: Vec<Arc<str>>,
}

impl TextList {
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let text = Arc::<str>::from(text);
        self.words.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub fn word(&self, number: u32) -> Option<&str> {
        self.words.get(number as usize).map(|word| &**word)
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }
}

/// Rule files, checked and compiled: made once, asked as often as one likes.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    pub(crate) files: Vec<String>,
    pub(crate) texts: TextList,
    /// Every choice.
    pub choices: Vec<Choice>,
    /// Every fact that programs may ask for.
    pub facts: Vec<Fact>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) tables: Vec<Table>,
    pub(crate) definitions: Vec<Definition>,
    pub(crate) functions: Vec<Function>,
    /// Every program.
    pub programs: Vec<Program>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) descriptions: OnceLock<Vec<Description>>,
    pub(crate) names: HashMap<String, Name>,
    pub(crate) fact_layout: Layout,
    pub(crate) definition_layout: Layout,
}

impl Rules {
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The fact of this name.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        match self.names.get(name) {
            Some(Name::Fact(id)) => self.facts.get(*id as usize),
            _ => None,
        }
    }

    /// The program of this name.
    pub fn program(&self, name: &str) -> Option<&Program> {
        match self.names.get(name) {
            Some(Name::Program(id)) => self.programs.get(*id as usize),
            _ => None,
        }
    }
}
