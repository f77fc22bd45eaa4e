//! Keys change and get lost; the phone's side of it.

use madoguchi_tests::{Phone, Server, TestTown};

struct Scene {
    town: TestTown,
    phone: Phone,
    server: Server,
}

const HEAD: &str = "id,title,body,segment,published_at,department\n";

fn scene() -> Scene {
    let town = TestTown::new("222127", "焼津市");
    town.write("notices.csv", format!("{HEAD}n1,一,本文,暮らし,2026-11-01,広報課\n"));
    town.write("bosai/notices.csv", format!("{HEAD}b1,防災,本文,防災,2026-11-01,防災課\n"));
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    Scene { town, phone, server }
}

impl Scene {
    fn publish_and_sync(&self, title: &str) -> Vec<String> {
        self.town.write("notices.csv", format!("{HEAD}n1,{title},本文,暮らし,2026-11-01,広報課\n"));
        self.town.publish(&["--allow-loss"]);
        std::thread::sleep(std::time::Duration::from_millis(1500));
        let synced = self.phone.run(&["sync"]);
        eprintln!("{synced}");
        let list = self.phone.run(&["notices"]);
        list.as_array().unwrap().iter().map(|n| n["title"].as_str().unwrap().to_string()).collect()
    }
}

#[test]
fn a_lost_online_key_is_replaced_with_the_root_keys() {
    let scene = scene();
    std::fs::remove_file(scene.town.dir().join("keys/online.json")).unwrap();
    scene.town.key("rotate", &["online"]).expect_success();
    assert!(scene.publish_and_sync("二").contains(&"二".to_string()));
    assert!(scene.town.key("rotate", &["targets"]).code == Some(0));
    assert!(scene.publish_and_sync("三").contains(&"三".to_string()));
}

#[test]
fn new_root_keys_reach_a_phone_that_slept_through_several() {
    let scene = scene();
    let dir = |n: u32| scene.town.around().join(format!("safe{n}")).to_str().unwrap().to_string();
    scene.town.key("rotate-root", &["--new-root-keys", &dir(1)]).expect_success();
    scene.town.key("rotate-root", &["--root-keys", &dir(1), "--new-root-keys", &dir(2)]).expect_success();
    scene.town.key("renew", &["--root-keys", &dir(2)]).expect_success();
    assert!(scene.publish_and_sync("二").contains(&"二".to_string()));
    // Whoever holds the old root keys holds nothing.
    assert_eq!(scene.town.key("renew", &[]).expect_error(), "refused");
}

#[test]
fn a_department_rotates_its_key_and_publishes_alone() {
    let scene = scene();
    scene.town.key("rotate", &["bosai"]).expect_success();
    let alone = scene.town.try_publish(&["--role", "bosai"]);
    assert_eq!(alone.expect_error(), "refused", "the town has not named the new key yet");
    scene.town.publish(&[]);
    // From here on 防災課 needs its own key and the online key, nothing else.
    for key in ["koho", "targets"] {
        std::fs::remove_file(scene.town.dir().join(format!("keys/{key}.json"))).unwrap();
    }
    scene.town.write("bosai/notices.csv", format!("{HEAD}b1,川の水位,本文,防災,2026-11-02,防災課\n"));
    scene.town.publish(&["--role", "bosai"]);
    std::thread::sleep(std::time::Duration::from_millis(1500));
    scene.phone.run(&["sync"]);
    assert!(scene.phone.run(&["notices"]).to_string().contains("川の水位"));
}

#[test]
fn what_a_revoked_department_said_is_gone_from_the_phone() {
    let scene = scene();
    assert!(scene.phone.run(&["notices"]).to_string().contains("b1"));
    scene.town.key("revoke", &["bosai"]).expect_success();
    let titles = scene.publish_and_sync("二");
    assert_eq!(titles, ["二"]);
    scene.town.key("rotate", &["bosai"]).expect_success();
    assert_eq!(scene.publish_and_sync("三").len(), 2, "with a new key it speaks again");
}

#[test]
fn a_new_department_is_heard() {
    let scene = scene();
    scene.town.key("add-department", &["kosodate", "--name", "こども課"]).expect_success();
    scene.town.write("kosodate/notices.csv", format!("{HEAD}k1,健診,本文,子育て,2026-11-02,こども課\n"));
    assert!(scene.publish_and_sync("二").contains(&"健診".to_string()));
}

#[test]
fn a_public_folder_that_was_lost_is_made_anew_and_phones_go_on() {
    let scene = scene();
    std::fs::remove_dir_all(scene.town.public()).unwrap();
    std::fs::remove_dir_all(scene.town.around().join("public.office")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(scene.publish_and_sync("二").contains(&"二".to_string()));
    assert!(!scene.server.url.is_empty());
}

#[test]
fn a_department_does_not_publish_past_a_changed_town_key() {
    let scene = scene();
    scene.town.key("rotate", &["targets"]).expect_success();
    assert_eq!(scene.town.try_publish(&["--role", "bosai"]).expect_error(), "refused");
    // Had it done so, no phone would have taken anything any more.
    scene.phone.run(&["sync"]);
    assert!(scene.publish_and_sync("二").contains(&"二".to_string()));
    scene.town.publish(&["--role", "bosai"]);
}

#[test]
fn an_older_copy_of_the_folder_publishes_nothing() {
    let scene = scene();
    let copy = scene.town.around().join("older");
    madoguchi_tests::copy_folder(&scene.town.dir(), &copy);
    scene.town.key("rotate", &["online"]).expect_success();
    scene.town.publish(&[]);
    let (copy, public) = (copy.to_str().unwrap(), scene.town.public());
    let refused = scene.town.run(&["publish", copy, "--out", public.to_str().unwrap()]);
    assert_eq!(refused.expect_error(), "refused");
    // Nor does a town that was set up anew over its old public folder.
    let anew = TestTown::new("222127", "焼津市");
    let refused = anew.run(&["publish", anew.dir().to_str().unwrap(), "--out", public.to_str().unwrap()]);
    assert_eq!(refused.expect_error(), "refused");
    assert!(scene.publish_and_sync("二").contains(&"二".to_string()));
}

#[test]
fn the_town_publishes_without_the_key_of_an_office_that_signs_for_itself() {
    let scene = scene();
    std::fs::rename(
        scene.town.dir().join("keys/bosai.json"),
        scene.town.around().join("bosai-keeps-it.json"),
    )
    .unwrap();
    scene.town.write("bosai/notices.csv", format!("{HEAD}b1,勝手に,本文,防災,2026-11-01,防災課\n"));
    let published = scene.town.publish(&[]);
    assert_eq!(published["untouched"][0], "bosai");
    let titles = scene.publish_and_sync("二");
    assert!(titles.contains(&"二".to_string()) && titles.contains(&"防災".to_string()), "{titles:?}");
}

#[test]
fn the_office_folder_never_lies_in_what_is_served() {
    let town = TestTown::new("222127", "焼津市");
    let served = town.around().join("served");
    std::fs::create_dir(&served).unwrap();
    let dir = town.dir();
    let mut publish = std::process::Command::new(madoguchi_tests::binary("madoguchi"));
    publish.current_dir(&served).args(["--json", "publish", dir.to_str().unwrap(), "--out", "."]);
    madoguchi_tests::Outcome::of(&mut publish).expect_success();
    assert!(served.join("root.json").exists() && town.around().join("served.office/online.json").exists());
    let inside: Vec<_> = std::fs::read_dir(&served).unwrap().flatten().map(|f| f.file_name()).collect();
    assert!(inside.iter().all(|name| !name.to_string_lossy().contains("office")), "{inside:?}");
}
