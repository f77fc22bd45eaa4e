use std::path::Path;
use std::sync::Arc;

use madoguchi_benefits::{MAX_PEOPLE, Person};
use serde_json::json;

use super::*;
use crate::edges::{Clock, FolderHome, Home, Key, KeyStore, MemoryKeys};
use crate::sync::testing::FixedClock;

/// A store that all who hold it share, and that can be shut.
#[derive(Clone, Default)]
pub(super) struct Shared(Arc<MemoryKeys>, Arc<std::sync::atomic::AtomicBool>);

impl Shared {
    fn shut(&self, shut: bool) {
        self.1.store(shut, std::sync::atomic::Ordering::SeqCst);
    }

    fn open(&self) -> Result<(), KeyError> {
        if self.1.load(std::sync::atomic::Ordering::SeqCst) { Err(KeyError::Locked) } else { Ok(()) }
    }
}

impl KeyStore for Shared {
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError> {
        self.open().and_then(|()| self.0.find(name))
    }
    fn make(&self, name: &str) -> Result<Key, KeyError> {
        self.open().and_then(|()| self.0.make(name))
    }
    fn forget(&self, name: &str) -> Result<(), KeyError> {
        self.open().and_then(|()| self.0.forget(name))
    }
}

fn phone(folder: &Path, keys: impl KeyStore + 'static) -> Phone {
    let clock: Box<dyn Clock> = Box::new(FixedClock(jiff::Timestamp::UNIX_EPOCH));
    Phone::open(Box::new(FolderHome::new(folder)), clock).unwrap().with_keys(Box::new(keys))
}

/// A state without what was known when it was saved: most of these tests are about what the resident entered.
fn entered(mut state: State) -> State {
    state.kept.iter_mut().for_each(|kept| kept.known = None);
    state
}

fn state(phone: &Phone) -> Result<State, Error> {
    super::state(phone).map(entered)
}

fn save(phone: &Phone, kept: Kept) -> Result<State, Error> {
    super::save(phone, kept).map(entered)
}

fn family() -> Kept {
    serde_json::from_value(json!({
        "household": {
            "household": {"都道府県": "静岡県", "市区町村": "焼津市"},
            "people": [
                {"name": "見本花子", "facts": {"誕生年月日": "1990-05-01", "給与収入": 1_234_567, "親": []}},
                {"name": "太郎", "facts": {"親": ["見本花子"], "妊娠している": null}},
            ],
        },
        "declined": [{"fact": "養育費", "person": 0}],
        "received": ["児童手当"],
    }))
    .unwrap()
}

/// The bytes of every file of the phone.
pub(super) fn files(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect()
}

pub(super) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn change_row(folder: &Path, sql: &str) {
    FolderHome::new(folder).private().unwrap().execute(sql, []).unwrap();
}

#[test]
fn a_household_comes_back_as_it_was_and_nothing_of_it_can_be_read_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shared::default();
    let first = phone(folder.path(), keys.clone());
    assert_eq!(state(&first).unwrap(), State::default());
    let whole = State { kept: Some(family()), locked: None };
    assert_eq!(save(&first, family()).unwrap(), whole);
    let home = Box::new(FolderHome::new(folder.path()));
    let beside = first.beside(home, Box::new(FixedClock(jiff::Timestamp::UNIX_EPOCH))).unwrap();
    assert_eq!(state(&beside).unwrap(), whole);
    let bytes = files(folder.path());
    for text in ["見本花子", "太郎", "1234567", "1990-05-01", "給与収入", "焼津市", "児童手当", "養育費"]
    {
        assert!(!holds(&bytes, text), "{text}");
    }
    // The search finds what is there.
    assert!(holds(&bytes, "CREATE TABLE household"));
    drop((first, beside));
    assert_eq!(state(&phone(folder.path(), keys)).unwrap(), whole);
}

#[test]
fn another_key_or_none_is_a_lost_key_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shared::default();
    save(&phone(folder.path(), keys.clone()), family()).unwrap();
    let other = MemoryKeys::default();
    other.make("household").unwrap();
    for stranger in [phone(folder.path(), MemoryKeys::default()), phone(folder.path(), other)] {
        let lost = State { kept: None, locked: Some(Locked::KeyLost) };
        assert_eq!(state(&stranger).unwrap(), lost);
        assert_eq!(save(&stranger, Kept::default()).unwrap_err().code(), "household-key-lost");
        assert_eq!(state(&stranger).unwrap(), lost);
    }
    assert_eq!(state(&phone(folder.path(), keys)).unwrap().kept, Some(family()));
}

#[test]
fn damage_is_told_and_left_as_it_is_until_the_resident_deletes_it() {
    let changes = [
        "UPDATE household SET sealed = substr(sealed, 1, 100)",
        "UPDATE household SET sealed = zeroblob(length(sealed))",
        "UPDATE household SET nonce = zeroblob(12)",
        "UPDATE household SET nonce = x'00'",
        "UPDATE household SET sealed = x''",
    ];
    for change in changes {
        let folder = tempfile::tempdir().unwrap();
        let phone = phone(folder.path(), MemoryKeys::default());
        save(&phone, family()).unwrap();
        change_row(folder.path(), change);
        let row = phone.private().household().unwrap();
        assert_eq!(state(&phone).unwrap(), State { kept: None, locked: Some(Locked::Damaged) }, "{change}");
        assert_eq!(save(&phone, family()).unwrap_err().code(), "household-damaged");
        assert_eq!(phone.private().household().unwrap(), row);
        assert_eq!(delete(&phone).unwrap(), State::default());
        assert_eq!(save(&phone, family()).unwrap().kept, Some(family()));
    }
}

#[test]
fn without_a_store_a_household_lasts_as_long_as_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let clock = || Box::new(FixedClock(jiff::Timestamp::UNIX_EPOCH));
    let home = || Box::new(FolderHome::new(folder.path()));
    let phone = Phone::open(home(), clock()).unwrap();
    assert_eq!(state(&phone).unwrap(), State { kept: None, locked: Some(Locked::NoKey) });
    let unkept = State { kept: Some(family()), locked: Some(Locked::NoKey) };
    assert_eq!(save(&phone, family()).unwrap(), unkept);
    assert_eq!(state(&phone.beside(home(), clock()).unwrap()).unwrap(), unkept);
    assert_eq!(phone.private().household().unwrap(), None);
    assert!(!holds(&files(folder.path()), "見本花子"));
    assert_eq!(delete(&phone).unwrap(), State { kept: None, locked: Some(Locked::NoKey) });
    save(&phone, family()).unwrap();
    drop(phone);
    assert_eq!(state(&Phone::open(home(), clock()).unwrap()).unwrap().kept, None);
}

#[test]
fn a_store_that_is_shut_hides_what_is_kept_and_a_household_of_the_run_does_not_replace_it() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shared::default();
    save(&phone(folder.path(), keys.clone()), family()).unwrap();
    keys.shut(true);
    let later = phone(folder.path(), keys.clone());
    assert_eq!(state(&later).unwrap(), State { kept: None, locked: Some(Locked::NoKey) });
    save(&later, Kept::default()).unwrap();
    // It opens, after the resident began anew without having seen what is kept.
    keys.shut(false);
    assert_eq!(save(&later, Kept::default()).unwrap().locked, Some(Locked::NoKey));
    assert_eq!(state(&phone(folder.path(), keys)).unwrap().kept, Some(family()));
}

#[test]
fn a_store_that_opens_on_the_way_keeps_what_was_entered() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shared::default();
    keys.shut(true);
    let first = phone(folder.path(), keys.clone());
    save(&first, Kept::default()).unwrap();
    keys.shut(false);
    assert_eq!(save(&first, family()).unwrap().locked, None);
    assert_eq!(state(&phone(folder.path(), keys)).unwrap().kept, Some(family()));
}

#[test]
fn what_was_deleted_is_gone_from_the_file_and_so_is_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shared::default();
    let phone = phone(folder.path(), keys.clone());
    save(&phone, family()).unwrap();
    let key = keys.find("household").unwrap();
    let sealed = phone.private().household().unwrap().unwrap().bytes;
    let whole = |bytes: &[u8]| bytes.windows(64).any(|window| window == &sealed[..64]);
    assert!(whole(&files(folder.path())));
    // One that is replaced is overwritten too, once the log is written back.
    save(&phone, Kept::default()).unwrap();
    assert_eq!(delete(&phone).unwrap(), State::default());
    assert!(!whole(&files(folder.path())));
    assert_eq!(keys.find("household").unwrap(), None);
    save(&phone, family()).unwrap();
    assert_ne!(keys.find("household").unwrap(), key);
}

#[test]
fn what_the_rules_do_not_take_is_refused_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path(), MemoryKeys::default());
    save(&phone, family()).unwrap();
    let with = |change: &dyn Fn(&mut Kept)| {
        let mut kept = family();
        change(&mut kept);
        let error = save(&phone, kept).unwrap_err();
        assert_eq!(error.code(), "bad-fact");
        error.to_string()
    };
    let fact = |name: &str, value: serde_json::Value| {
        with(&|kept| drop(kept.household.people[0].facts.insert(name.into(), value.clone())))
    };
    assert_eq!(fact("給与収入", json!(-1)), "見本花子: 給与収入: out-of-range");
    assert_eq!(fact("年収", json!(1)), "見本花子: 年収: unknown-fact");
    assert_eq!(fact("親", json!(["だれか"])), "見本花子: 親: no-such-person");
    assert!(with(&|kept| kept.household.people[1].name = "見本花子".into()).contains("person 2"));
    assert!(with(&|kept| kept.household.people[1].name = " ".into()).contains("person 2"));
    for (name, person) in [("養育費", None), ("養育費", Some(2)), ("都道府県", Some(0)), ("年収", Some(0))]
    {
        assert!(
            with(&|kept| kept.declined.push(Open { fact: name.into(), person })).contains("declined"),
            "{name}"
        );
    }
    let person = |n: usize| Person { name: n.to_string(), ..Person::default() };
    let named: Vec<Person> = (0..=MAX_PEOPLE).map(person).collect();
    assert!(with(&|kept| kept.household.people = named.clone()).contains("too-many-people"));
    // Nothing of what was refused was kept.
    assert_eq!(state(&phone).unwrap().kept, Some(family()));
    let mut large = family();
    large.received = vec!["あ".repeat(100); 2000];
    large.household.household.insert("市区町村".into(), json!("あ".repeat(400_000)));
    assert_eq!(save(&phone, large).unwrap_err().code(), "household-too-large");
}

#[test]
fn facts_of_other_rules_are_not_known_any_more() {
    let mut household = family().household;
    household.people[0].facts.insert("昔の事実".into(), json!(1));
    household.household.insert("給与収入".into(), json!(1));
    assert_eq!(without_unknown(crate::programs::rules(), household), family().household);
}

#[test]
fn facts_that_only_another_town_asks_for_outlive_a_change_made_here() {
    let mut before = family().household;
    before.people[0].facts.insert("よその町の事実".into(), json!(1));
    before.household.insert("よその町の世帯の事実".into(), json!(2));
    // What is shown and saved here does not have them.
    let mut now = without_unknown(crate::programs::rules(), before.clone());
    assert_eq!(now, family().household);
    let gone = now.people.pop().unwrap();
    super::check::keep_unasked(crate::programs::rules(), &before, &mut now);
    assert_eq!(now.people[0].facts.get("よその町の事実"), Some(&json!(1)));
    assert_eq!(now.household.get("よその町の世帯の事実"), Some(&json!(2)));
    assert!(now.people.iter().all(|person| person.name != gone.name), "whoever left stays gone");
    // What these rules know is as it was saved: a fact taken back does not return.
    let known = before.people[0].facts.keys().find(|name| *name != "よその町の事実").unwrap().clone();
    let mut taken_back = before.clone();
    taken_back.people[0].facts.remove(&known);
    super::check::keep_unasked(crate::programs::rules(), &before, &mut taken_back);
    assert!(!taken_back.people[0].facts.contains_key(&known));
}

#[test]
fn what_is_asked_here_is_kept_as_it_was_saved_last() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path(), MemoryKeys::default());
    save(&phone, family()).unwrap();
    // An answer that is taken back, one that is another now, and one that is no longer told of the household.
    let mut next = family();
    next.household.people[0].facts.remove("親");
    next.household.people[0].facts.insert("給与収入".into(), json!(1));
    next.household.household.remove("市区町村");
    save(&phone, next.clone()).unwrap();
    assert_eq!(state(&phone).unwrap().kept, Some(next));
}

#[test]
fn what_is_at_hand_is_sealed_with_the_household_and_outlives_its_changes() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Shared::default();
    let first = phone(folder.path(), keys.clone());
    // There need not be a household.
    tick(&first, "992011/omutsu", "母子健康手帳", true).unwrap();
    save(&first, family()).unwrap();
    tick(&first, "児童手当", "認定請求書", true).unwrap();
    tick(&first, "児童手当", "通帳", true).unwrap();
    let ticked = |phone: &Phone| state(phone).unwrap().kept.unwrap().documents;
    let later = phone(folder.path(), keys.clone());
    assert_eq!(
        serde_json::to_value(ticked(&later)).unwrap(),
        json!({"992011/omutsu": ["母子健康手帳"], "児童手当": ["認定請求書", "通帳"]})
    );
    for word in ["omutsu", "母子健康手帳", "児童手当"] {
        assert!(!holds(&files(folder.path()), word), "{word}");
    }
    // The household is saved whole without them, and they stay.
    save(&later, Kept::default()).unwrap();
    tick(&later, "児童手当", "通帳", false).unwrap();
    tick(&later, "992011/omutsu", "母子健康手帳", false).unwrap();
    assert_eq!(serde_json::to_value(ticked(&first)).unwrap(), json!({"児童手当": ["認定請求書"]}));
    assert_eq!(delete(&first).unwrap(), State::default());
    // Without a key they last as long as the run.
    keys.shut(true);
    assert_eq!(tick(&first, "a", "b", true).unwrap().locked, Some(Locked::NoKey));
    assert_eq!(ticked(&first).len(), 1);
    keys.shut(false);
    assert_eq!(state(&phone(folder.path(), keys)).unwrap(), State::default());
}

#[test]
fn what_is_ticked_has_a_size() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path(), MemoryKeys::default());
    let long = "あ".repeat(2001);
    for (program, document) in [("", "b"), ("a", ""), (long.as_str(), "b"), ("a", long.as_str())] {
        assert_eq!(tick(&phone, program, document, true).unwrap_err().code(), "bad-fact");
    }
    // What is not there can be unticked.
    assert_eq!(tick(&phone, "a", "b", false).unwrap().kept, Some(Kept::default()));
}

#[test]
fn a_household_of_a_version_without_checklists_is_read() {
    let old = json!({"household": {"household": {}, "people": []}, "declined": [], "received": ["児童手当"]});
    let kept: Kept = serde_json::from_value(old.clone()).unwrap();
    assert_eq!((kept.documents.len(), serde_json::to_value(&kept).unwrap()), (0, old));
}
