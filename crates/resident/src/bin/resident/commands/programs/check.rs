use std::collections::BTreeSet;
use std::fmt::Write;

use madoguchi_benefits::answer::Verdict;
use madoguchi_resident::programs::{OpenReport, OutcomeReport, ProgramReport, Report, report};

use super::args::Asked;
use super::input;
use super::say::Tongue;
use crate::{Answer, Failure};

/// How many of the open questions are told.
const QUESTIONS: usize = 5;

pub fn check(asked: &Asked) -> Result<Answer, Failure> {
    let input = input::read(asked)?;
    let report = report(&input.rules, &input.household, input.on, &asked.lang, &BTreeSet::new());
    let report = report.map_err(|problems| input::bad_facts(&input.rules, &input.household, &problems))?;
    let text = Teller { tongue: Tongue::of(&asked.lang), report: &report, out: String::new() }.tell();
    Answer::new(&report, text)
}

struct Teller<'a> {
    tongue: Tongue,
    report: &'a Report,
    out: String,
}

impl Teller<'_> {
    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = self.out.write_fmt(text);
        self.out.push('\n');
    }

    fn tell(mut self) -> String {
        let (tongue, report) = (self.tongue, self.report);
        let n = report.programs.len();
        let on = &report.on;
        self.line(format_args!(
            "{}",
            tongue.pick(
                format!("{on} の答え。調べた制度は {n}。"),
                format!("{on} の こたえです。{n}の せいどを しらべました。"),
                format!("Answers for {on}; {n} programs were looked at."),
            )
        ));
        if report.town_known == Some(false) {
            let words = tongue.pick(
                "※ その名の市区町村は、その都道府県にありません。町で決まる額は分かりません。",
                "※ その まちは、その けんに ありません。まちで きまる おかねは わかりません。",
                "* The prefecture has no municipality of that name: what depends on the town is not known.",
            );
            self.line(format_args!("{words}"));
        }
        for verdict in [Verdict::Eligible, Verdict::Unknown, Verdict::NotEligible] {
            let group: Vec<&ProgramReport> =
                report.programs.iter().filter(|program| program.verdict == verdict).collect();
            self.line(format_args!("\n■ {} ({})", tongue.group(verdict), group.len()));
            for program in group {
                match verdict {
                    Verdict::NotEligible => self.not_theirs(program),
                    _ => self.theirs(program),
                }
            }
        }
        self.questions();
        self.out
    }

    fn theirs(&mut self, program: &ProgramReport) {
        let tongue = self.tongue;
        self.line(format_args!("・{}", program.title));
        let outcomes = program.outcomes.iter().filter(|outcome| outcome.verdict != Verdict::NotEligible);
        // The same question for each of them is told once.
        let mut last = None;
        for outcome in outcomes {
            self.outcome(program, outcome);
            let next = outcome.open.first();
            if next != last || next.is_none() {
                self.next(outcome);
            }
            last = next;
        }
        if let Some(prose) = &program.prose {
            self.line(format_args!("    {prose}"));
        }
        if !program.next_payments.is_empty() {
            let head = tongue.pick("支給月", "もらう つき", "Paid in");
            self.line(format_args!("    {head}: {}", tongue.months(&program.next_payments)));
        }
        // What is said of a deadline is the same for all; a day may differ.
        let mut said = BTreeSet::new();
        for outcome in program.outcomes.iter().filter(|outcome| outcome.verdict != Verdict::NotEligible) {
            for deadline in outcome.deadlines.iter().filter(|deadline| !deadline.passed) {
                let head = tongue.pick("期限", "いつまで", "Deadline");
                let day = deadline.day.as_ref().map(|day| format!("{day} ")).unwrap_or_default();
                let whose =
                    if day.is_empty() { String::new() } else { tongue.whose(outcome.person.as_deref()) };
                if said.insert((whose.clone(), deadline.text.as_str())) {
                    self.line(format_args!("    {head}: {whose}{day}{}", deadline.text));
                }
            }
        }
        if let Some(counter) = &program.counter {
            self.line(format_args!("    {}: {counter}", tongue.pick("窓口", "まどぐち", "Where to ask")));
        }
        if !program.unverified.is_empty() {
            let (n, name) = (program.unverified.len(), &program.program);
            let words = tongue.pick(
                format!("確かめていないことが {n} あります（programs explain {name} で読めます）"),
                format!("たしかめて いない ことが {n} あります（programs explain {name}）"),
                format!("{n} things are not verified (programs explain {name})"),
            );
            self.line(format_args!("    ※ {words}"));
        }
    }

    fn outcome(&mut self, program: &ProgramReport, outcome: &OutcomeReport) {
        let tongue = self.tongue;
        let mut parts: Vec<String> = Vec::new();
        // Beside those who may have it, one who does not yet is told apart.
        if program.verdict == Verdict::Eligible && outcome.verdict == Verdict::Unknown {
            parts.push(tongue.group(Verdict::Unknown).into());
        }
        if let Some(amount) = &outcome.amount {
            let amount = tongue.amount(amount);
            parts.push(match outcome.verdict {
                Verdict::Unknown => tongue.pick(
                    format!("受けられるなら {amount}"),
                    format!("もらえるなら {amount}"),
                    format!("if so, {amount}"),
                ),
                _ => amount,
            });
        }
        for other in &outcome.excluded_by {
            let title = self
                .report
                .programs
                .iter()
                .find(|p| p.program == *other)
                .map_or(other.as_str(), |p| &p.title);
            parts.push(tongue.pick(
                format!("「{title}」と両方は受けられません"),
                format!("「{title}」と りょうほうは もらえません"),
                format!("not together with {title}"),
            ));
        }
        if !(outcome.person.is_none() && parts.is_empty()) {
            let colon = if outcome.person.is_some() && !parts.is_empty() { ": " } else { "" };
            let person = outcome.person.as_deref().unwrap_or_default();
            self.line(format_args!("    {person}{colon}{}", parts.join(tongue.pick("、", "、", "; "))));
        }
    }

    /// What would settle it, or that nothing would.
    fn next(&mut self, outcome: &OutcomeReport) {
        let tongue = self.tongue;
        if let Some(first) = outcome.open.first() {
            let head = tongue.pick("次の問い", "つぎの しつもん", "Next question");
            let asked = self.asked(first);
            self.line(format_args!("      → {head}: {asked}"));
        } else if outcome.verdict == Verdict::Unknown {
            let words = tongue.pick(
                "きまりの側に、まだ足りないものがあります。窓口で聞いてください。",
                "この でんわでは わかりません。まどぐちで きいて ください。",
                "The rules lack something here; ask at the counter.",
            );
            self.line(format_args!("      → {words}"));
        }
    }

    fn asked(&self, open: &OpenReport) -> String {
        let found = self.report.questions.iter().find(|q| q.fact == open.fact && q.person == open.person);
        let question = found.and_then(|q| q.question.as_ref().or(q.label.as_ref())).unwrap_or(&open.fact);
        format!("{}{question}", self.tongue.whose(open.person.as_deref()))
    }

    /// Not theirs: and the first reason, where it is the same for all.
    fn not_theirs(&mut self, program: &ProgramReport) {
        let first = |outcome: &OutcomeReport| {
            let missing = outcome.requires.iter().find(|required| required.verdict == Verdict::NotEligible);
            missing.map(|required| required.text.clone())
        };
        let reasons: BTreeSet<String> = program.outcomes.iter().filter_map(first).collect();
        let mut reasons = reasons.into_iter();
        match (reasons.next(), reasons.next()) {
            (Some(reason), None) => self.line(format_args!("・{} × {reason}", program.title)),
            _ => self.line(format_args!("・{}", program.title)),
        }
    }

    fn questions(&mut self) {
        let (tongue, report) = (self.tongue, self.report);
        if report.questions.is_empty() {
            return;
        }
        let head = tongue.pick(
            "答えると、多くのことが決まる問い",
            "こたえると、おおくの ことが わかる しつもん",
            "Questions that settle most",
        );
        self.line(format_args!("\n■ {head}"));
        for question in report.questions.iter().take(QUESTIONS) {
            let open = OpenReport { fact: question.fact.clone(), person: question.person.clone() };
            let (asked, n) = (self.asked(&open), question.programs.len());
            let counted = tongue.pick(format!("制度 {n}"), format!("せいど {n}"), format!("{n} programs"));
            self.line(format_args!("・{asked} [{counted}]"));
        }
    }
}
