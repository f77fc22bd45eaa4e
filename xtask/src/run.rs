//! `cargo xtask run`: the whole way on the sample town, from its files to the app in a resident's hand.

use std::fs;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::step::{built, cargo_run, root, run as run_step, say};
use crate::{system, ui};

/// Publishes the sample town, serves it, joins it, and opens the app on it. Without a display the same screens are served
/// to a browser of this machine; without npm the resident's command line shows what she would see.
pub fn run() -> Result<(), String> {
    let town = Town::open()?;
    let phone = town.joined_phone()?;
    if !ui::can_build() {
        eprintln!("\nThe screens are not built: {}.", ui::WHO_BUILDS);
        return town.stay("Enter stops the town's server and ends this.", None);
    }
    let dist = ui::build()?;
    if system::has_display() {
        system::ensure(&[&system::WINDOW])?;
        say("the app");
        cargo_run(&["build", "--locked", "--package", "madoguchi-app"])?;
        let mut app = Command::new(built("debug", "madoguchi-app"));
        return town.stay(
            "Enter stops the town's server; the app keeps what was read. Closing the app ends this.",
            Some(app.env("MADOGUCHI_HOME", &phone)),
        );
    }
    say("the app's screens, for a browser on this machine (there is no display to open a window on)");
    let mut serve = Command::new(built("debug", "resident"));
    serve.arg("--home").arg(&phone).arg("serve-ui").arg("--dist").arg(dist);
    town.stay(
        "Enter stops the town's server; the screens keep what was read. Ctrl-C ends this.",
        Some(&mut serve),
    )
}

/// The sample town: published, and served while this lives.
pub struct Town {
    work: PathBuf,
    url: String,
    server: Stopped,
}

impl Town {
    /// Builds what it needs and opens it in `run/`.
    pub fn open() -> Result<Self, String> {
        say("building");
        cargo_run(&["build", "--locked", "--package", "madoguchi-cli", "--package", "madoguchi-resident"])?;
        let madoguchi = built("debug", "madoguchi");
        let work = fresh_folder()?;
        let (town, public) = (work.join("mihon"), work.join("public"));

        say("the town: its folder, its keys, its publication");
        copy_folder(&root().join("towns/mihon"), &town)?;
        run_step(Command::new(&madoguchi).arg("init").arg(&town).args([
            "--code",
            "992011",
            "--name",
            "見本市",
        ]))?;
        run_step(Command::new(&madoguchi).arg("publish").arg(&town).arg("--out").arg(&public))?;

        say("the server");
        let mut serve = Command::new(&madoguchi);
        serve.args(["--json", "serve", "--listen", "127.0.0.1:0", "--public"]).arg(&public);
        serve.arg("--data").arg(work.join("data")).stdout(Stdio::piped());
        let mut server = Stopped(serve.spawn().map_err(|error| format!("{}: {error}", madoguchi.display()))?);
        let url = address(&mut server.0)?;
        eprintln!("{url} (process {})", server.0.id());
        Ok(Town { work, url, server })
    }

    /// A resident who joined, chose nothing and looked around; the folder of her phone.
    fn joined_phone(&self) -> Result<PathBuf, String> {
        say("a resident: joins, reads");
        let home = self.work.join("phone");
        let trust = self.work.join("mihon/root.json").display().to_string();
        for words in [
            &["join", &self.url, "--root", &trust][..],
            &["notices", "--limit", "3"],
            &["notices", "--search", "ごみ", "--limit", "2"],
            &["places", "--kind", "emergency-site", "--near", "34.69,138.61", "--limit", "3"],
        ] {
            eprintln!("\n$ resident {}", words.join(" "));
            run_step(Command::new(built("debug", "resident")).arg("--home").arg(&home).args(words))?;
        }
        Ok(home)
    }

    /// Stays until the app that is shown ends, or without one until Enter is pressed. At a terminal Enter stops the server.
    fn stay(self, hint: &str, shown: Option<&mut Command>) -> Result<(), String> {
        let app = shown.map(|command| command.spawn().map_err(|error| error.to_string())).transpose()?;
        if std::io::stdin().is_terminal() {
            eprintln!("\n{hint}");
        }
        let Some(app) = app else {
            wait_for_enter();
            return Ok(());
        };
        let mut app = Stopped(app);
        let server = Arc::new(Mutex::new(Some(self.server)));
        if std::io::stdin().is_terminal() {
            let server = Arc::clone(&server);
            thread::spawn(move || {
                wait_for_enter();
                drop(taken(&server));
                eprintln!("The town's server is stopped. What was read is there.");
            });
        }
        let ended = app.0.wait().map_err(|error| error.to_string())?;
        drop(taken(&server));
        if ended.success() { Ok(()) } else { Err(format!("the app ended: {ended}")) }
    }
}

fn taken<T>(shared: &Mutex<Option<T>>) -> Option<T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn wait_for_enter() {
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// A child that does not outlive this.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
fn address(server: &mut Child) -> Result<String, String> {
    let stdout = server.stdout.take().ok_or("the server says nothing")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).map_err(|error| error.to_string())?;
    let address = line.split('"').find(|part| part.starts_with("http://"));
    address.map(str::to_string).ok_or_else(|| format!("the server did not start: {line}"))
}

fn fresh_folder() -> Result<PathBuf, String> {
    let work = root().join("run");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    }
    fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    Ok(work)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error: std::io::Error| format!("{path}: {error}")
    };
    fs::create_dir_all(to).map_err(failed(to))?;
    for entry in fs::read_dir(from).map_err(failed(from))? {
        let entry = entry.map_err(failed(from))?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).map_err(failed(&target))?;
        }
    }
    Ok(())
}
