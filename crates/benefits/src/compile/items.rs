//! Declaring every name, then giving each its value or formula.

use super::Compiler;
use super::expr::Scoped;
use crate::problem::{Outcome, Place, fault};
use crate::rules::{Definition, Fact, Function, Name, NodeId, Op, Parameter, Table, Type};
use crate::syntax::{Body, DefineItem, Expr, FactItem, Item, Named, ParameterItem, Scope};
use crate::unit::Unit;
use crate::value::{Days, Value};
use std::mem::take;

impl Compiler {
    /// Makes every name known, so that the order of items does not matter. Texts and sources go over into the rules.
    pub(super) fn declare(&mut self, items: &mut [Item<'_>]) {
        self.rules.names.reserve(items.len());
        for item in items {
            let outcome = match item {
                Item::Choice(_) => continue,
                Item::Fact(fact) => self.declare_fact(fact),
                Item::Parameter(item) => self.declare_parameter(item),
                Item::Table(item) => self.declare_table(item),
                Item::Define(item) => self.declare_definition(item),
                Item::Program(item) => self.declare_program(item),
            };
            self.keep(outcome);
        }
    }

    fn name(&mut self, named: &Named<'_>, name: Name) -> Outcome<()> {
        if matches!(name, Name::Function(_) | Name::Table(_)) && crate::parse::expr::is_called(&named.name) {
            return fault(named.place, format!("{}( … ) is something that the language brings", named.name));
        }
        if self.rules.names.contains_key(&*named.name) {
            return fault(named.place, format!("{} is already the name of something else", named.name));
        }
        self.rules.names.insert(named.name.to_string(), name);
        Ok(())
    }

    fn declare_fact(&mut self, item: &mut FactItem<'_>) -> Outcome<()> {
        let ty = self.type_of(&item.ty, item.named.place)?;
        let per_person = item.scope == Scope::Person;
        self.rules.fact_layout.push(per_person);
        let id = self.rules.facts.len() as u32;
        let unknown = self.rules.anything(ty);
        self.rules.facts.push(Fact {
            name: item.named.name.to_string(),
            per_person,
            ty,
            unknown,
            default: None,
            label: take(&mut item.label),
            question: take(&mut item.question),
            why: take(&mut item.why),
        });
        self.name(&item.named, Name::Fact(id))
    }

    fn declare_parameter(&mut self, item: &mut ParameterItem<'_>) -> Outcome<()> {
        let ty = self.type_of(&item.ty, item.named.place)?;
        if item.origin.sources.is_empty() {
            return fault(item.named.place, format!("{} has no source (出典)", item.named.name));
        }
        let id = self.rules.parameters.len() as u32;
        let name = item.named.name.to_string();
        self.rules.parameters.push(Parameter { name, ty, versions: vec![], origin: take(&mut item.origin) });
        self.name(&item.named, Name::Parameter(id))
    }

    fn declare_table(&mut self, item: &mut crate::syntax::TableItem<'_>) -> Outcome<()> {
        let ty = self.type_of(&item.ty, item.named.place)?;
        if !matches!(ty, Type::Number(_)) {
            return fault(item.named.place, "the values of a table are numbers");
        }
        if item.origin.sources.is_empty() {
            return fault(item.named.place, format!("{} has no source (出典)", item.named.name));
        }
        if item.keys.is_empty() || item.keys.len() > crate::table::MAX_KEYS {
            return fault(item.named.place, format!("a table has from 1 to {} keys", crate::table::MAX_KEYS));
        }
        let mut keys = Vec::new();
        for (named, word) in &item.keys {
            let ty = self.type_of(word, named.place)?;
            if !matches!(ty, Type::Number(_) | Type::Choice(_) | Type::Text | Type::Bool) {
                return fault(named.place, "a table's key is a number, a choice, a text or 真偽");
            }
            keys.push((named.name.to_string(), ty));
        }
        let id = self.rules.tables.len() as u32;
        let name = item.named.name.to_string();
        self.rules.tables.push(Table { name, ty, keys, versions: vec![], origin: take(&mut item.origin) });
        self.name(&item.named, Name::Table(id))
    }

    fn declare_definition(&mut self, item: &mut DefineItem<'_>) -> Outcome<()> {
        let ty = self.type_of(&item.ty, item.named.place)?;
        if let Some(scope) = item.scope {
            let id = self.definition(&item.named.name, scope, ty, item.named.place);
            if let Some(definition) = self.rules.definitions.get_mut(id as usize) {
                definition.label = take(&mut item.label);
                definition.origin = take(&mut item.origin);
            }
            return self.name(&item.named, Name::Definition(id));
        }
        if item.arguments.len() > crate::evaluate::MAX_ARGUMENTS {
            return fault(
                item.named.place,
                format!("a function has {} arguments at most", crate::evaluate::MAX_ARGUMENTS),
            );
        }
        let mut arguments = Vec::new();
        for (named, word) in &item.arguments {
            arguments.push((named.name.to_string(), self.type_of(word, named.place)?));
        }
        let id = self.rules.functions.len() as u32;
        let (name, place) = (item.named.name.to_string(), item.named.place);
        self.rules.functions.push(Function { name, arguments, ty, variants: vec![], place });
        self.name(&item.named, Name::Function(id))
    }

    /// Adds a definition that has no formula yet.
    pub(super) fn definition(&mut self, name: &str, scope: Scope, ty: Type, place: Place) -> u32 {
        self.rules.definition_layout.push(scope == Scope::Person);
        let id = self.rules.definitions.len() as u32;
        self.rules.definitions.push(Definition {
            name: name.to_owned(),
            scope,
            ty,
            variants: vec![],
            label: vec![],
            origin: Default::default(),
            place,
        });
        id
    }

    /// Values, defaults and formulas.
    pub(super) fn formulas(&mut self, items: &[Item<'_>]) {
        for item in items {
            let outcome = match item {
                Item::Choice(_) | Item::Table(_) => continue,
                Item::Fact(item) => self.fact(item),
                Item::Parameter(item) => self.parameter(item),
                Item::Define(item) => self.define(item),
                Item::Program(item) => self.program(item),
            };
            self.keep(outcome);
        }
    }

    fn constant(&mut self, expr: &Expr<'_>, ty: Type) -> Outcome<Value> {
        let node = self.expr_of(expr, ty, &Scoped::constant())?;
        match self.rules.node(node).map(|node| &node.op) {
            Some(Op::Constant(value)) => Ok(*value),
            // `0.5 × 100円` and `-1` are constants too.
            Some(_) => match crate::evaluate::constant(&self.rules, node) {
                Some(value) => Ok(value),
                None => fault(expr.place, "expected a fixed value here, not a formula"),
            },
            None => fault(expr.place, "expected a fixed value here"),
        }
    }

    fn fact(&mut self, item: &FactItem<'_>) -> Outcome<()> {
        let Some(Name::Fact(id)) = self.find(&item.named.name) else { return Ok(()) };
        let Some(ty) = self.rules.facts.get(id as usize).map(|fact| fact.ty) else { return Ok(()) };
        let default = item.default.as_ref().map(|expr| self.constant(expr, ty)).transpose()?;
        let mut unknown = None;
        if let Some((low, high)) = &item.range {
            let low = low.as_ref().map(|expr| self.constant(expr, ty)).transpose()?;
            let high = high.as_ref().map(|expr| self.constant(expr, ty)).transpose()?;
            unknown = Some(match (self.rules.anything(ty), low, high) {
                (Value::Number(mut any), low, high) => {
                    if let Some(Value::Number(low)) = low {
                        any.low = low.low;
                    }
                    if let Some(Value::Number(high)) = high {
                        any.high = high.high;
                    }
                    if any.low > any.high {
                        return fault(item.named.place, "the range ends before it begins");
                    }
                    Value::Number(any)
                }
                (Value::Date(any), low, high) => {
                    let day = |value: Option<Value>, or: i32| match value {
                        Some(Value::Date(day)) => day.first,
                        _ => or,
                    };
                    let range = Days { first: day(low, any.first), last: day(high, any.last) };
                    if range.first > range.last {
                        return fault(item.named.place, "the range ends before it begins");
                    }
                    Value::Date(range)
                }
                _ => return fault(item.named.place, "only a number or a date has a range"),
            });
        }
        if let Some(fact) = self.rules.facts.get_mut(id as usize) {
            fact.default = default;
            fact.unknown = unknown.unwrap_or(fact.unknown);
        }
        Ok(())
    }

    fn parameter(&mut self, item: &ParameterItem<'_>) -> Outcome<()> {
        let Some(Name::Parameter(id)) = self.find(&item.named.name) else { return Ok(()) };
        let Some(ty) = self.rules.parameters.get(id as usize).map(|p| p.ty) else { return Ok(()) };
        let mut versions: Vec<(i32, Option<Value>)> = Vec::new();
        for (place, from, value) in &item.versions {
            let from = in_order(*place, *from, versions.last().map(|v| v.0))?;
            let value = value.as_ref().map(|expr| self.constant(expr, ty)).transpose()?;
            versions.push((from, value));
        }
        if let Some(parameter) = self.rules.parameters.get_mut(id as usize) {
            parameter.versions = versions;
        }
        Ok(())
    }

    fn define(&mut self, item: &DefineItem<'_>) -> Outcome<()> {
        let name = self.find(&item.named.name);
        let (ty, scoped) = match name {
            Some(Name::Definition(id)) => {
                let Some(definition) = self.rules.definitions.get(id as usize) else { return Ok(()) };
                (definition.ty, Scoped::of(definition.scope))
            }
            Some(Name::Function(id)) => {
                let Some(function) = self.rules.functions.get(id as usize) else { return Ok(()) };
                let names = item.arguments.iter().map(|(named, _)| &*named.name);
                let types = function.arguments.iter().map(|(_, ty)| *ty);
                (function.ty, Scoped::function(names.zip(types).collect()))
            }
            _ => return Ok(()),
        };
        let variants = self.variants(&item.variants, ty, &scoped)?;
        match name {
            Some(Name::Definition(id)) => {
                if let Some(definition) = self.rules.definitions.get_mut(id as usize) {
                    definition.variants = variants;
                }
            }
            Some(Name::Function(id)) => {
                if let Some(function) = self.rules.functions.get_mut(id as usize) {
                    function.variants = variants;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn variants(
        &mut self,
        written: &[(Place, Option<i32>, Body<'_>)],
        ty: Type,
        scoped: &Scoped<'_>,
    ) -> Outcome<Vec<(i32, NodeId)>> {
        let mut variants: Vec<(i32, NodeId)> = Vec::new();
        for (place, from, body) in written {
            let from = in_order(*place, *from, variants.last().map(|v| v.0))?;
            variants.push((from, self.body(body, ty, scoped)?));
        }
        Ok(variants)
    }

    /// A formula of a type: an expression, or cases that leave nothing out.
    pub(super) fn body(&mut self, body: &Body<'_>, ty: Type, scoped: &Scoped<'_>) -> Outcome<NodeId> {
        match body {
            Body::Expr(expr) => self.expr_of(expr, ty, scoped),
            Body::Cases { branches, otherwise, place } => {
                let mut compiled = Vec::new();
                for (condition, value) in branches {
                    let condition = self.expr_of(condition, Type::Bool, scoped)?;
                    compiled.push((condition, self.expr_of(value, ty, scoped)?));
                }
                let otherwise = otherwise.as_ref().map(|expr| self.expr_of(expr, ty, scoped)).transpose()?;
                self.cover(&compiled, otherwise, *place)?;
                Ok(self.node(Op::Cases(compiled.into(), otherwise), ty, *place))
            }
        }
    }
}

/// Dated values follow each other; the first may hold since ever.
pub(super) fn in_order(place: Place, from: Option<i32>, before: Option<i32>) -> Outcome<i32> {
    match (from, before) {
        (None, Some(_)) => fault(place, "two values without a date overlap"),
        (Some(from), Some(before)) if from <= before => {
            fault(place, "dates go from the earliest to the latest; this one overlaps the one before")
        }
        (from, _) => Ok(from.unwrap_or(i32::MIN)),
    }
}

/// Plain numbers.
pub(super) const PLAIN: Type = Type::Number(Unit::Plain);
