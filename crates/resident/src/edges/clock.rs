use jiff::Timestamp;
use jiff::tz::Offset;

/// Tells the time. It may be wrong: what depends on it must bear that.
pub trait Clock: Send {
    /// What the clock shows.
    fn now(&self) -> Timestamp;
}

/// How far clocks in Japan are ahead.
pub const JAPAN: Offset = jiff::tz::offset(9);

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
