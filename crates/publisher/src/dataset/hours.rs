//! When a place is open: hours by weekday where the columns have them, and whatever else they say in the town's words.

use jiff::civil::{Time, Weekday};
use madoguchi_model::{OpeningHours, WeekHours};

use super::cells::Cells;
use super::columns::Columns;
use super::heads::Field;
use crate::value::{is_blank, time, weekdays};

/// The opening hours of a row, if it says any.
pub(super) fn read(cells: &mut Cells<'_>, columns: &Columns) -> Option<OpeningHours> {
    let mut hours = OpeningHours::default();
    let mut notes: Vec<String> = Vec::new();
    by_weekday(cells, columns, &mut hours);
    common(cells, columns, &mut hours, &mut notes);
    for column in columns.all(Field::HoursWords) {
        notes.extend(words(cells, *column));
    }
    for column in columns.all(Field::HoursLabelled) {
        let head = cells.head(*column).trim();
        notes.extend(words(cells, *column).map(|text| format!("{head}：{text}")));
    }
    hours.note = (!notes.is_empty()).then(|| notes.join("\n"));
    (!hours.week.is_empty() || hours.note.is_some()).then_some(hours)
}

fn words(cells: &mut Cells<'_>, column: usize) -> Option<String> {
    let text = cells.row.get(column);
    cells.take(column);
    (!is_blank(text)).then(|| text.to_string())
}

/// A column of hours for each weekday.
fn by_weekday(cells: &mut Cells<'_>, columns: &Columns, hours: &mut OpeningHours) {
    for (opens, day, _) in columns.week.iter().filter(|(_, _, field)| *field == Field::Opens) {
        let closes = columns.week.iter().find(|(_, other, field)| other == day && *field == Field::Closes);
        let Some((closes, _, _)) = closes else { continue };
        let (from, to) = (time::read(cells.row.get(*opens)), time::read(cells.row.get(*closes)));
        if let (Some(from), Some(to)) = (from, to) {
            cells.take(*opens);
            cells.take(*closes);
            let open = cells.mended(from);
            let close = cells.mended(to);
            hours.week.insert(code(*day).into(), WeekHours { open, close });
        }
    }
}

/// One column each for the days, the opening and the closing. What cannot be put into a week stays as it was written.
fn common(cells: &mut Cells<'_>, columns: &Columns, hours: &mut OpeningHours, notes: &mut Vec<String>) {
    let cell = |field: Field| cells.first(columns.all(field));
    let (days, opens, closes) = (cell(Field::Days), cell(Field::Opens), cell(Field::Closes));
    for (column, _) in [days, opens, closes].into_iter().flatten() {
        cells.take(column);
    }
    let mut hour = |cell: Option<(usize, &str)>| -> Option<Time> {
        let read = time::read(cell?.1)?;
        Some(cells.mended(read))
    };
    let (open, close) = (hour(opens), hour(closes));
    let week = days.and_then(|(_, text)| weekdays::read(text));
    if let (Some(week), Some(open), Some(close)) = (&week, open, close) {
        hours.week.extend(week.days.iter().map(|day| (code(*day).into(), WeekHours { open, close })));
        if week.more {
            notes.extend(days.map(|(_, text)| text.into()));
        }
        return;
    }
    notes.extend(days.map(|(_, text)| text.into()));
    let text = |cell: Option<(usize, &str)>| cell.map_or(String::new(), |(_, text)| text.into());
    if opens.is_some() || closes.is_some() {
        notes.push(format!("{}～{}", text(opens), text(closes)));
    }
}

fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Limits, Table};

    fn hours(text: &str) -> OpeningHours {
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        let columns = Columns::of(&table);
        let mut cells = Cells::new(table.rows.first().unwrap(), &columns, &table);
        read(&mut cells, &columns).unwrap_or_default()
    }

    fn days(hours: &OpeningHours) -> Vec<&str> {
        hours.week.keys().map(String::as_str).collect()
    }

    #[test]
    fn days_with_hours_make_a_week() {
        let read = hours(
            "名称,利用可能曜日,開始時間,終了時間,利用可能日時特記事項\n甲,月水※,9:00,１７：００,祝日は休み\n",
        );
        assert_eq!(days(&read), ["mon", "wed"]);
        assert_eq!(read.note.as_deref(), Some("月水※\n祝日は休み"));
    }

    #[test]
    fn what_makes_no_week_stays_in_words() {
        assert_eq!(hours("名称,開始時間,終了時間\n甲,9:00,17:00\n").note.as_deref(), Some("9:00～17:00"));
        assert_eq!(hours("名称,利用可能曜日,開始時間\n甲,月火,\n").note.as_deref(), Some("月火"));
        let read = hours("名称,提供時間,定休日\n甲,8:30～17:15,土日祝\n");
        assert_eq!(read.note.as_deref(), Some("提供時間：8:30～17:15\n定休日：土日祝"));
        assert_eq!(hours("名称,利用可能曜日\n甲,\n"), OpeningHours::default());
    }

    #[test]
    fn hours_of_each_weekday() {
        let read = hours(
            "名称,日曜開放開始時刻,月曜開放開始時刻,日曜開放終了時刻,月曜開放終了時刻\n甲,-,8:30,-,24:00\n",
        );
        assert_eq!(days(&read), ["mon"]);
        assert_eq!(read.week.get("mon").map(|week| week.close.hour()), Some(0));
    }
}
