//! Features in the square of Web Mercator, and from there in the units of a zoom.

use super::Shape;
use super::rules::LayerKind;
use crate::tile::mercator::{EXTENT, unit_square};
use crate::{Point, Ring};

type Places = Vec<(f64, f64)>;

/// A feature as its layer draws it: in the square of Web Mercator, from 0 to 1.
#[derive(Debug)]
pub(super) enum Part {
    Points(Places),
    Lines(Vec<Places>),
    /// Outer ring and holes.
    Areas(Vec<Vec<Places>>),
}

impl Part {
    /// None where the layer cannot draw such a shape.
    pub fn of(layer: LayerKind, shape: &Shape) -> Option<Self> {
        let square = |points: &Ring| points.iter().map(|point| unit_square(*point)).collect::<Places>();
        let closed = |ring: &Ring| {
            let mut places = square(ring);
            places.extend(places.first().copied());
            places
        };
        let lines_only = matches!(layer, LayerKind::Roads | LayerKind::Rail | LayerKind::Border);
        let areas_too = matches!(layer, LayerKind::Water | LayerKind::Green | LayerKind::Buildings);
        match shape {
            Shape::Points(points) if layer == LayerKind::Labels => Some(Part::Points(square(points))),
            Shape::Lines(lines) if lines_only || layer == LayerKind::Water => {
                Some(Part::Lines(lines.iter().map(square).collect()))
            }
            Shape::Polygons(polygons) if lines_only => {
                let rings =
                    polygons.iter().flat_map(|polygon| std::iter::once(&polygon.outer).chain(&polygon.holes));
                Some(Part::Lines(rings.map(closed).collect()))
            }
            Shape::Polygons(polygons) if areas_too => {
                let rings = |polygon: &crate::Polygon| {
                    std::iter::once(&polygon.outer).chain(&polygon.holes).map(square).collect()
                };
                Some(Part::Areas(polygons.iter().map(rings).collect()))
            }
            _ => None,
        }
    }
}

/// Places in the units of a zoom, counted from the world's north-west corner.
pub(super) fn units(places: &[(f64, f64)], zoom: u8) -> Vec<Point> {
    let side = f64::from(EXTENT) * f64::from(1u32 << zoom);
    let whole = |part: f64| (part * side).round() as i64;
    let mut points: Vec<Point> = places.iter().map(|(x, y)| Point { x: whole(*x), y: whole(*y) }).collect();
    points.dedup();
    points
}
