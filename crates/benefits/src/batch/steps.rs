//! Steps over whole columns: the short way where all is known, row by row where not.

use super::column::{Column, Rows, common};
use crate::calendar;
use crate::evaluate::strict;
use crate::number::{Ratio, Rounding};
use crate::rules::{Compare, Op};
use crate::syntax::DateFn;
use crate::value::{Truth, Value};
use smallvec::SmallVec;

/// A step that needs all of its parts.
pub(super) fn step(op: &Op, parts: &[&Column], rows: usize) -> Column {
    if parts.iter().all(|part| matches!(part, Column::One(_))) {
        let values: SmallVec<[Value; 4]> = parts.iter().map(|part| part.get(0)).collect();
        return Column::One(strict(op, &values));
    }
    short(op, parts, rows).unwrap_or_else(|| {
        let row = |row: usize| {
            let values: SmallVec<[Value; 4]> = parts.iter().map(|part| part.get(row)).collect();
            strict(op, &values)
        };
        Column::from_values((0..rows).map(row).collect())
    })
}

fn short(op: &Op, parts: &[&Column], rows: usize) -> Option<Column> {
    match (op, parts) {
        (Op::Add(..), [a, b]) => together(a, b, rows, i64::checked_add),
        (Op::Sub(..), [a, b]) => together(a, b, rows, i64::checked_sub),
        (Op::Min(..), [a, b]) => together(a, b, rows, |a, b| Some(a.min(b))),
        (Op::Max(..), [a, b]) => together(a, b, rows, |a, b| Some(a.max(b))),
        (Op::Minus(_), [a]) => {
            let (a, over) = a.numbers()?;
            let turned = a.zip(Rows::All(0i64), rows, |a, _| a.checked_neg());
            Some(Column::of_numbers(turned.into_iter().collect::<Option<_>>()?, over))
        }
        (Op::Mul(..), [a, b]) => {
            let ((a, over_a), (b, over_b)) = (a.numbers()?, b.numbers()?);
            let over = over_a.checked_mul(over_b).filter(|over| *over < 1_000_000_000_000)?;
            let products = a.zip(b, rows, i64::checked_mul).into_iter().collect::<Option<_>>()?;
            Some(Column::of_numbers(products, over))
        }
        (Op::Round(mode, unit, _), [a]) => round(*mode, *unit, a, rows),
        (Op::Numbers(compare, ..), [a, b]) => {
            let (a, b, _) = alike(a, b)?;
            let compare = *compare;
            Some(Column::of_truths(match compare {
                Compare::Less => a.zip(b, rows, |a, b| Truth::from(a < b)),
                Compare::AtMost => a.zip(b, rows, |a, b| Truth::from(a <= b)),
                Compare::Same => a.zip(b, rows, |a, b| Truth::from(a == b)),
            }))
        }
        (Op::Dates(compare, ..), [a, b]) => {
            let (a, b) = (a.days()?, b.days()?);
            Some(Column::of_truths(match compare {
                Compare::Less => a.zip(b, rows, |a, b| Truth::from(a < b)),
                Compare::AtMost => a.zip(b, rows, |a, b| Truth::from(a <= b)),
                Compare::Same => a.zip(b, rows, |a, b| Truth::from(a == b)),
            }))
        }
        (Op::Days(function, ..), _) => dates(*function, parts, rows),
        _ => None,
    }
}

/// Two columns of known numbers brought over one denominator.
fn alike<'a>(a: &'a Column, b: &'a Column) -> Option<(Scaled<'a>, Scaled<'a>, i64)> {
    let ((a, over_a), (b, over_b)) = (a.numbers()?, b.numbers()?);
    let over = common(over_a, over_b)?;
    Some((Scaled::new(a, over / over_a)?, Scaled::new(b, over / over_b)?, over))
}

/// Numbers times a factor.
enum Scaled<'a> {
    Plain(Rows<'a, i64>),
    Own(Vec<i64>),
}

impl<'a> Scaled<'a> {
    fn new(rows: Rows<'a, i64>, factor: i64) -> Option<Self> {
        if factor == 1 {
            return Some(Self::Plain(rows));
        }
        match rows {
            Rows::All(n) => Some(Self::Plain(Rows::All(n.checked_mul(factor)?))),
            Rows::Each(numbers) => {
                numbers.iter().map(|n| n.checked_mul(factor)).collect::<Option<Vec<_>>>().map(Self::Own)
            }
        }
    }

    fn rows(&self) -> Rows<'_, i64> {
        match self {
            Self::Plain(rows) => *rows,
            Self::Own(numbers) => Rows::Each(numbers),
        }
    }

    fn zip<R>(&self, other: Self, rows: usize, f: impl Fn(i64, i64) -> R) -> Vec<R> {
        self.rows().zip(other.rows(), rows, f)
    }
}

fn together(a: &Column, b: &Column, rows: usize, f: impl Fn(i64, i64) -> Option<i64>) -> Option<Column> {
    let (a, b, over) = alike(a, b)?;
    let numbers = a.zip(b, rows, f).into_iter().collect::<Option<Vec<_>>>()?;
    Some(Column::of_numbers(numbers, over))
}

fn round(mode: Rounding, unit: Ratio, a: &Column, rows: usize) -> Option<Column> {
    let (numbers, over) = a.numbers()?;
    let unit = unit.as_whole()?;
    if over == 1 && unit == 1 {
        return Some(a.clone());
    }
    // To so many units, each of `unit × over` parts.
    let size = unit.checked_mul(over).filter(|size| *size < i64::MAX / 4)?;
    let rounded = numbers.zip(Rows::All(size), rows, |n, size| {
        let units = match mode {
            Rounding::Floor => n.div_euclid(size),
            Rounding::Ceil => -((-n).div_euclid(size)),
            Rounding::HalfUp => n.checked_mul(2)?.checked_add(size)?.div_euclid(size * 2),
            Rounding::HalfDown => -(n.checked_mul(-2)?.checked_add(size)?.div_euclid(size * 2)),
        };
        units.checked_mul(unit)
    });
    Some(Column::of_numbers(rounded.into_iter().collect::<Option<_>>()?, 1))
}

fn dates(function: DateFn, parts: &[&Column], rows: usize) -> Option<Column> {
    let a = parts.first()?.days()?;
    let numbers = |days: Vec<i32>| Some(Column::of_numbers(days.into_iter().map(i64::from).collect(), 1));
    match function {
        DateFn::Age => numbers(a.zip(parts.get(1)?.days()?, rows, calendar::age)),
        DateFn::SchoolYear => numbers(a.zip(parts.get(1)?.days()?, rows, calendar::school_year)),
        DateFn::MonthsBetween => numbers(a.zip(parts.get(1)?.days()?, rows, calendar::months_between)),
        DateFn::DaysBetween => numbers(a.zip(parts.get(1)?.days()?, rows, |a, b| b - a)),
        DateFn::FiscalYearEnd => {
            Some(Column::Days(a.zip(Rows::All(()), rows, |a, ()| calendar::fiscal_year_end(a))))
        }
        DateFn::FiscalYear => numbers(a.zip(Rows::All(()), rows, |a, ()| calendar::fiscal_year(a))),
        DateFn::Year => numbers(a.zip(Rows::All(()), rows, |a, ()| calendar::civil(a).0)),
        DateFn::Month => numbers(a.zip(Rows::All(()), rows, |a, ()| calendar::civil(a).1)),
        DateFn::Day => numbers(a.zip(Rows::All(()), rows, |a, ()| calendar::civil(a).2)),
        _ => None,
    }
}

/// Both, or either: as in a single evaluation, row by row.
pub(super) fn logic(a: &Column, b: &Column, rows: usize, f: impl Fn(Truth, Truth) -> Truth) -> Column {
    match (a.truths(), b.truths()) {
        (Some(a), Some(b)) => Column::of_truths(a.zip(b, rows, f)),
        _ => Column::One(Value::Bool(Truth::Unknown)),
    }
}

/// The first where a condition holds, the second where not, either where that is unknown.
pub(super) fn choose(condition: &Column, yes: &Column, no: &Column, rows: usize) -> Column {
    let Some(truths) = condition.truths() else { return no.clone() };
    if let Rows::Each(truths) = truths
        && !truths.contains(&Truth::Unknown)
    {
        if let Some((a, b, over)) = alike(yes, no) {
            let (a, b) = (a.rows(), b.rows());
            let numbers = truths
                .iter()
                .enumerate()
                .map(|(row, truth)| if *truth == Truth::Yes { a.get(row) } else { b.get(row) });
            if let Some(numbers) = numbers.collect() {
                return Column::of_numbers(numbers, over);
            }
        }
        if let (Some(a), Some(b)) = (yes.truths(), no.truths()) {
            let chosen = truths
                .iter()
                .enumerate()
                .map(|(row, truth)| if *truth == Truth::Yes { a.get(row) } else { b.get(row) });
            if let Some(chosen) = chosen.collect() {
                return Column::of_truths(chosen);
            }
        }
    }
    let row = |row: usize| match truths.get(row) {
        Some(Truth::Yes) => yes.get(row),
        Some(Truth::No) => no.get(row),
        _ => yes.get(row).hull(no.get(row)),
    };
    Column::from_values((0..rows).map(row).collect())
}
