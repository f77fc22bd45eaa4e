use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Block, Lang, Link, Segment, Translations};

/// お知らせ: a message of the town.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Stable name within the town; a correction keeps it.
    pub id: String,
    /// What it is about; never empty.
    pub segments: Vec<Segment>,
    /// The office that speaks, in the town's words (防災課).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub department: String,
    /// When it became public.
    pub published_at: Timestamp,
    /// After this it is no longer shown among what is current.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Does it want attention today?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// The language of `text`, `ja` unless said.
    #[serde(default = "Lang::ja", skip_serializing_if = "is_ja")]
    pub lang: Lang,
    /// The words.
    #[serde(flatten)]
    pub text: NoticeText,
    /// The same in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations<NoticeText>,
    /// Where to read on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// Where it takes place, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Files of the bundle that belong to it, fetched when wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What the town says it corrected, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The town took it back: the text is gone, this stands in its place with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Correction>,
    /// The file it came from: index into the collection's sources.
    #[serde(default)]
    pub source: usize,
}

impl Notice {
    /// The words in the wanted language, or the town's own where it has none in that; and in which they are.
    pub fn text_in<'a>(&'a self, wanted: &'a Lang) -> (&'a NoticeText, &'a Lang) {
        words_in(&self.text, &self.lang, &self.translations, wanted)
    }

    /// Does this file of the bundle belong to it: as an attachment, or as a picture in a text of any language?
    pub fn has_file(&self, path: &str) -> bool {
        let texts = std::iter::once(&self.text).chain(self.translations.values());
        self.attachments.iter().any(|attachment| attachment.path == path)
            || texts.into_iter().any(|text| has_picture(&text.body, path))
    }
}

/// The words in the wanted language, or the town's own where it has none in that; and in which they are.
pub fn words_in<'a>(
    own: &'a NoticeText,
    own_lang: &'a Lang,
    translations: &'a Translations<NoticeText>,
    wanted: &'a Lang,
) -> (&'a NoticeText, &'a Lang) {
    match translations.get(wanted).filter(|_| wanted != own_lang) {
        Some(text) => (text, wanted),
        None => (own, own_lang),
    }
}

fn has_picture(blocks: &[Block], path: &str) -> bool {
    blocks.iter().any(|block| match block {
        Block::Image { path: picture, .. } => picture == path,
        Block::List { items, .. } => items.iter().any(|item| has_picture(item, path)),
        Block::Quote { blocks } => has_picture(blocks, path),
        Block::Heading { .. } | Block::Paragraph { .. } | Block::Table { .. } | Block::Rule => false,
    })
}

fn is_ja(lang: &Lang) -> bool {
    lang.0 == "ja"
}

/// The words of a notice in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeText {
    /// The title.
    pub title: String,
    /// One or two sentences for the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Block>,
}

/// A change of a notice after it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub at: Timestamp,
    /// What is different now, in the town's words.
    pub note: String,
}

/// A file that belongs to a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its TUF target path (`files/bosai/map.pdf`).
    pub path: String,
    /// What to call it.
    pub title: String,
    /// Size in bytes, so that a resident can decide.
    pub bytes: u64,
    /// Media type (`application/pdf`).
    pub media_type: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice() -> Notice {
        let picture = |path: &str| serde_json::json!({"t": "image", "path": path, "alt": ""});
        serde_json::from_value(serde_json::json!({
            "id": "a", "segments": ["living"], "published_at": "2026-11-20T00:00:00Z", "title": "断水",
            "body": [{"t": "list", "items": [[{"t": "quote", "blocks": [picture("files/a.png")]}]]}],
            "translations": {"en": {"title": "No water", "body": [picture("files/en.png")]}},
            "attachments": [{"path": "files/a.pdf", "title": "地図", "bytes": 1, "media_type": "application/pdf"}]
        }))
        .unwrap()
    }

    #[test]
    fn files_are_those_that_it_names_and_no_others() {
        for path in ["files/a.pdf", "files/a.png", "files/en.png"] {
            assert!(notice().has_file(path), "{path}");
        }
        for path in ["files/b.pdf", "", "files/a"] {
            assert!(!notice().has_file(path), "{path}");
        }
    }

    #[test]
    fn words_are_in_the_wanted_language_where_there_are_any() {
        let notice = notice();
        for (wanted, title, lang) in [("en", "No water", "en"), ("ja", "断水", "ja"), ("vi", "断水", "ja")]
        {
            let wanted = Lang(wanted.into());
            let (text, in_lang) = notice.text_in(&wanted);
            assert_eq!((text.title.as_str(), in_lang.0.as_str()), (title, lang));
        }
    }
}
