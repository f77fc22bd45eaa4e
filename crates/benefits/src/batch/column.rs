//! One value for each of many households, kept as narrowly as it allows.

use crate::number::{Interval, Ratio};
use crate::value::{Days, Truth, Value};

/// A value of each household of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// The same for all.
    One(Value),
    /// Known numbers, all over the same denominator.
    Numbers(Vec<i64>, i64),
    /// Known days.
    Days(Vec<i32>),
    /// Yes, no or unknown.
    Truths(Vec<Truth>),
    /// Whatever else.
    Values(Vec<Value>),
}

impl Column {
    /// The value of a household.
    #[inline]
    pub fn get(&self, row: usize) -> Value {
        match self {
            Self::One(value) => *value,
            Self::Numbers(numbers, over) => {
                Value::Number(numbers.get(row).map_or(Interval::ANY, |n| number(*n, *over)))
            }
            Self::Days(days) => Value::Date(days.get(row).map_or(Days::ANY, |day| Days::exactly(*day))),
            Self::Truths(truths) => Value::Bool(truths.get(row).copied().unwrap_or(Truth::Unknown)),
            Self::Values(values) => values.get(row).copied().unwrap_or(Value::Bool(Truth::Unknown)),
        }
    }

    /// As narrow as these values allow.
    pub fn from_values(values: Vec<Value>) -> Self {
        let Some(first) = values.first().copied() else { return Self::Values(values) };
        if values.iter().all(|value| *value == first) {
            return Self::One(first);
        }
        match first {
            Value::Bool(_) => {
                let truth = |value: &Value| match value {
                    Value::Bool(truth) => Some(*truth),
                    _ => None,
                };
                if let Some(truths) = values.iter().map(truth).collect() {
                    return Self::Truths(truths);
                }
            }
            Value::Date(_) => {
                let day = |value: &Value| match value {
                    Value::Date(days) => days.known(),
                    _ => None,
                };
                if let Some(days) = values.iter().map(day).collect() {
                    return Self::Days(days);
                }
            }
            Value::Number(_) => {
                let known = |value: &Value| match value {
                    Value::Number(n) => n.known(),
                    _ => None,
                };
                if let Some(numbers) = values.iter().map(known).collect::<Option<Vec<Ratio>>>()
                    && let Some(column) = over_one_denominator(&numbers)
                {
                    return column;
                }
            }
            _ => {}
        }
        Self::Values(values)
    }

    /// Numbers over one denominator, if they are all known.
    pub(super) fn numbers(&self) -> Option<(Rows<'_, i64>, i64)> {
        match self {
            Self::Numbers(numbers, over) => Some((Rows::Each(numbers), *over)),
            Self::One(Value::Number(n)) => n.known().map(|n| (Rows::All(n.numerator()), n.denominator())),
            _ => None,
        }
    }

    /// Days, if they are all known.
    pub(super) fn days(&self) -> Option<Rows<'_, i32>> {
        match self {
            Self::Days(days) => Some(Rows::Each(days)),
            Self::One(Value::Date(days)) => days.known().map(Rows::All),
            _ => None,
        }
    }

    /// Yes and no.
    pub(super) fn truths(&self) -> Option<Rows<'_, Truth>> {
        match self {
            Self::Truths(truths) => Some(Rows::Each(truths)),
            Self::One(Value::Bool(truth)) => Some(Rows::All(*truth)),
            _ => None,
        }
    }

    /// Whether it is the same for all.
    pub(super) fn is_one(&self) -> bool {
        matches!(self, Self::One(_))
    }

    /// Yes or no of a household.
    pub(super) fn truth(&self, row: usize) -> Truth {
        match self.get(row) {
            Value::Bool(truth) => truth,
            _ => Truth::Unknown,
        }
    }

    /// Row by row, or once when what it is made from is the same for all.
    pub(super) fn made(rows: usize, once: bool, mut row: impl FnMut(usize) -> Value) -> Self {
        if once {
            return Self::One(row(0));
        }
        Self::from_values((0..rows).map(row).collect())
    }

    /// The one truth of all, if it is one.
    pub(super) fn one_truth(&self) -> Option<Truth> {
        match self {
            Self::One(Value::Bool(truth)) => Some(*truth),
            _ => None,
        }
    }

    /// A column of truths that may turn out to be one.
    pub(super) fn of_truths(truths: Vec<Truth>) -> Self {
        match truths.first().copied() {
            Some(first) if truths.iter().all(|truth| *truth == first) => Self::One(Value::Bool(first)),
            _ => Self::Truths(truths),
        }
    }

    /// A column of numbers that may turn out to be one.
    pub(super) fn of_numbers(numbers: Vec<i64>, over: i64) -> Self {
        match numbers.first().copied() {
            Some(first) if numbers.iter().all(|n| *n == first) => {
                Self::One(Value::Number(number(first, over)))
            }
            _ => Self::Numbers(numbers, over),
        }
    }
}

/// A thing of each row, or the same of all.
#[derive(Clone, Copy)]
pub(super) enum Rows<'a, T> {
    All(T),
    Each(&'a [T]),
}

impl<T: Copy> Rows<'_, T> {
    /// Two columns row by row. Loops over plain slices, so that the machine may take many rows at a time.
    #[inline]
    pub fn zip<U: Copy, R>(self, other: Rows<'_, U>, rows: usize, f: impl Fn(T, U) -> R) -> Vec<R> {
        match (self, other) {
            (Rows::Each(a), Rows::Each(b)) => a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect(),
            (Rows::Each(a), Rows::All(b)) => a.iter().map(|a| f(*a, b)).collect(),
            (Rows::All(a), Rows::Each(b)) => b.iter().map(|b| f(a, *b)).collect(),
            (Rows::All(a), Rows::All(b)) => (0..rows).map(|_| f(a, b)).collect(),
        }
    }

    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        match self {
            Rows::All(value) => Some(*value),
            Rows::Each(values) => values.get(row).copied(),
        }
    }
}

fn number(n: i64, over: i64) -> Interval {
    if over == 1 {
        return Interval::whole(n);
    }
    Ratio::new(n.into(), over.into()).map_or(Interval::ANY, Interval::exactly)
}

fn over_one_denominator(numbers: &[Ratio]) -> Option<Column> {
    let mut over: i64 = 1;
    for n in numbers {
        if over % n.denominator() != 0 {
            over = common(over, n.denominator())?;
        }
    }
    let scaled = numbers
        .iter()
        .map(|n| n.numerator().checked_mul(over / n.denominator()))
        .collect::<Option<Vec<i64>>>()?;
    Some(Column::of_numbers(scaled, over))
}

/// The least number that both divide; `None` when it becomes too large to reckon with.
pub(super) fn common(a: i64, b: i64) -> Option<i64> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a.checked_div(x)?.checked_mul(b).filter(|common| *common < 1_000_000_000)
}
