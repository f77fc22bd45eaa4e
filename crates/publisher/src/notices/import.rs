//! What reading one file shares between tables, Markdown and feeds.

use madoguchi_model::{Alert, Block, Lang, Link, Notice, NoticeText, Source};

use super::entry::{Body, Entry, Value, shorten};
use super::field::Field;
use super::files::Shelf;
use super::when::{self, When};
use crate::blocks::{self, Converted};
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Notices,
    Alerts,
}

impl Kind {
    pub(super) fn dataset(self) -> &'static str {
        match self {
            Kind::Notices => "notices",
            Kind::Alerts => "alerts",
        }
    }

    /// Whether records of this kind have such a field.
    pub(super) fn has(self, field: Field) -> bool {
        match self {
            Kind::Notices => !field.is_of_alerts(),
            Kind::Alerts => !field.is_of_notices(),
        }
    }

    /// The field that says when it was said.
    pub(super) fn date(self) -> Field {
        match self {
            Kind::Notices => Field::PublishedAt,
            Kind::Alerts => Field::IssuedAt,
        }
    }
}

/// A finished record to which translations may still come.
pub(super) enum Record {
    Notice(Notice),
    Alert(Alert),
}

impl Record {
    pub(super) fn translate(&mut self, lang: Lang, text: NoticeText) {
        match self {
            Record::Notice(notice) => notice.translations.insert(lang, text),
            Record::Alert(alert) => alert.translations.insert(lang, text),
        };
    }

    /// Only the title of something that was taken back is left.
    pub(super) fn is_withdrawn(&self) -> bool {
        matches!(self, Record::Notice(Notice { withdrawn: Some(_), .. }))
    }
}

/// The reading of one file.
pub(super) struct Import<'a> {
    pub(super) file: &'a str,
    pub(super) settings: &'a Settings,
    pub(super) shelf: &'a Shelf<'a>,
    pub(super) report: FileReport,
    pub(super) records: Records,
}

impl<'a> Import<'a> {
    pub(super) fn new(file: &'a str, settings: &'a Settings, shelf: &'a Shelf<'a>) -> Self {
        let records =
            Records { source: Source { file: file.into(), ..Default::default() }, ..Default::default() };
        Import { file, settings, shelf, report: FileReport::new(file), records }
    }

    /// Puts a finished record where it belongs.
    pub(super) fn keep(&mut self, record: Record) {
        match record {
            Record::Notice(notice) => self.records.notices.push(notice),
            Record::Alert(alert) => self.records.alerts.push(alert),
        }
    }

    /// Makes the record of an entry, without translations.
    pub(super) fn record(
        &mut self,
        kind: Kind,
        entry: &Entry,
        id: String,
        lang: Lang,
    ) -> Result<Record, Refusal> {
        match kind {
            Kind::Notices => self.notice(entry, id, lang).map(Record::Notice),
            Kind::Alerts => self.alert(entry, id, lang).map(Record::Alert),
        }
    }

    /// Who speaks: the department's id, and its name in the town's words. An office that `town.toml` does not name
    /// speaks under its own name in the collection of the file's department.
    pub(super) fn department(&self, entry: &Entry) -> (String, String) {
        let words = entry.words(Field::Department).unwrap_or_default();
        let id = super::department(self.settings, &words, self.file);
        let named = words.is_empty() || self.settings.department_named(&words).is_some();
        let name = if named { self.department_name(&id) } else { words };
        (id, name)
    }

    /// The Japanese name of a department.
    pub(super) fn department_name(&self, id: &str) -> String {
        let department = self.settings.departments.iter().find(|d| d.id == id);
        department.and_then(|d| d.name.get("ja")).cloned().unwrap_or_default()
    }

    /// The words of an entry. Of something that was taken back only the title is read.
    pub(super) fn text(
        &mut self,
        entry: &Entry,
        department: &str,
        withdrawn: bool,
    ) -> Result<NoticeText, Refusal> {
        let title = one_line(&entry.need(Field::Title, "題名")?.text);
        if withdrawn {
            return Ok(NoticeText { title, ..Default::default() });
        }
        let body = self.body(entry, department)?;
        Ok(NoticeText { title, summary: entry.words(Field::Summary), body })
    }

    fn body(&mut self, entry: &Entry, department: &str) -> Result<Vec<Block>, Refusal> {
        let folder = self.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let shelf = self.shelf;
        let mut used = Vec::new();
        let mut pictures = |path: &str| {
            let filed = shelf.find(folder, department, path);
            let filed = filed.and_then(|filed| match filed.media_type.starts_with("image/") {
                true => Ok(filed),
                false => Err("画像ではない".into()),
            });
            let filed = filed.map_err(|why| format!("画像「{}」を載せない: {why}", shorten(path)))?;
            used.push((filed.target.clone(), filed.source));
            Ok(filed.target)
        };
        let converted = match &entry.body {
            Body::Plain(text) => blocks::from_plain(text),
            Body::Markdown(text) => blocks::from_markdown(text, &mut pictures),
        };
        let Converted { blocks, dropped } =
            converted.map_err(|too_much| entry.refuse(Field::Body, too_much.to_string()))?;
        self.mend_all(dropped);
        self.records.attachments.extend(used);
        Ok(blocks)
    }

    /// Reports what a text lost.
    pub(super) fn mend_all(&mut self, dropped: impl IntoIterator<Item = (String, usize)>) {
        for (reason, count) in dropped {
            self.report.mended += count;
            *self.report.mended_by.entry(reason).or_default() += count;
        }
    }

    /// Where to read on. A link that a resident may not follow is left out and reported.
    pub(super) fn link(&mut self, entry: &Entry) -> Option<Link> {
        let value = entry.get(Field::Link)?;
        let link = Link::new(&value.text);
        if link.is_err() {
            let shown = value.shown();
            self.report.mend(&format!("リンク「{shown}」は https・tel・mailto でないので、付けなかった"));
        }
        link.ok()
    }

    /// A value as date or time; `what` names it in the refusal.
    pub(super) fn when(&mut self, value: &Value, what: &str) -> Result<When, Refusal> {
        let when = when::read(&value.text).ok_or_else(|| {
            let example = "例 2026-11-20、2026/11/20 9:00、令和8年11月20日";
            value.refuse(format!("{what}「{}」を日付や時刻として読めない（{example}）", value.shown()))
        })?;
        let text = value.text.trim();
        if !text.is_ascii() || !text.starts_with(|c: char| c.is_ascii_digit()) {
            self.report.mend("日付の書き方をそろえた");
        }
        Ok(when)
    }
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    let line: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().into()
}

/// The id that a file gives, if it is one.
pub(super) fn id_of(value: &Value) -> Result<String, Refusal> {
    let id = value.text.trim();
    if id.chars().count() > 200 || id.chars().any(char::is_control) {
        return Err(value.refuse("id は 200 文字までの 1 行で書く"));
    }
    Ok(id.into())
}
