use jiff::civil::Date;
use madoguchi_model::{CollectionKind, GarbageArea, GarbageRecord, GarbageType, fold};
use serde::Serialize;

use crate::{Error, OpenTown};

/// A district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A day on which something is collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarDay {
    /// The day.
    pub date: Date,
    /// What is collected, in the town's order.
    pub types: Vec<TypeRow>,
}

/// A kind of garbage on one day.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields, rename = "GarbageKind"))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeRow {
    /// Its name.
    pub name: String,
    /// What to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The colour by which the town knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
}

/// The districts of the town.
pub fn areas(open: &OpenTown) -> Result<Vec<AreaRow>, Error> {
    Ok(all(open)?.into_iter().map(|area| AreaRow { id: area.id, name: area.name }).collect())
}

/// What is collected in a district (by id or name) from `from` on, for `days` days.
pub fn calendar(open: &OpenTown, area: &str, from: Date, days: u16) -> Result<Vec<CalendarDay>, Error> {
    let found = find(all(open)?, area);
    let found = found.ok_or_else(|| Error::NotFound { what: "garbage-area", id: area.into() })?;
    let row =
        |t: &GarbageType| TypeRow { name: t.name.clone(), note: t.note.clone(), color: t.color.clone() };
    let day = |(date, types): (Date, Vec<&GarbageType>)| CalendarDay {
        date,
        types: types.into_iter().map(row).collect(),
    };
    Ok(found.calendar(from, days).into_iter().map(day).collect())
}

fn all(open: &OpenTown) -> Result<Vec<GarbageArea>, Error> {
    let records: Vec<GarbageRecord> = open.cache.records(CollectionKind::Garbage)?;
    let area = |record| match record {
        GarbageRecord::Area(area) => Some(area),
        GarbageRecord::Item(_) => None,
    };
    Ok(records.into_iter().filter_map(area).collect())
}

/// The district that is meant: its id or name, else the only one whose name begins so.
fn find(areas: Vec<GarbageArea>, wanted: &str) -> Option<GarbageArea> {
    let folded = fold(wanted.trim());
    let exact = areas.iter().position(|a| a.id == wanted || fold(&a.name) == folded);
    let mut begins = areas.iter().enumerate().filter(|(_, a)| fold(&a.name).starts_with(&folded));
    let only = match (begins.next(), begins.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    };
    areas.into_iter().nth(exact.or(only)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(id: &str, name: &str) -> GarbageArea {
        GarbageArea { id: id.into(), name: name.into(), center: None, pauses: Vec::new(), types: Vec::new() }
    }

    #[test]
    fn a_district_is_found_by_id_by_name_and_by_a_beginning_that_is_clear() {
        let areas = || vec![area("a", "東部１区"), area("b", "東部２区"), area("c", "西部")];
        let found = |wanted| find(areas(), wanted).map(|area| area.id);
        assert_eq!(found("b").as_deref(), Some("b"));
        assert_eq!(found("東部1区").as_deref(), Some("a"));
        assert_eq!(found("西").as_deref(), Some("c"));
        assert_eq!(found("東部"), None);
    }
}
