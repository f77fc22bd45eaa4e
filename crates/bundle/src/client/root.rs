use super::{Client, ClientError, Expiry, FetchError, MetadataFetch, MetadataStore, Refusal};
use crate::limits;
use crate::metadata::{Envelope, Metadata, Root};

/// Reads a root that vouches for itself: the one handed over at the beginning.
pub(super) fn self_signed(bytes: &[u8]) -> Result<Root, ClientError> {
    let refused = |e| ClientError::refused("root.json", e);
    let envelope = Envelope::parse(bytes).map_err(refused)?;
    let root: Root = envelope.read().map_err(refused)?;
    envelope.verify(&root.role(Root::TYPE), &root.keys).map_err(refused)?;
    Ok(root)
}

impl<S: MetadataStore> Client<S> {
    /// §5.3: follows the chain of roots, each signed by the one before and by itself, until there is no next.
    pub(super) async fn refresh_root(&mut self, fetch: &mut impl MetadataFetch) -> Result<(), ClientError> {
        let before = (self.root.role("timestamp"), self.root.role("snapshot"));
        for _ in 0..limits::ROOT_ROTATIONS {
            let next = self.root.common.version.saturating_add(1);
            let name = format!("{next}.root.json");
            let bytes = match fetch.fetch(&name, limits::ROOT).await {
                Ok(bytes) => bytes,
                Err(FetchError::NotFound) => break,
                Err(error) => return Err(ClientError::fetch(&name, error)),
            };
            let refused = |e| ClientError::refused(&name, e);
            let envelope = Envelope::parse(&bytes).map_err(refused)?;
            envelope.verify(&self.root.role(Root::TYPE), &self.root.keys).map_err(refused)?;
            let root: Root = envelope.read().map_err(refused)?;
            envelope.verify(&root.role(Root::TYPE), &root.keys).map_err(refused)?;
            let found = root.common.version;
            if found != next {
                return Err(ClientError::refused(&name, Refusal::Version { found, expected: next }));
            }
            // A root may change everything but the town that it is for.
            if self.root.town.is_some() && root.town != self.root.town {
                return Err(ClientError::refused(&name, Refusal::Missing("x-madoguchi-town".into())));
            }
            self.store.store("root.json", &bytes)?;
            self.root = root;
        }
        // §5.3.10: an expired root is kept, and nothing follows from it.
        let expires = self.root.common.expires;
        if expires <= self.now && self.expiry == Expiry::Strict {
            return Err(ClientError::refused("root.json", Refusal::Expired { at: expires }));
        }
        // §5.3.11: recovery from a fast-forward attack. New keys, new memory.
        if before != (self.root.role("timestamp"), self.root.role("snapshot")) {
            self.store.remove("timestamp.json")?;
            self.store.remove("snapshot.json")?;
        }
        self.load_local()
    }
}
