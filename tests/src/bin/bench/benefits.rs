//! Benefits: two parents and two children, 44 outputs of the comparison set; cold start; the shipped programs, traced.

use madoguchi_benefits::number::Interval;
use madoguchi_benefits::value::Value as Known;
use madoguchi_benefits::{Batch, Column, Evaluation, Household, Person, RuleFile, Rules, calendar};
use madoguchi_tests::{repository, rules};
use serde_json::{Value, json};
use std::time::Instant;

use crate::stats::{round, timed};

/// OpenFisca-Japan's own rate, vectorised, for 44 outputs of such households: the best that was measured.
const OPENFISCA_A_SECOND: f64 = 13_000.0;

const OUTPUTS: &[&str] = &[
    "児童手当",
    "児童扶養手当_最大",
    "児童扶養手当_最小",
    "児童育成手当",
    "障害児童育成手当",
    "障害児福祉手当",
    "特別児童扶養手当_最大",
    "特別児童扶養手当_最小",
    "特別障害者手当_最大",
    "特別障害者手当_最小",
    "障害基礎年金_最大",
    "障害基礎年金_最小",
    "生活保護",
    "傷病手当金_最大",
    "傷病手当金_最小",
    "高等学校奨学給付金_最大",
    "高等学校奨学給付金_最小",
    "高等学校等就学支援金_最大",
    "高等学校等就学支援金_最小",
    "重度心身障害者手当_最大",
    "重度心身障害者手当_最小",
    "重度心身障害者医療費助成制度の対象者がいる",
    "特定疾病療養の対象者がいる",
    "先天性血液凝固因子障害等治療研究事業の対象者がいる",
    "先天性の傷病治療によるC型肝炎患者に係るQOL向上等のための調査研究事業_最大",
    "先天性の傷病治療によるC型肝炎患者に係るQOL向上等のための調査研究事業_最小",
    "健康管理費用_最大",
    "健康管理費用_最小",
    "健康管理支援事業_最大",
    "健康管理支援事業_最小",
    "受験生チャレンジ支援貸付",
    "災害弔慰金",
    "災害援護資金",
    "災害障害見舞金_最大",
    "災害障害見舞金_最小",
    "被災者生活再建支援制度",
    "一時生活再建費",
    "不動産担保型生活資金",
    "住宅入居費",
    "就学支度費",
    "教育支援費",
    "生活支援費",
    "福祉費",
    "緊急小口資金",
];

/// Two parents and two children; each number another income and other birthdays.
struct Numbered {
    births: [i32; 4],
    incomes: [i64; 2],
}

fn numbered(number: usize) -> Numbered {
    let (n, month) =
        (i32::try_from(number).expect("a small number"), i32::try_from(number % 12 + 1).expect("a month"));
    Numbered {
        births: [
            calendar::day_number(1985, month, 1),
            calendar::day_number(1987, month, 15),
            calendar::day_number(2005 + n % 10, month, 7),
            calendar::day_number(2015 + n % 9, month, 21),
        ],
        incomes: [i64::from(n % 900 * 10_000), i64::from(n % 70 * 10_000)],
    }
}

const ROLES: [(&str, i64); 4] = [("親", 0), ("親", 1), ("子", 0), ("子", 1)];

fn household(number: usize) -> Household {
    let this = numbered(number);
    let people = ROLES.iter().zip(this.births).zip(0..).map(|(((role, place), birth), person)| {
        let income = this.incomes.get(person).copied().unwrap_or(0);
        let facts = [
            ("続柄", json!(role)),
            ("番号", json!(place)),
            ("誕生年月日", json!(calendar::format(birth))),
            ("収入", json!(income)),
        ];
        Person {
            name: person.to_string(),
            facts: facts.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(),
        }
    });
    let home = [("居住都道府県", json!("東京都")), ("居住市区町村", json!("渋谷区"))];
    Household {
        household: home.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(),
        people: people.collect(),
    }
}

/// The same households as columns.
fn fill(batch: &mut Batch<'_>, from: usize, count: usize) {
    batch.clear();
    let all: Vec<Numbered> = (from..from + count).map(numbered).collect();
    for (person, (role, place)) in ROLES.iter().enumerate() {
        let role = batch.word("続柄", role).expect("a role");
        assert!(batch.set("続柄", Some(person), Column::One(role)));
        assert!(batch.set("番号", Some(person), Column::One(Known::Number(Interval::whole(*place)))));
        assert!(batch.set(
            "誕生年月日",
            Some(person),
            Column::Days(all.iter().map(|h| h.births[person]).collect())
        ));
        let incomes = all.iter().map(|h| h.incomes.get(person).copied().unwrap_or(0)).collect();
        assert!(batch.set("収入", Some(person), Column::Numbers(incomes, 1)));
    }
    for (name, text) in [("居住都道府県", "東京都"), ("居住市区町村", "渋谷区")] {
        let text = batch.text(text);
        assert!(batch.set(name, None, Column::One(text)));
    }
}

fn answer(evaluation: &mut Evaluation<'_>) -> usize {
    OUTPUTS
        .iter()
        .filter(|name| evaluation.value_of(name, None).is_some_and(|value| value.is_known()))
        .count()
}

fn answer_all(batch: &mut Batch<'_>, rows: usize) -> usize {
    let known = |name: &&str| {
        let column = batch.values(name, None).expect("an output");
        (0..rows).filter(|row| column.get(*row).is_known()).count()
    };
    OUTPUTS.iter().map(known).sum()
}

fn compile(files: &[RuleFile]) -> Rules {
    Rules::compile(files).unwrap_or_else(|problems| panic!("{}", problems[0]))
}

pub fn run() -> Value {
    assert_eq!(OUTPUTS.len(), 44);
    let comparison = rules::folder(&repository().join("tests/openfisca")).expect("the comparison set");
    let compiled = compile(&comparison);
    let day = calendar::parse("2024-10-01").expect("a day");
    let mut batches = Vec::new();
    for count in [1usize, 100, 10_000] {
        let rows = count.min(1_000);
        let mut batch = Batch::new(&compiled, day, 4, rows);
        let mut one = Evaluation::of(&compiled, day, &household(0)).expect("a household");
        let mut best = f64::INFINITY;
        let mut known = 0;
        for _ in 0..5 {
            let started = Instant::now();
            known = 0;
            for from in (0..count).step_by(rows) {
                if count == 1 {
                    one.forget();
                    known += answer(&mut one);
                } else {
                    fill(&mut batch, from, rows);
                    known += answer_all(&mut batch, rows);
                }
            }
            best = best.min(started.elapsed().as_secs_f64());
        }
        let rate = count as f64 / best;
        batches.push(json!({
            "households": count,
            "known_outputs": known,
            "outputs": count * OUTPUTS.len(),
            "ms": round(best * 1000.0),
            "households_a_second": rate.round(),
            "times_openfisca": round(rate / OPENFISCA_A_SECOND),
        }));
    }
    let programs = rules::folder(&repository().join("programs")).expect("the programs");
    let started = Instant::now();
    let shipped = compile(&programs);
    let compiled_ms = started.elapsed().as_secs_f64() * 1000.0;
    let national = example();
    let today = calendar::parse("2026-11-26").expect("a day");
    let started = Instant::now();
    let cold = compile(&programs);
    let first = Evaluation::of(&cold, today, &national).expect("a household").answers().len();
    let cold_ms = started.elapsed().as_secs_f64() * 1000.0;
    // An app keeps its rules: letting them go is no part of a start.
    drop(cold);
    let (traced, _) =
        timed(500, || Evaluation::of(&shipped, today, &national).expect("a household").answers());
    json!({
        "batches": batches,
        "cold": {"programs": first, "compile_ms": round(compiled_ms), "to_first_answer_ms": round(cold_ms), "limit_ms": 10},
        "one_household_all_programs_traced": traced,
        "traced_limit_ms": 0.2,
        "memory_kb": memory(),
    })
}

fn example() -> Household {
    let path = repository().join("docs/households");
    let mut files: Vec<_> =
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let text =
        files.iter().find(|path| path.extension().is_some_and(|e| e == "json")).map(std::fs::read_to_string);
    text.and_then(Result::ok)
        .map(|text| serde_json::from_str(&text).expect("a household"))
        .unwrap_or_default()
}

/// The most memory that this process had, in kB.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
