//! A town's rule files: read, compiled together with the country's as a phone will, and named where they cannot be used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use madoguchi_bundle::limits;
use madoguchi_model::{Source, TownRuleFile};
use madoguchi_programs::{LeftOut, RuleText, TownRules, tables_named};

use crate::folder;
use crate::report::{FileReport, Records};
use crate::settings::Settings;
use crate::table::decode;

/// The town's rule files and the tables that they name.
pub(super) struct RuleFiles {
    texts: Vec<RuleText>,
    encodings: BTreeMap<String, &'static str>,
    /// Files that cannot be read, and why.
    unread: Vec<FileReport>,
    /// The tables, by path, with the rule files that name them.
    tables: BTreeMap<String, BTreeSet<String>>,
}

impl RuleFiles {
    /// Reads the rule files among `files`. A table beside one that it names (`csv 「額.csv」`) belongs to it and is no data set.
    pub(super) fn read(dir: &Path, files: &[String], settings: &Settings) -> Self {
        let mut read = RuleFiles {
            texts: Vec::new(),
            encodings: BTreeMap::new(),
            unread: Vec::new(),
            tables: BTreeMap::new(),
        };
        let there = |file: &&String| settings.skips(file).is_none();
        for file in files.iter().filter(there).filter(|file| is_rules(file)) {
            if !read.text(dir, file) {
                continue;
            }
            let text = read.texts.last().map_or("", |last| last.text.as_str());
            let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            for table in tables_named(text).into_iter().map(|name| format!("{folder}{name}")) {
                if files.contains(&table) && settings.skips(&table).is_none() {
                    read.tables.entry(table).or_default().insert(file.clone());
                }
            }
        }
        for table in read.tables.keys().cloned().collect::<Vec<_>>() {
            read.text(dir, &table);
        }
        read
    }

    /// Reads one file in whatever encoding it has; phones get UTF-8.
    fn text(&mut self, dir: &Path, file: &str) -> bool {
        let read = folder::read(dir, file).map_err(|error| error.to_string());
        let read = read.and_then(|bytes| match bytes.len() {
            // Room for the record around the text.
            n if n * 2 > limits::RECORD => Err(format!("{n}バイトは、きまりのファイルには大きすぎます")),
            _ => decode(&bytes).map_err(|error| error.to_string()),
        });
        match read {
            Ok((text, encoding)) => {
                self.encodings.insert(file.into(), encoding);
                self.texts.push(RuleText { name: file.into(), text });
                true
            }
            Err(why) => {
                self.unread.push(FileReport { why: Some(why), ..FileReport::new(file) });
                false
            }
        }
    }

    /// Is this file one of them, so that nothing else is to be made of it?
    pub(super) fn has(&self, file: &str) -> bool {
        is_rules(file) || self.tables.contains_key(file)
    }

    /// Compiles them, and tells of each file what became of it.
    pub(super) fn import(self, settings: &Settings) -> Vec<(FileReport, Records)> {
        let compiled = TownRules::compile(settings.code.as_str(), &self.texts);
        let left: BTreeMap<&str, &LeftOut> =
            compiled.left_out.iter().map(|left| (left.file.as_str(), left)).collect();
        let unread = self.unread.iter().map(|report| (report.clone(), Records::default()));
        let mut all: Vec<(FileReport, Records)> = unread.collect();
        for RuleText { name, text } in &self.texts {
            let mut report = FileReport::new(name);
            report.dataset = Some("rules".into());
            report.encoding = self.encodings.get(name).map(|encoding| (*encoding).into());
            report.rows = 1;
            let mut records = Records { source: source(name, settings), ..Records::default() };
            // A table goes where a file that needs it goes.
            let users = self.tables.get(name);
            let unused = users.is_some_and(|users| users.iter().all(|user| left.contains_key(user.as_str())));
            match left.get(name.as_str()) {
                Some(left) => {
                    for problem in &left.problems {
                        let column = format!("{}字め", problem.column);
                        report.refuse(problem.line.into(), Some(&column), problem.what.clone());
                    }
                }
                None if unused => report.refuse(1, None, "この表を使うきまりのファイルが、使えません"),
                None => {
                    report.kept = 1;
                    records.rules.push(TownRuleFile { id: name.clone(), text: text.clone(), source: 0 });
                }
            }
            all.push((report, records));
        }
        all
    }
}

fn is_rules(file: &str) -> bool {
    file.ends_with(".rules")
}

fn source(file: &str, settings: &Settings) -> Source {
    let own = settings.said_of(file);
    Source {
        provider: own.provider.or_else(|| settings.usual_provider()),
        license: own.license.or_else(|| settings.license.clone()),
        ..own
    }
}

#[cfg(test)]
mod tests {
    use crate::content::TownContent;
    use crate::read::testing::town_with;

    const RULES: &str = "出典 「要綱」 「https://www.city.mihon.example.jp/」 確認 2026-11-26\n\
        表 応援金の額(級地: 数) : 円\n  csv 「額.csv」\n\
        制度 人 応援金 : 円\n  名称 「応援金」\n  要件 「1歳まで」: 年齢 < 1歳\n  額 = 応援金の額(級地)\n";
    const TABLE: &str = "級地,額\n1,1000\n2,2000\n3,3000\n";

    fn read(files: &[(&str, &[u8])]) -> TownContent {
        let settings = "code = \"992011\"\nname = { ja = \"見本市\" }\nlicense = \"CC0\"\n[[department]]\nid = \"koho\"\n\
            name = { ja = \"広報課\" }\n[[department]]\nid = \"kosodate\"\nname = { ja = \"こども課\" }";
        town_with(settings, files)
    }

    fn told(content: &TownContent) -> Vec<(&str, Option<&str>, usize)> {
        content.files.iter().map(|f| (f.file.as_str(), f.dataset.as_deref(), f.kept)).collect()
    }

    #[test]
    fn a_rule_file_and_its_table_go_to_its_department_as_files() {
        let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(TABLE);
        let content = read(&[("kosodate/応援.rules", RULES.as_bytes()), ("kosodate/額.csv", &cp932)]);
        assert_eq!(
            told(&content),
            [("kosodate/応援.rules", Some("rules"), 1), ("kosodate/額.csv", Some("rules"), 1)]
        );
        let department = &content.departments["kosodate"];
        let ids: Vec<&str> = department.rules.iter().map(|file| file.id.as_str()).collect();
        assert_eq!(ids, ["kosodate/応援.rules", "kosodate/額.csv"]);
        assert_eq!(department.rules[1].text, TABLE);
        assert_eq!(department.sources[department.rules[0].source].license.as_deref(), Some("CC0"));
    }

    #[test]
    fn what_does_not_compile_is_refused_with_line_and_column_and_takes_its_table_along() {
        let broken = RULES.replace("年齢 < 1歳", "年令 < 1歳");
        let good = RULES.replace("応援金", "見舞金").replace("額.csv", "b.csv");
        let content = read(&[
            ("kosodate/応援.rules", broken.as_bytes()),
            ("kosodate/額.csv", TABLE.as_bytes()),
            ("koho/b.rules", good.as_bytes()),
            ("koho/b.csv", TABLE.as_bytes()),
        ]);
        let refused = &content.files.iter().find(|f| f.file == "kosodate/応援.rules").unwrap().refused[0];
        assert_eq!((refused.row, refused.column.as_deref()), (6, Some("14字め")));
        assert!(refused.why.contains("年令"), "{}", refused.why);
        let kept: Vec<&str> = content.files.iter().filter(|f| f.kept > 0).map(|f| f.file.as_str()).collect();
        assert_eq!(kept, ["koho/b.csv", "koho/b.rules"]);
        assert!(!content.departments.contains_key("kosodate"));
    }

    #[test]
    fn a_table_that_no_rule_file_names_is_a_data_set_as_ever() {
        let content = read(&[
            ("koho/b.csv", "名称,緯度,経度\n井戸,34.8,138.3\n".as_bytes()),
            ("koho/b.rules", RULES.replace("額.csv", "ない.csv").as_bytes()),
        ]);
        assert_eq!(told(&content), [("koho/b.csv", Some("b"), 1), ("koho/b.rules", Some("rules"), 0)]);
        // The table that is missing is named at the line that wants it.
        assert_eq!(content.files[1].refused[0].row, 3);
    }
}
