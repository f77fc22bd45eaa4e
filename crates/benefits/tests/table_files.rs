//! Tables whose rows lie in a file beside the rules.

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use madoguchi_benefits::{RuleFile, Rules};
use serde_json::json;

const NOTHING: &str = "-∞..∞";

fn with_csv(text: &str, csv: &[(&str, &str)]) -> Result<Rules, String> {
    let text = format!("{SOURCE}{text}");
    let tables = csv.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Rules::compile(&[RuleFile { tables, ..file(&text) }])
        .map_err(|problems| lines(&at_lines_of(&text, problems)))
}

const TOWNS: &str = "fact household 県 : 文字\nfact household 町 : 文字\ntable T(県: 文字, 町: 文字) : 数\n  csv 「級地.csv」\n  column 「級地」\ndefine household v : 数 = T(県, 町)\n";

#[test]
fn rows_come_from_a_file_beside_the_rules() {
    let csv = "\u{feff}県,町,級地,枝級地\r\n静岡県,焼津市,2,1\r\n\r\n静岡県,\"藤枝市\", 3 ,2\r\n";
    let rules = with_csv(TOWNS, &[("級地.csv", csv)]).unwrap();
    let at = |町: &str| value(&rules, &facts(json!({"県": "静岡県", "町": 町})), "v");
    assert_eq!([at("焼津市"), at("藤枝市"), at("川崎市")], ["2", "3", NOTHING]);
    // The other column, and the last one where none is named.
    let other =
        with_csv(&TOWNS.replace("列", "").replace("「級地」", "「枝級地」"), &[("級地.csv", csv)]).unwrap();
    assert_eq!(value(&other, &facts(json!({"県": "静岡県", "町": "焼津市"})), "v"), "1");
    let last = with_csv(&TOWNS.replace("  column 「級地」\n", ""), &[("級地.csv", csv)]).unwrap();
    assert_eq!(value(&last, &facts(json!({"県": "静岡県", "町": "焼津市"})), "v"), "1");
    let folder = TOWNS.replace("級地.csv", "tables/級地.csv").replace("column", "列");
    with_csv(&folder, &[("tables/級地.csv", csv)]).unwrap();
}

#[test]
fn what_is_wrong_with_a_file_is_told_at_its_clause() {
    let refused = |csv: &[(&str, &str)]| with_csv(TOWNS, csv).unwrap_err();
    assert_eq!(refused(&[]).lines().next(), Some("a.rules:5:3: there is no file 級地.csv beside this one"));
    assert!(refused(&[("級地.csv", "")]).contains("has no rows"));
    assert!(refused(&[("級地.csv", "県,町,枝\n静岡県,焼津市,2\n")]).contains("there is no column 級地"));
    assert!(
        refused(&[("級地.csv", "町,県,級地\n")])
            .contains("the head of column 1 is 「町」; the key there is 県")
    );
    assert!(refused(&[("級地.csv", "県,町,級地\n静岡県,焼津市,二\n")]).contains("二 is no number"));
    let twice = "県,町,級地\n静岡県,焼津市,2\n静岡県,焼津市,3\n";
    assert!(refused(&[("級地.csv", twice)]).contains("this row overlaps one above it"));
    let quoted = "県,町,級地\n静岡県,\"焼津市,本町\",2\n";
    assert!(refused(&[("級地.csv", quoted)]).contains("this row has 4 cells, the head has"));
}

#[test]
fn a_file_in_grid_layout() {
    let text = "fact household n : 人数\ntable T(町: 文字, 人員: 人数) : 円/月\n  csv 「家賃.csv」\ndefine household v : 円/月 = T(「焼津市」, n)\n";
    let csv = "町＼人員,1,2,3〜5,6,7以上\n焼津市,37200,45000,48000,52000,58000\n";
    let rules = with_csv(text, &[("家賃.csv", csv)]).unwrap();
    let at = |n: i32| value(&rules, &facts(json!({"n": n})), "v");
    assert_eq!([at(1), at(4), at(6), at(9)], ["37200", "48000", "52000", "58000"]);
}
