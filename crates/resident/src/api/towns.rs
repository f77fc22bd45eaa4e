use madoguchi_model::TownCode;
use serde::{Deserialize, Serialize};

use super::{ApiError, NoArgs, SyncProgress};
use crate::edges::Net;
use crate::programs::prefecture_of;
use crate::sync::SyncResult;
use crate::towns::{self, JoinByAddress, JoinState, join_by_address};
use crate::{Error, Phone};

/// A town that was joined.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Town {
    /// Its code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: TownCode,
    /// Its name; empty until its content came for the first time.
    pub name: String,
    /// Its prefecture; none for a sample town.
    pub prefecture: Option<&'static str>,
    /// Where its bundle lies.
    pub url: String,
    /// Does someone other than its own address vouch for it? (Nobody does yet.)
    pub confirmed: bool,
    /// Is it the one that is meant?
    pub in_use: bool,
}

/// The towns that were joined.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct Towns {
    /// In order of joining.
    pub towns: Vec<Town>,
}

/// Which town.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Deserialize)]
pub struct TownQuery {
    /// Its code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: TownCode,
}

/// A town to join.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Deserialize)]
pub struct JoinQuery {
    /// Its address, or a link `madoguchi://join?url=…&root=…`.
    pub address: String,
    /// SHA-256 of its root, where it was handed over by another way.
    pub fingerprint: Option<String>,
}

/// How a town was joined.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JoinedState {
    /// It is joined now.
    Joined,
    /// It was joined before.
    Again,
}

/// A town that was joined, and its first sync.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Serialize)]
pub struct JoinResult {
    /// Its code.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub code: TownCode,
    /// Its name; empty until its content came.
    pub name: String,
    /// How it was joined.
    pub state: JoinedState,
    /// The first sync.
    pub sync: SyncResult,
}

pub(super) fn towns(phone: &Phone, _: NoArgs) -> Result<Towns, Error> {
    let meant = match phone.town(None) {
        Ok(town) => Some(town.code),
        Err(Error::NoTown | Error::WhichTown) => None,
        Err(other) => return Err(other),
    };
    let town = |town: crate::private::JoinedTown| Town {
        in_use: meant.as_ref() == Some(&town.code),
        prefecture: prefecture_of(town.code.as_str()),
        code: town.code,
        name: town.name,
        url: town.url,
        confirmed: false,
    };
    Ok(Towns { towns: towns::towns(phone)?.into_iter().map(town).collect() })
}

pub(super) fn use_town(phone: &Phone, wanted: TownQuery) -> Result<Towns, Error> {
    towns::use_town(phone, &wanted.code)?;
    towns(phone, NoArgs {})
}

pub(super) fn leave_town(phone: &Phone, wanted: TownQuery) -> Result<Towns, Error> {
    towns::leave(phone, &wanted.code)?;
    // Whoever left the town that was meant sees the next one, not a question.
    if let Err(Error::WhichTown) = phone.town(None)
        && let Some(first) = towns::towns(phone)?.first()
    {
        towns::use_town(phone, &first.code)?;
    }
    towns(phone, NoArgs {})
}

pub(super) async fn join(
    phone: &Phone,
    net: &dyn Net,
    wanted: JoinQuery,
    on_progress: &mut dyn FnMut(SyncProgress),
) -> Result<JoinResult, ApiError> {
    let wanted = JoinByAddress { address: wanted.address, fingerprint: wanted.fingerprint };
    let joined = join_by_address(phone, net, wanted, &mut |p| on_progress(p.into())).await?;
    let state = match joined.state {
        JoinState::Joined => JoinedState::Joined,
        JoinState::Again => JoinedState::Again,
        JoinState::Refused => {
            let (code, message) = match joined.sync.error {
                Some(error) => (error.code, error.message),
                None => ("refused", "what lies at the address is not this town's".into()),
            };
            return Err(ApiError { code, message });
        }
    };
    // Whoever joins a town wants to see it, and what is chosen next is meant for it.
    towns::use_town(phone, &joined.town)?;
    Ok(JoinResult { code: joined.town, name: joined.name, state, sync: joined.sync })
}
