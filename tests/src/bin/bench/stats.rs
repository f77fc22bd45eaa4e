use std::time::Instant;

use serde_json::{Value, json};

/// Runs `what` so many times and gives median and 95th percentile in milliseconds.
pub fn timed<T>(times: usize, mut what: impl FnMut() -> T) -> (Value, f64) {
    let mut spent: Vec<f64> = (0..times)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(what());
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    spent.sort_by(f64::total_cmp);
    let median = spent[spent.len() / 2];
    (
        json!({"median_ms": round(median), "p95_ms": round(spent[spent.len() * 95 / 100]), "runs": times}),
        median,
    )
}

/// Three decimals.
pub fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
