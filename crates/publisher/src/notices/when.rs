//! Dates and times as towns write them, in Japan's time.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use unicode_normalization::UnicodeNormalization;

/// A day, or a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum When {
    Day(Date),
    Moment(Timestamp),
}

impl When {
    /// The moment, or the day's first.
    pub(crate) fn start(self) -> Option<Timestamp> {
        match self {
            When::Moment(at) => Some(at),
            When::Day(day) => in_japan(day.to_datetime(Time::midnight())),
        }
    }

    /// The moment, or the one at which the day is over: "until the 30th" means the 30th too.
    pub(crate) fn end(self) -> Option<Timestamp> {
        match self {
            When::Moment(at) => Some(at),
            When::Day(day) => When::Day(day.tomorrow().ok()?).start(),
        }
    }
}

fn in_japan(at: DateTime) -> Option<Timestamp> {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(9))).ok().map(|zoned| zoned.timestamp())
}

/// Reads `2026-11-20`, `2026/11/20 9:00`, `2024.04.15`, `令和8年11月20日（金） 午後1時30分`, RFC 3339.
pub(crate) fn read(text: &str) -> Option<When> {
    let text: String = text.trim().nfkc().collect();
    let text = text.trim();
    if text.chars().count() > 60 {
        return None;
    }
    let (day, rest) = date(text)?;
    if !(1900..=2100).contains(&day.year()) {
        return None;
    }
    let rest = weekday(rest.trim_start()).trim_start();
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    if rest.is_empty() {
        return Some(When::Day(day));
    }
    let (hour, minute, second, rest) = time(rest)?;
    // 24:00 is the end of a day in town texts.
    let (day, hour) = match (hour, minute, second) {
        (24, 0, 0) => (day.tomorrow().ok()?, 0),
        _ => (day, hour),
    };
    let at = day.to_datetime(Time::new(hour, minute, second, 0).ok()?);
    let shift = match rest.trim() {
        "" | "JST" => return in_japan(at).map(When::Moment),
        zone => offset(zone)?,
    };
    let utc = at.to_zoned(TimeZone::UTC).ok()?.timestamp();
    utc.checked_sub(shift.minutes()).ok().map(When::Moment)
}

fn date(text: &str) -> Option<(Date, &str)> {
    let eras = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018), ("H", 1988), ("S", 1925)];
    let era = eras.iter().find_map(|(name, before)| Some((text.strip_prefix(name)?, *before)));
    let (year, rest) = match era {
        Some((rest, before)) => match rest.trim_start().strip_prefix('元') {
            Some(rest) => (before + 1, rest),
            None => {
                let (year, rest) = number(rest.trim_start(), 1..=2)?;
                (before + year, rest)
            }
        },
        None => match number(text, 8..=8) {
            Some((packed, rest)) => {
                let (month, day) = (packed / 100 % 100, packed % 100);
                return Some((ymd(packed / 10_000, month, day)?, rest));
            }
            None => number(text, 4..=4)?,
        },
    };
    let mut rest = rest.trim_start().chars();
    let mark = rest.next()?;
    let month_mark = match mark {
        '年' => '月',
        '-' | '/' | '.' => mark,
        _ => return None,
    };
    let (month, rest) = number(rest.as_str().trim_start(), 1..=2)?;
    let rest = rest.trim_start().strip_prefix(month_mark)?;
    let (day, rest) = number(rest.trim_start(), 1..=2)?;
    let rest = if mark == '年' { rest.trim_start().strip_prefix('日').unwrap_or(rest) } else { rest };
    Some((ymd(year, month, day)?, rest))
}

fn ymd(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Leaves out a day of the week in brackets: (金), (金・祝), 金曜日.
fn weekday(text: &str) -> &str {
    if let Some((inside, rest)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        let is_day =
            inside.starts_with(['月', '火', '水', '木', '金', '土', '日']) && inside.chars().count() <= 5;
        return if is_day { rest } else { text };
    }
    match text
        .strip_prefix(['月', '火', '水', '木', '金', '土', '日'])
        .and_then(|rest| rest.strip_prefix("曜日"))
    {
        Some(rest) => rest,
        None => text,
    }
}

fn time(text: &str) -> Option<(i8, i8, i8, &str)> {
    if let Some(rest) = text.strip_prefix("正午") {
        return Some((12, 0, 0, rest));
    }
    let (noon, text) = match (text.strip_prefix("午前"), text.strip_prefix("午後")) {
        (Some(rest), _) => (Some(0), rest),
        (_, Some(rest)) => (Some(12), rest),
        _ => (None, text),
    };
    let (hour, rest) = number(text.trim_start(), 1..=2)?;
    let hour = match noon {
        Some(_) if hour > 12 => return None,
        Some(noon) => hour % 12 + noon,
        None => hour,
    };
    let (minute, second, rest) = if let Some(rest) = rest.strip_prefix(':') {
        let (minute, rest) = number(rest, 2..=2)?;
        match rest.strip_prefix(':') {
            None => (minute, 0, rest),
            Some(rest) => {
                let (second, rest) = number(rest, 2..=2)?;
                let fraction =
                    rest.strip_prefix('.').map(|f| f.trim_start_matches(|c: char| c.is_ascii_digit()));
                (minute, second, fraction.unwrap_or(rest))
            }
        }
    } else {
        let rest = rest.strip_prefix('時')?;
        match (rest.strip_prefix('半'), number(rest, 1..=2)) {
            (Some(rest), _) => (30, 0, rest),
            (None, None) => (0, 0, rest),
            (None, Some((minute, rest))) => (minute, 0, rest.strip_prefix('分')?),
        }
    };
    let small = |n: i32| i8::try_from(n).ok();
    Some((small(hour)?, small(minute)?, small(second)?, rest))
}

/// `Z`, `+09:00` or `+0900` in minutes.
fn offset(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) =
        number(rest.get(..2)?, 2..=2).map(|(hours, _)| (hours, rest.get(2..).unwrap_or("")))?;
    let (minutes, rest) = number(rest.strip_prefix(':').unwrap_or(rest), 2..=2)?;
    (rest.is_empty() && hours <= 14 && minutes < 60).then(|| sign * i64::from(hours * 60 + minutes))
}

/// A number of so many digits at the beginning, and what follows. More digits are another number, and none.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(length)?;
    digits.contains(&length).then(|| number.parse().ok().map(|number| (number, rest)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn start(text: &str) -> Option<String> {
        read(text).and_then(When::start).map(|at| at.to_string())
    }

    #[test]
    fn a_day_begins_at_midnight_in_japan() {
        for text in [
            "2026-11-20",
            "2026/11/20",
            "2026.11.20",
            "2026年11月20日",
            "２０２６年１１月２０日（金）",
            "令和8年11月20日",
            "令和８年 11月 20日 （金・祝）",
            "R8.11.20",
            "R8/11/20",
            "20261120",
            "2026-11-20 金曜日",
            " 2026/11/20 ",
        ] {
            assert_eq!(start(text).as_deref(), Some("2026-11-19T15:00:00Z"), "{text}");
            assert!(matches!(read(text), Some(When::Day(_))), "{text}");
        }
        assert_eq!(start("令和元年5月1日").as_deref(), Some("2019-04-30T15:00:00Z"));
        assert_eq!(start("㍻31年4月1日").as_deref(), Some("2019-03-31T15:00:00Z"));
        assert_eq!(start("2024.4.5").as_deref(), Some("2024-04-04T15:00:00Z"));
    }

    #[test]
    fn a_moment_is_read_in_japan_unless_it_says_where() {
        for text in [
            "2026-11-20 13:30",
            "2026/11/20 13:30:00",
            "2026年11月20日（金）午後1時30分",
            "2026年11月20日 13時半",
            "2026-11-20T13:30",
            "2026-11-20T13:30:00+09:00",
            "2026-11-20T04:30:00Z",
            "2026-11-20T04:30:00.123Z",
            "2026-11-20 13：30",
            "2026-11-20T13:30+0900",
            "2026-11-19T23:30:00-05:00",
            "2026-11-20 13:30 JST",
        ] {
            assert_eq!(start(text).as_deref(), Some("2026-11-20T04:30:00Z"), "{text}");
        }
        assert_eq!(start("2026/11/20 24:00"), start("2026/11/21"));
        assert_eq!(start("2026年11月20日 午前12時"), start("2026-11-20 0:00"));
        assert_eq!(start("2026年11月20日 正午"), start("2026-11-20 12:00"));
        assert_eq!(start("2026年11月20日 正午ごろ"), None);
    }

    #[test]
    fn until_a_day_means_to_its_end() {
        assert_eq!(read("2026-11-30").and_then(When::end), read("2026-12-01").and_then(When::start));
        assert_eq!(
            read("2026-11-30 10:00").and_then(When::end),
            read("2026-11-30 10:00").and_then(When::start)
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "未定",
            "2026-13-01",
            "2026-02-30",
            "2026",
            "2026-11",
            "26-11-20",
            "11月20日",
            "2026-11/20",
            "2026-11-20 25:00",
            "2026-11-20 10:60",
            "2026-11-20 10",
            "2026-11-20頃",
            "2026年11月20日から",
            "0001-01-01",
            "202611201",
            "1/2/2026",
            "2026-11-20T10:00+99:00",
            "2026-11-20 午後13時",
            "2026-11-20T10:00+9:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,20}", tail in "[0-9年月日時分/:. TZ+-]{0,24}") {
            read(&text);
            read(&tail);
            read(&format!("2026{tail}"));
            read(&format!("2026-11-20{tail}"));
        }
    }
}
