//! Rule files from a folder, as the town side and the app read them too.

use madoguchi_benefits::RuleFile;
use std::path::Path;

/// Every `*.rules` below a folder in the order of their names, each with the tables (`*.csv`) of its folder and below.
pub fn folder(path: &Path) -> std::io::Result<Vec<RuleFile>> {
    let mut files = Vec::new();
    collect(path, path, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn collect(root: &Path, path: &Path, files: &mut Vec<RuleFile>) -> std::io::Result<()> {
    let mut tables = Vec::new();
    csv(path, path, &mut tables)?;
    for entry in std::fs::read_dir(path)? {
        let path_of = entry?.path();
        if path_of.is_dir() {
            collect(root, &path_of, files)?;
        } else if path_of.extension().is_some_and(|e| e == "rules") {
            let name = path_of.strip_prefix(root).unwrap_or(&path_of).display().to_string();
            files.push(RuleFile { name, text: std::fs::read_to_string(&path_of)?, tables: tables.clone() });
        }
    }
    Ok(())
}

fn csv(root: &Path, path: &Path, tables: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() {
            csv(root, &path, tables)?;
        } else if path.extension().is_some_and(|e| e == "csv") {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            tables.push((name, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
