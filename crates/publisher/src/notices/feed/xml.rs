//! The XML of a feed -> its articles. No entity is expanded, and nothing is fetched.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::MAX_ITEMS;

/// Elements inside of each other; a feed has six.
const MAX_DEPTH: usize = 100;

const NO_FEED: &str = "RSS でも Atom でもない";

/// Words as an article has them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Words {
    Plain(String),
    Html(String),
}

/// An article.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) link: Option<String>,
    pub(super) title: Option<Words>,
    /// When it was published, or else changed.
    pub(super) date: Option<String>,
    pub(super) categories: Vec<String>,
    pub(super) summary: Option<Words>,
    pub(super) content: Option<Words>,
}

/// Whose element it is.
#[derive(Clone, Copy, PartialEq)]
enum Space {
    Rss,
    Rdf,
    Atom,
    DublinCore,
    Content,
    Other,
}

impl Space {
    fn of(found: ResolveResult<'_>) -> Self {
        match found {
            ResolveResult::Unbound => Space::Rss,
            ResolveResult::Bound(Namespace(name)) => match name {
                "http://purl.org/rss/1.0/" | "http://my.netscape.com/rdf/simple/0.9/" => Space::Rss,
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#" => Space::Rdf,
                "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns#" => Space::Atom,
                "http://purl.org/dc/elements/1.1/" | "http://purl.org/dc/terms/" => Space::DublinCore,
                "http://purl.org/rss/1.0/modules/content/" => Space::Content,
                _ => Space::Other,
            },
            // Some feeds forget to declare what everyone knows.
            ResolveResult::Unknown(prefix) => match prefix.as_str() {
                "rdf" => Space::Rdf,
                "dc" => Space::DublinCore,
                "content" => Space::Content,
                _ => Space::Other,
            },
        }
    }
}

/// Reads the articles of a feed, or says (in Japanese) why it is none.
pub(super) fn read(text: &str) -> Result<Vec<Item>, String> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    Reader { text, reader, line: 1, counted: 0, depth: 0 }.items()
}

struct Reader<'a> {
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    /// The line of byte `counted`.
    line: u64,
    counted: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn items(mut self) -> Result<Vec<Item>, String> {
        let mut items: Vec<Item> = Vec::new();
        // The depth of the article that is being read; its fields lie one below.
        let mut inside: Option<usize> = None;
        let mut rooted = false;
        loop {
            let (space, event) = self.next()?;
            match event {
                Event::Start(start) if self.depth == 1 => {
                    known_root(space, &start)?;
                    rooted = true;
                }
                Event::Start(start) if inside.is_none() && is_item(space, &start) => {
                    if items.len() == MAX_ITEMS {
                        return Err(format!("記事が多すぎる（{MAX_ITEMS} 件まで）"));
                    }
                    let id = (space == Space::Rss).then(|| attribute(&start, "about")).flatten();
                    items.push(Item { line: self.line(), id, ..Default::default() });
                    inside = Some(self.depth);
                }
                Event::Start(start) if inside.is_some_and(|depth| self.depth == depth + 1) => {
                    if let Some(item) = items.last_mut() {
                        self.field(item, space, &start)?;
                    }
                }
                Event::End(_) if inside.is_some_and(|depth| self.depth + 1 == depth) => inside = None,
                Event::Eof if self.depth > 0 => return Err("XML が途中で切れている".into()),
                Event::Eof if !rooted => return Err(NO_FEED.into()),
                Event::Eof => return Ok(items),
                _ => {}
            }
        }
    }

    /// The next event; what a feed must not have ends here.
    fn next(&mut self) -> Result<(Space, Event<'a>), String> {
        let (space, event) = match self.reader.read_resolved_event() {
            Ok((found, event)) => (Space::of(found), event),
            Err(_) => {
                let line = self.line();
                return Err(format!("XML として読めない（{line} 行目のあたり）"));
            }
        };
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err("DTD で実体を宣言した XML は読まない".into());
            }
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(format!("XML の入れ子が深すぎる（{MAX_DEPTH} 段まで）"));
        }
        Ok((space, event))
    }

    /// The line that the reader has reached.
    fn line(&mut self) -> u64 {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = self.counted.max(at);
        self.line
    }

    fn field(&mut self, item: &mut Item, space: Space, start: &BytesStart<'a>) -> Result<(), String> {
        use Space::{Atom, Content, DublinCore, Rss};
        match (space, start.local_name().into_inner()) {
            (Rss, "title") => item.title = Some(html(self.content()?)),
            (Atom, "title") => item.title = Some(self.atom_words(start)?),
            (Rss, "link") => item.link = Some(self.content()?).filter(|link| !link.trim().is_empty()),
            (Atom, "link") => {
                let own = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
                if own && item.link.is_none() {
                    item.link = attribute(start, "href");
                }
            }
            (Rss, "guid") | (Atom, "id") => {
                let id = self.content()?;
                item.id = Some(id).filter(|id| !id.trim().is_empty());
            }
            (Rss, "pubDate") | (Atom, "published" | "issued") => item.date = Some(self.content()?),
            (DublinCore, "date" | "created" | "modified") | (Atom, "updated" | "modified") => {
                let date = self.content()?;
                item.date.get_or_insert(date);
            }
            (Rss, "category") | (DublinCore, "subject") => item.categories.push(self.content()?),
            (Atom, "category") => {
                item.categories.extend(attribute(start, "label").or_else(|| attribute(start, "term")));
            }
            (Rss, "description") => item.summary = Some(html(self.content()?)).filter(not_blank),
            (Atom, "summary") => item.summary = Some(self.atom_words(start)?).filter(not_blank),
            (Content, "encoded") => item.content = Some(html(self.content()?)).filter(not_blank),
            (Atom, "content") => item.content = Some(self.atom_words(start)?).filter(not_blank),
            _ => {}
        }
        Ok(())
    }

    /// Words of Atom, which say what they are.
    fn atom_words(&mut self, start: &BytesStart<'a>) -> Result<Words, String> {
        match attribute(start, "type").as_deref() {
            Some("xhtml" | "application/xhtml+xml") => {
                let inside = self.reader.read_text(start.name());
                let line = self.line();
                self.depth = self.depth.saturating_sub(1);
                let inside = inside.map_err(|_| format!("XML として読めない（{line} 行目のあたり）"))?;
                Ok(Words::Html(inside.into_inner().into_owned()))
            }
            Some("html" | "text/html") => Ok(Words::Html(self.content()?)),
            _ => Ok(Words::Plain(self.content()?)),
        }
    }

    /// The text inside of the element that has just begun, to its end.
    fn content(&mut self) -> Result<String, String> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        loop {
            match self.next()?.1 {
                Event::Text(piece) => text.push_str(&piece.xml10_content()),
                Event::CData(piece) => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(reference) => text.push_str(&referred(&reference)),
                Event::End(_) if self.depth == outside => return Ok(text),
                Event::Eof => return Err("XML が途中で切れている".into()),
                _ => {}
            }
        }
    }
}

fn known_root(space: Space, start: &BytesStart<'_>) -> Result<(), String> {
    match (space, start.local_name().into_inner()) {
        (Space::Rss, "rss") | (Space::Rdf, "RDF") | (Space::Atom, "feed") => Ok(()),
        _ => Err(NO_FEED.into()),
    }
}

fn is_item(space: Space, start: &BytesStart<'_>) -> bool {
    matches!((space, start.local_name().into_inner()), (Space::Rss, "item") | (Space::Atom, "entry"))
}

/// An attribute by its name without prefix.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.local_name().into_inner() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.trim().to_string()).filter(|value| !value.is_empty())
}

/// What a reference stands for. A name of HTML (`&nbsp;`) stays as written, and is read with the HTML.
fn referred(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.into();
    }
    let name = reference.xml10_content();
    match resolve_predefined_entity(&name) {
        Some(known) => known.into(),
        None => format!("&{name};"),
    }
}

/// Feeds put HTML and plain text into the same elements; without a tag or an entity it is text, and its lines count.
fn html(text: String) -> Words {
    match text.contains(['<', '&']) {
        true => Words::Html(text),
        false => Words::Plain(text),
    }
}

fn not_blank(words: &Words) -> bool {
    let (Words::Plain(text) | Words::Html(text)) = words;
    !text.trim().is_empty()
}
