//! The walking graph and the base map, each made of all files that have something for it.

use std::collections::BTreeSet;
use std::path::Path;

use madoguchi_hazard::pack::MAX_BYTES;
use madoguchi_hazard::tile::base::{self, BaseLayer, Options, Shape};
use madoguchi_hazard::tile::pmtiles::{Archive, TileKind};
use madoguchi_hazard::{Bounds, roads};
use madoguchi_model::{MapRecord, Source};

use super::{Sum, blocks, inner, source};
use crate::report::{FileReport, MapPart, Records};
use crate::settings::{MapFile, MapLayer, Settings};

/// The largest base map that a town may give.
const MAX_ARCHIVE: u64 = MAX_BYTES;

/// The walking graph.
pub(super) fn roads(sum: &Sum<'_>, settings: &Settings, files: &mut [(FileReport, Records)]) {
    let Some(all) = sum.of.get(&MapLayer::Roads) else { return };
    let Some((index, _)) = all.first() else { return };
    let Some((report, records)) = files.get_mut(*index) else { return };
    if sum.ways.is_empty() {
        report.notes.push("歩ける道が一つもないので、道のりは調べられません".into());
        return;
    }
    let built = if sum.only_lines { roads::build_crossing(&sum.ways) } else { roads::build(&sum.ways) };
    let points = sum.ways.iter().flat_map(|way| &way.points);
    match (built, Bounds::around(points)) {
        (Ok(pack), Some(bounds)) => records.map.push(MapPart {
            record: MapRecord::Roads {
                id: "roads".into(),
                pack: String::new(),
                bytes: pack.len() as u64,
                bounds: bounds.degrees(),
                source: 0,
            },
            source: joined(all, "道路", settings),
            pack: Some(pack),
        }),
        (Err(error), _) => report.notes.push(format!("歩く道を作れません: {error}")),
        (_, None) => {}
    }
}

/// The base map: the town's own archive, or drawn of the other files.
pub(super) fn base(dir: &Path, sum: &mut Sum<'_>, settings: &Settings, files: &mut [(FileReport, Records)]) {
    if let Some((index, map)) = sum.of.get(&MapLayer::Base).and_then(|all| all.first()).copied() {
        let Some((report, records)) = files.get_mut(index) else { return };
        match own(dir, map, settings) {
            Ok(part) => {
                (report.rows, report.kept) = (1, 1);
                records.map.push(part);
            }
            Err(why) => (report.dataset, report.why) = (None, Some(why)),
        }
        return;
    }
    let mut all: Vec<(usize, &MapFile)> = sum
        .of
        .iter()
        .filter(|(layer, _)| !matches!(layer, MapLayer::Border | MapLayer::Blocks | MapLayer::Base))
        .flat_map(|(_, files)| files.iter().copied())
        .collect();
    all.sort_by_key(|(index, _)| *index);
    let Some((first, _)) = all.first().copied() else { return };
    let border = sum.of.get(&MapLayer::Border).into_iter().flatten().copied();
    let blocks = sum.of.get(&MapLayer::Blocks).into_iter().flatten().copied();
    let named: Vec<(usize, &MapFile)> = all.iter().copied().chain(border).chain(blocks).collect();
    let Some((report, records)) = files.get_mut(first) else { return };
    let options =
        Options { name: settings.town().name, attribution: attribution(&named), ..Options::default() };
    let (min_zoom, max_zoom) = (options.min_zoom, options.max_zoom);
    let mut labels = blocks::labels(sum);
    labels.extend(town_label(sum, settings));
    let mut layers = sum.base_layers();
    let outline =
        base::Feature { shape: Shape::Polygons(sum.border.clone()), properties: Default::default() };
    if !sum.border.is_empty() {
        layers.push(BaseLayer { name: "border".into(), features: vec![outline] });
    }
    layers.push(BaseLayer { name: "labels".into(), features: labels });
    match base::build(layers, &options) {
        Ok(built) if built.bytes.len() as u64 > MAX_ARCHIVE => {
            report.notes.push(format!("地図が{}バイトになり、大きすぎます", built.bytes.len()));
        }
        Ok(built) => {
            if !built.dropped.is_empty() {
                let left = built.dropped.iter().flat_map(|tile| tile.features.values()).sum::<u64>();
                report.notes.push(format!(
                    "地図のタイル{}まいで、細かいもの{left}こを省きました",
                    built.dropped.len()
                ));
            }
            records.map.push(MapPart {
                record: MapRecord::Base {
                    id: "base".into(),
                    pack: String::new(),
                    bytes: built.bytes.len() as u64,
                    bounds: built.bounds.degrees(),
                    min_zoom,
                    max_zoom,
                    attribution: attribution(&named),
                    source: 0,
                },
                source: joined(&all, "地図", settings),
                pack: Some(built.bytes),
            });
        }
        Err(error) => report.notes.push(format!("地図を作れません: {error}")),
    }
}

/// The town's name in the middle of its largest part.
fn town_label(sum: &Sum<'_>, settings: &Settings) -> Option<base::Feature> {
    let properties = [("name".to_string(), settings.town().name), ("kind".to_string(), "town".to_string())];
    let point = inner::point(&sum.border)?;
    Some(base::Feature { shape: Shape::Points(vec![point]), properties: properties.into() })
}

fn own(dir: &Path, map: &MapFile, settings: &Settings) -> Result<MapPart, String> {
    let path = dir.join(&map.file);
    let bytes = std::fs::metadata(&path).map_err(|error| format!("読めません: {error}"))?.len();
    if bytes > MAX_ARCHIVE {
        return Err(format!("{bytes}バイトは大きすぎます（{MAX_ARCHIVE}バイトまで）"));
    }
    let pack = std::fs::read(&path).map_err(|error| format!("読めません: {error}"))?;
    let archive =
        Archive::open(pack.as_slice()).map_err(|error| format!("PMTiles（3版）として読めません: {error}"))?;
    let header = archive.header().clone();
    if header.kind != TileKind::Mvt {
        return Err("ベクトルタイル（MVT）のPMTilesではありません".into());
    }
    let within = archive.metadata().ok();
    let within =
        within.as_ref().and_then(|all| all.get("attribution")?.as_str()).filter(|text| !text.is_empty());
    let attribution = map.attribution.clone().or_else(|| within.map(plain));
    Ok(MapPart {
        record: MapRecord::Base {
            id: "base".into(),
            pack: String::new(),
            bytes: pack.len() as u64,
            bounds: header.bounds,
            min_zoom: header.min_zoom,
            max_zoom: header.max_zoom,
            attribution: attribution.into_iter().collect(),
            source: 0,
        },
        source: source(map, "地図", settings),
        pack: Some(pack),
    })
}

/// A text without the links that metadata often have around names.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            c if !within => out.push(c),
            _ => {}
        }
    }
    out.replace("&copy;", "©").replace("&amp;", "&").trim().into()
}

/// Whom to name, each once.
fn attribution(files: &[(usize, &MapFile)]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let all = files.iter().filter_map(|(_, map)| map.attribution.clone());
    all.filter(|name| seen.insert(name.clone())).collect()
}

/// The source of what is made of several files: the first one's, with the others' names, providers and licences.
fn joined(files: &[(usize, &MapFile)], title: &str, settings: &Settings) -> Source {
    let all: Vec<Source> = files.iter().map(|(_, map)| source(map, title, settings)).collect();
    let list = |of: fn(&Source) -> Option<&String>| {
        let mut seen = BTreeSet::new();
        let told: Vec<&str> =
            all.iter().filter_map(of).map(String::as_str).filter(|text| seen.insert(*text)).collect();
        (!told.is_empty()).then(|| told.join("、"))
    };
    Source {
        file: list(|source| Some(&source.file)).unwrap_or_default(),
        title: Some(title.into()),
        provider: list(|source| source.provider.as_ref()),
        license: list(|source| source.license.as_ref()),
        updated: all.iter().filter_map(|source| source.updated).max(),
    }
}
