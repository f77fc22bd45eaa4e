//! Tables: every layout and every way to write a key, what is refused, and what a look-up with open keys comes to.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::Rules;
use serde_json::{Value as Json, json};

/// A table of yen by a number, its fact `k` and `v` as what it comes to.
fn by_number(rows: &str) -> String {
    let rows: String = rows.lines().map(|row| format!("  {}\n", row.trim())).collect();
    format!(
        "fact household k : 数\ntable T(鍵: 数) : 円\n  | 鍵 | 額 |\n{rows}define household v : 円 = T(k)\ndefine household h : 真偽 = has(T(k))\n"
    )
}

fn of(rules: &Rules, k: Json) -> String {
    value(rules, &facts(json!({"k": k})), "v")
}

fn each(rules: &Rules, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|k| of(rules, json!(k))).collect()
}

const NOTHING: &str = "-∞..∞";

#[test]
fn keys_are_single_numbers_and_bands_with_either_end_in_or_out() {
    let rules = sourced(&by_number(
        "| 2未満 | 1 |
         | 2 | 2 |
         | 3〜5 | 3 |
         | 6..8 | 4 |
         | 9以上10未満 | 5 |
         | 10以上12以下 | 6 |
         | 12超14以下 | 7 |
         | 14超16未満 | 8 |
         | 16以上20まで | 9 |
         | 20超 | 10 |",
    ));
    let keys = [
        "-100", "1", "1.999", "2", "3", "5", "6", "8", "9", "9.5", "10", "12", "12.001", "14", "15.5", "16",
        "20", "20.1", "9999999",
    ];
    let values =
        ["1", "1", "1", "2", "3", "3", "4", "4", "5", "5", "6", "6", "7", "7", "8", "9", "9", "10", "10"];
    assert_eq!(each(&rules, &keys), values);
}

#[test]
fn one_sided_keys_in_every_spelling() {
    let both = |low: &str, high: &str| by_number(&format!("| {low} | 1 |\n| {high} | 2 |"));
    for (low, high, at_five) in [
        ("5以下", "5超", "1"),
        ("5まで", "5超", "1"),
        ("5未満", "5以上", "2"),
        ("5未満", "5から", "2"),
        ("５未満", "５以上", "2"),
        ("5 未満", "5 以上", "2"),
        ("4以下", "5以上", "2"),
    ] {
        let rules = sourced(&both(low, high));
        assert_eq!(each(&rules, &["4", "5", "6"]), ["1", at_five, "2"], "{low}, {high}");
    }
}

#[test]
fn numbers_in_keys_and_cells_are_written_as_officials_write_them() {
    let rules = sourced(&by_number(
        "| 480,000以下 | 38万 |
         | 480,000超950,000以下 | 1,234,567 |
         | 950,000超1億未満 | 2.5 |
         | 1億以上 | 40% |",
    ));
    assert_eq!(
        each(&rules, &["480000", "480001", "950000", "950001", "99999999", "100000000"]),
        ["380000", "1234567", "1234567", "5/2", "5/2", "2/5"]
    );
    let rules = sourced(&by_number("| １８歳 | １，０００円 |\n| 19歳 | -500 |\n| 20歳以上 | 0円 |"));
    assert_eq!(each(&rules, &["18", "19", "20", "99"]), ["1000", "-500", "0", "0"]);
}

#[test]
fn what_is_no_key_or_no_number_is_named_with_its_row() {
    refused_with(
        &by_number("| 三 | 1 |"),
        "a.rules:5:3: 三 is no key: 3, 3〜5, 75以上, 5未満, その他 or 以降",
    );
    for key in ["5〜3", "5超5以下", "5以上5未満", "7以上5以下", "1〜", "5以上6", "5未満6", "x以上", "1.2.3"]
    {
        refused_with(&by_number(&format!("| {key} | 1 |")), "is no key");
    }
    refused_with(&by_number("| 1 | 千円 |"), "a.rules:5:3: 千円 is no number");
    refused_with(&by_number("| 1 | 5ドル |"), "is no number");
    refused_with(&by_number("| | 2 |"), "a.rules:5:3: a key's cell is empty");
    refused_with(&by_number("| 99999999999999999999999 | 1 |"), "is no key");
}

#[test]
fn rows_that_overlap_are_refused() {
    for (a, b) in [
        ("1", "1"),
        ("1〜3", "3〜5"),
        ("1以上", "2以上"),
        ("5以下", "5以上"),
        ("1〜9", "4"),
        ("その他", "その他"),
        ("480,000超950,000以下", "950,000以上"),
    ] {
        refused_with(
            &by_number(&format!("| {a} | 1 |\n| {b} | 2 |")),
            "a.rules:6:3: this row overlaps one above it",
        );
    }
    // Also where only one of two keys tells them apart.
    let two =
        |a: &str, b: &str| format!("table T(種: {{一般, 親}}, 数え: 数) : 円\n  | 種 | 数え | 額 |\n{a}{b}");
    sourced(&two(
        "  | 一般 | 3以下 | 1 |\n  | 一般 | 4以上 | 5 |\n",
        "  | 親 | 2以下 | 2 |\n  | 親 | 3以上 | 3 |\n",
    ));
    refused_with(&two("  | 一般 | 3以下 | 1 |\n", "  | 一般 | 2以下 | 2 |\n"), "overlaps");
}

#[test]
fn words_that_two_rows_share_overlap() {
    let table = |a: &str, b: &str| {
        format!("table T(級: {{一級, 二級, 三級}}) : 円\n  | 級 | 額 |\n  | {a} | 1 |\n  | {b} | 2 |\n")
    };
    sourced(&table("一級、二級", "三級"));
    for (a, b) in
        [("一級、二級", "二級"), ("一級/二級", "二級/三級"), ("二級", "一級,二級,三級"), ("三級", "三級")]
    {
        refused_with(&table(a, b), "this row overlaps one above it");
    }
    refused_with(&table("一級", "四級"), "四級 is not one of {一級, 二級, 三級}");
}

#[test]
fn bands_that_leave_a_number_out_are_refused() {
    for (low, high, between) in [
        ("1", "3", "1 and 3"),
        ("0〜2", "8〜10", "2 and 8"),
        ("5未満", "6以上", "5 and 6"),
        ("5以下", "6超", "5 and 6"),
        ("5未満", "5超", "5 and 5"),
        ("2.5未満", "2.5超", "5/2 and 5/2"),
        ("480,000以下", "480,001超", "480000 and 480001"),
    ] {
        refused_with(
            &by_number(&format!("| {low} | 1 |\n| {high} | 2 |")),
            &format!("a.rules:3:1: no row of the table is for what lies between {between}"),
        );
        // With a row for the rest nothing is left out.
        sourced(&by_number(&format!("| {low} | 1 |\n| {high} | 2 |\n| その他 | 3 |")));
    }
    for (low, high) in [("5以下", "6以上"), ("5未満", "5以上"), ("0〜2", "3〜5"), ("1,000未満", "1,000以上")]
    {
        sourced(&by_number(&format!("| {low} | 1 |\n| {high} | 2 |")));
    }
}

#[test]
fn a_key_without_a_row_gives_an_unknown_value_and_a_note() {
    let rules = sourced(&by_number("| 1〜3 | 10 |\n| 4〜6 | - |\n| 7 | |"));
    assert_eq!(each(&rules, &["2", "0", "8", "5", "7"]), ["10", NOTHING, NOTHING, NOTHING, NOTHING]);
    for (k, has, notes) in [("2", "yes", 0), ("0", "no", 1), ("5", "no", 1)] {
        let mut evaluation = evaluate(&rules, TODAY, &facts(json!({"k": k})));
        assert_eq!(say(&mut evaluation, "h", None), has);
        assert!(evaluation.notes().is_empty(), "to ask whether there is a row is no gap");
        say(&mut evaluation, "v", None);
        assert_eq!(evaluation.notes().len(), notes);
        if notes > 0 {
            assert_eq!(evaluation.describe_notes(), ["the table T has no row for this"]);
        }
    }
}

#[test]
fn the_row_for_the_rest_is_taken_and_told() {
    let rules = sourced(&by_number("| 1〜3 | 10 |\n| 8以上 | 20 |\n| その他 | 5 |"));
    assert_eq!(each(&rules, &["2", "8", "0", "5", "7.5"]), ["10", "20", "5", "5", "5"]);
    let mut evaluation = evaluate(&rules, TODAY, &facts(json!({"k": 5})));
    say(&mut evaluation, "v", None);
    assert_eq!(evaluation.describe_notes(), ["the table T took its row for the rest"]);
    let mut evaluation = evaluate(&rules, TODAY, &facts(json!({"k": 2})));
    say(&mut evaluation, "v", None);
    assert!(evaluation.notes().is_empty());
    for rest in ["*", "＊", "otherwise", "その他"] {
        sourced(&by_number(&format!("| 1 | 10 |\n| {rest} | 5 |")));
    }
}

#[test]
fn an_open_key_gives_what_all_rows_that_are_still_possible_give() {
    let rules = sourced(&by_number("| 0〜2 | 10 |\n| 3〜5 | 30 |\n| 6以上 | 20 |"));
    let range = |from: Json, to: Json| of(&rules, json!({"from": from, "to": to}));
    assert_eq!(range(json!(0), json!(2)), "10");
    assert_eq!(range(json!(1), json!(3)), "10..30");
    assert_eq!(range(json!(3), Json::Null), "20..30");
    assert_eq!(range(json!(0), Json::Null), "10..30");
    assert_eq!(range(json!(-1), json!(2)), NOTHING);
    let has = |k: Json| value(&rules, &facts(json!({"k": k})), "h");
    assert_eq!([has(json!({"from": 0})), has(json!({"from": -1})), has(Json::Null)], ["yes", "?", "?"]);
    // The end of a band that it does not have itself is not covered by it.
    let open = sourced(&by_number("| 0超5未満 | 10 |"));
    assert_eq!(of(&open, json!({"from": 0, "to": 3})), NOTHING);
    assert_eq!(of(&open, json!({"from": 1, "to": 5})), NOTHING);
    assert_eq!(of(&open, json!({"from": 1, "to": 4})), "10");
}

#[test]
fn an_open_key_may_also_take_the_row_for_the_rest() {
    let rules = sourced(&by_number("| 0〜2 | 1 |\n| 8〜10 | 2 |\n| その他 | 100 |"));
    let range = |from: i32, to: i32| of(&rules, json!({"from": from, "to": to}));
    assert_eq!(range(0, 10), "1..100", "5 takes the row for the rest");
    assert_eq!([range(0, 2), range(8, 10), range(3, 7), range(9, 11)], ["1", "2", "100", "2..100"]);
}

#[test]
fn further_rows_add_to_the_one_before() {
    let rules = sourced(&by_number("| 0 | 100 |\n| 1 | 150 |\n| 2 | 190 |\n| 以降 | 30 |"));
    assert_eq!(each(&rules, &["0", "2", "3", "4", "12", "-1"]), ["100", "190", "220", "250", "490", NOTHING]);
    assert_eq!(of(&rules, json!({"from": 1, "to": 4})), "150..250");
    assert_eq!(of(&rules, json!({"from": 3})), "220..∞");
    let english = sourced(&by_number("| 0 | 100 |\n| further | -30 |"));
    assert_eq!(each(&english, &["0", "1", "2"]), ["100", "70", "40"]);
    refused_with(&by_number("| 0 | 100 |\n| 以降 | 30 |\n| 以降 | 40 |"), "this row overlaps one above it");
}

#[test]
fn a_grid_by_age_and_place() {
    let text = "fact household a : 歳\nfact household k : 数
table 第1類(年齢: 歳, 級地: 数) : 円/月
    | 年齢 ＼ 級地 | 1      | 2〜3   |
    | 0〜2         | 21,820 | 20,830 |
    | 3〜74        | 27,490 | -      |
    | 75以上       | 33,690 | 32,290 |
define household v : 円/月 = 第1類(a, k)
";
    let rules = sourced(text);
    let at = |a: Json, k: Json| value(&rules, &facts(json!({"a": a, "k": k})), "v");
    assert_eq!(at(json!(2), json!(1)), "21820");
    assert_eq!(at(json!(2), json!(3)), "20830");
    assert_eq!(at(json!(75), json!(2)), "32290");
    assert_eq!(at(json!(10), json!(2)), NOTHING, "an empty cell has no value");
    assert_eq!(at(json!({"from": 1, "to": 80}), json!(1)), "21820..33690");
    assert_eq!(at(json!({"from": 1, "to": 80}), json!(2)), NOTHING);
    for sign in ["\\", "￥", "¥"] {
        sourced(&text.replace('＼', sign));
    }
    refused_with(
        &text.replace("年齢 ＼ 級地", "年令 ＼ 級地"),
        "the head of column 1 is 「年令 」; the key there is 年齢",
    );
    refused_with(&text.replace("年齢 ＼ 級地", "年齢 ＼ 地"), "the key there is 級地");
    refused_with(&text.replace("| 21,820 | 20,830 |", "| 1 | 2 | 3 |"), "this row has 4 cells, the head has");
}

#[test]
fn grids_with_more_keys_have_columns_before_and_leave_out_what_repeats() {
    let text = "choice 種 = 甲 | 乙\nfact household s : 種\nfact household a : 数\nfact household b : 数
table T(区分: 種, 行: 数, 段: 数) : 円
  | 区分 | 行 ＼ 段 | 1 | 2 | 以降 |
  | 甲   | 1        | 10 | 20 | 5 |
  |      | 2        | 30 | 40 | 6 |
  | 乙   | 1〜2     | 50 | 60 | 7 |
define household v : 円 = T(s, a, b)
";
    let rules = sourced(text);
    let at = |s: &str, a: i32, b: i32| value(&rules, &facts(json!({"s": s, "a": a, "b": b})), "v");
    assert_eq!([at("甲", 1, 2), at("甲", 2, 1), at("乙", 2, 2)], ["20", "30", "60"]);
    assert_eq!(
        [at("甲", 1, 4), at("甲", 2, 3), at("乙", 1, 5)],
        ["30", "46", "81"],
        "each row adds its own figure"
    );
    let open = facts(json!({"a": 2, "b": 3}));
    assert_eq!(value(&rules, &open, "v"), "46..67");
    refused_with(&text.replace("| 区分 | 行 ＼ 段", "| 行 ＼ 段"), "with 3 keys, ＼ stands in column 2");
}

#[test]
fn lists_name_their_keys_in_the_order_of_the_table() {
    let list =
        |head: &str| format!("table T(県: 文字, 町: 文字) : 数\n  | {head} |\n  | 静岡県 | 焼津市 | 2 |\n");
    sourced(&list("県 | 町 | 級地"));
    refused_with(&list("町 | 県 | 級地"), "a.rules:3:3: the head of column 1 is 「町」; the key there is 県");
    refused_with(
        "table T(県: 文字, 町: 文字) : 数\n  | 県 | 町 |\n",
        "the head needs 2 columns of keys and one of values",
    );
    refused_with(
        "table T(県: 文字) : 数\n  | 県 | 級 |\n  | 静岡県 | 2 | 3 |\n",
        "this row has 3 cells, the head has",
    );
    refused_with(
        "table T(県: 文字, 町: 文字) : 数\n  | 県 | 町 | 級 |\n  | 静岡県 |\n",
        "this row has 1 cells, the head has",
    );
}

#[test]
fn texts_choices_and_truths_are_keys_too() {
    let rules = sourced(
        "choice 級 = 一級 | 二級 | 三級
fact household 町 : 文字\nfact household g : 級\nfact household b : 真偽
table T(町: 文字) : 数
  | 町 | 級地 |
  | 焼津市 | 2 |
  | 藤枝市 | 3 |
table G(級: 級) : 円
  | 級 | 額 |
  | 一級、二級 | 100 |
  | その他 | 5 |
table B(有無: 真偽) : 円
  | 有無 | 額 |
  | あり | 100 |
  | なし | 5 |
define household t : 数 = T(町)
define household v : 円 = G(g)
define household w : 円 = B(b)
",
    );
    let town = |t: Json| value(&rules, &facts(json!({"町": t})), "t");
    assert_eq!([town(json!("焼津市")), town(json!("川崎市")), town(Json::Null)], ["2", NOTHING, NOTHING]);
    let grade = |g: Json| value(&rules, &facts(json!({"g": g})), "v");
    assert_eq!([grade(json!("二級")), grade(json!("三級")), grade(Json::Null)], ["100", "5", "5..100"]);
    assert_eq!(grade(json!({"any_of": ["一級", "二級"]})), "100");
    let truth = |b: Json| value(&rules, &facts(json!({"b": b})), "w");
    assert_eq!([truth(json!(true)), truth(json!(false)), truth(Json::Null)], ["100", "5", "5..100"]);
    refused_with(
        "table B(有無: 真偽) : 円\n  | 有無 | 額 |\n  | たぶん | 100 |\n",
        "たぶん is neither はい nor いいえ",
    );
}

#[test]
fn the_rest_of_a_second_key_is_for_what_no_other_row_has() {
    let rules = sourced(
        "fact household 県 : 文字\nfact household 町 : 文字
table T(県: 文字, 町: 文字) : 数
  | 県 | 町 | 級地 |
  | 三重県 | 津市 | 2 |
  | 三重県 | その他 | 3 |
  | 神奈川県 | 川崎市 | 1 |
  | その他 | その他 | 9 |
define household v : 数 = T(県, 町)
",
    );
    let at = |県: &str, 町: &str| value(&rules, &facts(json!({"県": 県, "町": 町})), "v");
    assert_eq!([at("三重県", "津市"), at("三重県", "度会町"), at("沖縄県", "那覇市")], ["2", "3", "9"]);
    assert_eq!(at("三重県", "川崎市"), NOTHING, "川崎市 is named, and not in 三重県");
}

#[test]
fn rows_may_stand_before_or_after_the_remarks() {
    let rows = "  | a | v |\n  | 1 | 5 |\n";
    let source = "  source 「表」 「https://example.jp/t」\n";
    sourced(&format!("table T(a: 数) : 円\n{rows}{source}"));
    sourced(&format!("table T(a: 数) : 円\n{source}{rows}"));
    sourced(&format!("table T(a: 数) : 円\n{source}    | a | v |\n    | 1 | 5 |\n"));
    sourced(&format!("table T(a: 数) : 円\n  unverified 「まだ」\n{rows}  article 「第1条」\n"));
    sourced("table T(a: 数) : 円\n  ｜ a ｜ v ｜ # 見出し\n  | 1 | 5 # 額\n");
    refused_with("table T(a: 数) : 円\n", "a.rules:2:7: the table T has no rows");
    refused_with("table T(a: 数) : 円\n  from 2024-04-01\n", "the table has no rows");
    refused_with("table T(a: 数) : 円\n  | a | v |\n", "the table has no rows");
    refused_with(
        "table T(a: 数) : 円\n  額 5円\n",
        "a table has rows, from, csv, column, source, article and unverified",
    );
}

#[test]
fn values_are_numbers_and_keys_are_what_can_be_looked_up() {
    refused_with("table T(a: 数) : 文字\n  | a | v |\n  | 1 | x |\n", "the values of a table are numbers");
    refused_with(
        "table T(a: 日付) : 円\n  | a | v |\n",
        "a table's key is a number, a choice, a text or 真偽",
    );
    refused_with(
        "table T(a: 世帯員) : 円\n  | a | v |\n",
        "a table's key is a number, a choice, a text or 真偽",
    );
    refused_with("table T() : 円\n  | v |\n  | 1 |\n", "a table has from 1 to 6 keys");
    let one = "table T(a: 数, b: 数) : 円\n  | a | b | v |\n  | 1 | 1 | 1 |\n";
    refused_with(&format!("{one}define household x : 円 = T(1)\n"), "T has 2 keys, not 1");
    refused_with(
        &format!("{one}define household x : 円 = T(1, 1円)\n"),
        "this is 円, but 数 is expected here",
    );
    refused_with(&format!("{one}define household x : 円 = T\n"), "T is a table: T(key, …)");
    refused_with("define household x : 円 = U(1)\n", "there is no U( … )");
}

#[test]
fn a_table_that_is_too_large_is_refused() {
    let rows: String = (0..2_001).map(|n| format!("  | {n} | 1 |\n")).collect();
    let table = |rows: &str| format!("table T(a: 数) : 円\n  | a | v |\n{rows}");
    refused_with(&table(&rows), "the bands of a key have 4000 bounds at most");
    let towns: String = (0..100_001).map(|n| format!("町{n},1\n")).collect();
    let csv = madoguchi_benefits::RuleFile {
        name: "a.rules".into(),
        text: format!("{SOURCE}table T(町: 文字) : 円\n  csv 「町.csv」\n"),
        tables: vec![("町.csv".into(), format!("町,額\n{towns}"))],
    };
    assert!(lines(&Rules::compile(&[csv]).unwrap_err()).contains("a table has 100000 cells at most"));
}

#[test]
fn a_few_rows_that_cut_across_each_other_cannot_fill_the_memory() {
    let keys: Vec<String> = (0..6).map(|n| format!("k{n}")).collect();
    let head = keys.iter().map(|k| format!("{k}: 数")).collect::<Vec<_>>().join(", ");
    let row = |cells: &str| format!("  | {} | 1 |\n", [cells; 6].join(" | "));
    let rows = |n: usize| (0..n).map(|n| row(&format!("{}〜{}", n * 10, n * 10 + 9))).collect::<String>();
    let table = |rows: String| format!("table T({head}) : 円\n  | {} | v |\n{rows}", keys.join(" | "));
    sourced(&table(rows(100)));
    refused_with(&table(format!("{}{}", rows(100), row("0〜999"))), "a table has 100000 cells at most");
    let seven = (0..7).map(|n| format!("k{n}: 数")).collect::<Vec<_>>().join(", ");
    refused_with(&format!("table T({seven}) : 円\n  | v |\n"), "a table has from 1 to 6 keys");
}
