//! Days of the week.

use std::ops::RangeInclusive;

use jiff::civil::Weekday;

use super::text;

/// Monday is 1, Sunday 7, as in ISO 8601.
const WEEK: &str = "月火水木金土日";

/// Days of the week as a cell names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// The days, from Monday on.
    pub days: Vec<Weekday>,
    /// The cell says more than the days (`※`, holidays): its words are worth keeping.
    pub more: bool,
}

/// The weekday that a character stands for.
pub fn of_char(c: char) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number(c)?).ok()
}

fn number(c: char) -> Option<i8> {
    let before = WEEK.chars().position(|day| day == c)?;
    i8::try_from(before + 1).ok()
}

/// Reads days of the week: `月火水木金`, `月・水`, `月～金`, `月曜日、水曜日`, `平日`, `全日`, `月火水木金土※`.
pub fn read(text: &str) -> Option<Days> {
    let narrow: String = text::narrow(text).split_whitespace().collect();
    let bare = narrow.trim_end_matches(['※', '*']);
    let marked = bare.len() < narrow.len();
    let (mut numbers, more) = match bare {
        "全日" | "毎日" => (days(1..=7), false),
        "平日" => (days(1..=5), true),
        _ => spelled_out(&bare.replace("曜日", "").replace('曜', ""))?,
    };
    numbers.sort_unstable();
    numbers.dedup();
    let days: Vec<Weekday> =
        numbers.into_iter().filter_map(|day| Weekday::from_monday_one_offset(day).ok()).collect();
    (!days.is_empty()).then_some(Days { days, more: more || marked })
}

fn days(range: RangeInclusive<i8>) -> Vec<i8> {
    range.collect()
}

/// The days named one by one or from one to another, and whether holidays are spoken of.
fn spelled_out(text: &str) -> Option<(Vec<i8>, bool)> {
    let mut named = Vec::new();
    let mut holidays = false;
    let mut from = None;
    for c in text.chars() {
        match (number(c), from.take()) {
            (Some(to), Some(from)) => named.extend(from..=to),
            (Some(day), None) => named.push(day),
            (None, None) if c == '~' || c == '-' => from = Some(*named.last()?),
            (None, None) if c == '祝' => holidays = true,
            (None, None) if "・、,/;.".contains(c) => {}
            (None, _) => return None,
        }
    }
    from.is_none().then_some((named, holidays))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(text: &str) -> Option<(String, bool)> {
        let read = read(text)?;
        let days = read.days.iter().map(|day| day.to_monday_one_offset().to_string()).collect();
        Some((days, read.more))
    }

    #[test]
    fn days_as_towns_write_them() {
        let yes =
            |text: &str, days: &str, more: bool| assert_eq!(named(text), Some((days.into(), more)), "{text}");
        yes("月火水木金", "12345", false);
        yes("火水木金土日", "234567", false);
        yes("月・水", "13", false);
        yes("月曜日、水曜日、日曜日", "137", false);
        yes("月～金", "12345", false);
        yes("月曜日～土曜日", "123456", false);
        yes("月火水木金土※", "123456", true);
        yes("全日※", "1234567", true);
        yes("平日", "12345", true);
        yes("土日祝", "67", true);
        for none in ["", "毎月第3日曜日", "不定休", "無し", "月～", "～金", "祝"] {
            assert_eq!(named(none), None, "{none}");
        }
        assert_eq!(of_char('日'), Some(Weekday::Sunday));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[月火水木金土日祝曜・~※]{0,12}|\\PC{0,20}") {
            let _ = read(&text);
        }

        #[test]
        fn every_set_of_days_is_read_back(set in proptest::sample::subsequence(vec!['月', '火', '水', '木', '金', '土', '日'], 1..=7)) {
            let text: String = set.iter().collect();
            prop_assert_eq!(read(&text).map(|read| read.days.len()), Some(set.len()));
        }
    }
}
