//! Shapefiles: `.shp` with `.dbf`, `.prj` and `.cpg` beside it. What a file says of its own sizes is believed only as far
//! as there are bytes.

mod dbf;
mod prj;
mod rings;
mod shape;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use super::{Each, Feature, FileFacts, GeoError, Item, MAX_FILE, MAX_POINTS, RefusedFeature};
use dbf::Table;
use shape::Shape;

/// Bytes of a `.prj` or `.cpg`.
const SMALL: u64 = 64 << 10;

/// Is this file a part of that Shapefile?
pub fn is_part_of(file: &str, whole: &str) -> bool {
    const PARTS: &[&str] = &["dbf", "shx", "prj", "cpg", "sbn", "sbx", "qix", "qpj", "fix", "qmd", "shp.xml"];
    let Some(stem) = whole.get(..whole.len().saturating_sub(4)) else { return false };
    let end = file.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
    end.is_some_and(|end| PARTS.contains(&end.to_lowercase().as_str()))
}

/// Reads a Shapefile, each record in turn.
pub fn read(path: &Path, each: &mut Each<'_>) -> Result<FileFacts, GeoError> {
    let Some(prj) = small(path, "prj")? else {
        return Err(wrong(
            "座標系のファイル（.prj）がありません。緯度・経度（JGD2011など）の .prj をそえてください",
        ));
    };
    prj::check(&String::from_utf8_lossy(&prj)).map_err(GeoError::Crs)?;
    let cpg = small(path, "cpg")?;
    let cpg = cpg.as_ref().map(|cpg| String::from_utf8_lossy(cpg).trim().to_string());
    let mut table = match beside(path, "dbf") {
        Some(path) => Some(Table::open(&path, cpg.as_deref())?),
        None => None,
    };
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    if bytes > MAX_FILE {
        return Err(GeoError::TooLarge { bytes });
    }
    let mut input = BufReader::with_capacity(1 << 16, file.take(bytes));
    let mut head = [0; 100];
    input.read_exact(&mut head).map_err(|_| wrong("シェープファイルの先頭が途中で切れています"))?;
    if head.get(..4) != Some(&9994u32.to_be_bytes()) {
        return Err(wrong("シェープファイルではありません"));
    }
    let mut left = bytes.saturating_sub(100);
    let mut budget = MAX_POINTS;
    let mut number = 0;
    let encoding = table.as_ref().map_or("utf-8", Table::encoding);
    while left > 0 {
        number += 1;
        let cut = || wrong(&format!("{number}番めの地物の途中で、ファイルが切れています"));
        let mut head = [0; 8];
        input.read_exact(&mut head).map_err(|_| cut())?;
        let words = head.get(4..).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
        let length = u64::from(words) * 2;
        left = left.checked_sub(8).and_then(|left| left.checked_sub(length)).ok_or_else(cut)?;
        budget = budget.checked_sub(length / 16 + 1).ok_or(GeoError::TooManyPoints { number })?;
        let mut record = Vec::new();
        input.by_ref().take(length).read_to_end(&mut record)?;
        if record.len() as u64 != length {
            return Err(cut());
        }
        let properties = match &mut table {
            Some(table) => table.next_row()?.ok_or_else(|| {
                wrong(&format!("属性（.dbf）は{}行で、地物より少なくなっています", number - 1))
            })?,
            None => Some(super::Properties::new()),
        };
        // A row that was deleted takes its shape along.
        let Some(properties) = properties else { continue };
        let item = match shape::parse(&record) {
            Ok(shape) => {
                let mut feature = Feature { number, properties, ..Feature::default() };
                match shape {
                    Shape::Nothing => refused(number, "形がありません"),
                    Shape::Points(points) => {
                        feature.points = points;
                        Item::Feature(feature)
                    }
                    Shape::Lines(lines) => {
                        feature.lines = lines;
                        Item::Feature(feature)
                    }
                    Shape::Rings(all) => {
                        let unclosed =
                            all.iter().filter(|ring| ring.len() < 2 || ring.first() != ring.last());
                        feature.unclosed = unclosed.count();
                        feature.polygons = rings::polygons(all);
                        Item::Feature(feature)
                    }
                }
            }
            Err(why) => refused(number, &why),
        };
        if each(item).is_break() {
            break;
        }
    }
    Ok(FileFacts { encoding, features: number })
}

fn refused(number: u64, why: &str) -> Item {
    Item::Refused(RefusedFeature { number, place: None, why: why.into() })
}

fn wrong(why: &str) -> GeoError {
    GeoError::Shapefile(why.into())
}

/// The file of the same name with another ending, in small letters or capitals.
fn beside(path: &Path, ending: &str) -> Option<PathBuf> {
    [ending.to_string(), ending.to_uppercase()]
        .into_iter()
        .map(|ending| path.with_extension(ending))
        // A link would lead out of the town's folder.
        .find(|path| std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file()))
}

fn small(path: &Path, ending: &str) -> Result<Option<Vec<u8>>, GeoError> {
    let Some(path) = beside(path, ending) else { return Ok(None) };
    let mut bytes = Vec::new();
    File::open(path)?.take(SMALL).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests;
