//! Keys and signatures: ed25519, ECDSA P-256 and RSA-PSS, all by `ring`.

use std::collections::BTreeMap;

use ring::signature::{self, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use spki::der::DecodePem;

use crate::canonical::canonical;
use crate::encoding::{hex, sha256, unhex};

/// A public key as it stands in metadata. One of an unknown type is kept and never verifies anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicKey {
    /// `ed25519`, `ecdsa` or `rsa`.
    pub keytype: String,
    /// `ed25519`, `ecdsa-sha2-nistp256` or `rsassa-pss-sha256`.
    pub scheme: String,
    /// The key itself.
    pub keyval: KeyVal,
    /// What else stands there; part of what is signed.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// The public half.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyVal {
    /// Hexadecimal for ed25519, PEM for the others.
    pub public: String,
    /// What else stands there.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

impl PublicKey {
    /// The key's name: SHA-256 of its canonical form (TUF specification §4.2).
    pub fn id(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or(Value::Null);
        sha256(&canonical(&value).unwrap_or_default())
    }

    /// Whether `signature` is this key's over `message`. False for whatever cannot be read.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let public = &self.keyval.public;
        let checked = |algorithm: &'static dyn signature::VerificationAlgorithm, key: Option<Vec<u8>>| {
            key.is_some_and(|key| UnparsedPublicKey::new(algorithm, key).verify(message, signature).is_ok())
        };
        match (self.keytype.as_str(), self.scheme.as_str()) {
            ("ed25519", "ed25519") => checked(&signature::ED25519, unhex(public)),
            // Old repositories write the curve into the type, and the point as hexadecimal.
            ("ecdsa" | "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") => {
                checked(&signature::ECDSA_P256_SHA256_ASN1, from_pem(public).or_else(|| unhex(public)))
            }
            ("rsa", "rsassa-pss-sha256") => checked(&signature::RSA_PSS_2048_8192_SHA256, from_pem(public)),
            _ => false,
        }
    }
}

/// The key bits inside a PEM `PUBLIC KEY`: a point for EC, a PKCS#1 key for RSA, just as `ring` wants them.
fn from_pem(pem: &str) -> Option<Vec<u8>> {
    let info = spki::SubjectPublicKeyInfoOwned::from_pem(pem.trim()).ok()?;
    info.subject_public_key.as_bytes().map(<[u8]>::to_vec)
}

/// A signature in metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Whose.
    pub keyid: String,
    /// Hexadecimal.
    pub sig: String,
}

/// A private key (ed25519). Its `Debug` shows the public half only.
pub struct SigningKey {
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

/// Why a key file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a key file.
    #[error("this is no key file: {0}")]
    Format(String),
    /// The machine has no randomness.
    #[error("no randomness to be had")]
    Randomness,
}

/// A private key as it lies in its file.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    keytype: String,
    private: String,
    public: String,
}

impl SigningKey {
    /// A new key from the machine's randomness.
    pub fn generate() -> Result<Self, KeyError> {
        let random = ring::rand::SystemRandom::new();
        let mut seed = [0u8; 32];
        ring::rand::SecureRandom::fill(&random, &mut seed).map_err(|_| KeyError::Randomness)?;
        Self::from_seed(seed)
    }

    /// The key of a seed. The same seed gives the same key.
    pub fn from_seed(seed: [u8; 32]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed)
            .map_err(|_| KeyError::Format("not an ed25519 seed".into()))?;
        Ok(SigningKey { seed, pair })
    }

    /// Reads a key file.
    pub fn from_json(bytes: &[u8]) -> Result<Self, KeyError> {
        let file: KeyFile = serde_json::from_slice(bytes).map_err(|e| KeyError::Format(e.to_string()))?;
        if file.keytype != "ed25519" {
            return Err(KeyError::Format(format!("keytype {:?}, expected ed25519", file.keytype)));
        }
        let seed = unhex(&file.private).and_then(|seed| <[u8; 32]>::try_from(seed).ok());
        let key = Self::from_seed(seed.ok_or_else(|| KeyError::Format("private: 64 hex digits".into()))?)?;
        if hex(key.pair.public_key().as_ref()) != file.public {
            return Err(KeyError::Format("the public half does not belong to the private half".into()));
        }
        Ok(key)
    }

    /// The key as a file: keep it readable for its owner only.
    pub fn to_json(&self) -> Vec<u8> {
        let public = hex(self.pair.public_key().as_ref());
        let file = json!({"keytype": "ed25519", "private": hex(&self.seed), "public": public});
        format!("{file:#}\n").into_bytes()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey {
            keytype: "ed25519".into(),
            scheme: "ed25519".into(),
            keyval: KeyVal { public: hex(self.pair.public_key().as_ref()), extra: BTreeMap::new() },
            extra: BTreeMap::new(),
        }
    }

    /// Signs `message`.
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature { keyid: self.public().id(), sig: hex(self.pair.sign(message).as_ref()) }
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SigningKey").field(&self.public().id()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_and_key_only() {
        let (key, other) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        let sig = unhex(&key.sign(b"evacuate").sig).unwrap();
        assert!(key.public().verifies(b"evacuate", &sig));
        assert!(!key.public().verifies(b"stay", &sig));
        assert!(!other.public().verifies(b"evacuate", &sig));
        let mut unknown = key.public();
        unknown.scheme = "rot13".into();
        assert!(!unknown.verifies(b"evacuate", &sig));
    }

    #[test]
    fn a_key_file_goes_there_and_back_and_hides_itself_from_logs() {
        let key = SigningKey::generate().unwrap();
        let again = SigningKey::from_json(&key.to_json()).unwrap();
        assert_eq!(again.public(), key.public());
        assert!(!format!("{key:?}").contains(&hex(&key.seed)));
        assert!(SigningKey::from_json(b"{}").is_err());
    }
}
