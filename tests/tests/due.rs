//! What is dated ahead, corrected, withdrawn or lost on the town's side.

use std::time::Duration;

use jiff::Timestamp;
use madoguchi_tests::{Phone, TestTown};

const HEAD: &str = "id,title,body,segment,published_at,department\n";

#[test]
fn a_notice_dated_ahead_is_nowhere_in_public_before_its_time_and_comes_without_its_departments_key() {
    let town = TestTown::new("222127", "焼津市");
    let soon = Timestamp::now() + Duration::from_secs(5);
    town.write(
        "notices.csv",
        format!("{HEAD}n1,いま,本文,暮らし,2026-11-01,広報課\nn2,あとで,本文,暮らし,{soon},広報課\n"),
    );
    let published = town.publish(&[]);
    assert_eq!(published["due"].as_array().unwrap().len(), 1);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    assert_eq!(phone.ids(&["notices"]), ["n1"]);
    assert!(!phone.run(&["notices", "--all"]).to_string().contains("あとで"));
    // When the time comes only the server is awake: no town folder, no department's key.
    std::fs::rename(town.dir().join("keys"), town.around().join("keys-away")).unwrap();
    std::thread::sleep(Duration::from_secs(6));
    let public = town.public();
    let refreshed = town.run(&["refresh", public.to_str().unwrap()]).expect_success();
    assert_eq!(refreshed["released"][0], "koho");
    std::thread::sleep(Duration::from_millis(1500));
    phone.run(&["sync"]);
    assert_eq!(phone.ids(&["notices"]), ["n2", "n1"]);
}

#[test]
fn a_correction_and_a_withdrawal_reach_the_phone_with_their_reason() {
    let town = TestTown::new("222127", "焼津市");
    let note = |body: &str, more: &str| {
        format!("---\ntitle: 断水\nsegment: 暮らし\npublished_at: 2026-11-01\n{more}---\n\n{body}\n")
    };
    town.write("koho/dansui.md", note("10時から", ""));
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    town.write(
        "koho/dansui.md",
        note("9時から", "corrected_at: 2026-11-02 09:00\ncorrection: 時刻を直しました\n"),
    );
    town.publish(&[]);
    std::thread::sleep(Duration::from_millis(1500));
    phone.run(&["sync"]);
    let notice = phone.run(&["notice", "dansui"]).to_string();
    assert!(notice.contains("時刻を直しました") && notice.contains("9時から"), "{notice}");
    town.write(
        "koho/dansui.md",
        note("9時から", "withdrawn_at: 2026-11-03\nwithdrawn: 工事が中止になりました\n"),
    );
    town.publish(&[]);
    std::thread::sleep(Duration::from_millis(1500));
    phone.run(&["sync"]);
    let notice = phone.run(&["notice", "dansui"]);
    assert!(notice["withdrawn"].to_string().contains("中止"), "{notice}");
}

#[test]
fn losing_more_than_a_tenth_needs_a_word_and_check_changes_nothing() {
    let town = TestTown::new("222127", "焼津市");
    let rows = |n: usize| {
        let rows: String = (0..n).map(|i| format!("n{i},題{i},本文,暮らし,2026-11-01,広報課\n")).collect();
        format!("{HEAD}{rows}")
    };
    town.write("notices.csv", rows(20));
    let check = town.publish(&["--check"]);
    assert_eq!(
        check["collections"].as_array().unwrap().iter().find(|c| c["collection"] == "notices").unwrap()["added"],
        20
    );
    assert!(!town.public().exists(), "--check writes nothing");
    let version = town.publish(&[])["version"].clone();
    town.write("notices.csv", rows(17));
    assert_eq!(town.try_publish(&[]).expect_error(), "loss");
    town.write("notices.csv", rows(18));
    assert_eq!(town.publish(&["--check"])["version"], version);
    town.publish(&[]);
    town.write("notices.csv", rows(2));
    town.publish(&["--allow-loss"]);
}

#[test]
fn a_bad_row_is_named_and_the_rest_is_published() {
    let town = TestTown::new("222127", "焼津市");
    town.write(
        "notices.csv",
        format!("{HEAD}n1,よい,本文,暮らし,2026-11-01,広報課\nn2,わるい,本文,暮らし,いつか,広報課\n"),
    );
    let published = town.publish(&[]);
    let file = &published["files"][0];
    assert_eq!(
        (&file["kept"], &file["refused"][0]["row"], &file["refused"][0]["column"]),
        (&1.into(), &3.into(), &"published_at".into())
    );
}

#[test]
fn attachments_come_when_they_are_wanted() {
    let town = TestTown::new("222127", "焼津市");
    town.write("koho/map.pdf", b"%PDF-1.4 a map");
    town.write("koho/a.md", "---\ntitle: 地図\nsegment: 暮らし\npublished_at: 2026-11-01\nattachments: 地図 <map.pdf>\n---\n\n本文\n");
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    let notice = phone.run(&["notice", "a"]);
    let path = notice["attachments"][0]["path"].as_str().unwrap_or_else(|| panic!("{notice}")).to_string();
    let out = town.around().join("got.pdf");
    phone.run(&["attachment", "a", &path, "--out", out.to_str().unwrap()]);
    assert_eq!(std::fs::read(out).unwrap(), b"%PDF-1.4 a map");
}

#[test]
fn a_picture_of_a_notice_dated_ahead_is_not_public_before_it() {
    let town = TestTown::new("222127", "焼津市");
    town.write("koho/secret.png", b"\x89PNG a map");
    town.write("koho/now.md", "---\ntitle: いま\nsegment: 暮らし\npublished_at: 2026-11-01\n---\n\n本文\n");
    let later = "---\ntitle: あとで\nsegment: 暮らし\npublished_at: 2099-01-01\n---\n\n![地図](secret.png)\n";
    town.write("koho/later.md", later);
    town.publish(&[]);
    let public = std::fs::read_dir(town.public().join("metadata")).unwrap().flatten();
    for file in public {
        let text = std::fs::read_to_string(file.path()).unwrap();
        assert!(!text.contains("secret"), "{:?}", file.path());
    }
    assert!(!town.public().join("targets/files").exists());
}

#[test]
fn a_department_that_is_gone_from_town_toml_is_a_loss() {
    let town = TestTown::new("222127", "焼津市");
    town.write("bosai/notices.csv", format!("{HEAD}b1,防災,本文,防災,2026-11-01,防災課\n"));
    town.publish(&[]);
    let path = town.dir().join("town.toml");
    let settings = std::fs::read_to_string(&path).unwrap();
    let (kept, _) = settings.split_once("[[department]]\nid = \"bosai\"").unwrap();
    std::fs::write(&path, kept).unwrap();
    std::fs::remove_dir_all(town.dir().join("bosai")).unwrap();
    assert_eq!(town.try_publish(&[]).expect_error(), "loss");
    town.publish(&["--allow-loss"]);
}

#[test]
fn a_release_that_cannot_be_read_does_not_stop_the_towns_clock() {
    let town = TestTown::new("222127", "焼津市");
    let soon = Timestamp::now() + Duration::from_secs(3);
    town.write(
        "notices.csv",
        format!("{HEAD}n1,いま,本文,暮らし,2026-11-01,広報課\nn2,あとで,本文,暮らし,{soon},広報課\n"),
    );
    town.publish(&[]);
    let due = town.around().join("public.office/due/koho");
    let release = std::fs::read_dir(&due).unwrap().flatten().next().expect("a release that waits").path();
    let metadata =
        std::fs::read_dir(&release).unwrap().flatten().find(|f| f.path().is_file()).unwrap().path();
    let good = std::fs::read(&metadata).unwrap();
    std::fs::write(&metadata, "damaged").unwrap();
    std::thread::sleep(Duration::from_secs(4));
    let timestamp = town.public().join("metadata/timestamp.json");
    let before = std::fs::read(&timestamp).unwrap();
    let public = town.public();
    let refresh = || town.run(&["refresh", public.to_str().unwrap()]).expect_success();
    assert_eq!(refresh()["failed"].as_array().unwrap().len(), 1);
    assert_ne!(std::fs::read(&timestamp).unwrap(), before, "signed all the same");
    // It waits, and comes when it can be read again.
    std::fs::write(&metadata, good).unwrap();
    assert_eq!(refresh()["released"][0], "koho");
}
