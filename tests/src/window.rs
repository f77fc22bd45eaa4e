//! The app's real window, on a screen in memory (Xvfb), driven by WebKitWebDriver.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::Calls;

/// So long a window may take for what a test waits for; nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(180);

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A screen of 430 by 900 pixels, which can be looked at.
pub struct Screen {
    _server: Ended,
    display: String,
    frames: TempDir,
}

impl Screen {
    /// Starts one.
    pub fn start() -> Self {
        let frames = tempfile::tempdir().expect("a temporary folder");
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "430x900x24", "-nolisten", "tcp", "-fbdir"]);
        xvfb.arg(frames.path()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = Ended(xvfb.spawn().expect("Xvfb is installed"));
        let mut number = String::new();
        BufReader::new(server.0.stdout.take().expect("stdout")).read_line(&mut number).expect("a number");
        Screen { _server: server, display: format!(":{}", number.trim()), frames }
    }

    /// A program that will open its windows here. A home of its own: what a web view keeps is not shared with whoever runs
    /// this. Nothing is drawn by a graphics card that is not there: emulating one takes three times as long as drawing.
    pub fn run(&self, program: &Path, home: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY").env("HOME", home);
        command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CACHE_HOME", home.join("cache"));
        command.env("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1");
        command
    }

    /// The share of pixels that are exactly of this colour (red, green, blue).
    pub fn share_of(&self, colour: [u8; 3]) -> f64 {
        let pixels = self.pixels().1;
        pixels.iter().filter(|pixel| **pixel == colour).count() as f64 / pixels.len() as f64
    }

    /// The same of a part of it: left, top, width, height.
    pub fn share_within(&self, [left, top, wide, high]: [usize; 4], colour: [u8; 3]) -> f64 {
        let (width, pixels) = self.pixels();
        let lines = pixels.chunks(width).skip(top).take(high);
        let part = lines.flat_map(|line| &line[left..left + wide]);
        part.filter(|pixel| **pixel == colour).count() as f64 / (wide * high) as f64
    }

    /// How many colours are on it.
    pub fn colours(&self) -> usize {
        let mut pixels = self.pixels().1;
        pixels.sort_unstable();
        pixels.dedup();
        pixels.len()
    }

    /// What is on it and how wide it is: the frame that Xvfb keeps as a file, in the format of `xwd` (XWDFile.h, version 7).
    fn pixels(&self) -> (usize, Vec<[u8; 3]>) {
        let file = fs::read(self.frames.path().join("Xvfb_screen0")).expect("Xvfb's frame");
        let word =
            |at: usize| u32::from_be_bytes(file[at * 4..at * 4 + 4].try_into().expect("four bytes")) as usize;
        let (head, width, height, depth, line, colours) =
            (word(0), word(4), word(5), word(11), word(12), word(19));
        assert_eq!((word(1), depth), (7, 32), "an unknown kind of frame");
        let start = head + colours * 12;
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..height {
            for column in 0..width {
                let at = start + row * line + column * 4;
                pixels.push([file[at + 2], file[at + 1], file[at]]);
            }
        }
        (width, pixels)
    }
}

/// The app, running.
pub struct Window {
    session: String,
    home: PathBuf,
    process: u32,
    _driver: Ended,
}

impl Window {
    /// Opens `app` on the phone in `home`.
    pub fn open(app: &Path, screen: &Screen, home: &Path) -> Self {
        Window::open_with(app, screen, home, |_| ())
    }

    /// Opens `app`, with all its processes watched.
    pub fn open_watched(app: &Path, screen: &Screen, home: &Path, calls: &Calls) -> Self {
        Window::open_with(app, screen, home, |driver| calls.watch(driver))
    }

    fn open_with(app: &Path, screen: &Screen, home: &Path, prepare: impl FnOnce(&mut Command)) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let mut driver = screen.run(Path::new("WebKitWebDriver"), home);
        driver.arg(format!("--port={port}")).env("MADOGUCHI_HOME", home);
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true");
        prepare(&mut driver);
        let driver = Ended(
            driver.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("WebKitWebDriver is installed"),
        );
        until("the driver answers", || TcpStream::connect(("127.0.0.1", port)).ok());
        let options = json!({ "binary": app, "args": [] });
        let scripts = json!({ "script": PATIENCE.as_millis() as u64 });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": options, "timeouts": scripts,
        } } });
        let url = format!("http://127.0.0.1:{port}/session");
        let opened = post(&url, &wanted).expect("the app opens");
        let id = opened["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {opened}"));
        let process = child_of(driver.0.id()).expect("the app's process");
        Window { session: format!("{url}/{id}"), home: home.into(), process, _driver: driver }
    }

    /// The app's process.
    pub fn process(&self) -> u32 {
        self.process
    }

    /// The phone's folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// What a script returns.
    pub fn script(&self, script: &str) -> Value {
        let call = json!({ "script": script, "args": [] });
        post(&format!("{}/execute/sync", self.session), &call).unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// What a script hands to its last argument, a function.
    pub fn script_later(&self, script: &str) -> Value {
        let call = json!({ "script": script, "args": [] });
        post(&format!("{}/execute/async", self.session), &call).unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// Waits until a script returns something true, and returns it.
    pub fn wait_for(&self, script: &str) -> Value {
        until(script, || match self.script(script) {
            Value::Null | Value::Bool(false) => None,
            Value::String(text) if text.is_empty() => None,
            value => Some(value),
        })
    }

    /// The words on the screen.
    pub fn text(&self) -> String {
        self.script("return document.body.innerText").as_str().unwrap_or_default().into()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
        // The driver tells the app to end; one that does not is no neighbour for what comes next.
        let _ = Command::new("kill").arg(self.process.to_string()).stderr(Stdio::null()).status();
    }
}

/// The first process that has this one as its parent (procfs).
fn child_of(parent: u32) -> Option<u32> {
    let entries = fs::read_dir("/proc").ok()?.flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parent_of = |pid: u32| -> Option<u32> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()
    };
    pids.into_iter().find(|pid| parent_of(*pid) == Some(parent))
}

/// Waits until there is something.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "waited in vain: {what}");
        sleep(Duration::from_millis(50));
    }
}

fn post(url: &str, body: &Value) -> Result<Value, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let sent = agent.post(url).header("content-type", "application/json").send(body.to_string());
    let mut answer = sent.map_err(|error| error.to_string())?;
    let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
    let mut value: Value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
    match answer.status().as_u16() {
        200 => Ok(value["value"].take()),
        _ => Err(value["value"]["message"].as_str().unwrap_or(&text).to_owned()),
    }
}
