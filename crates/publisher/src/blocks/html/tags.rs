//! What each tag means.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TokenSinkResult};

use super::{CONTENT_DROPPED, Part, Reader, Ruby, attribute};
use crate::blocks::builder::Kind;

impl Reader {
    pub(super) fn start(&mut self, name: &str, tag: &Tag) -> TokenSinkResult<()> {
        match name {
            "script" | "style" | "title" | "iframe" | "noembed" | "noframes" => {
                self.skip = Some((name.into(), 1));
                if name != "title" {
                    self.builder.drop_counted(CONTENT_DROPPED);
                }
                return TokenSinkResult::RawData(match name {
                    "script" => RawKind::ScriptData,
                    "title" => RawKind::Rcdata,
                    _ => RawKind::Rawtext,
                });
            }
            "svg" | "math" | "template" | "object" | "video" | "audio" | "canvas" | "noscript" | "select" => {
                self.builder.drop_counted(CONTENT_DROPPED);
                if !tag.self_closing {
                    self.skip = Some((name.into(), 1));
                }
            }
            "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "ruby" => {
                self.ruby_close();
                self.ruby = Some(Ruby::default());
            }
            "rt" | "rtc" => self.ruby_part(Part::Reading),
            "rp" => self.ruby_part(Part::Bracket),
            "rb" => self.ruby_part(Part::Base),
            "br" => {
                self.ruby_close();
                self.builder.line_break();
            }
            "img" => self.image(tag),
            "strong" | "b" => self.builder.strong_start(),
            "a" => {
                self.builder.link_end();
                if let Some(href) = attribute(tag, "href") {
                    self.builder.link_start(href);
                }
            }
            _ => {
                if is_block(name) {
                    self.ruby_close();
                }
                self.start_block(name);
            }
        }
        TokenSinkResult::Continue
    }

    fn start_block(&mut self, name: &str) {
        match name {
            "h1" => self.builder.heading_start(1),
            "h2" => self.builder.heading_start(2),
            "h3" => self.builder.heading_start(3),
            "h4" | "h5" | "h6" => self.builder.heading_start(4),
            "ul" | "menu" => self.builder.list_start(false),
            "ol" => self.builder.list_start(true),
            "li" => self.builder.item_start(),
            "blockquote" => self.builder.quote_start(),
            "hr" => self.builder.rule(),
            "pre" => {
                self.builder.block();
                self.pre += 1;
            }
            "table" if self.builder.in_table() => {
                self.inner_tables += 1;
                self.builder.block();
            }
            "table" => {
                self.builder.table_start();
                self.head_row = true;
            }
            // Inside of a table's cell, an inner table is lines of text.
            "td" | "th" if self.inner_tables > 0 => self.space(),
            "tr" if self.inner_tables > 0 => self.builder.block(),
            "tr" => self.row_end(),
            "td" | "th" if self.builder.in_table() => {
                self.builder.cell_start();
                self.head_row &= name == "th";
            }
            name if is_block(name) => self.builder.block(),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "ruby" => self.ruby_close(),
            "rt" | "rtc" | "rp" | "rb" => self.ruby_part(Part::Base),
            "strong" | "b" => self.builder.strong_end(),
            "a" => self.builder.link_end(),
            _ => {
                if is_block(name) {
                    self.ruby_close();
                }
                self.end_block(name);
            }
        }
    }

    fn end_block(&mut self, name: &str) {
        match name {
            "ul" | "menu" | "ol" => self.builder.close(Kind::List),
            "li" => self.builder.close(Kind::Item),
            "blockquote" => self.builder.close(Kind::Quote),
            "pre" => {
                self.builder.block();
                self.pre = self.pre.saturating_sub(1);
            }
            "table" if self.inner_tables > 0 => {
                self.inner_tables -= 1;
                self.builder.block();
            }
            "table" => {
                self.row_end();
                self.builder.close(Kind::Table);
            }
            "td" | "th" | "tr" if self.inner_tables > 0 => {}
            "td" | "th" => self.builder.cell_end(),
            "tr" => self.row_end(),
            name if is_block(name) => self.builder.block(),
            _ => {}
        }
    }

    /// One blank, unless the text begins or has one already.
    pub(super) fn space(&mut self) {
        if self.builder.last().is_some_and(|c| c != ' ') {
            self.builder.text(" ");
        }
    }

    fn row_end(&mut self) {
        self.builder.row_end(self.head_row);
        self.head_row = true;
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "aside"
            | "nav"
            | "address"
            | "figure"
            | "figcaption"
            | "form"
            | "fieldset"
            | "legend"
            | "details"
            | "summary"
            | "dl"
            | "dt"
            | "dd"
            | "center"
            | "body"
            | "html"
            | "caption"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "menu"
            | "li"
            | "blockquote"
            | "hr"
            | "pre"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
    )
}
