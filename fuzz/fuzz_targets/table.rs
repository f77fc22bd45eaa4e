//! Any bytes as a town's table: read, named, imported. Nothing may panic, and no row may be lost silently.
#![no_main]

use libfuzzer_sys::fuzz_target;
use madoguchi_publisher::dataset;
use madoguchi_publisher::settings::Settings;
use madoguchi_publisher::table::{Limits, Table};

const TOWN: &str = "code = \"222127\"\nname = { ja = \"焼津市\" }\n[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }\n";

fuzz_target!(|bytes: &[u8]| {
    let Ok(table) = Table::read(bytes, &Limits::default()) else { return };
    let settings = Settings::parse(TOWN).expect("a town");
    let (report, _) = dataset::import("222127_public_facility.csv", &table, &settings, None);
    if report.dataset.is_some() {
        assert!(report.kept + report.refused.len() >= report.rows, "{report:?}");
    }
});
