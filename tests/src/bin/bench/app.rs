//! The app in its window: how long until the first notices are on the screen, how it scrolls, how much code it loads.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use madoguchi_tests::{Phone, Screen, TestTown, Window, repository};
use serde_json::{Value, json};

use crate::stats::round;

const NOTICES: usize = 5000;
const STARTS: usize = 5;
/// Pixels from one frame to the next: a hard flick.
const FLICK: usize = 900;

pub fn run() -> Value {
    let app = PathBuf::from(std::env::var_os("MADOGUCHI_APP").expect("MADOGUCHI_APP names a release build"));
    let sample = TestTown::empty();
    madoguchi_tests::copy_folder(&repository().join("towns/mihon"), &sample.dir());
    sample.init("992011", "見本市");
    let usual = joined(&sample);
    let screen = Screen::start();
    // Once before it counts: what is made at the very first start is made.
    drop(first_notices(&app, &screen, &usual));
    let dropped = drop_caches();
    let (cold, _) = first_notices(&app, &screen, &usual);
    let mut starts = Vec::new();
    let mut reloads = Vec::new();
    for _ in 0..STARTS {
        let (ms, window) = first_notices(&app, &screen, &usual);
        starts.push(ms);
        window.script("location.reload()");
        reloads.push(since_navigation(&window));
    }
    json!({
        "bench": "app",
        "first_notices": {
            "cold_ms": cold, "disk_caches_dropped": dropped, "limit_ms": 1000, "ratio": round(cold / 1000.0),
            "what": "from the start of the process until the first screen with notices is drawn",
        },
        "warm": {
            "start_ms": median(&mut starts), "reload_ms": median(&mut reloads), "runs": STARTS, "limit_ms": 300,
            "what": "start: a new process, files in memory; reload: the page anew in the running app, as when a phone \
                     had put it away",
        },
        "scroll": scroll(&app, &screen),
        "first_load": first_load(),
    })
}

fn joined(town: &TestTown) -> Phone {
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    phone
}

/// Opens the app, and measures from the start of its process to the frame after the first notices were put on the page.
fn first_notices(app: &Path, screen: &Screen, phone: &Phone) -> (f64, Window) {
    let window = Window::open(app, screen, phone.home());
    let at = drawn_at(&window);
    (round(at - started_at(app)), window)
}

fn drawn_at(window: &Window) -> f64 {
    let mark = "const [mark] = performance.getEntriesByName('first-screen'); \
                return mark ? performance.timeOrigin + mark.startTime : null";
    let at = window.wait_for(mark).as_f64().expect("a moment");
    assert!(window.text().contains("お知らせ"), "there are notices on the first screen");
    at
}

fn since_navigation(window: &Window) -> f64 {
    window.wait_for("return performance.getEntriesByName('first-screen').length > 0 && document.readyState === 'complete'");
    window
        .script("return performance.getEntriesByName('first-screen')[0].startTime")
        .as_f64()
        .expect("a time")
}

/// When the app's process began, in milliseconds since 1970 (procfs: ticks of 10 ms since the machine started).
fn started_at(app: &Path) -> f64 {
    let name = app.file_name().expect("a name");
    let of_app =
        |pid: &str| fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe.file_name() == Some(name));
    let entries = fs::read_dir("/proc").expect("procfs").flatten();
    let pid =
        entries.filter_map(|e| e.file_name().into_string().ok()).find(|pid| of_app(pid)).expect("it runs");
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("its state");
    let after_name = stat.rsplit(')').next().expect("fields");
    let ticks: f64 = after_name.split_whitespace().nth(19).and_then(|t| t.parse().ok()).expect("its start");
    let uptime = fs::read_to_string("/proc/uptime").expect("uptime");
    let up: f64 = uptime.split(' ').next().and_then(|t| t.parse().ok()).expect("seconds");
    let now = jiff::Timestamp::now().as_millisecond() as f64;
    now - up * 1000.0 + ticks * 10.0
}

/// Lets the next start read everything from disk, where this machine allows it.
fn drop_caches() -> bool {
    let _ = Command::new("sync").status();
    fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}

/// Through the whole list, as fast as frames come.
fn scroll(app: &Path, screen: &Screen) -> Value {
    let town = TestTown::new("222127", "焼津市");
    let mut csv = String::from("id,title,body,segment,published_at,department\n");
    for i in 0..NOTICES {
        let date = jiff::civil::date(2020, 1, 1) + jiff::Span::new().days((i / 2) as i64);
        let long = if i % 7 == 0 {
            "長い題の、二行にも三行にもなるお知らせです。"
        } else {
            ""
        };
        csv.push_str(&format!("n{i},お知らせ {i} {long},本文 {i},暮らし,{date},広報課\n"));
    }
    town.write("notices.csv", csv);
    let window = Window::open(app, screen, joined(&town).home());
    window.wait_for("return document.querySelector('main') !== null");
    window.script("location.hash = '#/notices'");
    window.wait_for("return document.querySelectorAll('main a[href^=\"#/notices/n\"]').length > 3");
    let figures = window.script_later(&format!(
        "const done = arguments[0]; const frames = []; let last = performance.now(); let still = 0; let rows = 0;
         const end = last + 25000;
         const frame = (now) => {{
           frames.push(now - last); last = now;
           rows = Math.max(rows, document.querySelectorAll('main a[href^=\"#/notices/n\"]').length);
           const before = scrollY; scrollBy(0, {FLICK});
           still = scrollY === before ? still + 1 : 0;
           if (still < 20 && now < end) requestAnimationFrame(frame);
           else {{ frames.sort((a, b) => a - b); done({{ frames: frames.length, rows_in_page: rows, scrolled_px: Math.round(scrollY),
             median_ms: frames[frames.length >> 1], p99_ms: frames[Math.floor(frames.length * 0.99)],
             longest_ms: frames[frames.length - 1], over_50_ms: frames.filter((ms) => ms > 50).length }}); }}
         }};
         requestAnimationFrame((now) => {{ last = now; requestAnimationFrame(frame); }});"
    ));
    json!({"notices": NOTICES, "figures": figures, "limit_ms": 50})
}

/// What is loaded before the first screen, packed with gzip.
fn first_load() -> Value {
    let script = repository().join("ui/scripts/first-load.mjs");
    let output = Command::new("node").arg(script).output().expect("node");
    let mut said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    said["limit_bytes"] = json!(80 * 1024);
    said
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    round(values[values.len() / 2])
}
