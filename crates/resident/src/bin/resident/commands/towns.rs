use madoguchi_model::TownCode;
use madoguchi_resident::{Phone, towns as lib};
use serde_json::json;

use crate::{Answer, Failure, say};

pub fn towns(phone: &Phone) -> Result<Answer, Failure> {
    let towns = lib::towns(phone)?;
    let mut text = String::new();
    for town in &towns {
        let mark = if town.in_use { "✓" } else { "・" };
        text.push_str(&format!(
            "{mark} {} ({}) {}\n",
            say::town_name(&town.name, &town.code),
            town.code,
            town.url
        ));
    }
    if towns.is_empty() {
        text.push_str("まだ、どの自治体にも参加していません。\n");
    }
    Answer::new(&towns, text)
}

pub fn use_town(phone: &Phone, code: &TownCode) -> Result<Answer, Failure> {
    let town = lib::use_town(phone, code)?;
    let text = format!("これからは{}のことを出します。", say::town_name(&town.name, &town.code));
    Answer::new(&town, text)
}

pub fn leave(phone: &Phone, code: &TownCode) -> Result<Answer, Failure> {
    let town = phone.town(Some(code))?;
    lib::leave(phone, code)?;
    let text =
        format!("{}をやめました。内容も、印も、この電話から消えました。", say::town_name(&town.name, code));
    Answer::new(&json!({ "left": code }), text)
}
