//! A folder of Markdown files -> notices and alerts.
//!
//! `stem.md` is a notice (an alert when its front matter has a `level`), and `stem.en.md`, `stem.ja-easy.md` beside it
//! are the same in other languages.

use std::collections::BTreeMap;

use madoguchi_model::Lang;

use super::MdFile;
use super::alerts::report_unknown_references;
use super::entry::{Body, Entry, shorten};
use super::field::Field;
use super::files::Shelf;
use super::front::{self, Front};
use super::import::{Import, Kind, Record, id_of};
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;

/// Reads Markdown files, and gives what became of each in their order.
pub fn import(files: &[MdFile], settings: &Settings, shelf: &Shelf<'_>) -> Vec<(FileReport, Records)> {
    let mut texts: Vec<Text<'_>> = files.iter().map(|file| Text::read(file, settings, shelf)).collect();
    let mut ids: Ids<'_> = BTreeMap::new();
    let mut bases: BTreeMap<String, Base> = BTreeMap::new();
    for (index, text) in texts.iter_mut().enumerate().filter(|(_, text)| text.lang.is_none()) {
        match bases.get(&text.stem) {
            // a.md and a.ja.md
            Some(_) => text.refuse("同じ文のファイルがもう一つある"),
            None => {
                bases.insert(text.stem.clone(), text.base(index, &mut ids));
            }
        }
    }
    for text in texts.iter_mut().filter(|text| text.lang.is_some()) {
        text.translate(bases.get_mut(&text.stem));
    }
    for base in bases.into_values() {
        if let Some((text, record)) = texts.get_mut(base.index).zip(base.record) {
            text.import.keep(record);
            text.import.records.attachments.extend(base.pictures);
        }
    }
    let mut done: Vec<(FileReport, Records)> =
        texts.into_iter().map(|text| (text.import.report, text.import.records)).collect();
    let mut all: Vec<(&mut FileReport, &Records)> =
        done.iter_mut().map(|(report, records)| (report, &*records)).collect();
    report_unknown_references(&mut all);
    done
}

/// Which file has an id, by data set.
type Ids<'a> = BTreeMap<(&'static str, String), &'a str>;

/// One file while it is read.
struct Text<'a> {
    import: Import<'a>,
    /// Folder and name without language and extension.
    stem: String,
    /// The language that a translation's name gives.
    lang: Option<Lang>,
    entry: Option<Entry>,
}

/// A text in the town's own language, to which its translations come.
struct Base {
    /// Where it stands among the files.
    index: usize,
    kind: Kind,
    department: String,
    /// None when it was refused.
    record: Option<Record>,
    /// Pictures of translations, which belong to the record.
    pictures: BTreeMap<String, String>,
}

impl<'a> Text<'a> {
    fn read(file: &'a MdFile, settings: &'a Settings, shelf: &'a Shelf<'a>) -> Self {
        let (stem, lang) = stem_and_lang(&file.path);
        let mut import = Import::new(&file.path, settings, shelf);
        let entry = match front::parse(&file.text) {
            Ok(Some(front)) => Some(entry(&mut import.report, front)),
            Ok(None) => {
                import.report.why = Some("先頭に --- で囲んだ見出し部分（front matter）がない".into());
                None
            }
            Err(refusal) => {
                import.report.dataset = Some(Kind::Notices.dataset().into());
                import.report.rows = 1;
                import.report.refused.push(refusal);
                None
            }
        };
        Text { import, stem, lang, entry }
    }

    /// Refuses the file as a whole.
    fn refuse(&mut self, why: impl Into<String>) {
        if self.entry.take().is_some() {
            self.import.report.dataset = Some(Kind::Notices.dataset().into());
            self.import.report.refuse(1, None, why);
        }
    }

    fn base(&mut self, index: usize, ids: &mut Ids<'a>) -> Base {
        let mut base = Base {
            index,
            kind: Kind::Notices,
            department: String::new(),
            record: None,
            pictures: BTreeMap::new(),
        };
        let Some(entry) = self.entry.take() else { return base };
        if entry.values.contains_key(&Field::Level) {
            base.kind = Kind::Alerts;
        }
        self.import.report.dataset = Some(base.kind.dataset().into());
        for (_, value) in entry.values.iter().filter(|(field, _)| !base.kind.has(**field)) {
            self.import.report.mend(&unused(&value.name));
        }
        match self.record(base.kind, &entry, ids) {
            Ok(record) => {
                self.import.report.kept = 1;
                base.record = Some(record);
                (base.department, _) = self.import.department(&entry);
            }
            Err(refusal) => self.import.report.refused.push(refusal),
        }
        base
    }

    fn record(&mut self, kind: Kind, entry: &Entry, ids: &mut Ids<'a>) -> Result<Record, Refusal> {
        // Whoever says when a text was issued or how long it is valid means an alert: without its level it must not
        // go out as a mere notice.
        use Field::{Cancels, Drill, IssuedAt, Supersedes, ValidFrom, ValidUntil};
        let meant = [IssuedAt, ValidFrom, ValidUntil, Supersedes, Cancels, Drill];
        if kind == Kind::Notices && meant.iter().any(|field| entry.get(*field).is_some()) {
            return Err(entry.refuse(Field::Level, "緊急情報の項目があるのに、level（警戒レベル）がない"));
        }
        let lang = entry.lang()?;
        let stem = self.stem.rsplit_once('/').map_or(self.stem.as_str(), |(_, name)| name);
        let id = entry.get(Field::Id).map_or(Ok(stem.to_string()), id_of)?;
        if let Some(first) = ids.get(&(kind.dataset(), id.clone())) {
            return Err(entry.refuse(Field::Id, format!("id「{}」は「{first}」で使われている", shorten(&id))));
        }
        let record = self.import.record(kind, entry, id.clone(), lang)?;
        ids.insert((kind.dataset(), id), self.import.file);
        Ok(record)
    }

    fn translate(&mut self, base: Option<&mut Base>) {
        let (Some(entry), Some(lang)) = (self.entry.take(), self.lang.clone()) else { return };
        let kind = base.as_ref().map_or(Kind::Notices, |base| base.kind);
        self.import.report.dataset = Some(kind.dataset().into());
        match self.translation(&entry, lang, base) {
            Ok(()) => self.import.report.kept = 1,
            Err(refusal) => self.import.report.refused.push(refusal),
        }
    }

    fn translation(&mut self, entry: &Entry, lang: Lang, base: Option<&mut Base>) -> Result<(), Refusal> {
        let orphan = |why: String| Refusal { row: 1, column: None, why };
        let base = base.ok_or_else(|| orphan(format!("訳の元になる「{}.md」がない", self.stem)))?;
        let Some(record) = &mut base.record else {
            return Err(orphan(format!("元の「{}.md」を採れなかったので、その訳も採れない", self.stem)));
        };
        if entry.get(Field::Lang).is_some() && entry.lang()? != lang {
            return Err(entry.refuse(Field::Lang, format!("ファイル名の言語（{}）と違う", lang.0)));
        }
        let text = self.import.text(entry, &base.department, record.is_withdrawn())?;
        record.translate(lang, text);
        base.pictures.append(&mut self.import.records.attachments);
        Ok(())
    }
}

fn entry(report: &mut FileReport, front: Front<'_>) -> Entry {
    report.rows = 1;
    for key in &front.unknown {
        report.mend(&unused(key));
    }
    Entry { line: 1, values: front.values, body: Body::Markdown(front.body.into()) }
}

fn unused(key: &str) -> String {
    format!("キー「{}」は使わなかった", shorten(key))
}

/// `koho/a.en.md` -> `koho/a` and English; `koho/a.md` -> `koho/a`.
fn stem_and_lang(path: &str) -> (String, Option<Lang>) {
    let stem = match path.len().checked_sub(3).and_then(|at| path.split_at_checked(at)) {
        Some((stem, extension)) if extension.eq_ignore_ascii_case(".md") => stem,
        _ => path,
    };
    let Some((base, tag)) =
        stem.rsplit_once('.').filter(|(base, _)| !base.is_empty() && !base.ends_with('/'))
    else {
        return (stem.into(), None);
    };
    // "2026.11.md" and "plan.v2.md" have no language: it begins with two or three letters.
    let primary = tag.split('-').next().unwrap_or(tag);
    let shaped = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    match Lang::parse(tag).filter(|_| shaped) {
        Some(lang) if lang == Lang::ja() => (base.into(), None),
        Some(lang) => (base.into(), Some(lang)),
        None => (stem.into(), None),
    }
}

#[cfg(test)]
mod tests {
    use madoguchi_model::{Block, plain_text};

    use super::super::tests::{exists, settings};
    use super::*;

    fn read(files: &[(&str, &str)]) -> Vec<(FileReport, Records)> {
        let files: Vec<MdFile> = files
            .iter()
            .map(|(path, text)| MdFile { path: path.to_string(), text: text.to_string() })
            .collect();
        import(&files, &settings(), &Shelf::new(&exists))
    }

    const BASE: &str =
        "---\ntitle: 断水\npublished_at: 2026-11-20\nsegment: くらし\n---\n# 見出し\n\n川原町です。";

    #[test]
    fn a_file_becomes_a_notice_named_after_it() {
        let done = read(&[("koho/2026/dansui.md", BASE)]);
        let (report, records) = &done[0];
        assert_eq!((report.rows, report.kept, report.mended), (1, 1, 0));
        let notice = &records.notices[0];
        assert_eq!((notice.id.as_str(), notice.department.as_str()), ("dansui", "広報課"));
        assert_eq!(plain_text(&notice.text.body), "見出し\n川原町です。");
        assert_eq!(records.source.file, "koho/2026/dansui.md");
    }

    #[test]
    fn files_beside_it_are_translations() {
        let done = read(&[
            ("koho/a.en.md", "---\ntitle: Water\nsummary: s\n---\n![map](map.png)"),
            ("koho/a.md", BASE),
            ("koho/a.ja-easy.md", "---\ntitle: みず\n---\nでません"),
        ]);
        let notice = &done[1].1.notices[0];
        assert_eq!(notice.translations.len(), 2);
        let english = &notice.translations[&Lang("en".into())];
        assert!(matches!(&english.body[0], Block::Image { path, .. } if path == "files/koho/map.png"));
        assert_eq!(done[1].1.attachments["files/koho/map.png"], "koho/map.png");
        assert!(done.iter().all(|(report, _)| (report.rows, report.kept, report.refused.len()) == (1, 1, 0)));
        assert!(done[0].1.notices.is_empty() && done[0].1.attachments.is_empty());
    }

    #[test]
    fn an_orphan_translation_is_refused() {
        let done = read(&[
            ("koho/x.en.md", "---\ntitle: Water\n---\n"),
            ("koho/y.md", "---\ntitle: 日付がない\n---\n"),
            ("koho/y.en.md", "---\ntitle: No date\n---\n"),
            ("koho/z.md", BASE),
            ("koho/z.en.md", "---\ntitle: Z\nlang: ko\n---\n"),
            ("koho/w.md", "---\ntitle\n---\n"),
            ("koho/w.en.md", "---\ntitle: W\n---\n"),
            ("koho/z.ja.md", BASE),
        ]);
        assert!(done[0].0.refused[0].why.contains("「koho/x.md」がない"));
        assert_eq!(done[1].0.refused[0].column.as_deref(), Some("published_at"));
        assert!(done[2].0.refused[0].why.contains("採れなかった"));
        assert!(done[6].0.refused[0].why.contains("採れなかった"));
        assert!(done[7].0.refused[0].why.contains("もう一つ"));
        assert_eq!((done[4].0.refused[0].column.as_deref(), done[4].0.refused[0].row), (Some("lang"), 3));
    }

    #[test]
    fn languages_are_told_from_other_dots_in_a_name() {
        let lang = |path: &str| stem_and_lang(path).1.map(|lang| lang.0);
        assert_eq!(lang("a.en.md").as_deref(), Some("en"));
        assert_eq!(lang("a.zh-Hans.MD").as_deref(), Some("zh"));
        assert_eq!(lang("k/a.ja-easy.md").as_deref(), Some("ja-easy"));
        for path in [
            "a.md",
            "a.ja.md",
            "2026.11.md",
            "plan.v2.md",
            "report.final.md",
            "k.o/a.md",
            ".en.md",
            "md",
            "",
            "あ",
        ] {
            assert_eq!(lang(path), None, "{path}");
        }
        assert_eq!(stem_and_lang("k/a.ja.md").0, "k/a");
        assert_eq!(stem_and_lang("2026.11.md").0, "2026.11");
    }

    #[test]
    fn a_file_without_front_matter_is_no_notice_and_says_so() {
        let done = read(&[("README.md", "# 読んでください")]);
        assert!(done[0].0.dataset.is_none() && done[0].0.why.is_some() && done[0].0.rows == 0);
    }

    #[test]
    fn keys_that_are_not_used_are_named() {
        let done = read(&[("a.md", &BASE.replace("segment", "tags: x\nareas: 川原町\nsegment"))]);
        assert!(done[0].0.mended_by.contains_key("キー「tags」は使わなかった"));
        assert!(done[0].0.mended_by.contains_key("キー「areas」は使わなかった"));
    }

    #[test]
    fn an_id_taken_by_another_file_is_refused_with_its_name() {
        let done = read(&[
            ("koho/a.md", BASE),
            ("bosai/a.md", BASE),
            ("bosai/b.md", &BASE.replace("title", "id: a\ntitle")),
        ]);
        assert_eq!(done[0].0.kept, 1);
        assert!(done[1].0.refused[0].why.contains("「koho/a.md」"));
        assert_eq!((done[2].0.refused[0].row, done[2].0.refused[0].column.as_deref()), (2, Some("id")));
    }

    #[test]
    fn a_level_makes_it_an_alert() {
        let alert = "---\ntitle: 避難\nlevel: 避難指示\nissued_at: 2026-11-21 14:30\nareas: [川原町, 本町]\n---\n高い所へ";
        let done = read(&[
            ("bosai/a.md", alert),
            ("bosai/a.en.md", "---\ntitle: Evacuate\n---\nUp!"),
            (
                "bosai/b.md",
                "---\ntitle: 解除\nlevel: 0\nissued_at: 2026-11-21 18:00\ncancels:\n- a\n- gone\n---\n",
            ),
            ("koho/c.md", alert),
        ]);
        let found = &done[0].1.alerts[0];
        assert_eq!((found.id.as_str(), found.areas.len(), found.translations.len()), ("a", 2, 1));
        assert_eq!(
            (done[0].0.dataset.as_deref(), done[1].0.dataset.as_deref()),
            (Some("alerts"), Some("alerts"))
        );
        assert_eq!(done[2].1.alerts[0].cancels, ["a", "gone"]);
        assert_eq!(done[2].0.mended_by.keys().filter(|why| why.contains("gone")).count(), 1);
        assert!(done[3].0.refused[0].why.contains("広報課") && done[3].1.alerts.is_empty());
    }

    #[test]
    fn errors_of_an_alert_name_line_and_key() {
        let wrong = |text: &str| {
            let done = read(&[("bosai/a.md", text)]);
            assert!(done[0].1.alerts.is_empty() && done[0].1.notices.is_empty());
            (done[0].0.refused[0].row, done[0].0.refused[0].column.clone().unwrap())
        };
        assert_eq!(wrong("---\ntitle: 題\nlevel: 9\nissued_at: 2026-11-21 14:30\n---"), (3, "level".into()));
        assert_eq!(wrong("---\ntitle: 題\nlevel:\nissued_at: 2026-11-21 14:30\n---"), (3, "level".into()));
        assert_eq!(wrong("---\ntitle: 題\nlevel: 4\n---"), (1, "issued_at".into()));
        assert_eq!(
            wrong("---\ntitle: 題\nlevel: 4\nissued_at: 2026-11-21 14:30\nvalid_until: 後で\n---"),
            (5, "valid_until".into())
        );
        // What was meant as an alert does not go out as a notice.
        assert_eq!(
            wrong("---\ntitle: 題\npublished_at: 2026-11-21\nissued_at: 2026-11-21 14:30\n---"),
            (1, "level".into())
        );
    }

    #[test]
    fn attachments_and_pictures_lie_relative_to_the_file() {
        let text = BASE.replace(
            "---\n#",
            "attachments: 地図 <../map.pdf>, none.pdf\n---\n![x](../map.png) ![y](../../../a.png)\n#",
        );
        let done = read(&[("koho/2026/a.md", &text)]);
        let (report, records) = &done[0];
        assert_eq!(records.notices[0].attachments[0].title, "地図");
        assert_eq!(
            records.attachments.iter().map(|(to, from)| (to.as_str(), from.as_str())).collect::<Vec<_>>(),
            [("files/koho/map.pdf", "koho/map.pdf"), ("files/koho/map.png", "koho/map.png")]
        );
        assert_eq!(report.mended, 2, "{:?}", report.mended_by);
    }

    #[test]
    fn what_was_withdrawn_publishes_no_picture_and_no_word() {
        let text = BASE.replace("segment", "withdrawn_at: 2026-11-21\nwithdrawn: 誤り\nsegment")
            + "\n\n![x](map.png)";
        let done =
            read(&[("koho/a.md", &text), ("koho/a.en.md", "---\ntitle: Water\n---\nbody ![x](map.png)")]);
        let (_, records) = &done[0];
        assert!(records.attachments.is_empty() && records.notices[0].text.body.is_empty());
        let english = &records.notices[0].translations[&Lang("en".into())];
        assert!(english.body.is_empty() && english.title == "Water");
    }
}
