use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Kept, Locked, OwnError};
use crate::household::{NotOpened, open_document, seal_document};
use crate::{Error, Phone};

/// The key's name in its store: not the household's, which goes when the household is deleted.
const KEY: &str = "own";

/// Where documents lie open when they cannot be kept. One for all the phones of a run.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    unkept: Mutex<BTreeMap<&'static str, Vec<u8>>>,
}

impl Phone {
    /// A document of the resident's own.
    pub(crate) fn document<T: DeserializeOwned + Default>(
        &self,
        name: &'static str,
    ) -> Result<Kept<T>, Error> {
        let unkept = self.desk().unkept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(document) = unkept.get(name).and_then(|text| serde_json::from_slice(text).ok()) {
            return Ok(Kept { document, locked: Some(Locked::NoKey) });
        }
        drop(unkept);
        let locked = |locked| Kept { document: T::default(), locked: Some(locked) };
        let Some(sealed) = self.private().document(name)? else {
            let no_key = self.keeper().keys().find(KEY).is_err().then_some(Locked::NoKey);
            return Ok(Kept { document: T::default(), locked: no_key });
        };
        let key = match self.keeper().keys().find(KEY) {
            Ok(Some(key)) => key,
            Ok(None) => return Ok(locked(Locked::KeyLost)),
            Err(_) => return Ok(locked(Locked::NoKey)),
        };
        Ok(match open_document(&key, name, sealed).map(|text| serde_json::from_slice(&text)) {
            Ok(Ok(document)) => Kept { document, locked: None },
            Err(NotOpened::OtherKey) => locked(Locked::KeyLost),
            Ok(Err(_)) | Err(NotOpened::Damaged) => locked(Locked::Damaged),
        })
    }

    /// Is there one, readable or not? No key is asked for.
    pub(crate) fn has_document(&self, name: &'static str) -> Result<bool, Error> {
        let unkept = self.desk().unkept.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name);
        Ok(unkept || self.private().document(name)?.is_some())
    }

    /// Keeps a document, whole, in the place of the one before. One that was never shown is not written over.
    pub(crate) fn keep_document<T: Serialize + DeserializeOwned + Default>(
        &self,
        name: &'static str,
        document: T,
    ) -> Result<Kept<T>, Error> {
        let before = self.document::<T>(name)?.locked;
        if let Some(locked @ (Locked::KeyLost | Locked::Damaged)) = before {
            return Err(OwnError::Locked(locked).into());
        }
        let text = serde_json::to_vec(&document).map_err(|_| OwnError::Sealing)?;
        let mut unkept = self.desk().unkept.lock().unwrap_or_else(PoisonError::into_inner);
        // One that lies here unread, for want of a key, is not written over when the key comes back on the way.
        let unseen = before.is_some() && self.private().document(name)?.is_some();
        if !unseen && let Ok(key) = self.keeper().keys().make(KEY) {
            self.private()
                .set_document(name, &seal_document(&key, name, text).map_err(|_| OwnError::Sealing)?)?;
            unkept.remove(name);
            return Ok(Kept { document, locked: None });
        }
        unkept.insert(name, text);
        Ok(Kept { document, locked: Some(Locked::NoKey) })
    }

    /// Forgets a document, also one that cannot be read.
    pub(crate) fn forget_document(&self, name: &'static str) -> Result<(), Error> {
        self.desk().unkept.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        self.private().delete_document(name)?;
        self.private().vacuum()?;
        Ok(())
    }
}
