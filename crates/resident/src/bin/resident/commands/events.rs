use madoguchi_model::TownCode;
use madoguchi_resident::Phone;
use madoguchi_resident::events::{self, ListEvents};

use crate::args::Events;
use crate::{Answer, Failure, say};

pub fn events(phone: &Phone, town: Option<&TownCode>, wanted: &Events) -> Result<Answer, Failure> {
    let wanted = ListEvents { search: wanted.search.clone(), from: wanted.from, to: wanted.to };
    let (rows, age) =
        phone.with_town(town, |open| Ok((events::list(phone, open, &wanted)?, phone.age(open)?)))?;
    let mut text = String::new();
    for row in &rows {
        text.push_str(&format!("{} [{}]\n", row.title, row.id));
        for session in &row.sessions {
            let when = match session.all_day {
                true => say::day(session.starts_at),
                false => say::moment(session.starts_at),
            };
            text.push_str(&format!("    {when} {}\n", row.place.as_deref().unwrap_or_default()));
        }
        text.extend(row.when.as_ref().map(|when| format!("    {when}\n")));
    }
    if rows.is_empty() {
        text.push_str("あてはまる催しはありません。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&rows, text)
}
