//! Any text as a rule file, alone and behind rules that name things of each kind: problems with places, or rules that answer
//! for a household. What the checker lets through must end, and soon.
#![no_main]

use libfuzzer_sys::fuzz_target;
use madoguchi_benefits::{Evaluation, Household, RuleFile, Rules, calendar};

const HEAD: &str = "source 「条例」
choice 級 = 甲 | 乙
fact household x : 数
  question 「?」
fact household d : 日付
  question 「?」
fact person y : 円/年
  question 「?」
fact person g : 級
  question 「?」
fact person 親 : 世帯員の集合
  question 「?」
parameter p : 円/月
  from 2024-04-01: 5,000円/月
table T(k: 数) : 円
  | k | v |
  | 0〜2 | 5 |
  | 以降 | 3 |
define f(a: 数) : 数 = a + 1
";

/// A household of three of whom something is known, whatever the rules ask.
const HOUSEHOLD: &str = r#"{"people": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}"#;
const KNOWN: &str = r#"{"household": {"x": 3, "d": {"from": "2024-02-29"}}, "people": [
    {"name": "a", "facts": {"y": 20000001, "g": "甲", "親": []}},
    {"name": "b", "facts": {"y": {"to": 5}, "g": null, "親": ["a"]}},
    {"name": "c", "facts": {}}]}"#;

fn ask(text: String, household: &str) {
    let tables = vec![("a.csv".to_owned(), text.clone())];
    let lines = text.lines().count() as u32;
    match Rules::compile(&[RuleFile { name: "a.rules".into(), text, tables }]) {
        Ok(rules) => {
            let household: Household = serde_json::from_str(household).expect("a household");
            let day = calendar::parse("2026-11-26").expect("a day");
            let Ok(mut evaluation) = Evaluation::of(&rules, day, &household) else { return };
            for answer in evaluation.answers() {
                let name = &rules.describe(answer.program).expect("a program").name;
                for outcome in answer.outcomes {
                    evaluation.reasons(name, outcome.person);
                    evaluation.changes(name, outcome.person);
                }
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.line <= lines.max(1) && !problem.what.is_empty(), "{problem}");
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    ask(text.to_owned(), HOUSEHOLD);
    ask(format!("{HEAD}{text}"), KNOWN);
});
