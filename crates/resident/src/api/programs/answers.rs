use std::collections::BTreeSet;

use madoguchi_benefits::answer::{Per, Verdict};

use super::ProgramsQuery;
use super::amounts::{Span, a_year};
use super::asked::Asked;
use super::in_words::concerning;
use super::rows::{Numbered, cell, question, row};
use super::shapes::{Changed, Groups, ProgramsAnswer, Question, Total};
use crate::Phone;
use crate::api::ApiError;
use crate::programs::{ProgramReport, Report};

/// So many questions are enough to go on.
const MOST_QUESTIONS: usize = 20;

pub(in crate::api) fn programs(phone: &Phone, wanted: ProgramsQuery) -> Result<ProgramsAnswer, ApiError> {
    let event = wanted.event;
    let asked = Asked::new(phone, wanted.lang.as_deref(), wanted.on, wanted.what_if)?;
    let Report { on, programs: all, questions, .. } = asked.report()?;
    let town = concerning(phone, &asked, event.as_deref())?;
    let events: BTreeSet<&String> = all.iter().flat_map(|program| &program.events).collect();
    let events = events.into_iter().cloned().collect();

    let meant = |program: &&ProgramReport| event.as_ref().is_none_or(|event| program.events.contains(event));
    let shown: Vec<&ProgramReport> = all.iter().filter(meant).collect();
    let rows: Vec<Numbered> = shown.iter().map(|program| row(&asked, program, &all)).collect();
    let wanted = |name: &str| shown.iter().any(|program| program.program == name);
    let questions: Vec<Question> = if asked.is_nobody() {
        Vec::new()
    } else {
        questions.iter().filter_map(|q| question(&asked, q, &all, wanted)).take(MOST_QUESTIONS).collect()
    };
    Ok(ProgramsAnswer {
        on,
        has_household: !asked.is_nobody(),
        changes: changes(&asked, &rows)?,
        total: total(&rows),
        groups: groups(rows),
        questions,
        events,
        town,
    })
}

/// Yours: most yen first. Perhaps: what is likeliest first, by how much of what is required is there, then by how few answers it needs.
/// Loans come last.
fn groups(rows: Vec<Numbered>) -> Groups {
    let mut rows: Vec<(Numbered, i128)> = rows
        .into_iter()
        .map(|numbered| {
            let yen = numbered.amount.and_then(a_year).and_then(|span| span.high.or(span.low));
            (numbered, yen.unwrap_or(0))
        })
        .collect();
    rows.sort_by_key(|(numbered, yen)| {
        let perhaps = numbered.row.verdict == Verdict::Unknown;
        let (there, open) = if perhaps { (numbered.there, numbered.row.open_count) } else { (0, 0) };
        (numbered.row.loan, std::cmp::Reverse(there), open, std::cmp::Reverse(*yen))
    });
    let mut groups = Groups::default();
    for (numbered, _) in rows {
        match numbered.row.verdict {
            Verdict::Eligible => groups.yours.push(numbered.row),
            Verdict::Unknown => groups.perhaps.push(numbered.row),
            Verdict::NotEligible => groups.not_yours.push(numbered.row),
        }
    }
    groups
}

/// What can be had in a year. Loans are none of it; nor is what is paid once and only perhaps (after a disaster, say), which would make
/// of the most that is possible a sum that nobody has.
fn total(rows: &[Numbered]) -> Total {
    let counted: Vec<&Numbered> = rows
        .iter()
        .filter(|numbered| !numbered.row.loan && numbered.row.verdict != Verdict::NotEligible)
        .collect();
    let mut uncertain = 0;
    let mut spans: Vec<(&str, Span)> = Vec::new();
    for numbered in &counted {
        let perhaps_once =
            numbered.row.verdict == Verdict::Unknown && matches!(numbered.amount, Some((Per::Once, _)));
        match numbered.amount.filter(|_| !perhaps_once).and_then(a_year) {
            Some(span) => spans.push((numbered.row.program.as_str(), span)),
            None => uncertain += 1,
        }
    }
    let excludes = |a: &str, b: &str| {
        let by = |one: &str, other: &str| {
            let row = counted.iter().find(|numbered| numbered.row.program == one);
            row.is_some_and(|numbered| numbered.row.excluded_by.iter().any(|p| p.program == other))
        };
        by(a, b) || by(b, a)
    };
    let sum = together(&spans, excludes);
    Total { per_year: sum.amount(Per::Year), uncertain }
}

/// The sum; of programs that exclude each other at least the least of them can be had, and at least one of them cannot.
fn together(spans: &[(&str, Span)], excludes: impl Fn(&str, &str) -> bool) -> Span {
    let mut left: Vec<&(&str, Span)> = spans.iter().collect();
    let mut sum = Span::NOTHING;
    while let Some(first) = left.pop() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(of) = group.get(next).copied() {
            let (with, without) = left.into_iter().partition(|other| excludes(of.0, other.0));
            let mut with: Vec<_> = with;
            group.append(&mut with);
            left = without;
            next += 1;
        }
        let one = match group.as_slice() {
            [(_, span)] => *span,
            group => {
                let least = group.iter().map(|(_, span)| span.low).min().flatten();
                let most = group
                    .iter()
                    .map(|(_, span)| span.high)
                    .try_fold(0i128, |sum, high| sum.checked_add(high?));
                let smallest = group.iter().filter_map(|(_, span)| span.high).min();
                Span { low: least, high: most.and_then(|most| most.checked_sub(smallest?)) }
            }
        };
        sum = sum.plus(one);
    }
    sum
}

/// What is different from the household that is kept, when another one was asked about.
fn changes(asked: &Asked, rows: &[Numbered]) -> Result<Vec<Changed>, ApiError> {
    let kept = asked.kept.as_ref().filter(|kept| asked.what_if && !kept.household.people.is_empty());
    let Some(kept) = kept.filter(|_| !asked.is_nobody()) else { return Ok(Vec::new()) };
    let before = asked.report_of(&kept.household)?.programs;
    let changed = rows.iter().filter_map(|now| {
        let was = before.iter().find(|program| program.program == now.row.program)?;
        let (from, to) = (cell(&row(asked, was, &before)), cell(now));
        let row = &now.row;
        (from != to).then(|| Changed { program: row.program.clone(), title: row.title.clone(), from, to })
    });
    Ok(changed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::programs::shapes::ProgramRow;

    fn span(low: i128, high: i128) -> Span {
        Span { low: Some(low), high: Some(high) }
    }

    /// A program with nothing but what it is ranked and counted by.
    fn numbered(program: &str, verdict: Verdict, amount: Option<(Per, Span)>) -> Numbered {
        let row = ProgramRow {
            program: program.into(),
            title: program.into(),
            summary: None,
            kind: None,
            verdict,
            amount: amount.map(|(per, span)| span.amount(per)),
            prose: None,
            people: Vec::new(),
            next_deadline: None,
            unverified: false,
            gaps: false,
            received: false,
            excluded_by: Vec::new(),
            open_count: 0,
            loan: false,
        };
        Numbered { row, amount, there: 0 }
    }

    #[test]
    fn what_is_paid_once_and_only_perhaps_is_not_in_a_years_total() {
        let once = |verdict| numbered("見舞金", verdict, Some((Per::Once, span(0, 5_000_000))));
        let monthly = || numbered("手当", Verdict::Unknown, Some((Per::Month, span(0, 10_000))));
        let both = total(&[once(Verdict::Unknown), monthly()]);
        assert_eq!((both.per_year.high.as_deref(), both.uncertain), (Some("120000"), 1));
        // What is sure to be paid once counts once.
        let sure = total(&[once(Verdict::Eligible), monthly()]);
        assert_eq!((sure.per_year.high.as_deref(), sure.uncertain), (Some("5120000"), 0));
    }

    #[test]
    fn perhaps_is_likeliest_first_and_loans_come_last() {
        let yearly = |yen| Some((Per::Year, span(0, yen)));
        let ranked = |name: &str, there, open_count, yen| {
            let mut one = numbered(name, Verdict::Unknown, yearly(yen));
            (one.there, one.row.open_count) = (there, open_count);
            one
        };
        let mut loan = ranked("貸付", 100, 0, 9_000_000);
        loan.row.loan = true;
        let rows = vec![
            loan,
            ranked("遠い", 10, 1, 5_000_000),
            ranked("少ない", 80, 2, 1_000),
            ranked("多い", 80, 2, 2_000),
            ranked("問い一つ", 80, 1, 0),
            ranked("近い", 90, 9, 0),
        ];
        let names = |rows: &[ProgramRow]| rows.iter().map(|row| row.program.clone()).collect::<Vec<_>>();
        let perhaps = groups(rows).perhaps;
        assert_eq!(names(&perhaps), ["近い", "問い一つ", "多い", "少ない", "遠い", "貸付"]);
        // Of what is theirs the most yen come first, however much of it was asked.
        let mut little = numbered("少ない", Verdict::Eligible, yearly(1));
        little.there = 100;
        let much = numbered("多い", Verdict::Eligible, yearly(2));
        assert_eq!(names(&groups(vec![little, much]).yours), ["多い", "少ない"]);
    }

    #[test]
    fn programs_that_exclude_each_other_are_not_added_up() {
        let spans = [("a", span(100, 100)), ("b", span(250, 300)), ("c", span(10, 20))];
        assert_eq!(together(&spans, |_, _| false), span(360, 420));
        let pair = |a: &str, b: &str| [(a, b), (b, a)].contains(&("a", "b"));
        assert_eq!(together(&spans, pair), span(110, 320));
        // Whatever stands first.
        let turned: Vec<_> = spans.iter().rev().copied().collect();
        assert_eq!(together(&turned, pair), span(110, 320));
        let all = together(&spans, |_, _| true);
        assert_eq!((all.low, all.high), (Some(10), Some(400)));
        let open = [("a", Span { low: Some(5), high: None }), ("b", span(1, 2))];
        assert_eq!(together(&open, |_, _| true), Span { low: Some(1), high: None });
        assert_eq!(together(&[], pair), Span::NOTHING);
    }
}
