//! The shape of rule files: items and clauses in both languages, lines, texts, remarks, and where a problem is.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::answer::{Per, Verdict};
use madoguchi_benefits::{RuleFile, Rules};
use serde_json::json;

/// Every item and clause, in English.
const ENGLISH: &str = r#"# a town's file
source 「Ordinance」 「https://example.jp/o」 checked 2026-11-26
article 「Article 1」
unverified 「copied by hand」

choice Grade = none | first | second

fact person birth : date
  range 1900-01-01 .. 2100-12-31
  label ja 「生年月日」 en 「Date of birth」
  question ja 「いつ生まれましたか」 en 「When?」
  why ja 「年齢で決まります」 en 「Age decides」
fact person grade : Grade
  default 「none」
fact person carer : person
fact person parents : persons
fact household income : yen/year
fact household town : text

parameter amount_full : yen/month
  from 2024-04-01: 5,000yen/month source 「Notice 3」
  from 2025-04-01: 6,000yen/month article 「Article 2」
  until 2027-04-01

table limit(children: headcount) : yen/year
  from 2024-04-01
    | children | limit |
    | 0 | 1,000,000 |
    | further | 380,000 |

define person child : bool = age(birth, today) < 18years
  label en 「A child」
  article 「Article 3」
define household children : headcount = count(c in people where c.child)
define reduced(x: yen/month) : yen/month = floor(x × 40%, 10yen/month)
define household rate : yen/month
  from 2024-04-01: if income ≤ limit(children) then amount_full else reduced(amount_full)

program household allowance : yen/month
  title ja 「手当」 easy 「てあて」 en 「Allowance」
  summary ja 「概要」
  kind 「手当」
  requires ja 「子がいる」 en 「There is a child」: children ≥ 1people article 「Article 4」
  amount = rate × children
  payment months 1, 3, 5
  deadline 15days after add_years(date(2026, 4, 1), 0years) 「15日以内」
  document ja 「申請書」
  document ja 「通帳」
  counter ja 「窓口」
  apply 「https://example.jp/form」
  event 「出産」, 「引越し」
  excludes other
  article 「Act」

program person other
  title 「別の制度」
  amount prose ja 「町で計算します」
  requires 「一級」: grade in {「first」, 「second」}
"#;

/// The same in Japanese, in the same order.
const JAPANESE: &str = r#"＃ 町のファイル
出典　「Ordinance」　「https://example.jp/o」　確認　２０２６－１１－２６
根拠 「Article 1」
未確認 「copied by hand」

選択 Grade ＝ none ｜ first ｜ second

事実 人 birth ： 日付
　範囲 1900-01-01 〜 2100-12-31
　名称 ja 「生年月日」 en 「Date of birth」
　問い ja 「いつ生まれましたか」 en 「When?」
　なぜ ja 「年齢で決まります」 en 「Age decides」
事実 人 grade : Grade
  既定 「none」
事実 人 carer : 世帯員
事実 人 parents : 世帯員の集合
事実 世帯 income : 円/年
事実 世帯 town : 文字

定数 amount_full : 円／月
  適用 2024-04-01： 5，000円／月 出典 「Notice 3」
  適用 2025-04-01: 6,000円/月 根拠 「Article 2」
  終了 2027-04-01

表 limit（children: 人数） : 円/年
  適用 2024-04-01
    ｜ children ｜ limit ｜
    ｜ ０ ｜ １００万 ｜
    ｜ 以降 ｜ 380,000 ｜

定義 人 child : 真偽 ＝ 満年齢(birth、 基準日) ＜ １８歳
  名称 en 「A child」
  根拠 「Article 3」
定義 世帯 children : 人数 = 数える(c ∈ 世帯員 のうち c．child)
定義 reduced(x: 円/月) : 円/月 = 切捨て(x * ４０％, 10円/月)
定義 世帯 rate : 円/月
  適用 2024-04-01: もし income ≦ limit(children) なら amount_full でなければ reduced(amount_full)

制度 世帯 allowance : 円/月
  名称 ja 「手当」 easy 「てあて」 en 「Allowance」
  概要 ja 「概要」
  種類 「手当」
  要件 ja 「子がいる」 en 「There is a child」: children ≧ 1人 根拠 「Article 4」
  額 = rate × children
  支給月 1, 3, 5
  期限 15日 の後 add_years(date(2026, 4, 1), 0歳) 「15日以内」
  書類 ja 「申請書」
  書類 ja 「通帳」
  窓口 ja 「窓口」
  申請 「https://example.jp/form」
  出来事 「出産」, 「引越し」
  併給不可 other
  根拠 「Act」

制度 人 other
  名称 「別の制度」
  額 文章 ja 「町で計算します」
  要件 「一級」: grade in {「first」, 「second」}
"#;

#[test]
fn every_item_and_clause_means_the_same_in_both_languages() {
    let family = household(json!({
        "household": {"income": 1_380_000},
        "people": [
            {"name": "a", "facts": {"birth": "1990-01-01", "grade": "first"}},
            {"name": "b", "facts": {"birth": "2020-01-01", "grade": "none", "parents": ["a"]}},
        ],
    }));
    let both = [compile(ENGLISH), compile(JAPANESE)];
    let [english, japanese] = both.each_ref().map(|rules| {
        let mut evaluation = evaluate(rules, TODAY, &family);
        let described = [rules.describe(0).unwrap(), rules.describe(1).unwrap()];
        let asked: Vec<_> = (0..6).map(|fact| rules.asking(fact)).collect();
        (evaluation.answers(), described, asked, evaluation.reasons("allowance", None))
    });
    assert_eq!(english.0, japanese.0);
    assert_eq!(english.1, japanese.1);
    assert_eq!(english.2, japanese.2);
    assert_eq!(english.3, japanese.3);
    // And what they mean.
    let [allowance, other] = &english.0[..] else { panic!("two programs") };
    assert_eq!(allowance.verdict, Verdict::Eligible);
    let amount = allowance.outcomes[0].amount.unwrap();
    assert_eq!((amount.per, amount.yen.known().and_then(|yen| yen.as_whole())), (Per::Month, Some(6_000)));
    assert_eq!(allowance.outcomes[0].deadlines, [Some(day("2026-04-16"))]);
    assert_eq!(allowance.outcomes[0].excluded_by, [1]);
    assert_eq!(
        other.outcomes.iter().map(|o| o.verdict).collect::<Vec<_>>(),
        [Verdict::Eligible, Verdict::NotEligible]
    );
    let [allowance, other] = &english.1;
    assert_eq!((allowance.per_person, other.per_person), (false, true));
    assert_eq!(allowance.title["ja-easy"], "てあて");
    assert_eq!(allowance.title["en"], "Allowance");
    assert_eq!(allowance.summary["ja"], "概要");
    assert_eq!(allowance.kind.as_deref(), Some("手当"));
    assert_eq!(allowance.payment_months, [1, 3, 5]);
    assert_eq!(allowance.documents.len(), 2);
    assert_eq!(allowance.counter["ja"], "窓口");
    assert_eq!(allowance.apply.as_deref(), Some("https://example.jp/form"));
    assert_eq!(allowance.events, ["出産", "引越し"]);
    assert_eq!(allowance.deadlines[0]["ja"], "15日以内");
    assert_eq!(allowance.requires[0].text["en"], "There is a child");
    assert_eq!(allowance.requires[0].articles, ["Article 4"]);
    assert_eq!(allowance.articles, ["Article 1", "Act"]);
    assert_eq!(allowance.unverified, ["copied by hand"]);
    let sources: Vec<&str> = allowance.sources.iter().map(|source| source.text.as_str()).collect();
    assert_eq!(sources, ["Notice 3", "Ordinance"]);
    assert_eq!(allowance.sources[1].url.as_deref(), Some("https://example.jp/o"));
    assert_eq!(allowance.sources[1].checked.as_deref(), Some("2026-11-26"));
    assert_eq!(other.prose["ja"], "町で計算します");
    let (label, question, why) = english.2[0].clone().unwrap();
    assert_eq!(
        [&label["en"], &question["ja"], &why["en"]],
        ["Date of birth", "いつ生まれましたか", "Age decides"]
    );
}

#[test]
fn english_and_japanese_may_be_mixed() {
    let text =
        "事実 household 収入 : yen/year\ndefine 世帯 低い : 真偽 = not (収入 ≥ 100円/年) かつ ではない no\n";
    assert_eq!(value(&compile(text), &facts(json!({"収入": 5})), "低い"), "yes");
}

#[test]
fn operators_in_every_spelling() {
    for (formula, result) in [
        ("1 <= 2 && 2 >= 2", "yes"),
        ("1 ≤ 2 and 2 ≥ 2", "yes"),
        ("1 ≦ 2 かつ 2 ≧ 2", "yes"),
        ("1 ＜ 2 または 2 ＞ 3", "yes"),
        ("1 > 2 || 2 == 2", "yes"),
        ("1 = 2 or 2 != 2", "no"),
        ("1 ≠ 2", "yes"),
        ("ではない (1 ≠ 2)", "no"),
        ("not 1 = 2 and no", "no"),
        ("2 in {1, 2, 3}", "yes"),
        ("2 ∈ ｛1、 3｝", "no"),
        ("「a」 in {「b」, 「a」}", "yes"),
        ("はい and true", "yes"),
    ] {
        assert_eq!(calculate("真偽", formula), result, "{formula}");
    }
    for (formula, result) in [
        ("2 + 3 × 4 - 6 ÷ 2", "11"),
        ("2 + 3 * 4 - 6 / 2", "11"),
        ("（2 ＋ 3） ＊ 4 − 1", "19"),
        ("-(2 + 3) × 2", "-10"),
        ("10 - 4 - 3", "3"),
        ("24 ÷ 4 ÷ 3", "2"),
        ("if 1 < 2 then 3 else 4 + 5", "3"),
        ("(if 1 > 2 then 3 else 4) + 5", "9"),
        ("もし 1 < 2 なら 3 でなければ 4", "3"),
        ("min(3, 2, 5) + max(1, 7) + clamp(9, 0, 4) + abs(-6)", "19"),
        ("最小(3, 2) + 最大(1, 7) + 絶対値(-6)", "15"),
    ] {
        assert_eq!(calculate("数", formula), result, "{formula}");
    }
}

#[test]
fn and_binds_closer_than_or_and_not_closer_than_both() {
    for (formula, result) in [
        ("yes or no and no", "yes"),
        ("(yes or no) and no", "no"),
        ("not yes or yes", "yes"),
        ("not (yes or yes)", "no"),
        ("not no and no", "no"),
        ("not 1 > 2", "yes"),
    ] {
        assert_eq!(calculate("真偽", formula), result, "{formula}");
    }
}

#[test]
fn texts_hold_quotes_of_their_own() {
    for (written, text) in [
        ("「甲」", "甲"),
        ("「『児童手当』の案内」", "『児童手当』の案内"),
        ("「平戸市「児童扶養手当」の表」", "平戸市「児童扶養手当」の表"),
        ("「「甲」と「乙「丙」」」", "「甲」と「乙「丙」」"),
        ("「say \"yes\"」", "say \"yes\""),
        ("\"「甲\"", "「甲"),
        ("「# no remark」", "# no remark"),
        ("「２０２４」", "２０２４"),
        ("「」", ""),
    ] {
        assert_eq!(calculate("文字", written), text, "{written}");
    }
    refused_with(
        "define household x : 文字 = 「甲「乙」\n",
        "a.rules:2:27: this text does not end: 」 is missing",
    );
    refused_with("define household x : 文字 = \"甲\n", "this text does not end: \" is missing");
}

#[test]
fn remarks_and_empty_lines_mean_nothing() {
    let text = "\u{feff}# 見出し\n\n   # indented\ndefine household x : 数 = 1 # 一\n  # between\n\n  + 2 ＃ 二\n＃全角\n";
    assert_eq!(value(&compile(text), &nobody(), "x"), "3");
    assert_eq!(value(&compile(&text.replace('\n', "\r\n")), &nobody(), "x"), "3");
}

#[test]
fn a_formula_goes_on_in_deeper_lines() {
    let text = "define household x : 数\n  = 1\n    + 2\n    + (3\n      + 4)\n  label 「和」\n  article 「第1条」\n";
    assert_eq!(value(&compile(text), &nobody(), "x"), "10");
    let text = "define household x : 数 =\n  1 +\n  2\n";
    assert_eq!(value(&compile(text), &nobody(), "x"), "3");
    let program = "program household P : 円\n  title ja 「甲」\n    en 「A」\n  requires ja 「条件」\n      en 「C」: 1 <\n        2\n    article 「第1条」\n    article 「第2条」\n  amount =\n    5円\n    + 6円\n";
    let rules = sourced(program);
    let described = rules.describe(0).unwrap();
    assert_eq!((described.title["en"].as_str(), described.requires[0].articles.len()), ("A", 2));
    let answer = evaluate(&rules, TODAY, &nobody()).answer_of("P").unwrap();
    assert_eq!(answer.outcomes[0].amount.unwrap().yen.known().unwrap().as_whole(), Some(11));
}

#[test]
fn indentation_is_by_spaces_and_under_something() {
    let fault = |text: &str| lines(&problems(text));
    assert_eq!(
        fault("  fact household x : 数\n"),
        "a.rules:1:3: this line is indented but belongs to nothing"
    );
    assert_eq!(
        fault("fact household x : 数\n\trange 1 .. 2\n"),
        "a.rules:2:1: a line is indented by spaces, not by tabs"
    );
    // A full-width space is as wide as two.
    compile("fact household x : 数\n　range 1 .. 2\n  label 「x」\n");
    let deep: String = (0..20).map(|n| format!("{}x\n", " ".repeat(n))).collect();
    assert!(fault(&deep).contains("nested too deep"));
}

#[test]
fn what_is_no_item_is_told() {
    let wanted = "expected fact, parameter, table, define, choice, program or source (事実, 定数, 表, 定義, 選択, 制度, 出典)";
    for line in ["rule x", "5", "「甲」", "if x", "| a | b |", "requires 「x」: yes"] {
        refused_with(&format!("{line}\n"), &format!("a.rules:2:1: {wanted}"));
    }
    refused_with("fact x : 数\n", "a.rules:2:6: expected person or household (人, 世帯)");
    refused_with(
        "define x : 数 = 1\n",
        "a definition is of a person or a household (人, 世帯), or has arguments in ( )",
    );
    refused_with(
        "define person f(a: 数) : 数 = a\n",
        "a definition with arguments belongs to neither a person nor a household",
    );
    refused_with("program P\n", "expected person or household (人, 世帯)");
    refused_with("define household x : 数\n", "x has no formula: = …");
    refused_with("parameter p : 円\n", "p has no value: from DATE: VALUE");
    refused_with("choice c\n", "expected = here");
    refused_with("fact household : 数\n", "expected a name for the fact");
    refused_with(
        "fact household 世帯 : 数\n",
        "expected a name for the fact, but this is a word of the language",
    );
}

#[test]
fn what_is_no_clause_is_told() {
    refused_with("fact household x : 数\n  from 2024-04-01: 1\n", "a fact has ");
    refused_with(
        "parameter p : 円\n  requires 「x」: yes\n",
        "a parameter has from, until, source, article and unverified",
    );
    refused_with(
        "program household P\n  title 「p」\n  from 2024-04-01: 1\n",
        "a program has title, summary, kind, requires",
    );
    refused_with("fact household x : 数\n  range 1 .. 2 3\n", "nothing more is expected on this line");
    refused_with("fact household x : 数\n  range 5 .. 1\n", "the range ends before it begins");
    refused_with("fact household x : 真偽\n  range no .. yes\n", "only a number or a date has a range");
    refused_with("fact household x : 円\n  range 0円/月 .. 5円\n", "this is 円/月, but 円 is expected here");
    refused_with("fact household x : 円\n  default 5\n", "this is 数, but 円 is expected here");
    refused_with(
        "fact household x : 円\nfact household y : 円\n  default x\n",
        "expected a fixed value here; a word of a choice stands in 「…」",
    );
    refused_with("fact household x : 日付\n  default today\n", "expected a fixed value here");
    sourced("fact household x : 円\n  range -100円 .. 0.5 × 3円\n  default 3円 - 4円\n");
}

#[test]
fn programs_say_what_residents_need() {
    let with = |clauses: &str| format!("program household P : 円\n  title 「p」\n{clauses}");
    refused_with("program household P\n  requires 「x」: yes\n", "the program P has no title (名称)");
    let problems = problems("program household P\n  title 「p」\n");
    assert_eq!(problems[0].what, "the program P has no source (出典)");
    refused_with(&with(""), "a program with an amount says in what: program household 児童手当 : 円/月");
    refused_with(
        "program household P\n  title 「p」\n  amount = 5円\n",
        "a program with an amount says in what",
    );
    refused_with(
        "program household P : 数\n  title 「p」\n  amount = 5\n",
        "an amount is in 円, 円/日, 円/月 or 円/年",
    );
    refused_with(&with("  amount = 5円/月\n"), "this is 円/月, but 円 is expected here");
    refused_with(&with("  amount = 5円\n  requires 「x」 yes\n"), "expected : here");
    refused_with(&with("  amount = 5円\n  requires : yes\n"), "expected what is required in 「…」");
    refused_with(&with("  amount = 5円\n  requires 「x」: 5\n"), "this is 数, but 真偽 is expected here");
    refused_with(&with("  amount = 5円\n  payment months 13\n"), "a month is a number from 1 to 12");
    refused_with(&with("  amount = 5円\n  payment months 0\n"), "a month is a number from 1 to 12");
    refused_with(&with("  amount = 5円\n  payment 「毎月」\n"), "expected months: 2, 4, 6");
    refused_with(&with("  amount = 5円\n  excludes Q\n"), "there is no program Q");
    refused_with(
        &with("  amount = 5円\n  deadline 15円 after today\n    「x」\n"),
        "a deadline is so many 日, か月 or 歳 (years) after a day",
    );
    refused_with(
        &with("  amount = 5円\n  deadline 15日 today 「x」\n"),
        "expected after DATE: 15日 after 出生日",
    );
    refused_with(&with("  amount = 5円\n  apply https\n"), "expected an address in 「…」");
    refused_with(&with("  amount = 5円\n  summary\n"), "expected a summary in 「…」");
}

#[test]
fn figures_without_a_source_are_refused_and_definitions_need_none() {
    let fault = |text: &str| lines(&problems(text));
    assert_eq!(fault("parameter p : 円 = 5円\n"), "a.rules:1:11: p has no source (出典)");
    assert_eq!(
        fault("table T(a: 数) : 円\n  | a | v |\n  | 1 | 1 |\n"),
        "a.rules:1:7: T has no source (出典)"
    );
    compile("define household x : 円 = 5円\nfact household y : 円\n");
    compile("parameter p : 円 = 5円\n  source 「条例」\n");
    // A source at the left edge is for what follows it, in its own file only.
    let files = [
        RuleFile { name: "a.rules".into(), text: SOURCE.into(), tables: vec![] },
        RuleFile { name: "b.rules".into(), text: "parameter p : 円 = 5円\n".into(), tables: vec![] },
    ];
    assert_eq!(lines(&Rules::compile(&files).unwrap_err()), "b.rules:1:11: p has no source (出典)");
}

#[test]
fn every_problem_names_its_file_line_and_column_in_characters() {
    let good = RuleFile {
        name: "町/手当.rules".into(),
        text: "define household 甲 : 数 = 1\n".into(),
        tables: vec![],
    };
    let bad = RuleFile {
        name: "町/貸付.rules".into(),
        text: "# 𠮷野家の例\ndefine household 𠮷 : 数 = 甲 + 𩸽𩸽𩸽\n\ndefine household 丙 : 円\n  = 甲 × 5円 + 「文」\n　　丁\n".into(),
        tables: vec![],
    };
    let problems = Rules::compile(&[good, bad]).unwrap_err();
    let places: Vec<(&str, u32, u32)> =
        problems.iter().map(|p| (p.file.as_str(), p.line, p.column)).collect();
    // Characters, not bytes: 𠮷 has four of those and 甲 three.
    assert_eq!(places, [("町/貸付.rules", 2, 30), ("町/貸付.rules", 6, 3)], "{}", lines(&problems));
    assert_eq!(problems[0].to_string(), "町/貸付.rules:2:30: there is no 𩸽𩸽𩸽");
    let json = serde_json::to_value(&problems[0]).unwrap();
    assert_eq!(json, json!({"file": "町/貸付.rules", "line": 2, "column": 30, "what": "there is no 𩸽𩸽𩸽"}));
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_their_places() {
    let text = "define household a : 数 = 誤1\nfact household b : 誤型\ndefine household c : 数 = 「x」\nnonsense\ndefine household d : 円 = 1円/月\n";
    let problems = problems(text);
    let lines: Vec<u32> = problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
}

#[test]
fn columns_of_full_width_lines() {
    for (text, line, column) in [
        ("　　事実 世帯 x ： 数\n", 1, 3),
        ("事実　世帯　ｘ　：　数　範囲\n", 1, 13),
        ("define household x : 数 = 「あ」 ＋ 1\n", 1, 26),
        ("define household x : 数 = １，０００ ＋ y\n", 1, 34),
        ("define household x : 数 = 2024-02-30\n", 1, 26),
        ("define household x : 数 = 1 ? 2\n", 1, 28),
        ("define household x : 数 = 1 ＋\n", 1, 28),
    ] {
        let problems = problems(text);
        assert_eq!((problems[0].line, problems[0].column), (line, column), "{text}{}", lines(&problems));
    }
}
