use serde::{Deserialize, Serialize};

/// A piece of content. The tree is closed: there is no markup, no script and no style to get in by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; level 1 to 4 below the title.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Its text.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered?
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ordered: bool,
        /// Each item is a small text of its own.
        items: Vec<Vec<Block>>,
    },
    /// A table. Every row has as many cells as the widest.
    Table {
        /// The heading cells; empty when the table has none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        head: Vec<Vec<Inline>>,
        /// The rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Words of someone else.
    Quote {
        /// What they said.
        blocks: Vec<Block>,
    },
    /// A picture from the bundle (a remote picture would tell who reads).
    Image {
        /// Path of the attachment in the bundle.
        path: String,
        /// What it shows, for who cannot see it.
        alt: String,
    },
    /// A line between parts.
    Rule,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Important text.
    Strong {
        /// The text.
        text: String,
    },
    /// A link that the resident may follow.
    Link {
        /// What stands there.
        text: String,
        /// Where it leads.
        href: Link,
    },
    /// Kanji with their reading.
    Ruby {
        /// The kanji.
        base: String,
        /// The reading in kana.
        reading: String,
    },
    /// A line break that the author wants.
    Break,
}

/// A link: https, tel or mailto, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

/// A link that leads nowhere a resident should be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a link must begin with https:, tel: or mailto:, not {0:?}")]
pub struct LinkRefused(pub String);

impl Link {
    /// Accepts `https://…`, `tel:…` and `mailto:…`; `http://` is raised to https.
    pub fn new(href: &str) -> Result<Self, LinkRefused> {
        let href = href.trim();
        let refused = || LinkRefused(href.chars().take(80).collect());
        if href.len() > 2000 || href.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(refused());
        }
        let (scheme, rest) = href.split_once(':').ok_or_else(refused)?;
        let scheme = scheme.to_ascii_lowercase();
        match scheme.as_str() {
            "https" | "http" => match rest.strip_prefix("//") {
                Some(host) if !host.is_empty() && !host.starts_with('/') => {
                    Ok(Link(format!("https://{host}")))
                }
                _ => Err(refused()),
            },
            "tel" | "mailto" if !rest.is_empty() => Ok(Link(format!("{scheme}:{rest}"))),
            _ => Err(refused()),
        }
    }

    /// The link as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Link {
    type Error = LinkRefused;
    fn try_from(href: String) -> Result<Self, Self::Error> {
        Link::new(&href)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> String {
        link.0
    }
}

/// The words of a text without its form, one block a line: what is searched, and what a terminal shows.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    write_blocks(&mut out, blocks);
    while out.ends_with('\n') {
        out.pop();
    }
    out
}

fn write_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => {
                write_inlines(out, text);
                out.push('\n');
            }
            Block::List { items, .. } => {
                for item in items {
                    out.push('・');
                    write_blocks(out, item);
                }
            }
            Block::Table { head, rows } => {
                for row in std::iter::once(head).chain(rows).filter(|row| !row.is_empty()) {
                    for (i, cell) in row.iter().enumerate() {
                        if i > 0 {
                            out.push_str(" / ");
                        }
                        write_inlines(out, cell);
                    }
                    out.push('\n');
                }
            }
            Block::Quote { blocks } => write_blocks(out, blocks),
            Block::Image { alt, .. } => {
                out.push_str(alt);
                out.push('\n');
            }
            Block::Rule => {}
        }
    }
}

fn write_inlines(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Strong { text } | Inline::Link { text, .. } => out.push_str(text),
            Inline::Ruby { base, .. } => out.push_str(base),
            Inline::Break => out.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_a_resident_may_follow() {
        assert_eq!(Link::new("HTTP://example.jp/a").map(String::from), Ok("https://example.jp/a".into()));
        assert!(Link::new("tel:054-626-1111").is_ok() && Link::new("mailto:a@example.jp").is_ok());
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.jp",
            "https:///x",
            "file:///etc",
            "",
            "https://a b",
        ] {
            assert!(Link::new(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<Link>("\"javascript:alert(1)\"").is_err());
    }
}
