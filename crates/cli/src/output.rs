//! What a command says: one JSON value, or lines for people.

use std::io::Write;

use madoguchi_publisher::error::PublishError;
use serde::Serialize;

/// A command that was refused or failed: exit 1.
#[derive(Debug)]
pub struct Failure {
    code: String,
    message: String,
}

impl Failure {
    /// A failure with a code for scripts and a message for people.
    pub fn new(code: &str, message: impl ToString) -> Self {
        Failure { code: code.into(), message: message.to_string() }
    }

    /// Prints it: as JSON on stdout when asked, and always in words on stderr.
    pub fn print(&self, json: bool) {
        if json {
            let error = serde_json::json!({"error": {"code": self.code, "message": self.message}});
            line(&error.to_string());
        }
        eprintln!("madoguchi: {}", self.message);
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Failure::new(error.code(), &error)
    }
}

/// Prints `value` as JSON, or what `words` says of it.
pub fn say<T: Serialize>(json: bool, value: &T, words: impl FnOnce(&T) -> String) -> Result<(), Failure> {
    if json {
        line(&serde_json::to_string(value).map_err(|error| Failure::new("json", error))?);
    } else {
        line(words(value).trim_end());
    }
    Ok(())
}

/// One line on stdout. A reader who has gone away (`| head`) is no failure of the command.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
