//! What a sync costs: first, after a change of 1 %, and when nothing changed.

use std::fs;
use std::time::{Duration, Instant};

use madoguchi_tests::{Phone, TestTown, shared};
use serde_json::{Value, json};

use crate::stats::round;

const HEAD: &str = "id,title,body,segment,published_at,department\n";

/// About 5 MB of notices by five departments.
fn notices(changed: bool) -> String {
    let file = shared("notices/koho_142123.jsonl").expect("the real articles");
    let texts: Vec<String> = fs::read_to_string(file)
        .expect("a file")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["body"].as_str().unwrap_or_default().into()
        })
        .collect();
    let names = ["広報課", "防災課", "こども課", "福祉課", "環境課"];
    let (mut csv, mut bytes) = (String::from(HEAD), 0);
    for i in 0.. {
        let text = texts[i % texts.len()].replace('"', "\"\"");
        let more = if changed && i % 101 == 0 {
            format!("\n\n日時を{}日に変えました。", i % 28 + 1)
        } else {
            String::new()
        };
        bytes += text.len();
        csv.push_str(&format!(
            "n{i:05},お知らせ その{i},\"{text}{more}\",暮らし,2026-10-{:02},{}\n",
            i % 30 + 1,
            names[i % 5]
        ));
        if bytes > 5_000_000 {
            break;
        }
    }
    csv
}

pub fn run() -> Value {
    let town = TestTown::new("222127", "焼津市");
    for (id, name) in [("kosodate", "こども課"), ("fukushi", "福祉課"), ("kankyo", "環境課")] {
        town.key("add-department", &[id, "--name", name]).expect_success();
    }
    let yaizu = shared("towns/yaizu_222127").expect("the real town");
    for file in fs::read_dir(yaizu).expect("a folder").flatten() {
        town.write(file.file_name().to_str().expect("a name"), fs::read(file.path()).expect("a file"));
    }
    town.write("notices.csv", notices(false));
    let started = Instant::now();
    town.publish(&[]);
    let publish = started.elapsed();
    let full: u64 = fs::read_dir(town.public().join("targets/notices"))
        .expect("targets")
        .flatten()
        .map(|file| file.metadata().map(|meta| meta.len()).unwrap_or(0))
        .sum();
    let server = town.serve();
    let phone = Phone::new();
    let timed = |words: &[&str]| {
        let started = Instant::now();
        let value = phone.run(words);
        (value, round(started.elapsed().as_secs_f64() * 1000.0))
    };
    let root = town.root();
    let (first, first_ms) = timed(&["join", &server.url, "--root", root.to_str().expect("a path")]);
    town.write("notices.csv", notices(true));
    town.publish(&[]);
    std::thread::sleep(Duration::from_millis(1500));
    let (second, second_ms) = timed(&["sync"]);
    let (third, third_ms) = timed(&["sync"]);
    let bytes = |sync: &Value| sync["bytes"].as_u64().unwrap_or(0);
    json!({
        "bench": "sync",
        "town": "5 MB of notices by five departments, and all of 焼津's files",
        "publish_ms": round(publish.as_secs_f64() * 1000.0),
        "first": {"ms": first_ms, "sync": first["sync"]},
        "one_percent_changed": {"ms": second_ms, "bytes": bytes(&second), "limit_bytes": 10_000, "requests": second["requests"],
            "ratio_to_full_notices": round(bytes(&second) as f64 / full as f64)},
        "nothing_changed": {"ms": third_ms, "bytes": bytes(&third), "limit_bytes": 1000, "requests": third["requests"], "limit_requests": 2},
    })
}
