use madoguchi_model::{Block, Lang, NoticeText, Translations, words_in};
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
    translations: Translations<NoticeText>,
    wanted: &Lang,
) -> (TextOf, String) {
    let (text, lang) = words_in(&own, own_lang, &translations, wanted);
    (text.clone().into(), lang.0.clone())
}
