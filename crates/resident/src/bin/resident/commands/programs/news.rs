//! What is new for a household: the app tells the same on its first screen.

use std::fmt::Write;

use madoguchi_benefits::{Household, Rules, calendar};
use madoguchi_resident::programs::{NewsKind, eligible, news as lib, title};
use serde::Serialize;

use super::args::News;
use super::input;
use super::say::Tongue;
use crate::{Answer, Failure};

/// What is told.
#[derive(Serialize)]
struct Told {
    on: String,
    lang: String,
    news: Vec<Row>,
}

/// Something new about a program.
#[derive(Serialize)]
struct Row {
    kind: NewsKind,
    program: String,
    title: String,
    people: Vec<String>,
    day: Option<String>,
    days: Option<i32>,
    urgent: bool,
}

pub fn news(wanted: &News) -> Result<Answer, Failure> {
    let input = input::read(&wanted.asked)?;
    let (rules, household): (&Rules, &Household) = (&input.rules, &input.household);
    let bad = |problems: Vec<_>| input::bad_facts(rules, household, &problems);
    let known = match wanted.since {
        Some(since) => Some(eligible(rules, household, input::number(since)?).map_err(bad)?),
        None => None,
    };
    let found = lib(rules, household, input.on, &wanted.received, known.as_ref()).map_err(bad)?;
    let row = |news: madoguchi_resident::programs::News| {
        let described = rules.describe(news.program)?;
        Some(Row {
            kind: news.kind,
            program: described.name.clone(),
            title: title(described, &wanted.asked.lang).to_owned(),
            people: news.names(household),
            day: news.day.map(calendar::format),
            days: news.day.map(|day| day - input.on),
            urgent: news.urgent,
        })
    };
    let told = Told {
        on: calendar::format(input.on),
        lang: wanted.asked.lang.clone(),
        news: found.into_iter().filter_map(row).collect(),
    };
    let words = words(&told, Tongue::of(&wanted.asked.lang));
    Answer::new(&told, words)
}

fn words(told: &Told, tongue: Tongue) -> String {
    let mut out = String::new();
    for row in &told.news {
        let (day, days) = (row.day.as_deref().unwrap_or_default(), row.days.unwrap_or_default());
        let what = match row.kind {
            NewsKind::Opened => tongue.pick("受けられます".into(), "もらえます".into(), "is yours".into()),
            NewsKind::Deadline => tongue.pick(
                format!("あと{days}日（{day}まで）"),
                format!("あと {days}にち（{day}まで）"),
                format!("{days} days left (until {day})"),
            ),
            NewsKind::Opens => tongue.pick(
                format!("{day} から受けられます"),
                format!("{day} から もらえます"),
                format!("is yours from {day}"),
            ),
        };
        let whose = row.people.join(tongue.pick("、", "、", ", "));
        let whose = tongue.whose(Some(whose.as_str()).filter(|whose| !whose.is_empty()));
        // A string takes whatever is written to it.
        let _ = writeln!(out, "・{}{whose} {what}", row.title);
    }
    if told.news.is_empty() {
        out.push_str(tongue.pick(
            "新しいことはありません。\n",
            "あたらしい ことは ありません。\n",
            "Nothing is new.\n",
        ));
    }
    out
}
