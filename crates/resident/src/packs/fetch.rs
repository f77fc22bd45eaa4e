use madoguchi_model::TownCode;
use serde::Serialize;

use super::listed::{Listed, Newest, listed, newest};
use super::room::{self, Room};
use crate::cache::{Cache, NewPack};
use crate::edges::Net;
use crate::sync::{ErrorReport, Progress, Trouble, Wire, obtain};
use crate::{Error, OpenTown, Phone};

/// What came of fetching packs.
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PackReport {
    /// Packs that came.
    pub fetched: u64,
    /// Packs that are here as the town has them now.
    pub ready: u64,
    /// Packs that are not, or only an earlier version of them.
    pub missing: u64,
    /// Those of them that only a newer app reads. They are not asked for, and that is no error.
    pub newer: u64,
    /// Requests sent.
    pub requests: u64,
    /// Bytes of bodies as they came over the wire.
    pub bytes: u64,
    /// Why the first of those did not come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorReport>,
    /// The room that is needed, where there is too little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
}

/// Fetches every pack that is not here as the town has it, the small ones first. One that does not come keeps no other
/// away, unless the way is blocked for all or there is no room; the version that is here answers until then.
pub async fn fetch(
    phone: &Phone,
    net: &dyn Net,
    named: Option<&TownCode>,
    progress: &mut dyn FnMut(Progress),
) -> Result<PackReport, Error> {
    let town = phone.town(named)?;
    let open = OpenTown { cache: Cache::open(phone.home(), &town.code)?, town };
    let (newest, consistent) = newest(phone, &open)?;
    let mut wanted = listed(&open)?;
    wanted.sort_by_key(|listed| listed.bytes);
    let mut wire = Wire::new(net, &open.town.url);
    let mut report = PackReport::default();
    let (mut blocked, mut full, mut missing) = (false, false, Vec::new());
    for pack in &wanted {
        let Some(new) = newest.get(&pack.path) else {
            report.missing += 1;
            continue;
        };
        if !pack.readable {
            report.newer += 1;
            report.missing += 1;
            continue;
        }
        if pack.stored.as_ref().is_some_and(|stored| stored.raw_sha256 == new.raw_sha256) {
            open.cache.renew_pack_line(&pack.path, &pack.line, &pack.source)?;
            report.ready += 1;
            continue;
        }
        if !blocked && !full {
            match one(phone, &open, &mut wire, pack, new, consistent, progress).await {
                Ok(()) => {
                    report.fetched += 1;
                    report.ready += 1;
                    continue;
                }
                Err(error) => {
                    blocked = matches!(error, Error::Fetch(Trouble::Net(_)));
                    full = error.code() == "no-room";
                    if !full && !matches!(error, Error::Fetch(_)) {
                        return Err(error);
                    }
                    let told = ErrorReport { code: error.code(), message: error.to_string() };
                    // Of several, room is what the resident can do something about.
                    match full {
                        true => report.error = Some(told),
                        false => _ = report.error.get_or_insert(told),
                    }
                }
            }
        }
        report.missing += 1;
        missing.push(new);
    }
    if full {
        let needed = room::needed(&open.cache, &missing)?;
        report.room = Some(Room { needed, free: phone.home().free_bytes() });
    }
    (report.requests, report.bytes) = (wire.requests, wire.bytes);
    progress(Progress::Done);
    Ok(report)
}

/// Fetches one pack and puts it in the place of the one that is here.
async fn one(
    phone: &Phone,
    open: &OpenTown,
    wire: &mut Wire<'_>,
    pack: &Listed,
    new: &Newest,
    consistent: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Error> {
    room::check(phone, &open.cache, new)?;
    let ready = obtain(&open.cache, wire, &new.target, consistent, progress).await?;
    progress(Progress::Storing);
    let keep = NewPack {
        path: &pack.path,
        raw_sha256: &new.raw_sha256,
        raw: &ready.raw,
        line: &pack.line,
        source: &pack.source,
    };
    Ok(open.cache.keep_pack(&keep, &downloads(new))?)
}

/// What lies among the downloads for the sake of this pack.
fn downloads(new: &Newest) -> Vec<&str> {
    let patches = new.patches.iter().map(|patch| patch.sha256.as_str());
    new.target.target.hash().into_iter().chain(patches).collect()
}
