//! What is said to a person: plain words, one sentence one fact.

mod failure;
mod shelter;
mod sync;
mod time;

use madoguchi_model::TownCode;

pub use failure::failure;
pub use shelter::shelter;
pub use sync::{progress, synced};
pub use time::{age, date, day, day_of, moment};

/// A town's name, or its code until its name came.
pub fn town_name(name: &str, code: &TownCode) -> String {
    if name.is_empty() { format!("自治体{code}") } else { name.into() }
}

/// What there is of these, side by side.
pub fn parts(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A size as a person judges it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}バイト"),
        1_000..1_000_000 => format!("{}kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1}MB", bytes as f64 / 1e6),
    }
}

/// A distance as a person walks it.
pub fn distance(metres: f64) -> String {
    match metres {
        m if m < 1_000.0 => format!("{:.0}m", (m / 10.0).round() * 10.0),
        m => format!("{:.1}km", m / 1_000.0),
    }
}
