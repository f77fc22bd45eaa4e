//! Expressions: names are found, types and units fitted.

use super::types::{product, quotient};
use super::{Compiler, limits};
use crate::number::{Interval, Ratio};
use crate::problem::{Outcome, Place, fault};
use crate::rules::{Compare, Name, NodeId, Op, Type};
use crate::syntax::{Binary, Expr, Kind, Over, Scope};
use crate::unit::Unit;
use crate::value::{Days, NOBODY, Truth, Value};

/// What may be named where an expression stands.
#[derive(Clone, Debug)]
pub(super) struct Scoped<'e> {
    /// People bound so far, outermost first; `self` in a person's definition.
    pub people: Vec<&'e str>,
    /// Whether `self` is bound.
    pub own: bool,
    pub arguments: Vec<(&'e str, Type)>,
    /// Nothing but literals.
    pub constant: bool,
}

impl<'e> Scoped<'e> {
    pub fn of(scope: Scope) -> Self {
        let own = scope == Scope::Person;
        let people = if own { vec!["self"] } else { vec![] };
        Self { people, own, arguments: vec![], constant: false }
    }

    pub fn function(arguments: Vec<(&'e str, Type)>) -> Self {
        Self { people: vec![], own: false, arguments, constant: false }
    }

    pub fn constant() -> Self {
        Self { people: vec![], own: false, arguments: vec![], constant: true }
    }

    fn level(&self, name: &str) -> Option<u8> {
        self.people.iter().rposition(|person| *person == name).and_then(|level| u8::try_from(level).ok())
    }
}

/// How many people may be bound in each other.
pub(crate) const MAX_PEOPLE_BOUND: usize = 6;

/// A compiled expression. A literal 0 fits every unit.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub node: NodeId,
    pub ty: Type,
    pub zero: bool,
}

impl Compiler {
    /// An expression that must be of this type.
    pub(super) fn expr_of(&mut self, expr: &Expr<'_>, ty: Type, scoped: &Scoped<'_>) -> Outcome<NodeId> {
        let typed = self.expr(expr, Some(ty), scoped)?;
        self.fits(typed, ty, expr.place)
    }

    pub(super) fn fits(&mut self, typed: Typed, ty: Type, place: Place) -> Outcome<NodeId> {
        if typed.ty == ty || (typed.zero && matches!(ty, Type::Number(_))) {
            return Ok(typed.node);
        }
        fault(place, format!("this is {}, but {} is expected here", self.say(typed.ty), self.say(ty)))
    }

    /// Both of one type: the type that they share.
    pub(super) fn alike(&self, a: Typed, b: Typed, place: Place) -> Outcome<Type> {
        match (a.ty, b.ty) {
            (x, y) if x == y => Ok(x),
            (Type::Number(_), Type::Number(unit)) if a.zero => Ok(Type::Number(unit)),
            (Type::Number(unit), Type::Number(_)) if b.zero => Ok(Type::Number(unit)),
            (x, y) => fault(place, format!("{} and {} do not go together", self.say(x), self.say(y))),
        }
    }

    pub(super) fn typed(&mut self, op: Op, ty: Type, place: Place) -> Outcome<Typed> {
        Ok(Typed { node: self.node(op, ty, place), ty, zero: false })
    }

    pub(super) fn expr(
        &mut self,
        expr: &Expr<'_>,
        expected: Option<Type>,
        scoped: &Scoped<'_>,
    ) -> Outcome<Typed> {
        if self.inside >= limits::EXPRESSION {
            return fault(expr.place, "this expression is nested too deep");
        }
        self.inside += 1;
        let typed = self.kind(expr, expected, scoped);
        self.inside -= 1;
        typed
    }

    fn kind(&mut self, expr: &Expr<'_>, expected: Option<Type>, scoped: &Scoped<'_>) -> Outcome<Typed> {
        let place = expr.place;
        match &expr.kind {
            Kind::Number(value, unit) => {
                let ty = Type::Number(unit.unwrap_or(Unit::Plain));
                let node = self.node(Op::Constant(Value::Number(Interval::exactly(*value))), ty, place);
                Ok(Typed { node, ty, zero: *value == Ratio::ZERO && unit.is_none() })
            }
            Kind::Date(day) => self.typed(Op::Constant(Value::Date(Days::exactly(*day))), Type::Date, place),
            Kind::Bool(yes) => self.typed(Op::Constant(Value::Bool(Truth::from(*yes))), Type::Bool, place),
            Kind::Text(text) => self.word(text, expected, place),
            Kind::Today if scoped.constant => fault(place, "expected a fixed value here"),
            Kind::Today => self.typed(Op::Today, Type::Date, place),
            Kind::SelfPerson => match scoped.level("self") {
                Some(level) => self.typed(Op::Individual(level), Type::Person, place),
                None => fault(place, "self / 自分 is only known in a person's definition"),
            },
            Kind::Nobody => self.typed(Op::Constant(Value::Person(NOBODY)), Type::Person, place),
            Kind::Name(name) => self.name_of(name, scoped, place),
            Kind::Field(var, name) => self.field(var, name, scoped, place),
            Kind::Binary(op, a, b) => self.binary(*op, a, b, scoped, place),
            Kind::Not(inner) => {
                let inner = self.expr_of(inner, Type::Bool, scoped)?;
                self.typed(Op::Not(inner), Type::Bool, place)
            }
            Kind::Minus(inner) => {
                let typed = self.expr(inner, expected, scoped)?;
                self.number(typed, inner.place)?;
                let node = self.node(Op::Minus(typed.node), typed.ty, place);
                Ok(Typed { node, ..typed })
            }
            Kind::If(condition, yes, no) => {
                let condition = self.expr_of(condition, Type::Bool, scoped)?;
                let a = self.expr(yes, expected, scoped)?;
                let b = self.expr(no, expected.or(Some(a.ty)), scoped)?;
                let ty = self.alike(a, b, place)?;
                let node = self.node(Op::If(condition, a.node, b.node), ty, place);
                Ok(Typed { node, ty, zero: a.zero && b.zero })
            }
            Kind::InWords(x, words) => self.in_words(x, words, scoped, place),
            Kind::InSet(x, set) => {
                let set = self.expr(set, None, scoped)?;
                let member = match set.ty {
                    Type::Set(choice) => Type::Choice(choice),
                    Type::Persons => Type::Person,
                    _ => return fault(place, "after in stands a set: { … } or a fact that is one"),
                };
                let x = self.expr_of(x, member, scoped)?;
                self.typed(Op::Contains(set.node, x), Type::Bool, place)
            }
            Kind::As(inner, word) => {
                let ty = self.type_of(word, place)?;
                let typed = self.expr(inner, None, scoped)?;
                match (typed.ty, ty) {
                    (Type::Number(from), Type::Number(to))
                        if from == Unit::Plain || to == Unit::Plain || from == to =>
                    {
                        Ok(Typed { node: typed.node, ty, zero: false })
                    }
                    _ => fault(place, "as … gives a plain number a unit, or takes a number's unit away"),
                }
            }
            Kind::Builtin(builtin, arguments) => self.builtin(*builtin, arguments, expected, scoped, place),
            Kind::Call(name, arguments) => self.call(name, arguments, None, scoped, place),
            Kind::At(inner, day) => self.at(inner, day, scoped, place),
            Kind::Has(inner) => self.has(inner, scoped, place),
            Kind::Over { over, var, condition, value } => {
                self.over(*over, var, condition.as_deref(), value.as_deref(), scoped, place)
            }
            Kind::Rank { var, condition, by, descending } => {
                if !scoped.own {
                    return fault(place, "a rank is of self, in a person's definition");
                }
                let inner = self.bind(var, scoped, place)?;
                let level = u8::try_from(inner.people.len() - 1).unwrap_or(u8::MAX);
                let condition =
                    condition.as_deref().map(|c| self.expr_of(c, Type::Bool, &inner)).transpose()?;
                let by = self.expr(by, None, &inner)?;
                if !matches!(by.ty, Type::Number(_) | Type::Date) {
                    return fault(place, "people are put in order by a number or a date");
                }
                let op = Op::Rank { level, condition, by: by.node, descending: *descending };
                self.typed(op, super::items::PLAIN, place)
            }
        }
    }

    pub(super) fn number(&self, typed: Typed, place: Place) -> Outcome<Unit> {
        match typed.ty {
            Type::Number(unit) => Ok(unit),
            other => fault(place, format!("a number is expected here, but this is {}", self.say(other))),
        }
    }

    /// A text: a word of the choice that is expected, or a text.
    fn word(&mut self, text: &str, expected: Option<Type>, place: Place) -> Outcome<Typed> {
        if let Some(Type::Choice(choice)) = expected {
            let Some(bit) = self.word_bit(choice, text) else {
                return fault(place, format!("「{text}」 is not one of {}", self.say(Type::Choice(choice))));
            };
            return self.typed(Op::Constant(Value::Choice(bit)), Type::Choice(choice), place);
        }
        let number = self.rules.texts.number(text);
        self.typed(Op::Constant(Value::Text(Some(number))), Type::Text, place)
    }

    fn name_of(&mut self, name: &str, scoped: &Scoped<'_>, place: Place) -> Outcome<Typed> {
        if let Some(position) = scoped.arguments.iter().position(|(n, _)| *n == name) {
            let Some((_, ty)) = scoped.arguments.get(position) else {
                return fault(place, "no such argument");
            };
            return self.typed(Op::Argument(u16::try_from(position).unwrap_or(u16::MAX)), *ty, place);
        }
        if let Some(level) = scoped.level(name) {
            return self.typed(Op::Individual(level), Type::Person, place);
        }
        if scoped.constant {
            return fault(place, "expected a fixed value here; a word of a choice stands in 「…」");
        }
        let level = scoped.level("self").filter(|_| scoped.own);
        self.named(name, level, place)
    }

    fn field(&mut self, var: &str, name: &str, scoped: &Scoped<'_>, place: Place) -> Outcome<Typed> {
        match scoped.level(var) {
            Some(level) => self.named(name, Some(level), place),
            None => fault(place, format!("{var} is none of the people named here")),
        }
    }

    /// What a name stands for; `level` is whose.
    fn named(&mut self, name: &str, level: Option<u8>, place: Place) -> Outcome<Typed> {
        let unowned = |name: &str| -> Outcome<Typed> {
            fault(
                place,
                format!("{name} is a person's: say whose, as in c.{name}, or in a person's definition"),
            )
        };
        match self.find(name) {
            Some(Name::Fact(id)) => {
                let Some(fact) = self.rules.facts.get(id as usize) else {
                    return fault(place, "no such fact");
                };
                let (ty, slot) = (fact.ty, id);
                match (fact.per_person, level) {
                    (false, _) => self.typed(Op::HouseholdFact(slot), ty, place),
                    (true, Some(level)) => self.typed(Op::Fact(slot, level), ty, place),
                    (true, None) => unowned(name),
                }
            }
            Some(Name::Definition(id)) => self.definition_node(id, level, name, place),
            Some(Name::Program(id)) => {
                let granted = self.rules.programs.get(id as usize).and_then(|program| program.granted);
                match granted {
                    Some(granted) => self.definition_node(granted, level, name, place),
                    None => fault(place, format!("the program {name} has no amount to reckon with")),
                }
            }
            Some(Name::Parameter(id)) => {
                let Some(ty) = self.rules.parameters.get(id as usize).map(|p| p.ty) else {
                    return fault(place, "no such parameter");
                };
                self.typed(Op::Parameter(id), ty, place)
            }
            Some(Name::Table(_)) => fault(place, format!("{name} is a table: {name}(key, …)")),
            Some(Name::Function(_)) => fault(place, format!("{name} wants arguments: {name}( … )")),
            None => fault(place, format!("there is no {name}{}", self.similar(name))),
        }
    }

    pub(super) fn definition_node(
        &mut self,
        id: u32,
        level: Option<u8>,
        name: &str,
        place: Place,
    ) -> Outcome<Typed> {
        let Some(definition) = self.rules.definitions.get(id as usize) else {
            return fault(place, "no such name");
        };
        let ty = definition.ty;
        match (definition.scope, level) {
            (Scope::Household, _) => self.typed(Op::HouseholdDefinition(id), ty, place),
            (Scope::Person, Some(level)) => self.typed(Op::Definition(id, level), ty, place),
            (Scope::Person, None) => fault(
                place,
                format!("{name} is a person's: say whose, as in c.{name}, or in a person's definition"),
            ),
        }
    }

    /// A name that may have been meant.
    fn similar(&self, name: &str) -> String {
        // Characters in their places, from the front or from the back: 年令 is nearer to 年齢 than to 学年.
        let alike = |other: &String| {
            let (a, b): (Vec<char>, Vec<char>) = (name.chars().collect(), other.chars().collect());
            let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
            let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
            let longer = a.len().max(b.len());
            let same = (front + back).min(longer);
            (a.len().abs_diff(b.len()) <= 1 && same > 0 && same + 1 >= longer).then_some(same)
        };
        let found = self.rules.names.keys().filter_map(|other| alike(other).map(|same| (same, other)));
        let best = found.max_by(|(x, a), (y, b)| x.cmp(y).then_with(|| b.cmp(a)));
        best.map_or_else(String::new, |(_, other)| format!("; did you mean {other}?"))
    }

    fn binary(
        &mut self,
        op: Binary,
        a: &Expr<'_>,
        b: &Expr<'_>,
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        match op {
            Binary::And | Binary::Or => {
                let left = self.expr_of(a, Type::Bool, scoped)?;
                let right = self.expr_of(b, Type::Bool, scoped)?;
                let op = if op == Binary::And { Op::And(left, right) } else { Op::Or(left, right) };
                self.typed(op, Type::Bool, place)
            }
            Binary::Add | Binary::Sub => {
                let (left, right) = (self.expr(a, None, scoped)?, self.expr(b, None, scoped)?);
                self.number(left, a.place)?;
                self.number(right, b.place)?;
                let ty = self.alike(left, right, place)?;
                let op = if op == Binary::Add {
                    Op::Add(left.node, right.node)
                } else {
                    Op::Sub(left.node, right.node)
                };
                self.typed(op, ty, place)
            }
            Binary::Mul | Binary::Div => {
                let (left, right) = (self.expr(a, None, scoped)?, self.expr(b, None, scoped)?);
                let (x, y) = (self.number(left, a.place)?, self.number(right, b.place)?);
                let unit = if op == Binary::Mul { product(x, y) } else { quotient(x, y) };
                let Some(unit) = unit else {
                    let sign = if op == Binary::Mul { '×' } else { '÷' };
                    return fault(
                        place,
                        format!("{} {sign} {} has no meaning", self.say(left.ty), self.say(right.ty)),
                    );
                };
                let op = if op == Binary::Mul {
                    Op::Mul(left.node, right.node)
                } else {
                    Op::Div(left.node, right.node)
                };
                self.typed(op, Type::Number(unit), place)
            }
            _ => self.comparison(op, a, b, scoped, place),
        }
    }

    fn comparison(
        &mut self,
        op: Binary,
        a: &Expr<'_>,
        b: &Expr<'_>,
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        // A text on one side is a word of whatever the other side is.
        let (left, right) = if matches!(a.kind, Kind::Text(_)) {
            let right = self.expr(b, None, scoped)?;
            (self.expr(a, Some(right.ty), scoped)?, right)
        } else {
            let left = self.expr(a, None, scoped)?;
            (left, self.expr(b, Some(left.ty), scoped)?)
        };
        let ty = self.alike(left, right, place)?;
        let (x, y) = (left.node, right.node);
        let compare = match (op, ty) {
            (Binary::Eq, Type::Number(_)) => Op::Numbers(Compare::Same, x, y),
            (Binary::Lt, Type::Number(_)) => Op::Numbers(Compare::Less, x, y),
            (Binary::Le, Type::Number(_)) => Op::Numbers(Compare::AtMost, x, y),
            (Binary::Gt, Type::Number(_)) => Op::Numbers(Compare::Less, y, x),
            (Binary::Ge, Type::Number(_)) => Op::Numbers(Compare::AtMost, y, x),
            (Binary::Eq, Type::Date) => Op::Dates(Compare::Same, x, y),
            (Binary::Lt, Type::Date) => Op::Dates(Compare::Less, x, y),
            (Binary::Le, Type::Date) => Op::Dates(Compare::AtMost, x, y),
            (Binary::Gt, Type::Date) => Op::Dates(Compare::Less, y, x),
            (Binary::Ge, Type::Date) => Op::Dates(Compare::AtMost, y, x),
            (Binary::Ne, Type::Number(_)) => {
                Op::Not(self.node(Op::Numbers(Compare::Same, x, y), Type::Bool, place))
            }
            (Binary::Ne, Type::Date) => Op::Not(self.node(Op::Dates(Compare::Same, x, y), Type::Bool, place)),
            (_, Type::Set(_) | Type::Persons) => return fault(place, "sets are not compared; ask with in"),
            (Binary::Eq, _) => Op::Same(x, y),
            (Binary::Ne, _) => Op::Not(self.node(Op::Same(x, y), Type::Bool, place)),
            _ => return fault(place, format!("{} has no order: only = and ≠", self.say(ty))),
        };
        self.typed(compare, Type::Bool, place)
    }

    fn in_words(
        &mut self,
        x: &Expr<'_>,
        words: &[Expr<'_>],
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        let x = self.expr(x, None, scoped)?;
        let mut bits = 0u64;
        let mut texts = Vec::new();
        let mut either: Option<NodeId> = None;
        for word in words {
            match (x.ty, &word.kind) {
                (Type::Choice(choice), Kind::Text(text)) => match self.word_bit(choice, text) {
                    Some(bit) => bits |= bit,
                    None => return fault(word.place, format!("「{text}」 is not one of {}", self.say(x.ty))),
                },
                (Type::Text, Kind::Text(text)) => texts.push(self.rules.texts.number(text)),
                (Type::Number(_), _) => {
                    let y = self.expr(word, None, scoped)?;
                    self.alike(x, y, word.place)?;
                    let same = self.node(Op::Numbers(Compare::Same, x.node, y.node), Type::Bool, place);
                    either = Some(match either {
                        Some(before) => self.node(Op::Or(before, same), Type::Bool, place),
                        None => same,
                    });
                }
                _ => return fault(word.place, "expected words in 「…」, or numbers"),
            }
        }
        let op = match x.ty {
            Type::Choice(_) => Op::OneOf(x.node, bits),
            Type::Text => Op::TextIn(x.node, texts.into()),
            _ => match either {
                Some(node) => return Ok(Typed { node, ty: Type::Bool, zero: false }),
                None => Op::Constant(Value::Bool(Truth::No)),
            },
        };
        self.typed(op, Type::Bool, place)
    }

    /// The names inside an expression over people: one more is bound.
    fn bind<'e>(&self, var: &'e str, scoped: &Scoped<'e>, place: Place) -> Outcome<Scoped<'e>> {
        if scoped.constant {
            return fault(place, "expected a fixed value here");
        }
        if scoped.people.len() >= MAX_PEOPLE_BOUND {
            return fault(place, format!("people are bound {MAX_PEOPLE_BOUND} deep at most"));
        }
        if scoped.level(var).is_some() || self.rules.names.contains_key(var) {
            return fault(place, format!("{var} already names something else here"));
        }
        let mut inner = scoped.clone();
        inner.people.push(var);
        Ok(inner)
    }

    fn over(
        &mut self,
        over: Over,
        var: &str,
        condition: Option<&Expr<'_>>,
        value: Option<&Expr<'_>>,
        scoped: &Scoped<'_>,
        place: Place,
    ) -> Outcome<Typed> {
        let inner = self.bind(var, scoped, place)?;
        let level = u8::try_from(inner.people.len() - 1).unwrap_or(u8::MAX);
        let condition = condition.map(|c| self.expr_of(c, Type::Bool, &inner)).transpose()?;
        let (value, ty) = match (over, value) {
            (Over::Count, _) => (None, Type::Number(Unit::People)),
            (Over::Any, _) => (None, Type::Bool),
            (Over::All, Some(value)) => (Some(self.expr_of(value, Type::Bool, &inner)?), Type::Bool),
            (_, Some(value)) => {
                let typed = self.expr(value, None, &inner)?;
                self.number(typed, value.place)?;
                (Some(typed.node), typed.ty)
            }
            (_, None) => return fault(place, "a value for each of the people is missing"),
        };
        self.typed(Op::Over { over, level, condition, value }, ty, place)
    }
}
