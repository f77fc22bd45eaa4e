//! Benefits: two parents and two children, 44 outputs of the comparison set; cold start; the shipped programs, traced.

use madoguchi_benefits::{Evaluation, Household, Person, RuleFile, Rules, calendar};
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
fn household(number: usize) -> Household {
    let person = |name: &str, role: &str, place: usize, birth: String, income: usize| {
        let facts = [
            ("続柄", json!(role)),
            ("番号", json!(place)),
            ("誕生年月日", json!(birth)),
            ("収入", json!(income)),
        ];
        Person { name: name.into(), facts: facts.into_iter().map(|(k, v)| (k.to_owned(), v)).collect() }
    };
    let month = number % 12 + 1;
    Household {
        household: [("居住都道府県", json!("東京都")), ("居住市区町村", json!("渋谷区"))]
            .into_iter()
            .map(|(k, v)| (k.to_owned(), v))
            .collect(),
        people: vec![
            person("父", "親", 0, format!("1985-{month:02}-01"), number % 900 * 10_000),
            person("母", "親", 1, format!("1987-{month:02}-15"), number % 70 * 10_000),
            person("兄", "子", 0, format!("{}-{month:02}-07", 2005 + number % 10), 0),
            person("妹", "子", 1, format!("{}-{month:02}-21", 2015 + number % 9), 0),
        ],
    }
}

fn answer(evaluation: &mut Evaluation<'_>) -> usize {
    OUTPUTS
        .iter()
        .filter(|name| evaluation.value_of(name, None).is_some_and(|value| value.is_known()))
        .count()
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
        let households: Vec<Household> = (0..count).map(household).collect();
        let mut evaluation = Evaluation::of(&compiled, day, &households[0]).expect("a household");
        let mut best = f64::INFINITY;
        let mut known = 0;
        for _ in 0..5 {
            let started = Instant::now();
            known = 0;
            for household in &households {
                evaluation.take(household).expect("a household");
                known += answer(&mut evaluation);
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
    let first = Evaluation::of(&compile(&programs), today, &national).expect("a household").answers().len();
    let cold_ms = started.elapsed().as_secs_f64() * 1000.0;
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
