use super::{Client, ClientError, Expiry, MetadataFetch, MetadataStore, Refreshed, Refusal, Stale};
use crate::limits;
use crate::metadata::{Common, Envelope, MetaFile, Metadata, Snapshot, Targets, Timestamp};

impl<S: MetadataStore> Client<S> {
    /// §5.2–5.6: brings root, timestamp, snapshot and the town's targets up to date. Costs two requests when nothing
    /// changed: the next root, which is not there, and the timestamp.
    pub async fn refresh(&mut self, fetch: &mut impl MetadataFetch) -> Result<Refreshed, ClientError> {
        self.refresh_root(fetch).await?;
        let mut refreshed = Refreshed::default();
        if let Some(stale) = self.refresh_timestamp(fetch, &mut refreshed).await? {
            refreshed.refused_stale = Some(stale);
            return Ok(refreshed);
        }
        if let Some(stale) = self.refresh_snapshot(fetch).await? {
            refreshed.refused_stale = Some(stale);
            return Ok(refreshed);
        }
        self.refresh_targets(fetch).await?;
        Ok(refreshed)
    }

    async fn refresh_timestamp(
        &mut self,
        fetch: &mut impl MetadataFetch,
        refreshed: &mut Refreshed,
    ) -> Result<Option<Stale>, ClientError> {
        let name = "timestamp.json";
        let (bytes, new) = self.fetch_verified::<Timestamp>(fetch, name, limits::TIMESTAMP, None).await?;
        let Some(snapshot) = new.meta.get("snapshot.json") else {
            return Err(ClientError::refused(name, Refusal::Missing("snapshot.json".into())));
        };
        let Some(known) = &self.timestamp else {
            if let Some(refusal) = self.too_late(&new.common) {
                return Err(ClientError::refused(name, refusal));
            }
            return self.take_timestamp(&bytes, new, refreshed);
        };
        rollback(name, new.common.version, known.common.version)?;
        if new.common.version == known.common.version {
            // §5.4.3.1: nothing new, and what is known stays, whatever else the answer says.
            return match self.too_late(&known.common) {
                Some(refusal) => Err(ClientError::refused(name, refusal)),
                None => Ok(None),
            };
        }
        if let Some(known) = known.meta.get("snapshot.json") {
            rollback(name, snapshot.version, known.version)?;
        }
        match self.too_late(&new.common) {
            Some(refusal) => Err(ClientError::refused(name, refusal)),
            None if new.common.expires <= self.now => {
                Ok(Some(Stale { role: Timestamp::TYPE.into(), expired_at: new.common.expires }))
            }
            None => self.take_timestamp(&bytes, new, refreshed),
        }
    }

    fn take_timestamp(
        &mut self,
        bytes: &[u8],
        new: Timestamp,
        refreshed: &mut Refreshed,
    ) -> Result<Option<Stale>, ClientError> {
        self.store.store("timestamp.json", bytes)?;
        self.timestamp = Some(new);
        refreshed.newer = true;
        Ok(None)
    }

    async fn refresh_snapshot(
        &mut self,
        fetch: &mut impl MetadataFetch,
    ) -> Result<Option<Stale>, ClientError> {
        let announced = self.timestamp.as_ref().and_then(|t| t.meta.get("snapshot.json")).cloned();
        let announced = announced
            .ok_or_else(|| ClientError::refused("snapshot.json", Refusal::Missing("snapshot.json".into())))?;
        if let Some(known) = &self.snapshot
            && known.common.version == announced.version
            && self.stored_fits("snapshot.json", &announced)?
        {
            return match self.too_late(&known.common) {
                Some(refusal) => Err(ClientError::refused("snapshot.json", refusal)),
                None => Ok(None),
            };
        }
        let name = self.versioned("snapshot", announced.version);
        let (bytes, new) =
            self.fetch_verified::<Snapshot>(fetch, &name, limits::SNAPSHOT, Some(&announced)).await?;
        if let Some(known) = &self.snapshot {
            for (file, meta) in &known.meta {
                let Some(new) = new.meta.get(file) else {
                    return Err(ClientError::refused(&name, Refusal::Missing(file.clone())));
                };
                rollback(file, new.version, meta.version)?;
            }
        }
        if let Some(refusal) = self.too_late(&new.common) {
            return Err(ClientError::refused(&name, refusal));
        }
        if new.common.expires <= self.now && self.snapshot.is_some() {
            return Ok(Some(Stale { role: Snapshot::TYPE.into(), expired_at: new.common.expires }));
        }
        self.store.store("snapshot.json", &bytes)?;
        self.snapshot = Some(new);
        Ok(None)
    }

    async fn refresh_targets(&mut self, fetch: &mut impl MetadataFetch) -> Result<(), ClientError> {
        let announced = self.announced("targets")?;
        if let Some(known) = &self.targets
            && known.common.version == announced.version
            && self.stored_fits("targets.json", &announced)?
        {
            return match self.too_late(&known.common) {
                Some(refusal) => Err(ClientError::refused("targets.json", refusal)),
                None => Ok(()),
            };
        }
        let name = self.versioned("targets", announced.version);
        let (bytes, new) =
            self.fetch_verified::<Targets>(fetch, &name, limits::TARGETS, Some(&announced)).await?;
        // Stale targets under a fresh snapshot are the current ones, only that nobody published for long.
        if let Some(refusal) = self.too_late(&new.common) {
            return Err(ClientError::refused(&name, refusal));
        }
        self.store.store("targets.json", &bytes)?;
        self.targets = Some(new);
        Ok(())
    }

    /// What the snapshot says of a role.
    pub(super) fn announced(&self, role: &str) -> Result<MetaFile, ClientError> {
        let file = format!("{role}.json");
        let meta = self.snapshot.as_ref().and_then(|snapshot| snapshot.meta.get(&file));
        meta.cloned().ok_or_else(|| ClientError::refused("snapshot.json", Refusal::Missing(file)))
    }

    /// The name under which a version of a role's metadata is asked for.
    pub(super) fn versioned(&self, role: &str, version: u64) -> String {
        let quoted = crate::path::quote(role);
        if self.root.consistent_snapshot {
            format!("{version}.{quoted}.json")
        } else {
            format!("{quoted}.json")
        }
    }

    /// In strict mode, the refusal of what has expired.
    pub(super) fn too_late(&self, common: &Common) -> Option<Refusal> {
        let strict = self.expiry == Expiry::Strict;
        (strict && common.expires <= self.now).then_some(Refusal::Expired { at: common.expires })
    }

    pub(super) fn stored_fits(&self, file: &str, announced: &MetaFile) -> Result<bool, ClientError> {
        Ok(self.store.load(file)?.is_some_and(|bytes| announced.fits(&bytes)))
    }

    /// Fetches a top-level file and checks everything but its relation to what is known.
    async fn fetch_verified<M: Metadata>(
        &self,
        fetch: &mut impl MetadataFetch,
        name: &str,
        max: u64,
        announced: Option<&MetaFile>,
    ) -> Result<(Vec<u8>, M), ClientError> {
        let max = announced.and_then(|meta| meta.length).map_or(max, |length| length.min(max));
        let bytes = fetch.fetch(name, max).await.map_err(|error| ClientError::fetch(name, error))?;
        if bytes.len() as u64 > max {
            return Err(ClientError::fetch(name, super::FetchError::TooLarge { max }));
        }
        if announced.is_some_and(|meta| !meta.fits(&bytes)) {
            return Err(ClientError::refused(name, Refusal::Hash));
        }
        let refused = |e| ClientError::refused(name, e);
        let envelope = Envelope::parse(&bytes).map_err(refused)?;
        envelope.verify(&self.root.role(M::TYPE), &self.root.keys).map_err(refused)?;
        let metadata: M = envelope.read().map_err(refused)?;
        let found = metadata.common().version;
        if let Some(expected) = announced.map(|meta| meta.version).filter(|version| *version != found) {
            return Err(ClientError::refused(name, Refusal::Version { found, expected }));
        }
        Ok((bytes, metadata))
    }
}

fn rollback(name: &str, found: u64, known: u64) -> Result<(), ClientError> {
    if found < known {
        return Err(ClientError::refused(name, Refusal::Rollback { found, known }));
    }
    Ok(())
}
