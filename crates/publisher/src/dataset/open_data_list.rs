//! オープンデータ一覧: what the town's list says of its other files.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::columns::Columns;
use crate::report::FileReport;
use crate::table::{Row, Table};
use crate::value::{date, is_blank};

/// What the list says of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFacts {
    /// The data set's title.
    pub title: Option<String>,
    /// Its licence.
    pub license: Option<String>,
    /// When it was last changed.
    pub updated: Option<Date>,
}

/// Reads the list: facts by file name, without folders.
pub fn read(file: &str, table: &Table) -> (FileReport, BTreeMap<String, SourceFacts>) {
    let columns = Columns::of(table);
    let find = |names: &[&str]| columns.find(names);
    let files = find(&["ファイル_タイトル", "ファイル_ダウンロードURL", "ファイル_アクセスURL"]);
    let titles = find(&["データセット_タイトル"]);
    let licenses = find(&["ファイル_ライセンス", "データセット_ライセンス"]);
    let updates =
        find(&["ファイル_最終更新日", "データセット_最終更新日", "ファイル_公開日", "データセット_公開日"]);
    let text = |row: &Row, columns: &[usize]| -> Option<String> {
        columns.iter().map(|column| row.get(*column)).find(|text| !is_blank(text)).map(String::from)
    };
    let mut report = super::report(file, table);
    report.dataset = Some("open-data-list".into());
    let mut facts = BTreeMap::new();
    for row in &table.rows {
        let Some(name) = files.iter().find_map(|column| file_name(row.get(*column))) else {
            report.refuse(row.line, None, "ファイル名がわかりません(ファイル_タイトルにもURLにもありません)");
            continue;
        };
        let updated = updates.iter().find_map(|column| date::read(row.get(*column)));
        if let Some(why) = updated.and_then(|read| read.mended) {
            report.mend(why);
        }
        let of_file = SourceFacts {
            title: text(row, &titles),
            license: text(row, &licenses),
            updated: updated.map(|read| read.value),
        };
        report.kept += 1;
        facts.insert(name, of_file);
    }
    (report, facts)
}

/// The name of a file from a title that is one, or from an address.
fn file_name(text: &str) -> Option<String> {
    let path = text.split(['?', '#']).next().unwrap_or(text);
    let name = path.rsplit('/').next().unwrap_or(path).trim();
    let (stem, extension) = name.rsplit_once('.')?;
    let known = ["csv", "tsv", "txt", "json", "geojson", "xlsx", "xls", "zip", "pdf", "xml", "kml"];
    let is_file = !stem.is_empty() && known.contains(&extension.to_ascii_lowercase().as_str());
    is_file.then(|| percent_decoded(name))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = match (first, after) {
            (b'%', [high, low, ..]) => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        bytes.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { after.get(2..).unwrap_or(&[]) } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;

    #[test]
    fn files_are_known_by_title_or_address() {
        assert_eq!(file_name("opendata_1425.csv").as_deref(), Some("opendata_1425.csv"));
        assert_eq!(file_name("https://a.jp/d/%E4%BA%95.CSV?v=1").as_deref(), Some("井.CSV"));
        assert_eq!(file_name("https://a.jp/d/100%.csv").as_deref(), Some("100%.csv"));
        for none in ["AED一覧", "https://www.city.inzai.lg.jp/0000004803.html", "", ".csv"] {
            assert_eq!(file_name(none), None, "{none}");
        }
    }

    #[test]
    fn facts_of_each_file() {
        let text = "データセット_タイトル,ファイル_タイトル,ファイル_ダウンロードURL,ファイル_ライセンス,ファイル_最終更新日\n\
                    AED,aed.csv,,CC BY 4.0,2024/2/5\n井戸,井戸の一覧,https://a.jp/ido.csv,,\n空,,,,\n";
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        let (report, facts) = read("list.csv", &table);
        assert_eq!((report.rows, report.kept, report.refused.len()), (3, 2, 1));
        let aed = facts.get("aed.csv").cloned().unwrap_or_default();
        assert_eq!(aed.license.as_deref(), Some("CC BY 4.0"));
        assert_eq!(aed.updated.map(|day| day.to_string()).as_deref(), Some("2024-02-05"));
        assert_eq!(facts.get("ido.csv").and_then(|facts| facts.title.as_deref()), Some("井戸"));
    }
}
