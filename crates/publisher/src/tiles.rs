//! The zones of a town as PMTiles: for maps of others, beside what phones get. What each class means stands in a file beside.

use std::fs;
use std::path::Path;

use madoguchi_hazard::pack::Pack;
use madoguchi_hazard::tile::pmtiles::{Compression, Meta, of_pack};
use madoguchi_model::Source;
use serde::Serialize;

use crate::atomic;
use crate::content::TownContent;
use crate::error::{PublishError, at};

/// The zooms that an archive has: any map draws the ones above from the largest.
const ZOOMS: std::ops::RangeInclusive<u8> = 8..=16;

/// An archive that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Archive {
    /// The layer's id.
    pub id: String,
    /// The archive: vector tiles with the layer `zones`, whose property `class` is the class's place in the record.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// The layer's record as phones get it (JSON): kind, scenario, classes, survey; and the source of its file.
    pub record: String,
}

/// Writes an archive and a record for each layer of hazards into a folder.
pub fn write(content: &TownContent, out: &Path) -> Result<Vec<Archive>, PublishError> {
    fs::create_dir_all(out).map_err(at(out))?;
    let mut written = Vec::new();
    for department in content.departments.values() {
        for layer in &department.hazards {
            let Some(bytes) = department.packs.get(&layer.pack) else { continue };
            let source = department.sources.get(layer.source).cloned().unwrap_or_default();
            let refused = |why: String| PublishError::Refused(format!("{}: {why}", layer.id));
            let pack = Pack::open(bytes.as_slice()).map_err(|error| refused(error.to_string()))?;
            let meta = Meta {
                name: source.title.clone().unwrap_or_else(|| layer.id.clone()),
                attribution: named(&source, layer.surveyor.as_deref()),
                compression: Compression::Gzip,
                ..Meta::default()
            };
            let archive = of_pack(&pack, ZOOMS, &meta).map_err(|error| refused(error.to_string()))?;
            let (file, record) = (format!("{}.pmtiles", layer.id), format!("{}.json", layer.id));
            let told = serde_json::to_vec_pretty(&serde_json::json!({ "layer": layer, "source": source }))?;
            for (name, bytes) in [(&file, &archive), (&record, &told)] {
                let path = out.join(name);
                atomic::write(&path, bytes).map_err(at(&path))?;
            }
            written.push(Archive { id: layer.id.clone(), file, bytes: archive.len() as u64, record });
        }
    }
    if written.is_empty() {
        return Err(PublishError::Refused("このフォルダには、災害の地図（[[hazard]]）がありません".into()));
    }
    Ok(written)
}

/// Whom to name, with the licence: who made the survey, who gave the file.
fn named(source: &Source, surveyor: Option<&str>) -> Vec<String> {
    let who = surveyor.into_iter().chain(source.provider.as_deref());
    let mut named: Vec<String> = who.map(str::to_owned).collect();
    named.dedup();
    named.extend(source.license.clone());
    named
}

#[cfg(test)]
mod tests {
    use madoguchi_hazard::Point;
    use madoguchi_hazard::tile::Tile;
    use madoguchi_hazard::tile::mvt::decode;
    use madoguchi_hazard::tile::pmtiles;

    use super::*;
    use crate::read::testing::town_with;

    const TOWN: &str = "code = \"992011\"\nname = { ja = \"見本市\" }\nlicense = \"CC0\"\n[[department]]\nid = \"koho\"\n\
        name = { ja = \"広報課\" }\n[[hazard]]\nfile = \"a.geojson\"\nlayer = \"inland-flood\"\nclass = { property = \"深さ\" }\n\
        source = \"見本市下水道課\"\nsurvey_year = 2023\n";
    const ZONE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"深さ":"3.0~5.0m未満"},
        "geometry":{"type":"Polygon","coordinates":[[[138.0,35.0],[138.01,35.0],[138.01,35.01],[138.0,35.01],[138.0,35.0]]]}}]}"#;

    #[test]
    fn others_get_tiles_and_what_their_classes_mean() {
        let content = town_with(TOWN, &[("a.geojson", ZONE)]);
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().join("tiles");
        let written = write(&content, &folder).unwrap();
        assert_eq!(written.len(), 1);
        let bytes = fs::read(folder.join(&written[0].file)).unwrap();
        assert_eq!(bytes.len() as u64, written[0].bytes);
        let archive = pmtiles::Archive::open(bytes.as_slice()).unwrap();
        let (z, x, y) = Tile::of(Point::of_degrees(35.005, 138.005).unwrap(), 14).unwrap().address();
        let tile = archive.tile(z, x, y).unwrap().unwrap();
        assert_eq!(decode(&tile).unwrap()[0].name, "zones");
        let told: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join(&written[0].record)).unwrap()).unwrap();
        assert_eq!(
            (&told["layer"]["classes"][0]["code"], &told["layer"]["survey_year"]),
            (&"3-5".into(), &2023.into())
        );
        assert_eq!(told["source"]["license"], "CC0");
        // The same folder again is the same.
        assert_eq!(write(&content, &folder).unwrap(), written);
    }

    #[test]
    fn a_town_without_a_map_of_dangers_is_told_so() {
        let town = TOWN.split("[[hazard]]").next().unwrap();
        let content = town_with(town, &[("a.txt", "")]);
        let out = tempfile::tempdir().unwrap();
        assert!(matches!(write(&content, out.path()), Err(PublishError::Refused(_))));
    }
}
