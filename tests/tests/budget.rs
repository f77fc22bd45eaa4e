//! What a day costs a resident: bytes over the wire.

use std::fs;

use madoguchi_tests::{Phone, TestTown, shared};

const DEPARTMENTS: [(&str, &str); 5] = [
    ("koho", "広報課"),
    ("bosai", "防災課"),
    ("kosodate", "こども課"),
    ("fukushi", "福祉課"),
    ("kankyo", "環境課"),
];

/// About 5 MB of notices; with `changed`, every hundredth (and one, so that each department has its share) says something else.
fn notices(changed: bool) -> String {
    let texts: Vec<String> = match shared("notices/koho_142123.jsonl") {
        Some(file) => fs::read_to_string(file)
            .unwrap()
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["body"].as_str().unwrap().to_string()
            })
            .collect(),
        None => (0..800)
            .map(|i| format!("第{i}回の催しのお知らせです。\n日時：{}日\n", i % 28 + 1).repeat(12))
            .collect(),
    };
    let mut csv = String::from("id,title,body,segment,published_at,department\n");
    let mut bytes = 0;
    for i in 0.. {
        let text = texts[i % texts.len()].replace('"', "\"\"");
        let body = if changed && i % 101 == 0 {
            format!("{text}\n\n日時を{}日に変えました。", i % 28 + 1)
        } else {
            text
        };
        bytes += body.len();
        let (_, department) = DEPARTMENTS[i % 5];
        csv.push_str(&format!(
            "n{i:05},お知らせ その{i},\"{body}\",暮らし,2026-10-{:02},{department}\n",
            i % 30 + 1
        ));
        if bytes > 5_000_000 {
            return csv;
        }
    }
    unreachable!()
}

#[test]
fn one_percent_of_five_megabytes_travels_in_ten_kilobytes() {
    let town = TestTown::new("222127", "焼津市");
    for (id, name) in &DEPARTMENTS[2..] {
        town.key("add-department", &[id, "--name", name]).expect_success();
    }
    if let Some(data) = shared("towns/yaizu_222127") {
        for file in fs::read_dir(data).unwrap().flatten() {
            town.write(file.file_name().to_str().unwrap(), fs::read(file.path()).unwrap());
        }
    }
    town.write("notices.csv", notices(false));
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    let first = phone.join(&server.url, &town.root());
    town.write("notices.csv", notices(true));
    town.publish(&[]);
    // The server looks at a file once a second.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let second = phone.run(&["sync"]);
    let bytes = second["bytes"].as_u64().unwrap();
    eprintln!("first: {first}\nsecond: {second}");
    assert!(second["changed"]["notices"].as_u64().unwrap() > 10, "{second}");
    assert!(bytes <= 10_000, "{bytes} bytes");
    let third = phone.run(&["sync"]);
    assert!(third["requests"].as_u64().unwrap() <= 2 && third["bytes"].as_u64().unwrap() <= 1000, "{third}");
    let changed = phone.run(&["notice", "n00101"]);
    assert!(changed.to_string().contains("日に変えました"), "{changed}");
}
