//! 高潮浸水想定区域 and 津波浸水想定: from the coast inland, and up the river.

use super::{Fields, banded};
use crate::contour::bands;
use crate::geojson::Feature;
use crate::rng::noise;

/// The bounds of the fine classes 0–0.3, 0.3–0.5, 0.5–1, 1–3, 3–5 and 5–10 m.
const CLASSES: [f64; 6] = [0.0, 0.3, 0.5, 1.0, 3.0, 5.0];

/// A40 and A49 say a class in words.
const WORDS: [&str; 6] = [
    "0.3m未満",
    "0.3m以上 ～ 0.5m未満",
    "0.5m以上 ～ 1m未満",
    "1m以上 ～ 3m未満",
    "3m以上 ～ 5m未満",
    "5m以上 ～ 10m未満",
];

pub fn files(fields: &Fields) -> Vec<(&'static str, Vec<Feature>)> {
    let surge = fields
        .height
        .map(|at, height| 4.15 - 0.0011 * fields.coast.at(at) - height + 0.1 * noise(620, at, 190.0));
    let wave = fields.height.map(|at, height| {
        // The river leads the wave inland.
        let way = fields.coast.at(at).min(0.5 * at.y.max(0.0) + 1.6 * fields.river.at(at));
        8.6 - 0.0052 * way - height + 0.15 * noise(621, at, 190.0)
    });
    let surge = bands(&fields.ends(surge), &CLASSES[..5], 1.2, 4000.0);
    let wave = bands(&fields.ends(wave), &CLASSES, 1.8, 4000.0);
    vec![
        (
            "storm_surge.geojson",
            banded(surge, |k| {
                vec![("A49_001", "見本県".into()), ("A49_002", "99".into()), ("A49_003", WORDS[k].into())]
            }),
        ),
        (
            "tsunami.geojson",
            banded(wave, |k| {
                vec![("A40_001", "見本県".into()), ("A40_002", "99".into()), ("A40_003", WORDS[k].into())]
            }),
        ),
    ]
}
