//! Depths in words: `0.3~0.5m未満の区域`, `1m以上 ～ 2m未満`, `50cm`. What is not certainly a depth is none.

use unicode_normalization::UnicodeNormalization;

/// A depth from and below, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Depth {
    /// From.
    pub min_m: f64,
    /// Below; none: no upper bound is known.
    pub max_m: Option<f64>,
}

/// Deeper than this no water is drawn (the highest tsunami's run-up was 40 m): such a number is something else.
const DEEPEST_M: f64 = 100.0;

impl Depth {
    /// A depth between bounds in whole millimetres; none when they are out of order or no depth at all.
    pub fn new(min_m: f64, max_m: Option<f64>) -> Option<Self> {
        let round = |m: f64| (m * 1000.0).round() / 1000.0;
        let (min_m, max_m) = (round(min_m), max_m.map(round));
        let fits =
            (0.0..=DEEPEST_M).contains(&min_m) && max_m.is_none_or(|max| (min_m..=DEEPEST_M).contains(&max));
        (fits && max_m != Some(0.0)).then_some(Depth { min_m, max_m })
    }

    /// `0.3-0.5`, `20-`.
    pub fn code(&self) -> String {
        format!("{}-{}", self.min_m, self.max_m.map(|max| max.to_string()).unwrap_or_default())
    }

    /// Reads a code.
    pub fn of_code(code: &str) -> Option<Self> {
        let (min, max) = code.trim().split_once('-')?;
        let number = |text: &str| plain(text)?.parse().ok();
        let max = if max.is_empty() { None } else { Some(number(max)?) };
        Depth::new(number(min)?, max)
    }

    /// Reads the words of a source.
    pub fn parse(text: &str) -> Option<Self> {
        let text = normal(text);
        // Minus is no wave.
        if text.starts_with('-') {
            return None;
        }
        let outside = without_brackets(&text);
        // What stands in brackets explains (`（1階床上）`), unless there is nothing else.
        let text = if outside.contains(|c: char| c.is_ascii_digit()) { outside } else { text };
        read(&tokens(&text)?)
    }
}

/// Digits with at most one point, and nothing else that a float may be written with.
fn plain(text: &str) -> Option<&str> {
    let shaped = !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().filter(|b| *b == b'.').count() <= 1;
    shaped.then_some(text)
}

/// Half-width, one kind of wave and of hyphen, no spaces. A long vowel is taken for a wave too, as some write it.
fn normal(text: &str) -> String {
    let wave = |c: char| match c {
        '〜' | '～' | '∼' | '˜' | '–' | '—' | '―' | 'ー' => '~',
        '−' | '‐' | '‑' | '‒' => '-',
        c => c,
    };
    text.chars()
        .map(wave)
        .nfkc()
        .map(wave)
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '「' => depth += 1,
            ')' | ']' | '】' | '」' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(f64),
    /// What one of it is in metres.
    Unit(f64),
    From,
    Below,
    To,
}

/// Words and what they mean, as [`normal`] leaves them; longer ones first. None: they change nothing.
const WORDS: &[(&str, Option<Token>)] = &[
    ("センチメ~トル", Some(Token::Unit(0.01))),
    ("メ~トル", Some(Token::Unit(1.0))),
    ("想定浸水深", None),
    ("最大浸水深", None),
    ("である区域", None),
    ("を超える", Some(Token::From)),
    ("を越える", Some(Token::From)),
    ("こえる", Some(Token::From)),
    ("センチ", Some(Token::Unit(0.01))),
    ("おおむね", None),
    ("浸水深", None),
    ("の区域", None),
    ("の範囲", None),
    ("の浸水", None),
    ("区域", None),
    ("以上", Some(Token::From)),
    ("より", Some(Token::From)),
    ("未満", Some(Token::Below)),
    ("以下", Some(Token::Below)),
    ("まで", Some(Token::Below)),
    ("から", Some(Token::To)),
    ("水深", None),
    ("深さ", None),
    ("程度", None),
    ("概ね", None),
    ("最大", None),
    ("cm", Some(Token::Unit(0.01))),
    ("mm", Some(Token::Unit(0.001))),
    ("超", Some(Token::From)),
    ("約", None),
    ("m", Some(Token::Unit(1.0))),
    ("~", Some(Token::To)),
    ("-", Some(Token::To)),
    (":", None),
    ("、", None),
    (",", None),
    ("。", None),
    ("を", None),
    ("が", None),
];

/// Numbers and words; none when anything else stands there.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut rest = text;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if let Some(number) = rest.strip_suffix(after).filter(|number| !number.is_empty()) {
            found.push(Token::Number(plain(number)?.parse().ok()?));
            rest = after;
            continue;
        }
        let (word, token) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
        found.extend(token);
        rest = rest.strip_prefix(word)?;
    }
    Some(found)
}

fn read(tokens: &[Token]) -> Option<Depth> {
    use Token::{Below, From, Number, To, Unit};
    // A number without a unit has the one that comes next; a lone number without any is no depth, it may be a rank.
    let next_unit = |tokens: &[Token]| {
        tokens.iter().find_map(|token| if let Unit(unit) = token { Some(*unit) } else { None })
    };
    match *tokens {
        [Number(a), To, Number(b)] => return Depth::new(a, Some(b)),
        _ => next_unit(tokens)?,
    };
    let mut metres = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if let Number(number) = token {
            let unit = tokens.get(index..).and_then(next_unit)?;
            metres.push(Number(number * unit));
        } else if !matches!(token, Unit(_)) {
            metres.push(*token);
        }
    }
    match *metres.as_slice() {
        [Number(a)] => Depth::new(a, Some(a)),
        [Number(a), From] | [Number(a), To] | [Number(a), From, To] => Depth::new(a, None),
        [Number(a), Below] | [To, Number(a)] | [To, Number(a), Below] => Depth::new(0.0, Some(a)),
        [Number(a), From | To, Number(b)]
        | [Number(a), From | To, Number(b), Below]
        | [Number(a), From, To, Number(b)]
        | [Number(a), From, To, Number(b), Below] => Depth::new(a, Some(b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Option<String> {
        Depth::parse(text).map(|depth| depth.code())
    }

    #[test]
    fn the_spellings_of_prefectures_and_towns() {
        for (text, expected) in [
            ("0.3m未満の区域", "0-0.3"),
            ("0.3~0.5m未満の区域", "0.3-0.5"),
            ("3.0～5.0m", "3-5"),
            ("5.0~10.0m未満の区域", "5-10"),
            ("1m以上 ～ 2m未満", "1-2"),
            ("0.01m以上 ～ 0.3m未満", "0.01-0.3"),
            (" ～ 0.3m未満", "0-0.3"),
            ("20m以上", "20-"),
            ("２０ｍ以上", "20-"),
            ("０．５ｍ以上３．０ｍ未満", "0.5-3"),
            ("50cm", "0.5-0.5"),
            ("50cm未満", "0-0.5"),
            ("50～100㎝", "0.5-1"),
            ("50cm～1m", "0.5-1"),
            ("1メートルから2メートル", "1-2"),
            ("浸水深 0.5ｍ〜3.0ｍ未満（1階床上～軒下）", "0.5-3"),
            ("床上浸水（50cm以上）", ""),
            ("10m超", "10-"),
            ("5m～", "5-"),
            ("0.5-3.0", "0.5-3"),
            ("0.5m以上3m以下", "0.5-3"),
        ] {
            let read = code(text).unwrap_or_default();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_depth_for_certain_is_none() {
        for text in [
            "床上浸水",
            "3",
            "",
            "3階以上",
            "2020年",
            "ランク1: 0.5m未満",
            "5m～3m",
            "0m",
            "-1m",
            "1.2.3m",
            "5000m",
            "~",
            "m",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_read_as_it_is_written() {
        for code in ["0-0.3", "3-5", "20-", "0.01-0.3"] {
            assert_eq!(Depth::of_code(code).unwrap().code(), code);
        }
        for code in ["", "-", "5-3", "a-b", "3", "1-2-3", "inf-", "nan-", "1e1-", "+1-2"] {
            assert_eq!(Depth::of_code(code), None, "{code}");
        }
    }

    proptest! {
        /// Every spelling of the same bounds gives the same bounds.
        #[test]
        fn any_spelling_of_bounds_is_read(
            min in 0u32..200, more in 1u32..200, wave in 0usize..7, unit in 0usize..4, form in 0usize..7,
            wide in any::<bool>(), space in any::<bool>(), decimals in any::<bool>(), tail in 0usize..3,
        ) {
            let (min, max) = (min * 5, (min + more) * 5);
            let wave = ["~", "～", "〜", "−", "-", "から", "–"][wave];
            let (unit, in_cm) = [("m", false), ("ｍ", false), ("cm", true), ("メートル", false)][unit];
            let number = |cm: u32| match (in_cm, decimals) {
                (true, _) => cm.to_string(),
                (false, true) => format!("{}.{:02}", cm / 100, cm % 100),
                (false, false) => (f64::from(cm) / 100.0).to_string(),
            };
            let gap = if space { " " } else { "" };
            let (a, b) = (number(min), number(max));
            let (text, expected) = match form {
                0 => (format!("{a}{wave}{b}{unit}未満"), Depth::new(f64::from(min) / 100.0, Some(f64::from(max) / 100.0))),
                1 => (format!("{a}{unit}以上{gap}{b}{unit}未満"), Depth::new(f64::from(min) / 100.0, Some(f64::from(max) / 100.0))),
                2 => (format!("{a}{unit}以上{gap}{wave}{gap}{b}{unit}未満"), Depth::new(f64::from(min) / 100.0, Some(f64::from(max) / 100.0))),
                3 => (format!("{a}{unit}{gap}{wave}{gap}{b}{unit}"), Depth::new(f64::from(min) / 100.0, Some(f64::from(max) / 100.0))),
                4 => (format!("{b}{unit}以上"), Depth::new(f64::from(max) / 100.0, None)),
                5 => (format!("{b}{gap}{unit}未満"), Depth::new(0.0, Some(f64::from(max) / 100.0))),
                _ => (format!("{b}{unit}"), Depth::new(f64::from(max) / 100.0, Some(f64::from(max) / 100.0))),
            };
            let text = format!("{text}{}", ["", "の区域", "(参考)"][tail]);
            let text = if wide {
                text.chars().map(|c| if c.is_ascii_digit() || c == '.' { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect()
            } else {
                text
            };
            prop_assert_eq!(Depth::parse(&text), expected, "{}", text);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9.mcm～~未満以上センチ（）超\\-から床ー 　]{0,20}") {
            let _ = (Depth::parse(&text), Depth::of_code(&text));
        }
    }
}
