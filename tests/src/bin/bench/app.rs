//! The app in its window: how long until the first notices are on the screen, how it scrolls, how much code it loads. Each
//! figure stands beside that of a window that holds nothing, on the same screen in the same run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use madoguchi_tests::{Phone, Screen, TestTown, Window, repository};
use serde_json::{Value, json};

use crate::empty::Empty;
use crate::stats::round;

const NOTICES: usize = 5000;
const STARTS: usize = 5;
const COLD_STARTS: usize = 3;
/// Pixels from one frame to the next: a hard flick, 14,400 px a second on a screen of 60 Hz.
const FLICK: usize = 240;
/// The first loads of a page also warm up what compiles scripts.
const RELOADS: usize = 4;

pub fn run() -> Value {
    let app = PathBuf::from(std::env::var_os("MADOGUCHI_APP").expect("MADOGUCHI_APP names a release build"));
    let sample = TestTown::empty();
    madoguchi_tests::copy_folder(&repository().join("towns/mihon"), &sample.dir());
    sample.init("992011", "見本市");
    let usual = joined(&sample);
    let screen = Screen::start();
    let empty = Empty::build();
    // Once before it counts: what is made at the very first start is made.
    drop(first_notices(&app, &screen, &usual));
    empty.start(&screen, 0);

    let (mut cold, mut cold_empty, mut dropped) = (Vec::new(), Vec::new(), true);
    for _ in 0..COLD_STARTS {
        dropped &= drop_caches();
        cold_empty.push(empty.start(&screen, 0).0);
        dropped &= drop_caches();
        cold.push(first_notices(&app, &screen, &usual).0);
    }
    let (mut starts, mut starts_empty) = (Vec::new(), Vec::new());
    let (mut reloads, mut reloads_empty) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (start, again) = empty.start(&screen, RELOADS);
        starts_empty.push(start);
        reloads_empty.extend(again);
        let (start, window) = first_notices(&app, &screen, &usual);
        starts.push(start);
        reloads.extend((0..RELOADS).map(|_| reload(&window)));
    }
    json!({
        "bench": "app",
        "cold": {
            "first_notices": beside(&mut starts, &mut starts_empty, 1000.0),
            "what": "a new process, nothing of the app in memory: from its start until the first screen with notices is drawn",
            // No app can be sooner than an empty window; where that one takes a second, nothing is left to be measured.
            "after_boot": beside(&mut cold, &mut cold_empty, 1000.0), "disk_caches_dropped": dropped,
        },
        "warm": {
            "first_notices": beside(&mut reloads, &mut reloads_empty, 300.0),
            "what": "the page anew in the running app, as when a phone had put it away",
        },
        "scroll": scroll(&app, &screen, &empty),
        "first_load": first_load(),
    })
}

/// Medians of the app and of the empty window, and what of the app's time is not the empty window's.
fn beside(app: &mut [f64], empty: &mut [f64], limit: f64) -> Value {
    let (ms, empty_ms) = (median(app), median(empty));
    json!({
        "ms": ms, "least_ms": round(app[0]), "runs": app.len(), "limit_ms": limit, "ratio_to_limit": round(ms / limit),
        "empty_window_ms": empty_ms, "ours_ms": round(ms - empty_ms),
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
    (round(at - started_at(window.process())), window)
}

fn drawn_at(window: &Window) -> f64 {
    let mark = "const [mark] = performance.getEntriesByName('first-screen'); \
                return mark ? performance.timeOrigin + mark.startTime : null";
    let at = window.wait_for(mark).as_f64().expect("a moment");
    assert!(window.text().contains("お知らせ"), "there are notices on the first screen");
    at
}

/// From the beginning of a reload until the first screen is drawn.
fn reload(window: &Window) -> f64 {
    // The page that goes away has its marks until it is gone.
    window.script("document.documentElement.dataset.before = ''; location.reload()");
    let mark = "const [mark] = performance.getEntriesByName('first-screen'); \
                return mark && !('before' in document.documentElement.dataset) ? mark.startTime : null";
    window.wait_for(mark).as_f64().expect("a time")
}

/// When a process began, in milliseconds since 1970 (procfs: ticks of 10 ms since the machine started).
fn started_at(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("its state");
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

/// Through the whole list, a flick in each frame. The peer: as many rows of plain text, all of them there from the start.
fn scroll(app: &Path, screen: &Screen, empty: &Empty) -> Value {
    let town = TestTown::new("222127", "焼津市");
    let mut csv = String::from("id,title,body,segment,published_at,department\n");
    let mut plain = String::new();
    for i in 0..NOTICES {
        let date = jiff::civil::date(2020, 1, 1) + jiff::Span::new().days((i / 2) as i64);
        let long = if i % 7 == 0 {
            "長い題の、二行にも三行にもなるお知らせです。"
        } else {
            ""
        };
        csv.push_str(&format!("n{i},お知らせ {i} {long},本文 {i},暮らし,{date},広報課\n"));
        plain.push_str(&format!("<p>お知らせ {i} {long}<br>広報課</p>"));
    }
    town.write("notices.csv", csv);
    let phone = joined(&town);
    let window = Window::open(app, screen, phone.home());
    window.wait_for("return performance.getEntriesByName('first-screen').length > 0");
    window.script("location.hash = '#/notices'");
    window.wait_for("return document.querySelectorAll('main a[href^=\"#/notices/n\"]').length > 3");
    let flicks = flicks();
    let figures =
        window.script_later(&format!("const done = arguments[0]; setTimeout(() => {{ {flicks} }}, 1000)"));
    drop(window);
    let style = "p { height: 90px; margin: 0; border-bottom: 1px solid } \
        div { position: fixed; inset: auto 0 0; height: 60px; background: white }";
    let page = format!(
        "<!doctype html><meta charset='utf-8'><title>-</title><style>{style}</style>{plain}<div>きょう</div><script>\
         const done = (figures) => (document.title = `> ${{JSON.stringify(figures)}}`); \
         setTimeout(() => {{ {flicks} }}, 1000)</script>"
    );
    let peer = empty.show(screen, &page, 0);
    json!({"notices": NOTICES, "limit_ms": 50, "px_per_frame": FLICK, "figures": figures, "plain_page": peer.first()})
}

fn flicks() -> String {
    format!(
        "const frames = []; let last = performance.now(); let still = 0; let rows = 0; const end = last + 55000;
         const frame = (now) => {{
           frames.push(now - last); last = now;
           rows = Math.max(rows, document.querySelectorAll('main a[href^=\"#/notices/n\"], body > p').length);
           const before = scrollY; scrollBy(0, {FLICK});
           still = scrollY === before ? still + 1 : 0;
           if (still < 20 && now < end) requestAnimationFrame(frame);
           else {{ frames.sort((a, b) => a - b); done({{ frames: frames.length, rows_in_page: rows, scrolled_px: Math.round(scrollY),
             median_ms: frames[frames.length >> 1], p99_ms: frames[Math.floor(frames.length * 0.99)],
             longest_ms: frames[frames.length - 1], over_50_ms: frames.filter((ms) => ms > 50).length }}); }}
         }};
         requestAnimationFrame((now) => {{ last = now; requestAnimationFrame(frame); }});"
    )
}

/// What is loaded before the first screen, packed with gzip.
fn first_load() -> Value {
    let script = repository().join("ui/scripts/first-load.mjs");
    let output = Command::new("node").arg(script).output().expect("node");
    let mut said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    said["limit_bytes"] = json!(80_000);
    said
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    round(values[values.len() / 2])
}
