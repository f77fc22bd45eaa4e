//! Files of shapes: what the town's map is drawn from, and maps of dangers.

use std::collections::BTreeSet;
use std::path::Path;

use crate::folder;
use crate::geo::{is_part_of, is_shapes};
use crate::hazard::{self, Surroundings};
use crate::map;
use crate::report::{FileReport, Records};
use crate::settings::{HazardFile, Settings};

/// The files of shapes in a town's folder.
pub(super) struct ShapeFiles<'a> {
    /// What the files of `[[map]]` gave; the border is needed for the dangers.
    map: map::Gathered,
    /// Those that `[[hazard]]` names, in its order.
    hazards: Vec<&'a HazardFile>,
    /// Those that no entry names.
    others: Vec<String>,
    /// Parts of Shapefiles, each with the file that it belongs to.
    parts: Vec<(String, String)>,
    all: BTreeSet<String>,
    /// Folders of tiles.
    folders: Vec<String>,
}

impl<'a> ShapeFiles<'a> {
    /// The files among `files` that are shapes, or that an entry names.
    pub(super) fn read(dir: &Path, files: &[String], settings: &'a Settings) -> Self {
        let hazards: Vec<&HazardFile> =
            settings.hazards.iter().filter(|hazard| settings.skips(&hazard.file).is_none()).collect();
        let named: BTreeSet<&str> = hazards
            .iter()
            .flat_map(|hazard| [Some(hazard.file.as_str()), hazard.surveyed.as_deref()])
            .flatten()
            .chain(settings.maps.iter().map(|map| map.file.as_str()))
            .collect();
        let free = |file: &&String| settings.skips(file).is_none() && !named.contains(file.as_str());
        let others: Vec<String> = files.iter().filter(|file| is_shapes(file)).filter(free).cloned().collect();
        let shapes: Vec<&str> =
            files.iter().map(String::as_str).filter(|file| file.to_lowercase().ends_with(".shp")).collect();
        let parts: Vec<(String, String)> = files
            .iter()
            .filter(free)
            .filter_map(|file| {
                let whole = shapes.iter().find(|whole| is_part_of(file, whole))?;
                Some((file.clone(), (*whole).to_string()))
            })
            .collect();
        let folders: Vec<String> = hazards
            .iter()
            .map(|hazard| hazard.file.as_str())
            .filter(|file| folder::is_folder(dir, file))
            .map(|folder| format!("{}/", folder.trim_end_matches('/')))
            .collect();
        let names = named.iter().map(|file| (*file).to_string());
        let all =
            names.chain(others.iter().cloned()).chain(parts.iter().map(|(part, _)| part.clone())).collect();
        ShapeFiles { map: map::import(dir, settings), hazards, others, parts, all, folders }
    }

    /// Is this file one of them, so that nothing else is to be made of it?
    pub(super) fn has(&self, file: &str) -> bool {
        self.all.contains(file) || self.folders.iter().any(|folder| file.starts_with(folder.as_str()))
    }

    /// Adds a file that turned out to be shapes.
    pub(super) fn add(&mut self, file: String) {
        self.others.push(file);
    }

    /// Did a file give the town's blocks?
    pub(super) fn gives_blocks(&self) -> bool {
        self.map.has_blocks
    }

    /// Their records, and what became of each.
    pub(super) fn import(&mut self, dir: &Path, settings: &Settings) -> Vec<(FileReport, Records)> {
        let mut made = std::mem::take(&mut self.map.files);
        let town = Surroundings { dir, settings, border: &self.map.border };
        made.extend(self.hazards.iter().map(|entry| hazard::import(&entry.file, Some(entry), &town)));
        made.extend(self.others.iter().map(|file| hazard::import(file, None, &town)));
        let part = |(part, whole): &(String, String)| {
            let mut report = FileReport::new(part);
            report.why = Some(format!("「{whole}」の一部です"));
            (report, Records::default())
        };
        made.extend(self.parts.iter().map(part));
        let surveyed: BTreeSet<&str> =
            self.hazards.iter().filter_map(|hazard| hazard.surveyed.as_deref()).collect();
        for file in surveyed.into_iter().filter(|file| folder::size_of(dir, file).is_some()) {
            let mut report = FileReport::new(file);
            report.dataset = Some("surveyed-area".into());
            (report.rows, report.kept) = (1, 1);
            made.push((report, Records::default()));
        }
        made
    }
}
