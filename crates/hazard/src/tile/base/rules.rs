//! What is drawn from which zoom, and what goes first where a tile is full.

use std::collections::BTreeMap;

use crate::tile::mvt::Value;

/// The layers' names, for messages.
pub(super) const NAMES: &str = "roads, water, green, buildings, rail, border and labels";

/// A layer of the base map, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LayerKind {
    Water,
    Green,
    Buildings,
    Border,
    Rail,
    Roads,
    Labels,
}

impl LayerKind {
    pub const ALL: [LayerKind; 7] = [
        LayerKind::Water,
        LayerKind::Green,
        LayerKind::Buildings,
        LayerKind::Border,
        LayerKind::Rail,
        LayerKind::Roads,
        LayerKind::Labels,
    ];

    pub fn name(self) -> &'static str {
        match self {
            LayerKind::Water => "water",
            LayerKind::Green => "green",
            LayerKind::Buildings => "buildings",
            LayerKind::Border => "border",
            LayerKind::Rail => "rail",
            LayerKind::Roads => "roads",
            LayerKind::Labels => "labels",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The properties of its features, as TileJSON names their types.
    pub fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            LayerKind::Water | LayerKind::Roads => &[("kind", "String"), ("name", "String")],
            LayerKind::Green => &[("kind", "String")],
            LayerKind::Labels => &[("kind", "String"), ("name", "String"), ("rank", "Number")],
            LayerKind::Buildings | LayerKind::Border | LayerKind::Rail => &[],
        }
    }

    /// Lines of one look become one feature, which saves a third of a tile. Areas may overlap, which those of one feature must not.
    pub fn joins(self) -> bool {
        matches!(self, LayerKind::Border | LayerKind::Rail | LayerKind::Roads)
    }
}

/// What features with the same properties have in common.
#[derive(Debug)]
pub(super) struct Look {
    pub layer: LayerKind,
    pub properties: Vec<(&'static str, Value)>,
    /// The first zoom at which it is drawn.
    pub from_zoom: u8,
    /// What weighs least goes first where a tile is full.
    pub weight: u8,
    /// Its place within the layer: a later one lies on top.
    pub order: u8,
}

/// The looks that were met.
#[derive(Debug, Default)]
pub(super) struct Looks {
    known: BTreeMap<(LayerKind, String, String, u8), usize>,
    looks: Vec<Look>,
}

impl Looks {
    pub fn get(&self, index: usize) -> Option<&Look> {
        self.looks.get(index)
    }

    /// The look of a feature; none for a label without a name.
    pub fn of(&mut self, layer: LayerKind, properties: &BTreeMap<String, String>) -> Option<usize> {
        let read = |keys: &[&str]| {
            let found = keys.iter().find_map(|key| properties.get(*key));
            found.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let name = read(&["name"]);
        let (kind, name, rank) = match layer {
            LayerKind::Roads => (road_kind(read(&["kind", "highway"])), name.unwrap_or_default(), 0),
            LayerKind::Water => {
                let kind = read(&["kind", "waterway", "water", "natural", "landuse"]);
                (kind.unwrap_or_else(|| "water".to_owned()), name.unwrap_or_default(), 0)
            }
            LayerKind::Green => {
                let kind = read(&["kind", "leisure", "landuse", "natural"]);
                (kind.unwrap_or_else(|| "green".to_owned()), String::new(), 0)
            }
            LayerKind::Labels => {
                let kind = read(&["kind"]).unwrap_or_else(|| "place".to_owned());
                let rank = read(&["rank"]).and_then(|rank| rank.parse().ok());
                let rank = rank.unwrap_or_else(|| usual_rank(&kind));
                (kind, name?, rank)
            }
            LayerKind::Buildings | LayerKind::Border | LayerKind::Rail => Default::default(),
        };
        let next = self.looks.len();
        let index = *self.known.entry((layer, kind.clone(), name.clone(), rank)).or_insert(next);
        if index == next {
            self.looks.push(look(layer, kind, name, rank));
        }
        Some(index)
    }
}

fn look(layer: LayerKind, kind: String, name: String, rank: u8) -> Look {
    let (from_zoom, weight, order) = match layer {
        LayerKind::Roads => road_rule(&kind),
        LayerKind::Water => (water_from(&kind), 10, 0),
        LayerKind::Green => (10, 5, 0),
        LayerKind::Buildings => (14, 1, 0),
        LayerKind::Border => (8, 12, 0),
        LayerKind::Rail => (9, 9, 0),
        LayerKind::Labels => {
            let (from_zoom, weight) = label_rule(rank);
            (from_zoom, weight, rank)
        }
    };
    let mut properties = Vec::new();
    if !kind.is_empty() {
        properties.push(("kind", Value::Text(kind)));
    }
    if !name.is_empty() {
        properties.push(("name", Value::Text(name)));
    }
    if layer == LayerKind::Labels {
        properties.push(("rank", Value::Whole(rank.into())));
    }
    Look { layer, properties, from_zoom, weight, order }
}

/// OpenStreetMap's `highway`, in fewer words.
fn road_kind(highway: Option<String>) -> String {
    let highway = highway.unwrap_or_default();
    let kind = match highway.strip_suffix("_link").unwrap_or(&highway) {
        known @ ("motorway" | "trunk" | "primary" | "secondary" | "tertiary" | "residential" | "service"
        | "track" | "pedestrian" | "footway" | "steps" | "cycleway") => known,
        "unclassified" | "living_street" | "road" | "" => "residential",
        "path" | "corridor" | "bridleway" | "platform" => "footway",
        _ => "service",
    };
    kind.to_owned()
}

/// From which zoom, its weight, its place among the roads.
fn road_rule(kind: &str) -> (u8, u8, u8) {
    match kind {
        "motorway" => (8, 11, 9),
        "trunk" => (8, 11, 8),
        "primary" => (9, 10, 7),
        "secondary" => (10, 8, 6),
        "tertiary" => (11, 7, 5),
        "residential" => (12, 4, 4),
        "pedestrian" => (14, 3, 3),
        "footway" | "cycleway" | "steps" => (14, 3, 2),
        _ => (14, 2, 1),
    }
}

fn water_from(kind: &str) -> u8 {
    match kind {
        "stream" | "drain" | "ditch" => 13,
        "canal" => 12,
        _ => 8,
    }
}

fn usual_rank(kind: &str) -> u8 {
    match kind {
        "town" => 1,
        "station" => 2,
        "river" => 3,
        "block" => 4,
        "facility" => 5,
        _ => 6,
    }
}

/// From which zoom a name is told, and its weight.
fn label_rule(rank: u8) -> (u8, u8) {
    match rank {
        0 | 1 => (8, 12),
        2 => (11, 11),
        3 => (12, 9),
        4 => (13, 8),
        5 => (14, 6),
        _ => (15, 3),
    }
}
