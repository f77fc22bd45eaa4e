//! What the tests share: rules from a text or from the project's own programs, households from JSON, values in words.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod random;
pub mod random_rules;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use madoguchi_benefits::problem::Problem;
use madoguchi_benefits::{Evaluation, Household, RuleFile, Rules, calendar};
use serde_json::{Value as Json, json};

/// The day on which most households are asked about.
pub const TODAY: &str = "2026-11-26";

/// A source for all that follows, as every parameter, table and program needs one.
pub const SOURCE: &str = "source 「条例」 「https://example.jp/」 checked 2026-11-26\n";

pub fn day(text: &str) -> i32 {
    calendar::parse(text).unwrap_or_else(|| panic!("{text} is no day"))
}

/// One file named `a.rules`, without tables. Its facts are asked for: what tests are about is mostly something else.
pub fn file(text: &str) -> RuleFile {
    let text = asked(text).map(|(line, _)| format!("{line}\n")).collect();
    RuleFile { name: "a.rules".into(), text, tables: Vec::new() }
}

/// The lines of a text with a question below every fact that has neither one nor a default; and the number that each line had.
fn asked(text: &str) -> impl Iterator<Item = (&str, u32)> {
    let all: Vec<&str> = text.lines().collect();
    let mut lines = Vec::new();
    for (line, number) in all.iter().zip(1u32..) {
        lines.push((*line, number));
        let clauses =
            || all.iter().skip(number as usize).take_while(|line| line.starts_with([' ', '\u{3000}', '\t']));
        let settled =
            |line: &&str| ["question", "問い", "default", "既定"].iter().any(|word| line.contains(word));
        if (line.starts_with("fact ") || line.starts_with("事実")) && !clauses().any(settled) {
            lines.push(("  question 「?」", number));
        }
    }
    lines.into_iter()
}

/// Rules that must be right.
pub fn compile(text: &str) -> Rules {
    compile_all(&[file(text)])
}

pub fn compile_all(files: &[RuleFile]) -> Rules {
    Rules::compile(files).unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

/// Rules that must be right, with a source above them.
pub fn sourced(text: &str) -> Rules {
    compile(&format!("{SOURCE}{text}"))
}

/// The problems of rules that must be refused, at the lines of the text.
pub fn problems(text: &str) -> Vec<Problem> {
    match Rules::compile(&[file(text)]) {
        Ok(_) => panic!("not refused:\n{text}"),
        Err(problems) => at_lines_of(text, problems),
    }
}

pub fn at_lines_of(text: &str, problems: Vec<Problem>) -> Vec<Problem> {
    let numbers: Vec<u32> = asked(text).map(|(_, number)| number).collect();
    let line = |line: u32| numbers.get(line as usize - 1).copied().unwrap_or(line);
    problems.into_iter().map(|problem| Problem { line: line(problem.line), ..problem }).collect()
}

/// The problems in words, a line each, of rules that must be refused; a source stands above them in line 1.
pub fn refused(text: &str) -> String {
    lines(&problems(&format!("{SOURCE}{text}")))
}

/// Rules are refused with this in the message.
#[track_caller]
pub fn refused_with(text: &str, message: &str) {
    let problems = refused(text);
    let short = |text: &str| text.chars().take(1_000).collect::<String>();
    assert!(problems.contains(message), "{}\nwanted: {message}\n   got: {}", short(text), short(&problems));
}

pub fn lines(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A household from JSON: `{"household": {…}, "people": [{"name": …, "facts": {…}}]}`.
pub fn household(json: Json) -> Household {
    serde_json::from_value(json).unwrap()
}

/// A household of which nothing is said.
pub fn nobody() -> Household {
    Household::default()
}

/// A household of nameless people with facts of their own.
pub fn people(facts: &[Json]) -> Household {
    let people: Vec<Json> =
        facts.iter().enumerate().map(|(n, facts)| json!({"name": format!("p{n}"), "facts": facts})).collect();
    household(json!({"people": people}))
}

/// What is known of the household alone.
pub fn facts(facts: Json) -> Household {
    household(json!({"household": facts}))
}

pub fn evaluate<'r>(rules: &'r Rules, on: &str, household: &Household) -> Evaluation<'r> {
    Evaluation::of(rules, day(on), household).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A value in words.
pub fn say(evaluation: &mut Evaluation<'_>, name: &str, person: Option<usize>) -> String {
    let value = evaluation.value_of(name, person).unwrap_or_else(|| panic!("there is no {name}"));
    evaluation.say(name, &value)
}

/// What a household's definition comes to on [`TODAY`].
pub fn value(rules: &Rules, household: &Household, name: &str) -> String {
    value_on(rules, TODAY, household, name)
}

pub fn value_on(rules: &Rules, on: &str, household: &Household, name: &str) -> String {
    say(&mut evaluate(rules, on, household), name, None)
}

/// What everyone's own definition comes to on [`TODAY`].
pub fn values(rules: &Rules, household: &Household, name: &str) -> Vec<String> {
    let mut evaluation = evaluate(rules, TODAY, household);
    (0..household.people.len()).map(|person| say(&mut evaluation, name, Some(person))).collect()
}

/// What a formula without facts comes to.
#[track_caller]
pub fn calculate(ty: &str, formula: &str) -> String {
    value(&sourced(&format!("define household x : {ty} = {formula}\n")), &nobody(), "x")
}

/// The rule files of the project's own programs, each with the tables of its folder that it names.
pub fn shipped_files() -> &'static [RuleFile] {
    static FILES: OnceLock<Vec<RuleFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programs");
        entries(&programs).into_iter().flat_map(|folder| folder_files(&folder)).collect()
    })
}

fn folder_files(folder: &Path) -> Vec<RuleFile> {
    let named = |ending: &str| -> Vec<(String, String)> {
        let of = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
        let paths = entries(folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == ending));
        paths.map(|path| (of(&path), std::fs::read_to_string(&path).expect("a text"))).collect()
    };
    let tables = named("csv");
    let beside = |text: &str| tables.iter().filter(|(csv, _)| text.contains(csv.as_str())).cloned().collect();
    named("rules").into_iter().map(|(name, text)| RuleFile { tables: beside(&text), name, text }).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The shipped programs, compiled once for a test binary.
pub fn shipped() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| compile_all(shipped_files()))
}

/// The households that the documents argue about: name and content.
pub fn documented() -> Vec<(String, Household)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/households");
    let files = entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "json"));
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a text");
        (name, serde_json::from_str(&text).expect("a household"))
    };
    files.map(read).collect()
}

/// One of them.
pub fn household_of(name: &str) -> Household {
    documented().into_iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no household {name}")).1
}
