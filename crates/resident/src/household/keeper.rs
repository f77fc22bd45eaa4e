use std::sync::{Mutex, MutexGuard, PoisonError};

use super::seal::{NotOpened, open, seal};
use super::{HouseholdError, Kept, Locked, State};
use crate::Error;
use crate::edges::{Key, KeyError, KeyStore};
use crate::private::Private;
use crate::programs::MAX_BYTES;

/// The key's name in its store.
const KEY: &str = "household";

/// Keeps the household: sealed in `private.db`, or in memory where no key is to be had. One for all the phones of a run.
pub(crate) struct Keeper {
    keys: Box<dyn KeyStore>,
    run: Mutex<Run>,
}

/// What is known of this run only.
#[derive(Default)]
struct Run {
    /// The key once it was found: a store may take its time.
    key: Option<Key>,
    /// A household that could not be kept.
    unkept: Option<Kept>,
}

/// What lies in the database.
enum Stored {
    Nothing,
    Kept(Box<Kept>),
    Locked(Locked),
}

impl Keeper {
    pub(crate) fn new(keys: Box<dyn KeyStore>) -> Self {
        Keeper { keys, run: Mutex::default() }
    }

    /// The store of keys.
    pub(crate) fn keys(&self) -> &dyn KeyStore {
        self.keys.as_ref()
    }

    pub(super) fn any(&self, private: &Private) -> Result<bool, Error> {
        Ok(self.run().unkept.is_some() || private.household()?.is_some())
    }

    pub(super) fn state(&self, private: &Private) -> Result<State, Error> {
        let mut run = self.run();
        if let Some(kept) = &run.unkept {
            return Ok(State { kept: Some(kept.clone()), locked: Some(Locked::NoKey) });
        }
        Ok(match self.stored(&mut run, private)? {
            Stored::Kept(kept) => State { kept: Some(*kept), locked: None },
            Stored::Locked(locked) => State { kept: None, locked: Some(locked) },
            Stored::Nothing => {
                let locked = self.find(&mut run).is_err().then_some(Locked::NoKey);
                State { kept: None, locked }
            }
        })
    }

    /// Puts what `make` makes of what was kept in its place. Nothing else changes it in between.
    pub(super) fn change(
        &self,
        private: &Private,
        make: impl FnOnce(Option<&Kept>) -> Result<Kept, HouseholdError>,
    ) -> Result<State, Error> {
        let mut run = self.run();
        let stored = self.stored(&mut run, private)?;
        let before = match (&run.unkept, &stored) {
            (None, Stored::Kept(kept)) => Some(kept.as_ref()),
            (unkept, _) => unkept.as_ref(),
        };
        let kept = make(before)?;
        let text = serde_json::to_vec(&kept).map_err(HouseholdError::Json)?;
        if text.len() > MAX_BYTES {
            return Err(HouseholdError::TooLarge(text.len()).into());
        }
        // One that was never shown is not written over, even when its key comes back on the way.
        let unseen = run.unkept.is_some() && !matches!(stored, Stored::Nothing);
        match stored {
            Stored::Locked(locked @ (Locked::KeyLost | Locked::Damaged)) => {
                return Err(HouseholdError::Locked(locked).into());
            }
            Stored::Nothing | Stored::Kept(_) if !unseen => {
                if let Ok(key) = self.find_or_make(&mut run) {
                    private.set_household(&seal(&key, text)?)?;
                    run.unkept = None;
                    return Ok(State { kept: Some(kept), locked: None });
                }
            }
            _ => {}
        }
        run.unkept = Some(kept.clone());
        Ok(State { kept: Some(kept), locked: Some(Locked::NoKey) })
    }

    pub(super) fn delete(&self, private: &Private) -> Result<State, Error> {
        let mut run = self.run();
        *run = Run::default();
        private.delete_household()?;
        // Where there is no store there is no key. One that fails is told at the next look; the row is gone.
        let forgotten = self.keys.forget(KEY);
        private.vacuum()?;
        match forgotten {
            Err(KeyError::Failed(why)) => Err(HouseholdError::Key(KeyError::Failed(why)).into()),
            _ => {
                drop(run);
                self.state(private)
            }
        }
    }

    fn stored(&self, run: &mut Run, private: &Private) -> Result<Stored, Error> {
        let Some(sealed) = private.household()? else { return Ok(Stored::Nothing) };
        let key = match self.find(run) {
            Ok(Some(key)) => key,
            Ok(None) => return Ok(Stored::Locked(Locked::KeyLost)),
            Err(_) => return Ok(Stored::Locked(Locked::NoKey)),
        };
        Ok(match open(&key, sealed).map(|text| serde_json::from_slice(&text)) {
            Ok(Ok(kept)) => Stored::Kept(Box::new(kept)),
            Err(NotOpened::OtherKey) => {
                run.key = None;
                Stored::Locked(Locked::KeyLost)
            }
            Ok(Err(_)) | Err(NotOpened::Damaged) => Stored::Locked(Locked::Damaged),
        })
    }

    fn find(&self, run: &mut Run) -> Result<Option<Key>, KeyError> {
        if run.key.is_none() {
            run.key = self.keys.find(KEY)?;
        }
        Ok(run.key.clone())
    }

    fn find_or_make(&self, run: &mut Run) -> Result<Key, KeyError> {
        match self.find(run)? {
            Some(key) => Ok(key),
            None => {
                let key = self.keys.make(KEY)?;
                run.key = Some(key.clone());
                Ok(key)
            }
        }
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
