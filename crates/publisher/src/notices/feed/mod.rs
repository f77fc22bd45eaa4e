//! News feeds (RSS 1.0, RSS 2.0, Atom) -> notices.

mod decode;
mod xml;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use madoguchi_model::{Lang, Link, Notice, NoticeText, Segment, Source, plain_text};

use self::xml::{Item, Words};
use super::entry::{Value, shorten};
use super::import::one_line;
use super::{short_hash, when};
use crate::blocks::{self, Converted, TooMuch};
use crate::report::{FileReport, Records, Refusal};
use crate::settings::{Feed, Settings};

/// Bytes that a feed may have.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;
/// Articles that a feed may have.
pub const MAX_ITEMS: usize = 2_000;

/// Reads a feed. `file` is its path in the folder or its address.
pub fn import(file: &str, bytes: &[u8], feed: &Feed, settings: &Settings) -> (FileReport, Records) {
    let source = Source { file: file.into(), ..Default::default() };
    let mut reading = Reading {
        feed,
        settings,
        department: department(file, feed, settings),
        report: FileReport::new(file),
        records: Records { source, ..Default::default() },
    };
    if let Err(why) = reading.read(bytes) {
        reading.report.why = Some(why);
    }
    (reading.report, reading.records)
}

fn department(file: &str, feed: &Feed, settings: &Settings) -> String {
    let named = feed.department.as_deref().and_then(|name| settings.department_named(name));
    let of_file = || settings.departments.iter().find(|d| d.id == settings.department_of_file(file));
    named.or_else(of_file).and_then(|d| d.name.get("ja")).cloned().unwrap_or_default()
}

struct Reading<'a> {
    feed: &'a Feed,
    settings: &'a Settings,
    department: String,
    report: FileReport,
    records: Records,
}

impl Reading<'_> {
    fn read(&mut self, bytes: &[u8]) -> Result<(), String> {
        if bytes.len() > MAX_BYTES {
            return Err(format!("フィードが大きすぎる（{} MB まで）", MAX_BYTES / 1024 / 1024));
        }
        let decoded = decode::decode(bytes);
        self.report.encoding = Some(decoded.encoding.clone());
        if decoded.lossy {
            self.report.mend("読めない文字を「�」に置き換えた");
        }
        let items = xml::read(&decoded.text)?;
        self.report.dataset = Some("notices".into());
        self.report.rows = items.len();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        for item in items {
            match self.notice(&item, &lines) {
                Ok(notice) => {
                    lines.insert(notice.id.clone(), item.line);
                    self.records.notices.push(notice);
                    self.report.kept += 1;
                }
                Err(refusal) => self.report.refused.push(refusal),
            }
        }
        Ok(())
    }

    fn notice(&mut self, item: &Item, lines: &BTreeMap<String, u64>) -> Result<Notice, Refusal> {
        let refuse = |column: &str, why: String| Refusal { row: item.line, column: Some(column.into()), why };
        let title = item.title.as_ref().map(words).unwrap_or_default();
        if title.is_empty() {
            return Err(refuse("title", "題名がない".into()));
        }
        let date = item.date.as_deref().ok_or_else(|| refuse("date", "日付がない".into()))?;
        let published_at =
            date_of(date).ok_or_else(|| refuse("date", format!("日付「{}」を読めない", shorten(date))))?;
        let id = match item.id.as_deref().or(item.link.as_deref()) {
            Some(id) => short_hash(&["feed", id.trim()], 12),
            None => short_hash(&[&title, &published_at.to_string()], 12),
        };
        if let Some(line) = lines.get(&id) {
            return Err(refuse("guid", format!("{line} 行目の記事と同じ")));
        }
        let body = item.content.as_ref().or(item.summary.as_ref());
        let Converted { blocks, dropped } = body
            .map_or_else(|| Ok(Converted::default()), convert)
            .map_err(|too_much| refuse("description", too_much.to_string()))?;
        for (reason, count) in dropped {
            self.report.mended += count;
            *self.report.mended_by.entry(reason).or_default() += count;
        }
        let summary = item.content.as_ref().and(item.summary.as_ref()).map(words);
        Ok(Notice {
            id,
            segments: self.segments(item),
            department: self.department.clone(),
            published_at,
            expires_at: None,
            urgent: false,
            lang: Lang::ja(),
            // A summary longer than a few sentences is the text once more.
            text: NoticeText {
                title,
                summary: summary.filter(|s| !s.is_empty() && s.chars().count() <= 200),
                body: blocks,
            },
            translations: Default::default(),
            link: self.link(item),
            place: None,
            attachments: Vec::new(),
            corrections: Vec::new(),
            withdrawn: None,
            source: 0,
        })
    }

    /// What the article says it is about, as far as a segment is known for it; else what the feed is about.
    fn segments(&mut self, item: &Item) -> Vec<Segment> {
        let mut known: Vec<Segment> = Vec::new();
        for category in &item.categories {
            let value =
                Value { name: "category".into(), line: item.line, text: category.clone(), items: None };
            let (segments, unknown) = super::notice::segments(self.settings, &value);
            for segment in segments.into_iter().filter(|s| unknown.is_empty() || *s != Segment::Other) {
                if !known.contains(&segment) {
                    known.push(segment);
                }
            }
        }
        if known.is_empty() {
            known.extend(self.feed.segment.as_deref().and_then(|name| self.settings.segment_named(name)));
        }
        if known.is_empty() {
            let why = match item.categories.first() {
                Some(word) => format!("区分「{}」を知らないので「その他」に入れた", shorten(word)),
                None => "区分がないので「その他」に入れた".into(),
            };
            self.report.mend(&why);
            known.push(Segment::Other);
        }
        known
    }

    fn link(&mut self, item: &Item) -> Option<Link> {
        let link = Link::new(item.link.as_deref()?);
        if link.is_err() {
            self.report.mend(blocks::LINK_DROPPED);
        }
        link.ok()
    }
}

fn convert(words: &Words) -> Result<Converted, TooMuch> {
    match words {
        Words::Plain(text) => blocks::from_plain(text),
        Words::Html(html) => blocks::from_html(html),
    }
}

/// Words on one line, without their form.
fn words(words: &Words) -> String {
    match convert(words) {
        Ok(converted) => one_line(&plain_text(&converted.blocks)),
        Err(_) => String::new(),
    }
}

/// A date of RSS 2.0 (`Fri, 20 Nov 2026 09:00:00 +0900`), or one of the others.
fn date_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let parser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let zoned = text.strip_suffix("JST").map(|rest| format!("{rest}+0900"));
    let mail_date = parser.parse_timestamp(zoned.as_deref().unwrap_or(text)).ok();
    mail_date.or_else(|| when::read(text).and_then(when::When::start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::settings;
    use super::*;

    fn feed(segment: Option<&str>) -> Feed {
        Feed {
            url: None,
            file: Some("feed.xml".into()),
            segment: segment.map(Into::into),
            department: Some("bosai".into()),
        }
    }

    fn read(text: &str) -> (FileReport, Records) {
        import("koho/feed.xml", text.as_bytes(), &feed(None), &settings())
    }

    const RSS2: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>見本市</title><link>https://mihon.example.jp/</link><atom:link rel="self" href="https://mihon.example.jp/feed.xml"/>
<item>
  <title>断水の&lt;お知らせ&gt; A&amp;amp;B</title><media:title>別の題</media:title>
  <link>http://mihon.example.jp/1</link><atom:link rel="self" href="https://mihon.example.jp/x"/>
  <guid isPermaLink="false">tag:mihon,1</guid>
  <pubDate>Fri, 20 Nov 2026 09:00:00 +0900</pubDate>
  <category>くらし</category><category>宇宙</category>
  <description>短い概要です。</description>
  <content:encoded><![CDATA[<p>川原町で<b>断水</b>します。<script>x()</script><a href="https://mihon.example.jp/w">くわしく</a></p>]]></content:encoded>
</item>
<item><title>二つめ</title><link>/2</link><pubDate>20 Nov 2026 00:30 GMT</pubDate><description>一行目
二行目</description></item>
</channel></rss>"#;

    #[test]
    fn rss_2() {
        let (report, records) = read(RSS2);
        assert_eq!(report.refused, []);
        assert_eq!((report.rows, report.kept, report.encoding.as_deref()), (2, 2, Some("utf-8")));
        let [first, second] = records.notices.as_slice() else { panic!() };
        assert_eq!(first.text.title, "断水の<お知らせ> A&B");
        assert_eq!(first.text.summary.as_deref(), Some("短い概要です。"));
        assert_eq!(plain_text(&first.text.body), "川原町で断水します。くわしく");
        assert_eq!(first.link.as_ref().unwrap().as_str(), "https://mihon.example.jp/1");
        assert_eq!(
            (first.segments.as_slice(), first.department.as_str()),
            ([Segment::Living].as_slice(), "防災課")
        );
        assert_eq!(first.published_at.to_string(), "2026-11-20T00:00:00Z");
        assert_eq!(first.id.len(), 12);
        assert_eq!(plain_text(&second.text.body), "一行目\n二行目");
        assert_eq!((second.link.is_none(), second.segments.as_slice()), (true, [Segment::Other].as_slice()));
        assert_eq!(second.published_at.to_string(), "2026-11-20T00:30:00Z");
    }

    const RSS1: &str = r#"<?xml version="1.0" encoding="Shift_JIS"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">
<channel rdf:about="https://mihon.example.jp/"><title>見本市</title><items><rdf:Seq><rdf:li rdf:resource="https://mihon.example.jp/1"/></rdf:Seq></items></channel>
<item rdf:about="https://mihon.example.jp/1"><title>ごみの収集</title><link>https://mihon.example.jp/1</link>
<description>&lt;ul&gt;&lt;li&gt;ビン&lt;li&gt;カン&lt;/ul&gt;</description><dc:subject>ごみ</dc:subject><dc:date>2026-11-20T09:00+09:00</dc:date></item>
</rdf:RDF>"#;

    #[test]
    fn rss_1_in_shift_jis() {
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(RSS1);
        let (report, records) = import("feed.xml", &bytes, &feed(None), &settings());
        assert_eq!((report.kept, report.encoding.as_deref(), report.mended), (1, Some("cp932"), 0));
        let notice = &records.notices[0];
        assert_eq!((notice.text.title.as_str(), notice.segments[0]), ("ごみの収集", Segment::LivingGarbage));
        assert_eq!(plain_text(&notice.text.body), "・ビン\n・カン");
        assert_eq!(notice.published_at.to_string(), "2026-11-20T00:00:00Z");
    }

    const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>見本市</title><updated>2026-11-21T00:00:00Z</updated>
<entry><title type="text">1 &lt; 2</title><id>urn:1</id><link rel="edit" href="https://mihon.example.jp/edit"/><link href="https://mihon.example.jp/1"/>
<updated>2026-11-20T09:00:00+09:00</updated><category term="kosodate" label="子育て"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>題</h2><p>文 &amp; 字</p></div></content></entry>
<entry><title>本文は HTML</title><id>urn:2</id><published>2026-11-19T09:00:00+09:00</published><updated>2026-11-20T09:00:00+09:00</updated>
<summary type="html">&lt;p&gt;文&lt;br&gt;字&lt;/p&gt;</summary></entry></feed>"#;

    #[test]
    fn atom() {
        let (report, records) = read(ATOM);
        assert_eq!((report.kept, report.refused.len()), (2, 0), "{report:?}");
        let [first, second] = records.notices.as_slice() else { panic!() };
        assert_eq!((first.text.title.as_str(), first.segments[0]), ("1 < 2", Segment::Family));
        assert_eq!(plain_text(&first.text.body), "題\n文 & 字");
        assert_eq!(first.link.as_ref().unwrap().as_str(), "https://mihon.example.jp/1");
        assert_eq!(plain_text(&second.text.body), "文\n字");
        assert_eq!(second.published_at.to_string(), "2026-11-19T00:00:00Z");
    }

    #[test]
    fn the_feeds_own_segment_stands_in() {
        let (report, records) = import("feed.xml", RSS2.as_bytes(), &feed(Some("防災")), &settings());
        assert_eq!(records.notices[1].segments, [Segment::Safety]);
        assert!(!report.mended_by.keys().any(|why| why.contains("その他")));
    }

    #[test]
    fn ids_stay_when_the_text_changes_and_differ_between_articles() {
        let id = |text: &str, n: usize| read(text).1.notices[n].id.clone();
        assert_eq!(id(RSS2, 0), id(&RSS2.replace("断水の", "続報 断水の"), 0));
        assert_ne!(id(RSS2, 0), id(RSS2, 1));
    }

    #[test]
    fn an_article_without_title_or_date_or_met_twice_is_refused_by_its_line() {
        let text = "<rss><channel>\n<item><title>a</title></item>\n<item><pubDate>2026-11-20</pubDate></item>\n\
                    <item><title>a</title><guid>1</guid><pubDate>未定</pubDate></item>\n\
                    <item><title>a</title><guid>1</guid><pubDate>2026-11-20</pubDate></item>\n\
                    <item><title>b</title><guid> 1 </guid><pubDate>2026-11-20</pubDate></item></channel></rss>";
        let (report, records) = read(text);
        let refused: Vec<_> = report.refused.iter().map(|r| (r.row, r.column.as_deref().unwrap())).collect();
        assert_eq!(refused, [(2, "date"), (3, "title"), (4, "date"), (6, "guid")]);
        assert_eq!((records.notices.len(), report.rows), (1, 5));
    }

    #[test]
    fn a_billion_laughs_end_in_an_error() {
        let bomb = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title><pubDate>2026-11-20</pubDate></item></channel></rss>"#;
        let (report, records) = read(bomb);
        assert!(
            report.why.unwrap().contains("DTD") && records.notices.is_empty() && report.dataset.is_none()
        );
        let outside = bomb.replace(r#"<!ENTITY a "ha">"#, r#"<!ENTITY a SYSTEM "file:///etc/passwd">"#);
        assert!(read(&outside).0.why.is_some());
    }

    #[test]
    fn an_entity_of_html_is_forgiven() {
        let text = "<!DOCTYPE rss><rss><channel><item><title>a&nbsp;b &#12354;</title><pubDate>2026-11-20</pubDate></item></channel></rss>";
        assert_eq!(read(text).1.notices[0].text.title, "a\u{a0}b あ");
    }

    #[test]
    fn what_is_no_feed_says_so() {
        for text in [
            "",
            "hello",
            "<html><body>a</body></html>",
            "<rss><channel><item><title>a</title>",
            "<rss></channel></rss>",
            "<rss><a b=></rss>",
        ] {
            let (report, records) = read(text);
            assert!(report.why.is_some() && records.notices.is_empty(), "{text}: {report:?}");
        }
        assert!(read(&"<a>".repeat(200_000)).0.why.is_some());
        assert!(read(&format!("<rss>{}", "<a>".repeat(200_000))).0.why.is_some());
        assert!(read(&format!("<rss><item><title>{}", "<a>".repeat(200_000))).0.why.is_some());
    }

    #[test]
    fn the_limits_hold() {
        let many = format!(
            "<rss><channel>{}</channel></rss>",
            "<item><title>a</title></item>".repeat(MAX_ITEMS + 1)
        );
        assert!(read(&many).0.why.unwrap().contains("2000"));
        let large = vec![b' '; MAX_BYTES + 1];
        assert!(import("f", &large, &feed(None), &settings()).0.why.unwrap().contains("5 MB"));
    }

    #[test]
    fn dates_of_every_kind_of_feed() {
        for text in [
            "Fri, 20 Nov 2026 09:00:00 +0900",
            "Thu, 20 Nov 2026 09:00:00 JST",
            "20 Nov 2026 00:00:00 GMT",
            "2026-11-20T09:00:00+09:00",
            "2026-11-20T00:00:00Z",
            "2026/11/20 9:00",
        ] {
            assert_eq!(
                date_of(text).map(|at| at.to_string()).as_deref(),
                Some("2026-11-20T00:00:00Z"),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..RSS2.len(), at in 0..ATOM.len(), byte in any::<u8>()) {
            import("f", &bytes, &feed(None), &settings());
            import("f", &RSS2.as_bytes()[..cut], &feed(None), &settings());
            let mut changed = ATOM.as_bytes().to_vec();
            changed[at] = byte;
            import("f", &changed, &feed(None), &settings());
        }
    }
}
