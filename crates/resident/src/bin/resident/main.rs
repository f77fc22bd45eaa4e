//! The phone without a screen, by command line: for tests, scripts, and people who want no screen.
//!
//! `--json` prints one JSON value on stdout; logs go to stderr. Exit 0: done (a town that cannot be reached is said, not
//! failed); 1: refused or failed; 2: misused.

mod args;
mod commands;
mod say;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use madoguchi_resident::edges::{FolderHome, SystemClock};
use madoguchi_resident::{Error, Phone};
use serde_json::{Value, json};

use args::{Args, Command};

/// What a command has to say: to a program, and to a person.
struct Answer {
    json: Value,
    text: String,
    failed: bool,
}

impl Answer {
    fn new(value: &impl serde::Serialize, text: String) -> Result<Self, Failure> {
        let json = serde_json::to_value(value).map_err(|e| Failure::Other("json", e.to_string()))?;
        Ok(Answer { json, text, failed: false })
    }
}

/// Why a command has nothing to say.
enum Failure {
    Phone(Error),
    Other(&'static str, String),
    /// With a sentence of its own, and where each thing is wrong.
    Told {
        code: &'static str,
        message: String,
        problems: Value,
        /// What was given is at fault.
        misused: bool,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Phone(error)
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut misused = false;
    let answer = run(&args).unwrap_or_else(|failure| {
        let (json, text) = match failure {
            Failure::Phone(error) => told(args.json, error.code(), &error.to_string()),
            Failure::Other(code, message) => told(args.json, code, &message),
            Failure::Told { code, message, problems, misused: theirs } => {
                misused = theirs;
                (json!({ "error": { "code": code, "message": message, "problems": problems } }), message)
            }
        };
        Answer { json, text, failed: true }
    });
    // Whoever closed the pipe has read enough.
    let _ = match (args.json, answer.failed) {
        (true, _) => writeln!(std::io::stdout(), "{}", answer.json),
        (false, true) => writeln!(std::io::stderr(), "{}", answer.text.trim_end()),
        (false, false) => writeln!(std::io::stdout(), "{}", answer.text.trim_end()),
    };
    match (answer.failed, misused) {
        (false, _) => ExitCode::SUCCESS,
        (true, false) => ExitCode::FAILURE,
        (true, true) => ExitCode::from(2),
    }
}

/// A failure as a sentence; what it is called technically goes to the log.
fn told(json: bool, code: &str, message: &str) -> (Value, String) {
    let sentence = say::failure(code, message);
    if json {
        let _ = writeln!(std::io::stderr(), "resident: {message}");
    }
    (json!({ "error": { "code": code, "message": sentence } }), sentence)
}

fn run(args: &Args) -> Result<Answer, Failure> {
    // Needs no phone: a household's facts are in its file.
    if let Command::Programs { wanted } = &args.command
        && !matches!(wanted, commands::Programs::Town(_))
    {
        return commands::programs(wanted, &args.towns);
    }
    let Some(home) = &args.home else { args::misused("--home DIR is missing") };
    let phone = Phone::open(Box::new(FolderHome::new(home)), Box::new(SystemClock))?;
    let town = args.town();
    match &args.command {
        Command::Join { url, root } => commands::join(&phone, args.json, url, root),
        Command::Sync => commands::sync(&phone, args.json, town),
        Command::Segments { set } => commands::segments(&phone, town, set.as_ref()),
        Command::Notices(wanted) => commands::notices(&phone, town, wanted),
        Command::Notice { id, lang } => commands::notice(&phone, town, id, lang.as_deref()),
        Command::Mark { id, marking } => commands::mark(&phone, town, id, *marking),
        Command::Attachment { notice, path, out } => commands::attachment(&phone, town, notice, path, out),
        Command::Alerts => commands::alerts(&phone, town),
        Command::Place { id } => commands::place(&phone, town, id),
        Command::Places(wanted) => commands::places(&phone, town, wanted),
        Command::Hazard(wanted) => commands::hazard(&phone, town, wanted),
        Command::Events(wanted) => commands::events(&phone, town, wanted),
        Command::Garbage(wanted) => commands::garbage(&phone, town, wanted),
        Command::Programs { wanted: commands::Programs::Town(wanted) } => {
            commands::town_programs(&phone, town, wanted)
        }
        Command::Programs { wanted } => commands::programs(wanted, &args.towns),
        #[cfg(feature = "serve-ui")]
        Command::ServeUi(wanted) => commands::serve_ui(&phone, home, args.json, wanted),
        Command::Towns => commands::towns(&phone),
        Command::Use { code } => commands::use_town(&phone, code),
        Command::Leave { code } => commands::leave(&phone, code),
    }
}
