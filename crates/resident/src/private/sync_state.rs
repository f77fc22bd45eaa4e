use jiff::Timestamp;
use madoguchi_model::TownCode;
use rusqlite::OptionalExtension;

use super::{Private, Result};

/// What is known of the last contact with a town. Survives the loss of the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyncState {
    /// When a timestamp was last verified, by the phone's clock.
    pub last_contact_at: Timestamp,
    /// The newest moment that the town has signed.
    pub issued_at: Timestamp,
}

impl Private {
    /// The state of one town; none before the first contact.
    pub fn sync_state(&self, town: &TownCode) -> Result<Option<SyncState>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT last_contact_at, issued_at FROM sync_state WHERE town = ?1")?;
        let second = |n: i64| Timestamp::from_second(n).unwrap_or_default();
        let state = statement.query_row([town.as_str()], |row| {
            Ok(SyncState {
                last_contact_at: second(row.get("last_contact_at")?),
                issued_at: second(row.get("issued_at")?),
            })
        });
        Ok(state.optional()?)
    }

    /// A timestamp was verified. The newest signed moment never goes back.
    pub fn set_sync_state(&self, town: &TownCode, state: SyncState) -> Result<()> {
        self.connection.execute(
            "INSERT INTO sync_state (town, last_contact_at, issued_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (town) DO UPDATE SET last_contact_at = excluded.last_contact_at,
                 issued_at = max(issued_at, excluded.issued_at)",
            (town.as_str(), state.last_contact_at.as_second(), state.issued_at.as_second()),
        )?;
        Ok(())
    }
}
