//! Any text as Markdown, HTML, plain text and feed: closed blocks, and no link but https, tel and mailto.
#![no_main]

use libfuzzer_sys::fuzz_target;
use madoguchi_publisher::blocks;
use madoguchi_publisher::notices::feed;
use madoguchi_publisher::settings::{Feed, Settings};

const TOWN: &str = "code = \"222127\"\nname = { ja = \"焼津市\" }\n[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }\n";

fuzz_target!(|bytes: &[u8]| {
    let settings = Settings::parse(TOWN).expect("a town");
    let plain = Feed { url: None, file: Some("f.xml".into()), segment: None, department: None };
    let (report, records) = feed::import("f.xml", bytes, &plain, &settings);
    assert!(records.notices.len() <= report.rows);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let all = [blocks::from_html(text), blocks::from_plain(text)];
    for converted in all.into_iter().flatten() {
        let json = serde_json::to_string(&converted.blocks).expect("JSON");
        assert!(!json.contains("\"href\":\"javascript"), "{json}");
    }
});
