//! What holds on a day, or on some day of a span.

use crate::value::{Days, Value};

/// The value that holds on every day of a span: the hull of those that hold on some. `None` when there may be none.
pub(crate) fn at<T>(versions: &[(i32, T)], days: Days, value: impl Fn(&T) -> Option<Value>) -> Option<Value> {
    let mut hull: Option<Value> = None;
    for (_, version) in during(versions, days)? {
        let this = value(version)?;
        hull = Some(hull.map_or(this, |h| h.hull(this)));
    }
    hull
}

/// The versions that hold on some day of a span; `None` when none does on its first.
pub(crate) fn during<T>(versions: &[(i32, T)], days: Days) -> Option<&[(i32, T)]> {
    let start = versions.iter().rposition(|(from, _)| *from <= days.first)?;
    let end = versions.iter().rposition(|(from, _)| *from <= days.last)?;
    versions.get(start..=end)
}
