use madoguchi_benefits::answer::{Description, Words};

/// The languages that rule files are written in.
pub const LANGUAGES: [&str; 3] = ["ja", "ja-easy", "en"];

/// A text in a language, or in Japanese where it has none in that; `None` where it has none at all.
pub fn text<'a>(words: &'a Words, lang: &str) -> Option<&'a str> {
    words.get(lang).or_else(|| words.get("ja")).or_else(|| words.values().next()).map(String::as_str)
}

/// How residents call a program; its name in the rules where it has no title.
pub fn title<'a>(of: &'a Description, lang: &str) -> &'a str {
    text(&of.title, lang).unwrap_or(&of.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_is_told_in_japanese() {
        let words = Words::from([("ja".into(), "手当".into()), ("en".into(), "allowance".into())]);
        assert_eq!(text(&words, "en"), Some("allowance"));
        assert_eq!(text(&words, "ja-easy"), Some("手当"));
        assert_eq!(text(&Words::new(), "ja"), None);
    }
}
