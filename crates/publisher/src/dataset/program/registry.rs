//! 子育て支援制度レジストリ: one JSON item a program.

use madoguchi_model::{Age, AgeBounds, Link, NamedLink, Segment, plain_text};
use serde_json::{Map, Value};

use super::json::{at, rest, text};
use super::words::listed;
use super::{Draft, add_line, filled, plain};
use crate::report::Refusal;
use crate::value::phone;

/// What a record holds, and what is for offices alone: numbers of organisations, marks of the register itself, the length of
/// time for which a thing was registered.
const TAKEN: &[&str] = &[
    "institutionName.canonicalName",
    "institutionName.shortName",
    "summary",
    "description",
    "target.targetPersons",
    "target.conditions",
    "target.lessThan",
    "target.lessThanOrEqualTo",
    "target.greaterThanOrEqualTo",
    "target.greaterThan",
    "support.description",
    "support.monetarySupport",
    "support.materiallySupport",
    "cost",
    "costConditions",
    "implementationPeriod.fromYMD",
    "implementationPeriod.toYMD",
    "implementationPeriod.conditions",
    "procedurePersons",
    "procedureMethod",
    "procedurePeriod.fromYMD",
    "procedurePeriod.toYMD",
    "procedurePeriod.conditions",
    "belongings",
    "procedureDocumentsCode.others",
    "procedureCounter",
    "relatedLink",
    "localGovernmentLink",
    "formLink",
    "contact",
    "area",
    "regulation",
    "basicInformation.psid",
    "updateDate",
    // For offices.
    "class",
    "basicInformation.organization",
    "basicInformation.compartmentCode",
    "basicInformation.institutionType",
    "odInformation",
    "useConsiderationFlag",
];

/// What residents call that which has no field of its own.
const NAMES: &[(&str, &str)] = &[
    ("remarks", "備考"),
    ("capacity", "定員"),
    ("implementationPlace.implementationName", "実施場所"),
    ("implementationPlace.implementationAddress", "実施場所の住所"),
    ("implementationPeriod.fromHM", "開始時刻"),
    ("implementationPeriod.toHM", "終了時刻"),
    ("utilizationTime.fromHM", "利用時間（から）"),
    ("utilizationTime.toHM", "利用時間（まで）"),
    // Misspelt in the registry itself.
    ("utilizationTime.condiutilizationConditionstions", "利用時間"),
    ("utilizationTime.conditions", "利用時間"),
    ("utilizationTime.utilizationConditions", "利用時間"),
    ("specificDate", "利用できる日"),
    ("holiday", "休み"),
    ("utilization", "利用方法"),
    ("procedurePeriod.fromHM", "受付時刻（から）"),
    ("procedurePeriod.toHM", "受付時刻（まで）"),
    ("procedureDocumentsCode.code", "書類コード"),
    ("electronicSubmission", "電子申請"),
    ("basicInformation.compartment", "担当"),
    ("tag.categoryCode", "分類コード"),
    ("tag.targetCode", "対象コード"),
    ("tag.contentsCode", "内容コード"),
];

pub(super) fn draft(mut draft: Draft, item: &Map<String, Value>) -> Result<Draft, Refusal> {
    let said = |path: &str| text(item, path);
    draft.title_column = "institutionName.canonicalName".into();
    let canonical = said("institutionName.canonicalName");
    let short = said("institutionName.shortName").filter(|short| Some(short) != canonical.as_ref());
    match (canonical, short) {
        (Some(canonical), short) => (draft.text.title, draft.text.also) = (canonical, short),
        (None, Some(short)) => draft.text.title = short,
        (None, None) => {}
    }
    draft.psid = said("basicInformation.psid");
    draft.own = draft.psid.clone();
    draft.segments = vec![Segment::Family];
    draft.text.summary = said("summary");
    texts(&mut draft, item)?;
    draft.ages = ages(&draft, item)?;
    procedure(&mut draft, item);
    links(&mut draft, item);
    contact(&mut draft, item);
    draft.area_column = "area.areaCode".into();
    draft.area = ["area.areaCode", "area.areaText"].into_iter().filter_map(said).collect();
    let law = [said("regulation.regulationName"), said("regulation.regulationArticle")];
    draft.text.law = law.into_iter().flatten().reduce(|name, article| format!("{name} {article}"));
    draft.updated = said("updateDate")
        .or_else(|| said("odInformation.updateDate"))
        .and_then(|text| draft.day("更新日", &text));
    for (path, text) in rest(item, TAKEN) {
        let name = NAMES.iter().find(|(known, _)| *known == path).map_or(path.as_str(), |(_, name)| name);
        draft.detail(name, &text);
    }
    Ok(draft)
}

/// What it is, for whom and what one gets. The same words stand in several fields of most items: they are told once.
fn texts(draft: &mut Draft, item: &Map<String, Value>) -> Result<(), Refusal> {
    let said = |path: &str| text(item, path);
    for path in ["description", "support.description"] {
        let Some(text) = said(path) else { continue };
        if draft.text.summary.as_ref() != Some(&text) && !plain_text(&draft.text.body).contains(text.trim()) {
            draft.body(plain(&text), path)?;
        }
    }
    let body = plain_text(&draft.text.body);
    for path in ["target.targetPersons", "target.conditions"] {
        let Some(text) = said(path) else { continue };
        if draft.text.target.as_ref().is_none_or(|target| !target.contains(&text)) {
            add_line(&mut draft.text.target, &text);
        }
    }
    draft.text.amount = said("support.monetarySupport");
    if let Some(text) = said("support.materiallySupport").filter(|text| !body.contains(text.trim())) {
        add_line(&mut draft.text.amount, &text);
    }
    for path in ["cost", "costConditions"] {
        if let Some(text) = said(path) {
            add_line(&mut draft.text.cost, &text);
        }
    }
    Ok(())
}

/// The four bounds, each as it stands there.
fn ages(draft: &Draft, item: &Map<String, Value>) -> Result<AgeBounds, Refusal> {
    let bound = |name: &str| -> Result<Option<Age>, Refusal> {
        let number = |part: &str| -> Result<Option<u16>, Refusal> {
            let path = format!("target.{name}.{part}");
            let fault = || draft.refusal(&path, "年齢が、0から1500までの整数ではありません");
            let number = match at(item, &path) {
                Value::Null => return Ok(None),
                Value::String(text) => match filled(text) {
                    None => return Ok(None),
                    Some(text) => text.parse::<u16>().map_err(|_| fault())?,
                },
                value => value.as_u64().and_then(|n| u16::try_from(n).ok()).ok_or_else(fault)?,
            };
            if number > 1500 { Err(fault()) } else { Ok(Some(number)) }
        };
        let age = Age { years: number("targetAge")?, months: number("targetAgeOfMonths")? };
        Ok((age.years.is_some() || age.months.is_some()).then_some(age))
    };
    Ok(AgeBounds {
        at_least: bound("greaterThanOrEqualTo")?,
        over: bound("greaterThan")?,
        at_most: bound("lessThanOrEqualTo")?,
        under: bound("lessThan")?,
    })
}

fn procedure(draft: &mut Draft, item: &Map<String, Value>) {
    let said = |path: &str| text(item, path);
    draft.text.how = said("procedureMethod");
    if let Some(who) = said("procedurePersons") {
        add_line(&mut draft.text.how, &format!("手続きをする人：{who}"));
    }
    for (path, name) in [("procedurePeriod", "受付"), ("implementationPeriod", "実施期間")] {
        if let Some(words) = said(&format!("{path}.conditions")) {
            let line = if path == "procedurePeriod" { words } else { format!("{name}：{words}") };
            add_line(&mut draft.text.when, &line);
        }
    }
    let mut day = |path: &str, name: &str| said(path).and_then(|text| draft.day(name, &text));
    let applications =
        (day("procedurePeriod.fromYMD", "受付開始日"), day("procedurePeriod.toYMD", "受付終了日"));
    let runs =
        (day("implementationPeriod.fromYMD", "実施開始日"), day("implementationPeriod.toYMD", "実施終了日"));
    (draft.applications.from, draft.applications.to) = applications;
    (draft.runs.from, draft.runs.to) = runs;
    let documents = [said("belongings"), said("procedureDocumentsCode.others")];
    draft.text.documents = documents.into_iter().flatten().flat_map(|text| listed(&text)).collect();
    draft.text.counter = said("procedureCounter");
}

fn links(draft: &mut Draft, item: &Map<String, Value>) {
    let named = |draft: &mut Draft, name: &str, value: &Value| -> Option<NamedLink> {
        let part = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
        let address = match value {
            Value::String(address) => address.as_str(),
            _ => ["uri", "url", "href"].into_iter().map(part).find(|text| !text.is_empty())?,
        };
        let title = filled(part("title")).unwrap_or_default();
        let href: Link = draft.link_or_detail(name, address)?;
        Some(NamedLink { title, href })
    };
    draft.link = named(draft, "リンク", at(item, "localGovernmentLink")).map(|link| link.href);
    let list = |path: &str| at(item, path).as_array().map(Vec::as_slice).unwrap_or_default();
    draft.links = list("relatedLink").iter().filter_map(|value| named(draft, "リンク", value)).collect();
    draft.forms = list("formLink").iter().filter_map(|value| named(draft, "申請書", value)).collect();
}

fn contact(draft: &mut Draft, item: &Map<String, Value>) {
    let said = |path: &str| text(item, &format!("contact.{path}"));
    draft.text.contact = said("contactName");
    if let Some(number) = said("contactPhone") {
        match phone::read(&number) {
            Some(read) => {
                draft.mends.extend(read.mended);
                draft.phone = Some(read.value);
            }
            None => add_line(&mut draft.text.contact, &format!("電話 {number}")),
        }
    }
    for (path, name) in [
        ("contactEx", "内線 "),
        ("contactComment", ""),
        ("zipCode", "〒"),
        ("contactAddress", ""),
        ("contactUrl", ""),
    ] {
        if let Some(text) = said(path) {
            add_line(&mut draft.text.contact, &format!("{name}{text}"));
        }
    }
    draft.email = said("contactEmail");
}
