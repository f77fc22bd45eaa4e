//! From trusted targets to collections that are ready to be swapped in.

use std::collections::BTreeMap;

use madoguchi_bundle::client::TargetInfo;
use madoguchi_bundle::encoding::sha256;
use madoguchi_bundle::metadata::{Patch, TargetCustom};
use madoguchi_bundle::{compress, limits, patch, path};
use madoguchi_model::{CollectionKind, is_pack_path};

use super::download::File;
use super::{Progress, Trouble, Wire, download};
use crate::Error;
use crate::cache::Cache;

/// zstd's level for what is packed on the phone: a patched collection is packed anew, at once and on little power.
const LEVEL: i32 = 3;

/// A collection or a pack that was fetched and is what was signed.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(super) path: String,
    pub(super) identity: String,
    pub(crate) raw: Vec<u8>,
    /// As it is kept; nothing for a pack, which is kept as it is read.
    pub(super) packed: Vec<u8>,
}

/// What a collection is known by once it is stored: the hash of its content, or where the bundle does not tell that,
/// of the file.
fn identity(target: &TargetInfo) -> String {
    match target.target.collection() {
        Some(custom) => custom.raw.sha256,
        None => format!("packed:{}", target.target.hash().unwrap_or_default()),
    }
}

/// Every file of the town with its hash.
pub(super) fn listed(targets: &[TargetInfo]) -> BTreeMap<String, String> {
    let hash = |target: &TargetInfo| target.target.hash().unwrap_or_default().to_owned();
    targets.iter().map(|target| (target.path.clone(), hash(target))).collect()
}

/// The collections that are not stored as they should be. Alerts first: they are small, and what counts most.
pub(super) fn changed<'t>(
    targets: &'t [TargetInfo],
    stored: &BTreeMap<String, String>,
) -> Vec<&'t TargetInfo> {
    let kind = |target: &TargetInfo| CollectionKind::of_target_path(&target.path).map(|(kind, _)| kind);
    let mut changed: Vec<&TargetInfo> = targets
        .iter()
        .filter(|target| kind(target).is_some() && stored.get(&target.path) != Some(&identity(target)))
        .collect();
    changed.sort_by_key(|target| (kind(target) != Some(CollectionKind::Alerts), target.target.length));
    changed
}

/// Every download that may still be of use: of listed files, and of patches to them.
pub(super) fn wanted_downloads(targets: &[TargetInfo]) -> Vec<String> {
    let patches = |t: &TargetInfo| t.target.collection().map(|c| c.patches).unwrap_or_default();
    let hashes = targets.iter().filter_map(|t| t.target.hash().map(Into::into));
    hashes.chain(targets.iter().flat_map(patches).map(|patch| patch.sha256)).collect()
}

/// Fetches one collection or pack: by patch where what is stored leads to it, else whole.
pub(crate) async fn obtain(
    cache: &Cache,
    wire: &mut Wire<'_>,
    target: &TargetInfo,
    consistent: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ready, Error> {
    let custom = target.target.collection();
    if let Some(custom) = &custom
        && let Some((patch, stored)) = fitting(cache, target, custom)?
    {
        match patched(cache, wire, target, custom, &patch, stored, progress).await {
            // A patch that is missing or does not lead there costs its bytes and no more.
            Err(Error::Fetch(trouble)) if !passes_through(&trouble) => {}
            other => return other,
        }
    }
    let Some(hash) = target.target.hash() else { return Err(Trouble::Hash(target.path.clone()).into()) };
    if target.target.length > limits::COLLECTION_COMPRESSED {
        return Err(Trouble::TooLarge(target.path.clone()).into());
    }
    let location = format!("targets/{}", path::quote_path(&target.location(consistent)));
    let file = File { path: &location, length: target.target.length, sha256: hash, data: true };
    let packed = fetched(cache, wire, target, file, progress).await?;
    let max = custom.as_ref().map_or(limits::COLLECTION, |custom| custom.raw.length.min(limits::COLLECTION));
    let raw = compress::decompress(&packed, max).map_err(|error| match error {
        compress::CompressError::TooLarge { .. } => Trouble::TooLarge(target.path.clone()),
        compress::CompressError::Damaged(_) => Trouble::Hash(target.path.clone()),
    })?;
    if custom.is_some_and(|custom| !is(&custom, &raw)) {
        return Err(Trouble::Hash(target.path.clone()).into());
    }
    Ok(Ready { path: target.path.clone(), identity: identity(target), raw, packed })
}

/// Would the next attempt by another way meet the same?
fn passes_through(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Net(_))
}

fn is(custom: &TargetCustom, raw: &[u8]) -> bool {
    custom.raw.length == raw.len() as u64 && custom.raw.sha256 == sha256(raw)
}

/// A patch from what is stored, with what is stored, unless the whole is as small.
fn fitting(
    cache: &Cache,
    target: &TargetInfo,
    custom: &TargetCustom,
) -> Result<Option<(Patch, Vec<u8>)>, Error> {
    let leads = |patch: &&Patch, stored: &str| {
        patch.from.len() >= 16 && stored.starts_with(&patch.from) && patch.length < target.target.length
    };
    let fits = |stored: &str| custom.patches.iter().find(|patch| leads(patch, stored)).cloned();
    if is_pack_path(&target.path) {
        let packs = cache.packs()?;
        let Some(stored) = packs.get(&target.path) else { return Ok(None) };
        let Some(patch) = fits(&stored.raw_sha256) else { return Ok(None) };
        return Ok(Some((patch, cache.whole_pack(stored)?)));
    }
    let stored = cache.collections()?;
    let Some(patch) = stored.get(&target.path).and_then(|stored| fits(stored)) else { return Ok(None) };
    let (packed, length) = cache.packed_collection(&target.path)?;
    Ok(compress::decompress(&packed, length).ok().map(|old| (patch, old)))
}

async fn patched(
    cache: &Cache,
    wire: &mut Wire<'_>,
    target: &TargetInfo,
    custom: &TargetCustom,
    patch: &Patch,
    old: Vec<u8>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ready, Error> {
    let location = format!("targets/{}", path::patch(&patch.sha256));
    let file = File { path: &location, length: patch.length, sha256: &patch.sha256, data: true };
    let bytes = fetched(cache, wire, target, file, progress).await?;
    let wrong = || Error::from(Trouble::Hash(location.clone()));
    let raw = patch::apply(&old, &bytes, custom.raw.length.min(limits::COLLECTION)).map_err(|_| wrong())?;
    drop(old);
    if !is(custom, &raw) {
        return Err(wrong());
    }
    let packed = match is_pack_path(&target.path) {
        true => Vec::new(),
        false => zstd::bulk::compress(&raw, LEVEL).map_err(|_| wrong())?,
    };
    Ok(Ready { path: target.path.clone(), identity: identity(target), raw, packed })
}

async fn fetched(
    cache: &Cache,
    wire: &mut Wire<'_>,
    target: &TargetInfo,
    file: File<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<u8>, Error> {
    let (collection, total) = (target.path.clone(), file.length);
    progress(Progress::Begun { collection: collection.clone(), total });
    let mut got = |bytes| progress(Progress::Got { collection: collection.clone(), bytes, total });
    let bytes = download(cache, wire, file, &mut got).await?;
    progress(Progress::Fetched { collection });
    Ok(bytes)
}
