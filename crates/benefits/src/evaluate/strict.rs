//! Steps that need all of their parts: one household at a time, or many.

use super::dates;
use crate::number::Interval;
use crate::rules::{Compare, Op};
use crate::value::{Days, Members, Truth, Value};

/// What a step comes to that needs all of its parts, from their values in the order of [`crate::compile::parts`].
pub(crate) fn strict(op: &Op, parts: &[Value]) -> Value {
    let part = |number: usize| parts.get(number).copied().unwrap_or(Value::Bool(Truth::Unknown));
    let number = |at: usize| match part(at) {
        Value::Number(n) => n,
        _ => Interval::ANY,
    };
    let days = |at: usize| match part(at) {
        Value::Date(days) => days,
        _ => Days::ANY,
    };
    match op {
        Op::Add(..) => Value::Number(number(0).plus(number(1))),
        Op::Sub(..) => Value::Number(number(0).minus(number(1))),
        Op::Mul(..) => Value::Number(number(0).times(number(1))),
        Op::Div(..) => Value::Number(number(0).over(number(1))),
        Op::Minus(_) => Value::Number(number(0).negated()),
        Op::Min(..) => Value::Number(number(0).min(number(1))),
        Op::Max(..) => Value::Number(number(0).max(number(1))),
        Op::Abs(_) => Value::Number(number(0).abs()),
        Op::Round(mode, unit, _) => Value::Number(number(0).rounded(*mode, *unit)),
        Op::Numbers(compare, ..) => {
            let (a, b) = (number(0), number(1));
            Value::Bool(compared(*compare, (a.low, a.high), (b.low, b.high)))
        }
        Op::Dates(compare, ..) => {
            let (a, b) = (days(0), days(1));
            Value::Bool(compared(*compare, (a.first, a.last), (b.first, b.last)))
        }
        Op::Same(..) => Value::Bool(same(part(0), part(1))),
        Op::OneOf(_, bits) => Value::Bool(match part(0) {
            Value::Choice(possible) if possible & !bits == 0 => Truth::Yes,
            Value::Choice(possible) if possible & bits == 0 => Truth::No,
            _ => Truth::Unknown,
        }),
        Op::TextIn(_, texts) => Value::Bool(match part(0) {
            Value::Text(Some(text)) => Truth::from(texts.contains(&text)),
            _ => Truth::Unknown,
        }),
        Op::Contains(..) => Value::Bool(contains(part(0), part(1))),
        Op::Size(_) => Value::Number(match part(0) {
            Value::Set(Members { must, may }) => Interval {
                low: crate::number::Ratio::whole(must.count_ones().into()),
                high: crate::number::Ratio::whole(may.count_ones().into()),
            },
            _ => Interval::ANY,
        }),
        Op::Days(function, ..) => {
            dates::date_function(*function, part(0), parts.get(1).copied(), parts.get(2).copied())
        }
        _ => Value::Bool(Truth::Unknown),
    }
}

#[inline]
pub(super) fn compared<T: Ord + Copy>(compare: Compare, a: (T, T), b: (T, T)) -> Truth {
    match compare {
        Compare::Less if a.1 < b.0 => Truth::Yes,
        Compare::Less if a.0 >= b.1 => Truth::No,
        Compare::AtMost if a.1 <= b.0 => Truth::Yes,
        Compare::AtMost if a.0 > b.1 => Truth::No,
        Compare::Same if a.0 == a.1 && b.0 == b.1 && a.0 == b.0 => Truth::Yes,
        Compare::Same if a.1 < b.0 || b.1 < a.0 => Truth::No,
        _ => Truth::Unknown,
    }
}

fn same(a: Value, b: Value) -> Truth {
    match (a, b) {
        (Value::Choice(a), Value::Choice(b)) | (Value::Person(a), Value::Person(b)) => {
            if a & b == 0 {
                Truth::No
            } else if a == b && a.count_ones() == 1 {
                Truth::Yes
            } else {
                Truth::Unknown
            }
        }
        (Value::Text(Some(a)), Value::Text(Some(b))) => Truth::from(a == b),
        (Value::Bool(a), Value::Bool(b)) => a.and(b).or(a.not().and(b.not())),
        _ => Truth::Unknown,
    }
}

fn contains(set: Value, x: Value) -> Truth {
    match (set, x) {
        (Value::Set(set), Value::Choice(x) | Value::Person(x)) => {
            if x & !set.must == 0 {
                Truth::Yes
            } else if x & set.may == 0 {
                Truth::No
            } else {
                Truth::Unknown
            }
        }
        _ => Truth::Unknown,
    }
}
