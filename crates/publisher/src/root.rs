//! Making roots: the first one, and the next one when a key changes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp as Instant};
use madoguchi_bundle::key::{PublicKey, SigningKey};
use madoguchi_bundle::metadata::{Common, Envelope, Extra, Role, Root};
use madoguchi_model::TownCode;

use crate::error::PublishError;
use crate::keys::ROOT_THRESHOLD;

/// A root is renewed every other year, with the safe open.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 365 * 2);

/// The keys that a root names.
pub struct RootKeys {
    /// The keys that sign roots.
    pub root: Vec<PublicKey>,
    /// The town's own key.
    pub targets: PublicKey,
    /// The server's key.
    pub online: PublicKey,
}

/// A root of version `version` over these keys.
pub fn root(town: &TownCode, version: u64, keys: &RootKeys, now: Instant) -> Root {
    let role = |keys: &[&PublicKey], threshold| Role {
        keyids: keys.iter().map(|key| key.id()).collect(),
        threshold,
        extra: Extra::new(),
    };
    let root_keys: Vec<&PublicKey> = keys.root.iter().collect();
    let all = keys.root.iter().chain([&keys.targets, &keys.online]);
    Root {
        common: Common::new("root", version, now + LIFE),
        consistent_snapshot: true,
        keys: all.map(|key| (key.id(), key.clone())).collect::<BTreeMap<_, _>>(),
        roles: BTreeMap::from([
            ("root".into(), role(&root_keys, ROOT_THRESHOLD)),
            ("targets".into(), role(&[&keys.targets], 1)),
            ("snapshot".into(), role(&[&keys.online], 1)),
            ("timestamp".into(), role(&[&keys.online], 1)),
        ]),
        town: Some(town.to_string()),
        extra: Extra::new(),
    }
}

/// Signs a root, and makes sure that phones which trust `before` will take it.
pub fn sign(root: &Root, before: Option<&Root>, keys: &[SigningKey]) -> Result<Vec<u8>, PublishError> {
    let signers: Vec<&SigningKey> = keys.iter().collect();
    let metadata = |error| PublishError::Metadata { path: "root.json".into(), error };
    let envelope = Envelope::sign(root, &signers).map_err(metadata)?;
    for judge in [Some(root), before].into_iter().flatten() {
        if envelope.verify(&judge.role("root"), &judge.keys).is_err() {
            return Err(PublishError::Refused(format!(
                "the new root needs {} of the root keys to sign; bring the folder with the root keys (--root-keys)",
                judge.role("root").threshold
            )));
        }
    }
    envelope.to_bytes().map_err(metadata)
}
