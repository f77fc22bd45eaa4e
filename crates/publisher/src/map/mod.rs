//! What a town's map is drawn from and found by: roads, water, buildings, its border, its blocks.
//!
//! Each file of `[[map]]` gives features to what is made of all of them: the base map, the walking graph, the border.

mod blocks;
mod border;
mod draw;
mod inner;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use madoguchi_hazard::Polygon;
use madoguchi_hazard::roads::{Way, WayKind};
use madoguchi_hazard::tile::base::{self, BaseLayer, Shape};
use madoguchi_model::Source;

use crate::folder;
use crate::geo::{self, Feature, Item, Properties};
use crate::report::{FileReport, Records, Unit};
use crate::settings::{MapFile, MapLayer, Settings};

pub use blocks::of_table;

/// How many refused features of a file are named; the others are counted.
const NAMED: usize = 200;

/// What all files of the map gave.
#[derive(Default)]
pub struct Gathered {
    /// The reports of the files, each with its records.
    pub files: Vec<(FileReport, Records)>,
    /// The town's border.
    pub border: Vec<Polygon>,
    /// Did a file give blocks?
    pub has_blocks: bool,
}

/// What is put together from several files.
#[derive(Default)]
struct Sum<'a> {
    layers: BTreeMap<&'static str, Vec<base::Feature>>,
    ways: Vec<Way>,
    /// Does a file of roads say no `highway`? Then its lines are no network, and are joined where they cross.
    only_lines: bool,
    border: Vec<Polygon>,
    blocks: Vec<blocks::Block>,
    /// The files of each layer, in the order of `town.toml`.
    of: BTreeMap<MapLayer, Vec<(usize, &'a MapFile)>>,
}

/// Reads all files of the map.
pub fn import(dir: &Path, settings: &Settings) -> Gathered {
    let mut sum = Sum::default();
    let mut files = Vec::new();
    for map in settings.maps.iter().filter(|map| settings.skips(&map.file).is_none()) {
        let department = map.department.as_deref().and_then(|name| settings.department_named(name));
        let records =
            Records { department: department.map(|department| department.id.clone()), ..Records::default() };
        let report = FileReport { unit: Unit::Feature, ..FileReport::new(&map.file) };
        files.push((report, records));
        let Some((report, _)) = files.last_mut() else { continue };
        if folder::size_of(dir, &map.file).is_none() {
            report.why = Some("[[map]] の file が、フォルダにありません".into());
            continue;
        }
        if map.layer != MapLayer::Base && !read(dir, map, settings, &mut sum, report) {
            continue;
        }
        report.dataset = Some(map.layer.name().into());
        let index = files.len() - 1;
        sum.of.entry(map.layer).or_default().push((index, map));
    }
    border::make(&mut sum, settings, &mut files);
    blocks::make(&sum, settings, &mut files);
    draw::roads(&sum, settings, &mut files);
    draw::base(dir, &mut sum, settings, &mut files);
    Gathered { has_blocks: !sum.blocks.is_empty(), border: sum.border, files }
}

/// Reads one file into the sum; false when nothing of it can be used, with the reason in its report.
fn read(dir: &Path, map: &MapFile, settings: &Settings, sum: &mut Sum<'_>, report: &mut FileReport) -> bool {
    let mut part = Sum::default();
    let mut named = false;
    let mut more = 0;
    let mut kept = 0;
    let mut elsewhere = 0;
    let mut refused: Vec<(u64, Option<String>, String)> = Vec::new();
    let facts = geo::read(&dir.join(&map.file), &mut |item| {
        let (number, place, why) = match item {
            Item::Refused(bad) => (bad.number, bad.place, bad.why),
            Item::Feature(feature) => {
                named |= feature.properties.contains_key("highway");
                let number = feature.number;
                match part.take(map, settings, feature) {
                    Ok(true) => {
                        kept += 1;
                        return ControlFlow::Continue(());
                    }
                    Ok(false) => {
                        elsewhere += 1;
                        return ControlFlow::Continue(());
                    }
                    Err(why) => (number, None, why.into()),
                }
            }
        };
        if refused.len() < NAMED {
            refused.push((number, place, why));
        } else {
            more += 1;
        }
        ControlFlow::Continue(())
    });
    let facts = match facts {
        Ok(facts) => facts,
        Err(error) => {
            report.why = Some(error.to_string());
            return false;
        }
    };
    report.encoding = Some(facts.encoding.into());
    report.rows = usize::try_from(facts.features).unwrap_or(usize::MAX);
    report.kept = kept;
    for (number, place, why) in refused {
        report.refuse(number, place.as_deref(), why);
    }
    if elsewhere > 0 {
        report.notes.push(format!("ほかの自治体の{elsewhere}こは、入れません"));
    }
    if more > 0 {
        report.notes.push(format!("ほかに{more}こ、入れられないものがあります"));
    }
    if kept == 0 {
        report.why = Some(if elsewhere > 0 {
            format!("{}（{}）のものが、一つもありません", settings.town().name, settings.code)
        } else {
            report
                .refused
                .first()
                .map_or("地物が一つもありません".into(), |first| first.why.clone())
        });
        return false;
    }
    if map.layer == MapLayer::Roads && !named {
        part.only_lines = true;
        report.notes.push("highway の属性がないので、すべての線を、歩ける道として使います".into());
    }
    sum.join(part);
    true
}

impl Sum<'_> {
    fn join(&mut self, part: Sum<'_>) {
        for (layer, features) in part.layers {
            self.layers.entry(layer).or_default().extend(features);
        }
        self.ways.extend(part.ways);
        self.only_lines |= part.only_lines;
        self.border.extend(part.border);
        self.blocks.extend(part.blocks);
    }

    /// Takes one feature; false when it is another town's.
    fn take(&mut self, map: &MapFile, settings: &Settings, feature: Feature) -> Result<bool, &'static str> {
        let name = feature.properties.get(map.name.as_deref().unwrap_or("name"));
        let name = name.map(|name| name.trim()).filter(|name| !name.is_empty()).map(str::to_string);
        match map.layer {
            MapLayer::Border => {
                if !border::is_own(&feature.properties, settings) {
                    return Ok(false);
                }
                if feature.polygons.is_empty() {
                    return Err("面（多角形）ではありません");
                }
                self.border.extend(feature.polygons);
            }
            MapLayer::Blocks => {
                if !blocks::is_own(&feature.properties, settings) {
                    return Ok(false);
                }
                self.blocks.push(blocks::of_feature(name, &feature)?);
            }
            MapLayer::Roads => {
                if feature.lines.is_empty() {
                    return Err("線ではありません");
                }
                self.ways(&name, &feature);
                self.draw("roads", name, feature)?;
            }
            MapLayer::Rail => self.draw("rail", name, feature)?,
            MapLayer::Water => self.draw("water", name, feature)?,
            MapLayer::Green => self.draw("green", name, feature)?,
            MapLayer::Buildings => self.draw("buildings", name, feature)?,
            MapLayer::Base => {}
        }
        Ok(true)
    }

    fn ways(&mut self, name: &Option<String>, feature: &Feature) {
        let tag = |key: &str| feature.properties.get(key).map(String::as_str);
        let kind = match tag("highway") {
            Some(highway) => WayKind::of_highway(highway, tag, false),
            None => Some(WayKind::Road),
        };
        let Some(kind) = kind else { return };
        let name = name.clone().filter(|name| name.len() <= madoguchi_hazard::roads::MAX_NAME);
        let ways =
            feature.lines.iter().map(|points| Way { points: points.clone(), kind, name: name.clone() });
        self.ways.extend(ways);
    }

    /// Adds a feature to a layer of the base map.
    fn draw(
        &mut self,
        layer: &'static str,
        name: Option<String>,
        feature: Feature,
    ) -> Result<(), &'static str> {
        let properties = told(name, &feature.properties);
        let Feature { lines, polygons, .. } = feature;
        if lines.is_empty() && polygons.is_empty() {
            return Err("線でも面でもありません");
        }
        let lines = Some(lines).filter(|lines| !lines.is_empty()).map(Shape::Lines);
        let polygons = Some(polygons).filter(|polygons| !polygons.is_empty()).map(Shape::Polygons);
        let all = lines.into_iter().chain(polygons);
        let features = all.map(|shape| base::Feature { shape, properties: properties.clone() });
        self.layers.entry(layer).or_default().extend(features);
        Ok(())
    }

    fn base_layers(&mut self) -> Vec<BaseLayer> {
        let layers = std::mem::take(&mut self.layers).into_iter();
        layers.map(|(name, features)| BaseLayer { name: name.into(), features }).collect()
    }
}

/// What the map tells of a feature.
fn told(name: Option<String>, properties: &Properties) -> BTreeMap<String, String> {
    const KEYS: &[&str] = &["kind", "highway", "waterway", "water", "landuse", "leisure", "natural"];
    let known = KEYS.iter().filter_map(|key| Some(((*key).to_string(), properties.get(*key)?.clone())));
    known.chain(name.map(|name| ("name".to_string(), name))).collect()
}

/// What is said of a file of the map.
fn source(map: &MapFile, title: &str, settings: &Settings) -> Source {
    let own = settings.said_of(&map.file);
    // What names somebody else to be thanked is not the town's, and not under its licence.
    let towns = map.attribution.is_none().then_some(settings);
    let thanked = || map.attribution.clone().or_else(|| towns?.usual_provider());
    Source {
        title: own.title.or_else(|| Some(title.into())),
        provider: own.provider.or_else(thanked),
        license: map.license.clone().or(own.license).or_else(|| towns?.license.clone()),
        ..own
    }
}

#[cfg(test)]
mod tests;
