use rusqlite::OptionalExtension;

use super::{Private, Result};

/// A household as it is stored: nothing of it can be read without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// Which key it was sealed with.
    pub(crate) key_id: Vec<u8>,
    /// Used for this one alone.
    pub(crate) nonce: Vec<u8>,
    /// The ciphertext and its tag.
    pub(crate) bytes: Vec<u8>,
}

impl Private {
    /// The household, if there is one.
    pub(crate) fn household(&self) -> Result<Option<Sealed>> {
        let mut statement =
            self.connection.prepare_cached("SELECT key_id, nonce, sealed FROM household WHERE id = 1")?;
        let row = statement.query_row([], |row| {
            Ok(Sealed { key_id: row.get("key_id")?, nonce: row.get("nonce")?, bytes: row.get("sealed")? })
        });
        Ok(row.optional()?)
    }

    /// Puts it in the place of the one that is there, whole or not at all.
    pub(crate) fn set_household(&self, sealed: &Sealed) -> Result<()> {
        let writing = self.writing()?;
        writing.execute(
            "INSERT INTO household (id, key_id, nonce, sealed) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce,
                 sealed = excluded.sealed",
            (&sealed.key_id, &sealed.nonce, &sealed.bytes),
        )?;
        Ok(writing.commit()?)
    }

    /// Forgets it: the row is overwritten (`secure_delete`).
    pub(crate) fn delete_household(&self) -> Result<()> {
        self.connection.execute("DELETE FROM household", [])?;
        Ok(())
    }

    /// Leaves no page of what was deleted in the database, nor in its log.
    pub(crate) fn vacuum(&self) -> Result<()> {
        self.connection.execute_batch("VACUUM")?;
        // Tells how much of the log there was.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}
