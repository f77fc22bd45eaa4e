use madoguchi_model::Segment;
use serde::{Deserialize, Serialize};

use super::notices::read_segments;
use super::{ApiError, NoArgs};
use crate::notices::{count, segments as list};
use crate::{Error, Phone};

/// A segment, whether the resident chose it, and how much there is in it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct SegmentChoice {
    /// Its code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: Segment,
    /// The code of the segment of which it is a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub parent: Option<Segment>,
    /// Is it chosen? When none is, all are shown.
    pub chosen: bool,
    /// How many notices are filed under it or a part of it now.
    pub notices: u64,
}

/// Segments to choose; none brings back all.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct ChooseSegments {
    /// Their codes.
    pub codes: Vec<String>,
}

pub(super) fn segments(phone: &Phone, _: NoArgs) -> Result<Vec<SegmentChoice>, Error> {
    phone.with_town(None, |open| {
        let counts = count(phone, open)?;
        let choice = |row: crate::notices::SegmentRow| SegmentChoice {
            code: row.id,
            parent: row.id.parent(),
            chosen: row.chosen,
            notices: counts.by_segment.get(&row.id).copied().unwrap_or_default(),
        };
        Ok(list(phone, open)?.into_iter().map(choice).collect())
    })
}

pub(super) fn choose_segments(phone: &Phone, wanted: ChooseSegments) -> Result<Vec<SegmentChoice>, ApiError> {
    let chosen = read_segments(&wanted.codes)?;
    phone.with_town(None, |open| crate::notices::choose_segments(phone, open, &chosen))?;
    Ok(segments(phone, NoArgs {})?)
}
