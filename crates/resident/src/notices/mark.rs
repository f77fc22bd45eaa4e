use serde::Serialize;

use super::show::find;
use crate::{Error, OpenTown, Phone};

/// What to do with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// It was read.
    Read,
    /// It is to count as new again.
    Unread,
    /// Put it by.
    Saved,
    /// Not put by any more.
    Unsaved,
}

/// A notice and its marks. They stay on the phone.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// Its id.
    pub id: String,
    /// Has the resident read it?
    pub read: bool,
    /// Has the resident put it by?
    pub saved: bool,
}

/// Marks a notice.
pub fn mark(phone: &Phone, open: &OpenTown, id: &str, marking: Marking) -> Result<Marked, Error> {
    find(open, id)?.ok_or_else(|| Error::NotFound { what: "notice", id: id.into() })?;
    let mark = phone.private().change_mark(&open.town.code, id, |mark| match marking {
        Marking::Read => mark.read = true,
        Marking::Unread => mark.read = false,
        Marking::Saved => mark.saved = true,
        Marking::Unsaved => mark.saved = false,
    })?;
    Ok(Marked { id: id.into(), read: mark.read, saved: mark.saved })
}
