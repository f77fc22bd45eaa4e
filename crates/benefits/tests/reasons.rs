//! Reasons: a tree that names facts, figures, days and articles, for yes, no and open alike.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::answer::{Step, StepKind, Verdict};
use madoguchi_benefits::{Household, Rules};
use serde_json::{Value as Json, json};

use StepKind::{All, Any, AtMost, Definition, Fact, Figure, Fixed, Formula, Less, Not, People, Same, Table};

fn reasons(rules: &Rules, household: &Household) -> Vec<Step> {
    evaluate(rules, TODAY, household).reasons("P", None)
}

/// Every step of a tree, from the top.
fn steps(tree: &[Step]) -> Vec<&Step> {
    tree.iter().flat_map(|step| std::iter::once(step).chain(steps(&step.below))).collect()
}

fn find(tree: &[Step], kind: StepKind) -> &Step {
    steps(tree)
        .into_iter()
        .find(|step| step.kind == kind)
        .unwrap_or_else(|| panic!("no {kind:?} in {tree:#?}"))
}

const ALLOWANCE: &str = "
fact household 収入 : 円/年
  label ja 「去年の収入」 en 「Income last year」
  question 「いくらですか」
parameter 限度額 : 円/年
  from 2024-04-01: 1,000,000円/年 article 「施行令第2条」
  from 2026-04-01: 2,000,000円/年 article 「施行令第3条」
define household 所得 : 円/年 = 収入 × 80%
  label ja 「所得」
  article 「法第9条」
table 額表(員数: 人数) : 円/月
  | 員数 | 月額 |
  | 1 | 5,000 |
  | 2以上 | 8,000 |
  article 「別表第1」
fact household 員数 : 人数
program household P : 円/月
  title 「手当」
  requires ja 「所得が限度額以下」 en 「Income within the limit」: 所得 ≤ 限度額 article 「法第4条」
  amount = 額表(員数)
";

#[test]
fn a_requirement_names_fact_figure_day_and_article() {
    let rules = sourced(ALLOWANCE);
    let tree = reasons(&rules, &facts(json!({"収入": 3_000_000, "員数": 2})));
    assert_eq!(tree.len(), 2, "one for the requirement, one for the amount");
    let requirement = &tree[0];
    assert_eq!((requirement.kind, requirement.verdict), (Definition, Some(Verdict::NotEligible)));
    assert_eq!(requirement.label["en"], "Income within the limit");
    assert_eq!(requirement.articles, ["法第4条"]);
    let [comparison] = &requirement.below[..] else { panic!("{requirement:#?}") };
    assert_eq!((comparison.kind, comparison.verdict), (AtMost, Some(Verdict::NotEligible)));
    let [income, limit] = &comparison.below[..] else { panic!("{comparison:#?}") };
    assert_eq!(
        (income.kind, income.name.as_deref(), income.value.as_deref()),
        (Definition, Some("所得"), Some("2400000"))
    );
    assert_eq!(
        (income.label["ja"].as_str(), income.articles.clone(), income.unit),
        ("所得", vec!["法第9条".into()], Some("yen-a-year"))
    );
    let fact = find(&income.below, Fact);
    assert_eq!(
        (fact.name.as_deref(), fact.value.as_deref(), fact.label["ja"].as_str()),
        (Some("収入"), Some("3000000"), "去年の収入")
    );
    assert_eq!(
        (limit.kind, limit.name.as_deref(), limit.value.as_deref()),
        (Figure, Some("限度額"), Some("2000000"))
    );
    assert_eq!((limit.since.as_deref(), limit.unit), (Some("2026-04-01"), Some("yen-a-year")));
    assert!(limit.articles.contains(&"施行令第3条".to_owned()));
    let table = find(&tree[1..], Table);
    assert_eq!(
        (table.name.as_deref(), table.value.as_deref(), table.unit),
        (Some("額表"), Some("8000"), Some("yen-a-month"))
    );
    assert_eq!(table.articles, ["別表第1"]);
    assert_eq!(find(&table.below, Fact).value.as_deref(), Some("2"));
}

#[test]
fn what_is_open_is_told_as_open() {
    let rules = sourced(ALLOWANCE);
    let tree = reasons(&rules, &facts(json!({"収入": {"from": 2_000_000, "to": 3_000_000}})));
    assert_eq!(tree[0].verdict, Some(Verdict::Unknown));
    assert_eq!(find(&tree, Fact).value.as_deref(), Some("2000000..3000000"));
    assert_eq!(find(&tree[1..], Table).value.as_deref(), Some("-∞..∞"));
    assert_eq!(evaluate(&rules, TODAY, &nobody()).reasons("Q", None), []);
}

fn tree(requires: &str, household: &Household) -> Step {
    let rules = sourced(&format!(
        "choice 級 = 上 | 下\nfact household a : 真偽\nfact household b : 真偽\nfact household n : 数\nfact household g : 級\nfact household d : 日付\nfact person p : 真偽\nfact person q : 数\nprogram household P : 円\n  title 「手当」\n  requires 「条件」: {requires}\n  amount = 5円\n"
    ));
    reasons(&rules, household)[0].below[0].clone()
}

#[test]
fn each_kind_of_step() {
    let h = facts(json!({"a": true, "b": false, "n": 5, "g": "上", "d": "2024-04-01"}));
    let kind = |requires: &str| tree(requires, &h).kind;
    assert_eq!(kind("a and b"), All);
    assert_eq!(kind("a or b"), Any);
    assert_eq!(kind("not a"), Not);
    assert_eq!(kind("n < 9"), Less);
    assert_eq!(kind("n > 9"), Less);
    assert_eq!(kind("n ≤ 9"), AtMost);
    assert_eq!(kind("n = 9"), Same);
    assert_eq!(kind("n ≠ 9"), Not);
    assert_eq!(kind("g = 「上」"), Same);
    assert_eq!(kind("d ≥ 2024-04-01"), AtMost);
    assert_eq!(kind("a"), Fact);
    assert_eq!(kind("yes"), Fixed);
    assert_eq!(kind("any(c in people where c.p)"), People);
    assert_eq!(kind("g in {「上」}"), Formula);
}

#[test]
fn a_chain_is_one_step() {
    let h = facts(json!({"a": true, "b": false, "n": 5}));
    let all = tree("a and b and n < 9 and not a", &h);
    assert_eq!(all.below.iter().map(|step| step.kind).collect::<Vec<_>>(), [Fact, Fact, Less, Not]);
    assert_eq!(
        all.below.iter().map(|step| step.verdict.unwrap()).collect::<Vec<_>>(),
        [Verdict::Eligible, Verdict::NotEligible, Verdict::Eligible, Verdict::NotEligible]
    );
    let any = tree("a or (b and a) or b", &h);
    assert_eq!(any.below.iter().map(|step| step.kind).collect::<Vec<_>>(), [Fact, All, Fact]);
}

#[test]
fn only_the_case_that_was_taken_is_told() {
    let at = |n: Json| tree("(if n > 5 then a else b)", &facts(json!({"n": n, "a": true, "b": false})));
    assert_eq!(at(json!(9)).name.as_deref(), Some("a"));
    assert_eq!(at(json!(1)).name.as_deref(), Some("b"));
    let open = at(Json::Null);
    assert_eq!((open.kind, open.verdict, open.below.len()), (Formula, Some(Verdict::Unknown), 3));
    let rules = sourced(
        "fact household n : 数\nparameter p : 円 = 7円\ndefine household x : 円\n  cases\n    n < 1 -> 1円\n    n < 9 -> p\n    otherwise -> 3円\nprogram household P : 円\n  title 「手当」\n  amount = x\n",
    );
    let amount = |n: Json| reasons(&rules, &facts(json!({"n": n})));
    assert_eq!(find(&amount(json!(5)), Figure).value.as_deref(), Some("7"));
    assert_eq!(find(&amount(json!(9)), Fixed).value.as_deref(), Some("3"));
    let open = amount(json!({"from": 0, "to": 5}));
    assert_eq!(find(&open, Formula).value.as_deref(), Some("1..7"));
    assert_eq!(find(&open, Fact).name.as_deref(), Some("n"), "the condition that is open");
}

#[test]
fn people_are_told_as_they_were_entered_and_only_those_who_count() {
    let rules = sourced(
        "fact person p : 真偽\nfact person q : 円\ndefine person r : 円 = q × 2\n  label 「倍」\nprogram household P : 円\n  title 「手当」\n  amount = sum(c in people where c.p: c.r)\n",
    );
    let family = people(&[
        json!({"p": true, "q": 9}),
        json!({"p": false, "q": 100}),
        json!({"p": true, "q": 1}),
        json!({"q": 5}),
    ]);
    let tree = reasons(&rules, &family);
    let people = find(&tree, People);
    assert_eq!(people.value.as_deref(), Some("20..30"));
    let mut below: Vec<(Option<usize>, Option<&str>)> =
        people.below.iter().map(|s| (s.person, s.value.as_deref())).collect();
    below.sort();
    assert_eq!(below, [(Some(0), Some("18")), (Some(2), Some("2")), (Some(3), Some("10"))]);
    assert_eq!(people.below[0].label["ja"], "倍");
}

#[test]
fn reasons_of_a_person_are_that_persons() {
    let rules = sourced(
        "fact person q : 数\nprogram person P : 円\n  title 「手当」\n  requires 「条件」: q > 5\n  amount = 5円\n",
    );
    let family = people(&[json!({"q": 9}), json!({"q": 1})]);
    let mut evaluation = evaluate(&rules, TODAY, &family);
    for (person, verdict, q) in [(0, Verdict::Eligible, "9"), (1, Verdict::NotEligible, "1")] {
        let tree = evaluation.reasons("P", Some(person));
        assert_eq!((tree[0].verdict, tree[0].person), (Some(verdict), Some(person)));
        let fact = find(&tree, Fact);
        assert_eq!((fact.value.as_deref(), fact.person), (Some(q), Some(person)));
    }
}

#[test]
fn a_tree_ends_where_nobody_reads_on() {
    let chain: String = (0..40).map(|n| format!("define household x{n} : 数 = x{} + 1\n", n + 1)).collect();
    let rules = sourced(&format!(
        "{chain}define household x40 : 数 = 1\nfact person q : 数\nprogram household P : 円\n  title 「手当」\n  requires 「深い」: x0 > 5\n  requires 「広い」: all(c in people: all(d in people: c.q ≤ d.q))\n  amount = 5円\n"
    ));
    let tree = reasons(&rules, &people(&vec![json!({"q": 1}); 32]));
    fn depth(tree: &[Step]) -> usize {
        tree.iter().map(|step| 1 + depth(&step.below)).max().unwrap_or(0)
    }
    // Twelve definitions, and between each two the step that has no name of its own.
    assert!(depth(&tree) <= 26, "{}", depth(&tree));
    for own in &tree {
        let own = std::slice::from_ref(own);
        assert!(steps(own).len() < 400, "{}", steps(own).len());
    }
    assert_eq!(tree[0].verdict, Some(Verdict::Eligible), "cut short, not wrong");
    assert_eq!(tree[1].verdict, Some(Verdict::Eligible));
}

#[test]
fn the_formula_of_the_day_is_told() {
    let rules = sourced(
        "parameter p : 円 = 7円\nparameter q : 円 = 8円\ndefine household x : 円\n  from 2020-04-01: p\n  from 2024-04-01: q\nprogram household P : 円\n  title 「手当」\n  amount = x\n",
    );
    let figure = |on: &str| {
        let tree = evaluate(&rules, on, &nobody()).reasons("P", None);
        find(&tree, Figure).name.clone()
    };
    assert_eq!([figure("2023-04-01"), figure("2026-04-01")], [Some("p".into()), Some("q".into())]);
}

#[test]
fn steps_are_written_as_json() {
    let step = tree("a and b", &facts(json!({"a": true})));
    let json = serde_json::to_value(&step).unwrap();
    assert_eq!(json["kind"], "all");
    assert_eq!(json["verdict"], "unknown");
    assert_eq!(json["below"][0]["kind"], "fact");
    assert_eq!(
        serde_json::to_value([AtMost, Figure, People]).unwrap(),
        json!(["at-most", "figure", "people"])
    );
}

#[test]
fn every_reason_of_every_shipped_program_can_be_told() {
    let rules = shipped();
    for (name, household) in documented() {
        let mut evaluation = evaluate(rules, TODAY, &household);
        for answer in evaluation.answers() {
            let description = rules.describe(answer.program).unwrap();
            for outcome in &answer.outcomes {
                let tree = evaluation.reasons(&description.name, outcome.person);
                let told: Vec<Verdict> =
                    tree.iter().filter_map(|step| step.verdict).take(outcome.requires.len()).collect();
                assert_eq!(told, outcome.requires, "{name}: {}", description.name);
                for step in steps(&tree) {
                    assert!(step.kind != Figure || step.name.is_some());
                    assert!(
                        step.kind != Fact || !step.label.is_empty(),
                        "{name}: {:?} has no label",
                        step.name
                    );
                }
            }
        }
    }
}
