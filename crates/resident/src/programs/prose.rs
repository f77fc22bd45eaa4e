//! Programs that a town describes in words: what the household's facts rule out, and whom to ask about the rest.
//!
//! Nothing here can be a yes. A no needs a bound that the data states exactly: an age, a place, the end of a period.

use jiff::civil::Date;
use madoguchi_benefits::answer::Verdict;
use madoguchi_benefits::{Household, Person};
use madoguchi_model::{AgeBound, Lang, Link, NamedLink, Period, ProgramArea, Segment, TownProgram};
use serde::Serialize;
use serde_json::Value as Json;

use super::prefectures::prefecture_of;
use super::report::{PREFECTURE, TOWN};

const BIRTH: &str = "誕生年月日";

/// The answer to a program in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProseAnswer {
    /// Its id in the town's content.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Another name by which it goes.
    pub also: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The language of the texts.
    pub lang: Lang,
    /// What it is about.
    pub segments: Vec<Segment>,
    /// When in life it matters, in the words of rule files.
    pub events: Vec<&'static str>,
    /// Is it for businesses and not for households?
    pub business: bool,
    /// `unknown`: perhaps theirs, ask; `not-eligible`: a bound of the data rules it out.
    pub verdict: Verdict,
    /// One for the household, or where ages decide one for each person.
    pub outcomes: Vec<ProseOutcome>,
    /// For whom, in the town's words.
    pub target: Option<String>,
    /// What one receives, in the town's words.
    pub amount: Option<String>,
    /// How to apply.
    pub how: Option<String>,
    /// When, in the town's words.
    pub when: Option<String>,
    /// When one may apply.
    pub applications: Period,
    /// Does that time lie ahead?
    pub ahead: bool,
    /// What to bring.
    pub documents: Vec<String>,
    /// Whom to ask.
    pub ask: Ask,
    /// Where to read on.
    pub link: Option<Link>,
    /// Forms.
    pub forms: Vec<NamedLink>,
}

/// The answer for the household or a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProseOutcome {
    /// Whose; `None`: the household's.
    pub person: Option<String>,
    /// `unknown` or `not-eligible`.
    pub verdict: Verdict,
    /// What rules it out.
    pub because: Option<RuledOut>,
}

/// A bound that rules a program out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum RuledOut {
    /// They are of another age.
    Age(AgeBound),
    /// They live elsewhere.
    Area {
        /// Where one must live.
        areas: Vec<ProgramArea>,
    },
    /// Applications ended on that day.
    Closed {
        /// The last day.
        to: Date,
    },
    /// It ended on that day.
    Over {
        /// The last day.
        to: Date,
    },
}

/// Whom to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The department that published it.
    pub department: Option<String>,
    /// Where to go.
    pub counter: Option<String>,
    /// Who answers.
    pub contact: Option<String>,
    /// Their telephone; the town hall's where the data gives none.
    pub phone: Option<String>,
    /// Their mail address.
    pub email: Option<String>,
}

/// What is known beside the program itself.
pub(super) struct Around<'a> {
    /// The town's code and name.
    pub(super) town: (&'a str, &'a str),
    pub(super) department: Option<String>,
    pub(super) town_phone: Option<&'a str>,
}

pub(super) fn answer(
    program: &TownProgram,
    around: &Around<'_>,
    household: &Household,
    on: Date,
    lang: &Lang,
) -> ProseAnswer {
    let outcomes = outcomes(program, around.town, household, on);
    let all_out = outcomes.iter().all(|outcome| outcome.verdict == Verdict::NotEligible);
    let (text, lang) = program.text_in(lang);
    ProseAnswer {
        id: program.id.clone(),
        title: text.title.clone(),
        also: text.also.clone(),
        summary: text.summary.clone(),
        lang: lang.clone(),
        segments: program.segments.clone(),
        events: program.events.iter().map(|event| event.name()).collect(),
        business: program.business,
        verdict: if all_out { Verdict::NotEligible } else { Verdict::Unknown },
        outcomes,
        target: text.target.clone(),
        amount: text.amount.clone(),
        how: text.how.clone(),
        when: text.when.clone(),
        applications: program.applications,
        ahead: program.applications.is_ahead(on),
        documents: text.documents.clone(),
        ask: Ask {
            department: around.department.clone(),
            counter: text.counter.clone(),
            contact: text.contact.clone(),
            phone: program.phone.clone().or_else(|| around.town_phone.map(str::to_owned)),
            email: program.email.clone(),
        },
        link: program.link.clone(),
        forms: program.forms.clone(),
    }
}

/// Never empty.
fn outcomes(program: &TownProgram, town: (&str, &str), household: &Household, on: Date) -> Vec<ProseOutcome> {
    let ruled = |person: Option<&Person>, because: Option<RuledOut>| ProseOutcome {
        person: person.map(|person| person.name.clone()),
        verdict: if because.is_some() { Verdict::NotEligible } else { Verdict::Unknown },
        because,
    };
    let of_all = period(program, on).or_else(|| elsewhere(&program.areas, town, household));
    if of_all.is_some() || program.ages.is_none() || household.people.is_empty() {
        return vec![ruled(None, of_all)];
    }
    let of_each = household.people.iter().map(|person| {
        let birth = person.facts.get(BIRTH).and_then(birth);
        // Contradicting bounds exclude nobody.
        let beyond = birth.filter(|_| program.ages.is_sound());
        let beyond = beyond.and_then(|(earliest, latest)| program.ages.beyond(earliest, latest, on));
        ruled(Some(person), beyond.map(RuledOut::Age))
    });
    of_each.collect()
}

fn period(program: &TownProgram, on: Date) -> Option<RuledOut> {
    let over = |period: &Period| period.to.filter(|_| period.is_over(on));
    let closed = over(&program.applications).map(|to| RuledOut::Closed { to });
    closed.or_else(|| over(&program.runs).map(|to| RuledOut::Over { to }))
}

/// The first and the last day on which somebody may have been born; none where nothing is told.
fn birth(json: &Json) -> Option<(Date, Date)> {
    let day = |json: &Json| json.as_str()?.parse::<Date>().ok();
    match json {
        Json::Object(bounds) => {
            let end = |name: &str, open: Date| match bounds.get(name) {
                None | Some(Json::Null) => Some(open),
                Some(told) => day(told),
            };
            Some((end("from", Date::MIN)?, end("to", Date::MAX)?))
        }
        told => day(told).map(|day| (day, day)),
    }
}

/// Whether the household says that it lives in none of the places. A place that is only in words rules nobody out.
fn elsewhere(areas: &[ProgramArea], town: (&str, &str), household: &Household) -> Option<RuledOut> {
    let told =
        |fact: &str| household.household.get(fact).and_then(Json::as_str).filter(|told| !told.is_empty());
    let (prefecture, lives_in) = (told(PREFECTURE), told(TOWN));
    let outside = |area: &ProgramArea| {
        let Some(code) = &area.code else { return false };
        if code.get(..2).is_none_or(|two| two == "00" || two.parse::<u8>().is_err()) {
            return false;
        }
        let known = prefecture_of(code);
        if let (Some(known), Some(prefecture)) = (known, prefecture)
            && known != prefecture
        {
            return true;
        }
        if code.get(2..5) == Some("000") {
            return false;
        }
        let name = if code == town.0 { town.1 } else { area.name.as_str() };
        // 横浜市 and 横浜市鶴見区 are not two places for this.
        let apart = |lives_in: &str| !name.is_empty() && !lives_in.contains(name) && !name.contains(lives_in);
        lives_in.is_some_and(apart)
    };
    let all = !areas.is_empty() && areas.iter().all(outside);
    all.then(|| RuledOut::Area { areas: areas.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::json;

    const TOWN_OF: (&str, &str) = ("222127", "焼津市");

    fn program(more: Json) -> TownProgram {
        let mut value = json!({"id": "program:a", "segments": ["family"], "title": "紙おむつ"});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(value).unwrap()
    }

    fn household(value: Json) -> Household {
        serde_json::from_value(value).unwrap()
    }

    fn told(program: &TownProgram, household: &Household, on: Date) -> ProseAnswer {
        let around = Around { town: TOWN_OF, department: None, town_phone: Some("054-626-1111") };
        answer(program, &around, household, on, &Lang::ja())
    }

    fn family(birth: Json) -> Household {
        household(json!({"household": {}, "people": [
            {"name": "母", "facts": {"誕生年月日": "1990-05-01"}}, {"name": "子", "facts": {"誕生年月日": birth}},
        ]}))
    }

    #[test]
    fn only_ages_that_exclude_everybody_are_a_no() {
        let babies = program(json!({"ages": {"under": {"years": 1}}}));
        let on = date(2026, 11, 26);
        let verdict = |birth: Json| told(&babies, &family(birth), on).verdict;
        assert_eq!(verdict(json!("2026-05-01")), Verdict::Unknown);
        assert_eq!(verdict(json!("2025-11-26")), Verdict::NotEligible);
        assert_eq!(verdict(json!("2025-11-27")), Verdict::Unknown);
        assert_eq!(verdict(json!({"from": "2025-01-01", "to": null})), Verdict::Unknown);
        assert_eq!(verdict(json!({"from": null, "to": "2025-01-01"})), Verdict::NotEligible);
        assert_eq!(verdict(json!(null)), Verdict::Unknown);
        assert_eq!(verdict(json!("ことし")), Verdict::Unknown);
        let answer = told(&babies, &family(json!("2026-05-01")), on);
        assert_eq!(
            answer.outcomes[0].because,
            Some(RuledOut::Age(babies.ages.under.map(AgeBound::Under).unwrap()))
        );
        assert_eq!(answer.outcomes[1].because, None);
        let said = serde_json::to_value(&told(&babies, &family(json!("2020-05-01")), on).outcomes[0].because)
            .unwrap();
        assert_eq!(said, json!({"by": "age", "bound": "under", "years": 1}));
        // Nobody known, nothing ruled out; and never a yes.
        assert_eq!(told(&babies, &Household::default(), on).verdict, Verdict::Unknown);
        // Whom to ask is told in any case.
        assert_eq!(answer.ask.phone.as_deref(), Some("054-626-1111"));
    }

    #[test]
    fn who_lives_elsewhere_is_told_so_and_who_does_not_say_is_not() {
        let here = program(json!({"areas": [{"code": "222127", "name": "焼津市"}]}));
        let of = |program: &TownProgram, prefecture: &str, town: &str| {
            let facts = json!({"household": {"都道府県": prefecture, "市区町村": town}});
            told(program, &household(facts), date(2026, 11, 26)).verdict
        };
        assert_eq!(of(&here, "静岡県", "焼津市"), Verdict::Unknown);
        assert_eq!(of(&here, "静岡県", "藤枝市"), Verdict::NotEligible);
        assert_eq!(of(&here, "東京都", ""), Verdict::NotEligible);
        assert_eq!(of(&here, "", ""), Verdict::Unknown);
        let prefecture = program(json!({"areas": [{"code": "220001", "name": "静岡県"}]}));
        assert_eq!(
            (of(&prefecture, "静岡県", "藤枝市"), of(&prefecture, "東京都", "府中市")),
            (Verdict::Unknown, Verdict::NotEligible)
        );
        let country = program(json!({"areas": [{"code": "000000", "name": "全国"}]}));
        let words = program(json!({"areas": [{"name": "市内の一部"}]}));
        let none = program(json!({}));
        for program in [country, words, none] {
            assert_eq!(of(&program, "東京都", "渋谷区"), Verdict::Unknown);
        }
    }

    #[test]
    fn what_is_over_is_over_and_what_lies_ahead_is_said() {
        let autumn = program(json!({"applications": {"from": "2026-11-04", "to": "2026-11-30"}}));
        let on = |day| told(&autumn, &Household::default(), day);
        assert_eq!((on(date(2026, 11, 30)).verdict, on(date(2026, 11, 30)).ahead), (Verdict::Unknown, false));
        assert!(on(date(2026, 11, 1)).ahead);
        let late = on(date(2026, 12, 1));
        assert_eq!(late.outcomes[0].because, Some(RuledOut::Closed { to: date(2026, 11, 30) }));
        let said = serde_json::to_value(&late.outcomes[0]).unwrap();
        assert_eq!(
            said,
            json!({"person": null, "verdict": "not-eligible", "because": {"by": "closed", "to": "2026-11-30"}})
        );
    }

    proptest! {
        /// Whatever is known, words are never a yes; and who knows less excludes no more.
        #[test]
        fn never_a_yes_and_less_is_never_more(
            year in 1930i16..2030, years in 0u16..100, under in any::<bool>(), town in any::<bool>(), people in 0usize..4,
        ) {
            let bound = if under { "under" } else { "at_least" };
            let program = program(json!({"ages": {bound: {"years": years}}, "areas": [{"code": "222127", "name": "焼津市"}]}));
            let person = |n: usize| json!({"name": n.to_string(), "facts": {"誕生年月日": format!("{}-02-28", year + n as i16)}});
            let all: Vec<Json> = (0..people).map(person).collect();
            let place = if town { "焼津市" } else { "藤枝市" };
            let whole = household(json!({"household": {"市区町村": place}, "people": all}));
            let on = date(2026, 11, 26);
            let full = told(&program, &whole, on).verdict;
            prop_assert_ne!(full, Verdict::Eligible);
            let mut less = whole.clone();
            less.people.iter_mut().for_each(|person| person.facts.clear());
            prop_assert!(told(&program, &less, on).verdict <= full);
            less.household.clear();
            prop_assert_eq!(told(&program, &less, on).verdict, Verdict::Unknown);
        }
    }
}
