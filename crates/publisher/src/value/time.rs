//! Times of day.

use jiff::civil::Time;

use super::{Read, text, text::leading_number};

const FORM: &str = "時刻の書き方をそろえた";

/// Reads a time of day: `9:00`, `09:00:00`, `午前9時`, `9時30分`, `１７：１５`. `24:00` is midnight, `25:30` half past one.
///
/// `午前12時` and `午後12時` are read by no two people alike, and so not read here.
pub fn read(text: &str) -> Option<Read<Time>> {
    let text = text.trim();
    if let Some(time) = clock(text, None) {
        return Some(Read::plain(time));
    }
    let narrow: String = text::narrow(text).split_whitespace().collect();
    if narrow == "正午" {
        return Time::new(12, 0, 0, 0).ok().map(|noon| Read::mended(noon, FORM));
    }
    let half = |marks: [&str; 3]| {
        marks.iter().find_map(|mark| narrow.strip_prefix(mark).or_else(|| narrow.strip_suffix(mark)))
    };
    let (rest, half) = match (half(["午前", "AM", "am"]), half(["午後", "PM", "pm"])) {
        (Some(rest), _) => (rest, Some(0)),
        (None, Some(rest)) => (rest, Some(12)),
        (None, None) => (narrow.as_str(), None),
    };
    let time = clock(rest, half).or_else(|| spoken(rest, half)).or_else(|| four_digits(rest, half))?;
    Some(Read::mended(time, FORM))
}

/// Reads from and to: `8:30～17:15`, `午前9時から午後5時まで`.
pub fn range(text: &str) -> Option<Read<(Time, Time)>> {
    let narrow = text::narrow(text);
    let (from, to) = narrow.split_once(['~', '-']).or_else(|| narrow.split_once("から"))?;
    let to = to.trim().strip_suffix("まで").unwrap_or(to);
    let (from, to) = (read(from)?, read(to)?);
    Some(Read { value: (from.value, to.value), mended: from.mended.or(to.mended) })
}

/// `9:00` or `09:00:00`; seconds are dropped where they are zero and refused where not.
fn clock(text: &str, half: Option<u32>) -> Option<Time> {
    let (hour, rest) = leading_number(text)?;
    let rest = rest.strip_prefix(':')?;
    let (minute, rest) = leading_number(rest)?;
    matches!(rest, "" | ":00").then(|| time(hour, minute, half)).flatten()
}

/// `9時`, `9時半` or `9時30分`.
fn spoken(text: &str, half: Option<u32>) -> Option<Time> {
    let (hour, rest) = leading_number(text)?;
    let minute = match rest.strip_prefix('時')? {
        "" => 0,
        "半" => 30,
        rest => match leading_number(rest)? {
            (minute, "分") => minute,
            _ => return None,
        },
    };
    time(hour, minute, half)
}

/// `0900`.
fn four_digits(text: &str, half: Option<u32>) -> Option<Time> {
    match leading_number(text)? {
        (number, "") if text.len() == 4 => time(number / 100, number % 100, half),
        _ => None,
    }
}

fn time(hour: u32, minute: u32, half: Option<u32>) -> Option<Time> {
    let hour = match half {
        Some(add) if hour < 12 => hour + add,
        Some(_) => return None,
        None if hour < 30 => hour % 24,
        None => return None,
    };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Option<(i8, i8)> {
        read(text).map(|read| (read.value.hour(), read.value.minute()))
    }

    #[test]
    fn times_as_towns_write_them() {
        for text in [
            "9:00",
            "09:00",
            "09:00:00",
            "９：００",
            "午前9時",
            "9時",
            "AM9:00",
            "9:00am",
            "0900",
            "午前 9時00分",
        ] {
            assert_eq!(at(text), Some((9, 0)), "{text}");
        }
        assert_eq!(at("午後5時半"), Some((17, 30)));
        assert_eq!(at("正午"), Some((12, 0)));
        assert_eq!(at("24:00"), Some((0, 0)));
        assert_eq!(at("25:30"), Some((1, 30)));
        for none in ["", "9", "終日", "午後12時", "9:60", "30:00", "9:00頃", "9:00:30", "24時間"] {
            assert_eq!(at(none), None, "{none}");
        }
    }

    #[test]
    fn from_and_to() {
        let both = |text: &str| range(text).map(|read| (read.value.0.hour(), read.value.1.minute()));
        for text in
            ["8:30～17:15", "8:30〜17:15", "8:30-17:15", "8:30ー17:15", "午前8時30分から午後5時15分まで"]
        {
            assert_eq!(both(text), Some((8, 15)), "{text}");
        }
        for none in ["11:00～14:00(LO.13:30)/17:00～21:00", "終日", "9:00～", "9:00"] {
            assert_eq!(both(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_them_panic(text in "[0-9:時分午前後半~-]{0,12}|\\PC{0,30}") {
            let _ = (read(&text), range(&text));
        }

        #[test]
        fn every_minute_is_read_in_every_form(h in 0i8..24, m in 0i8..60) {
            for text in [format!("{h}:{m:02}"), format!("{h:02}:{m:02}:00"), format!("{h}時{m}分"), format!("{h:02}{m:02}")] {
                prop_assert_eq!(at(&text), Some((h, m)), "{}", text);
            }
        }
    }
}
