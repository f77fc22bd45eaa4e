//! The peer of the app's window: one that holds nothing, on the same screen in the same run. What it takes is the machine's.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use madoguchi_tests::Screen;
use serde_json::Value;
use tempfile::TempDir;

const SOURCE: &str = include_str!("empty.c");
/// A word on a page, and when its frame was drawn.
const WORD: &str = "<!doctype html><meta charset='utf-8'><title>-</title><p>お知らせ</p><script>\
    requestAnimationFrame(() => setTimeout(() => \
    document.title = `> [${performance.timeOrigin}, ${performance.now()}]`))</script>";

/// Built once for a run.
pub struct Empty {
    folder: TempDir,
}

impl Empty {
    /// Builds it; what the app's window is built with is there.
    pub fn build() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = folder.path().join("empty.c");
        fs::write(&source, SOURCE).expect("a file");
        let words = Command::new("pkg-config").args(["--cflags", "--libs", "webkit2gtk-4.1"]).output();
        let words = String::from_utf8(words.expect("pkg-config").stdout).expect("words");
        let mut cc = Command::new("cc");
        cc.arg("-O2").arg(&source).arg("-o").arg(folder.path().join("empty")).args(words.split_whitespace());
        assert!(cc.status().expect("cc").success(), "the empty window does not build");
        Empty { folder }
    }

    /// Milliseconds from the start of its process until a word is drawn, and for loading that page anew.
    pub fn start(&self, screen: &Screen, times: usize) -> (f64, Vec<f64>) {
        let begun = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs_f64() * 1000.0;
        let said = self.show(screen, WORD, times);
        let moments: Vec<(f64, f64)> =
            said.into_iter().map(|line| serde_json::from_value(line).expect("two numbers")).collect();
        let (origin, drawn) = moments[0];
        (origin + drawn - begun, moments[1..].iter().map(|(_, drawn)| *drawn).collect())
    }

    /// What a page says, each time that it is loaded.
    pub fn show(&self, screen: &Screen, page: &str, again: usize) -> Vec<Value> {
        let file = self.folder.path().join("page.html");
        fs::write(&file, page).expect("a file");
        let output = screen
            .run(&self.folder.path().join("empty"), self.folder.path())
            .arg(format!("file://{}", text(&file)))
            .arg(again.to_string())
            .stderr(Stdio::null())
            .output()
            .expect("it runs");
        let said = String::from_utf8(output.stdout).expect("text");
        said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}
