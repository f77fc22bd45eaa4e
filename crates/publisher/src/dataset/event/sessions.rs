//! When an event is held.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use madoguchi_model::Session;

use super::plan::Plan;
use crate::dataset::cells::Cells;
use crate::report::Refusal;
use crate::value::{date, text, time};

const IN_WORDS: &str = "日付として読めない開催日を文のまま残した";
const TIME_IN_WORDS: &str = "読めない時刻を文のまま残した";

/// The longest cell in which a day and hours are looked for.
const LONGEST: usize = 80;

/// What one cell says of the time of an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct When {
    first: Date,
    last: Option<Date>,
    opens: Option<Time>,
    closes: Option<Time>,
}

/// When it is held: one session from the first day to the last, or the town's words where they name no day.
pub(super) fn sessions(
    cells: &mut Cells<'_>,
    plan: &Plan,
    capacity: Option<u32>,
) -> Result<(Vec<Session>, Option<String>), Refusal> {
    let start = cells.first(&plan.from);
    let Some((column, mut when)) = start.and_then(|(column, text)| Some((column, when(text)?))) else {
        let words = cells.text(if start.is_some() { &plan.from } else { &plan.when });
        if words.is_some() {
            cells.mends.push(IN_WORDS);
        }
        return Ok((Vec::new(), words));
    };
    cells.take(column);
    if let Some((column, text)) = cells.first(&plan.to)
        && let Some(read) = date::read(text)
    {
        cells.take(column);
        when.last = Some(cells.mended(read));
        if when.last < Some(when.first) {
            let column = Some(cells.head(column).into());
            let why = "終了日が開始日より前です".into();
            return Err(Refusal { row: cells.row.line, column, why });
        }
    }
    when.opens = hour(cells, &plan.opens).or(when.opens);
    when.closes = hour(cells, &plan.closes).or(when.closes);
    Ok((when.session(capacity).into_iter().collect(), cells.text(&plan.when)))
}

fn hour(cells: &mut Cells<'_>, columns: &[usize]) -> Option<Time> {
    let (column, text) = cells.first(columns)?;
    let Some(read) = time::read(text) else {
        cells.mends.push(TIME_IN_WORDS);
        return None;
    };
    cells.take(column);
    Some(cells.mended(read))
}

/// A day, a first and a last day, or a day with its hours.
fn when(cell: &str) -> Option<When> {
    let narrow = text::narrow(cell.trim());
    let day = |text: &str| date::read(text).map(|read| read.value);
    if let Some(first) = day(&narrow) {
        return Some(When { first, ..When::default() });
    }
    let from_to = narrow.split_once('~').or_else(|| narrow.split_once("から"));
    let days = from_to.and_then(|(from, to)| Some((day(from)?, day(to.trim_end_matches("まで"))?)));
    if let Some((first, last)) = days {
        return (first <= last).then_some(When { first, last: Some(last), ..When::default() });
    }
    if narrow.chars().count() > LONGEST {
        return None;
    }
    narrow.char_indices().rev().find_map(|(at, _)| {
        let (before, after) = narrow.split_at_checked(at)?;
        let first = day(before)?;
        let hours = after.trim_start_matches(['T', ' ']).trim();
        let (opens, closes) = match time::range(hours) {
            Some(range) => (range.value.0, Some(range.value.1)),
            None => (time::read(hours)?.value, None),
        };
        Some(When { first, last: None, opens: Some(opens), closes })
    })
}

impl When {
    fn session(self, capacity: Option<u32>) -> Option<Session> {
        let starts_at = instant(self.first, self.opens.unwrap_or(Time::midnight()))?;
        Some(Session {
            id: String::new(),
            starts_at,
            ends_at: self.ends_at().filter(|ends| *ends > starts_at),
            all_day: self.opens.is_none(),
            capacity,
        })
    }

    /// An end that is only a day holds to the last minute of it: a phone that asks "is it over?" must not hide the last day.
    fn ends_at(self) -> Option<Timestamp> {
        let last = self.last.unwrap_or(self.first);
        match (self.closes, self.opens) {
            // Past midnight, as a summer festival may go.
            (Some(closes), Some(opens)) if last == self.first && closes < opens => {
                instant(last.tomorrow().ok()?, closes)
            }
            (Some(closes), _) => instant(last, closes),
            (None, Some(_)) if last == self.first => None,
            (None, _) => self.last.and_then(|last| instant(last, Time::constant(23, 59, 0, 0))),
        }
    }
}

/// A moment of Japanese time, which knows no summer time.
fn instant(day: Date, time: Time) -> Option<Timestamp> {
    let japan = jiff::tz::offset(9).to_time_zone();
    Some(day.to_datetime(time).to_zoned(japan).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{one, read};
    use super::*;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    #[test]
    fn one_cell_may_say_all() {
        let day = date(2026, 12, 5);
        let plain = When { first: day, last: None, opens: None, closes: None };
        assert_eq!(when("2026年12月5日（土）"), Some(plain));
        assert_eq!(when("2026/12/5 13:00"), Some(When { opens: Some(time(13, 0, 0, 0)), ..plain }));
        for text in [
            "2026年12月5日（土）13:00～15:30",
            "2026-12-05T13:00-15:30",
            "令和8年12月5日 午後1時から午後3時30分まで",
        ] {
            let hours = When { opens: Some(time(13, 0, 0, 0)), closes: Some(time(15, 30, 0, 0)), ..plain };
            assert_eq!(when(text), Some(hours), "{text}");
        }
        for none in ["", "毎年12月", "12月5日", "2026/12/5 ほか", "2026/12/7～2026/12/5", "2026/12/5、6"]
        {
            assert_eq!(when(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9年月日:~T /()土]{0,24}|\\PC{0,40}") {
            let _ = when(&text);
        }
    }

    #[test]
    fn an_end_is_said_only_where_the_town_says_it() {
        let end = |text: &str| one(text).sessions.first().and_then(|session| session.ends_at);
        assert_eq!(end("イベント名,開始日,終了日,開始時間\n甲,2026-12-05,2026-12-05,9:00\n"), None);
        assert_eq!(end("イベント名,開始日\n甲,2026-12-05\n"), None);
        assert!(end("イベント名,開始日,終了日\n甲,2026-12-05,2026-12-05\n").is_some());
    }

    #[test]
    fn several_days_are_one_session_that_ends_with_the_last_day() {
        for text in [
            "イベント名,開始日,終了日\n展,2026/12/5,2026/12/7\n",
            "行事名,開催日\n展,2026年12月5日（土）～2026年12月7日\n",
        ] {
            let event = one(text);
            let [session] = event.sessions.as_slice() else { panic!("{event:?}") };
            assert!(session.all_day);
            assert_eq!(session.starts_at.to_string(), "2026-12-04T15:00:00Z");
            assert_eq!(session.ends_at.map(|end| end.to_string()).as_deref(), Some("2026-12-07T14:59:00Z"));
        }
        let late = one("イベント名,開始日,開始時間,終了時間\n盆踊り,2026-08-15,18:00,1:00\n");
        assert_eq!(
            late.sessions.first().and_then(|s| s.ends_at).map(|end| end.to_string()).as_deref(),
            Some("2026-08-15T16:00:00Z")
        );
    }

    #[test]
    fn words_that_name_no_day_are_kept_as_words() {
        let (report, events) =
            read("イベント名,開催パターン,開始日\n甲,毎年１１月に開催,\n乙,,11月ごろ\n丙,,\n");
        let when: Vec<_> = events.iter().map(|event| event.when.as_deref()).collect();
        assert_eq!(when, [Some("毎年１１月に開催"), Some("11月ごろ"), None]);
        assert!(events.iter().all(|event| event.sessions.is_empty()));
        assert_eq!(report.mended_by.get(IN_WORDS), Some(&2));
    }
}
