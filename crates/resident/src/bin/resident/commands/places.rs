use madoguchi_model::{PlaceKind, TownCode};
use madoguchi_resident::Phone;
use madoguchi_resident::places::{self, ListPlaces};

use crate::args::Places;
use crate::{Answer, Failure, say};

pub fn places(phone: &Phone, town: Option<&TownCode>, wanted: &Places) -> Result<Answer, Failure> {
    let wanted = ListPlaces {
        kind: wanted.kind.clone(),
        near: wanted.near,
        search: wanted.search.clone(),
        limit: wanted.limit,
    };
    let (list, age) = phone.with_town(town, |open| Ok((places::list(open, &wanted)?, phone.age(open)?)))?;
    let mut text = String::new();
    for row in &list.rows {
        let far = row.distance_m.map(|m| format!(" {}", say::distance(m))).unwrap_or_default();
        let kind = row.category.as_deref().unwrap_or_else(|| kind(&row.kind));
        let address = row.address.as_deref().unwrap_or_default();
        let below = say::parts(&[kind, address, &format!("[{}]", row.id)]);
        text.push_str(&format!("{}{far}\n    {below}\n", row.name));
    }
    if list.rows.is_empty() {
        text.push_str("あてはまる場所はありません。\n");
    }
    if list.more {
        text.push_str("ほかにもあります。--limit で増やせます。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&list.rows, text)
}

pub fn place(phone: &Phone, town: Option<&TownCode>, id: &str) -> Result<Answer, Failure> {
    let (shown, age) = phone.with_town(town, |open| Ok((places::show(open, id)?, phone.age(open)?)))?;
    let place = &shown.place;
    let mut text = format!("{}\n{}\n", place.name, kind(&place.kind));
    let facts = [
        ("どこ", place.address.as_deref()),
        ("建物", place.building.as_deref()),
        ("電話", place.phone.as_deref()),
        ("いつ", place.hours.as_ref().and_then(|hours| hours.note.as_deref())),
        ("", place.description.as_deref()),
    ];
    let details = place.details.iter().map(|(name, value)| (name.as_str(), Some(value.as_str())));
    for (name, value) in facts.into_iter().chain(details) {
        if let Some(value) = value {
            text.push_str(&format!("{name}{}{value}\n", if name.is_empty() { "" } else { ": " }));
        }
    }
    if place.position.is_some_and(|p| p.approximate) {
        text.push_str("地図の位置は、住所からのおおよそのものです。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&shown, text)
}

fn kind(kind: &PlaceKind) -> &str {
    let known = PlaceKind::KNOWN.iter().find(|(code, _)| *code == kind.as_str());
    known.map_or(kind.as_str(), |(_, name)| name)
}
