use madoguchi_model::TownCode;
use madoguchi_resident::{Phone, garbage as lib};

use crate::args::Garbage;
use crate::{Answer, Failure, say};

pub fn garbage(phone: &Phone, town: Option<&TownCode>, wanted: &Garbage) -> Result<Answer, Failure> {
    if let Some(search) = &wanted.item {
        return items(phone, town, search);
    }
    let Some(area) = &wanted.area else { return areas(phone, town) };
    let (days, age) = phone.with_town(town, |open| {
        let age = phone.age(open)?;
        let from = wanted.from.unwrap_or_else(|| say::date(age.now()));
        Ok((lib::calendar(open, area, from, wanted.days)?, age))
    })?;
    let mut text = String::new();
    for day in &days {
        let types = day.types.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join("、");
        text.push_str(&format!("{} {types}\n", say::day_of(day.date)));
    }
    if days.is_empty() {
        text.push_str("この間に、ごみの日はありません。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&days, text)
}

fn areas(phone: &Phone, town: Option<&TownCode>) -> Result<Answer, Failure> {
    let (areas, age) = phone.with_town(town, |open| Ok((lib::areas(open)?, phone.age(open)?)))?;
    let mut text: String = areas.iter().map(|area| format!("{} [{}]\n", area.name, area.id)).collect();
    if areas.is_empty() {
        text.push_str("ごみの日の地区はありません。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&areas, text)
}

fn items(phone: &Phone, town: Option<&TownCode>, search: &str) -> Result<Answer, Failure> {
    let (items, age) = phone.with_town(town, |open| Ok((lib::items(open, search)?, phone.age(open)?)))?;
    let mut text = String::new();
    for item in &items {
        text.push_str(&format!(
            "{}: {} {}\n",
            item.name,
            item.kind,
            item.note.as_deref().unwrap_or_default()
        ));
    }
    if items.is_empty() {
        text.push_str("あてはまる品目はありません。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&items, text)
}
