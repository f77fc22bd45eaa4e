use std::collections::BTreeSet;

use madoguchi_benefits::answer::{Per, Verdict};

use super::amounts::{Span, together};
use super::asked::Asked;
use super::facts::shape;
use super::shapes::{Amount, Cell, Deadline, NamedProgram, PersonAnswer, ProgramRow, Question};
use crate::household::Open;
use crate::programs::{NoteCode, OutcomeReport, ProgramReport, QuestionReport};

/// What is to be paid back.
const LOAN: &str = "貸付";

/// A row, and what it comes to in numbers.
pub(super) struct Numbered {
    pub(super) row: ProgramRow,
    pub(super) amount: Option<(Per, Span)>,
    /// How much of what is required is there already, in hundredths: of the person for whom most is.
    pub(super) there: usize,
}

pub(super) fn row(asked: &Asked, program: &ProgramReport, all: &[ProgramReport]) -> Numbered {
    let amount = together(program.outcomes.iter().map(|o| (o.verdict, o.amount.as_ref())));
    let amount = amount.filter(|_| !asked.is_nobody());
    let outcomes = if asked.is_nobody() { &[][..] } else { program.outcomes.as_slice() };
    let open: BTreeSet<_> = outcomes.iter().flat_map(|o| &o.open).map(|o| (&o.fact, &o.person)).collect();
    let excluded: BTreeSet<&str> = outcomes.iter().flat_map(|o| &o.excluded_by).map(String::as_str).collect();
    let share = |outcome: &OutcomeReport| {
        let yes = outcome.requires.iter().filter(|required| required.verdict == Verdict::Eligible).count();
        (yes * 100).checked_div(outcome.requires.len()).unwrap_or(0)
    };
    let there = outcomes.iter().filter(|o| o.verdict != Verdict::NotEligible).map(share).max().unwrap_or(0);
    let row = ProgramRow {
        program: program.program.clone(),
        title: program.title.clone(),
        summary: program.summary.clone(),
        kind: program.kind.clone(),
        verdict: if asked.is_nobody() { Verdict::Unknown } else { program.verdict },
        amount: amount.map(|(per, span)| span.amount(per)),
        prose: program.prose.clone(),
        people: outcomes.iter().map(|outcome| person(asked, outcome)).collect(),
        next_deadline: next_deadline(outcomes),
        unverified: !program.unverified.is_empty(),
        gaps: !asked.is_nobody() && program.notes.iter().any(|note| note.code != NoteCode::RestRow),
        received: asked.receives(&program.program),
        excluded_by: excluded.into_iter().map(|name| named(all, name)).collect(),
        open_count: open.len(),
        loan: program.kind.as_deref() == Some(LOAN),
    };
    Numbered { row, amount, there }
}

fn person(asked: &Asked, outcome: &OutcomeReport) -> PersonAnswer {
    PersonAnswer {
        person: asked.place(outcome.person.as_deref()),
        name: outcome.person.clone().unwrap_or_default(),
        verdict: outcome.verdict,
        amount: amount(outcome),
    }
}

pub(super) fn amount(outcome: &OutcomeReport) -> Option<Amount> {
    together([(outcome.verdict, outcome.amount.as_ref())]).map(|(per, span)| span.amount(per))
}

/// The nearest day that has not passed; else what is said of days that are not known.
fn next_deadline(outcomes: &[OutcomeReport]) -> Option<Deadline> {
    let ahead = outcomes.iter().filter(|o| o.verdict != Verdict::NotEligible).flat_map(|o| &o.deadlines);
    let ahead = ahead.filter(|deadline| !deadline.passed);
    let ahead = ahead.map(|deadline| Deadline { day: deadline.day.clone(), text: deadline.text.clone() });
    // A day comes before none.
    ahead.min_by_key(|deadline| (deadline.day.is_none(), deadline.day.clone()))
}

pub(super) fn named(all: &[ProgramReport], program: &str) -> NamedProgram {
    let title = all.iter().find(|p| p.program == program).map_or(program, |p| p.title.as_str());
    NamedProgram { program: program.to_owned(), title: title.to_owned() }
}

pub(super) fn cell(numbered: &Numbered) -> Cell {
    Cell { verdict: numbered.row.verdict, amount: numbered.row.amount.clone() }
}

/// A question with what hangs on it of `programs`; none where nothing of these does.
pub(super) fn question(
    asked: &Asked,
    question: &QuestionReport,
    all: &[ProgramReport],
    wanted: impl Fn(&str) -> bool,
) -> Option<Question> {
    let programs = question.programs.iter().filter(|name| wanted(name.as_str()));
    let programs: Vec<_> = programs.map(|name| named(all, name)).collect();
    if programs.is_empty() {
        return None;
    }
    let person = asked.place(question.person.as_deref());
    Some(Question {
        open: Open { fact: question.fact.clone(), person },
        name: question.person.clone().unwrap_or_default(),
        shape: shape(asked.rules(), asked.rules().fact(&question.fact)?, asked.lang),
        programs,
        yen_per_year: question.yen.clone(),
    })
}
