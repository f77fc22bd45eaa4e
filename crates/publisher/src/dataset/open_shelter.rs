//! 避難所の開設状況: lists of the shelters that are open at some hour, and of the people in them.

use madoguchi_model::ShelterStatus;

use super::cells::Cells;
use super::columns::Columns;
use crate::notices::when::{self, When};
use crate::value::flag::{self, Flag};
use crate::value::{is_blank, number, text};

const AS_OF: &[&str] = &["時点", "現在時点", "更新日時", "確認日時"];
const PEOPLE: &[&str] = &["人数", "避難者数", "避難人数", "避難者人数"];
const STATE: &[&str] = &["開設状況", "開設状態"];

/// Both the hour and what is told of it: how many people, or whether it is open.
pub(super) const MARKS: &[&[&str]] = &[
    &["時点|現在時点", "人数|避難者数|避難人数|避難者人数|開設状況|開設状態"],
    &["更新日時|確認日時", "開設状況|開設状態"],
];

const WAREKI: &str = "和暦の日時を西暦にした";
const NO_PEOPLE: &str = "人数が読めないので人数なしとした";
const NO_STATE: &str = "開設状況が空なので開いていないとした";

/// The column at fault, if it is one, and why the row says nothing.
pub(super) type Fault = (Option<usize>, String);

/// What a row says of its shelter. Without an hour it says nothing: it might be of last year.
pub(super) fn status(cells: &mut Cells<'_>, columns: &Columns) -> Result<ShelterStatus, Fault> {
    let hours = columns.find(AS_OF);
    let Some((column, hour)) = cells.first(&hours) else {
        return Err((hours.first().copied(), "時点がありません".into()));
    };
    let as_of = when::read(hour).and_then(When::start);
    let as_of = as_of.ok_or_else(|| (Some(column), format!("「{hour}」は時点として読めません")))?;
    cells.take(column);
    if !text::narrow(hour.trim()).starts_with(|c: char| c.is_ascii_digit()) {
        cells.mends.push(WAREKI);
    }
    Ok(ShelterStatus { open: open(cells, columns)?, people: people(cells, columns), as_of })
}

/// A list without a word for it names those that are open.
fn open(cells: &mut Cells<'_>, columns: &Columns) -> Result<bool, Fault> {
    let states = columns.find(STATE);
    if states.is_empty() {
        return Ok(true);
    }
    let Some((column, state)) = cells.first(&states) else {
        cells.mends.push(NO_STATE);
        return Ok(false);
    };
    let has = |words: &[&str]| words.iter().any(|word| state.contains(word));
    let open = match flag::read(state) {
        Flag::Yes => true,
        Flag::No => false,
        Flag::Partly | Flag::Words if has(&["閉", "未開設", "準備中", "解消", "終了", "予定"]) => {
            false
        }
        Flag::Partly | Flag::Words if has(&["開設", "開所", "開放"]) => true,
        Flag::Partly | Flag::Words => {
            return Err((Some(column), format!("「{state}」では、開いているかどうか分かりません")));
        }
    };
    // 開設(2階のみ) says more than that it is open.
    if matches!(state, "開設" | "開設中" | "閉鎖" | "未開設") || flag::read(state) != Flag::Words {
        cells.take(column);
    }
    Ok(open)
}

fn people(cells: &mut Cells<'_>, columns: &Columns) -> Option<u32> {
    let (column, text) = cells.first(&columns.find(PEOPLE))?;
    if is_blank(text) {
        return None;
    }
    let Some(read) = number::capacity(text) else {
        cells.mends.push(NO_PEOPLE);
        return None;
    };
    if !read.value.more {
        cells.take(column);
    }
    Some(cells.mended(read).people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::import;
    use crate::report::{FileReport, Records};
    use crate::settings::Settings;
    use crate::table::{Limits, Table};
    use madoguchi_model::{Hazard, PlaceKind};

    fn read(text: &str) -> (FileReport, Records) {
        let toml = "code = \"172022\"\nname = { ja = \"七尾市\" }\n[[department]]\nid = \"bosai\"\nname = { ja = \"防災課\" }\n";
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        import("open.csv", &table, &Settings::parse(toml).unwrap(), None)
    }

    #[test]
    fn a_row_says_that_it_is_open_how_many_are_in_it_and_as_of_when() {
        let (report, records) = read(
            "ID,地区,名称,人数,時点,緯度,経度,災害種別_洪水,災害種別_津波,想定収容人数\n\
             CC0000000518,袖ケ江,山王小学校,175,令和6年1月11日午後6時,37.04185,136.97373,1.0,,\"屋内480人／屋外3,350人(面積の1/2)\"\n\
             NEW001,御祓,寄合い処みそぎ,41,令和6年5月29日正午,,,,,\n",
        );
        assert_eq!((report.dataset.as_deref(), report.kept), (Some("open-shelter"), 2));
        assert_eq!(report.mended_by.get(WAREKI), Some(&2));
        let [school, other] = records.places.as_slice() else { panic!("two places") };
        assert_eq!(
            (school.id.as_str(), school.kind.as_str()),
            ("open-shelter:CC0000000518", PlaceKind::OPEN_SHELTER)
        );
        let status = school.status.unwrap();
        assert_eq!((status.open, status.people, school.capacity), (true, Some(175), Some(480)));
        assert_eq!(status.as_of.to_string(), "2024-01-11T09:00:00Z");
        assert_eq!(school.valid_for, [Hazard::Flood]);
        // What the number leaves out stays readable.
        assert_eq!(school.details.len(), 2, "{:?}", school.details);
        assert_eq!((other.position, other.capacity), (None, None));
        assert_eq!(other.status.unwrap().as_of.to_string(), "2024-05-29T03:00:00Z");
    }

    #[test]
    fn a_row_without_an_hour_is_refused_with_its_column() {
        let (report, records) =
            read("名称,人数,時点\n甲,1,きのう\n乙,2,\n丙,3,2026-11-21 18:00\n丁,多数,2026-11-21 18:00\n");
        let refused: Vec<_> =
            report.refused.iter().map(|one| (one.row, one.column.as_deref(), one.why.as_str())).collect();
        assert_eq!(
            refused,
            [(2, Some("時点"), "「きのう」は時点として読めません"), (3, Some("時点"), "時点がありません"),]
        );
        let people: Vec<_> = records.places.iter().map(|place| place.status.unwrap().people).collect();
        assert_eq!((people, report.mended_by.get(NO_PEOPLE)), (vec![Some(3), None], Some(&1)));
        assert_eq!(records.places.last().unwrap().details, [("人数".into(), "多数".into())]);
    }

    #[test]
    fn a_list_may_say_that_one_is_closed() {
        let row = |state: &str| format!("甲{state},{state},2026-11-21 18:00\n");
        let states = ["開設中", "○", "開設（2階のみ）", "閉鎖", "×", "開設予定", "", "満員"];
        let rows: String = states.iter().map(|state| row(state)).collect();
        let (report, records) = read(&format!("名称,開設状況,時点\n{rows}"));
        let open: Vec<bool> = records.places.iter().map(|place| place.status.unwrap().open).collect();
        assert_eq!(open, [true, true, true, false, false, false, false]);
        assert_eq!(report.refused.len(), 1);
        assert_eq!(report.refused.first().and_then(|one| one.column.as_deref()), Some("開設状況"));
        let kept = records.places.iter().filter(|place| !place.details.is_empty()).count();
        assert_eq!(kept, 2, "what is more than a word for it stays");
    }
}
