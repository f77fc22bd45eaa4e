use madoguchi_model::{CollectionKind, Hazard, HazardClass, Lang, MapRecord, Position};
use serde::{Deserialize, Serialize};

use super::{ApiError, NoArgs, SyncProgress};
use crate::edges::Net;
use crate::gsi::{self, GsiTile};
use crate::hazard::{self, TileOf};
use crate::packs::{self, Maps, PackReport};
use crate::places::{self, ListPlaces};
use crate::settings::{maps, settings};
use crate::{Error, OpenTown, Phone, own};

/// Rows of an answer to what was typed.
const FOUND: usize = 20;

/// What the map is drawn from.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct MapShown {
    /// The town.
    pub town: MapTown,
    /// Rings of longitude and latitude; even-odd tells outer ones and holes apart.
    pub border: Vec<Vec<[f64; 2]>>,
    /// Its blocks.
    pub blocks: Vec<BlockShown>,
    /// Its layers of hazards.
    pub layers: Vec<LayerShown>,
    /// The base map, where the town has one.
    pub base: Option<BaseShown>,
    /// The walking graph, where the town has one.
    pub roads: Option<PackShown>,
    /// When the resident wants packs; none: they have not said yet.
    pub wanted: Option<Maps>,
    /// Bytes to fetch for all that is not here yet.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub missing_bytes: u64,
    /// The dangers that the town has 指定緊急避難場所 against.
    #[cfg_attr(feature = "bindings", ts(as = "Vec<super::shapes::Hazard>"))]
    pub dangers: Vec<Hazard>,
    /// Does the town have a map that only a newer app reads?
    pub newer: bool,
}

/// The town on the map.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct MapTown {
    /// Its name.
    pub name: String,
    /// South, west, north, east of all that is known of it.
    pub bounds: Option<[f64; 4]>,
}

/// A block by name.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct BlockShown {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
}

/// A pack.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct PackShown {
    /// Is it on this phone?
    pub ready: bool,
    /// Its size unpacked.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
}

/// The base map.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct BaseShown {
    /// Its id.
    pub id: String,
    /// Smallest zoom.
    pub min_zoom: u8,
    /// Largest zoom.
    pub max_zoom: u8,
    /// South, west, north, east.
    pub bounds: [f64; 4],
    /// Whom to name.
    pub attribution: Vec<String>,
    /// Is it on this phone?
    pub ready: bool,
    /// Its size.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
}

/// A class of a layer.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, Serialize)]
pub struct ClassShown {
    /// Its code.
    pub code: String,
    /// The source's own words.
    pub label: String,
    /// Depth from, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_m: Option<f64>,
    /// Depth below, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_m: Option<f64>,
    /// Stays from, in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_h: Option<f64>,
    /// Stays less than, in hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_h: Option<f64>,
}

impl From<HazardClass> for ClassShown {
    fn from(class: HazardClass) -> Self {
        let HazardClass { code, label, min_m, max_m, min_h, max_h } = class;
        ClassShown { code, label, min_m, max_m, min_h, max_h }
    }
}

/// A layer of hazards.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct LayerShown {
    /// Its id, by which its tiles are asked for.
    pub id: String,
    /// What it tells of.
    #[cfg_attr(feature = "bindings", ts(as = "super::shapes::HazardKind"))]
    pub layer: madoguchi_model::HazardKind,
    /// For which rain, river or wave.
    pub scenario: Option<String>,
    /// Mildest first; a zone's class is its place here.
    pub classes: Vec<ClassShown>,
    /// Who made the survey.
    pub surveyor: Option<String>,
    /// In which year.
    pub survey_year: Option<i16>,
    /// The licence of its file.
    pub license: Option<String>,
    /// The title of its file.
    pub source_title: Option<String>,
    /// South, west, north, east.
    pub bounds: [f64; 4],
    /// Is it on this phone?
    pub ready: bool,
    /// Its size unpacked.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
}

pub(super) fn map(phone: &Phone, _: NoArgs) -> Result<MapShown, Error> {
    let language = settings(phone)?.language;
    let wanted = maps(phone)?;
    phone.with_town(None, |open| {
        let layers = hazard::layers(open)?;
        let language = Lang(language.tag().into());
        let hazard::Blocks { blocks, border } = hazard::blocks(open, Some(&language))?;
        let (mut base, mut roads) = (None, None);
        let here = open.cache.packs()?;
        for record in open.cache.records::<MapRecord>(CollectionKind::Map)? {
            let ready = record.pack().is_some_and(|pack| here.contains_key(pack));
            match record {
                MapRecord::Base { id, bytes, bounds, min_zoom, max_zoom, attribution, .. } => {
                    base.get_or_insert(BaseShown {
                        id,
                        min_zoom,
                        max_zoom,
                        bounds,
                        attribution,
                        ready,
                        bytes,
                    });
                }
                MapRecord::Roads { bytes, .. } => _ = roads.get_or_insert(PackShown { ready, bytes }),
                MapRecord::Area { .. } | MapRecord::Border { .. } | MapRecord::Block { .. } => {}
            }
        }
        let points = border.iter().flatten().copied().chain(blocks.iter().map(|b| [b.at.lon, b.at.lat]));
        let boxes = layers.iter().map(|layer| layer.layer.bounds).chain(base.iter().map(|base| base.bounds));
        let bounds = around(points).or_else(|| around(boxes.flat_map(|[s, w, n, e]| [[w, s], [e, n]])));
        let listed = packs::listed(open)?;
        let (newest, _) = packs::newest(phone, open)?;
        Ok(MapShown {
            town: MapTown { name: open.town.name.clone(), bounds },
            border,
            blocks: blocks.into_iter().map(block).collect(),
            layers: layers.into_iter().map(layer).collect(),
            base,
            roads,
            wanted,
            missing_bytes: packs::bytes_to_fetch(&listed, &newest),
            dangers: places::fled_from(open)?,
            newer: listed.iter().any(|listed| !listed.readable),
        })
    })
}

fn around(points: impl Iterator<Item = [f64; 2]>) -> Option<[f64; 4]> {
    points.fold(None, |bounds: Option<[f64; 4]>, [lon, lat]| {
        let [s, w, n, e] = bounds.unwrap_or([lat, lon, lat, lon]);
        Some([s.min(lat), w.min(lon), n.max(lat), e.max(lon)])
    })
}

fn block(block: hazard::NamedBlock) -> BlockShown {
    BlockShown { id: block.id, name: block.name, lat: block.at.lat, lon: block.at.lon }
}

fn layer(hazard::Layer { layer, source, pack, .. }: hazard::Layer) -> LayerShown {
    LayerShown {
        id: layer.id,
        layer: layer.layer,
        scenario: layer.scenario,
        classes: layer.classes.into_iter().map(ClassShown::from).collect(),
        surveyor: layer.surveyor.or(source.provider),
        survey_year: layer.survey_year,
        license: source.license,
        source_title: source.title,
        bounds: layer.bounds,
        ready: pack.is_some(),
        bytes: layer.bytes,
    }
}

/// What was typed.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct SpotQuery {
    /// An address, or the name of a place.
    pub q: String,
}

/// What a spot was found as.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpotKind {
    /// A place of the resident's own.
    Saved,
    /// A block: good to its middle only.
    Block,
    /// A place of the town.
    Place,
}

/// A spot that was found.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct SpotFound {
    /// As what.
    pub kind: SpotKind,
    /// Its id there.
    pub id: String,
    /// Its name.
    pub name: String,
    /// North positive.
    pub lat: f64,
    /// East positive.
    pub lon: f64,
}

pub(super) fn find_spot(phone: &Phone, wanted: SpotQuery) -> Result<Vec<SpotFound>, Error> {
    let typed = wanted.q.trim();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let folded = madoguchi_model::fold(typed);
    let saved = own::places::places(phone)?.document.into_iter();
    let mut found: Vec<SpotFound> = saved
        .filter(|place| madoguchi_model::fold(&place.name).contains(&folded))
        .map(|p| SpotFound { kind: SpotKind::Saved, id: p.id, name: p.name, lat: p.lat, lon: p.lon })
        .collect();
    let language = Lang(settings(phone)?.language.tag().into());
    phone.with_town(None, |open| {
        let blocks = hazard::blocks(open, Some(&language))?;
        let spot = |b: &hazard::NamedBlock| {
            let (lat, lon) = (b.at.lat, b.at.lon);
            SpotFound { kind: SpotKind::Block, id: b.id.clone(), name: b.name.clone(), lat, lon }
        };
        found.extend(blocks.find(typed, FOUND / 2).into_iter().map(spot));
        let wanted = ListPlaces { search: Some(typed.into()), limit: FOUND, ..ListPlaces::default() };
        for row in places::list(open, &wanted)?.rows {
            if let (Some(lat), Some(lon)) = (row.lat, row.lon) {
                found.push(SpotFound { kind: SpotKind::Place, id: row.id, name: row.name, lat, lon });
            }
        }
        Ok(())
    })?;
    found.truncate(FOUND);
    Ok(found)
}

/// When packs are wanted.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct WantMaps {
    /// When.
    pub maps: Maps,
}

pub(super) fn set_maps(phone: &Phone, wanted: WantMaps) -> Result<MapShown, Error> {
    phone.private().set_settings(&[("maps", wanted.maps.name().into())])?;
    map(phone, NoArgs {})
}

pub(super) async fn fetch_packs(
    phone: &Phone,
    net: &dyn Net,
    _: NoArgs,
    on_progress: &mut dyn FnMut(SyncProgress),
) -> Result<PackReport, ApiError> {
    Ok(packs::fetch(phone, net, None, &mut |progress| on_progress(progress.into())).await?)
}

/// A tile of the map of the town in use, for a carrier: MVT, not compressed; no bytes where there is nothing.
pub fn map_tile(phone: &Phone, wanted: &TileOf) -> Result<Vec<u8>, ApiError> {
    Ok(phone.with_town(None, |open: &OpenTown| hazard::tile(open, wanted))?)
}

/// A tile of the country's map, for a carrier: PNG. Refused where the resident has not switched it on.
pub async fn gsi_tile(phone: &Phone, net: &dyn Net, wanted: GsiTile) -> Result<Vec<u8>, ApiError> {
    Ok(gsi::tile(phone, net, wanted).await?)
}

/// A position that a screen names.
pub(super) fn position(lat: f64, lon: f64) -> Result<Position, ApiError> {
    let at = Position { lat, lon, approximate: false };
    hazard::is_on_earth(at)
        .then_some(at)
        .ok_or_else(|| ApiError::bad_arguments("no point on the earth".into()))
}
