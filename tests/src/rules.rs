//! Rule files from a folder, put together as the app and the town side do it.

use madoguchi_benefits::RuleFile;
use madoguchi_programs::{RuleText, rule_files};
use std::path::Path;

/// Every `*.rules` below a folder in the order of their names, each with the tables (`*.csv`) of its folder and below that it names.
pub fn folder(path: &Path) -> std::io::Result<Vec<RuleFile>> {
    let mut texts = Vec::new();
    collect(path, path, &mut texts)?;
    Ok(rule_files(&texts))
}

fn collect(root: &Path, folder: &Path, texts: &mut Vec<RuleText>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, texts)?;
        } else if path.extension().is_some_and(|e| e == "rules" || e == "csv") {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            texts.push(RuleText { name, text: std::fs::read_to_string(&path)? });
        }
    }
    Ok(())
}
