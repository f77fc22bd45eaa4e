use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use madoguchi_resident::Age;
use madoguchi_resident::edges::JAPAN;

/// The day in Japan.
pub fn date(at: Timestamp) -> Date {
    JAPAN.to_datetime(at).date()
}

/// 11月21日(土)
pub fn day(at: Timestamp) -> String {
    day_of(date(at))
}

/// 11月21日(土)
pub fn day_of(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    };
    format!("{}月{}日({weekday})", date.month(), date.day())
}

fn clock(at: Timestamp) -> String {
    let at = JAPAN.to_datetime(at);
    match at.minute() {
        0 => format!("{}時", at.hour()),
        minute => format!("{}時{minute:02}分", at.hour()),
    }
}

/// 11月21日(土) 10時30分
pub fn moment(at: Timestamp) -> String {
    format!("{} {}", day(at), clock(at))
}

/// How old what is shown is: けさ6時12分の内容です
pub fn age(age: &Age) -> String {
    let Some(issued) = age.issued_at() else {
        return "まだ一度も届いていません。sync で受け取れます。".into();
    };
    let days = date(age.now()).duration_since(date(issued)).as_secs() / 86_400;
    match days {
        ..=0 if (4..11).contains(&JAPAN.to_datetime(issued).hour()) => {
            format!("けさ{}の内容です", clock(issued))
        }
        ..=0 => format!("きょう{}の内容です", clock(issued)),
        1 => format!("きのう{}の内容です", clock(issued)),
        days => format!("{days}日前、{}の内容です", moment(issued)),
    }
}
