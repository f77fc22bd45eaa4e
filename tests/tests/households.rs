//! The example households (docs/households): the real binary gives the answers that each file argues from the law; and what is
//! left out makes an answer open, never a silent zero.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use madoguchi_benefits::answer::{Answer, Open, Outcome as Found, Verdict, questions};
use madoguchi_benefits::{Evaluation, Household, Rules};
use madoguchi_resident::programs::{HouseholdFile, rules, shipped};
use madoguchi_tests::{Outcome, binary, repository};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The files, by name.
fn files() -> Vec<(String, PathBuf)> {
    let folder = repository().join("docs/households");
    let paths = std::fs::read_dir(folder).expect("docs/households").flatten().map(|entry| entry.path());
    let name =
        |path: &Path| path.file_stem().and_then(|name| name.to_str()).expect("a plain name").to_owned();
    let json = paths.filter(|path| path.extension().is_some_and(|e| e == "json"));
    let mut files: Vec<_> = json.map(|path| (name(&path), path)).collect();
    files.sort();
    files
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable file")
}

fn household(path: &Path) -> (Household, i32) {
    let file = HouseholdFile::read(&text(path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    (file.household, file.on.unwrap_or_else(|| panic!("{}: no day", path.display())))
}

fn programs(words: &[&str]) -> Outcome {
    Outcome::of(Command::new(binary("resident")).arg("programs").args(words).arg("--json"))
}

fn check(path: &Path, more: &[&str]) -> Value {
    let path = path.to_str().expect("a plain path");
    let words: Vec<&str> = ["check", "--household", path].iter().chain(more).copied().collect();
    programs(&words).expect_success()
}

/// An entry of `expect` against what the binary answered; what differs, in a sentence.
fn held_against(expected: &Value, answer: &Value) -> Result<(), String> {
    let name = expected["program"].as_str().ok_or("no program")?;
    let because = expected["because"].as_str().unwrap_or_default();
    if because.trim().is_empty() {
        return Err(format!("{name}: without because"));
    }
    let programs = answer["programs"].as_array().ok_or("no programs")?;
    let program =
        programs.iter().find(|p| p["program"] == name).ok_or_else(|| format!("{name}: no such program"))?;
    let outcomes = program["outcomes"].as_array().ok_or("no outcomes")?;
    let person = &expected["person"];
    let outcome = outcomes.iter().find(|outcome| outcome["person"] == *person);
    let whose = person.as_str().unwrap_or("the household");
    let outcome = outcome.ok_or_else(|| format!("{name}: no answer for {whose}"))?;
    if outcome["verdict"] != expected["verdict"] {
        return Err(format!("{name} ({whose}): {} instead of {}", outcome["verdict"], expected["verdict"]));
    }
    let amount = &expected["amount"];
    if !amount.is_null() && outcome["amount"] != *amount {
        return Err(format!("{name} ({whose}): {} instead of {amount}", outcome["amount"]));
    }
    let open = outcome["open"].as_array().ok_or("no open facts")?;
    for fact in expected["asks"].as_array().into_iter().flatten() {
        if !open.iter().any(|open| open["fact"] == *fact) {
            return Err(format!("{name} ({whose}): does not ask {fact}, but {}", outcome["open"]));
        }
    }
    Ok(())
}

#[test]
fn every_household_is_answered_as_its_file_argues() {
    let files = files();
    assert!(files.len() >= 12, "a dozen households");
    let mut wrong = Vec::new();
    for (name, path) in &files {
        let file: Value = serde_json::from_str(&text(path)).expect("JSON");
        let expected = file["expect"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(expected.len() >= 3, "{name}: three expectations at least");
        let answer = check(path, &[]);
        assert_eq!(answer["on"], file["on"], "{name}: the file's own day");
        let differs = expected.iter().filter_map(|expected| held_against(expected, &answer).err());
        wrong.extend(differs.map(|why| format!("{name}: {why}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_the_test_holds_against_each_other_can_fail() {
    let (_, path) = files().remove(0);
    let answer = check(&path, &[]);
    let program = &answer["programs"][0];
    let outcome = &program["outcomes"][0];
    let right = json!({
        "program": program["program"], "person": outcome["person"], "verdict": outcome["verdict"], "because": "…",
    });
    assert_eq!(held_against(&right, &answer), Ok(()));
    for (key, wrong) in [
        ("program", json!("子ども手当")),
        ("person", json!("だれか")),
        ("verdict", json!("perhaps")),
        ("amount", json!({"per": "month", "low": "1", "high": "1"})),
        ("asks", json!(["星座"])),
        ("because", json!("")),
    ] {
        let mut expected = right.clone();
        expected[key] = wrong;
        assert!(held_against(&expected, &answer).is_err(), "{expected}");
    }
}

fn answers(rules: &Rules, on: i32, household: &Household) -> Vec<Answer> {
    Evaluation::of(rules, on, household).unwrap_or_else(|problems| panic!("{problems:?}")).answers()
}

/// A fact that a file gives: whose, and its name.
type Given = (Option<usize>, String);

fn given(household: &Household) -> Vec<Given> {
    let own = household.household.keys().map(|name| (None, name.clone()));
    let people = household.people.iter().enumerate();
    own.chain(people.flat_map(|(p, person)| person.facts.keys().map(move |name| (Some(p), name.clone()))))
        .collect()
}

fn without(household: &Household, (person, name): &Given) -> Household {
    let mut less = household.clone();
    match person {
        None => less.household.remove(name),
        Some(person) => less.people[*person].facts.remove(name),
    };
    less
}

/// What one knows less of is as it was or open, and no narrower.
fn is_wider(before: &Found, after: &Found) -> Result<(), String> {
    if after.verdict != before.verdict && after.verdict != Verdict::Unknown {
        return Err(format!("{:?} became {:?}", before.verdict, after.verdict));
    }
    match (&before.amount, &after.amount) {
        (Some(before), Some(after)) if before.per != after.per => Err("another time".into()),
        (Some(before), Some(after)) if before.yen.hull(after.yen) != after.yen => Err(format!(
            "{}..{} became {}..{}",
            before.yen.low, before.yen.high, after.yen.low, after.yen.high
        )),
        (Some(_), None) => Err("the amount is gone".into()),
        _ => Ok(()),
    }
}

/// Holds the answers before and after something was left out against each other. What changed asks for it.
fn compare(rules: &Rules, before: &[Answer], after: &[Answer], left_out: &Given) -> Vec<String> {
    let mut wrong = Vec::new();
    let fact = rules.facts.iter().zip(0u32..).find(|(fact, _)| fact.name == left_out.1).map(|(_, id)| id);
    // A definition that was given is asked for by the facts that it is made of.
    let open = fact.map(|fact| Open { person: left_out.0, fact });
    let asked = questions(after, &BTreeSet::new());
    for (before, after) in before.iter().zip(after) {
        let name = &rules.programs[before.program as usize].name;
        for (was, is) in before.outcomes.iter().zip(&after.outcomes) {
            if let Err(why) = is_wider(was, is) {
                wrong.push(format!("{name} ({:?}): {why}", was.person));
            }
            let changed = was.verdict != is.verdict || (was.amount != is.amount && was.amount.is_some());
            if let (true, Some(open)) = (changed, open) {
                if !is.open.contains(&open) {
                    wrong.push(format!("{name} ({:?}): changed, and does not ask", was.person));
                }
                let question = asked.iter().find(|q| q.open == open);
                if !question.is_some_and(|q| q.programs.contains(&after.program)) {
                    wrong.push(format!("{name} ({:?}): is not among what the question settles", was.person));
                }
            }
        }
    }
    wrong.into_iter().map(|why| format!("without {left_out:?}: {why}")).collect()
}

#[test]
fn a_fact_left_out_opens_answers_and_never_turns_or_narrows_them() {
    let rules = rules();
    let mut wrong = Vec::new();
    let mut opened = 0;
    for (name, path) in files() {
        let (household, on) = household(&path);
        let before = answers(rules, on, &household);
        for fact in given(&household) {
            let after = answers(rules, on, &without(&household, &fact));
            opened += usize::from(before != after);
            wrong.extend(
                compare(rules, &before, &after, &fact).into_iter().map(|why| format!("{name} {why}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    // Most facts of a file are there because something hangs on them.
    assert!(opened > 100, "{opened}");
}

#[test]
fn leaving_out_one_after_another_only_opens() {
    let rules = rules();
    let mut wrong = Vec::new();
    for (name, path) in files() {
        let (mut household, on) = household(&path);
        let mut before = answers(rules, on, &household);
        for fact in given(&household) {
            household = without(&household, &fact);
            let after = answers(rules, on, &household);
            wrong.extend(
                compare(rules, &before, &after, &fact).into_iter().map(|why| format!("{name} {why}")),
            );
            before = after;
        }
        // Of whom nothing is known, nothing is certain that depends on them.
        let sure =
            before.iter().flat_map(|answer| &answer.outcomes).filter(|o| o.verdict == Verdict::Eligible);
        assert_eq!(sure.count(), 0, "{name}");
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_income_that_counts_as_nothing_when_left_out_would_be_found() {
    let mut files = shipped();
    let facts = files.iter_mut().find(|file| file.name == "japan/facts.rules").expect("the facts");
    let head = "fact person 給与収入 : 円/年\n";
    assert!(facts.text.contains(head));
    facts.text = facts.text.replace(head, &format!("{head}  default 0円/年\n"));
    let closed = Rules::compile(&files).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let (household, on) = household(&repository().join("docs/households/single-mother.json"));
    let salary = (Some(0), "給与収入".to_owned());
    let found = |rules: &Rules| {
        let after = answers(rules, on, &without(&household, &salary));
        compare(rules, &answers(rules, on, &household), &after, &salary)
    };
    assert!(found(&closed).iter().any(|why| why.contains("児童扶養手当")), "{:?}", found(&closed));
    assert_eq!(found(rules()), Vec::<String>::new());
}

#[test]
fn income_that_is_not_told_is_no_zero() {
    let path = repository().join("docs/households/single-mother.json");
    let mut file: Value = serde_json::from_str(&text(&path)).expect("JSON");
    let folder = TempDir::new().expect("a temporary folder");
    let copy = folder.path().join("household.json");
    for left in [Value::Null, json!({"from": 1_000_000, "to": 3_000_000})] {
        file["people"][0]["facts"]["給与収入"] = left.clone();
        std::fs::write(&copy, file.to_string()).expect("written");
        let answer = check(&copy, &[]);
        let program =
            answer["programs"].as_array().unwrap().iter().find(|p| p["program"] == "児童扶養手当").unwrap();
        let mother = &program["outcomes"][0];
        let yen = |bound: &str| mother["amount"][bound].as_str().unwrap().parse::<i64>().unwrap();
        assert!(yen("low") < 44_080 && yen("high") > 44_080, "{left}: {mother}");
        assert!(
            mother["open"].as_array().unwrap().contains(&json!({"fact": "給与収入", "person": "母"})),
            "{mother}"
        );
        if left.is_null() {
            assert_eq!(mother["verdict"], "unknown");
        }
    }
}

#[test]
fn what_is_wrong_in_a_file_names_the_person_and_the_fact_and_ends_with_2() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("household.json");
    let of = |household: Value| {
        std::fs::write(&path, household.to_string()).expect("written");
        let told = programs(&["check", "--household", path.to_str().unwrap()]);
        assert_eq!(
            (told.code, &told.value["error"]["code"]),
            (Some(2), &json!("household")),
            "{}",
            told.value
        );
        told.value["error"].clone()
    };
    let told =
        of(json!({"people": [{"name": "母", "facts": {"給与収入": "百万", "誕生年月日": "1990-02-30"}}]}));
    let problems = told["problems"].as_array().unwrap();
    let what = |fact: &str| {
        problems.iter().find(|p| p["fact"] == fact && p["person"] == "母").unwrap()["what"].clone()
    };
    assert_eq!((what("給与収入"), what("誕生年月日")), (json!("wrong-kind"), json!("out-of-range")));
    assert!(told["message"].as_str().unwrap().contains("母 の「給与収入」"));
    let told = of(json!({"household": {"都道府県": 13}}));
    assert_eq!(
        told["problems"][0],
        json!({
            "person": null, "fact": "都道府県", "what": "wrong-kind", "words": [], "expected": "text",
        })
    );
    assert!(of(json!({"peple": []}))["message"].as_str().unwrap().contains("peple"));
    assert_eq!(programs(&["check", "--household", "/nowhere.json"]).code, Some(2));
}

#[test]
fn a_program_is_explained_in_text_and_json() {
    let path = repository().join("docs/households/single-mother.json");
    let path = path.to_str().unwrap();
    let told = programs(&["explain", "児童扶養手当", "--household", path, "--person", "母"]).expect_success();
    assert_eq!(told["outcomes"].as_array().unwrap().len(), 1);
    assert_eq!(told["reasons"][0]["person"], "母");
    let words = ["programs", "explain", "児童扶養手当", "--household", path];
    let text = Command::new(binary("resident")).args(words).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for part in ["月44,080円", "1,220,000円/年", "2,460,000円/年", "2024-11-01から", "児童扶養手当法第9条"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    // Not for the child, and each person's own answer only when asked for.
    assert!(!text.contains("当てはまりません"), "{text}");
    let refused = |words: &[&str]| programs(words).expect_error();
    assert_eq!(refused(&["explain", "子ども手当", "--household", path]), "no-program");
    assert_eq!(refused(&["explain", "児童手当", "--household", path, "--person", "母"]), "whole-household");
    assert_eq!(refused(&["explain", "児童扶養手当", "--household", path, "--person", "祖母"]), "no-person");
}

#[test]
fn the_same_household_in_three_towns() {
    let path = repository().join("docs/households/single-mother.json");
    let path = path.to_str().unwrap();
    let towns = ["--town", "静岡県/焼津市", "--town", "静岡県/藤枝市", "--town", "東京都/目黒区"];
    let words: Vec<&str> = ["compare", "--household", path].into_iter().chain(towns).collect();
    let told = programs(&words).expect_success();
    assert_eq!(told["towns"].as_array().unwrap().len(), 3);
    assert!(told["towns"].as_array().unwrap().iter().all(|town| town["known"] == true), "{}", told["towns"]);
    let row = |name: &str| {
        told["programs"].as_array().unwrap().iter().find(|p| p["program"] == name).unwrap().clone()
    };
    assert_eq!(row("児童扶養手当")["differs"], false);
    let own = row("児童育成手当");
    assert_eq!((&own["differs"], &own["towns"][1]["verdict"]), (&json!(true), &json!("not-eligible")));
    assert_eq!(own["towns"][2]["outcomes"][0]["amount"]["low"], "13500");
    assert_eq!(programs(&["compare", "--household", path, "--town", "222127"]).code, Some(2));
}

#[test]
fn what_is_new_for_a_household_on_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("family.json");
    let household = json!({
        "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
        "people": [
            {"name": "母", "facts": {"誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居"}},
            {"name": "花", "facts": {"誕生年月日": "2023-12-05", "親": ["母"], "住まい": "同居", "就学先": "幼稚園"}},
            {"name": "空", "facts": {"誕生年月日": "2026-11-20", "親": ["母"], "住まい": "同居"}},
        ],
    });
    std::fs::write(&path, household.to_string()).unwrap();
    let news = |more: &[&str]| {
        let words: Vec<&str> =
            ["news", "--household", path.to_str().unwrap()].iter().chain(more).copied().collect();
        programs(&words).expect_success()["news"].clone()
    };
    let told = news(&["--on", "2026-11-26", "--lang", "en"]);
    assert_eq!(
        told[0],
        json!({"kind": "deadline", "program": "児童手当", "title": "Child allowance", "people": [],
            "day": "2026-12-05", "days": 9, "urgent": false})
    );
    let opens =
        told.as_array().unwrap().iter().find(|row| row["program"] == "幼児教育・保育の無償化").unwrap();
    assert_eq!(
        (&opens["kind"], &opens["people"], &opens["day"]),
        (&json!("opens"), &json!(["花"]), &json!("2026-12-04"))
    );
    let later = news(&["--on", "2026-12-04", "--since", "2026-11-26", "--received", "児童手当"]);
    assert!(later.as_array().unwrap().iter().all(|row| row["program"] != "児童手当"), "{later}");
    assert_eq!((&later[0]["kind"], &later[0]["day"]), (&json!("opened"), &Value::Null));
}

#[test]
fn rule_files_are_checked_and_joined() {
    let shipped = repository().join("programs");
    let told = programs(&["lint", shipped.to_str().unwrap()]).expect_success();
    assert_eq!(told["problems"], json!([]));
    let folder = TempDir::new().expect("a temporary folder");
    let dir = folder.path().to_str().unwrap();
    let own = "source 「要綱」 「https://example.jp/」 checked 2026-11-26\n\
        program person 祝い金 : 円\n  title ja 「祝い金」\n  requires 「1歳になるまで」: 生まれている and 年齢 < 1歳\n  \
        amount = 祝い金の額(級地)\n\
        table 祝い金の額(級地: 数) : 円\n  csv 「額.csv」\n";
    std::fs::write(folder.path().join("祝い金.rules"), own.replace("生まれている", "うまれている")).unwrap();
    std::fs::write(folder.path().join("額.csv"), "級地,額\n1,10000\n2,20000\n3,30000\n").unwrap();
    let broken = programs(&["lint", dir]);
    assert_eq!((broken.code, &broken.value["error"]["code"]), (Some(1), &json!("rules")));
    let problem = &broken.value["error"]["problems"][0];
    assert_eq!(
        (&problem["line"], problem["file"].as_str().unwrap().ends_with("祝い金.rules")),
        (&json!(4), true)
    );
    std::fs::write(folder.path().join("祝い金.rules"), own).unwrap();
    assert_eq!(programs(&["lint", dir]).expect_success()["files"], 1);
    let household = repository().join("docs/households/both-parents-on-leave.json");
    let with = check(&household, &["--rules", dir]);
    let gift =
        with["programs"].as_array().unwrap().iter().find(|p| p["program"] == "祝い金").unwrap().clone();
    assert_eq!(gift["verdict"], "eligible");
    assert!(check(&household, &[])["programs"].as_array().unwrap().iter().all(|p| p["program"] != "祝い金"));
}
