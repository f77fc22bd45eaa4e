use madoguchi_model::{HazardClass, HazardLayer, MapRecord, Source, Surveyed};
use serde::de::DeserializeOwned;

use crate::cache::{CacheError, StoredPack};
use crate::packs::listed;
use crate::{Error, OpenTown};

/// A layer of hazards, as the town signed it together with the pack that is here; where none is here, as the town lists it.
#[derive(Debug, Clone)]
pub struct Layer {
    /// What is known of it.
    pub layer: HazardLayer,
    /// The file that it was made of.
    pub source: Source,
    /// Its zones; none: they were not fetched yet.
    pub pack: Option<StoredPack>,
    /// Where it was surveyed.
    pub surveyed: SurveyedArea,
    /// Can this app read what the town has now?
    pub readable: bool,
}

/// Where a layer was surveyed.
#[derive(Debug, Clone)]
pub enum SurveyedArea {
    /// Where its pack says.
    Own,
    /// Within the town, as the pack of its area tells.
    Town(TownArea),
}

/// The town's area.
#[derive(Debug, Clone, Default)]
pub struct TownArea {
    /// Its pack; none: it was not fetched yet.
    pub pack: Option<StoredPack>,
    /// Can this app read what the town has now?
    pub readable: bool,
}

impl Layer {
    /// The class of this rank; one without words where the record has none.
    pub(super) fn class(&self, rank: u8) -> HazardClass {
        self.layer.classes.get(usize::from(rank)).cloned().unwrap_or_default()
    }
}

/// The packs that are here and whose record is of this kind, as it was signed with their bytes. For a tile or a way: what the
/// town lists besides need not be read.
pub(super) fn here<T: DeserializeOwned>(
    open: &OpenTown,
) -> Result<impl Iterator<Item = (T, StoredPack)>, Error> {
    let packs = open.cache.packs()?.into_values();
    Ok(packs.filter_map(|pack| Some((serde_json::from_str(&pack.line).ok()?, pack))))
}

/// The town's layers, in the order in which they are told: by kind, the worst scenario first.
pub fn layers(open: &OpenTown) -> Result<Vec<Layer>, Error> {
    let all = listed(open)?;
    let is_area = |line: &str| matches!(serde_json::from_str(line), Ok(MapRecord::Area { .. }));
    let town = all.iter().find(|listed| is_area(&listed.line));
    let town = town.map(|listed| TownArea { pack: listed.stored.clone(), readable: listed.readable });
    let town = town.unwrap_or_default();
    let mut layers = Vec::new();
    for listed in all {
        let (line, source) = match &listed.stored {
            // Its classes are those of the bytes that are here, whatever the town has changed since.
            Some(stored) => (&stored.line, &stored.source),
            None => (&listed.line, &listed.source),
        };
        // A base map is none, and a kind of hazard that this version does not know is left out.
        let Ok(layer) = serde_json::from_str::<HazardLayer>(line) else { continue };
        let source = serde_json::from_str(source).map_err(CacheError::from)?;
        let surveyed = match layer.surveyed {
            Surveyed::Own => SurveyedArea::Own,
            Surveyed::Town => SurveyedArea::Town(town.clone()),
        };
        layers.push(Layer { layer, source, pack: listed.stored, surveyed, readable: listed.readable });
    }
    layers.sort_by_key(|layer| {
        (layer.layer.layer, mildness(layer.layer.scenario.as_deref()), layer.layer.id.clone())
    });
    Ok(layers)
}

/// 想定最大規模 (L2) before 計画規模 (L1) before what has no name.
fn mildness(scenario: Option<&str>) -> u8 {
    match scenario {
        Some(name) if name.contains("最大") || name.contains("L2") => 0,
        None => 1,
        Some(_) => 2,
    }
}
