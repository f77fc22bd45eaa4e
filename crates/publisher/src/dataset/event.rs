//! Tables of events.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use madoguchi_model::{Block, Event, Inline, Segment, Session};

use super::cells::Cells;
use super::columns::Columns;
use super::id::{self, Ids};
use crate::geocode::Geocoder;
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;
use crate::table::{Row, Table};
use crate::value::{date, head, is_blank, number, text, time};

const IN_WORDS: &str = "日付として読めない開催日を文のまま残した";
const NO_TIME: &str = "読めない開始時間を文のまま残した";
const BAD_POINT: &str = "座標が読めないので位置なしとした";
const SAME_ID: &str = "同じ内容の行をIDの番号で区別した";

/// The columns of events, by what they say; the best head first.
struct Plan {
    title: Vec<usize>,
    from: Vec<usize>,
    to: Vec<usize>,
    opens: Vec<usize>,
    closes: Vec<usize>,
    when: Vec<usize>,
    summary: Vec<usize>,
    body: Vec<usize>,
    place: Vec<usize>,
    audience: Vec<usize>,
    fee: Vec<usize>,
    contact: Vec<usize>,
    organizer: Vec<usize>,
    apply_until: Vec<usize>,
    link: Vec<usize>,
    segment: Vec<usize>,
    capacity: Vec<usize>,
}

impl Plan {
    fn of(columns: &Columns) -> Self {
        let find = |heads: &[&str]| -> Vec<usize> {
            let at = |name: &&str| {
                let folded = head::fold(name);
                columns.heads.iter().position(|head| *head == folded)
            };
            heads.iter().filter_map(at).collect()
        };
        Plan {
            title: find(&[
                "イベント名",
                "行事名",
                "催し名",
                "催物名",
                "講座名",
                "eventName",
                "title",
                "タイトル",
                "名称",
            ]),
            from: find(&["開始日", "開催日", "開催日時", "開催期間", "日時", "dateOfStart"]),
            to: find(&["終了日", "dateOfEnd"]),
            opens: find(&["開始時間", "開始時刻", "startTime"]),
            closes: find(&["終了時間", "終了時刻", "endTime"]),
            when: find(&["開催パターン", "開始日時特記事項", "日時説明", "holdingPattern"]),
            summary: find(&["概要", "サブタイトル", "summary", "abstract"]),
            body: find(&["説明", "内容", "本文", "description", "body"]),
            place: find(&["場所名称", "開催場所", "会場", "会場名", "場所", "location", "place"]),
            audience: find(&["対象者", "対象", "targetPerson", "audience"]),
            fee: find(&["料金(基本)", "料金", "料金(詳細)", "参加費", "費用", "fee"]),
            contact: find(&[
                "連絡先名称",
                "問い合わせ先",
                "問合せ先",
                "お問合せ先",
                "問い合わせ先（市の担当課）",
                "contact",
            ]),
            organizer: find(&["主催者", "主催団体", "主催", "organizer"]),
            apply_until: find(&[
                "参加申込終了日",
                "申込期限日",
                "申込締切日",
                "申込締切",
                "deadlineDateOfApplication",
            ]),
            link: find(&["URL", "コンテンツURL", "イベントURL", "申込URL", "link", "eventUrl"]),
            segment: find(&["segment", "配信区分", "イベント種類", "分類", "カテゴリ", "ジャンル"]),
            capacity: find(&["定員", "capacity"]),
        }
    }
}

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

/// When it is held: one session from the first day to the last, or the town's words where they name no day.
fn sessions(
    cells: &mut Cells<'_>,
    plan: &Plan,
    capacity: Option<u32>,
) -> Result<(Vec<Session>, Option<String>), Refusal> {
    let start = cells.first(&plan.from);
    let Some((first, last)) = start.and_then(|(column, text)| days(cells, column, text)) else {
        let words = match start {
            Some(_) => cells.text(&plan.from),
            None => cells.text(&plan.when),
        };
        if words.is_some() {
            cells.mends.push(IN_WORDS);
        }
        return Ok((Vec::new(), words));
    };
    let last = match cells.first(&plan.to) {
        Some((column, text)) => match date::read(text) {
            Some(read) => {
                cells.take(column);
                Some(cells.mended(read))
            }
            None => last,
        },
        None => last,
    };
    if let (Some(last), Some((column, _))) = (last, cells.first(&plan.to).or(start))
        && last < first
    {
        let column = Some(cells.head(column).into());
        return Err(Refusal {
            row: cells.row.line, column, why: "終了日が開始日より前です".into()
        });
    }
    let opens = hour(cells, &plan.opens);
    let closes = hour(cells, &plan.closes);
    let starts_at = instant(first, opens.unwrap_or(Time::midnight()));
    // An end that is only a day holds to the last minute of it: a phone that asks "is it over?" must not hide the last day.
    let end_of_day = Time::constant(23, 59, 0, 0);
    let ends_at = match (last, closes) {
        (Some(last), closes) => Some((last, closes.unwrap_or(end_of_day))),
        (None, Some(closes)) => Some((first, closes)),
        (None, None) => None,
    };
    let ends_at = ends_at.and_then(|(day, time)| {
        // Past midnight, as a summer festival may go.
        let over_night = day == first && opens.is_some_and(|opens| time < opens);
        instant(if over_night { day.tomorrow().ok()? } else { day }, time)
    });
    let session = starts_at.map(|starts_at| Session {
        id: String::new(),
        starts_at,
        ends_at: ends_at.filter(|ends| *ends > starts_at),
        all_day: opens.is_none(),
        capacity,
    });
    let when = cells.text(&plan.when);
    Ok((session.into_iter().collect(), when))
}

/// The day in a cell, or its first and last.
fn days(cells: &mut Cells<'_>, column: usize, cell: &str) -> Option<(Date, Option<Date>)> {
    let read = match date::read(cell) {
        Some(first) => (cells.mended(first), None),
        None => {
            let narrow = text::narrow(cell);
            let (first, last) = narrow.split_once('~').or_else(|| narrow.split_once("から"))?;
            let (first, last) = (date::read(first)?, date::read(last.trim_end_matches("まで"))?);
            (cells.mended(first), Some(cells.mended(last)))
        }
    };
    cells.take(column);
    Some(read)
}

fn hour(cells: &mut Cells<'_>, columns: &[usize]) -> Option<Time> {
    let (column, text) = cells.first(columns)?;
    let Some(read) = time::read(text) else {
        cells.mends.push(NO_TIME);
        return None;
    };
    cells.take(column);
    Some(cells.mended(read))
}

/// A moment of Japanese time, which knows no summer time.
fn instant(day: Date, time: Time) -> Option<Timestamp> {
    let japan = jiff::tz::offset(9).to_time_zone();
    Some(day.to_datetime(time).to_zoned(japan).ok()?.timestamp())
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

    fn read(text: &str) -> (FileReport, Vec<Event>) {
        let settings = Settings::parse(
            "code = \"222127\"\nname = { ja = \"焼津市\" }\n[[department]]\nid = \"koho\"\nname = { ja = \"広報課\" }",
        )
        .unwrap();
        let table = Table::read(text.as_bytes(), &Limits::default()).unwrap();
        let (report, records) = import("event.csv", &table, &settings, None);
        (report, records.events)
    }

    fn one(text: &str) -> Event {
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
    fn several_days_are_one_session_that_ends_with_the_last_day() {
        for text in [
            "イベント名,開始日,終了日\n展,2026/12/5,2026/12/7\n",
            "行事名,開催日\n展,2026年12月5日（土）～2026年12月7日\n",
        ] {
            let event = one(text);
            let [session] = event.sessions.as_slice() else { panic!("{event:?}") };
            assert!(session.all_day);
            assert_eq!(session.starts_at.to_string(), "2026-12-04T15:00:00Z");
            assert_eq!(session.ends_at.map(|end| end.to_string()).as_deref(), Some("2026-12-07T14:59:00Z"));
        }
        let late = one("イベント名,開始日,開始時間,終了時間\n盆踊り,2026-08-15,18:00,1:00\n");
        assert_eq!(
            late.sessions.first().and_then(|s| s.ends_at).map(|end| end.to_string()).as_deref(),
            Some("2026-08-15T16:00:00Z")
        );
    }

    #[test]
    fn words_that_name_no_day_are_kept_as_words() {
        let (report, events) =
            read("イベント名,開催パターン,開始日\n甲,毎年１１月に開催,\n乙,,11月ごろ\n丙,,\n");
        let when: Vec<_> = events.iter().map(|event| event.when.as_deref()).collect();
        assert_eq!(when, [Some("毎年１１月に開催"), Some("11月ごろ"), None]);
        assert!(events.iter().all(|event| event.sessions.is_empty()));
        assert_eq!(report.mended_by.get(IN_WORDS), Some(&2));
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
