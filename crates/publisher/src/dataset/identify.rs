//! What a table is, told by its heads; the file's name decides only where they could be those of many.

use super::columns::Columns;
use super::garbage::Part;
use super::heads::Field;
use super::sets::{self, PlaceSet, has_marks};
use super::{evacuation, garbage, program};
use crate::notices::alerts::is_alerts;
use crate::notices::csv::is_notices;
use crate::table::Table;

/// What a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identified {
    /// Places of a kind that every app knows.
    Places(&'static PlaceSet),
    /// Places of the town's own kind.
    Layer,
    /// Events.
    Events,
    /// 支援制度情報.
    Programs,
    /// A part of the garbage calendar.
    Garbage(Part),
    /// Notices.
    Notices,
    /// Alerts.
    Alerts,
    /// オープンデータ一覧: what the other files are.
    OpenDataList,
    /// Nothing that is known: what is missing (Japanese).
    Unknown(String),
}

const OPEN_DATA_LIST: &[&[&str]] =
    &[&["データセット_タイトル", "ファイル_タイトル|ファイル_ダウンロードURL|データセット_ID"]];
const EVENTS: &[&[&str]] = &[
    &["イベント名|行事名|催し名|催物名|eventName", "開始日|開催日|開催日時|開催期間|日時|dateOfStart"],
    &["名称|title|タイトル|講座名", "開催日|開催日時|開催期間|dateOfStart"],
];

/// Tells what a table is.
pub fn identify(table: &Table, file_name: &str) -> Identified {
    identify_columns(table, &Columns::of(table), file_name)
}

pub(super) fn identify_columns(table: &Table, columns: &Columns, file_name: &str) -> Identified {
    let stem = super::stem(file_name);
    if has_marks(columns, OPEN_DATA_LIST) {
        return Identified::OpenDataList;
    }
    if has_marks(columns, program::MARKS) {
        return Identified::Programs;
    }
    if is_alerts(&table.header) {
        return Identified::Alerts;
    }
    if let Some(part) = garbage::part(columns) {
        return Identified::Garbage(part);
    }
    if has_marks(columns, EVENTS) {
        return Identified::Events;
    }
    let placed = (columns.has(Field::Lat) && columns.has(Field::Lon)) || columns.has(Field::LatLon);
    let named = columns.has(Field::Name) || columns.has(Field::Address);
    if named && let Some(set) = sets::by_heads(columns, stem) {
        return Identified::Places(set);
    }
    if !placed && is_notices(&table.header) {
        return Identified::Notices;
    }
    if named {
        let set = evacuation::by_rows(table, columns)
            .or_else(|| sets::by_file(stem).filter(|_| columns.has(Field::Name)));
        match set {
            Some(set) => return Identified::Places(set),
            None if placed => return Identified::Layer,
            None => {}
        }
    }
    Identified::Unknown(missing(table, named, placed))
}

fn missing(table: &Table, named: bool, placed: bool) -> String {
    let name = (!named).then_some("名称か住所の列がありません");
    let place = (!placed).then_some("緯度・経度の列がありません");
    let lacks: Vec<&str> = [name, place].into_iter().flatten().collect();
    let heads: Vec<&str> = table.header.iter().take(8).map(String::as_str).collect();
    let more = if table.header.len() > heads.len() { " ほか" } else { "" };
    format!("{}(見出し: {}{more})", lacks.join("。"), heads.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;

    fn what(heads: &str, file: &str) -> Identified {
        identify(&Table::read(heads.as_bytes(), &Limits::default()).unwrap(), file)
    }

    fn kind(heads: &str, file: &str) -> &'static str {
        match what(heads, file) {
            Identified::Places(set) => set.kind,
            Identified::Layer => "layer",
            Identified::Events => "events",
            Identified::Programs => "programs",
            Identified::Garbage(_) => "garbage",
            Identified::Notices => "notices",
            Identified::Alerts => "alerts",
            Identified::OpenDataList => "list",
            Identified::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn the_heads_name_the_data_set_whatever_the_file_is_called() {
        assert_eq!(
            kind("NO,名称,住所,緯度,経度,災害種別_洪水,災害種別_地震,災害種別_津波", "aed.csv"),
            "emergency-site"
        );
        assert_eq!(kind("NO,施設・場所名,住所,緯度,経度,洪水,高潮,地震", "x.csv"), "emergency-site");
        assert_eq!(
            kind("共通ID,施設・場所名,住所,指定緊急避難場所との住所同一,受入対象者,緯度,経度", "x.csv"),
            "shelter"
        );
        assert_eq!(kind("名称,住所,緯度,経度,開設される災害の種類（風水害）", "x.csv"), "shelter");
        assert_eq!(kind("名称,住所,設置位置,小児対応設備の有無", "x.csv"), "aed");
        assert_eq!(kind("名称,SSID", "x.csv"), "wifi");
        assert_eq!(kind("名称,診療科目", "x.csv"), "medical");
        assert_eq!(kind("名称,種別,受入年齢,収容定員", "x.csv"), "childcare");
        assert_eq!(kind("名称,名称_通称,POIコード,住所", "x.csv"), "public-facility");
        assert_eq!(kind("名称,POIコード,料金（基本）,説明", "x.csv"), "tourism");
        assert_eq!(kind("イベント名,開始日,終了日", "x.csv"), "events");
        assert_eq!(
            kind("全国地方公共団体コード,ID,地方公共団体名,タイトル（制度名）,対象者", "x.csv"),
            "programs"
        );
        assert_eq!(kind("サービスID,制度名,制度概要,支援内容", "x.csv"), "programs");
        assert_eq!(kind("title,body,published_at,segment", "x.csv"), "notices");
        assert_eq!(kind("id,level,issued_at,title", "x.csv"), "alerts");
        assert_eq!(kind("データセット_ID,データセット_タイトル", "x.csv"), "list");
    }

    #[test]
    fn the_file_name_decides_where_the_heads_could_be_anyones() {
        assert_eq!(kind("_id,NO,種別,施設名,住所", "hinanjyo.csv"), "shelter");
        assert_eq!(kind("name,lat,lon,住所", "222127_避難場所.csv"), "emergency-site");
        assert_eq!(kind("区分,名称,所在地,緯度,経度", "koho/nursery.csv"), "childcare");
        assert_eq!(kind("区分,名称,所在地,緯度,経度", "222127_nouen.csv"), "layer");
    }

    #[test]
    fn open_shelters_of_an_hour_are_not_the_designated_ones() {
        let heads = "名称,人数,時点,緯度,経度,災害種別_洪水,災害種別_地震,災害種別_津波";
        assert_eq!(kind(heads, "open_shelter.csv"), "open-shelter");
        assert_eq!(kind(heads, "指定緊急避難場所.csv"), "open-shelter");
        assert_eq!(kind("避難所名,住所,開設状況,更新日時", "x.csv"), "open-shelter");
    }

    #[test]
    fn what_is_missing_is_said() {
        let Identified::Unknown(why) = what("年月,世帯数,総人口", "population.csv") else {
            panic!("known")
        };
        assert!(why.contains("緯度・経度") && why.contains("名称か住所") && why.contains("世帯数"), "{why}");
        let Identified::Unknown(why) = what("施設名,住所", "x.csv") else { panic!("known") };
        assert!(why.starts_with("緯度・経度の列がありません"), "{why}");
    }
}
