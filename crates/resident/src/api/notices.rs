use madoguchi_model::{Lang, Segment};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::moment::{Calendar, Moment};
use super::notice::wanted_language;
use crate::notices::{self, ListNotices, Marked, Marking};
use crate::{Error, OpenTown, Phone};

/// So many rows without a word about it.
const ROWS: u32 = 50;
/// So many rows at most in one answer: the next ones are asked for with `before`.
const MOST_ROWS: u32 = 1000;

/// Which notices. Everything that is set must hold.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Default, Deserialize)]
pub struct NoticeQuery {
    /// Filed under this segment, or one of these. Without it the resident's choice holds.
    pub segment: Option<Codes>,
    /// Not yet read.
    pub unread: Option<bool>,
    /// Put by; expired ones too.
    pub saved: Option<bool>,
    /// Those that the resident's choice leaves out.
    pub hidden: Option<bool>,
    /// All of these words occur.
    pub search: Option<String>,
    /// Expired ones too.
    pub all: Option<bool>,
    /// At most so many.
    pub limit: Option<u32>,
    /// Older than the notice with this id.
    pub before: Option<String>,
}

/// One code or several.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Codes {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

/// A notice in a list.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoticeRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The language of both: that of the settings where the town has it.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub lang: Lang,
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
    /// Did the town take it back?
    pub withdrawn: bool,
    /// Has the resident read it?
    pub read: bool,
    /// Has the resident put it by?
    pub saved: bool,
}

/// Notices, newest first.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct NoticeList {
    /// The notices.
    pub rows: Vec<NoticeRow>,
    /// Are there more?
    pub more: bool,
    /// How many newer ones than the last row the resident's choice left out.
    pub left_out: usize,
}

/// A notice to mark.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct MarkNotice {
    /// Its id.
    pub id: String,
    /// As what.
    #[serde(rename = "as")]
    pub mark: Mark,
}

/// What to do with a notice.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It was read.
    Read,
    /// It is to count as new again.
    Unread,
    /// Put it by.
    Saved,
    /// Not put by any more.
    Unsaved,
}

pub(super) fn notices(phone: &Phone, wanted: NoticeQuery) -> Result<NoticeList, ApiError> {
    let codes = match wanted.segment {
        None => Vec::new(),
        Some(Codes::One(code)) => vec![code],
        Some(Codes::Several(codes)) => codes,
    };
    let wanted = ListNotices {
        segments: read_segments(&codes)?,
        unread: wanted.unread.unwrap_or_default(),
        saved: wanted.saved.unwrap_or_default(),
        search: wanted.search,
        hidden: wanted.hidden.unwrap_or_default(),
        all: wanted.all.unwrap_or_default(),
        limit: wanted.limit.unwrap_or(ROWS).min(MOST_ROWS) as usize,
        before: wanted.before,
        lang: Some(wanted_language(phone, None)?),
    };
    Ok(phone.with_town(None, |open| {
        let list = notices::list(phone, open, &wanted)?;
        Ok(NoticeList { rows: rows(phone, open, list.rows)?, more: list.more, left_out: list.left_out })
    })?)
}

pub(super) fn rows(
    phone: &Phone,
    open: &OpenTown,
    rows: Vec<notices::NoticeRow>,
) -> Result<Vec<NoticeRow>, Error> {
    let calendar = Calendar::of(phone, open)?;
    let row = |row: notices::NoticeRow| NoticeRow {
        id: row.id,
        title: row.title,
        summary: row.summary,
        lang: row.lang,
        segments: row.segments,
        department: row.department,
        published: calendar.published(row.published_at),
        expires: row.expires_at.map(|at| calendar.moment(at)),
        urgent: row.urgent,
        withdrawn: row.withdrawn,
        read: row.read,
        saved: row.saved,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Strictly: a code that this version does not know is a fault of the screen, not a newer town's segment.
pub(super) fn read_segments(codes: &[String]) -> Result<Vec<Segment>, ApiError> {
    let read = |code: &String| {
        let known = Segment::ALL.iter().copied().find(|segment| segment.code() == code);
        known.ok_or_else(|| ApiError::bad_arguments(format!("no segment {code:?}")))
    };
    codes.iter().map(read).collect()
}

pub(super) fn mark(phone: &Phone, wanted: MarkNotice) -> Result<Marked, Error> {
    let marking = match wanted.mark {
        Mark::Read => Marking::Read,
        Mark::Unread => Marking::Unread,
        Mark::Saved => Marking::Saved,
        Mark::Unsaved => Marking::Unsaved,
    };
    phone.with_town(None, |open| notices::mark(phone, open, &wanted.id, marking))
}
