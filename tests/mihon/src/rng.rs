//! Chance that is the same every time: from numbers mixed together, not from a clock.

use crate::geo::P;

/// Mixes numbers into one that looks like chance (the finisher of SplitMix64).
pub fn mix(seed: u64, a: i64, b: i64) -> u64 {
    let mut z = seed
        .wrapping_add((a as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add((b as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F));
    for _ in 0..2 {
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
    }
    z
}

/// From 0 up to 1, by place.
pub fn chance(seed: u64, a: i64, b: i64) -> f64 {
    (mix(seed, a, b) >> 11) as f64 / (1u64 << 53) as f64
}

/// A row of chances.
pub struct Rng {
    seed: u64,
    next: i64,
}

impl Rng {
    /// A row that a seed stands for.
    pub fn new(seed: u64) -> Self {
        Rng { seed, next: 0 }
    }

    /// The next, from `low` up to `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        self.next += 1;
        low + (high - low) * chance(self.seed, self.next, 0)
    }

    /// True so often.
    pub fn happens(&mut self, share: f64) -> bool {
        self.between(0.0, 1.0) < share
    }
}

/// Soft waves between −1 and 1 whose hills are about `size` metres apart.
pub fn noise(seed: u64, at: P, size: f64) -> f64 {
    let (u, v) = (at.x / size, at.y / size);
    let (i, j) = (u.floor(), v.floor());
    let soft = |t: f64| t * t * (3.0 - 2.0 * t);
    let (s, t) = (soft(u - i), soft(v - j));
    let corner = |a: i64, b: i64| chance(seed, i as i64 + a, j as i64 + b) * 2.0 - 1.0;
    let low = corner(0, 0) * (1.0 - s) + corner(1, 0) * s;
    let high = corner(0, 1) * (1.0 - s) + corner(1, 1) * s;
    low * (1.0 - t) + high * t
}

/// Waves upon waves: hills with smaller ones on them.
pub fn rough(seed: u64, at: P, size: f64) -> f64 {
    noise(seed, at, size) * 0.6
        + noise(seed + 1, at, size / 2.3) * 0.3
        + noise(seed + 2, at, size / 5.1) * 0.1
}
