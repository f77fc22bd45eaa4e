use madoguchi_model::{Alert, CollectionKind};
use serde::Serialize;

use crate::{Age, Error, OpenTown, Phone};

/// For so long after it was signed, the town's word that nothing else is running is believed. An hour: long enough for
/// a phone that sleeps, short enough that silence is noticed.
const BELIEVED_FOR_S: i64 = 3600;

/// An alert that holds now, as far as this phone knows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunningAlert {
    /// The alert itself.
    #[serde(flatten)]
    pub alert: Alert,
    /// Was the town heard within the hour? If not, what changed since is not known here.
    pub fresh: bool,
    /// Age in seconds of what this phone knows.
    pub age_s: Option<i64>,
}

/// The alerts that hold now, gravest first, drills last.
pub fn list(phone: &Phone, open: &OpenTown) -> Result<Vec<RunningAlert>, Error> {
    let alerts: Vec<Alert> = open.cache.records(CollectionKind::Alerts)?;
    let age = phone.age(open)?;
    let fresh = is_believed(&age);
    let running = Alert::running(&alerts, age.now()).into_iter();
    Ok(running.map(|alert| RunningAlert { alert: alert.clone(), fresh, age_s: age.seconds() }).collect())
}

/// Whether what is known of alerts is recent enough to be believed as it stands.
pub fn is_believed(age: &Age) -> bool {
    age.is_fresh() && age.seconds().is_some_and(|seconds| seconds <= BELIEVED_FOR_S)
}
