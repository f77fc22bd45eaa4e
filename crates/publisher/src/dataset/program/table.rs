//! 支援制度情報 as a table: 自治体標準オープンデータセット, the 40 columns before it, GIF DS-451-4, and what was made of them.

use madoguchi_model::{Age, AgeBounds, Lang, NamedLink};

use super::words::listed;
use super::{DATE_IN_WORDS, Draft, add_line, keep, plain};
use crate::dataset::cells::Cells;
use crate::dataset::columns::Columns;
use crate::report::{FileReport, Records, Refusal};
use crate::settings::Settings;
use crate::table::{Row, Table};
use crate::value::{date, is_blank, text};

/// Any of these groups of heads is the mark of a table of programs.
pub(in crate::dataset) const MARKS: &[&[&str]] = &[
    &["タイトル（制度名）"],
    &["制度名|制度名称|支援制度名", "対象者|支援内容|制度概要|概要|内容|給付金額"],
];

const AGES: &[&[&str]] = &[
    &["対象年齢_以上", "対象年齢（以上）"],
    &["対象年齢_超", "対象年齢（超）"],
    &["対象年齢_以下", "対象年齢（以下）"],
    &["対象年齢_未満", "対象年齢（未満）"],
];
const BAD_AGE: &str = "読めない年齢を文のまま残した";

/// The columns of programs, by what they say; the best head first.
struct Plan {
    id: Vec<usize>,
    lang: Vec<usize>,
    title: Vec<usize>,
    also: Vec<usize>,
    summary: Vec<usize>,
    body: Vec<usize>,
    target: Vec<usize>,
    conditions: Vec<usize>,
    amount: Vec<usize>,
    amounts: Vec<usize>,
    cost: Vec<usize>,
    how: Vec<usize>,
    when: Vec<usize>,
    from: Vec<usize>,
    to: Vec<usize>,
    documents: Vec<usize>,
    counter: Vec<usize>,
    contact: Vec<usize>,
    phone: Vec<usize>,
    email: Vec<usize>,
    link: Vec<usize>,
    forms: Vec<usize>,
    law: Vec<usize>,
    area: Vec<usize>,
    area_names: Vec<usize>,
    tags: Vec<usize>,
    business: Vec<usize>,
    household: Vec<usize>,
    psid: Vec<usize>,
    published: Vec<usize>,
    expires: Vec<usize>,
    updated: Vec<usize>,
    ages: Vec<Vec<usize>>,
}

impl Plan {
    fn of(columns: &Columns) -> Self {
        let find = |heads: &[&str]| columns.find(heads);
        Plan {
            id: find(&["制度番号", "ID", "制度ID", "サービスID", "制度管理番号", "id"]),
            lang: find(&["lang", "言語"]),
            title: find(&["タイトル（制度名）", "制度名", "制度名称", "支援制度名", "タイトル"]),
            also: find(&["サブタイトル（通称名）", "サブタイトル（通称）", "サブタイトル", "通称"]),
            summary: find(&["制度概要", "概要", "概要（200字）", "概要（100字）"]),
            body: find(&["内容", "支援内容", "内容（5000字）", "制度内容"]),
            target: find(&["対象者", "対象"]),
            conditions: find(&[
                "対象者条件",
                "収入条件",
                "家族構成条件",
                "条件",
                "用途・対象費",
                "用途・対象物",
                "用途•対象物",
            ]),
            amount: find(&["給付金額", "給付額", "支給額", "助成額", "金額"]),
            amounts: find(&["給付上限額", "補助率", "最大補助率", "借入限度額", "最大金利", "償還期限"]),
            cost: find(&["費用", "利用料", "手数料"]),
            how: find(&[
                "利用・申請方法",
                "利用•申請方法",
                "申請届出方法",
                "申請方法",
                "手続き等",
                "手続方法",
            ]),
            when: find(&[
                "受付備考",
                "募集時期",
                "公募備考",
                "受付期間",
                "申請期間",
                "受付可能日時（受付日）",
                "受付可能日時（受付時間）",
            ]),
            from: find(&["受付開始日", "公募開始日", "申請開始日", "募集開始日"]),
            to: find(&["受付終了日", "公募終了日", "申請終了日", "申請期限", "募集終了日"]),
            documents: find(&["手続書類", "必要なもの", "必要書類", "提出書類", "持ち物"]),
            counter: find(&["申請窓口", "窓口", "実施組織・支援機関"]),
            contact: find(&[
                "連絡先名称",
                "問い合わせ先",
                "お問い合わせ先",
                "お問合わせ先",
                "問合せ先",
                "連絡先情報",
            ]),
            phone: find(&["連絡先電話番号", "電話番号", "電話"]),
            email: find(&["連絡先メールアドレス", "メールアドレス", "Eメール"]),
            link: find(&["URL", "詳細参照先", "詳細URL", "詳細参照先URL"]),
            forms: find(&[
                "申請方法URL",
                "電子申請URL",
                "申請URL",
                "申請可能URL",
                "電子申請の有無",
                "必要書類のURL",
            ]),
            law: find(&["根拠法令"]),
            area: find(&["全国地方公共団体コード", "対象地域コード", "地域"]),
            area_names: find(&["対象地域", "対象地域群", "地域群"]),
            tags: find(&[
                "支援制度種別",
                "キーワード",
                "【人生の制度】ライフステージ分類",
                "ライフステージ分類",
                "行政サービス分類",
                "お困りごと分類",
                "（個人）ライフステージ分類",
                "（個人）行政サービス分類",
                "（個人）お困りごと分類",
                "ステージとアクション",
                "お困りごと",
                "サービス種別",
                "タグ",
                "テーマ",
                "タグ（カテゴリー）",
                "タグ（対象者）",
                "タグ（キーワード）",
                "タグ（テーマ）",
                "災害名",
                "segment",
                "区分",
            ]),
            business: find(&[
                "（事業者）事業ステージ分類",
                "（事業者）行政サービス分類",
                "（事業者）お困りごと分類",
                "事業ステージ",
                "標準産業分類",
                "タグ（事業者分類）",
            ]),
            household: find(&[
                "（個人）ライフステージ分類",
                "（個人）行政サービス分類",
                "（個人）お困りごと分類",
                "【人生の制度】ライフステージ分類",
                "ライフステージ分類",
                "タグ（対象者）",
            ]),
            psid: find(&["PSID", "psid"]),
            published: find(&["公開日", "公開開始日", "公開日程"]),
            expires: find(&["公開終了日"]),
            updated: find(&["最終更新日", "更新日"]),
            ages: AGES.iter().map(|heads| find(heads)).collect(),
        }
    }
}

/// Makes programs of a table's rows.
pub(in crate::dataset) fn import(
    table: &Table,
    columns: &Columns,
    settings: &Settings,
    report: &mut FileReport,
    records: &mut Records,
) {
    let plan = Plan::of(columns);
    let town = settings.name.get("ja").map_or("", String::as_str);
    let drafts = table.rows.iter().map(|row| draft(row, table, columns, &plan, town)).collect();
    keep(drafts, settings, report, records);
}

fn draft(row: &Row, table: &Table, columns: &Columns, plan: &Plan, town: &str) -> Result<Draft, Refusal> {
    let mut cells = Cells::new(row, columns, table);
    let head = |columns: &[usize]| columns.first().map(|at| cells.head(*at).to_owned()).unwrap_or_default();
    let (title_column, area_column) = (head(&plan.title), head(&plan.area));
    let mut draft = Draft { row: row.line, title_column, area_column, ..Draft::default() };
    draft.text.title = cells.text(&plan.title).unwrap_or_default();
    draft.own = cells.text(&plan.id).filter(|own| own.len() <= 200);
    if let Some(text) = cells.text(&plan.lang) {
        draft.lang = Some(
            Lang::parse(&text)
                .ok_or_else(|| draft.refusal("lang", format!("「{text}」という言語を知りません")))?,
        );
    }
    draft.text.also = cells.text(&plan.also);
    draft.text.summary = cells.text(&plan.summary);
    if let Some((column, text)) = cells.first(&plan.body) {
        cells.take(column);
        draft.body(plain(text), cells.head(column))?;
    }
    draft.text.target = cells.text(&plan.target);
    draft.text.target = joined(draft.text.target.take(), &labelled(&mut cells, &plan.conditions));
    draft.text.amount = cells.text(&plan.amount);
    draft.text.amount = joined(draft.text.amount.take(), &labelled(&mut cells, &plan.amounts));
    draft.text.cost = cells.text(&plan.cost);
    draft.text.how = cells.text(&plan.how);
    draft.text.when = joined(None, &plan.when.iter().filter_map(|at| cells.text(&[*at])).collect::<Vec<_>>());
    draft.applications.from = day(&mut cells, &plan.from, &mut draft);
    draft.applications.to = day(&mut cells, &plan.to, &mut draft);
    draft.text.documents = cells.text(&plan.documents).map(|text| lines(&text)).unwrap_or_default();
    draft.text.counter = cells.text(&plan.counter);
    draft.text.contact =
        joined(None, &plan.contact.iter().filter_map(|at| cells.text(&[*at])).collect::<Vec<_>>());
    draft.phone = phone(&mut cells, &plan.phone);
    draft.email = cells.text(&plan.email);
    draft.link = cells.link(&plan.link);
    for at in plan.link.iter().chain(&plan.forms) {
        let known = |link: &madoguchi_model::Link| draft.link.as_ref() == Some(link);
        let Some(href) = cells.link(&[*at]).filter(|link| !known(link)) else { continue };
        let link = NamedLink { title: cells.head(*at).to_owned(), href };
        if plan.forms.contains(at) { draft.forms.push(link) } else { draft.links.push(link) }
    }
    draft.text.law = cells.text(&plan.law);
    draft.area = plan.area.iter().chain(&plan.area_names).filter_map(|at| cells.text(&[*at])).collect();
    for at in &plan.tags {
        let Some(text) = cells.text(&[*at]) else { continue };
        for word in listed(&text) {
            if !draft.tags.contains(&word) {
                draft.tags.push(word);
            }
        }
    }
    let any = |columns: &[usize]| cells.first(columns).is_some();
    draft.business = any(&plan.business) && !any(&plan.household);
    draft.psid = cells.text(&plan.psid);
    draft.published = day_or_detail(&mut cells, &plan.published);
    draft.expires = day_or_detail(&mut cells, &plan.expires);
    draft.updated = day_or_detail(&mut cells, &plan.updated);
    draft.ages = ages(&mut cells, plan);
    draft.mends.append(&mut cells.mends);
    draft.text.details = cells.details(town);
    Ok(draft)
}

/// The texts of the columns, each under its head.
fn labelled(cells: &mut Cells<'_>, columns: &[usize]) -> Vec<String> {
    let said = columns.iter().filter_map(|at| {
        let text = cells.text(&[*at])?;
        Some(format!("{}：{text}", cells.head(*at)))
    });
    said.collect()
}

fn joined(first: Option<String>, rest: &[String]) -> Option<String> {
    let mut text = first;
    rest.iter().for_each(|line| add_line(&mut text, line));
    text
}

/// The items of a list that stands in one cell.
fn lines(text: &str) -> Vec<String> {
    let items = text.lines().map(|line| line.trim().trim_start_matches(['・', '･', '●', '○', '□']).trim());
    items.filter(|item| !is_blank(item)).map(String::from).collect()
}

fn day(cells: &mut Cells<'_>, columns: &[usize], draft: &mut Draft) -> Option<jiff::civil::Date> {
    let (column, text) = cells.first(columns)?;
    cells.take(column);
    draft.day(cells.head(column), text)
}

/// A day; one that cannot be read stays a detail.
fn day_or_detail(cells: &mut Cells<'_>, columns: &[usize]) -> Option<jiff::civil::Date> {
    let (column, text) = cells.first(columns)?;
    match date::read(text) {
        Some(read) => {
            cells.take(column);
            Some(cells.mended(read))
        }
        None => {
            cells.mends.push(DATE_IN_WORDS);
            None
        }
    }
}

fn phone(cells: &mut Cells<'_>, columns: &[usize]) -> Option<String> {
    let (column, text) = cells.first(columns)?;
    let number = crate::value::phone::read(text)?;
    cells.take(column);
    Some(cells.mended(number))
}

fn ages(cells: &mut Cells<'_>, plan: &Plan) -> AgeBounds {
    let mut read = plan.ages.iter().map(|columns| {
        let (column, text) = cells.first(columns)?;
        let age = age(text);
        match age {
            Some(_) => cells.take(column),
            None => cells.mends.push(BAD_AGE),
        }
        age
    });
    let mut next = || read.next().flatten();
    AgeBounds { at_least: next(), over: next(), at_most: next(), under: next() }
}

/// Reads `3歳`, `3`, `5か月`, `7歳6か月`.
fn age(cell: &str) -> Option<Age> {
    let text = text::narrow(cell);
    let text = text.trim();
    let (years, rest) = text::leading_number(text)?;
    let number = |n: u32| u16::try_from(n).ok().filter(|n| *n < 1500);
    let month =
        |unit: &str| matches!(unit.trim(), "か月" | "カ月" | "ヶ月" | "ヵ月" | "ケ月" | "箇月" | "月");
    let rest = rest.trim();
    if month(rest) {
        return Some(Age { years: None, months: Some(number(years)?) });
    }
    let years = Some(number(years)?);
    match rest.strip_prefix(['歳', '才']).unwrap_or(rest).trim() {
        "" => Some(Age { years, months: None }),
        rest => {
            let (months, unit) = text::leading_number(rest)?;
            month(unit).then_some(Age { years, months: Some(number(months)?) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_as_towns_write_them() {
        let of = |years, months| Some(Age { years, months });
        assert_eq!(age("３歳"), of(Some(3), None));
        assert_eq!(age("18"), of(Some(18), None));
        assert_eq!(age("5か月"), of(None, Some(5)));
        assert_eq!(age("7歳 6ヶ月"), of(Some(7), Some(6)));
        for none in ["小学生", "3歳児クラス", "", "99999", "3歳と少し"] {
            assert_eq!(age(none), None, "{none}");
        }
    }

    #[test]
    fn what_to_bring_is_a_list() {
        assert_eq!(lines("・印鑑（認印可）\n　・通帳の写し\n\n"), ["印鑑（認印可）", "通帳の写し"]);
    }
}
