use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language tag (BCP 47). `ja` is the town's own; `ja-easy` is やさしい日本語, a text of its own and not a translation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(pub String);

impl Lang {
    /// Japanese, the language of every town's own text.
    pub fn ja() -> Self {
        Lang("ja".into())
    }

    /// やさしい日本語.
    pub fn easy() -> Self {
        Lang("ja-easy".into())
    }

    /// Reads the ways in which towns name a language (`日本語`, `やさしい日本語`, `en`, `EN-us`, `英語`).
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_ascii_lowercase().replace('_', "-");
        let tag = match lower.as_str() {
            "ja" | "jpn" | "ja-jp" | "日本語" => "ja",
            "ja-easy" | "easy" | "やさしい日本語" => "ja-easy",
            "en" | "eng" | "英語" | "english" => "en",
            "zh" | "zh-hans" | "zh-cn" | "中国語" => "zh",
            "ko" | "韓国語" => "ko",
            "pt" | "ポルトガル語" => "pt",
            "vi" | "ベトナム語" => "vi",
            "es" | "スペイン語" => "es",
            "tl" | "fil" | "タガログ語" => "fil",
            "ne" | "ネパール語" => "ne",
            other => {
                let shaped = (2..=35).contains(&other.len())
                    && other.split('-').all(|part| {
                        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
                    });
                return shaped.then(|| Lang(other.into()));
            }
        };
        Some(Lang(tag.into()))
    }
}

/// The same thing in other languages than the town's own, by language.
pub type Translations<T> = BTreeMap<Lang, T>;
