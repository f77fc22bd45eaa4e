//! The town's border: to be drawn, and as the area in which a danger's makers looked.

use madoguchi_hazard::{Ring, pack};
use madoguchi_model::MapRecord;

use super::{Sum, source};
use crate::geo::Properties;
use crate::report::{FileReport, MapPart, Records};
use crate::settings::{MapLayer, Settings};

/// Degrees are written to a tenth of a metre.
const DIGITS: f64 = 1e6;

/// Is a feature of this town? A file without codes (KSJ N03: `N03_007`) is the town's as a whole.
pub(super) fn is_own(properties: &Properties, settings: &Settings) -> bool {
    let code = settings.code.as_str();
    let short = code.get(..5).unwrap_or(code);
    let Some(found) = properties.get("N03_007").map(|code| code.trim()) else { return true };
    if found == short || found == code {
        return true;
    }
    // The wards of a city have codes of their own: their city stands in one of these columns.
    let name = settings.name.get("ja").map(String::as_str);
    let within =
        ["N03_003", "N03_004"].iter().any(|column| properties.get(*column).map(String::as_str) == name);
    within && found.get(..2) == code.get(..2)
}

/// The records of the border, from all its polygons.
pub(super) fn make(sum: &mut Sum<'_>, settings: &Settings, files: &mut [(FileReport, Records)]) {
    let Some((index, map)) = sum.of.get(&MapLayer::Border).and_then(|files| files.first()) else { return };
    let Some((report, records)) = files.get_mut(*index) else { return };
    let rings: Vec<Vec<[f64; 2]>> = sum
        .border
        .iter()
        .flat_map(|polygon| std::iter::once(&polygon.outer).chain(&polygon.holes))
        .map(written)
        .filter(|ring| ring.len() >= 3)
        .collect();
    let points: usize = rings.iter().map(Vec::len).sum();
    // A record is a line of a collection, and no longer than one may be.
    if points * 26 > madoguchi_bundle::limits::RECORD {
        report
            .notes
            .push(format!("境の点が{points}あり、多すぎるので、地図に描きません。間引いた境にしてください"));
    } else {
        records.map.push(MapPart {
            record: MapRecord::Border { id: "border".into(), rings, source: 0 },
            source: source(map, "行政区域", settings),
            pack: None,
        });
    }
    match pack::build(1, Vec::new(), &sum.border) {
        Ok(built) => {
            let bad = built.refused.len();
            if bad > 0 {
                report.notes.push(format!("境の輪を{bad}こ、使えません"));
            }
            records.map.push(MapPart {
                record: MapRecord::Area {
                    id: "area".into(),
                    pack: String::new(),
                    format: pack::FORMAT,
                    bytes: built.bytes.len() as u64,
                    source: 0,
                },
                source: source(map, "行政区域", settings),
                pack: Some(built.bytes),
            });
        }
        Err(error) => {
            report.notes.push(format!("境の中を、調べた範囲として使えません: {error}"));
            // Of what has no area, nobody may say that it lies outside of a danger.
            sum.border.clear();
        }
    }
}

fn written(ring: &Ring) -> Vec<[f64; 2]> {
    let round = |degrees: f64| (degrees * DIGITS).round() / DIGITS;
    let mut points: Vec<[f64; 2]> =
        ring.iter().map(|point| [round(point.lon()), round(point.lat())]).collect();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    points
}
