use std::path::PathBuf;

use madoguchi_model::{Age, LifeEvent};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::table::{Limits, Table};

fn settings(code: &str) -> Settings {
    Settings::parse(&format!(
        "code = \"{code}\"\nname = {{ ja = \"見本市\" }}\nlicense = \"CC BY 4.0\"\n\
         [[department]]\nid = \"koho\"\nname = {{ ja = \"広報課\" }}"
    ))
    .unwrap()
}

fn csv(text: &str) -> (FileReport, Vec<TownProgram>) {
    let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
    let (report, records) = crate::dataset::import("programs.csv", &table, &settings("992011"), None);
    (report, records.programs)
}

fn json(code: &str, value: &Value) -> (FileReport, Vec<TownProgram>) {
    let text = serde_json::to_string_pretty(value).unwrap();
    let (report, records) = import_json("kosodate/a.json", text.as_bytes(), &settings(code), None).unwrap();
    (report, records.programs)
}

#[test]
fn a_row_of_the_standard_becomes_a_program() {
    let (report, programs) = csv(
        "全国地方公共団体コード,ID,地方公共団体名,タイトル（制度名）,サブタイトル（通称名）,支援制度種別,対象者,用途・対象費,制度概要,内容,給付金額,補助率,\
         受付開始日,受付終了日,利用・申請方法,キーワード,【人生の制度】ライフステージ分類,URL,申請方法URL,連絡先名称,連絡先電話番号,公開日,所得制限\n\
         992011,p1,見本市,紙おむつの支給,おむつ便,給付,1歳未満の子,紙おむつ,おむつを届けます。,\"毎月、家へ届けます。\n\n・大\n・小\",月3000円まで,1/2,\
         令和8年4月1日,随時,窓口で,子育て;おむつ,妊娠・出産,https://www.city.mihon.example.jp/omutsu/,http://www.city.mihon.example.jp/form/,こども課,（0999）22-1130,2026-04-01,なし\n",
    );
    assert_eq!((report.dataset.as_deref(), report.kept, report.refused.len()), (Some("programs"), 1, 0));
    let program = &programs[0];
    let text = &program.text;
    assert_eq!((program.id.as_str(), text.title.as_str()), ("program:p1", "紙おむつの支給"));
    assert_eq!(
        (text.also.as_deref(), text.summary.as_deref()),
        (Some("おむつ便"), Some("おむつを届けます。"))
    );
    assert_eq!(text.target.as_deref(), Some("1歳未満の子\n用途・対象費：紙おむつ"));
    assert_eq!(text.amount.as_deref(), Some("月3000円まで\n補助率：1/2"));
    assert_eq!(text.body.len(), 2);
    // A day that is no day stays in words.
    assert_eq!(program.applications.from.map(|day| day.to_string()).as_deref(), Some("2026-04-01"));
    assert_eq!((program.applications.to, text.when.as_deref()), (None, Some("受付終了日：随時")));
    assert_eq!(
        (program.segments.as_slice(), program.events.as_slice()),
        (&[Segment::Family][..], &[LifeEvent::Birth][..])
    );
    assert_eq!(program.tags, ["給付", "子育て", "おむつ", "妊娠・出産"]);
    assert_eq!(program.forms[0].href.as_str(), "https://www.city.mihon.example.jp/form/");
    assert_eq!(program.phone.as_deref(), Some("0999-22-1130"));
    assert_eq!(program.published_at.map(|at| at.to_string()).as_deref(), Some("2026-03-31T15:00:00Z"));
    assert_eq!(text.details, [("所得制限".to_string(), "なし".to_string())]);
    assert!(report.mended_by.keys().any(|why| why.contains("期間")));
}

#[test]
fn the_forty_columns_before_it_are_read_too() {
    let (report, programs) = csv(
        "制度番号,全国地方公共団体コード,元制度番号,制度変更区分,タイトル（制度名）,サブタイトル（通称）,対象者,対象地域,概要,内容,利用・申請方法,受付備考,\
         根拠法令,詳細参照先,お問い合わせ先,電子申請URL,(事業者)行政サービス分類,(個人)ライフステージ分類,災害名,キーワード,公開日,公開終了日\n\
         7,992011,,,見舞金,,床上浸水の世帯,見本市,お渡しします。,内容,窓口,当面の間,要綱,福祉課のページ,福祉課,,,,令和8年台風,見舞金,,2027-03-31\n\
         8,992011,,,店の改修補助,,店,,補助します。,内容,窓口,,,,商工課,,補助金,,,,,\n",
    );
    assert_eq!((report.kept, report.refused.len()), (2, 0));
    let gift = &programs[0];
    assert_eq!((gift.id.as_str(), gift.business), ("program:7", false));
    assert_eq!(gift.text.when.as_deref(), Some("当面の間"));
    assert_eq!(gift.expires_at.map(|at| at.to_string()).as_deref(), Some("2027-03-31T15:00:00Z"));
    assert!(gift.text.details.contains(&("詳細参照先".into(), "福祉課のページ".into())));
    assert!(programs[1].business);
}

#[test]
fn rows_that_are_no_program_of_this_town_are_refused_and_named() {
    let (report, programs) = csv(
        "ID,タイトル（制度名）,対象者,全国地方公共団体コード\na,,だれでも,992011\nb,よその制度,だれでも,131130\nc,ここの制度,だれでも,992011\n",
    );
    assert_eq!(programs.len(), 1);
    let refused: Vec<_> = report.refused.iter().map(|r| (r.row, r.column.as_deref().unwrap_or(""))).collect();
    assert_eq!(refused, [(2, "タイトル（制度名）"), (3, "全国地方公共団体コード")]);
}

#[test]
fn languages_of_one_number_are_one_program() {
    let (report, programs) = csv(
        "ID,lang,タイトル（制度名）,対象者\na,,応援金,子\na,en,Support,Children\na,やさしい日本語,おうえんきん,こども\nb,en,Alone,x\na,en,Twice,x\n",
    );
    assert_eq!((report.rows, report.kept, programs.len()), (5, 3, 1));
    assert_eq!(programs[0].text_in(&Lang("en".into())).0.title, "Support");
    assert_eq!(programs[0].text_in(&Lang::easy()).0.title, "おうえんきん");
    assert_eq!(report.refused.iter().map(|r| r.row).collect::<Vec<_>>(), [5, 6]);
}

#[test]
fn ages_of_a_table_are_bounds_and_bounds_that_nobody_fulfils_are_words() {
    let (report, programs) = csv(
        "ID,タイトル（制度名）,対象者,対象年齢_以上,対象年齢_未満\na,甲,子,6か月,7歳6か月\nb,乙,子,7歳,3歳\nc,丙,子,小学生,\n",
    );
    assert_eq!(programs[0].ages.at_least, Some(Age { years: None, months: Some(6) }));
    assert_eq!(programs[0].ages.under, Some(Age { years: Some(7), months: Some(6) }));
    assert!(programs[1].ages.is_none() && !programs[1].text.details.is_empty());
    assert_eq!(programs[2].text.details, [("対象年齢_以上".to_string(), "小学生".to_string())]);
    assert_eq!(report.mended_by.len(), 2);
}

/// An item as the registry writes it, with most of its fields.
fn registry_item() -> Value {
    json!({
        "institutionName": {"canonicalName": "予防接種", "shortName": "水ぼうそう"},
        "summary": "無料で受けられます。", "description": "2回受けます。",
        "target": {"targetPersons": "1歳から3歳になるまで", "conditions": "1歳から3歳になるまで",
            "lessThan": {"targetAge": 3, "targetAgeOfMonths": null},
            "lessThanOrEqualTo": {"targetAge": null, "targetAgeOfMonths": null},
            "greaterThanOrEqualTo": {"targetAge": 1, "targetAgeOfMonths": 0}, "greaterThan": null},
        "support": {"description": "2回受けます。", "monetarySupport": null, "materiallySupport": "公費助成により無料"},
        "procedurePeriod": {"fromYMD": "2026-04-01", "toYMD": "2027-03-31", "conditions": "平日"},
        "belongings": "予診票,母子健康手帳", "procedureCounter": "保健センター",
        "relatedLink": [], "formLink": [{"uri": "https://example.jp/form", "title": "予診票"}],
        "localGovernmentLink": {"uri": "javascript:alert(1)", "title": "x"},
        "contact": {"contactName": "保健係", "contactPhone": "0999-22-1140", "contactEx": "12"},
        "area": {"areaCode": "992011;見本市", "areaText": null},
        "utilizationTime": {"condiutilizationConditionstions": "9時から"},
        "basicInformation": {"psid": "psid3.0+1000020992011+1+UM54", "organization": "1000020992011"},
        "updateDate": "2026-05-17", "tag": {"categoryCode": ["003"]}, "new": {"field": "何か"}
    })
}

#[test]
fn an_item_of_the_registry_keeps_its_bounds_and_loses_nothing() {
    let (report, programs) = json("992011", &json!({"version": "x", "count": 1, "items": [registry_item()]}));
    assert_eq!((report.dataset.as_deref(), report.rows, report.kept), (Some("programs"), 1, 1));
    let program = &programs[0];
    assert_eq!(program.psid.as_deref(), Some("psid3.0+1000020992011+1+UM54"));
    assert_eq!(program.ages.under, Some(Age { years: Some(3), months: None }));
    assert_eq!(program.ages.at_least, Some(Age { years: Some(1), months: Some(0) }));
    assert_eq!((program.ages.at_most, program.ages.over), (None, None));
    // The same words twice are told once.
    assert_eq!(program.text.target.as_deref(), Some("1歳から3歳になるまで"));
    assert_eq!((program.text.body.len(), program.text.amount.as_deref()), (1, Some("公費助成により無料")));
    assert_eq!(program.text.documents, ["予診票", "母子健康手帳"]);
    assert_eq!(program.text.contact.as_deref(), Some("保健係\n内線 12"));
    assert_eq!(program.areas[0].code.as_deref(), Some("992011"));
    // A link that leads nowhere good is words.
    assert_eq!(program.link, None);
    let details: Vec<&str> = program.text.details.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["リンク", "利用時間", "分類コード", "new.field"] {
        assert!(details.contains(&name), "{name} not in {details:?}");
    }
}

#[test]
fn items_that_cannot_be_taken_are_named_with_their_line() {
    let mut bad = registry_item();
    bad["target"]["lessThan"]["targetAge"] = json!("三");
    let mut elsewhere = registry_item();
    elsewhere["area"]["areaCode"] = json!("131130;渋谷区");
    let (report, programs) = json("992011", &json!([registry_item(), bad, elsewhere, registry_item(), 3]));
    assert_eq!((report.rows, programs.len()), (5, 2));
    // Two of one number are told apart.
    assert_ne!(programs[0].id, programs[1].id);
    let columns: Vec<_> = report.refused.iter().map(|r| r.column.as_deref().unwrap_or("")).collect();
    assert!(columns.contains(&"target.lessThan.targetAge") && columns.contains(&"area.areaCode"));
}

#[test]
fn json_of_other_things_is_no_programs() {
    for other in
        [json!({}), json!([]), json!([{"title": "x"}]), json!({"features": [{"type": "Feature"}]}), json!(3)]
    {
        assert!(
            import_json("a.json", other.to_string().as_bytes(), &settings("992011"), None).is_none(),
            "{other}"
        );
    }
    assert!(import_json("a.json", b"{", &settings("992011"), None).is_none());
}

proptest! {
    /// Whatever the values are, an item becomes a program or is refused; none is lost.
    #[test]
    fn every_item_is_kept_or_refused(
        values in prop::collection::vec(prop_oneof![
            Just(Value::Null), any::<i64>().prop_map(Value::from), "\\PC{0,20}".prop_map(Value::from),
            Just(json!([])), Just(json!({"x": [1, {"y": "z"}]})), any::<bool>().prop_map(Value::from),
        ], 12),
    ) {
        let mut item = registry_item();
        for (at, value) in values.iter().enumerate() {
            let paths = ["institutionName", "summary", "description", "target", "support", "procedurePeriod", "belongings",
                "relatedLink", "localGovernmentLink", "contact", "area", "updateDate"];
            item[paths[at]] = value.clone();
        }
        let (report, programs) = json("992011", &json!([registry_item(), item]));
        prop_assert_eq!(report.kept + report.refused.len(), report.rows);
        prop_assert_eq!(programs.len(), report.kept);
    }
}

fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/benefits").join(path);
    let found = std::fs::read(&file).ok();
    if found.is_none() {
        eprintln!("skipped: no {path}");
    }
    found
}

#[test]
fn real_items_of_the_registry() {
    let Some(bytes) = shared("kosodate-registry/sample.json") else { return };
    let read = |code: &str| import_json("131130.json", &bytes, &settings(code), None).unwrap();
    let (report, records) = read("131130");
    // Two of four are another town's.
    assert_eq!((report.rows, report.kept, report.refused.len()), (4, 2, 2));
    assert!(report.refused.iter().all(|r| r.row > 100 && r.why.contains("利島村")), "{:?}", report.refused);
    let vaccination = &records.programs[0];
    assert_eq!(vaccination.ages.under, Some(Age { years: Some(7), months: Some(6) }));
    assert_eq!(vaccination.ages.at_least, Some(Age { years: None, months: Some(6) }));
    assert_eq!(vaccination.updated.map(|day| day.to_string()).as_deref(), Some("2024-05-17"));
    assert_eq!(read("133621").1.programs.len(), 2);
}

#[test]
fn real_items_of_my_seido_navi() {
    let Some(bytes) = shared("myseido-navi_supports.json") else { return };
    let (report, records) = import_json("navi.json", &bytes, &settings("222127"), None).unwrap();
    assert_eq!(report.rows, 223);
    assert_eq!(report.kept + report.refused.len(), 223);
    let programs = &records.programs;
    // 100 of the whole country, 29 with 静岡県, and 16 that say no place.
    assert!((120..=150).contains(&programs.len()), "{}", programs.len());
    assert!(
        report.refused.iter().all(|r| r.column.as_deref() == Some("prefectures")),
        "{:?}",
        report.refused[0]
    );
    let rent = programs.iter().find(|p| p.text.title == "住居確保給付金").unwrap();
    assert!(rent.events.contains(&LifeEvent::JobLoss) && rent.segments.contains(&Segment::LivingHousing));
    assert!(programs.iter().any(|p| p.business) && programs.iter().filter(|p| !p.business).count() > 60);
    let other: Vec<&TownProgram> = programs.iter().filter(|p| p.segments == [Segment::Other]).collect();
    assert!(other.len() * 10 < programs.len(), "{other:?}");
}

#[test]
fn real_tables_made_of_the_universal_menu() {
    for (file, rows) in [("japan", 90), ("shibuyaParenting", 32), ("kumamotoEarthquake", 95)] {
        let Some(bytes) = shared(&format!("civichat/{file}_systemsdata.json")) else { return };
        let (report, records) = import_json("a.json", &bytes, &settings("992011"), None).unwrap();
        let found = (report.rows, report.kept + report.refused.len(), records.programs.len());
        assert!(
            found.1 == found.0 && report.kept * 10 >= report.rows * 9,
            "{file}: {found:?} {:?}",
            report.refused
        );
        assert!(report.rows + 6 >= rows, "{file}: {found:?}");
        assert!(records.programs.iter().filter(|p| p.text.target.is_some()).count() * 2 > rows, "{file}");
    }
}
