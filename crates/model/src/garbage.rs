use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A collection district (地区) with its days, from the 5374 layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GarbageArea {
    /// Stable name within the town.
    pub id: String,
    /// The district's name.
    pub name: String,
    /// The plant that serves it, when the table names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub center: Option<String>,
    /// When nothing is collected here (年末年始 …).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<PauseDays>,
    /// What is collected when, in the table's order.
    pub types: Vec<GarbageType>,
}

/// One kind of garbage in one district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GarbageType {
    /// Its name (燃やすごみ).
    pub name: String,
    /// When it is collected.
    pub days: CollectionDays,
    /// What to know about it, from description.csv and remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Colour `#rrggbb` by which the town knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
}

/// When something is collected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionDays {
    /// Weekly or on nth weekdays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<GarbageWeekday>,
    /// Only in these months (1 to 12); empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<i8>,
    /// On these dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Date>,
}

/// A weekday, each week or only the nth of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GarbageWeekday {
    /// 1 = Monday … 7 = Sunday (ISO 8601).
    pub weekday: i8,
    /// 1 to 5 for 第n, none for every week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i8>,
}

/// Days on which nothing is collected, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseDays {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// How to throw a thing away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GarbageItem {
    /// Stable name within the town.
    pub id: String,
    /// The thing.
    pub name: String,
    /// Reading (or its first kana), for sorting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kana: Option<String>,
    /// The kind of garbage it is.
    pub kind: String,
    /// What to heed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A line of the collection `garbage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum GarbageRecord {
    /// A district.
    Area(GarbageArea),
    /// How to throw a thing away.
    Item(GarbageItem),
}

impl GarbageRecord {
    /// The record's id.
    pub fn id(&self) -> &str {
        match self {
            GarbageRecord::Area(area) => &area.id,
            GarbageRecord::Item(item) => &item.id,
        }
    }
}

impl CollectionDays {
    /// Is it collected on `date` by the rule itself (pauses are the area's)?
    pub fn contains(&self, date: Date) -> bool {
        if self.dates.contains(&date) {
            return true;
        }
        if !self.months.is_empty() && !self.months.contains(&date.month()) {
            return false;
        }
        let weekday = date.weekday().to_monday_one_offset();
        let nth = (date.day() - 1) / 7 + 1;
        self.weekdays.iter().any(|w| w.weekday == weekday && w.nth.is_none_or(|n| n == nth))
    }
}

impl GarbageArea {
    /// What is collected on `date`, in the table's order.
    pub fn on(&self, date: Date) -> Vec<&GarbageType> {
        if self.pauses.iter().any(|p| p.from <= date && date <= p.to) {
            return Vec::new();
        }
        self.types.iter().filter(|t| t.days.contains(date)).collect()
    }

    /// The kinds and their days from `from` for `days` days.
    pub fn calendar(&self, from: Date, days: u16) -> BTreeMap<Date, Vec<&GarbageType>> {
        from.series(jiff::Span::new().days(1))
            .take(usize::from(days))
            .map(|date| (date, self.on(date)))
            .filter(|(_, types)| !types.is_empty())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nth_weekdays_months_dates_and_the_new_years_pause() {
        let days = CollectionDays {
            weekdays: vec![GarbageWeekday { weekday: 3, nth: Some(2) }],
            months: vec![4, 12],
            dates: vec![date(2026, 5, 5)],
        };
        assert!(days.contains(date(2026, 4, 8)) && !days.contains(date(2026, 4, 1)));
        assert!(!days.contains(date(2026, 6, 10)) && days.contains(date(2026, 5, 5)));
        let area = GarbageArea {
            id: "a".into(),
            name: "東部".into(),
            center: None,
            pauses: vec![PauseDays { from: date(2026, 12, 9), to: date(2026, 12, 10) }],
            types: vec![GarbageType { name: "空カン".into(), days, note: None, color: None }],
        };
        assert!(area.on(date(2026, 12, 9)).is_empty());
        assert_eq!(area.calendar(date(2026, 4, 1), 60).len(), 2);
    }
}
