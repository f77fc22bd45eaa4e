//! One layer: its zones in a pack, and the words that go with it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use madoguchi_hazard::pack::{self, Flaw, MAX_CLASSES, Zone};
use madoguchi_hazard::{Bounds, Point, Polygon};
use madoguchi_model::{HazardLayer, Source, Surveyed};

use super::Surroundings;
use super::classes::Classes;
use super::plan::{Plan, Planned};
use crate::folder;
use crate::geo::{self, Item};
use crate::report::{FileReport, PackedLayer, Refusal};
use crate::settings::{HazardFile, Settings};

/// The zones of one layer while a file is read.
#[derive(Default)]
pub(super) struct Group {
    pub classes: Classes,
    pub zones: Vec<Zoned>,
    pub surveyor: Option<String>,
}

/// A polygon, its class by number, and where it comes from.
pub(super) struct Zoned {
    pub class: usize,
    pub polygon: Polygon,
    pub feature: u64,
    pub index: u32,
}

/// A layer that was built.
pub(super) struct Made {
    pub layer: PackedLayer,
    /// Features of which a polygon is in it.
    pub kept: Vec<u64>,
    /// Rings that are not.
    pub refused: Vec<Refusal>,
}

/// Where was looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Looked {
    /// Within these.
    In(Vec<Polygon>),
    /// In the whole town.
    Town,
    /// Only the zones tell: in the box around them.
    Around,
}

impl Looked {
    /// Of what lies outside of the zones, nothing is known.
    pub(super) fn nowhere() -> Self {
        Looked::In(Vec::new())
    }
}

/// Where was looked at: as the entry says, else within the town's border. Of zones that say nothing of what lies outside them, nowhere.
pub(super) fn surveyed(
    entry: Option<&HazardFile>,
    plan: &Plan<'_>,
    town: &Surroundings<'_>,
) -> Result<Looked, String> {
    let Some(file) = entry.and_then(|entry| entry.surveyed.as_deref()) else {
        if plan.is_of_zones_alone() {
            return Ok(Looked::nowhere());
        }
        return Ok(if town.border.is_empty() { Looked::Around } else { Looked::Town });
    };
    if folder::size_of(town.dir, file).is_none() {
        return Err(format!("surveyed の「{file}」が、フォルダにありません"));
    }
    let mut area = Vec::new();
    let mut wrong = None;
    let read = geo::read(&town.dir.join(file), &mut |item| match item {
        Item::Feature(feature) => {
            area.extend(feature.polygons);
            ControlFlow::Continue(())
        }
        Item::Refused(refused) => {
            let place = refused.place.map(|place| format!("、{place}")).unwrap_or_default();
            wrong = Some(format!("{}番めの地物{place}: {}", refused.number, refused.why));
            ControlFlow::Break(())
        }
    });
    match (read, wrong) {
        (Err(error), _) => Err(format!("surveyed の「{file}」: {error}")),
        (_, Some(wrong)) => Err(format!("surveyed の「{file}」の{wrong}")),
        _ if area.is_empty() => Err(format!("surveyed の「{file}」に、面がありません")),
        _ => Ok(Looked::In(area)),
    }
}

/// Builds a layer. An error is a sentence for the report.
pub(super) fn build(
    group: Group,
    planned: &Planned<'_>,
    looked: &Looked,
    settings: &Settings,
    report: &mut FileReport,
) -> Result<Made, String> {
    let title = planned.title(settings.said_of(planned.file).title.as_deref());
    let (classes, ranks) = group.classes.ranked();
    let count = u8::try_from(classes.len()).ok().filter(|count| *count <= MAX_CLASSES);
    let Some(count) = count else {
        return Err(format!(
            "「{title}」の区分が{}あります（{MAX_CLASSES}まで）。class の属性が違うかもしれません",
            classes.len()
        ));
    };
    report.notes.extend(group.classes.remarks().into_iter().map(|remark| format!("「{title}」: {remark}")));
    let mut from = Vec::with_capacity(group.zones.len());
    let mut zones = Vec::with_capacity(group.zones.len());
    for zoned in group.zones {
        let rank = ranks.get(zoned.class).and_then(|rank| u8::try_from(*rank).ok()).unwrap_or_default();
        from.push((zoned.feature, zoned.index));
        zones.push(Zone { class: rank, polygon: zoned.polygon });
    }
    let boxed = around(&zones);
    let area = match looked {
        Looked::In(area) => area.as_slice(),
        Looked::Town => &[],
        Looked::Around => boxed.as_slice(),
    };
    let built = pack::build(count, zones, area).map_err(|error| format!("「{title}」: {error}"))?;
    if built.bytes.len() as u64 > pack::MAX_BYTES {
        return Err(format!("「{title}」は{}バイトになり、大きすぎます", built.bytes.len()));
    }
    for (rule, count) in &built.repaired {
        report.mend_many(&rule_words(rule), usize::try_from(*count).unwrap_or(usize::MAX));
    }
    let mut left: BTreeMap<usize, bool> = BTreeMap::new();
    let mut refused = Vec::new();
    for ring in &built.refused {
        let whole = left.entry(ring.zone).or_default();
        *whole |= ring.ring == 0;
        let Some((feature, index)) = from.get(ring.zone) else {
            report.notes.push(format!("調べた範囲の輪を一つ、使えません: {}", flaw(ring.why)));
            continue;
        };
        let place = format!("{}番めの多角形、{}番めの輪", index + 1, ring.ring + 1);
        refused.push(Refusal {
            row: *feature,
            column: Some(place),
            why: format!("{}{}", flaw(ring.why), at(ring.at)),
        });
    }
    let mut kept: Vec<u64> = from
        .iter()
        .enumerate()
        .filter(|(zone, _)| !left.get(zone).copied().unwrap_or_default())
        .map(|(_, (feature, _))| *feature)
        .collect();
    kept.dedup();
    let source = source(planned, &title, settings);
    let entry_surveyor = planned.entry.and_then(|entry| entry.source.clone());
    let surveyor = entry_surveyor.or(group.surveyor).filter(|who| Some(who) != source.provider.as_ref());
    let layer = HazardLayer {
        id: planned.id(),
        layer: planned.key.kind,
        scenario: planned.key.scenario.clone(),
        classes,
        survey_year: planned.entry.and_then(|entry| entry.survey_year),
        surveyor,
        pack: String::new(),
        format: madoguchi_hazard::pack::FORMAT,
        surveyed: if *looked == Looked::Town { Surveyed::Town } else { Surveyed::Own },
        bytes: built.bytes.len() as u64,
        bounds: built.bounds.degrees(),
        repaired: built.repaired.iter().map(|(rule, count)| ((*rule).to_string(), *count)).collect(),
        source: 0,
    };
    if source.license.is_none() {
        report
            .notes
            .push(format!("「{title}」: 利用条件（license）を [[hazard]] か [[file]] に書いてください"));
    }
    Ok(Made { layer: PackedLayer { layer, source, pack: built.bytes }, kept, refused })
}

/// The box around zones.
fn around(zones: &[Zone]) -> Option<Polygon> {
    let Bounds { min, max } = Bounds::around(zones.iter().flat_map(|zone| &zone.polygon.outer))?;
    let corner = |x, y| Point { x, y };
    let outer = vec![min, corner(max.x, min.y), max, corner(min.x, max.y)];
    (min.x < max.x && min.y < max.y).then_some(Polygon { outer, holes: Vec::new() })
}

/// What is said of the file. A file of the country's is under the country's licence, not under the town's.
fn source(planned: &Planned<'_>, title: &str, settings: &Settings) -> Source {
    let own = settings.said_of(planned.file);
    let known = matches!(planned.plan, Plan::Known(..));
    let provider =
        || if known { Some("国土交通省 国土数値情報".into()) } else { settings.usual_provider() };
    let license = || if known { None } else { settings.license.clone() };
    Source {
        title: Some(title.into()),
        provider: own.provider.or_else(provider),
        license: planned.entry.and_then(|entry| entry.license.clone()).or(own.license).or_else(license),
        ..own
    }
}

/// A rule of mending, in words behind its name.
fn rule_words(rule: &str) -> String {
    match rule {
        "even-odd" => "even-odd: 自分と触れたり交わったりする輪を、偶奇の規則で読んだ".into(),
        other => other.into(),
    }
}

fn flaw(why: Flaw) -> String {
    match why {
        Flaw::FewPoints => "輪の点が3つより少なく、面になりません".into(),
        Flaw::OutOfRange => "緯度・経度の範囲を出ています".into(),
        Flaw::HoleOutside => "穴が、多角形の外にあります".into(),
    }
}

fn at(point: Option<Point>) -> String {
    point.map(|point| format!("（緯度{:.6}、経度{:.6}）", point.lat(), point.lon())).unwrap_or_default()
}
