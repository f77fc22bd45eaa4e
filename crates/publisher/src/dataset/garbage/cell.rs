//! The grammar of a cell: `月 木`, `水2 水4`, `火2 金4:4 6 8`, `20240105 20240202`, `月 *1`.

use jiff::civil::Date;
use madoguchi_model::{CollectionDays, GarbageWeekday};

use crate::value::{text, text::leading_number, weekdays};

/// What a cell says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub days: CollectionDays,
    /// The remarks that it refers to.
    pub remarks: Vec<String>,
}

/// Reads a cell. None where any part of it cannot be read: a calendar with a day missing is a wrong one.
pub(super) fn read(cell: &str) -> Option<Cell> {
    let narrow = text::narrow(cell).replace('※', "*");
    let (days, months) = narrow.split_once(':').unwrap_or((&narrow, ""));
    let mut read = Cell::default();
    // 第2・第4水曜: the numbers before the day that they belong to.
    let mut waiting: Vec<i8> = Vec::new();
    for word in words(days) {
        let word = read.without_remark(word);
        if !word.is_empty() && !read.date(word) {
            read.weekday(word, &mut waiting)?;
        }
    }
    for word in words(months) {
        let word = read.without_remark(word);
        if !word.is_empty() {
            let (month, rest) = leading_number(word)?;
            let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
            if !matches!(rest, "" | "月") {
                return None;
            }
            push_new(&mut read.days.months, month);
        }
    }
    let says_something =
        !read.days.weekdays.is_empty() || !read.days.dates.is_empty() || !read.remarks.is_empty();
    (says_something && waiting.is_empty()).then_some(read)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "・、,･".contains(c)).filter(|word| !word.is_empty())
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

impl Cell {
    /// Takes `*1` off the end of a word.
    fn without_remark<'a>(&mut self, word: &'a str) -> &'a str {
        let Some((word, remark)) = word.split_once('*') else { return word };
        for id in remark.split('*').filter(|id| !id.is_empty()) {
            push_new(&mut self.remarks, id.to_string());
        }
        word
    }

    fn date(&mut self, word: &str) -> bool {
        let date = || {
            let (number, rest) = leading_number(word).filter(|_| word.len() == 8)?;
            let year = i16::try_from(number / 10_000).ok()?;
            let date = Date::new(year, (number / 100 % 100) as i8, (number % 100) as i8).ok()?;
            rest.is_empty().then_some(date)
        };
        let Some(date) = date() else { return false };
        push_new(&mut self.days.dates, date);
        true
    }

    /// `月`, `月曜日`, `毎週月`, `水2`, `第2水曜`, `毎日`; a number alone waits for its day.
    fn weekday(&mut self, word: &str, waiting: &mut Vec<i8>) -> Option<()> {
        if word == "毎日" {
            self.days.weekdays.extend((1..=7).map(|weekday| GarbageWeekday { weekday, nth: None }));
            return Some(());
        }
        let nth = |number: u32| i8::try_from(number).ok().filter(|n| (1..=5).contains(n));
        let word = word.trim_start_matches("毎週").trim_start_matches('第');
        let word = match leading_number(word) {
            Some((number, rest)) => {
                waiting.push(nth(number)?);
                rest
            }
            None => word,
        };
        let mut chars = word.chars();
        let Some(day) = chars.next() else { return Some(()) };
        let weekday = weekdays::of_char(day)?.to_monday_one_offset();
        let rest = chars.as_str();
        let rest = rest.strip_prefix("曜日").or_else(|| rest.strip_prefix('曜')).unwrap_or(rest);
        if !rest.is_empty() {
            match leading_number(rest)? {
                (number, "") => waiting.push(nth(number)?),
                _ => return None,
            }
        }
        if waiting.is_empty() {
            push_new(&mut self.days.weekdays, GarbageWeekday { weekday, nth: None });
        }
        for n in waiting.drain(..) {
            push_new(&mut self.days.weekdays, GarbageWeekday { weekday, nth: Some(n) });
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn days(cell: &str) -> Option<String> {
        let read = read(cell)?;
        let one =
            |w: &GarbageWeekday| format!("{}{}", w.weekday, w.nth.map_or(String::new(), |n| format!("/{n}")));
        Some(read.days.weekdays.iter().map(one).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn weekdays_each_week_and_the_nth_of_the_month() {
        let is = |cell: &str, want: &str| assert_eq!(days(cell).as_deref(), Some(want), "{cell}");
        is("月 木", "1 4");
        is("月　木", "1 4");
        is("月・木", "1 4");
        is("火曜日、金曜", "2 5");
        is("毎週月", "1");
        is("水2 水4", "3/2 3/4");
        is("水２　水４", "3/2 3/4");
        is("第2・第4水曜日", "3/2 3/4");
        is("第１月", "1/1");
        is("毎日", "1 2 3 4 5 6 7");
        for none in
            ["", "月9", "水0", "水24", "いつか", "第2", "月 ?", "20240230", "月:13", "月:春", "月水曜火"]
        {
            assert_eq!(days(none), None, "{none}");
        }
    }

    #[test]
    fn months_dates_and_remarks() {
        let cell = read("火2 金4:4 6 8 10 12 2").unwrap();
        assert_eq!((cell.days.weekdays.len(), cell.days.months), (2, vec![4, 6, 8, 10, 12, 2]));
        let cell = read("２０２４０１０５ 20240202").unwrap();
        assert_eq!(cell.days.dates, [date(2024, 1, 5), date(2024, 2, 2)]);
        let cell = read("月 木 *1 ※2").unwrap();
        assert_eq!((cell.days.weekdays.len(), cell.remarks), (2, vec!["1".to_string(), "2".to_string()]));
        assert_eq!(read("月*1").unwrap().remarks, ["1"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[月火水第曜日0-9:* ・]{0,16}|\\PC{0,30}") {
            let _ = read(&text);
        }

        #[test]
        fn what_is_written_is_what_is_collected(weekday in 1i8..=7, nth in proptest::option::of(1i8..=5), months in proptest::sample::subsequence((1i8..=12).collect::<Vec<_>>(), 0..=12)) {
            let name = "月火水木金土日".chars().nth(usize::try_from(weekday - 1).unwrap()).unwrap();
            let list: Vec<String> = months.iter().map(i8::to_string).collect();
            let text = format!("{name}{}:{}", nth.map_or(String::new(), |n| n.to_string()), list.join(" "));
            let want = CollectionDays { weekdays: vec![GarbageWeekday { weekday, nth }], months, dates: vec![] };
            prop_assert_eq!(read(&text), Some(Cell { days: want, remarks: vec![] }));
        }
    }
}
