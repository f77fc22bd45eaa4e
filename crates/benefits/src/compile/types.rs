//! Types and units: which fit, and what comes of them.

use super::{Compiler, limits};
use crate::number::Interval;
use crate::problem::{Outcome, fault};
use crate::rules::{Choice, Type};
use crate::syntax::{Item, TypeWord, Written};
use crate::unit::Unit;
use crate::value::{Days, Members, NOBODY, Truth, Value};

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Plain => "数",
        Unit::People => "人数",
        Unit::Years => "歳",
        Unit::Months => "か月",
        Unit::Days => "日数",
        Unit::Yen => "円",
        Unit::YenPerDay => "円/日",
        Unit::YenPerMonth => "円/月",
        Unit::YenPerYear => "円/年",
    }
}

/// The unit of a product, where it makes sense.
pub(super) fn product(a: Unit, b: Unit) -> Option<Unit> {
    use Unit::{Days, Months, People, Plain, Yen, YenPerDay, YenPerMonth};
    Some(match (a, b) {
        (Plain | People, other) | (other, Plain | People) => other,
        (YenPerMonth, Months) | (Months, YenPerMonth) | (YenPerDay, Days) | (Days, YenPerDay) => Yen,
        _ => return None,
    })
}

/// The unit of a quotient, where it makes sense.
pub(super) fn quotient(a: Unit, b: Unit) -> Option<Unit> {
    use Unit::{Days, Months, People, Plain, Yen, YenPerDay, YenPerMonth};
    Some(match (a, b) {
        (a, b) if a == b => Plain,
        (a, Plain | People) => a,
        (Yen, Months) => YenPerMonth,
        (Yen, Days) => YenPerDay,
        (Yen, YenPerMonth) => Months,
        (Yen, YenPerDay) => Days,
        _ => return None,
    })
}

fn owned(words: &[Written<'_>]) -> Vec<String> {
    words.iter().map(|word| word.to_string()).collect()
}

impl Compiler {
    /// The choices that are named come first, so that facts may use them.
    pub(super) fn choices(&mut self, items: &[Item<'_>]) {
        for item in items {
            let Item::Choice(choice) = item else { continue };
            let place = choice.named.place;
            let name = choice.named.name.to_string();
            if self.rules.choices.iter().any(|c| c.name == name) {
                let outcome: Outcome<()> = fault(place, format!("there are two choices {name}"));
                self.keep(outcome);
                continue;
            }
            let added = self.add_choice(name, owned(&choice.words), place);
            self.keep(added);
        }
    }

    fn add_choice(&mut self, name: String, words: Vec<String>, place: crate::problem::Place) -> Outcome<u16> {
        if words.len() < 2 || words.len() > limits::WORDS {
            return fault(place, format!("a choice has from 2 to {} words", limits::WORDS));
        }
        for (number, word) in words.iter().enumerate() {
            if words.iter().take(number).any(|w| w == word) {
                return fault(place, format!("{word} is twice in this choice"));
            }
        }
        self.rules.choices.push(Choice { name, words });
        Ok(u16::try_from(self.rules.choices.len() - 1).unwrap_or(u16::MAX))
    }

    pub(super) fn type_of(&mut self, word: &TypeWord<'_>, place: crate::problem::Place) -> Outcome<Type> {
        Ok(match word {
            TypeWord::Number => Type::Number(Unit::Plain),
            TypeWord::Unit(unit) => Type::Number(*unit),
            TypeWord::Date => Type::Date,
            TypeWord::Bool => Type::Bool,
            TypeWord::Text => Type::Text,
            TypeWord::Person => Type::Person,
            TypeWord::Persons => Type::Persons,
            TypeWord::Choice(named) => Type::Choice(self.choice_named(named)?),
            TypeWord::SetOf(named) => Type::Set(self.choice_named(named)?),
            TypeWord::Words(words) => {
                let same = self.rules.choices.iter().position(|c| c.name.is_empty() && c.words == *words);
                match same {
                    Some(number) => Type::Choice(u16::try_from(number).unwrap_or(u16::MAX)),
                    None => Type::Choice(self.add_choice(String::new(), owned(words), place)?),
                }
            }
        })
    }

    fn choice_named(&self, named: &crate::syntax::Named<'_>) -> Outcome<u16> {
        match self.rules.choices.iter().position(|c| c.name == named.name) {
            Some(number) => Ok(u16::try_from(number).unwrap_or(u16::MAX)),
            None => {
                fault(named.place, format!("there is no type {}: 円/月, 歳, 真偽, … or a choice", named.name))
            }
        }
    }

    /// A type in words, for messages.
    pub(super) fn say(&self, ty: Type) -> String {
        let words = |number: u16| {
            let choice = self.rules.choices.get(usize::from(number));
            choice.map_or_else(String::new, |c| {
                if c.name.is_empty() { format!("{{{}}}", c.words.join(", ")) } else { c.name.clone() }
            })
        };
        match ty {
            Type::Number(unit) => unit_name(unit).to_owned(),
            Type::Date => "日付".into(),
            Type::Bool => "真偽".into(),
            Type::Text => "文字".into(),
            Type::Person => "世帯員".into(),
            Type::Persons => "世帯員の集合".into(),
            Type::Choice(number) => words(number),
            Type::Set(number) => format!("集合 {}", words(number)),
        }
    }

    /// The bit of a word of a choice.
    pub(super) fn word_bit(&self, choice: u16, word: &str) -> Option<u64> {
        let choice = self.rules.choices.get(usize::from(choice))?;
        let number = choice.words.iter().position(|w| w == word)?;
        1u64.checked_shl(u32::try_from(number).ok()?)
    }
}

impl crate::rules::Rules {
    /// What a value of this type can be at all.
    pub(crate) fn anything(&self, ty: Type) -> Value {
        let all = |number: u16| {
            let words = self.choices.get(usize::from(number)).map_or(0, |c| c.words.len());
            if words >= 64 { u64::MAX } else { (1u64 << words) - 1 }
        };
        match ty {
            Type::Number(_) => Value::Number(Interval::ANY),
            Type::Date => Value::Date(Days::ANY),
            Type::Bool => Value::Bool(Truth::Unknown),
            Type::Choice(number) => Value::Choice(all(number)),
            Type::Set(number) => Value::Set(Members { must: 0, may: all(number) }),
            Type::Text => Value::Text(None),
            Type::Person => Value::Person(u64::MAX),
            Type::Persons => Value::Set(Members { must: 0, may: !NOBODY }),
        }
    }
}
