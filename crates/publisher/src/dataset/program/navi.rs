//! My制度ナビ: one JSON item a program, with categories of the service catalogue.

use madoguchi_model::{Lang, NamedLink};
use serde_json::{Map, Value};

use super::json::{at, rest, text};
use super::{Draft, add_line, filled};
use crate::blocks;
use crate::report::Refusal;
use crate::value::phone;

/// What a record holds, and what is for offices alone: numbers and states of the system.
const TAKEN: &[&str] = &[
    "id",
    "number",
    "publish_date",
    "unpublish_date",
    "language",
    "title",
    "subtitle",
    "target",
    "application_target",
    "prefectures",
    "area",
    "income_conditions",
    "family_composition_conditions",
    "target_conditions",
    "summary",
    "body",
    "usage",
    "subject_procedure",
    "things_necessary",
    "attached_documents",
    "procedure_document_json",
    "commission",
    "usage_charge",
    "application_period",
    "public_offering_remarks",
    "reception_remarks",
    "reception_start_date",
    "reception_end_date",
    "application_url",
    "governing_law",
    "reference",
    "support_organization",
    "inquiry",
    "contact_name",
    "contact_tel",
    "contact_emailaddress",
    "contact_remark",
    "keywords",
    "competent_authorities",
    "limit_benefit_amount",
    "umid",
    "update_info",
    // For offices.
    "support_code",
    "service_id",
    "source_system",
    "provider",
    "mng_groups",
    "root_id",
    "base_id",
    "base_number",
    "base_override",
    "elaws_id",
    "myseidoflg",
    "user_evaluation",
    "has_case_studies",
    "catalogs",
    "special_measure",
    "parents",
    "related_supports",
    "support_categories",
    "business_scale",
];

/// Categories by which a household finds a program.
const HOUSEHOLD: &[&str] = &[
    "life_stage_categories",
    "personal_service_categories",
    "personal_purpose_categories",
    "situation_categories",
    "request_categories",
    "target_categories",
    "pittari_field_categories",
    "pittari_service_categories",
];

/// Categories by which a business finds one.
const BUSINESS: &[&str] = &["industry_categories", "stage_categories", "purpose_categories"];

/// Categories that tell neither.
const OTHER: &[&str] = &[
    "service_categories",
    "specific_measure_categories",
    "municipality_specific_measure_categories",
    "disasters",
];

const NAMES: &[(&str, &str)] = &[
    ("access", "行き方"),
    ("capacity", "定員"),
    ("available_time", "利用時間"),
    ("available_date", "利用できる日"),
    ("agent", "代理"),
    ("term_redemption", "償還期限"),
    ("budget_framed", "予算枠"),
    ("attached_file_names", "添付ファイル"),
    ("base_title", "元の制度"),
    ("national_common_class", "分類"),
];

pub(super) fn draft(mut draft: Draft, item: &Map<String, Value>) -> Result<Draft, Refusal> {
    let said = |path: &str| text(item, path);
    draft.title_column = "title".into();
    draft.text.title = said("title").unwrap_or_default();
    draft.own = said("id").or_else(|| said("number"));
    draft.lang = said("language").and_then(|lang| Lang::parse(&lang));
    draft.text.also = said("subtitle");
    draft.text.summary = said("summary");
    if let Some(body) = said("body") {
        // A remote picture would tell who reads.
        let converted = blocks::from_markdown(&body, &mut |_| Err("配信データにない画像".into()));
        draft.body(converted, "body")?;
    }
    draft.text.target = said("target");
    for (path, name) in [
        ("target_conditions", "条件"),
        ("income_conditions", "収入の条件"),
        ("family_composition_conditions", "家族の条件"),
        ("application_target", "対象になるもの"),
    ] {
        if let Some(text) = said(path) {
            add_line(&mut draft.text.target, &format!("{name}：{text}"));
        }
    }
    draft.text.amount = said("limit_benefit_amount").map(|yen| format!("上限 {yen}円"));
    for path in ["usage_charge", "commission"] {
        if let Some(text) = said(path) {
            add_line(&mut draft.text.cost, &text);
        }
    }
    draft.text.how = said("usage");
    if let Some(text) = said("subject_procedure") {
        add_line(&mut draft.text.how, &text);
    }
    for path in ["application_period", "public_offering_remarks", "reception_remarks"] {
        if let Some(text) = said(path) {
            add_line(&mut draft.text.when, &text);
        }
    }
    let mut day = |path: &str, name: &str| said(path).and_then(|text| draft.day(name, &text));
    let days = (day("reception_start_date", "受付開始日"), day("reception_end_date", "受付終了日"));
    let public = (day("publish_date", "公開日"), day("unpublish_date", "公開終了日"));
    (draft.applications.from, draft.applications.to) = days;
    (draft.published, draft.expires) = public;
    let changed = said("update_info.last_modified_at").or_else(|| said("update_info.created_at"));
    draft.updated = changed.and_then(|at| at.get(..10)?.parse().ok());
    documents(&mut draft, item);
    draft.text.law = said("governing_law");
    draft.text.counter = said("support_organization");
    contact(&mut draft, item);
    draft.psid = said("umid");
    links(&mut draft, item);
    places(&mut draft, item);
    categories(&mut draft, item);
    let held: Vec<&str> = [TAKEN, HOUSEHOLD, BUSINESS, OTHER].concat();
    for (path, text) in rest(item, &held) {
        let name = NAMES.iter().find(|(known, _)| *known == path).map_or(path.as_str(), |(_, name)| name);
        draft.detail(name, &text);
    }
    Ok(draft)
}

fn list<'v>(item: &'v Map<String, Value>, path: &str) -> &'v [Value] {
    at(item, path).as_array().map(Vec::as_slice).unwrap_or_default()
}

fn part<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Documents by name, and where their forms are.
fn documents(draft: &mut Draft, item: &Map<String, Value>) {
    for path in ["things_necessary", "attached_documents"] {
        let Some(text) = text(item, path) else { continue };
        let lines = text.lines().map(|line| line.trim_start_matches(['*', '-', '・', ' ', '　']).trim());
        draft.text.documents.extend(lines.filter_map(filled));
    }
    for form in list(item, "procedure_document_json") {
        let (name, place) = (part(form, "name"), part(form, "location"));
        draft.text.documents.extend(filled(name));
        if let Some(href) = draft.link_or_detail(name, part(form, "url")) {
            let title =
                if place.trim().is_empty() { name.into() } else { format!("{name}（{}）", place.trim()) };
            draft.forms.push(NamedLink { title, href });
        } else if let Some(place) = filled(place) {
            draft.detail(name, &place);
        }
    }
}

fn contact(draft: &mut Draft, item: &Map<String, Value>) {
    let authorities = list(item, "competent_authorities").iter().map(|authority| part(authority, "name"));
    let authorities: Vec<&str> = authorities.filter(|name| !name.is_empty()).collect();
    draft.detail("制度を所管するところ", &authorities.join("、"));
    for path in ["inquiry", "contact_name", "contact_remark"] {
        if let Some(text) = text(item, path) {
            add_line(&mut draft.text.contact, &text);
        }
    }
    if let Some(number) = text(item, "contact_tel") {
        match phone::read(&number) {
            Some(read) => draft.phone = Some(read.value),
            None => add_line(&mut draft.text.contact, &format!("電話 {number}")),
        }
    }
    draft.email = text(item, "contact_emailaddress");
}

fn links(draft: &mut Draft, item: &Map<String, Value>) {
    for reference in list(item, "reference") {
        if let Some(href) = draft.link_or_detail("リンク", part(reference, "url")) {
            draft.links.push(NamedLink { title: part(reference, "title").into(), href });
        }
    }
    if let Some(url) = text(item, "application_url")
        && let Some(href) = draft.link_or_detail("申請", &url)
    {
        draft.forms.push(NamedLink { title: String::new(), href });
    }
}

/// Prefectures by code. What stands beside them in words is told with them.
fn places(draft: &mut Draft, item: &Map<String, Value>) {
    draft.area_column = "prefectures".into();
    for place in list(item, "prefectures") {
        draft.area.push(format!("{};{}", part(place, "number"), part(place, "name")));
    }
    if let Some(words) = text(item, "area") {
        draft.detail("地域", &words);
    }
}

/// The names of all categories and the keywords. A program that only businesses find is for businesses.
fn categories(draft: &mut Draft, item: &Map<String, Value>) {
    let mut tags: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !name.trim().is_empty() && name != "その他" && !tags.iter().any(|tag| tag == name) {
            tags.push(name.trim().into());
        }
    };
    let (mut household, mut business, mut neither) = (false, false, false);
    let groups = [(HOUSEHOLD, &mut household), (BUSINESS, &mut business), (OTHER, &mut neither)];
    for (paths, found) in groups {
        for category in paths.iter().flat_map(|path| list(item, path)) {
            *found = true;
            add(part(category, "name"));
            let finer = category.get("sub_categories").and_then(Value::as_array);
            finer.into_iter().flatten().for_each(|finer| add(part(finer, "name")));
        }
    }
    business |= !list(item, "business_scale").is_empty();
    list(item, "keywords").iter().filter_map(Value::as_str).for_each(&mut add);
    draft.business = business && !household;
    draft.tags = tags;
}
