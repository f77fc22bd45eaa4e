use madoguchi_model::TownCode;
use madoguchi_resident::Phone;
use madoguchi_resident::notices;

use crate::args::Set;
use crate::{Answer, Failure};

pub fn segments(phone: &Phone, town: Option<&TownCode>, set: Option<&Set>) -> Result<Answer, Failure> {
    let rows = phone.with_town(town, |open| match set {
        Some(Set::Set { segments }) => notices::choose_segments(phone, open, segments),
        None => notices::segments(phone, open),
    })?;
    let mut text = String::new();
    for row in &rows {
        let (mark, indent) =
            (if row.chosen { "✓" } else { "・" }, if row.id.parent().is_some() { "  " } else { "" });
        text.push_str(&format!("{indent}{mark} {} ({})\n", row.name, row.id));
    }
    text.push_str(match rows.iter().any(|row| row.chosen) {
        true => "✓のお知らせと、急ぎのお知らせが届きます。選んだことは、この電話の外に出ません。",
        false => "選んでいません。すべてのお知らせが届きます。",
    });
    Answer::new(&rows, text)
}
