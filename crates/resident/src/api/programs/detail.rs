use super::ProgramQuery;
use super::asked::Asked;
use super::rows::{amount, question, row};
use super::shapes::{Deadline, FactChange, Outcome, ProgramDetail, Question, Required, RuleSource, Step};
use crate::Phone;
use crate::api::ApiError;
use crate::household::Open;
use crate::programs::{
    ChangeReport, OpenReport, OutcomeReport, ProgramReport, QuestionReport, Reason, Reasons, reasons,
};

pub(in crate::api) fn program(phone: &Phone, wanted: ProgramQuery) -> Result<ProgramDetail, ApiError> {
    let asked = Asked::new(phone, wanted.lang.as_deref(), wanted.on, wanted.what_if)?;
    let report = asked.report()?;
    let named = |program: &&ProgramReport| program.program == wanted.program;
    let missing = || ApiError { code: "no-program", message: "no program of this name".into() };
    let program = report.programs.iter().find(named).ok_or_else(missing)?;
    let outcomes = if asked.is_nobody() {
        Vec::new()
    } else {
        let reasons = reasons(asked.rules(), &asked.household, asked.on, asked.lang, program);
        let reasons = reasons.unwrap_or_default();
        let told = Teller { asked: &asked, all: &report.programs, questions: &report.questions };
        program
            .outcomes
            .iter()
            .zip(reasons)
            .map(|(outcome, why)| told.outcome(program, outcome, why))
            .collect()
    };
    let notes = if asked.is_nobody() { &[][..] } else { program.notes.as_slice() };
    Ok(ProgramDetail {
        row: row(&asked, program, &report.programs).row,
        outcomes,
        documents: program.documents.clone(),
        counter: program.counter.clone(),
        apply: program.apply.clone(),
        payment_months: program.payment_months.clone(),
        articles: program.articles.clone(),
        sources: program.sources.iter().map(source).collect(),
        unverified: program.unverified.clone(),
        notes: notes.iter().map(note).collect(),
        events: program.events.clone(),
    })
}

fn source(source: &madoguchi_benefits::answer::SourceAnswer) -> RuleSource {
    RuleSource { text: source.text.clone(), url: source.url.clone(), checked: source.checked.clone() }
}

fn note(note: &crate::programs::NoteReport) -> String {
    let code = serde_json::to_value(note.code).unwrap_or_default();
    format!("{}: {}", code.as_str().unwrap_or_default(), note.text)
}

struct Teller<'a> {
    asked: &'a Asked,
    all: &'a [ProgramReport],
    questions: &'a [QuestionReport],
}

impl Teller<'_> {
    fn outcome(&self, program: &ProgramReport, outcome: &OutcomeReport, why: Reasons) -> Outcome {
        let requires = outcome.requires.iter().map(|required| Required {
            text: required.text.clone(),
            verdict: required.verdict,
            articles: required.articles.clone(),
        });
        let deadlines = outcome.deadlines.iter();
        let deadlines =
            deadlines.map(|deadline| Deadline { day: deadline.day.clone(), text: deadline.text.clone() });
        Outcome {
            person: self.asked.place(outcome.person.as_deref()),
            name: outcome.person.clone().unwrap_or_default(),
            verdict: outcome.verdict,
            amount: amount(outcome),
            requires: requires.collect(),
            reasons: why.because.into_iter().map(|reason| self.step(reason)).collect(),
            changes: why.changes.into_iter().map(|change| self.change(change)).collect(),
            deadlines: deadlines.collect(),
            questions: self.questions(&program.program, &outcome.open),
        }
    }

    /// The questions that settle this outcome, in the order in which they settle most of all.
    fn questions(&self, program: &str, open: &[OpenReport]) -> Vec<Question> {
        let here = |question: &&QuestionReport| {
            open.iter().any(|open| open.fact == question.fact && open.person == question.person)
        };
        let asked = self.questions.iter().filter(here);
        asked.filter_map(|q| question(self.asked, q, self.all, |name| name == program)).collect()
    }

    fn step(&self, reason: Reason) -> Step {
        Step {
            kind: reason.kind,
            name: reason.name,
            label: reason.label,
            person: self.asked.place(reason.person.as_deref()),
            verdict: reason.verdict,
            value: reason.value,
            low: reason.low,
            high: reason.high,
            words: reason.words,
            unit: reason.unit,
            since: reason.since,
            articles: reason.articles,
            below: reason.below.into_iter().map(|reason| self.step(reason)).collect(),
        }
    }

    fn change(&self, change: ChangeReport) -> FactChange {
        let person = self.asked.place(change.person.as_deref());
        FactChange {
            label: change.label.unwrap_or_else(|| change.fact.clone()),
            open: Open { fact: change.fact, person },
            name: change.person.unwrap_or_default(),
            limit: change.change,
            value: change.limit,
            unit: change.unit,
        }
    }
}
