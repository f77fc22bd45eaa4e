//! Tables of events.

mod plan;
mod sessions;

use jiff::civil::Date;
use madoguchi_model::{Block, Event, Inline, Segment};

use super::cells::Cells;
use super::columns::Columns;
use super::id::{self, Ids};
use crate::geocode::Geocoder;
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;
use crate::table::{Row, Table};
use crate::value::{date, is_blank, number};
use plan::Plan;
use sessions::sessions;

const BAD_POINT: &str = "座標が読めないので位置なしとした";
const SAME_ID: &str = "名前も場所も同じ行をIDの番号で区別した";

/// Makes events of a table's rows.
pub(super) fn import(
    table: &Table,
    columns: &Columns,
    settings: &Settings,
    geocoder: Option<&Geocoder>,
    report: &mut FileReport,
    records: &mut Records,
) {
    let plan = Plan::of(columns);
    let id = columns.id(&table.rows);
    let mut ids = Ids::default();
    for row in &table.rows {
        match event(row, table, columns, &plan, settings, geocoder) {
            Ok((mut event, mut cells)) => {
                let own = id.map(|column| (column, row.get(column))).filter(|(_, id)| !is_blank(id));
                let starts =
                    event.sessions.first().map_or(String::new(), |session| session.starts_at.to_string());
                let own = match own {
                    Some((column, own)) => {
                        cells.take(column);
                        own.to_string()
                    }
                    None => id::hash(&[&event.title, event.place.as_deref().unwrap_or(""), &starts]),
                };
                let (id, again) = ids.give("event", &own);
                if again {
                    cells.mends.push(SAME_ID);
                }
                for (n, session) in event.sessions.iter_mut().enumerate() {
                    session.id = format!("{id}.{}", n + 1);
                }
                event.id = id;
                event.details = cells.details(settings.name.get("ja").map_or("", String::as_str));
                report.kept += 1;
                cells.mends.iter().for_each(|why| report.mend(why));
                records.events.push(event);
            }
            Err(refusal) => report.refused.push(refusal),
        }
    }
    report.dataset = Some("events".into());
}

/// The event that a row is, without its id.
fn event<'a>(
    row: &'a Row,
    table: &'a Table,
    columns: &'a Columns,
    plan: &Plan,
    settings: &Settings,
    geocoder: Option<&Geocoder>,
) -> Result<(Event, Cells<'a>), Refusal> {
    let mut cells = Cells::new(row, columns, table);
    let Some(title) = cells.text(&plan.title) else {
        let column = plan.title.first().map(|column| cells.head(*column).to_string());
        return Err(Refusal { row: row.line, column, why: "催しの名前がありません".into() });
    };
    let address = cells.address();
    let position = cells.position(address.as_deref(), geocoder).unwrap_or_else(|_| {
        cells.mends.push(BAD_POINT);
        None
    });
    let capacity = capacity(&mut cells, plan);
    let (sessions, when) = sessions(&mut cells, plan, capacity)?;
    let event = Event {
        id: String::new(),
        segments: vec![segment(&mut cells, plan, settings)],
        sessions,
        when,
        summary: cells.text(&plan.summary),
        body: cells.text(&plan.body).map_or(Vec::new(), |text| paragraphs(&text)),
        place: cells.text(&plan.place),
        audience: cells.text(&plan.audience),
        fee: all_texts(&mut cells, &plan.fee),
        contact: cells.text(&plan.contact),
        phone: cells.phone(),
        organizer: cells.text(&plan.organizer),
        apply_until: apply_until(&mut cells, plan),
        link: cells.link(&plan.link),
        details: Vec::new(),
        source: 0,
        title,
        address,
        position,
    };
    Ok((event, cells))
}

fn capacity(cells: &mut Cells<'_>, plan: &Plan) -> Option<u32> {
    let (column, text) = cells.first(&plan.capacity)?;
    let read = number::capacity(text)?;
    if !read.value.more {
        cells.take(column);
    }
    Some(cells.mended(read).people)
}

fn apply_until(cells: &mut Cells<'_>, plan: &Plan) -> Option<Date> {
    let (column, text) = cells.first(&plan.apply_until)?;
    let read = date::read(text)?;
    cells.take(column);
    Some(cells.mended(read))
}

/// What it is about: the segment that the row names, else 催し・講座. A word that names none stays a detail.
fn segment(cells: &mut Cells<'_>, plan: &Plan, settings: &Settings) -> Segment {
    let named =
        cells.first(&plan.segment).and_then(|(column, text)| Some((column, settings.segment_named(text)?)));
    named.map_or(Segment::Event, |(column, segment)| {
        cells.take(column);
        segment
    })
}

fn all_texts(cells: &mut Cells<'_>, columns: &[usize]) -> Option<String> {
    let texts: Vec<String> = columns.iter().filter_map(|column| cells.text(&[*column])).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// A paragraph for each part between empty lines.
fn paragraphs(text: &str) -> Vec<Block> {
    let paragraph = |part: &str| {
        let mut inlines = Vec::new();
        for line in part.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            inlines.push(Inline::Text { text: line.into() });
        }
        (!inlines.is_empty()).then_some(Block::Paragraph { text: inlines })
    };
    text.split("\n\n").filter_map(paragraph).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::import;
    use crate::table::Limits;

    pub(super) fn read(text: &str) -> (FileReport, Vec<Event>) {
        let settings = Settings::parse(
            "code = \"222127\"\nname = { ja = \"焼津市\" }\n[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }",
        )
        .unwrap();
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        let (report, records) = import("event.csv", &table, &settings, None);
        (report, records.events)
    }

    pub(super) fn one(text: &str) -> Event {
        read(text).1.into_iter().next().unwrap()
    }

    #[test]
    fn a_day_with_hours_is_a_session_in_japanese_time() {
        let event = one(
            "ID,イベント名,開始日,終了日,開始時間,終了時間,定員,場所名称,料金(基本),料金(詳細),説明,主催者,キーワード\n\
             7,まつり,2026-12-05,,9:00,１７：００,30人,港,無料,要申込,\"甲\n乙\n\n丙\",市,海\n",
        );
        let session = event.sessions.first().unwrap();
        assert_eq!((event.id.as_str(), session.id.as_str()), ("event:7", "event:7.1"));
        assert_eq!(session.starts_at.to_string(), "2026-12-05T00:00:00Z");
        assert_eq!(session.ends_at.map(|end| end.to_string()).as_deref(), Some("2026-12-05T08:00:00Z"));
        assert_eq!((session.capacity, session.all_day), (Some(30), false));
        assert_eq!((event.place.as_deref(), event.fee.as_deref()), (Some("港"), Some("無料\n要申込")));
        assert_eq!(event.body.len(), 2);
        assert_eq!(event.segments, [Segment::Event]);
        assert_eq!(event.details, [("キーワード".to_string(), "海".to_string())]);
    }

    #[test]
    fn what_cannot_be_an_event_is_refused_by_line() {
        let (report, events) = read("イベント名,開始日,終了日\n,2026-01-01,\n甲,2026-01-02,2026-01-01\n");
        assert!(events.is_empty());
        let rows: Vec<_> =
            report.refused.iter().map(|refusal| (refusal.row, refusal.column.as_deref())).collect();
        assert_eq!(rows, [(2, Some("イベント名")), (3, Some("終了日"))]);
    }
}
