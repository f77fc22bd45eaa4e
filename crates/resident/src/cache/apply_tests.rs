use madoguchi_bundle::encoding::sha256;
use madoguchi_model::{CollectionHeader, FORMAT};
use serde_json::{Value, json};

use super::super::tests::town;
use super::*;
use crate::OpenTown;
use crate::edges::FolderHome;
use crate::private::JoinedTown;

/// A collection of the department `koho` as raw bytes.
pub(crate) fn raw(kind: CollectionKind, records: &[Value]) -> Vec<u8> {
    let header = CollectionHeader {
        collection: kind,
        format: FORMAT,
        town: town(),
        department: "koho".into(),
        sources: Vec::new(),
    };
    collection::write(&header, records).unwrap()
}

/// Swaps in the whole of what a town has.
pub(crate) fn swap_in(cache: &Cache, collections: &[(CollectionKind, Vec<Value>)]) -> Applied {
    let raws: Vec<(String, Vec<u8>, String)> = collections
        .iter()
        .map(|(kind, records)| {
            let raw = raw(*kind, records);
            let hash = sha256(&raw);
            (kind.target_path("koho"), raw, hash)
        })
        .collect();
    let incoming: Vec<Incoming<'_>> =
        raws.iter().map(|(path, raw, hash)| Incoming::read(&town(), path, hash, raw, b"").unwrap()).collect();
    let listed = raws.iter().map(|(path, _, hash)| (path.clone(), hash.clone())).collect();
    let facts = cache.facts().unwrap();
    let now = Timestamp::from_second(1_795_000_000 + facts.generation).unwrap();
    cache.apply(&Change { incoming: &incoming, listed: &listed, facts, now }).unwrap()
}

/// A joined town with this content, in a folder that lives as long as the test.
pub(crate) fn open_with(collections: &[(CollectionKind, Vec<Value>)]) -> (tempfile::TempDir, OpenTown) {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(&FolderHome::new(folder.path()), &town()).unwrap();
    swap_in(&cache, collections);
    let town = JoinedTown {
        code: town(),
        name: "焼津市".into(),
        url: "https://example.jp/222127/".into(),
        root_sha256: String::new(),
        joined_at: Timestamp::UNIX_EPOCH,
        in_use: true,
    };
    (folder, OpenTown { town, cache })
}

fn notice(id: &str, title: &str, day: u8) -> Value {
    json!({"id": id, "segments": ["living"], "published_at": format!("2026-11-{day:02}T00:00:00Z"), "title": title})
}

fn rows(cache: &Cache, sql: &str) -> Vec<String> {
    let mut statement = cache.connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(std::result::Result::unwrap).collect()
}

fn found(cache: &Cache, word: &str) -> Vec<String> {
    rows(
        cache,
        &format!(
            "SELECT n.id FROM notices_words w JOIN notices n ON n.seq = w.rowid
             WHERE notices_words MATCH '\"{word}\"' ORDER BY w.rowid DESC"
        ),
    )
}

const NOTICES: CollectionKind = CollectionKind::Notices;

#[test]
fn only_what_changed_is_written_and_the_index_follows() {
    let (_folder, cache) = super::super::tests::cache();
    let first = swap_in(
        &cache,
        &[(NOTICES, vec![notice("a", "断水", 1), notice("b", "図書", 2), notice("c", "選挙", 3)])],
    );
    assert_eq!(first.changed, [(NOTICES, 3)].into());
    cache.connection.execute("UPDATE notices SET folded = 'untouched' WHERE id = 'b'", []).unwrap();

    let second = swap_in(
        &cache,
        &[(NOTICES, vec![notice("a", "断水 終了", 1), notice("b", "図書", 2), notice("d", "断水", 1)])],
    );
    assert_eq!(second.changed, [(NOTICES, 3)].into());
    assert_eq!(rows(&cache, "SELECT folded FROM notices WHERE id = 'b'"), ["untouched"]);
    assert_eq!(found(&cache, "断水"), ["d", "a"]);
    assert!(found(&cache, "選挙").is_empty());
    assert_eq!(
        swap_in(
            &cache,
            &[(NOTICES, vec![notice("a", "断水 終了", 1), notice("b", "図書", 2), notice("d", "断水", 1)])]
        )
        .changed,
        [].into()
    );
}

#[test]
fn the_words_that_changed_are_kept() {
    let (_folder, cache) = super::super::tests::cache();
    for title in ["一", "二", "二", "三"] {
        swap_in(&cache, &[(NOTICES, vec![notice("a", title, 1)])]);
    }
    let kept = rows(&cache, "SELECT line ->> 'title' FROM notice_history ORDER BY seen_at");
    assert_eq!(kept, ["一", "二"]);
}

#[test]
fn a_changed_date_moves_a_notice() {
    let (_folder, cache) = super::super::tests::cache();
    swap_in(&cache, &[(NOTICES, vec![notice("a", "断水", 1), notice("b", "断水", 2)])]);
    swap_in(&cache, &[(NOTICES, vec![notice("a", "断水", 3), notice("b", "断水", 2)])]);
    assert_eq!(found(&cache, "断水"), ["a", "b"]);
}

#[test]
fn a_record_that_cannot_be_read_does_not_keep_the_others_away() {
    let (_folder, cache) = super::super::tests::cache();
    let records = vec![notice("a", "断水", 1), json!({"id": "b", "shape": "new"}), json!({"no": "id"})];
    let applied = swap_in(&cache, &[(NOTICES, records)]);
    assert_eq!((applied.skipped, found(&cache, "断水").len()), (2, 1));
}

#[test]
fn two_offices_may_use_the_same_id() {
    let (_folder, cache) = super::super::tests::cache();
    swap_in(&cache, &[(NOTICES, vec![notice("a", "断水", 1)])]);
    let site = |valid_for: &[&str]| {
        vec![
            json!({"id": "a", "kind": "emergency-site", "name": "市役所", "position": {"lat": 34.8, "lon": 138.3},
            "valid_for": valid_for}),
        ]
    };
    let count = |table: &str| -> i64 {
        cache.connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    for valid_for in [vec!["flood", "fire", "fire"], vec!["fire"], vec!["tsunami", "fire"]] {
        swap_in(
            &cache,
            &[(NOTICES, vec![notice("a", "断水", 1)]), (CollectionKind::Places, site(&valid_for))],
        );
        assert_eq!(rows(&cache, "SELECT id FROM places"), ["a"]);
        let dangers = valid_for.iter().collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!(count("sites_at"), i64::try_from(dangers).unwrap());
    }
    // And a collection that is listed no more goes with all that belongs to it.
    swap_in(&cache, &[(NOTICES, vec![notice("a", "断水", 1)])]);
    assert!(rows(&cache, "SELECT id FROM places").is_empty());
    assert_eq!((count("places_at"), count("sites_at")), (0, 0));
}

#[test]
fn a_slower_sync_gives_way_and_changes_nothing() {
    let (_folder, cache) = super::super::tests::cache();
    let began = cache.facts().unwrap();
    swap_in(&cache, &[(NOTICES, vec![notice("a", "新しい", 1)])]);
    let listed = BTreeMap::new();
    let late = Change { incoming: &[], listed: &listed, facts: began, now: Timestamp::UNIX_EPOCH };
    assert!(matches!(cache.apply(&late), Err(CacheError::Busy)));
    assert_eq!(rows(&cache, "SELECT id FROM notices"), ["a"]);
}

#[test]
fn content_of_another_town_or_under_anothers_name_is_refused() {
    let read =
        |path: &str, raw: &[u8]| Incoming::read(&town(), path, "", raw, b"").map(|_| ()).unwrap_err().code();
    let mine = raw(NOTICES, &[]);
    assert_eq!(read("places/koho.jsonl.zst", &mine), "mixed");
    assert_eq!(read("notices/bosai.jsonl.zst", &mine), "mixed");
    let other = String::from_utf8(mine).unwrap().replace("222127", "122319");
    assert_eq!(read("notices/koho.jsonl.zst", other.as_bytes()), "other-town");
    let record = raw(CollectionKind::Town, &[json!({"code": "122319", "name": "印西市"})]);
    assert_eq!(read("town/koho.jsonl.zst", &record), "other-town");
    assert_eq!(read("notices/koho.jsonl.zst", b"<html>"), "format");
}
