//! The shapes of types of the model and of `benefits`, for TypeScript. Each is held against its own by a test below.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A piece of content. The tree is closed: there is no markup in it.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Block {
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph {
        text: Vec<Inline>,
    },
    List {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "bindings", ts(optional))]
        ordered: Option<bool>,
        items: Vec<Vec<Block>>,
    },
    Table {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "bindings", ts(optional))]
        head: Option<Vec<Vec<Inline>>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Image {
        path: String,
        alt: String,
    },
    Rule,
}

/// A piece of running text.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Inline {
    Text { text: String },
    Strong { text: String },
    Link { text: String, href: String },
    Ruby { base: String, reading: String },
    Break,
}

/// A danger.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hazard {
    Flood,
    Landslide,
    StormSurge,
    Earthquake,
    Tsunami,
    Fire,
    InlandFlood,
    Volcano,
}

/// One of eight directions of the compass.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Heading {
    N,
    Ne,
    E,
    Se,
    S,
    Sw,
    W,
    Nw,
}

/// What a hazard layer tells of.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HazardKind {
    RiverFlood,
    FloodDuration,
    CollapseFlow,
    CollapseBank,
    InlandFlood,
    StormSurge,
    Tsunami,
    SteepSlope,
    DebrisFlow,
    Landslide,
    FloodHistory,
}

/// Where something comes from, for attribution.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
}

/// A household's facts, by their names in the rules.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
pub struct Household {
    household: BTreeMap<String, FactValue>,
    people: Vec<Person>,
}

/// One of the household. Others refer to them by their name.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
pub struct Person {
    name: String,
    facts: BTreeMap<String, FactValue>,
}

/// What is known of a fact; none: nothing. `\"\"` is nobody of the household.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[cfg_attr(
    feature = "bindings",
    ts(
        type = "string | number | boolean | null | string[] | { from?: string | number | null; to?: string | number | null } | { any_of: string[] }"
    )
)]
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactValue(serde_json::Value);

/// Is a program for someone?
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Eligible,
    Unknown,
    NotEligible,
}

/// For what time an amount is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    Once,
    Day,
    Month,
    Year,
}

/// What a step of the reasons is.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    All,
    Any,
    Not,
    Less,
    AtMost,
    Same,
    Fact,
    Definition,
    Figure,
    Table,
    People,
    Fixed,
    Formula,
}

#[cfg(test)]
mod tests {
    use madoguchi_benefits as benefits;
    use madoguchi_benefits::answer;
    use madoguchi_model as model;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;

    /// Reads and writes as the model does, and as the shape does.
    fn same<M: Serialize + DeserializeOwned, S: Serialize + DeserializeOwned>(value: Value) {
        let of_model = serde_json::to_value(serde_json::from_value::<M>(value).unwrap()).unwrap();
        let of_shape = serde_json::to_value(serde_json::from_value::<S>(of_model.clone()).unwrap()).unwrap();
        assert_eq!(of_model, of_shape);
    }

    #[test]
    fn content_has_the_shape_that_the_model_gives_it() {
        let text = json!([
            {"t": "text", "text": "a"}, {"t": "strong", "text": "b"}, {"t": "link", "text": "c", "href": "tel:119"},
            {"t": "ruby", "base": "川", "reading": "かわ"}, {"t": "break"}
        ]);
        let paragraph = json!({"t": "paragraph", "text": text});
        for block in [
            json!({"t": "heading", "level": 1, "text": text}),
            json!({"t": "list", "items": [[paragraph]]}),
            json!({"t": "list", "ordered": true, "items": [[paragraph]]}),
            json!({"t": "table", "rows": [[text]]}),
            json!({"t": "table", "head": [text], "rows": [[text]]}),
            json!({"t": "quote", "blocks": [paragraph]}),
            json!({"t": "image", "path": "files/a.png", "alt": "a"}),
            json!({"t": "rule"}),
            paragraph,
        ] {
            same::<model::Block, Block>(block);
        }
    }

    #[test]
    fn dangers_and_sources_too() {
        for heading in ["n", "ne", "e", "se", "s", "sw", "w", "nw"] {
            same::<madoguchi_hazard::roads::Heading8, Heading>(heading.into());
        }
        for (kind, _) in model::HazardKind::ALL {
            same::<model::HazardKind, HazardKind>(serde_json::to_value(kind).unwrap());
        }
        for (hazard, _) in model::Hazard::ALL {
            same::<model::Hazard, Hazard>(serde_json::to_value(hazard).unwrap());
        }
        same::<model::Source, Source>(json!({"file": "a.csv"}));
        same::<model::Source, Source>(
            json!({"file": "a.csv", "title": "t", "provider": "p", "license": "CC BY 4.0",
            "updated": "2026-11-21"}),
        );
    }

    #[test]
    fn households_and_answers_too() {
        same::<benefits::Household, Household>(json!({
            "household": {"a": null},
            "people": [{"name": "母", "facts": {"b": 1, "c": {"from": 1}, "d": ["母"], "e": false}}],
        }));
        // Only written: each is the name of its shape.
        fn named<A: Serialize, S: DeserializeOwned>(values: impl IntoIterator<Item = A>) {
            for value in values {
                serde_json::from_value::<S>(serde_json::to_value(value).unwrap()).unwrap();
            }
        }
        use answer::{Per as P, StepKind as K, Verdict as V};
        named::<_, Verdict>([V::Eligible, V::Unknown, V::NotEligible]);
        named::<_, Per>([P::Once, P::Day, P::Month, P::Year]);
        let reasons = [K::All, K::Any, K::Not, K::Less, K::AtMost, K::Same, K::Fact, K::Definition];
        named::<_, StepKind>(reasons);
        named::<_, StepKind>([K::Figure, K::Table, K::People, K::Fixed, K::Formula]);
    }
}
