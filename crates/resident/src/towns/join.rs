use madoguchi_bundle::client::{Client, ClientError, Expiry, MemoryStore, MetadataStore};
use madoguchi_bundle::encoding::sha256;
use madoguchi_model::{TownCode, TownCodeError};
use serde::Serialize;

use super::{AddressError, town_address};
use crate::edges::Net;
use crate::private::JoinedTown;
use crate::sync::{Progress, Reach, SyncResult, sync_town};
use crate::{Error, Phone};

/// A town to join.
#[derive(Debug, Clone)]
pub struct Join {
    /// Where its bundle lies.
    pub url: String,
    /// Its root: who may sign for it. Whoever hands it over is believed.
    pub root: Vec<u8>,
}

/// Why a town cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// No address of a town.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The root is none, or does not vouch for itself.
    #[error("this is no root of a town: {0}")]
    Root(ClientError),
    /// The root does not say for which town it is.
    #[error("the root does not say for which town it is")]
    NoTownInRoot,
    /// The root is for something that is no town.
    #[error(transparent)]
    TownCode(#[from] TownCodeError),
    /// The address is one town's and the root another's.
    #[error("the address is of town {address}, the root of {root}")]
    AddressOfOtherTown {
        /// The town of the address.
        address: TownCode,
        /// The town of the root.
        root: TownCode,
    },
    /// The root at the address is not the one whose fingerprint was given.
    #[error("the root at the address is not the one with the fingerprint that was given")]
    OtherFingerprint,
    /// The town is joined already, with another root.
    #[error("town {0} is joined already, with another root")]
    OtherRoot(TownCode),
}

impl JoinError {
    /// A short name for each kind.
    pub fn code(&self) -> &'static str {
        match self {
            JoinError::Address(AddressError::Shape(_)) => "bad-address",
            JoinError::Address(AddressError::Insecure(_)) => "insecure-address",
            JoinError::Root(_) => "bad-root",
            JoinError::NoTownInRoot | JoinError::TownCode(_) => "root-without-town",
            JoinError::AddressOfOtherTown { .. } => "other-town",
            JoinError::OtherFingerprint => "other-fingerprint",
            JoinError::OtherRoot(_) => "other-root",
        }
    }
}

/// What became of joining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JoinState {
    /// The town is joined now.
    Joined,
    /// It was joined before.
    Again,
    /// What lies at the address is not this town's: nothing is left of the attempt.
    Refused,
}

/// What became of joining, and of the first sync.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Joined {
    /// The town.
    pub town: TownCode,
    /// Its name; empty until its content came.
    pub name: String,
    /// Where its bundle lies.
    pub url: String,
    /// What became of joining.
    pub state: JoinState,
    /// The first sync.
    pub sync: SyncResult,
}

/// Joins a town and fetches its content. A town that cannot be reached now is joined all the same, and says so.
pub async fn join(
    phone: &Phone,
    net: &dyn Net,
    wanted: Join,
    progress: &mut dyn FnMut(Progress),
) -> Result<Joined, Error> {
    let url = town_address(&wanted.url).map_err(JoinError::from)?;
    let code = town_of(&wanted.root, phone.clock())?;
    if let Some(address) = url.trim_end_matches('/').rsplit('/').next().and_then(|last| last.parse().ok())
        && address != code
    {
        return Err(JoinError::AddressOfOtherTown { address, root: code }.into());
    }
    let (town, again) = match phone.private().town(&code)? {
        Some(known) => {
            same_root(phone, &known, &wanted.root)?;
            (JoinedTown { url: url.clone(), ..known }, true)
        }
        None => {
            let town = JoinedTown {
                code: code.clone(),
                name: String::new(),
                url: url.clone(),
                root_sha256: sha256(&wanted.root),
                joined_at: phone.clock(),
                in_use: false,
            };
            phone.private().add_town(&town, &wanted.root)?;
            (town, false)
        }
    };
    let sync = sync_town(phone, net, &town, progress).await?;
    // A page to log in to a network says nothing about the town.
    let refused = sync.error.as_ref().is_some_and(|error| error.code != "captive-portal");
    let name = phone.town(Some(&code))?.name;
    let state = match (again, refused) {
        (true, _) => {
            // A slip in the address must not take the town away.
            if sync.reach == Reach::Ok && sync.error.is_none() {
                phone.private().set_town_url(&code, &url)?;
            }
            JoinState::Again
        }
        (false, false) => JoinState::Joined,
        (false, true) => {
            super::leave(phone, &code)?;
            JoinState::Refused
        }
    };
    let url = if again { phone.town(Some(&code))?.url } else { url };
    Ok(Joined { town: code, name, url, state, sync })
}

fn town_of(root: &[u8], now: jiff::Timestamp) -> Result<TownCode, JoinError> {
    let mut store = MemoryStore::default();
    store.store("root.json", root).map_err(|e| JoinError::Root(e.into()))?;
    let client = Client::open(store, now, Expiry::Lenient).map_err(JoinError::Root)?;
    let town = client.root().town.clone().ok_or(JoinError::NoTownInRoot)?;
    Ok(town.parse()?)
}

/// The same root as the first time, or the one to which it has led since.
fn same_root(phone: &Phone, town: &JoinedTown, root: &[u8]) -> Result<(), Error> {
    let trusted = phone.private().trust(&town.code)?;
    let known = sha256(root) == town.root_sha256 || trusted.0.get("root.json").is_some_and(|r| r == root);
    if known { Ok(()) } else { Err(JoinError::OtherRoot(town.code.clone()).into()) }
}
