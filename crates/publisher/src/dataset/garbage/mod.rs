//! The garbage calendar in the layout of 5374.jp: up to five tables of one folder that belong together.

mod calendar;
mod cell;
mod items;

use std::collections::BTreeSet;

use super::columns::Columns;
use super::heads::Field;
use crate::report::{FileReport, Records};
use crate::settings::Settings;
use crate::table::Table;

/// What a table is of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// area_days.csv: what is collected when in which district.
    Areas,
    /// center.csv: when a plant is closed.
    Centers,
    /// description.csv: what the kinds are.
    Descriptions,
    /// remarks.csv: what `*1` in a cell means.
    Remarks,
    /// target.csv: how to throw things away.
    Items,
}

/// Which part of the calendar a table is, if any.
pub(super) fn part(columns: &Columns) -> Option<Part> {
    let any = |heads: &[&str]| heads.iter().any(|head| columns.has_head(head));
    let second_is_center = columns.heads.get(1).is_some_and(|head| head == "センタ-" || head == "center");
    let placed = columns.has(Field::Lat) || columns.has(Field::LatLon) || columns.has(Field::Address);
    match () {
        () if second_is_center && columns.heads.len() > 2 => Some(Part::Areas),
        () if any(&["休止開始日", "startDate"])
            && any(&["休止終了日", "endDate"])
            && any(&["名称", "name"]) =>
        {
            Some(Part::Centers)
        }
        () if any(&["label"]) && any(&["description", "bgcolor"]) => Some(Part::Descriptions),
        () if columns.heads.len() == 2 && any(&["id"]) && any(&["text", "remark", "備考"]) => {
            Some(Part::Remarks)
        }
        () if any(&["type"]) && any(&["name"]) && any(&["notice", "furigana"]) => Some(Part::Items),
        () if any(&["name"]) && any(&["classification"]) && !placed => Some(Part::Items),
        () if any(items::NAMES) && any(items::KINDS) && !placed => Some(Part::Items),
        () => None,
    }
}

/// Makes one calendar of the tables of one folder: reports in the order of the files, and the records.
pub fn import(files: &[(&str, &Table)], settings: &Settings) -> (Vec<FileReport>, Records) {
    let mut reports: Vec<FileReport> = files.iter().map(|(file, table)| super::report(file, table)).collect();
    let parts: Vec<Option<Part>> = files.iter().map(|(_, table)| part(&Columns::of(table))).collect();
    let of = |wanted: Part| -> Vec<usize> {
        parts.iter().enumerate().filter(|(_, part)| **part == Some(wanted)).map(|(i, _)| i).collect()
    };
    let main = [Part::Areas, Part::Items].into_iter().find_map(|part| of(part).first().copied()).unwrap_or(0);
    let source = files.get(main).map(|(file, table)| super::source_of(file, table, settings, None));
    let mut records = Records { source: source.unwrap_or_default(), ..Default::default() };

    let mut each = |wanted: Part, import: &mut dyn FnMut(&Table, &mut FileReport)| {
        for index in of(wanted) {
            if let (Some((_, table)), Some(report)) = (files.get(index), reports.get_mut(index)) {
                report.dataset = Some("garbage".into());
                import(table, report);
            }
        }
    };
    let mut remarks = calendar::Remarks::new();
    let mut ids = super::id::Ids::default();
    each(Part::Remarks, &mut |table, report| calendar::remarks(table, report, &mut remarks));
    each(Part::Areas, &mut |table, report| {
        records.garbage_areas.extend(calendar::areas(table, report, &remarks, &mut ids));
    });
    each(Part::Items, &mut |table, report| {
        records.garbage_items.extend(items::items(table, report, &mut ids));
    });
    each(Part::Centers, &mut |table, report| calendar::centers(table, report, &mut records.garbage_areas));
    let kinds: BTreeSet<String> = records.garbage_items.iter().map(|item| item.kind.clone()).collect();
    each(Part::Descriptions, &mut |table, report| {
        calendar::descriptions(table, report, &mut records.garbage_areas, &kinds);
    });
    (reports, records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;
    use jiff::civil::date;

    fn settings() -> Settings {
        Settings::parse(
            "code = \"222127\"\nname = { ja = \"焼津市\" }\n[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }",
        )
        .unwrap()
    }

    fn import_texts(files: &[(&str, &str)]) -> (Vec<FileReport>, Records) {
        let tables: Vec<Table> =
            files.iter().map(|(_, text)| Table::read(text.as_bytes(), &Limits::default()).unwrap()).collect();
        let files: Vec<(&str, &Table)> = files.iter().map(|(file, _)| *file).zip(&tables).collect();
        import(&files, &settings())
    }

    #[test]
    fn the_tables_of_a_folder_make_one_calendar() {
        let (reports, records) = import_texts(&[
            (
                "g/target.csv",
                "type,name,notice,furigana\n燃やすごみ,紙くず,,か\n粗大ごみ,机,予約制,つ\n,謎,,な\n",
            ),
            (
                "g/area_days.csv",
                "地名,センター,燃やすごみ,空カン\n東部,工場,火 金,水2 水4:4 12 *1\n西部,工場,月曜日,いつか\n",
            ),
            (
                "g/center.csv",
                "名称,休止開始日,休止終了日\n工場,2026/12/31,2027/1/3\n別の工場,2026/12/31,2027/1/3\n",
            ),
            (
                "g/description.csv",
                "label,sublabel,description,styles,bgcolor\n燃やすごみ,,<b>朝8時</b>まで<br>袋で,,#FF6E59\n古紙,,束ねる,,#000000\n",
            ),
            ("g/remarks.csv", "id,text\n1,第5水曜は休み\n"),
        ]);
        let kept: Vec<_> =
            reports.iter().map(|report| (report.rows, report.kept, report.refused.len())).collect();
        assert_eq!(kept, [(3, 2, 1), (2, 2, 1), (2, 1, 1), (2, 1, 1), (1, 1, 0)]);
        assert!(reports.iter().all(|report| report.dataset.as_deref() == Some("garbage")));
        assert_eq!(records.source.file, "g/area_days.csv");

        let [east, west] = records.garbage_areas.as_slice() else { panic!("{records:?}") };
        assert_eq!((east.name.as_str(), east.types.len(), west.types.len()), ("東部", 2, 1));
        assert_eq!(east.pauses.len(), 1);
        let burnable = east.types.first().unwrap();
        assert_eq!(burnable.note.as_deref(), Some("朝8時まで\n袋で"));
        assert_eq!(burnable.color.as_deref(), Some("#ff6e59"));
        let cans = east.types.last().unwrap();
        assert_eq!(cans.note.as_deref(), Some("第5水曜は休み"));
        assert!(cans.days.contains(date(2026, 12, 9)) && !cans.days.contains(date(2026, 11, 11)));
        let refused = reports.get(1).and_then(|report| report.refused.first());
        assert_eq!(
            refused.map(|refusal| (refusal.row, refusal.column.as_deref())),
            Some((3, Some("空カン")))
        );
    }

    #[test]
    fn a_dictionary_alone_is_read_under_japanese_heads() {
        let (reports, records) = import_texts(&[(
            "bunbetsu.csv",
            "品目,分別区分,出し方のポイント,備考\nアイロン,燃やさないごみ,コードを外す,\n",
        )]);
        assert_eq!(reports.first().map(|report| report.kept), Some(1));
        let item = records.garbage_items.first().unwrap();
        assert_eq!((item.name.as_str(), item.kind.as_str()), ("アイロン", "燃やさないごみ"));
        assert_eq!(item.note.as_deref(), Some("コードを外す"));
    }
}
