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
