//! AES-256-GCM over a household's JSON.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

use super::HouseholdError;
use crate::edges::Key;
use crate::private::Sealed;

/// What the sealed bytes are for: moved to another table or version, they do not open.
const FOR: &[u8] = b"private.db household schema 3";
/// The length of the ciphertext tells no more than this of how much there is.
const BLOCK: usize = 4096;

/// Why sealed bytes do not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotOpened {
    /// This is not the key that they were sealed with.
    OtherKey,
    /// They are not what was sealed.
    Damaged,
}

pub(super) fn seal(key: &Key, text: Vec<u8>) -> Result<Sealed, HouseholdError> {
    seal_for(FOR, key, text)
}

pub(super) fn open(key: &Key, sealed: Sealed) -> Result<Vec<u8>, NotOpened> {
    open_for(FOR, key, sealed)
}

/// The same for a document of another name.
pub(crate) fn seal_document(key: &Key, name: &str, text: Vec<u8>) -> Result<Sealed, HouseholdError> {
    seal_for(&purpose(name), key, text)
}

/// The same for a document of another name.
pub(crate) fn open_document(key: &Key, name: &str, sealed: Sealed) -> Result<Vec<u8>, NotOpened> {
    open_for(&purpose(name), key, sealed)
}

fn purpose(name: &str) -> Vec<u8> {
    format!("private.db documents schema 4: {name}").into_bytes()
}

fn seal_for(purpose: &[u8], key: &Key, mut text: Vec<u8>) -> Result<Sealed, HouseholdError> {
    // JSON may end in spaces.
    text.resize(text.len().next_multiple_of(BLOCK), b' ');
    let failed = |_| HouseholdError::Sealing;
    let mut nonce = [0; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).map_err(failed)?;
    let sealing = aead(key).ok_or(HouseholdError::Sealing)?;
    let once = Nonce::assume_unique_for_key(nonce);
    sealing.seal_in_place_append_tag(once, Aad::from(purpose), &mut text).map_err(failed)?;
    Ok(Sealed { key_id: id(key), nonce: nonce.into(), bytes: text })
}

fn open_for(purpose: &[u8], key: &Key, sealed: Sealed) -> Result<Vec<u8>, NotOpened> {
    if sealed.key_id != id(key) {
        return Err(NotOpened::OtherKey);
    }
    let nonce = Nonce::try_assume_unique_for_key(&sealed.nonce).map_err(|_| NotOpened::Damaged)?;
    let opening = aead(key).ok_or(NotOpened::Damaged)?;
    let mut bytes = sealed.bytes;
    let text =
        opening.open_in_place(nonce, Aad::from(purpose), &mut bytes).map_err(|_| NotOpened::Damaged)?;
    Ok(text.to_vec())
}

fn aead(key: &Key) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key.bytes()).ok().map(LessSafeKey::new)
}

/// Names a key without telling anything of it.
fn id(key: &Key) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.bytes());
    hmac::sign(&key, b"which key").as_ref().iter().copied().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_with_its_key_and_unchanged_only() {
        let key = Key::random().unwrap();
        let sealed = seal(&key, b"{}".to_vec()).unwrap();
        assert_eq!(open(&key, sealed.clone()).unwrap().trim_ascii(), b"{}");
        assert_eq!(open(&Key::random().unwrap(), sealed.clone()), Err(NotOpened::OtherKey));
        let places: [fn(&mut Sealed) -> &mut u8; 3] =
            [|s| &mut s.nonce[0], |s| &mut s.bytes[0], |s| s.bytes.last_mut().unwrap()];
        for place in places {
            let mut changed = sealed.clone();
            *place(&mut changed) ^= 1;
            assert_eq!(open(&key, changed), Err(NotOpened::Damaged));
        }
        for cut in [0, 1, 16, sealed.bytes.len() - 1] {
            let mut short = sealed.clone();
            short.bytes.truncate(cut);
            assert_eq!(open(&key, short), Err(NotOpened::Damaged));
        }
        let short = Sealed { nonce: vec![1], ..sealed };
        assert_eq!(open(&key, short), Err(NotOpened::Damaged));
    }

    #[test]
    fn a_nonce_is_used_once_and_the_length_tells_little() {
        let key = Key::random().unwrap();
        let (a, b) = (seal(&key, b"{}".to_vec()).unwrap(), seal(&key, vec![b' '; 4000]).unwrap());
        assert_ne!(a.nonce, b.nonce);
        assert_eq!(a.bytes.len(), b.bytes.len());
        let again = seal(&key, b"{}".to_vec()).unwrap();
        assert_ne!(a.bytes, again.bytes);
    }
}
