//! The binary itself: what it prints where, and how it ends. (With a real town it is tried by the whole-system tests.)

// A helper that cannot do its work has nothing better to do than to panic.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn resident(home: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_resident")).arg("--home").arg(home).args(args).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_failed_is_one_json_value_with_a_code_and_ends_with_1() {
    let home = tempfile::tempdir().unwrap();
    for args in [["--json", "notices"].as_slice(), &["sync", "--json"], &["--json", "notice", "x"]] {
        let output = resident(home.path(), args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert_eq!(json(&output)["error"]["code"], "no-town");
        assert!(json(&output)["error"]["message"].as_str().unwrap().contains("参加していません"));
    }
    let output = resident(home.path(), &["--json", "--town", "222127", "places"]);
    assert_eq!(json(&output)["error"]["code"], "unknown-town");
    let output = resident(home.path(), &["--json", "join", "http://127.0.0.1:9/", "--root", "/nowhere.json"]);
    assert_eq!((output.status.code(), &json(&output)["error"]["code"]), (Some(1), &"root-unreadable".into()));
}

#[test]
fn people_read_the_failure_on_stderr() {
    let home = tempfile::tempdir().unwrap();
    let output = resident(home.path(), &["notices"]);
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("join で参加してください"));
}

#[test]
fn misuse_ends_with_2() {
    let home = tempfile::tempdir().unwrap();
    for args in [["notices", "--segment", "宇宙"].as_slice(), &["fly"], &["places", "--near", "x"], &[]] {
        assert_eq!(resident(home.path(), args).status.code(), Some(2), "{args:?}");
    }
    let without_home = Command::new(env!("CARGO_BIN_EXE_resident")).arg("towns").output().unwrap();
    assert_eq!(without_home.status.code(), Some(2));
}

#[test]
fn an_empty_phone_has_no_towns_and_a_damaged_one_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let output = resident(home.path(), &["--json", "towns"]);
    assert_eq!((output.status.code(), json(&output)), (Some(0), Value::Array(Vec::new())));
    let file = home.path().join("private.db");
    std::fs::write(&file, "scribbled over ".repeat(1000)).unwrap();
    let output = resident(home.path(), &["--json", "towns"]);
    assert_eq!((output.status.code(), &json(&output)["error"]["code"]), (Some(1), &"private-damaged".into()));
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("scribbled"));
}
