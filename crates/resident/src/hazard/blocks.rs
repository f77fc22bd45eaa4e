use std::cmp::Ordering;

use madoguchi_model::{CollectionKind, MapRecord, Position, fold, hiragana};

use crate::{Error, OpenTown};

/// 町字: a block with its name and a point in it.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedBlock {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its point.
    pub at: Position,
}

/// The town's blocks and border.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Blocks {
    /// Its blocks, in the town's order.
    pub blocks: Vec<NamedBlock>,
    /// Rings of longitude and latitude around the town; none where the town does not say.
    pub border: Vec<Vec<[f64; 2]>>,
}

/// What the town says of its blocks and border. `language` is that of the names, where the town has it.
pub fn blocks(open: &OpenTown, language: Option<&madoguchi_model::Lang>) -> Result<Blocks, Error> {
    let mut all = Blocks::default();
    for record in open.cache.records::<MapRecord>(CollectionKind::Map)? {
        match record {
            MapRecord::Block { id, name, names, lat, lon, .. } => {
                let name = language.and_then(|language| names.get(language).cloned()).unwrap_or(name);
                all.blocks.push(NamedBlock { id, name, at: Position { lat, lon, approximate: false } });
            }
            MapRecord::Border { rings, .. } => all.border.extend(rings),
            MapRecord::Base { .. } | MapRecord::Roads { .. } | MapRecord::Area { .. } => {}
        }
    }
    Ok(all)
}

impl Blocks {
    /// The block whose point is nearest, and how far that is.
    pub fn nearest(&self, at: Position) -> Option<(&NamedBlock, f64)> {
        let far = |block: &NamedBlock| block.at.distance_m(&at);
        let near = |a: &&NamedBlock, b: &&NamedBlock| far(a).partial_cmp(&far(b)).unwrap_or(Ordering::Equal);
        self.blocks.iter().min_by(near).map(|block| (block, far(block)))
    }

    /// Does a position lie in the town? None where the town does not say how far it goes.
    pub fn in_town(&self, at: Position) -> Option<bool> {
        if self.border.is_empty() {
            return None;
        }
        // Even-odd over all rings: islands and holes alike. A border is no survey: here floating point is exact enough.
        let crosses = |[x1, y1]: [f64; 2], [x2, y2]: [f64; 2]| {
            (y1 > at.lat) != (y2 > at.lat) && at.lon < (x2 - x1) * (at.lat - y1) / (y2 - y1) + x1
        };
        let edges = self.border.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
        Some(edges.filter(|(a, b)| crosses(**a, **b)).count() % 2 == 1)
    }

    /// Blocks whose names hold what was typed, those that begin with it first.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<&NamedBlock> {
        let typed = plain(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let rank = |block: &NamedBlock| {
            let name = plain(&block.name);
            match name.find(&typed) {
                Some(0) => Some((0, name.chars().count())),
                Some(_) => Some((1, name.chars().count())),
                // An address: the block's name and a number.
                None if typed.contains(&name) => Some((2, usize::MAX - name.chars().count())),
                None => None,
            }
        };
        let mut found: Vec<_> = self.blocks.iter().filter_map(|block| Some((rank(block)?, block))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().take(limit).map(|(_, block)| block).collect()
    }
}

/// A block's name as people type it in any of its spellings: 三丁目 and ３丁目, 緑ヶ丘 and 緑が丘, with and without 大字.
fn plain(name: &str) -> String {
    let name: String = hiragana(&fold(name)).chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.replace("大字", "").replace(['ゖ', 'ヶ', 'ゕ'], "が").replace('け', "が");
    match name.split_once("丁目") {
        Some((before, after)) => format!("{}丁目{after}", counted(before)),
        None => name,
    }
}

/// Turns the number in kanji at the end into digits.
fn counted(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let is_number = |c: char| c == '十' || DIGITS.contains(c);
    let name = text.trim_end_matches(is_number);
    let digit = |c: char| DIGITS.chars().position(|d| d == c);
    let (mut tens, mut ones) = (0, 0);
    for c in text.get(name.len()..).unwrap_or_default().chars() {
        match digit(c) {
            Some(digit) => ones = digit,
            None => (tens, ones) = (ones.max(1), 0),
        }
    }
    match tens * 10 + ones {
        0 => text.into(),
        number => format!("{name}{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(names: &[&str]) -> Blocks {
        let block = |(i, name): (usize, &&str)| NamedBlock {
            id: format!("b{i}"),
            name: (*name).into(),
            at: Position { lat: 34.8 + i as f64 / 100.0, lon: 138.3, approximate: false },
        };
        Blocks { blocks: names.iter().enumerate().map(block).collect(), border: Vec::new() }
    }

    #[test]
    fn a_block_is_found_in_each_spelling_and_by_an_address_in_it() {
        let blocks = blocks(&["川原町三丁目", "川原町十二丁目", "緑ヶ丘一丁目", "大字港町", "本川原町"]);
        let first = |typed: &str| blocks.find(typed, 5).first().map(|block| block.name.as_str());
        for typed in ["川原町3丁目", "川原町３丁目", "川原町三丁目", "川原町3丁目12番地", " 川原町 3 丁目 "]
        {
            assert_eq!(first(typed), Some("川原町三丁目"), "{typed}");
        }
        assert_eq!(first("川原町12丁目"), Some("川原町十二丁目"));
        assert_eq!(first("緑が丘"), Some("緑ヶ丘一丁目"));
        assert_eq!(first("緑ケ丘1丁目"), Some("緑ヶ丘一丁目"));
        assert_eq!(first("港町"), Some("大字港町"));
        assert_eq!(blocks.find("川原町", 5).len(), 3);
        assert_eq!(first("川原町"), Some("川原町三丁目"));
        assert_eq!((first(""), first("ない町")), (None, None));
    }

    #[test]
    fn a_position_is_in_town_when_an_odd_number_of_borders_lies_east_of_it() {
        let mut town = blocks(&["a", "b"]);
        let at = |lat, lon| Position { lat, lon, approximate: false };
        assert_eq!(town.in_town(at(34.5, 138.5)), None);
        let square = |from: f64, to: f64| vec![[from, from], [to, from], [to, to], [from, to]];
        town.border = vec![square(0.0, 10.0), square(4.0, 6.0)];
        assert_eq!(town.in_town(at(2.0, 2.0)), Some(true));
        assert_eq!(town.in_town(at(5.0, 5.0)), Some(false));
        assert_eq!(town.in_town(at(11.0, 5.0)), Some(false));
        let (block, far) = town.nearest(at(34.811, 138.3)).unwrap();
        assert!(block.name == "b" && (100.0..130.0).contains(&far), "{far}");
    }
}
