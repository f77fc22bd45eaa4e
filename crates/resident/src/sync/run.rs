use std::collections::BTreeMap;

use jiff::Timestamp;
use madoguchi_bundle::client::{Client, Expiry, MemoryStore, Refreshed};
use madoguchi_model::TownCode;
use serde::Serialize;

use super::content::{self, Ready};
use super::{MetadataOf, Trouble, Wire};
use crate::cache::{Applied, Cache, CacheError, Change, Facts, Incoming};
use crate::edges::Net;
use crate::packs::PackReport;
use crate::private::{JoinedTown, SyncState};
use crate::{Age, Error, OpenTown, Phone};

/// What a sync is doing, for a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Asks the town what is new.
    Checking,
    /// A collection is fetched, or a patch to it.
    Begun {
        /// Its path.
        collection: String,
        /// Bytes to fetch.
        total: u64,
    },
    /// So much of it is here, with what an earlier sync left.
    Got {
        /// Its path.
        collection: String,
        /// Bytes that are here.
        bytes: u64,
        /// Bytes to fetch.
        total: u64,
    },
    /// It is here and is what was signed.
    Fetched {
        /// Its path.
        collection: String,
    },
    /// Everything is here and is being stored.
    Storing,
    /// Done.
    Done,
}

/// How far a sync came.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The town answered.
    Ok,
    /// This device has no network.
    Offline,
    /// It has one, and the town does not answer.
    Unreachable,
}

/// Why content was refused.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorReport {
    /// A short name.
    pub code: &'static str,
    /// In technical words, for a log.
    pub message: String,
}

/// Why a date is in doubt.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// The phone's clock is more than a day behind what the town has signed already.
    ClockBehind,
    /// What came is past its time: the town has stopped signing, or the phone's clock is ahead.
    ClockOrExpired,
}

/// What a sync brought.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SyncResult {
    /// The town.
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub town: TownCode,
    /// Did it answer?
    pub reach: Reach,
    /// Is what is here what the town stands by now?
    pub fresh: bool,
    /// Age of what is here, in seconds; none when nothing is here yet.
    #[cfg_attr(feature = "bindings", ts(optional = false))]
    pub age_s: Option<i64>,
    /// Requests sent.
    pub requests: u64,
    /// Bytes of bodies as they came over the wire, of every request.
    pub bytes: u64,
    /// Records added, changed or gone, by collection.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, number>"))]
    pub changed: BTreeMap<&'static str, u64>,
    /// What came of the packs, where they were looked after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packs: Option<PackReport>,
    /// Why a date is in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// What was refused. What was there before is still there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorReport>,
}

/// Brings a town's content up to date. A town that cannot be reached is a result, not an error.
pub async fn sync(
    phone: &Phone,
    net: &dyn Net,
    named: Option<&TownCode>,
    progress: &mut dyn FnMut(Progress),
) -> Result<SyncResult, Error> {
    sync_town(phone, net, &phone.town(named)?, progress).await
}

/// The same for a town as it is described here: its address may not be the one that is stored.
pub(crate) async fn sync_town(
    phone: &Phone,
    net: &dyn Net,
    town: &JoinedTown,
    progress: &mut dyn FnMut(Progress),
) -> Result<SyncResult, Error> {
    progress(Progress::Checking);
    let mut run =
        Run { phone, town, wire: Wire::new(net, &town.url), applied: Applied::default(), doubt: None };
    let result = match run.once(progress).await {
        Err(Error::Cache(e)) if e.is_damage() => {
            phone.home().set_cache_aside(&town.code).map_err(CacheError::io)?;
            run.once(progress).await
        }
        other => other,
    }?;
    progress(Progress::Done);
    let report = run.report(result)?;
    phone.note_reach(&town.code, report.reach);
    Ok(report)
}

struct Run<'a> {
    phone: &'a Phone,
    town: &'a JoinedTown,
    wire: Wire<'a>,
    applied: Applied,
    doubt: Option<Doubt>,
}

/// What did not go as it should, and whether what is here is what the town stands by.
struct Outcome {
    trouble: Option<Trouble>,
    current: bool,
}

impl Run<'_> {
    async fn once(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Outcome, Error> {
        let (phone, code) = (self.phone, &self.town.code);
        let cache = Cache::open(phone.home(), code)?;
        let began = cache.facts()?;
        let before = phone.private().trust(code)?;
        let mut client = Client::open(before.clone(), phone.clock(), Expiry::Lenient)?;
        let refreshed = self.refresh(&mut client).await;
        // What was verified is kept, also when a later file did not come: it would be asked for again otherwise, and
        // something older could take its place.
        phone.private().set_trust(code, &before, client.store())?;
        let (refreshed, mut refused) = match refreshed {
            Ok(refreshed) => refreshed,
            Err(trouble) => return Ok(Outcome { trouble: Some(trouble), current: false }),
        };
        let stale = refreshed.refused_stale.is_some();
        self.doubt = match () {
            () if client.clock_is_behind() => Some(Doubt::ClockBehind),
            () if stale => Some(Doubt::ClockOrExpired),
            () => None,
        };
        self.note_contact(&client)?;
        let targets = client.targets();
        if targets.is_empty() && stale {
            // What came was too old to be taken, and nothing was there before.
            return Ok(Outcome { trouble: None, current: false });
        }
        let wanted = content::wanted_downloads(&targets);
        cache.keep_downloads(&wanted)?;
        let mut ready = Vec::new();
        let consistent = client.root().consistent_snapshot;
        for target in content::changed(&targets, &cache.collections()?) {
            match content::obtain(&cache, &mut self.wire, target, consistent, progress).await {
                Ok(collection) => ready.push(collection),
                // The way is blocked for all of them: what came so far waits for the next sync.
                Err(Error::Fetch(trouble @ Trouble::Net(_))) => {
                    return Ok(Outcome { trouble: Some(trouble), current: false });
                }
                // One office's broken file does not keep the others' away.
                Err(Error::Fetch(trouble)) => _ = refused.get_or_insert(trouble),
                Err(other) => return Err(other),
            }
        }
        let timestamp = client.timestamp();
        let facts = Facts {
            generation: began.generation,
            issued_at: timestamp.and_then(|t| t.issued),
            contact_at: if stale { began.contact_at } else { Some(phone.clock()) },
            expires_at: timestamp.map(|t| t.common.expires),
        };
        progress(Progress::Storing);
        let refused = self.swap(&cache, &content::listed(&targets), &ready, refused, facts)?;
        let current = refused.is_none() && !stale;
        Ok(Outcome { trouble: refused, current })
    }

    /// Brings the metadata up to date. One office's metadata that is refused is told, and keeps no other away.
    async fn refresh(
        &mut self,
        client: &mut Client<MemoryStore>,
    ) -> Result<(Refreshed, Option<Trouble>), Trouble> {
        let mut fetch = MetadataOf::new(&mut self.wire);
        let refreshed = match client.refresh(&mut fetch).await {
            Ok(refreshed) => refreshed,
            Err(error) => return Err(fetch.explain(error)),
        };
        match client.load_roles(&mut fetch).await {
            Ok(failures) => Ok((refreshed, failures.into_iter().next().map(|error| fetch.explain(error)))),
            Err(error) => Err(fetch.explain(error)),
        }
    }

    fn note_contact(&self, client: &Client<MemoryStore>) -> Result<(), Error> {
        let issued_at = client.timestamp().and_then(|t| t.issued).unwrap_or(Timestamp::UNIX_EPOCH);
        let state = SyncState { last_contact_at: self.phone.clock(), issued_at };
        Ok(self.phone.private().set_sync_state(&self.town.code, state)?)
    }

    /// Swaps in what is ready. When something was refused, the age stays that of what was whole.
    fn swap(
        &mut self,
        cache: &Cache,
        listed: &BTreeMap<String, String>,
        ready: &[Ready],
        mut refused: Option<Trouble>,
        facts: Facts,
    ) -> Result<Option<Trouble>, Error> {
        let code = &self.town.code;
        let mut incoming = Vec::with_capacity(ready.len());
        for r in ready {
            match Incoming::read(code, &r.path, &r.identity, &r.raw, &r.packed) {
                Ok(collection) => incoming.push(collection),
                Err(error) => _ = refused.get_or_insert(error.into()),
            }
        }
        let facts = match refused {
            Some(_) => Facts { generation: facts.generation, ..cache.facts()? },
            None => facts,
        };
        self.applied =
            cache.apply(&Change { incoming: &incoming, listed, facts, now: self.phone.clock() })?;
        let open = OpenTown { town: self.town.clone(), cache: Cache::open(self.phone.home(), code)? };
        if let Some(about) = open.about()? {
            self.phone.private().set_town_name(code, &about.name)?;
        }
        Ok(refused)
    }

    fn report(self, outcome: Outcome) -> Result<SyncResult, Error> {
        let cache = Cache::open(self.phone.home(), &self.town.code)?;
        let age = Age::at(cache.facts()?, self.phone.clock());
        let reach = match &outcome.trouble {
            None => Reach::Ok,
            Some(trouble) => match trouble.code() {
                "offline" => Reach::Offline,
                "unreachable" | "captive-portal" => Reach::Unreachable,
                _ => Reach::Ok,
            },
        };
        let refused = outcome.trouble.filter(|trouble| !trouble.is_reach());
        Ok(SyncResult {
            town: self.town.code.clone(),
            reach,
            fresh: outcome.current && age.is_fresh(),
            age_s: age.seconds(),
            requests: self.wire.requests,
            bytes: self.wire.bytes,
            changed: self.applied.changed.iter().map(|(kind, n)| (kind.name(), *n)).collect(),
            packs: None,
            doubt: self.doubt,
            error: refused.map(|t| ErrorReport { code: t.code(), message: t.to_string() }),
        })
    }
}
