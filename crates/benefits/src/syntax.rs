//! What rule files say, before names and types are looked at.

//!
//! What is looked at and left behind (names, rows) is the file's own text; what rules keep (texts, sources) is copied once and
//! handed on.

use crate::number::{Ratio, Rounding};
use crate::problem::Place;
use crate::text::lines::Row;
use crate::unit::Unit;
use std::borrow::Cow;
use std::sync::Arc;

/// The file's own, unless a name was written in unusual characters.
pub(crate) type Written<'s> = Cow<'s, str>;

/// A name where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Named<'s> {
    pub name: Written<'s>,
    pub place: Place,
}

/// A text in some languages, in the order written.
pub(crate) type Texts = Vec<(Cow<'static, str>, String)>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    Person,
    Household,
}

#[derive(Clone, Debug)]
pub(crate) enum TypeWord<'s> {
    Number,
    Unit(Unit),
    Date,
    Bool,
    Text,
    Person,
    Persons,
    /// A choice by its name.
    Choice(Named<'s>),
    /// A choice written out.
    Words(Vec<Written<'s>>),
    SetOf(Named<'s>),
}

/// Where a thing comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// Shared: most of a file's items have the file's.
    pub sources: Arc<Vec<SourceClause>>,
    pub articles: Vec<String>,
    pub unverified: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct SourceClause {
    pub text: String,
    pub url: Option<String>,
    pub checked: Option<i32>,
}

#[derive(Clone, Debug)]
pub(crate) struct Expr<'s> {
    pub place: Place,
    pub kind: Kind<'s>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    And,
    Or,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Over {
    Count,
    Sum,
    Any,
    All,
    Max,
    Min,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DateFn {
    Age,
    SchoolYear,
    Attains,
    FiscalYearEnd,
    FiscalYear,
    Year,
    Month,
    Day,
    AddYears,
    AddMonths,
    AddDays,
    DaysBetween,
    MonthsBetween,
    Make,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Builtin {
    Min,
    Max,
    Clamp,
    Abs,
    Round(Rounding),
    Days(DateFn),
    Yearly,
    Monthly,
    Eligible,
    Size,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind<'s> {
    Number(Ratio, Option<Unit>),
    Date(i32),
    Text(&'s str),
    Bool(bool),
    Today,
    SelfPerson,
    Nobody,
    Name(Written<'s>),
    /// `c.収入`
    Field(Written<'s>, Written<'s>),
    Binary(Binary, Box<Expr<'s>>, Box<Expr<'s>>),
    Not(Box<Expr<'s>>),
    Minus(Box<Expr<'s>>),
    If(Box<Expr<'s>>, Box<Expr<'s>>, Box<Expr<'s>>),
    /// `x in {…}`
    InWords(Box<Expr<'s>>, Vec<Expr<'s>>),
    /// `x in SET`
    InSet(Box<Expr<'s>>, Box<Expr<'s>>),
    Builtin(Builtin, Vec<Expr<'s>>),
    Call(Written<'s>, Vec<Expr<'s>>),
    /// `P at D`, `T(…) at D`
    At(Box<Expr<'s>>, Box<Expr<'s>>),
    As(Box<Expr<'s>>, TypeWord<'s>),
    Has(Box<Expr<'s>>),
    Over {
        over: Over,
        var: Written<'s>,
        condition: Option<Box<Expr<'s>>>,
        value: Option<Box<Expr<'s>>>,
    },
    Rank {
        var: Written<'s>,
        condition: Option<Box<Expr<'s>>>,
        by: Box<Expr<'s>>,
        descending: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) enum Body<'s> {
    Expr(Expr<'s>),
    Cases { branches: Vec<(Expr<'s>, Expr<'s>)>, otherwise: Option<Expr<'s>>, place: Place },
}

#[derive(Clone, Debug)]
pub(crate) struct FactItem<'s> {
    pub scope: Scope,
    pub named: Named<'s>,
    pub ty: TypeWord<'s>,
    pub range: Option<(Option<Expr<'s>>, Option<Expr<'s>>)>,
    pub default: Option<Expr<'s>>,
    pub label: Texts,
    pub question: Texts,
    pub why: Texts,
}

#[derive(Clone, Debug)]
pub(crate) struct ParameterItem<'s> {
    pub named: Named<'s>,
    pub ty: TypeWord<'s>,
    /// From a day (or ever since), a value; `None` ends it.
    pub versions: Vec<(Place, Option<i32>, Option<Expr<'s>>)>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Grid<'s> {
    pub place: Place,
    pub from: Option<i32>,
    pub rows: Vec<Row<'s>>,
}

#[derive(Clone, Debug)]
pub(crate) struct TableItem<'s> {
    pub named: Named<'s>,
    pub keys: Vec<(Named<'s>, TypeWord<'s>)>,
    pub ty: TypeWord<'s>,
    pub grids: Vec<Grid<'s>>,
    pub column: Option<&'s str>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct DefineItem<'s> {
    /// `None`: a function.
    pub scope: Option<Scope>,
    pub named: Named<'s>,
    pub arguments: Vec<(Named<'s>, TypeWord<'s>)>,
    pub ty: TypeWord<'s>,
    pub variants: Vec<(Place, Option<i32>, Body<'s>)>,
    pub label: Texts,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Requirement<'s> {
    pub place: Place,
    pub text: Texts,
    pub condition: Expr<'s>,
    pub articles: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum AmountClause<'s> {
    Formula(Body<'s>),
    Prose(Texts),
}

#[derive(Clone, Debug)]
pub(crate) struct DeadlineClause<'s> {
    /// So long after a day, where the rule says it.
    pub after: Option<(Expr<'s>, Expr<'s>)>,
    pub text: Texts,
}

#[derive(Clone, Debug)]
pub(crate) struct ProgramItem<'s> {
    pub scope: Scope,
    pub named: Named<'s>,
    pub ty: Option<TypeWord<'s>>,
    pub title: Texts,
    pub summary: Texts,
    pub kind: Option<String>,
    pub requires: Vec<Requirement<'s>>,
    pub amount: Option<(Place, AmountClause<'s>)>,
    pub payment: Vec<u8>,
    pub excludes: Vec<Named<'s>>,
    pub deadline: Vec<DeadlineClause<'s>>,
    pub documents: Vec<Texts>,
    pub counter: Texts,
    pub apply: Option<String>,
    pub events: Vec<String>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct ChoiceItem<'s> {
    pub named: Named<'s>,
    pub words: Vec<Written<'s>>,
}

#[derive(Clone, Debug)]
pub(crate) enum Item<'s> {
    Choice(ChoiceItem<'s>),
    Fact(FactItem<'s>),
    Parameter(ParameterItem<'s>),
    Table(TableItem<'s>),
    Define(DefineItem<'s>),
    Program(ProgramItem<'s>),
}
