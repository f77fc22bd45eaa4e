use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::binary;
use crate::phone::Outcome;

/// A town in a temporary folder.
pub struct TestTown {
    temp: TempDir,
}

impl TestTown {
    /// A folder without keys, files still to come.
    pub fn empty() -> Self {
        let temp = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(temp.path().join("town")).expect("the town's folder");
        TestTown { temp }
    }

    /// A town with keys and the departments koho and bosai.
    pub fn new(code: &str, name: &str) -> Self {
        let town = TestTown::empty();
        town.init(code, name);
        town
    }

    /// Makes keys, and `town.toml` if there is none.
    pub fn init(&self, code: &str, name: &str) {
        let dir = self.dir();
        self.run(&["init", &text(&dir), "--code", code, "--name", name]).expect_success();
    }

    /// The town's folder.
    pub fn dir(&self) -> PathBuf {
        self.temp.path().join("town")
    }

    /// Its public folder.
    pub fn public(&self) -> PathBuf {
        self.temp.path().join("public")
    }

    /// The folder around all of it.
    pub fn around(&self) -> &Path {
        self.temp.path()
    }

    /// Writes a file of the town's folder.
    pub fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        let path = self.dir().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Runs `madoguchi --json …`.
    pub fn run(&self, words: &[&str]) -> Outcome {
        Outcome::of(Command::new(binary("madoguchi")).arg("--json").args(words))
    }

    /// `madoguchi publish` with further words; must succeed.
    pub fn publish(&self, words: &[&str]) -> Value {
        self.try_publish(words).expect_success()
    }

    /// `madoguchi publish` with further words.
    pub fn try_publish(&self, words: &[&str]) -> Outcome {
        let (dir, out) = (text(&self.dir()), text(&self.public()));
        self.run(&[&["publish", &dir, "--out", &out], words].concat())
    }

    /// `madoguchi key …` on this town's folder.
    pub fn key(&self, command: &str, words: &[&str]) -> Outcome {
        let dir = text(&self.dir());
        self.run(&[&["key", command, &dir], words].concat())
    }

    /// The root that phones are given.
    pub fn root(&self) -> PathBuf {
        self.dir().join("root.json")
    }

    /// Starts a server of the public folder on a free port.
    pub fn serve(&self) -> Server {
        Server::start(&["--public", &text(&self.public())])
    }
}

/// A running `madoguchi serve`; stopped when dropped.
pub struct Server {
    child: Child,
    /// Its address.
    pub url: String,
}

impl Server {
    /// Starts one on a free port.
    pub fn start(words: &[&str]) -> Self {
        let mut command = Command::new(binary("madoguchi"));
        command.args(["--json", "serve", "--listen", "127.0.0.1:0"]).args(words);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("madoguchi serve");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut line).expect("the first line");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("serve says {line:?}"));
        Server { child, url: said["listening"].as_str().expect("an address").into() }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Copies a folder with all below it, skipping nothing.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            // Read and write, so that the copy of a read-only file is not read-only.
            fs::write(&target, fs::read(entry.path()).expect("a file")).expect("a copy");
        }
    }
}

fn text(path: &Path) -> String {
    path.to_str().expect("a plain path").into()
}
