//! Search over 50,000 notices beside a plain scan of the same texts.

use std::fs;

use madoguchi_resident::edges::{FolderHome, SystemClock};
use madoguchi_resident::notices::{ListNotices, list};
use madoguchi_resident::search::index_bytes;
use madoguchi_tests::{Phone, TestTown, shared};
use serde_json::{Value, json};

use crate::stats::{round, timed};

const COUNT: usize = 50_000;
const WORDS: &[&str] = &[
    "水",
    "税",
    "断水",
    "相談",
    "健診",
    "ｽﾎﾟｰﾂ",
    "予防接種",
    "10時30分",
    "市立病院 相談",
    "見つからない言葉",
];

pub fn run() -> Value {
    let file = shared("notices/koho_142123.jsonl").expect("the real articles");
    let articles: Vec<Value> = fs::read_to_string(file)
        .expect("a file")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let mut csv = String::from("id,title,body,segment,published_at,department\n");
    for i in 0..COUNT {
        let article = &articles[i * 7919 % articles.len()];
        let text = |key: &str| article[key].as_str().unwrap_or_default().replace('"', "\"\"");
        let (day, minute) = (i % 3650, i % 1440);
        let date = jiff::civil::date(2016, 11, 1) + jiff::Span::new().days(day as i64);
        let time = format!("{:02}:{:02}", minute / 60, minute % 60);
        // Each differs from its siblings, as real notices do.
        csv.push_str(&format!(
            "n{i},\"{} {i}\",\"{}\n第{i}号\",暮らし,{date} {time},広報課\n",
            text("title"),
            text("body")
        ));
    }
    let town = TestTown::new("142123", "厚木市");
    town.write("notices.csv", csv);
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    let resident =
        madoguchi_resident::Phone::open(Box::new(FolderHome::new(phone.home())), Box::new(SystemClock))
            .expect("the phone opens");
    let mut words = Vec::new();
    let sizes = resident
        .with_town(None, |open| {
            let mut scan = open.cache.connection().prepare("SELECT id, folded FROM notices").expect("a scan");
            for word in WORDS {
                let wanted = |limit| ListNotices {
                    search: Some((*word).into()),
                    limit,
                    all: true,
                    ..ListNotices::default()
                };
                let (newest, fast) = timed(30, || list(&resident, open, &wanted(20)).expect("a list"));
                let found = list(&resident, open, &wanted(COUNT)).expect("a list");
                let parts: Vec<String> = word.split_whitespace().map(madoguchi_model::fold).collect();
                let mut plain = Vec::new();
                let (scanned, slow) = timed(3, || {
                    let rows =
                        scan.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
                    plain = rows
                        .expect("rows")
                        .flatten()
                        .filter(|(_, text)| parts.iter().all(|p| text.contains(p.as_str())))
                        .map(|(id, _)| id)
                        .collect();
                });
                let mut ids: Vec<String> = found.rows.iter().map(|n| n.id.clone()).collect();
                ids.sort();
                plain.sort();
                words.push(json!({"word": word, "newest_20": newest, "limit_ms": 10, "plain_scan": scanned,
                    "ratio": round(fast / slow), "found": ids.len(), "equal_to_plain_scan": ids == plain}));
            }
            Ok(index_bytes(open.cache.connection()).expect("sizes"))
        })
        .expect("the town");
    json!({"bench": "search", "notices": COUNT, "words": words, "index_bytes": sizes.index, "text_bytes": sizes.text,
        "index_to_text": round(sizes.index as f64 / sizes.text as f64), "limit_index_to_text": 1.5})
}
