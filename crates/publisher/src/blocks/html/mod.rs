//! HTML as feeds carry it.

mod tags;

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::builder::Builder;
use super::{Converted, MAX_ATTRIBUTES, MAX_HTML, TooMuch};

const IMAGE_DROPPED: &str = "HTML の中の画像は配信できないので、説明の文字だけにした";
const CONTENT_DROPPED: &str = "HTML の中の埋め込みやスクリプトを外した";

/// HTML as feeds carry it -> blocks.
///
/// A browser's tokenizer, but no browser's tree: the tokens go straight to the builder, which forgives wrong nesting
/// itself. So the time taken grows with the text and not with its depth.
pub fn from_html(text: &str) -> Result<Converted, TooMuch> {
    if text.chars().count() > MAX_HTML {
        return Err(TooMuch::Text);
    }
    if is_crowded(text) {
        return Err(TooMuch::Attributes);
    }
    let sink = Sink(RefCell::new(Reader::default()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.ruby_close();
    reader.builder.finish()
}

/// Whether a tag has so many attributes that comparing each with all others would take minutes. (A rough count: what
/// stands in scripts is counted as well.)
fn is_crowded(html: &str) -> bool {
    let mut bytes = html.bytes().peekable();
    // The attributes of the tag so far, the quote that is open, whether a value begins.
    let (mut tag, mut quote, mut value) = (None, None, false);
    while let Some(byte) = bytes.next() {
        match (&mut tag, quote) {
            (None, _) if byte == b'<' && bytes.peek().is_some_and(u8::is_ascii_alphabetic) => tag = Some(0),
            (Some(attributes), Some(open)) if byte == open => {
                quote = None;
                *attributes += 1;
            }
            (Some(_), None) if value && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            (Some(_), None) if byte == b'>' => tag = None,
            (Some(attributes), None) if byte == b'/' || byte.is_ascii_whitespace() => *attributes += 1,
            _ => {}
        }
        value = byte == b'=' || (value && byte.is_ascii_whitespace());
        if tag.is_some_and(|attributes| attributes > MAX_ATTRIBUTES) {
            return true;
        }
    }
    false
}

struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return reader.tag(&tag),
            Token::CharacterTokens(text) => reader.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Ruby {
    base: String,
    reading: String,
    part: Part,
}

#[derive(Default, PartialEq)]
enum Part {
    #[default]
    Base,
    Reading,
    /// Brackets for those who cannot show ruby.
    Bracket,
}

#[derive(Default)]
struct Reader {
    builder: Builder,
    /// The element whose content is left out, and how often it is open.
    skip: Option<(String, usize)>,
    ruby: Option<Ruby>,
    pre: usize,
    /// Tables inside of a table's cell.
    inner_tables: usize,
    /// Whether only blanks came since the last line's end in the source.
    line_ended: bool,
    /// Whether the row so far has heading cells only.
    head_row: bool,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if self.skip.is_some() {
            return;
        }
        if let Some(ruby) = &mut self.ruby {
            match ruby.part {
                Part::Base => ruby.base.push_str(text),
                Part::Reading => ruby.reading.push_str(text),
                Part::Bracket => {}
            }
            return;
        }
        if self.pre > 0 {
            for line in text.split_inclusive('\n') {
                self.builder.text(line.trim_end_matches('\n'));
                if line.ends_with('\n') {
                    self.builder.line_break();
                }
            }
            return;
        }
        // The full-width space and the no-break space are words' own; only ASCII space is layout.
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let words = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !words.is_empty() {
                self.builder.text(words);
                self.line_ended = false;
            }
            match piece.chars().last() {
                Some('\n' | '\r') => {
                    self.builder.soft_break();
                    self.line_ended = true;
                }
                Some(c) if c.is_ascii_whitespace() && !self.line_ended => self.space(),
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let start = tag.kind == TagKind::StartTag;
        if let Some((skipped, open)) = &mut self.skip {
            if skipped == name {
                match start {
                    true if !tag.self_closing => *open += 1,
                    true => {}
                    false => *open -= 1,
                }
                if *open == 0 {
                    self.skip = None;
                }
            }
            return TokenSinkResult::Continue;
        }
        if start {
            self.start(name, tag)
        } else {
            self.end(name);
            TokenSinkResult::Continue
        }
    }

    fn image(&mut self, tag: &Tag) {
        self.builder.drop_counted(IMAGE_DROPPED);
        let alt = attribute(tag, "alt").unwrap_or("").to_string();
        self.text(&alt);
    }

    fn ruby_part(&mut self, part: Part) {
        if let Some(ruby) = &mut self.ruby {
            if part != Part::Reading && ruby.part == Part::Reading {
                let Ruby { base, reading, .. } = std::mem::take(ruby);
                self.builder.ruby(&base, &reading);
            }
            if let Some(ruby) = &mut self.ruby {
                ruby.part = part;
            }
        }
    }

    fn ruby_close(&mut self) {
        if let Some(Ruby { base, reading, .. }) = self.ruby.take() {
            match reading.is_empty() {
                true => self.text(&base),
                false => self.builder.ruby(&base, &reading),
            }
        }
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

#[cfg(test)]
mod tests {
    use madoguchi_model::{Block, Inline, plain_text};

    use super::*;

    fn blocks(html: &str) -> Vec<Block> {
        from_html(html).unwrap().blocks
    }

    fn words(html: &str) -> String {
        plain_text(&blocks(html))
    }

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text { text: text.into() }]
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph { text: text(words) }
    }

    #[test]
    fn paragraphs_headings_and_breaks() {
        assert_eq!(
            blocks("<h2>題</h2><p>一行目<br/>二行目<p>次の段落"),
            [
                Block::Heading { level: 2, text: text("題") },
                Block::Paragraph {
                    text: vec![
                        Inline::Text { text: "一行目".into() },
                        Inline::Break,
                        Inline::Text { text: "二行目".into() }
                    ]
                },
                paragraph("次の段落"),
            ]
        );
    }

    #[test]
    fn white_space_is_layout_and_japanese_lines_join_without_it() {
        assert_eq!(
            words("<p>\n  日本語の\n  文です。\n  one\n  two   three\n</p>"),
            "日本語の文です。one two three"
        );
        assert_eq!(words("<pre>一\n二</pre>"), "一\n二");
    }

    #[test]
    fn entities_are_read() {
        assert_eq!(words("A&amp;B &lt;会場&gt; &hearts; &#12354; &nosuch;"), "A&B <会場> ♥ あ &nosuch;");
    }

    #[test]
    fn script_and_style_and_embedded_things_are_gone_with_their_content() {
        let html = "<style>p{}</style>a<script>alert('</p>')</script>b<iframe src=x>c</iframe><svg><text>d</text></svg>e";
        assert_eq!(words(html), "abe");
        assert_eq!(from_html(html).unwrap().dropped, [(CONTENT_DROPPED.to_string(), 4)].into());
    }

    #[test]
    fn a_picture_is_its_description() {
        let done = from_html("<p><img src='https://evil.jp/track.gif' alt='地図'>のとおり</p>").unwrap();
        assert_eq!(done.blocks, [paragraph("地図のとおり")]);
        assert_eq!(done.dropped, [(IMAGE_DROPPED.to_string(), 1)].into());
    }

    #[test]
    fn links_lead_only_where_a_resident_may_go() {
        let done = from_html(
            "<a href='http://a.jp/?x=1&amp;y=2'>甲</a><a href=\"JavaScript:x\">乙</a><a name=t>丙</a>",
        )
        .unwrap();
        let [Block::Paragraph { text }] = done.blocks.as_slice() else { panic!("{done:?}") };
        assert!(
            matches!(&text[0], Inline::Link { text, href } if text == "甲" && href.as_str() == "https://a.jp/?x=1&y=2")
        );
        assert_eq!(text[1], Inline::Text { text: "乙丙".into() });
        assert_eq!(done.dropped.values().sum::<usize>(), 1);
    }

    #[test]
    fn a_link_around_blocks_is_a_link_in_each() {
        let found = blocks("<a href='https://a.jp'><h3>題</h3><p>文</p></a>");
        assert!(matches!(&found[0], Block::Heading { text, .. } if matches!(text[0], Inline::Link { .. })));
        assert!(matches!(&found[1], Block::Paragraph { text } if matches!(text[0], Inline::Link { .. })));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn lists_nest_and_forgive_what_was_not_closed() {
        let inner =
            Block::List { ordered: true, items: vec![vec![paragraph("い")], vec![paragraph("ろ")]] };
        let list = Block::List {
            ordered: false,
            items: vec![vec![paragraph("一"), inner], vec![paragraph("二")]],
        };
        assert_eq!(blocks("<ul><li>一<ol><li>い</li><li>ろ</ol></li><li>二</ul>後"), [list, paragraph("後")]);
        assert_eq!(words("<li>一</li><li>二</li></ul></ul>"), "一\n二");
    }

    #[test]
    fn a_table_has_a_head_when_its_first_row_is_one() {
        let found = blocks(
            "<table><caption>表</caption><tr><th>日<th>場所<tr><td>1日<td><p>甲<p>乙<ul><li>丙</ul></table>後",
        );
        let [caption, Block::Table { head, rows }, after] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((caption, after), (&paragraph("表"), &paragraph("後")));
        assert_eq!(head, &[text("日"), text("場所")]);
        assert_eq!(rows.len(), 1);
        assert_eq!(
            words("<table><tr><td>a<td>b<table><tr><td>c<td>d</table>e<tr><td>f</table>"),
            "a / b\nc d\ne\nf / "
        );
    }

    #[test]
    fn a_tag_with_thousands_of_attributes_is_refused_and_a_long_value_is_not() {
        let many: String = (0..100_000).map(|n| format!(" a{n}")).collect();
        assert_eq!(from_html(&format!("<p{many}>x")), Err(TooMuch::Attributes));
        let slashes: String = (0..100_000).map(|n| format!("/a{n}")).collect();
        assert_eq!(from_html(&format!("<p{slashes}")), Err(TooMuch::Attributes));
        let data = format!("<img alt=絵 src=\"data:image/png;base64,{}\"><p>x", "/a b".repeat(20_000));
        assert_eq!(words(&data), "絵\nx");
        assert_eq!(words(&"<p class=\"a b\">x".repeat(4_000)).lines().count(), 4_000);
    }

    #[test]
    fn ruby_is_kept() {
        let ruby = |base: &str, reading: &str| Inline::Ruby { base: base.into(), reading: reading.into() };
        assert_eq!(
            blocks(
                "<ruby>避難<rp>(</rp><rt>ひなん</rt><rp>)</rp></ruby><ruby>所<rt>じょ</ruby><ruby>無</ruby>"
            ),
            [Block::Paragraph {
                text: vec![ruby("避難", "ひなん"), ruby("所", "じょ"), Inline::Text { text: "無".into() }]
            }]
        );
    }
}
