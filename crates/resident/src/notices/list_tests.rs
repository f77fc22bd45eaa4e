use madoguchi_model::{CollectionKind, fold};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::cache::tests as support;
use crate::notices::{Marking, choose_segments, mark};
use crate::search::index_bytes;
use crate::sync::testing::phone_at;

struct Town {
    _folder: tempfile::TempDir,
    phone: Phone,
    open: OpenTown,
}

fn town_with(notices: Vec<Value>) -> Town {
    let (folder, open) = support::open_with(&[(CollectionKind::Notices, notices)]);
    let phone = phone_at(folder.path(), "2026-11-21T03:00:00Z".parse().unwrap());
    phone.private().add_town(&open.town, b"root").unwrap();
    Town { _folder: folder, phone, open }
}

fn notice(id: &str, day: i64, segment: &str, title: &str, body: &str) -> Value {
    let at = jiff::Timestamp::from_second(1_790_000_000 + day * 86_400).unwrap();
    json!({"id": id, "segments": [segment], "published_at": at, "title": title,
        "body": [{"t": "paragraph", "text": [{"t": "text", "text": body}]}]})
}

impl Town {
    fn ids(&self, wanted: &ListNotices) -> Vec<String> {
        let list = list(&self.phone, &self.open, wanted).unwrap();
        list.rows.into_iter().map(|row| row.id).collect()
    }
}

fn all() -> ListNotices {
    ListNotices { limit: 1000, ..Default::default() }
}

/// Pieces that make overlapping words, and what a phone's keyboard makes of them.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "断水",
        "水",
        "断",
        "情報",
        "情",
        "ﾐｽﾞ",
        "ミズ",
        "10:00",
        "1",
        "0",
        ":",
        "e-mail",
        "E",
        "mail",
        "。",
        "、",
        " ",
        "　",
        "\n",
        "\"",
        "*",
        "(",
        "AND",
        "𠮷",
        "が",
        "か\u{3099}",
        "①",
        "㎡",
        "-",
        "ー",
        "Ⅳ",
        "\u{a8}",
        "'",
        "\u{1}",
        "\\",
        "~",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn search_finds_what_a_plain_scan_finds_in_the_same_order(
        texts in prop::collection::vec((prop::collection::vec(piece(), 0..12), 0i64..5), 1..25),
        queries in prop::collection::vec(prop::collection::vec(piece(), 1..5), 1..12),
        limit in 1usize..30,
    ) {
        let notices: Vec<Value> = texts.iter().enumerate()
            .map(|(i, (text, day))| notice(&format!("{i:03}"), *day, "living", "", &text.concat()))
            .collect();
        let town = town_with(notices);
        let newest_first = town.ids(&all());
        for query in queries {
            let query = query.concat();
            let words: Vec<String> = fold(&query).split_whitespace().map(Into::into).collect();
            let scan: Vec<String> = newest_first
                .iter()
                .filter(|id| {
                    let text = fold(&texts[id.parse::<usize>().unwrap()].0.concat());
                    words.iter().all(|word| text.contains(word))
                })
                .take(limit)
                .cloned()
                .collect();
            let found = town.ids(&ListNotices { search: Some(query.clone()), limit, ..Default::default() });
            prop_assert_eq!(found, scan, "{:?}", query);
        }
    }
}

#[test]
fn the_newest_come_first_and_more_is_told() {
    let town = town_with(vec![
        notice("old", 1, "living", "古い", ""),
        notice("new", 3, "living", "新しい", ""),
        notice("mid", 2, "living", "中", ""),
    ]);
    assert_eq!(town.ids(&all()), ["new", "mid", "old"]);
    let two = list(&town.phone, &town.open, &ListNotices { limit: 2, ..Default::default() }).unwrap();
    assert_eq!((two.rows.len(), two.more), (2, true));
    assert!(!list(&town.phone, &town.open, &all()).unwrap().more);
}

#[test]
fn the_choice_of_segments_leaves_out_all_but_what_is_urgent_and_never_what_is_looked_for() {
    let mut urgent = notice("urgent", 4, "town", "断水", "");
    urgent["urgent"] = true.into();
    let town = town_with(vec![
        urgent,
        notice("tax", 3, "living.tax", "税", ""),
        notice("family", 2, "family", "子育て", ""),
        notice("gone", 1, "senior", "高齢", ""),
    ]);
    choose_segments(&town.phone, &town.open, &[Segment::Living]).unwrap();
    assert_eq!(town.ids(&all()), ["urgent", "tax"]);
    assert_eq!(list(&town.phone, &town.open, &all()).unwrap().left_out, 2);
    assert_eq!(town.ids(&ListNotices { hidden: true, ..all() }), ["family", "gone"]);
    assert_eq!(town.ids(&ListNotices { segments: vec![Segment::Family], ..all() }), ["family"]);
    assert_eq!(town.ids(&ListNotices { search: Some("高齢".into()), ..all() }), ["gone"]);
    choose_segments(&town.phone, &town.open, &[]).unwrap();
    assert_eq!(town.ids(&all()).len(), 4);
    assert!(town.ids(&ListNotices { hidden: true, ..all() }).is_empty());
}

#[test]
fn read_saved_and_search_combine_and_the_saved_outlive_their_time() {
    let mut over = notice("over", 1, "living", "断水 終了", "");
    over["expires_at"] = "2026-11-01T00:00:00Z".into();
    let town = town_with(vec![
        over,
        notice("a", 2, "living", "断水", ""),
        notice("b", 3, "living", "断水 訓練", ""),
        notice("c", 4, "living", "図書館", ""),
    ]);
    for (id, marking) in
        [("a", Marking::Read), ("b", Marking::Saved), ("over", Marking::Saved), ("c", Marking::Read)]
    {
        mark(&town.phone, &town.open, id, marking).unwrap();
    }
    assert_eq!(town.ids(&all()), ["c", "b", "a"]);
    assert_eq!(town.ids(&ListNotices { all: true, ..all() }).len(), 4);
    assert_eq!(town.ids(&ListNotices { unread: true, ..all() }), ["b"]);
    assert_eq!(town.ids(&ListNotices { saved: true, ..all() }), ["b", "over"]);
    let search = Some("断水".to_string());
    assert_eq!(town.ids(&ListNotices { search: search.clone(), ..all() }), ["b", "a"]);
    assert_eq!(town.ids(&ListNotices { search: search.clone(), saved: true, ..all() }), ["b", "over"]);
    assert_eq!(town.ids(&ListNotices { search, unread: true, saved: true, ..all() }), ["b", "over"]);
    mark(&town.phone, &town.open, "c", Marking::Unread).unwrap();
    assert_eq!(town.ids(&ListNotices { unread: true, ..all() }), ["c", "b"]);
    assert_eq!(mark(&town.phone, &town.open, "x", Marking::Read).unwrap_err().code(), "no-notice");
}

#[test]
fn translations_are_searched_too() {
    let mut notice = notice("a", 1, "living", "断水", "");
    notice["translations"] = json!({"en": {"title": "Water OUTAGE"}});
    let town = town_with(vec![notice]);
    assert_eq!(town.ids(&ListNotices { search: Some("outage".into()), ..all() }), ["a"]);
}

#[test]
fn the_index_is_not_much_larger_than_the_text() {
    let bulletin = [
        "厚木中央公園で緑のまつりを開きます。",
        "申込みは公園緑地課へ。",
        "定員は各回10人、費用は500円です。",
    ];
    let notices = (0..400)
        .map(|i| {
            let body: String =
                (0..30).map(|n| format!("{}{}", bulletin[(i + n) % 3], (i * 7 + n) % 97)).collect();
            notice(&format!("{i}"), i as i64, "living", "緑のまつり", &body)
        })
        .collect();
    let town = town_with(notices);
    let bytes = index_bytes(town.open.cache.connection()).unwrap();
    assert!(bytes.index > 0 && bytes.index * 2 < bytes.text * 3, "{bytes:?}");
}
