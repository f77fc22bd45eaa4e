//! Keys in the system's own store: Secret Service on Linux, the keychain of macOS and iOS, Windows' credentials, and on
//! Android preferences that a key of its Keystore encrypts.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyring_core::{CredentialStore, Entry, Error};
use madoguchi_resident::edges::{Key, KeyError, KeyStore};

/// Under which name the system lists what is ours.
const SERVICE: &str = "jp.madoguchi.app";
/// Whoever did not unlock the store is not asked again at each screen.
const PAUSE: Duration = Duration::from_secs(60);

/// Where this phone's keys are. On a desktop, `MADOGUCHI_PASSPHRASE` stands in for the system's store.
pub fn of(_home: &Path) -> Box<dyn KeyStore> {
    #[cfg(desktop)]
    if let Some(keys) = madoguchi_resident::native::PassphraseKeys::from_environment(_home) {
        return Box::new(keys);
    }
    Box::new(SystemKeys::default())
}

/// The system's store. It is looked for when a key is wanted: it may come later than the app.
#[derive(Default)]
pub struct SystemKeys(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    store: Option<Arc<CredentialStore>>,
    refused: Option<Instant>,
}

impl KeyStore for SystemKeys {
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError> {
        self.entry(name, read)
    }

    fn make(&self, name: &str) -> Result<Key, KeyError> {
        self.entry(name, |entry| {
            if let Some(key) = read(entry)? {
                return Ok(key);
            }
            let key = Key::random()?;
            entry.set_password(&hex(&key)).map_err(told)?;
            // What cannot be had again is not to be used: some stores take what they do not keep.
            match read(entry)? {
                Some(kept) if kept == key => Ok(key),
                _ => Err(KeyError::Failed("the key was not kept".into())),
            }
        })
    }

    fn forget(&self, name: &str) -> Result<(), KeyError> {
        self.entry(name, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) | Ok(()) => Ok(()),
            Err(error) => Err(told(error)),
        })
    }
}

impl SystemKeys {
    fn entry<T>(&self, name: &str, act: impl FnOnce(&Entry) -> Result<T, KeyError>) -> Result<T, KeyError> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.refused.is_some_and(|at| at.elapsed() < PAUSE) {
            return Err(KeyError::Locked);
        }
        let store = match &seen.store {
            Some(store) => Arc::clone(store),
            None => {
                let store = open().map_err(|_| KeyError::NoStore)?;
                seen.store = Some(Arc::clone(&store));
                store
            }
        };
        let done = Entry::new_in_store(&store, SERVICE, name).map_err(told).and_then(|entry| act(&entry));
        seen.refused = matches!(done, Err(KeyError::Locked)).then(Instant::now);
        done
    }
}

fn open() -> keyring_core::Result<Arc<CredentialStore>> {
    #[cfg(target_os = "android")]
    return Ok(android_native_keyring_store::Store::new()?);
    #[cfg(target_os = "ios")]
    return Ok(apple_native_keyring_store::protected::Store::new()?);
    #[cfg(target_os = "macos")]
    return Ok(apple_native_keyring_store::keychain::Store::new()?);
    #[cfg(target_os = "windows")]
    return Ok(windows_native_keyring_store::Store::new()?);
    #[cfg(not(any(target_os = "android", target_vendor = "apple", target_os = "windows")))]
    return Ok(zbus_secret_service_keyring_store::Store::new()?);
}

fn read(entry: &Entry) -> Result<Option<Key>, KeyError> {
    match entry.get_password() {
        Ok(text) => {
            unhex(&text).map(Some).ok_or_else(|| KeyError::Failed("what is kept there is no key".into()))
        }
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(told(error)),
    }
}

fn told(error: Error) -> KeyError {
    match error {
        Error::NoStorageAccess(_) => KeyError::Locked,
        // Never the bytes that such an error carries.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyError::Failed("what is kept there is no key".into())
        }
        other => KeyError::Failed(other.to_string()),
    }
}

/// As text: KDE's store takes nothing else.
fn hex(key: &Key) -> String {
    key.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Key> {
    let mut bytes = [0; Key::LEN];
    if text.len() != 2 * Key::LEN || !text.is_ascii() {
        return None;
    }
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> SystemKeys {
        let store = keyring_core::mock::Store::new().unwrap();
        SystemKeys(Mutex::new(Seen { store: Some(store), refused: None }))
    }

    /// What the next question to the store meets.
    fn fail(keys: &SystemKeys, error: Error) {
        let store = keys.0.lock().unwrap().store.clone().unwrap();
        let entry = Entry::new_in_store(&store, SERVICE, "household").unwrap();
        let mock = entry.as_any().downcast_ref::<keyring_core::mock::Cred>().unwrap();
        mock.set_error(error);
    }

    #[test]
    fn a_key_is_made_once_found_again_and_forgotten() {
        let keys = keys();
        assert_eq!(keys.find("household").unwrap(), None);
        let key = keys.make("household").unwrap();
        assert_eq!(
            (keys.make("household").unwrap(), keys.find("household").unwrap()),
            (key.clone(), Some(key))
        );
        keys.forget("household").unwrap();
        keys.forget("household").unwrap();
        assert_eq!(keys.find("household").unwrap(), None);
    }

    #[test]
    fn whoever_did_not_unlock_it_is_not_asked_at_once_again() {
        let keys = keys();
        keys.make("household").unwrap();
        fail(&keys, Error::NoStorageAccess("locked".into()));
        assert_eq!(keys.find("household").unwrap_err(), KeyError::Locked);
        assert_eq!(keys.find("household").unwrap_err(), KeyError::Locked);
        keys.0.lock().unwrap().refused = None;
        assert!(keys.find("household").unwrap().is_some());
    }

    #[test]
    fn text_and_key_are_each_others() {
        let key = Key::random().unwrap();
        assert_eq!(unhex(&hex(&key)), Some(key));
        for bad in ["", "00", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_kept_and_is_no_key_is_told_without_it() {
        let keys = keys();
        fail(&keys, Error::BadEncoding(vec![1, 2, 3]));
        let error = keys.find("household").unwrap_err();
        assert_eq!(error, KeyError::Failed("what is kept there is no key".into()));
    }
}
