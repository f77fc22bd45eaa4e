//! Who of a program's processes calls out to the internet, this machine included, as `calls.c` sees it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// What WebKitWebDriver is called where processes are named.
const DRIVER: &str = "WebKitWebDriver";

/// Watches a program and all that it starts.
pub struct Calls {
    folder: TempDir,
    flight: bool,
}

impl Calls {
    /// Builds what watches.
    #[expect(clippy::new_without_default, reason = "it runs a compiler")]
    pub fn new() -> Self {
        let calls = Calls { folder: tempfile::tempdir().expect("a temporary folder"), flight: false };
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/calls.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o"]).arg(calls.library());
        assert!(compiler.arg(source).arg("-ldl").status().expect("cc is installed").success(), "calls.c");
        calls
    }

    /// On a device in flight mode: its system says that there is no network.
    pub fn in_flight_mode() -> Self {
        Calls { flight: true, ..Calls::new() }
    }

    /// Has a program watched from its start.
    pub fn watch(&self, command: &mut Command) {
        command.env("LD_PRELOAD", self.library()).env("MADOGUCHI_CALLS", self.log());
        if self.flight {
            command.env("MADOGUCHI_FLIGHT", "1");
        }
    }

    /// The names of the processes that are watched.
    pub fn watched(&self) -> BTreeSet<String> {
        self.lines().into_iter().filter(|line| line[1] == "began").map(|[name, ..]| name).collect()
    }

    /// The calls of the app and its web view, as `process what whom`. The driver steers the app over a connection of this
    /// machine, which both ends open: calls to where the driver itself calls are its own, and no app without a driver
    /// makes them.
    pub fn made(&self) -> Vec<String> {
        let lines = self.lines();
        let driven: BTreeSet<&String> =
            lines.iter().filter(|[name, ..]| name == DRIVER).map(|[_, _, whom]| whom).collect();
        let made = lines
            .iter()
            .filter(|[name, what, whom]| name != DRIVER && what != "began" && !driven.contains(whom));
        made.map(|line| line.join(" ")).collect()
    }

    fn lines(&self) -> Vec<[String; 3]> {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let words = |line: &str| -> Vec<String> { line.splitn(3, ' ').map(String::from).collect() };
        log.lines().map(|line| words(line).try_into().unwrap_or_else(|_| panic!("no call: {line}"))).collect()
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("calls.so")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("calls")
    }
}
