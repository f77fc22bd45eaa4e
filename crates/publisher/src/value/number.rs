//! Numbers and numbers of people.

use super::{Read, text};

const WIDTH: &str = "全角の数字や記号を半角として読んだ";
const COMMA: &str = "けた区切りのコンマを外した";
const UNIT: &str = "数の後の単位を外した";
const PEOPLE: &str = "収容人数を文から読み取った";

const UNITS: &[&str] = &[
    "平方メートル",
    "メートル",
    "箇所",
    "か所",
    "ヶ所",
    "m2",
    "人",
    "名",
    "台",
    "件",
    "室",
    "席",
    "床",
    "円",
    "基",
    "個",
    "m",
];

/// Reads a number: `1.0`, `－２．５`, `2,054`, `475㎡`.
pub fn read(text: &str) -> Option<Read<f64>> {
    let text = text.trim();
    if is_decimal(text) {
        return text.parse().ok().map(Read::plain);
    }
    let narrow = text::narrow(text);
    let mut mended = (narrow != text).then_some(WIDTH);
    let mut digits = narrow.trim();
    if let Some(bare) = UNITS.iter().find_map(|unit| digits.strip_suffix(unit)) {
        digits = bare.trim_end();
        mended = Some(UNIT);
    }
    let joined;
    if digits.contains(',') {
        joined = without_commas(digits)?;
        digits = &joined;
        mended = Some(COMMA);
    }
    let value = is_decimal(digits).then(|| digits.parse().ok()).flatten()?;
    Some(Read { value, mended })
}

/// Reads a whole number that is not negative.
pub fn count(text: &str) -> Option<Read<u32>> {
    let number = read(text)?;
    let whole = number.value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number.value);
    whole.then(|| number.with(number.value as u32))
}

/// How many people a place takes in, as far as a cell says it in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// That many.
    pub people: u32,
    /// The cell says more than the number (`屋内480人／屋外3,350人`): its words are worth keeping.
    pub more: bool,
}

/// Reads a capacity. Of several numbers the first one indoors counts: outdoors nobody can stay overnight.
pub fn capacity(text: &str) -> Option<Read<Capacity>> {
    if let Some(number) = count(text) {
        return Some(number.with(Capacity { people: number.value, more: false }));
    }
    let narrow = text::narrow(text.trim());
    let from = match narrow.split_once("屋内") {
        Some((_, indoors)) => indoors,
        None => narrow.strip_prefix('約').unwrap_or(&narrow),
    };
    let from = from.trim_start_matches([':', ' ']);
    let end = from.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(from.len());
    let (digits, rest) = from.split_at_checked(end)?;
    let unit = rest.trim_start();
    let people = count(digits)?.value;
    let of_people = unit.starts_with('人') || unit.starts_with('名') || unit.is_empty();
    of_people.then(|| Read::mended(Capacity { people, more: true }, PEOPLE))
}

/// An optional sign, digits, and perhaps a point with digits: no exponent, no `inf`, and short enough for a float.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.len() <= 40 && all_digits(whole) && all_digits(fraction)
}

/// Takes thousands commas out; none where the commas do not stand in threes.
fn without_commas(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let head = groups.next()?;
    let unsigned = head.trim_start_matches(['-', '+']);
    let in_threes = (1..=3).contains(&unsigned.len()) && groups.all(|group| group.len() == 3);
    let point = if fraction.is_empty() { "" } else { "." };
    in_threes.then(|| format!("{}{point}{fraction}", whole.replace(',', "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<f64> {
        read(text).map(|read| read.value)
    }

    #[test]
    fn numbers_as_towns_write_them() {
        assert_eq!(read("34.867212"), Some(Read::plain(34.867212)));
        assert_eq!(value("1.0"), Some(1.0));
        assert_eq!(value("１２．５"), Some(12.5));
        assert_eq!(value("−2.5"), Some(-2.5));
        assert_eq!(value("－２"), Some(-2.0));
        assert_eq!(value("32,500 "), Some(32500.0));
        assert_eq!(value("1,234,567.5"), Some(1234567.5));
        assert_eq!(read("475㎡"), Some(Read::mended(475.0, UNIT)));
        for none in ["", "-", "1,2", "12,34", "1e5", "inf", "NaN", "12人と3人", "0x10", ".5", "5."] {
            assert_eq!(value(none), None, "{none}");
        }
    }

    #[test]
    fn capacities_as_towns_write_them() {
        let people = |text: &str| capacity(text).map(|read| (read.value.people, read.value.more));
        assert_eq!(people("2,054人"), Some((2054, false)));
        assert_eq!(people("70"), Some((70, false)));
        assert_eq!(people("屋内480人／屋外3,350人(面積の1/2)"), Some((480, true)));
        assert_eq!(people("46人(1Fフードコート)"), Some((46, true)));
        assert_eq!(people("約100名"), Some((100, true)));
        for none in ["１F24人（いす・テーブル席）", "1号店25人　2号店38人", "なし", "", "2.5人", "-3"]
        {
            assert_eq!(people(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_them_panic(text in "\\PC{0,40}") {
            let _ = (read(&text), count(&text), capacity(&text));
        }

        #[test]
        fn what_is_written_out_is_read_back(n in -9_999_999i64..9_999_999, fraction in 0u32..1000) {
            let text = format!("{n}.{fraction:03}");
            prop_assert_eq!(value(&text), text.parse().ok());
        }

        #[test]
        fn commas_change_no_number(n in 0u32..2_000_000_000) {
            let plain = n.to_string();
            let mut commas = String::new();
            for (i, digit) in plain.chars().enumerate() {
                if i > 0 && (plain.len() - i) % 3 == 0 {
                    commas.push(',');
                }
                commas.push(digit);
            }
            prop_assert_eq!(count(&commas).map(|read| read.value), Some(n));
        }
    }
}
