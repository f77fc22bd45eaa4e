//! One entry -> one notice.

use jiff::Timestamp;
use madoguchi_model::{Attachment, Correction, Lang, Notice, Segment};

use super::entry::{Entry, Value, shorten, yes};
use super::field::Field;
use super::import::Import;
use super::when::When;
use crate::report::Refusal;
use crate::settings::Settings;

impl Import<'_> {
    /// A notice without translations.
    pub(super) fn notice(&mut self, entry: &Entry, id: String, lang: Lang) -> Result<Notice, Refusal> {
        entry.need(Field::Title, "題名")?;
        let published_at = self.moment(entry.need(Field::PublishedAt, "公開日")?, "公開日")?;
        let (department_id, department) = self.department(entry);
        let withdrawn = self.withdrawn(entry)?;
        let mut notice = Notice {
            id,
            segments: self.segments(entry),
            department,
            published_at,
            expires_at: self.expires_at(entry),
            urgent: self.urgent(entry),
            lang,
            text: self.text(entry, &department_id, withdrawn.is_some())?,
            translations: Default::default(),
            link: None,
            place: None,
            attachments: Vec::new(),
            corrections: self.corrections(entry)?,
            withdrawn,
            source: 0,
        };
        if notice.withdrawn.is_none() {
            notice.link = self.link(entry);
            notice.place = entry.words(Field::Place);
            notice.attachments = self.attachments(entry, &department_id);
        }
        Ok(notice)
    }

    fn moment(&mut self, value: &Value, what: &str) -> Result<Timestamp, Refusal> {
        let when = self.when(value, what)?;
        when.start().ok_or_else(|| value.refuse(format!("{what}「{}」を読めない", value.shown())))
    }

    fn segments(&mut self, entry: &Entry) -> Vec<Segment> {
        let value = entry.get(Field::Segment);
        let (segments, unknown) = value.map(|value| segments(self.settings, value)).unwrap_or_default();
        for word in unknown {
            self.report.mend(&format!("区分「{}」を知らないので「その他」に入れた", shorten(&word)));
        }
        if segments.is_empty() {
            self.report.mend("区分がないので「その他」に入れた");
            return vec![Segment::Other];
        }
        segments
    }

    /// A notice whose end cannot be read is shown without end: better too long than not at all.
    fn expires_at(&mut self, entry: &Entry) -> Option<Timestamp> {
        let value = entry.get(Field::ExpiresAt)?;
        let end = self.when(value, "掲載終了日").ok().and_then(When::end);
        if end.is_none() {
            self.report.mend(&format!("掲載終了日「{}」を読めないので、終わりなしとした", value.shown()));
        }
        end
    }

    fn urgent(&mut self, entry: &Entry) -> bool {
        let Some(value) = entry.get(Field::Urgent) else { return false };
        yes(&value.text).unwrap_or_else(|| {
            self.report.mend(&format!("緊急「{}」を読めないので、緊急でないとした", value.shown()));
            false
        })
    }

    fn corrections(&mut self, entry: &Entry) -> Result<Vec<Correction>, Refusal> {
        let (at, note) = match (entry.get(Field::CorrectedAt), entry.get(Field::Correction)) {
            (None, None) => return Ok(Vec::new()),
            (Some(at), Some(note)) => (at, note),
            (None, Some(note)) => return Err(note.refuse("訂正には corrected_at（日時）も要る")),
            (Some(at), None) => return Err(at.refuse("訂正には correction（何が変わったか）も要る")),
        };
        let times = at.list();
        // One correction is a sentence and may have commas; only several need parting.
        let notes = if times.len() == 1 { vec![note.text.trim().to_string()] } else { note.list() };
        if times.len() != notes.len() {
            return Err(note.refuse(format!(
                "訂正の日時が {} 個、内容が {} 個ある",
                times.len(),
                notes.len()
            )));
        }
        let mut corrections = Vec::with_capacity(times.len());
        for (time, note) in times.into_iter().zip(notes) {
            let value = Value { text: time, items: None, ..at.clone() };
            corrections.push(Correction { at: self.moment(&value, "訂正日時")?, note });
        }
        corrections.sort_by_key(|correction| correction.at);
        Ok(corrections)
    }

    fn withdrawn(&mut self, entry: &Entry) -> Result<Option<Correction>, Refusal> {
        match (entry.get(Field::WithdrawnAt), entry.get(Field::Withdrawn)) {
            (None, None) => Ok(None),
            (Some(at), Some(note)) => {
                let note = note.text.trim().to_string();
                Ok(Some(Correction { at: self.moment(at, "取り下げ日時")?, note }))
            }
            (Some(value), None) | (None, Some(value)) => {
                Err(value.refuse("取り下げには withdrawn_at（日時）と withdrawn（理由）の両方が要る"))
            }
        }
    }

    fn attachments(&mut self, entry: &Entry, department: &str) -> Vec<Attachment> {
        let folder = self.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut attachments: Vec<Attachment> = Vec::new();
        for written in entry.get(Field::Attachments).map(Value::list).unwrap_or_default() {
            let (title, path) = titled_path(&written);
            match self.shelf.find(folder, department, path) {
                Err(why) => self.report.mend(&format!("添付「{}」を付けない: {why}", shorten(path))),
                Ok(filed) => {
                    let title = if title.is_empty() { filed.name } else { title.into() };
                    self.records.attachments.insert(filed.target.clone(), filed.source);
                    if !attachments.iter().any(|a| a.path == filed.target) {
                        attachments.push(Attachment {
                            path: filed.target,
                            title,
                            bytes: filed.bytes,
                            media_type: filed.media_type.into(),
                        });
                    }
                }
            }
        }
        attachments
    }
}

/// `題名 <path>` or `path`.
fn titled_path(text: &str) -> (&str, &str) {
    let titled = text.strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    titled.map_or(("", text.trim()), |(title, path)| (title.trim(), path.trim()))
}

/// The segments that a value names, each once, and the words that name none.
pub(super) fn segments(settings: &Settings, value: &Value) -> (Vec<Segment>, Vec<String>) {
    let (mut segments, mut unknown) = (Vec::new(), Vec::new());
    // A town's own word may hold a separator itself.
    let whole = [value.text.trim().to_string()];
    let parts = match settings.segment_named(&value.text) {
        Some(_) => whole.to_vec(),
        None => value
            .list()
            .iter()
            .flat_map(|part| part.split(['/', '／']))
            .map(|p| p.trim().to_string())
            .collect(),
    };
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let segment = settings.segment_named(&part).unwrap_or_else(|| {
            unknown.push(part);
            Segment::Other
        });
        if !segments.contains(&segment) {
            segments.push(segment);
        }
    }
    (segments, unknown)
}

#[cfg(test)]
mod tests {
    use super::super::csv::import;
    use super::super::tests::{exists, rows, settings};
    use super::*;
    use crate::notices::Shelf;
    use crate::report::{FileReport, Records};

    fn read(csv: &str) -> (FileReport, Records) {
        import("koho/a.csv", &rows(csv), &settings(), &Shelf::new(&exists))
    }

    fn one(csv: &str) -> Notice {
        let (report, mut records) = read(csv);
        assert!(report.refused.is_empty(), "{:?}", report.refused);
        records.notices.remove(0)
    }

    fn refused(csv: &str) -> (Option<String>, String) {
        let (report, records) = read(csv);
        assert!(records.notices.is_empty());
        (report.refused[0].column.clone(), report.refused[0].why.clone())
    }

    #[test]
    fn segments_are_codes_names_and_the_towns_own_words() {
        let notice = one("title,date,区分\n題,2026-11-20,living.garbage；防災、ひと・もの/ごみ");
        assert_eq!(notice.segments, [Segment::LivingGarbage, Segment::Safety, Segment::LivingCommunity]);
    }

    #[test]
    fn an_unknown_segment_is_other_and_reported_by_its_word() {
        let (report, records) = read("title,date,区分\n題,2026-11-20,宇宙\n題二,2026-11-20,\n");
        assert!(records.notices.iter().all(|n| n.segments == [Segment::Other]));
        assert_eq!(report.mended_by["区分「宇宙」を知らないので「その他」に入れた"], 1);
        assert_eq!(report.mended_by["区分がないので「その他」に入れた"], 1);
    }

    #[test]
    fn the_end_of_a_notice_is_the_end_of_its_last_day() {
        let notice = one("title,date,掲載終了日\n題,2026-11-20,2026-11-30");
        assert_eq!(notice.expires_at.unwrap().to_string(), "2026-11-30T15:00:00Z");
        let (report, records) = read("title,date,掲載終了日\n題,2026-11-20,当面");
        assert_eq!(records.notices[0].expires_at, None);
        assert!(report.mended_by.keys().any(|why| why.contains("「当面」")));
    }

    #[test]
    fn a_correction_needs_its_time_and_its_words() {
        let notice = one("title,date,corrected_at,correction\n題,2026-11-20,2026-11-21 9:00,時刻を直した");
        assert_eq!(notice.corrections[0].note, "時刻を直した");
        let two = one("title,date,corrected_at,correction\n題,2026-11-20,2026-11-22;2026-11-21,二;一");
        assert_eq!(two.corrections.iter().map(|c| c.note.as_str()).collect::<Vec<_>>(), ["一", "二"]);
        assert_eq!(refused("title,date,correction\n題,2026-11-20,直した").0.as_deref(), Some("correction"));
        assert_eq!(refused("title,date,訂正日\n題,2026-11-20,2026-11-21").0.as_deref(), Some("訂正日"));
        let uneven = "title,date,corrected_at,correction\n題,2026-11-20,2026-11-22;2026-11-21,一つ";
        assert!(refused(uneven).1.contains("2 個"));
    }

    #[test]
    fn what_was_withdrawn_keeps_its_title_and_loses_its_words() {
        let notice = one("id,title,date,body,summary,attachments,link,withdrawn_at,withdrawn\n\
             a,題,2026-11-20,本文,概要,map.pdf,https://a.jp,2026-11-21,日付の誤り");
        assert_eq!(notice.withdrawn.as_ref().unwrap().note, "日付の誤り");
        assert_eq!((notice.id.as_str(), notice.text.title.as_str()), ("a", "題"));
        assert!(notice.text.body.is_empty() && notice.text.summary.is_none());
        assert!(notice.attachments.is_empty() && notice.link.is_none());
        let half = refused("title,date,withdrawn\n題,2026-11-20,誤り");
        assert!(half.1.contains("両方"));
    }

    #[test]
    fn attachments_have_titles_types_and_sizes_and_bad_ones_are_named() {
        let (report, records) = read(
            "title,date,attachments\n題,2026-11-20,避難地図 <map.pdf>;2026/map.pdf;tool.exe;../../x.pdf",
        );
        let [first, second] = records.notices[0].attachments.as_slice() else { panic!("{records:?}") };
        assert_eq!(
            (first.title.as_str(), first.path.as_str(), first.bytes),
            ("避難地図", "files/koho/map.pdf", 1234)
        );
        assert_eq!(second.title, "map.pdf");
        assert_eq!(records.attachments[&second.path], "koho/2026/map.pdf");
        assert_eq!(records.attachments.len(), 2);
        assert_eq!(report.mended_by.keys().filter(|why| why.starts_with("添付「")).count(), 2);
    }

    #[test]
    fn flags_and_links_that_cannot_be_read_are_reported() {
        let (report, records) = read("title,date,緊急,URL\n題,2026-11-20,たぶん,ftp://a.jp");
        assert!(!records.notices[0].urgent && records.notices[0].link.is_none());
        assert_eq!(
            report.mended_by.keys().filter(|why| why.contains("「たぶん」") || why.contains("ftp")).count(),
            2
        );
        assert!(one("title,date,緊急\n題,2026-11-20,○").urgent);
    }
}
