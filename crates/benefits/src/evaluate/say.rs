//! Asking for values by name, and telling them in words.

use super::{Evaluation, Note};
use crate::calendar;
use crate::rules::{Name, Rules, Type};
use crate::syntax::Scope;
use crate::value::{NOBODY, Truth, Value};

impl Rules {
    /// What the thing of this name is: a fact, a definition or a parameter.
    pub fn type_of_name(&self, name: &str) -> Option<Type> {
        match self.names.get(name)? {
            Name::Fact(id) => self.facts.get(*id as usize).map(|f| f.ty),
            Name::Definition(id) => self.definitions.get(*id as usize).map(|d| d.ty),
            Name::Parameter(id) => self.parameters.get(*id as usize).map(|p| p.ty),
            _ => None,
        }
    }

    /// Whether the fact or definition of this name is a person's; `None`: there is none of that name.
    pub fn scope_of(&self, name: &str) -> Option<bool> {
        match self.names.get(name)? {
            Name::Fact(id) => self.facts.get(*id as usize).map(|f| f.per_person),
            Name::Definition(id) => self.definitions.get(*id as usize).map(|d| d.scope == Scope::Person),
            Name::Program(id) => self.programs.get(*id as usize).map(|p| p.scope == Scope::Person),
            _ => None,
        }
    }

    /// The names of all definitions, those of programs among them.
    pub fn definition_names(&self) -> impl Iterator<Item = &str> {
        self.definitions.iter().map(|definition| definition.name.as_str())
    }

    /// A value in words: `48050`, `1000..2000`, `一級`, `yes`, `?`.
    pub fn say(&self, ty: Type, value: &Value) -> String {
        match value {
            Value::Number(n) => match n.known() {
                Some(n) => n.to_string(),
                None => format!("{}..{}", n.low, n.high),
            },
            Value::Date(d) => match d.known() {
                Some(day) => calendar::format(day),
                None => format!("{}..{}", calendar::format(d.first), calendar::format(d.last)),
            },
            Value::Bool(Truth::Yes) => "yes".into(),
            Value::Bool(Truth::No) => "no".into(),
            Value::Bool(Truth::Unknown) | Value::Text(None) => "?".into(),
            Value::Text(Some(text)) => self.texts.word(*text).unwrap_or_default().to_owned(),
            Value::Choice(bits) => match ty {
                Type::Choice(choice) => {
                    let words = self.choices.get(usize::from(choice)).map_or(&[][..], |c| c.words.as_slice());
                    let possible = words.iter().enumerate().filter(|(n, _)| bits & super::bit(*n) != 0);
                    possible.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join("|")
                }
                _ => String::new(),
            },
            Value::Set(members) => format!("{:b}..{:b}", members.must, members.may),
            Value::Person(NOBODY) => "nobody".into(),
            Value::Person(bits) => format!("{bits:b}"),
        }
    }
}

impl Rules {
    /// What was noticed, in words for whoever writes rules.
    pub fn say_note(&self, note: Note) -> String {
        let table = |id: u32| self.tables.get(id as usize).map_or("", |t| t.name.as_str());
        match note {
            Note::NoFigure(id) => {
                let name = self.parameters.get(id as usize).map_or("", |p| p.name.as_str());
                format!("{name} has no figure for this day")
            }
            Note::NoTable(id) => format!("the table {} has no rows for this day", table(id)),
            Note::NoFormula(id) => {
                let name = self.definitions.get(id as usize).map_or("", |d| d.name.as_str());
                format!("{name} has no formula for this day")
            }
            Note::NoFunction(id) => {
                let name = self.functions.get(id as usize).map_or("", |f| f.name.as_str());
                format!("{name}( … ) has no formula for this day")
            }
            Note::NoRow(id) => format!("the table {} has no row for this", table(id)),
            Note::RestRow(id) => format!("the table {} took its row for the rest", table(id)),
        }
    }
}

impl Evaluation<'_> {
    /// The value of a fact, a definition or a program's amount; `person` as they were entered.
    pub fn value_of(&mut self, name: &str, person: Option<usize>) -> Option<Value> {
        let place = person.map_or(0, |p| self.order.get(p).copied().unwrap_or(p));
        match self.rules.names.get(name)? {
            Name::Fact(id) => Some(self.fact(*id, place)),
            Name::Definition(id) => Some(self.definition(*id, place)),
            Name::Program(id) => {
                let granted = self.rules.programs.get(*id as usize)?.granted?;
                Some(self.definition(granted, place))
            }
            _ => None,
        }
    }

    /// Whether the people stand in the order in which they were entered.
    pub fn order_as_entered(&self) -> bool {
        self.order.iter().enumerate().all(|(entered, place)| entered == *place)
    }

    /// A value of something, in words.
    pub fn say(&self, name: &str, value: &Value) -> String {
        let ty = self.rules.type_of_name(name).unwrap_or(Type::Bool);
        self.rules.say(ty, value)
    }

    /// What was noticed, in words for whoever writes rules.
    pub fn describe_notes(&self) -> Vec<String> {
        self.notes.iter().map(|note| self.rules.say_note(*note)).collect()
    }
}
