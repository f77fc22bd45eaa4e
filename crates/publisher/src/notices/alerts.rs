//! Alerts as a table: `id,level,title,body,areas,hazard,issued_at,valid_until,supersedes,cancels,drill`.

use std::collections::BTreeSet;

use super::Rows;
use super::field::Field;
use super::files::Shelf;
use super::group::import_rows;
use super::import::Kind;
use crate::report::{FileReport, Records};
use crate::settings::Settings;

/// Whether a table holds alerts: it has a title, a level, and something else that only alerts have.
pub fn is_alerts(header: &[String]) -> bool {
    let fields: BTreeSet<Field> = header.iter().filter_map(|name| Field::named(name)).collect();
    let of_alerts = fields.iter().filter(|field| field.is_of_alerts()).count();
    fields.contains(&Field::Title) && fields.contains(&Field::Level) && of_alerts >= 2
}

/// Reads a table of alerts. Rows of one id in several languages are one alert; its Japanese row is the text.
pub fn import_csv(file: &str, rows: &Rows, settings: &Settings, shelf: &Shelf<'_>) -> (FileReport, Records) {
    import_rows(file, rows, settings, shelf, Kind::Alerts)
}

/// Reports alerts that supersede or cancel one that is in none of these files. They are kept: what they end may have
/// been published before and taken out since.
pub(super) fn report_unknown_references(files: &mut [(&mut FileReport, &Records)]) {
    let known: BTreeSet<String> =
        files.iter().flat_map(|(_, records)| records.alerts.iter().map(|alert| alert.id.clone())).collect();
    for (report, records) in files {
        for alert in &records.alerts {
            for id in alert.supersedes.iter().chain(&alert.cancels).filter(|id| !known.contains(*id)) {
                let (alert, id) = (super::entry::shorten(&alert.id), super::entry::shorten(id));
                report.mend(&format!("緊急情報「{alert}」が指す「{id}」は見つからない（そのまま載せた）"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use madoguchi_model::{Alert, AlertLevel, Hazard, Lang};

    use super::super::tests::{exists, rows, settings};
    use super::*;

    const HEAD: &str = "id,level,title,issued_at";

    fn read(csv: &str) -> (FileReport, Records) {
        import_csv("bosai/alerts.csv", &rows(csv), &settings(), &Shelf::new(&exists))
    }

    fn one(more_head: &str, more: &str) -> Alert {
        let (report, mut records) =
            read(&format!("{HEAD},{more_head}\na,4,避難してください,2026-11-21 14:30,{more}"));
        assert!(report.refused.is_empty(), "{:?}", report.refused);
        records.alerts.remove(0)
    }

    fn refused(csv: &str) -> (u64, String) {
        let (report, records) = read(csv);
        assert!(records.alerts.is_empty(), "{records:?}");
        (report.refused[0].row, report.refused[0].column.clone().unwrap())
    }

    #[test]
    fn a_table_of_alerts_is_known_by_its_head() {
        let header = |line: &str| line.split(',').map(String::from).collect::<Vec<_>>();
        assert!(is_alerts(&header("id,level,title,body,issued_at")));
        assert!(is_alerts(&header("警戒レベル,件名,発令日時,対象地区")));
        assert!(!is_alerts(&header("level,title,body")) && !is_alerts(&header("title,body,areas")));
    }

    #[test]
    fn a_row_becomes_an_alert() {
        let alert = one(
            "body,対象地区,災害種別,valid_until,supersedes,cancels",
            "高い所へ。,川原町;本町、川原町,洪水,2026-11-22 06:00,x,y;z",
        );
        assert_eq!((alert.level, alert.drill, alert.hazard), (AlertLevel::Four, false, Some(Hazard::Flood)));
        assert_eq!(alert.areas.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["川原町", "本町"]);
        assert_eq!(alert.issued_at.to_string(), "2026-11-21T05:30:00Z");
        assert_eq!(alert.valid_until.unwrap().to_string(), "2026-11-21T21:00:00Z");
        assert_eq!(
            (alert.supersedes, alert.cancels),
            (vec!["x".to_string()], vec!["y".to_string(), "z".into()])
        );
        assert_eq!(alert.department, "防災課");
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(refused(&format!("{HEAD}\na,,題,2026-11-21 14:30")), (2, "level".into()));
        assert_eq!(refused(&format!("{HEAD}\na,避難勧告,題,2026-11-21 14:30")), (2, "level".into()));
        assert_eq!(refused(&format!("{HEAD}\na,4,題,")), (2, "issued_at".into()));
        assert_eq!(refused(&format!("{HEAD}\na,4,題,2026-11-21")), (2, "issued_at".into()));
        assert_eq!(refused(&format!("{HEAD}\na,4,,2026-11-21 14:30")), (2, "title".into()));
        let with = |head: &str, value: &str| format!("{HEAD},{head}\na,4,題,2026-11-21 14:30,{value}");
        assert_eq!(refused(&with("有効期限", "解除まで")), (2, "有効期限".into()));
        assert_eq!(refused(&with("valid_until", "2026-11-21 14:30")), (2, "valid_until".into()));
        assert_eq!(refused(&with("valid_from", "明日")), (2, "valid_from".into()));
        assert_eq!(refused(&with("drill", "たぶん")), (2, "drill".into()));
        assert_eq!(refused(&with("lang", "en")), (2, "lang".into()));
    }

    #[test]
    fn only_a_department_with_the_right_to_may_warn() {
        let with = |department: &str| format!("{HEAD},department\na,4,題,2026-11-21 14:30,{department}");
        assert_eq!(refused(&with("広報課")), (2, "department".into()));
        let csv = rows(&with(""));
        let (report, _) = import_csv("koho/alerts.csv", &csv, &settings(), &Shelf::new(&exists));
        assert!(report.refused[0].why.contains("広報課"), "{:?}", report.refused);
        let (_, records) =
            import_csv("koho/alerts.csv", &rows(&with("危機管理室")), &settings(), &Shelf::new(&exists));
        assert_eq!(records.alerts[0].department, "防災課");
    }

    #[test]
    fn a_drill_says_so_and_a_title_alone_is_not_enough() {
        assert!(one("drill", "訓練").drill && one("drill", "true").drill && !one("drill", "").drill);
        assert_eq!(refused(&format!("{HEAD}\na,4,【訓練】避難指示,2026-11-21 14:30")), (2, "drill".into()));
        let (_, records) = read(&format!("{HEAD},drill\na,4,訓練は中止,2026-11-21 14:30,false"));
        assert!(!records.alerts[0].drill);
    }

    #[test]
    fn a_word_for_the_whole_town_names_no_block() {
        for words in ["", "市内全域", "見本市全域", "全市", "川原町;市内全域"] {
            assert!(one("areas", words).areas.is_empty(), "{words}");
        }
    }

    #[test]
    fn a_last_day_without_time_counts_whole_and_is_reported() {
        let (report, records) = read(&format!("{HEAD},valid_until\na,4,題,2026-11-21 14:30,2026-11-22"));
        assert_eq!(records.alerts[0].valid_until.unwrap().to_string(), "2026-11-22T15:00:00Z");
        assert!(report.mended_by.keys().any(|why| why.contains("その日いっぱい")));
    }

    #[test]
    fn a_danger_that_is_none_of_the_eight_is_none_and_reported() {
        let (report, records) = read(&format!("{HEAD},hazard\na,4,題,2026-11-21 14:30,大雨"));
        assert_eq!(records.alerts[0].hazard, None);
        assert!(report.mended_by.keys().any(|why| why.contains("「大雨」")));
    }

    #[test]
    fn what_ends_an_unknown_alert_is_kept_and_reported() {
        let csv = format!("{HEAD},cancels\na,4,題,2026-11-21 14:30,\nb,解除,終わり,2026-11-21 18:00,a;gone");
        let (report, records) = read(&csv);
        assert_eq!(records.alerts[1].cancels, ["a", "gone"]);
        let said: Vec<_> = report.mended_by.keys().filter(|why| why.contains("見つからない")).collect();
        assert!(said.len() == 1 && said[0].contains("「gone」"), "{said:?}");
    }

    #[test]
    fn an_alert_has_translations() {
        let csv = format!("{HEAD},lang\na,4,避難,2026-11-21 14:30,\na,4,Evacuate,2026-11-21 14:30,en");
        let (report, records) = read(&csv);
        assert_eq!((report.kept, records.alerts.len()), (2, 1));
        assert_eq!(records.alerts[0].translations[&Lang("en".into())].title, "Evacuate");
    }
}
