//! Towns for tests: settings and files as texts, read as a folder is.

use std::fs;

use super::read_town;
use crate::content::TownContent;
use crate::report::FileReport;
use crate::settings::Settings;

/// Reads a town with these files. Its feeds are out of reach.
pub(crate) fn town_with<B: AsRef<[u8]>>(settings: &str, files: &[(&str, B)]) -> TownContent {
    let temp = tempfile::tempdir().unwrap();
    for (file, content) in files {
        let path = temp.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    read_town(temp.path(), &Settings::parse(settings).unwrap(), None, &|_| Err("no network".into())).unwrap()
}

/// What became of a file.
pub(crate) fn report<'c>(content: &'c TownContent, file: &str) -> &'c FileReport {
    content.files.iter().find(|report| report.file == file).unwrap()
}
