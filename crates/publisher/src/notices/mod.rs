//! A town's texts -> notices and alerts.
//!
//! Markdown files ([`markdown`]), tables ([`csv`], [`alerts`]) and feeds ([`feed`]) end in the same few steps: an
//! entry of named values becomes a record, or a line of the report says why not.

pub mod alerts;
pub mod csv;
pub mod feed;
pub mod files;
pub mod markdown;

mod alert;
mod entry;
mod field;
mod front;
mod group;
mod import;
mod notice;
pub(crate) mod when;

use madoguchi_model::{Alert, Notice};

pub use files::Shelf;

use crate::settings::Settings;

/// A table as cells of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The column names.
    pub header: Vec<String>,
    /// The rows, each with the line of the file on which it begins (1-based).
    pub rows: Vec<(u64, Vec<String>)>,
}

/// A Markdown file of the town's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MdFile {
    /// Path relative to the town's folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The department whose collection holds a notice: the one it names, or the one to which its file belongs.
pub fn department_id(settings: &Settings, notice: &Notice, file: &str) -> String {
    department(settings, &notice.department, file)
}

/// The department whose collection holds an alert.
pub fn alert_department_id(settings: &Settings, alert: &Alert, file: &str) -> String {
    department(settings, &alert.department, file)
}

fn department(settings: &Settings, name: &str, file: &str) -> String {
    let named = settings.department_named(name).map(|department| department.id.as_str());
    named.unwrap_or_else(|| settings.department_of_file(file)).into()
}

/// The first `digits` hexadecimal digits of the SHA-256 of some texts, each ended so that no two lists look alike.
fn short_hash(texts: &[&str], digits: usize) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for text in texts {
        context.update(text.as_bytes());
        context.update(&[0]);
    }
    let hex: String = context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    hex.chars().take(digits).collect()
}

/// What the tests of this room share.
#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn settings() -> Settings {
        Settings::parse(
            r#"
            code = "222127"
            name = { ja = "見本市" }
            [segments]
            "ひと・もの" = "living.community"
            [[department]]
            id = "koho"
            name = { ja = "広報課", en = "Public Relations" }
            [[department]]
            id = "bosai"
            name = { ja = "防災課" }
            also = ["危機管理室"]
            alerts = true
            "#,
        )
        .unwrap()
    }

    /// A folder with a few files in it.
    pub(super) fn exists(path: &str) -> Option<u64> {
        match path {
            "koho/map.png" | "koho/map.pdf" | "bosai/map.pdf" | "koho/2026/map.pdf" | "地図.pdf" => {
                Some(1234)
            }
            "koho/tool.exe" => Some(1),
            "koho/film.pdf" => Some(30 * 1024 * 1024),
            _ => None,
        }
    }

    pub(super) fn rows(csv: &str) -> Rows {
        let mut lines = csv.lines().map(|line| line.split(',').map(String::from).collect::<Vec<_>>());
        let header = lines.next().unwrap();
        Rows { header, rows: lines.enumerate().map(|(i, row)| (i as u64 + 2, row)).collect() }
    }

    #[test]
    fn a_notice_belongs_to_the_department_it_names_or_to_that_of_its_file() {
        let settings = settings();
        for (name, file, id) in [
            ("防災課", "koho/a.csv", "bosai"),
            ("危機管理室", "koho/a.csv", "bosai"),
            ("水道課", "koho/a.csv", "koho"),
            ("", "bosai/a.csv", "bosai"),
            ("", "a.csv", "koho"),
        ] {
            assert_eq!(department(&settings, name, file), id, "{name} {file}");
        }
    }

    #[test]
    fn a_hash_tells_lists_of_texts_apart() {
        assert_eq!(short_hash(&["a"], 12).len(), 12);
        assert_ne!(short_hash(&["ab", "c"], 12), short_hash(&["a", "bc"], 12));
    }
}
