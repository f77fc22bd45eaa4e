//! Walking over the tokens of a line.

use crate::problem::{Outcome, Place, fault};
use crate::syntax::{Named, Texts, TypeWord, Written};
use crate::text::lines::Line;
use crate::text::tokens::{Spot, Token};
use crate::text::words::Key;
use crate::unit::Unit;
use std::borrow::Cow;

pub(crate) struct Cursor<'t, 's> {
    tokens: &'t [Spot<'s>],
    at: usize,
    /// Where to point when the tokens end.
    end: Place,
}

impl<'t, 's> Cursor<'t, 's> {
    pub fn new(tokens: &'t [Spot<'s>], line: Place) -> Self {
        Self { tokens, at: 0, end: tokens.last().map_or(line, |spot| spot.place) }
    }

    pub fn peek(&self) -> Option<&'t Token<'s>> {
        self.tokens.get(self.at).map(|spot| &spot.token)
    }

    pub fn peek_at(&self, ahead: usize) -> Option<&'t Token<'s>> {
        self.tokens.get(self.at + ahead).map(|spot| &spot.token)
    }

    pub fn place(&self) -> Place {
        self.tokens.get(self.at).map_or(self.end, |spot| spot.place)
    }

    pub fn next(&mut self) -> Option<&'t Token<'s>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    pub fn rest(&self) -> &'t [Spot<'s>] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// What is left, and all that goes on below the line, which this walks over.
    pub fn all(&self, line: &Line<'t, 's>) -> &'t [Spot<'s>] {
        line.flat.get(self.at..).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub fn take_sign(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(there);
        there
    }

    pub fn take_key(&mut self, key: Key) -> bool {
        let there = matches!(self.peek(), Some(Token::Key(k)) if *k == key);
        self.at += usize::from(there);
        there
    }

    pub fn take_word(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Name(n)) if n == word);
        self.at += usize::from(there);
        there
    }

    pub fn sign(&mut self, sign: &str) -> Outcome<()> {
        if self.take_sign(sign) { Ok(()) } else { fault(self.place(), format!("expected {sign} here")) }
    }

    pub fn name(&mut self, what: &str) -> Outcome<Named<'s>> {
        let place = self.place();
        match self.next() {
            Some(Token::Name(name)) => Ok(Named { name: name.clone(), place }),
            Some(Token::Key(_)) => {
                fault(place, format!("expected {what}, but this is a word of the language"))
            }
            _ => fault(place, format!("expected {what}")),
        }
    }

    pub fn text(&mut self, what: &str) -> Outcome<&'s str> {
        let place = self.place();
        match self.next() {
            Some(Token::Text(text)) => Ok(text),
            _ => fault(place, format!("expected {what} in 「…」")),
        }
    }

    pub fn date(&mut self) -> Outcome<i32> {
        let place = self.place();
        match self.next() {
            Some(Token::Date(day)) => Ok(*day),
            _ => fault(place, "expected a date such as 2024-04-01"),
        }
    }

    /// `「…」`, or `ja 「…」 easy 「…」 en 「…」`.
    pub fn texts(&mut self, what: &str) -> Outcome<Texts> {
        let mut texts = Texts::new();
        loop {
            match (self.peek(), self.peek_at(1)) {
                (Some(Token::Text(text)), _) if texts.is_empty() => {
                    self.next();
                    texts.push(("ja".into(), (*text).to_string()));
                }
                (Some(Token::Name(lang)), Some(Token::Text(text))) => {
                    self.next();
                    self.next();
                    texts.push((language(lang), (*text).to_string()));
                }
                _ if texts.is_empty() => return fault(self.place(), format!("expected {what} in 「…」")),
                _ => return Ok(texts),
            }
        }
    }

    pub fn done(&self) -> Outcome<()> {
        if self.is_empty() { Ok(()) } else { fault(self.place(), "nothing more is expected on this line") }
    }

    pub fn type_word(&mut self) -> Outcome<TypeWord<'s>> {
        let place = self.place();
        match self.next() {
            Some(Token::Key(Key::People | Key::Person)) => Ok(TypeWord::Person),
            Some(Token::Key(Key::Months)) => Ok(TypeWord::Unit(Unit::Months)),
            Some(Token::Sign("{")) => self.words_until("}").map(TypeWord::Words),
            Some(Token::Name(name)) => match &**name {
                "number" | "数" | "割合" => Ok(TypeWord::Number),
                "yen" | "円" => self.per(),
                "headcount" | "人数" => Ok(TypeWord::Unit(Unit::People)),
                "years" | "歳" => Ok(TypeWord::Unit(Unit::Years)),
                "か月" | "月数" => Ok(TypeWord::Unit(Unit::Months)),
                "days" | "日数" => Ok(TypeWord::Unit(Unit::Days)),
                "date" | "日付" => Ok(TypeWord::Date),
                "bool" | "真偽" => Ok(TypeWord::Bool),
                "text" | "文字" => Ok(TypeWord::Text),
                "persons" | "世帯員の集合" => Ok(TypeWord::Persons),
                "集合" => self.name("a choice").map(TypeWord::SetOf),
                "set" if self.take_word("of") => self.name("a choice").map(TypeWord::SetOf),
                _ => Ok(TypeWord::Choice(Named { name: name.clone(), place })),
            },
            _ => fault(place, "expected a type such as 円/月, 歳, 真偽 or {無, 有}"),
        }
    }

    fn per(&mut self) -> Outcome<TypeWord<'s>> {
        if !self.take_sign("/") {
            return Ok(TypeWord::Unit(Unit::Yen));
        }
        let place = self.place();
        match self.next() {
            Some(Token::Name(name)) => match &**name {
                "day" | "日" => Ok(TypeWord::Unit(Unit::YenPerDay)),
                "month" | "月" => Ok(TypeWord::Unit(Unit::YenPerMonth)),
                "year" | "年" => Ok(TypeWord::Unit(Unit::YenPerYear)),
                _ => fault(place, "yen are counted per 日, 月 or 年"),
            },
            _ => fault(place, "yen are counted per 日, 月 or 年"),
        }
    }

    /// Words with commas or bars between them.
    pub fn words_until(&mut self, close: &str) -> Outcome<Vec<Written<'s>>> {
        let mut words = Vec::new();
        loop {
            let place = self.place();
            match self.next() {
                Some(Token::Name(word)) => words.push(word.clone()),
                Some(Token::Text(word)) => words.push(Written::Borrowed(word)),
                Some(Token::Sign(sign)) if *sign == close => return Ok(words),
                Some(Token::Sign("," | "|")) => {}
                None if close.is_empty() => return Ok(words),
                _ => {
                    return fault(
                        place,
                        "expected a word; one that the language uses itself stands in 「…」",
                    );
                }
            }
        }
    }
}

/// The languages of most texts need no memory of their own.
fn language(name: &str) -> Cow<'static, str> {
    match name {
        "ja" => "ja".into(),
        "easy" => "easy".into(),
        "en" => "en".into(),
        other => other.to_owned().into(),
    }
}
