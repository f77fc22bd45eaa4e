//! What a joined town itself has: programs by rules and in words, and rule files that cannot be used.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::Date;
use madoguchi_benefits::answer::Verdict;
use madoguchi_benefits::calendar;
use madoguchi_model::{Lang, TownCode};
use madoguchi_resident::Phone;
use madoguchi_resident::programs::{
    ForTown, LeftOut, ListPrograms, ProgramReport, ProseAnswer, TownProgramRow, for_town, list, prose,
    report, text,
};
use serde::Serialize;

use super::args::Town;
use super::input;
use super::say::Tongue;
use crate::{Answer, Failure};

/// What is told.
#[derive(Serialize)]
struct Told {
    town: TownCode,
    rules: Vec<Own>,
    programs: Vec<InWords>,
    more: bool,
    left_out: Vec<LeftOut>,
}

/// A program of the town's rules: what it is, or its answer.
#[derive(Serialize)]
#[serde(untagged)]
enum Own {
    Answered(Box<ProgramReport>),
    Named { program: String, title: String, summary: Option<String>, events: Vec<String> },
}

/// A program in words: what it is, or its answer.
#[derive(Serialize)]
#[serde(untagged)]
enum InWords {
    Answered(Box<ProseAnswer>),
    Listed(TownProgramRow),
}

pub fn town(phone: &Phone, code: Option<&TownCode>, wanted: &Town) -> Result<Answer, Failure> {
    let lang = Lang(wanted.lang.clone());
    let listed = ListPrograms {
        segments: wanted.segments.clone(),
        event: wanted.event,
        search: wanted.search.clone(),
        limit: wanted.limit,
        lang: Some(lang.clone()),
    };
    let code = phone.town(code)?.code;
    let of = phone.with_town(Some(&code), for_town)?;
    let household = match &wanted.household {
        Some(file) => Some(input::asked_of(file, wanted.on, of.rules())?),
        None => None,
    };
    let (listed, answers) = phone.with_town(Some(&code), |open| {
        let now = phone.now_for(&code)?;
        let answers = match &household {
            Some((household, on)) => Some(prose(open, &of, household, date(*on), now, &lang)?),
            None => None,
        };
        Ok((list(open, &listed, now)?, answers))
    })?;
    let ids: BTreeSet<String> = listed.rows.iter().map(|row| row.id.clone()).collect();
    let programs = match answers {
        Some(answers) => {
            let meant = answers.into_iter().filter(|answer| ids.contains(&answer.id));
            meant.map(|answer| InWords::Answered(Box::new(answer))).collect()
        }
        None => listed.rows.into_iter().map(InWords::Listed).collect(),
    };
    let told = Told {
        rules: match household {
            Some((household, on)) => {
                let none = BTreeSet::new();
                let answered = report(of.rules(), &household, on, &wanted.lang, &none)
                    .map_err(|problems| input::bad_facts(of.rules(), &household, &problems))?;
                let own = answered.programs.into_iter().filter(|program| of.is_own(&program.program));
                own.map(|program| Own::Answered(Box::new(program))).collect()
            }
            None => named(&of, &wanted.lang),
        },
        town: code,
        programs,
        more: listed.more,
        left_out: of.left_out().to_vec(),
    };
    let words = words(&told, Tongue::of(&wanted.lang));
    Answer::new(&told, words)
}

fn date(day: i32) -> Date {
    calendar::format(day).parse().unwrap_or_default()
}

fn named(of: &ForTown, lang: &str) -> Vec<Own> {
    let own = of.rules().descriptions().iter().filter(|program| of.is_own(&program.name));
    own.map(|program| Own::Named {
        title: text(&program.title, lang).unwrap_or(&program.name).to_owned(),
        summary: text(&program.summary, lang).map(str::to_owned),
        program: program.name.clone(),
        events: program.events.clone(),
    })
    .collect()
}

fn words(told: &Told, tongue: Tongue) -> String {
    let mut out = String::new();
    let mut line = |title: &str, verdict: Option<Verdict>, note: &str| {
        let verdict = verdict.map(|verdict| format!("  {}", tongue.group(verdict))).unwrap_or_default();
        // A string takes whatever is written to it.
        let _ = writeln!(out, "・{title}{verdict}{note}");
    };
    for own in &told.rules {
        match own {
            Own::Answered(program) => line(&program.title, Some(program.verdict), ""),
            Own::Named { title, .. } => line(title, None, ""),
        }
    }
    for program in &told.programs {
        match program {
            InWords::Answered(answer) => {
                let ask = &answer.ask;
                let whom = [&ask.contact, &ask.counter, &ask.department].into_iter().flatten().next();
                let whom =
                    [whom, ask.phone.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
                let head = tongue.pick("たずねる先", "きく ところ", "Ask");
                let note = match answer.verdict {
                    Verdict::NotEligible => String::new(),
                    _ if whom.is_empty() => String::new(),
                    _ => format!("\n    {head}: {whom}"),
                };
                line(&answer.title, Some(answer.verdict), &note);
            }
            InWords::Listed(row) => line(&row.title, None, &format!(" [{}]", row.id)),
        }
    }
    if told.rules.is_empty() && told.programs.is_empty() {
        out.push_str("あてはまる町の制度はありません。\n");
    }
    for problem in told.left_out.iter().flat_map(|left| &left.problems) {
        let _ = writeln!(out, "使えないきまり: {problem}");
    }
    out
}
