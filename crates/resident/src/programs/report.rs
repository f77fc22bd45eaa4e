//! Every program's answer for a household, with names and with the texts of one language.

use std::collections::BTreeSet;

use super::shapes::{
    AmountReport, DeadlineReport, NoteCode, NoteReport, OpenReport, OutcomeReport, ProgramReport,
    QuestionReport, Report, RequirementReport,
};
use super::words::{text, title};
use madoguchi_benefits::answer::{Amount, Answer, Description, Open, Outcome, questions};
use madoguchi_benefits::number::Ratio;
use madoguchi_benefits::{Evaluation, FactProblem, Household, Note, Rules, calendar};

/// How many of the next months of payment are told.
const NEXT_PAYMENTS: usize = 3;

/// Answers all programs for a household on a day. `declined`: facts (numbers and people as entered) that the resident would
/// rather not tell, and is not asked for again.
pub fn report(
    rules: &Rules,
    household: &Household,
    on: i32,
    lang: &str,
    declined: &BTreeSet<Open>,
) -> Result<Report, Vec<FactProblem>> {
    let mut evaluation = Evaluation::of(rules, on, household)?;
    let answers = evaluation.answers();
    let teller = Teller { rules, household, on, lang };
    let town_known = town_known(&mut evaluation, household);
    let mut programs = Vec::new();
    for answer in &answers {
        let Some(description) = rules.describe(answer.program) else { continue };
        programs.push(teller.program(answer, description));
    }
    let questions = questions(&answers, declined);
    let questions = questions.iter().filter_map(|q| {
        let asking = rules.asking(q.open.fact);
        let (label, question, why) = asking?;
        let OpenReport { fact, person } = teller.open(&q.open)?;
        Some(QuestionReport {
            fact,
            person,
            label: text(&label, lang).map(str::to_owned),
            question: text(&question, lang).map(str::to_owned),
            why: text(&why, lang).map(str::to_owned),
            programs: q
                .programs
                .iter()
                .filter_map(|id| Some(rules.programs.get(*id as usize)?.name.clone()))
                .collect(),
            yen: q.yen.to_string(),
        })
    });
    let questions = questions.collect();
    Ok(Report { on: calendar::format(on), lang: lang.to_owned(), town_known, programs, questions })
}

/// The facts that say where a household lives, and what every known town has.
pub(super) const PREFECTURE: &str = "都道府県";
pub(super) const TOWN: &str = "市区町村";
const GRADE: &str = "級地";

/// Whether the rules know the town, told by prefecture and name.
pub(super) fn town_known(evaluation: &mut Evaluation<'_>, household: &Household) -> Option<bool> {
    let told = |fact| household.household.get(fact).is_some_and(serde_json::Value::is_string);
    if !told(PREFECTURE) || !told(TOWN) {
        return None;
    }
    evaluation.value_of(GRADE, None).map(|grade| grade.is_known())
}

/// A bound in digits; `None` where there is none.
pub fn bound(n: Ratio) -> Option<String> {
    n.is_finite().then(|| n.to_string())
}

pub(super) fn amount(amount: &Amount) -> AmountReport {
    AmountReport { per: amount.per, low: bound(amount.yen.low), high: bound(amount.yen.high) }
}

pub(super) fn notes(rules: &Rules, notes: &[Note]) -> Vec<NoteReport> {
    let told = |note: &Note| NoteReport {
        code: match note {
            Note::NoFigure(_) => NoteCode::NoFigure,
            Note::NoTable(_) => NoteCode::NoTable,
            Note::NoFormula(_) | Note::NoFunction(_) => NoteCode::NoFormula,
            Note::NoRow(_) => NoteCode::NoRow,
            Note::RestRow(_) => NoteCode::RestRow,
        },
        text: rules.say_note(*note),
    };
    notes.iter().map(told).collect()
}

struct Teller<'a> {
    rules: &'a Rules,
    household: &'a Household,
    on: i32,
    lang: &'a str,
}

impl Teller<'_> {
    fn text(&self, words: &madoguchi_benefits::answer::Words) -> String {
        text(words, self.lang).unwrap_or_default().to_owned()
    }

    fn person(&self, person: Option<usize>) -> Option<String> {
        self.household.name_of(person)
    }

    fn open(&self, open: &Open) -> Option<OpenReport> {
        let fact = self.rules.facts.get(open.fact as usize)?;
        Some(OpenReport { fact: fact.name.clone(), person: self.person(open.person) })
    }

    fn program(&self, answer: &Answer, of: &Description) -> ProgramReport {
        ProgramReport {
            title: title(of, self.lang).to_owned(),
            summary: text(&of.summary, self.lang).map(str::to_owned),
            verdict: answer.verdict,
            outcomes: answer.outcomes.iter().map(|outcome| self.outcome(outcome, of)).collect(),
            prose: text(&of.prose, self.lang).map(str::to_owned),
            next_payments: next_payments(&of.payment_months, self.on),
            documents: of.documents.iter().map(|document| self.text(document)).collect(),
            counter: text(&of.counter, self.lang).map(str::to_owned),
            notes: notes(self.rules, &answer.notes),
            program: of.name.clone(),
            kind: of.kind.clone(),
            payment_months: of.payment_months.clone(),
            apply: of.apply.clone(),
            events: of.events.clone(),
            articles: of.articles.clone(),
            sources: of.sources.clone(),
            unverified: of.unverified.clone(),
        }
    }

    fn outcome(&self, outcome: &Outcome, of: &Description) -> OutcomeReport {
        let requires =
            of.requires.iter().zip(&outcome.requires).map(|(required, verdict)| RequirementReport {
                text: self.text(&required.text),
                verdict: *verdict,
                articles: required.articles.clone(),
            });
        let deadlines = of.deadlines.iter().zip(&outcome.deadlines).map(|(said, day)| DeadlineReport {
            text: self.text(said),
            day: day.map(calendar::format),
            passed: day.is_some_and(|day| day < self.on),
        });
        let program = |id: &u32| Some(self.rules.programs.get(*id as usize)?.name.clone());
        OutcomeReport {
            person: self.person(outcome.person),
            verdict: outcome.verdict,
            amount: outcome.amount.as_ref().map(amount),
            requires: requires.collect(),
            deadlines: deadlines.collect(),
            open: outcome.open.iter().filter_map(|open| self.open(open)).collect(),
            excluded_by: outcome.excluded_by.iter().filter_map(program).collect(),
        }
    }
}

/// The next months of payment, this one too: on which day of it is not told.
fn next_payments(months: &[u8], on: i32) -> Vec<String> {
    let (year, month, _) = calendar::civil(on);
    let ahead = (0..12).map(|n| (year + (month - 1 + n) / 12, (month - 1 + n) % 12 + 1));
    let paid = ahead.filter(|(_, month)| months.iter().any(|paid| i32::from(*paid) == *month));
    paid.take(NEXT_PAYMENTS).map(|(year, month)| format!("{year:04}-{month:02}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::{HouseholdFile, rules};
    use serde_json::json;

    fn day(text: &str) -> i32 {
        calendar::parse(text).unwrap()
    }

    fn told(household: serde_json::Value, on: &str, lang: &str) -> Report {
        let file = HouseholdFile::read(&household.to_string()).unwrap();
        report(rules(), &file.household, day(on), lang, &BTreeSet::new()).unwrap()
    }

    fn family(birth: &str, town: &str) -> serde_json::Value {
        json!({
            "household": {"都道府県": "三重県", "市区町村": town, "生活保護を受けている": false},
            "people": [
                {"name": "母", "facts": {"誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居"}},
                {"name": "子", "facts": {"誕生年月日": birth, "親": ["母"], "住まい": "同居"}},
            ],
        })
    }

    fn program<'r>(report: &'r Report, name: &str) -> &'r ProgramReport {
        report.programs.iter().find(|program| program.program == name).unwrap()
    }

    #[test]
    fn payments_come_in_the_next_of_their_months() {
        assert_eq!(
            next_payments(&[2, 4, 6, 8, 10, 12], day("2026-11-26")),
            ["2026-12", "2027-02", "2027-04"]
        );
        assert_eq!(next_payments(&[1, 11], day("2026-11-30")), ["2026-11", "2027-01"]);
        assert!(next_payments(&[], day("2026-11-30")).is_empty());
    }

    #[test]
    fn amounts_are_exact() {
        assert_eq!(bound(Ratio::whole(20_000_001)).as_deref(), Some("20000001"));
        assert_eq!(bound(Ratio::new(10, 4).unwrap()).as_deref(), Some("5/2"));
        assert_eq!(bound(Ratio::INFINITE), None);
    }

    #[test]
    fn a_deadline_is_a_day_and_passes() {
        let household = family("2026-11-20", "津市");
        let before = told(household.clone(), "2026-11-26", "en");
        let deadline = |report: &Report| program(report, "児童手当").outcomes[0].deadlines[0].clone();
        assert_eq!(deadline(&before).day.as_deref(), Some("2026-12-05"));
        assert!(!deadline(&before).passed && deadline(&before).text.starts_with("Apply within 15 days"));
        assert!(deadline(&told(household, "2026-12-06", "ja")).passed);
    }

    #[test]
    fn every_program_that_runs_into_a_gap_says_so() {
        // 三重県 has no 川崎市.
        let unknown = told(family("2024-05-01", "川崎市"), "2026-11-26", "ja");
        let known = told(family("2024-05-01", "津市"), "2026-11-26", "ja");
        assert_eq!((unknown.town_known, known.town_known), (Some(false), Some(true)));
        let gaps = |report: &Report| {
            let at = |note: &NoteReport| note.code == NoteCode::NoRow && note.text.contains("生活保護級地");
            report.programs.iter().filter(|program| program.notes.iter().any(at)).count()
        };
        // Not only the first that looks there.
        assert!(gaps(&unknown) > 1 && gaps(&known) == 0);
    }

    #[test]
    fn the_next_question_names_whom_it_asks_and_is_not_asked_of_who_declined() {
        let file = HouseholdFile::read(&family("2018-05-01", "津市").to_string()).unwrap();
        let ask = |declined: &BTreeSet<Open>| {
            report(rules(), &file.household, day("2026-11-26"), "ja", declined).unwrap().questions
        };
        let first = ask(&BTreeSet::new()).remove(0);
        assert!(first.question.is_some() && !first.programs.is_empty(), "{first:?}");
        let fact = rules().facts.iter().position(|fact| fact.name == first.fact).unwrap();
        let person = file.household.people.iter().position(|p| Some(&p.name) == first.person.as_ref());
        let declined = BTreeSet::from([Open { fact: fact as u32, person }]);
        assert!(ask(&declined).iter().all(|q| (&q.fact, &q.person) != (&first.fact, &first.person)));
    }
}
