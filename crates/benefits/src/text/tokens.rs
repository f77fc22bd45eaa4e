//! A line's characters as tokens.

use crate::calendar;
use crate::number::Ratio;
use crate::problem::{Outcome, Place, fault};
use crate::text::words::{Key, key};
use crate::unit::Unit;
use std::borrow::Cow;

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Token<'s> {
    /// `48,050円/月`: a number, and the unit that it is written with.
    Number(Ratio, Option<Unit>),
    Date(i32),
    /// Text and names are the file's own, unless a name was written in unusual characters.
    Text(&'s str),
    Name(Cow<'s, str>),
    Key(Key),
    /// One of `+ - * / ( ) { } , : . = != < <= > >= -> .. | &`.
    Sign(&'static str),
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Spot<'s> {
    pub token: Token<'s>,
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
    text: &'a str,
    /// In bytes.
    at: usize,
    start: Place,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character in its usual form, and how many bytes it is written with.
    fn next(&self) -> Option<(char, usize)> {
        let c = match self.text.as_bytes().get(self.at)? {
            ascii if ascii.is_ascii() => return Some((char::from(*ascii), 1)),
            _ => self.rest().chars().next()?,
        };
        Some((usual(c), c.len_utf8()))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest().chars().nth(ahead).map(usual)
    }

    fn place(&self) -> Place {
        Place { column: self.start.column + u32::try_from(self.at).unwrap_or(u32::MAX), ..self.start }
    }

    /// Takes a word, in its usual form or as it is.
    fn take(&mut self, word: &str) -> bool {
        let mut written = self.rest().chars();
        let mut bytes = 0;
        for wanted in word.chars() {
            match written.next() {
                Some(c) if usual(c) == wanted || c == wanted => bytes += c.len_utf8(),
                _ => return false,
            }
        }
        self.at += bytes;
        true
    }

    /// Takes digits and puts them behind those of `number`, which is `None` when there are too many; tells how many they are.
    fn digits(&mut self, grouped: bool, number: &mut Option<i64>) -> u32 {
        let mut count = 0;
        // Groups are of three, the first of three at most: `min(15000,100)` has two numbers.
        let mut since = 0;
        while let Some((c, bytes)) = self.next() {
            let group = c == ','
                && grouped
                && (1..=3).contains(&since)
                && (1..=3).all(|i| self.peek(i).is_some_and(|c| c.is_ascii_digit()))
                && !self.peek(4).is_some_and(|c| c.is_ascii_digit());
            if let Some(digit) = c.to_digit(10) {
                *number = number.and_then(|n| n.checked_mul(10)?.checked_add(i64::from(digit)));
                count += 1;
                since += 1;
            } else if group {
                since = 0;
            } else {
                break;
            }
            self.at += bytes;
        }
        count
    }

    fn date(&mut self) -> Option<Outcome<i32>> {
        let mut rest = self.rest().chars();
        for kind in "dddd-dd-dd".chars() {
            let plain = rest.next().map(usual)?;
            if if kind == 'd' { !plain.is_ascii_digit() } else { plain != '-' } {
                return None;
            }
        }
        let bytes = self.rest().len() - rest.as_str().len();
        if rest.next().is_some_and(|c| usual(c).is_ascii_digit()) {
            return None;
        }
        let text: String = self.rest().get(..bytes).unwrap_or_default().chars().map(usual).collect();
        let place = self.place();
        self.at += bytes;
        Some(calendar::parse(&text).map_or_else(|| fault(place, format!("there is no day {text}")), Ok))
    }

    fn number(&mut self) -> Outcome<Token<'s>> {
        let place = self.place();
        let mut digits = Some(0);
        self.digits(true, &mut digits);
        let mut decimals = 0u32;
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += self.next().map_or(1, |(_, bytes)| bytes);
            decimals = self.digits(false, &mut digits);
        }
        let scale = if self.take("億") {
            100_000_000
        } else if self.take("万") {
            10_000
        } else {
            1i128
        };
        let percent = self.take("%");
        let value = digits.and_then(|n| {
            let base = 10i128.checked_pow(decimals)?;
            Ratio::new(i128::from(n).checked_mul(scale)?, base.checked_mul(if percent { 100 } else { 1 })?)
        });
        let Some(value) = value else { return fault(place, "this number is too long") };
        Ok(Token::Number(value, self.suffix()))
    }

    fn suffix(&mut self) -> Option<Unit> {
        // Most numbers have none.
        self.next().filter(|(c, _)| starts_name(*c))?;
        if self.take("円") || self.take("yen") {
            let per = [("/日", Unit::YenPerDay), ("/day", Unit::YenPerDay), ("/月", Unit::YenPerMonth)];
            let per = per.into_iter().chain([
                ("/month", Unit::YenPerMonth),
                ("/年", Unit::YenPerYear),
                ("/year", Unit::YenPerYear),
            ]);
            if self.peek(0) != Some('/') {
                return Some(Unit::Yen);
            }
            for (word, suffix) in per {
                if self.take(word) {
                    return Some(suffix);
                }
            }
            return Some(Unit::Yen);
        }
        let words = [
            ("歳", Unit::Years),
            ("人", Unit::People),
            ("か月", Unit::Months),
            ("ヶ月", Unit::Months),
            ("カ月", Unit::Months),
            ("ヵ月", Unit::Months),
            ("日", Unit::Days),
            ("years", Unit::Years),
            ("people", Unit::People),
            ("months", Unit::Months),
            ("days", Unit::Days),
        ];
        for (word, suffix) in words {
            if self.take(word) {
                return Some(suffix);
            }
        }
        None
    }

    /// A text; 「 within 「 is part of it, up to its own 」.
    fn quoted(&mut self, open: char, close: char) -> Outcome<Token<'s>> {
        let place = self.place();
        self.at += open.len_utf8();
        let rest = self.rest();
        // From quote to quote instead of by characters: most of a file is texts.
        let (mut from, mut nested) = (0, 0);
        while let Some((before, _)) = rest.get(from..).and_then(|rest| rest.split_once(close)) {
            let end = from + before.len();
            if open != close {
                nested += before.matches(open).count();
            }
            if nested == 0 {
                self.at += end + close.len_utf8();
                return Ok(Token::Text(rest.get(..end).unwrap_or_default()));
            }
            nested -= 1;
            from = end + close.len_utf8();
        }
        fault(place, format!("this text does not end: {close} is missing"))
    }

    fn name(&mut self) -> Cow<'s, str> {
        let written = self.rest();
        let mut unusual = false;
        let mut end = 0;
        for (at, c) in written.char_indices() {
            if !letter(c) {
                let plain = usual(c);
                if !goes_on(plain) {
                    break;
                }
                // A full-width letter or digit counts as its usual form.
                unusual |= plain != c;
            }
            end = at + c.len_utf8();
        }
        let name = written.get(..end).unwrap_or_default();
        self.at += end;
        if unusual { Cow::Owned(name.chars().map(usual).collect()) } else { Cow::Borrowed(name) }
    }

    fn sign(&mut self) -> Option<&'static str> {
        let (first, bytes) = self.next()?;
        let second = if matches!(first, '-' | '.' | '<' | '>' | '!' | '=') { self.peek(1) } else { None };
        let (sign, both) = match (first, second) {
            ('-', Some('>')) => ("->", true),
            ('.', Some('.')) => ("..", true),
            ('<', Some('=')) => ("<=", true),
            ('>', Some('=')) => (">=", true),
            ('!', Some('=')) => ("!=", true),
            ('=', Some('=')) => ("=", true),
            ('→', _) => ("->", false),
            ('〜' | '~', _) => ("..", false),
            ('≤' | '≦', _) => ("<=", false),
            ('≥' | '≧', _) => (">=", false),
            ('≠', _) => ("!=", false),
            ('<', _) => ("<", false),
            ('>', _) => (">", false),
            ('=', _) => ("=", false),
            ('+', _) => ("+", false),
            ('-', _) => ("-", false),
            ('*', _) => ("*", false),
            ('/', _) => ("/", false),
            ('(', _) => ("(", false),
            (')', _) => (")", false),
            ('{', _) => ("{", false),
            ('}', _) => ("}", false),
            (',', _) => (",", false),
            (':', _) => (":", false),
            ('.', _) => (".", false),
            ('|', _) => ("|", false),
            _ => return None,
        };
        self.at += bytes;
        if both {
            self.at += self.next().map_or(0, |(_, bytes)| bytes);
        }
        Some(sign)
    }
}

fn starts_name(c: char) -> bool {
    letter(c) || c == '_' || c.is_alphabetic()
}

fn goes_on(c: char) -> bool {
    c == '_' || c == '・' || c.is_alphanumeric()
}

/// What nearly all names are written in, without a look at the tables of Unicode.
pub(crate) fn letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='\u{9FFF}')
}

/// Adds the tokens of a line, from `start` on. A `#` ends it.
pub(crate) fn tokens<'s>(line: &'s str, start: Place, found: &mut Vec<Spot<'s>>) -> Outcome<()> {
    let mut reader = Reader { text: line, at: 0, start };
    while let Some((c, bytes)) = reader.next() {
        let place = reader.place();
        let token = if c.is_whitespace() {
            reader.at += bytes;
            continue;
        } else if c == '#' {
            break;
        } else if c == '「' {
            reader.quoted('「', '」')?
        } else if c == '"' && bytes == 1 {
            reader.quoted('"', '"')?
        } else if c.is_ascii_digit() {
            match reader.date() {
                Some(date) => Token::Date(date?),
                None => reader.number()?,
            }
        } else if c == '∈' {
            reader.at += bytes;
            Token::Key(Key::In)
        } else if starts_name(c) {
            let name = reader.name();
            key(&name).map_or(Token::Name(name), Token::Key)
        } else if c == '&' && reader.take("&&") {
            Token::Key(Key::And)
        } else if c == '|' && reader.take("||") {
            Token::Key(Key::Or)
        } else if let Some(sign) = reader.sign() {
            Token::Sign(sign)
        } else {
            let raw = reader.rest().chars().next().unwrap_or(c);
            return fault(place, format!("{raw} means nothing here"));
        };
        found.push(Spot { token, place });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_letters_are_letters() {
        assert!(('\0'..=char::MAX).filter(|c| letter(*c)).all(char::is_alphabetic));
    }
}
