//! Tables of the folder: read, named, and handed to whoever makes records of them.

use std::collections::BTreeMap;

use super::garbage;
use super::gather::Gathered;
use crate::dataset::{self, Identified, SourceFacts, identify, open_data_list};
use crate::geocode::Geocoder;
use crate::notices::{self, Rows, Shelf};
use crate::report::FileReport;
use crate::settings::Settings;
use crate::table::{Limits, Table};

/// A table and what it is.
pub(super) struct TableFile {
    file: String,
    table: Table,
    identified: Identified,
}

impl TableFile {
    /// Reads a table, or reports why it cannot be read.
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, Box<FileReport>> {
        match Table::read(bytes, &Limits::default()) {
            Ok(table) => {
                let identified = identify(&table, file);
                Ok(TableFile { file: file.into(), table, identified })
            }
            Err(error) => {
                let mut report = FileReport::new(file);
                report.why = Some(error.to_string());
                Err(Box::new(report))
            }
        }
    }

    fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }

    fn rows(&self) -> Rows {
        let columns = self.table.header.len();
        let cells =
            |row: &crate::table::Row| (0..columns).map(|column| row.get(column).to_string()).collect();
        Rows {
            header: self.table.header.clone(),
            rows: self.table.rows.iter().map(|row| (row.line, cells(row))).collect(),
        }
    }
}

/// What the town's list of open data says of files, by their names.
pub(super) fn listed(tables: &[TableFile]) -> BTreeMap<String, SourceFacts> {
    let lists = tables.iter().filter(|table| table.identified == Identified::OpenDataList);
    lists.flat_map(|table| open_data_list::read(&table.file, &table.table).1).collect()
}

/// Makes records of all tables. What the town's list of open data says of a file goes to its source.
pub(super) fn import_all(
    tables: &[TableFile],
    facts: &BTreeMap<String, SourceFacts>,
    settings: &Settings,
    geocoder: Option<&Geocoder>,
    shelf: &Shelf<'_>,
    gathered: &mut Gathered<'_>,
) {
    let mut calendars: BTreeMap<&str, Vec<(&str, &Table)>> = BTreeMap::new();
    for table in tables {
        if let Identified::Garbage(_) = &table.identified {
            calendars.entry(table.folder()).or_default().push((&table.file, &table.table));
        }
    }
    for table in tables {
        let (mut report, mut records) = match &table.identified {
            Identified::Garbage(_) => continue,
            Identified::Notices => notices::csv::import(&table.file, &table.rows(), settings, shelf),
            Identified::Alerts => notices::alerts::import_csv(&table.file, &table.rows(), settings, shelf),
            _ => dataset::import(&table.file, &table.table, settings, geocoder),
        };
        if matches!(table.identified, Identified::Notices | Identified::Alerts) {
            report.encoding = Some(table.table.encoding.into());
            report.rows += table.table.refused.len();
            report.refused.extend(table.table.refused.iter().cloned());
            for (why, count) in &table.table.mended {
                report.mended += count;
                *report.mended_by.entry((*why).into()).or_default() += count;
            }
        }
        records.source = dataset::source_of(&table.file, &table.table, settings, facts.get(table.name()));
        gathered.add((report, records));
    }
    for files in calendars.values() {
        let (reports, records) = garbage::import(files, settings);
        let owner = files.first().map_or("", |(file, _)| file);
        gathered.add_calendar(owner, reports, records);
    }
}
