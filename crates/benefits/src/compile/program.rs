//! Programs: each requirement and the amount become definitions of their own, so that they are reckoned once and explained.

use super::Compiler;
use super::expr::Scoped;
use crate::problem::{Outcome, fault};
use crate::rules::{Deadline, Name, NodeId, Op, Program, Required, Type};
use crate::syntax::{AmountClause, Body, Expr, ProgramItem, Scope};
use crate::unit::Unit;
use crate::value::{Truth, Value};
use std::mem::take;

impl Compiler {
    pub(super) fn declare_program(&mut self, item: &mut ProgramItem<'_>) -> Outcome<()> {
        let (place, name) = (item.named.place, &*item.named.name);
        if item.origin.sources.is_empty() {
            return fault(place, format!("the program {name} has no source (出典)"));
        }
        if item.title.is_empty() {
            return fault(place, format!("the program {name} has no title (名称)"));
        }
        if self.rules.names.contains_key(name) {
            return fault(place, format!("{name} is already the name of something else"));
        }
        let formula = matches!(item.amount, Some((_, AmountClause::Formula(_))));
        if formula != item.ty.is_some() {
            return fault(place, "a program with an amount says in what: program household 児童手当 : 円/月");
        }
        let ty = item.ty.as_ref().map(|word| self.type_of(word, place)).transpose()?;
        if ty.is_some_and(|ty| {
            !matches!(ty, Type::Number(Unit::Yen | Unit::YenPerDay | Unit::YenPerMonth | Unit::YenPerYear))
        }) {
            return fault(place, "an amount is in 円, 円/日, 円/月 or 円/年");
        }
        let requires = item
            .requires
            .iter_mut()
            .zip(1..)
            .map(|(required, number)| Required {
                text: take(&mut required.text),
                definition: self.definition(
                    &format!("{name}/要件{number}"),
                    item.scope,
                    Type::Bool,
                    required.place,
                ),
                articles: take(&mut required.articles),
            })
            .collect();
        let eligible = self.definition(&format!("{name}/受けられる"), item.scope, Type::Bool, place);
        let amount = ty.map(|ty| self.definition(&format!("{name}/額"), item.scope, ty, place));
        let granted = ty.map(|ty| self.definition(&format!("{name}/支給額"), item.scope, ty, place));
        let deadlines =
            item.deadline
                .iter_mut()
                .zip(1..)
                .map(|(deadline, number)| Deadline {
                    day: deadline.after.as_ref().map(|_| {
                        self.definition(&format!("{name}/期限{number}"), item.scope, Type::Date, place)
                    }),
                    text: take(&mut deadline.text),
                })
                .collect();
        let prose = match &mut item.amount {
            Some((_, AmountClause::Prose(texts))) => take(texts),
            _ => vec![],
        };
        let id = self.rules.programs.len() as u32;
        self.rules.programs.push(Program {
            name: name.to_owned(),
            scope: item.scope,
            title: take(&mut item.title),
            summary: take(&mut item.summary),
            kind: take(&mut item.kind),
            requires,
            eligible,
            amount,
            granted,
            prose,
            payment: take(&mut item.payment),
            excludes: vec![],
            deadlines,
            documents: take(&mut item.documents),
            counter: take(&mut item.counter),
            apply: take(&mut item.apply),
            events: take(&mut item.events),
            origin: take(&mut item.origin),
        });
        self.rules.names.insert(name.to_owned(), Name::Program(id));
        Ok(())
    }

    pub(super) fn program(&mut self, item: &ProgramItem<'_>) -> Outcome<()> {
        let Some(Name::Program(id)) = self.find(&item.named.name) else { return Ok(()) };
        let Some(program) = self.rules.programs.get(id as usize) else { return Ok(()) };
        let (eligible, amount, granted) = (program.eligible, program.amount, program.granted);
        let requires: Vec<u32> = program.requires.iter().map(|required| required.definition).collect();
        let deadlines: Vec<Option<u32>> = program.deadlines.iter().map(|deadline| deadline.day).collect();
        let place = item.named.place;
        let mut excludes = Vec::new();
        for named in &item.excludes {
            match self.find(&named.name) {
                Some(Name::Program(other)) => excludes.push(other),
                _ => {
                    let outcome: Outcome<()> =
                        fault(named.place, format!("there is no program {}", named.name));
                    self.keep(outcome);
                }
            }
        }
        if let Some(program) = self.rules.programs.get_mut(id as usize) {
            program.excludes = excludes;
        }
        let scoped = Scoped::of(item.scope);
        let mut all: Option<NodeId> = None;
        for (required, written) in requires.iter().zip(&item.requires) {
            let outcome = self.expr_of(&written.condition, Type::Bool, &scoped);
            let Some(node) = self.keep(outcome) else { continue };
            self.give(*required, node);
            let own = self.own(*required, item.scope, Type::Bool, place);
            all = Some(match all {
                Some(before) => self.node(Op::And(before, own), Type::Bool, place),
                None => own,
            });
        }
        let all = all.unwrap_or_else(|| self.node(Op::Constant(Value::Bool(Truth::Yes)), Type::Bool, place));
        self.give(eligible, all);
        if let (Some(amount), Some(granted), Some((at, AmountClause::Formula(formula)))) =
            (amount, granted, &item.amount)
        {
            self.amount(amount, granted, eligible, formula, item, *at)?;
        }
        for (day, written) in deadlines.iter().zip(&item.deadline) {
            let (Some(definition), Some((time, from))) = (*day, &written.after) else { continue };
            let node = self.deadline(time, from, &scoped)?;
            self.give(definition, node);
        }
        Ok(())
    }

    fn amount(
        &mut self,
        amount: u32,
        granted: u32,
        eligible: u32,
        formula: &Body<'_>,
        item: &ProgramItem<'_>,
        place: crate::problem::Place,
    ) -> Outcome<()> {
        let Some(ty) = self.rules.definitions.get(amount as usize).map(|d| d.ty) else { return Ok(()) };
        let node = self.body(formula, ty, &Scoped::of(item.scope))?;
        self.give(amount, node);
        let condition = self.own(eligible, item.scope, Type::Bool, place);
        let yes = self.own(amount, item.scope, ty, place);
        let zero = self.node(Op::Constant(Value::Number(crate::number::Interval::ZERO)), ty, place);
        let node = self.node(Op::If(condition, yes, zero), ty, place);
        self.give(granted, node);
        Ok(())
    }

    /// `15日 after 出生日`.
    fn deadline(&mut self, time: &Expr<'_>, day: &Expr<'_>, scoped: &Scoped<'_>) -> Outcome<NodeId> {
        let length = self.expr(time, None, scoped)?;
        let from = self.expr_of(day, Type::Date, scoped)?;
        let function = match length.ty {
            Type::Number(Unit::Days) => crate::syntax::DateFn::AddDays,
            Type::Number(Unit::Months) => crate::syntax::DateFn::AddMonths,
            Type::Number(Unit::Years) => crate::syntax::DateFn::AddYears,
            _ => return fault(time.place, "a deadline is so many 日, か月 or 歳 (years) after a day"),
        };
        Ok(self.node(Op::Days(function, from, Some(length.node), None), Type::Date, time.place))
    }

    fn own(&mut self, definition: u32, scope: Scope, ty: Type, place: crate::problem::Place) -> NodeId {
        let op = match scope {
            Scope::Person => Op::Definition(definition, 0),
            Scope::Household => Op::HouseholdDefinition(definition),
        };
        self.node(op, ty, place)
    }

    fn give(&mut self, definition: u32, node: NodeId) {
        if let Some(definition) = self.rules.definitions.get_mut(definition as usize) {
            definition.variants = vec![(i32::MIN, node)];
        }
    }
}
