use super::prefectures::prefecture_of;
use super::town::{ForTown, for_town};
use crate::private::JoinedTown;
use crate::{Error, Phone};

/// The rules of the joined town that goes by these names; `None` where this phone has joined no such town.
pub fn joined_as(phone: &Phone, prefecture: &str, municipality: &str) -> Result<Option<ForTown>, Error> {
    let towns = phone.private().towns()?;
    let Some(town) = towns.iter().find(|town| goes_by(town, prefecture, municipality)) else {
        return Ok(None);
    };
    phone.with_town(Some(&town.code), for_town).map(Some)
}

/// Towns of one name lie in several prefectures: the code tells which is meant. A sample town's code is of none.
fn goes_by(town: &JoinedTown, prefecture: &str, municipality: &str) -> bool {
    let there = prefecture_of(town.code.as_str()).is_none_or(|of| of == prefecture);
    there && !town.name.is_empty() && is_in(municipality, &town.name)
}

/// A ward is part of its city: 札幌市中央区 has the rules of 札幌市.
fn is_in(municipality: &str, town: &str) -> bool {
    municipality.strip_prefix(town).is_some_and(|rest| {
        rest.is_empty() || (town.ends_with('市') && rest.chars().count() > 1 && rest.ends_with('区'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(code: &str, name: &str) -> JoinedTown {
        JoinedTown {
            code: code.parse().unwrap(),
            name: name.into(),
            url: "https://example.jp/".into(),
            root_sha256: String::new(),
            joined_at: jiff::Timestamp::UNIX_EPOCH,
            in_use: false,
        }
    }

    #[test]
    fn a_town_is_known_by_its_name_and_the_prefecture_of_its_code() {
        let yaizu = town("222127", "焼津市");
        assert!(goes_by(&yaizu, "静岡県", "焼津市"));
        assert!(!goes_by(&yaizu, "東京都", "焼津市") && !goes_by(&yaizu, "静岡県", "藤枝市"));
        // 府中市 is one of 東京都 and one of 広島県.
        let fuchu = town("132063", "府中市");
        assert!(goes_by(&fuchu, "東京都", "府中市") && !goes_by(&fuchu, "広島県", "府中市"));
        assert!(goes_by(&town("992011", "見本市"), "静岡県", "見本市"));
        let sapporo = town("011002", "札幌市");
        assert!(goes_by(&sapporo, "北海道", "札幌市中央区") && !goes_by(&sapporo, "北海道", "札幌市区"));
        // Its name has not come yet.
        assert!(
            !goes_by(&town("222127", ""), "静岡県", "焼津市") && !goes_by(&town("222127", ""), "静岡県", "")
        );
    }
}
