//! Days, and what the law counts with them. A day is its number from 1 January 1970.

/// The days that facts may name: 1868-01-01 to 2399-12-31.
pub const FIRST: i32 = day_number(1868, 1, 1);
/// See [`FIRST`].
pub const LAST: i32 = day_number(2399, 12, 31);

/// The day's number. Month and day are taken as they come (month 1 to 12).
pub const fn day_number(year: i32, month: i32, day: i32) -> i32 {
    // Counting years from March puts the leap day at a year's end.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a day's number.
#[inline]
pub const fn civil(day: i32) -> (i32, i32, i32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

/// `2024-04-01`, or `None` where there is no such day.
pub fn parse(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| {
        let word = parts.next()?;
        (word.len() == digits && word.bytes().all(|b| b.is_ascii_digit()))
            .then(|| word.parse::<i32>().ok())
            .flatten()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() {
        return None;
    }
    from_parts(year, month, day)
}

/// The day, where there is one.
pub fn from_parts(year: i32, month: i32, day: i32) -> Option<i32> {
    (1..=12).contains(&month).then_some(())?;
    (1..=days_in(year, month)).contains(&day).then_some(())?;
    let number = day_number(year, month, day);
    (FIRST..=LAST).contains(&number).then_some(number)
}

/// `2024-04-01`.
pub fn format(day: i32) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i32, month: i32) -> i32 {
    match month {
        2 => 28 + is_leap(year) as i32,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Years completed on a day. One becomes a year older on the birthday; whoever was born on 29 February, in other years on
/// 1 March (民法 143 条: where the day is missing, the time ends with the last day of the month). Negative before birth.
#[inline]
pub fn age(birth: i32, on: i32) -> i32 {
    let (birth_year, birth_month, birth_day) = civil(birth);
    let (year, month, day) = civil(on);
    year - birth_year - ((month, day) < (birth_month, birth_day)) as i32
}

/// The day on which an age is attained: the one before the birthday (年齢計算ニ関する法律).
#[inline]
pub fn attains(birth: i32, years: i32) -> i32 {
    let (year, month, day) = civil(birth);
    let year = year.saturating_add(years.clamp(-600, 600));
    if month == 2 && day == 29 && !is_leap(year) {
        return clamp(day_number(year, 2, 28));
    }
    clamp(day_number(year, month, day) - 1)
}

/// The fiscal year: from 1 April.
#[inline]
pub fn fiscal_year(day: i32) -> i32 {
    let (year, month, _) = civil(day);
    if month >= 4 { year } else { year - 1 }
}

/// The first 31 March on or after a day.
#[inline]
pub fn fiscal_year_end(day: i32) -> i32 {
    clamp(day_number(fiscal_year(day) + 1, 3, 31))
}

/// 学年 as a number: 1 is the first year of primary school, 0 the year before it. Whoever is born on 1 April belongs to the year
/// before (学校教育法 17 条: the day after attaining six).
#[inline]
pub fn school_year(birth: i32, on: i32) -> i32 {
    fiscal_year(on) - fiscal_year(birth - 1) - 6
}

/// So many months later; where the month has no such day, its last.
pub fn add_months(day: i32, months: i32) -> i32 {
    let (year, month, of_month) = civil(day);
    let index = (i64::from(year) * 12 + i64::from(month) - 1).saturating_add(i64::from(months));
    let index = i32::try_from(index).unwrap_or(0);
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
    if !(1..=3000).contains(&year) {
        return if months < 0 { FIRST } else { LAST };
    }
    clamp(day_number(year, month, of_month.min(days_in(year, month))))
}

/// Full months from one day to another; negative when the second comes first.
pub fn months_between(from: i32, to: i32) -> i32 {
    if to < from {
        return -months_between(to, from);
    }
    let (year, month, day) = civil(from);
    let (to_year, to_month, to_day) = civil(to);
    let last = to_day == days_in(to_year, to_month) && day > to_day;
    (to_year - year) * 12 + to_month - month - (to_day < day && !last) as i32
}

/// Into the days that facts may name.
pub fn clamp(day: i32) -> i32 {
    day.clamp(FIRST, LAST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn on(text: &str) -> i32 {
        parse(text).unwrap()
    }

    proptest! {
        #[test]
        fn days_agree_with_the_calendar_of_a_library(day in FIRST..=LAST) {
            let (year, month, of_month) = civil(day);
            let date = jiff::civil::date(year as i16, month as i8, of_month as i8);
            let epoch = jiff::civil::date(1970, 1, 1);
            prop_assert_eq!((date - epoch).get_days(), day);
            prop_assert_eq!(parse(&format(day)), Some(day));
        }

        #[test]
        fn age_and_attaining_agree(birth in FIRST..FIRST + 150_000, later in 0i32..40_000) {
            let today = birth + later;
            let age = age(birth, today);
            prop_assert!(attains(birth, age) < today, "attained before today");
            prop_assert!(attains(birth, age + 1) >= today, "the next one not yet");
        }
    }

    #[test]
    fn the_day_before_the_birthday() {
        // Born on 1 April, one attains 18 on 31 March, and that year's end is the same day.
        assert_eq!(fiscal_year_end(attains(on("2008-04-01"), 18)), on("2026-03-31"));
        assert_eq!(fiscal_year_end(attains(on("2008-04-02"), 18)), on("2027-03-31"));
        assert_eq!(age(on("2008-02-29"), on("2026-02-28")), 17);
        assert_eq!(age(on("2008-02-29"), on("2026-03-01")), 18);
        assert_eq!(attains(on("2008-02-29"), 18), on("2026-02-28"));
    }

    #[test]
    fn school_years() {
        assert_eq!(school_year(on("2010-04-02"), on("2018-03-31")), 1);
        assert_eq!(school_year(on("2010-04-02"), on("2018-04-01")), 2);
        assert_eq!(school_year(on("2010-04-01"), on("2017-04-01")), 2);
    }

    #[test]
    fn months() {
        assert_eq!(add_months(on("2024-01-31"), 1), on("2024-02-29"));
        assert_eq!(add_months(on("2024-03-15"), -3), on("2023-12-15"));
        assert_eq!(months_between(on("2024-01-31"), on("2024-02-29")), 1);
        assert_eq!(months_between(on("2024-01-15"), on("2024-02-14")), 0);
        assert_eq!(parse("2024-02-30"), None);
        assert_eq!(parse("2024-2-3"), None);
    }
}
