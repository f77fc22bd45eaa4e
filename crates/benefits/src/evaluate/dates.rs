//! Dates that are known within bounds.

use crate::calendar;
use crate::number::{Interval, Ratio, Rounding};
use crate::syntax::DateFn;
use crate::value::{Days, Value};

/// What a function of days comes to.
pub(crate) fn date_function(function: DateFn, a: Value, b: Option<Value>, c: Option<Value>) -> Value {
    let days = |value: Option<Value>| match value {
        Some(Value::Date(days)) => days,
        _ => Days::ANY,
    };
    let number = |value: Option<Value>| match value {
        Some(Value::Number(n)) => n,
        _ => Interval::ANY,
    };
    if function == DateFn::Make {
        return make(number(Some(a)), number(b), number(c));
    }
    let a = days(Some(a));
    match function {
        // The later the birth, the younger; the later the day, the older.
        DateFn::Age | DateFn::SchoolYear | DateFn::DaysBetween | DateFn::MonthsBetween => {
            let b = days(b);
            let between = match function {
                DateFn::Age => calendar::age,
                DateFn::SchoolYear => calendar::school_year,
                DateFn::MonthsBetween => calendar::months_between,
                _ => |from: i32, to: i32| to - from,
            };
            if let (Some(a), Some(b)) = (a.known(), b.known()) {
                return Value::Number(Interval::whole(between(a, b).into()));
            }
            numbers(between(a.last, b.first), between(a.first, b.last))
        }
        DateFn::Attains | DateFn::AddYears | DateFn::AddMonths | DateFn::AddDays => {
            let n = number(b);
            let add = match function {
                DateFn::Attains => calendar::attains,
                DateFn::AddYears => |day: i32, n: i32| calendar::add_months(day, n.saturating_mul(12)),
                DateFn::AddMonths => calendar::add_months,
                _ => |day: i32, n: i32| calendar::clamp(day.saturating_add(n)),
            };
            if let (Some(day), Some(n)) = (a.known(), n.known()) {
                return Value::Date(Days::exactly(add(day, whole(n))));
            }
            Value::Date(Days { first: add(a.first, whole(n.low)), last: add(a.last, whole(n.high)) })
        }
        DateFn::FiscalYearEnd => Value::Date(a.map(calendar::fiscal_year_end)),
        DateFn::FiscalYear => numbers(calendar::fiscal_year(a.first), calendar::fiscal_year(a.last)),
        DateFn::Year => numbers(calendar::civil(a.first).0, calendar::civil(a.last).0),
        DateFn::Month | DateFn::Day => {
            let (first, last) = (calendar::civil(a.first), calendar::civil(a.last));
            match function {
                DateFn::Month if first.0 == last.0 => numbers(first.1, last.1),
                DateFn::Month => numbers(1, 12),
                _ if (first.0, first.1) == (last.0, last.1) => numbers(first.2, last.2),
                _ => numbers(1, 31),
            }
        }
        DateFn::Make => Value::Date(Days::ANY),
    }
}

fn make(year: Interval, month: Interval, day: Interval) -> Value {
    let part = |n: Interval| n.known().map(whole);
    match (part(year), part(month), part(day)) {
        (Some(year), Some(month), Some(day)) => {
            // A day that the month lacks is its last: 29 February.
            let found = (0..4).find_map(|less| calendar::from_parts(year, month, day.saturating_sub(less)));
            Value::Date(found.map_or(Days::ANY, Days::exactly))
        }
        _ => Value::Date(Days::ANY),
    }
}

fn numbers(low: i32, high: i32) -> Value {
    Value::Number(Interval::between(Ratio::whole(low.into()), Ratio::whole(high.into())))
}

/// A count of days, months or years; beyond any calendar it stops.
fn whole(n: Ratio) -> i32 {
    const FAR: i64 = 400_000;
    let floor = Interval::exactly(n).rounded(Rounding::Floor, Ratio::ONE).low;
    let n = if floor.is_finite() { floor.numerator() } else { floor.numerator().saturating_mul(FAR) };
    i32::try_from(n.clamp(-FAR, FAR)).unwrap_or(0)
}
