//! Draws the map and the hazards of 見本市, the invented town in `towns/mihon`: the same bytes on every machine and every day.
//! Everything is computed from numbers in this source; nothing is read.

mod buildings;
mod contour;
mod curve;
pub mod geo;
pub mod geojson;
mod green;
mod grid;
mod ground;
mod near;
mod network;
mod plan;
mod rng;
mod roads;
mod skeleton;
mod town;
mod water;
mod zones;

use crate::curve::simpler;
use crate::geo::{P, of_degrees};
use crate::geojson::{Feature, Shape};
use crate::roads::Way;
use crate::skeleton::{BLOCKS, BlockPlan};
use crate::town::Town;

/// A file of the town: its path in the town's folder, and its features.
pub struct File {
    /// The path.
    pub path: String,
    /// What is in it.
    pub features: Vec<Feature>,
}

/// Draws all files.
pub fn files() -> Vec<File> {
    let town = Town::new();
    let map = [
        ("border.geojson", vec![border(&town)]),
        ("blocks.geojson", blocks(&town)),
        ("water.geojson", town.water.features()),
        ("green.geojson", green::features(&town)),
        ("buildings.geojson", buildings::features(&town)),
        ("roads.geojson", town.ways.iter().map(way).collect()),
        ("rail.geojson", vec![rail(&town)]),
    ];
    let map = map.into_iter().map(|(name, features)| File { path: format!("map/{name}"), features });
    let hazard = zones::files(&town);
    let hazard = hazard.into_iter().map(|(name, features)| File { path: format!("hazard/{name}"), features });
    map.chain(hazard).collect()
}

fn border(town: &Town) -> Feature {
    Feature::new(
        Shape::Area(vec![vec![town.border.clone()]]),
        vec![("name", "見本市".into()), ("name:en", "Mihon".into()), ("code", "992011".into())],
    )
}

/// Each block as a polygon, and as the point that addresses in it are given.
fn blocks(town: &Town) -> Vec<Feature> {
    let both = |(plan, ring): (&BlockPlan, &Vec<P>)| {
        let names = |shape| {
            let names = vec![("name", plan.name.into()), ("name:en", plan.english.into())];
            Feature::new(shape, [names, vec![("name:ja_kana", plan.kana.into())]].concat())
        };
        [names(Shape::Area(vec![vec![ring.clone()]])), names(Shape::Point(of_degrees(plan.at.0, plan.at.1)))]
    };
    BLOCKS.iter().zip(&town.blocks).flat_map(both).collect()
}

fn way(way: &Way) -> Feature {
    let mut properties = vec![("highway", way.kind.into())];
    if !way.name.is_empty() {
        properties.extend([("name", way.name.into()), ("name:en", way.english.into())]);
    }
    if let Some((name, english)) = way.bridge {
        properties.extend([("bridge", "yes".into()), ("layer", 1.into())]);
        if !name.is_empty() {
            properties.extend([("bridge:name", name.into()), ("bridge:name:en", english.into())]);
        }
    }
    Feature::new(Shape::Line(way.points.clone()), properties)
}

fn rail(town: &Town) -> Feature {
    let line = simpler(&town.rail, 1.0, &|_| false);
    let names =
        vec![("railway", "rail".into()), ("name", "見本湾線".into()), ("name:en", "Mihon Bay Line".into())];
    Feature::new(Shape::Line(line), names)
}
