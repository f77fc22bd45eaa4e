use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Translations;

/// A 全国地方公共団体コード: six digits, the last of which checks the first five.
///
/// Source: 総務省 全国地方公共団体コード, 検査数字. With weights 6,5,4,3,2 over the first five digits and `s` their
/// sum, the check digit is `(11 - s mod 11) mod 10`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TownCode(String);

/// Why a text is not a town's code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TownCodeError {
    /// Not six ASCII digits.
    #[error("a town code has six digits, not {0:?}")]
    Shape(String),
    /// The last digit does not follow from the first five.
    #[error("the last digit of {found} should be {expected}: a digit was mistyped")]
    CheckDigit {
        /// The code as given.
        found: String,
        /// The digit that would be right for the first five.
        expected: u8,
    },
}

impl TownCode {
    /// The code as six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The check digit for the first five digits of `digits`.
    pub fn check_digit(digits: &[u8; 5]) -> u8 {
        let sum: u32 = digits.iter().zip([6u32, 5, 4, 3, 2]).map(|(d, w)| u32::from(*d) * w).sum();
        ((11 - sum % 11) % 10) as u8
    }
}

impl FromStr for TownCode {
    type Err = TownCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = || TownCodeError::Shape(text.chars().take(20).collect());
        let digits: [u8; 6] = text.as_bytes().try_into().map_err(|_| shape())?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(shape());
        }
        let [a, b, c, d, e, last] = digits.map(|b| b - b'0');
        let expected = Self::check_digit(&[a, b, c, d, e]);
        if last != expected {
            return Err(TownCodeError::CheckDigit { found: text.into(), expected });
        }
        Ok(TownCode(text.into()))
    }
}

impl TryFrom<String> for TownCode {
    type Error = TownCodeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TownCode> for String {
    fn from(code: TownCode) -> String {
        code.0
    }
}

impl fmt::Display for TownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a town says of itself; the collection `town`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Town {
    /// Its code.
    pub code: TownCode,
    /// Its name in Japanese, as written on letters.
    pub name: String,
    /// Its name in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub names: Translations<String>,
    /// Who publishes.
    #[serde(default)]
    pub departments: Vec<Department>,
    /// What the town calls its own kinds of places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<Layer>,
    /// Where to turn: telephone of the town hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The town's own web site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A kind of place as the town calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// The kind's code.
    pub kind: String,
    /// Its name in Japanese (まちなか涼み処).
    pub name: String,
    /// Its name in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub names: Translations<String>,
}

/// 課: who in the town published a thing. Holds its own signing key and may sign its own paths only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Short ASCII name, also the name of its TUF role (`bosai`).
    pub id: String,
    /// Its name in Japanese (防災課).
    pub name: String,
    /// Its name in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub names: Translations<String>,
    /// May it sign alerts?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alerts: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_codes_are_accepted_and_a_mistyped_digit_is_named() {
        for code in ["222127", "122319", "011002", "473821", "131016"] {
            assert_eq!(code.parse::<TownCode>().unwrap().as_str(), code);
        }
        assert_eq!(
            "222128".parse::<TownCode>(),
            Err(TownCodeError::CheckDigit { found: "222128".into(), expected: 7 })
        );
        for bad in ["", "22212", "2221277", "２２２１２７", "22212x"] {
            assert!(matches!(bad.parse::<TownCode>(), Err(TownCodeError::Shape(_))), "{bad}");
        }
    }
}
