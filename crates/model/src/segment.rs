use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! segments {
    ($($variant:ident $code:literal [$($name:literal),+] $doc:literal;)+) => {
        /// 配信区分: what a notice is about. A code with a dot is a sub-segment of the code before the dot.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum Segment { $(#[doc = $doc] $variant,)+ }

        impl Segment {
            /// Every segment, in the order in which it is offered to a resident.
            pub const ALL: &'static [Segment] = &[$(Segment::$variant,)+];

            /// The code that is stored and sent.
            pub fn code(self) -> &'static str {
                match self { $(Segment::$variant => $code,)+ }
            }

            /// The Japanese names by which a town's files may call it; the first is the one shown.
            pub fn names(self) -> &'static [&'static str] {
                match self { $(Segment::$variant => &[$($name,)+],)+ }
            }
        }
    };
}

segments! {
    Safety "safety" ["防災・安全", "防災", "安全", "防災・防犯", "安全・安心", "緊急情報", "緊急"] "防災・安全";
    SafetyDisaster "safety.disaster" ["災害", "防災情報", "災害情報"] "災害";
    SafetyCrime "safety.crime" ["防犯", "防犯・交通安全", "交通安全", "消費生活"] "防犯・交通安全";
    Health "health" ["健康・感染症", "健康", "感染症", "健康・医療", "医療", "健康・福祉", "保健"] "健康・感染症";
    Family "family" ["子育て・教育", "子育て", "教育", "こども", "子ども", "子ども・教育", "学校"] "子育て・教育";
    Senior "senior" ["高齢者", "高齢", "シニア", "介護", "高齢者・介護"] "高齢者";
    Disability "disability" ["障害", "障がい", "障害者", "障がい者", "障害福祉", "福祉"] "障害";
    Living "living" ["暮らし", "くらし", "生活", "暮らし・手続き", "手続き"] "暮らし";
    LivingCommunity "living.community" ["地域", "市民活動", "コミュニティ", "自治会", "まちづくり"] "地域";
    LivingCulture "living.culture" ["文化", "文化・芸術", "図書館", "歴史", "生涯学習"] "文化";
    LivingSports "living.sports" ["スポーツ"] "スポーツ";
    LivingGarbage "living.garbage" ["ごみ", "ごみ・環境", "環境", "ごみ・リサイクル", "リサイクル"] "ごみ";
    LivingElection "living.election" ["選挙"] "選挙";
    LivingTax "living.tax" ["税", "税金", "税・保険・年金", "保険・年金", "年金"] "税・保険・年金";
    LivingWork "living.work" ["仕事", "しごと", "産業", "産業・しごと", "就労", "求人"] "仕事";
    LivingHousing "living.housing" ["住宅", "住まい", "すまい", "道路・交通", "水道"] "住まい・道路・水道";
    Event "event" ["催し・講座", "催し", "イベント", "講座", "募集", "相談"] "催し・講座";
    Town "town" ["行政・議会", "行政", "議会", "市政", "町政", "市政情報"] "行政・議会";
    Other "other" ["その他"] "その他: what no name fits, never a reason to drop a notice.";
}

/// A text that names no segment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no segment")]
pub struct UnknownSegment(pub String);

impl Segment {
    /// The segment of which this is a part, if it is a sub-segment.
    pub fn parent(self) -> Option<Segment> {
        let (head, _) = self.code().split_once('.')?;
        head.parse().ok()
    }

    /// Whether choosing `self` brings what is filed under `other` (a segment brings its sub-segments).
    pub fn covers(self, other: Segment) -> bool {
        self == other || other.parent() == Some(self)
    }
}

impl FromStr for Segment {
    type Err = UnknownSegment;

    /// Reads a code (`living.garbage`) or any of the Japanese names.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // What we wrote ourselves is a code as it is; folding every name for it would take most of a long list's time.
        if let Some(segment) = Segment::ALL.iter().copied().find(|segment| segment.code() == text) {
            return Ok(segment);
        }
        let folded = crate::fold(text.trim());
        Segment::ALL
            .iter()
            .copied()
            .find(|s| s.code() == folded || s.names().iter().any(|name| crate::fold(name) == folded))
            .ok_or_else(|| UnknownSegment(text.chars().take(40).collect()))
    }
}

impl From<String> for Segment {
    /// A code that this version does not know yet is read as its parent or as `other`: a newer town stays readable.
    fn from(code: String) -> Self {
        let head = code.split_once('.').map_or(code.as_str(), |(head, _)| head);
        code.parse().or_else(|_| head.parse()).unwrap_or(Segment::Other)
    }
}

impl From<Segment> for String {
    fn from(segment: Segment) -> String {
        segment.code().into()
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_one_segment() {
        for segment in Segment::ALL {
            assert_eq!(segment.code().parse(), Ok(*segment));
            for name in segment.names() {
                assert_eq!(name.parse(), Ok(*segment), "{name}");
            }
        }
    }

    #[test]
    fn a_segment_of_a_newer_town_is_read_as_its_parent() {
        assert_eq!(Segment::from("living.pets".to_string()), Segment::Living);
        assert_eq!(Segment::from("space".to_string()), Segment::Other);
        assert!(Segment::Living.covers(Segment::LivingTax) && !Segment::LivingTax.covers(Segment::Living));
    }
}
