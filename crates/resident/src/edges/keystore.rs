use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use ring::rand::{SecureRandom, SystemRandom};

/// 256 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The length in bytes.
    pub const LEN: usize = 32;

    /// A new one.
    pub fn random() -> Result<Self, KeyError> {
        let mut bytes = [0; Key::LEN];
        SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::Failed("no random numbers".into()))?;
        Ok(Key(bytes))
    }

    /// The bytes themselves.
    pub fn bytes(&self) -> &[u8; Key::LEN] {
        &self.0
    }
}

impl From<[u8; Key::LEN]> for Key {
    fn from(bytes: [u8; Key::LEN]) -> Self {
        Key(bytes)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Why there is no key to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// This device has no store of keys, and no passphrase was given.
    #[error("there is no key store here, and no passphrase")]
    NoStore,
    /// There is one, and it is locked.
    #[error("the key store is locked")]
    Locked,
    /// Anything else.
    #[error("the key store: {0}")]
    Failed(String),
}

/// Keeps keys by name, somewhere else than what they encrypt. Never in a plain file.
pub trait KeyStore: Send + Sync {
    /// The key of this name; none when there is none, or none any more.
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError>;
    /// Makes the key of this name, unless there is one, and tells it.
    fn make(&self, name: &str) -> Result<Key, KeyError>;
    /// Forgets the key of this name: whatever is left of what it encrypted is noise from then on.
    fn forget(&self, name: &str) -> Result<(), KeyError>;
}

/// One store for several phones.
impl<K: KeyStore + ?Sized> KeyStore for std::sync::Arc<K> {
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError> {
        (**self).find(name)
    }

    fn make(&self, name: &str) -> Result<Key, KeyError> {
        (**self).make(name)
    }

    fn forget(&self, name: &str) -> Result<(), KeyError> {
        (**self).forget(name)
    }
}

/// Where there is no store at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeys;

impl KeyStore for NoKeys {
    fn find(&self, _: &str) -> Result<Option<Key>, KeyError> {
        Err(KeyError::NoStore)
    }

    fn make(&self, _: &str) -> Result<Key, KeyError> {
        Err(KeyError::NoStore)
    }

    fn forget(&self, _: &str) -> Result<(), KeyError> {
        Err(KeyError::NoStore)
    }
}

/// Keys that last as long as this value: for tests.
#[derive(Debug, Default)]
pub struct MemoryKeys(Mutex<BTreeMap<String, Key>>);

impl KeyStore for MemoryKeys {
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn make(&self, name: &str) -> Result<Key, KeyError> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = keys.get(name) {
            return Ok(key.clone());
        }
        let key = Key::random()?;
        keys.insert(name.into(), key.clone());
        Ok(key)
    }

    fn forget(&self, name: &str) -> Result<(), KeyError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_shows_itself_to_nobody() {
        let keys = MemoryKeys::default();
        assert_eq!(keys.find("a").unwrap(), None);
        let key = keys.make("a").unwrap();
        assert_eq!((keys.make("a").unwrap(), keys.find("a").unwrap()), (key.clone(), Some(key.clone())));
        assert_ne!(keys.make("b").unwrap(), key);
        assert_eq!(format!("{key:?}"), "Key(..)");
        keys.forget("a").unwrap();
        assert_eq!(keys.find("a").unwrap(), None);
        assert_eq!(NoKeys.make("a").unwrap_err(), KeyError::NoStore);
    }
}
