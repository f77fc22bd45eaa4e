use std::fmt::Write;

use madoguchi_benefits::answer::Verdict;
use madoguchi_resident::programs::{Comparison, TownAnswer, compare as lib};

use super::args::Asked;
use super::input;
use super::say::{Tongue, mark};
use crate::args::{TownArg, misused};
use crate::{Answer, Failure};

/// Columns of a screen that a program's title may take.
const TITLE: usize = 34;

pub fn compare(asked: &Asked, towns: &[TownArg]) -> Result<Answer, Failure> {
    let place = |town: &TownArg| match town {
        TownArg::Place { prefecture, town } => Some((prefecture.clone(), town.clone())),
        TownArg::Code(_) => None,
    };
    let places: Option<Vec<(String, String)>> = towns.iter().map(place).collect();
    let Some(places) = places.filter(|places| places.len() > 1) else {
        misused("compare wants two towns or more, each as --town 静岡県/焼津市")
    };
    let input = input::read(asked)?;
    let told = lib(&input.rules, &input.household, input.on, &asked.lang, &places);
    let told = told.map_err(|problems| input::bad_facts(&input.rules, &input.household, &problems))?;
    let text = table(&told, Tongue::of(&asked.lang));
    Answer::new(&told, text)
}

fn table(told: &Comparison, tongue: Tongue) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut none = 0;
    for row in &told.programs {
        if row.towns.iter().all(|town| town.verdict == Verdict::NotEligible) {
            none += 1;
            continue;
        }
        let title = if row.differs { format!("* {}", row.title) } else { format!("  {}", row.title) };
        let mut cells: Vec<Vec<String>> = vec![vec![title]];
        cells.extend(row.towns.iter().map(|town| lines(town, tongue)));
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        rows.extend(
            (0..height).map(|n| cells.iter().map(|c| c.get(n).cloned().unwrap_or_default()).collect()),
        );
    }
    let mut head = vec![format!("  {}", told.on)];
    head.extend(told.towns.iter().map(|town| town.town.clone()));
    rows.insert(0, head);
    let columns = told.towns.len() + 1;
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
        })
        .map(|width| width.min(TITLE.max(24)))
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat((wide + 2).saturating_sub(width(cell)).max(1)));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let _ = writeln!(out, "\n{}", tongue.pick(
        format!("○ 受けられる ？ 受けられるかもしれない × 当てはまらない * 町で違う。どの町でも当てはまらない制度は {none}。"),
        format!("○ もらえる ？ もらえるかも しれない × もらえない * まちで ちがう。どの まちでも もらえない せいどは {none}。"),
        format!("○ yours ？ perhaps × not yours * differs by town. {none} programs are not yours in any of them."),
    ));
    for town in told.towns.iter().filter(|town| town.known == Some(false)) {
        let (prefecture, town) = (&town.prefecture, &town.town);
        let _ = writeln!(
            out,
            "{}",
            tongue.pick(
                format!("※ {prefecture}に{town}はありません。町で決まる額は分かりません。"),
                format!("※ {prefecture}に {town}は ありません。まちで きまる おかねは わかりません。"),
                format!("* {prefecture} has no {town}: what depends on the town is not known there."),
            )
        );
    }
    out
}

/// A cell: a line for the household, or one for each person whom it is or may be for.
fn lines(town: &TownAnswer, tongue: Tongue) -> Vec<String> {
    let some = town.outcomes.iter().filter(|outcome| outcome.verdict != Verdict::NotEligible);
    let lines: Vec<String> = some
        .map(|outcome| {
            let amount = outcome.amount.as_ref().map(|amount| tongue.amount(amount));
            let parts = [outcome.person.clone(), amount].into_iter().flatten();
            format!("{} {}", mark(outcome.verdict), parts.collect::<Vec<_>>().join(" "))
        })
        .collect();
    if lines.is_empty() { vec![mark(Verdict::NotEligible).into()] } else { lines }
}

/// How many columns of a terminal a text takes: Japanese signs take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
