use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::binary;

/// What a command answered.
#[derive(Debug)]
pub struct Outcome {
    /// Its exit code.
    pub code: Option<i32>,
    /// The JSON value on stdout; null when there was none.
    pub value: Value,
    /// What it said on stderr.
    pub stderr: String,
}

impl Outcome {
    /// Runs a command.
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().expect("the command runs");
        let value = serde_json::from_slice(&stdout).unwrap_or(Value::Null);
        Outcome { code: status.code(), value, stderr: String::from_utf8_lossy(&stderr).into_owned() }
    }

    /// Its value; panics when it did not succeed.
    pub fn expect_success(self) -> Value {
        assert_eq!(self.code, Some(0), "{}\n{}", self.value, self.stderr);
        self.value
    }

    /// The code of its error; panics when it succeeded.
    pub fn expect_error(self) -> String {
        assert_eq!(self.code, Some(1), "{}\n{}", self.value, self.stderr);
        self.value["error"]["code"]
            .as_str()
            .unwrap_or_else(|| panic!("no error code in {}", self.value))
            .into()
    }
}

/// A resident's phone: a folder and the binary `resident`.
pub struct Phone {
    home: TempDir,
}

impl Phone {
    /// A new one.
    #[expect(clippy::new_without_default, reason = "it makes a folder")]
    pub fn new() -> Self {
        Phone { home: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Where it keeps everything.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The databases of the towns' content.
    pub fn cache(&self, code: &str) -> PathBuf {
        self.home().join("towns").join(code).join("cache.db")
    }

    /// `resident --json …` as a command.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(binary("resident"));
        command.arg("--home").arg(self.home()).arg("--json").args(words);
        command
    }

    /// Runs `resident --json …`.
    pub fn try_run(&self, words: &[&str]) -> Outcome {
        Outcome::of(&mut self.command(words))
    }

    /// Runs `resident --json …`; must succeed.
    pub fn run(&self, words: &[&str]) -> Value {
        self.try_run(words).expect_success()
    }

    /// Joins a town.
    pub fn join(&self, url: &str, root: &Path) -> Value {
        self.run(&["join", url, "--root", root.to_str().expect("a plain path")])
    }

    /// The ids of a list.
    pub fn ids(&self, words: &[&str]) -> Vec<String> {
        let list = self.run(words);
        let items = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
        items.iter().map(|item| item["id"].as_str().expect("an id").into()).collect()
    }
}
