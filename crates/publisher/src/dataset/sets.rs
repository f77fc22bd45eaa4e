//! The data sets that are known by their heads.

use madoguchi_model::PlaceKind;

use super::columns::Columns;
use super::open_shelter;

/// A data set of places that every town's app knows by name.
#[derive(Debug, PartialEq, Eq)]
pub struct PlaceSet {
    /// The kind of its places.
    pub kind: &'static str,
    /// Any of these groups of heads is its mark; of a group all are needed, `a|b` is either.
    marks: &'static [&'static [&'static str]],
    /// At least three of these heads are its mark too.
    three_of: &'static [&'static str],
    /// The word before all heads.
    prefix: Option<&'static str>,
    /// Words in the file's name that decide where the heads could be any place's.
    files: &'static [&'static str],
}

impl PlaceSet {
    const NONE: PlaceSet = PlaceSet { kind: "", marks: &[], three_of: &[], prefix: None, files: &[] };

    fn marked(&self, columns: &Columns) -> bool {
        let three = self.three_of.iter().filter(|head| columns.has_head(head)).count() >= 3;
        let prefixed = self.prefix.is_some() && self.prefix == columns.prefix.as_deref();
        three || prefixed || has_marks(columns, self.marks)
    }

    fn named(&self, file_name: &str) -> bool {
        let name = file_name.to_lowercase();
        self.files.iter().any(|word| names(&name, word))
    }
}

/// Does a file's name have the word in it? A word of letters must stand alone, else `kaede_park` were a list of AEDs.
fn names(name: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    name.match_indices(word).any(|(at, found)| {
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        let after = name.get(at + found.len()..).unwrap_or("");
        let after = after.strip_prefix('s').unwrap_or(after).chars().next();
        !word.is_ascii() || !(letter(before) || letter(after))
    })
}

/// The data sets, in the order in which they are tried.
pub(super) const SETS: &[PlaceSet] = &[
    PlaceSet { kind: PlaceKind::OPEN_SHELTER, marks: open_shelter::MARKS, ..PlaceSet::NONE },
    PlaceSet {
        kind: PlaceKind::EMERGENCY_SITE,
        marks: &[&["指定避難所との重複"], &["指定避難所との住所同一"], &["対応している災害の種別"]],
        three_of: &[
            "災害種別_洪水",
            "災害種別_崖崩れ、土石流及び地滑り",
            "災害種別_高潮",
            "災害種別_地震",
            "災害種別_津波",
            "災害種別_大規模な火事",
            "災害種別_内水氾濫",
            "災害種別_火山現象",
            "洪水",
            "崖崩れ、土石流及び地滑り",
            "高潮",
            "地震",
            "津波",
            "大規模な火事",
            "内水氾濫",
            "火山現象",
            "flood_L2",
            "sedimentDisaster",
            "stormSurge",
            "earthquake",
            "fire",
        ],
        files: &["evacuation_space", "hinanbasho", "hinanbasyo", "避難場所"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::SHELTER,
        marks: &[
            &["指定緊急避難場所との住所同一"],
            &["指定緊急避難場所との重複"],
            &[
                "開設される災害の種類（地震・津波）|開設される災害の種類（風水害）|開設される災害の種類（土砂災害）",
            ],
            &["避難所タイプ"],
        ],
        files: &["evacuation_shelter", "evacuation_center", "hinanjo", "hinanjyo", "hinannjo", "避難所"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::AED,
        marks: &[&["小児対応設備の有無|equipmentForChildren"]],
        files: &["aed"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::WIFI,
        marks: &[&["SSID"]],
        files: &["wireless_lan", "wifi", "wi-fi", "無線lan"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::TOILET,
        marks: &[
            &["男性トイレ総数|女性トイレ総数|男女共用トイレ総数"],
            &["バリアフリートイレ数|多機能トイレ数"],
            &["totalMensRestroom|multifunctionalRestroom"],
        ],
        files: &["public_toilet", "公衆トイレ"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::MEDICAL,
        marks: &[
            &["診療科目|診療科|medicalSubjects|shinryokamoku"],
            &["医療機関の種類|医療機関コード|medicalCode"],
        ],
        files: &["hospital", "clinic", "医療機関"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::CARE,
        marks: &[&["介護サービス事業所名称"], &["実施サービス", "事業所番号|定員"]],
        files: &["care_service", "kaigo", "介護"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::CHILDCARE,
        marks: &[
            &["一時預かりの有無|病児保育の有無|temporaryKeeping"],
            &["受入年齢|acceptedAge", "収容定員|capacity"],
        ],
        files: &["preschool", "nursery", "kindergarten", "hoikuen", "保育", "幼稚園", "子育て施設"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::TOURISM,
        marks: &[&["料金（基本）|料金（詳細）", "アクセス方法|説明"]],
        prefix: Some("観光ポイント"),
        files: &["tourism", "tourist", "kankou", "観光"],
        ..PlaceSet::NONE
    },
    PlaceSet {
        kind: PlaceKind::PUBLIC_FACILITY,
        marks: &[&["POIコード", "名称_通称|バリアフリー情報"]],
        files: &["public_facility", "publicfacility", "公共施設"],
        ..PlaceSet::NONE
    },
];

/// The data set of a kind.
pub(super) fn of_kind(kind: &str) -> Option<&'static PlaceSet> {
    SETS.iter().find(|set| set.kind == kind)
}

/// The data set that the heads name; of several the one that the file's name names too.
pub(super) fn by_heads(columns: &Columns, file_name: &str) -> Option<&'static PlaceSet> {
    // A list of the shelters open at some hour has the heads of the standard too, and is none of its data sets.
    if has_marks(columns, open_shelter::MARKS) {
        return of_kind(PlaceKind::OPEN_SHELTER);
    }
    let marked = || SETS.iter().filter(|set| set.marked(columns));
    marked().find(|set| set.named(file_name)).or_else(|| marked().next())
}

/// The data set that the file's name names.
pub(super) fn by_file(file_name: &str) -> Option<&'static PlaceSet> {
    SETS.iter().find(|set| set.named(file_name))
}

/// Has the table all heads of any of the groups?
pub(super) fn has_marks(columns: &Columns, marks: &[&[&str]]) -> bool {
    marks.iter().any(|group| group.iter().all(|either| either.split('|').any(|head| columns.has_head(head))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_letters_stands_alone() {
        for name in ["aed", "02-aed", "222127_aed2024", "aed設置場所", "kaigo_aeds"] {
            assert!(names(name, "aed"), "{name}");
        }
        for name in ["kaede_park", "aedes", ""] {
            assert!(!names(name, "aed"), "{name}");
        }
        assert!(names("焼津市指定避難所一覧", "避難所"));
    }
}
