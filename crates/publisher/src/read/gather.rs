//! Joining files: records go to their departments, ids become unique in the town, sources are numbered.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_model::{GarbageRecord, MapRecord, Place, Source, pack_path};

use crate::content::{DepartmentContent, TownContent};
use crate::hazard::slug;
use crate::notices::{alert_department_id, department_id};
use crate::open_shelters::OpenList;
use crate::report::{FileReport, MapPart, PackedLayer, Records};
use crate::settings::Settings;

/// Everything read so far.
pub(super) struct Gathered<'a> {
    settings: &'a Settings,
    content: TownContent,
    ids: BTreeSet<(&'static str, String)>,
    places: BTreeMap<String, Place>,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(settings: &'a Settings) -> Self {
        Gathered { settings, content: TownContent::default(), ids: BTreeSet::new(), places: BTreeMap::new() }
    }

    /// A file that gives nothing, and why.
    pub(super) fn not_covered(&mut self, file: &str, why: &str) {
        let mut report = FileReport::new(file);
        report.why = Some(why.into());
        self.report(report);
    }

    pub(super) fn report(&mut self, report: FileReport) {
        self.content.files.push(report);
    }

    /// Files of another kind: what a text refers to is published with it, the rest is not.
    pub(super) fn rest(&mut self, files: &[String]) {
        let used: BTreeSet<String> =
            self.content.departments.values().flat_map(|d| d.attachments.values().cloned()).collect();
        for file in files {
            if used.contains(file) {
                let mut report = FileReport::new(file);
                report.dataset = Some("attachment".into());
                (report.rows, report.kept) = (1, 1);
                self.report(report);
            } else {
                self.not_covered(file, "表でも、文でも、お知らせに付けたファイルでもありません");
            }
        }
    }

    /// The records of one file.
    pub(super) fn add(&mut self, (mut report, records): (FileReport, Records)) {
        let file = report.file.clone();
        self.add_records(&file, records, &mut report);
        self.report(report);
    }

    /// The records of a garbage calendar, made of several files.
    pub(super) fn add_calendar(&mut self, owner: &str, mut reports: Vec<FileReport>, records: Records) {
        let mut none = FileReport::new(owner);
        self.add_records(owner, records, reports.first_mut().unwrap_or(&mut none));
        self.content.files.extend(reports);
    }

    fn add_records(&mut self, file: &str, records: Records, report: &mut FileReport) {
        let own = records.department.clone();
        let own = own.unwrap_or_else(|| self.settings.department_of_file(file).to_string());
        let source = described(records.source, file);
        for mut notice in records.notices {
            let department = department_id(self.settings, &notice, file);
            notice.id = self.unique("notice", notice.id, file, report);
            let content = self.department(&department);
            notice.source = number(content, &source);
            content.notices.push(notice);
        }
        for mut alert in records.alerts {
            let department = alert_department_id(self.settings, &alert, file);
            // Another name would break what cancels or supersedes it: an alert is taken as it is or not at all.
            if !self.ids.insert(("alert", alert.id.clone())) {
                report.kept = report.kept.saturating_sub(1);
                report.refuse(
                    1,
                    Some("id"),
                    format!("「{}」は、ほかのファイルの緊急情報と同じ番号です", alert.id),
                );
                continue;
            }
            let content = self.department(&department);
            alert.source = number(content, &source);
            content.alerts.push(alert);
        }
        let (open, places): (Vec<Place>, Vec<Place>) =
            records.places.into_iter().partition(|place| place.status.is_some());
        if !open.is_empty() {
            let content = self.department(&own);
            let index = number(content, &source);
            let places = open.into_iter().map(|place| Place { source: index, ..place }).collect();
            content.open_shelters.push(OpenList { name: stem(file).into(), places });
        }
        for mut place in places {
            if self.places.get(&place.id).is_some_and(|known| same_place(known, &place)) {
                report.mend("ほかのファイルにもある同じ場所を一つにまとめた");
                continue;
            }
            place.id = self.unique("place", place.id, file, report);
            self.places.insert(place.id.clone(), place.clone());
            let content = self.department(&own);
            place.source = number(content, &source);
            content.places.push(place);
        }
        for mut event in records.events {
            event.id = self.unique("event", event.id, file, report);
            let content = self.department(&own);
            event.source = number(content, &source);
            content.events.push(event);
        }
        for mut program in records.programs {
            program.id = self.unique("program", program.id, file, report);
            let content = self.department(&own);
            program.source = number(content, &source);
            content.programs.push(program);
        }
        for mut rules in records.rules {
            let content = self.department(&own);
            rules.source = number(content, &source);
            content.rules.push(rules);
        }
        let areas = records.garbage_areas.into_iter().map(GarbageRecord::Area);
        for mut record in areas.chain(records.garbage_items.into_iter().map(GarbageRecord::Item)) {
            match &mut record {
                GarbageRecord::Area(area) => {
                    area.id = self.unique("garbage", std::mem::take(&mut area.id), file, report)
                }
                GarbageRecord::Item(item) => {
                    item.id = self.unique("garbage", std::mem::take(&mut item.id), file, report)
                }
            }
            self.department(&own).garbage.push(record);
        }
        for PackedLayer { mut layer, source, pack } in records.hazards {
            layer.id = self.unique_pack("hazard", layer.id, file);
            layer.pack = pack_path(&own, &layer.id);
            let content = self.department(&own);
            layer.source = number(content, &source);
            content.packs.insert(layer.pack.clone(), pack);
            content.hazards.push(layer);
        }
        for MapPart { mut record, source, pack } in records.map {
            let name = self.unique_pack("map", record.id().to_string(), file);
            let path = pack_path(&own, &name);
            let content = self.department(&own);
            let index = number(content, &source);
            match &mut record {
                MapRecord::Base { id, pack, source, .. }
                | MapRecord::Roads { id, pack, source, .. }
                | MapRecord::Area { id, pack, source, .. } => {
                    (*id, *pack, *source) = (name, path.clone(), index);
                }
                MapRecord::Border { id, source, .. } | MapRecord::Block { id, source, .. } => {
                    (*id, *source) = (name, index);
                }
            }
            if let Some(pack) = pack {
                content.packs.insert(path, pack);
            }
            content.map.push(record);
        }
        for (target, path) in records.attachments {
            let department = target.split('/').nth(1).unwrap_or(&own).to_string();
            self.department(&department).attachments.insert(target, path);
        }
    }

    /// An id that nothing else of its kind in the town has. Who comes later in the order of files gives way.
    fn unique(&mut self, kind: &'static str, id: String, file: &str, report: &mut FileReport) -> String {
        if self.ids.insert((kind, id.clone())) {
            return id;
        }
        report.mend("ほかのファイルと同じ番号なので、ファイル名をつけて区別した");
        let stem = stem(file);
        let mut new = format!("{id}~{stem}");
        for n in 2.. {
            if self.ids.insert((kind, new.clone())) {
                break;
            }
            new = format!("{id}~{stem}-{n}");
        }
        new
    }

    /// The same for what is a file of the bundle: its name stays one that any path may have.
    fn unique_pack(&mut self, kind: &'static str, id: String, file: &str) -> String {
        if self.ids.insert((kind, id.clone())) {
            return id;
        }
        let base = format!("{id}-{}", slug(stem(file)));
        let mut new = base.clone();
        for n in 2.. {
            if self.ids.insert((kind, new.clone())) {
                break;
            }
            new = format!("{base}-{n}");
        }
        new
    }

    fn department(&mut self, id: &str) -> &mut DepartmentContent {
        self.content.departments.entry(id.into()).or_default()
    }

    pub(super) fn into_content(mut self) -> TownContent {
        for content in self.content.departments.values().filter(|content| content.open_shelters.len() > 1) {
            let sources = content.open_shelters.iter().filter_map(|list| list.places.first());
            let of_list: BTreeSet<&str> = sources
                .filter_map(|place| content.sources.get(place.source))
                .map(|source| source.file.as_str())
                .collect();
            for report in
                self.content.files.iter_mut().filter(|report| of_list.contains(report.file.as_str()))
            {
                report
                    .notes
                    .push("開設状況の一覧がいくつもあるので、時点がいちばん新しいものだけを配ります".into());
            }
        }
        self.content.files.sort_by(|a, b| a.file.cmp(&b.file));
        self.content
    }
}

/// A file's name without folders and extension.
fn stem(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file).rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The same place listed twice (a table of all facilities beside the tables by kind): name, kind and spot agree.
fn same_place(a: &Place, b: &Place) -> bool {
    let spot = |place: &Place| place.position.map(|p| ((p.lat * 1e5).round(), (p.lon * 1e5).round()));
    a.kind == b.kind && a.name == b.name && spot(a) == spot(b)
}

/// Texts of one folder share a source: each a file, they would number sixty of them and renumber all with the next.
fn described(mut source: Source, file: &str) -> Source {
    if file.ends_with(".md") {
        source.file = file.rsplit_once('/').map_or("*.md".into(), |(folder, _)| format!("{folder}/*.md"));
    }
    source
}

/// The number of a source in a department, added when it is new.
fn number(content: &mut DepartmentContent, source: &Source) -> usize {
    match content.sources.iter().position(|known| known == source) {
        Some(at) => at,
        None => {
            content.sources.push(source.clone());
            content.sources.len() - 1
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::testing::town_with;

    const TOWN: &str = r#"
        code = "222127"
        name = { ja = "焼津市" }
        [[department]]
        id = "koho"
        name = { ja = "広報課" }
        [[department]]
        id = "bosai"
        name = { ja = "防災課" }
        alerts = true
    "#;

    fn read(files: &[(&str, &str)]) -> crate::content::TownContent {
        town_with(TOWN, files)
    }

    #[test]
    fn records_go_to_the_department_that_they_name_or_whose_folder_they_lie_in() {
        let head = "id,title,body,segment,published_at,department\n";
        let content = read(&[
            (
                "notices.csv",
                &format!("{head}a,一,本文,防災,2026-11-01,防災課\nb,二,本文,防災,2026-11-01,知らない課\n"),
            ),
            ("bosai/wells.csv", "名称,緯度,経度\n井戸,34.8,138.3\n"),
            ("photo.psd", "x"),
        ]);
        let ids =
            |d: &str| -> Vec<&str> { content.departments[d].notices.iter().map(|n| n.id.as_str()).collect() };
        assert_eq!((ids("bosai"), ids("koho")), (vec!["a"], vec!["b"]));
        assert_eq!(content.departments["bosai"].places.len(), 1);
        let names: Vec<_> = content.files.iter().map(|f| (f.file.as_str(), f.dataset.is_some())).collect();
        assert_eq!(names, [("bosai/wells.csv", true), ("notices.csv", true), ("photo.psd", false)]);
    }

    #[test]
    fn the_same_place_in_two_files_is_one_and_two_places_with_one_number_are_two() {
        let row = |name: &str, lat: &str| format!("ID,名称,住所,緯度,経度\n1,{name},本町,{lat},138.3\n");
        let content = read(&[
            ("x.csv", &row("井戸", "34.8")),
            ("y/x.csv", &row("井戸", "34.8")),
            ("z/x.csv", &row("泉", "34.9")),
        ]);
        let ids: Vec<&str> = content.departments["koho"].places.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["x:1", "x:1~x"]);
    }
}
