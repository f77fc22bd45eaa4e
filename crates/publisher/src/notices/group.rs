//! The rows of a table -> records: rows of one id in several languages are one record.

use std::collections::BTreeMap;

use madoguchi_model::Lang;

use super::entry::{Body, Entry, Value};
use super::field::Field;
use super::files::Shelf;
use super::import::{Import, Kind, id_of, one_line};
use super::{Rows, short_hash};
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;

/// A row that has an id and a language.
struct Row {
    lang: Lang,
    entry: Entry,
}

/// Reads a table of notices or alerts.
pub(super) fn import_rows(
    file: &str,
    rows: &Rows,
    settings: &Settings,
    shelf: &Shelf<'_>,
    kind: Kind,
) -> (FileReport, Records) {
    let mut import = Import::new(file, settings, shelf);
    import.report.dataset = Some(kind.dataset().into());
    let columns = columns(&mut import.report, &rows.header, kind);
    for (id, group) in groups(&mut import, rows, &columns, kind) {
        keep_group(&mut import, kind, id, group);
    }
    if kind == Kind::Alerts {
        super::alerts::report_unknown_references(&mut [(&mut import.report, &import.records)]);
    }
    import.report.refused.sort_by_key(|refusal| refusal.row);
    (import.report, import.records)
}

/// The field of each column; a column without one is reported, not lost in silence.
fn columns(report: &mut FileReport, header: &[String], kind: Kind) -> Vec<Option<Field>> {
    let mut columns: Vec<Option<Field>> = Vec::with_capacity(header.len());
    for name in header {
        let field = Field::named(name).filter(|field| kind.has(*field) && !columns.contains(&Some(*field)));
        if field.is_none() && !name.trim().is_empty() {
            report.mend(&format!("列「{}」は使わなかった", super::entry::shorten(name)));
        }
        columns.push(field);
    }
    columns
}

/// Rows by id, in the order in which the ids first appear. What has no id or repeats one is refused here.
fn groups(
    import: &mut Import<'_>,
    rows: &Rows,
    columns: &[Option<Field>],
    kind: Kind,
) -> Vec<(String, Vec<Row>)> {
    let mut groups: Vec<(String, Vec<Row>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (line, cells) in &rows.rows {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        import.report.rows += 1;
        let entry = entry(*line, &rows.header, columns, cells);
        let named = entry.lang().and_then(|lang| Ok((id(import, &entry, kind)?, lang)));
        let ((mut id, derived), lang) = match named {
            Ok(named) => named,
            Err(refusal) => {
                import.report.refused.push(refusal);
                continue;
            }
        };
        let first = |id: &String| {
            let (_, group) = groups.get(*places.get(id)?)?;
            group.iter().find(|row| row.lang == lang).map(|row| &row.entry)
        };
        // Two texts of one day may share a title; only their bodies tell them apart then.
        if derived && first(&id).is_some_and(|other| other.body != entry.body) {
            let (Body::Plain(body) | Body::Markdown(body)) = &entry.body;
            id = short_hash(&[&id, body], 12);
        }
        if let Some(first) = first(&id) {
            let why = match derived {
                true => format!("{} 行目と同じ題名・日付・本文", first.line),
                false => format!("id「{id}」は {} 行目で使われている", first.line),
            };
            let refusal = entry.refuse(Field::Id, why);
            import.report.refused.push(refusal);
            continue;
        }
        let place = *places.entry(id.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, group)) => group.push(Row { lang, entry }),
            None => groups.push((id, vec![Row { lang, entry }])),
        }
    }
    groups
}

fn entry(line: u64, header: &[String], columns: &[Option<Field>], cells: &[String]) -> Entry {
    let mut values = BTreeMap::new();
    for ((name, field), text) in header.iter().zip(columns).zip(cells) {
        if let Some(field) = field {
            let name = name.trim_start_matches('\u{feff}').trim().to_string();
            values.insert(*field, Value { name, line, text: text.clone(), items: None });
        }
    }
    let body = values.get(&Field::Body).map(|value| value.text.clone()).unwrap_or_default();
    Entry { line, values, body: Body::Plain(body) }
}

/// The id of a row, and whether it had to be derived from its title and date.
fn id(import: &mut Import<'_>, entry: &Entry, kind: Kind) -> Result<(String, bool), Refusal> {
    if let Some(value) = entry.get(Field::Id) {
        return Ok((id_of(value)?, false));
    }
    let title = one_line(&entry.need(Field::Title, "題名")?.text);
    let what = if kind == Kind::Alerts { "発令の日時" } else { "公開日" };
    let date = entry.need(kind.date(), what)?;
    let at = super::when::read(&date.text).and_then(super::when::When::start);
    let at = match at {
        Some(at) => at.to_string(),
        // The refusal is worded where dates are read.
        None => return Err(import.when(date, what).err().unwrap_or_else(|| date.refuse("日付を読めない"))),
    };
    import.report.mend("id がないので、題名と日付から作った");
    Ok((short_hash(&[&title, &at], 12), true))
}

fn keep_group(import: &mut Import<'_>, kind: Kind, id: String, mut group: Vec<Row>) {
    let base = group.iter().position(|row| row.lang == Lang::ja()).unwrap_or(0);
    let Row { lang, entry } = group.remove(base);
    let mut record = match import.record(kind, &entry, id, lang) {
        Ok(record) => record,
        Err(refusal) => {
            import.report.refused.push(refusal);
            for row in group {
                let why = format!("元の文（{} 行目）を採れなかったので、その訳も採れない", entry.line);
                import.report.refuse(row.entry.line, None, why);
            }
            return;
        }
    };
    import.report.kept += 1;
    let (department, _) = import.department(&entry);
    for row in group {
        match import.text(&row.entry, &department, record.is_withdrawn()) {
            Ok(text) => {
                import.report.kept += 1;
                record.translate(row.lang, text);
            }
            Err(refusal) => import.report.refused.push(refusal),
        }
    }
    import.keep(record);
}
