use std::collections::BTreeSet;
use std::fmt::Write;

use madoguchi_benefits::answer::{StepKind, Verdict};
use madoguchi_resident::programs::{ChangeReport, Explanation, Reason, explain as lib};

use super::args::Explain;
use super::input;
use super::say::{Tongue, mark};
use crate::{Answer, Failure};

pub fn explain(wanted: &Explain) -> Result<Answer, Failure> {
    let asked = &wanted.asked;
    let input = input::read(asked)?;
    let told = lib(&input.rules, &input.household, input.on, &asked.lang, &wanted.program);
    let told = told.map_err(|problems| input::bad_facts(&input.rules, &input.household, &problems))?;
    let Some(mut told) = told else {
        let message =
            format!("「{}」という制度は、きまりにありません。check で一覧が出ます。", wanted.program);
        return Err(refused("no-program", message));
    };
    if let Some(person) = &wanted.person {
        let theirs = |name: &Option<String>| name.as_ref() == Some(person);
        if !told.program.outcomes.iter().any(|outcome| theirs(&outcome.person)) {
            let known = input.household.people.iter().any(|p| p.name == *person);
            let message = match known {
                true => format!(
                    "「{}」は世帯でひとつの制度です。--person をつけずに聞いてください。",
                    told.program.title
                ),
                false => format!("{person} という人は、この世帯にいません。"),
            };
            return Err(refused(if known { "whole-household" } else { "no-person" }, message));
        }
        told.program.outcomes.retain(|outcome| theirs(&outcome.person));
        told.reasons.retain(|reasons| theirs(&reasons.person));
    }
    let text = Teller {
        tongue: Tongue::of(&asked.lang),
        told: &told,
        all: wanted.person.is_some(),
        shown: BTreeSet::new(),
        out: String::new(),
    }
    .tell();
    Answer::new(&told, text)
}

fn refused(code: &'static str, message: String) -> Failure {
    Failure::Told { code, message, problems: serde_json::json!([]), misused: false }
}

struct Teller<'a> {
    tongue: Tongue,
    told: &'a Explanation,
    /// Also those whom it is not for, though there are others.
    all: bool,
    /// What was told in full, with whose: once is enough.
    shown: BTreeSet<(String, Option<String>)>,
    out: String,
}

impl Teller<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(depth));
    }

    fn tell(mut self) -> String {
        let (tongue, told) = (self.tongue, self.told);
        let program = &told.program;
        self.line(0, &format!("{} ({})", program.title, told.on));
        if let Some(summary) = &program.summary {
            self.line(0, summary);
        }
        let somebody = program.verdict != Verdict::NotEligible;
        let outcomes = program.outcomes.iter().zip(&told.reasons);
        for (outcome, reasons) in outcomes {
            if somebody && !self.all && outcome.verdict == Verdict::NotEligible {
                continue;
            }
            let whose = outcome.person.as_ref().map(|person| format!("{person}: ")).unwrap_or_default();
            let amount = outcome.amount.as_ref().map(|amount| format!(" {}", tongue.amount(amount)));
            let verdict = tongue.group(outcome.verdict);
            self.line(0, &format!("\n■ {whose}{verdict}{}", amount.unwrap_or_default()));
            for reason in &reasons.because {
                self.reason(reason, 1, outcome.person.as_deref());
            }
            for change in &reasons.changes {
                let change = self.change(change);
                self.line(1, &format!("→ {change}"));
            }
        }
        for question in &told.questions {
            let head = tongue.pick("まだ分からないこと", "まだ わからない こと", "Not known yet");
            let asked = question.question.as_ref().or(question.label.as_ref()).unwrap_or(&question.fact);
            let whose = tongue.whose(question.person.as_deref());
            self.line(0, &format!("\n{head}: {whose}{asked}"));
            if let Some(why) = &question.why {
                self.line(1, why);
            }
        }
        self.program();
        self.out
    }

    /// What the program is for everybody: what to bring, where to ask, where it says so.
    fn program(&mut self) {
        let (tongue, program) = (self.tongue, &self.told.program);
        self.out.push('\n');
        let heads = [
            (tongue.pick("書類", "もって いく もの", "To bring"), program.documents.clone()),
            (tongue.pick("窓口", "まどぐち", "Where to ask"), program.counter.iter().cloned().collect()),
            (tongue.pick("申請", "もうしこみ", "Form"), program.apply.iter().cloned().collect()),
            (tongue.pick("根拠", "ほうりつ", "Law"), program.articles.clone()),
            (
                tongue.pick("出典", "もとに した もの", "Source"),
                program
                    .sources
                    .iter()
                    .map(|source| {
                        let parts = [Some(source.text.clone()), source.url.clone(), source.checked.clone()];
                        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
                    })
                    .collect(),
            ),
            (
                tongue.pick("確かめていないこと", "たしかめて いない こと", "Not verified"),
                program.unverified.clone(),
            ),
        ];
        for (head, lines) in heads {
            for line in lines {
                self.line(0, &format!("{head}: {line}"));
            }
        }
    }

    /// A line for the step, and its parts below it.
    fn reason(&mut self, reason: &Reason, depth: usize, of: Option<&str>) {
        match reason.kind {
            // A root is what is required; what it is made of says the rest.
            _ if depth == 1 => self.whole(reason, depth, of),
            StepKind::Less | StepKind::AtMost | StepKind::Same => self.comparison(reason, depth, of),
            StepKind::Formula if reason.verdict.is_some() => self.condition(reason, depth, of),
            // Nobody counted: what is above says so with its 0.
            StepKind::People if reason.verdict.is_none() && reason.below.is_empty() => {}
            _ => self.whole(reason, depth, of),
        }
    }

    /// A condition without a name, such as a word that is one of several: its parts in a line.
    fn condition(&mut self, reason: &Reason, depth: usize, of: Option<&str>) {
        let verdict = reason.verdict.map(mark).unwrap_or_default();
        let whose = self.other(reason, of);
        let parts = reason.below.iter().map(|part| self.side(part, of)).collect::<Vec<_>>();
        self.line(depth, &format!("{verdict} {whose}{}", parts.join(" / ")));
        self.sides(reason.below.iter(), depth, of);
    }

    fn whole(&mut self, reason: &Reason, depth: usize, of: Option<&str>) {
        let mut told = reason.verdict.map(|verdict| format!("{} ", mark(verdict))).unwrap_or_default();
        told.push_str(&self.name(reason, of));
        let value = self.value(reason);
        if !value.is_empty() {
            let _ = write!(told, " {value}");
        }
        if let Some(since) = &reason.since {
            let _ = write!(
                told,
                "{}",
                self.tongue.pick(
                    format!("（{since}から）"),
                    format!("（{since}から）"),
                    format!(" (since {since})")
                )
            );
        }
        if !reason.articles.is_empty() {
            let _ = write!(told, " [{}]", reason.articles.join("、"));
        }
        let key = reason.name.clone().map(|name| (name, reason.person.clone()));
        let again = !reason.below.is_empty() && key.is_some_and(|key| !self.shown.insert(key));
        if again {
            told.push_str(self.tongue.pick(" （上と同じ）", " （うえと おなじ）", " (as above)"));
        }
        self.line(depth, &told);
        if !again {
            self.parts(reason, depth, of);
        }
    }

    fn parts(&mut self, reason: &Reason, depth: usize, of: Option<&str>) {
        for part in &reason.below {
            // Somebody who merely counts has been named already.
            if reason.kind != StepKind::People || part.kind != StepKind::Fixed {
                self.reason(part, depth + 1, of);
            }
        }
    }

    /// `A 1,220,000円/年 < B 2,460,000円/年`, and what both are made of.
    fn comparison(&mut self, reason: &Reason, depth: usize, of: Option<&str>) {
        let [first, second] = reason.below.as_slice() else { return self.whole(reason, depth, of) };
        let (left, sign, right) = match (reason.kind, first.kind) {
            (StepKind::Less, StepKind::Fixed) => (second, ">", first),
            (StepKind::AtMost, StepKind::Fixed) => (second, "≥", first),
            (StepKind::Less, _) => (first, "<", second),
            (StepKind::AtMost, _) => (first, "≤", second),
            _ => (first, "=", second),
        };
        let verdict = reason.verdict.map(mark).unwrap_or_default();
        let whose = self.other(reason, of);
        let (a, b) = (self.side(left, of), self.side(right, of));
        self.line(depth, &format!("{verdict} {whose}{a} {sign} {b}"));
        self.sides([left, right].into_iter(), depth, of);
    }

    /// A part of a line: what it is called and what it comes to.
    fn side(&self, reason: &Reason, of: Option<&str>) -> String {
        let parts = [self.name(reason, of), self.value(reason)];
        parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// What the parts of a line are made of.
    fn sides<'r>(&mut self, sides: impl Iterator<Item = &'r Reason>, depth: usize, of: Option<&str>) {
        for side in sides {
            let Some(name) = &side.name else {
                self.parts(side, depth, of);
                continue;
            };
            if !side.below.is_empty() && self.shown.insert((name.clone(), side.person.clone())) {
                let head = self.name(side, of);
                self.line(depth + 1, &format!("{head}:"));
                self.parts(side, depth + 1, of);
            }
        }
    }

    /// Somebody else's, before a line.
    fn other(&self, reason: &Reason, of: Option<&str>) -> String {
        match &reason.person {
            Some(person) if Some(person.as_str()) != of => format!("{person}: "),
            _ => String::new(),
        }
    }

    fn name(&self, reason: &Reason, of: Option<&str>) -> String {
        let tongue = self.tongue;
        let amount = || tongue.pick("額", "おかね", "Amount").to_owned();
        let own = match (&reason.label, &reason.name) {
            (Some(label), _) => label.clone(),
            (None, Some(name)) if name.ends_with("/額") => amount(),
            (None, Some(name)) => name.replace('_', " "),
            (None, None) => match reason.kind {
                StepKind::All => tongue.pick("次のすべて", "つぎの ぜんぶ", "All of these").into(),
                StepKind::Any => tongue.pick("次のどれか", "つぎの どれか", "One of these").into(),
                StepKind::Not => tongue.pick("次のことがない", "つぎの ことが ない", "Not this").into(),
                StepKind::People => self.counted(reason),
                StepKind::Formula => tongue.pick("計算", "けいさん", "Worked out").into(),
                _ => String::new(),
            },
        };
        match &reason.person {
            Some(person) if Some(person.as_str()) != of && reason.kind != StepKind::People => {
                match own.as_str() {
                    "" => person.clone(),
                    own => tongue.pick(
                        format!("{own}（{person}）"),
                        format!("{own}（{person}）"),
                        format!("{own} ({person})"),
                    ),
                }
            }
            _ => own,
        }
    }

    /// Whom a step over the people of the household found.
    fn counted(&self, reason: &Reason) -> String {
        let tongue = self.tongue;
        let mut people: Vec<&str> = Vec::new();
        for person in reason.below.iter().filter_map(|part| part.person.as_deref()) {
            if !people.contains(&person) {
                people.push(person);
            }
        }
        match people.as_slice() {
            [] => tongue.pick("当てはまる人なし", "あてはまる ひとは いません", "Nobody").into(),
            people => people.join(tongue.pick("、", "、", ", ")),
        }
    }

    fn value(&self, reason: &Reason) -> String {
        let (tongue, unit) = (self.tongue, reason.unit);
        let number = |n: &String| tongue.number(n, unit);
        let numeric =
            unit.is_some() || reason.value.as_ref().is_some_and(|v| v.bytes().all(|b| b.is_ascii_digit()));
        if let Some(value) = &reason.value {
            return if numeric { number(value) } else { value.clone() };
        }
        match (&reason.low, &reason.high) {
            (Some(low), Some(high)) => return format!("{}〜{}", number(low), number(high)),
            (Some(low), None) => {
                return tongue.pick(
                    format!("{}以上", number(low)),
                    format!("{}か もっと", number(low)),
                    format!("{} or more", number(low)),
                );
            }
            (None, Some(high)) => {
                return tongue.pick(
                    format!("{}まで", number(high)),
                    format!("{}まで", number(high)),
                    format!("up to {}", number(high)),
                );
            }
            (None, None) => {}
        }
        if !reason.words.is_empty() {
            return reason.words.join(tongue.pick("・", "・", " / "));
        }
        match reason.kind {
            _ if reason.verdict.is_some() => String::new(),
            StepKind::Fact => {
                tongue.pick("（答えていません）", "（こたえて いません）", "(not answered)").into()
            }
            StepKind::Definition | StepKind::Figure | StepKind::Table => "？".into(),
            _ => String::new(),
        }
    }

    fn change(&self, change: &ChangeReport) -> String {
        let tongue = self.tongue;
        let label = change.label.as_ref().unwrap_or(&change.fact);
        let whose = tongue.whose(change.person.as_deref());
        let limit = change.limit.as_ref().map(|n| tongue.number(n, change.unit)).unwrap_or_default();
        match change.change {
            "at-most" => tongue.pick(
                format!("{whose}{label} が {limit} 以下なら、受けられます"),
                format!("{whose}{label} が {limit}までなら、もらえます"),
                format!("yours if: {whose}{label} is at most {limit}"),
            ),
            "at-least" => tongue.pick(
                format!("{whose}{label} が {limit} 以上なら、受けられます"),
                format!("{whose}{label} が {limit}か もっとなら、もらえます"),
                format!("yours if: {whose}{label} is at least {limit}"),
            ),
            _ => tongue.pick(
                format!("{whose}「{label}」の答えが反対なら、受けられます"),
                format!("{whose}「{label}」の こたえが はんたいなら、もらえます"),
                format!("yours if the answer to this were the other one: {whose}{label}"),
            ),
        }
    }
}
