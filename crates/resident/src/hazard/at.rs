use std::cell::Cell;

use madoguchi_hazard::pack::{Pack, PackError};
use madoguchi_hazard::roads::Heading8;
use madoguchi_hazard::{Point, ReadError};
use madoguchi_model::{HazardClass, HazardKind, Position, Source};
use serde::Serialize;

use super::layers::{Layer, SurveyedArea, layers};
use super::point;
use crate::cache::{PackPages, StoredPack};
use crate::{Error, OpenTown};

/// A zone farther away than this is not told of.
const EDGE_WITHIN_M: f64 = 2_000.0;

/// What is known of a layer at a point.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerState {
    /// In a zone.
    Inside,
    /// In none, where it was looked at.
    Outside,
    /// Nobody has looked: this says nothing of danger.
    NotSurveyed,
    /// Its pack is not here yet.
    Missing,
    /// Its pack is damaged and comes anew with the next sync.
    Damaged,
    /// No pack is here that this app reads; what the town has needs a newer app.
    Newer,
}

/// The nearest edge of a zone, or of a worse one.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeAt {
    /// How far it is.
    pub distance_m: f64,
    /// In which direction.
    pub heading: Option<Heading8>,
    /// The class there.
    pub class: HazardClass,
}

/// What a layer says of a point.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerAt {
    /// Its id.
    pub id: String,
    /// What it tells of.
    pub layer: HazardKind,
    /// For which rain, river or wave.
    pub scenario: Option<String>,
    /// What is known.
    pub state: LayerState,
    /// The class, with its rank among the layer's (0 the mildest).
    pub class: Option<(usize, HazardClass)>,
    /// Where it gets worse.
    pub edge: Option<EdgeAt>,
    /// Who made the survey.
    pub surveyor: Option<String>,
    /// In which year.
    pub survey_year: Option<i16>,
    /// The file that it was made of.
    pub source: Source,
}

/// What every layer of the town says of a point, as [`layers`] orders them.
pub fn at(open: &OpenTown, position: Position) -> Result<Vec<LayerAt>, Error> {
    let Some(point) = point(position) else { return Ok(Vec::new()) };
    layers(open)?.into_iter().map(|layer| layer_at(open, layer, point)).collect()
}

fn layer_at(open: &OpenTown, layer: Layer, point: Point) -> Result<LayerAt, Error> {
    let class = |rank: u8| (usize::from(rank), layer.class(rank));
    let read = |stored: &StoredPack| -> Result<_, PackError> {
        let pack = Pack::open(open.cache.read_pack(stored))?;
        Ok((pack.at(point)?, pack.nearest_edge(point, EDGE_WITHIN_M)?))
    };
    let (state, class, edge) = match layer.pack.as_ref().map(read) {
        None if !layer.readable => (LayerState::Newer, None, None),
        None => (LayerState::Missing, None, None),
        Some(Err(error)) => {
            drop_damaged(open, layer.pack.as_ref(), layer.readable, error)?;
            (if layer.readable { LayerState::Damaged } else { LayerState::Newer }, None, None)
        }
        Some(Ok((at, edge))) => {
            let state = match (at.class, at.surveyed) {
                (Some(_), _) => LayerState::Inside,
                (None, true) => LayerState::Outside,
                (None, false) => beyond(open, &layer, point)?,
            };
            let edge = edge.map(|edge| EdgeAt {
                distance_m: edge.distance_m,
                heading: Heading8::between(point, edge.at),
                class: layer.class(edge.class),
            });
            (state, at.class.map(class), edge)
        }
    };
    let Layer { layer, source, .. } = layer;
    Ok(LayerAt {
        id: layer.id,
        layer: layer.layer,
        scenario: layer.scenario,
        surveyor: layer.surveyor,
        survey_year: layer.survey_year,
        state,
        class,
        edge,
        source,
    })
}

/// What is known where the layer's own pack tells neither of a zone nor of a survey.
fn beyond(open: &OpenTown, layer: &Layer, point: Point) -> Result<LayerState, Error> {
    let SurveyedArea::Town(area) = &layer.surveyed else { return Ok(LayerState::NotSurveyed) };
    let Some(stored) = &area.pack else { return Ok(LayerState::Missing) };
    match Pack::open(open.cache.read_pack(stored)).and_then(|pack| pack.at(point)) {
        Ok(at) if at.surveyed => Ok(LayerState::Outside),
        Ok(_) => Ok(LayerState::NotSurveyed),
        Err(error) => {
            drop_damaged(open, Some(stored), area.readable, error)?;
            Ok(LayerState::Damaged)
        }
    }
}

/// A pack that cannot be read goes, so that the next sync brings it anew; where only a newer app can bring it, it stays. A database that
/// cannot be read is another matter.
pub(super) fn drop_damaged(
    open: &OpenTown,
    pack: Option<&StoredPack>,
    readable: bool,
    error: PackError,
) -> Result<(), Error> {
    if let PackError::Read(ReadError::Io(error)) = error {
        let error = error.downcast::<rusqlite::Error>();
        return Err(error.unwrap_or_else(|io| rusqlite::Error::ToSqlConversionFailure(Box::new(io))))
            .map_err(|sql| Error::Cache(sql.into()));
    }
    if let Some(pack) = pack.filter(|_| readable) {
        open.cache.drop_pack(&pack.path)?;
    }
    Ok(())
}

/// The opened packs of a danger's zones: what a way keeps out of, and what a site must not lie in.
pub(super) struct Zones<'c> {
    packs: Vec<(&'c Layer, Pack<PackPages<'c>>)>,
    known: Cell<bool>,
}

impl<'c> Zones<'c> {
    /// Every layer that tells of water, stones or waves of this danger. How long water stays and where it stood before say
    /// nothing that the others do not.
    pub(super) fn of(open: &'c OpenTown, layers: &'c [Layer], danger: madoguchi_model::Hazard) -> Self {
        let told = |layer: &&Layer| {
            layer.layer.layer.flee_from() == Some(danger) && layer.layer.layer != HazardKind::FloodDuration
        };
        let open_one = |layer: &'c Layer| {
            let pack = Pack::open(open.cache.read_pack(layer.pack.as_ref()?)).ok()?;
            Some((layer, pack))
        };
        let all = layers.iter().filter(told).count();
        let packs: Vec<_> = layers.iter().filter(told).filter_map(open_one).collect();
        Zones { known: Cell::new(all > 0 && packs.len() == all), packs }
    }

    /// Is there a layer of this danger, and could all of them be read whenever they were asked? Else nothing may be called dry.
    pub(super) fn known(&self) -> bool {
        self.known.get()
    }

    /// What a pack says; none where it cannot be read, which is remembered.
    fn read<T>(&self, said: Result<T, PackError>) -> Option<T> {
        said.inspect_err(|_| self.known.set(false)).ok()
    }

    /// The layer and class of the worst zone that holds a point, by the order of the layers.
    pub(super) fn holding(&self, point: Point) -> Option<(HazardKind, HazardClass)> {
        self.packs.iter().find_map(|(layer, pack)| {
            let class = self.read(pack.at(point))?.class?;
            Some((layer.layer.layer, layer.class(class)))
        })
    }

    /// Does a straight piece touch a zone?
    pub(super) fn touch(&self, a: Point, b: Point) -> bool {
        // What cannot be read is not taken for dry.
        self.packs.iter().any(|(_, pack)| self.read(pack.along(a, b)).is_none_or(|class| class.is_some()))
    }
}
