//! Tables of places.

use madoguchi_model::{Place, PlaceKind};

use super::cells::Cells;
use super::columns::Columns;
use super::heads::Field;
use super::id::{self, Ids};
use super::{evacuation, hours, open_shelter};
use crate::geocode::Geocoder;
use crate::report::{FileReport, Records, Refusal};
use crate::table::{Row, Table};
use crate::value::{is_blank, number};

const NAMELESS: &str = "名称がないので住所を名前にした";
const BAD_POINT: &str = "座標が読めないので位置なしとした";
const SAME_ID: &str = "名前も場所も同じ行をIDの番号で区別した";

/// What a table's rows become.
pub(super) struct Target<'a> {
    /// The kind of the places.
    pub kind: String,
    /// One of the standard's data sets, which needs no coordinates.
    pub standard: bool,
    /// The town's name, which is no detail of any place.
    pub town: &'a str,
}

/// Makes places of a table's rows.
pub(super) fn import(
    table: &Table,
    columns: &Columns,
    target: &Target<'_>,
    geocoder: Option<&Geocoder>,
    report: &mut FileReport,
    records: &mut Records,
) {
    let mut reader =
        Reader { table, columns, target, geocoder, id: columns.id(&table.rows), ids: Ids::default() };
    for row in &table.rows {
        match reader.read(row) {
            Ok((places, mends)) => {
                report.kept += 1;
                mends.iter().for_each(|why| report.mend(why));
                records.places.extend(places);
            }
            Err(refusal) => report.refused.push(refusal),
        }
    }
    let placed = records.places.iter().any(|place| place.position.is_some());
    if !target.standard && !placed && report.refused.is_empty() && !table.rows.is_empty() {
        records.places.clear();
        report.why = Some("緯度・経度の列に値がありません".into());
        return;
    }
    report.dataset = Some(target.kind.clone());
}

struct Reader<'a> {
    table: &'a Table,
    columns: &'a Columns,
    target: &'a Target<'a>,
    geocoder: Option<&'a Geocoder>,
    id: Option<usize>,
    ids: Ids,
}

impl Reader<'_> {
    /// The place that a row is: two places where it says that it is of two kinds.
    fn read(&mut self, row: &Row) -> Result<(Vec<Place>, Vec<&'static str>), Refusal> {
        let mut cells = Cells::new(row, self.columns, self.table);
        let refuse = |column: Option<usize>, why: &str, cells: &Cells<'_>| Refusal {
            row: row.line,
            column: column.map(|column| cells.head(column).into()),
            why: why.into(),
        };
        let name = cells.field(Field::Name);
        let address = cells.address();
        let own_name = name.clone();
        let Some(name) = name.or_else(|| address.clone()) else {
            return Err(refuse(None, "名称も住所もありません", &cells));
        };
        if own_name.is_none() {
            cells.mends.push(NAMELESS);
        }
        let position = match cells.position(address.as_deref(), self.geocoder) {
            Ok(None) if !self.target.standard && own_name.is_none() => {
                return Err(refuse(None, "名称も座標もありません", &cells));
            }
            Ok(position) => position,
            Err(_) if self.target.standard => {
                cells.mends.push(BAD_POINT);
                None
            }
            Err((column, why)) => return Err(refuse(Some(column), why, &cells)),
        };
        let status = match (self.target.kind == PlaceKind::OPEN_SHELTER)
            .then(|| open_shelter::status(&mut cells, self.columns))
            .transpose()
        {
            Ok(status) => status,
            Err((column, why)) => return Err(refuse(column, &why, &cells)),
        };
        let kinds = self.kinds(row);
        let mut place = Place {
            id: String::new(),
            kind: PlaceKind::new(""),
            kana: cells.field(Field::Kana),
            name_en: cells.field(Field::English),
            category: self.category(&mut cells),
            building: building(&mut cells),
            phone: cells.phone(),
            url: cells.link(self.columns.all(Field::Url)),
            hours: hours::read(&mut cells, self.columns),
            valid_for: Vec::new(),
            capacity: capacity(&mut cells, self.columns),
            status,
            description: cells.field(Field::Description),
            details: Vec::new(),
            source: 0,
            name,
            address,
            position,
        };
        let own_id = self.own_id(&mut cells, &place);
        let mut places = Vec::with_capacity(kinds.len());
        for kind in kinds {
            let (dangers, said) = match kind.as_str() {
                PlaceKind::EMERGENCY_SITE | PlaceKind::SHELTER => {
                    evacuation::dangers(row, self.columns, &kind)
                }
                // What a list of an hour says of dangers, it says of them as places to flee to.
                PlaceKind::OPEN_SHELTER => evacuation::dangers(row, self.columns, PlaceKind::EMERGENCY_SITE),
                _ => Default::default(),
            };
            said.iter().for_each(|column| cells.take(*column));
            let (id, again) = self.ids.give(&kind, &own_id);
            if again {
                cells.mends.push(SAME_ID);
            }
            place.id = id;
            place.kind = PlaceKind(kind);
            place.valid_for = dangers;
            place.details = cells.details(self.target.town);
            places.push(place.clone());
        }
        Ok((places, cells.mends))
    }

    /// The kinds of a row: what the row itself says between where to flee to and where to stay, else the table's.
    fn kinds(&self, row: &Row) -> Vec<String> {
        let own = if is_evacuation(&self.target.kind) {
            evacuation::kinds_of_row(row, self.columns)
        } else {
            Vec::new()
        };
        if own.is_empty() {
            vec![self.target.kind.clone()]
        } else {
            own.into_iter().map(String::from).collect()
        }
    }

    fn category(&self, cells: &mut Cells<'_>) -> Option<String> {
        // Map servers write the name of the whole layer (オープンデータ_AED設置個所一覧) into each row's 分類.
        let own = |column: &usize| !cells.row.get(*column).starts_with("オープンデータ");
        let columns: Vec<usize> = self.columns.all(Field::Category).iter().copied().filter(own).collect();
        cells.text(&columns)
    }

    /// The file's own id, else a hash of what the place is. A looked-up position is no part of it: a better table would
    /// give the place another name.
    fn own_id(&self, cells: &mut Cells<'_>, place: &Place) -> String {
        let own = self.id.map(|column| (column, cells.row.get(column))).filter(|(_, id)| !is_blank(id));
        if let Some((column, own)) = own {
            cells.take(column);
            return own.into();
        }
        let at = place.position.filter(|at| !at.approximate);
        let at = at.map_or(String::new(), |at| format!("{:.6},{:.6}", at.lat, at.lon));
        id::hash(&[&place.name, place.address.as_deref().unwrap_or(""), &at])
    }
}

fn is_evacuation(kind: &str) -> bool {
    kind == PlaceKind::EMERGENCY_SITE || kind == PlaceKind::SHELTER
}

/// Building or floor, and where in it the thing stands.
fn building(cells: &mut Cells<'_>) -> Option<String> {
    let parts = [cells.field(Field::Building), cells.field(Field::Spot)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn capacity(cells: &mut Cells<'_>, columns: &Columns) -> Option<u32> {
    let (column, text) = cells.first(columns.all(Field::Capacity))?;
    let read = number::capacity(text)?;
    if !read.value.more {
        cells.take(column);
    }
    Some(cells.mended(read).people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Limits;
    use madoguchi_model::Hazard;

    fn read(text: &str, kind: &str, standard: bool) -> (FileReport, Records) {
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        let (mut report, mut records) = (FileReport::new("x.csv"), Records::default());
        let target = Target { kind: kind.into(), standard, town: "焼津市" };
        import(&table, &Columns::of(&table), &target, None, &mut report, &mut records);
        (report, records)
    }

    fn one(text: &str, kind: &str) -> Place {
        read(text, kind, true).1.places.into_iter().next().unwrap()
    }

    #[test]
    fn every_column_has_its_place_and_the_others_are_details() {
        let place = one(
            "NO,市区町村コード,市区町村名,名称,名称_カナ,住所,方書,緯度,経度,電話番号,URL,洪水,津波,想定収容人数,備考,標高\n\
             7,222127,焼津市,甲小学校,ｺｳ,焼津市本町1,体育館,34.8,138.3,(054)626-1139,http://a.jp/,○,△,\"2,054人\",-,3.5\n",
            "emergency-site",
        );
        assert_eq!(place.id, "emergency-site:7");
        assert_eq!((place.name.as_str(), place.kana.as_deref()), ("甲小学校", Some("コウ")));
        assert_eq!(place.building.as_deref(), Some("体育館"));
        assert_eq!(place.phone.as_deref(), Some("054-626-1139"));
        assert_eq!(place.url.map(String::from).as_deref(), Some("https://a.jp/"));
        assert_eq!(place.valid_for, [Hazard::Flood]);
        assert_eq!(place.capacity, Some(2054));
        assert_eq!(place.details, [("津波".into(), "△".into()), ("標高".into(), "3.5".into())]);
    }

    #[test]
    fn what_cannot_be_read_stays_a_detail() {
        let place = one(
            "名称,電話番号,URL,想定収容人数,緯度,経度\n甲,本園に連絡,なし,屋内480人／屋外20人,不明,138\n",
            "shelter",
        );
        assert_eq!((place.capacity, place.phone, place.position), (Some(480), None, None));
        assert_eq!(place.details.len(), 5);
    }

    #[test]
    fn a_standard_place_needs_no_position_and_a_layer_does() {
        let bad = "名称,緯度,経度\n甲,0,0\n乙,34.8,138.3\n丙,,\n";
        let (report, records) = read(bad, "medical", true);
        assert_eq!((report.kept, records.places.len()), (3, 3));
        assert_eq!(report.mended_by.get(BAD_POINT), Some(&1));
        let (report, records) = read(bad, "well", false);
        assert_eq!((report.kept, records.places.len()), (2, 2));
        assert_eq!(
            report.refused.first().map(|refusal| (refusal.row, refusal.column.as_deref())),
            Some((2, Some("緯度")))
        );
        let (report, _) = read("名称,緯度,経度\n甲,,\n", "well", false);
        assert!(report.dataset.is_none() && report.why.is_some());
    }

    #[test]
    fn the_address_serves_as_a_name_and_nothing_at_all_is_refused() {
        let (report, records) =
            read("登録番号,名称,住所,緯度,経度\n1,,本町1,34.8,138.3\n2,,,34.8,138.3\n", "well", false);
        assert_eq!(records.places.first().map(|place| place.name.as_str()), Some("本町1"));
        assert_eq!(report.mended_by.get(NAMELESS), Some(&1));
        assert_eq!(report.refused.first().map(|refusal| refusal.row), Some(3));
    }

    #[test]
    fn two_kinds_in_one_table_are_kept_apart() {
        let text = "種類,施設名,緯度,経度\n広域避難場所,甲,34.8,138.3\n指定避難所,乙,34.8,138.3\n指定緊急避難場所・指定避難所,丙,34.8,138.3\n";
        let (report, records) = read(text, "shelter", true);
        let kinds: Vec<&str> = records.places.iter().map(|place| place.kind.as_str()).collect();
        assert_eq!(kinds, ["emergency-site", "shelter", "emergency-site", "shelter"]);
        assert_eq!((report.kept, report.dataset.as_deref()), (3, Some("shelter")));
    }

    #[test]
    fn ids_are_the_files_own_or_follow_from_the_place() {
        let ids = |text: &str| {
            read(text, "aed", true).1.places.into_iter().map(|place| place.id).collect::<Vec<_>>()
        };
        assert_eq!(ids("ID,名称\nA-1,甲\nA-2,乙\n"), ["aed:A-1", "aed:A-2"]);
        let hashed = ids("ID,名称,住所\nA-1,甲,本町1\nA-1,乙,本町1\nA-1,甲,本町1\n");
        assert_eq!(hashed, ids("名称,住所\n甲,本町１\n乙,本町１\n甲,本町１\n"));
        assert_eq!(hashed.last().map(|id| id.ends_with("-2")), Some(true));
    }

    #[test]
    fn an_address_in_parts_is_put_together() {
        let place = one(
            "名称,所在地_都道府県,所在地_市区町村,所在地_町字,所在地_番地以下\n甲,静岡県,焼津市,石津,728番地2\n",
            "toilet",
        );
        assert_eq!(place.address.as_deref(), Some("静岡県焼津市石津728番地2"));
        assert!(place.details.is_empty());
    }
}
