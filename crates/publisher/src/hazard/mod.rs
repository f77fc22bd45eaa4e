//! Maps of dangers: a town's files of shapes and tiles -> layers with their packs.
//!
//! [`layouts`] knows files by their attributes, [`classes`] orders what they call their zones, [`layer`] builds the pack.

pub mod classes;
pub mod depth;
mod layer;
pub mod layouts;
mod plan;
mod raster;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use madoguchi_hazard::{Bounds, Point, Polygon};

use crate::folder;
use crate::geo::{self, Feature, Item};
use crate::report::{FileReport, Records, Unit};
use crate::settings::{HazardFile, Settings};
use layer::{Group, Looked, Zoned};
use layouts::Key;
pub(crate) use plan::slug;
use plan::{Plan, Planned};

/// How many refused features of a file are named; the others are counted.
const NAMED: usize = 200;

/// What is known of the town when its dangers are read.
pub struct Surroundings<'a> {
    /// The town's folder.
    pub dir: &'a Path,
    /// Its settings.
    pub settings: &'a Settings,
    /// Its border, if it gave one.
    pub border: &'a [Polygon],
}

/// Zones of 国土数値情報 that lie farther than this from the town's border's box are of other towns: about 2 km, in degrees.
const NEAR: f64 = 0.02;

impl Surroundings<'_> {
    fn near(&self) -> Option<Bounds> {
        let bounds = Bounds::around(self.border.iter().flat_map(|polygon| &polygon.outer))?;
        let moved = |point: Point, by: f64| Point::of_degrees(point.lat() + by, point.lon() + by).ok();
        Some(Bounds { min: moved(bounds.min, -NEAR)?, max: moved(bounds.max, NEAR)? })
    }
}

/// Reads a file of shapes: as its entry in `town.toml` says, or by its layout.
pub fn import(file: &str, entry: Option<&HazardFile>, town: &Surroundings<'_>) -> (FileReport, Records) {
    if let Some(entry) = entry.filter(|entry| folder::is_folder(town.dir, &entry.file)) {
        return raster::import(entry, town);
    }
    let mut report = FileReport { unit: Unit::Feature, ..FileReport::new(file) };
    if let Some(entry) = entry
        && folder::size_of(town.dir, &entry.file).is_none()
    {
        report.why = Some("[[hazard]] の file が、フォルダにありません".into());
        return (report, Records::default());
    }
    let mut reading = Reading { entry, near: town.near(), ..Reading::default() };
    let facts = geo::read(&town.dir.join(file), &mut |item| reading.take(item, &mut report));
    let facts = match facts {
        Ok(facts) => facts,
        Err(error) => {
            let unit = report.unit;
            report = FileReport { why: Some(error.to_string()), unit, ..FileReport::new(file) };
            return (report, Records::default());
        }
    };
    report.encoding = Some(facts.encoding.into());
    if let Some(why) = reading.stopped {
        report = FileReport {
            why: Some(why),
            encoding: report.encoding,
            unit: report.unit,
            ..FileReport::new(file)
        };
        return (report, Records::default());
    }
    report.rows = usize::try_from(facts.features).unwrap_or(usize::MAX);
    reading.finish(report, town, false)
}

/// A file while its features come.
#[derive(Default)]
struct Reading<'a> {
    entry: Option<&'a HazardFile>,
    near: Option<Bounds>,
    plan: Option<Plan<'a>>,
    groups: BTreeMap<Key, Group>,
    /// Features of which something went into a layer.
    kept: BTreeSet<u64>,
    /// Polygons that lie in other towns.
    elsewhere: usize,
    features_elsewhere: usize,
    unclosed: usize,
    refused: usize,
    stopped: Option<String>,
}

impl<'a> Reading<'a> {
    fn take(&mut self, item: Item, report: &mut FileReport) -> ControlFlow<()> {
        match item {
            Item::Refused(refused) => {
                self.refuse(report, refused.number, refused.place.as_deref(), refused.why)
            }
            Item::Feature(feature) => {
                if self.plan.is_none() {
                    match Plan::of(self.entry, &feature.properties) {
                        Ok(plan) => self.plan = Some(plan),
                        Err(why) => {
                            self.stopped = Some(why);
                            return ControlFlow::Break(());
                        }
                    }
                }
                self.feature(feature, report);
            }
        }
        ControlFlow::Continue(())
    }

    fn refuse(&mut self, report: &mut FileReport, number: u64, place: Option<&str>, why: impl Into<String>) {
        self.refused += 1;
        if report.refused.len() < NAMED {
            report.refuse(number, place, why);
        }
    }

    fn feature(&mut self, feature: Feature, report: &mut FileReport) {
        let Some(plan) = &self.plan else { return };
        let number = feature.number;
        if feature.polygons.is_empty() {
            return self.refuse(report, number, None, "面（多角形）ではありません");
        }
        let placed = match plan.place(&feature.properties) {
            Ok(placed) => placed,
            Err(why) => {
                let column = plan.column().map(str::to_string);
                return self.refuse(report, number, column.as_deref(), why);
            }
        };
        let near = self.near.filter(|_| plan.is_of_many_towns());
        let mut polygons: Vec<(u32, Polygon)> = (0..).zip(feature.polygons).collect();
        if let Some(near) = near {
            let had = polygons.len();
            polygons
                .retain(|(_, polygon)| Bounds::around(&polygon.outer).is_some_and(|own| own.meets(&near)));
            self.elsewhere += had - polygons.len();
            self.features_elsewhere += usize::from(polygons.is_empty());
        }
        self.unclosed += feature.unclosed;
        let surveyor = plan.surveyor(&feature.properties);
        let mut left = placed.len();
        for (key, draft) in placed {
            let group = self.groups.entry(key).or_default();
            let class = group.classes.number(&draft);
            group.surveyor = group.surveyor.take().or(surveyor.clone());
            left -= 1;
            // The last layer takes them; a feature of two (A31a with both rains) is rare.
            let own = if left == 0 { std::mem::take(&mut polygons) } else { polygons.clone() };
            let zoned = |(index, polygon)| Zoned { class, polygon, feature: number, index };
            group.zones.extend(own.into_iter().map(zoned));
        }
    }

    /// Builds the layers. `nowhere`: what is outside of the zones was not surveyed.
    fn finish(
        mut self,
        mut report: FileReport,
        town: &Surroundings<'_>,
        nowhere: bool,
    ) -> (FileReport, Records) {
        let file = report.file.clone();
        let Some(plan) = self.plan.take() else {
            report.why.get_or_insert("地物が一つもありません".into());
            return (report, Records::default());
        };
        report.dataset = Some(plan.name().into());
        report.mend_many("閉じていない輪を閉じた", self.unclosed);
        let department = self.entry.and_then(|entry| entry.department.as_deref());
        let department = department.and_then(|name| town.settings.department_named(name));
        let mut records =
            Records { department: department.map(|department| department.id.clone()), ..Records::default() };
        let looked = match layer::surveyed(self.entry, &plan, town) {
            Ok(_) if nowhere => Looked::nowhere(),
            Ok(looked) => looked,
            Err(why) => {
                report.dataset = None;
                report.why = Some(why);
                return (report, Records::default());
            }
        };
        for (key, group) in std::mem::take(&mut self.groups) {
            if group.zones.is_empty() {
                continue;
            }
            let planned = Planned { file: &file, entry: self.entry, plan: &plan, key: &key };
            match layer::build(group, &planned, &looked, town.settings, &mut report) {
                Ok(made) => {
                    self.kept.extend(made.kept);
                    self.refused += made.refused.len();
                    let room = NAMED.saturating_sub(report.refused.len());
                    report.refused.extend(made.refused.into_iter().take(room));
                    records.hazards.push(made.layer);
                }
                Err(why) => report.notes.push(why),
            }
        }
        report.kept = self.kept.len();
        if self.elsewhere > 0 {
            report.notes.push(format!(
                "町の境から離れた多角形{}こ（地物{}こはすべて）は、入れません",
                self.elsewhere, self.features_elsewhere
            ));
        }
        if self.refused > report.refused.len() {
            report
                .notes
                .push(format!("ほかに{}こ、入れられないものがあります", self.refused - report.refused.len()));
        }
        if records.hazards.is_empty() {
            report.dataset = None;
            let note = (!report.notes.is_empty()).then(|| report.notes.join("。"));
            report.why = note.or_else(|| report.refused.first().map(|first| first.why.clone()));
            report.why.get_or_insert("区域が一つもありません".into());
        }
        (report, records)
    }
}

#[cfg(test)]
mod tests;
