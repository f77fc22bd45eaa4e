//! 支援制度: the layouts in which towns describe their programs, and the records that they become.
//!
//! Each reader fills a [`Draft`]; [`keep`] makes programs of drafts, in one way for all.

mod area;
mod json;
mod navi;
mod registry;
mod table;
mod words;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_model::{
    AgeBounds, Lang, Link, NamedLink, Period, ProgramText, Segment, TownProgram, plain_text,
};

use super::id::{self, Ids};
use crate::blocks::{self, Converted, TooMuch};
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;
use crate::value::{date, is_blank};
use area::Where;

pub use json::import as import_json;
pub(super) use table::{MARKS, import as import_table};

const SAME_ID: &str = "同じ番号の制度を、番号に印を足して区別した";
const LOOSE_AGES: &str = "だれも当てはまらない年齢の範囲を、文だけにした";
const LOOSE_PERIOD: &str = "終わりが始まりより前の期間を、文だけにした";
const DATE_IN_WORDS: &str = "日付として読めない期間を文のまま残した";
const LINK_IN_WORDS: &str = "開けない形のリンクを文のまま残した";

/// A program as a reader found it.
#[derive(Default)]
struct Draft {
    /// The line of the file.
    row: u64,
    /// What the file calls the column of the title.
    title_column: String,
    /// Its own number.
    own: Option<String>,
    lang: Option<Lang>,
    text: ProgramText,
    /// Where it is: codes and names.
    area: Vec<String>,
    area_column: String,
    ages: AgeBounds,
    applications: Period,
    runs: Period,
    phone: Option<String>,
    email: Option<String>,
    link: Option<Link>,
    links: Vec<NamedLink>,
    forms: Vec<NamedLink>,
    tags: Vec<String>,
    psid: Option<String>,
    published: Option<Date>,
    /// The last day on which it is public.
    expires: Option<Date>,
    updated: Option<Date>,
    business: bool,
    /// Segments that hold for the whole layout.
    segments: Vec<Segment>,
    /// What was put right; counts only if it becomes a record.
    mends: Vec<&'static str>,
}

impl Draft {
    /// A line of what no field holds, under the file's own name.
    fn detail(&mut self, name: &str, text: &str) {
        if !is_blank(text) {
            self.text.details.push((name.into(), text.trim().into()));
        }
    }

    /// A link, or where it is none, its text as a detail.
    fn link_or_detail(&mut self, name: &str, text: &str) -> Option<Link> {
        if is_blank(text) {
            return None;
        }
        let link = Link::new(text).ok();
        if link.is_none() {
            self.mends.push(LINK_IN_WORDS);
            self.detail(name, text);
        }
        link
    }

    /// A day; one that cannot be read stays in words.
    fn day(&mut self, name: &str, text: &str) -> Option<Date> {
        if is_blank(text) {
            return None;
        }
        match date::read(text) {
            Some(read) => {
                self.mends.extend(read.mended);
                Some(read.value)
            }
            None => {
                self.mends.push(DATE_IN_WORDS);
                add_line(&mut self.text.when, &format!("{name}：{}", text.trim()));
                None
            }
        }
    }

    /// A body of plain text or Markdown. What cannot be a body is named.
    fn body(&mut self, converted: Result<Converted, TooMuch>, column: &str) -> Result<(), Refusal> {
        let converted = converted.map_err(|why| self.refusal(column, why.to_string()))?;
        self.text.body.extend(converted.blocks);
        Ok(())
    }

    fn refusal(&self, column: &str, why: impl Into<String>) -> Refusal {
        let column = (!column.is_empty()).then(|| column.to_owned());
        Refusal { row: self.row, column, why: why.into() }
    }
}

/// Adds a line to a text.
fn add_line(text: &mut Option<String>, line: &str) {
    match text {
        Some(text) => {
            text.push('\n');
            text.push_str(line);
        }
        None => *text = Some(line.into()),
    }
}

/// A text without what is around it; none where nothing stands.
fn filled(text: &str) -> Option<String> {
    (!is_blank(text)).then(|| text.trim().replace("\r\n", "\n"))
}

fn plain(text: &str) -> Result<Converted, TooMuch> {
    blocks::from_plain(text)
}

/// Makes programs of drafts. Drafts of one number in several languages are one program; its Japanese draft is the text.
fn keep(
    drafts: Vec<Result<Draft, Refusal>>,
    settings: &Settings,
    report: &mut FileReport,
    records: &mut Records,
) {
    report.dataset = Some("programs".into());
    let mut ids = Ids::default();
    let mut by_own: BTreeMap<String, usize> = BTreeMap::new();
    let mut translations: Vec<Draft> = Vec::new();
    for draft in drafts {
        let draft = match draft {
            Ok(draft) if draft.text.title.is_empty() => {
                Err(draft.refusal(&draft.title_column, "制度の名前がありません"))
            }
            other => other,
        };
        match draft {
            Err(refusal) => report.refused.push(refusal),
            Ok(draft) if draft.own.is_some() && draft.lang.as_ref().is_some_and(|lang| lang.0 != "ja") => {
                translations.push(draft);
            }
            Ok(draft) => {
                let own = draft.own.clone();
                match program(draft, settings, &mut ids, report) {
                    Ok(program) => {
                        report.kept += 1;
                        if let Some(own) = own {
                            by_own.entry(own).or_insert(records.programs.len());
                        }
                        records.programs.push(program);
                    }
                    Err(refusal) => report.refused.push(refusal),
                }
            }
        }
    }
    for draft in translations {
        let lang = draft.lang.clone().unwrap_or_else(Lang::ja);
        let base = draft.own.as_ref().and_then(|own| by_own.get(own)).copied();
        match base.and_then(|at| records.programs.get_mut(at)) {
            Some(program) if !program.translations.contains_key(&lang) => {
                program.translations.insert(lang, draft.text);
                report.kept += 1;
                draft.mends.iter().for_each(|why| report.mend(why));
            }
            Some(_) => report.refused.push(draft.refusal("", "同じ番号の同じ言語の行が、もうあります")),
            None => report.refused.push(draft.refusal("", "同じ番号の日本語の行がありません")),
        }
    }
    report.refused.sort_by_key(|refusal| refusal.row);
}

fn program(
    mut draft: Draft,
    settings: &Settings,
    ids: &mut Ids,
    report: &mut FileReport,
) -> Result<TownProgram, Refusal> {
    let texts: Vec<&str> = draft.area.iter().map(String::as_str).collect();
    let areas = match area::read(&texts, &settings.code) {
        Where::Here(areas) => areas,
        Where::Elsewhere(names) => {
            return Err(draft.refusal(&draft.area_column, format!("ほかの地域({names})の制度です")));
        }
    };
    if !draft.ages.is_sound() {
        draft.mends.push(LOOSE_AGES);
        let ages = std::mem::take(&mut draft.ages);
        let said = serde_json::to_string(&ages).unwrap_or_default();
        draft.detail("対象年齢", &said);
    }
    for period in [&mut draft.applications, &mut draft.runs] {
        if let (Some(from), Some(to)) = (period.from, period.to)
            && to < from
        {
            draft.mends.push(LOOSE_PERIOD);
            add_line(&mut draft.text.when, &format!("{from} 〜 {to}"));
            *period = Period::default();
        }
    }
    let words: Vec<&str> = [Some(draft.text.title.as_str()), draft.text.also.as_deref()]
        .into_iter()
        .flatten()
        .chain(draft.tags.iter().map(String::as_str))
        .collect();
    let mut segments = draft.segments.clone();
    for segment in words::segments(settings, &words) {
        if !segments.contains(&segment) && (segments.is_empty() || segment != Segment::Other) {
            segments.push(segment);
        }
    }
    let events = words::events(&words);
    let text = &draft.text;
    let own = draft.own.clone().unwrap_or_else(|| {
        let about = text.summary.clone().unwrap_or_else(|| plain_text(&text.body));
        id::hash(&[&text.title, text.also.as_deref().unwrap_or(""), &about])
    });
    let (id, again) = ids.give("program", &own);
    if again {
        draft.mends.push(SAME_ID);
    }
    let midnight = |day: Date| jiff::tz::offset(9).to_timestamp(day.into()).ok();
    let after = |day: Date| -> Option<Timestamp> { midnight(day.tomorrow().ok()?) };
    draft.mends.iter().for_each(|why| report.mend(why));
    Ok(TownProgram {
        id,
        segments,
        events,
        business: draft.business,
        lang: draft.lang.unwrap_or_else(Lang::ja),
        text: draft.text,
        translations: BTreeMap::new(),
        ages: draft.ages,
        areas,
        applications: draft.applications,
        runs: draft.runs,
        phone: draft.phone,
        email: draft.email,
        link: draft.link,
        links: draft.links,
        forms: draft.forms,
        tags: draft.tags,
        psid: draft.psid,
        published_at: draft.published.and_then(midnight),
        expires_at: draft.expires.and_then(after),
        updated: draft.updated,
        source: 0,
    })
}

#[cfg(test)]
mod tests;
