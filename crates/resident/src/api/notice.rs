use madoguchi_model::{Lang, Link, Segment, Source};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::moment::{Calendar, Moment};
use super::text::{TextOf, in_language};
use crate::notices::show;
use crate::settings::settings;
use crate::{Error, OpenTown, Phone};

/// Which notice, and in which language.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Deserialize)]
pub struct ShowNotice {
    /// Its id.
    pub id: String,
    /// A language tag; without it the language of the settings.
    pub lang: Option<String>,
}

/// A notice and what the resident did with it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct NoticeAnswer {
    /// The notice.
    pub notice: Notice,
    /// Has the resident read it?
    pub read: bool,
    /// Has the resident put it by?
    pub saved: bool,
    /// How it read before it changed last, as far as this phone saw it change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Earlier>,
}

/// A notice.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct Notice {
    /// Its id.
    pub id: String,
    /// Codes of what it is about.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub segments: Vec<Segment>,
    /// Who speaks.
    pub department: String,
    /// When it became public.
    pub published: Moment,
    /// Until when it is current.
    #[cfg_attr(feature = "bindings", ts(optional = false))]
    pub expires: Option<Moment>,
    /// Does it want attention today?
    pub urgent: bool,
    /// The language of `text`.
    pub lang: String,
    /// Every language in which it exists, the town's own first.
    pub langs: Vec<String>,
    /// The words.
    pub text: TextOf,
    /// What the town says it corrected, oldest first.
    pub corrections: Vec<Correction>,
    /// The town took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Correction>,
    /// Files that belong to it.
    pub attachments: Vec<Attachment>,
    /// Where to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub link: Option<Link>,
    /// Where it takes place, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The file it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Source>"))]
    pub from: Option<Source>,
}

/// A change of a notice.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Correction {
    /// When.
    pub at: Moment,
    /// What is different now, in the town's words.
    pub note: String,
}

/// A file of a notice.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Attachment {
    /// Its path.
    pub path: String,
    /// What to call it.
    pub title: String,
    /// Its size.
    pub bytes: u64,
    /// What it is.
    pub media_type: String,
}

/// How a notice read before.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Earlier {
    /// When the phone got the words that followed.
    pub until: Moment,
    /// The words.
    #[serde(flatten)]
    pub text: TextOf,
}

/// The language in which content is wanted: the one named, else that of the settings.
pub(super) fn wanted_language(phone: &Phone, named: Option<&str>) -> Result<Lang, ApiError> {
    match named {
        None => Ok(Lang(settings(phone)?.language.tag().into())),
        Some(tag) => {
            Lang::parse(tag).ok_or_else(|| ApiError::bad_arguments(format!("{tag:?} is no language")))
        }
    }
}

pub(super) fn notice(phone: &Phone, wanted: ShowNotice) -> Result<NoticeAnswer, ApiError> {
    let lang = wanted_language(phone, wanted.lang.as_deref())?;
    Ok(phone.with_town(None, |open| answer(phone, open, &wanted.id, &lang))?)
}

fn answer(phone: &Phone, open: &OpenTown, id: &str, wanted: &Lang) -> Result<NoticeAnswer, Error> {
    let mut shown = show(phone, open, id)?;
    let calendar = Calendar::of(phone, open)?;
    let correction = |c: madoguchi_model::Correction| Correction { at: calendar.moment(c.at), note: c.note };
    let attachment = |a: madoguchi_model::Attachment| Attachment {
        path: a.path,
        title: a.title,
        bytes: a.bytes,
        media_type: a.media_type,
    };
    let notice = shown.notice;
    let others = notice.translations.keys().filter(|lang| **lang != notice.lang);
    let langs = std::iter::once(&notice.lang).chain(others).map(|lang| lang.0.clone()).collect();
    let (text, lang) = in_language(notice.text, &notice.lang, notice.translations, wanted);
    // The same language as above: what changed is to be seen, not what was translated.
    let shown_lang = Lang(lang.clone());
    let earlier = shown.earlier.pop().map(|earlier| Earlier {
        until: calendar.moment(earlier.until),
        text: in_language(
            earlier.notice.text,
            &earlier.notice.lang,
            earlier.notice.translations,
            &shown_lang,
        )
        .0,
    });
    Ok(NoticeAnswer {
        notice: Notice {
            id: notice.id,
            segments: notice.segments,
            department: notice.department,
            published: calendar.published(notice.published_at),
            expires: notice.expires_at.map(|at| calendar.moment(at)),
            urgent: notice.urgent,
            lang,
            langs,
            text,
            corrections: notice.corrections.into_iter().map(correction).collect(),
            withdrawn: notice.withdrawn.map(correction),
            attachments: notice.attachments.into_iter().map(attachment).collect(),
            link: notice.link,
            place: notice.place,
            from: shown.from,
        },
        read: shown.read,
        saved: shown.saved,
        earlier,
    })
}
