//! `[[hazard]]` and `[[map]]`: maps of dangers, and what the town's map is drawn from.

use std::collections::BTreeMap;

use madoguchi_model::HazardKind;
use serde::Deserialize;

use super::{Settings, SettingsError};
use crate::hazard::classes::Draft;

/// A map of a danger.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HazardFile {
    /// The file, or the folder of tiles, relative to the town's folder.
    pub file: String,
    /// What it tells of; not needed where the file's layout tells it.
    pub layer: Option<HazardKind>,
    /// For which rain, river or wave it was worked out.
    pub scenario: Option<String>,
    /// Where a feature says its class.
    pub class: Option<ClassRule>,
    /// For tiles: the table of colours.
    pub legend: Option<Legend>,
    /// Who made the survey.
    pub source: Option<String>,
    /// When.
    pub survey_year: Option<i16>,
    /// Its licence.
    pub license: Option<String>,
    /// A file of polygons: where was looked at all.
    pub surveyed: Option<String>,
    /// Its title by language.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// The department that publishes it, by id or name.
    pub department: Option<String>,
}

/// How the class of a feature is found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "class is a code (\"zone\", \"0.5-3\"), or { property = \"…\" }, if wanted with values = { … = \"0.5-3\" }"
)]
pub enum ClassRule {
    /// All features are of this class.
    Code(String),
    /// A property says it.
    Property(ClassProperty),
}

/// The property that says a feature's class.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassProperty {
    /// Its name.
    pub property: String,
    /// Its values and their codes, where the text is no depth.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// Tables of colours of tiles (重ねるハザードマップ).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Legend {
    /// 洪水: six depths.
    Flood,
    /// 津波, 高潮, 内水: eight depths.
    Fine,
    /// 浸水継続時間.
    Duration,
    /// 土砂災害.
    Landslide,
}

/// What the map is drawn from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapFile {
    /// The file, relative to the folder.
    pub file: String,
    /// What it holds.
    pub layer: MapLayer,
    /// The property that holds a name.
    pub name: Option<String>,
    /// Whom to name beside the map.
    pub attribution: Option<String>,
    /// Its licence.
    pub license: Option<String>,
    /// The department that publishes it, by id or name.
    pub department: Option<String>,
}

/// What a file of the map holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MapLayer {
    /// Streets and ways, by OpenStreetMap's `highway`.
    Roads,
    /// Rivers, ponds, the sea.
    Water,
    /// Parks, woods, fields.
    Green,
    /// Buildings.
    Buildings,
    /// Railways.
    Rail,
    /// The town's border.
    Border,
    /// 町字.
    Blocks,
    /// A base map of the town's own (`.pmtiles`).
    Base,
}

impl MapLayer {
    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            MapLayer::Roads => "map-roads",
            MapLayer::Water => "map-water",
            MapLayer::Green => "map-green",
            MapLayer::Buildings => "map-buildings",
            MapLayer::Rail => "map-rail",
            MapLayer::Border => "map-border",
            MapLayer::Blocks => "map-blocks",
            MapLayer::Base => "map-base",
        }
    }
}

/// Checks what TOML cannot.
pub(super) fn check(settings: &Settings) -> Result<(), SettingsError> {
    let wrong = |field: &str, why: String| Err(SettingsError::Value { field: field.into(), why });
    for hazard in &settings.hazards {
        let file = &hazard.file;
        if let Some(year) = hazard.survey_year.filter(|year| !(1868..=2200).contains(year)) {
            return wrong("hazard.survey_year", format!("{file}: {year} is no year"));
        }
        if let Some(name) = &hazard.department
            && settings.department_named(name).is_none()
        {
            return wrong("hazard.department", format!("{file}: no department is called {name:?}"));
        }
        let codes: Vec<&String> = match &hazard.class {
            None => Vec::new(),
            Some(ClassRule::Code(code)) => vec![code],
            Some(ClassRule::Property(property)) => property.values.values().collect(),
        };
        if let Some(code) = codes.into_iter().find(|code| Draft::of_code(code, None).is_none()) {
            return wrong(
                "hazard.class",
                format!(
                    "{file}: {code:?} is no class: a depth in metres (\"0.5-3\", \"20-\"), a duration (\"12h-24h\"), \"warning\", \"special\" or \"zone\""
                ),
            );
        }
        if hazard.legend.is_some() && hazard.class.is_some() {
            return wrong("hazard.legend", format!("{file}: legend is for tiles, class for shapes"));
        }
    }
    for map in &settings.maps {
        if let Some(name) = &map.department
            && settings.department_named(name).is_none()
        {
            return wrong("map.department", format!("{}: no department is called {name:?}", map.file));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOWN: &str = "code = \"222127\"\nname = { ja = \"焼津市\" }\n[[department]]\nid = \"bosai\"\nname = { ja = \"防災課\" }\n";

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(&format!("{TOWN}{text}")).map_err(|error| error.to_string())
    }

    #[test]
    fn every_key_of_the_documentation_is_read() {
        let read = parse(
            "[[hazard]]\nfile = \"a.geojson\"\nlayer = \"inland-flood\"\nscenario = \"想定最大規模\"\n\
             class = { property = \"rank\", values = { 1 = \"0-0.5\", 2 = \"0.5-3\" } }\nsource = \"焼津市\"\n\
             survey_year = 2023\nlicense = \"CC BY 4.0\"\nsurveyed = \"area.geojson\"\ntitle = { ja = \"図\", en = \"map\" }\n\
             department = \"防災課\"\n[[hazard]]\nfile = \"b.shp\"\nclass = \"zone\"\n[[hazard]]\nfile = \"tiles\"\nlegend = \"flood\"\n\
             [[map]]\nfile = \"roads.geojson\"\nlayer = \"roads\"\nname = \"name\"\nattribution = \"© OpenStreetMap contributors\"\n",
        )
        .unwrap();
        assert_eq!(read.hazards[0].layer, Some(HazardKind::InlandFlood));
        let Some(ClassRule::Property(property)) = &read.hazards[0].class else { panic!() };
        assert_eq!(property.values["2"], "0.5-3");
        assert_eq!(read.hazards[1].class, Some(ClassRule::Code("zone".into())));
        assert_eq!(read.hazards[2].legend, Some(Legend::Flood));
        assert_eq!(read.maps[0].layer, MapLayer::Roads);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |entry: &str| parse(&format!("[[hazard]]\nfile = \"a.geojson\"\n{entry}\n")).unwrap_err();
        assert!(wrong("layer = \"fire\"").contains("inland-flood"));
        assert!(wrong("class = \"deep\"").contains("hazard.class"));
        assert!(wrong("class = { property = \"a\", values = { 1 = \"x\" } }").contains("a.geojson"));
        assert!(wrong("class = { propety = \"a\" }").contains("property"));
        assert!(wrong("survey_year = 23").contains("survey_year"));
        assert!(wrong("department = \"x\"").contains("department"));
        assert!(wrong("clas = 1").contains("clas"));
        assert!(wrong("legend = \"flood\"\nclass = \"zone\"").contains("legend"));
        assert!(parse("[[map]]\nfile = \"a\"\nlayer = \"sky\"\n").unwrap_err().contains("roads"));
    }
}
