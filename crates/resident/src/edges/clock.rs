use jiff::Timestamp;
use jiff::civil::DateTime;

/// Tells the time. It may be wrong: what depends on it must bear that.
pub trait Clock: Send {
    /// What the clock shows.
    fn now(&self) -> Timestamp;
}

/// What clocks in Japan show.
pub(crate) fn japan(at: Timestamp) -> DateTime {
    jiff::tz::offset(9).to_datetime(at)
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
