//! A town's own programs, from its folder to the answer on a phone: as rules, in words, and broken.

use std::path::PathBuf;

use jiff::Timestamp;
use madoguchi_model::TownRuleFile;
use madoguchi_publisher::publish::{Options, publish};
use madoguchi_publisher::read::read_town;
use madoguchi_publisher::settings::Settings;
use madoguchi_tests::{Phone, TestTown, copy_folder, repository};
use serde_json::{Value, json};

fn mihon() -> TestTown {
    let town = TestTown::empty();
    copy_folder(&repository().join("towns/mihon"), &town.dir());
    town.init("992011", "見本市");
    town
}

/// A joined phone, and the town's server no longer there: what is answered is answered in flight mode.
fn joined(town: &TestTown) -> Phone {
    let phone = Phone::new();
    let server = town.serve();
    phone.join(&server.url, &town.root());
    phone
}

/// A mother with children born on these days, in a file beside the town.
fn household(town: &TestTown, lives_in: &str, births: &[&str]) -> PathBuf {
    let child = |(n, birth): (usize, &&str)| json!({"name": format!("子{}", n + 1), "facts": {"誕生年月日": birth, "親": ["母"], "住まい": "同居"}});
    let mother = json!({"name": "母", "facts": {"誕生年月日": "1990-05-01", "親": [], "住まい": "同居"}});
    let people: Vec<Value> = std::iter::once(mother).chain(births.iter().enumerate().map(child)).collect();
    let file = town.around().join(format!("{lives_in}-{}.json", births.len()));
    let text = json!({"on": "2026-11-26", "household": {"市区町村": lives_in}, "people": people});
    std::fs::write(&file, text.to_string()).unwrap();
    file
}

fn asked(phone: &Phone, file: &std::path::Path, more: &[&str]) -> Value {
    phone.run(&[&["programs", "town", "--household", file.to_str().unwrap()], more].concat())
}

fn file<'v>(published: &'v Value, name: &str) -> &'v Value {
    published["files"].as_array().unwrap().iter().find(|f| f["file"] == name).unwrap()
}

fn verdict(answers: &Value, title: &str) -> String {
    let programs = answers["programs"].as_array().unwrap();
    let found = programs.iter().find(|program| program["title"] == title);
    found.unwrap_or_else(|| panic!("no {title} in {answers}"))["verdict"].as_str().unwrap().into()
}

#[test]
fn the_sample_towns_programs_are_answered_in_flight_mode() {
    let town = mihon();
    let published = town.publish(&[]);
    let csv = file(&published, "kosodate/支援制度.csv");
    assert_eq!((&csv["dataset"], &csv["kept"], &csv["rows"]), (&"programs".into(), &5.into(), &5.into()));
    for rules in ["kosodate/子育て応援金.rules", "kosodate/応援金の額.csv"] {
        let report = file(&published, rules);
        assert_eq!((&report["dataset"], &report["kept"]), (&"rules".into(), &1.into()), "{report}");
    }
    let phone = joined(&town);
    let third = household(&town, "見本市", &["2018-04-02", "2021-09-15", "2026-03-01"]);
    let answers = asked(&phone, &third, &[]);
    assert_eq!(answers["left_out"], json!([]));
    // By rule: the third child brings 10,000 yen a month, and nobody else anything.
    let money = &answers["rules"][0];
    assert_eq!((&money["program"], &money["verdict"]), (&"子育て応援金".into(), &"eligible".into()));
    let of_each: Vec<(&str, &Value)> = money["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outcome| (outcome["verdict"].as_str().unwrap(), &outcome["amount"]["low"]))
        .collect();
    assert_eq!(
        of_each.iter().filter(|(verdict, _)| *verdict == "eligible").collect::<Vec<_>>(),
        [&("eligible", &"10000".into())]
    );
    // In words: perhaps, with whom to ask; never a yes.
    assert_eq!(verdict(&answers, "紙おむつの宅配"), "unknown");
    let nappies =
        answers["programs"].as_array().unwrap().iter().find(|p| p["title"] == "紙おむつの宅配").unwrap();
    assert_eq!(
        (&nappies["ask"]["phone"], &nappies["ask"]["department"]),
        (&"0999-22-1130".into(), &"こども課".into())
    );
    assert!(!answers["programs"].to_string().contains("\"eligible\""));
    // A child who is 12 days too old is an exact no, and so is whoever lives elsewhere.
    let older = asked(&phone, &household(&town, "見本市", &["2025-11-14"]), &[]);
    assert_eq!(verdict(&older, "紙おむつの宅配"), "not-eligible");
    assert_eq!(
        (&older["rules"][0]["verdict"], verdict(&older, "小学校入学のお祝い")),
        (&"eligible".into(), "not-eligible".into())
    );
    let elsewhere = asked(&phone, &household(&town, "焼津市", &["2026-03-01"]), &[]);
    assert_eq!(
        (&elsewhere["rules"][0]["verdict"], verdict(&elsewhere, "紙おむつの宅配")),
        (&"not-eligible".into(), "not-eligible".into())
    );
    // Applications for the gift end on 29 January.
    let five = household(&town, "見本市", &["2020-09-15"]);
    assert_eq!(verdict(&asked(&phone, &five, &["--on", "2027-01-29"]), "小学校入学のお祝い"), "unknown");
    assert_eq!(verdict(&asked(&phone, &five, &["--on", "2027-01-30"]), "小学校入学のお祝い"), "not-eligible");
}

#[test]
fn programs_in_words_are_found_by_words_segment_and_event_in_their_languages() {
    let town = mihon();
    town.publish(&[]);
    let phone = joined(&town);
    let titles = |words: &[&str]| -> Vec<String> {
        let found = phone.run(&[&["programs", "town"], words].concat());
        let rows = found["programs"].as_array().unwrap().clone();
        rows.iter().map(|row| row["title"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(titles(&[]).len(), 3);
    assert_eq!(titles(&["--search", "母子健康手帳"]), ["紙おむつの宅配"]);
    assert_eq!(titles(&["--search", "nappies", "--lang", "en"]), ["Nappies delivered to your door"]);
    assert_eq!(titles(&["--event", "進学"]), ["小学校入学のお祝い"]);
    assert_eq!(titles(&["--event", "離婚"]), ["ひとり親の家庭の家事の手伝い"]);
    assert_eq!(titles(&["--segment", "子育て"]).len(), 3);
    assert!(titles(&["--segment", "ごみ"]).is_empty());
}

/// A rule file like the sample town's, of another name throughout, that uses a word which does not exist.
fn broken(town: &TestTown) -> String {
    let own = std::fs::read_to_string(town.dir().join("kosodate/子育て応援金.rules")).unwrap();
    own.replace("応援金", "祝い金").replace("祝い金の額.csv", "応援金の額.csv").replace("年齢 <", "年令 <")
}

#[test]
fn a_broken_rule_file_is_named_by_line_and_column_and_not_published() {
    let town = mihon();
    let line = broken(&town).lines().position(|line| line.contains("年令")).unwrap() + 1;
    town.write("kosodate/祝い金.rules", broken(&town));
    for words in [&["--check"][..], &[]] {
        let report = town.publish(words);
        let told = file(&report, "kosodate/祝い金.rules");
        assert_eq!((&told["dataset"], &told["kept"]), (&"rules".into(), &0.into()));
        let refused = told["refused"].as_array().unwrap();
        assert_eq!((refused.len(), refused[0]["row"].as_u64()), (1, Some(line as u64)), "{told}");
        assert!(refused[0]["column"].as_str().unwrap().ends_with("字め"), "{told}");
        assert!(refused[0]["why"].as_str().unwrap().contains("年令"), "{told}");
        // Its neighbour is there all the same.
        assert_eq!(file(&report, "kosodate/子育て応援金.rules")["kept"], 1);
    }
    let answers = asked(&joined(&town), &household(&town, "見本市", &["2026-03-01"]), &[]);
    assert_eq!((answers["rules"].as_array().unwrap().len(), &answers["left_out"]), (1, &json!([])));
}

#[test]
fn what_a_phone_cannot_use_is_left_out_and_named_there() {
    let town = mihon();
    let settings = Settings::parse(&std::fs::read_to_string(town.dir().join("town.toml")).unwrap()).unwrap();
    // As a town with a newer language of rules would: nobody checked this file as this phone does.
    let read = || {
        let mut content = read_town(&town.dir(), &settings, None, &|_| Err("no network".into()))?;
        let office = content.departments.entry("kosodate".into()).or_default();
        office.rules.push(TownRuleFile {
            id: "kosodate/祝い金.rules".into(),
            text: broken(&town),
            source: 0,
        });
        Ok(content)
    };
    publish(&town.dir(), &settings, read, &town.public(), &Options::default(), Timestamp::now).unwrap();
    let phone = joined(&town);
    let answers = asked(&phone, &household(&town, "見本市", &["2026-03-01"]), &[]);
    assert_eq!(answers["rules"].as_array().unwrap().len(), 1);
    assert_eq!(answers["rules"][0]["program"], "子育て応援金");
    let left = answers["left_out"].as_array().unwrap();
    assert_eq!((left.len(), &left[0]["file"]), (1, &"kosodate/祝い金.rules".into()));
    assert!(left[0]["problems"][0]["what"].as_str().unwrap().contains("年令"), "{left:?}");
}

#[test]
fn a_department_publishes_its_programs_alone() {
    let town = mihon();
    town.publish(&[]);
    std::fs::remove_file(town.dir().join("kosodate/支援制度.csv")).unwrap();
    // Losing all of a collection is refused like any other loss.
    assert_eq!(town.try_publish(&["--role", "kosodate"]).expect_error(), "loss");
    town.publish(&["--role", "kosodate", "--allow-loss"]);
    let answers = joined(&town).run(&["programs", "town"]);
    assert_eq!(
        (answers["programs"].as_array().unwrap().len(), answers["rules"].as_array().unwrap().len()),
        (0, 1)
    );
}
