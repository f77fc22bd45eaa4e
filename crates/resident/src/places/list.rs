use std::cell::RefCell;

use madoguchi_model::{Hazard, Place, PlaceKind, Position};
use rusqlite::Row;
use serde::Serialize;

use super::near::{Near, nearest, sort};
use crate::cache::CacheError;
use crate::search::Query;
use crate::{Error, OpenTown};

/// Which places are wanted. Everything that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct ListPlaces {
    /// Of this kind, by code or Japanese name.
    pub kind: Option<String>,
    /// Nearest to here first; places without a known position are left out.
    pub near: Option<Position>,
    /// All of these words occur.
    pub search: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceRow {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Latitude, if known.
    pub lat: Option<f64>,
    /// Longitude, if known.
    pub lon: Option<f64>,
    /// How far it is, when `near` was asked.
    pub distance_m: Option<f64>,
    /// Is the position good to a town block only?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approximate: bool,
    /// Finer kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// For a place to flee to: from what it is safe.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub valid_for: Vec<Hazard>,
}

impl PlaceRow {
    /// A place as a row, so far away.
    pub(crate) fn of(place: Place, distance_m: Option<f64>) -> Self {
        PlaceRow {
            id: place.id,
            kind: place.kind,
            name: place.name,
            lat: place.position.map(|p| p.lat),
            lon: place.position.map(|p| p.lon),
            // A tenth of a metre is finer than any of these positions.
            distance_m: distance_m.map(|m| (m * 10.0).round() / 10.0),
            approximate: place.position.is_some_and(|p| p.approximate),
            category: place.category,
            address: place.address,
            valid_for: place.valid_for,
        }
    }

    /// Where it is, if known.
    pub(crate) fn position(&self) -> Option<Position> {
        Some(Position { lat: self.lat?, lon: self.lon?, approximate: self.approximate })
    }
}

/// A list of places.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceList {
    /// The places.
    pub rows: Vec<PlaceRow>,
    /// Are there more than were asked for?
    pub more: bool,
}

/// So many hits are sorted by distance; when there are more of them, looking around the point is faster.
const MANY_HITS: usize = 2000;

/// Lists places: by distance when a point is given, else in the town's order.
pub fn list(open: &OpenTown, wanted: &ListPlaces) -> Result<PlaceList, Error> {
    // A sync may put other places into the cache meanwhile: what is read here belongs together.
    let _one_moment = open.cache.connection().unchecked_transaction().map_err(CacheError::from)?;
    let query = wanted.search.as_deref().and_then(Query::parse);
    let kind = match &wanted.kind {
        None => None,
        Some(kind) => match super::kinds::number(open, kind)? {
            None => return Ok(PlaceList::default()),
            number => number,
        },
    };
    // One more than wanted tells whether there are more.
    let limit = wanted.limit.saturating_add(1);
    let mut found: Vec<(i64, Option<f64>)> = match wanted.near {
        None => matching(open, query.as_ref(), kind, limit)?.into_iter().map(|hit| (hit.0, None)).collect(),
        Some(at) => {
            let near = near(open, at, query.as_ref(), kind, limit)?;
            near.into_iter().map(|near| (near.number, Some(near.distance_m))).collect()
        }
    };
    let more = found.len() > wanted.limit;
    found.truncate(wanted.limit);
    let rows = found.into_iter().map(|(number, distance)| read_row(open, number, distance));
    Ok(PlaceList { rows: rows.collect::<Result<_, CacheError>>()?, more })
}

fn near(
    open: &OpenTown,
    at: Position,
    query: Option<&Query>,
    kind: Option<i64>,
    limit: usize,
) -> Result<Vec<Near>, Error> {
    let Some(query) = query else { return nearest(open, at, kind, limit, &|_| Ok(true)) };
    let hits = matching(open, Some(query), kind, MANY_HITS)?;
    if hits.len() >= MANY_HITS {
        return nearest(open, at, kind, limit, &|row| Ok(query.is_in(text(row)?)));
    }
    let distance = |(number, position): (i64, Option<Position>)| {
        Some(Near { number, distance_m: at.distance_m(&position?) })
    };
    let mut near: Vec<Near> = hits.into_iter().filter_map(distance).collect();
    sort(&mut near);
    near.truncate(limit);
    Ok(near)
}

/// The first places that fulfil the query, in the town's order.
fn matching(
    open: &OpenTown,
    query: Option<&Query>,
    kind: Option<i64>,
    limit: usize,
) -> Result<Vec<(i64, Option<Position>)>, CacheError> {
    const COLUMNS: &str = "SELECT p.number, p.lat, p.lon, p.folded";
    let connection = open.cache.connection();
    let found = RefCell::new(Vec::new());
    let take = |mut rows: rusqlite::Rows<'_>| -> Result<(), CacheError> {
        while let Some(row) = rows.next()? {
            if let Some(query) = query
                && !query.is_in(text(row)?)
            {
                continue;
            }
            let (lat, lon): (Option<f64>, Option<f64>) = (row.get("lat")?, row.get("lon")?);
            let position = lat.zip(lon).map(|(lat, lon)| Position { lat, lon, approximate: false });
            found.borrow_mut().push((row.get("number")?, position));
            if found.borrow().len() >= limit {
                break;
            }
        }
        Ok(())
    };
    match (query.and_then(Query::index_expression), kind) {
        (Some(expression), kind) => take(
            connection
                .prepare_cached(&format!(
                    "{COLUMNS} FROM places_words w JOIN places p ON p.number = w.rowid
                     WHERE places_words MATCH ?1 AND (?2 IS NULL OR p.kind = ?2) ORDER BY w.rowid"
                ))?
                .query((expression, kind))?,
        )?,
        (None, Some(kind)) => take(
            connection
                .prepare_cached(&format!("{COLUMNS} FROM places p WHERE p.kind = ?1 ORDER BY p.number"))?
                .query([kind])?,
        )?,
        (None, None) => {
            take(
                connection.prepare_cached(&format!("{COLUMNS} FROM places p ORDER BY p.number"))?.query([])?,
            )?;
        }
    }
    Ok(found.into_inner())
}

fn text<'a>(row: &'a Row<'_>) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref("folded")?.as_str().unwrap_or_default())
}

pub(super) fn read_row(
    open: &OpenTown,
    number: i64,
    distance_m: Option<f64>,
) -> Result<PlaceRow, CacheError> {
    let sql = "SELECT line FROM places WHERE number = ?1";
    let line: String =
        open.cache.connection().prepare_cached(sql)?.query_row([number], |row| row.get("line"))?;
    let place: Place = serde_json::from_str(&line)?;
    Ok(PlaceRow::of(place, distance_m))
}
