//! A line's characters as tokens.

use crate::calendar;
use crate::number::Ratio;
use crate::problem::{Outcome, Place, fault};
use crate::text::words::{Key, key};

/// What a number is written with: `48,050円/月`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Suffix {
    Yen,
    YenPerDay,
    YenPerMonth,
    YenPerYear,
    People,
    Years,
    Months,
    Days,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Token {
    Number(Ratio, Option<Suffix>),
    Date(i32),
    Text(String),
    Name(String),
    Key(Key),
    /// One of `+ - * / ( ) { } , : . = != < <= > >= -> .. | &`.
    Sign(&'static str),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Spot {
    pub token: Token,
    pub place: Place,
}

/// The usual form of a character: full-width signs, digits and letters count as their ASCII ones.
pub(crate) fn usual(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '、' => ',',
        '×' => '*',
        '÷' => '/',
        '−' | '–' | '—' => '-',
        _ => c,
    }
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    start: Place,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied().map(usual)
    }

    fn place(&self) -> Place {
        Place { column: self.start.column + u32::try_from(self.at).unwrap_or(u32::MAX), ..self.start }
    }

    fn take(&mut self, word: &str) -> bool {
        let there = word.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c));
        if there {
            self.at += word.chars().count();
        }
        there
    }

    fn digits(&mut self, grouped: bool) -> String {
        let mut digits = String::new();
        while let Some(c) = self.peek(0) {
            let group = c == ','
                && grouped
                && (1..=3).all(|i| self.peek(i).is_some_and(|c| c.is_ascii_digit()))
                && !self.peek(4).is_some_and(|c| c.is_ascii_digit());
            if c.is_ascii_digit() {
                digits.push(c);
            } else if !group {
                break;
            }
            self.at += 1;
        }
        digits
    }

    fn date(&mut self) -> Option<Outcome<i32>> {
        let shape = "dddd-dd-dd";
        let matches = shape.chars().enumerate().all(|(i, kind)| {
            self.peek(i).is_some_and(|c| if kind == 'd' { c.is_ascii_digit() } else { c == '-' })
        });
        if !matches || self.peek(10).is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let text: String = (0..10).filter_map(|i| self.peek(i)).collect();
        let place = self.place();
        self.at += 10;
        Some(calendar::parse(&text).map_or_else(|| fault(place, format!("there is no day {text}")), Ok))
    }

    fn number(&mut self) -> Outcome<Token> {
        let place = self.place();
        let mut digits = self.digits(true);
        let mut decimals = 0u32;
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            let fraction = self.digits(false);
            decimals = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
            digits.push_str(&fraction);
        }
        let scale = if self.take("億") {
            100_000_000
        } else if self.take("万") {
            10_000
        } else {
            1i128
        };
        let percent = self.take("%");
        let value = digits.parse::<i64>().ok().and_then(|n| {
            let base = 10i128.checked_pow(decimals)?;
            Ratio::new(i128::from(n).checked_mul(scale)?, base.checked_mul(if percent { 100 } else { 1 })?)
        });
        let Some(value) = value else { return fault(place, "this number is too long") };
        Ok(Token::Number(value, self.suffix()))
    }

    fn suffix(&mut self) -> Option<Suffix> {
        if self.take("円") || self.take("yen") {
            let per = [("/日", Suffix::YenPerDay), ("/day", Suffix::YenPerDay), ("/月", Suffix::YenPerMonth)];
            let per = per.into_iter().chain([
                ("/month", Suffix::YenPerMonth),
                ("/年", Suffix::YenPerYear),
                ("/year", Suffix::YenPerYear),
            ]);
            for (word, suffix) in per {
                if self.take(word) {
                    return Some(suffix);
                }
            }
            return Some(Suffix::Yen);
        }
        let words = [
            ("歳", Suffix::Years),
            ("人", Suffix::People),
            ("か月", Suffix::Months),
            ("ヶ月", Suffix::Months),
            ("カ月", Suffix::Months),
            ("ヵ月", Suffix::Months),
            ("日", Suffix::Days),
            ("years", Suffix::Years),
            ("people", Suffix::People),
            ("months", Suffix::Months),
            ("days", Suffix::Days),
        ];
        for (word, suffix) in words {
            if self.take(word) {
                return Some(suffix);
            }
        }
        None
    }

    /// A text; 「 within 「 is part of it, up to its own 」.
    fn quoted(&mut self, close: char) -> Outcome<Token> {
        let place = self.place();
        self.at += 1;
        let mut text = String::new();
        let mut nested = 0;
        while let Some(&c) = self.chars.get(self.at) {
            self.at += 1;
            if c == close {
                if nested == 0 {
                    return Ok(Token::Text(text));
                }
                nested -= 1;
            } else if c == '「' && close == '」' {
                nested += 1;
            }
            text.push(c);
        }
        fault(place, format!("this text does not end: {close} is missing"))
    }

    fn sign(&mut self) -> Option<&'static str> {
        const SIGNS: &[(&str, &str)] = &[
            ("->", "->"),
            ("→", "->"),
            ("..", ".."),
            ("〜", ".."),
            ("~", ".."),
            ("<=", "<="),
            ("≤", "<="),
            ("≦", "<="),
            (">=", ">="),
            ("≥", ">="),
            ("≧", ">="),
            ("!=", "!="),
            ("≠", "!="),
            ("<", "<"),
            (">", ">"),
            ("==", "="),
            ("=", "="),
            ("+", "+"),
            ("-", "-"),
            ("*", "*"),
            ("/", "/"),
            ("(", "("),
            (")", ")"),
            ("{", "{"),
            ("}", "}"),
            (",", ","),
            (":", ":"),
            (".", "."),
            ("|", "|"),
        ];
        SIGNS.iter().find(|(written, _)| self.take(written)).map(|&(_, sign)| sign)
    }
}

fn starts_name(c: char) -> bool {
    c == '_' || (c.is_alphabetic() && !c.is_ascii_digit())
}

fn goes_on(c: char) -> bool {
    c == '_' || c == '・' || c.is_alphanumeric()
}

/// The tokens of a line, from `start` on. A `#` ends it.
pub(crate) fn tokens(line: &str, start: Place) -> Outcome<Vec<Spot>> {
    let chars: Vec<char> = line.chars().collect();
    let mut reader = Reader { chars: &chars, at: 0, start };
    let mut found = Vec::new();
    while let Some(c) = reader.peek(0) {
        let place = reader.place();
        let raw = chars.get(reader.at).copied().unwrap_or(c);
        let token = if c.is_whitespace() {
            reader.at += 1;
            continue;
        } else if c == '#' {
            break;
        } else if raw == '「' {
            reader.quoted('」')?
        } else if raw == '"' {
            reader.quoted('"')?
        } else if let Some(date) = reader.date() {
            Token::Date(date?)
        } else if c.is_ascii_digit() {
            reader.number()?
        } else if raw == '∈' {
            reader.at += 1;
            Token::Key(Key::In)
        } else if reader.take("&&") {
            Token::Key(Key::And)
        } else if reader.take("||") {
            Token::Key(Key::Or)
        } else if starts_name(c) {
            let mut name = String::new();
            while let Some(c) = reader.peek(0).filter(|&c| goes_on(c)) {
                name.push(c);
                reader.at += 1;
            }
            key(&name).map_or(Token::Name(name), Token::Key)
        } else if let Some(sign) = reader.sign() {
            Token::Sign(sign)
        } else {
            return fault(place, format!("{raw} means nothing here"));
        };
        found.push(Spot { token, place });
    }
    Ok(found)
}
