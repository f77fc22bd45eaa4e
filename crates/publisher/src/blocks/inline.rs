//! Running text: what is a link, what is ruby, and how it is put in order.

use madoguchi_model::{Block, Inline, Link};

use super::{MAX_CELLS, TooMuch};

/// Whether a character belongs to a script that sets no spaces between words.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{25A0}'..='\u{25FF}' | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Writes a piece of text with the links and the ruby in it.
pub(super) fn write(line: &mut Vec<Inline>, run: &str, strong: bool, ruby_marks: bool) {
    let mut rest = run;
    if ruby_marks {
        while let Some((before, base, reading, after)) = next_ruby(rest) {
            words(line, before, strong);
            line.push(Inline::Ruby { base: base.into(), reading });
            rest = after;
        }
    }
    words(line, rest, strong);
}

/// A text whose ruby was taken off, for where no ruby can stand.
pub(super) fn without_ruby(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, base, _, after)) = next_ruby(rest) {
        out.push_str(before);
        out.push_str(base);
        rest = after;
    }
    out + rest
}

/// The first `{漢字|かんじ}` (or `{漢字|かん|じ}`): what stands before, the kanji, the reading, what stands after.
fn next_ruby(text: &str) -> Option<(&str, &str, String, &str)> {
    let mut from = 0;
    loop {
        let (skipped, tail) = text.split_at_checked(from)?;
        let (head, inner) = tail.split_once('{')?;
        let (inside, after) = inner.split_once('}')?;
        // The innermost brace counts: in "{a{漢|かん}" the first one is a plain character.
        if let Some((lost, _)) = inside.rsplit_once('{') {
            from = skipped.len() + head.len() + 1 + lost.len();
            continue;
        }
        if let Some((base, reading)) = inside.split_once(['|', '｜']) {
            let (base, reading) = (base.trim(), reading.replace(['|', '｜'], ""));
            if !base.is_empty() && !reading.trim().is_empty() && inside.chars().count() <= 100 {
                let before = text.get(..skipped.len() + head.len())?;
                return Some((before, base, reading.trim().into(), after));
            }
        }
        from = skipped.len() + head.len() + 1 + inside.len() + 1;
    }
}

/// Text in which bare addresses (not telephone numbers: too many numbers look like one) become links.
fn words(line: &mut Vec<Inline>, text: &str, strong: bool) {
    let plain = |text: &str| match strong {
        true => Inline::Strong { text: text.into() },
        false => Inline::Text { text: text.into() },
    };
    let (mut rest, mut done) = (text, 0);
    while let Some((start, end, link)) = next_address(rest, done) {
        let (Some(before), Some(shown), Some(after)) =
            (rest.get(..start), rest.get(start..end), rest.get(end..))
        else {
            break;
        };
        match link {
            Some(href) => {
                if !before.is_empty() {
                    line.push(plain(before));
                }
                line.push(Inline::Link { text: shown.into(), href });
                (rest, done) = (after, 0);
            }
            None => done = end,
        }
    }
    if !rest.is_empty() {
        line.push(plain(rest));
    }
}

/// The first thing at or after byte `from` that looks like an address: its bytes, and the link if it is one.
fn next_address(text: &str, from: usize) -> Option<(usize, usize, Option<Link>)> {
    let tail = text.get(from..)?;
    let web = ["https://", "http://"].iter().filter_map(|scheme| tail.find(scheme)).min();
    let at = tail.find('@');
    match (web, at) {
        (Some(web), at) if at.is_none_or(|at| web < at) => {
            let start = from + web;
            let url: &str = text.get(start..)?;
            let length =
                url.bytes().take_while(|b| b.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(b)).count();
            let shown = trim_end(url.get(..length)?);
            let glued = text.get(..start)?.ends_with(|c: char| c.is_ascii_alphanumeric());
            let host = shown.split_once("//").map_or("", |(_, host)| host);
            let hosted = host.starts_with(|c: char| c.is_ascii_alphanumeric());
            match Link::new(shown) {
                Ok(href) if !glued && hosted => Some((start, start + shown.len(), Some(href))),
                _ => Some((start, start + length, None)),
            }
        }
        (_, Some(at)) => Some(mail(text, from, from + at)),
        _ => None,
    }
}

/// The mail address around the `@` at byte `at`, not reaching back before `from`.
fn mail(text: &str, from: usize, at: usize) -> (usize, usize, Option<Link>) {
    let count = |bytes: &mut dyn Iterator<Item = u8>, also: &[u8], most: usize| {
        bytes.take(most).take_while(|b| b.is_ascii_alphanumeric() || also.contains(b)).count()
    };
    let (before, after) = (text.get(from..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""));
    let local = count(&mut before.bytes().rev(), b"._%+-", 64);
    let domain = count(&mut after.bytes(), b".-", 255);
    let domain = after.get(..domain).unwrap_or("").trim_end_matches(['.', '-']);
    let (start, end) = (at - local, at + 1 + domain.len());
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    let shaped = local > 0 && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let shown = text.get(start..end).filter(|s| shaped && !s.starts_with(['.', '-']));
    (start, end, shown.and_then(|shown| Link::new(&format!("mailto:{shown}")).ok()))
}

/// An address without the punctuation of the sentence it stands in.
fn trim_end(url: &str) -> &str {
    let mut url = url;
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', ']', '[']);
        let opened = shorter.matches('(').count();
        let shorter = match shorter.strip_suffix(')') {
            Some(without) if without.matches(')').count() >= opened => without,
            _ => shorter.strip_suffix('(').unwrap_or(shorter),
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// Joins pieces of the same kind and takes away what stands at the ends and cannot be seen.
pub(super) fn tidy(line: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(line.len());
    for inline in line {
        match (out.last_mut(), inline) {
            (Some(Inline::Text { text: last }), Inline::Text { text })
            | (Some(Inline::Strong { text: last }), Inline::Strong { text }) => last.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    trim(&mut out);
    out
}

fn trim(line: &mut Vec<Inline>) {
    while let Some(last) = line.last_mut() {
        match last {
            Inline::Text { text } | Inline::Strong { text } => text.truncate(text.trim_end().len()),
            Inline::Link { .. } | Inline::Ruby { .. } => break,
            Inline::Break => {
                line.pop();
                continue;
            }
        }
        if !is_empty(last) {
            break;
        }
        line.pop();
    }
    let blank = |inline: &Inline| match inline {
        Inline::Text { text } | Inline::Strong { text } => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Link { .. } | Inline::Ruby { .. } => false,
    };
    let leading = line.iter().take_while(|inline| blank(inline)).count();
    line.drain(..leading);
    if let Some(Inline::Text { text } | Inline::Strong { text }) = line.first_mut() {
        *text = text.trim_start().into();
    }
}

fn is_empty(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { text } | Inline::Strong { text } if text.is_empty())
}

/// A table whose rows all have as many cells as the widest; none when it has no word in it.
pub(super) fn even_table(
    mut head: Vec<Vec<Inline>>,
    mut rows: Vec<Vec<Vec<Inline>>>,
) -> Result<Option<Block>, TooMuch> {
    if head.is_empty() && rows.is_empty() {
        return Ok(None);
    }
    let width = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    if width.saturating_mul(rows.len() + 1) > MAX_CELLS {
        return Err(TooMuch::Cells);
    }
    rows.iter_mut().for_each(|row| row.resize(width, Vec::new()));
    if !head.is_empty() {
        head.resize(width, Vec::new());
    }
    Ok(Some(Block::Table { head, rows }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        let mut line = Vec::new();
        write(&mut line, text, false, true);
        let shown = |inline: &Inline| match inline {
            Inline::Text { text } => text.clone(),
            Inline::Link { text, href } => format!("[{text}]({})", href.as_str()),
            Inline::Ruby { base, reading } => format!("{base}《{reading}》"),
            other => format!("{other:?}"),
        };
        line.iter().map(shown).collect()
    }

    #[test]
    fn a_bare_address_ends_where_the_sentence_goes_on() {
        assert_eq!(
            written("詳しくはhttps://example.jp/a?b=1をご覧ください。"),
            ["詳しくは", "[https://example.jp/a?b=1](https://example.jp/a?b=1)", "をご覧ください。"]
        );
        assert_eq!(
            written("(http://example.jp/x)."),
            ["(", "[http://example.jp/x](https://example.jp/x)", ")."]
        );
        assert_eq!(
            written("https://example.jp/a_(b)"),
            ["[https://example.jp/a_(b)](https://example.jp/a_(b))"]
        );
    }

    #[test]
    fn a_mail_address_is_a_link_and_a_telephone_number_is_not() {
        assert_eq!(
            written("【メール】4800@city.example.jp 電話 046-225-2412"),
            ["【メール】", "[4800@city.example.jp](mailto:4800@city.example.jp)", " 電話 046-225-2412"]
        );
    }

    #[test]
    fn what_only_looks_like_an_address_stays_text() {
        for text in
            ["@", "a@b", "x@y.1", "https://", "http:///x", "http://。", "ahttps://a.jp", "@@@@", "1個@100円"]
        {
            assert_eq!(written(text), [text], "{text}");
        }
    }

    #[test]
    fn ruby_is_read_and_a_brace_alone_is_a_brace() {
        assert_eq!(written("{避難|ひなん}する{場所|ば|しょ}"), ["避難《ひなん》", "する", "場所《ばしょ》"]);
        for text in ["{a}", "{|x}", "{x|}", "a|b}", "{", "{{}", "{a|b"] {
            assert_eq!(written(text).concat(), text);
        }
        assert_eq!(written("{a{漢|かん}"), ["{a", "漢《かん》"]);
        assert_eq!(without_ruby("{避難|ひなん}所"), "避難所");
    }

    #[test]
    fn long_runs_of_half_addresses_take_no_time() {
        for piece in ["http://", "@", "a@", "{", "{a|", "}", "https://a.jp("] {
            written(&piece.repeat(20_000));
        }
    }
}
