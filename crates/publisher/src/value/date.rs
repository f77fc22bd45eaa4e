//! Days of the calendar.

use jiff::civil::Date;

use super::{Read, text, text::leading_number};

const WAREKI: &str = "和暦の日付を西暦にした";
const FORM: &str = "日付の書き方をそろえた";

/// The eras with the year before their first, by the names and letters that stand for them.
const ERAS: &[(&[&str], i16)] = &[
    (&["令和", "令", "R", "r"], 2018),
    (&["平成", "平", "H", "h"], 1988),
    (&["昭和", "昭", "S", "s"], 1925),
    (&["大正", "大", "T", "t"], 1911),
    (&["明治", "明", "M", "m"], 1867),
];

/// Reads a day: `2024-01-05`, `2024/1/5`, `20240105`, `2024年1月5日(金)`, `令和6年1月5日`, `R6.1.5`, `平成元年1月8日`.
pub fn read(text: &str) -> Option<Read<Date>> {
    let text = text.trim();
    if let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes()
        && let Ok(date) = text.parse()
    {
        return Some(Read::plain(date));
    }
    let narrow = text::narrow(text);
    let joined: String = without_weekday(without_midnight(&narrow)?)?.split_whitespace().collect();
    for (names, before) in ERAS {
        if let Some(rest) = names.iter().find_map(|name| joined.strip_prefix(name)) {
            let (year, rest) = match rest.strip_prefix('元') {
                Some(rest) => (1, rest),
                None => leading_number(rest)?,
            };
            let year = i16::try_from(year).ok().filter(|year| (1..100).contains(year))?;
            return month_and_day(before + year, rest).map(|date| Read::mended(date, WAREKI));
        }
    }
    let (year, rest) = leading_number(&joined)?;
    let date = match joined.len() - rest.len() {
        8 if rest.is_empty() => {
            let year_of = i16::try_from(year / 10_000).ok().filter(|year| (1800..2300).contains(year))?;
            Date::new(year_of, (year / 100 % 100) as i8, (year % 100) as i8).ok()?
        }
        4 => month_and_day(i16::try_from(year).ok()?, rest)?,
        _ => return None,
    };
    Some(Read::mended(date, FORM))
}

/// `年1月5日`, `/1/5`, `.1.5` or `-1-5`.
fn month_and_day(year: i16, rest: &str) -> Option<Date> {
    let (month, rest) = leading_number(rest.strip_prefix(['年', '/', '.', '-'])?)?;
    let (day, rest) = leading_number(rest.strip_prefix(['月', '/', '.', '-'])?)?;
    let ends = matches!(rest, "" | "日");
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    date.filter(|_| ends)
}

/// Spreadsheets write a day as `2024/1/5 0:00:00`. Another time of day than midnight is no mere day.
fn without_midnight(text: &str) -> Option<&str> {
    let Some((day, time)) = text.trim().rsplit_once([' ', 'T']).filter(|(_, time)| time.contains(':')) else {
        return Some(text.trim());
    };
    time.chars().all(|c| c == '0' || c == ':').then_some(day)
}

/// Takes `(土)` or `(土曜日)` off the end; other words in brackets say more than a day.
fn without_weekday(text: &str) -> Option<&str> {
    let Some((day, inner)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) else {
        return Some(text);
    };
    inner.starts_with(|c| "月火水木金土日祝".contains(c)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn day(text: &str) -> Option<Date> {
        read(text).map(|read| read.value)
    }

    #[test]
    fn days_as_towns_write_them() {
        assert_eq!(read("2024-01-05"), Some(Read::plain(date(2024, 1, 5))));
        for text in [
            "2024/1/5",
            "2024.1.5",
            "20240105",
            "2024年1月5日",
            "２０２４年１月５日（金）",
            "2024年1月5日(金曜日)",
            "令和6年1月5日",
            "令和 6年 1月 5日",
            "R6.1.5",
            "r6/1/5",
            "㋿6年1月5日",
            "2024/1/5 0:00:00",
            "2024-01-05T00:00:00",
        ] {
            assert_eq!(day(text), Some(date(2024, 1, 5)), "{text}");
        }
        assert_eq!(day("R1.8.6"), Some(date(2019, 8, 6)));
        assert_eq!(day("昭和9年1月30日"), Some(date(1934, 1, 30)));
        assert_eq!(day("平成元年1月8日"), Some(date(1989, 1, 8)));
        assert_eq!(day("H25.6.4"), Some(date(2013, 6, 4)));
        assert_eq!(day("明治30年12月28日"), Some(date(1897, 12, 28)));
    }

    #[test]
    fn what_is_no_day_is_not_made_one() {
        for text in [
            "",
            "毎年１１月に開催",
            "2024/13/1",
            "2023-02-29",
            "2024年1月",
            "平成元年",
            "1/5",
            "24/1/5",
            "令和6年",
            "2024/1/5 13:00",
            "2024年1月5日（予定）",
            "2025年9月6日（土曜日）～19日（金曜日）",
            "99999999",
            "R0.1.1",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[RHS令和元0-9年月日./ -]{0,16}|\\PC{0,30}") {
            let _ = read(&text);
        }

        #[test]
        fn every_day_is_read_in_every_form(y in 1990i16..2100, m in 1i8..=12, d in 1i8..=28) {
            let want = date(y, m, d);
            for text in [
                format!("{want}"),
                format!("{y}/{m}/{d}"),
                format!("{y}年{m}月{d}日"),
                format!("{y}{m:02}{d:02}"),
                format!("平成{}年{m}月{d}日", y - 1988),
            ] {
                if y - 1988 < 100 {
                    prop_assert_eq!(day(&text), Some(want), "{}", text);
                }
            }
        }
    }
}
