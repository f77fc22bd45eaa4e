//! A town's text -> the closed tree of blocks.
//!
//! Three readers write into one builder, which alone decides what a tree may hold: links that a resident may
//! follow, pictures of the bundle, and no more than the limits below. What a text loses on the way is counted.

mod builder;
mod html;
mod inline;
mod markdown;
mod plain;

use std::collections::BTreeMap;

use madoguchi_model::Block;

pub(crate) use builder::LINK_DROPPED;
pub use html::from_html;
pub use markdown::from_markdown;
pub use plain::from_plain;

/// Characters of text in one body.
pub const MAX_TEXT: usize = 200_000;
/// Blocks in one body, those inside of others too.
pub const MAX_BLOCKS: usize = 5_000;
/// Lists and quotes inside of each other.
pub const MAX_DEPTH: usize = 16;
/// Cells of one table, after its short rows were filled up.
pub const MAX_CELLS: usize = 20_000;
/// Characters of HTML for one body: markup is longer than its text, but not without end.
pub const MAX_HTML: usize = 1_000_000;
/// Attributes of one HTML tag.
pub const MAX_ATTRIBUTES: usize = 5_000;

/// A text as blocks, and what it lost on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Converted {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What could not be kept, by reason (Japanese, for the town's staff).
    pub dropped: BTreeMap<String, usize>,
}

/// Why a text became no blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More characters than [`MAX_TEXT`] (or [`MAX_HTML`] of HTML).
    #[error("本文が長すぎる（{MAX_TEXT} 文字まで）")]
    Text,
    /// More blocks than [`MAX_BLOCKS`].
    #[error("本文の段落や項目が多すぎる（{MAX_BLOCKS} 個まで）")]
    Blocks,
    /// Lists or quotes deeper than [`MAX_DEPTH`].
    #[error("箇条書きや引用の入れ子が深すぎる（{MAX_DEPTH} 段まで）")]
    Depth,
    /// A table with more cells than [`MAX_CELLS`].
    #[error("表が大きすぎる（{MAX_CELLS} ますまで）")]
    Cells,
    /// A tag with more than [`MAX_ATTRIBUTES`].
    #[error("HTML のタグが大きすぎる")]
    Attributes,
}

/// Finds the bundle's path of a picture that a text names, or says (in Japanese) why it cannot be shown.
pub type Pictures<'a> = dyn FnMut(&str) -> Result<String, String> + 'a;

#[cfg(test)]
mod tests {
    use madoguchi_model::{Inline, Link};
    use proptest::prelude::*;

    use super::*;

    /// Every piece of running text in a tree.
    fn inlines(blocks: &[Block]) -> Vec<&Inline> {
        let mut all = Vec::new();
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text } => all.extend(text),
                Block::List { items, .. } => all.extend(items.iter().flat_map(|item| inlines(item))),
                Block::Table { head, rows } => {
                    all.extend(std::iter::once(head).chain(rows).flatten().flatten());
                }
                Block::Quote { blocks } => all.extend(inlines(blocks)),
                Block::Image { .. } | Block::Rule => {}
            }
        }
        all
    }

    fn depth(blocks: &[Block]) -> usize {
        let inside = |block: &Block| match block {
            Block::List { items, .. } => 1 + items.iter().map(|item| depth(item)).max().unwrap_or(0),
            Block::Quote { blocks } => 1 + depth(blocks),
            _ => 0,
        };
        blocks.iter().map(inside).max().unwrap_or(0)
    }

    /// What must be true of any tree, whatever it was made of.
    fn sound(converted: Result<Converted, TooMuch>) {
        let Ok(Converted { blocks, .. }) = converted else { return };
        assert!(depth(&blocks) <= MAX_DEPTH);
        for inline in inlines(&blocks) {
            match inline {
                Inline::Link { href, text } => {
                    let href = href.as_str();
                    assert!(["https:", "tel:", "mailto:"].iter().any(|s| href.starts_with(s)), "{href}");
                    assert!(Link::new(href).is_ok() && !text.is_empty(), "{href}");
                }
                Inline::Text { text } | Inline::Strong { text } => assert!(!text.is_empty()),
                Inline::Ruby { base, reading } => assert!(!base.is_empty() && !reading.is_empty()),
                Inline::Break => {}
            }
        }
        for block in &blocks {
            match block {
                Block::Paragraph { text } => assert!(!text.is_empty()),
                Block::Heading { level, text } => assert!((1..=4).contains(level) && !text.is_empty()),
                Block::List { items, .. } => assert!(items.iter().all(|item| !item.is_empty())),
                Block::Table { head, rows } => {
                    let widths: Vec<usize> =
                        std::iter::once(head).filter(|h| !h.is_empty()).chain(rows).map(Vec::len).collect();
                    assert!(widths.iter().all(|w| Some(w) == widths.first()), "{widths:?}");
                }
                Block::Quote { blocks } => assert!(!blocks.is_empty()),
                Block::Image { path, .. } => assert_eq!(path, "files/koho/a.png"),
                Block::Rule => {}
            }
        }
        let json = serde_json::to_string(&blocks).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Block>>(&json).unwrap(), blocks);
    }

    fn any_picture(_: &str) -> Result<String, String> {
        Ok("files/koho/a.png".into())
    }

    /// Pieces that a reader of markup trips over, in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "\\PC{0,8}",
            prop::sample::select(vec![
                "\n",
                "\n\n",
                "- ",
                "1. ",
                "> ",
                "# ",
                "| a | b |\n|---|---|\n",
                "|",
                "{漢字|かんじ}",
                "{",
                "}",
                "**",
                "_",
                "[a](",
                "https://a.jp/)",
                "javascript:alert(1))",
                "mailto:a@b.jp",
                "![x](y.png)",
                "`",
                "<",
                ">",
                "&",
                "<p>",
                "</p>",
                "<ul>",
                "</ul>",
                "<ol>",
                "<li>",
                "</li>",
                "<table>",
                "</table>",
                "<tr>",
                "<td>",
                "</td>",
                "<th>",
                "<blockquote>",
                "</blockquote>",
                "<a href=\"https://a.jp\">",
                "<a href='javascript:x'>",
                "</a>",
                "<b>",
                "</b>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<ruby>",
                "<rt>",
                "</rt>",
                "</ruby>",
                "<rp>",
                "<br>",
                "<hr>",
                "<pre>",
                "</pre>",
                "<h2>",
                "</h2>",
                "<img src=x alt=y>",
                "<svg>",
                "</svg>",
                "&amp;",
                "&#x110000;",
                "&nbsp;",
                "・",
                "■",
                "    ",
                "\t",
                "\u{0}",
                "\r",
                "http://",
                "a@b.jp",
                "<caption>",
                "<![CDATA[",
                "<textarea>",
            ])
            .prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_markdown_reader(text in pieces()) {
            sound(from_markdown(&text, &mut any_picture));
        }

        #[test]
        fn no_text_breaks_the_html_reader(text in pieces()) {
            sound(from_html(&text));
        }

        #[test]
        fn no_text_breaks_the_plain_reader(text in pieces()) {
            sound(from_plain(&text));
        }
    }

    #[test]
    fn the_limits_hold_in_every_reader() {
        let long = "あ".repeat(MAX_TEXT + 1);
        assert_eq!(from_plain(&long), Err(TooMuch::Text));
        assert_eq!(from_markdown(&long, &mut any_picture), Err(TooMuch::Text));
        assert_eq!(from_html(&long), Err(TooMuch::Text));
        let many = "あ\n\n".repeat(MAX_BLOCKS + 1);
        assert_eq!(from_plain(&many), Err(TooMuch::Blocks));
        assert_eq!(from_markdown(&many, &mut any_picture), Err(TooMuch::Blocks));
        assert_eq!(from_html(&"<p>あ".repeat(MAX_BLOCKS + 1)), Err(TooMuch::Blocks));
        let deep = format!("{}あ", ">".repeat(MAX_DEPTH + 1));
        assert_eq!(from_markdown(&deep, &mut any_picture), Err(TooMuch::Depth));
        assert_eq!(from_html(&"<ul><li>".repeat(MAX_DEPTH + 1)), Err(TooMuch::Depth));
        assert!(from_html(&format!("{}あ", "<ul><li>".repeat(MAX_DEPTH))).is_ok());
        assert!(from_html(&format!("{}あ", "<div><b>".repeat(100_000))).is_ok());
    }

    #[test]
    fn a_table_that_one_wide_row_would_blow_up_is_refused() {
        let wide = format!("<table><tr>{}{}", "<td>a".repeat(5_000), "<tr><td>b".repeat(5_000));
        assert_eq!(from_html(&wide), Err(TooMuch::Cells));
        let markdown = format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "|b\n".repeat(5_000));
        assert_eq!(from_markdown(&markdown, &mut any_picture), Err(TooMuch::Cells));
    }
}
