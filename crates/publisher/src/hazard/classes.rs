//! The classes of a layer: what a source calls them, their codes and bounds, and which is worse than which.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use madoguchi_model::HazardClass;

use super::depth::Depth;

/// A class before its layer is whole. Ordered from the mildest to the worst.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its code.
    pub code: String,
    /// The source's own words.
    pub label: String,
    rank: Rank,
}

#[derive(Debug, Clone, PartialEq)]
enum Rank {
    /// Neither depth nor duration: by how bad the word is, then in the order in which they come.
    Word(u8),
    Depth(Depth),
    Hours(f64, Option<f64>),
}

impl Draft {
    /// Inside, and no more is known.
    pub fn zone(label: &str) -> Self {
        Draft { code: "zone".into(), label: label.into(), rank: Rank::Word(severity(label)) }
    }

    /// 警戒区域 or 特別警戒区域, designated or not yet.
    pub fn landslide(special: bool, designated: bool) -> Self {
        let code = if special { "special" } else { "warning" };
        let label = if special { "特別警戒区域" } else { "警戒区域" };
        let label = if designated { label.into() } else { format!("{label}（指定前）") };
        Draft { code: code.into(), label, rank: Rank::Word(u8::from(special) * 2 + u8::from(designated)) }
    }

    /// A depth.
    pub fn depth(depth: Depth, label: &str) -> Self {
        Draft { code: depth.code(), label: label.into(), rank: Rank::Depth(depth) }
    }

    /// How long water stays.
    pub fn hours(min: f64, max: Option<f64>, label: &str) -> Self {
        let code = format!("{min}h-{}", max.map(|max| format!("{max}h")).unwrap_or_default());
        Draft { code, label: label.into(), rank: Rank::Hours(min, max) }
    }

    /// The words of a source for a depth; where they are none, a class of that name.
    pub fn of_words(words: &str) -> Self {
        Depth::parse(words).map_or_else(|| Draft::zone(words), |depth| Draft::depth(depth, words))
    }

    /// A class by its code, as `town.toml` writes it.
    pub fn of_code(code: &str, label: Option<&str>) -> Option<Self> {
        let code = code.trim();
        let named = |draft: Draft| Draft { label: label.map_or(draft.label.clone(), Into::into), ..draft };
        match code {
            "zone" => Some(named(Draft::zone("区域の中"))),
            "warning" => Some(named(Draft::landslide(false, true))),
            "special" => Some(named(Draft::landslide(true, true))),
            _ => {
                if let Some(depth) = Depth::of_code(code) {
                    let words = match (depth.min_m, depth.max_m) {
                        (min, None) => format!("{min}m以上"),
                        (0.0, Some(max)) => format!("{max}m未満"),
                        (min, Some(max)) if min == max => format!("{min}m"),
                        (min, Some(max)) => format!("{min}m以上{max}m未満"),
                    };
                    return Some(named(Draft::depth(depth, &words)));
                }
                let (min, max) = code.split_once("h-")?;
                let hours = |text: &str| text.parse::<u32>().ok().map(f64::from);
                let max = match max.strip_suffix('h') {
                    Some(max) => Some(hours(max)?),
                    None if max.is_empty() => None,
                    None => return None,
                };
                let min = hours(min)?;
                let words =
                    max.map_or(format!("{min}時間以上"), |max| format!("{min}時間以上{max}時間未満"));
                (max.is_none_or(|max| min < max)).then(|| named(Draft::hours(min, max, &words)))
            }
        }
    }

    /// Is it a depth?
    pub fn is_depth(&self) -> bool {
        matches!(self.rank, Rank::Depth(_))
    }

    /// Two drafts of one class: the same bounds in two spellings, or the same word.
    fn same(&self, other: &Draft) -> bool {
        match (&self.rank, &other.rank) {
            (Rank::Word(a), Rank::Word(b)) => a == b && self.code == other.code && self.label == other.label,
            _ => self.rank == other.rank,
        }
    }

    fn cmp(&self, other: &Draft) -> Ordering {
        let open = |max: Option<f64>| max.unwrap_or(f64::INFINITY);
        match (&self.rank, &other.rank) {
            (Rank::Word(a), Rank::Word(b)) => a.cmp(b),
            (Rank::Depth(a), Rank::Depth(b)) => {
                a.min_m.total_cmp(&b.min_m).then(open(a.max_m).total_cmp(&open(b.max_m)))
            }
            (Rank::Hours(a, a_max), Rank::Hours(b, b_max)) => {
                a.total_cmp(b).then(open(*a_max).total_cmp(&open(*b_max)))
            }
            // A word says less than a number.
            (Rank::Word(_), _) => Ordering::Less,
            (_, Rank::Word(_)) => Ordering::Greater,
            (Rank::Depth(_), Rank::Hours(..)) => Ordering::Less,
            (Rank::Hours(..), Rank::Depth(_)) => Ordering::Greater,
        }
    }

    fn class(&self) -> HazardClass {
        let mut class =
            HazardClass { code: self.code.clone(), label: self.label.clone(), ..HazardClass::default() };
        match self.rank {
            Rank::Word(_) => {}
            Rank::Depth(depth) => (class.min_m, class.max_m) = (Some(depth.min_m), depth.max_m),
            Rank::Hours(min, max) => (class.min_h, class.max_h) = (Some(min), max),
        }
        class
    }
}

/// Words that are no depth and still say which is worse.
fn severity(words: &str) -> u8 {
    match words {
        w if w.contains("床下") => 1,
        w if w.contains("床上") => 2,
        _ => 0,
    }
}

/// The classes of one layer while its features are read.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    drafts: Vec<Draft>,
    by_label: BTreeMap<(String, String), usize>,
}

impl Classes {
    /// The number of a class, in the order in which they came.
    pub fn number(&mut self, draft: &Draft) -> usize {
        let key = (draft.code.clone(), draft.label.clone());
        if let Some(known) = self.by_label.get(&key) {
            return *known;
        }
        let number = self.drafts.iter().position(|known| known.same(draft)).unwrap_or_else(|| {
            self.drafts.push(draft.clone());
            self.drafts.len() - 1
        });
        self.by_label.insert(key, number);
        number
    }

    /// The classes from the mildest to the worst, and the rank of each by its number.
    pub fn ranked(&self) -> (Vec<HazardClass>, Vec<usize>) {
        let mut order: Vec<(usize, &Draft)> = self.drafts.iter().enumerate().collect();
        order.sort_by(|(i, a), (j, b)| a.cmp(b).then(i.cmp(j)));
        let mut ranks = vec![0; order.len()];
        for (rank, (number, _)) in order.iter().enumerate() {
            if let Some(slot) = ranks.get_mut(*number) {
                *slot = rank;
            }
        }
        (order.iter().map(|(_, draft)| draft.class()).collect(), ranks)
    }

    /// What stands out in the bounds: depths that overlap, depths that leave a gap, words among depths. In Japanese.
    pub fn remarks(&self) -> Vec<String> {
        let (classes, _) = self.ranked();
        let depths: Vec<&HazardClass> = classes.iter().filter(|class| class.min_m.is_some()).collect();
        let mut remarks = Vec::new();
        for (mild, bad) in depths.iter().zip(depths.iter().skip(1)) {
            let (Some(max), Some(min)) = (mild.max_m.or(Some(f64::INFINITY)), bad.min_m) else { continue };
            if min < max {
                remarks.push(format!("「{}」と「{}」の深さは重なっています", mild.label, bad.label));
            } else if min > max && mild.max_m != mild.min_m && bad.max_m != bad.min_m {
                remarks
                    .push(format!("「{}」と「{}」のあいだの深さの区分がありません", mild.label, bad.label));
            }
        }
        if !depths.is_empty() {
            let words = classes.iter().filter(|class| class.min_m.is_none());
            remarks.extend(
                words.map(|class| {
                    format!("「{}」は深さとして読めないので、ことばのまま出します", class.label)
                }),
            );
        }
        remarks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(words: &[&str]) -> Classes {
        let mut classes = Classes::default();
        for word in words {
            classes.number(&Draft::of_words(word));
        }
        classes
    }

    #[test]
    fn classes_are_ordered_by_their_bounds_and_spellings_of_one_are_one() {
        let mut read = classes(&[
            "5.0~10.0m",
            "0.3m未満",
            "３～５ｍ",
            "床上浸水",
            "3m以上5m未満",
            "10m以上",
            "床下浸水",
        ]);
        let (ranked, ranks) = read.ranked();
        let codes: Vec<&str> = ranked.iter().map(|class| class.code.as_str()).collect();
        assert_eq!(codes, ["zone", "zone", "0-0.3", "3-5", "5-10", "10-"]);
        assert_eq!((ranked[0].label.as_str(), ranked[1].label.as_str()), ("床下浸水", "床上浸水"));
        assert_eq!(
            (ranked[3].label.as_str(), ranked[3].min_m, ranked[3].max_m),
            ("３～５ｍ", Some(3.0), Some(5.0))
        );
        let number = read.number(&Draft::of_words("3m以上5m未満"));
        assert_eq!(ranks[number], 3);
    }

    #[test]
    fn overlaps_gaps_and_words_are_noted() {
        assert_eq!(classes(&["0.5m未満", "0.5～3m", "3m以上"]).remarks(), Vec::<String>::new());
        let remarks = classes(&["0.5m未満", "0.3～3m", "5m以上", "床上"]).remarks();
        assert!(
            remarks[0].contains("重なっています")
                && remarks[1].contains("あいだ")
                && remarks[2].contains("床上")
        );
        assert_eq!((remarks.len(), classes(&["床上", "床下"]).remarks().len()), (3, 0));
    }

    #[test]
    fn codes_of_town_toml() {
        let code = |code: &str| Draft::of_code(code, None).map(|draft| (draft.code, draft.label));
        for (written, label) in [
            ("0-0.5", "0.5m未満"),
            ("0.5-3", "0.5m以上3m未満"),
            ("20-", "20m以上"),
            ("12h-24h", "12時間以上24時間未満"),
            ("672h-", "672時間以上"),
            ("special", "特別警戒区域"),
            ("zone", "区域の中"),
        ] {
            assert_eq!(code(written), Some((written.into(), label.into())));
        }
        for wrong in ["", "3", "deep", "24h-12h", "12h-24", "5-3"] {
            assert_eq!(code(wrong), None, "{wrong}");
        }
        let mut landslide = Classes::default();
        for (special, designated) in [(true, true), (false, true), (true, false), (false, false)] {
            landslide.number(&Draft::landslide(special, designated));
        }
        let labels: Vec<String> = landslide.ranked().0.into_iter().map(|class| class.label).collect();
        assert_eq!(labels, ["警戒区域（指定前）", "警戒区域", "特別警戒区域（指定前）", "特別警戒区域"]);
    }
}
