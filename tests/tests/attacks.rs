//! A network that lies: nothing false is stored, nothing that was there is lost, and each attack has its own message.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use madoguchi_tests::{Answer, Liar, Outcome, Phone, TestTown, copy_folder};

fn notices(word: &str) -> String {
    format!("id,title,body,segment,published_at,department\nn1,{word},本文です。,暮らし,2026-11-01,広報課\n")
}

/// A town at its first version, a phone that has it, and the town's second version.
struct Scene {
    town: TestTown,
    phone: Phone,
    first: std::path::PathBuf,
}

impl Scene {
    fn new() -> Self {
        let town = TestTown::new("222127", "焼津市");
        town.write("notices.csv", notices("はじめ"));
        town.publish(&[]);
        let phone = Phone::new();
        {
            let server = Liar::serve(town.public(), |_, _| Answer::True);
            phone.join(&server.url, &town.root());
        }
        let first = town.around().join("first");
        copy_folder(&town.public(), &first);
        // Versions are seconds: the second publication is at least one later.
        town.write("notices.csv", notices("つぎ"));
        town.publish(&[]);
        Scene { town, phone, first }
    }

    /// Syncs through a server that lies, checks that the phone still shows its first version, and gives the answer.
    fn attack(
        &self,
        public: &Path,
        lie: impl Fn(&str, Option<&[u8]>) -> Answer + Send + Sync + 'static,
    ) -> Outcome {
        let outcome = self.sync_through(public, lie);
        assert_eq!(self.title(), "はじめ", "nothing false is stored");
        outcome
    }

    fn sync_through(
        &self,
        public: &Path,
        lie: impl Fn(&str, Option<&[u8]>) -> Answer + Send + Sync + 'static,
    ) -> Outcome {
        let liar = Liar::serve(public.into(), lie);
        // The phone asks where it joined; joining again at another address with the same root moves it.
        let root = self.town.root();
        self.phone.try_run(&["join", &liar.url, "--root", root.to_str().unwrap()])
    }

    fn title(&self) -> String {
        let list = self.phone.run(&["notices"]);
        list[0]["title"].as_str().unwrap_or_else(|| panic!("lost: {list}")).into()
    }

    /// After all that, the truth still arrives.
    fn heal(&self) {
        self.sync_through(&self.town.public(), |_, _| Answer::True).expect_success();
        assert_eq!(self.title(), "つぎ");
    }
}

#[test]
fn an_older_version_is_refused() {
    let scene = Scene::new();
    scene.heal();
    let outcome = scene.sync_through(&scene.first, |_, _| Answer::True);
    assert_eq!(outcome.expect_error(), "rollback");
    assert_eq!(scene.title(), "つぎ");
}

#[test]
fn another_towns_bundle_is_refused() {
    let scene = Scene::new();
    let other = TestTown::new("122319", "印西市");
    other.write("notices.csv", notices("よその町"));
    other.publish(&[]);
    assert_eq!(scene.attack(&other.public(), |_, _| Answer::True).expect_error(), "signature");
    scene.heal();
}

#[test]
fn mixed_versions_are_refused() {
    let scene = Scene::new();
    let first = scene.first.clone();
    let outcome = scene.attack(&scene.town.public(), move |path, _| {
        // The new timestamp, and below it what was there before.
        let old = fs::read_dir(first.join("metadata")).unwrap().flatten().find(|file| {
            file.file_name().to_string_lossy().ends_with(".koho.json") && path.ends_with(".koho.json")
        });
        old.map_or(Answer::True, |file| Answer::Bytes(fs::read(file.path()).unwrap(), "application/json"))
    });
    assert_eq!(outcome.expect_error(), "mixed");
    scene.heal();
}

#[test]
fn the_key_of_another_department_is_refused() {
    let scene = Scene::new();
    let bosai = fs::read(scene.town.dir().join("keys/bosai.json")).unwrap();
    let key = madoguchi_bundle::key::SigningKey::from_json(&bosai).unwrap();
    let outcome = scene.attack(&scene.town.public(), move |path, file| {
        if !path.ends_with(".koho.json") {
            return Answer::True;
        }
        let truth = madoguchi_bundle::metadata::Envelope::parse(file.unwrap()).unwrap();
        let targets: madoguchi_bundle::metadata::Targets = truth.read().unwrap();
        let forged = madoguchi_bundle::metadata::Envelope::sign(&targets, &[&key]).unwrap();
        Answer::Bytes(forged.to_bytes().unwrap(), "application/json")
    });
    assert_eq!(outcome.expect_error(), "signature");
    scene.heal();
}

#[test]
fn a_login_page_instead_of_the_town_is_told_as_what_it_is() {
    let scene = Scene::new();
    let page = b"<!DOCTYPE html><html><body>Please log in to the cafe's Wi-Fi</body></html>".to_vec();
    let outcome = scene.attack(&scene.town.public(), move |_, _| Answer::Bytes(page.clone(), "text/html"));
    assert!(outcome.value.to_string().contains("captive-portal"), "{outcome:?}");
    scene.heal();
}

#[test]
fn what_is_too_large_or_unpacks_without_end_is_refused() {
    let scene = Scene::new();
    let outcome = scene.attack(&scene.town.public(), |path, _| match path {
        "metadata/timestamp.json" => Answer::Bytes(vec![b' '; 1 << 20], "application/json"),
        _ => Answer::True,
    });
    assert_eq!(outcome.expect_error(), "too-large");
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut bomb, &vec![b' '; 50 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let outcome = scene.attack(&scene.town.public(), move |path, _| match path {
        "metadata/timestamp.json" => Answer::Gzip(bomb.clone()),
        _ => Answer::True,
    });
    assert_eq!(outcome.expect_error(), "too-large");
    scene.heal();
}

#[test]
fn a_file_that_is_not_the_one_announced_is_refused() {
    let scene = Scene::new();
    for change in [0usize, 7, 40] {
        let outcome = scene.attack(&scene.town.public(), move |path, file| {
            let Some(file) = file.filter(|_| path.starts_with("targets/")) else { return Answer::True };
            let mut bytes = file.to_vec();
            let at = change.min(bytes.len() - 1);
            bytes[at] ^= 1;
            Answer::Bytes(bytes, "application/zstd")
        });
        assert_eq!(outcome.expect_error(), "hash");
    }
    scene.heal();
}

#[test]
fn metadata_with_any_bit_flipped_is_refused() {
    let scene = Scene::new();
    // Every byte of each file is flipped in the bundle's own tests; here a few go the whole way to the databases.
    for (name, places) in [("timestamp.json", 24), (".snapshot.json", 12), (".koho.json", 12)] {
        for place in 0..places {
            let outcome = scene.attack(&scene.town.public(), move |path, file| {
                let Some(file) = file.filter(|_| path.ends_with(name)) else { return Answer::True };
                let mut bytes = file.to_vec();
                let at = place * bytes.len() / places;
                bytes[at] ^= 1 << (place % 8);
                Answer::Bytes(bytes, "application/json")
            });
            assert_eq!(outcome.code, Some(1), "{name} {place}: {}", outcome.value);
        }
    }
    scene.heal();
}

#[test]
fn a_connection_that_ends_at_any_byte_is_taken_up_again() {
    let scene = Scene::new();
    let started = Instant::now();
    let mut done = false;
    for step in 0..200 {
        let outcome = scene.sync_through(&scene.town.public(), move |path, _| match path {
            // Metadata is small and comes whole or not at all; files are cut a little later each time.
            path if path.starts_with("targets/") => Answer::CutAfter(20),
            _ if step % 3 == 1 => Answer::CutAfter(10 + step),
            _ => Answer::True,
        });
        let title = scene.title();
        assert!(["はじめ", "つぎ"].contains(&title.as_str()));
        if title == "つぎ" {
            done = true;
            break;
        }
        assert_eq!(outcome.code, Some(0), "an unreachable town is no failure: {}", outcome.value);
        assert!(started.elapsed() < Duration::from_secs(120));
    }
    assert!(done, "20 bytes at a time, the file still arrives");
}

#[test]
fn names_that_lead_out_of_the_folder_are_refused() {
    let scene = Scene::new();
    // The office itself is bought: it signs paths that climb.
    let key = madoguchi_publisher::keys::load(&scene.town.dir().join("keys/koho.json")).unwrap();
    scene.sync_through(&scene.town.public(), move |path, file| {
        if !path.ends_with(".koho.json") {
            return Answer::True;
        }
        let truth = madoguchi_bundle::metadata::Envelope::parse(file.unwrap()).unwrap();
        let mut targets: madoguchi_bundle::metadata::Targets = truth.read().unwrap();
        let entry = targets.targets.remove("notices/koho.jsonl.zst").unwrap();
        for name in ["notices/../../../koho.jsonl.zst", "../private.db", "/etc/passwd"] {
            targets.targets.insert(name.into(), entry.clone());
        }
        let forged = madoguchi_bundle::metadata::Envelope::sign(&targets, &[&key]).unwrap();
        Answer::Bytes(forged.to_bytes().unwrap(), "application/json")
    });
    let mut files: Vec<String> = fs::read_dir(scene.phone.home())
        .unwrap()
        .flatten()
        .map(|f| f.file_name().into_string().unwrap())
        .collect();
    files.retain(|file| !file.starts_with("private.db"));
    assert_eq!(files, ["towns"], "nothing was written beside the stores");
    // What an office signs is the office's to say; its next publication stands in the place of it.
    scene.town.publish(&[]);
    scene.town.write("notices.csv", notices("つぎの"));
    scene.town.publish(&[]);
    scene.sync_through(&scene.town.public(), |_, _| Answer::True).expect_success();
    assert_eq!(scene.title(), "つぎの");
}

#[test]
fn a_clock_that_jumped_ten_years_loses_nothing() {
    let faketime = Path::new("/usr/bin/faketime");
    if !faketime.exists() {
        assert!(std::env::var_os("CI").is_none(), "faketime is missing");
        eprintln!("skipped: faketime is not installed");
        return;
    }
    let scene = Scene::new();
    let liar = Liar::serve(scene.town.public(), |_, _| Answer::True);
    let root = scene.town.root();
    let join = ["join", &liar.url, "--root", root.to_str().unwrap()];
    for jump in ["+10y", "-10y"] {
        let real = scene.phone.command(&join);
        let mut command = std::process::Command::new(faketime);
        command.args(["-f", jump]).arg(real.get_program()).args(real.get_args());
        let outcome = Outcome::of(&mut command);
        if jump == "+10y" {
            assert_eq!(scene.title(), "はじめ");
            assert_eq!(outcome.value["sync"]["fresh"], false, "{}", outcome.value);
        }
        assert!(outcome.value.to_string().contains("clock"), "{jump}: {}", outcome.value);
    }
    scene.heal();
}
