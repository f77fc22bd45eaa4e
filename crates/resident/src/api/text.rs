use madoguchi_model::{Block, Lang, NoticeText, Translations};
use serde::Serialize;

/// Words in one language.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextOf {
    /// The title.
    pub title: String,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The body.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<super::shapes::Block>"))]
    pub body: Vec<Block>,
}

impl From<NoticeText> for TextOf {
    fn from(text: NoticeText) -> Self {
        TextOf { title: text.title, summary: text.summary, body: text.body }
    }
}

/// The words in the wanted language, or the town's own where it has none in that; and in which they are.
pub(super) fn in_language(
    own: NoticeText,
    own_lang: &Lang,
    mut translations: Translations<NoticeText>,
    wanted: &Lang,
) -> (TextOf, String) {
    match translations.remove(wanted).filter(|_| wanted != own_lang) {
        Some(text) => (text.into(), wanted.0.clone()),
        None => (own.into(), own_lang.0.clone()),
    }
}
