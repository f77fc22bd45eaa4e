use madoguchi_model::TownCode;

use crate::private::JoinedTown;
use crate::{Error, Phone};

/// The towns that were joined.
pub fn towns(phone: &Phone) -> Result<Vec<JoinedTown>, Error> {
    Ok(phone.private().towns()?)
}

/// Makes a town the one that is meant when none is named.
pub fn use_town(phone: &Phone, code: &TownCode) -> Result<JoinedTown, Error> {
    if !phone.private().use_town(code)? {
        return Err(Error::UnknownTown(code.clone()));
    }
    phone.town(Some(code))
}

/// Leaves a town: its content, and what the resident marked in it, are gone afterwards.
pub fn leave(phone: &Phone, code: &TownCode) -> Result<(), Error> {
    if !phone.private().remove_town(code)? {
        return Err(Error::UnknownTown(code.clone()));
    }
    // The town is left already; a file that cannot be removed is taken up or replaced when it is joined again.
    let _ = phone.home().remove_cache(code);
    Ok(())
}
