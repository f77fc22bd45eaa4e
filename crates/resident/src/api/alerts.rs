use madoguchi_model::{AlertLevel, Hazard, Lang, Link};
use serde::Serialize;

use super::moment::{Calendar, Moment};
use super::notice::wanted_language;
use super::text::{TextOf, in_language};
use super::{ApiError, NoArgs};
use crate::{Error, OpenTown, Phone, alerts};

/// An alert that holds now, as far as this phone knows.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct RunningAlert {
    /// Its id.
    pub id: String,
    /// 警戒レベル 1 to 5; 0 is 解除.
    #[cfg_attr(feature = "bindings", ts(type = "0 | 1 | 2 | 3 | 4 | 5"))]
    pub level: AlertLevel,
    /// A drill, not the real thing.
    pub drill: bool,
    /// The danger.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Hazard>"))]
    pub hazard: Option<Hazard>,
    /// Whom it concerns; empty means the whole town.
    pub areas: Vec<AlertArea>,
    /// When it was issued.
    pub issued: Moment,
    /// Until when it holds, if the town knows.
    #[cfg_attr(feature = "bindings", ts(optional = false))]
    pub valid_until: Option<Moment>,
    /// Who speaks.
    pub department: String,
    /// The language of `text`.
    pub lang: String,
    /// The town's own words.
    pub text: TextOf,
    /// Where to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(as = "Option<String>"))]
    pub link: Option<Link>,
    /// Was the town heard within the hour? If not, what changed since is not known here.
    pub fresh: bool,
    /// Age in seconds of what this phone knows.
    #[cfg_attr(feature = "bindings", ts(optional = false))]
    pub age_s: Option<i64>,
}

/// A part of the town.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize)]
pub struct AlertArea {
    /// The block's name.
    pub name: String,
    /// 町字ID, when the town gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
}

pub(super) fn alerts(phone: &Phone, _: NoArgs) -> Result<Vec<RunningAlert>, ApiError> {
    let lang = wanted_language(phone, None)?;
    Ok(phone.with_town(None, |open| running(phone, open, &lang))?)
}

pub(super) fn running(phone: &Phone, open: &OpenTown, wanted: &Lang) -> Result<Vec<RunningAlert>, Error> {
    let calendar = Calendar::of(phone, open)?;
    let answer = |running: alerts::RunningAlert| {
        let alert = running.alert;
        let (text, lang) = in_language(alert.text, &Lang::ja(), alert.translations, wanted);
        RunningAlert {
            id: alert.id,
            level: alert.level,
            drill: alert.drill,
            hazard: alert.hazard,
            areas: alert.areas.into_iter().map(|a| AlertArea { name: a.name, block: a.block }).collect(),
            issued: calendar.moment(alert.issued_at),
            valid_until: alert.valid_until.map(|at| calendar.moment(at)),
            department: alert.department,
            lang,
            text,
            link: alert.link,
            fresh: running.fresh,
            age_s: running.age_s,
        }
    };
    Ok(alerts::list(phone, open)?.into_iter().map(answer).collect())
}
