use madoguchi_model::TownCode;
use madoguchi_resident::Phone;
use madoguchi_resident::native::{UreqNet, wait};
use madoguchi_resident::sync::sync as sync_town;

use crate::{Answer, Failure, say};

pub fn sync(phone: &Phone, json: bool, town: Option<&TownCode>) -> Result<Answer, Failure> {
    let result = wait(sync_town(phone, &UreqNet::new(), town, &mut |p| say::progress(json, &p)))?;
    let town = phone.town(Some(&result.town))?;
    let mut answer = Answer::new(&result, say::synced(&result, &say::town_name(&town.name, &town.code)))?;
    answer.failed = result.error.is_some();
    Ok(answer)
}
