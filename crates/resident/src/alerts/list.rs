use madoguchi_model::{Alert, CollectionKind};
use serde::Serialize;

use crate::{Error, OpenTown, Phone};

/// An alert that holds now, as far as this phone knows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunningAlert {
    /// The alert itself.
    #[serde(flatten)]
    pub alert: Alert,
    /// Does the town's word that this is current still hold? If not, what changed since is not known here.
    pub fresh: bool,
    /// Age in seconds of what this phone knows.
    pub age_s: Option<i64>,
}

/// The alerts that hold now, gravest first, drills last.
pub fn list(phone: &Phone, open: &OpenTown) -> Result<Vec<RunningAlert>, Error> {
    let alerts: Vec<Alert> = open.cache.records(CollectionKind::Alerts)?;
    let age = phone.age(open)?;
    let running = Alert::running(&alerts, age.now()).into_iter();
    Ok(running
        .map(|alert| RunningAlert { alert: alert.clone(), fresh: age.is_fresh(), age_s: age.seconds() })
        .collect())
}
