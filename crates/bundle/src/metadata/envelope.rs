use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Metadata, Role};
use crate::canonical::{NotWhole, canonical};
use crate::encoding::unhex;
use crate::key::{PublicKey, Signature, SigningKey};

/// Metadata with its signatures, as it lies in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// The signatures, one a key.
    pub signatures: Vec<Signature>,
    /// What is signed, with every field that stands there.
    pub signed: Value,
}

/// Why metadata is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Not JSON of the right shape.
    #[error("not metadata: {0}")]
    Json(#[from] serde_json::Error),
    /// Has no canonical form.
    #[error(transparent)]
    NotWhole(#[from] NotWhole),
    /// A key signed twice, which the specification forbids.
    #[error("key {0} signed twice")]
    DuplicateSignature(String),
    /// Fewer valid signatures than needed.
    #[error("{found} valid signatures of {needed}")]
    Threshold {
        /// How many keys signed validly.
        found: usize,
        /// How many must.
        needed: u64,
    },
    /// Another kind of metadata, or another specification.
    #[error("expected {expected}, found {found}")]
    Kind {
        /// What it should be.
        expected: &'static str,
        /// What it says it is.
        found: String,
    },
}

impl Envelope {
    /// Reads an envelope, without trusting it.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let envelope: Envelope = serde_json::from_slice(bytes)?;
        let mut seen = BTreeSet::new();
        for signature in &envelope.signatures {
            if !seen.insert(signature.keyid.as_str()) {
                return Err(EnvelopeError::DuplicateSignature(signature.keyid.chars().take(80).collect()));
            }
        }
        Ok(envelope)
    }

    /// Signs `metadata`. The signatures come in the order of the keys.
    pub fn sign<M: Metadata>(metadata: &M, keys: &[&SigningKey]) -> Result<Self, EnvelopeError> {
        let signed = serde_json::to_value(metadata)?;
        let message = canonical(&signed)?;
        Ok(Envelope { signatures: keys.iter().map(|key| key.sign(&message)).collect(), signed })
    }

    /// The envelope as the file that is served: minified, ordered.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EnvelopeError> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Checks that enough of the role's keys signed.
    ///
    /// Keys are counted by what they are, not by how they are called: the same key under two names counts once.
    /// A signature that cannot be read, or of a key that is not the role's, is as if it were not there.
    pub fn verify(&self, role: &Role, keys: &BTreeMap<String, PublicKey>) -> Result<(), EnvelopeError> {
        let message = canonical(&self.signed)?;
        let mut valid = BTreeSet::new();
        for signature in self.signatures.iter().filter(|s| role.keyids.contains(&s.keyid)) {
            if let (Some(key), Some(sig)) = (keys.get(&signature.keyid), unhex(&signature.sig))
                && key.verifies(&message, &sig)
            {
                valid.insert(key.keyval.public.trim());
            }
        }
        if role.threshold == 0 || (valid.len() as u64) < role.threshold {
            return Err(EnvelopeError::Threshold { found: valid.len(), needed: role.threshold });
        }
        Ok(())
    }

    /// Reads what is signed. Call [`Envelope::verify`] first, or know why not.
    pub fn read<M: Metadata>(&self) -> Result<M, EnvelopeError> {
        let kind =
            |found: &str| EnvelopeError::Kind { expected: M::TYPE, found: found.chars().take(40).collect() };
        let field = |name: &str| self.signed.get(name).and_then(Value::as_str).unwrap_or_default();
        if field("_type") != M::TYPE {
            return Err(kind(field("_type")));
        }
        if !field("spec_version").starts_with("1.") {
            return Err(kind(field("spec_version")));
        }
        Ok(M::deserialize(&self.signed)?)
    }
}
