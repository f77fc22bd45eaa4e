use std::fs;
use std::io::{self, Write};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ring::pbkdf2;

use crate::edges::{Key, KeyError, KeyStore};

/// What a guess at a passphrase costs (OWASP's figure for PBKDF2 with HMAC-SHA256).
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);

/// Keys that follow from a passphrase: PBKDF2 with a random salt of their own, which lies in `NAME.salt` beside the
/// databases. Without the passphrase the salt tells nothing; without the salt the key is lost.
pub struct PassphraseKeys {
    passphrase: String,
    folder: PathBuf,
    rounds: NonZeroU32,
    /// The last one, since working it out takes a while.
    known: Mutex<Option<([u8; SALT], Key)>>,
}

const SALT: usize = 32;

impl PassphraseKeys {
    /// With salts in `folder`.
    pub fn new(passphrase: impl Into<String>, folder: impl Into<PathBuf>) -> Self {
        PassphraseKeys {
            passphrase: passphrase.into(),
            folder: folder.into(),
            rounds: ROUNDS,
            known: Mutex::default(),
        }
    }

    /// By the passphrase in `MADOGUCHI_PASSPHRASE`; none when there is none.
    pub fn from_environment(folder: impl Into<PathBuf>) -> Option<Self> {
        let passphrase = std::env::var("MADOGUCHI_PASSPHRASE").ok().filter(|words| !words.is_empty())?;
        Some(PassphraseKeys::new(passphrase, folder))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.salt"))
    }

    fn derive(&self, salt: [u8; SALT]) -> Key {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, key)) = known.as_ref()
            && *of == salt
        {
            return key.clone();
        }
        let mut bytes = [0; Key::LEN];
        let passphrase = self.passphrase.as_bytes();
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, self.rounds, &salt, passphrase, &mut bytes);
        let key = Key::from(bytes);
        *known = Some((salt, key.clone()));
        key
    }
}

impl KeyStore for PassphraseKeys {
    fn find(&self, name: &str) -> Result<Option<Key>, KeyError> {
        match fs::read(self.file(name)) {
            // One that is cut short is as good as none.
            Ok(salt) => Ok(salt.try_into().ok().map(|salt| self.derive(salt))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(failed(&e)),
        }
    }

    fn make(&self, name: &str) -> Result<Key, KeyError> {
        if let Some(key) = self.find(name)? {
            return Ok(key);
        }
        put(&self.file(name), Key::random()?.bytes()).map_err(|e| failed(&e))?;
        // What lies there: another process may have been first.
        self.find(name)?.ok_or_else(|| KeyError::Failed(format!("{name}.salt is damaged")))
    }

    fn forget(&self, name: &str) -> Result<(), KeyError> {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match fs::remove_file(self.file(name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(&e)),
            _ => Ok(()),
        }
    }
}

/// Puts a file there whole, unless there is one.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let whole = path.with_extension(format!("salt.{}", std::process::id()));
    let mut file = fs::File::create(&whole)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let put = match fs::hard_link(&whole, path) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    };
    fs::remove_file(&whole)?;
    put
}

fn failed(error: &io::Error) -> KeyError {
    KeyError::Failed(format!("the salt: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick(passphrase: &str, folder: &Path) -> PassphraseKeys {
        PassphraseKeys { rounds: NonZeroU32::new(10).unwrap(), ..PassphraseKeys::new(passphrase, folder) }
    }

    #[test]
    fn the_same_passphrase_gives_the_same_key_and_another_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let keys = quick("さくら", folder.path());
        assert_eq!(keys.find("a").unwrap(), None);
        let key = keys.make("a").unwrap();
        assert_eq!(quick("さくら", folder.path()).find("a").unwrap(), Some(key.clone()));
        assert_ne!(quick("うめ", folder.path()).make("a").unwrap(), key);
        let salt = fs::read(folder.path().join("a.salt")).unwrap();
        assert!(salt.len() == SALT && salt != key.bytes());
        // Elsewhere the same words give another key.
        let other = tempfile::tempdir().unwrap();
        assert_ne!(quick("さくら", other.path()).make("a").unwrap(), key);
    }

    #[test]
    fn a_lost_salt_is_a_lost_key_and_a_damaged_one_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let keys = quick("さくら", folder.path());
        keys.make("a").unwrap();
        fs::write(folder.path().join("a.salt"), b"short").unwrap();
        assert_eq!(keys.find("a").unwrap(), None);
        assert!(matches!(keys.make("a"), Err(KeyError::Failed(_))));
        assert_eq!(fs::read(folder.path().join("a.salt")).unwrap(), b"short");
        keys.forget("a").unwrap();
        keys.forget("a").unwrap();
        keys.make("a").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
