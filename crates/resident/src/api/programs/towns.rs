use super::TownsQuery;
use super::amounts::together;
use super::asked::Asked;
use super::shapes::{Cell, ComparedRow, ComparedTown, TownsCompared};
use crate::Phone;
use crate::api::ApiError;
use crate::programs::{TownAnswer, compare};

pub(in crate::api) fn compare_towns(phone: &Phone, wanted: TownsQuery) -> Result<TownsCompared, ApiError> {
    if !(2..=3).contains(&wanted.towns.len()) {
        return Err(ApiError::bad_arguments("towns: two or three".into()));
    }
    let asked = Asked::new(phone, wanted.lang.as_deref(), wanted.on, None)?;
    let towns: Vec<(String, String)> =
        wanted.towns.into_iter().map(|town| (town.prefecture, town.municipality)).collect();
    let told = compare(asked.rules(), &asked.household, asked.on, asked.lang, &towns);
    let told = told.map_err(|_| ApiError::bad_arguments("towns: not a town".into()))?;
    let cell = |answer: &TownAnswer| {
        let amount = together(answer.outcomes.iter().map(|o| (o.verdict, o.amount.as_ref())));
        Cell { verdict: answer.verdict, amount: amount.map(|(per, span)| span.amount(per)) }
    };
    // Nothing follows from nobody.
    let programs = if asked.is_nobody() { Vec::new() } else { told.programs };
    let rows = programs.into_iter().map(|row| ComparedRow {
        cells: row.towns.iter().map(cell).collect(),
        program: row.program,
        title: row.title,
        differs: row.differs,
    });
    let towns = told.towns.into_iter().map(|town| ComparedTown {
        prefecture: town.prefecture,
        municipality: town.town,
        known: town.known == Some(true),
    });
    Ok(TownsCompared { towns: towns.collect(), rows: rows.collect() })
}
