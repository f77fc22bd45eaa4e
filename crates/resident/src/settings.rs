//! How the resident wants the app to look and to speak. It stays on the phone.

use serde::de::{DeserializeOwned, IntoDeserializer, value::Error as Unknown};
use serde::{Deserialize, Serialize};

use crate::packs::Maps;
use crate::{Error, Phone};

/// The language of the app; content is shown in it where the town has it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// 日本語.
    #[default]
    #[serde(rename = "ja")]
    Ja,
    /// やさしい日本語.
    #[serde(rename = "ja-easy")]
    Easy,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Ja => "ja",
            Language::Easy => "ja-easy",
            Language::En => "en",
        }
    }
}

/// The size of text, in percent.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "100 | 115 | 130 | 160 | 200"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct TextSize(u8);

impl Default for TextSize {
    fn default() -> Self {
        TextSize(100)
    }
}

impl TryFrom<u8> for TextSize {
    type Error = String;
    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        let known = [100, 115, 130, 160, 200].contains(&percent);
        known.then_some(TextSize(percent)).ok_or_else(|| format!("no text size of {percent} %"))
    }
}

impl From<TextSize> for u8 {
    fn from(size: TextSize) -> u8 {
        size.0
    }
}

/// Light or dark.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the phone is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

const ON: &str = "on";

/// All settings.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The language.
    pub language: Language,
    /// The size of text, in percent.
    pub text_size: TextSize,
    /// Light or dark.
    pub theme: Theme,
    /// Is the country's map (地理院タイル) fetched, and laid under the zones?
    pub online_map: bool,
}

/// What is to be set; the rest stays as it is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct SetSettings {
    /// The language.
    pub language: Option<Language>,
    /// The size of text, in percent.
    pub text_size: Option<TextSize>,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// Is the country's map fetched? Switched off, what came of it goes.
    pub online_map: Option<bool>,
}

/// The settings. What was never set, or by a newer app to what is not known here, is as it comes.
pub fn settings(phone: &Phone) -> Result<Settings, Error> {
    let set = phone.private().settings()?;
    let text = |name: &str| set.get(name).map(String::as_str);
    let size = text("text_size").and_then(|size| TextSize::try_from(size.parse::<u8>().ok()?).ok());
    Ok(Settings {
        language: named(text("language")).unwrap_or_default(),
        text_size: size.unwrap_or_default(),
        theme: named(text("theme")).unwrap_or_default(),
        online_map: text("online_map") == Some(ON),
    })
}

/// Sets, and tells all settings.
pub fn set_settings(phone: &Phone, wanted: SetSettings) -> Result<Settings, Error> {
    let language = wanted.language.map(|language| ("language", language.tag().to_owned()));
    let size = wanted.text_size.map(|size| ("text_size", size.0.to_string()));
    let theme = wanted.theme.map(|theme| ("theme", theme.name().to_owned()));
    let online = wanted.online_map.map(|on| ("online_map", if on { ON } else { "off" }.to_owned()));
    let set: Vec<_> = [language, size, theme, online].into_iter().flatten().collect();
    phone.private().set_settings(&set)?;
    if wanted.online_map == Some(false) {
        // It tells where somebody looked.
        crate::gsi::forget(phone)?;
    }
    settings(phone)
}

/// When packs are wanted; none: the resident has not said yet.
pub fn maps(phone: &Phone) -> Result<Option<Maps>, Error> {
    Ok(named(phone.private().settings()?.get("maps").map(String::as_str)))
}

fn named<T: DeserializeOwned>(name: Option<&str>) -> Option<T> {
    let named: Result<T, Unknown> = T::deserialize(name?.into_deserializer());
    named.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::testing::phone_at;

    #[test]
    fn what_is_set_stays_and_what_a_newer_app_set_is_as_it_comes() {
        let folder = tempfile::tempdir().unwrap();
        let phone = phone_at(folder.path(), jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(settings(&phone).unwrap(), Settings::default());
        assert!(!settings(&phone).unwrap().online_map, "nothing is asked of the web unless it is wished");
        for language in [Language::Ja, Language::Easy, Language::En] {
            let wanted = SetSettings { language: Some(language), ..Default::default() };
            assert_eq!(set_settings(&phone, wanted).unwrap().language, language);
        }
        for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
            let wanted = SetSettings { theme: Some(theme), ..Default::default() };
            assert_eq!(set_settings(&phone, wanted).unwrap().theme, theme);
        }
        for online in [true, false] {
            let wanted = SetSettings { online_map: Some(online), ..Default::default() };
            assert_eq!(set_settings(&phone, wanted).unwrap().online_map, online);
        }
        let wanted = SetSettings { text_size: TextSize::try_from(160).ok(), ..Default::default() };
        let all = set_settings(&phone, wanted).unwrap();
        assert_eq!((all.language, u8::from(all.text_size), all.theme), (Language::En, 160, Theme::Dark));
        phone.private().set_settings(&[("theme", "sepia".into()), ("text_size", "17".into())]).unwrap();
        let all = settings(&phone).unwrap();
        assert_eq!((all.language, u8::from(all.text_size), all.theme), (Language::En, 100, Theme::Auto));
    }
}
