use serde::Serialize;

/// Why a command was not done. A screen looks its sentence up by the code; the message is for a log.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ApiError {
    /// A short name.
    pub code: &'static str,
    /// In technical words.
    pub message: String,
}

impl ApiError {
    pub(super) fn bad_arguments(message: String) -> Self {
        ApiError { code: "bad-arguments", message }
    }

    pub(super) fn unknown_command(name: &str) -> Self {
        let name: String = name.chars().take(40).collect();
        ApiError { code: "unknown-command", message: format!("no command {name:?}") }
    }
}

impl From<crate::Error> for ApiError {
    fn from(error: crate::Error) -> Self {
        ApiError { code: error.code(), message: error.to_string() }
    }
}
