use madoguchi_hazard::roads::Heading8;
use madoguchi_model::{HazardKind, Lang, Position};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::map::{ClassShown, position};
use crate::hazard::{self, Advice, LayerAt, LayerState, Meaning, advised};
use crate::settings::settings;
use crate::{Error, OpenTown, Phone};

/// Where.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct HazardQuery {
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
}

/// What can happen at a spot.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct HazardAt {
    /// The spot.
    pub spot: SpotShown,
    /// What each layer says.
    pub layers: Vec<LayerSays>,
    /// Kinds of hazards of which the town has no layer.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<super::shapes::HazardKind>"))]
    pub not_surveyed: Vec<HazardKind>,
}

/// A spot.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct SpotShown {
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
    /// The nearest block.
    pub block: Option<NearBlock>,
    /// Does it lie in the town? None where the town does not say how far it goes.
    pub in_town: Option<bool>,
}

/// A block that is near.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct NearBlock {
    /// Its name.
    pub name: String,
    /// How far its middle is.
    pub distance_m: f64,
}

/// What a layer says.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct LayerSays {
    /// Its id.
    pub id: String,
    /// What it tells of.
    #[cfg_attr(feature = "bindings", ts(as = "super::shapes::HazardKind"))]
    pub layer: HazardKind,
    /// For which rain, river or wave.
    pub scenario: Option<String>,
    /// What is known.
    pub state: LayerState,
    /// The rank of the class among the layer's.
    pub class: Option<usize>,
    /// Its code.
    pub code: Option<String>,
    /// The source's own words for it.
    pub label: Option<String>,
    /// Depth from, in metres.
    pub min_m: Option<f64>,
    /// Depth below, in metres.
    pub max_m: Option<f64>,
    /// Stays from, in hours.
    pub min_h: Option<f64>,
    /// Stays less than, in hours.
    pub max_h: Option<f64>,
    /// What that means.
    pub means: Option<Meant>,
    /// Where it gets worse.
    pub edge: Option<EdgeShown>,
    /// Whose word it is.
    pub source: SurveySource,
}

/// What a class means for people.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Meant {
    /// How far it goes.
    pub code: hazard::Meaning,
    /// What to do, by the strictest layer of its danger at the spot.
    pub advice: Option<hazard::Advice>,
}

/// The nearest edge of a zone, or from inside of a worse one.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct EdgeShown {
    /// How far.
    pub distance_m: f64,
    /// In which direction; none where it touches.
    #[cfg_attr(feature = "bindings", ts(as = "Option<super::shapes::Heading>"))]
    pub heading: Option<Heading8>,
    /// What holds there.
    pub there: ClassShown,
}

/// Whose word a layer is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct SurveySource {
    /// The file's title.
    pub title: Option<String>,
    /// Who made the survey.
    pub provider: Option<String>,
    /// In which year.
    pub survey_year: Option<i16>,
    /// The licence.
    pub license: Option<String>,
}

pub(super) fn hazard_at(phone: &Phone, wanted: HazardQuery) -> Result<HazardAt, ApiError> {
    let at = position(wanted.lat, wanted.lon)?;
    let language = Lang(settings(phone)?.language.tag().into());
    Ok(phone.with_town(None, |open| told(open, at, Some(&language)))?)
}

pub(super) fn told(open: &OpenTown, at: Position, language: Option<&Lang>) -> Result<HazardAt, Error> {
    let blocks = hazard::blocks(open, language)?;
    let layers = hazard::at(open, at)?;
    let has = |kind: HazardKind| layers.iter().any(|layer| layer.layer == kind);
    // What is only remembered is no survey that a town would be missing.
    let surveys = HazardKind::ALL.iter().map(|(kind, _)| *kind).filter(|k| *k != HazardKind::FloodHistory);
    let block = blocks.nearest(at);
    Ok(HazardAt {
        spot: SpotShown {
            lat: at.lat,
            lon: at.lon,
            in_town: blocks.in_town(at),
            block: block.map(|(block, distance_m)| NearBlock { name: block.name.clone(), distance_m }),
        },
        not_surveyed: surveys.filter(|kind| !has(*kind)).collect(),
        layers: advised(&layers).into_iter().zip(layers).map(|(told, layer)| says(layer, told)).collect(),
    })
}

fn says(layer: LayerAt, told: Option<(Meaning, Option<Advice>)>) -> LayerSays {
    let class = layer.class.as_ref().map(|(_, class)| class);
    LayerSays {
        class: layer.class.as_ref().map(|(rank, _)| *rank),
        code: class.map(|class| class.code.clone()),
        label: class.map(|class| class.label.clone()),
        min_m: class.and_then(|class| class.min_m),
        max_m: class.and_then(|class| class.max_m),
        min_h: class.and_then(|class| class.min_h),
        max_h: class.and_then(|class| class.max_h),
        means: told.map(|(code, advice)| Meant { code, advice }),
        edge: layer.edge.map(|edge| EdgeShown {
            distance_m: edge.distance_m,
            heading: edge.heading,
            there: edge.class.into(),
        }),
        source: SurveySource {
            title: layer.source.title,
            provider: layer.surveyor.or(layer.source.provider),
            survey_year: layer.survey_year,
            license: layer.source.license,
        },
        id: layer.id,
        layer: layer.layer,
        scenario: layer.scenario,
        state: layer.state,
    }
}
