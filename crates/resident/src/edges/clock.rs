use jiff::Timestamp;

/// Tells the time. It may be wrong: what depends on it must bear that.
pub trait Clock: Send {
    /// What the clock shows.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
