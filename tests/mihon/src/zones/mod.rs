//! What can happen: zones of every kind, in the layouts in which real ones come.

mod coast;
mod history;
mod inland;
mod river;
mod slope;

use crate::geo::{P, depth_inside, distance};
use crate::geojson::{Feature, Shape, Value};
use crate::grid::Grid;
use crate::town::Town;

/// Values on the mesh that several layers need.
pub struct Fields {
    /// Metres above the sea.
    pub height: Grid,
    /// Metres inside the border; negative outside.
    pub within: Grid,
    /// Metres from the coast.
    pub coast: Grid,
    /// Metres from the middle of the river.
    pub river: Grid,
}

impl Fields {
    /// Measures them.
    pub fn new(town: &Town) -> Self {
        let coast = town.skeleton.coast();
        Fields {
            height: town.ground.mesh().clone(),
            within: Grid::of(|at| depth_inside(&town.border, at)),
            coast: Grid::of(|at| distance(&coast, at)),
            river: Grid::of(|at| distance(&town.water.river, at)),
        }
    }

    /// A value that falls off fast beyond the border and the coast, so that every zone ends there.
    pub fn ends(&self, grid: Grid) -> Grid {
        grid.map(|at, value| value + self.within.at(at).min(0.0) * 0.1)
    }
}

/// The files of hazards, by name.
pub fn files(town: &Town) -> Vec<(&'static str, Vec<Feature>)> {
    let fields = Fields::new(town);
    let mut out = river::files(town, &fields);
    out.extend(coast::files(&fields));
    out.extend(inland::files(town, &fields));
    out.push(("landslide.geojson", slope::features(town)));
    out.extend(history::files(&fields, town));
    out
}

/// One feature for every band that is not empty.
fn banded(
    bands: Vec<Vec<Vec<Vec<P>>>>,
    properties: impl Fn(usize) -> Vec<(&'static str, Value)>,
) -> Vec<Feature> {
    bands
        .into_iter()
        .enumerate()
        .filter(|(_, polygons)| !polygons.is_empty())
        .map(|(k, polygons)| Feature::new(Shape::Area(polygons), properties(k)))
        .collect()
}

/// A value between the points of a table, straight; beyond its ends as at them.
fn table(points: &[(f64, f64)], at: f64) -> f64 {
    points.windows(2).find(|pair| at < pair[1].0).map_or(points[points.len() - 1].1, |pair| {
        let share = ((at - pair[0].0) / (pair[1].0 - pair[0].0)).max(0.0);
        pair[0].1 + (pair[1].1 - pair[0].1) * share
    })
}
