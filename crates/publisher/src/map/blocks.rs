//! 町字: from a file of the map, or from the table of addresses.

use std::collections::BTreeMap;

use madoguchi_hazard::tile::base::{self, Shape};
use madoguchi_hazard::{Point, Polygon};
use madoguchi_model::{MapRecord, Source, Translations};

use super::{Sum, inner, source};
use crate::geo::{Feature, Properties};
use crate::geocode::BlockRow;
use crate::hazard::slug;
use crate::report::{FileReport, MapPart, Records};
use crate::settings::{MapLayer, Settings};

/// A block, or a part of one.
pub(super) struct Block {
    name: String,
    point: Option<Point>,
    polygons: Vec<Polygon>,
}

/// Is a feature of this town? 小地域 of 国勢調査 say it by `KEY_CODE`; a file without is the town's as a whole.
pub(super) fn is_own(properties: &Properties, settings: &Settings) -> bool {
    let code = settings.code.as_str();
    let key = properties.get("KEY_CODE").map(String::as_str);
    key.is_none_or(|key| key.get(..5) == code.get(..5))
}

/// A block of a feature.
pub(super) fn of_feature(name: Option<String>, feature: &Feature) -> Result<Block, &'static str> {
    let name = name.or_else(|| feature.properties.get("S_NAME").cloned());
    let name = name.ok_or("名前がありません。[[map]] の name に、名前の属性を書いてください")?;
    let point = feature.points.first().copied();
    if point.is_none() && feature.polygons.is_empty() {
        return Err("点でも面でもありません");
    }
    Ok(Block { name, point, polygons: feature.polygons.clone() })
}

/// The records of blocks; parts of one name are one block.
pub(super) fn make(sum: &Sum<'_>, settings: &Settings, files: &mut [(FileReport, Records)]) {
    let Some((index, map)) = sum.of.get(&MapLayer::Blocks).and_then(|files| files.first()) else { return };
    let Some((_, records)) = files.get_mut(*index) else { return };
    let source = source(map, "町字", settings);
    records
        .map
        .extend(points(sum).into_iter().map(|(name, point)| part(&name, point.lat(), point.lon(), &source)));
}

/// The labels of blocks on the map.
pub(super) fn labels(sum: &Sum<'_>) -> Vec<base::Feature> {
    let label = |(name, point): (String, Point)| base::Feature {
        shape: Shape::Points(vec![point]),
        properties: BTreeMap::from([("name".into(), name), ("kind".into(), "block".into())]),
    };
    points(sum).into_iter().map(label).collect()
}

fn points(sum: &Sum<'_>) -> Vec<(String, Point)> {
    let mut all: BTreeMap<&str, (Option<Point>, Vec<Polygon>)> = BTreeMap::new();
    for block in &sum.blocks {
        let known = all.entry(&block.name).or_default();
        known.0 = known.0.or(block.point);
        known.1.extend(block.polygons.iter().cloned());
    }
    let found = all.into_iter().filter_map(|(name, (point, polygons))| {
        Some((name.to_string(), point.or_else(|| inner::point(&polygons))?))
    });
    found.collect()
}

/// The blocks of the address table: its rows of this town.
pub fn of_table(file: &str, rows: &[BlockRow], settings: &Settings) -> (FileReport, Records) {
    let own = settings.said_of(file);
    let name = file.rsplit('/').next().unwrap_or(file);
    let title = own.title.or_else(|| Some("町字の位置".into()));
    let source = Source { file: name.into(), title, ..own };
    let mut report = FileReport::new(file);
    report.dataset = Some(MapLayer::Blocks.name().into());
    report.rows = rows.len();
    let mut records = Records::default();
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for row in rows {
        if seen.insert(&row.name, ()).is_some() {
            report.mend("同じ名前の町字を一つにまとめた");
        } else {
            records.map.push(part(&row.name, row.lat, row.lon, &source));
        }
        report.kept += 1;
    }
    report.notes.push("住所から位置を求めるのにも使いました".into());
    (report, records)
}

fn part(name: &str, lat: f64, lon: f64, source: &Source) -> MapPart {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let record = MapRecord::Block {
        id: format!("block-{}", slug(&format!("町字 {name}"))),
        name: name.into(),
        names: Translations::default(),
        lat: round(lat),
        lon: round(lon),
        source: 0,
    };
    MapPart { record, source: source.clone(), pack: None }
}
