use madoguchi_model::{Hazard, Position};

use super::PlaceRow;
use super::list::read_row;
use super::near::nearest_for;
use crate::cache::CacheError;
use crate::{Error, OpenTown};

/// The nearest 指定緊急避難場所 that are meant for a danger, however rare they are.
pub(crate) fn nearest_meant(
    open: &OpenTown,
    at: Position,
    danger: Hazard,
    count: usize,
) -> Result<Vec<PlaceRow>, Error> {
    // What is read here belongs together.
    let _one_moment = open.cache.connection().unchecked_transaction().map_err(CacheError::from)?;
    let near = nearest_for(open, at, danger, count)?;
    let rows = near.into_iter().map(|near| read_row(open, near.number, Some(near.distance_m)));
    Ok(rows.collect::<Result<_, CacheError>>()?)
}
