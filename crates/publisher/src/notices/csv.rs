//! Notices as a table: `id,title,body,segment,published_at,department`, and more if wanted.

use super::field::Field;
use super::files::Shelf;
use super::group::import_rows;
use super::import::Kind;
use super::{Rows, alerts};
use crate::report::{FileReport, Records};
use crate::settings::Settings;

/// Whether a table holds notices: it has a title, and a body or a date. (Ask first whether it holds something that a
/// standard knows: a table of places may have a title and a body too.)
pub fn is_notices(header: &[String]) -> bool {
    let has = |field| header.iter().any(|name| Field::named(name) == Some(field));
    has(Field::Title) && (has(Field::Body) || has(Field::PublishedAt)) && !alerts::is_alerts(header)
}

/// Reads a table of notices. Rows of one id in several languages are one notice; its Japanese row is the text.
pub fn import(file: &str, rows: &Rows, settings: &Settings, shelf: &Shelf<'_>) -> (FileReport, Records) {
    import_rows(file, rows, settings, shelf, Kind::Notices)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use madoguchi_model::{Lang, Segment, plain_text};

    use super::super::tests::{exists, rows, settings};
    use super::*;

    fn read(csv: &str) -> (FileReport, Records) {
        import("koho/a.csv", &rows(csv), &settings(), &Shelf::new(&exists))
    }

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(String::from).collect()
    }

    #[test]
    fn a_table_of_notices_is_known_by_its_head() {
        for head in [
            "id,title,body,segment,published_at,department",
            "件名,本文",
            "タイトル,日付",
            "\u{feff}ＴＩＴＬＥ,Date",
        ] {
            assert!(is_notices(&header(head)), "{head}");
        }
        for head in [
            "",
            "名称,住所,緯度,経度",
            "title,url",
            "本文,日付",
            "level,title,body,issued_at",
            "2023/4/1,https://www.cfa.go.jp/,資料::発足メッセージを掲載しました",
        ] {
            assert!(!is_notices(&header(head)), "{head}");
        }
    }

    #[test]
    fn a_row_becomes_a_notice() {
        let (report, records) = read(
            "id,件名,本文,区分,公開日,担当課,場所\nn1,断水のお知らせ,川原町で断水します。,くらし,2026/11/20 9:00,危機管理室,川原町",
        );
        let notice = &records.notices[0];
        assert_eq!((report.rows, report.kept, report.mended, report.refused.len()), (1, 1, 0, 0));
        assert_eq!((notice.id.as_str(), notice.text.title.as_str()), ("n1", "断水のお知らせ"));
        assert_eq!(notice.segments, [Segment::Living]);
        assert_eq!((notice.department.as_str(), notice.place.as_deref()), ("防災課", Some("川原町")));
        assert_eq!(notice.published_at.to_string(), "2026-11-20T00:00:00Z");
        assert_eq!(plain_text(&notice.text.body), "川原町で断水します。");
        assert_eq!(records.source.file, "koho/a.csv");
    }

    #[test]
    fn an_office_that_the_town_does_not_name_keeps_its_own_name() {
        let (_, records) = read("title,date,課\n題,2026-11-20,水道課\n題二,2026-11-20,");
        assert_eq!(records.notices[0].department, "水道課");
        assert_eq!(records.notices[1].department, "広報課");
    }

    #[test]
    fn rows_of_one_id_in_several_languages_are_one_notice() {
        let (report, records) = read(
            "id,title,date,lang,body\na,Water,2026-11-20,en,no water\na,断水,2026-11-20,,水が出ません\nb,Only,2026-11-20,英語,x\n\
             a,みずが でません,2026-11-20,やさしい日本語,",
        );
        assert_eq!((report.rows, report.kept, records.notices.len()), (4, 4, 2));
        let notice = &records.notices[0];
        assert_eq!((notice.lang.clone(), notice.text.title.as_str()), (Lang::ja(), "断水"));
        assert_eq!(notice.translations[&Lang("en".into())].title, "Water");
        assert_eq!(notice.translations[&Lang::easy()].title, "みずが でません");
        assert_eq!(records.notices[1].lang, Lang("en".into()));
    }

    #[test]
    fn a_translation_falls_with_its_text() {
        let (report, _) = read("id,title,date,lang\na,,2026-11-20,ja\na,Water,2026-11-20,en");
        let lines: Vec<_> = report.refused.iter().map(|r| (r.row, r.why.as_str())).collect();
        assert_eq!(lines[0], (2, "題名がない"));
        assert!(lines[1].0 == 3 && lines[1].1.contains("2 行目"), "{lines:?}");
    }

    #[test]
    fn an_id_that_stands_there_twice_names_the_first() {
        let (report, records) = read("id,title,date\na,一,2026-11-20\nb,二,2026-11-20\na,三,2026-11-21");
        assert_eq!(records.notices.len(), 2);
        assert_eq!((report.refused[0].row, report.refused[0].column.as_deref()), (4, Some("id")));
        assert!(report.refused[0].why.contains("2 行目"));
    }

    #[test]
    fn a_missing_id_is_made_of_title_and_date_and_stays_the_same() {
        let csv =
            "title,date,body\n募集,2026-11-20,甲\n募集,2026/11/20,乙\n募集,2026-11-20,甲\n別,2026-11-20,甲";
        let (report, records) = read(csv);
        let ids: Vec<&str> = records.notices.iter().map(|n| n.id.as_str()).collect();
        assert_eq!(ids.len(), 3);
        assert!(ids.iter().all(|id| id.len() == 12 && id.bytes().all(|b| b.is_ascii_hexdigit())), "{ids:?}");
        assert_eq!(records, read(csv).1);
        assert_eq!(report.mended_by["id がないので、題名と日付から作った"], 4);
        assert!(
            report.refused[0].row == 4 && report.refused[0].why.contains("2 行目"),
            "{:?}",
            report.refused
        );
    }

    #[test]
    fn what_is_missing_or_unreadable_is_refused_by_its_column() {
        let (report, records) = read(
            "id,件名,公開日,言語\na,,2026-11-20,\nb,題,,\nc,題,未定,\nd,題,2026-11-20,？？\n,題,未定,\n,,,\n",
        );
        assert!(records.notices.is_empty());
        assert_eq!(report.rows, 5);
        let columns: Vec<_> = report.refused.iter().map(|r| (r.row, r.column.as_deref().unwrap())).collect();
        assert_eq!(columns, [(2, "件名"), (3, "公開日"), (4, "公開日"), (5, "言語"), (6, "公開日")]);
        assert!(report.refused[2].why.contains("「未定」"));
    }

    #[test]
    fn a_column_that_is_not_used_is_reported() {
        let (report, _) = read("title,date,天気,level\n題,2026-11-20,晴れ,4");
        assert!(report.mended_by.contains_key("列「天気」は使わなかった"));
        assert!(report.mended_by.contains_key("列「level」は使わなかった"));
    }

    #[test]
    fn short_and_long_rows_are_read_as_far_as_they_go() {
        let (report, records) = read("title,date,body\n題,2026-11-20\n題二,2026-11-20,本文,余り");
        assert_eq!((report.kept, records.notices.len()), (2, 2));
    }

    #[test]
    fn a_body_too_long_is_refused_with_its_column() {
        let long = "あ".repeat(crate::blocks::MAX_TEXT + 1);
        let (report, _) = read(&format!("title,date,本文\n題,2026-11-20,{long}"));
        assert_eq!(report.refused[0].column.as_deref(), Some("本文"));
    }

    /// 830 articles of a real town paper, as a town would export them.
    #[test]
    fn real_articles_all_become_notices() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/notices/koho_142123.jsonl");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: no shared data");
            return;
        };
        let columns = ["id", "title", "body", "category", "date", "issue"];
        let row = |line: &str| {
            let article: serde_json::Value = serde_json::from_str(line).unwrap();
            columns
                .iter()
                .map(|column| article[column].as_str().unwrap_or("").to_string())
                .collect::<Vec<_>>()
        };
        let rows: Vec<(u64, Vec<String>)> = text.lines().zip(2..).map(|(line, n)| (n, row(line))).collect();
        let count = rows.len();
        let table = Rows { header: columns.map(String::from).to_vec(), rows };
        assert!(is_notices(&table.header));
        let (report, records) = import("koho.csv", &table, &settings(), &Shelf::new(&exists));
        assert_eq!(report.refused, []);
        assert_eq!((count, report.kept, records.notices.len()), (830, 830, 830));
        assert!(records.notices.iter().all(|n| !n.text.body.is_empty() || n.text.title.is_empty()));
        let other = records.notices.iter().filter(|n| n.segments == [Segment::Other]).count();
        assert_eq!(other, 119, "its own「その他」and nothing else");
        // No word of a body is lost: what is left out are list marks, line ends and blanks.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for (notice, (_, cells)) in records.notices.iter().zip(&table.rows) {
            assert_eq!(letters(&plain_text(&notice.text.body)), letters(&cells[2]), "{}", notice.id);
        }
        // The same without ids: still no article is taken for another.
        let without = Rows {
            header: table.header.iter().map(|name| name.replace("id", "")).collect(),
            rows: table.rows,
        };
        let (report, _) = import("koho.csv", &without, &settings(), &Shelf::new(&exists));
        assert_eq!(report.refused, []);
    }
}
