use madoguchi_benefits::answer::Verdict;
use madoguchi_benefits::{Evaluation, Household, calendar};
use madoguchi_model::CollectionKind::{Programs, Rules};
use serde_json::{Value, json};

use super::*;
use crate::cache::tests as support;
use crate::programs::{for_town, prose, rules};

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    moment("2026-11-26T00:00:00Z")
}

fn program(id: &str, title: &str, more: Value) -> Value {
    let mut value = json!({"id": id, "segments": ["family"], "title": title});
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    value
}

fn ids(open: &OpenTown, wanted: &ListPrograms) -> Vec<String> {
    let wanted = ListPrograms { limit: 50, ..wanted.clone() };
    list(open, &wanted, now()).unwrap().rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn programs_are_found_by_words_segment_and_event() {
    let (_folder, open) = support::open_with(&[(
        Programs,
        vec![
            program(
                "a",
                "紙おむつの支給",
                json!({"events": ["birth"], "translations": {"en": {"title": "Nappies"}}}),
            ),
            program(
                "b",
                "転入者の家賃補助",
                json!({"segments": ["living.housing"], "events": ["moving"], "tags": ["空き家"]}),
            ),
            program("c", "これから", json!({"published_at": "2026-12-01T00:00:00Z"})),
            program("d", "おわった", json!({"expires_at": "2026-11-01T00:00:00Z"})),
        ],
    )]);
    let all = ListPrograms::default();
    assert_eq!(ids(&open, &all), ["a", "b"]);
    let search = |word: &str| ids(&open, &ListPrograms { search: Some(word.into()), ..all.clone() });
    assert_eq!(
        (search("おむつ"), search("ｵﾑﾂ"), search("nappies"), search("空き家")),
        (vec!["a".into()], vec![], vec!["a".into()], vec!["b".into()])
    );
    // The name of an event is a word too.
    assert_eq!(search("出産"), ["a"]);
    let segment = |segment| ids(&open, &ListPrograms { segments: vec![segment], ..all.clone() });
    assert_eq!(
        (segment(Segment::Living), segment(Segment::Family)),
        (vec!["b".to_string()], vec!["a".to_string()])
    );
    assert_eq!(ids(&open, &ListPrograms { event: Some(LifeEvent::Moving), ..all.clone() }), ["b"]);
    let en = Some(Lang("en".into()));
    assert_eq!(
        list(&open, &ListPrograms { lang: en, limit: 1, ..all }, now()).unwrap().rows[0].title,
        "Nappies"
    );
    assert_eq!(show(&open, "b").unwrap().program.text.title, "転入者の家賃補助");
    assert_eq!(show(&open, "z").unwrap_err().code(), "no-program");
}

#[test]
fn the_index_follows_what_changes() {
    let (_folder, open) = support::open_with(&[(Programs, vec![program("a", "紙おむつ", json!({}))])]);
    support::swap_in(
        &open.cache,
        &[(Programs, vec![program("a", "粉ミルク", json!({})), json!({"id": "b"})])],
    );
    let search =
        |word: &str| ids(&open, &ListPrograms { search: Some(word.into()), ..ListPrograms::default() });
    assert_eq!((search("おむつ").len(), search("粉ミルク").len()), (0, 1));
    support::swap_in(&open.cache, &[]);
    assert_eq!(ids(&open, &ListPrograms::default()), [""; 0]);
}

const OWN: &str = "出典 「要綱」 「https://www.city.yaizu.lg.jp/」 確認 2026-11-26\n\
    表 応援金の額(級地: 数) : 円\n  csv 「額.csv」\n\
    制度 人 焼津の応援金 : 円\n  名称 「応援金」\n  要件 「1歳まで」: 生まれている かつ 年齢 < 1歳\n  額 = 応援金の額(級地)\n";

fn rule_file(id: &str, text: &str) -> Value {
    json!({"id": id, "text": text})
}

fn family() -> Household {
    serde_json::from_value(json!({
        "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
        "people": [{"name": "子", "facts": {"誕生年月日": "2026-05-01"}}],
    }))
    .unwrap()
}

#[test]
fn a_towns_rules_answer_beside_the_countrys() {
    let table = rule_file("kosodate/額.csv", "級地,額\n1,1000\n2,2000\n3,3000\n");
    let (_folder, open) =
        support::open_with(&[(Rules, vec![rule_file("kosodate/a.rules", OWN), table.clone()])]);
    let town = for_town(&open).unwrap();
    assert!(town.left_out().is_empty(), "{:?}", town.left_out());
    assert!(town.is_own("焼津の応援金") && !town.is_own("児童手当") && !town.is_own("ない"));
    let household = family();
    let mut evaluation =
        Evaluation::of(town.rules(), calendar::parse("2026-11-26").unwrap(), &household).unwrap();
    let answer = evaluation.answer_of("焼津の応援金").unwrap();
    assert_eq!(answer.verdict, Verdict::Eligible);
    // What the town publishes next is what holds next.
    support::swap_in(
        &open.cache,
        &[(Rules, vec![rule_file("kosodate/a.rules", &OWN.replace("年齢", "年令")), table])],
    );
    let broken = for_town(&open).unwrap();
    assert_eq!(broken.rules().programs.len(), rules().programs.len());
    let left = &broken.left_out()[0];
    assert_eq!((left.file.as_str(), left.problems[0].line), ("kosodate/a.rules", 6));
}

#[test]
fn what_a_rule_answers_is_left_to_the_rule() {
    let words = vec![
        program("a", "応援金", json!({})),
        program("b", "紙おむつ", json!({"ages": {"under": {"years": 1}}})),
        program("c", "児童 手当", json!({})),
        program("d", "店の改修", json!({"business": true})),
        program("e", "就学の祝い", json!({"ages": {"at_least": {"years": 6}}})),
    ];
    let table = rule_file("額.csv", "級地,額\n1,1000\n2,2000\n3,3000\n");
    let (_folder, open) =
        support::open_with(&[(Programs, words), (Rules, vec![rule_file("a.rules", OWN), table])]);
    let town = for_town(&open).unwrap();
    let day = "2026-11-26".parse().unwrap();
    let answers = prose(&open, &town, &family(), day, now(), &Lang::ja()).unwrap();
    let told: Vec<(&str, Verdict)> =
        answers.iter().map(|answer| (answer.id.as_str(), answer.verdict)).collect();
    assert_eq!(told, [("b", Verdict::Unknown), ("d", Verdict::Unknown), ("e", Verdict::NotEligible)]);
}
