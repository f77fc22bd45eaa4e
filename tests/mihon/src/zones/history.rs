//! 浸水実績: where water stood in the typhoon of 令和元年 and in the rain of this September.

use super::Fields;
use crate::contour::{polygons, rings};
use crate::geo::{P, p};
use crate::geojson::{Feature, Shape, Value};
use crate::rng::noise;
use crate::town::Town;

pub fn files(fields: &Fields, town: &Town) -> Vec<(&'static str, Vec<Feature>)> {
    let stood = |seed: u64, reach: f64, height: f64| {
        fields.height.map(|at, ground| {
            let near = (reach * (1.0 + 0.7 * noise(seed, at, 380.0)) - fields.river.at(at)) / 60.0;
            let low = height + 0.5 * noise(seed + 5, at, 170.0) - ground;
            let here = (2420.0 + 160.0 * noise(seed, at, 300.0) - at.y).min(at.y - 340.0) / 60.0;
            near.min(low * 1.5).min(here).min((town.water.to_river(at) - 28.0) / 30.0)
        })
    };
    let typhoon = polygons(&rings(&stood(660, 560.0, 5.1), 0.0, 2.5, 5000.0));
    let rain = polygons(&rings(&stood(661, 330.0, 4.3), 0.0, 2.5, 5000.0));
    let typhoon = vec![
        Feature::new(Shape::Area(typhoon), event("2019-10-12", "令和元年10月の台風", "床上浸水")),
        // One ring with a pen that crossed its own line, as hand-drawn maps of the past have.
        Feature::new(
            Shape::Raw(crossed(p(5900.0, 1500.0))),
            event("2019-10-12", "令和元年10月の台風", "床下浸水"),
        ),
    ];
    let rain = vec![Feature::new(Shape::Area(rain), event("2026-09-12", "令和8年9月の大雨", "床下浸水"))];
    vec![("flood_history_2019.geojson", typhoon), ("flood_history_2026.geojson", rain)]
}

fn event(day: &str, name: &str, how: &str) -> Vec<(&'static str, Value)> {
    vec![("日付", day.into()), ("災害名", name.into()), ("被害", how.into())]
}

fn crossed(at: P) -> Vec<P> {
    let step = |x: f64, y: f64| at + p(x, y);
    vec![
        step(-120.0, -70.0),
        step(-30.0, -90.0),
        step(60.0, 70.0),
        step(150.0, 60.0),
        step(160.0, -50.0),
        step(70.0, -80.0),
        step(-40.0, 80.0),
        step(-130.0, 60.0),
    ]
}
