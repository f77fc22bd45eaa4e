use std::fs;
use std::path::Path;

use madoguchi_model::{Lang, TownCode, plain_text};
use madoguchi_resident::Phone;
use madoguchi_resident::native::{UreqNet, wait};
use madoguchi_resident::notices::{self, AttachmentWanted, ListNotices, Marking};
use serde_json::json;

use crate::args::{MarkArg, Notices};
use crate::{Answer, Failure, say};

pub fn notices(phone: &Phone, town: Option<&TownCode>, wanted: &Notices) -> Result<Answer, Failure> {
    let wanted = ListNotices {
        segments: wanted.segments.clone(),
        unread: wanted.unread,
        saved: wanted.saved,
        search: wanted.search.clone(),
        hidden: wanted.hidden,
        all: wanted.all,
        limit: wanted.limit,
        before: None,
        lang: None,
    };
    let (list, age) =
        phone.with_town(town, |open| Ok((notices::list(phone, open, &wanted)?, phone.age(open)?)))?;
    let mut text = String::new();
    for row in &list.rows {
        let marks =
            [(!row.read, "●"), (row.saved, "★"), (row.urgent, "【重要】"), (row.withdrawn, "【取り消し】")];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
        let below = say::parts(&[&say::day(row.published_at), &row.department, &format!("[{}]", row.id)]);
        text.push_str(&format!("{marks}{}\n    {below}\n", row.title));
    }
    if list.rows.is_empty() {
        text.push_str("あてはまるお知らせはありません。\n");
    }
    if list.more {
        text.push_str("ほかにもあります。--limit で増やせます。\n");
    }
    if list.left_out > 0 {
        text.push_str(&format!("選んでいない配信区分のお知らせが、ほかに{}件あります。\n", list.left_out));
    }
    text.push_str(&say::age(&age));
    Answer::new(&list.rows, text)
}

pub fn notice(
    phone: &Phone,
    town: Option<&TownCode>,
    id: &str,
    lang: Option<&str>,
) -> Result<Answer, Failure> {
    let (shown, age) =
        phone.with_town(town, |open| Ok((notices::show(phone, open, id)?, phone.age(open)?)))?;
    let notice = &shown.notice;
    let translated = lang.and_then(Lang::parse).and_then(|lang| notice.translations.get(&lang));
    let words = translated.unwrap_or(&notice.text);
    let mut text = format!("{}\n{} {}\n\n", words.title, say::day(notice.published_at), notice.department);
    if let Some(withdrawn) = &notice.withdrawn {
        text.push_str(&format!("{}に取り消されました。{}\n", say::day(withdrawn.at), withdrawn.note));
    }
    for correction in &notice.corrections {
        text.push_str(&format!("{}に直されました。{}\n", say::day(correction.at), correction.note));
    }
    let body = plain_text(&words.body);
    text.push_str(if body.is_empty() { words.summary.as_deref().unwrap_or_default() } else { &body });
    text.push('\n');
    let place = notice.place.as_ref().map(|place| format!("どこ: {place}\n"));
    let link = notice.link.as_ref().map(|link| format!("くわしく: {}\n", link.as_str()));
    let files = notice
        .attachments
        .iter()
        .map(|a| format!("ファイル: {} ({}) {}\n", a.title, say::size(a.bytes), a.path));
    text.extend(place.into_iter().chain(link).chain(files));
    if !shown.earlier.is_empty() {
        text.push_str("この電話で見てから、内容が変わりました。\n");
    }
    let other = notice.translations.keys().map(|lang| lang.0.as_str()).collect::<Vec<_>>().join(", ");
    if !other.is_empty() {
        text.push_str(&format!("ほかの言葉: {other} (--lang)\n"));
    }
    text.push_str(&say::age(&age));
    Answer::new(&shown, text)
}

pub fn mark(phone: &Phone, town: Option<&TownCode>, id: &str, marking: MarkArg) -> Result<Answer, Failure> {
    let (marking, text) = match marking {
        MarkArg::Read => (Marking::Read, "読んだことにしました。"),
        MarkArg::Unread => (Marking::Unread, "まだ読んでいないことにしました。"),
        MarkArg::Saved => (Marking::Saved, "取っておきます。"),
        MarkArg::Unsaved => (Marking::Unsaved, "取っておくのをやめました。"),
    };
    let marked = phone.with_town(town, |open| notices::mark(phone, open, id, marking))?;
    Answer::new(&marked, text.into())
}

pub fn attachment(
    phone: &Phone,
    town: Option<&TownCode>,
    notice: &str,
    path: &str,
    out: &Path,
) -> Result<Answer, Failure> {
    let net = UreqNet::new();
    let wanted = AttachmentWanted { notice, path };
    let bytes =
        phone.with_town(town, |open| wait(notices::attachment(phone, open, &net, wanted, &mut |_| ())))?;
    fs::write(out, &bytes).map_err(|e| Failure::Other("out", format!("{}: {e}", out.display())))?;
    let text = format!("{} に書きました ({})。", out.display(), say::size(bytes.len() as u64));
    Answer::new(&json!({ "path": path, "out": out.display().to_string(), "bytes": bytes.len() }), text)
}
