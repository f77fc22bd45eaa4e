//! `cargo xtask run`: the whole way on the sample town, from its files to a resident's phone.

use std::fs;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::step::{built, cargo_run, root, run as run_step, say};

/// Shows the slice. With `keep`, or at a terminal, the server stays until Enter is pressed.
pub fn run(keep: bool) -> Result<(), String> {
    say("building");
    cargo_run(&["build", "--locked", "--package", "madoguchi-cli", "--package", "madoguchi-resident"])?;
    let (madoguchi, resident) = (built("debug", "madoguchi"), built("debug", "resident"));
    let work = fresh_folder()?;
    let (town, public, home) = (work.join("mihon"), work.join("public"), work.join("phone"));

    say("the town: its folder, its keys, its publication");
    copy_folder(&root().join("towns/mihon"), &town)?;
    run_step(Command::new(&madoguchi).arg("init").arg(&town).args(["--code", "992011", "--name", "見本市"]))?;
    run_step(Command::new(&madoguchi).arg("publish").arg(&town).arg("--out").arg(&public))?;

    say("the server");
    let mut serve = Command::new(&madoguchi);
    serve.args(["--json", "serve", "--listen", "127.0.0.1:0", "--public"]).arg(&public);
    serve.arg("--data").arg(work.join("data")).stdout(Stdio::piped());
    let mut server = Stopped(serve.spawn().map_err(|error| format!("{}: {error}", madoguchi.display()))?);
    let url = address(&mut server.0)?;
    eprintln!("{url}");

    say("a resident: joins, chooses, reads");
    let phone = |words: &[&str]| {
        let spoken: Vec<String> = words.iter().map(|word| word.to_string()).collect();
        eprintln!("\n$ resident {}", spoken.join(" "));
        run_step(Command::new(&resident).arg("--home").arg(&home).args(words))
    };
    let trust = town.join("root.json").display().to_string();
    phone(&["join", &url, "--root", &trust])?;
    phone(&["alerts"])?;
    phone(&["notices", "--limit", "5"])?;
    phone(&["notices", "--search", "断水"])?;
    phone(&["places", "--kind", "emergency-site", "--near", "34.69,138.61", "--limit", "3"])?;
    phone(&["sync"])?;

    eprintln!("\nためす:  {} --home {} notices", resident.display(), home.display());
    if keep || std::io::stdin().is_terminal() {
        eprintln!("Enter で、町のサーバーを止めます。");
        let _ = std::io::stdin().read_line(&mut String::new());
    }
    drop(server);
    say("the server is stopped; what was read is there");
    phone(&["sync"])?;
    phone(&["notices", "--limit", "3"])
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
