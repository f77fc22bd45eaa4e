//! OpenFisca-Japan's YAML tests, run on rule files of ours.
//!
//! A test is `{name, period, input, output, absolute_error_margin}`. Inputs stand flat (one person), or as 世帯 / 世帯一覧 with lists of
//! 親一覧, 子一覧, 祖父母一覧, and 世帯員. A value may be given for a date; it then counts on that date only, as it does there.

use madoguchi_benefits::value::{Truth, Value};
use madoguchi_benefits::{Evaluation, Household, Person, Rules, calendar};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What came of a folder of tests.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Tests whose every output is as expected.
    pub passed: usize,
    /// Tests with an output that is not.
    pub failed: usize,
    /// Tests that name a variable that the rules do not have.
    pub skipped: usize,
    /// By file.
    pub files: Vec<FileReport>,
}

/// What came of a file.
#[derive(Debug, Default, Serialize)]
pub struct FileReport {
    /// Below the folder of tests.
    pub file: String,
    /// As in [`Report`].
    pub passed: usize,
    /// As in [`Report`].
    pub failed: usize,
    /// As in [`Report`].
    pub skipped: usize,
    /// Each that did not pass.
    pub failures: Vec<Failure>,
}

/// A test that did not pass.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// The test's name.
    pub name: String,
    /// What differs, or which variable is missing.
    pub what: String,
    /// Why the rules differ on purpose, where that is written down.
    pub because: Option<String>,
}

/// Runs every test below a folder. `explained` gives the reason of a difference by (file, name).
pub fn run(
    rules: &Rules,
    tests: &Path,
    only: &str,
    explained: &BTreeMap<(String, String), String>,
) -> Report {
    let mut report = Report::default();
    for path in files(tests) {
        let file = path.strip_prefix(tests).unwrap_or(&path).display().to_string();
        if !file.contains(only) {
            continue;
        }
        let mut own = FileReport { file, ..FileReport::default() };
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let cases: Vec<Json> =
            serde_norway::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in cases {
            let name = case.get("name").map_or_else(String::new, plain);
            let what = match Test::read(&case).and_then(|test| test.run(rules)) {
                Ok(()) => {
                    own.passed += 1;
                    continue;
                }
                Err(Miss::Differs(what)) => {
                    own.failed += 1;
                    what
                }
                Err(Miss::NoVariable(name)) => {
                    own.skipped += 1;
                    format!("no variable {name}")
                }
            };
            let because = explained.get(&(own.file.clone(), name.clone())).cloned();
            own.failures.push(Failure { name, what, because });
        }
        report.passed += own.passed;
        report.failed += own.failed;
        report.skipped += own.skipped;
        report.files.push(own);
    }
    report
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

enum Miss {
    Differs(String),
    NoVariable(String),
}

fn differs<T>(what: impl Into<String>) -> Result<T, Miss> {
    Err(Miss::Differs(what.into()))
}

type Facts = Map<String, Json>;

/// A household of a test: its facts, and who is in it.
#[derive(Default)]
struct Group {
    facts: Facts,
    people: Vec<String>,
}

struct Test {
    period: String,
    margin: f64,
    groups: BTreeMap<String, Group>,
    people: BTreeMap<String, Facts>,
    /// (whose: a household or a person, or neither when flat), variable, date, expected
    wanted: Vec<(Whose, String, String, Json)>,
}

#[derive(Clone, Debug)]
enum Whose {
    Household(String),
    Person(String),
    Flat,
}

const LISTS: [(&str, &str); 3] = [("親一覧", "親"), ("子一覧", "子"), ("祖父母一覧", "祖父母")];

impl Test {
    fn read(case: &Json) -> Result<Self, Miss> {
        let period = full_date(&case.get("period").map_or_else(String::new, plain));
        let margin = case.get("absolute_error_margin").and_then(Json::as_f64).unwrap_or(0.000_001);
        let mut test =
            Self { period, margin, groups: BTreeMap::new(), people: BTreeMap::new(), wanted: Vec::new() };
        let empty = Map::new();
        let input = case.get("input").and_then(Json::as_object).unwrap_or(&empty);
        test.input(input);
        let output = case.get("output").and_then(Json::as_object).unwrap_or(&empty);
        test.output(output);
        if test.wanted.is_empty() { differs("this test expects nothing") } else { Ok(test) }
    }

    fn input(&mut self, input: &Facts) {
        let mut flat = Facts::new();
        for (key, value) in input {
            match (key.as_str(), value.as_object()) {
                ("世帯", Some(group)) => self.group("世帯", group),
                ("世帯一覧", Some(groups)) => {
                    for (name, group) in groups {
                        self.group(name, group.as_object().unwrap_or(&Map::new()));
                    }
                }
                ("世帯員", Some(people)) => {
                    for (name, facts) in people {
                        self.people
                            .entry(name.clone())
                            .or_default()
                            .extend(facts.as_object().cloned().unwrap_or_default());
                    }
                }
                _ => {
                    flat.insert(key.clone(), value.clone());
                }
            }
        }
        if self.groups.is_empty() {
            let people: Vec<String> = if self.people.is_empty() {
                vec!["一人".into()]
            } else {
                self.people.keys().cloned().collect()
            };
            for name in &people {
                self.people.entry(name.clone()).or_default().entry("続柄").or_insert("親".into());
            }
            self.groups.insert("世帯".into(), Group { facts: Facts::new(), people });
        }
        // Whoever no list names lives in the only household there is.
        let listed: Vec<String> = self.groups.values().flat_map(|group| group.people.clone()).collect();
        if let (1, Some(group)) = (self.groups.len(), self.groups.values_mut().next()) {
            for (name, facts) in self.people.iter_mut().filter(|(name, _)| !listed.contains(name)) {
                facts.entry("続柄").or_insert("親".into());
                facts.entry("番号").or_insert(group.people.len().into());
                group.people.push(name.clone());
            }
        }
        // A flat fact is the household's or each person's: whichever scope the rules give it.
        for group in self.groups.values_mut() {
            group.facts.extend(flat.clone());
        }
        for facts in self.people.values_mut() {
            facts.extend(flat.clone());
        }
    }

    fn group(&mut self, name: &str, written: &Facts) {
        let mut group = Group::default();
        for (key, value) in written {
            let Some((_, role)) = LISTS.iter().find(|(list, _)| list == key) else {
                group.facts.insert(key.clone(), value.clone());
                continue;
            };
            let one = [value.clone()];
            let members = value.as_array().map_or(&one[..], Vec::as_slice);
            for (number, member) in members.iter().map(plain).enumerate() {
                let facts = self.people.entry(member.clone()).or_default();
                facts.insert("続柄".into(), (*role).into());
                facts.insert("番号".into(), number.into());
                group.people.push(member);
            }
        }
        self.groups.insert(name.into(), group);
    }

    fn output(&mut self, output: &Facts) {
        for (key, value) in output {
            match (key.as_str(), value.as_object()) {
                ("世帯", Some(wanted)) => self.expect(&Whose::Household("世帯".into()), wanted),
                ("世帯一覧", Some(groups)) => {
                    for (name, wanted) in groups {
                        self.expect(
                            &Whose::Household(name.clone()),
                            wanted.as_object().unwrap_or(&Map::new()),
                        );
                    }
                }
                ("世帯員", Some(people)) => {
                    for (name, wanted) in people {
                        self.expect(&Whose::Person(name.clone()), wanted.as_object().unwrap_or(&Map::new()));
                    }
                }
                _ => self.expect(&Whose::Flat, &Map::from_iter([(key.clone(), value.clone())])),
            }
        }
    }

    fn expect(&mut self, whose: &Whose, wanted: &Facts) {
        for (variable, value) in wanted {
            match value.as_object() {
                Some(dated) => {
                    for (date, value) in dated {
                        self.wanted.push((whose.clone(), variable.clone(), full_date(date), value.clone()));
                    }
                }
                None => {
                    self.wanted.push((whose.clone(), variable.clone(), self.period.clone(), value.clone()))
                }
            }
        }
    }

    fn run(&self, rules: &Rules) -> Result<(), Miss> {
        for (whose, variable, date, expected) in &self.wanted {
            let group = match whose {
                Whose::Household(name) => self.groups.get(name),
                Whose::Person(name) => self.groups.values().find(|group| group.people.contains(name)),
                Whose::Flat => self.groups.values().next(),
            };
            let Some(group) = group else { return differs(format!("no household for {variable}")) };
            let person = match whose {
                Whose::Person(name) => group.people.iter().position(|p| p == name),
                _ => None,
            };
            let day = calendar::parse(date).ok_or_else(|| Miss::Differs(format!("no such day {date}")))?;
            let household = self.household(rules, group, date)?;
            let mut evaluation = Evaluation::of(rules, day, &household)
                .map_err(|problems| Miss::Differs(serde_json::to_string(&problems).unwrap_or_default()))?;
            let per_person = rules.scope_of(variable).ok_or_else(|| Miss::NoVariable(variable.clone()))?;
            let expected: Vec<Json> = expected.as_array().cloned().unwrap_or_else(|| vec![expected.clone()]);
            for (number, expected) in expected.iter().enumerate() {
                let got =
                    evaluation.value_of(variable, if per_person { person.or(Some(number)) } else { None });
                let Some(got) = got else { return differs(format!("no value for {variable}")) };
                if !self.agrees(&got, expected, &evaluation.say(variable, &got)) {
                    let notes = evaluation.describe_notes().join("; ");
                    let said = evaluation.say(variable, &got);
                    return differs(format!("{variable} on {date}: expected {expected}, got {said} {notes}"));
                }
            }
        }
        Ok(())
    }

    fn household(&self, rules: &Rules, group: &Group, date: &str) -> Result<Household, Miss> {
        let mut household = Household::default();
        let take = |facts: &Facts, people: bool, to: &mut BTreeMap<String, Json>| -> Result<(), Miss> {
            for (name, value) in facts {
                match rules.scope_of(name) {
                    None if value.is_object()
                        || !people
                        || !self.groups.values().any(|g| g.facts.contains_key(name)) =>
                    {
                        return Err(Miss::NoVariable(name.clone()));
                    }
                    Some(per_person) if per_person == people => {
                        // What never changes counts on every day.
                        let eternal = name == "誕生年月日";
                        let value = match value.as_object() {
                            Some(dated) => {
                                dated.iter().find(|(d, _)| eternal || full_date(d) == date).map(|(_, v)| v)
                            }
                            None if eternal || date == self.period || !self.dated(name) => Some(value),
                            None => None,
                        };
                        if let Some(value) = value {
                            to.insert(name.clone(), as_fact(rules, name, value));
                        }
                    }
                    _ => {}
                }
            }
            Ok(())
        };
        take(&group.facts, false, &mut household.household)?;
        for name in &group.people {
            let mut person = Person { name: name.clone(), ..Person::default() };
            if let Some(facts) = self.people.get(name) {
                take(facts, true, &mut person.facts)?;
            }
            household.people.push(person);
        }
        Ok(household)
    }

    /// Roles hold on every day; other values are of the test's period.
    fn dated(&self, name: &str) -> bool {
        !matches!(name, "続柄" | "番号")
    }

    fn agrees(&self, got: &Value, expected: &Json, said: &str) -> bool {
        let number = match expected {
            Json::Bool(yes) => Some(f64::from(u8::from(*yes))),
            Json::Number(n) => n.as_f64(),
            Json::String(text) => text.parse().ok(),
            _ => None,
        };
        match (got, number) {
            (Value::Number(n), Some(expected)) => n.known().is_some_and(|n| {
                let exact = n.numerator() as f64 / n.denominator() as f64;
                (exact - expected).abs() <= self.margin
            }),
            (Value::Bool(Truth::Yes), Some(expected)) => expected != 0.0,
            (Value::Bool(Truth::No), Some(expected)) => expected == 0.0,
            (Value::Choice(_) | Value::Text(_) | Value::Date(_), _) => plain(expected) == said,
            _ => false,
        }
    }
}

/// A value as the rules' type wants it: yes and no may be written as numbers, numbers as yes and no.
fn as_fact(rules: &Rules, name: &str, value: &Json) -> Json {
    use madoguchi_benefits::Type;
    match (rules.type_of_name(name), value) {
        (Some(Type::Number(_)), Json::Bool(yes)) => Json::from(u8::from(*yes)),
        (Some(Type::Bool), Json::Number(n)) => Json::from(n.as_f64() != Some(0.0)),
        (Some(Type::Text | Type::Choice(_) | Type::Date), other) => Json::from(plain(other)),
        (_, other) => other.clone(),
    }
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `2022-01` is its first day.
fn full_date(date: &str) -> String {
    match date.matches('-').count() {
        1 => format!("{date}-01"),
        0 => format!("{date}-01-01"),
        _ => date.to_owned(),
    }
}
