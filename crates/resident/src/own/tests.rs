use std::sync::Arc;

use super::places::{PlaceRole, SaveMyPlace, delete, forget, order, places, save};
use super::timeline::{Timeline, TimelineRow};
use super::*;
use crate::edges::{KeyStore, MemoryKeys};
use crate::sync::testing::phone_at;
use crate::{Error, Phone};

fn phone(folder: &std::path::Path) -> Phone {
    phone_at(folder, jiff::Timestamp::UNIX_EPOCH)
}

fn home(name: &str) -> SaveMyPlace {
    SaveMyPlace { id: None, role: PlaceRole::Home, name: name.into(), lat: 34.86, lon: 138.32, note: None }
}

fn names(kept: &Kept<Vec<places::MyPlace>>) -> Vec<&str> {
    kept.document.iter().map(|place| place.name.as_str()).collect()
}

#[test]
fn places_are_kept_changed_ordered_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path()).with_keys(Box::new(MemoryKeys::default()));
    assert_eq!(names(&save(&phone, home("うち")).unwrap()), ["うち"]);
    save(&phone, SaveMyPlace { role: PlaceRole::Work, ..home("会社") }).unwrap();
    let changed = save(&phone, SaveMyPlace { id: Some("p1".into()), ..home(" 自宅 ") }).unwrap();
    assert_eq!((names(&changed), changed.locked), (vec!["自宅", "会社"], None));
    assert_eq!(names(&order(&phone, &["p2".into()]).unwrap()), ["会社", "自宅"]);
    assert_eq!(names(&delete(&phone, "p2").unwrap()), ["自宅"]);
    // An id is not given twice while something may still speak of it.
    assert_eq!(save(&phone, home("実家")).unwrap().document[1].id, "p2");
    assert!(matches!(delete(&phone, "p9"), Err(Error::NotFound { .. })));
    assert!(matches!(
        save(&phone, SaveMyPlace { lat: f64::NAN, ..home("x") }),
        Err(Error::Own(OwnError::Bad(_)))
    ));
    assert!(save(&phone, home(&"あ".repeat(201))).is_err());
    assert!(names(&forget(&phone).unwrap()).is_empty());
}

#[test]
fn nothing_of_a_document_can_be_read_from_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let kept = phone(folder.path()).with_keys(Box::new(MemoryKeys::default()));
    save(&kept, home("secret-name")).unwrap();
    drop(kept);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(11).any(|window| window == b"secret-name"), "{}", file.display());
        }
    }
}

#[test]
fn without_a_key_they_last_for_this_run_and_a_lost_key_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let keyless = phone(folder.path());
    let kept = save(&keyless, home("うち")).unwrap();
    assert_eq!((names(&kept), kept.locked), (vec!["うち"], Some(Locked::NoKey)));
    assert_eq!(names(&places(&keyless).unwrap()), ["うち"]);
    drop(keyless);

    let keys = Arc::new(MemoryKeys::default());
    let with = |keys: &Arc<MemoryKeys>| phone(folder.path()).with_keys(Box::new(Arc::clone(keys)));
    let first = with(&keys);
    assert!(places(&first).unwrap().document.is_empty());
    save(&first, home("うち")).unwrap();
    // A household that is deleted takes its own key along, not this one.
    crate::household::delete(&first).unwrap();
    assert_eq!(names(&places(&with(&keys)).unwrap()), ["うち"]);

    keys.forget("own").unwrap();
    let lost = with(&keys);
    assert_eq!(places(&lost).unwrap().locked, Some(Locked::KeyLost));
    assert!(matches!(save(&lost, home("x")), Err(Error::Own(OwnError::Locked(Locked::KeyLost)))));
    forget(&lost).unwrap();
    assert_eq!(names(&save(&lost, home("x")).unwrap()), ["x"]);
}

#[test]
fn a_plan_is_kept_whole_and_its_faults_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path()).with_keys(Box::new(MemoryKeys::default()));
    let row = |level| TimelineRow {
        id: "a".into(),
        level,
        who: "おばあちゃん".into(),
        what: "避難を始める".into(),
    };
    assert_eq!(timeline::timeline(&phone).unwrap().document, Timeline::default());
    timeline::save(&phone, vec![row(3)]).unwrap();
    assert_eq!(timeline::timeline(&phone).unwrap().document, Timeline { rows: vec![row(3)], kept: true });
    let error = timeline::save(&phone, vec![row(3), row(6)]).unwrap_err();
    assert_eq!(error.to_string(), "row 2: no alert level 6");
    assert_eq!(timeline::forget(&phone).unwrap().document, Timeline::default());
}
