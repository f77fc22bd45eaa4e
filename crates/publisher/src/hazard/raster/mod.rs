//! Tiles of 重ねるハザードマップ in a folder `{z}/{x}/{y}.png`: colours back to classes, pixels to polygons.

mod legend;
mod picture;
mod trace;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use madoguchi_hazard::pack::MAX_POINTS;
use madoguchi_hazard::{Point, Polygon, Ring};
use madoguchi_model::HazardKind;

use super::classes::Draft;
use super::layer::Zoned;
use super::layouts::Key;
use super::plan::Plan;
use super::{Reading, Surroundings};
use crate::report::{FileReport, Records, Unit};
use crate::settings::{HazardFile, Legend};
use trace::Corner;

/// Tiles of one folder.
const MAX_TILES: usize = 100_000;
/// 重ねるハザードマップ goes to 17; deeper than this a pixel's corner is no longer told from its neighbour's.
const MAX_ZOOM: u8 = 22;

/// A tile's place and file.
struct Tile {
    x: u32,
    y: u32,
    name: String,
    path: PathBuf,
}

/// Reads a folder of tiles.
pub(super) fn import(entry: &HazardFile, town: &Surroundings<'_>) -> (FileReport, Records) {
    let mut report = FileReport { unit: Unit::Tile, ..FileReport::new(&entry.file) };
    let refused = |mut report: FileReport, why: &str| {
        report.why = Some(why.into());
        (report, Records::default())
    };
    let Some(kind) = entry.layer else {
        return refused(report, "[[hazard]] に layer（何の危険か）を書いてください");
    };
    let Some(legend) = entry.legend.or_else(|| Legend::usual(kind)) else {
        return refused(
            report,
            "この種類のタイルの色の表はありません。ファイルの形（GeoJSONなど）で出してください",
        );
    };
    let (zoom, tiles) = match tiles(&town.dir.join(&entry.file), &mut report) {
        Ok(found) => found,
        Err(why) => return refused(report, &why),
    };
    let table = legend.table();
    let mut reading =
        Reading { entry: Some(entry), plan: Some(Plan::Mapped(entry, kind, None)), ..Reading::default() };
    report.rows = tiles.len();
    let mut left = MAX_POINTS;
    let mut kept = 0;
    for (number, tile) in (1..).zip(&tiles) {
        let grid = picture::read(&tile.path).and_then(|picture| picture.classes(&table));
        let grid = match grid {
            Ok(grid) => grid,
            Err(why) => {
                reading.refuse(&mut report, number, Some(&tile.name), why);
                continue;
            }
        };
        kept += 1;
        let places = Places { zoom, tile, width: grid.width, height: grid.height };
        for (index, (class, traced)) in (0..).zip(grid.trace()) {
            let Some((_, own_kind, draft)) = table.get(usize::from(class)) else { continue };
            let points = traced.outer.len() + traced.holes.iter().map(Vec::len).sum::<usize>();
            let Some(rest) = left.checked_sub(points as u64) else {
                return refused(report, "境目の点が多すぎます。タイルを減らすか、浅い段（z）にしてください");
            };
            left = rest;
            let polygon = Polygon {
                outer: places.ring(&traced.outer),
                holes: traced.holes.iter().map(|hole| places.ring(hole)).collect(),
            };
            add(
                &mut reading,
                own_kind.unwrap_or(kind),
                draft,
                Zoned { class: 0, polygon, feature: number, index },
            );
        }
    }
    if kept == 0 {
        report.kept = 0;
        let why = report.refused.first().map_or("タイルがありません".into(), |first| {
            format!("{}: {}", first.column.as_deref().unwrap_or_default(), first.why)
        });
        return refused(report, &why);
    }
    // Transparent says nothing, so nothing but the zones was surveyed unless the entry says where.
    let nowhere = entry.surveyed.is_none();
    let (mut report, records) = reading.finish(report, town, nowhere);
    report.kept = if records.hazards.is_empty() { 0 } else { kept };
    if nowhere && !records.hazards.is_empty() {
        report.notes.push(
            "色のないところは「調べていない」と出します（surveyed に範囲を書けば、そこは区域の外と出ます）"
                .into(),
        );
    }
    (report, records)
}

fn add(reading: &mut Reading<'_>, kind: HazardKind, draft: &Draft, zone: Zoned) {
    let scenario = reading.entry.and_then(|entry| entry.scenario.as_deref());
    let group = reading.groups.entry(Key::new(kind, scenario)).or_default();
    let class = group.classes.number(draft);
    group.zones.push(Zoned { class, ..zone });
}

/// The tiles of the deepest zoom, in a fixed order: those above are the same thing, coarser.
fn tiles(folder: &Path, report: &mut FileReport) -> Result<(u8, Vec<Tile>), String> {
    let mut zooms: BTreeMap<u8, Vec<Tile>> = BTreeMap::new();
    let mut count = 0;
    let mut others = 0;
    for entry in walkdir::WalkDir::new(folder).min_depth(1).max_depth(4) {
        let entry = entry.map_err(|error| format!("読めません: {error}"))?;
        if !entry.file_type().is_file() {
            continue;
        }
        let parts: Vec<String> = entry
            .path()
            .strip_prefix(folder)
            .map(|path| path.iter().map(|part| part.to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        let Some((zoom, x, y)) = place(&parts) else {
            others += 1;
            continue;
        };
        count += 1;
        if count > MAX_TILES {
            return Err(format!("タイルが{MAX_TILES}まいを超えています"));
        }
        let tile = Tile { x, y, name: parts.join("/"), path: entry.path().into() };
        zooms.entry(zoom).or_default().push(tile);
    }
    if others > 0 {
        report.notes.push(format!("{others}このファイルは、タイル（z/x/y.png）ではありません"));
    }
    let above = zooms.len().saturating_sub(1);
    let Some((zoom, mut tiles)) = zooms.pop_last() else {
        return Err("タイル（z/x/y.png）がありません".into());
    };
    if above > 0 {
        report.notes.push(format!("いちばん細かい段（z = {zoom}）だけを使いました"));
    }
    tiles.sort_by_key(|tile| (tile.x, tile.y));
    Ok((zoom, tiles))
}

fn place(parts: &[String]) -> Option<(u8, u32, u32)> {
    let [zoom, x, y] = parts else { return None };
    let (y, ending) = y.rsplit_once('.')?;
    let zoom: u8 = zoom.parse().ok().filter(|zoom| *zoom <= MAX_ZOOM)?;
    let (x, y): (u32, u32) = (x.parse().ok()?, y.parse().ok()?);
    (ending.eq_ignore_ascii_case("png") && x < 1 << zoom && y < 1 << zoom).then_some((zoom, x, y))
}

/// Where the corners of a tile's pixels are.
struct Places<'a> {
    zoom: u8,
    tile: &'a Tile,
    width: u32,
    height: u32,
}

impl Places<'_> {
    fn ring(&self, corners: &[Corner]) -> Ring {
        corners.iter().filter_map(|corner| self.point(*corner)).collect()
    }

    /// By the number of the pixel in the world, so that neighbouring tiles agree on what they share.
    fn point(&self, (x, y): Corner) -> Option<Point> {
        let part = |tile: u32, pixel: u32, size: u32| {
            let pixels = f64::from(size) * f64::from(1u32 << self.zoom);
            (f64::from(tile) * f64::from(size) + f64::from(pixel)) / pixels
        };
        let lon = part(self.tile.x, x, self.width) * 360.0 - 180.0;
        let north = std::f64::consts::PI * (1.0 - 2.0 * part(self.tile.y, y, self.height));
        Point::of_degrees(north.sinh().atan().to_degrees(), lon).ok()
    }
}

#[cfg(test)]
mod tests;
