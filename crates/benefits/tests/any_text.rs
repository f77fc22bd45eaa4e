//! Any text as a rule file: rules or problems with places, never a panic; and what compiles can be asked.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::random::Bytes;
use common::random_rules::rules;
use common::*;
use madoguchi_benefits::{Household, RuleFile, Rules};
use proptest::prelude::*;
use serde_json::json;

/// Compiles a text; checks the places of what is wrong, asks what is right.
fn ask(file: RuleFile) {
    let text = file.text.clone();
    match Rules::compile(&[file]) {
        Ok(rules) => ask_all(&rules),
        Err(problems) => {
            assert!(!problems.is_empty());
            let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().collect();
            for problem in problems {
                assert!(!problem.what.is_empty());
                let line = lines.get(problem.line.saturating_sub(1) as usize);
                let width =
                    line.unwrap_or_else(|| panic!("{problem} of {} lines", lines.len())).chars().count()
                        as u32;
                assert!((1..=width.max(1) + 1).contains(&problem.column), "{problem} of a line of {width}");
            }
        }
    }
}

/// Two people of whom nothing is known.
fn ask_all(rules: &Rules) {
    let mut evaluation = evaluate(rules, TODAY, &people(&[json!({}), json!({})]));
    for answer in evaluation.answers() {
        let name = &rules.describe(answer.program).unwrap().name;
        for outcome in answer.outcomes {
            evaluation.reasons(name, outcome.person);
            evaluation.changes(name, outcome.person);
        }
    }
    evaluation.describe_notes();
}

/// Pieces of which rule files are made, and some of which they are not.
const PIECES: &[&str] = &[
    "fact ",
    "parameter ",
    "table ",
    "define ",
    "choice ",
    "program ",
    "source ",
    "事実 ",
    "定数 ",
    "表 ",
    "定義 ",
    "選択 ",
    "制度 ",
    "出典 ",
    "person ",
    "household ",
    "人 ",
    "世帯 ",
    "from 2024-04-01",
    "until 2025-04-01",
    "cases",
    "otherwise -> ",
    "requires 「条」: ",
    "amount = ",
    "title 「題」",
    "question 「?」",
    "default ",
    "range ",
    "csv 「a.csv」",
    "column 「v」",
    "payment months 1, 2",
    "excludes ",
    "deadline 15日 after ",
    " : ",
    " = ",
    "円",
    "円/月",
    "数",
    "歳",
    "真偽",
    "日付",
    "文字",
    "世帯員の集合",
    "世帯員",
    "集合 ",
    "{a, b}",
    "x",
    "y",
    "c",
    "c.x",
    "self",
    "1",
    "0",
    "1,200",
    "40%",
    "3人",
    "18歳",
    "2024-04-01",
    "2024-02-30",
    "999999999999999999999",
    "0.5",
    "-",
    "「甲」",
    "「",
    "」",
    "\"",
    "|",
    "｜",
    " + ",
    " × ",
    " ÷ ",
    " < ",
    " ≥ ",
    " and ",
    " or ",
    "not ",
    "if ",
    " then ",
    " else ",
    " in ",
    "people",
    " where ",
    " by ",
    " at ",
    " as ",
    "count(c in people where ",
    "rank(c in people by ",
    "sum(c in people: ",
    "max(",
    "floor(",
    "age(",
    "today",
    "has(",
    "eligible(",
    "(",
    ")",
    ", ",
    "| x | v |",
    "| 1 | 5 |",
    "| x ＼ y | 1 | 2 |",
    "| 以降 | 3 |",
    "| その他 | - |",
    "5未満",
    "480,000超950,000以下",
    "〜",
    "->",
    "→",
    "#",
    "\t",
    "\u{3000}",
    "\n",
    "\n  ",
    "\n    ",
    "\n  ",
    "\n",
    "𠮷",
    "é",
    "\u{feff}",
    "\0",
    "\u{202e}",
];

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_rules_or_problems(text in "\\PC{0,200}") {
        ask(RuleFile { name: "a.rules".into(), text, tables: vec![] });
    }

    #[test]
    fn any_lines_of_pieces_are_rules_or_problems(text in pieces(), csv in pieces()) {
        let tables = vec![("a.csv".to_owned(), csv)];
        ask(RuleFile { name: "a.rules".into(), text: format!("{SOURCE}{text}"), tables });
    }

    #[test]
    fn any_formula_is_rules_or_problems(formula in pieces()) {
        let head = "choice 級 = a | b\nfact household x : 数\n  question 「?」\nfact person y : 級\n  question 「?」\n";
        let formula = formula.replace('\n', " ");
        for (ty, owner) in [("数", "household"), ("真偽", "person")] {
            ask(RuleFile { name: "a.rules".into(), text: format!("{head}define {owner} z : {ty} = {formula}\n"), tables: vec![] });
        }
    }
}

/// One change of a text: characters taken out, put in, doubled, or lines swapped.
fn mutate(text: &str, bytes: &mut Bytes<'_>) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=bytes.below(3) {
        if lines.is_empty() {
            break;
        }
        let at = (bytes.below(256) * 256 + bytes.below(256)) % lines.len();
        let other = (bytes.below(256) * 256 + bytes.below(256)) % lines.len();
        let mut chars: Vec<char> = lines[at].chars().collect();
        let place = bytes.below(chars.len() + 1);
        let piece = bytes.one(PIECES);
        match bytes.below(7) {
            0 => {
                lines.remove(at);
            }
            1 => lines.swap(at, other),
            2 => {
                let line = lines[other].clone();
                lines.insert(at, line);
            }
            3 => {
                let until = (place + 1 + bytes.below(5)).min(chars.len());
                chars.drain(place.min(until)..until);
                lines[at] = chars.into_iter().collect();
            }
            4 => {
                let indent = [" ", "  ", "\t", "\u{3000}"][bytes.below(4)];
                lines[at].insert_str(0, indent);
            }
            5 => lines[at] = lines[at].trim_start().to_owned(),
            _ => {
                chars.splice(place..place, piece.chars());
                lines[at] = chars.into_iter().collect();
            }
        }
    }
    let text = lines.join("\n");
    // Now and then the file was cut while it was copied.
    if bytes.below(8) == 7 { text.chars().take(bytes.below(256) * 40).collect() } else { text }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_shipped_files_are_rules_or_problems(bytes in proptest::collection::vec(any::<u8>(), 16..64)) {
        let mut bytes = Bytes(&bytes);
        let mut files = shipped_files().to_vec();
        let at = bytes.below(files.len());
        files[at].text = mutate(&files[at].text, &mut bytes);
        let changed = files[at].text.clone();
        match Rules::compile(&files) {
            Ok(rules) => {
                let household = household_of("three-children");
                if let Ok(mut evaluation) = madoguchi_benefits::Evaluation::of(&rules, day(TODAY), &household) {
                    evaluation.answers();
                }
            }
            Err(problems) => {
                for problem in problems {
                    let file = files.iter().find(|file| file.name == problem.file).unwrap();
                    let line = file.text.lines().nth(problem.line.saturating_sub(1) as usize);
                    let width = line.unwrap_or_else(|| panic!("{problem}\n{changed}")).chars().count() as u32;
                    prop_assert!((1..=width.max(1) + 1).contains(&problem.column), "{}", problem);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_rules_are_rules_or_problems(of_rules in proptest::collection::vec(any::<u8>(), 0..300), change in proptest::collection::vec(any::<u8>(), 8..64)) {
        let text = rules(&mut Bytes(&of_rules));
        ask(RuleFile { text: mutate(&file(&text).text, &mut Bytes(&change)), ..file("") });
    }

    #[test]
    fn any_facts_are_taken_or_refused(json in any_json(), name in "[a-z0-9親配偶者]{1,3}") {
        let rules = compile(&rules(&mut Bytes(&[])));
        for fact in rules.facts.iter().map(|fact| fact.name.clone()).chain([name, "h0".into(), "q0".into()]) {
            let own = [(fact.clone(), json.clone())].into();
            let person = madoguchi_benefits::Person { name: "母".into(), facts: [(fact, json.clone())].into() };
            for household in [Household { household: own, people: vec![] }, Household { people: vec![person], ..Household::default() }] {
                if let Ok(mut evaluation) = madoguchi_benefits::Evaluation::of(&rules, day(TODAY), &household) {
                    evaluation.answers();
                }
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|b| json!(b)),
        any::<i64>().prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        "[0-9.,-]{0,20}".prop_map(|text| json!(text)),
        "\\PC{0,8}".prop_map(|text| json!(text)),
        proptest::sample::select(vec!["甲", "母", "", "2024-02-29", "2024-02-30", "9999-01-01"])
            .prop_map(|text| json!(text)),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|all| json!(all)),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| json!({"from": a, "to": b})),
            inner.prop_map(|all| json!({"any_of": all})),
        ]
    })
}

#[test]
fn files_that_are_almost_nothing() {
    for text in [
        "",
        "\n",
        "\u{feff}",
        "#",
        " ",
        "\u{3000}",
        "\t",
        "|",
        "「",
        "source",
        "source 「",
        "define",
        "table T",
        "table T(",
        "table T(a",
        "\r",
        "\r\n\r\n",
        "define household x : 数 =",
        "program household P : 円\n  title 「p」\n  amount\n",
    ] {
        ask(RuleFile { name: "a.rules".into(), text: text.into(), tables: vec![] });
    }
    assert!(Rules::compile(&[]).unwrap().programs.is_empty());
}

#[test]
fn a_file_cut_anywhere_is_rules_or_problems() {
    let text = &file(&rules(&mut Bytes(&[7; 200]))).text;
    for (at, _) in text.char_indices().step_by(3) {
        ask(RuleFile { name: "a.rules".into(), text: text[..at].to_owned(), tables: vec![] });
    }
}
