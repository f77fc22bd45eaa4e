//! The nearest places, exactly: boxes around the point grow until enough places lie surely within.

use madoguchi_model::Position;
use rusqlite::Row;

use crate::cache::CacheError;
use crate::{Error, OpenTown};

/// Mean radius of the earth, as in [`Position::distance_m`].
const EARTH_M: f64 = 6_371_008.8;
/// Further away than this is nothing on earth.
const FARTHEST_M: f64 = 20_100_000.0;
/// So few of one kind are measured one by one.
const FEW: i64 = 500;

/// A place by its number, and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) number: i64,
    pub(super) distance_m: f64,
}

/// Puts the nearest first; equally near ones in the town's order.
pub(super) fn sort(near: &mut [Near]) {
    near.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.number.cmp(&b.number)));
}

/// The `limit` nearest places of a kind (or of any).
///
/// The R*Tree alone says where things are, to about a metre; only those that may be among the nearest are measured on
/// their own coordinates. So a point far out at sea, whose first box with anything in it holds half a country, costs
/// little more than one in town.
pub(super) fn nearest_of_all(
    open: &OpenTown,
    at: Position,
    kind: Option<i64>,
    limit: usize,
) -> Result<Vec<Near>, Error> {
    if limit == 0 || is_all(open, kind, limit)? {
        return nearest(open, at, kind, limit, &|_| Ok(true));
    }
    let mut radius = 400.0;
    let (mut too_small, mut too_large) = (0.0, FARTHEST_M);
    let mut cap = CROWD.max(limit.saturating_mul(2));
    loop {
        // Between two radii that hardly differ lies a crowd at one distance: from here on it is looked at as a whole.
        if too_large < too_small * 1.02 + 4.0 * ROUGH_M {
            (cap, too_large) = (usize::MAX, FARTHEST_M);
        }
        let Some(mut near) = roughly_within(open, at, kind, radius, cap)? else {
            too_large = radius;
            radius = (too_small + too_large) / 2.0;
            continue;
        };
        sort(&mut near);
        let last = near.get(limit - 1).map(|near| near.distance_m);
        let Some(last) = last.filter(|last| last + ROUGH_M <= radius) else {
            if radius >= FARTHEST_M {
                return nearest(open, at, kind, limit, &|_| Ok(true));
            }
            too_small = radius;
            let grown = if too_large < FARTHEST_M { (too_small + too_large) / 2.0 } else { radius * 2.0 };
            radius = grown.min(FARTHEST_M);
            continue;
        };
        // Who is roughly as near as the last of them may really be nearer.
        let mut exact = Vec::with_capacity(limit + 8);
        let mut statement = open
            .cache
            .connection()
            .prepare_cached("SELECT lat, lon FROM places WHERE number = ?1")
            .map_err(CacheError::from)?;
        for near in near.iter().take_while(|near| near.distance_m <= last + 2.0 * ROUGH_M) {
            let position = statement
                .query_row([near.number], |row| {
                    Ok(Position { lat: row.get(0)?, lon: row.get(1)?, approximate: false })
                })
                .map_err(CacheError::from)?;
            exact.push(Near { number: near.number, distance_m: at.distance_m(&position) });
        }
        sort(&mut exact);
        exact.truncate(limit);
        return Ok(exact);
    }
}

/// How far the R*Tree's coordinates, which have 32 bits, may lie from the true ones.
const ROUGH_M: f64 = 5.0;

/// More than this in a box, and a smaller box is tried first.
const CROWD: usize = 300;

/// Every place in the box around a radius, measured roughly, in any order; none when there are more than `cap`.
fn roughly_within(
    open: &OpenTown,
    at: Position,
    kind: Option<i64>,
    radius: f64,
    cap: usize,
) -> Result<Option<Vec<Near>>, CacheError> {
    let mut boxed = open.cache.connection().prepare_cached(
        "SELECT number, (lat0 + lat1) / 2, (lon0 + lon1) / 2 FROM places_at
         WHERE lat1 >= ?1 AND lat0 <= ?2 AND lon1 >= ?3 AND lon0 <= ?4 AND kind1 >= ?5 AND kind0 <= ?6",
    )?;
    let (kind0, kind1) = kind.map_or((0.0, f64::from(i32::MAX)), |kind| (kind as f64, kind as f64));
    let (lat0, lat1, ranges) = surrounding(at, radius);
    let mut near = Vec::new();
    for (lon0, lon1) in ranges {
        let mut rows = boxed.query([lat0, lat1, lon0, lon1, kind0, kind1])?;
        while let Some(row) = rows.next()? {
            let position = Position { lat: row.get(1)?, lon: row.get(2)?, approximate: false };
            near.push(Near { number: row.get(0)?, distance_m: at.distance_m(&position) });
            if near.len() > cap {
                return Ok(None);
            }
        }
    }
    Ok(Some(near))
}

/// The `limit` nearest places of a kind (or of any) that `accept` likes, given a row with `number`, `lat`, `lon` and
/// `folded`.
pub(super) fn nearest(
    open: &OpenTown,
    at: Position,
    kind: Option<i64>,
    limit: usize,
    accept: &dyn Fn(&Row<'_>) -> rusqlite::Result<bool>,
) -> Result<Vec<Near>, Error> {
    let mut radius = if is_all(open, kind, limit)? { FARTHEST_M } else { 400.0 };
    loop {
        let mut near = within(open, at, kind, radius, accept)?;
        if near.len() >= limit || radius >= FARTHEST_M {
            sort(&mut near);
            near.truncate(limit);
            return Ok(near);
        }
        // Far out at sea the first box that holds anything should not hold half the country.
        radius = (radius * if near.is_empty() { 1.5 } else { 1.3 }).min(FARTHEST_M);
    }
}

/// Are there so few that all may be measured, or are so many wanted that all must be?
fn is_all(open: &OpenTown, kind: Option<i64>, limit: usize) -> Result<bool, CacheError> {
    let connection = open.cache.connection();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let few = FEW.max(limit.saturating_mul(2));
    let count: i64 = match kind {
        Some(kind) => connection
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM places WHERE kind = ?1 LIMIT ?2)")?
            .query_row((kind, few.saturating_add(1)), |row| row.get(0))?,
        // Not less than there are, and known at once.
        None => connection
            .prepare_cached("SELECT ifnull(max(number), 0) FROM places")?
            .query_row([], |row| row.get(0))?,
    };
    Ok(count <= few)
}

/// Every place not farther than `radius`, in any order.
fn within(
    open: &OpenTown,
    at: Position,
    kind: Option<i64>,
    radius: f64,
    accept: &dyn Fn(&Row<'_>) -> rusqlite::Result<bool>,
) -> Result<Vec<Near>, CacheError> {
    let mut near = Vec::new();
    let mut take = |mut rows: rusqlite::Rows<'_>| -> Result<(), CacheError> {
        while let Some(row) = rows.next()? {
            let position = Position { lat: row.get("lat")?, lon: row.get("lon")?, approximate: false };
            let distance_m = at.distance_m(&position);
            if distance_m <= radius && accept(row)? {
                near.push(Near { number: row.get("number")?, distance_m });
            }
        }
        Ok(())
    };
    let connection = open.cache.connection();
    if radius >= FARTHEST_M {
        let mut all = connection.prepare_cached(
            "SELECT number, lat, lon, folded FROM places
             WHERE lat IS NOT NULL AND (?1 IS NULL OR kind = ?1)",
        )?;
        let mut of_kind = connection.prepare_cached(
            "SELECT number, lat, lon, folded FROM places WHERE lat IS NOT NULL AND kind = ?1",
        )?;
        match kind {
            Some(_) => take(of_kind.query([kind])?)?,
            None => take(all.query([kind])?)?,
        }
        return Ok(near);
    }
    let mut boxed = connection.prepare_cached(
        "SELECT p.number, p.lat, p.lon, p.folded FROM places_at a JOIN places p ON p.number = a.number
         WHERE a.lat1 >= ?1 AND a.lat0 <= ?2 AND a.lon1 >= ?3 AND a.lon0 <= ?4
           AND a.kind1 >= ?5 AND a.kind0 <= ?6",
    )?;
    let (kind0, kind1) = kind.map_or((0.0, f64::from(i32::MAX)), |kind| (kind as f64, kind as f64));
    let (lat0, lat1, ranges) = surrounding(at, radius);
    for (lon0, lon1) in ranges {
        take(boxed.query([lat0, lat1, lon0, lon1, kind0, kind1])?)?;
    }
    Ok(near)
}

/// Latitudes and ranges of longitude that hold everything within `radius` of `at`.
fn surrounding(at: Position, radius: f64) -> (f64, f64, Vec<(f64, f64)>) {
    // About a metre: what sines and arcs lose.
    const SLACK: f64 = 1e-5;
    let angle = radius / EARTH_M;
    let reach = angle.to_degrees() + SLACK;
    let (lat0, lat1) = (at.lat - reach, at.lat + reach);
    let everywhere = vec![(-181.0, 181.0)];
    if lat0 <= -90.0 || lat1 >= 90.0 {
        return (lat0, lat1, everywhere);
    }
    let reach = (angle.sin() / at.lat.to_radians().cos()).clamp(-1.0, 1.0).asin().to_degrees() + SLACK;
    let (lon0, lon1) = (at.lon - reach, at.lon + reach);
    let ranges = match (lon0 < -180.0, lon1 > 180.0) {
        (true, true) => everywhere,
        // Over the 180th meridian.
        (true, false) => vec![(-181.0, lon1), (lon0 + 360.0, 181.0)],
        (false, true) => vec![(lon0, 181.0), (-181.0, lon1 - 360.0)],
        (false, false) => vec![(lon0, lon1)],
    };
    (lat0, lat1, ranges)
}

#[cfg(test)]
#[path = "near_tests.rs"]
mod tests;
