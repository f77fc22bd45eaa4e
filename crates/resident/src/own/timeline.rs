//! マイ・タイムライン: who in the family does what at which alert level.

use serde::{Deserialize, Serialize};

use super::{Kept, OwnError};
use crate::{Error, Phone};

const NAME: &str = "timeline";
/// Rows of a plan.
const MOST: usize = 100;
/// Characters of a field.
const MOST_CHARS: usize = 300;

/// One thing that someone does.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// Its id, made by the screen.
    pub id: String,
    /// 警戒レベル, 1 to 5.
    pub level: u8,
    /// Who does it; empty: everyone.
    pub who: String,
    /// What.
    pub what: String,
}

/// The family's plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// Its rows, in their order.
    pub rows: Vec<TimelineRow>,
    /// Was it ever kept?
    pub kept: bool,
}

/// The plan, empty before the first time.
pub fn timeline(phone: &Phone) -> Result<Kept<Timeline>, Error> {
    phone.document(NAME)
}

/// Keeps the plan, whole.
pub fn save(phone: &Phone, rows: Vec<TimelineRow>) -> Result<Kept<Timeline>, Error> {
    if rows.len() > MOST {
        return Err(OwnError::Bad(format!("more than {MOST} rows")).into());
    }
    for (i, row) in rows.iter().enumerate() {
        if !(1..=5).contains(&row.level) {
            return Err(OwnError::Bad(format!("row {}: no alert level {}", i + 1, row.level)).into());
        }
        if [&row.id, &row.who, &row.what].iter().any(|text| text.chars().count() > MOST_CHARS) {
            return Err(OwnError::Bad(format!("row {}: longer than {MOST_CHARS} characters", i + 1)).into());
        }
    }
    phone.keep_document(NAME, Timeline { rows, kept: true })
}

/// Forgets the plan, also one that cannot be read.
pub fn forget(phone: &Phone) -> Result<Kept<Timeline>, Error> {
    phone.forget_document(NAME)?;
    timeline(phone)
}
