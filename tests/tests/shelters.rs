//! Open shelters from the town's list to the phone: every real list of 七尾市, and one of this hour.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use madoguchi_tests::{Phone, TestTown, copy_folder, repository, shared};
use serde_json::Value;

fn lists() -> Option<Vec<PathBuf>> {
    let folder = shared("shelters/status_nanao")?;
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    Some(files)
}

/// Data rows of a file in which no cell holds a line break.
fn rows(text: &str) -> usize {
    text.lines().skip(1).filter(|line| !line.trim().is_empty()).count()
}

fn report<'v>(published: &'v Value, file: &str) -> &'v Value {
    let files = published["files"].as_array().expect("files");
    files.iter().find(|one| one["file"] == file).unwrap_or_else(|| panic!("no {file} in {published}"))
}

#[test]
fn every_list_of_nanao_replaces_the_one_before_without_loss() {
    let Some(lists) = lists() else { return };
    assert_eq!(lists.len(), 87);
    let town = TestTown::new("172022", "七尾市");
    let mut all = 0;
    for list in &lists {
        let text = fs::read_to_string(list).expect("a list");
        town.write("bosai/open_shelter.csv", &text);
        // From twenty-two shelters to one: they close, and nobody has to allow it.
        let published = town.publish(&[]);
        let told = report(&published, "bosai/open_shelter.csv");
        let count = rows(&text);
        assert_eq!(told["dataset"], "open-shelter", "{told}");
        assert_eq!((&told["rows"], &told["kept"]), (&count.into(), &count.into()), "{}", list.display());
        assert_eq!(told["refused"], serde_json::json!([]));
        all += count;
    }
    assert_eq!(all, 1090);

    // The last one names a single shelter: that is all that a phone knows.
    let phone = Phone::new();
    let server = town.serve();
    phone.join(&server.url, &town.root());
    let open = phone.ids(&["places", "--kind", "open-shelter"]);
    assert_eq!(open, ["open-shelter:CC0000000537"]);
    let place = phone.run(&["place", "open-shelter:CC0000000537"]);
    assert_eq!(place["status"]["people"], 40);
    assert_eq!(place["status"]["as_of"], "2024-08-28T09:00:00Z");
}

#[test]
fn of_all_lists_in_a_folder_the_newest_holds() {
    let Some(lists) = lists() else { return };
    let town = TestTown::new("172022", "七尾市");
    for list in &lists {
        let name = list.file_name().and_then(|name| name.to_str()).expect("a name");
        town.write(&format!("bosai/{name}"), fs::read(list).expect("a list"));
    }
    let published = town.publish(&[]);
    let files = published["files"].as_array().expect("files");
    let lists: Vec<&Value> = files.iter().filter(|file| file["dataset"] == "open-shelter").collect();
    assert_eq!(lists.len(), 87);
    assert!(lists.iter().all(|file| file["notes"].as_array().is_some_and(|notes| notes.len() == 1)));
    let kept: u64 = lists.iter().filter_map(|file| file["kept"].as_u64()).sum();
    assert_eq!(kept, 1090);
    let phone = Phone::new();
    let server = town.serve();
    phone.join(&server.url, &town.root());
    assert_eq!(phone.ids(&["places", "--kind", "open-shelter"]), ["open-shelter:CC0000000537"]);
}

const SHELTERS: &str = "ID,名称,緯度,経度,想定収容人数,指定避難所\n\
    CC0000000504,御祓地区コミュニティセンター,37.04826,136.96136,191,1\n\
    CC0000000518,山王小学校,37.04185,136.97373,480,1\n";

/// A list as 七尾市 writes it, so many hours ago.
fn list(hours: i64, rows: &[(&str, &str, f64, f64, u32)]) -> String {
    let at = Timestamp::from_second(Timestamp::now().as_second() - hours * 3600).expect("a moment");
    let at = jiff::tz::offset(9).to_datetime(at);
    let (year, half) = (at.year() - 2018, if at.hour() < 12 { "午前" } else { "午後" });
    let hour = format!("令和{year}年{}月{}日{half}{}時", at.month(), at.day(), at.hour() % 12);
    let mut text = String::from("ID,名称,人数,時点,緯度,経度,想定収容人数\n");
    for (id, name, lat, lon, people) in rows {
        text.push_str(&format!("{id},{name},{people},{hour},{lat},{lon},屋内200人／屋外0人(面積の1/2)\n"));
    }
    text
}

/// A server sees a new publication a moment after it was made.
fn sync_until(phone: &Phone, seen: &dyn Fn() -> bool) {
    for _ in 0..40 {
        phone.run(&["sync"]);
        if seen() {
            return;
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    panic!("the new list never came");
}

#[test]
fn a_resident_is_told_what_is_open_how_full_and_as_of_when() {
    let town = TestTown::new("172022", "七尾市");
    town.write("bosai/shelter.csv", SHELTERS.replace("指定避難所\n", "避難所タイプ\n"));
    let sanno = ("CC0000000518", "山王小学校", 37.04185, 136.97373, 199);
    let other = ("NEW001", "寄合い処みそぎ", 37.04683152, 136.9618191, 20);
    town.write("bosai/open_shelter.csv", list(2, &[sanno, other]));
    town.publish(&[]);
    let phone = Phone::new();
    let server = town.serve();
    phone.join(&server.url, &town.root());
    let told = || phone.run(&["hazard", "--at", "37.0480,136.9613", "--from", "earthquake"]);
    let shelters = |told: &Value| -> Vec<(String, Value)> {
        let list = told["shelters"].as_array().expect("shelters");
        list.iter().map(|s| (s["id"].as_str().expect("an id").into(), s["status"].clone())).collect()
    };

    // The one that is nearest is not open; the open ones come first, also the one in no list of designated ones.
    let now = shelters(&told());
    let ids: Vec<&str> = now.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["open-shelter:NEW001", "shelter:CC0000000518", "shelter:CC0000000504"]);
    assert_eq!((&now[0].1["crowding"], &now[0].1["people"]), (&"room".into(), &20.into()));
    assert_eq!((&now[1].1["crowding"], &now[1].1["current"]), (&"filling".into(), &true.into()));
    assert_eq!(now[1].1["capacity"], 200);
    assert_eq!(now[2].1, Value::Null);
    assert!(told()["open_as_of"].is_string());

    // A list of two days ago is told of whom it names, as old, and puts nobody first.
    town.write("bosai/open_shelter.csv", list(48, &[sanno, other]));
    town.publish(&[]);
    sync_until(&phone, &|| told()["open_as_of"].is_null());
    let old = shelters(&told());
    let ids: Vec<&str> = old.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["shelter:CC0000000504", "shelter:CC0000000518"]);
    assert_eq!((&old[1].1["current"], &old[1].1["crowding"]), (&false.into(), &"unknown".into()));

    // All closed: the list is gone, and that is no loss to be allowed.
    fs::remove_file(town.dir().join("bosai/open_shelter.csv")).expect("removed");
    town.publish(&[]);
    sync_until(&phone, &|| shelters(&told()).iter().all(|(_, status)| status.is_null()));
}

#[test]
fn the_sample_town_has_two_open_shelters() {
    let town = TestTown::empty();
    copy_folder(&repository().join("towns/mihon"), &town.dir());
    town.init("992011", "見本市");
    let published = town.publish(&[]);
    let told = report(&published, "992011_open_shelter.csv");
    assert_eq!((&told["dataset"], &told["kept"]), (&"open-shelter".into(), &2.into()));
    assert_eq!(told["refused"], serde_json::json!([]));
}
