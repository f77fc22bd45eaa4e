//! The one place where blocks are put together.

mod table;

use std::collections::BTreeMap;

use madoguchi_model::{Block, Inline, Link};

use self::table::Table;
use super::{Converted, MAX_BLOCKS, MAX_DEPTH, MAX_TEXT, TooMuch, inline};

pub(crate) const LINK_DROPPED: &str = "リンク先が https・tel・mailto でないので、文字だけにした";

/// Something that holds blocks and is still being written.
enum Open {
    Quote(Vec<Block>),
    List { ordered: bool, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Table(Table),
}

/// What can be closed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Quote,
    List,
    Item,
    Table,
}

impl Open {
    fn kind(&self) -> Kind {
        match self {
            Open::Quote(_) => Kind::Quote,
            Open::List { .. } => Kind::List,
            Open::Item(_) => Kind::Item,
            Open::Table(_) => Kind::Table,
        }
    }
}

struct OpenLink {
    href: Link,
    shown: bool,
}

/// Takes what a reader finds, in its order, and forgives what does not fit together.
#[derive(Default)]
pub(super) struct Builder {
    root: Vec<Block>,
    open: Vec<Open>,
    heading: Option<u8>,
    /// The running text so far, and the piece of it that is being written.
    line: Vec<Inline>,
    run: String,
    /// Reads `{漢字|かんじ}`?
    ruby_marks: bool,
    strong: usize,
    link: Option<OpenLink>,
    last: Option<char>,
    chars: usize,
    blocks: usize,
    dropped: BTreeMap<String, usize>,
    too_much: Option<TooMuch>,
}

impl Builder {
    /// An empty tree; `ruby_marks` says whether `{漢字|かんじ}` is ruby.
    pub(super) fn new(ruby_marks: bool) -> Self {
        Builder { ruby_marks, ..Default::default() }
    }

    /// Counts something that cannot be kept.
    pub(super) fn drop_counted(&mut self, reason: &str) {
        *self.dropped.entry(reason.into()).or_default() += 1;
    }

    /// The last character of the running text; none at its beginning.
    pub(super) fn last(&self) -> Option<char> {
        self.last
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\t' | '\n' => self.char(' '),
                c if c.is_control() => {}
                c => self.char(c),
            }
        }
    }

    fn char(&mut self, c: char) {
        self.chars += 1;
        if self.chars > MAX_TEXT {
            self.too_much.get_or_insert(TooMuch::Text);
            return;
        }
        self.run.push(c);
        self.last = Some(c);
    }

    /// A line break that means nothing: a space between Latin words, nothing after Japanese.
    pub(super) fn soft_break(&mut self) {
        if self.last.is_some_and(|c| !inline::is_wide(c) && !c.is_whitespace()) {
            self.char(' ');
        }
    }

    /// A line break that the author wants.
    pub(super) fn line_break(&mut self) {
        self.end_run();
        if !self.line.is_empty() {
            self.line.push(Inline::Break);
        }
        self.last = None;
    }

    /// Kanji with their reading.
    pub(super) fn ruby(&mut self, base: &str, reading: &str) {
        if self.link.is_some() {
            return self.text(base);
        }
        self.end_run();
        self.chars += base.chars().count() + reading.chars().count();
        let clean =
            |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_string();
        let (base, reading) = (clean(base), clean(reading));
        self.last = base.chars().last();
        match (base.is_empty(), reading.is_empty()) {
            (false, false) => self.line.push(Inline::Ruby { base, reading }),
            _ => self.run.push_str(&(base + &reading)),
        }
    }

    /// From here on the text is important.
    pub(super) fn strong_start(&mut self) {
        self.end_run();
        self.strong += 1;
    }

    /// The end of [`Builder::strong_start`].
    pub(super) fn strong_end(&mut self) {
        self.end_run();
        self.strong = self.strong.saturating_sub(1);
    }

    /// From here on the text is a link, if it leads where a resident may go.
    pub(super) fn link_start(&mut self, href: &str) {
        self.link_end();
        match Link::new(href) {
            Ok(href) => self.link = Some(OpenLink { href, shown: false }),
            Err(_) => self.drop_counted(LINK_DROPPED),
        }
    }

    /// The end of [`Builder::link_start`]. A link without a word of its own shows its address.
    pub(super) fn link_end(&mut self) {
        self.end_run();
        if let Some(OpenLink { href, shown: false }) = self.link.take() {
            let text = href.as_str().trim_start_matches("mailto:").trim_start_matches("tel:").to_string();
            self.chars += text.chars().count();
            self.last = text.chars().last();
            if !text.is_empty() {
                self.line.push(Inline::Link { text, href });
            }
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        match &mut self.link {
            Some(link) if !run.trim().is_empty() => {
                let text = if self.ruby_marks { inline::without_ruby(&run) } else { run };
                self.line.push(Inline::Link { text, href: link.href.clone() });
                link.shown = true;
            }
            _ => inline::write(&mut self.line, &run, self.strong > 0, self.ruby_marks),
        }
    }

    /// Ends the running text: it becomes a paragraph or heading, or a line of its cell.
    pub(super) fn end_text(&mut self) {
        self.end_run();
        self.last = None;
        if matches!(self.open.last(), Some(Open::Table(table)) if table.in_cell) {
            if !self.line.is_empty() && self.line.last() != Some(&Inline::Break) {
                self.line.push(Inline::Break);
            }
            return;
        }
        let text = inline::tidy(std::mem::take(&mut self.line));
        if !text.is_empty() {
            self.push(match self.heading {
                Some(level) => Block::Heading { level, text },
                None => Block::Paragraph { text },
            });
        }
    }

    /// From here on the text is a heading.
    pub(super) fn heading_start(&mut self, level: u8) {
        self.end_text();
        self.heading = Some(level.clamp(1, 4));
    }

    /// Ends the running text, and a heading if it was one.
    pub(super) fn block(&mut self) {
        self.end_text();
        self.heading = None;
    }

    /// A line between parts.
    pub(super) fn rule(&mut self) {
        self.block();
        if !self.in_cell() {
            self.push(Block::Rule);
        }
    }

    /// A picture of the bundle; in a cell, where no picture fits, its description.
    pub(super) fn image(&mut self, path: String, alt: &str) {
        if self.in_cell() {
            return self.text(alt);
        }
        self.end_text();
        let alt: String = alt.chars().filter(|c| !c.is_control()).collect();
        self.chars += alt.chars().count();
        self.push(Block::Image { path, alt: alt.trim().into() });
    }

    /// Begins a quote.
    pub(super) fn quote_start(&mut self) {
        self.open(Open::Quote(Vec::new()));
    }

    /// Begins a list.
    pub(super) fn list_start(&mut self, ordered: bool) {
        self.open(Open::List { ordered, items: Vec::new() });
    }

    /// Begins an item; it ends the one before. In a cell it is a line with a dot.
    pub(super) fn item_start(&mut self) {
        self.block();
        if self.in_table() {
            if self.in_cell() {
                self.text("・");
            }
            return;
        }
        let nearest = self.open.iter().rev().find(|o| matches!(o, Open::List { .. } | Open::Item(_)));
        match nearest.map(Open::kind) {
            Some(Kind::Item) => self.close(Kind::Item),
            Some(_) => {}
            None => return,
        }
        self.open.push(Open::Item(Vec::new()));
    }

    fn open(&mut self, what: Open) {
        self.block();
        if self.in_table() {
            return;
        }
        let deep = self.open.iter().filter(|o| matches!(o.kind(), Kind::Quote | Kind::List)).count();
        if deep >= MAX_DEPTH && !matches!(what, Open::Table(_)) {
            self.too_much.get_or_insert(TooMuch::Depth);
            return;
        }
        self.within_item();
        self.open.push(what);
    }

    /// Ends the innermost thing of this kind and all within it. Nothing inside of a table reaches out of it.
    pub(super) fn close(&mut self, kind: Kind) {
        self.block();
        let stays = self.in_table() && kind != Kind::Table;
        if stays || !self.open.iter().any(|o| o.kind() == kind) {
            return;
        }
        if kind == Kind::Table {
            self.cell_end();
            self.row_end(false);
        }
        while let Some(open) = self.open.pop() {
            let found = open.kind() == kind;
            self.settle(open);
            if found {
                break;
            }
        }
    }

    fn settle(&mut self, open: Open) {
        match open {
            Open::Quote(blocks) if !blocks.is_empty() => self.push(Block::Quote { blocks }),
            Open::List { ordered, items } if !items.is_empty() => self.push(Block::List { ordered, items }),
            Open::Item(blocks) if !blocks.is_empty() => {
                if let Some(Open::List { items, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            Open::Table(table) => match inline::even_table(table.head, table.rows) {
                Ok(Some(block)) => self.push(block),
                Ok(None) => {}
                Err(too_much) => {
                    self.too_much.get_or_insert(too_much);
                }
            },
            _ => {}
        }
    }

    /// Text that stands in a list without an item gets one.
    fn within_item(&mut self) {
        if let Some(Open::List { .. }) = self.open.last() {
            self.open.push(Open::Item(Vec::new()));
        }
    }

    fn push(&mut self, block: Block) {
        self.blocks += 1;
        if self.blocks > MAX_BLOCKS {
            self.too_much.get_or_insert(TooMuch::Blocks);
            return;
        }
        // A caption, or text astray between cells, stands before its table.
        let table = self.open.pop_if(|o| matches!(o, Open::Table(_)));
        self.within_item();
        match self.open.last_mut() {
            Some(Open::Quote(blocks) | Open::Item(blocks)) => blocks.push(block),
            _ => self.root.push(block),
        }
        self.open.extend(table);
    }

    /// The tree.
    pub(super) fn finish(mut self) -> Result<Converted, TooMuch> {
        self.link_end();
        if self.in_table() {
            self.close(Kind::Table);
        }
        self.block();
        while let Some(open) = self.open.pop() {
            self.settle(open);
        }
        if self.chars > MAX_TEXT {
            return Err(TooMuch::Text);
        }
        match self.too_much {
            Some(too_much) => Err(too_much),
            None => Ok(Converted { blocks: self.root, dropped: self.dropped }),
        }
    }
}
