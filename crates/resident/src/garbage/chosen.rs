use super::{AreaRow, areas};
use crate::{Error, OpenTown, Phone};

/// The district that the resident chose; none when none was chosen, or when the town has it no more.
pub fn chosen(phone: &Phone, open: &OpenTown) -> Result<Option<AreaRow>, Error> {
    let Some(id) = phone.private().garbage_area(&open.town.code)? else { return Ok(None) };
    Ok(areas(open)?.into_iter().find(|area| area.id == id))
}

/// Chooses a district by its id, or none. The choice never leaves the phone.
pub fn choose(phone: &Phone, open: &OpenTown, id: Option<&str>) -> Result<(), Error> {
    if let Some(id) = id
        && !areas(open)?.iter().any(|area| area.id == id)
    {
        return Err(Error::NotFound { what: "garbage-area", id: id.into() });
    }
    Ok(phone.private().set_garbage_area(&open.town.code, id)?)
}
