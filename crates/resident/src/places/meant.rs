use madoguchi_model::{Hazard, Place, Position};
use rusqlite::Row;

use super::PlaceRow;
use super::list::read_row;
use super::near::nearest;
use crate::cache::CacheError;
use crate::{Error, OpenTown};

/// The nearest places of a kind that are meant for a danger: one walk, however rare they are.
pub(crate) fn nearest_meant(
    open: &OpenTown,
    at: Position,
    kind: &str,
    danger: Hazard,
    count: usize,
) -> Result<Vec<PlaceRow>, Error> {
    // What is read here belongs together.
    let _one_moment = open.cache.connection().unchecked_transaction().map_err(CacheError::from)?;
    let Some(kind) = super::kinds::number(open, kind)? else { return Ok(Vec::new()) };
    let code = serde_json::to_string(&danger).map_err(CacheError::from)?;
    let meant = |row: &Row<'_>| {
        let line = row.get_ref("line")?.as_str().unwrap_or_default();
        // Most that are not meant for it do not name it at all, and need not be read.
        let named = line.contains(&code);
        Ok(named && serde_json::from_str::<Place>(line).is_ok_and(|place| place.valid_for.contains(&danger)))
    };
    let near = nearest(open, at, Some(kind), count, &meant)?;
    Ok(near
        .into_iter()
        .map(|near| read_row(open, near.number, Some(near.distance_m)))
        .collect::<Result<_, CacheError>>()?)
}
