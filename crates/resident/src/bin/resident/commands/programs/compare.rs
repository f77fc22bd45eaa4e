use std::fmt::Write;
use std::path::{Path, PathBuf};

use madoguchi_benefits::Rules;
use madoguchi_benefits::answer::Verdict;
use madoguchi_resident::programs::{
    Column, Comparison, Row, TownAnswer, TownColumn, compare as lib, shipped, taken_nowhere,
};

use super::args::Asked;
use super::input;
use super::say::{Tongue, mark};
use crate::args::{TownArg, misused};
use crate::{Answer, Failure};

/// Columns of a screen that a program's title may take.
const TITLE: usize = 34;
/// Columns of a screen after which what a town requires goes on in the next line.
const REQUIRED: usize = 28;

pub fn compare(asked: &Asked, towns: &[TownArg]) -> Result<Answer, Failure> {
    let place = |town: &TownArg| match town {
        TownArg::Place { prefecture, town, rules } => Some((prefecture.clone(), town.clone(), rules.clone())),
        TownArg::Code(_) => None,
    };
    let places: Option<Vec<(String, String, Option<PathBuf>)>> = towns.iter().map(place).collect();
    let Some(places) = places.filter(|places| places.len() > 1) else {
        misused("compare wants two towns or more, each as --town 静岡県/焼津市 or --town 静岡県/焼津市=DIR")
    };
    let input = input::read(asked)?;
    let own = places.iter().map(|(_, _, dir)| dir.as_deref().map(|dir| own(asked, dir)).transpose());
    let own = own.collect::<Result<Vec<Option<Rules>>, Failure>>()?;
    let columns = places.into_iter().zip(&own).map(|((prefecture, town, _), own)| Column {
        prefecture,
        town,
        rules: own.as_ref().unwrap_or(&input.rules),
        held: own.is_some(),
    });
    let columns: Vec<Column<'_>> = columns.collect();
    let wrong = taken_nowhere(&columns, &input.household);
    if !wrong.is_empty() {
        return Err(input::bad_facts(&input.rules, &input.household, &wrong));
    }
    let told = lib(&columns, &input.household, input.on, &asked.lang);
    let told = told.map_err(|problems| input::bad_facts(&input.rules, &input.household, &problems))?;
    let text = table(&told, Tongue::of(&asked.lang));
    Answer::new(&told, text)
}

/// A town's own rules beside those that hold everywhere, checked as `lint` does.
fn own(asked: &Asked, dir: &Path) -> Result<Rules, Failure> {
    let everywhere = match &asked.rules {
        None => shipped(),
        Some(rules) => input::files(rules, asked.alone)?,
    };
    let files = input::beside(everywhere, dir)?;
    input::own(&files, dir)?;
    Rules::compile(&files).map_err(|problems| input::bad_rules(&problems))
}

/// A line of the table.
enum Line {
    Cells(Vec<String>),
    Across(String),
}

fn table(told: &Comparison, tongue: Tongue) -> String {
    let mut head = vec![format!("  {}", told.on)];
    head.extend(told.towns.iter().map(|town| town.town.clone()));
    let mut lines = vec![Line::Cells(head)];
    let mut none = 0;
    for row in &told.programs {
        if is_nobodys(row, &told.towns) {
            none += 1;
        } else {
            lines.extend(of_row(row, &told.towns, tongue));
        }
    }
    let mut out = drawn(&lines, told.towns.len() + 1);
    let _ = writeln!(out, "\n{}", tongue.pick(
        format!("○ 受けられる ？ 受けられるかもしれない × 当てはまらない * 町で違う。どの町でも当てはまらない制度は {none}。"),
        format!("○ もらえる ？ もらえるかも しれない × もらえない * まちで ちがう。どの まちでも もらえない せいどは {none}。"),
        format!("○ yours ？ perhaps × not yours * differs by town. {none} programs are not yours in any of them."),
    ));
    let lacking = tongue.pick(
        "― この町のきまりには ありません。",
        "― この まちの きまりには ありません。",
        "― this town's rules do not have it.",
    );
    let not_held = tongue.pick(
        "… この町のきまりは手元にありません（町に聞いてください）。",
        "… この まちの きまりは ここに ありません。まちに きいて ください。",
        "… this town's rules are not at hand: ask the town.",
    );
    for (held, words) in [(true, lacking), (false, not_held)] {
        let absent = |row: &Row| {
            row.towns.iter().zip(&told.towns).any(|(answer, town)| answer.is_none() && town.held == held)
        };
        if told.programs.iter().any(absent) {
            let _ = writeln!(out, "{words}");
        }
    }
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

/// Is it surely for nobody, whichever the town? A town whose rules are not at hand may have it.
fn is_nobodys(row: &Row, towns: &[TownColumn]) -> bool {
    row.towns.iter().zip(towns).all(|(answer, town)| match answer {
        Some(answer) => answer.verdict == Verdict::NotEligible,
        None => town.held,
    })
}

fn of_row(row: &Row, towns: &[TownColumn], tongue: Tongue) -> Vec<Line> {
    let mark = if row.differs { "*" } else { " " };
    let mut cells: Vec<Vec<String>> = vec![vec![format!("{mark} {}", row.title)]];
    cells.extend(row.towns.iter().zip(towns).map(|(answer, town)| {
        let Some(answer) = answer else { return vec![if town.held { "―" } else { "…" }.into()] };
        let mut lines = answers(answer, tongue);
        lines.extend(row.required_there(answer).flat_map(|line| wrapped(&format!("・{line}"), REQUIRED)));
        lines
    }));
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |n: usize| cells.iter().map(|c| c.get(n).cloned().unwrap_or_default()).collect();
    let mut lines: Vec<Line> = (0..height).map(|n| Line::Cells(line(n))).collect();
    let everywhere = row.required_everywhere();
    if !everywhere.is_empty() {
        let all = tongue.pick("どの町でも", "どの まちでも", "everywhere");
        lines.push(Line::Across(format!("    ・{all}: {}", everywhere.join(tongue.pick("、", "、", "; ")))));
    }
    lines
}

fn drawn(lines: &[Line], columns: usize) -> String {
    let cell = |line: &Line, column: usize| match line {
        Line::Cells(cells) => cells.get(column).map_or(0, |cell| width(cell)),
        Line::Across(_) => 0,
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| lines.iter().map(|line| cell(line, column)).max().unwrap_or(0).min(TITLE))
        .collect();
    let mut out = String::new();
    for line in lines {
        match line {
            Line::Cells(cells) => {
                let mut line = String::new();
                for (cell, wide) in cells.iter().zip(&widths) {
                    line.push_str(cell);
                    line.push_str(&" ".repeat((wide + 2).saturating_sub(width(cell)).max(1)));
                }
                out.push_str(line.trim_end());
            }
            Line::Across(text) => out.push_str(text),
        }
        out.push('\n');
    }
    out
}

/// A cell: a line for the household, or one for each person whom it is or may be for.
fn answers(town: &TownAnswer, tongue: Tongue) -> Vec<String> {
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

/// A text in lines of at most so many columns, those after the first set in. English is cut between words.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in text.split_inclusive(|c: char| !c.is_ascii() || c == ' ') {
        if width(&line) + width(piece.trim_end()) > columns && !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
            line = "  ".into();
        }
        line.push_str(piece);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// How many columns of a terminal a text takes: Japanese signs take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_goes_on_in_the_next_line() {
        assert_eq!(wrapped("・18歳になるまで", 28), ["・18歳になるまで"]);
        assert_eq!(wrapped("・あいうえお", 8), ["・あいう", "  えお"]);
        assert_eq!(wrapped("・Lives in the city", 10), ["・Lives in", "  the city"]);
    }
}
