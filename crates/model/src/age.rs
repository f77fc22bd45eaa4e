use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

/// An age as a program's data gives it: years, months, or both. `{3歳}` and `{3歳0か月}` are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Age {
    /// 歳
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u16>,
    /// か月, those beyond the years where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u16>,
}

/// The ages for which a program is. Each bound is the data's own: 未満, 以下, 以上 and 超 are four things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeBounds {
    /// 以上 (`greaterThanOrEqualTo`)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Age>,
    /// 超 (`greaterThan`)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Age>,
    /// 以下 (`lessThanOrEqualTo`)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Age>,
    /// 未満 (`lessThan`)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Age>,
}

/// One bound of the ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "bound")]
pub enum AgeBound {
    /// 以上
    AtLeast(Age),
    /// 超
    Over(Age),
    /// 以下
    AtMost(Age),
    /// 未満
    Under(Age),
}

impl Age {
    /// An age in years.
    pub fn years(years: u16) -> Self {
        Age { years: Some(years), months: None }
    }

    /// All of it in months.
    pub fn in_months(self) -> u32 {
        u32::from(self.years.unwrap_or(0)) * 12 + u32::from(self.months.unwrap_or(0))
    }

    /// Does the data count this age in months? A 0 beside years is how many files write "no months".
    fn counts_months(self) -> bool {
        self.years.is_none() || self.months.is_some_and(|months| months > 0)
    }

    /// The months at which who is of this age is so no longer: the next birthday, or the next month's day.
    fn until(self) -> u32 {
        self.in_months() + if self.counts_months() { 1 } else { 12 }
    }
}

impl AgeBounds {
    /// No bound at all?
    pub fn is_none(&self) -> bool {
        *self == AgeBounds::default()
    }

    /// Can anybody be of such an age? Bounds that contradict each other (7歳以上3歳未満) are a slip of the hand.
    pub fn is_sound(&self) -> bool {
        let from = self.at_least.map_or(0, Age::in_months).max(self.over.map_or(0, Age::in_months));
        let until = self.under.map(Age::in_months).into_iter().chain(self.at_most.map(Age::until)).min();
        until.is_none_or(|until| from < until)
    }

    /// The bound beyond which whoever was born on a day from `earliest` to `latest` is for certain on the day `on`; none where
    /// somebody born in that time may be of the right age, or where the days are too far off to be reckoned.
    ///
    /// Where the words allow two readings only what both exclude is excluded. An age is reached with the end of the day before
    /// the birthday (年齢計算ニ関する法律): on that day 3歳以上 and 3歳未満 may both be said to hold. 3歳以下 holds until the day before the
    /// fourth birthday; 3歳超 may be said to hold from the third birthday on. Who is born on a day that a month does not
    /// have becomes older on the first of the next (民法第143条).
    pub fn beyond(&self, earliest: Date, latest: Date, on: Date) -> Option<AgeBound> {
        let too_old = |months| older(latest, months).is_some_and(|day| on >= day);
        let too_young = |months, margin: Span| {
            let day = older(earliest, months).and_then(|day| day.checked_sub(margin).ok());
            day.is_some_and(|day| on < day)
        };
        let under = self.under.filter(|age| too_old(age.in_months())).map(AgeBound::Under);
        let at_most = self.at_most.filter(|age| too_old(age.until())).map(AgeBound::AtMost);
        let at_least = self.at_least.filter(|age| too_young(age.in_months(), 1.day()));
        let over = self.over.filter(|age| too_young(age.in_months(), 0.days()));
        under.or(at_most).or(at_least.map(AgeBound::AtLeast)).or(over.map(AgeBound::Over))
    }
}

/// The day on which who was born on `birth` is so many months old.
fn older(birth: Date, months: u32) -> Option<Date> {
    let day = birth.checked_add(Span::new().try_months(months).ok()?).ok()?;
    if day.day() == birth.day() { Some(day) } else { day.tomorrow().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn age(years: Option<u16>, months: Option<u16>) -> Age {
        Age { years, months }
    }

    fn only(bound: AgeBound) -> AgeBounds {
        let mut bounds = AgeBounds::default();
        match bound {
            AgeBound::AtLeast(age) => bounds.at_least = Some(age),
            AgeBound::Over(age) => bounds.over = Some(age),
            AgeBound::AtMost(age) => bounds.at_most = Some(age),
            AgeBound::Under(age) => bounds.under = Some(age),
        }
        bounds
    }

    fn out(bound: AgeBound, birth: Date, on: Date) -> bool {
        only(bound).beyond(birth, birth, on).is_some()
    }

    #[test]
    fn each_bound_has_a_day_of_its_own() {
        let birth = date(2020, 5, 10);
        let three = Age::years(3);
        // 3歳未満 until the third birthday, 3歳以下 until the fourth.
        assert!(!out(AgeBound::Under(three), birth, date(2023, 5, 9)));
        assert!(out(AgeBound::Under(three), birth, date(2023, 5, 10)));
        assert!(!out(AgeBound::AtMost(three), birth, date(2024, 5, 9)));
        assert!(out(AgeBound::AtMost(three), birth, date(2024, 5, 10)));
        // 3歳以上 from the day before the third birthday, 3歳超 not before the birthday itself.
        assert!(out(AgeBound::AtLeast(three), birth, date(2023, 5, 8)));
        assert!(!out(AgeBound::AtLeast(three), birth, date(2023, 5, 9)));
        assert!(out(AgeBound::Over(three), birth, date(2023, 5, 9)));
        assert!(!out(AgeBound::Over(three), birth, date(2023, 5, 10)));
    }

    #[test]
    fn months_count_where_the_data_has_them() {
        let birth = date(2024, 1, 31);
        // 生後6月から90月に至るまで, as the registry writes it: 6 months, and less than 7 years and 6 months.
        let vaccination = AgeBounds {
            at_least: Some(age(None, Some(6))),
            under: Some(age(Some(7), Some(6))),
            ..AgeBounds::default()
        };
        let beyond = |on| vaccination.beyond(birth, birth, on);
        assert_eq!(beyond(date(2024, 7, 29)), Some(AgeBound::AtLeast(age(None, Some(6)))));
        assert_eq!((beyond(date(2024, 7, 30)), beyond(date(2031, 7, 30))), (None, None));
        assert_eq!(beyond(date(2031, 7, 31)), Some(AgeBound::Under(age(Some(7), Some(6)))));
        // 6か月以下 ends with the seventh month, 3歳0か月以下 with the fourth birthday: a 0 is no month.
        assert!(out(AgeBound::AtMost(age(None, Some(6))), date(2024, 1, 10), date(2024, 8, 10)));
        assert!(!out(AgeBound::AtMost(age(Some(3), Some(0))), date(2024, 1, 10), date(2028, 1, 9)));
        assert!(out(AgeBound::AtMost(age(Some(3), Some(1))), date(2024, 1, 10), date(2027, 3, 10)));
    }

    #[test]
    fn days_that_a_month_does_not_have_come_with_the_next() {
        assert_eq!(older(date(2024, 1, 31), 1), Some(date(2024, 3, 1)));
        assert_eq!(older(date(2024, 2, 29), 12), Some(date(2025, 3, 1)));
        assert_eq!(older(date(2024, 2, 29), 48), Some(date(2028, 2, 29)));
        assert_eq!(older(date(9999, 1, 1), 12), None);
    }

    #[test]
    fn bounds_that_nobody_fulfils_are_no_bounds() {
        let bounds =
            |from, until| AgeBounds { at_least: Some(from), under: Some(until), ..AgeBounds::default() };
        assert!(bounds(Age::years(3), Age::years(7)).is_sound());
        assert!(!bounds(Age::years(7), Age::years(3)).is_sound());
        assert!(!bounds(Age::years(3), Age::years(3)).is_sound());
        let same =
            AgeBounds { at_least: Some(Age::years(3)), at_most: Some(Age::years(3)), ..AgeBounds::default() };
        assert!(same.is_sound() && AgeBounds::default().is_sound());
    }

    #[test]
    fn bounds_are_written_as_they_were_given() {
        let text = r#"{"at_least":{"months":5},"under":{"years":7,"months":0}}"#;
        let bounds: AgeBounds = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&bounds).unwrap(), text);
        assert_eq!(serde_json::from_str::<AgeBounds>("{}").unwrap(), AgeBounds::default());
    }

    fn any_date() -> impl Strategy<Value = Date> {
        (1900i16..2100, 1i8..=12, 1i8..=31)
            .prop_filter_map("a day", |(year, month, day)| Date::new(year, month, day).ok())
    }

    fn any_age() -> impl Strategy<Value = Age> {
        (prop::option::of(0u16..120), prop::option::of(0u16..30))
            .prop_map(|(years, months)| Age { years, months })
    }

    proptest! {
        /// Wherever 未満 and 以下 of one age differ, 以下 is the wider; and 以上 is wider than 超.
        #[test]
        fn less_than_or_equal_holds_wherever_less_than_does(birth in any_date(), on in any_date(), age in any_age()) {
            prop_assert!(!out(AgeBound::AtMost(age), birth, on) || out(AgeBound::Under(age), birth, on));
            prop_assert!(!out(AgeBound::AtLeast(age), birth, on) || out(AgeBound::Over(age), birth, on));
        }

        /// Nobody is excluded by both 未満 and 以上 of one age: on every day one of the two may hold.
        #[test]
        fn an_age_parts_everybody_and_loses_nobody(birth in any_date(), on in any_date(), age in any_age()) {
            prop_assert!(!(out(AgeBound::Under(age), birth, on) && out(AgeBound::AtLeast(age), birth, on)));
            prop_assert!(!(out(AgeBound::Under(age), birth, on) && out(AgeBound::Over(age), birth, on)));
        }

        /// Who is too old stays so, who is no longer too young never becomes so again.
        #[test]
        fn nobody_grows_younger(birth in any_date(), on in any_date(), later in 0i32..20_000, age in any_age()) {
            let later = on.checked_add(later.days()).unwrap();
            for bound in [AgeBound::Under(age), AgeBound::AtMost(age)] {
                prop_assert!(!out(bound, birth, on) || out(bound, birth, later));
            }
            for bound in [AgeBound::AtLeast(age), AgeBound::Over(age)] {
                prop_assert!(out(bound, birth, on) || !out(bound, birth, later));
            }
        }

        /// A birthday that is known less exactly excludes only what it excludes on each of its days.
        #[test]
        fn less_knowledge_never_excludes_more(
            a in any_date(), b in any_date(), at in 0.0f64..1.0, on in any_date(),
            from in prop::option::of(any_age()), until in prop::option::of(any_age()),
        ) {
            let (earliest, latest) = (a.min(b), a.max(b));
            let days = (latest - earliest).get_days();
            let within = earliest.checked_add(((f64::from(days) * at) as i32).days()).unwrap();
            let bounds = AgeBounds { at_least: from, at_most: until, ..AgeBounds::default() };
            if bounds.is_sound() && bounds.beyond(earliest, latest, on).is_some() {
                prop_assert!(bounds.beyond(within, within, on).is_some());
            }
        }

        /// On whole years the bounds agree with the age in completed years, but for the day before the birthday.
        #[test]
        fn whole_years_are_completed_years(birth in any_date(), on in any_date(), years in 0u16..100) {
            prop_assume!(on >= birth && birth.day() < 29);
            let completed = (i32::from(on.year()) - i32::from(birth.year()))
                - i32::from((on.month(), on.day()) < (birth.month(), birth.day()));
            let limit = i32::from(years);
            prop_assert_eq!(out(AgeBound::Under(Age::years(years)), birth, on), completed >= limit);
            prop_assert_eq!(out(AgeBound::AtMost(Age::years(years)), birth, on), completed > limit);
            prop_assert_eq!(out(AgeBound::Over(Age::years(years)), birth, on), completed < limit);
            let tomorrow = on.tomorrow().unwrap();
            let eve = (tomorrow.month(), tomorrow.day()) == (birth.month(), birth.day());
            prop_assert_eq!(out(AgeBound::AtLeast(Age::years(years)), birth, on), completed + i32::from(eve) < limit);
        }
    }
}
