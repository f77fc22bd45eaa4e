use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Block, Link, Translations, notice::NoticeText};

/// 緊急情報: a notice that must be fresh to be believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Stable name within the town.
    pub id: String,
    /// How grave, on the Cabinet Office's 警戒レベル scale.
    pub level: AlertLevel,
    /// A drill (訓練), not the real thing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drill: bool,
    /// The danger (flood, landslide, tsunami, …), in the words of [`crate::Hazard`] where it is one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazard: Option<crate::Hazard>,
    /// Whom it concerns; empty means the whole town.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AlertArea>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when it holds, if not at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    /// Until when it holds, if the town knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// Alerts that this one takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<String>,
    /// Alerts that this one ends (解除).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancels: Vec<String>,
    /// The office that speaks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub department: String,
    /// The town's own words, below the fixed ones of the level.
    #[serde(flatten)]
    pub text: NoticeText,
    /// The same in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations<NoticeText>,
    /// Where to read on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The file it came from: index into the collection's sources.
    #[serde(default)]
    pub source: usize,
}

impl Alert {
    /// Does it hold at `now`? (Whether another alert ended it is for the one who has them all: [`Alert::running`].)
    pub fn valid_at(&self, now: Timestamp) -> bool {
        self.valid_from.is_none_or(|from| from <= now) && self.valid_until.is_none_or(|until| now < until)
    }

    /// Those of `alerts` that hold at `now` and that no other has superseded or cancelled, gravest and newest first.
    ///
    /// An alert whose only purpose was to cancel (解除) is not itself running danger: it has level
    /// [`AlertLevel::Cleared`] and is listed last while it is valid.
    pub fn running(alerts: &[Alert], now: Timestamp) -> Vec<&Alert> {
        let ends = |drill: bool| -> BTreeSet<&str> {
            alerts
                .iter()
                .filter(|a| (drill || !a.drill) && a.valid_from.is_none_or(|from| from <= now))
                .flat_map(|a| a.supersedes.iter().chain(&a.cancels).map(String::as_str))
                .collect()
        };
        // A drill ends drills only: it must never take a real alert off the screen.
        let (ended_real, ended_drill) = (ends(false), ends(true));
        let mut running: Vec<&Alert> = alerts
            .iter()
            .filter(|a| a.valid_at(now))
            .filter(|a| !if a.drill { &ended_drill } else { &ended_real }.contains(a.id.as_str()))
            .collect();
        running.sort_by(|a, b| {
            (a.drill, b.level, b.issued_at, &a.id).cmp(&(b.drill, a.level, a.issued_at, &b.id))
        });
        running
    }

    /// The body as blocks.
    pub fn body(&self) -> &[Block] {
        &self.text.body
    }
}

/// 警戒レベル, 1 to 5 (内閣府 避難情報に関するガイドライン); 0 is 解除.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum AlertLevel {
    /// 解除: the danger is over.
    Cleared,
    /// 早期注意情報.
    One,
    /// 大雨・洪水注意報 など.
    Two,
    /// 高齢者等避難.
    Three,
    /// 避難指示.
    Four,
    /// 緊急安全確保.
    Five,
}

impl TryFrom<u8> for AlertLevel {
    type Error = String;
    fn try_from(level: u8) -> Result<Self, Self::Error> {
        Ok(match level {
            0 => AlertLevel::Cleared,
            1 => AlertLevel::One,
            2 => AlertLevel::Two,
            3 => AlertLevel::Three,
            4 => AlertLevel::Four,
            5 => AlertLevel::Five,
            other => return Err(format!("an alert level is 0 (解除) to 5, not {other}")),
        })
    }
}

impl From<AlertLevel> for u8 {
    fn from(level: AlertLevel) -> u8 {
        level as u8
    }
}

/// A part of the town, by town block (町字).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlertArea {
    /// The block's name (川原町, 本町二丁目).
    pub name: String,
    /// 町字ID, when the town gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(id: &str, level: AlertLevel, drill: bool, ends: &[&str]) -> Alert {
        Alert {
            id: id.into(),
            level,
            drill,
            hazard: None,
            areas: Vec::new(),
            issued_at: Timestamp::UNIX_EPOCH,
            valid_from: None,
            valid_until: None,
            supersedes: ends.iter().map(|s| s.to_string()).collect(),
            cancels: Vec::new(),
            department: String::new(),
            text: NoticeText::default(),
            translations: Translations::default(),
            link: None,
            source: 0,
        }
    }

    fn ids(alerts: &[Alert]) -> Vec<&str> {
        Alert::running(alerts, Timestamp::UNIX_EPOCH).into_iter().map(|a| a.id.as_str()).collect()
    }

    #[test]
    fn the_gravest_comes_first_and_what_was_superseded_is_gone() {
        let alerts = [
            alert("a", AlertLevel::Three, false, &[]),
            alert("b", AlertLevel::Four, false, &["a"]),
            alert("c", AlertLevel::Five, true, &[]),
        ];
        assert_eq!(ids(&alerts), ["b", "c"]);
    }

    #[test]
    fn a_drill_never_ends_a_real_alert() {
        let alerts =
            [alert("real", AlertLevel::Four, false, &[]), alert("drill", AlertLevel::Four, true, &["real"])];
        assert_eq!(ids(&alerts), ["real", "drill"]);
    }

    #[test]
    fn an_alert_ends_when_its_time_is_over_and_begins_when_it_comes() {
        let mut over = alert("over", AlertLevel::Four, false, &[]);
        over.valid_until = Some(Timestamp::UNIX_EPOCH);
        let mut ahead = alert("ahead", AlertLevel::Four, false, &["now"]);
        ahead.valid_from = Timestamp::from_second(60).ok();
        assert_eq!(ids(&[over, ahead, alert("now", AlertLevel::Three, false, &[])]), ["now"]);
    }
}
