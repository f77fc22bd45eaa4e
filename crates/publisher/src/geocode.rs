//! Where an address lies, good to a town block: for files without coordinates.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;

use flate2::read::MultiGzDecoder;
use madoguchi_model::{Position, TownCode};

use crate::value::text;

/// A table of all Japan unpacks to 20 MB.
const LIMIT: u64 = 256 << 20;

/// Why a table of town blocks cannot be used. In Japanese, for the town's staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GeocodeError {
    /// It does not unpack, or is too large.
    #[error("住所の表を展開できません: {0}")]
    Unpack(String),
    /// It lacks a column.
    #[error("住所の表に{0}の列がありません(lgcode,pref,city,town,koaza,lat,lngが要ります)")]
    Column(&'static str),
    /// A line is no CSV.
    #[error("住所の表を読めません: {0}")]
    Csv(String),
    /// It knows no block of this town.
    #[error("住所の表に、この自治体({0})の町字がありません")]
    NoTown(String),
}

/// A block of one town, as its table names it.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockRow {
    /// Its name with that of its ward, without the town's.
    pub name: String,
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// The blocks of one town by name.
#[derive(Debug, Clone, Default)]
pub struct Geocoder {
    prefectures: BTreeSet<String>,
    cities: BTreeSet<String>,
    blocks: HashMap<String, Block>,
    longest: usize,
    rows: Vec<BlockRow>,
}

/// A block (大字, 町), its numbered parts (丁目), and the middle of all that is called so.
#[derive(Debug, Clone, Default)]
struct Block {
    itself: Option<(f64, f64)>,
    parts: BTreeMap<u32, (f64, f64)>,
    sum: (f64, f64),
    counted: u32,
}

impl Block {
    fn count(&mut self, (lat, lon): (f64, f64)) {
        self.sum = (self.sum.0 + lat, self.sum.1 + lon);
        self.counted += 1;
    }

    fn middle(&self) -> Option<(f64, f64)> {
        let n = f64::from(self.counted);
        (self.counted > 0).then(|| (self.sum.0 / n, self.sum.1 / n))
    }
}

impl Geocoder {
    /// Reads `lgcode,pref,city,town,koaza,lat,lng`, gzipped or not, and keeps what belongs to the town: the rows of its
    /// code, and those of its wards (横浜市鶴見区 for 横浜市), which have codes of their own.
    pub fn read(bytes: &[u8], code: &TownCode, name: &str) -> Result<Self, GeocodeError> {
        let unpacked;
        let bytes = if bytes.starts_with(&[0x1F, 0x8B]) {
            unpacked = unpack(bytes)?;
            &unpacked
        } else {
            bytes
        };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let heads = reader.headers().map_err(|error| GeocodeError::Csv(error.to_string()))?.clone();
        let column = |name: &'static str| {
            let found = heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name);
            found.ok_or(GeocodeError::Column(name))
        };
        let (lgcode, pref, city) = (column("lgcode")?, column("pref")?, column("city")?);
        let (town, koaza) = (column("town")?, column("koaza")?);
        let (lat, lng) = (column("lat")?, column("lng")?);
        let ward = |of: &str, row: &str| {
            row.get(..2) == code.as_str().get(..2)
                && of.len() > name.len()
                && !name.is_empty()
                && of.starts_with(name)
        };

        let mut coder = Geocoder::default();
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| GeocodeError::Csv(error.to_string()))? {
            let cell = |column: usize| record.get(column).unwrap_or("").trim();
            let own = cell(lgcode) == code.as_str();
            if !own && !ward(cell(city), cell(lgcode)) {
                continue;
            }
            if let (Ok(lat), Ok(lon)) = (cell(lat).parse(), cell(lng).parse()) {
                let within = if own { "" } else { cell(city).get(name.len()..).unwrap_or("") };
                coder.prefectures.insert(fold(cell(pref)));
                coder.cities.insert(fold(if own { cell(city) } else { name }));
                let (town, koaza) = (format!("{within}{}", cell(town)), cell(koaza));
                coder.rows.push(BlockRow { name: format!("{town}{koaza}"), lat, lon });
                coder.add(&town, koaza, (lat, lon));
            }
        }
        if coder.blocks.is_empty() {
            return Err(GeocodeError::NoTown(code.to_string()));
        }
        coder.longest = coder.blocks.keys().map(|name| name.chars().count()).max().unwrap_or(0);
        Ok(coder)
    }

    /// Its blocks, in the order of the table.
    pub fn rows(&self) -> &[BlockRow] {
        &self.rows
    }

    fn add(&mut self, town: &str, koaza: &str, point: (f64, f64)) {
        let town = fold(town);
        let (base, part) = split_part(&town);
        let block = self.blocks.entry(base.into()).or_default();
        block.count(point);
        match part {
            Some(part) if koaza.is_empty() => {
                block.parts.entry(part).or_insert(point);
            }
            None if koaza.is_empty() => block.itself = block.itself.or(Some(point)),
            _ => {
                let small = self.blocks.entry(format!("{town}{}", fold(koaza))).or_default();
                small.itself = small.itself.or(Some(point));
                small.count(point);
            }
        }
    }

    /// The middle of the smallest block that the address names. None where it names no block of this town.
    pub fn lookup(&self, address: &str) -> Option<Position> {
        let folded = fold(address);
        let address = self.within_town(&folded);
        let ends: Vec<usize> =
            address.char_indices().map(|(i, c)| i + c.len_utf8()).take(self.longest).collect();
        let (block, rest) = ends.into_iter().rev().find_map(|end| {
            let (name, rest) = address.split_at_checked(end)?;
            Some((self.blocks.get(name)?, rest))
        })?;
        let part = text::leading_number(rest).filter(|(_, rest)| {
            rest.is_empty() || rest.starts_with("丁目") || rest.starts_with('-') || rest.starts_with('の')
        });
        let numbered = part.and_then(|(number, _)| block.parts.get(&number).copied());
        let (lat, lon) = numbered.or(block.itself).or_else(|| block.middle())?;
        Some(Position { lat, lon, approximate: true })
    }

    /// The address from the town's name on, as far as it says prefecture and town at all.
    fn within_town<'a>(&self, address: &'a str) -> &'a str {
        let address = match address.strip_prefix('〒') {
            Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-'),
            None => address,
        };
        let address =
            self.prefectures.iter().find_map(|name| address.strip_prefix(name.as_str())).unwrap_or(address);
        let city = self.cities.iter().find_map(|city| {
            // 耶麻郡猪苗代町 is also written 猪苗代町.
            let short = city.split_once('郡').map_or(city.as_str(), |(_, town)| town);
            address.strip_prefix(city.as_str()).or_else(|| address.strip_prefix(short))
        });
        city.unwrap_or(address)
    }
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, GeocodeError> {
    let mut unpacked = Vec::new();
    let mut limited = MultiGzDecoder::new(bytes).take(LIMIT + 1);
    limited.read_to_end(&mut unpacked).map_err(|error| GeocodeError::Unpack(error.to_string()))?;
    if unpacked.len() as u64 > LIMIT {
        return Err(GeocodeError::Unpack(format!("{LIMIT}バイトを超えます")));
    }
    Ok(unpacked)
}

/// `本町5丁目` -> `本町` and 5.
fn split_part(name: &str) -> (&str, Option<u32>) {
    let numbered = name.strip_suffix("丁目").and_then(|rest| {
        let base = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((base, rest.strip_prefix(base)?.parse().ok()?)).filter(|(base, _)| !base.is_empty())
    });
    numbered.map_or((name, None), |(base, part)| (base, Some(part)))
}

/// Folds an address: width, 大字 and 字, ヶ and が, の and ノ make no difference, and 三丁目 is 3丁目.
fn fold(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in text::key(address).replace("大字", "").chars() {
        match c {
            '字' => {}
            'ヶ' | 'ヵ' | 'が' | 'ガ' | 'け' => out.push('ケ'),
            'ノ' | '之' | '乃' => out.push('の'),
            c => out.push(c),
        }
    }
    match out.split_once("丁目") {
        Some((before, after)) => {
            let base = before.trim_end_matches(|c| "一二三四五六七八九十".contains(c));
            let number = before.strip_prefix(base).and_then(kanji_number);
            number.map_or(out.clone(), |number| format!("{base}{number}丁目{after}"))
        }
        None => out,
    }
}

/// 一 to 九十九.
fn kanji_number(text: &str) -> Option<usize> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|n| n + 1);
    let single = |text: &str| {
        let mut chars = text.chars();
        digit(chars.next()?).filter(|_| chars.next().is_none())
    };
    match text.split_once('十') {
        None => single(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens)? };
            let ones = if ones.is_empty() { 0 } else { single(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "lgcode,pref,city,town,koaza,lat,lng\n\
        222127,静岡県,焼津市,本町一丁目,,34.1,138.1\n\
        222127,静岡県,焼津市,本町五丁目,,34.5,138.5\n\
        222127,静岡県,焼津市,大覚寺,,34.80,138.80\n\
        222127,静岡県,焼津市,大覚寺三丁目,,34.83,138.83\n\
        222127,静岡県,焼津市,大字鰯ケ島,,34.6,138.6\n\
        222127,静岡県,焼津市,下江留,,34.70,138.70\n\
        222127,静岡県,焼津市,下江留,中,34.71,138.71\n\
        222127,静岡県,焼津市,本中根,,34.9,138.9\n\
        222119,静岡県,磐田市,本町,,34.0,138.0\n";

    fn coder() -> Geocoder {
        Geocoder::read(TABLE.as_bytes(), &"222127".parse().unwrap(), "焼津市").unwrap()
    }

    fn lat(address: &str) -> Option<f64> {
        coder().lookup(address).map(|position| position.lat)
    }

    #[test]
    fn the_numbered_part_is_found_in_every_way_of_writing() {
        for address in [
            "静岡県焼津市本町五丁目6-1",
            "焼津市本町5丁目6番1号",
            "本町５－６－１",
            "〒425-0022 静岡県 焼津市本町5−6−1　アトレ1階",
        ] {
            assert_eq!(lat(address), Some(34.5), "{address}");
        }
        assert_eq!(lat("焼津市大覚寺3-2-2"), Some(34.83));
        assert_eq!(lat("焼津市大覚寺330"), Some(34.80));
        assert_eq!(lat("焼津市鰯ヶ島136-24"), Some(34.6));
        assert_eq!(lat("焼津市下江留字中12"), Some(34.71));
        assert_eq!(lat("焼津市本中根1"), Some(34.9));
        assert!(coder().lookup("焼津市本町5-6-1").is_some_and(|position| position.approximate));
    }

    #[test]
    fn a_block_without_its_number_is_the_middle_and_another_town_is_none() {
        assert!(lat("焼津市本町").is_some_and(|lat| (lat - 34.3).abs() < 1e-9));
        assert_eq!(lat("静岡県磐田市本町1"), None);
        assert_eq!(lat("焼津市"), None);
        assert_eq!(lat(""), None);
        assert!(matches!(
            Geocoder::read(TABLE.as_bytes(), &"122319".parse().unwrap(), "印西市"),
            Err(GeocodeError::NoTown(_))
        ));
        assert!(matches!(
            Geocoder::read(b"a,b\n", &"122319".parse().unwrap(), "印西市"),
            Err(GeocodeError::Column("lgcode"))
        ));
    }

    #[test]
    fn wards_belong_to_their_city() {
        let table =
            "lgcode,pref,city,town,koaza,lat,lng\n141011,神奈川県,横浜市鶴見区,本町通一丁目,,35.5,139.6\n";
        let coder = Geocoder::read(table.as_bytes(), &"141003".parse().unwrap(), "横浜市").unwrap();
        assert!(coder.lookup("神奈川県横浜市鶴見区本町通1-2").is_some());
    }

    #[test]
    fn kanji_numbers() {
        assert_eq!(
            ["一", "九", "十", "十二", "二十", "三十一", "", "百"].map(kanji_number),
            [Some(1), Some(9), Some(10), Some(12), Some(20), Some(31), None, None]
        );
    }
}
