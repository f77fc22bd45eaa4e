use madoguchi_model::{AlertLevel, TownCode, plain_text};
use madoguchi_resident::{Phone, alerts};

use crate::{Answer, Failure, say};

pub fn alerts(phone: &Phone, town: Option<&TownCode>) -> Result<Answer, Failure> {
    let (running, age) = phone.with_town(town, |open| Ok((alerts::list(phone, open)?, phone.age(open)?)))?;
    let mut text = String::new();
    for running in &running {
        let alert = &running.alert;
        let drill = if alert.drill { "【訓練】" } else { "" };
        let areas = match alert.areas.as_slice() {
            [] => "全域".into(),
            areas => areas.iter().map(|area| area.name.as_str()).collect::<Vec<_>>().join("、"),
        };
        text.push_str(&format!("{drill}{} {areas}\n", level(alert.level)));
        text.push_str(&format!("{}\n{}\n", alert.text.title, plain_text(alert.body())));
        text.push_str(&format!("{} {} [{}]\n\n", say::moment(alert.issued_at), alert.department, alert.id));
    }
    if running.is_empty() {
        text.push_str("いま出ている緊急情報は、この電話にはありません。\n");
    }
    if !alerts::is_believed(&age) {
        text.push_str("最新かどうか、確かめられていません。テレビや防災無線も確かめてください。\n");
    }
    text.push_str(&say::age(&age));
    Answer::new(&running, text)
}

/// The words on top of an alert, from the level alone.
fn level(level: AlertLevel) -> &'static str {
    match level {
        AlertLevel::Cleared => "解除されました",
        AlertLevel::One => "これからの情報に気をつける",
        AlertLevel::Two => "逃げ方を確かめる",
        AlertLevel::Three => "高齢者などは避難",
        AlertLevel::Four => "いますぐ避難",
        AlertLevel::Five => "いのちを守る",
    }
}
