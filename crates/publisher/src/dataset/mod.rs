//! What a table is, told by its heads, and the records that it becomes.
//!
//! Nothing is lost silently: what no field of a record holds goes to its details under the file's own heads, a row that
//! becomes no record is named with its line and a reason, and so is a file that is no data set.

mod cells;
mod columns;
mod danger_words;
mod evacuation;
mod event;
pub mod garbage;
mod heads;
mod hours;
mod id;
mod identify;
pub mod open_data_list;
mod open_shelter;
mod place;
pub mod program;
mod sets;

#[cfg(test)]
mod real_data;

use madoguchi_model::Source;
use unicode_normalization::UnicodeNormalization;

pub use identify::{Identified, identify};
pub use open_data_list::SourceFacts;
pub use sets::PlaceSet;

use crate::geocode::Geocoder;
use crate::report::{FileReport, Records};
use crate::settings::Settings;
use crate::table::Table;
use columns::Columns;

/// Makes records of a table of the town's folder; `file` is its path there.
///
/// Notices and alerts are for [`crate::notices`]: for them the report only says so.
pub fn import(
    file: &str,
    table: &Table,
    settings: &Settings,
    geocoder: Option<&Geocoder>,
) -> (FileReport, Records) {
    let columns = Columns::of(table);
    let layer = settings.places.iter().find(|layer| layer.file == file);
    let identified = match layer {
        Some(layer) => sets::of_kind(&layer.kind).map_or(Identified::Layer, Identified::Places),
        None => identify::identify_columns(table, &columns, file),
    };
    let mut report = report(file, table);
    let mut records = Records { source: source_of(file, table, settings, None), ..Default::default() };
    let mut place = |kind: String, standard: bool| {
        let town = settings.name.get("ja").map_or("", String::as_str);
        let target = place::Target { kind, standard, town };
        place::import(table, &columns, &target, geocoder, &mut report, &mut records);
    };
    match identified {
        Identified::Places(set) => place(set.kind.into(), true),
        Identified::Layer => place(layer.map_or_else(|| slug(stem(file)), |layer| layer.kind.clone()), false),
        Identified::Programs => program::import_table(table, &columns, settings, &mut report, &mut records),
        Identified::Events => event::import(table, &columns, settings, geocoder, &mut report, &mut records),
        Identified::Garbage(_) => {
            let (reports, records) = garbage::import(&[(file, table)], settings);
            return (reports.into_iter().next().unwrap_or(report), records);
        }
        Identified::OpenDataList => report = open_data_list::read(file, table).0,
        Identified::Notices => report.why = Some("お知らせの表です".into()),
        Identified::Alerts => report.why = Some("緊急情報の表です".into()),
        Identified::Unknown(why) => report.why = Some(why),
    }
    if report.dataset.is_none() {
        report = not_covered(file, table, report.why.unwrap_or_default());
    }
    (report, records)
}

/// Where a file's records come from: what `town.toml` says of the file, else the town's list of its open data, else the
/// file's own preamble, else what holds for all of the town's files.
pub fn source_of(file: &str, table: &Table, settings: &Settings, listed: Option<&SourceFacts>) -> Source {
    let own = settings.said_of(file);
    let layer = settings.places.iter().find(|layer| layer.file == file);
    let note = |name: &str| {
        let found = table.notes.iter().find(|(first, _)| first.eq_ignore_ascii_case(name));
        found.map(|(_, text)| text.clone()).filter(|text| !text.is_empty())
    };
    Source {
        file: own.file,
        title: own
            .title
            .or_else(|| listed.and_then(|facts| facts.title.clone()))
            .or_else(|| layer.and_then(|layer| layer.name.get("ja").cloned())),
        provider: own.provider.or_else(|| note("attribution_name")).or_else(|| settings.usual_provider()),
        license: own
            .license
            .or_else(|| listed.and_then(|facts| facts.license.clone()))
            .or_else(|| note("license"))
            .or_else(|| settings.license.clone()),
        updated: own.updated.or_else(|| listed.and_then(|facts| facts.updated)),
    }
}

/// A report that knows what reading the table found.
fn report(file: &str, table: &Table) -> FileReport {
    FileReport {
        encoding: Some(table.encoding.into()),
        rows: table.len(),
        mended: table.mended.values().sum(),
        mended_by: table.mended.iter().map(|(why, count)| (why.to_string(), *count)).collect(),
        refused: table.refused.clone(),
        ..FileReport::new(file)
    }
}

fn not_covered(file: &str, table: &Table, why: String) -> FileReport {
    FileReport { encoding: Some(table.encoding.into()), why: Some(why), ..FileReport::new(file) }
}

/// The file's name without folders, extension and the town's code before it.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem.split_once('_') {
        Some((code, rest))
            if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty() =>
        {
            rest
        }
        _ => stem,
    }
}

/// The kind of a town's own layer: its file's stem, in small letters, without spaces and signs.
fn slug(stem: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    let slug: String = stem.nfc().map(kept).flat_map(char::to_lowercase).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "layer".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;

    const TOWN: &str = r#"
        code = "222127"
        name = { ja = "焼津市" }
        license = "CC BY 4.0"
        [[department]]
        id = "koho"
        name = { ja = "広報課" }
        [[places]]
        file = "susumi.csv"
        kind = "cool-spot"
        name = { ja = "涼み処" }
        [[file]]
        path = "susumi.csv"
        updated = 2026-07-01
    "#;

    fn table(text: &str) -> Table {
        Table::read(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn a_layer_is_called_after_its_file() {
        assert_eq!(slug(stem("koho/222127_fire_hydrant.csv")), "fire_hydrant");
        assert_eq!(slug(stem("アンダーパス.csv")), "アンダーパス");
        assert_eq!(slug(stem("222127_Dono Station (1).CSV")), "dono-station--1");
        assert_eq!(slug(stem("222127_.csv")), "222127_");
        assert_eq!(slug(stem("(.csv")), "layer");
    }

    #[test]
    fn town_toml_names_kind_and_source() {
        let settings = Settings::parse(TOWN).unwrap();
        let table = table("#license,CC0\n名称,緯度,経度\n甲,34.8,138.3\n");
        let (report, records) = import("susumi.csv", &table, &settings, None);
        assert_eq!(report.dataset.as_deref(), Some("cool-spot"));
        assert_eq!(records.places.first().map(|place| place.kind.as_str()), Some("cool-spot"));
        assert_eq!(records.source.title.as_deref(), Some("涼み処"));
        assert_eq!(records.source.provider.as_deref(), Some("焼津市"));
        assert_eq!(records.source.license.as_deref(), Some("CC0"));
        assert_eq!(records.source.updated.map(|day| day.to_string()).as_deref(), Some("2026-07-01"));
        let listed =
            SourceFacts { title: Some("一覧".into()), license: Some("CC BY 2.1 JP".into()), updated: None };
        assert_eq!(
            source_of("x.csv", &table, &settings, Some(&listed)).license.as_deref(),
            Some("CC BY 2.1 JP")
        );
    }

    #[test]
    fn what_is_no_data_set_is_listed_with_no_rows_and_why() {
        let settings = Settings::parse(TOWN).unwrap();
        let (report, records) = import("jinko.csv", &table("年月,総人口\n2024-01,1\n"), &settings, None);
        assert_eq!((report.dataset, report.rows, report.kept), (None, 0, 0));
        assert!(report.why.is_some_and(|why| why.contains("緯度・経度")));
        assert!(records.places.is_empty());
    }
}
