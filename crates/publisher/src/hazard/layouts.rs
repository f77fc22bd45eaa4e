//! Layouts that are known by their attributes: 国土数値情報 A31, A31a, A33, A40, A48, A49.

use madoguchi_model::HazardKind;

use super::classes::Draft;
use super::depth::Depth;
use crate::geo::Properties;

/// A layout of 国土数値情報.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// 洪水浸水想定区域 (by prefecture; depth, duration, collapse).
    A31,
    /// 洪水浸水想定区域 by river.
    A31a,
    /// 土砂災害警戒区域.
    A33,
    /// 津波浸水想定.
    A40,
    /// 災害危険区域.
    A48,
    /// 高潮浸水想定区域.
    A49,
}

/// Which layer of a file a zone belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// What it tells of.
    pub kind: HazardKind,
    /// For which rain or river.
    pub scenario: Option<String>,
    /// The river: its number if it has one, and its name.
    pub river: Option<(Option<String>, String)>,
}

impl Key {
    /// A layer of this kind and scenario.
    pub fn new(kind: HazardKind, scenario: Option<&str>) -> Self {
        Key { kind, scenario: scenario.map(Into::into), river: None }
    }
}

/// 計画規模.
pub const L1: &str = "計画規模";
/// 想定最大規模.
pub const L2: &str = "想定最大規模";

impl Layout {
    /// The layout that attributes show.
    pub fn of(properties: &Properties) -> Option<Self> {
        let has = |name: &str| properties.contains_key(name);
        let any = |names: &[&str]| names.iter().any(|name| has(name));
        if any(&["A31a_105", "A31a_205", "A31a_305", "A31a_405"]) {
            Some(Layout::A31a)
        } else if any(&["A31_101", "A31_201", "A31_301", "A31_401"]) {
            Some(Layout::A31)
        } else if has("A33_001") && has("A33_002") {
            Some(Layout::A33)
        } else if has("A40_003") {
            Some(Layout::A40)
        } else if has("A48_007") {
            Some(Layout::A48)
        } else if has("A49_003") {
            Some(Layout::A49)
        } else {
            None
        }
    }

    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Layout::A31 => "ksj-a31",
            Layout::A31a => "ksj-a31a",
            Layout::A33 => "ksj-a33",
            Layout::A40 => "ksj-a40",
            Layout::A48 => "ksj-a48",
            Layout::A49 => "ksj-a49",
        }
    }

    /// The layers and classes of a feature, or why it has none.
    pub fn place(self, properties: &Properties) -> Result<Vec<(Key, Draft)>, String> {
        let value =
            |name: &str| properties.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let number = |name: &str| value(name).map(code);
        let unknown = |name: &str| {
            let value = value(name).unwrap_or("空");
            Err(format!("{name} の値「{value}」は、仕様にありません"))
        };
        let one = |kind, scenario, draft| Ok(vec![(Key::new(kind, scenario), draft)]);
        match self {
            Layout::A31 => {
                for (name, scenario) in [("A31_201", L2), ("A31_101", L1)] {
                    if let Some(rank) = number(name) {
                        let Some(draft) = depth_rank(rank) else { return unknown(name) };
                        return one(HazardKind::RiverFlood, Some(scenario), draft);
                    }
                }
                duration_or_collapse(number("A31_301"), number("A31_401"))
                    .ok_or(())
                    .or_else(|()| unknown(if value("A31_301").is_some() { "A31_301" } else { "A31_401" }))
            }
            Layout::A31a => {
                let river = |level: u32| {
                    let name = value(&format!("A31a_{level}02")).unwrap_or("河川名なし").to_string();
                    let number = value(&format!("A31a_{level}01")).map(Into::into);
                    Some((number, name))
                };
                let mut all = Vec::new();
                for (level, scenario) in [(1, L1), (2, L2)] {
                    let name = format!("A31a_{level}05");
                    let Some(rank) = number(&name) else { continue };
                    let Some(draft) = depth_rank(rank) else { return unknown(&name) };
                    let key = Key::new(HazardKind::RiverFlood, Some(scenario));
                    all.push((Key { river: river(level), ..key }, draft));
                }
                for (level, name) in [(3, "A31a_305"), (4, "A31a_405")] {
                    let Some(found) = number(name) else { continue };
                    let (duration, collapse) =
                        if level == 3 { (Some(found), None) } else { (None, Some(found)) };
                    let Some(found) = duration_or_collapse(duration, collapse) else { return unknown(name) };
                    all.extend(
                        found.into_iter().map(|(key, draft)| (Key { river: river(level), ..key }, draft)),
                    );
                }
                if all.is_empty() { unknown("A31a_205") } else { Ok(all) }
            }
            Layout::A33 => {
                // In this order, which is often taken for another.
                let kind = match number("A33_001") {
                    Some(1) => HazardKind::SteepSlope,
                    Some(2) => HazardKind::DebrisFlow,
                    Some(3) => HazardKind::Landslide,
                    _ => return unknown("A33_001"),
                };
                let draft = match number("A33_002") {
                    Some(1) => Draft::landslide(false, true),
                    Some(2) => Draft::landslide(true, true),
                    Some(3) => Draft::landslide(false, false),
                    Some(4) => Draft::landslide(true, false),
                    _ => return unknown("A33_002"),
                };
                one(kind, None, draft)
            }
            Layout::A40 | Layout::A49 => {
                let (name, kind) = if self == Layout::A40 {
                    ("A40_003", HazardKind::Tsunami)
                } else {
                    ("A49_003", HazardKind::StormSurge)
                };
                let Some(words) = value(name) else { return unknown(name) };
                let scenario = (self == Layout::A49).then_some(L2);
                one(kind, scenario, Draft::of_words(words))
            }
            Layout::A48 => {
                let reason = value("A48_008").or(value("A48_008_ja")).unwrap_or_default();
                let kind = match number("A48_007") {
                    Some(1) => HazardKind::RiverFlood,
                    Some(2 | 3) if reason.contains("津波") => HazardKind::Tsunami,
                    Some(2 | 3) if reason.contains("高潮") => HazardKind::StormSurge,
                    Some(4) => HazardKind::SteepSlope,
                    Some(5) => HazardKind::Landslide,
                    Some(2 | 3) => {
                        return Err(
                            "津波か高潮か、指定理由から分かりません。[[hazard]] の layer で決めてください"
                                .into(),
                        );
                    }
                    Some(6 | 7) => {
                        return Err("火山やその他の理由の災害危険区域は、地図の種類にありません".into());
                    }
                    _ => return unknown("A48_007"),
                };
                one(kind, None, Draft::zone("災害危険区域"))
            }
        }
    }

    /// Who manages the river, as the feature says.
    pub fn surveyor(self, properties: &Properties) -> Option<String> {
        let names: &[&str] = match self {
            Layout::A31a => &["A31a_204", "A31a_104", "A31a_304", "A31a_404"],
            Layout::A40 => &["A40_001"],
            Layout::A49 => &["A49_001"],
            _ => &[],
        };
        names.iter().find_map(|name| properties.get(*name)).filter(|name| !name.is_empty()).cloned()
    }
}

/// A whole number, however it is written; 0 is none of any code list.
fn code(text: &str) -> u32 {
    let text = crate::value::text::narrow(text);
    let number: Option<f64> = text.trim().parse().ok();
    number
        .filter(|number| number.fract() == 0.0 && (0.0..=1e6).contains(number))
        .map_or(0, |number| number as u32)
}

/// 浸水深ランク.
pub fn depth_rank(rank: u32) -> Option<Draft> {
    let (min, max, label) = match rank {
        1 => (0.0, Some(0.5), "0.5m未満"),
        2 => (0.5, Some(3.0), "0.5m以上3.0m未満"),
        3 => (3.0, Some(5.0), "3.0m以上5.0m未満"),
        4 => (5.0, Some(10.0), "5.0m以上10.0m未満"),
        5 => (10.0, Some(20.0), "10.0m以上20.0m未満"),
        6 => (20.0, None, "20.0m以上"),
        _ => return None,
    };
    Depth::new(min, max).map(|depth| Draft::depth(depth, label))
}

/// 浸水継続時間ランク.
pub fn duration_rank(rank: u32) -> Option<Draft> {
    let (min, max, label) = match rank {
        1 => (0.0, Some(12.0), "12時間未満"),
        2 => (12.0, Some(24.0), "12時間以上1日未満"),
        3 => (24.0, Some(72.0), "1日以上3日未満"),
        4 => (72.0, Some(168.0), "3日以上1週間未満"),
        5 => (168.0, Some(336.0), "1週間以上2週間未満"),
        6 => (336.0, Some(672.0), "2週間以上4週間未満"),
        7 => (672.0, None, "4週間以上"),
        _ => return None,
    };
    Some(Draft::hours(min, max, label))
}

fn duration_or_collapse(duration: Option<u32>, collapse: Option<u32>) -> Option<Vec<(Key, Draft)>> {
    let flow =
        || (Key::new(HazardKind::CollapseFlow, Some(L2)), Draft::zone("家屋倒壊等氾濫想定区域（氾濫流）"));
    let bank =
        || (Key::new(HazardKind::CollapseBank, Some(L2)), Draft::zone("家屋倒壊等氾濫想定区域（河岸侵食）"));
    match (duration, collapse) {
        (Some(rank), _) => {
            let draft = duration_rank(rank)?;
            Some(vec![(Key::new(HazardKind::FloodDuration, Some(L2)), draft)])
        }
        (None, Some(1)) => Some(vec![flow()]),
        (None, Some(2)) => Some(vec![bank()]),
        (None, Some(3)) => Some(vec![flow(), bank()]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, scenario, code and label.
    type Placed = (HazardKind, Option<String>, String, String);

    fn place(pairs: &[(&str, &str)]) -> Result<Vec<Placed>, String> {
        let properties: Properties =
            pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        let layout = Layout::of(&properties).ok_or("no layout")?;
        let placed = layout.place(&properties)?;
        Ok(placed.into_iter().map(|(key, draft)| (key.kind, key.scenario, draft.code, draft.label)).collect())
    }

    fn one(pairs: &[(&str, &str)]) -> (HazardKind, Option<String>, String) {
        let (kind, scenario, code, _) = place(pairs).unwrap().remove(0);
        (kind, scenario, code)
    }

    #[test]
    fn the_kinds_of_landslides_stand_in_the_order_of_the_code_list() {
        let kind = |code: &str| one(&[("A33_001", code), ("A33_002", "1")]).0;
        assert_eq!(
            [kind("1"), kind("2"), kind("3")],
            [HazardKind::SteepSlope, HazardKind::DebrisFlow, HazardKind::Landslide]
        );
        let class = |code: &str| {
            let (.., class, label) = place(&[("A33_001", "1"), ("A33_002", code)]).unwrap().remove(0);
            (class, label)
        };
        assert_eq!(class("1"), ("warning".into(), "警戒区域".into()));
        assert_eq!(class("2").0, "special");
        assert_eq!(class("3"), ("warning".into(), "警戒区域（指定前）".into()));
        assert_eq!(class("4").1, "特別警戒区域（指定前）");
        assert!(place(&[("A33_001", "4"), ("A33_002", "1")]).unwrap_err().contains("A33_001"));
        assert!(place(&[("A33_001", "1"), ("A33_002", "")]).unwrap_err().contains("A33_002"));
    }

    #[test]
    fn river_floods_by_prefecture_and_by_river() {
        let l = |name: &str| Some(name.to_string());
        assert_eq!(one(&[("A31_101", "2")]), (HazardKind::RiverFlood, l(L1), "0.5-3".into()));
        assert_eq!(one(&[("A31_201", "6")]), (HazardKind::RiverFlood, l(L2), "20-".into()));
        assert_eq!(one(&[("A31_301", "7")]), (HazardKind::FloodDuration, l(L2), "672h-".into()));
        assert_eq!(one(&[("A31_401", "2")]).0, HazardKind::CollapseBank);
        assert_eq!(place(&[("A31_401", "3")]).unwrap().len(), 2);
        assert!(place(&[("A31_401", "4")]).is_err() && place(&[("A31_201", "7")]).is_err());
        let river =
            [("A31a_201", "8505020001"), ("A31a_202", "狩野川"), ("A31a_205", "3"), ("A31a_204", "静岡県")];
        let properties: Properties =
            river.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        let (key, draft) = Layout::A31a.place(&properties).unwrap().remove(0);
        assert_eq!(key.river, Some((Some("8505020001".into()), "狩野川".into())));
        assert_eq!((draft.code.as_str(), key.scenario.as_deref()), ("3-5", Some(L2)));
        assert_eq!(Layout::A31a.surveyor(&properties).as_deref(), Some("静岡県"));
        assert_eq!(
            one(&[("A31a_102", "狩野川"), ("A31a_105", "1.0")]),
            (HazardKind::RiverFlood, l(L1), "0-0.5".into())
        );
    }

    #[test]
    fn tsunami_and_storm_surge_by_their_words_and_danger_zones_by_their_reason() {
        assert_eq!(one(&[("A40_003", "1m以上 ～ 2m未満")]), (HazardKind::Tsunami, None, "1-2".into()));
        assert_eq!(one(&[("A49_003", "0.3m以上0.5m未満")]).2, "0.3-0.5");
        let a48 = |code: &str, reason: &str| place(&[("A48_007", code), ("A48_008", reason)]);
        assert_eq!(a48("1", "").unwrap()[0].0, HazardKind::RiverFlood);
        assert_eq!(a48("2", "津波のおそれ").unwrap()[0].0, HazardKind::Tsunami);
        assert_eq!(a48("5", "").unwrap()[0].0, HazardKind::Landslide);
        assert!(a48("2", "").is_err() && a48("6", "").is_err() && a48("9", "").is_err());
        assert!(place(&[("rank", "1")]).is_err());
    }
}
