//! A town's programs in words: what may concern the household, a list that needs none, and one in full.

use jiff::civil::Date;
use madoguchi_benefits::answer::Verdict;
use madoguchi_benefits::calendar;
use madoguchi_model::{Age, AgeBound, Lang, LifeEvent, NamedLink, ProgramArea};

use super::asked::{Asked, language};
use super::in_words_shapes::{InWords, InWordsDetail, InWordsList, InWordsRow, RuledOutFor, TitledLink};
use super::shapes::NamedProgram;
use super::{TownProgramQuery, TownProgramsQuery};
use crate::api::ApiError;
use crate::api::notices::read_segments;
use crate::private::JoinedTown;
use crate::programs::{
    ListPrograms, ProseAnswer, ProseOutcome, RuledOut, TownProgramRow, ask_about, filed, is_shown, list,
    prose, show,
};
use crate::{Error, Phone};

const ROWS: u32 = 100;
const MOST_ROWS: u32 = 1000;

/// The programs of the town in use that nothing rules out; none where no town is.
pub(super) fn concerning(phone: &Phone, asked: &Asked, event: Option<&str>) -> Result<InWords, Error> {
    let (on, lang) = (day(asked.on), Lang(asked.lang.into()));
    let told = phone.with_town(None, |open| {
        let now = phone.now_for(&open.town.code)?;
        let answers = prose(open, &asked.town, &asked.household, on, now, &lang)?;
        Ok((answers, filed(open, now)?.count))
    });
    let (answers, listed) = match told {
        Err(Error::NoTown | Error::WhichTown) => return Ok(InWords::default()),
        other => other?,
    };
    let meant = |answer: &ProseAnswer| {
        answer.verdict == Verdict::Unknown
            && !answer.business
            && event.is_none_or(|event| answer.events.contains(&event))
    };
    Ok(InWords { rows: answers.into_iter().filter(meant).map(row).collect(), listed })
}

pub(in crate::api) fn town_programs(
    phone: &Phone,
    wanted: TownProgramsQuery,
) -> Result<InWordsList, ApiError> {
    let unknown = || ApiError::bad_arguments("event: no such event".into());
    let wanted = ListPrograms {
        segments: read_segments(wanted.segment.as_slice())?,
        event: wanted.event.map(|event| LifeEvent::parse(&event).ok_or_else(unknown)).transpose()?,
        search: wanted.search,
        limit: wanted.limit.unwrap_or(ROWS).min(MOST_ROWS) as usize,
        lang: Some(Lang(language(wanted.lang.as_deref()).into())),
    };
    let (found, filed) = phone.with_town(None, |open| {
        let now = phone.now_for(&open.town.code)?;
        Ok((list(open, &wanted, now)?, filed(open, now)?))
    })?;
    Ok(InWordsList {
        rows: found.rows.into_iter().map(listed).collect(),
        more: found.more,
        segments: filed.segments.into_iter().collect(),
        events: filed.events.into_iter().map(LifeEvent::name).collect(),
    })
}

pub(in crate::api) fn town_program(
    phone: &Phone,
    wanted: TownProgramQuery,
) -> Result<InWordsDetail, ApiError> {
    let asked = Asked::new(phone, wanted.lang.as_deref(), wanted.on, None)?;
    let lang = Lang(asked.lang.into());
    let (town, shown, answer) = phone.with_town(None, |open| {
        let shown = show(open, &wanted.id)?;
        // What is not public yet, or no longer, is not shown by its address either.
        if !is_shown(&shown.program, phone.now_for(&open.town.code)?) {
            return Err(Error::NotFound { what: "program", id: wanted.id.clone() });
        }
        let answer = ask_about(open, &shown, &asked.household, day(asked.on), &lang)?;
        Ok((open.town.clone(), shown, answer))
    })?;
    let program = shown.program;
    let rule = asked
        .town
        .titled(&program.text.title)
        .map(|name| NamedProgram { program: name.to_owned(), title: program.text.title.clone() });
    let (text, _) = program.text_in(&lang);
    Ok(InWordsDetail {
        verdict: answer.verdict,
        out: answer.outcomes.iter().filter_map(|outcome| out(outcome, &town)).collect(),
        body: text.body.clone(),
        cost: text.cost.clone(),
        law: text.law.clone(),
        details: text.details.clone(),
        target: answer.target.clone(),
        how: answer.how.clone(),
        when: answer.when.clone(),
        apply_from: answer.applications.from.map(|day| day.to_string()),
        apply_to: answer.applications.to.map(|day| day.to_string()),
        ahead: answer.ahead,
        documents: answer.documents.clone(),
        checklist: format!("{}/{}", town.code, program.id),
        department: answer.ask.department.clone(),
        counter: answer.ask.counter.clone(),
        contact: answer.ask.contact.clone(),
        phone: answer.ask.phone.clone(),
        email: answer.ask.email.clone(),
        link: answer.link.clone(),
        links: program.links.iter().cloned().map(link).collect(),
        forms: program.forms.iter().cloned().map(link).collect(),
        updated: program.updated.map(|day| day.to_string()),
        from: shown.from,
        rule,
        row: row(answer),
    })
}

fn day(number: i32) -> Date {
    calendar::format(number).parse().unwrap_or_default()
}

fn row(answer: ProseAnswer) -> InWordsRow {
    let (out, in_question): (Vec<_>, Vec<_>) =
        answer.outcomes.into_iter().partition(|outcome| outcome.because.is_some());
    // Where nobody is ruled out names say nothing.
    let names = in_question.into_iter().filter_map(|outcome| outcome.person);
    InWordsRow {
        people: if out.is_empty() { Vec::new() } else { names.collect() },
        id: answer.id,
        title: answer.title,
        also: answer.also,
        summary: answer.summary,
        lang: answer.lang.0,
        segments: answer.segments,
        business: answer.business,
        amount: answer.amount,
        ask: answer.ask.contact.or(answer.ask.department).or(answer.ask.counter),
    }
}

fn listed(row: TownProgramRow) -> InWordsRow {
    InWordsRow {
        id: row.id,
        title: row.title,
        also: row.also,
        summary: row.summary,
        lang: row.lang.0,
        segments: row.segments,
        business: row.business,
        amount: row.amount,
        ask: None,
        people: Vec::new(),
    }
}

fn out(outcome: &ProseOutcome, town: &JoinedTown) -> Option<RuledOutFor> {
    let name = outcome.person.clone();
    let age = |bound, age: Age| RuledOutFor {
        by: "age",
        bound: Some(bound),
        years: age.years,
        months: age.months,
        ..RuledOutFor::default()
    };
    // Of itself a town often gives the code alone.
    let named = |area: &ProgramArea| {
        let own = area.code.as_deref() == Some(town.code.as_str());
        [&area.name, &town.name].into_iter().take(1 + usize::from(own)).find(|name| !name.is_empty()).cloned()
    };
    let until = |by, to: Date| RuledOutFor { by, to: Some(to.to_string()), ..RuledOutFor::default() };
    let because = match outcome.because.as_ref()? {
        RuledOut::Age(AgeBound::AtLeast(bound)) => age("at-least", *bound),
        RuledOut::Age(AgeBound::Over(bound)) => age("over", *bound),
        RuledOut::Age(AgeBound::AtMost(bound)) => age("at-most", *bound),
        RuledOut::Age(AgeBound::Under(bound)) => age("under", *bound),
        RuledOut::Area { areas } => RuledOutFor {
            by: "area",
            // Where one of them has no name the others would not be the whole truth.
            areas: areas.iter().map(named).collect::<Option<_>>().unwrap_or_default(),
            ..RuledOutFor::default()
        },
        RuledOut::Closed { to } => until("closed", *to),
        RuledOut::Over { to } => until("over", *to),
    };
    Some(RuledOutFor { name, ..because })
}

fn link(link: NamedLink) -> TitledLink {
    TitledLink { title: Some(link.title).filter(|title| !title.is_empty()), href: link.href }
}
