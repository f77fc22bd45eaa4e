use madoguchi_model::{Hazard, Position, TownCode};
use madoguchi_resident::Phone;
use madoguchi_resident::hazard::{self, LayerAt, LayerState, SiteList, SitesWanted};
use serde_json::{Value, json};

use crate::args::HazardArgs;
use crate::{Answer, Failure, say};

pub fn hazard(phone: &Phone, town: Option<&TownCode>, wanted: &HazardArgs) -> Result<Answer, Failure> {
    let at = wanted.at;
    let (layers, sites, age) = phone.with_town(town, |open| {
        let layers = hazard::at(open, at)?;
        let danger = wanted.danger.unwrap_or_else(|| worst(&layers));
        let now = phone.now_for(&open.town.code)?;
        let sites = hazard::sites(open, SitesWanted { at, danger, now, limit: wanted.limit })?;
        Ok((layers, sites, phone.age(open)?))
    })?;
    let value = json!({
        "layers": layers.iter().map(layer).collect::<Vec<_>>(),
        "sites": sites.sites.iter().map(site).collect::<Vec<_>>(),
        "shelters": sites.shelters.iter().map(site).collect::<Vec<_>>(),
        "open_as_of": sites.open_as_of,
        "ways_known": sites.ways_known,
    });
    Answer::new(&value, text(&layers, &sites) + &say::age(&age))
}

/// The danger to flee from first: the first layer, as they are told, in whose zone the point lies.
fn worst(layers: &[LayerAt]) -> Hazard {
    let inside = layers.iter().filter(|layer| layer.class.is_some());
    inside.chain(layers).find_map(|layer| layer.layer.flee_from()).unwrap_or(Hazard::Flood)
}

fn layer(at: &LayerAt) -> Value {
    let class = at.class.as_ref().map(|(_, class)| class);
    json!({
        "id": at.id,
        "layer": at.layer,
        "scenario": at.scenario,
        "state": at.state,
        "surveyed": matches!(at.state, LayerState::Inside | LayerState::Outside),
        "class": class.map(|class| &class.code),
        "label": class.map(|class| &class.label),
        "min_m": class.and_then(|class| class.min_m),
        "max_m": class.and_then(|class| class.max_m),
        "min_h": class.and_then(|class| class.min_h),
        "max_h": class.and_then(|class| class.max_h),
        "edge": at.edge.as_ref().map(|edge| json!({
            "distance_m": (edge.distance_m * 10.0).round() / 10.0, "heading": edge.heading, "class": edge.class.code,
        })),
        "source": at.surveyor.as_ref().or(at.source.provider.as_ref()),
        "title": at.source.title,
        "license": at.source.license,
        "survey_year": at.survey_year,
    })
}

fn site(site: &hazard::Site) -> Value {
    json!({
        "id": site.place.id,
        "name": site.place.name,
        "lat": site.place.lat,
        "lon": site.place.lon,
        "distance_m": site.distance_m,
        "heading": site.heading,
        "valid_for": site.place.valid_for,
        "kind": site.place.kind,
        "status": site.told,
        "inside": site.inside.as_ref().map(|(layer, class)| json!({"layer": layer, "class": class.code})),
        "way": site.way.as_ref().map(|way| json!({
            "distance_m": way.distance_m.round(),
            "minutes": way.minutes,
            "wet_m": way.wet_m.round(),
            "zones_known": way.zones_known,
            "legs": way.legs.iter().map(|leg| json!({
                "name": leg.name, "heading": leg.heading, "distance_m": leg.distance_m.round(),
            })).collect::<Vec<_>>(),
            "points": way.points.iter().map(|p: &Position| json!([p.lon, p.lat])).collect::<Vec<_>>(),
        })),
    })
}

fn text(layers: &[LayerAt], sites: &SiteList) -> String {
    let mut text = String::new();
    for at in layers {
        let says = match (&at.class, at.state) {
            (Some((_, class)), _) => class.label.clone(),
            (None, LayerState::Outside) => "区域の外です".into(),
            (None, LayerState::NotSurveyed) => "まだ調べられていません".into(),
            (None, LayerState::Newer) => "このアプリでは読めません（新しい版が要ります）".into(),
            (None, _) => "この電話にまだありません（sync で受け取ります）".into(),
        };
        let year = at.survey_year.map(|year| format!("{year}年")).unwrap_or_default();
        let source = at.surveyor.as_deref().or(at.source.provider.as_deref()).unwrap_or_default();
        let below = say::parts(&[at.scenario.as_deref().unwrap_or_default(), source, &year]);
        text.push_str(&format!("{}: {says}\n    {below}\n", name(at.layer)));
    }
    if layers.is_empty() {
        text.push_str("ここではハザードマップが配られていません。安全という意味ではありません。\n");
    }
    if sites.sites.is_empty() {
        text.push_str("避難する所: この災害から逃げるための場所は、データにありません\n");
    }
    for (title, list) in [("避難する所", &sites.sites), ("あとで泊まる避難所", &sites.shelters)]
    {
        if !list.is_empty() {
            text.push_str(&format!("{title}\n"));
        }
        for site in list {
            let way = site
                .way
                .as_ref()
                .map(|way| format!("歩いて{}分（{}）", way.minutes, say::distance(way.distance_m)));
            let far = way.unwrap_or_else(|| format!("まっすぐで{}", say::distance(site.distance_m)));
            let wet = site.way.as_ref().map(|way| way.wet_m.round()).filter(|wet| *wet > 0.0);
            let wet = wet
                .map(|wet| format!("  途中{}は区域の中を通ります", say::distance(wet)))
                .unwrap_or_default();
            let inside = if site.inside.is_some() { "  ここも区域の中です" } else { "" };
            text.push_str(&format!("  {} {far}{wet}{inside}\n", site.place.name));
            if let Some(told) = &site.told {
                text.push_str(&format!("    {}\n", say::shelter(told)));
            }
        }
    }
    text
}

fn name(layer: madoguchi_model::HazardKind) -> &'static str {
    use madoguchi_model::HazardKind as K;
    match layer {
        K::RiverFlood => "洪水",
        K::FloodDuration => "洪水の水がひくまで",
        K::CollapseFlow => "家が流されるおそれ",
        K::CollapseBank => "川岸がけずられるおそれ",
        K::InlandFlood => "内水（下水や水路があふれる）",
        K::StormSurge => "高潮",
        K::Tsunami => "津波",
        K::SteepSlope => "がけ崩れ",
        K::DebrisFlow => "土石流",
        K::Landslide => "地すべり",
        K::FloodHistory => "前に水につかった所",
    }
}
