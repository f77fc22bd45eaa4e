use madoguchi_model::Segment;
use serde::Serialize;

use crate::{Error, OpenTown, Phone};

/// A segment and whether the resident chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SegmentRow {
    /// Its code.
    pub id: Segment,
    /// Its Japanese name.
    pub name: &'static str,
    /// Is it chosen? When none is, all are shown.
    pub chosen: bool,
}

/// All segments, and which of them are chosen for this town. The choice never leaves the phone.
pub fn segments(phone: &Phone, open: &OpenTown) -> Result<Vec<SegmentRow>, Error> {
    let chosen = phone.private().segments(&open.town.code)?;
    let name = |segment: Segment| segment.names().first().copied().unwrap_or(segment.code());
    Ok(Segment::ALL
        .iter()
        .map(|&id| SegmentRow { id, name: name(id), chosen: chosen.contains(&id) })
        .collect())
}

/// Chooses segments; none brings back all.
pub fn choose_segments(phone: &Phone, open: &OpenTown, chosen: &[Segment]) -> Result<Vec<SegmentRow>, Error> {
    phone.private().set_segments(&open.town.code, chosen)?;
    segments(phone, open)
}
