//! Dates that are known within bounds.

use super::{Evaluation, Frame};
use crate::calendar;
use crate::number::{Interval, Ratio, Rounding};
use crate::rules::{DateFn, NodeId};
use crate::value::{Days, Value};

impl Evaluation<'_> {
    pub(super) fn date_function(
        &mut self,
        function: DateFn,
        a: NodeId,
        b: Option<NodeId>,
        c: Option<NodeId>,
        frame: &Frame<'_>,
    ) -> Value {
        if function == DateFn::Make {
            return self.make(a, b, c, frame);
        }
        let a = self.days(a, frame);
        match function {
            // The later the birth, the younger; the later the day, the older.
            DateFn::Age | DateFn::SchoolYear | DateFn::DaysBetween | DateFn::MonthsBetween => {
                let b = b.map_or(Days::ANY, |b| self.days(b, frame));
                let between = match function {
                    DateFn::Age => calendar::age,
                    DateFn::SchoolYear => calendar::school_year,
                    DateFn::MonthsBetween => calendar::months_between,
                    _ => |from: i32, to: i32| to - from,
                };
                numbers(between(a.last, b.first), between(a.first, b.last))
            }
            DateFn::Attains | DateFn::AddYears | DateFn::AddMonths | DateFn::AddDays => {
                let n = b.map_or(Interval::ANY, |b| self.number(b, frame));
                let add = match function {
                    DateFn::Attains => calendar::attains,
                    DateFn::AddYears => |day: i32, n: i32| calendar::add_months(day, n.saturating_mul(12)),
                    DateFn::AddMonths => calendar::add_months,
                    _ => |day: i32, n: i32| calendar::clamp(day.saturating_add(n)),
                };
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

    fn make(&mut self, year: NodeId, month: Option<NodeId>, day: Option<NodeId>, frame: &Frame<'_>) -> Value {
        let mut part = |id: Option<NodeId>| {
            let number = id.map_or(Interval::ANY, |id| self.number(id, frame));
            number.known().map(whole)
        };
        match (part(Some(year)), part(month), part(day)) {
            (Some(year), Some(month), Some(day)) => {
                // A day that the month lacks is its last: 29 February.
                let found =
                    (0..4).find_map(|less| calendar::from_parts(year, month, day.saturating_sub(less)));
                Value::Date(found.map_or(Days::ANY, Days::exactly))
            }
            _ => Value::Date(Days::ANY),
        }
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
