use serde::{Deserialize, Serialize};

use super::FactsQuery;
use super::asked::language;
use crate::api::moment::{Calendar, Moment};
use crate::household::{look, whats_new};
use crate::programs::{News, NewsKind, for_town_in_use, title};
use crate::{Error, Phone};

/// What is new about programs, the most urgent first.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Default, Serialize)]
pub struct BenefitNews {
    /// The news.
    pub rows: Vec<BenefitNewsRow>,
}

/// Something new about a program.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct BenefitNewsRow {
    /// What kind.
    pub kind: NewsKind,
    /// Its name in the rules.
    pub program: String,
    /// How residents call it.
    pub title: String,
    /// For whom; nobody: for the household.
    pub people: Vec<String>,
    /// The last day to ask for it, or the first on which it is theirs.
    pub day: Option<Moment>,
    /// There is no time to put it off.
    pub urgent: bool,
}

/// What was looked at.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[derive(Debug, Default, Deserialize)]
pub struct BenefitsSeen {
    /// `ja`, `ja-easy` or `en`; any other is `ja`.
    pub lang: Option<String>,
    /// Its name in the rules; none: all of them.
    pub program: Option<String>,
}

pub(in crate::api) fn benefit_news(phone: &Phone, wanted: FactsQuery) -> Result<BenefitNews, Error> {
    told(phone, language(wanted.lang.as_deref()))
}

pub(in crate::api) fn benefits_seen(phone: &Phone, wanted: BenefitsSeen) -> Result<BenefitNews, Error> {
    look(phone, wanted.program.as_deref())?;
    told(phone, language(wanted.lang.as_deref()))
}

fn told(phone: &Phone, lang: &str) -> Result<BenefitNews, Error> {
    let of = for_town_in_use(phone)?;
    let (household, news) = whats_new(phone, &of)?;
    let calendar = Calendar::here(phone)?;
    let row = |news: News| {
        let described = of.rules().describe(news.program)?;
        Some(BenefitNewsRow {
            kind: news.kind,
            program: described.name.clone(),
            title: title(described, lang).to_owned(),
            people: news.names(&household),
            day: news.day.and_then(|day| calendar.numbered(day)),
            urgent: news.urgent,
        })
    };
    Ok(BenefitNews { rows: news.into_iter().filter_map(row).collect() })
}
