use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a record came from. Travels with the data, so that a licence's attribution is always at hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file in the town's folder, relative, with `/`.
    pub file: String,
    /// Title of the data set, when the town's list of open data names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who made it (焼津市).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its licence, as the town states it (`CC BY 4.0`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// The day on which the town says it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
}
