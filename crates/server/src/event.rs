use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::StatusCode;

/// What the server tells its operator: counts and errors. Nothing in here says who asked, because the town is not
/// to learn who reads what; keep it so when adding to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// What was answered since the last such event.
    Counted(Counts),
    /// A file that is there and could not be read.
    FileFailed {
        /// The file, relative to its town's public folder.
        file: String,
        /// What the system said.
        why: String,
    },
    /// The system gave no further connection (usually: too many open files).
    AcceptFailed(String),
    /// The regular work panicked. It is tried again after its period.
    TickFailed(String),
    /// The server stopped with this many connections cut off.
    CutOff(usize),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Counted(Counts { sent, unchanged, refused, failed }) => {
                write!(f, "answered: {sent} sent, {unchanged} unchanged, {refused} refused, {failed} failed")
            }
            Event::FileFailed { file, why } => write!(f, "file {file}: {why}"),
            Event::AcceptFailed(why) => write!(f, "no further connection: {why}"),
            Event::TickFailed(why) => write!(f, "regular work failed: {why}"),
            Event::CutOff(count) => write!(f, "stopped with {count} connections cut off"),
        }
    }
}

/// How many requests were answered how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// With content.
    pub sent: u64,
    /// With "you have it already" (304).
    pub unchanged: u64,
    /// With an error of the asking side: no such file, no such method.
    pub refused: u64,
    /// With an error of this side.
    pub failed: u64,
}

/// The counts of the running period.
#[derive(Default)]
pub(crate) struct Tally {
    sent: AtomicU64,
    unchanged: AtomicU64,
    refused: AtomicU64,
    failed: AtomicU64,
}

impl Tally {
    /// Counts one answer.
    pub(crate) fn add(&self, status: StatusCode) {
        let counter = match status {
            StatusCode::NOT_MODIFIED => &self.unchanged,
            status if status.is_client_error() => &self.refused,
            status if status.is_server_error() => &self.failed,
            _ => &self.sent,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// The counts since the last call, unless nothing happened.
    pub(crate) fn take(&self) -> Option<Counts> {
        let take = |counter: &AtomicU64| counter.swap(0, Ordering::Relaxed);
        let counts = Counts {
            sent: take(&self.sent),
            unchanged: take(&self.unchanged),
            refused: take(&self.refused),
            failed: take(&self.failed),
        };
        (counts != Counts::default()).then_some(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_counted_once() {
        let tally = Tally::default();
        for status in [200, 206, 304, 404, 405, 416, 503] {
            tally.add(StatusCode::from_u16(status).unwrap());
        }
        assert_eq!(tally.take(), Some(Counts { sent: 2, unchanged: 1, refused: 3, failed: 1 }));
        assert_eq!(tally.take(), None);
    }
}
