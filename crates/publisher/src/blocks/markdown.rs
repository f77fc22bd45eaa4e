use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use madoguchi_model::plain_text;

use super::builder::{Builder, Kind};
use super::{Converted, MAX_TEXT, Pictures, TooMuch, from_html};

const HTML_DROPPED: &str = "Markdown の中の HTML を文字だけにした";

/// CommonMark with tables -> blocks. `{漢字|かんじ}` is ruby. HTML in it is reduced to its text.
pub fn from_markdown(text: &str, pictures: &mut Pictures<'_>) -> Result<Converted, TooMuch> {
    if text.chars().count() > MAX_TEXT {
        return Err(TooMuch::Text);
    }
    let mut reader =
        Reader { builder: Builder::new(true), pictures, image: None, html: String::new(), code: false };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match reader.image {
            Some(_) => reader.in_image(event),
            None => reader.event(event)?,
        }
    }
    reader.builder.finish()
}

/// A picture whose description is being read.
struct Image {
    path: String,
    alt: String,
    /// Pictures inside of its description.
    inner: usize,
}

struct Reader<'a, 'b> {
    builder: Builder,
    pictures: &'a mut Pictures<'b>,
    image: Option<Image>,
    html: String,
    code: bool,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), TooMuch> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::HtmlBlock) => self.html_block()?,
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) | Event::Code(text) => self.builder.text(&text),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::SoftBreak => self.builder.soft_break(),
            Event::HardBreak => self.builder.line_break(),
            Event::Rule => self.builder.rule(),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.builder.text(&text);
            }
            Event::TaskListMarker(done) => self.builder.text(if done { "☑ " } else { "☐ " }),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.builder.heading_start(match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => 4,
            }),
            Tag::BlockQuote(_) => self.builder.quote_start(),
            Tag::CodeBlock(_) => {
                self.builder.block();
                self.code = true;
            }
            Tag::List(first) => self.builder.list_start(first.is_some()),
            Tag::Item => self.builder.item_start(),
            Tag::Table(_) => self.builder.table_start(),
            Tag::TableCell => self.builder.cell_start(),
            Tag::Strong => self.builder.strong_start(),
            Tag::Link { dest_url, .. } => self.builder.link_start(&dest_url),
            Tag::Image { dest_url, .. } => {
                self.image = Some(Image { path: dest_url.into_string(), alt: String::new(), inner: 0 });
            }
            Tag::HtmlBlock => self.html.clear(),
            Tag::Paragraph | Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => self.builder.block(),
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.builder.block()
            }
            Tag::TableHead | Tag::TableRow => {}
            Tag::Emphasis | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => self.builder.close(Kind::Quote),
            TagEnd::CodeBlock => {
                self.builder.block();
                self.code = false;
            }
            TagEnd::List(_) => self.builder.close(Kind::List),
            TagEnd::Item => self.builder.close(Kind::Item),
            TagEnd::Table => self.builder.close(Kind::Table),
            TagEnd::TableHead => self.builder.row_end(true),
            TagEnd::TableRow => self.builder.row_end(false),
            TagEnd::TableCell => self.builder.cell_end(),
            TagEnd::Strong => self.builder.strong_end(),
            TagEnd::Link => self.builder.link_end(),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::FootnoteDefinition => self.builder.block(),
            TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock => self.builder.block(),
            TagEnd::DefinitionList | TagEnd::DefinitionListTitle => self.builder.block(),
            TagEnd::DefinitionListDefinition => self.builder.block(),
            TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Image => {}
        }
    }

    fn in_image(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(Tag::Image { .. }) => image.inner += 1,
            Event::End(TagEnd::Image) if image.inner > 0 => image.inner -= 1,
            Event::End(TagEnd::Image) => {
                if let Some(Image { path, alt, .. }) = self.image.take() {
                    self.picture(&path, &alt);
                }
            }
            _ => {}
        }
    }

    fn picture(&mut self, path: &str, alt: &str) {
        match (self.pictures)(path) {
            Ok(target) => self.builder.image(target, alt),
            Err(why) => {
                self.builder.drop_counted(&why);
                self.builder.text(alt);
            }
        }
    }

    fn code_lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.builder.text(line.trim_end_matches('\n'));
            if line.ends_with('\n') {
                self.builder.line_break();
            }
        }
    }

    fn inline_html(&mut self, html: &str) {
        if html.starts_with("<!--") {
            return;
        }
        let name: String =
            html.trim_start_matches('<').chars().take_while(char::is_ascii_alphanumeric).collect();
        match name.eq_ignore_ascii_case("br") {
            true => self.builder.line_break(),
            false => self.builder.drop_counted(HTML_DROPPED),
        }
    }

    fn html_block(&mut self) -> Result<(), TooMuch> {
        let html = std::mem::take(&mut self.html);
        let text = plain_text(&from_html(&html)?.blocks);
        if !(html.trim_start().starts_with("<!--") && text.is_empty()) {
            self.builder.drop_counted(HTML_DROPPED);
        }
        for line in text.lines() {
            self.builder.block();
            self.builder.text(line);
        }
        self.builder.block();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use madoguchi_model::{Block, Inline, plain_text};

    use super::*;

    fn convert(text: &str) -> Converted {
        from_markdown(text, &mut |path: &str| match path {
            "map.png" => Ok("files/koho/map.png".into()),
            _ => Err(format!("画像「{path}」がない")),
        })
        .unwrap()
    }

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text { text: text.into() }]
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph { text: text(words) }
    }

    #[test]
    fn headings_paragraphs_and_rules() {
        let blocks = convert("# 一\n\n###### 六\n\n本文です。\nつづき\n\n---\n\nend of\nline").blocks;
        let heading = |level, words: &str| Block::Heading { level, text: text(words) };
        assert_eq!(
            blocks,
            [
                heading(1, "一"),
                heading(4, "六"),
                paragraph("本文です。つづき"),
                Block::Rule,
                paragraph("end of line")
            ]
        );
    }

    #[test]
    fn nested_lists_keep_their_levels() {
        let blocks = convert("1. 一\n   - い\n   - ろ\n2. 二").blocks;
        let inner =
            Block::List { ordered: false, items: vec![vec![paragraph("い")], vec![paragraph("ろ")]] };
        assert_eq!(
            blocks,
            [Block::List {
                ordered: true, items: vec![vec![paragraph("一"), inner], vec![paragraph("二")]]
            }]
        );
    }

    #[test]
    fn a_short_row_is_filled_up() {
        let blocks = convert("| 日 | 場所 |\n|---|---|\n| 1日 | 川原町 |\n| 2日 |").blocks;
        let [Block::Table { head, rows }] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert_eq!(head, &[text("日"), text("場所")]);
        assert_eq!(rows, &[vec![text("1日"), text("川原町")], vec![text("2日"), vec![]]]);
    }

    #[test]
    fn links_lead_only_where_a_resident_may_go() {
        let done = convert("[a](http://a.jp) [b](javascript:x) [c](tel:119) [d](b.pdf) <https://e.jp>");
        let links: Vec<String> = done
            .blocks
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph { text } => text.clone(),
                _ => Vec::new(),
            })
            .filter_map(|inline| match inline {
                Inline::Link { text, href } => Some(format!("{text} {}", href.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(links, ["a https://a.jp", "c tel:119", "https://e.jp https://e.jp"]);
        assert_eq!(plain_text(&done.blocks), "a b c d https://e.jp");
        assert_eq!(done.dropped.values().sum::<usize>(), 2);
    }

    #[test]
    fn a_link_without_words_shows_its_address() {
        assert_eq!(plain_text(&convert("[](mailto:a@b.jp)").blocks), "a@b.jp");
    }

    #[test]
    fn a_picture_of_the_folder_is_a_block_and_any_other_is_its_description() {
        let done = convert("前 ![地図](map.png) 後\n\n![遠くの絵](https://evil.jp/x.png)");
        let image = Block::Image { path: "files/koho/map.png".into(), alt: "地図".into() };
        assert_eq!(done.blocks, [paragraph("前"), image, paragraph("後"), paragraph("遠くの絵")]);
        assert_eq!(done.dropped.keys().collect::<Vec<_>>(), ["画像「https://evil.jp/x.png」がない"]);
    }

    #[test]
    fn ruby_and_strong_and_emphasis() {
        let done = convert("{避難|ひなん}は**今すぐ**、*あわてず*に。");
        assert_eq!(
            done.blocks,
            [Block::Paragraph {
                text: vec![
                    Inline::Ruby { base: "避難".into(), reading: "ひなん".into() },
                    Inline::Text { text: "は".into() },
                    Inline::Strong { text: "今すぐ".into() },
                    Inline::Text { text: "、あわてずに。".into() },
                ]
            }]
        );
    }

    #[test]
    fn ruby_in_a_table_is_written_with_an_escaped_bar() {
        let blocks = convert("| 所 |\n|---|\n| {避難所\\|ひなんじょ} |").blocks;
        let [Block::Table { rows, .. }] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert_eq!(rows[0][0], [Inline::Ruby { base: "避難所".into(), reading: "ひなんじょ".into() }]);
    }

    #[test]
    fn html_is_reduced_to_its_text() {
        let done = convert(
            "<div onclick=\"x()\"><script>x()</script><p>こん<b>にちは</b></p></div>\n\n一<br>二 <i>三</i>",
        );
        assert_eq!(plain_text(&done.blocks), "こんにちは\n一\n二 三");
        assert_eq!(done.dropped, [(HTML_DROPPED.to_string(), 3)].into());
        assert_eq!(convert("<!-- 覚え書き -->"), Converted::default());
    }

    #[test]
    fn code_is_text_with_its_lines() {
        assert_eq!(plain_text(&convert("```\na = 1\n  b\n```").blocks), "a = 1\n  b");
        assert_eq!(plain_text(&convert("`x` と y").blocks), "x と y");
    }

    #[test]
    fn a_quote_holds_blocks() {
        let quoted = Block::Quote { blocks: vec![paragraph("ことば")] };
        assert_eq!(convert("> ことば").blocks, [quoted]);
    }
}
