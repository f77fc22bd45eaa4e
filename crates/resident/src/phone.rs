use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use madoguchi_model::{CollectionKind, Town, TownCode};

use crate::Error;
use crate::cache::{Cache, CacheError, Facts};
use crate::edges::{Clock, Home, KeyStore, NoKeys};
use crate::household::Keeper;
use crate::own::Desk;
use crate::private::{JoinedTown, Private};
use crate::sync::Reach;

/// A resident's phone.
pub struct Phone {
    home: Box<dyn Home>,
    clock: Box<dyn Clock>,
    private: Private,
    reached: Arc<Mutex<BTreeMap<TownCode, Reach>>>,
    keeper: Arc<Keeper>,
    desk: Arc<Desk>,
    gsi: Arc<str>,
}

/// A town that was joined, with its content open.
#[derive(Debug)]
pub struct OpenTown {
    /// What is known of it.
    pub town: JoinedTown,
    /// Its content.
    pub cache: Cache,
}

impl Phone {
    /// Opens the phone: its own database is made or brought up to date. It has no store of keys.
    pub fn open(home: Box<dyn Home>, clock: Box<dyn Clock>) -> Result<Self, Error> {
        let private = Private::open(home.as_ref())?;
        let keeper = Arc::new(Keeper::new(Box::new(NoKeys)));
        let (reached, desk) = Default::default();
        Ok(Phone { home, clock, private, reached, keeper, desk, gsi: crate::gsi::PALE.into() })
    }

    /// With a store of keys, so that a household can be kept.
    pub fn with_keys(self, keys: Box<dyn KeyStore>) -> Self {
        Phone { keeper: Arc::new(Keeper::new(keys)), ..self }
    }

    /// Asks for the country's map there (a test's own server).
    pub fn with_gsi(self, address: &str) -> Self {
        Phone { gsi: address.into(), ..self }
    }

    /// Opens the same phone once more, for another thread: `home` and `clock` are the same ones. What is known of this
    /// run only is shared, and the store of keys.
    pub fn beside(&self, home: Box<dyn Home>, clock: Box<dyn Clock>) -> Result<Self, Error> {
        let (reached, keeper) = (Arc::clone(&self.reached), Arc::clone(&self.keeper));
        let (desk, gsi) = (Arc::clone(&self.desk), Arc::clone(&self.gsi));
        Ok(Phone { reached, keeper, desk, gsi, ..Phone::open(home, clock)? })
    }

    /// How far the last sync of a town came in this run; none when there was none.
    pub fn last_reach(&self, town: &TownCode) -> Option<Reach> {
        self.reached.lock().unwrap_or_else(PoisonError::into_inner).get(town).copied()
    }

    pub(crate) fn note_reach(&self, town: &TownCode, reach: Reach) {
        self.reached.lock().unwrap_or_else(PoisonError::into_inner).insert(town.clone(), reach);
    }

    /// The resident's own database.
    pub fn private(&self) -> &Private {
        &self.private
    }

    pub(crate) fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Where the country's map is asked for.
    pub(crate) fn gsi(&self) -> &str {
        &self.gsi
    }

    pub(crate) fn home(&self) -> &dyn Home {
        self.home.as_ref()
    }

    /// What the phone's clock shows.
    pub fn clock(&self) -> Timestamp {
        self.clock.now()
    }

    /// The moment that counts for a town: the clock's, but never before what the town has already signed.
    pub fn now_for(&self, town: &TownCode) -> Result<Timestamp, Error> {
        let signed = self.private.sync_state(town)?.map(|state| state.issued_at);
        Ok(self.clock().max(signed.unwrap_or(Timestamp::MIN)))
    }

    /// The moment that counts for the town in use; the clock's where there is none.
    pub fn now_here(&self) -> Result<Timestamp, Error> {
        match self.town(None) {
            Ok(town) => self.now_for(&town.code),
            Err(_) => Ok(self.clock()),
        }
    }

    /// The town that is meant: the one named, else the only one, else the one in use.
    pub fn town(&self, named: Option<&TownCode>) -> Result<JoinedTown, Error> {
        if let Some(code) = named {
            return self.private.town(code)?.ok_or_else(|| Error::UnknownTown(code.clone()));
        }
        let mut towns = self.private.towns()?;
        match towns.iter().position(|town| town.in_use) {
            Some(at) => Ok(towns.swap_remove(at)),
            None if towns.len() > 1 => Err(Error::WhichTown),
            None => towns.pop().ok_or(Error::NoTown),
        }
    }

    /// Does something with a town's content. Damage that shows on the way moves the content aside, so that the next
    /// sync brings it anew.
    pub fn with_town<T>(
        &self,
        named: Option<&TownCode>,
        act: impl FnOnce(&OpenTown) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let town = self.town(named)?;
        let open = OpenTown { cache: Cache::open(self.home(), &town.code)?, town };
        match act(&open) {
            Err(Error::Cache(e)) if e.is_damage() => {
                let code = open.town.code.clone();
                drop(open);
                self.home().set_cache_aside(&code).map_err(CacheError::io)?;
                Err(Error::Cache(e))
            }
            other => other,
        }
    }

    /// How old a town's content is, as seen now.
    pub fn age(&self, open: &OpenTown) -> Result<Age, Error> {
        let facts = open.cache.facts()?;
        Ok(Age { facts, clock: self.clock() })
    }
}

/// How old content is, seen from a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    facts: Facts,
    clock: Timestamp,
}

impl Age {
    /// As seen by a phone whose clock shows `clock`.
    pub(crate) fn at(facts: Facts, clock: Timestamp) -> Self {
        Age { facts, clock }
    }

    /// When the town signed what is here; none before the first sync.
    pub fn issued_at(&self) -> Option<Timestamp> {
        self.facts.issued_at.or(self.facts.contact_at)
    }

    /// The moment from which it is seen: the clock's, but never before what the town has already signed.
    pub fn now(&self) -> Timestamp {
        self.clock.max(self.issued_at().unwrap_or(Timestamp::MIN))
    }

    /// Seconds since then; never negative, whatever the clock shows.
    pub fn seconds(&self) -> Option<i64> {
        self.issued_at().map(|issued| (self.now().as_second() - issued.as_second()).max(0))
    }

    /// Does the town's word that this is the current content still hold? Not where the clock is more than a day behind
    /// what the town has signed: then one of the two dates is wrong.
    pub fn is_fresh(&self) -> bool {
        let behind = self.issued_at().is_some_and(|at| at.as_second() - self.clock.as_second() > 86_400);
        !behind && self.facts.expires_at.is_some_and(|expires| self.clock < expires)
    }
}

impl OpenTown {
    /// What the town says of itself; none before the first sync.
    pub fn about(&self) -> Result<Option<Town>, Error> {
        Ok(self.cache.records(CollectionKind::Town)?.into_iter().next())
    }
}
