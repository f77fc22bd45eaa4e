//! Yen of several people and programs, added up.

use madoguchi_benefits::answer::{Per, Verdict};

use super::shapes::Amount;
use crate::programs::AmountReport;

/// Whole yen between two bounds; none where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: Option<i128>,
    pub(super) high: Option<i128>,
}

impl Span {
    pub(super) const NOTHING: Span = Span { low: Some(0), high: Some(0) };

    pub(super) fn plus(self, other: Span) -> Span {
        let sum = |a: Option<i128>, b: Option<i128>| a?.checked_add(b?);
        Span { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    pub(super) fn times(self, n: i128) -> Span {
        let times = |bound: Option<i128>| bound?.checked_mul(n);
        Span { low: times(self.low), high: times(self.high) }
    }

    /// Of an amount that may turn out not to be theirs.
    pub(super) fn perhaps(self) -> Span {
        Span { low: Some(0), high: self.high }
    }

    /// A fraction of a yen is rounded outward. Nobody is given less than nothing, whatever an open fact leaves possible.
    fn of(report: &AmountReport) -> Span {
        let bound = |text: &Option<String>, up: bool| {
            let (n, d) = match text.as_ref()?.split_once('/') {
                Some((n, d)) => (n.parse::<i128>().ok()?, d.parse::<i128>().ok()?),
                None => (text.as_ref()?.parse::<i128>().ok()?, 1),
            };
            let floor = n.checked_div_euclid(d)?;
            Some(floor + i128::from(up && n.checked_rem_euclid(d)? != 0))
        };
        let low = bound(&report.low, false).unwrap_or(0).max(0);
        Span { low: Some(low), high: bound(&report.high, true).map(|high| high.max(0)) }
    }

    pub(super) fn amount(self, per: Per) -> Amount {
        let Span { low, high } = self;
        Amount {
            per,
            low: low.map(|n| n.to_string()),
            high: high.map(|n| n.to_string()),
            exact: low.is_some() && low == high,
        }
    }
}

/// What outcomes come to together, and for what time; none where no number says it.
pub(super) fn together<'a>(
    outcomes: impl IntoIterator<Item = (Verdict, Option<&'a AmountReport>)>,
) -> Option<(Per, Span)> {
    let mut sum: Option<(Per, Span)> = None;
    for (verdict, amount) in outcomes {
        let Some(amount) = amount else { continue };
        let span = match verdict {
            Verdict::Eligible => Span::of(amount),
            Verdict::Unknown => Span::of(amount).perhaps(),
            Verdict::NotEligible => continue,
        };
        sum = Some((amount.per, sum.map_or(span, |(_, before)| before.plus(span))));
    }
    sum
}

/// In a year; what is paid once counts once. None for what is paid by the day: nobody knows for how many.
pub(super) fn a_year((per, span): (Per, Span)) -> Option<Span> {
    match per {
        Per::Once | Per::Year => Some(span),
        Per::Month => Some(span.times(12)),
        Per::Day => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(low: Option<&str>, high: Option<&str>) -> AmountReport {
        AmountReport { per: Per::Month, low: low.map(str::to_owned), high: high.map(str::to_owned) }
    }

    #[test]
    fn sums_are_exact_and_what_is_not_sure_counts_from_nothing() {
        let (a, b) = (report(Some("48050"), Some("48050")), report(Some("100"), Some("201/2")));
        let sum = |outcomes: &[(Verdict, Option<&AmountReport>)]| {
            together(outcomes.iter().copied()).map(|(per, span)| span.amount(per))
        };
        let exact = sum(&[(Verdict::Eligible, Some(&a)), (Verdict::NotEligible, Some(&a))]).unwrap();
        assert_eq!((exact.low.as_deref(), exact.exact), (Some("48050"), true));
        let range = sum(&[(Verdict::Eligible, Some(&a)), (Verdict::Unknown, Some(&b))]).unwrap();
        assert_eq!((range.low.as_deref(), range.high.as_deref()), (Some("48050"), Some("48151")));
        assert!(!range.exact);
        let open = report(Some("1"), None);
        let open = sum(&[(Verdict::Eligible, Some(&a)), (Verdict::Eligible, Some(&open))]).unwrap();
        assert_eq!((open.low.as_deref(), open.high), (Some("48051"), None));
        let less = report(None, Some("-1"));
        assert_eq!(sum(&[(Verdict::Eligible, Some(&less))]).unwrap().low.as_deref(), Some("0"));
        assert_eq!(sum(&[(Verdict::NotEligible, Some(&a)), (Verdict::Eligible, None)]), None);
    }

    #[test]
    fn a_year_of_days_is_not_known() {
        let span = Span { low: Some(1), high: Some(2) };
        assert_eq!(a_year((Per::Month, span)), Some(Span { low: Some(12), high: Some(24) }));
        assert_eq!((a_year((Per::Once, span)), a_year((Per::Day, span))), (Some(span), None));
    }
}
