use jiff::Timestamp;
use madoguchi_model::{CollectionKind, Town, TownCode};

use crate::Error;
use crate::cache::{Cache, Facts};
use crate::edges::{Clock, Home};
use crate::private::{JoinedTown, Private};

/// A resident's phone.
pub struct Phone {
    home: Box<dyn Home>,
    clock: Box<dyn Clock>,
    private: Private,
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
    /// Opens the phone: its own database is made or brought up to date.
    pub fn open(home: Box<dyn Home>, clock: Box<dyn Clock>) -> Result<Self, Error> {
        let private = Private::open(home.as_ref())?;
        Ok(Phone { home, clock, private })
    }

    /// The resident's own database.
    pub fn private(&self) -> &Private {
        &self.private
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
                self.home().set_cache_aside(&code).map_err(|io| {
                    crate::cache::CacheError::Sql(rusqlite::Error::ToSqlConversionFailure(Box::new(io)))
                })?;
                Err(Error::Cache(e))
            }
            other => other,
        }
    }

    /// How old a town's content is, as seen now.
    pub fn age(&self, open: &OpenTown) -> Result<Age, Error> {
        let facts = open.cache.facts()?;
        Ok(Age { facts, now: self.now_for(&open.town.code)? })
    }
}

/// How old content is, seen from a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    facts: Facts,
    now: Timestamp,
}

impl Age {
    /// As seen from `now`.
    pub(crate) fn at(facts: Facts, now: Timestamp) -> Self {
        Age { facts, now }
    }

    /// When the town signed what is here; none before the first sync.
    pub fn issued_at(&self) -> Option<Timestamp> {
        self.facts.issued_at.or(self.facts.contact_at)
    }

    /// The moment from which it is seen.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Seconds since then; never negative, whatever the clock shows.
    pub fn seconds(&self) -> Option<i64> {
        self.issued_at().map(|issued| (self.now.as_second() - issued.as_second()).max(0))
    }

    /// Does the town's word that this is the current content still hold?
    pub fn is_fresh(&self) -> bool {
        self.facts.expires_at.is_some_and(|expires| self.now < expires)
    }
}

impl OpenTown {
    /// What the town says of itself; none before the first sync.
    pub fn about(&self) -> Result<Option<Town>, Error> {
        Ok(self.cache.records(CollectionKind::Town)?.into_iter().next())
    }
}
