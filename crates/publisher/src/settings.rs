//! `town.toml`: what a header cannot say.

mod shapes;

use std::collections::BTreeMap;

use madoguchi_model::{Department, Lang, Layer, Segment, Source, Town, TownCode, Translations};
use serde::Deserialize;

pub use shapes::{ClassProperty, ClassRule, HazardFile, Legend, MapFile, MapLayer};

/// The town's settings, as written in `town.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The town's code.
    pub code: TownCode,
    /// Its name by language; `ja` is needed.
    pub name: BTreeMap<String, String>,
    /// Telephone of the town hall.
    pub phone: Option<String>,
    /// The town's web site.
    pub url: Option<String>,
    /// Licence of files that say none themselves.
    pub license: Option<String>,
    /// Who provides the files; the town's name unless said.
    pub provider: Option<String>,
    /// A table of town blocks with coordinates (`lgcode,pref,city,town,koaza,lat,lng`, may be gzipped), for addresses
    /// without coordinates. Relative to the folder, or absolute.
    pub address_table: Option<String>,
    /// The department of files that belong to none.
    pub default_department: Option<String>,
    /// The town's own words for segments (`"くらし" = "living"`).
    #[serde(default)]
    pub segments: BTreeMap<String, Segment>,
    /// The departments. A folder named like a department's id holds its files.
    #[serde(default, rename = "department")]
    pub departments: Vec<DepartmentSettings>,
    /// Place layers that want another name or kind than their file gives them.
    #[serde(default)]
    pub places: Vec<PlaceLayer>,
    /// What a file cannot say of itself.
    #[serde(default, rename = "file")]
    pub files: Vec<FileSettings>,
    /// News feeds.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<Feed>,
    /// Maps of dangers.
    #[serde(default, rename = "hazard")]
    pub hazards: Vec<HazardFile>,
    /// What the map is drawn from.
    #[serde(default, rename = "map")]
    pub maps: Vec<MapFile>,
}

/// One department.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentSettings {
    /// Short ASCII name, the name of its role and key.
    pub id: String,
    /// Its name by language; `ja` is needed.
    pub name: BTreeMap<String, String>,
    /// Other names by which files call it.
    #[serde(default)]
    pub also: Vec<String>,
    /// May it sign alerts?
    #[serde(default)]
    pub alerts: bool,
}

/// A place layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceLayer {
    /// The file, relative to the folder.
    pub file: String,
    /// Its kind: a known code, or a new one.
    pub kind: String,
    /// The layer's name by language.
    #[serde(default)]
    pub name: BTreeMap<String, String>,
}

/// What a file cannot say of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// The file, relative to the folder.
    pub path: String,
    /// Title.
    pub title: Option<String>,
    /// Licence.
    pub license: Option<String>,
    /// Who made it.
    pub provider: Option<String>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "day")]
    pub updated: Option<jiff::civil::Date>,
    /// Leave it out, with the reason shown in the report.
    pub skip: Option<String>,
}

/// A news feed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Its address (https), fetched while publishing.
    pub url: Option<String>,
    /// Or a file of the folder.
    pub file: Option<String>,
    /// The segment of its articles when they name none.
    pub segment: Option<String>,
    /// The department that speaks.
    pub department: Option<String>,
}

/// A day, written as TOML writes dates or as a text.
fn day<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<jiff::civil::Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Toml(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(input)? {
        Written::Toml(date) => date.to_string(),
        Written::Text(text) => text,
    };
    text.parse()
        .map(Some)
        .map_err(|_| serde::de::Error::custom(format!("{text:?} is no day such as 2026-11-21")))
}

/// Why `town.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Not TOML, an unknown key, or a value of the wrong shape; the message names line and column.
    #[error("town.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// A value that TOML allows and a town cannot have.
    #[error("town.toml: {field}: {why}")]
    Value {
        /// The key.
        field: String,
        /// What is wrong.
        why: String,
    },
}

impl Settings {
    /// Reads and checks `town.toml`.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let settings: Settings = toml::from_str(text)?;
        let value = |field: &str, why: &str| SettingsError::Value { field: field.into(), why: why.into() };
        if settings.name.get("ja").is_none_or(|name| name.trim().is_empty()) {
            return Err(value("name.ja", "the town's name in Japanese is needed"));
        }
        let mut seen = std::collections::BTreeSet::new();
        for department in &settings.departments {
            let id = &department.id;
            let shaped = (2..=32).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && id.starts_with(|c: char| c.is_ascii_lowercase());
            let reserved = ["root", "targets", "snapshot", "timestamp", "online", "town"];
            if !shaped || reserved.contains(&id.as_str()) {
                return Err(value(
                    "department.id",
                    &format!(
                        "{id:?}: 2 to 32 of a-z, 0-9 and -, beginning with a letter, and not a reserved word"
                    ),
                ));
            }
            if !seen.insert(id) {
                return Err(value("department.id", &format!("{id:?} stands there twice")));
            }
            if department.name.get("ja").is_none_or(|name| name.trim().is_empty()) {
                return Err(value("department.name.ja", &format!("department {id:?} needs a Japanese name")));
            }
        }
        if let Some(default) = &settings.default_department
            && !seen.contains(default)
        {
            return Err(value("default_department", &format!("no department has the id {default:?}")));
        }
        if settings.departments.is_empty() {
            return Err(value("department", "at least one department is needed: [[department]] id, name"));
        }
        if settings.departments.len() > madoguchi_bundle::limits::DELEGATIONS {
            let most = madoguchi_bundle::limits::DELEGATIONS;
            return Err(value("department", &format!("phones follow {most} departments at most")));
        }
        for feed in &settings.feeds {
            if feed.url.is_some() == feed.file.is_some() {
                return Err(value("feed", "a feed has either url or file"));
            }
        }
        shapes::check(&settings)?;
        Ok(settings)
    }

    /// The town as its residents see it.
    pub fn town(&self) -> Town {
        let split = |names: &BTreeMap<String, String>| -> (String, Translations<String>) {
            let ja = names.get("ja").cloned().unwrap_or_default();
            let others = names.iter().filter(|(lang, _)| *lang != "ja");
            (ja, others.map(|(lang, name)| (Lang(lang.clone()), name.clone())).collect())
        };
        let (name, names) = split(&self.name);
        let departments = self.departments.iter().map(|d| {
            let (name, names) = split(&d.name);
            Department { id: d.id.clone(), name, names, alerts: d.alerts }
        });
        let named = self.places.iter().filter(|layer| layer.name.contains_key("ja"));
        let layers = named.map(|layer| {
            let (name, names) = split(&layer.name);
            Layer { kind: layer.kind.clone(), name, names }
        });
        Town {
            layers: layers.collect(),
            code: self.code.clone(),
            name,
            names,
            departments: departments.collect(),
            phone: self.phone.clone(),
            url: self.url.clone(),
        }
    }

    /// The department of files that belong to none: the one named, or the first.
    pub fn default_department(&self) -> &str {
        let first = self.departments.first().map_or("", |d| d.id.as_str());
        self.default_department.as_deref().unwrap_or(first)
    }

    /// What a `[[file]]` says of a file; nothing where there is none.
    pub fn said_of(&self, file: &str) -> Source {
        let said = self.files.iter().find(|said| said.path == file);
        Source {
            file: file.into(),
            title: said.and_then(|said| said.title.clone()),
            provider: said.and_then(|said| said.provider.clone()),
            license: said.and_then(|said| said.license.clone()),
            updated: said.and_then(|said| said.updated),
        }
    }

    /// Why a file is left out; none: it is not.
    pub fn skips(&self, file: &str) -> Option<&str> {
        self.files.iter().find(|said| said.path == file)?.skip.as_deref()
    }

    /// Who provides the files that name nobody.
    pub fn usual_provider(&self) -> Option<String> {
        self.provider.clone().or_else(|| self.name.get("ja").cloned())
    }

    /// The department that a text names by id or by any of its names.
    pub fn department_named(&self, text: &str) -> Option<&DepartmentSettings> {
        let text = text.trim();
        self.departments.iter().find(|d| {
            d.id == text || d.name.values().any(|name| name == text) || d.also.iter().any(|name| name == text)
        })
    }

    /// The department to which a file belongs: the first folder of its path when that is a department's id.
    pub fn department_of_file(&self, path: &str) -> &str {
        let folder = path.split_once('/').map(|(folder, _)| folder);
        let own = folder.and_then(|folder| self.departments.iter().find(|d| d.id == folder));
        own.map_or(self.default_department(), |d| d.id.as_str())
    }

    /// The segment that a text names, in the town's own words first.
    pub fn segment_named(&self, text: &str) -> Option<Segment> {
        let text = text.trim();
        self.segments.get(text).copied().or_else(|| text.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        code = "222127"
        name = { ja = "焼津市", en = "Yaizu" }
        [segments]
        "くらし" = "living"
        [[department]]
        id = "koho"
        name = { ja = "広報課" }
    "#;

    #[test]
    fn a_small_town_toml_is_enough() {
        let settings = Settings::parse(SMALL).unwrap();
        assert_eq!(settings.default_department(), "koho");
        assert_eq!(settings.segment_named("くらし"), Some(Segment::Living));
        assert_eq!(settings.department_of_file("koho/a.csv"), "koho");
        assert_eq!(settings.town().names.len(), 1);
        let layer = "\n[[places]]\nfile = \"s.csv\"\nkind = \"cool-spot\"\nname = { ja = \"涼み処\" }\n";
        let layered = Settings::parse(&format!("{SMALL}{layer}")).unwrap();
        assert_eq!(layered.town().layers.first().map(|layer| layer.name.as_str()), Some("涼み処"));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field() {
        let wrong = |from: &str, to: &str| Settings::parse(&SMALL.replace(from, to)).unwrap_err().to_string();
        assert!(wrong("222127", "222128").contains("last digit"));
        assert!(wrong("\"koho\"", "\"root\"").contains("department.id"));
        assert!(wrong("ja = \"焼津市\",", "").contains("name.ja"));
        assert!(wrong("code", "cod").contains("cod"));
    }
}
