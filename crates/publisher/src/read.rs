//! A town's folder -> its records by department, and what became of each file.

mod gather;
mod rules;
mod shapes;
mod table_file;
#[cfg(test)]
pub(crate) mod testing;

use std::path::Path;

use crate::content::TownContent;
use crate::dataset::{garbage, program};
use crate::error::{PublishError, at};
use crate::folder;
use crate::geo::is_geojson;
use crate::geocode::Geocoder;
use crate::map;
use crate::notices::{self, MdFile, Shelf, feed};
use crate::settings::Settings;
use gather::Gathered;
use rules::RuleFiles;
use shapes::ShapeFiles;
use table_file::TableFile;

/// Gets a feed from its address.
pub type GetFeed<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// Reads everything in the town's folder `dir`. A file that cannot be read becomes a line of the report and nothing
/// else: it never keeps the others from being published.
///
/// With `only`, feeds of other departments are not asked for: 防災課 does not wait for another office's web site.
pub fn read_town(
    dir: &Path,
    settings: &Settings,
    only: Option<&str>,
    get_feed: GetFeed,
) -> Result<TownContent, PublishError> {
    let (geocoder, no_geocoder) = match geocoder(dir, settings) {
        Ok(geocoder) => (geocoder, None),
        Err(error) => (None, Some(error.to_string())),
    };
    let exists = |file: &str| folder::size_of(dir, file);
    let shelf = Shelf::new(&exists);
    let mut gathered = Gathered::new(settings);
    let mut tables = Vec::new();
    let mut texts = Vec::new();
    let mut rest = Vec::new();
    let mut json = Vec::new();
    let files = folder::files(dir)?;
    let rules = RuleFiles::read(dir, &files, settings);
    let mut shapes = ShapeFiles::read(dir, &files, settings);
    for file in files {
        if let Some(reason) = settings.skips(&file) {
            gathered.not_covered(&file, &format!("town.toml: {reason}"));
            continue;
        }
        if settings.address_table.as_ref() == Some(&file) {
            match &no_geocoder {
                Some(why) => gathered.not_covered(&file, why),
                None if shapes.gives_blocks() => {
                    gathered.not_covered(&file, "住所から位置を求める表として使いました");
                }
                None => {}
            }
            continue;
        }
        if shapes.has(&file) {
            continue;
        }
        if settings.feeds.iter().any(|feed| feed.file.as_ref() == Some(&file)) {
            continue;
        }
        if rules.has(&file) {
            continue;
        }
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        match extension.as_str() {
            "csv" | "tsv" | "txt" | "json" | "md" | "rss" | "rdf" | "atom" | "xml" => {}
            _ => {
                rest.push(file);
                continue;
            }
        }
        let bytes = match folder::read(dir, &file) {
            Ok(bytes) => bytes,
            Err(error) => {
                gathered.not_covered(&file, &error.to_string());
                continue;
            }
        };
        match extension.as_str() {
            "json" => json.push((file, bytes)),
            "md" => match String::from_utf8(bytes) {
                Ok(text) => {
                    texts.push(MdFile { path: file, text: text.trim_start_matches('\u{feff}').into() })
                }
                Err(_) => gathered.not_covered(&file, "Markdown は UTF-8 で書いてください"),
            },
            "rss" | "rdf" | "atom" | "xml" => {
                let plain = crate::settings::Feed {
                    url: None,
                    file: Some(file.clone()),
                    segment: None,
                    department: None,
                };
                gathered.add(feed::import(&file, &bytes, &plain, settings));
            }
            _ => match TableFile::read(&file, &bytes) {
                Ok(table) => tables.push(table),
                Err(report) => gathered.report(*report),
            },
        }
    }
    let listed = table_file::listed(&tables);
    for (file, bytes) in json {
        let name = file.rsplit('/').next().unwrap_or(&file);
        match program::import_json(&file, &bytes, settings, listed.get(name)) {
            Some(made) => gathered.add(made),
            // A map under a name that does not say so.
            None if is_geojson(&bytes) => shapes.add(file),
            None => rest.push(file),
        }
    }
    for made in rules.import(settings) {
        gathered.add(made);
    }
    for made in shapes.import(dir, settings) {
        gathered.add(made);
    }
    if let (Some(file), Some(geocoder)) = (&settings.address_table, &geocoder)
        && !shapes.gives_blocks()
    {
        gathered.add(map::of_table(file, geocoder.rows(), settings));
    }
    table_file::import_all(&tables, &listed, settings, geocoder.as_ref(), &shelf, &mut gathered);
    for (report, records) in notices::markdown::import(&texts, settings, &shelf) {
        gathered.add((report, records));
    }
    if let Some(why) = &no_geocoder
        && let Some(file) = settings.address_table.as_ref().filter(|file| exists(file).is_none())
    {
        gathered.not_covered(file, why);
    }
    for feed in &settings.feeds {
        let owner = feed.department.as_deref().and_then(|name| settings.department_named(name));
        let owner = owner.map_or(settings.default_department(), |department| &department.id);
        if only.is_some_and(|only| only != owner) {
            continue;
        }
        let name = feed.file.as_deref().or(feed.url.as_deref()).unwrap_or_default();
        let bytes = match (&feed.url, &feed.file) {
            (Some(url), _) => get_feed(url),
            (None, Some(file)) => folder::read(dir, file).map_err(|error| error.to_string()),
            (None, None) => continue,
        };
        match bytes {
            Ok(bytes) => gathered.add(feed::import(name, &bytes, feed, settings)),
            Err(why) => gathered.not_covered(name, &why),
        }
    }
    gathered.rest(&rest);
    Ok(gathered.into_content())
}

/// The address table that the town gives, if it gives one.
fn geocoder(dir: &Path, settings: &Settings) -> Result<Option<Geocoder>, PublishError> {
    let Some(file) = &settings.address_table else { return Ok(None) };
    let path = folder::named(dir, file);
    let bytes = std::fs::read(&path).map_err(at(&path))?;
    let name = settings.name.get("ja").map_or("", String::as_str);
    let geocoder = Geocoder::read(&bytes, &settings.code, name);
    geocoder.map(Some).map_err(|error| PublishError::Refused(format!("{file}: {error}")))
}
