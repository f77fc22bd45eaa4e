//! Calls: what the language brings, look-ups in tables, functions.

use super::Compiler;
use super::expr::{Scoped, Typed};
use super::items::PLAIN;
use crate::number::Ratio;
use crate::problem::{Outcome, Place, fault};
use crate::rules::{Name, NodeId, Op, Type};
use crate::syntax::{Builtin, DateFn, Expr, Kind};
use crate::table::MAX_KEYS;
use crate::unit::Unit;
use crate::value::Value;
use smallvec::SmallVec;

const YEARS: Type = Type::Number(Unit::Years);

impl Compiler {
    pub(super) fn builtin(
        &mut self,
        builtin: Builtin,
        arguments: &[Expr<'_>],
        expected: Option<Type>,
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        match builtin {
            Builtin::Min | Builtin::Max => {
                // `max(1,200)` is one number: whoever wrote it meant two.
                let ([first, rest @ ..], true) = (arguments, arguments.len() > 1) else {
                    return fault(place, "min and max want at least two values");
                };
                let mut all = self.expr(first, expected, scoped)?;
                self.number(all, first.place)?;
                for argument in rest {
                    let next = self.expr(argument, expected, scoped)?;
                    let ty = self.alike(all, next, argument.place)?;
                    let op = if builtin == Builtin::Min {
                        Op::Min(all.node, next.node)
                    } else {
                        Op::Max(all.node, next.node)
                    };
                    all = Typed { node: self.node(op, ty, place), ty, zero: false };
                }
                Ok(all)
            }
            Builtin::Clamp => {
                let [x, low, high] = self.exactly(arguments, place)?;
                let (x, low, high) = (
                    self.expr(x, expected, scoped)?,
                    self.expr(low, expected, scoped)?,
                    self.expr(high, expected, scoped)?,
                );
                let ty = self.alike(x, low, place)?;
                self.number(x, place)?;
                let at_least = self.node(Op::Max(x.node, low.node), ty, place);
                let ty = self.alike(Typed { node: at_least, ty, zero: false }, high, place)?;
                self.typed(Op::Min(at_least, high.node), ty, place)
            }
            Builtin::Abs => {
                let [x] = self.exactly(arguments, place)?;
                let x = self.expr(x, expected, scoped)?;
                self.number(x, place)?;
                self.typed(Op::Abs(x.node), x.ty, place)
            }
            Builtin::Round(mode) => {
                let (x, to) = match arguments {
                    [x] => (x, None),
                    [x, to] => (x, Some(to)),
                    _ => return fault(place, "rounding wants a value and, if not 1, the unit to round to"),
                };
                let typed = self.expr(x, expected, scoped)?;
                self.number(typed, x.place)?;
                let mut step = Ratio::ONE;
                if let Some(to) = to {
                    let unit = self.expr(to, None, &Scoped::constant())?;
                    // A plain number rounds in whatever unit the value has.
                    if unit.ty != PLAIN {
                        self.alike(typed, unit, to.place)?;
                    }
                    match self.rules.node(unit.node).map(|node| &node.op) {
                        Some(Op::Constant(Value::Number(n))) if n.low > Ratio::ZERO => step = n.low,
                        _ => {
                            return fault(
                                to.place,
                                "the unit to round to is a number above 0, such as 10円/月",
                            );
                        }
                    }
                }
                self.typed(Op::Round(mode, step, typed.node), typed.ty, place)
            }
            Builtin::Yearly | Builtin::Monthly => {
                let [x] = self.exactly(arguments, place)?;
                let typed = self.expr(x, None, scoped)?;
                let twelve =
                    self.node(Op::Constant(Value::Number(crate::number::Interval::whole(12))), PLAIN, place);
                match (builtin, typed.ty) {
                    (Builtin::Yearly, Type::Number(Unit::YenPerMonth)) => {
                        self.typed(Op::Mul(typed.node, twelve), Type::Number(Unit::YenPerYear), place)
                    }
                    (Builtin::Monthly, Type::Number(Unit::YenPerYear)) => {
                        self.typed(Op::Div(typed.node, twelve), Type::Number(Unit::YenPerMonth), place)
                    }
                    _ => fault(place, "yearly(…) takes 円/月, monthly(…) takes 円/年"),
                }
            }
            Builtin::Size => {
                let [x] = self.exactly(arguments, place)?;
                let typed = self.expr(x, None, scoped)?;
                match typed.ty {
                    Type::Persons => self.typed(Op::Size(typed.node), Type::Number(Unit::People), place),
                    Type::Set(_) => self.typed(Op::Size(typed.node), PLAIN, place),
                    _ => fault(place, "size(…) asks for a set"),
                }
            }
            Builtin::Eligible => self.eligible(arguments, scoped, place),
            Builtin::Days(function) => self.days(function, arguments, scoped, place),
        }
    }

    fn exactly<'a, 's, const N: usize>(
        &self,
        arguments: &'a [Expr<'s>],
        place: Place,
    ) -> Outcome<&'a [Expr<'s>; N]> {
        match arguments.try_into() {
            Ok(all) => Ok(all),
            Err(_) => fault(place, format!("this wants {N} values, not {}", arguments.len())),
        }
    }

    fn eligible(&mut self, arguments: &[Expr<'_>], scoped: &Scoped<'_>, place: Place) -> Outcome<Typed> {
        let [x] = self.exactly(arguments, place)?;
        let (name, level) = match &x.kind {
            Kind::Name(name) => (name, scoped.own.then_some(0)),
            Kind::Field(var, name) => {
                let level = scoped.people.iter().rposition(|p| p == var);
                (name, level.and_then(|level| u8::try_from(level).ok()))
            }
            _ => return fault(place, "eligible(…) asks for a program"),
        };
        match self.find(name) {
            Some(Name::Program(id)) => {
                let eligible = self.rules.programs.get(id as usize).map(|p| p.eligible).unwrap_or_default();
                self.definition_node(eligible, level, name, place)
            }
            _ => fault(place, format!("there is no program {name}")),
        }
    }

    fn days(
        &mut self,
        function: DateFn,
        arguments: &[Expr<'_>],
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        let (date, plain) = (Type::Date, PLAIN);
        let (days, months) = (Type::Number(Unit::Days), Type::Number(Unit::Months));
        let (wanted, result): (&[Type], Type) = match function {
            DateFn::Age => (&[date, date], YEARS),
            DateFn::SchoolYear => (&[date, date], plain),
            DateFn::Attains | DateFn::AddYears => (&[date, YEARS], date),
            DateFn::AddMonths => (&[date, months], date),
            DateFn::AddDays => (&[date, days], date),
            DateFn::FiscalYearEnd => (&[date], date),
            DateFn::FiscalYear | DateFn::Year | DateFn::Month | DateFn::Day => (&[date], plain),
            DateFn::DaysBetween => (&[date, date], days),
            DateFn::MonthsBetween => (&[date, date], months),
            DateFn::Make => (&[plain, plain, plain], date),
        };
        if arguments.len() != wanted.len() {
            return fault(place, format!("this wants {} values, not {}", wanted.len(), arguments.len()));
        }
        let mut nodes: Vec<NodeId> = Vec::new();
        for (argument, ty) in arguments.iter().zip(wanted) {
            let typed = self.expr(argument, Some(*ty), scoped)?;
            // `attains(birth, 18)`, `add_days(d, 14)`: a plain number of years, months or days is plain enough.
            let node = if typed.ty == PLAIN && matches!(ty, Type::Number(_)) {
                typed.node
            } else {
                self.fits(typed, *ty, argument.place)?
            };
            nodes.push(node);
        }
        let mut nodes = nodes.into_iter();
        let Some(first) = nodes.next() else { return fault(place, "this wants a date") };
        self.typed(Op::Days(function, first, nodes.next(), nodes.next()), result, place)
    }

    pub(super) fn call(
        &mut self,
        name: &str,
        arguments: &[Expr<'_>],
        at: Option<NodeId>,
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        match self.find(name) {
            Some(Name::Table(table)) => {
                let (keys, ty) = self.keys(table, name, arguments, scoped, place)?;
                self.typed(Op::Lookup { table, keys, at }, ty, place)
            }
            Some(Name::Function(function)) => {
                let Some(found) = self.rules.functions.get(function as usize) else {
                    return fault(place, "no such function");
                };
                let wanted: SmallVec<[Type; 8]> = found.arguments.iter().map(|(_, ty)| *ty).collect();
                let ty = found.ty;
                if at.is_some() {
                    return fault(place, "at … asks a table or a parameter for the figure of another day");
                }
                if wanted.len() != arguments.len() {
                    return fault(
                        place,
                        format!("{name} wants {} values, not {}", wanted.len(), arguments.len()),
                    );
                }
                let mut nodes = Vec::new();
                for (argument, ty) in arguments.iter().zip(&wanted) {
                    nodes.push(self.expr_of(argument, *ty, scoped)?);
                }
                self.typed(Op::Call { function, arguments: nodes.into() }, ty, place)
            }
            Some(_) => fault(place, format!("{name} is neither a table nor a function")),
            None => fault(place, format!("there is no {name}( … )")),
        }
    }

    fn keys(
        &mut self,
        table: u32,
        name: &str,
        arguments: &[Expr<'_>],
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<(Box<[NodeId]>, Type)> {
        let Some(found) = self.rules.tables.get(table as usize) else { return fault(place, "no such table") };
        let wanted: SmallVec<[Type; MAX_KEYS]> = found.keys.iter().map(|(_, ty)| *ty).collect();
        let ty = found.ty;
        if wanted.len() != arguments.len() {
            return fault(place, format!("{name} has {} keys, not {}", wanted.len(), arguments.len()));
        }
        let mut keys = Vec::new();
        for (argument, ty) in arguments.iter().zip(&wanted) {
            keys.push(self.expr_of(argument, *ty, scoped)?);
        }
        Ok((keys.into(), ty))
    }

    /// `P at D`, `T(…) at D`.
    pub(super) fn at(
        &mut self,
        inner: &Expr<'_>,
        day: &Expr<'_>,
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        let day = self.expr_of(day, Type::Date, scoped)?;
        match &inner.kind {
            Kind::Name(name) => match self.find(name) {
                Some(Name::Parameter(id)) => {
                    let ty = self.rules.parameters.get(id as usize).map_or(PLAIN, |p| p.ty);
                    self.typed(Op::ParameterAt(id, day), ty, place)
                }
                _ => fault(place, "at … asks a table or a parameter for the figure of another day"),
            },
            Kind::Call(name, arguments) => self.call(name, arguments, Some(day), scoped, place),
            _ => fault(place, "at … asks a table or a parameter for the figure of another day"),
        }
    }

    pub(super) fn has(&mut self, inner: &Expr<'_>, scoped: &Scoped<'_>, place: Place) -> Outcome<Typed> {
        let typed = self.expr(inner, None, scoped)?;
        match self.rules.node(typed.node).map(|node| node.op.clone()) {
            Some(Op::Lookup { table, keys, at }) => {
                self.typed(Op::Has { table, keys, at }, Type::Bool, place)
            }
            _ => fault(place, "has(…) asks for one look-up in a table"),
        }
    }
}
