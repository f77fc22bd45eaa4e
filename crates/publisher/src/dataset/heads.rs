//! The words by which columns of places are known: the standard of both editions, GSI's, LinkData's English, and local ones.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use crate::value::{head::fold, weekdays};

/// What a column says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// The place's own number or code.
    Id,
    /// The number of the row, which serves as an id where there is no other.
    RowNumber,
    Name,
    Kana,
    English,
    Category,
    Address,
    Prefecture,
    City,
    /// 町字, with or without what follows.
    Block,
    /// 番地以下.
    Lot,
    Building,
    Spot,
    Lat,
    Lon,
    /// Latitude and longitude in one cell.
    LatLon,
    Phone,
    Url,
    Days,
    Opens,
    Closes,
    /// Hours in words that need no label.
    HoursWords,
    /// Hours in words that need their head to be understood (定休日).
    HoursLabelled,
    Capacity,
    Description,
    /// Dangers in one cell, in words.
    Dangers,
    /// Codes and names of the town itself, and of the reference system: said elsewhere. (The last of all.)
    Redundant,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = Field::Redundant as usize + 1;
}

/// The heads of each field, the best first.
const FIELDS: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &[
            "共通ID",
            "全国共通避難所・避難場所ID",
            "ID",
            "identification",
            "登録番号",
            "施設番号",
            "管理番号",
            "事業所番号",
            "医療機関コード",
            "番号",
        ],
    ),
    (Field::RowNumber, &["NO", "No.", "OBJECTID", "FID", "#", "#property", "通し番号", "連番"]),
    (
        Field::Name,
        &[
            "名称",
            "施設名称",
            "施設名",
            "施設・場所名",
            "登録施設名",
            "name",
            "名前",
            "施設の名称",
            "指定暑熱避難施設の名称",
            "介護サービス事業所名称",
            "事業所名称",
            "事業所名",
            "医療機関名称",
            "医療機関名",
            "避難先名称",
            "避難場所名",
            "避難所名",
            "学校名称",
            "学校名",
            "園名",
            "公園名",
            "農園名",
            "店舗名",
            "スポット名",
            "場所名称",
            "設置場所名",
        ],
    ),
    (
        Field::Kana,
        &[
            "名称_カナ",
            "名称（カナ）",
            "名称_フリガナ",
            "名称（かな）",
            "施設名_カナ",
            "施設名（かな）",
            "介護サービス事業所名称_カナ",
            "フリガナ",
            "ふりがな",
            "カナ",
            "よみ",
            "fullNameInKana",
        ],
    ),
    (
        Field::English,
        &[
            "名称_英語",
            "名称_英字",
            "名称（英字）",
            "名称（英語）",
            "介護サービス事業所名称_英字",
            "name_en",
            "fullNameInRomaji",
        ],
    ),
    (
        Field::Category,
        &[
            "小分類",
            "区分2",
            "種別",
            "種類",
            "区分",
            "業種",
            "医療機関の種類",
            "実施サービス",
            "避難種別",
            "施設種別",
            "施設の種類",
            "カテゴリ",
            "カテゴリー",
            "category",
            "category3",
            "category2",
            "category1",
            "大分類",
            "区分1",
            "分類",
            "市独自区分",
        ],
    ),
    (Field::Address, &["所在地_連結表記", "住所", "所在地", "address", "所在地住所", "住所（番地まで）"]),
    (Field::Prefecture, &["所在地_都道府県", "都道府県名", "都道府県", "pref"]),
    (Field::City, &["所在地_市区町村", "市区町村名", "市区町村", "市町村名", "city"]),
    (Field::Block, &["所在地_町字", "所在地_町字以下", "町字"]),
    (Field::Lot, &["所在地_番地以下", "番地以下"]),
    (Field::Building, &["建物名等(方書)", "方書", "建物名等", "建物名", "katagaki"]),
    (Field::Spot, &["設置位置", "設置場所", "installationPosition"]),
    (Field::Lat, &["緯度", "latitude", "lat", "世界_10進_Y", "緯度（世界測地系）", "Y", "Y座標"]),
    (
        Field::Lon,
        &["経度", "longitude", "lon", "lng", "long", "世界_10進_X", "経度（世界測地系）", "X", "X座標"],
    ),
    (Field::LatLon, &["緯度経度", "緯度・経度", "緯度,経度", "緯度経度（世界測地系）", "latlng", "latlon"]),
    (
        Field::Phone,
        &[
            "電話番号",
            "施設電話番号",
            "連絡先電話番号",
            "電話",
            "TEL",
            "telephoneNumber",
            "telephone",
            "phone",
            "問合せ先電話番号",
        ],
    ),
    (Field::Url, &["URL", "HP", "ホームページ", "ホームページURL", "公園HPアドレス", "施設URL", "Webサイト"]),
    (Field::Days, &["利用可能曜日", "診療曜日", "availableDate", "開館曜日", "営業曜日"]),
    (Field::Opens, &["開始時間", "利用開始時間", "診療開始時間", "開始時刻", "startTime", "開館時間_開始"]),
    (Field::Closes, &["終了時間", "利用終了時間", "診療終了時間", "終了時刻", "endTime", "開館時間_終了"]),
    (
        Field::HoursWords,
        &[
            "利用可能日時特記事項",
            "利用可能時間特記事項",
            "診療日時特記事項",
            "利用可能曜日特記事項",
            "availableDateNote",
            "指定暑熱避難施設を開放することができる日及び時間帯特記事項",
        ],
    ),
    (
        Field::HoursLabelled,
        &[
            "提供時間",
            "開館時間",
            "営業時間",
            "開所時間",
            "開設時間",
            "利用時間",
            "利用可能時間",
            "受付時間",
            "診療時間",
            "休館日",
            "定休日",
            "休業日",
            "休診日",
            "開設日",
            "営業日",
            "開館日",
        ],
    ),
    (
        Field::Capacity,
        &[
            "想定収容人数",
            "収容人数",
            "収容定員",
            "定員",
            "capacity",
            "最大収容人数",
            "受入可能人数",
            "指定暑熱避難施設の開放により受け入れることが可能であると見込まれる人数",
        ],
    ),
    (Field::Description, &["説明", "紹介文", "公園紹介文", "施設説明", "概要", "description"]),
    (Field::Dangers, &["対応している災害の種別", "対象災害", "対応災害", "災害種別", "対象とする災害"]),
    (
        Field::Redundant,
        &[
            "都道府県コード又は市区町村コード",
            "全国地方公共団体コード",
            "所在地_全国地方公共団体コード",
            "市区町村コード",
            "団体コード",
            "地方公共団体コード",
            "都道府県コード",
            "prefCode",
            "地方公共団体名",
            "都道府県名及び市町村名",
            "町字ID",
            "座標参照系",
            "座標参照系コード",
            "言語コード",
        ],
    ),
];

static BY_HEAD: LazyLock<HashMap<String, (Field, usize)>> = LazyLock::new(|| {
    let each = |(field, heads): &(Field, &'static [&'static str])| {
        let field = *field;
        heads.iter().enumerate().map(move |(rank, head)| (fold(head), (field, rank)))
    };
    FIELDS.iter().flat_map(each).collect()
});

/// What a folded head says, and how good a word for it that is (0 is best).
pub(super) fn field(head: &str) -> Option<(Field, usize)> {
    /// Behind every word that is known exactly.
    const GUESSED: usize = 1000;
    if let Some(known) = BY_HEAD.get(head) {
        return Some(*known);
    }
    let begins = |with: &[&str]| with.iter().any(|with| head.starts_with(with));
    let guess = match () {
        () if begins(&["緯度経度", "経度緯度"]) => return None,
        () if begins(&["緯度", "北緯"]) => Field::Lat,
        () if begins(&["経度", "東経"]) => Field::Lon,
        () if begins(&["住所(", "所在地("]) => Field::Address,
        () if begins(&["想定収容人数", "収容人数", "収容定員"]) => Field::Capacity,
        () if head.ends_with("電話番号") => Field::Phone,
        () if head.ends_with("団体コ-ド") || head.ends_with("座標参照系コ-ド") => Field::Redundant,
        // 設備_ID, and the row keys of GIS exports (OBJHTMID).
        () if head.ends_with("id") && begins(&["施設", "設備", "地物"]) => Field::Id,
        () if head.ends_with("id") && begins(&["obj"]) => Field::RowNumber,
        () => return None,
    };
    Some((guess, GUESSED))
}

/// Heads that end like a name and are none of the place itself.
const NO_NAMES: &[&str] = &[
    "団体名",
    "公共団体名",
    "法人名",
    "法人の名称",
    "レイヤ名",
    "連絡先名称",
    "管理者名",
    "部署名",
    "課名",
    "路線名",
    "ファイル名",
    "郡名",
    "行政区名",
    "代表者名",
    "設置者名",
    "町名",
    "町字名",
    "地区名",
    "大字名",
    "区名",
    "都道府県名",
    "市区町村名",
    "市町村名",
    "通称名",
    "氏名",
    "曜日名",
    "品名",
    "品目名",
];

/// Does a folded head end like the name of a place (〇〇名, 〇〇の名称)?
pub(super) fn like_a_name(head: &str) -> bool {
    let ends = head.ends_with('名') || head.ends_with("名称");
    ends && !NO_NAMES.iter().any(|none| head.ends_with(none))
}

/// From or to on one weekday (`日曜開放開始時刻`, `月曜日_終了時間`).
pub(super) fn weekday_hour(head: &str) -> Option<(Weekday, Field)> {
    let mut chars = head.chars();
    let day = weekdays::of_char(chars.next()?)?;
    if chars.next() != Some('曜') {
        return None;
    }
    match () {
        () if head.contains("開始時") => Some((day, Field::Opens)),
        () if head.contains("終了時") => Some((day, Field::Closes)),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_head_stands_for_two_fields() {
        let all: Vec<String> =
            FIELDS.iter().flat_map(|(_, heads)| heads.iter().map(|head| fold(head))).collect();
        assert_eq!(all.len(), BY_HEAD.len());
    }

    #[test]
    fn heads_of_both_editions_and_local_ones() {
        let is = |head: &str| field(&fold(head)).map(|(field, _)| field);
        assert_eq!(is("都道府県コ―ド又は市区町村コ―ド"), Some(Field::Redundant));
        assert_eq!(is("住所（位置情報）"), Some(Field::Address));
        assert_eq!(is("経度：東経（世界測地系10進法）"), Some(Field::Lon));
        assert_eq!(is("収容人数(0.7*0.7)指数o.8"), Some(Field::Capacity));
        assert_eq!(is("OBJHTMID"), Some(Field::RowNumber));
        assert_eq!(is("備考"), None);
        assert_eq!(is("FAX番号"), None);
        assert!(like_a_name(&fold("要配慮者利用施設名称")) && !like_a_name(&fold("地方公共団体名")));
        assert_eq!(weekday_hour(&fold("日曜開放開始時刻")), Some((Weekday::Sunday, Field::Opens)));
        assert_eq!(weekday_hour(&fold("日時")), None);
    }
}
