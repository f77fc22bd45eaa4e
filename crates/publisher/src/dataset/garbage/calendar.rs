//! What is collected when, and what the other tables add to that.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi_model::{GarbageArea, GarbageType, PauseDays};

use super::cell;
use crate::dataset::id::{self, Ids};
use crate::report::FileReport;
use crate::table::Table;
use crate::value::{date, head, is_blank};

const TAGS: &str = "説明からHTMLの印を外した";
const COLOR: &str = "色の指定を読めないので使わなかった";

/// What `*1` means, by what stands after the star.
pub(super) type Remarks = BTreeMap<String, String>;

/// Reads remarks.csv.
pub(super) fn remarks(table: &Table, report: &mut FileReport, remarks: &mut Remarks) {
    for row in &table.rows {
        remarks.insert(row.get(0).trim_start_matches(['*', '＊', '※']).into(), row.get(1).into());
        report.kept += 1;
    }
}

/// Reads area_days.csv. A cell that cannot be read costs its kind of garbage, not the district.
pub(super) fn areas(
    table: &Table,
    report: &mut FileReport,
    remarks: &Remarks,
    ids: &mut Ids,
) -> Vec<GarbageArea> {
    let mut areas = Vec::new();
    for row in &table.rows {
        let name = row.get(0);
        if is_blank(name) {
            report.refuse(row.line, table.header.first().map(String::as_str), "地区の名前がありません");
            continue;
        }
        let mut types = Vec::new();
        for (column, kind) in table.header.iter().enumerate().skip(2) {
            let text = row.get(column);
            if is_blank(text) {
                continue;
            }
            match cell::read(text) {
                Some(cell) => types.push(GarbageType {
                    name: kind.clone(),
                    days: cell.days,
                    note: note(&cell.remarks, remarks),
                    color: None,
                }),
                None => report.refuse(row.line, Some(kind), format!("「{text}」を収集日として読めません")),
            }
        }
        if types.is_empty() {
            report.refuse(row.line, None, "読める収集日がひとつもありません");
            continue;
        }
        let center = Some(row.get(1)).filter(|center| !is_blank(center)).map(String::from);
        let (id, _) = ids.give("garbage-area", &id::hash(&[name]));
        report.kept += 1;
        areas.push(GarbageArea { id, name: name.into(), center, pauses: Vec::new(), types });
    }
    areas
}

/// The words of the remarks, or the mark itself where no table explains it.
fn note(ids: &[String], remarks: &Remarks) -> Option<String> {
    let words: Vec<String> =
        ids.iter().map(|id| remarks.get(id).cloned().unwrap_or_else(|| format!("※{id}"))).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

/// Reads center.csv: gives each district the days on which its plant is closed.
pub(super) fn centers(table: &Table, report: &mut FileReport, areas: &mut [GarbageArea]) {
    let column = |names: [&str; 2]| {
        let names = names.map(head::fold);
        table.header.iter().position(|name| names.contains(&head::fold(name)))
    };
    let (name, from, to) =
        (column(["名称", "name"]), column(["休止開始日", "startDate"]), column(["休止終了日", "endDate"]));
    let (Some(name), Some(from), Some(to)) = (name, from, to) else { return };
    let head = |column: usize| table.header.get(column).map(String::as_str);
    for row in &table.rows {
        let (first, last) = (date::read(row.get(from)), date::read(row.get(to)));
        let (Some(first), Some(last)) = (first, last) else {
            let at = if first.is_none() { from } else { to };
            report.refuse(row.line, head(at), format!("「{}」を日付として読めません", row.get(at)));
            continue;
        };
        if last.value < first.value {
            report.refuse(row.line, head(to), "休止の終わりが始まりより前です");
            continue;
        }
        let pause = PauseDays { from: first.value, to: last.value };
        let mut known = false;
        for area in areas.iter_mut().filter(|area| area.center.as_deref() == Some(row.get(name))) {
            area.pauses.push(pause);
            known = true;
        }
        if known {
            report.kept += 1;
            [first.mended, last.mended].into_iter().flatten().for_each(|why| report.mend(why));
        } else {
            report.refuse(
                row.line,
                head(name),
                "このセンターを使う地区がありません(収集日の表のセンターの列)",
            );
        }
    }
}

/// Reads description.csv: gives each kind of garbage its words and colour.
pub(super) fn descriptions(
    table: &Table,
    report: &mut FileReport,
    areas: &mut [GarbageArea],
    item_kinds: &BTreeSet<String>,
) {
    let column = |name: &str| table.header.iter().position(|head| head::fold(head) == name);
    let Some(label) = column("label") else { return };
    let texts = [column("sublabel"), column("description")];
    let color_column = column("bgcolor");
    for row in &table.rows {
        let words: Vec<String> = texts
            .into_iter()
            .flatten()
            .map(|column| row.get(column))
            .filter(|text| !is_blank(text))
            .map(|text| {
                let plain = without_tags(text);
                if plain != text {
                    report.mend(TAGS);
                }
                plain
            })
            .collect();
        let color_text = color_column.map_or("", |column| row.get(column));
        let color = color(color_text);
        if color.is_none() && !is_blank(color_text) {
            report.mend(COLOR);
        }
        let name = row.get(label);
        let mut known = false;
        for kind in areas.iter_mut().flat_map(|area| &mut area.types).filter(|kind| kind.name == name) {
            let notes = words.iter().cloned().chain(kind.note.take()).collect::<Vec<_>>();
            kind.note = (!notes.is_empty()).then(|| notes.join("\n"));
            kind.color = color.clone();
            known = true;
        }
        // The colour of a kind that is only looked up, never collected by the calendar, is shown nowhere.
        if known || (item_kinds.contains(name) && words.is_empty()) {
            report.kept += 1;
        } else {
            report.refuse(
                row.line,
                table.header.get(label).map(String::as_str),
                "この種類は収集日の表にありません",
            );
        }
    }
}

/// `#FF6E59` or `#f65` as `#rrggbb`.
fn color(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let full: String = match digits.len() {
        6 => digits.into(),
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        _ => return None,
    };
    Some(format!("#{}", full.to_ascii_lowercase()))
}

/// The words of a text with HTML in it, as 5374.jp's descriptions have: breaks and paragraphs become lines.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after)) = after.split_once('>') else {
            out.push('<');
            rest = after;
            continue;
        };
        let name =
            tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let breaks = ["br", "p", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4"];
        if breaks.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            out.push('\n');
        }
        rest = after;
    }
    out.push_str(rest);
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let plain = entities.iter().fold(out, |text, (entity, sign)| text.replace(entity, sign));
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_in_one_form() {
        assert_eq!(color("#FF6E59").as_deref(), Some("#ff6e59"));
        assert_eq!(color("#f65").as_deref(), Some("#ff6655"));
        for none in ["red", "#ff", "", "#gggggg", "#日本"] {
            assert_eq!(color(none), None, "{none}");
        }
    }

    #[test]
    fn markup_goes_and_words_stay() {
        assert_eq!(without_tags("<ul><li>袋で</li><li>朝8時&amp;まで</li></ul>"), "袋で\n朝8時&まで");
        assert_eq!(without_tags("30cm < 50cm"), "30cm < 50cm");
    }
}
