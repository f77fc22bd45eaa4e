use std::path::Path;

use serde_json::json;

use super::tests::{Shared, files, holds};
use super::*;
use crate::edges::{FolderHome, MemoryKeys, NoKeys};
use crate::programs::NewsKind;
use crate::sync::testing::FixedClock;

const FREE: &str = "幼児教育・保育の無償化";

/// A phone on a day.
fn phone(folder: &Path, keys: &Shared, day: &str) -> Phone {
    let noon = format!("{day}T03:00:00Z").parse().unwrap();
    Phone::open(Box::new(FolderHome::new(folder)), Box::new(FixedClock(noon)))
        .unwrap()
        .with_keys(Box::new(keys.clone()))
}

/// A child who is three on 4 December by the law, and from then on goes to the kindergarten free of charge.
fn family() -> Kept {
    serde_json::from_value(json!({
        "household": {
            "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
            "people": [
                {"name": "母", "facts": {"誕生年月日": "1990-05-01", "配偶者": "", "親": [], "住まい": "同居"}},
                {"name": "花", "facts": {
                    "誕生年月日": "2023-12-05", "親": ["母"], "住まい": "同居", "就学先": "幼稚園",
                }},
            ],
        },
        "declined": [],
        "received": [],
    }))
    .unwrap()
}

/// Which programs have opened.
fn opened(phone: &Phone) -> Vec<String> {
    let of = for_town_in_use(phone).unwrap();
    let (_, news) = whats_new(phone, &of).unwrap();
    let opened = news.into_iter().filter(|news| news.kind == NewsKind::Opened);
    opened.map(|news| of.rules().programs[news.program as usize].name.clone()).collect()
}

fn known(phone: &Phone) -> Option<Known> {
    state(phone).unwrap().kept.unwrap().known
}

#[test]
fn what_a_birthday_opens_is_told_until_it_was_looked_at() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Shared::default());
    let before = phone(folder.path(), &keys, "2026-12-03");
    save(&before, family()).unwrap();
    // Who has just entered their household sees the answers: none of them is news.
    assert_eq!(opened(&before), [""; 0]);
    let after = phone(folder.path(), &keys, "2026-12-04");
    let row = after.private().household().unwrap();
    assert_eq!(opened(&after), [FREE]);
    assert_eq!(opened(&after), [FREE]);
    assert_eq!(after.private().household().unwrap(), row, "who only reads writes nothing");
    look(&after, Some("児童手当")).unwrap();
    assert_eq!(opened(&after), [FREE]);
    look(&after, Some(FREE)).unwrap();
    assert_eq!(opened(&after), [""; 0]);
    let row = after.private().household().unwrap();
    look(&after, None).unwrap();
    assert_eq!(after.private().household().unwrap(), row, "nothing is new, nothing is written");
}

#[test]
fn who_looks_at_all_of_it_has_seen_all_of_it() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Shared::default());
    save(&phone(folder.path(), &keys, "2026-12-03"), family()).unwrap();
    let after = phone(folder.path(), &keys, "2026-12-04");
    look(&after, None).unwrap();
    assert_eq!(opened(&after), [""; 0]);
    assert_eq!(state(&after).unwrap().kept.unwrap().household, family().household);
}

#[test]
fn what_the_resident_changes_is_no_news_and_takes_none_away() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Shared::default());
    save(&phone(folder.path(), &keys, "2026-12-03"), family()).unwrap();
    let after = phone(folder.path(), &keys, "2026-12-04");
    // To say what one receives is to save the household: what waits to be told waits on.
    let mut kept = family();
    kept.received.push("児童手当".into());
    save(&after, kept.clone()).unwrap();
    assert_eq!(opened(&after), [FREE]);
    look(&after, None).unwrap();
    // Another child of the same age is the resident's own word.
    let mut second = kept.household.people[1].clone();
    second.name = "太郎".into();
    kept.household.people.push(second);
    save(&after, kept).unwrap();
    assert_eq!(opened(&after), [""; 0]);
}

#[test]
fn a_household_that_an_earlier_app_kept_opens_and_says_nothing_until_it_was_looked_at() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Shared::default());
    let before = phone(folder.path(), &keys, "2026-12-03");
    // As it was written before this was known: `family` has no such field.
    before.keeper().change(before.private(), |_| Ok(family())).unwrap();
    assert_eq!(known(&before), None);
    assert_eq!(opened(&phone(folder.path(), &keys, "2026-12-04")), [""; 0]);
    look(&before, Some("児童手当")).unwrap();
    assert_eq!(opened(&before), [""; 0]);
    assert_eq!(opened(&phone(folder.path(), &keys, "2026-12-04")), [FREE]);
    // A document ticked off keeps what is known.
    tick(&before, FREE, "申込書", true).unwrap();
    assert_eq!(opened(&phone(folder.path(), &keys, "2026-12-04")), [FREE]);
}

#[test]
fn what_was_known_cannot_be_read_in_the_files() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Shared::default());
    let phone = phone(folder.path(), &keys, "2026-12-04");
    save(&phone, family()).unwrap();
    look(&phone, None).unwrap();
    let text = serde_json::to_string(&known(&phone)).unwrap();
    assert!(text.contains(FREE) && text.contains("花") && text.contains("theirs"), "{text}");
    let bytes = files(folder.path());
    for text in [FREE, "児童手当", "花", "theirs"] {
        assert!(!holds(&bytes, text), "{text}");
    }
}

#[test]
fn nothing_is_told_nor_kept_where_there_is_no_household_or_none_that_opens() {
    let (folder, keys) = (tempfile::tempdir().unwrap(), Shared::default());
    let none = phone(folder.path(), &keys, "2026-12-04");
    look(&none, None).unwrap();
    assert_eq!((opened(&none), any(&none).unwrap()), (vec![], false));
    assert_eq!(state(&none).unwrap(), State::default());
    save(&phone(folder.path(), &keys, "2026-12-03"), family()).unwrap();
    let row = none.private().household().unwrap();
    let no_keys = phone(folder.path(), &keys, "2026-12-04").with_keys(Box::new(NoKeys));
    let lost = phone(folder.path(), &keys, "2026-12-04").with_keys(Box::new(MemoryKeys::default()));
    for shut in [no_keys, lost] {
        let of = for_town_in_use(&shut).unwrap();
        assert_eq!(whats_new(&shut, &of).unwrap().1, []);
        look(&shut, None).unwrap();
        assert!(any(&shut).unwrap());
        assert_eq!(shut.private().household().unwrap(), row);
    }
}
