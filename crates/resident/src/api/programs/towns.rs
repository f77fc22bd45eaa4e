use super::amounts::together;
use super::asked::{day, language};
use super::shapes::{Cell, ComparedCell, ComparedRow, ComparedTown, TownsCompared};
use super::{NamedTown, TownsQuery};
use crate::api::ApiError;
use crate::programs::{Column, ForTown, Row, TownAnswer, compare, joined_as, rules};
use crate::{Error, Phone, household};

pub(in crate::api) fn compare_towns(phone: &Phone, wanted: TownsQuery) -> Result<TownsCompared, ApiError> {
    if !(2..=3).contains(&wanted.towns.len()) {
        return Err(ApiError::bad_arguments("towns: two or three".into()));
    }
    let on = day(phone, wanted.on)?;
    // Whole: what the town in use does not ask for may count in another.
    let household = household::state(phone)?.kept.map(|kept| kept.household).unwrap_or_default();
    let own = wanted.towns.iter().map(|town| joined_as(phone, &town.prefecture, &town.municipality));
    let own = own.collect::<Result<Vec<Option<ForTown>>, Error>>()?;
    let columns: Vec<Column<'_>> =
        wanted.towns.iter().zip(&own).map(|(town, own)| column(town, own.as_ref())).collect();
    let told = compare(&columns, &household, on, language(wanted.lang.as_deref()));
    let told = told.map_err(|_| ApiError::bad_arguments("towns: not a town".into()))?;
    // Nothing follows from nobody.
    let programs = if household.people.is_empty() { Vec::new() } else { told.programs };
    let towns = told.towns.into_iter().map(|town| ComparedTown {
        prefecture: town.prefecture,
        municipality: town.town,
        known: town.known == Some(true),
        held: town.held,
    });
    Ok(TownsCompared { towns: towns.collect(), rows: programs.iter().map(row).collect() })
}

fn column<'a>(town: &NamedTown, own: Option<&'a ForTown>) -> Column<'a> {
    Column {
        prefecture: town.prefecture.clone(),
        town: town.municipality.clone(),
        rules: own.map_or_else(|| rules(), ForTown::rules),
        held: own.is_some_and(ForTown::is_whole),
    }
}

fn row(row: &Row) -> ComparedRow {
    let cell = |answer: &Option<TownAnswer>| match answer {
        None => ComparedCell { answer: None, requires: Vec::new() },
        Some(answer) => ComparedCell {
            answer: Some(short(answer)),
            requires: row.required_there(answer).map(str::to_owned).collect(),
        },
    };
    ComparedRow {
        program: row.program.clone(),
        title: row.title.clone(),
        requires: row.required_everywhere().into_iter().map(str::to_owned).collect(),
        cells: row.towns.iter().map(cell).collect(),
        differs: row.differs,
    }
}

fn short(answer: &TownAnswer) -> Cell {
    let amount = together(answer.outcomes.iter().map(|o| (o.verdict, o.amount.as_ref())));
    Cell { verdict: answer.verdict, amount: amount.map(|(per, span)| span.amount(per)) }
}
