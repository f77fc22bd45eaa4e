use madoguchi_model::{Hazard, Place, PlaceKind, fold, hiragana};
use rusqlite::{Connection, OptionalExtension};

use super::Result;
use super::apply::{Changed, put_numbered};
use crate::search::index_words;

/// Stores new and changed places. Tells how many could not be read.
pub(super) fn put(connection: &Connection, path: &str, changed: &[Changed<'_>]) -> Result<u64> {
    let unread = put_numbered::<Place>(connection, path, changed, remove, insert)?;
    if changed.len() > 1000 {
        connection.execute("INSERT INTO places_words (places_words) VALUES ('optimize')", [])?;
    }
    Ok(unread)
}

fn insert(
    connection: &Connection,
    path: &str,
    record: &Changed<'_>,
    place: &Place,
    number: Option<i64>,
) -> Result<()> {
    let kind = kind_number(connection, place.kind.as_str())?;
    let folded = folded(place);
    let position = place.position.filter(|p| p.lat.is_finite() && p.lon.is_finite());
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO places (number, path, id, kind, lat, lon, line, folded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING number",
        )?
        .query_row(
            (
                number,
                path,
                &record.id,
                kind,
                position.map(|p| p.lat),
                position.map(|p| p.lon),
                record.line,
                &folded,
            ),
            |row| row.get(0),
        )?;
    connection
        .prepare_cached("INSERT INTO places_words (rowid, words) VALUES (?1, ?2)")?
        .execute((number, index_words(&folded)))?;
    if let Some(p) = position {
        connection
            .prepare_cached(
                "INSERT INTO places_at (number, lat0, lat1, lon0, lon1, kind0, kind1)
                 VALUES (?1, ?2, ?2, ?3, ?3, ?4, ?4)",
            )?
            .execute((number, p.lat, p.lon, kind))?;
        if place.kind.as_str() == PlaceKind::EMERGENCY_SITE {
            let mut put = connection.prepare_cached(
                "INSERT OR REPLACE INTO sites_at (number, lat0, lat1, lon0, lon1, danger0, danger1)
                 VALUES (?1, ?2, ?2, ?3, ?3, ?4, ?4 + 0.5)",
            )?;
            for danger in &place.valid_for {
                put.execute((site_number(number, *danger), p.lat, p.lon, danger_number(*danger)))?;
            }
        }
    }
    Ok(())
}

/// The number of a danger in the tables; the same in every version, as caches outlive the app that made them.
pub(crate) fn danger_number(danger: Hazard) -> i64 {
    match danger {
        Hazard::Flood => 0,
        Hazard::Landslide => 1,
        Hazard::StormSurge => 2,
        Hazard::Earthquake => 3,
        Hazard::Tsunami => 4,
        Hazard::Fire => 5,
        Hazard::InlandFlood => 6,
        Hazard::Volcano => 7,
    }
}

fn site_number(place: i64, danger: Hazard) -> i64 {
    place << DANGER_BITS | danger_number(danger)
}

/// The place of an entry of `sites_at`.
pub(crate) fn place_of_site(site: i64) -> i64 {
    site >> DANGER_BITS
}

const DANGER_BITS: u32 = 3;

fn kind_number(connection: &Connection, code: &str) -> Result<i64> {
    let known = connection
        .prepare_cached("SELECT number FROM place_kinds WHERE code = ?1")?
        .query_row([code], |row| row.get(0))
        .optional()?;
    match known {
        Some(number) => Ok(number),
        None => Ok(connection
            .prepare_cached("INSERT INTO place_kinds (code) VALUES (?1) RETURNING number")?
            .query_row([code], |row| row.get(0))?),
    }
}

/// Removes a place, and tells its number.
pub(super) fn remove(connection: &Connection, path: &str, id: &str) -> Result<Option<i64>> {
    let number: Option<i64> = connection
        .prepare_cached("DELETE FROM places WHERE path = ?1 AND id = ?2 RETURNING number")?
        .query_row((path, id), |row| row.get(0))
        .optional()?;
    if let Some(number) = number {
        connection.prepare_cached("DELETE FROM places_words WHERE rowid = ?1")?.execute([number])?;
        connection.prepare_cached("DELETE FROM places_at WHERE number = ?1")?.execute([number])?;
        let mut gone = connection.prepare_cached("DELETE FROM sites_at WHERE number = ?1")?;
        for (danger, _) in Hazard::ALL {
            gone.execute([site_number(number, *danger)])?;
        }
    }
    Ok(number)
}

/// All that a place may be looked for by, folded. Its reading twice: as written, and in hiragana.
pub(crate) fn folded(place: &Place) -> String {
    let mut text = String::new();
    let reading = place.kana.as_deref().map(|kana| hiragana(&fold(kana)));
    let parts =
        [Some(place.name.as_str()), place.kana.as_deref(), reading.as_deref(), place.name_en.as_deref()]
            .into_iter()
            .chain([place.address.as_deref(), place.building.as_deref(), place.category.as_deref()])
            .chain([place.description.as_deref()])
            .flatten()
            .chain(place.details.iter().map(|(_, value)| value.as_str()));
    for part in parts {
        text.push_str(part);
        text.push('\n');
    }
    fold(&text)
}
