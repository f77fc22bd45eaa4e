use madoguchi_model::TownCode;
use madoguchi_resident::Phone;
use madoguchi_resident::native::{UreqNet, wait};
use madoguchi_resident::packs::{Maps, PackReport, fetch};
use madoguchi_resident::settings::maps;
use madoguchi_resident::sync::{Reach, SyncResult, sync as sync_town};

use crate::{Answer, Failure, say};

pub fn sync(phone: &Phone, json: bool, town: Option<&TownCode>) -> Result<Answer, Failure> {
    let net = UreqNet::new();
    let mut result = wait(sync_town(phone, &net, town, &mut |p| say::progress(json, &p)))?;
    let town = phone.town(Some(&result.town))?;
    result.packs = packs(phone, json, &net, &result)?;
    let mut answer = Answer::new(&result, say::synced(&result, &say::town_name(&town.name, &town.code)))?;
    answer.failed = result.error.is_some();
    Ok(answer)
}

/// The maps that belong to what was fetched, unless the resident has said otherwise.
pub fn packs(
    phone: &Phone,
    json: bool,
    net: &UreqNet,
    after: &SyncResult,
) -> Result<Option<PackReport>, Failure> {
    let wanted = maps(phone)?.unwrap_or(Maps::Always).now(None);
    if after.reach != Reach::Ok || !wanted {
        return Ok(None);
    }
    let report = wait(fetch(phone, net, Some(&after.town), &mut |p| say::progress(json, &p)))?;
    Ok((report != PackReport::default()).then_some(report))
}
