//! A feature, simplified for a zoom, in all tiles that it touches.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fill::Piece;
use super::project::{Part, units};
use super::{BaseError, MOST_TILES};
use crate::tile::mercator::{BUFFER, EXTENT};
use crate::tile::mvt::{Path, Position, Shape};
use crate::tile::{clip, is_box, simplify, snap};
use crate::{Bounds, Point};

/// A pixel, in units, where a tile is drawn 512 pixels wide.
const PIXEL: f64 = 8.0;
/// The smallest area that is drawn below the highest zoom: two pixels.
const LEAST_AREA: f64 = 2.0 * PIXEL * PIXEL;

pub(super) type Tiles = BTreeMap<(u32, u32), Vec<Piece>>;

/// Cuts a part of the map into tiles. At the highest zoom, which is also looked at enlarged, nothing that can be seen is left out.
pub(super) fn spread(
    look: usize,
    part: &Part,
    zoom: u8,
    highest: bool,
    tiles: &mut Tiles,
) -> Result<(), BaseError> {
    let tolerance = if highest { 0.5 } else { PIXEL };
    let mut add = |(x, y): (u32, u32), shape: Shape, size: f64| {
        if tiles.len() >= MOST_TILES && !tiles.contains_key(&(x, y)) {
            return Err(BaseError::TooManyTiles(zoom));
        }
        tiles.entry((x, y)).or_default().push(Piece { look, shape, size });
        Ok(())
    };
    match part {
        Part::Points(places) => {
            for point in units(places, zoom) {
                let tile = (holder(point.x, zoom), holder(point.y, zoom));
                add(tile, Shape::Points(vec![in_tile(point, tile)]), 0.0)?;
            }
        }
        Part::Lines(lines) => {
            for line in lines {
                let line = simplify::line(&units(line, zoom), tolerance);
                let size = line.iter().zip(line.iter().skip(1)).map(|(a, b)| length(*a, *b)).sum();
                let cut = |lines: &[Vec<Point>], within: &Bounds| {
                    let lines: Vec<_> = lines.iter().flat_map(|line| clip::line(line, within)).collect();
                    (!lines.is_empty()).then_some(lines)
                };
                let Some(bounds) = Bounds::around(&line) else { continue };
                split(vec![line], bounds, zoom, cut, |tile, lines| {
                    let lines = lines.iter().map(|line| snap::line(placed(line, tile)));
                    let lines: Vec<Path> = lines.filter(|line| !line.is_empty()).collect();
                    if lines.is_empty() { Ok(()) } else { add(tile, Shape::Lines(lines), size) }
                })?;
            }
        }
        Part::Areas(areas) => {
            let least = if highest { 0.0 } else { LEAST_AREA };
            for rings in areas {
                let mut kept = Vec::new();
                let mut size = 0.0;
                for (index, ring) in rings.iter().enumerate() {
                    let ring = simplify::ring(&units(ring, zoom), tolerance);
                    let large = area(&ring);
                    if index == 0 {
                        size = large;
                    }
                    if large > least {
                        kept.push(ring);
                    } else if index == 0 {
                        break;
                    }
                }
                let Some(bounds) = kept.first().and_then(Bounds::around) else { continue };
                split(kept, bounds, zoom, cut_area, |tile, rings| {
                    let rings: Vec<Path> = rings.iter().map(|ring| snap::ring(placed(ring, tile))).collect();
                    if rings.first().is_none_or(Vec::is_empty) {
                        return Ok(());
                    }
                    add(tile, Shape::Polygons(vec![rings]), size)
                })?;
            }
        }
    }
    Ok(())
}

/// Halves a shape again and again until each part lies in one tile: the work grows with the shape's length, not with the
/// number of tiles in the box around it.
fn split(
    shape: Vec<Vec<Point>>,
    bounds: Bounds,
    zoom: u8,
    cut: impl Fn(&[Vec<Point>], &Bounds) -> Option<Vec<Vec<Point>>>,
    mut each: impl FnMut((u32, u32), Vec<Vec<Point>>) -> Result<(), BaseError>,
) -> Result<(), BaseError> {
    let around = i64::from(BUFFER);
    let span = |min: i64, max: i64| holder(min - around, zoom)..holder(max + around, zoom) + 1;
    let all = Window { columns: span(bounds.min.x, bounds.max.x), rows: span(bounds.min.y, bounds.max.y) };
    let mut open: Vec<(Vec<Vec<Point>>, Window)> =
        cut(&shape, &all.bounds()).map(|shape| (shape, all)).into_iter().collect();
    while let Some((shape, window)) = open.pop() {
        match window.halves() {
            None => each((window.columns.start, window.rows.start), shape)?,
            Some(halves) => {
                open.extend(halves.into_iter().filter_map(|half| Some((cut(&shape, &half.bounds())?, half))));
            }
        }
    }
    Ok(())
}

/// Tiles side by side.
struct Window {
    columns: Range<u32>,
    rows: Range<u32>,
}

impl Window {
    /// In units, with what tiles reach into around them.
    fn bounds(&self) -> Bounds {
        let unit = |tile: u32| i64::from(tile) * i64::from(EXTENT);
        let around = i64::from(BUFFER);
        Bounds {
            min: Point { x: unit(self.columns.start) - around, y: unit(self.rows.start) - around },
            max: Point { x: unit(self.columns.end) + around, y: unit(self.rows.end) + around },
        }
    }

    /// Cut across its longer side; none when it is one tile.
    fn halves(&self) -> Option<[Window; 2]> {
        let (columns, rows) = (&self.columns, &self.rows);
        let cut = |range: &Range<u32>| {
            let middle = range.start + (range.end - range.start) / 2;
            [range.start..middle, middle..range.end]
        };
        if columns.len().max(rows.len()) <= 1 {
            None
        } else if columns.len() >= rows.len() {
            Some(cut(columns).map(|columns| Window { columns, rows: rows.clone() }))
        } else {
            Some(cut(rows).map(|rows| Window { columns: columns.clone(), rows }))
        }
    }
}

fn cut_area(rings: &[Vec<Point>], within: &Bounds) -> Option<Vec<Vec<Point>>> {
    let (outer, holes) = rings.split_first()?;
    let mut cut = vec![clip::ring(outer, within).into_owned()];
    if cut.iter().any(Vec::is_empty) {
        return None;
    }
    for hole in holes {
        let hole = clip::ring(hole, within);
        if is_box(&hole, within) {
            return None;
        }
        if !hole.is_empty() {
            cut.push(hole.into_owned());
        }
    }
    Some(cut)
}

/// The column or row of tiles that holds a coordinate; the outermost beyond the world.
fn holder(at: i64, zoom: u8) -> u32 {
    at.div_euclid(i64::from(EXTENT)).clamp(0, (1i64 << zoom) - 1) as u32
}

fn placed(points: &[Point], tile: (u32, u32)) -> impl Iterator<Item = Position> {
    points.iter().map(move |point| in_tile(*point, tile))
}

fn in_tile(point: Point, (x, y): (u32, u32)) -> Position {
    let within = |at: i64, tile: u32| (at - i64::from(tile) * i64::from(EXTENT)) as i32;
    Position { x: within(point.x, x), y: within(point.y, y) }
}

fn length(a: Point, b: Point) -> f64 {
    ((b.x - a.x) as f64).hypot((b.y - a.y) as f64)
}

fn area(ring: &[Point]) -> f64 {
    let before = ring.last().into_iter().chain(ring);
    let doubled: i128 = before
        .zip(ring)
        .map(|(a, b)| i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y))
        .sum();
    doubled.unsigned_abs() as f64 / 2.0
}
