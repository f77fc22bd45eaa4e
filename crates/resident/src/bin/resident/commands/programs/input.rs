//! What the commands are given: a household, a day, rules.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_benefits::problem::Problem;
use madoguchi_benefits::{Evaluation, FactFault, FactProblem, Household, RuleFile, Rules};
use madoguchi_resident::programs::{
    HouseholdFile, HouseholdProblem, MAX_BYTES, NamedProblem, RuleText, day_number, name_problems,
    rule_files, rules, shipped,
};
use serde_json::json;

use super::args::Asked;
use crate::{Failure, say};

/// How deep folders of rules may lie in each other.
const MAX_DEPTH: usize = 16;

/// A question, made ready.
pub struct Input {
    pub rules: Cow<'static, Rules>,
    pub household: Household,
    pub on: i32,
}

pub fn read(asked: &Asked) -> Result<Input, Failure> {
    let file = household(&asked.household)?;
    let rules = match &asked.rules {
        None => Cow::Borrowed(rules()),
        Some(dir) => Cow::Owned(Rules::compile(&files(dir, asked.alone)?).map_err(|p| bad_rules(&p))?),
    };
    let on = day(asked.on, &file)?;
    Ok(Input { rules, household: file.household, on })
}

/// A household's file, its facts checked against rules, and the day that is meant.
pub fn asked_of(path: &Path, on: Option<Date>, rules: &Rules) -> Result<(Household, i32), Failure> {
    let file = household(path)?;
    let on = day(on, &file)?;
    match Evaluation::of(rules, on, &file.household) {
        Ok(_) => Ok((file.household, on)),
        Err(problems) => Err(bad_facts(rules, &file.household, &problems)),
    }
}

/// The day that was asked for, the file's own, or today.
fn day(asked: Option<Date>, file: &HouseholdFile) -> Result<i32, Failure> {
    let today = || day_number(say::date(Timestamp::now()));
    match asked {
        Some(day) => number(day),
        None => file.on.or_else(today).ok_or_else(no_day),
    }
}

/// A day's number.
pub fn number(day: Date) -> Result<i32, Failure> {
    day_number(day).ok_or_else(no_day)
}

fn no_day() -> Failure {
    misused("day", "その日については、きまりがありません。", &[])
}

fn household(path: &Path) -> Result<HouseholdFile, Failure> {
    let unreadable = |e: io::Error| {
        let message = format!("世帯のファイルを読めませんでした。({}: {e})", path.display());
        misused("household-unreadable", &message, &[])
    };
    // A household is small: of what is not one, no more than that is read.
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES as u64 {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        return Err(bad_household(&HouseholdProblem::TooLarge(size)));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    HouseholdFile::read(&text).map_err(|problem| bad_household(&problem))
}

fn bad_household(problem: &HouseholdProblem) -> Failure {
    let message = match problem {
        HouseholdProblem::TooLarge(_) => "世帯のファイルが大きすぎます。".into(),
        HouseholdProblem::Json(e) => {
            format!("世帯のファイルの書き方が違います。{}行目の{}字目: {e}", e.line(), e.column())
        }
        HouseholdProblem::Day(day) => {
            format!("on の日付 {day:?} は、ありません。2026-11-26 のように書きます。")
        }
        HouseholdProblem::NoName(number) => format!("{number}人目に name がありません。"),
        HouseholdProblem::SameName(name) => format!("{name} という人がふたりいます。別の名にしてください。"),
    };
    misused("household", &message, &[])
}

/// What is wrong with facts: whose, which, and what would be right.
pub fn bad_facts(rules: &Rules, household: &Household, problems: &[FactProblem]) -> Failure {
    let named = name_problems(rules, household, problems);
    let message = named.iter().map(sentence).collect::<Vec<_>>().join("\n");
    misused("household", &message, &named)
}

fn sentence(problem: &NamedProblem) -> String {
    let of = match &problem.person {
        Some(person) => format!("{person} の「{}」", problem.fact),
        None => format!("世帯の「{}」", problem.fact),
    };
    let words = problem.words.join("、");
    match problem.what {
        FactFault::UnknownFact => format!("{of}: そういう事柄は、きまりにありません。"),
        FactFault::WrongScope if problem.person.is_some() => {
            format!("{of}: 人ではなく、世帯 (household) のところに書きます。")
        }
        FactFault::WrongScope => format!("{of}: 世帯ではなく、人 (people) のところに書きます。"),
        FactFault::WrongKind => format!("{of}: {}", expected(problem.expected.unwrap_or_default(), &words)),
        FactFault::OutOfRange => format!("{of}: ありえない値です。"),
        FactFault::NoSuchWord => format!("{of}: 次の言葉から選びます: {words}。"),
        FactFault::NoSuchPerson => {
            format!("{of}: その名の人が people にいません。だれもいないときは \"\" です。")
        }
        FactFault::TooManyPeople => "人が多すぎます。".into(),
    }
}

fn expected(kind: &str, words: &str) -> String {
    match kind {
        "yes-no" => "true か false です。".into(),
        "date" => "\"2026-11-26\" のような日付です。".into(),
        "word" => format!("次の言葉のひとつです: {words}。"),
        "words" => format!("次の言葉の並び [\"…\"] です: {words}。"),
        "text" => "文字です。".into(),
        "person" => "people の人の名前です。".into(),
        "persons" => "people の人の名前の並び [\"…\"] です。".into(),
        _ => "数です。分からないときは {\"from\": …, \"to\": …} と書けます。".into(),
    }
}

fn misused(code: &'static str, message: &str, problems: &[NamedProblem]) -> Failure {
    Failure::Told { code, message: message.into(), problems: json!(problems), misused: true }
}

/// What is wrong with rule files, a line for each.
pub fn bad_rules(problems: &[Problem]) -> Failure {
    let message = problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n");
    Failure::Told { code: "rules", message, problems: json!(problems), misused: false }
}

/// A folder's rule files, and those of the country whose place they do not take.
pub fn files(dir: &Path, alone: bool) -> Result<Vec<RuleFile>, Failure> {
    beside(if alone { Vec::new() } else { shipped() }, dir)
}

/// A folder's rule files, and those of these whose place they do not take.
pub fn beside(mut all: Vec<RuleFile>, dir: &Path) -> Result<Vec<RuleFile>, Failure> {
    let mut texts = Vec::new();
    let mut left = madoguchi_benefits::limits::BYTES as u64;
    collect(dir, "", &mut texts, &mut left).map_err(|e| {
        let message = format!("きまりのフォルダを読めませんでした。({}: {e})", dir.display());
        Failure::Told { code: "rules-unreadable", message, problems: json!([]), misused: true }
    })?;
    let own = rule_files(&texts);
    all.retain(|file| own.iter().all(|own| own.name != file.name));
    all.extend(own.into_iter().map(|mut file| {
        file.name = dir.join(&file.name).display().to_string();
        file
    }));
    Ok(all)
}

/// How many of these are a folder's; there must be some.
pub fn own(files: &[RuleFile], dir: &Path) -> Result<usize, Failure> {
    match files.iter().filter(|file| Path::new(&file.name).starts_with(dir)).count() {
        0 => {
            let message = format!("きまりのファイル (*.rules) がありません。({})", dir.display());
            Err(Failure::Told { code: "no-rules", message, problems: json!([]), misused: true })
        }
        own => Ok(own),
    }
}

fn collect(dir: &Path, prefix: &str, texts: &mut Vec<RuleText>, left: &mut u64) -> io::Result<()> {
    // A link that leads back to its own folder has no bottom.
    if prefix.matches('/').count() > MAX_DEPTH {
        return Err(io::Error::other(format!("{prefix}: too deep")));
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), texts, left)?;
        } else if path.extension().is_some_and(|e| e == "rules" || e == "csv") {
            let at = |e: io::Error| io::Error::new(e.kind(), format!("{name}: {e}"));
            let size = fs::metadata(&path).map_err(at)?.len();
            *left = left.checked_sub(size).ok_or_else(|| at(io::Error::other("too large")))?;
            texts.push(RuleText { text: fs::read_to_string(&path).map_err(at)?, name: name.clone() });
        }
    }
    Ok(())
}
