//! `rules check DIR` and `rules answer DIR --household FILE --on DATE [--program NAME]`: for whoever writes rules.

use madoguchi_benefits::answer::questions;
use madoguchi_benefits::{Evaluation, Household, Rules, calendar};
use std::collections::BTreeSet;
use std::path::Path;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| words.iter().position(|w| w == name).and_then(|at| words.get(at + 1)).cloned();
    let [command, folder, ..] = words.as_slice() else { panic!("rules check|answer DIR …") };
    let files =
        madoguchi_tests::rules::folder(Path::new(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let rules = match Rules::compile(&files) {
        Ok(rules) => rules,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            std::process::exit(1);
        }
    };
    if command == "check" {
        println!(
            "{} files, {} facts, {} programs: nothing wrong",
            files.len(),
            rules.facts.len(),
            rules.programs.len()
        );
        return;
    }
    let path = after("--household").expect("--household FILE");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let household: Household = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let on = calendar::parse(&after("--on").expect("--on DATE")).expect("a date such as 2026-11-26");
    let mut evaluation = match Evaluation::of(&rules, on, &household) {
        Ok(evaluation) => evaluation,
        Err(problems) => {
            eprintln!("{}", serde_json::to_string_pretty(&problems).expect("problems"));
            std::process::exit(1);
        }
    };
    if let Some(program) = after("--program") {
        let answer = evaluation.answer_of(&program).expect("a program of this name");
        println!("{}", serde_json::to_string_pretty(&answer).expect("an answer"));
        for person in answer.outcomes.iter().map(|outcome| outcome.person) {
            println!(
                "{}",
                serde_json::to_string_pretty(&evaluation.reasons(&program, person)).expect("reasons")
            );
            println!(
                "{}",
                serde_json::to_string_pretty(&evaluation.changes(&program, person)).expect("changes")
            );
        }
        return;
    }
    let answers = evaluation.answers();
    for answer in &answers {
        for outcome in &answer.outcomes {
            let who = outcome
                .person
                .and_then(|p| household.people.get(p))
                .map_or("", |person| person.name.as_str());
            let amount = outcome.amount.as_ref().map_or_else(String::new, |a| {
                format!(
                    "{}..{} a {}",
                    a.low.as_deref().unwrap_or("?"),
                    a.high.as_deref().unwrap_or("?"),
                    a.per
                )
            });
            println!(
                "{:?}\t{}\t{who}\t{amount}\topen {:?}",
                outcome.verdict,
                answer.program,
                outcome.open.iter().map(|o| &o.fact).collect::<Vec<_>>()
            );
        }
        for gap in &answer.gaps {
            println!("\t! {gap}");
        }
    }
    for question in questions(&answers, &BTreeSet::new()).iter().take(10) {
        println!(
            "ask {} {:?}: {} programs, {} yen",
            question.open.fact,
            question.open.person,
            question.programs.len(),
            question.yen
        );
    }
}
