//! What rule files say, before names and types are looked at.

use crate::number::{Ratio, Rounding};
use crate::problem::Place;
use crate::unit::Unit;

/// A name where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub name: String,
    pub place: Place,
}

/// A text in some languages, in the order written.
pub(crate) type Texts = Vec<(String, String)>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    Person,
    Household,
}

#[derive(Clone, Debug)]
pub(crate) enum TypeWord {
    Number,
    Unit(Unit),
    Date,
    Bool,
    Text,
    Person,
    Persons,
    /// A choice by its name.
    Choice(Named),
    /// A choice written out.
    Words(Vec<String>),
    SetOf(Named),
}

/// Where a thing comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    pub sources: Vec<SourceClause>,
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
pub(crate) struct Expr {
    pub place: Place,
    pub kind: Kind,
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
pub(crate) enum Kind {
    Number(Ratio, Option<Unit>),
    Date(i32),
    Text(String),
    Bool(bool),
    Today,
    SelfPerson,
    Nobody,
    Name(String),
    /// `c.収入`
    Field(String, String),
    Binary(Binary, Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Minus(Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `x in {…}`
    InWords(Box<Expr>, Vec<Expr>),
    /// `x in SET`
    InSet(Box<Expr>, Box<Expr>),
    Builtin(Builtin, Vec<Expr>),
    Call(String, Vec<Expr>),
    /// `P at D`, `T(…) at D`
    At(Box<Expr>, Box<Expr>),
    As(Box<Expr>, TypeWord),
    Has(Box<Expr>),
    Over {
        over: Over,
        var: String,
        condition: Option<Box<Expr>>,
        value: Option<Box<Expr>>,
    },
    Rank {
        var: String,
        condition: Option<Box<Expr>>,
        by: Box<Expr>,
        descending: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Expr(Expr),
    Cases { branches: Vec<(Expr, Expr)>, otherwise: Option<Expr>, place: Place },
}

#[derive(Clone, Debug)]
pub(crate) struct FactItem {
    pub scope: Scope,
    pub named: Named,
    pub ty: TypeWord,
    pub range: Option<(Option<Expr>, Option<Expr>)>,
    pub default: Option<Expr>,
    pub label: Texts,
    pub question: Texts,
    pub why: Texts,
}

#[derive(Clone, Debug)]
pub(crate) struct ParameterItem {
    pub named: Named,
    pub ty: TypeWord,
    /// From a day (or ever since), a value; `None` ends it.
    pub versions: Vec<(Place, Option<i32>, Option<Expr>)>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub place: Place,
    pub from: Option<i32>,
    pub rows: Vec<(Place, Vec<String>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct TableItem {
    pub named: Named,
    pub keys: Vec<(Named, TypeWord)>,
    pub ty: TypeWord,
    pub grids: Vec<Grid>,
    pub column: Option<String>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct DefineItem {
    /// `None`: a function.
    pub scope: Option<Scope>,
    pub named: Named,
    pub arguments: Vec<(Named, TypeWord)>,
    pub ty: TypeWord,
    pub variants: Vec<(Place, Option<i32>, Body)>,
    pub label: Texts,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Requirement {
    pub place: Place,
    pub text: Texts,
    pub condition: Expr,
    pub articles: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum AmountClause {
    Formula(Body),
    Prose(Texts),
}

#[derive(Clone, Debug)]
pub(crate) struct DeadlineClause {
    /// So long after a day, where the rule says it.
    pub after: Option<(Expr, Expr)>,
    pub text: Texts,
}

#[derive(Clone, Debug)]
pub(crate) struct ProgramItem {
    pub scope: Scope,
    pub named: Named,
    pub ty: Option<TypeWord>,
    pub title: Texts,
    pub summary: Texts,
    pub kind: Option<String>,
    pub requires: Vec<Requirement>,
    pub amount: Option<(Place, AmountClause)>,
    pub payment: Vec<u8>,
    pub excludes: Vec<Named>,
    pub deadline: Vec<DeadlineClause>,
    pub documents: Vec<Texts>,
    pub counter: Texts,
    pub apply: Option<String>,
    pub events: Vec<String>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct ChoiceItem {
    pub named: Named,
    pub words: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Item {
    Choice(ChoiceItem),
    Fact(FactItem),
    Parameter(ParameterItem),
    Table(TableItem),
    Define(DefineItem),
    Program(ProgramItem),
}
